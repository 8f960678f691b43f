"""A sound log on disk, keyed by content and program version, so never stale.

Everything here may fail, and then there is simply no cache: a fault in an entry is a miss, a folder
that cannot be written is no cache. An entry is text behind a line with the key and a checksum; one
that was cut, changed, or made for another log does not pass. The folder can be deleted any time.

The text is the log's tables, record by record, every value a text: so there are no types to check,
and a record is split when it is asked for, which most are not. What days an event touches stands
beside it, so that a window is found without making the events outside.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from itertools import chain
from typing import NamedTuple, overload
from zlib import crc32

from nktimeline import __version__
from nktimeline.dates import When, Window, parse
from nktimeline.model import STATUSES, Actor, Event, Indexed, Log, Source

try:
    from _blake2 import blake2b  # as hashlib has it, but without OpenSSL, which takes 3 ms to load
except ImportError:
    from hashlib import blake2b

KEPT = 8
"""How many logs stay in the cache; the longest unwritten are dropped first."""

_FORM = "5"  # of the entries; to be raised when it changes between versions
_UNTRUSTING = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_FAULTS = (OSError, ValueError)
# ASCII's own separators (ECMA-48, 8.2.10). A log that holds one is not sound, and never comes here.
_TABLE, _RECORD, _VALUE, _ITEM = "\x1d", "\x1e", "\x1f", "\x1c"


class Cache(NamedTuple):
    """A folder of entries that belongs to this program alone."""

    folder: str

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "Cache | None":
        """Give the cache in the user's cache folder (XDG), if there can be one."""
        base = environment.get("XDG_CACHE_HOME", "")
        home = environment.get("HOME", "")
        if not os.path.isabs(base):  # the specification says to ignore relative paths
            if not os.path.isabs(home):
                return None
            base = os.path.join(home, ".cache")
        return cls(os.path.join(base, "nktimeline"))

    def get(self, data: bytes) -> Log | None:
        """Give the log that was read from `data` before, or None.

        Its events and sources are made when asked for. Where that cannot be done, which takes a
        forger who has the checksum right, the entry is dropped and OSError says to run it again.
        """
        key = _key(data)
        path = os.path.join(self.folder, key + ".log")
        try:
            head, body = _read(path, len(_head(key, b"")))
            return _unpack(body, path) if head == _head(key, body) else None
        except _FAULTS:
            return None

    def put(self, data: bytes, log: Log) -> None:
        """Keep the log that was read from `data`, if that can be done."""
        key = _key(data)
        body = _pack(log).encode()
        with suppress(*_FAULTS):
            os.makedirs(os.path.dirname(self.folder), mode=0o700, exist_ok=True)
            with suppress(FileExistsError):
                os.mkdir(self.folder, 0o700)
            if not stat.S_ISDIR(os.lstat(self.folder).st_mode):
                return  # a link to elsewhere, or a file
            _write(self.folder, key + ".log", _head(key, body) + body)
            self._drop_old()

    def _drop_old(self) -> None:
        with os.scandir(self.folder) as entries:
            ours = [entry for entry in entries if entry.name.endswith((".log", ".part"))]
        ages = sorted((entry.stat(follow_symlinks=False).st_mtime, entry.path) for entry in ours)
        for _, path in ages[:-KEPT]:
            with suppress(OSError):  # a folder, or gone already
                os.unlink(path)


def _key(data: bytes) -> str:
    return blake2b(data, digest_size=20, key=f"{__version__}/{_FORM}".encode()).hexdigest()


def _head(key: str, body: bytes) -> bytes:
    return f"{key} {crc32(body):08x}\n".encode()


def _read(path: str, head: int) -> tuple[bytes, bytes]:
    """Read an entry's first bytes and the rest, which is never copied."""
    descriptor = os.open(path, os.O_RDONLY | _UNTRUSTING)
    with open(descriptor, "rb", buffering=0) as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return b"", b""
        return file.read(head), file.readall()


def _write(folder: str, name: str, data: bytes) -> None:
    """Write beside, then rename: a reader sees the old entry or the new one, whole."""
    part = os.path.join(folder, f"{name}.{os.getpid()}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        os.replace(part, os.path.join(folder, name))
    except BaseException:
        os.unlink(part)
        raise


def _pack(log: Log) -> str:
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

    path: str
    kinds: Mapping[str, str]
    actors: Mapping[str, Actor]
    events: Mapping[str, bytes]
    sources: Mapping[str, bytes]
    spans: Sequence[str]  # the first and the last day that each event could touch

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

    def dropped(self) -> OSError:
        """Drop the entry, and give the error that tells of it."""
        with suppress(OSError):
            os.unlink(self.path)
        said = "the log kept here was not sound and is dropped; run the command again"
        return OSError(errno.EIO, said, self.path)


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
            raise self._entry.dropped() from None

    @cached_property
    def _all(self) -> tuple[Event, ...]:
        return self._make(self._entry.events)

    def _make(self, ids: Iterable[str]) -> tuple[Event, ...]:
        try:
            return self._entry.some(ids)
        except ValueError:
            raise self._entry.dropped() from None


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
            raise self._entry.dropped() from None

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return iter(self._entry.sources)

    def __len__(self) -> int:
        """Count the sources."""
        return len(self._entry.sources)


def _unpack(body: bytes, path: str) -> Log:
    """Give the log that was written as `body`; raises ValueError where it was none."""
    tables = body.split(_TABLE.encode())
    (title,), kinds, actors, ids, spans, cited = [_records(table) for table in tables[:6]]
    events, sources = [table.split(_RECORD.encode())[:-1] for table in tables[6:]]
    entry = _Entry(
        path,
        dict(kind.split(_VALUE) for kind in kinds),
        dict(map(_actor, actors)),
        dict(zip(ids, events, strict=True)),
        dict(zip(cited, sources, strict=True)),
        spans,
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
