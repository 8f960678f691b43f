"""YAML to records, collecting problems: the only importer of yaml.

It works from the parser's events with a stack no deeper than the schema, so that every scalar stays
the text it is, every mistake has its line and column, nothing is built that was not asked for, and
a hostile document ends in a message. The schema is the three `_Shape`s below. Rules that need the
whole log stand in checks.py; `places` finds the lines for them, so a sound log never pays for it.
"""

import gc
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple, Protocol

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from nktimeline.dates import DateError, When, parse
from nktimeline.model import STATUSES, Actor, Event, Log, Source
from nktimeline.names import near
from nktimeline.problems import BOM, Level, Problem

DEPTH = 32
"""How deep a document may nest; a log needs five levels."""

Path = tuple[str | int, ...]
"""Where something stands in a log: `("events", 3, "actors", 0)`."""
Progress = Callable[[float], None]

UNDATED = When("", *parse("../9999")[1:])
"""Stands for a date that cannot be read, in a log that has errors anyway."""

RULES = {
    "alias": "Aliases (*name) are refused: each event is to be read where it stands.",
    "anchor": "Anchors (&name) are refused, as are the aliases that they are for.",
    "bad-date": "A date is EDTF: 2023, 2023-10, 2023-10-24, 2023-10-24/2023-10-27, with ? ~ %.",
    "bad-id": "An id is letters, digits, '-', '_' and '.', and begins with a letter or digit.",
    "bad-language": "A language is a BCP 47 tag such as ko, ru or zh-Hant.",
    "bad-status": "A status is confirmed (or left out), reported or disputed.",
    "control-character": "Control characters act on terminals and have no place in a log.",
    "duplicate-key": "A key stands once in a table; YAML would silently keep only the last one.",
    "encoding": "A log is UTF-8, so that it reads the same everywhere.",
    "merge-key": "Merge keys (<<) are refused: each event is to be read where it stands.",
    "missing-key": "An event needs id, date, title, kind and sources; an actor a name; a source "
    "title and publisher; a log title and events.",
    "second-document": "A log is one YAML document; what follows '---' or '...' would be lost.",
    "syntax": "The file must be YAML; everything after the first syntax error is unread.",
    "tag": "YAML tags (!name) are refused: every value is text.",
    "too-deep": f"Nothing in a log nests deeper than {DEPTH} levels; a log needs five.",
    "unknown-key": "Only the keys of the format are read; a misspelt one would be lost silently.",
    "unsupported-date": "EDTF allows the date and this log does not: years outside 0001-9999, "
    "times, and the finer points of level 2.",
    "wrong-type": "A text stands where a list or table belongs, or the other way round.",
}
"""Every code that the reader itself reports, and what the rule wants."""

_PLAIN = (None, "")
_ID = re.compile(r"\w[\w.-]*")
_LANGUAGE = re.compile(r"(?:[A-Za-z]{2,8}|[xi])(?:-[A-Za-z0-9]{1,8})*")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Stop(Exception):  # noqa: N818 - it ends a reading, it is no error of ours
    """Nothing after this problem can be read."""


class _Mark(Protocol):
    line: int
    column: int
    index: int


class _Shape(NamedTuple):
    """A record's fields: how each is read, and what stands in for a required one that is missing."""

    make: Callable[..., Any]
    fields: Mapping[str, Callable[..., Any]]
    required: Mapping[str, Any]


def read(data: bytes, progress: Progress | None = None) -> tuple[Log, list[Problem]]:
    """Read a log's bytes into records in the order of the file, with all problems of form.

    Where there are problems, what could not be read is blank, so that paths and ids still hold.
    """
    data = data.removeprefix(BOM)
    reading = _Reading(data, progress)
    with _no_collection():
        try:
            data.decode()
            reading.document()
        except UnicodeDecodeError as error:
            line, column = _place(data[: error.start].decode())
            byte = f"byte 0x{data[error.start]:02x}"
            reading.report(line, column, "encoding", f"{byte} is not UTF-8", "save it as UTF-8")
        except yaml.reader.ReaderError:
            found = _UNPRINTABLE.search(text := data.decode())
            at = found.start() if found else len(text)
            name = f"the character U+{ord(text[at]):04X}" if found else "a character"
            reading.report(*_place(text[:at]), "control-character", f"{name} is not allowed")
        except yaml.MarkedYAMLError as error:
            reading.fail(error)
        except ValueError as error:  # the pure Python scanner on "\U00110000" and the like
            reading.problem(reading.last, "syntax", str(error).lower())
        except _Stop:
            pass
    return reading.log(), sorted(reading.problems)


