"""What marks, ids and colours look like, and how lines drawn by hand are coloured.

Colours are SGR sequences (ECMA-48 8.3.117). Rich takes the same styles by their names.
"""

import re

from nktimeline.model import Event, Log, Mark
from nktimeline.render import Page
from nktimeline.text import safe_url
from nktimeline.widths import cells

HUES = tuple(
    f"color({number})"
    for number in (30, 133, 28, 130, 62, 161, 64, 98, 31, 166, 29, 162, 100, 96, 160)
)
"""The colours by which kinds are told apart: neighbours are unlike each other.

Each has a contrast of at least 3.8 with black and with white (WCAG 2.2, 1.4.3). The first 16
colours of a terminal would not do: its user sets them, and plain blue and yellow are hard to read.
"""

_SGR = {
    "bold": "1",
    "dim": "2",
    "italic": "3",
    **{hue: f"38;5;{hue[6:-1]}" for hue in HUES},
}


def hue(log: Log, kind: str) -> str:
    """Return the colour of a kind, by its place among the log's kinds."""
    places = {name: place for place, name in enumerate(log.kinds)}
    return HUES[places.get(kind, 0) % len(HUES)]


def paint(text: str, style: str, page: Page) -> str:
    """Return a safe text in a style ("bold", "dim", a hue), plain where the page has no colour."""
    return f"\x1b[{_SGR[style]}m{text}\x1b[0m" if page.color and text else text


def link(text: str, url: str, page: Page) -> str:
    """Return a safe text as a hyperlink (OSC 8) where the page has them."""
    return f"\x1b]8;;{safe_url(url)}\x1b\\{text}\x1b]8;;\x1b\\" if page.links and text else text


def id_lines(id: str, width: int) -> list[str]:
    """Return an id in lines of a width, broken after hyphens where it is too long for one."""
    *lines, line = [""]
    for word in re.split("(?<=-)", id):
        if line and cells(line + word) > width:
            lines.append(line)
            line = ""
        line += word
    return [*lines, line]


def mark(log: Log, event: Event, page: Page) -> str:
    """Return the sign of an event's mark, or nothing."""
    return sign(log.marks[event.id], page) if event.id in log.marks else ""


def sign(mark: Mark, page: Page) -> str:
    """Return the sign of a mark."""
    return (_SIGNS if page.unicode else _ASCII_SIGNS)[mark]


def is_near(log: Log, event: Event) -> bool:
    """Tell whether an event was not found, and only stands near one that was."""
    return log.marks.get(event.id) is Mark.NEAR


_ASCII_SIGNS = {Mark.POSSIBLE: "=", Mark.HIT: ">", Mark.NEAR: "-"}
_SIGNS = _ASCII_SIGNS | {Mark.POSSIBLE: "≈"}
