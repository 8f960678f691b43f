"""Standard output and standard error: how lines leave the program, whatever is there."""

import errno
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from nktimeline.render import Page

LEAST, MOST = 40, 1000  # cells: what a page can be narrowed or widened to
BATCH = 100
"""Lines that are written at once: Python would give a terminal one kibibyte a call."""
PATIENCE = 1.0
"""Seconds of reading after which a terminal is shown how far it is."""


def is_terminal() -> bool:
    """Tell whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def page(given: Mapping[str, Any]) -> "Page":
    """Describe where lines go: to a file, a pipe, or a terminal of some width and ability."""
    from nktimeline.render import Page

    to_file = bool(given.get("output"))
    encoding = "utf-8" if to_file or sys.stdout is None else sys.stdout.encoding or ""
    if is_terminal() and not to_file and _plain_locale():
        encoding = "ascii"
    color = _color(given.get("color"), terminal=is_terminal() and not to_file)
    return Page(
        width=_width(),
        color=color,
        unicode=encoding.lower().startswith("utf") and not given.get("ascii"),
        links=color and is_terminal() and not to_file,
    )


def write(lines: Iterable[str], *, guard: bool, pager: bool | None) -> None:
    """Write lines to standard output as UTF-8, through a pager where they are many.

    With `guard`, controls are spelled out when it is a terminal. Raises OSError, BrokenPipeError
    when the reader is gone.
    """
    if sys.stdout is None:
        raise OSError(errno.EBADF, "standard output is closed")
    if not is_terminal():
        _send(lines, sys.stdout.buffer)
        return
    if guard:
        from nktimeline.text import visible

        lines = (part for line in lines for part in map(visible, line.split("\n")))
    if pager is False or (pager is None and _dumb()):
        _send(lines, sys.stdout.buffer)
        return
    rest = iter(lines)
    screen = list(islice(rest, _height()))
    if pager or len(screen) >= _height():
        from nktimeline.cli.pager import show

        show(chain(screen, rest), _send)
    else:
        _send(screen, sys.stdout.buffer)


def save(lines: Iterable[str], path: str) -> None:
    """Write lines to a file, which is opened when there is something to write."""
    data = _encode("".join(f"{line}\n" for line in lines))
    with open(path, "wb") as file:
        file.write(data)


def complain(lines: Iterable[str]) -> None:
    """Write lines to standard error, if there is one; what is in them acts on no terminal."""
    from nktimeline.text import visible

    try:
        for line in lines:
            sys.stderr.buffer.write(_encode(f"{visible(line)}\n"))
        sys.stderr.buffer.flush()
    except (OSError, ValueError, AttributeError):
        _hush(sys.stderr)


def progress(what: str) -> Callable[[float], None] | None:
    """Give a function that shows the share done once it has taken a while; None off a terminal."""
    if sys.stderr is None or not sys.stderr.isatty() or _dumb():
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
    """Run a command and give the exit code of what came of it; nothing leaves it as a traceback."""
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
        code = _blame(error)
    except MemoryError:
        complain(["nktimeline: not enough memory for this log"])
        code = 1
    else:
        return result if isinstance(result, int) else 0
    _hush(sys.stdout)
    return code


def _refuse(error: click.ClickException) -> int:
    """Say what was wrong usage."""
    from io import StringIO

    if isinstance(error, click.UsageError) and error.ctx:
        error.ctx.color = True  # or click takes what looks like colour out of what was typed
    error.show(text := StringIO())
    complain(text.getvalue().rstrip("\n").split("\n"))
    return error.exit_code


def _blame(error: OSError) -> int:
    """Say what could not be read or written."""
    where = f"{error.filename}: " if error.filename else "cannot write: "
    complain([f"nktimeline: {where}{error.strerror or error}"])
    return 1


def _hush(stream: IO[str] | None) -> None:
    """Make sure that the interpreter's own last flush of a stream comes to nothing, in silence."""
    if stream is None:
        return
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _flush() -> None:
    if sys.stdout is not None:
        sys.stdout.flush()


def _send(lines: Iterable[str], file: IO[bytes]) -> None:
    rest = iter(lines)
    while some := list(islice(rest, BATCH)):
        file.write(_encode("\n".join(some) + "\n"))
    file.flush()


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _draw(text: str) -> None:
    with suppress(OSError):
        sys.stderr.write(text)
        sys.stderr.flush()


def _color(asked: str | None, *, terminal: bool) -> bool:
    if asked in ("always", "never"):
        return asked == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return terminal and not _dumb()


def _plain_locale() -> bool:
    """Tell whether the user has asked for the C locale, whose terminals may know ASCII alone."""
    # LC_CTYPE tells nothing: Python itself sets it to C.UTF-8 in the C locale (PEP 538)
    return (os.environ.get("LC_ALL") or os.environ.get("LANG")) in ("C", "POSIX")


def _dumb() -> bool:
    return os.environ.get("TERM", "") in ("", "dumb")


def _width() -> int:
    text = os.environ.get("COLUMNS", "")
    asked = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    return min(max(asked or _size().columns, LEAST), MOST)


def _height() -> int:
    return max(_size().lines, 2)


def _size() -> os.terminal_size:
    with suppress(OSError, ValueError, AttributeError):
        size = os.get_terminal_size(sys.stdout.fileno())
        if size.columns and size.lines:
            return size
    return os.terminal_size((80, 24))