def places(data: bytes, paths: Collection[Path]) -> dict[Path, tuple[int, int]]:
    """Find line and column, from 1, of the values at `paths`; of a table's entry, that of its key."""
    wanted, found = set(paths), {}
    for path, mark in _walk(_events(data.removeprefix(BOM))):
        if path in wanted:
            found[path] = (mark.line + 1, mark.column + 1)
    return found


class _Reading:
    """One pass over a document: the parser's events, and the problems so far."""

    def __init__(self, data: bytes, progress: Progress | None) -> None:
        self.next = _events(data)
        self.size = len(data) or 1
        self.progress = progress
        self.problems: list[Problem] = []
        self.last: Any = None
        self.tables: dict[str, Any] = {}
        self.known: dict[str, str] = {}  # one copy of each id, however often it is named

    # -- problems

    def report(self, line: int, column: int, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(line, column, Level.ERROR, code, message, hint))

    def problem(self, event: Any, code: str, message: str, hint: str = "") -> None:
        mark = event.start_mark if event is not None else None
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        self.report(line, column, code, message, hint)

    def fail(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        hint = f"{error.context} in line {error.context_mark.line + 1}" if (
            error.context and error.context_mark
        ) else ""  # fmt: skip
        self.report(line, column, "syntax", str(error.problem or "not YAML"), hint)

    # -- the document

    def document(self) -> None:
        self.next()  # the stream's start
        event = self.next()
        if isinstance(event, StreamEndEvent):
            return
        self.fields(root := self.next(), _LOG_FIELDS, self.tables, "a log")
        for key in {"title", "events"} - self.tables.keys():
            if isinstance(root, MappingStartEvent):
                self.problem(root, "missing-key", f"the log has no '{key}'")
        self.next()  # the document's end
        if isinstance(event := self.next(), DocumentStartEvent):
            self.problem(event, "second-document", "a second document begins here")

    def log(self) -> Log:
        return Log(
            self.tables.get("title") or "",
            self.tables.get("kinds") or {},
            self.tables.get("actors") or {},
            self.tables.get("sources") or {},
            tuple(self.tables.get("events") or ()),
        )

    def fields(
        self, start: Any, readers: Mapping[str, Callable[..., Any]], into: dict[str, Any], what: str
    ) -> None:
        """Read a mapping of known keys, reporting the others."""
        if not self.opens(start, MappingStartEvent, what):
            return
        first: dict[str, int] = {}
        while (key := self.next()).__class__ is ScalarEvent or isinstance(key, NodeEvent):
            name = self.key(key)
            value = self.next()
            if name in readers and name not in first:
                first[name] = key.start_mark.line + 1
                into[name] = readers[name](self, value)
            else:
                if name is not None:
                    self.stray(key, name, first.get(name), readers)
                self.skip(value)

    def record(self, start: Any, shape: _Shape, what: str) -> Any:
        """Read a record; a required field that is missing is reported and left blank."""
        values: dict[str, Any] = {}
        self.fields(start, shape.fields, values, what)
        for name in [name for name, value in values.items() if value is None]:
            del values[name]
        for name, blank in shape.required.items():
            if name not in values:
                if isinstance(start, MappingStartEvent):
                    self.problem(start, "missing-key", f"{what} has no '{name}'")
                values[name] = blank
        return shape.make, values

    # -- values

    def text(self, event: Any) -> str | None:
        """Read a scalar as the text it is; empty, `~` and `null` are absent."""
        if event.__class__ is not ScalarEvent:
            self.opens(event, ScalarEvent, "a text")
            return None
        value: str = event.value
        if event.style in _PLAIN and value in ("", "~", "null"):
            return None
        if event.tag is not None or event.anchor is not None:
            self.refuse(event)
        if not value.isprintable() and (found := _CONTROL.search(value)):
            name = f"U+{ord(found[0]):04X}"
            self.problem(event, "control-character", f"the text holds the control character {name}")
        return value if value.strip() else None

    def id(self, event: Any) -> str | None:
        value = self.text(event)
        if value is None:
            return None
        if value not in self.known:
            if not _ID.fullmatch(value):
                self.problem(event, "bad-id", f"'{value[:80]}' is no id", RULES["bad-id"])
            self.known[value] = value
        return self.known[value]

    def when(self, event: Any) -> When | None:
        value = self.text(event)
        if value is None:
            return None
        try:
            return parse(value)
        except DateError as error:
            code = "unsupported-date" if error.allowed_by_edtf else "bad-date"
            self.problem(event, code, str(error))
            return UNDATED

    def status(self, event: Any) -> str | None:
        value = self.text(event)
        if value is None or value in STATUSES:
            return value
        message = f"'{value[:80]}' is no status; expected {', '.join(STATUSES)}"
        self.problem(event, "bad-status", message + _meant(value, STATUSES))
        return None

    def language(self, event: Any) -> str | None:
        value = self.text(event)
        if value is not None and not _LANGUAGE.fullmatch(value):
            self.problem(event, "bad-language", f"'{value[:80]}' is no BCP 47 language tag")
        return value

    def many(self, event: Any, one: Callable[..., Any] | None = None) -> tuple[Any, ...]:
        """Read a list."""
        if event.__class__ is ScalarEvent and self.text(event) is None:
            return ()
        if not self.opens(event, SequenceStartEvent, "a list"):
            return ()
        values = []
        one = one or _Reading.id
        while isinstance(item := self.next(), NodeEvent):
            values.append(one(self, item))
        return tuple(value for value in values if value is not None)

    def texts(self, event: Any) -> tuple[str, ...]:
        return self.many(event, _Reading.text)

    def table(self, event: Any, one: Callable[[Any, str], Any]) -> dict[str, Any]:
        """Read a mapping from ids of the log's own making."""
        values: dict[str, Any] = {}
        first: dict[str, int] = {}
        if event.__class__ is ScalarEvent and self.text(event) is None:
            return values
        if not self.opens(event, MappingStartEvent, "a table"):
            return values
        while isinstance(key := self.next(), NodeEvent):
            name = self.key(key)
            value = self.next()
            if name is None or name in first or name == "<<":
                if name is not None:
                    self.stray(key, name, first.get(name), ())
                self.skip(value)
                continue
            first[name] = key.start_mark.line + 1
            if not _ID.fullmatch(name):
                self.problem(key, "bad-id", f"'{name[:80]}' is no id", RULES["bad-id"])
            self.known.setdefault(name, name)
            values[name] = one(value, name)
        return values

    def kinds(self, event: Any) -> dict[str, str]:
        return self.table(event, lambda value, _: self.text(value) or "")

    def actors(self, event: Any) -> dict[str, Actor]:
        return self.table(event, lambda value, name: self.named(value, _ACTOR, name, "the actor"))

    def sources(self, event: Any) -> dict[str, Source]:
        return self.table(event, lambda value, name: self.named(value, _SOURCE, name, "the source"))

    def named(self, value: Any, shape: _Shape, name: str, what: str) -> Any:
        make, values = self.record(value, shape, f"{what} '{name[:80]}'")
        return make(id=name, **values)

    def events(self, event: Any) -> tuple[Event, ...]:
        return self.many(event, _Reading.event)

    def event(self, start: Any) -> Event:
        if self.progress:
            self.progress(start.start_mark.index / self.size)
        make, values = self.record(start, _EVENT, "the event")
        made: Event = make(**values)
        return made

    # -- structure

    def key(self, event: Any) -> str | None:
        """Give a key's text, or None for what can be no key."""
        self.last = event
        if event.__class__ is ScalarEvent:
            if event.tag is not None or event.anchor is not None:
                self.refuse(event)
            return str(event.value)
        self.opens(event, ScalarEvent, "a key")
        return None

    def stray(self, key: Any, name: str, before: int | None, known: Collection[str]) -> None:
        """Report a key that is read twice or not at all."""
        if name == "<<":
            self.problem(key, "merge-key", "merge keys are refused", RULES["merge-key"])
        elif before:
            self.problem(key, "duplicate-key", f"'{name[:80]}' stands in line {before} already")
        else:
            offer = _meant(name, known) or f"; expected one of {', '.join(known)}"
            self.problem(key, "unknown-key", f"unknown key '{name[:80]}'{offer}")

    def opens(self, event: Any, wanted: type, what: str) -> bool:
        """Tell whether a node is what was wanted; otherwise report it and pass it by."""
        if isinstance(event, AliasEvent):
            self.problem(event, "alias", f"the alias '*{event.anchor}' is refused")
            return False
        if event.anchor is not None or event.tag is not None:
            self.refuse(event)
        if isinstance(event, wanted):
            return True
        found = "a text" if isinstance(event, ScalarEvent) else (
            "a list" if isinstance(event, SequenceStartEvent) else "a table"
        )  # fmt: skip
        self.problem(event, "wrong-type", f"expected {what}, found {found}")
        self.skip(event)
        return False

    def refuse(self, event: Any) -> None:
        if event.anchor is not None:
            self.problem(event, "anchor", f"the anchor '&{event.anchor}' is refused")
        if event.tag is not None:
            self.problem(event, "tag", f"the tag '{event.tag}' is refused")

    def skip(self, event: Any) -> None:
        """Pass by a node with everything in it."""
        depth = int(isinstance(event, CollectionStartEvent))
        while depth:
            if depth > DEPTH:
                self.problem(event, "too-deep", f"nested deeper than {DEPTH} levels")
                raise _Stop
            event = self.next()
            depth += isinstance(event, CollectionStartEvent)
            depth -= isinstance(event, CollectionEndEvent)


_LOG_FIELDS: Mapping[str, Callable[..., Any]] = {
    "title": _Reading.text,
    "kinds": _Reading.kinds,
    "actors": _Reading.actors,
    "sources": _Reading.sources,
    "events": _Reading.events,
}
_ACTOR = _Shape(
    Actor,
    {"name": _Reading.text, "of": _Reading.id, "aliases": _Reading.texts},
    {"name": ""},
)
_SOURCE = _Shape(
    Source,
    {
        "title": _Reading.text,
        "publisher": _Reading.text,
        "author": _Reading.text,
        "published": _Reading.when,
        "url": _Reading.text,
        "language": _Reading.language,
        "relays": _Reading.id,
    },
    {"title": "", "publisher": ""},
)
_EVENT = _Shape(
    Event,
    {
        "id": _Reading.id,
        "date": _Reading.when,
        "title": _Reading.text,
        "kind": _Reading.id,
        "actors": _Reading.many,
        "place": _Reading.text,
        "summary": _Reading.text,
        "status": _Reading.status,
        "sources": _Reading.many,
        "tags": _Reading.many,
        "related": _Reading.many,
        "note": _Reading.text,
    },
    {"id": "", "date": UNDATED, "title": "", "kind": "", "sources": ()},
)


class _PythonParser(Reader, Scanner, Parser):
    """PyYAML's own parser, where it was built without libyaml."""

    def __init__(self, data: bytes) -> None:
        Reader.__init__(self, data)
        Scanner.__init__(self)
        Parser.__init__(self)


def _events(data: bytes) -> Callable[[], Any]:
    """Give the function that returns the document's parser events one after the other."""
    if yaml.__with_libyaml__:
        from yaml.cyaml import CParser

        parser: Any = CParser(data)
    else:
        parser = _PythonParser(data)
    get: Callable[[], Any] = parser.get_event
    return get


def _walk(next_event: Callable[[], Any]) -> Iterator[tuple[Path, _Mark]]:
    """Yield the path and mark of every value in a document."""
    stack: list[tuple[Path, Any]] = []  # an open collection's path; its next index, or its key

    def step(mark: _Mark) -> tuple[Path, _Mark]:
        path, at = stack[-1]
        if isinstance(at, int):
            stack[-1] = (path, at + 1)
            return (*path, at), mark
        stack[-1] = (path, None)
        return (*path, at.value), (at.start_mark if mark is None else mark)

    while (event := next_event()) is not None and not isinstance(event, StreamEndEvent):
        if isinstance(event, CollectionEndEvent):
            stack.pop()
        elif isinstance(event, NodeEvent) and stack and stack[-1][1] is None:
            stack[-1] = (stack[-1][0], event)
        elif isinstance(event, CollectionStartEvent):
            in_table = stack and not isinstance(stack[-1][1], int)
            here = step(None if in_table else event.start_mark) if stack else ((), event.start_mark)
            yield here
            stack.append((here[0], None if isinstance(event, MappingStartEvent) else 0))
        elif isinstance(event, NodeEvent) and stack:
            yield step(event.start_mark)


def _place(before: str) -> tuple[int, int]:
    """Give line and column, from 1, of what follows the text `before`."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _meant(word: str, words: Collection[str]) -> str:
    found = near(word, words, 1)
    return f"; did you mean '{found[0]}'?" if found else ""


@contextmanager
def _no_collection() -> Iterator[None]:
    """Pause the garbage collector: millions of small objects are made here, and none in a cycle."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
