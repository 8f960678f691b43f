"""The user's pager: which it is, whether it shows hyperlinks, and how output goes through it.

It behaves as git's does. Loaded only where output may be paged; knows nothing of what it shows.
"""

import os
import re
import shlex
import signal
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from itertools import tee
from typing import IO

CHOSEN = ("NKTIMELINE_PAGER", "PAGER")
DEFAULT, FLAGS = "less -FRX", "FRX"
"""The pager where none is chosen, and what LESS is where the user has not set it."""
LINKING_LESS = 566
"""The first version of less that passes hyperlinks on."""
RAW = re.compile(r"(?:^|\s)(?:--RAW-CONTROL-CHARS\b|-?[^\s+\-\"#DObhjkoPptTxyz]*R)")
"""The flag -R of less, which lets escape sequences through. No letter before it takes a value."""
NOT_RUN = (126, 127)
"""What a shell ends with where it cannot run a command (POSIX, 2.8.2)."""


def command() -> list[str]:
    """Return the words of the pager's command; none where the user wants no pager.

    As in git, an empty variable and `cat` mean no pager. So does what cannot be split into words.
    """
    text = next((os.environ[name] for name in CHOSEN if name in os.environ), DEFAULT)
    try:
        words = shlex.split(text)  # the user's own choice, and no shell reads it
    except ValueError:
        return []
    return [] if words == ["cat"] else words


def takes_links(words: Sequence[str]) -> bool:
    """Return whether a pager is known to pass hyperlinks on; asks less for its version."""
    flags = " ".join((*words[1:], os.environ.get("LESS", FLAGS)))
    is_less = os.path.basename(words[0]) == "less"
    return is_less and bool(RAW.search(flags)) and _version(words[0]) >= LINKING_LESS


@cache
def _version(less: str) -> int:
    """Return which version of less this is; 0 where it does not say."""
    try:
        asked = subprocess.run(  # noqa: S603 - the user's own choice, and no shell
            [less, "--version"], stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except OSError:
        return 0
    found = re.match(rb"less (\d+)", asked.stdout)
    return int(found[1]) if found else 0


def show(parts: Iterable[bytes], words: Sequence[str]) -> Iterator[bytes]:
    """Show text in the pager until it is left; yield the text again where the pager failed.

    Raises KeyboardInterrupt if the user interrupted meanwhile.
    """
    shown, again = tee(parts)
    if not _is_shown(shown, words):
        yield from again


def _is_shown(parts: Iterable[bytes], words: Sequence[str]) -> bool:
    """Run the pager; return False if it could not be run, or failed before it read anything.

    A pager that has read something has been used: with whatever code it ends, the user left it.
    """
    environment = {"LESS": FLAGS, **os.environ}
    with one_interrupt():
        try:
            pager = subprocess.Popen(  # noqa: S603 - as above
                words, stdin=subprocess.PIPE, bufsize=0, env=environment
            )
        except OSError:
            return False
        assert pager.stdin is not None  # noqa: S101 - it was asked for
        try:
            with pager.stdin as pipe:
                sent = _feed(parts, pipe)
                unread = _reopened(pipe)
            pager.wait()
        finally:
            code = pager.wait()  # again if interrupted: like git, we end after the pager
    return not code or (code not in NOT_RUN and _left_in(unread) < sent)


@contextmanager
def one_interrupt() -> Iterator[None]:
    """Let the first interrupt end the output; what is typed later is the pager's alone."""

    def interrupt(*_: object) -> None:
        signal.signal(signal.SIGINT, lambda *_: None)  # the pager would inherit SIG_IGN, not this
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _feed(parts: Iterable[bytes], pipe: IO[bytes]) -> int:
    """Write parts to the pager for as long as it is there; return how many bytes it was sent."""
    sent = 0
    with suppress(BrokenPipeError):
        for part in parts:
            rest = memoryview(part)
            while rest:
                count = pipe.write(rest)
                sent, rest = sent + count, rest[count:]
    return sent


def _reopened(pipe: IO[bytes]) -> int | None:
    """Return another end to read a pipe from, or None where the system cannot open one.

    Linux can. Elsewhere a pager that ran is taken for one that read something, as in git.
    """
    try:
        return os.open(f"/dev/fd/{pipe.fileno()}", os.O_RDONLY)
    except OSError:
        return None


def _left_in(unread: int | None) -> int:
    """Return how many bytes nobody read from a pipe whose other end is closed; closes it."""
    if unread is None:
        return 0
    with open(unread, "rb") as file:
        return len(file.read())
