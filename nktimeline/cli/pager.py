"""The user's pager, through which long output goes as git's does; loaded when there is any."""

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain
from typing import IO

Send = Callable[[Iterable[str], IO[bytes]], None]
"""Writes lines to a file."""


def show(lines: Iterable[str], send: Send) -> None:
    """Show lines in the pager; where that fails, print them."""
    kept: list[str] = []
    feed = _keeping(lines, kept)
    # What is typed belongs to the pager until it is left; SIG_IGN would be inherited, this is not.
    heard = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        code = _fed(feed, send)
    finally:
        signal.signal(signal.SIGINT, heard)
    if code in (-signal.SIGINT, 128 + signal.SIGINT):
        raise KeyboardInterrupt
    if code:
        send(chain(list(kept), feed), sys.stdout.buffer)


def _fed(lines: Iterable[str], send: Send) -> int:
    """Feed the pager until it is left, and give its exit code; 127 where it cannot be started."""
    command = os.environ.get("NKTIMELINE_PAGER") or os.environ.get("PAGER") or "less -FRX"
    environment = {"LESS": "FRX", **os.environ}
    try:
        words = shlex.split(command)  # the user's own choice, and no shell reads it
        pager = subprocess.Popen(words, stdin=subprocess.PIPE, env=environment)  # noqa: S603
    except (OSError, ValueError, IndexError):
        return 127
    assert pager.stdin is not None  # noqa: S101 - it was asked for
    with suppress(BrokenPipeError), pager.stdin:
        send(lines, pager.stdin)
    return pager.wait()


def _keeping(lines: Iterable[str], kept: list[str]) -> Iterator[str]:
    for line in lines:
        kept.append(line)
        yield line
