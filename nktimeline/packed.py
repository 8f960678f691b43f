"""A log as one text, and back: all of it, or only the events of some days.

The text holds the log's fields one after the other, with their records and values, as model.py
describes them; every value is a text. The days that each event could touch stand before them, so
that the events of other days need not be read. Records are made and checked at once, so that
nothing can fail later. Knows no file.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from nktimeline.dates import When, Window, parse
from nktimeline.model import STATUSES, Event, Extent, Field, Log, Record, Source, fields
from nktimeline.paths import TABLES, known, mentioned

# ASCII's own separators (ECMA-48, 8.2.10), and ESC for a part of an item. A log that holds one is
# not sound, and never comes here.
_TABLE, _RECORD, _VALUE, _ITEM, _PART = "\x1d", "\x1e", "\x1f", "\x1c", "\x1b"


def pack(log: Log) -> bytes:
    """Write a whole log, in order of date, as one text."""
    spans = [event.date.reach for event in log.events]
    tables = [_records(getattr(log, field.name)) for field in fields(Log)]
    return _TABLE.join(map(_table, (spans, *tables))).encode()


def unpack(body: bytes, days: Window) -> Log:
    """Return the log that was written as `body`, with the events that could touch some days.

    Where these are not all events, it has only the sources that they or a list cite. Raises
    ValueError where `body` is no log, or mentions what it does not hold.
    """
    index, *rest = map(_split, body.split(_TABLE.encode()))
    tables = dict(zip([field.name for field in fields(Log)], rest, strict=True))
    spans = [span.decode().split(_VALUE) for span in index]
    all_events, all_sources = tables.pop("events"), tables.pop("sources")
    events = [_made(Event, record) for record in _touching(days, spans, all_events)]
    others = {f.name: _value(f, tables[f.name]) for f in fields(Log) if f.name in tables}
    log = Log(events=tuple(events), **others)
    cited = {id.encode() for id in mentioned(log, "sources")}
    whole = len(events) == len(all_events)
    sources = [_made(Source, record) for record in all_sources if whole or _id(record) in cited]
    log = log._replace(sources=_by_id(sources))
    _require_mentioned(log, {_id(record).decode() for record in all_events})
    return log._replace(extent=_extent(spans))


# -- writing


def _records(value: Any) -> Iterable[Iterable[object]]:
    """Return the value of a log's field as records: those of a table or list, or one of one."""
    if isinstance(value, Mapping):
        return [one if isinstance(one, tuple) else (id, one) for id, one in value.items()]
    return value if isinstance(value, tuple) and not isinstance(value, When) else [(value,)]


def _table(records: Iterable[Iterable[object]]) -> str:
    return "".join([_VALUE.join(map(_text, record)) + _RECORD for record in records])


def _text(value: object) -> str:
    if isinstance(value, When):
        return value.text
    if isinstance(value, Mapping):
        value = tuple(value.values())
    return _ITEM.join(map(_item, value)) if isinstance(value, tuple) else str(value or "")


def _item(item: str | Sequence[object]) -> str:
    return item if isinstance(item, str) else _PART.join(map(_text, item))


# -- reading


def _split(table: bytes) -> list[bytes]:
    return table.split(_RECORD.encode())[:-1]


def _id(record: bytes) -> bytes:
    """Return the first value of a record, which is its id."""
    return record.partition(_VALUE.encode())[0]


def _touching(
    days: Window, spans: Iterable[Sequence[str]], records: Iterable[bytes]
) -> Iterator[bytes]:
    """Yield the records of events that could touch some days; ISO 8601 sorts days as texts."""
    first, last = map(str, days)
    for (begin, end), record in zip(spans, records, strict=True):
        if begin <= last and end >= first:
            yield record


def _value(field: Field, records: Sequence[bytes]) -> Any:
    """Return the value of a log's field."""
    if field.form.what == "meanings":
        return dict(record.decode().split(_VALUE) for record in records)
    if field.form.record is None:
        ((text,),) = [record.decode().split(_VALUE) for record in records]
        read = _reader(field)
        if not read and field.required and not text:
            raise ValueError("a text is empty")
        return read(text) if read else text or None
    made = [_made(field.form.record, record) for record in records]
    return _by_id(made) if field.form.what == "table" else tuple(made)


def _made(record: Record, text: bytes) -> Any:
    """Make a record of its values."""
    return _of_texts(record, text.decode().split(_VALUE))


def _of_texts(record: Record, texts: list[str]) -> Any:
    """Make a record of a text for each of its fields; raises ValueError where it cannot be one."""
    values: list[Any] = texts
    size, required, optional, others = _places(record)
    if len(texts) != size:
        raise ValueError("a record has fewer values, or more")
    for place in required:
        if not texts[place]:
            raise ValueError("a text is empty")
    for place in optional:
        values[place] = texts[place] or None
    for place, read in others:
        values[place] = read(texts[place])
    return record._make(values)  # type: ignore[attr-defined]  # records are named tuples


class _Places(NamedTuple):
    """How many values a record has; where required texts, texts that may be absent, and others."""

    size: int
    required: tuple[int, ...]
    optional: tuple[int, ...]
    others: tuple[tuple[int, Callable[[str], object]], ...]


@cache
def _places(record: Record) -> _Places:
    readers = [(place, field, _reader(field)) for place, field in enumerate(fields(record))]
    return _Places(
        len(readers),
        tuple(place for place, field, read in readers if not read and field.required),
        tuple(place for place, field, read in readers if not read and not field.required),
        tuple((place, read) for place, _, read in readers if read),
    )


def _reader(field: Field) -> Callable[[str], object] | None:
    """Return what reads the value of a field from its text; None where the text is the value."""
    if field.form.record:
        return _nested(field.form.record)
    if field.form.what in _READ:
        return _READ[field.form.what]
    if field.form.is_list:
        return _items
    if field.form.what == "date":
        return parse if field.required else lambda text: parse(text) if text else None
    return None


def _items(text: str) -> tuple[str, ...]:
    items = tuple(text.split(_ITEM)) if text else ()
    if "" in items:
        raise ValueError("an item is empty")
    return items


def _status(text: str) -> str:
    return STATUSES[STATUSES.index(text)]


def _pairs(text: str) -> tuple[tuple[str, ...], ...]:
    pairs = tuple(tuple(item.split(_PART)) for item in _items(text))
    if any("" in pair for pair in pairs):
        raise ValueError("a part of an item is empty")
    return pairs


def _nested(record: Record) -> Callable[[str], object]:
    """Return what reads a table in a record."""
    return lambda text: _by_id(_of_texts(record, item.split(_PART)) for item in _items(text))


_READ: Mapping[str, Callable[[str], object]] = {"status": _status, "states": _pairs}
"""How the values are read that have a form of their own."""


def _by_id(records: Iterable[Any]) -> dict[str, Any]:
    return {record.id: record for record in records}


def _require_mentioned(log: Log, events: set[str]) -> None:
    """Raise ValueError where a record mentions what the log has not."""
    for table in TABLES:
        ids = mentioned(log, table)
        if ids and not ids.issubset(events if table == "events" else known(log, table)):
            raise ValueError(f"a record mentions what is not among the {table}")


def _extent(spans: Sequence[Sequence[str]]) -> Extent:
    first = min((first for first, _ in spans), default=str(date.min))
    last = max((last for _, last in spans), default=str(date.max))
    return Extent(len(spans), Window(date.fromisoformat(first), date.fromisoformat(last)))
