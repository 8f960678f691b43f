"""A sound log's plain form on disk, keyed by content and program version, so never stale.

Everything here may fail, and then there is simply no cache: a fault in an entry is a miss, a folder
that cannot be written is no cache. Entries are JSON behind a line with the key and a checksum; one
that was cut, changed, or made for another log does not pass. The folder can be deleted any time.
"""

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from hashlib import blake2b
from json import JSONDecoder, JSONEncoder
from typing import NamedTuple

from nktimeline import __version__
from nktimeline.model import Log
from nktimeline.plain import from_rows, rows

KEPT = 8
"""How many logs stay in the cache; the longest unwritten are dropped first."""

_FORM = "1"  # of the entries; to be raised when `plain.rows` changes between versions
_UNTRUSTING = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_FAULTS = (OSError, ValueError, TypeError, KeyError, IndexError, RecursionError)


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
            entry = _read(os.path.join(self.folder, key + ".json"))
            head, _, body = entry.partition(b"\n")
            if head != _head(key, body):
                return None
            return from_rows(JSONDecoder().decode(body.decode()))
        except _FAULTS:
            return None

    def put(self, data: bytes, log: Log) -> None:
        """Keep the log that was read from `data`, if that can be done."""
        key = _key(data)
        body = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode(rows(log)).encode()
        with suppress(*_FAULTS):
            os.makedirs(os.path.dirname(self.folder), mode=0o700, exist_ok=True)
            with suppress(FileExistsError):
                os.mkdir(self.folder, 0o700)
            if not stat.S_ISDIR(os.lstat(self.folder).st_mode):
                return  # a link to elsewhere, or a file
            _write(self.folder, key + ".json", _head(key, body) + b"\n" + body)
            self._drop_old()

    def _drop_old(self) -> None:
        with os.scandir(self.folder) as entries:
            ours = [entry for entry in entries if entry.name.endswith((".json", ".part"))]
        ages = sorted((entry.stat(follow_symlinks=False).st_mtime, entry.path) for entry in ours)
        for _, path in ages[:-KEPT]:
            with suppress(OSError):  # a folder, or gone already
                os.unlink(path)


def _key(data: bytes) -> str:
    return blake2b(data, digest_size=20, key=f"{__version__}/{_FORM}".encode()).hexdigest()


def _head(key: str, body: bytes) -> bytes:
    return f"{key} {blake2b(body, digest_size=20).hexdigest()}".encode()


def _read(path: str) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | _UNTRUSTING)
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return b""
        return file.read()


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
