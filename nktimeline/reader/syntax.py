"""Documents that end in an error: where it is, what it is, and what a writer does about it."""

import re
from collections.abc import Iterator

import yaml

from nktimeline.problems import BREAK, Level, Problem
from nktimeline.reader.parser import Place

_UNPRINTABLE = re.compile(  # what YAML 1.1 (5.1) does not count as printable
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
_CONFLICT = re.compile(rb"^(?:<{7}|>{7})(?=\s)", re.MULTILINE)

_ADVICE = {  # what a writer does about the parser's words
    "mapping values are not allowed": "a text that holds ': ' stands in quotes; if it is a key, "
    "the line is indented too far",
    "could not find expected ':'": "a key is followed by ': '",
}
_BEGUN = {  # what was begun and never ended: its beginning is the place to look at
    "while scanning a simple key": "",
    "while scanning a quoted scalar": "the quote that begins here is not closed",
}


def fatal(where: Place, code: str, message: str, hint: str = "") -> Problem:
    """Return a problem after which nothing is read."""
    return Problem(*where, Level.ERROR, code, message, hint)


def conflict(data: bytes) -> Problem | None:
    """Return the first marker that git left of a merge, if there is one.

    YAML does not always object: inside brackets or quotes, a marker is text.
    """
    found = _CONFLICT.search(data) if b"<<<<<<<" in data or b">>>>>>>" in data else None
    if not found:
        return None
    where = _end(data[: found.start()].decode("utf-8", "replace"))
    return fatal(where, "syntax", "a conflict marker of git", "settle the merge first")


def encoding(data: bytes, error: UnicodeDecodeError) -> Problem:
    """Return the problem of a file that is not UTF-8."""
    where = _end(data[: error.start].decode())
    message = f"byte 0x{data[error.start]:02x} is not UTF-8"
    return fatal(where, "encoding", message, "save it as UTF-8")


def unprintable(text: str) -> Problem:
    """Return the problem of a file that holds a character which YAML does not allow."""
    at = found.start() if (found := _UNPRINTABLE.search(text)) else 0
    message = f"the character U+{ord(text[at]):04X} is not allowed"
    return fatal(_end(text[:at]), "unprintable", message)


def syntax(error: yaml.MarkedYAMLError, text: str) -> Problem:
    """Return the problem of a file that is no YAML."""
    problem = error.problem or "this is no YAML"
    begun = _BEGUN.get(error.context or "")
    mark = error.context_mark if begun is not None else error.problem_mark
    mark = mark or error.problem_mark or error.context_mark
    where = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    hints = ["nothing after this is read", *_advice(problem, *_line(text, where)), begun or ""]
    if begun is None and error.context and error.context_mark:
        hints.insert(0, f"{error.context} in line {error.context_mark.line + 1}")
    return fatal(where, "syntax", problem, "; ".join(filter(None, hints)))


def _advice(problem: str, before: str, after: str) -> Iterator[str]:
    """Yield what a writer does about a problem, by what stands before and after its place."""
    yield from (advice for sign, advice in _ADVICE.items() if sign in problem)
    if "cannot start any token" in problem:
        in_quotes = f"a text that begins with '{after[:1]}' stands in quotes"
        yield "indent with blanks" if after.startswith("\t") else in_quotes
    elif problem.startswith("did not find expected") and not before:
        yield "the line is indented as none above it"
    elif problem == "did not find expected key" and before.endswith(("'", '"', "]", "}")):
        yield "a text that begins with a quote or a bracket stands in quotes"


def _line(text: str, where: Place) -> tuple[str, str]:
    """Return what stands before a place in its line, without blanks at the end, and after it."""
    line, column = where
    whole = (*BREAK.split(text), "")[line - 1]  # the end of the file may be in a line of its own
    return whole[: column - 1].rstrip(" "), whole[column - 1 :]


def _end(text: str) -> Place:
    """Return the place where a text ends."""
    *above, line = BREAK.split(text)
    return len(above) + 1, len(line) + 1
