"""A log as one text, and back: as little of it as is asked for.

The text is the log's tables, record by record, every value a text: so there are no types to check,
and a record is split when it is asked for, which most are not. What days an event touches stands
beside it, so that a window is found without making the events outside. Knows no file.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from typing import NamedTuple, overload

from nktimeline.dates import When, Window, parse
from nktimeline.model import STATUSES, Actor, Event, Indexed, Log, Source

FORM = "5"
"""Of the text; to be raised when it changes between versions."""

# ASCII's own separators (ECMA-48, 8.2.10). A log that holds one is not sound, and never comes here.
_TABLE, _RECORD, _VALUE, _ITEM = "\x1d", "\x1e", "\x1f", "\x1c"


def pack(log: Log) -> str:
    """Write a log as one text."""
    spans = [event.date.reach for event in log.events]
    tables = (
        [(log.title,)],
        log.kinds.items(),
        log.actors.values(),
        [(event.id,) for event in log.events],
        [(f"{first}{last}",) for first, last in spans],
        [(id,) for id in log.sources],
        [event[1:] for event in log.events],
        [source[1:] for source in log.sources.values()],
    )
    return _TABLE.join(map(_table, tables))


def _table(records: Iterable[tuple[object, ...]]) -> str:
    return "".join([_VALUE.join(map(_text, record)) + _RECORD for record in records])


def _text(value: object) -> str:
    if isinstance(value, When):
        return value.text
    return _ITEM.join(value) if isinstance(value, tuple) else str(value or "")


class _Entry(NamedTuple):
    """The tables of an entry; what stands for an event or a source is not split yet."""

    kinds: Mapping[str, str]
    actors: Mapping[str, Actor]
    events: Mapping[str, bytes]
    sources: Mapping[str, bytes]
    spans: Sequence[str]  # the first and the last day that each event could touch
    unsound: Callable[[], Exception]

    def some(self, ids: Iterable[str]) -> tuple[Event, ...]:
        """Make events; raises ValueError where one is none, or names what the entry has not."""
        made = [self._event(id) for id in ids]
        named = (
            (chain.from_iterable([event.actors for event in made]), self.actors),
            (chain.from_iterable([event.sources for event in made]), self.sources),
            (chain.from_iterable([event.related for event in made]), self.events),
            ([event.kind for event in made], self.kinds),
            ([event.status for event in made], STATUSES),
        )
        if any(set(names).difference(known) for names, known in named):
            raise ValueError
        return tuple(made)

    def _event(self, id: str) -> Event:
        values = self.events[id].decode().split(_VALUE)
        day, title, kind, actors, place, summary, status, sources, tags, related, note = values
        return Event._make(
            (id, parse(day), title, kind, _items(actors), place or None, summary or None, status,
             _items(sources), _items(tags), _items(related), note or None)
        )  # fmt: skip

    def source(self, id: str) -> Source:
        """Make a source; raises ValueError where it names what the entry has not."""
        values = self.sources[id].decode().split(_VALUE)
        title, publisher, author, published, url, language, relays = values
        if relays and relays not in self.actors:
            raise ValueError
        return Source._make(
            (id, title, publisher, author or None, parse(published) if published else None,
             url or None, language or None, relays or None)
        )  # fmt: skip


class _Events(Indexed):
    """Events that are made when asked for: those of some days, or all of them."""

    def __init__(self, entry: _Entry) -> None:
        """Take the tables that they are made of."""
        self._entry = entry

    @overload
    def __getitem__(self, place: int) -> Event: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Event, ...]: ...
    def __getitem__(self, place: int | slice) -> Event | tuple[Event, ...]:
        """Give one or some of all the events."""
        return self._all[place]

    def __iter__(self) -> Iterator[Event]:
        """Yield all the events."""
        return iter(self._all)

    def __len__(self) -> int:
        """Count the events."""
        return len(self._entry.events)

    def during(self, days: Window) -> Sequence[Event]:
        """Give the events that could touch some days."""
        if days == Window():
            return self._all
        first, last = map(str, days)
        spans = zip(self._entry.events, self._entry.spans, strict=True)
        return self._make([id for id, span in spans if span[10:] >= first and span[:10] <= last])

    @property
    def reach(self) -> Window:
        """The days from the first to the last that any event could touch; all, if there is none."""
        spans = self._entry.spans or [f"{date.min}{date.max}"]
        first, last = min(span[:10] for span in spans), max(span[10:] for span in spans)
        try:
            return Window(date.fromisoformat(first), date.fromisoformat(last))
        except ValueError:
            raise self._entry.unsound() from None

    @cached_property
    def _all(self) -> tuple[Event, ...]:
        return self._make(self._entry.events)

    def _make(self, ids: Iterable[str]) -> tuple[Event, ...]:
        try:
            return self._entry.some(ids)
        except ValueError:
            raise self._entry.unsound() from None


class _Sources(Mapping[str, Source]):
    """Sources that are made when asked for: of a large log, a run shows few."""

    def __init__(self, entry: _Entry) -> None:
        """Take the tables that they are made of."""
        self._entry = entry

    def __getitem__(self, id: str) -> Source:
        """Make a source."""
        try:
            return self._entry.source(id)
        except ValueError:
            raise self._entry.unsound() from None

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return iter(self._entry.sources)

    def __len__(self) -> int:
        """Count the sources."""
        return len(self._entry.sources)


def unpack(body: bytes, unsound: Callable[[], Exception]) -> Log:
    """Give the log that was written as `body`; raises ValueError where it was none.

    An event or source that cannot be made when it is asked for raises what `unsound` gives.
    """
    tables = body.split(_TABLE.encode())
    (title,), kinds, actors, ids, spans, cited = [_records(table) for table in tables[:6]]
    events, sources = [table.split(_RECORD.encode())[:-1] for table in tables[6:]]
    entry = _Entry(
        dict(kind.split(_VALUE) for kind in kinds),
        dict(map(_actor, actors)),
        dict(zip(ids, events, strict=True)),
        dict(zip(cited, sources, strict=True)),
        spans,
        unsound,
    )
    belongs = {actor.of for actor in entry.actors.values() if actor.of}
    if len(entry.events) != len(spans) or belongs - entry.actors.keys():
        raise ValueError
    return Log(title, entry.kinds, entry.actors, _Sources(entry), _Events(entry))


def _records(table: bytes) -> list[str]:
    return table.decode().split(_RECORD)[:-1]


def _actor(record: str) -> tuple[str, Actor]:
    id, name, of, aliases = record.split(_VALUE)
    return id, Actor(id, name, of or None, _items(aliases))


def _items(text: str) -> tuple[str, ...]:
    return tuple(text.split(_ITEM)) if text else ()
