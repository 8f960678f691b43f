"""YAML to records, collecting problems: the only importer of yaml.

Every scalar stays the text it is, every mistake has its line and column, and a hostile document
ends in a message. `schema` is the format, `reading` the walk, `parser` what lies beneath. Rules
that need the whole log stand in checks.py; `places` finds the lines for them, so that a sound log
never pays for it.
"""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager

import yaml

from nktimeline.model import Log
from nktimeline.problems import BOM, BREAK, Level, Problem
from nktimeline.reader.parser import Path, Place, place, places
from nktimeline.reader.reading import Progress, Reading, Stop
from nktimeline.reader.rules import RULES, UNREAD

__all__ = ["RULES", "UNREAD", "Path", "Progress", "places", "read"]

_UNPRINTABLE = re.compile(  # what YAML 1.1 (5.1) does not count as printable
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)

_ADVICE = {  # what a writer does about the parser's words
    "mapping values are not allowed": "a text that holds ': ' stands in quotes; if it is a key, "
    "the line is indented too far",
    "cannot start any token": "indent with blanks; a text that begins with '@' or '`' stands in "
    "quotes",
    "could not find expected ':'": "a key is followed by ': '",
}
_BEGUN = {  # what was begun and never ended: its beginning is the place to look at
    "while scanning a simple key": "",
    "while scanning a quoted scalar": "the quote that begins here is not closed",
}


def read(data: bytes, progress: Progress | None = None) -> tuple[Log, list[Problem]]:
    """Read a log's bytes into records in the order of the file, with all problems of form.

    Where there are problems, what could not be read is blank, so that paths and ids still hold.
    """
    data = data.removeprefix(BOM)
    reading = Reading(data, progress)
    with _no_collection():
        unread = _read(reading, data)
    return reading.log(), sorted([*reading.problems, *unread])


def _read(reading: Reading, data: bytes) -> list[Problem]:
    """Read as far as the document can be read; give the problem that ended it."""
    try:
        data.decode()
        reading.document()
    except UnicodeDecodeError as error:
        byte = f"byte 0x{data[error.start]:02x} is not UTF-8"
        return [_fatal(_after(data[: error.start].decode()), "encoding", byte, "save it as UTF-8")]
    except yaml.reader.ReaderError:
        text = data.decode()
        at = found.start() if (found := _UNPRINTABLE.search(text)) else 0
        message = f"the character U+{ord(text[at]):04X} is not allowed"
        return [_fatal(_after(text[:at]), "unprintable", message)]
    except yaml.MarkedYAMLError as error:
        reading.forgive()
        return [_syntax(error, data)]
    except (ValueError, OverflowError) as error:  # the Python scanner, on "\U00110000" and such
        where = place(reading.last) if reading.last else (1, 1)
        return [_fatal(where, "syntax", f"a value cannot be read: {error}")]
    except Stop:
        pass
    return []


def _syntax(error: yaml.MarkedYAMLError, data: bytes) -> Problem:
    problem = error.problem or "this is no YAML"
    begun = _BEGUN.get(error.context or "")
    mark = error.context_mark if begun is not None else error.problem_mark
    mark = mark or error.problem_mark or error.context_mark
    where = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = BREAK.split(data.decode())
    before = lines[mark.line][: mark.column] if mark and mark.line < len(lines) else ""
    hints = ["nothing after this is read", *_advice(problem, before.rstrip(" ")), begun or ""]
    if begun is None and error.context and error.context_mark:
        hints.insert(0, f"{error.context} in line {error.context_mark.line + 1}")
    return _fatal(where, "syntax", problem, "; ".join(filter(None, hints)))


def _advice(problem: str, before: str) -> Iterator[str]:
    """Yield what a writer does about the parser's words, by what stands before the place."""
    yield from (advice for sign, advice in _ADVICE.items() if sign in problem)
    if problem.startswith("did not find expected") and not before:
        yield "the line is indented as none above it"
    elif problem == "did not find expected key" and before.endswith(("'", '"', "]", "}")):
        yield "a text that begins with a quote or a bracket stands in quotes"


def _fatal(where: Place, code: str, message: str, hint: str = "") -> Problem:
    return Problem(*where, Level.ERROR, code, message, hint)


def _after(text: str) -> Place:
    """Give the place that follows a text."""
    *above, line = BREAK.split(text)
    return len(above) + 1, len(line) + 1


@contextmanager
def _no_collection() -> Iterator[None]:
    """Pause the garbage collector: millions of small objects are made here, none in a cycle."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
