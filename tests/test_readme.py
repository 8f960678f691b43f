"""What the README shows is what the program prints, on a terminal of 80 columns.

After a change of the log or of the looks: `pytest --update-golden tests/test_readme.py`.
"""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from nktimeline.load import load

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"```console\n\$ (nktimeline[^\n]*)\n(.*?)```", re.DOTALL)


def shown(command: str) -> str:
    """Run a command of the README as a shell would, on a terminal, and give what stands there."""
    leader, follower = pty.openpty()
    environment = {
        **os.environ,
        "COLUMNS": "80",
        "TERM": "dumb",
        "NKTIMELINE_TODAY": "2026-11-21",
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
    }
    process = subprocess.Popen(
        ["sh", "-c", f'nktimeline() {{ "{sys.executable}" -m nktimeline "$@"; }}; {command}'],
        stdout=follower,
        stderr=follower,
        env=environment,
        cwd=ROOT,
    )
    os.close(follower)
    parts = []
    while True:
        try:
            part = os.read(leader, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not part:
            break
        parts.append(part)
    os.close(leader)
    process.wait()
    return b"".join(parts).decode().replace("\r\n", "\n")


def examples() -> list[tuple[str, str]]:
    """Give the README's commands with the output it claims."""
    return BLOCK.findall(README.read_text(encoding="utf-8"))


def test_there_are_five_examples_of_ten_lines_at_most():
    assert len(examples()) == 5
    assert all(claimed.count("\n") <= 18 for _, claimed in examples())


def test_it_is_read_in_five_minutes():
    assert len(README.read_text(encoding="utf-8").split()) < 1500


def test_size_and_span_of_the_log_are_true(request):
    log = load((ROOT / "events.yaml").read_bytes()).log
    first, last = (f"{day.day} {day:%B %Y}" for day in (log.coverage.first, log.coverage.last))
    facts = (
        f"**{len(log.events):,} events** from {first} to {last}, **{len(log.sources):,} sources**."
    )
    text = README.read_text(encoding="utf-8")
    if request.config.getoption("--update-golden"):
        README.write_text(re.sub(r"\*\*[\d,]+ events\*\* from .*? sources\*\*\.", facts, text))
    assert facts in README.read_text(encoding="utf-8")


@pytest.mark.parametrize(("command", "claimed"), examples(), ids=lambda text: text[:40])
def test_an_example_shows_what_the_program_prints(command, claimed, request):
    real = shown(command)
    if request.config.getoption("--update-golden") and real != claimed:
        text = README.read_text(encoding="utf-8")
        README.write_text(text.replace(f"{command}\n{claimed}", f"{command}\n{real}"), "utf-8")
        return
    assert real == claimed


def test_the_picture_is_current(request):
    picture = ROOT / "docs" / "timeline.svg"
    question = ["--actor", "russia", "--since", "2024-06", "--until", "2024-06"]
    drawn = subprocess.run(
        [sys.executable, "-m", "nktimeline", "show", *question, "--format", "svg", "-q"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NKTIMELINE_TODAY": "2026-11-21"},
    ).stdout
    if request.config.getoption("--update-golden"):
        picture.write_bytes(drawn)
    assert b"Pyongyang" in drawn
    assert picture.read_bytes() == drawn
