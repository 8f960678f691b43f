"""One pass over a document's parser events: records come out, problems are collected.

The stack is no deeper than the schema, and nothing is built that was not asked for. The methods
for keys, texts and ids run hundreds of thousands of times for a large log, so each tests what is
usual first and looks closer only then.
"""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

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

from nktimeline.dates import DateError, When, parse
from nktimeline.model import STATUSES, Actor, Event, Log, Source
from nktimeline.names import meant
from nktimeline.problems import Level, Problem, quoted
from nktimeline.reader.parser import events, place
from nktimeline.reader.rules import DEPTH, RULES
from nktimeline.reader.schema import ACTOR, EVENT, LOG, SOURCE, UNDATED, Shape

Progress = Callable[[float], None]
_Read = Callable[[Any], Any]

_ABSENT = ("", "~", "null")
_ID = re.compile(r"\w[\w.-]*")
# RFC 5646, 2.1; languages of four letters or more are only reserved, and none is registered
_LANGUAGE = re.compile(r"(?:[A-Za-z]{2,3}|[xi])(?:-[A-Za-z0-9]{1,8})*")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


class Stop(Exception):
    """Nothing after the problem just reported can be read."""


class Reading:
    """The parser's events, the problems so far, and what was read."""

    def __init__(self, data: bytes, progress: Progress | None = None) -> None:
        """Stand at the beginning of `data`; `progress` is told the share done."""
        self.data = data
        self.next: Callable[[], Any]  # gives the parser's next event, once the document is begun
        self.size = len(data) or 1
        self.progress = progress
        self.problems: list[Problem] = []
        self.last: Any = None
        self.opened: Any = None  # where the record that was last read begins
        self.tables: dict[str, Any] = {}
        self.known: dict[str, str] = {}  # one copy of each id, however often it is named
        self.log_fields = self._readers(LOG)
        self.actor_fields = self._readers(ACTOR.fields)
        self.source_fields = self._readers(SOURCE.fields)
        self.event_fields = self._readers(EVENT.fields)

    def _readers(self, fields: Mapping[str, str]) -> dict[str, _Read]:
        return {name: getattr(self, method) for name, method in fields.items()}

    def report(self, where: Any, code: str, message: str, hint: str = "") -> None:
        """Note a problem at an event's place."""
        line, column = place(where)
        self.problems.append(Problem(line, column, Level.ERROR, code, message, hint))

    # -- the document

    def document(self) -> None:
        """Read the one document of the stream into `tables`; an empty stream has none."""
        self.next = events(self.data)
        self.next()  # the stream's start
        if isinstance(self.next(), StreamEndEvent):
            return
        root = self.next()
        self.tables = self.record(root, self.log_fields, "a log")
        for name in ("title", "events"):
            if name not in self.tables and isinstance(root, MappingStartEvent):
                self.report(root, "missing-key", f"the log has no '{name}'")
        self.next()  # the document's end
        if isinstance(after := self.next(), DocumentStartEvent):
            self.report(after, "second-document", "a second document begins here")

    def log(self) -> Log:
        """Give what was read so far."""
        tables = self.tables
        return Log(
            tables.get("title") or "",
            tables.get("kinds") or {},
            tables.get("actors") or {},
            tables.get("sources") or {},
            tuple(tables.get("events") or ()),
        )

    # -- tables of the log

    def kinds(self, event: Any) -> dict[str, str]:
        """Read the vocabulary."""
        return self.table(event, lambda value, _: self.text(value) or "")

    def actors(self, event: Any) -> dict[str, Actor]:
        """Read the table of actors."""
        readers = self.actor_fields
        return self.table(event, lambda value, id: self.named(value, ACTOR, readers, id))

    def sources(self, event: Any) -> dict[str, Source]:
        """Read the table of sources."""
        return self.table(
            event, lambda value, id: self.named(value, SOURCE, self.source_fields, id)
        )

    def events(self, event: Any) -> tuple[Event, ...]:
        """Read the list of events."""
        return tuple(self.items(event, self.event))

    def event(self, start: Any) -> Event:
        """Read an event."""
        if self.progress:
            self.progress(start.start_mark.index / self.size)
        values = self.record(start, self.event_fields, "an event")
        self.opened = start
        self.fill(values, start, EVENT, "the event")
        made: Event = EVENT.make(**values)
        return made

    def named(self, start: Any, shape: Shape, readers: Mapping[str, _Read], id: str) -> Any:
        """Read an entry of a table, whose id is its key."""
        values = self.record(start, readers, "a table")
        self.fill(values, start, shape, quoted(id))
        return shape.make(id=id, **values)

    def fill(self, values: dict[str, Any], start: Any, shape: Shape, what: str) -> None:
        """Report the required fields that are missing, and leave them blank."""
        for name, blank in shape.required.items():
            if name not in values and isinstance(start, MappingStartEvent):
                self.report(start, "missing-key", f"{what} has no '{name}'")
            if values.get(name) is None:
                values[name] = blank

    def forgive(self) -> None:
        """Forget what the event just read lacks: a syntax error cut it short."""
        if self.opened:
            cut = (*place(self.opened), "missing-key")
            self.problems = [p for p in self.problems if (p.line, p.column, p.code) != cut]

    # -- collections

    def record(self, start: Any, readers: Mapping[str, _Read], what: str) -> dict[str, Any]:
        """Read a mapping of known keys, reporting the others; absent values are left out."""
        values: dict[str, Any] = {}
        seen: dict[str, Any] = {}
        next_event = self.next
        if not self.opens(start, MappingStartEvent, what):
            return values
        while (key := next_event()).__class__ is ScalarEvent or isinstance(key, NodeEvent):
            name = self.key(key)
            value = next_event()
            if name is not None and name not in seen and (read := readers.get(name)):
                seen[name] = key
                got = read(value)
                if got is not None or value.__class__ is not ScalarEvent:  # it is there, if broken
                    values[name] = got
            else:
                self.stray(key, name, seen, readers)
                self.skip(value)
        return values

    def table(self, start: Any, one: Callable[[Any, str], Any]) -> dict[str, Any]:
        """Read a mapping from ids of the log's own making."""
        values: dict[str, Any] = {}
        seen: dict[str, Any] = {}
        if self.absent(start) or not self.opens(start, MappingStartEvent, "a table"):
            return values
        while isinstance(key := self.next(), NodeEvent):
            name = self.key(key)
            value = self.next()
            if name is None or name in seen or name == "<<":
                self.stray(key, name, seen, ())
                self.skip(value)
                continue
            seen[name] = key
            values[self.known.get(name) or self.new_id(name, key)] = one(value, name)
        return values

    def items(self, start: Any, one: _Read) -> list[Any]:
        """Read a list; what cannot be read is blank, so that the others keep their place."""
        values: list[Any] = []
        if self.absent(start) or not self.opens(start, SequenceStartEvent, "a list"):
            return values
        next_event = self.next
        while (item := next_event()).__class__ is ScalarEvent or isinstance(item, NodeEvent):
            value = one(item)
            if value is None:
                if isinstance(item, ScalarEvent):
                    self.report(item, "wrong-type", "expected a text, found nothing")
                value = ""
            values.append(value)
        return values

    def ids(self, event: Any) -> tuple[str, ...]:
        """Read a list of ids."""
        return tuple(self.items(event, self.id))

    def texts(self, event: Any) -> tuple[str, ...]:
        """Read a list of texts."""
        return tuple(self.items(event, self.text))

    # -- values

    def key(self, event: Any) -> str | None:
        """Give a key's text, or None for what can be no key."""
        self.last = event
        if event.__class__ is not ScalarEvent:
            self.opens(event, ScalarEvent, "a key")
            return None
        if event.tag is not None or event.anchor is not None:
            self.refuse(event)
        value: str = event.value
        return value

    def text(self, event: Any) -> str | None:
        """Read a scalar as the text it is; empty, blank, `~` and `null` are absent."""
        if event.__class__ is not ScalarEvent:
            self.opens(event, ScalarEvent, "a text")
            return None
        if event.tag is not None or event.anchor is not None:
            self.refuse(event)
        value: str = event.value
        if not value.isprintable() and (found := _CONTROL.search(value)):
            name = f"U+{ord(found[0]):04X}"
            message = f"the text holds the control character {name}"
            self.report(event, "control-character", message)
        if len(value) < 5 and value in _ABSENT and not event.style:
            return None
        return value if value and not value.isspace() else None

    def id(self, event: Any) -> str | None:
        """Read an id; each is kept once, however often it is named."""
        if event.__class__ is ScalarEvent and event.tag is None and event.anchor is None:
            known = self.known.get(event.value)
            if known is not None:  # as most are
                return known
        value = self.text(event)
        return value and (self.known.get(value) or self.new_id(value, event))

    def new_id(self, value: str, event: Any) -> str:
        """Note an id that was not met before."""
        if not _ID.fullmatch(value):
            self.report(event, "bad-id", f"{quoted(value)} is no id", RULES["bad-id"])
        if value not in _ABSENT:  # so that what is known need not be looked at again
            self.known[value] = value
        return value

    def when(self, event: Any) -> When | None:
        """Read a date."""
        value = self.text(event)
        if value is None:
            return None
        try:
            return parse(value)
        except DateError as error:
            code = "unsupported-date" if error.allowed_by_edtf else "bad-date"
            self.report(event, code, str(error))
            return UNDATED

    def status(self, event: Any) -> str:
        """Read a status; the first of them where none can be read."""
        value = self.text(event)
        if value is not None and value not in STATUSES:
            message = f"{quoted(value)} is no status{meant(value, STATUSES)}"
            self.report(event, "bad-status", message, RULES["bad-status"])
        return value if value in STATUSES else STATUSES[0]

    def language(self, event: Any) -> str | None:
        """Read a language tag."""
        value = self.text(event)
        if value is not None and not _LANGUAGE.fullmatch(value):
            message = f"{quoted(value)} is no BCP 47 language tag"
            self.report(event, "bad-language", message, RULES["bad-language"])
        return value

    def absent(self, event: Any) -> bool:
        """Tell whether a value is written but empty."""
        return event.__class__ is ScalarEvent and not event.style and event.value in _ABSENT

    # -- what is refused

    def opens(self, event: Any, wanted: type, what: str) -> bool:
        """Tell whether a node is what was wanted; otherwise report it and pass it by."""
        if isinstance(event, AliasEvent):
            self.report(event, "alias", f"the alias '*{event.anchor}' is refused")
            return False
        if event.anchor is not None or event.tag is not None:
            self.refuse(event)
        if isinstance(event, wanted):
            return True
        found = "a list" if isinstance(event, SequenceStartEvent) else "a table"
        if isinstance(event, ScalarEvent):
            found = "nothing" if self.absent(event) else "a text"
        bracketed = wanted is ScalarEvent and event.flow_style
        hint = "a text that begins with '[' or '{' stands in quotes" if bracketed else ""
        self.report(event, "wrong-type", f"expected {what}, found {found}", hint)
        self.skip(event)
        return False

    def refuse(self, event: Any) -> None:
        """Report a node's anchor and tag."""
        if event.anchor is not None:
            self.report(event, "anchor", f"the anchor '&{event.anchor}' is refused")
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.report(event, "tag", f"the tag '{tag}' is refused")

    def stray(
        self, key: Any, name: str | None, seen: Mapping[str, Any], known: Collection[str]
    ) -> None:
        """Report a key that is read twice or not at all."""
        if name is None:
            return  # reported as no key
        if name == "<<":
            self.report(key, "merge-key", "merge keys are refused", RULES["merge-key"])
        elif name in seen:
            line, _ = place(seen[name])
            self.report(key, "duplicate-key", f"{quoted(name)} stands in line {line} already")
        else:
            hint = f"the keys here are {', '.join(known)}"
            message = f"unknown key {quoted(name)}{meant(name, known)}"
            self.report(key, "unknown-key", message, hint)

    def skip(self, event: Any) -> None:
        """Pass by a node with everything in it."""
        depth = int(isinstance(event, CollectionStartEvent))
        while depth:
            if depth > DEPTH:
                self.report(event, "too-deep", f"nested deeper than {DEPTH} levels")
                raise Stop
            event = self.next()
            depth += isinstance(event, CollectionStartEvent)
            depth -= isinstance(event, CollectionEndEvent)
