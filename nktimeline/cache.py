"""A sound log on disk, keyed by content and program version, so never stale.

Everything here may fail, and then there is simply no cache: a fault in an entry is a miss, a folder
that cannot be written is no cache. An entry is text behind a line with the key and a checksum; one
that was cut, changed, or made for another log does not pass. The folder can be deleted any time.

The text is the log's tables, column by column, every value a text: so there are no types to check,
and splitting it takes a fifth of the time of decoding the same as JSON.
"""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from typing import NamedTuple
from zlib import crc32

from nktimeline import __version__
from nktimeline.dates import When, parse, plain_day
from nktimeline.model import STATUSES, Actor, Event, Log, Source

try:
    from _blake2 import blake2b  # as hashlib has it, but without OpenSSL, which takes 3 ms to load
except ImportError:
    from hashlib import blake2b

KEPT = 8
"""How many logs stay in the cache; the longest unwritten are dropped first."""

_FORM = "4"  # of the entries; to be raised when it changes between versions
_UNTRUSTING = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_FAULTS = (OSError, ValueError)
# ASCII's own separators (ECMA-48, 8.2.10). A log that holds one is not sound, and never comes here.
_COLUMN, _VALUE, _ITEM = "\x1e", "\x1f", "\x1c"


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
        """Give the log that was read from `data` before, or None."""
        key = _key(data)
        try:
            head, body = _read(os.path.join(self.folder, key + ".log"), len(_head(key, b"")))
            return _unpack(body) if head == _head(key, body) else None
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
    sources = log.sources.values()
    tables: tuple[tuple[int, Iterable[tuple[object, ...]]], ...] = (
        (1, [(log.title,)]),
        (2, log.kinds.items()),
        (len(Actor._fields), log.actors.values()),
        (3, [(source.id, source.published, source.relays) for source in sources]),
        (len(Event._fields), log.events),
        (1, [(tuple(map(_text, _details(source))),) for source in sources]),
    )
    return _COLUMN.join(
        "".join([_text(row[place]) + _VALUE for row in rows])
        for width, rows in tables
        for place in range(width)
    )


def _text(value: object) -> str:
    if isinstance(value, When):
        return value.text
    return _ITEM.join(value) if isinstance(value, tuple) else str(value or "")


class _Sources(Mapping[str, Source]):
    """Sources that are made when asked for: of a large log, a run shows few."""

    def __init__(self, rows: dict[str, tuple[str, str, bytes]]) -> None:
        """Take what is known of each id: when it was published, what it relays, the details."""
        self._rows = rows

    def __getitem__(self, id: str) -> Source:
        """Make a source."""
        published, relays, details = self._rows[id]
        title, publisher, author, url, language = details.decode().split(_ITEM)
        when = parse(published) if published else None
        return Source._make(
            (id, title, publisher, author or None, when, url or None, language or None,
             relays or None)
        )  # fmt: skip

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return iter(self._rows)

    def __len__(self) -> int:
        """Count the sources."""
        return len(self._rows)


def _details(source: Source) -> tuple[str | None, ...]:
    return source.title, source.publisher, source.author, source.url, source.language


def _unpack(body: bytes) -> Log:
    """Give the log that was written as `body`; raises ValueError where it was none."""
    *columns, details = _columns(body)
    # a column of ASCII alone is split thrice as fast as one that Hangul elsewhere makes wide
    (title,), *tables = [str(column, "utf-8").split(_VALUE)[:-1] for column in columns]
    kinds, actors, sources, events = tables[:2], tables[2:6], tables[6:9], tables[9:]
    id, name, of, aliases = actors
    people = map(Actor._make, zip(id, name, _absent(of), map(_items, aliases), strict=True))
    id, published, relays = sources
    known = zip(published, relays, _checked(published, bytes(details)), strict=True)
    publications = _Sources(dict(zip(id, known, strict=True)))
    id, date, what, kind, who, place, summary, status, cited, tags, related, note = events
    lists = [_lists(column) for column in (who, cited, tags, related)]
    happenings = map(
        Event._make,
        zip(
            id, _dates(date), what, kind, lists[0], _absent(place), _absent(summary), status,
            *lists[1:], _absent(note), strict=True,
        ),
    )  # fmt: skip
    log = Log(
        title,
        dict(zip(*kinds, strict=True)),
        {actor.id: actor for actor in people},
        publications,
        tuple(happenings),
    )
    named = ((chain(*lists[0], filter(None, of), filter(None, relays)), log.actors),
             (chain(*lists[1]), log.sources), (chain(*lists[3]), id), (kind, log.kinds),
             (status, STATUSES))  # fmt: skip
    if "" in date or any(set(names).difference(ids) for names, ids in named):
        raise ValueError
    return log


def _columns(body: bytes) -> Iterator[memoryview]:
    """Yield the columns without copying them, as `split` would: of a large log they are all."""
    view, start = memoryview(body), 0
    while (end := body.find(_COLUMN.encode(), start)) >= 0:
        yield view[start:end]
        start = end + 1
    yield view[start:]


def _checked(published: list[str], details: bytes) -> list[bytes]:
    """Split what sources are made of, later; raises ValueError where that would then fail."""
    details.decode()
    rows = details.split(_VALUE.encode())[:-1]
    if any(row.count(b"\x1c") != 4 for row in rows):
        raise ValueError
    for text in set(published):
        if text and not plain_day(text):
            parse(text)
    return rows


def _absent(column: list[str]) -> list[str | None]:
    return [text or None for text in column]


def _dates(column: list[str]) -> list[When | None]:
    dates = {text: parse(text) if text else None for text in set(column)}
    return [dates[text] for text in column]


def _lists(column: list[str]) -> list[tuple[str, ...]]:
    lists = {text: _items(text) for text in set(column)}  # most of them come again and again
    return [lists[text] for text in column]


def _items(text: str) -> tuple[str, ...]:
    return tuple(text.split(_ITEM)) if text else ()
