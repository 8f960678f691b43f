"""What docs/questions.md shows is what the program prints, on a terminal of 80 columns.

After a change of the log or of the looks: `pytest --update-golden tests/test_questions.py`.
"""

import re

import pytest
from test_readme import ROOT, shown

from nktimeline.widths import cells

PAGE = ROOT / "docs" / "questions.md"
BLOCK = re.compile(r"```console\n\$ (nktimeline[^\n]*)\n(.*?)```", re.DOTALL)
QUESTIONS = BLOCK.findall(PAGE.read_text(encoding="utf-8"))


def test_every_heading_has_a_command():
    parts = PAGE.read_text(encoding="utf-8").split("\n## ")[1:]
    assert len(parts) >= 8
    assert all(BLOCK.search(part) for part in parts)


@pytest.mark.parametrize(("command", "claimed"), QUESTIONS, ids=lambda text: text[:60])
def test_a_question_is_answered_as_the_page_says(command, claimed, request):
    answer = shown(command)
    lines = shown(f"{command} --quiet").splitlines()  # notes are as long as they are
    assert all(cells(line) <= 80 or "://" in line for line in lines)
    if request.config.getoption("--update-golden") and answer != claimed:
        text = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(text.replace(f"$ {command}\n{claimed}", f"$ {command}\n{answer}"), "utf-8")
        return
    assert answer == claimed
