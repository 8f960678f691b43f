"""What docs/isolation.md shows is what the program prints, on a terminal of 80 columns.

After a change of the log or of the looks: `pytest --update-golden tests/test_isolation.py`.
"""

import pytest
from test_readme import BLOCK, ROOT, shown

PAGE = ROOT / "docs" / "isolation.md"


def examples():
    """Give the page's commands with the output it claims."""
    return BLOCK.findall(PAGE.read_text(encoding="utf-8"))


def test_the_page_is_about_three_days():
    days = [command.rpartition(" ")[2] for command, _ in examples()]
    assert [*dict.fromkeys(days)][:3] == ["2020-01-15", "2022-01-15", "2025-12-31"]


@pytest.mark.parametrize(("command", "claimed"), examples(), ids=lambda text: text[:60])
def test_a_figure_is_what_the_program_prints(command, claimed, request):
    real = shown(command)
    if request.config.getoption("--update-golden") and real != claimed:
        text = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(text.replace(f"{command}\n{claimed}```", f"{command}\n{real}```"), "utf-8")
        return
    assert real == claimed
    assert " end of " in real
