"""From a file to a sorted log and its problems: read, check, sort, cache."""

import errno
import io
import os
import stat
from hashlib import sha1
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from nktimeline.dates import Window
from nktimeline.model import Log

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nktimeline.cache import Cache
    from nktimeline.paths import Path
    from nktimeline.problems import Problem
    from nktimeline.reader import Progress, Read

LARGEST = 256 * 1024 * 1024
"""Bytes of the largest log that is read; whatever is larger is no log written by people."""
_PART = 1024 * 1024  # bytes: room is made for what there is, not for the largest that may come


class Loaded(NamedTuple):
    """A log in order of date, and what is wrong with it, in the order of the file."""

    log: Log
    problems: "tuple[Problem, ...]" = ()
    data: bytes = b""
    """What was read; nothing where the log came from the cache."""


def load(data: bytes, progress: "Progress | None" = None) -> Loaded:
    """Read, check and sort a log; bad data is a problem, never an exception."""
    from nktimeline.reader import UNREAD, read  # loads yaml, which a cached log does without

    found = read(data, progress)
    problems = found.problems
    if not any(problem.code in UNREAD for problem in problems):
        problems = sorted([*problems, *_check(found, data)])
    return Loaded(found.log.sorted().measured(), tuple(problems), data)


def load_file(
    path: str,
    *,
    cache: "Cache | None" = None,
    days: Window | None = None,
    cited: bool = False,
    progress: "Progress | None" = None,
) -> Loaded:
    """Load the log that stands in a file, or comes by standard input (`-`).

    A log from the cache has no problems with it, and with `days` it may lack the events of other
    days. With `cited`, its `blob` is the hash that git gives the file. Raises OSError, also for
    what is no file or larger than `LARGEST` bytes.
    """
    with open_bytes(path) as file:
        blob = _blob(file) if cited else ""
        if cache and (log := cache.get(file, days or Window())):
            return Loaded(log._replace(blob=blob))
        file.seek(0)
        loaded = load(file.read(), progress)
    if cache:
        from nktimeline.problems import has_errors  # not where it was read before

        if not has_errors(loaded.problems):
            cache.put(loaded.data, loaded.log)
    return loaded._replace(log=loaded.log._replace(blob=blob)) if cited else loaded


def open_bytes(path: str) -> BinaryIO:
    """Open a file for reading; what cannot be read twice, such as a pipe, is read first.

    Raises OSError, also for what is no file or larger than `LARGEST` bytes.
    """
    file = os.fdopen(0, "rb", closefd=False) if path == "-" else _opened(path)
    status = os.fstat(file.fileno())
    if stat.S_ISREG(status.st_mode) and path != "-":
        if status.st_size <= LARGEST:
            return file
        file.close()
        raise _too_large(path)
    with file:
        return io.BytesIO(_capped(file, path))


def shipped() -> str:
    """Return the path of the log that comes with the program, installed or in a checkout."""
    here = os.path.dirname(os.path.abspath(__file__))
    beside = os.path.join(here, "events.yaml")
    return beside if os.path.exists(beside) else os.path.join(os.path.dirname(here), "events.yaml")


def _blob(file: BinaryIO) -> str:
    """Return what git calls a file's content, as `git hash-object` does."""
    digest = sha1(b"blob %d\0" % file.seek(0, os.SEEK_END), usedforsecurity=False)
    file.seek(0)
    while part := file.read(_PART):
        digest.update(part)
    return digest.hexdigest()


def _check(found: "Read", data: bytes) -> "Iterator[Problem]":
    from nktimeline.checks import CHECKS, code
    from nktimeline.problems import Problem
    from nktimeline.reader import places

    findings = [(_home(one.path, found), one.message, check, level)
                for check, level in CHECKS for one in check(found.log)]  # fmt: skip
    if not findings:
        return
    where = places(data, {part for path, *_ in findings for part in _parts(path)})
    for path, message, check, level in findings:  # what is missing is where it should have been
        place = next(where[part] for part in _parts(path) if part in where)
        yield Problem(*place, level, code(check), message)


def _parts(path: "Path") -> "Iterator[Path]":
    """Yield a path and the beginnings of it, the longest first."""
    return (path[:depth] for depth in range(len(path), 0, -1))


def _home(path: "Path", found: "Read") -> "Path":
    """Return where in the file something stands: a source may stand in its event."""
    if path[0] == "sources" and (home := found.homes.get(str(path[1]))):
        return (*home, *path[2:])
    return path


def _opened(path: str) -> BinaryIO:
    if stat.S_ISDIR(os.stat(path).st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", path)
    return open(path, "rb", buffering=0)


def _capped(file: BinaryIO, path: str) -> bytes:
    parts, size = [], 0
    while part := file.read(_PART):
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise _too_large(path)
    return b"".join(parts)


def _too_large(path: str) -> OSError:
    name = "standard input" if path == "-" else path
    return OSError(errno.EFBIG, f"it is larger than {LARGEST // 1024 // 1024} MiB", name)
