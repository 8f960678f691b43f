"""A sound log on disk, keyed by content and program version, so never stale.

Everything here may fail, and then there is simply no cache: a fault in an entry is a miss, a folder
that cannot be written is no cache. An entry is text behind a line with the key and a checksum; one
that was cut, changed, or made for another log does not pass. The folder can be deleted any time.

The text is the log's tables, record by record, every value a text: so there are no types to check,
and a record is split when it is asked for, which most are not. What days an event touches stands
beside it, so that a window is found without making the events outside.
"""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cache, cached_property
from typing import Any, NamedTuple
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

    def get(self, data: bytes, afresh: Callable[[], Log]) -> Log | None:
        """Give the log that was read from `data` before, or None.

        Its events and sources are made when asked for. Should one turn out then to be none, which
        takes a forger, the log is read `afresh`.
        """
        key = _key(data)
        try:
            head, body = _read(os.path.join(self.folder, key + ".log"), len(_head(key, b"")))
            return _unpack(body, cache(afresh)) if head == _head(key, body) else None
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

    kinds: dict[str, str]
    actors: dict[str, Actor]
    events: dict[str, bytes]
    sources: dict[str, bytes]
    spans: list[str]  # the first and the last day that each event could touch
    afresh: Callable[[], Log]

    def event(self, id: str) -> Event:
        """Make an event; raises ValueError where the entry has none, or none of this log."""
        values = self.events[id].decode().split(_VALUE)
        day, title, kind, who, place, summary, status, cited, tags, related, note = values
        actors, sources, others = _items(who), _items(cited), _items(related)
        if not (
            kind in self.kinds
            and status in STATUSES
            and self.actors.keys() >= set(actors)
            and self.sources.keys() >= set(sources)
            and self.events.keys() >= set(others)
        ):
            raise ValueError
        return Event._make(
            (id, parse(day), title, kind, actors, place or None, summary or None, status, sources,
             _items(tags), others, note or None)
        )  # fmt: skip

    def source(self, id: str) -> Source:
        """Make a source; raises ValueError where the entry has none, or none of this log."""
        values = self.sources[id].decode().split(_VALUE)
        title, publisher, author, published, url, language, relays = values
        if relays and relays not in self.actors:
            raise ValueError
        return Source._make(
            (id, title, publisher, author or None, parse(published) if published else None,
             url or None, language or None, relays or None)
        )  # fmt: skip

    def distrust(self) -> Log:
        """Read the log itself, and take from it all that is still to be made or looked up."""
        log = self.afresh()
        self.kinds.update(log.kinds)
        self.actors.update(log.actors)
        self.sources.update(dict.fromkeys(log.sources, b""))
        return log


class _Events(Indexed):
    """Events that are made when asked for: those of some days, or all of them."""

    def __init__(self, entry: _Entry) -> None:
        """Take the tables that they are made of."""
        self._entry = entry

    def __getitem__(self, place: Any) -> Any:
        """Give one or some of all the events."""
        return self._all[place]

    def __len__(self) -> int:
        """Count the events."""
        return len(self._entry.events)

    def during(self, days: Window) -> Iterable[Event]:
        """Give the events that could touch some days."""
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
            return self._entry.distrust().reach

    @cached_property
    def _all(self) -> Sequence[Event]:
        return self._make(self._entry.events)

    def _make(self, ids: Iterable[str]) -> Sequence[Event]:
        try:
            return [self._entry.event(id) for id in ids]
        except ValueError:
            return self._entry.distrust().events


class _Sources(Mapping[str, Source]):
    """Sources that are made when asked for: of a large log, a run shows few."""

    def __init__(self, entry: _Entry) -> None:
        """Take the tables that they are made of."""
        self._entry = entry

    def __getitem__(self, id: str) -> Source:
        """Give a source."""
        try:
            return self._entry.source(id)
        except ValueError:
            return self._entry.distrust().sources.get(id) or Source(id, "", "")

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return iter(self._entry.sources)

    def __len__(self) -> int:
        """Count the sources."""
        return len(self._entry.sources)


def _unpack(body: bytes, afresh: Callable[[], Log]) -> Log:
    """Give the log that was written as `body`; raises ValueError where it was none."""
    tables = body.split(_TABLE.encode())
    (title,), kinds, actors, ids, spans, cited = [_records(table) for table in tables[:6]]
    events, sources = [table.split(_RECORD.encode())[:-1] for table in tables[6:]]
    people = dict(map(_actor, actors))
    if any(actor.of and actor.of not in people for actor in people.values()):
        raise ValueError
    entry = _Entry(
        dict(kind.split(_VALUE) for kind in kinds),
        people,
        dict(zip(ids, events, strict=True)),
        dict(zip(cited, sources, strict=True)),
        spans,
        afresh,
    )
    if len(entry.events) != len(spans):
        raise ValueError
    return Log(title, entry.kinds, people, _Sources(entry), _Events(entry))


def _records(table: bytes) -> list[str]:
    return table.decode().split(_RECORD)[:-1]


def _actor(record: str) -> tuple[str, Actor]:
    id, name, of, aliases = record.split(_VALUE)
    return id, Actor(id, name, of or None, _items(aliases))


def _items(text: str) -> tuple[str, ...]:
    return tuple(text.split(_ITEM)) if text else ()
