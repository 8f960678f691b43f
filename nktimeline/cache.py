"""A sound log on disk, so that it need not be read again.

An entry's name follows from the log's content and from the code that reads and checks logs, so no
entry is ever stale. A checksum stands before the text of an entry; packed.py knows the text. A
faulty entry is a miss, and a folder that cannot be written is no cache. The folder can be deleted
at any time.
"""

import os
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from hashlib import blake2b
from io import BytesIO
from typing import IO, NamedTuple
from zlib import crc32

from nktimeline.dates import Window
from nktimeline.model import Log
from nktimeline.packed import pack, unpack

KEPT = 8
"""How many logs stay in the cache; the longest unwritten are dropped first."""

_HERE = os.path.dirname(os.path.abspath(__file__))
_UNTRUSTING = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_CHECKSUM = 9  # bytes before an entry's text: a CRC-32 in hexadecimal, and a newline
_PART = 1024 * 1024  # bytes of a log that are held at once
_FAULTS = (OSError, ValueError)


class Cache(NamedTuple):
    """A folder of entries that belongs to this program alone."""

    folder: str

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "Cache | None":
        """Return the cache in the user's cache folder (XDG), if there can be one."""
        base = environment.get("XDG_CACHE_HOME", "")
        home = environment.get("HOME", "")
        if not os.path.isabs(base):  # the specification says to ignore relative paths
            if not os.path.isabs(home):
                return None
            base = os.path.join(home, ".cache")
        return cls(os.path.join(base, "nktimeline"))

    def get(self, file: IO[bytes], days: Window) -> Log | None:
        """Return the log that stands in a file, or None if it has no sound entry.

        Of the events it has at least those that could touch `days`. The file is read to its end,
        part by part.
        """
        try:
            checksum, body = _read(os.path.join(self.folder, _key(file)))
            return unpack(body, days) if checksum == _checksum(body) else None
        except _FAULTS:
            return None

    def put(self, data: bytes, log: Log) -> None:
        """Keep the log that was read from `data`, if the folder can be written."""
        with suppress(*_FAULTS):
            body = pack(log)
            os.makedirs(os.path.dirname(self.folder), mode=0o700, exist_ok=True)
            with suppress(FileExistsError):
                os.mkdir(self.folder, 0o700)
            if not stat.S_ISDIR(os.lstat(self.folder).st_mode):
                return  # a link to elsewhere, or a file
            _write(self.folder, _key(BytesIO(data)), _checksum(body) + body)
            self._drop_old()

    def _drop_old(self) -> None:
        with os.scandir(self.folder) as entries:
            ours = [entry for entry in entries if entry.name.endswith((".log", ".part"))]
        ages = sorted((entry.stat(follow_symlinks=False).st_mtime, entry.path) for entry in ours)
        for _, path in ages[:-KEPT]:
            with suppress(OSError):  # a folder, or gone already
                os.unlink(path)


def _key(file: IO[bytes]) -> str:
    """Return the name of an entry: the digest of a log's content, keyed by that of the code."""
    file.seek(0)
    digest = blake2b(key=_code(), digest_size=20)
    while part := file.read(_PART):
        digest.update(part)
    return digest.hexdigest() + ".log"


def _code() -> bytes:
    """Return a digest of the modules that read, check and keep a log, and of the Python below."""
    digest = blake2b(sys.version.encode(), digest_size=32)
    for folder in (_HERE, os.path.join(_HERE, "reader"), os.path.join(_HERE, "checks")):
        for name in sorted(os.listdir(folder)):
            if name.endswith((".py", ".pyc")):  # those where it is installed without its source
                with open(os.path.join(folder, name), "rb") as file:
                    digest.update(file.read())
    return digest.digest()


def _checksum(body: bytes) -> bytes:
    return f"{crc32(body):08x}\n".encode()


def _read(path: str) -> tuple[bytes, bytes]:
    """Read an entry's checksum and its text.

    Raises OSError where there is none that is a plain file.
    """
    descriptor = os.open(path, os.O_RDONLY | _UNTRUSTING)
    with open(descriptor, "rb", buffering=0) as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise FileNotFoundError(path)
        return file.read(_CHECKSUM), file.readall()


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
