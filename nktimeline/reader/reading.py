"""One pass over a document's parser events: records come out, problems are collected.

The records themselves say which fields they have, and how each is written (model.py). The call
stack is no deeper than the records nest.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any, NamedTuple

from yaml.events import (
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    StreamEndEvent,
)

from nktimeline.model import Field, Log, Record, Source, fields
from nktimeline.names import meant
from nktimeline.paths import Path
from nktimeline.reader.parser import events, place
from nktimeline.reader.values import UNDATED, Read, Values
from nktimeline.text import quoted

Progress = Callable[[float], None]
"""Is told the share of a file that was read."""


class Shape(NamedTuple):
    """How a record is read."""

    make: Callable[..., Any]
    readers: Mapping[str, Read]
    """What reads each field."""
    blanks: Mapping[str, Any]
    """What stands for a required field that is missing."""
    what: str
    """What a message calls such a record."""


class Beside(NamedTuple):
    """A source that stands in its event."""

    source: Source
    path: Path
    start: Any
    """The parser event at which it begins."""


class Reading(Values):
    """The parser's events, the problems so far, and what was read."""

    def __init__(self, data: bytes, progress: Progress | None = None) -> None:
        """Begin to read `data`; `progress` is told the share done."""
        super().__init__(data)
        self.data = data
        self.progress = progress
        self.begun: Any = None  # where the record begins that was finished last
        self.path: Path = ()  # of the item that is being read
        self.beside: list[Beside] = []
        self.fields: dict[str, Any] = {}  # of the log
        self.source = self.shape(Source)
        self.whole = self.shape(Log)

    def shape(self, record: Record, *, keyed: bool = False) -> Shape:
        """Return how a record is read; the id of a `keyed` one is its key in a table."""
        described = [field for field in fields(record) if not (keyed and field.name == "id")]
        readers = {field.name: self.reader(field) for field in described}
        blanks = {field.name: _blank(field) for field in described if field.required}
        what = "table" if keyed else record.__name__.lower()
        return Shape(_maker(record, described), readers, blanks, what)

    def reader(self, field: Field) -> Read:
        """Return what reads a field, by its form."""
        if field.form.record is None:
            read: Read = getattr(self, field.form.what)
            return read
        one = self.shape(field.form.record, keyed=field.form.what == "table")
        if field.form.what == "table":
            return lambda start: self.table(start, lambda value, id: self.record(value, one, id))
        return lambda start: self.records(start, field.name, one)

    # -- the document

    def document(self) -> None:
        """Read the fields of the log from the one document; an empty file has none."""
        self.next = events(self.data)
        self.next()  # the stream's start
        if isinstance(self.next(), StreamEndEvent):
            return
        root = self.next()
        self.fields, keys = self.mapping(root, self.whole)
        self.require(self.fields, keys, root, self.whole)
        self.next()  # the document's end
        if isinstance(after := self.next(), DocumentStartEvent):
            self.report(after, "second-document", "a second document begins here")

    def log(self) -> tuple[Log, Mapping[str, Path]]:
        """Return what was read, and where the sources stand that stand in their events."""
        read = {name: value for name, value in self.fields.items() if value is not None}
        log = Log(**{"title": "", "events": ()} | read)
        sources, homes = dict(log.sources), dict[str, Path]()
        for source, path, start in self.beside:
            if source.id in sources:
                message = f"the id {quoted(source.id)} is that of another source"
                self.report(start, "duplicate-source", message)
            elif source.id:
                sources[source.id] = source
                homes[source.id] = path
        return log._replace(sources=sources), homes

    # -- records

    def record(self, start: Any, shape: Shape, id: str | None = None) -> Any:
        """Read a record; its `id` is given where it is a key in a table."""
        values, keys = self.mapping(start, shape)
        self.begun = start
        self.require(values, keys, start, shape, id)
        return shape.make(**values) if id is None else shape.make(id=id, **values)

    def mapping(self, start: Any, shape: Shape) -> tuple[dict[str, Any], dict[str, Any]]:
        """Read a mapping of known keys, and report the others.

        Return the values, without the absent ones, and the parser events of the known keys.
        """
        values: dict[str, Any] = {}
        keys: dict[str, Any] = {}
        readers, next_event = shape.readers, self.next
        if not self.opens(start, MappingStartEvent, shape.what):
            return values, keys
        while isinstance(key := next_event(), NodeEvent):
            name = self.key(key)
            value = next_event()
            if name is None or name not in readers or name in keys:
                self.refuse_key(key, name, keys, shape)
                self.skip(value)
                continue
            keys[name] = key
            read = readers[name](value)
            if read is not None or not isinstance(value, ScalarEvent):  # it is there, if broken
                values[name] = read
        return values, keys

    def require(
        self,
        values: dict[str, Any],
        keys: Mapping[str, Any],
        start: Any,
        shape: Shape,
        id: str | None = None,
    ) -> None:
        """Report the required fields that are missing or empty, and leave them blank."""
        for name, blank in shape.blanks.items():
            if values.get(name) is not None:
                continue
            what = f"the {shape.what}" if id is None else quoted(id)
            if name not in values and name in keys:
                self.report(keys[name], "missing-key", f"the '{name}' of {what} is empty")
            elif name not in values and isinstance(start, MappingStartEvent):
                self.report(start, "missing-key", f"{what} has no '{name}'")
            values[name] = blank

    def forgive(self) -> None:
        """Forget what is missing in the record that was read last: a syntax error cut it short."""
        if self.begun:
            cut = place(self.begun)
            self.problems = [
                problem for problem in self.problems
                if problem.code != "missing-key" or (problem.line, problem.column) < cut
            ]  # fmt: skip

    def refuse_key(self, key: Any, name: str | None, keys: dict[str, Any], shape: Shape) -> None:
        """Report a key that is read twice or not at all; what is no key was reported."""
        if name is not None and not self.is_misplaced(key, name, keys):
            message = f"unknown key {quoted(name)}{meant(name, shape.readers)}"
            hint = f"the keys here are {', '.join(shape.readers)}"
            self.report(key, "unknown-key", message, hint)

    def records(self, start: Any, name: str, shape: Shape) -> tuple[Any, ...]:
        """Read a list of records, which stands in the log's field `name`."""
        places, size = count(), len(self.data)

        def one(item: Any) -> Any:
            self.path = (name, next(places))
            if self.progress:
                self.progress(item.start_mark.index / size)
            return self.record(item, shape)

        return tuple(self.items(start, one))

    # -- sources in their events

    def citations(self, start: Any) -> tuple[str, ...]:
        """Read what an event cites: ids of sources, or the sources themselves."""
        event, places = self.path, count()
        return tuple(
            self.items(start, lambda item: self.citation(item, (*event, "sources", next(places))))
        )

    def citation(self, item: Any, path: Path) -> str | None:
        """Read an id, or a source with its id; note where such a source stands."""
        if not isinstance(item, MappingStartEvent):
            return self.id(item)
        source: Source = self.record(item, self.source)
        self.beside.append(Beside(source, path, item))
        return source.id


def _blank(field: Field) -> Any:
    """Return what stands for a required value that is missing."""
    return {"date": UNDATED, "ids": (), "table": {}, "list": ()}.get(field.form.what, "")


def _maker(record: Record, described: Sequence[Field]) -> Callable[..., Any]:
    """Return what makes a record of the values that a log names."""
    if all(field.attribute == field.name for field in described):
        return record
    attributes = {field.name: field.attribute for field in described}
    return lambda **values: record(**{attributes.get(n, n): value for n, value in values.items()})
