"""A sound log on disk, keyed by content and program version, so never stale.

Everything here may fail, and then there is simply no cache: a fault in an entry is a miss, a folder
that cannot be written is no cache. An entry is text behind a line with the key and a checksum; one
that was cut, changed, or made for another log does not pass. The folder can be deleted any time.

What the text is like, packed.py knows.
"""

import errno
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import NamedTuple
from zlib import crc32

from nktimeline import __version__
from nktimeline.model import Log
from nktimeline.packed import FORM, pack, unpack

try:
    from _blake2 import blake2b  # as hashlib has it, but without OpenSSL, which takes 3 ms to load
except ImportError:
    from hashlib import blake2b

KEPT = 8
"""How many logs stay in the cache; the longest unwritten are dropped first."""

_UNTRUSTING = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_FAULTS = (OSError, ValueError)


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
            return unpack(body, partial(_dropped, path)) if head == _head(key, body) else None
        except _FAULTS:
            return None

    def put(self, data: bytes, log: Log) -> None:
        """Keep the log that was read from `data`, if that can be done."""
        key = _key(data)
        body = pack(log).encode()
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


def _dropped(path: str) -> OSError:
    """Drop an entry that was not sound, and give the error that tells of it."""
    with suppress(OSError):
        os.unlink(path)
    said = "the log kept here was not sound and is dropped; run the command again"
    return OSError(errno.EIO, said, path)


def _key(data: bytes) -> str:
    return blake2b(data, digest_size=20, key=f"{__version__}/{FORM}".encode()).hexdigest()


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
