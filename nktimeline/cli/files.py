"""Files that are written: whole or not at all, and never over a file that is being read.

Knows no options: the path, and what is being read, come as arguments.
"""

import errno
import os
import re
import stat
from collections.abc import Iterable
from contextlib import suppress

from nktimeline.cli.streams import encoded

OPEN = re.compile(r"/(?:dev|proc/self)/fd/([0-9]{1,9})")
"""A file that is open already, by its number."""
STANDARD = {"/dev/stdout": "/dev/fd/1", "/dev/stderr": "/dev/fd/2"}


def save(
    lines: Iterable[str], path: str, *, newline: str = "\n", inputs: Iterable[str | int] = ()
) -> None:
    """Write lines to a file as UTF-8, each ended by `newline`.

    An old file stays until the new one is complete, and stays if anything fails. A device, a FIFO
    and what is open already, such as /dev/stdout, are written directly. `inputs` are the files that
    are read, by path or descriptor. Raises OSError, which names the path; FileExistsError if the
    path leads to one of the inputs.
    """
    data = b"".join(encoded(lines, newline))
    try:
        _refuse_inputs(path, inputs)
        old = _status(path)
        opened = OPEN.fullmatch(STANDARD.get(path, path))
        if opened:
            _write(os.dup(int(opened[1])), data)
        elif old and not stat.S_ISREG(old.st_mode):
            _write(path, data)
        else:
            _replace(os.path.realpath(path) if os.path.islink(path) else path, data, old)
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from error


def _refuse_inputs(path: str, inputs: Iterable[str | int]) -> None:
    """Raise FileExistsError if a path leads to a file that is among the inputs."""
    if os.path.isfile(path) and any(_is_same(path, read) for read in inputs):
        raise FileExistsError(errno.EEXIST, "is being read, choose another file", path)


def _is_same(path: str, read: str | int) -> bool:
    """Return whether two paths lead to one file; False where one of them leads nowhere."""
    try:
        return os.path.samefile(path, read)
    except OSError:
        return False


def _status(path: str) -> os.stat_result | None:
    """Return what the system knows of a file; None where there is none."""
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def _replace(path: str, data: bytes, old: os.stat_result | None) -> None:
    """Put a new file in the place of an old one, with the old one's mode."""
    if old:
        os.close(os.open(path, os.O_WRONLY))  # raises if the old one must not be written
    beside = os.path.join(os.path.dirname(path), f".nktimeline-{os.urandom(8).hex()}")
    try:
        with open(beside, "xb") as file:
            if old:
                os.chmod(beside, stat.S_IMODE(old.st_mode))
            file.write(data)
            file.flush()
            os.fsync(file.fileno())  # or a crash could leave an empty file
        os.replace(beside, path)
    except BaseException:  # also an interrupt
        with suppress(OSError):
            os.unlink(beside)
        raise


def _write(file: str | int, data: bytes) -> None:
    with open(file, "wb") as opened:
        opened.write(data)
