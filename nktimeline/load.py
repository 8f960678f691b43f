"""From a file's bytes to a sorted log and its problems: read, check, sort, cache."""

import errno
import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from nktimeline.model import Log

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nktimeline.cache import Cache
    from nktimeline.problems import Problem
    from nktimeline.reader import Progress

LARGEST = 256 * 1024 * 1024
"""Bytes of the largest log that is read; whatever is larger is no log written by people."""
_PART = 1024 * 1024  # bytes: room is made for what there is, not for the largest that may come
_DEPTHS = (4, 3, 2)  # of a finding's path: an item of a field, the field, the event or entry


class Loaded(NamedTuple):
    """A log in order of date, and what is wrong with it, in the order of the file."""

    log: Log
    problems: "list[Problem]"


def load(
    data: bytes, *, cache: "Cache | None" = None, progress: "Progress | None" = None
) -> Loaded:
    """Read, check and sort a log; bad data is a problem, never an exception."""
    if cache and (log := cache.get(data)):
        return Loaded(log, [])
    from nktimeline.reader import UNREAD, read  # loads yaml, which a cached log does without

    log, problems = read(data, progress)
    if not any(problem.code in UNREAD for problem in problems):
        problems = sorted([*problems, *_check(log, data)])
    log = log.sorted()
    if cache and not problems:
        cache.put(data, log)
    return Loaded(log, problems)


def read_bytes(path: str) -> bytes:
    """Read a whole file, pipe or standard input (`-`).

    Raises OSError, also for what is no file or larger than `LARGEST` bytes.
    """
    if path == "-":
        return _capped(0, "standard input", close=False)
    if stat.S_ISDIR(os.stat(path).st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", path)
    return _capped(os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0)), path, close=True)


def shipped() -> str:
    """Give the path of the log that comes with the program, installed or in a checkout."""
    here = os.path.dirname(os.path.abspath(__file__))
    beside = os.path.join(here, "events.yaml")
    return beside if os.path.exists(beside) else os.path.join(os.path.dirname(here), "events.yaml")


def _check(log: Log, data: bytes) -> "Iterator[Problem]":
    from nktimeline.checks import CHECKS, code
    from nktimeline.problems import Problem
    from nktimeline.reader import places

    findings = [(found, code(check), level) for check, level in CHECKS for found in check(log)]
    if not findings:
        return
    parts = {found.path[:depth] for found, _, _ in findings for depth in _DEPTHS}
    where = places(data, parts)
    for found, name, level in findings:  # of what is missing, the place of what lacks it
        place = next(where[p] for depth in _DEPTHS if (p := found.path[:depth]) in where)
        yield Problem(*place, level, name, found.message)


def _capped(descriptor: int, name: str, *, close: bool) -> bytes:
    parts, size = [], 0
    with open(descriptor, "rb", buffering=0, closefd=close) as file:
        room = min(os.fstat(file.fileno()).st_size, LARGEST) + 1  # a file comes whole
        while part := file.read(max(room, _PART)):  # a pipe part by part
            parts.append(part)
            size += len(part)
            if size > LARGEST:
                raise OSError(errno.EFBIG, f"it is larger than {LARGEST // 1024 // 1024} MiB", name)
    return b"".join(parts)
