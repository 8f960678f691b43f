"""Colour for the formats that are drawn by hand: SGR sequences (ECMA-48 8.3.117), or nothing."""

from functools import cache
from zlib import crc32

from nktimeline.render import Page
from nktimeline.text import safe_url

HUES = ("cyan", "green", "magenta", "blue", "yellow")
"""The colours by which kinds and actors are told apart; a name has the same one everywhere."""

_SGR = {
    "bold": "1",
    "dim": "2",
    "dim italic": "2;3",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "magenta": "35",
    "cyan": "36",
}


@cache
def hue(name: str) -> str:
    """Give the colour of a name."""
    return HUES[crc32(name.encode("utf-8", "replace")) % len(HUES)]


def paint(text: str, style: str, page: Page) -> str:
    """Give a safe text in a style ("bold", "dim", a colour), plain where the page has no colour."""
    return f"\x1b[{_SGR[style]}m{text}\x1b[0m" if page.color and text else text


def link(text: str, url: str, page: Page) -> str:
    """Make a safe text a hyperlink (OSC 8) where the page has them."""
    return f"\x1b]8;;{safe_url(url)}\x1b\\{text}\x1b]8;;\x1b\\" if page.links and text else text
