"""What can be wrong with a log: a `Problem` is a value with a place; how a list of them is written.

Knows neither YAML nor the rules; whoever finds a problem says where and what.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from nktimeline.text import json_safe, safe, visible
from nktimeline.widths import cells

BOM = b"\xef\xbb\xbf"
BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What ends a line for YAML 1.1 (4.2), which counts the lines of a log."""
MOST = 50
"""How many problems are written out before the rest is only counted."""


class Level(StrEnum):
    """An error makes the log unusable; a warning is for its curator."""

    ERROR = "error"
    WARNING = "warning"


class Problem(NamedTuple):
    """One thing wrong, at a line and column counted from 1."""

    line: int
    column: int
    level: Level
    code: str
    message: str
    hint: str = ""
    """What would be right, where that can be said."""

    def __str__(self) -> str:
        """Return `line:column: level: message [code]`, which follows the name of a file."""
        place = f"{self.line}:{self.column}"
        return f"{place}: {self.level.value}: {safe(self.message)} [{self.code}]"


def has_errors(problems: Sequence[Problem]) -> bool:
    """Tell whether any of the problems is an error."""
    return any(problem.level is Level.ERROR for problem in problems)


Checked = tuple[str, Sequence[Problem], bytes]
"""A log's name, its problems, and what stands in it."""
Writer = Callable[[Iterable[Checked]], Iterator[str]]


def report(name: str, problems: Sequence[Problem], data: bytes) -> Iterator[str]:
    """Write problems for people: with the line of the file, a caret and what would be right."""
    text = data.removeprefix(BOM).decode("utf-8", "replace") if problems else ""
    lines = BREAK.split(text)
    for problem in problems[:MOST]:
        yield f"{safe(name)}:{problem}"
        if 0 < problem.line <= len(lines):
            yield from _excerpt(lines[problem.line - 1], problem.column)
        if problem.hint:
            yield f"    {safe(problem.hint)}"
    if len(problems) > MOST:
        yield f"{safe(name)}: and {len(problems) - MOST} more problems"


def objects(logs: Iterable[Checked]) -> Iterator[str]:
    """Write the problems of all logs as one JSON array of objects."""
    from json import JSONEncoder

    rows = [
        {"file": name} | problem._asdict() | {"level": problem.level.value}
        for name, problems, _ in logs
        for problem in problems
    ]
    yield from map(json_safe, JSONEncoder(ensure_ascii=False, indent=2).encode(rows).split("\n"))


def annotations(name: str, problems: Sequence[Problem], _data: bytes) -> Iterator[str]:
    """Write problems as workflow commands, which GitHub shows beside the lines of a change."""
    for problem in problems:
        hint = f"; {problem.hint}" if problem.hint else ""
        message = f"{problem.message} [{problem.code}]{hint}".replace("%", "%25")
        path = visible(name).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
        place = f"file={path},line={problem.line},col={problem.column}"
        yield f"::{problem.level.value} {place}::{safe(message)}"


def _each(write: Callable[[str, Sequence[Problem], bytes], Iterator[str]]) -> Writer:
    return lambda logs: chain.from_iterable(write(*log) for log in logs)


WRITERS: dict[str, Writer] = {
    "text": _each(report),
    "json": objects,
    "github": _each(annotations),
}
"""How the problems of logs are written, by the name of the form."""


def _excerpt(line: str, column: int, most: int = 90) -> Iterator[str]:
    start = max(0, column - 1 - most // 2)
    before, after = visible(line[start : column - 1]), visible(line[column - 1 : start + most])
    yield f"    {before}{after}".rstrip()
    yield f"    {' ' * cells(before)}^"
