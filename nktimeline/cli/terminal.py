"""What standard output can show: how wide it is, and whether colours, signs and hyperlinks show.

Reads the environment. Writes nothing: `streams` does that.
"""

import os
import re
import sys
from contextlib import suppress
from typing import IO, TYPE_CHECKING

from nktimeline.render import Page

if TYPE_CHECKING:
    from nktimeline.cli.options import Output

LEAST, MOST = 40, 1000  # cells: what a page can be narrowed or widened to
LINKLESS = re.compile(r"dumb|linux|vt\d|ansi|cons\d|sun|eterm|cygwin")
"""What TERM begins with on terminals that print the address of a hyperlink as text."""


def is_terminal() -> bool:
    """Return whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def is_dumb() -> bool:
    """Return whether the terminal knows no escape sequences."""
    return os.environ.get("TERM", "") in ("", "dumb")


def page(output: "Output") -> Page:
    """Return where lines go: to a file, a pipe, or a terminal of some width and ability."""
    to_file = output.output is not None
    encoding = "utf-8" if to_file or sys.stdout is None else sys.stdout.encoding or ""
    if is_terminal() and not to_file and _plain_locale():
        encoding = "ascii"
    color = _color(output.color, terminal=is_terminal() and not to_file)
    return Page(
        width=width(sys.stdout),
        color=color,
        unicode=encoding.lower().startswith("utf") and not output.ascii,
        links=color and not to_file and links_shown(pager=output.pager),
        ids=output.ids,
        columns=output.columns,
    )


def may_page(*, pager: bool | None) -> bool:
    """Return whether long output may go through a pager.

    `pager` is True if the user asked for one and False if the user forbade it. If it is None, all
    terminals but dumb ones may have one.
    """
    return not is_dumb() if pager is None else pager


def links_shown(*, pager: bool | None) -> bool:
    """Return whether hyperlinks (OSC 8) can be shown where standard output goes.

    NO_HYPERLINKS forbids them, unless it is empty. Then FORCE_HYPERLINK decides, unless it is
    empty: 0 forbids them, anything else asks for them. Then the terminal decides: it must not be
    LINKLESS or GNU screen. If long output may be paged, the pager must be known to pass them on
    too. That may start less, for its version: ask this only where links are wanted.
    """
    if os.environ.get("NO_HYPERLINKS"):
        return False
    if forced := os.environ.get("FORCE_HYPERLINK"):
        return forced != "0"
    if not is_terminal() or not _skips_links():
        return False
    if not may_page(pager=pager):
        return True
    from nktimeline.cli.pager import command, takes_links

    words = command()
    return not words or takes_links(words)


def _skips_links() -> bool:
    """Return whether the terminal shows hyperlinks, or at least only their text."""
    term = os.environ.get("TERM", "")
    gnu_screen = term.startswith("screen") and "STY" in os.environ  # tmux has a TERM like that too
    return bool(term) and not LINKLESS.match(term) and not gnu_screen


def _color(asked: str | None, *, terminal: bool) -> bool:
    if asked in ("always", "never"):
        return asked == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return terminal and not is_dumb()


def _plain_locale() -> bool:
    """Return whether the user asked for the C locale, whose terminals may know ASCII alone."""
    # LC_CTYPE tells nothing: Python itself sets it to C.UTF-8 in the C locale (PEP 538)
    return (os.environ.get("LC_ALL") or os.environ.get("LANG")) in ("C", "POSIX")


def width(stream: IO[str] | None) -> int:
    """Return how many cells wide a page is: what COLUMNS says, or the terminal of the stream."""
    text = os.environ.get("COLUMNS", "")
    asked = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    return min(max(asked or _size(stream).columns, LEAST), MOST)


def height() -> int:
    """Return how many lines a screen has."""
    return max(_size(sys.stdout).lines, 2)


def _size(stream: IO[str] | None) -> os.terminal_size:
    with suppress(OSError, ValueError, AttributeError):
        size = os.get_terminal_size(stream.fileno() if stream else -1)
        if size.columns and size.lines:
            return size
    return os.terminal_size((80, 24))
