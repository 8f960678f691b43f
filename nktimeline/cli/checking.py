"""What `check` does: the problems of logs, and what the rules want."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from nktimeline.cli import streams, terminal
from nktimeline.cli.asking import wrong_usage
from nktimeline.cli.opening import load, log_path, shown
from nktimeline.cli.options import Common, Output

if TYPE_CHECKING:
    from nktimeline.load import Loaded

_RED, _YELLOW, _GREEN, _PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[32m", "\x1b[0m"


def check(files: Sequence[str], format: str, common: Common, *, strict: bool) -> bool:
    """Print the problems of logs, and return whether any of them fails.

    A file that cannot be read fails; the others are checked all the same. On a terminal, a line on
    standard error says what was checked.
    """
    from nktimeline.problems import WRITERS, Checked, has_errors

    failed = False
    checked: list[Loaded] = []

    def logs() -> Iterator[Checked]:
        nonlocal failed
        for path in files or [log_path(common)]:
            try:
                loaded = load(path, common)
            except OSError as error:
                failed = True
                streams.blame(error)
                continue
            checked.append(loaded)
            failed = failed or bool(loaded.problems if strict else has_errors(loaded.problems))
            yield shown(path), loaded.problems, loaded.data

    lines = WRITERS[format](logs())
    if format == "text" and terminal.page(Output()).color:
        lines = map(_colored, lines)
    streams.write(lines, guard=False, pager=False)
    if terminal.is_terminal() and checked:
        streams.note(_summary(checked), quiet=common.quiet)
    return failed


def _colored(line: str) -> str:
    """Paint the level of a problem, and the sign that points at it."""
    found = re.match(r"(?s)(.*?:\d+:\d+: )(error|warning)(: .*)", line)
    if found:
        color = _RED if found[2] == "error" else _YELLOW
        return f"{found[1]}{color}{found[2]}{_PLAIN}{found[3]}"
    return f"{_GREEN}{line}{_PLAIN}" if line.strip() == "^" else line


def _summary(checked: "Sequence[Loaded]") -> str:
    """Say how much was checked, and how many problems there are."""
    problems = sum(len(loaded.problems) for loaded in checked)
    parts = (
        _counted(sum(len(loaded.log.events) for loaded in checked), "event"),
        _counted(sum(len(loaded.log.sources) for loaded in checked), "source"),
        _counted(problems, "problem") if problems else "no problem",
    )
    return ", ".join(parts)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def explain(code: str) -> None:
    """Print what a rule wants and why; an unknown one is wrong usage."""
    from nktimeline.checks import explanations
    from nktimeline.names import find

    rules = explanations()
    with wrong_usage():
        name = find("code", code, dict.fromkeys(rules, ())).id
    streams.write([f"{name}: {rules[name]}"], guard=False, pager=False)
