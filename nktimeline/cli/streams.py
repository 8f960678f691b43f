"""Standard output and standard error: what is written to them, and how a run ends.

Knows neither formats nor options. `terminal` says what can be shown, `files` writes files.
"""

import errno
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import IO

import click

from nktimeline.cli import terminal

BATCH = 100
"""Lines that are written at once: Python would give a terminal one kibibyte a call."""
PATIENCE = 1.0
"""Seconds of reading after which a terminal is shown how far it is."""


def write(
    lines: Iterable[str],
    *,
    guard: bool,
    pager: bool | None,
    newline: str = "\n",
    notes: Iterable[str] = (),
) -> bool:
    """Write lines to standard output as UTF-8, on a terminal through a pager if they are many.

    On a terminal, lines end as its lines do and not in `newline`, and `guard` spells out controls.
    `notes` stand above what is paged, since all that was printed before a pager scrolls away.
    Returns whether they were shown. Raises OSError; BrokenPipeError when the reader is gone.
    """
    if sys.stdout is None:
        raise OSError(errno.EBADF, "standard output is closed")
    if not terminal.is_terminal():
        _send(encoded(lines, newline))
        return False
    if guard:
        from nktimeline.text import visible

        lines = (part for line in lines for part in map(visible, line.split("\n")))
    return _write_on_terminal(lines, pager=pager, notes=notes)


def _write_on_terminal(lines: Iterable[str], *, pager: bool | None, notes: Iterable[str]) -> bool:
    """Write lines through a pager where they are to be paged; return whether notes were shown."""
    if not terminal.may_page(pager=pager):
        _send(encoded(lines))
        return False
    from nktimeline.cli.pager import command, show

    rest, rows = iter(lines), terminal.height()
    screen = list(islice(rest, rows))
    words = command() if pager or len(screen) >= rows else []
    above = [*map(_visible, notes), ""] if notes and words else []
    parts = chain(encoded(chain(above, screen)), encoded(rest))  # a screen is not kept waiting
    _send(show(parts, words) if words else parts)
    return bool(above)


def encoded(lines: Iterable[str], newline: str = "\n") -> Iterator[bytes]:
    """Yield lines as UTF-8, some of them at a time, each ended by `newline`."""
    rest = iter(lines)
    while some := list(islice(rest, BATCH)):
        yield _encode(newline.join(some) + newline)


def complain(lines: Iterable[str]) -> None:
    """Write what is wrong to standard error, if there is one; text in it acts on no terminal."""
    try:
        for line in lines:
            sys.stderr.buffer.write(_encode(f"{_visible(line)}\n"))
        sys.stderr.buffer.flush()
    except (OSError, ValueError, AttributeError):
        _hush(sys.stderr)


def note(text: str, *, quiet: bool) -> None:
    """Write a count or a hint to standard error, unless quiet was asked for."""
    if not quiet:
        complain(_wrapped(text))


def _wrapped(text: str) -> Iterable[str]:
    """Return a text as lines that a terminal does not break inside its words."""
    if sys.stderr is None or not sys.stderr.isatty():
        return [text]
    from nktimeline.widths import cells, wrap

    text, width = _visible(text), terminal.width(sys.stderr)
    return wrap(text, width) if cells(text) > width else [text]


def progress(what: str, *, quiet: bool) -> Callable[[float], None] | None:
    """Return a function that shows the share done, once it takes long; None if none is wanted.

    Progress is for people: it is shown on a terminal alone.
    """
    if quiet or sys.stderr is None or not sys.stderr.isatty() or terminal.is_dumb():
        return None
    began, shown = time.monotonic(), -1

    def show(share: float) -> None:
        nonlocal shown
        percent = int(share * 100)
        if share >= 1:
            if shown >= 0:
                _draw("\r\x1b[K")
        elif percent != shown and time.monotonic() - began > PATIENCE:
            shown = percent
            _draw(f"\r{what[:40]} [{'#' * (percent // 4):25}] {percent:3} %")

    return show


def run(command: Callable[[], object]) -> int:
    """Run a command and return the exit code it comes to; nothing leaves it as a traceback."""
    stdout = sys.stdout
    try:
        result = command()
        _flush()
    except (KeyboardInterrupt, click.exceptions.Abort):
        code = 130
    except BrokenPipeError:
        code = 141
    except SystemExit:
        if sys.stdout is stdout:
            raise
        sys.stdout, code = stdout, 141  # click replaced it: its reader is gone
    except click.ClickException as error:
        return _refuse(error)
    except OSError as error:
        code = blame(error)
    except MemoryError:
        complain(["nktimeline: not enough memory for this log"])
        code = 1
    else:
        return result if isinstance(result, int) else 0
    _hush(sys.stdout)
    return code


def _refuse(error: click.ClickException) -> int:
    """Report wrong usage, and return its exit code."""
    from io import StringIO

    if isinstance(error, click.UsageError) and error.ctx:
        error.ctx.color = True  # or click takes what looks like colour out of what was typed
    error.show(text := StringIO())
    complain(chain.from_iterable(map(_wrapped, text.getvalue().rstrip("\n").split("\n"))))
    return error.exit_code


def blame(error: OSError) -> int:
    """Report what could not be read or written, and return the exit code."""
    where = f"{error.filename}: " if error.filename else "cannot write: "
    complain([f"nktimeline: {where}{error.strerror or error}"])
    return 1


def _hush(stream: IO[str] | None) -> None:
    """Make the interpreter's own last flush of a stream silent, and without effect."""
    if stream is None:
        return
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _flush() -> None:
    if sys.stdout is not None:
        sys.stdout.flush()


def _send(parts: Iterable[bytes]) -> None:
    for part in parts:
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()


def _visible(text: str) -> str:
    from nktimeline.text import visible

    return visible(text)


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _draw(text: str) -> None:
    with suppress(OSError):
        sys.stderr.write(text)
        sys.stderr.flush()
