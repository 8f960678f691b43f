"""Pictures in SVG 1.1 that office programs, web pages and converters draw alike.

These programs drop style sheets, so each element says all that it needs in attributes of its own.
Nothing has an id, so that two pictures in one page do not clash. Fonts differ from machine to
machine: texts are broken into lines by us, with room to spare. Knows no log.
"""

from collections.abc import Iterable, Iterator, Sequence

from nktimeline.text import safe, xml
from nktimeline.widths import cells, wrap

_SMALL = 11  # size of a footer's font
INK, GREY, FAINT, PAPER = "#1f2328", "#59636e", "#d1d9e0", "#ffffff"
"""The colours of texts, of lesser texts, of lines, and of what all stands on."""
_CELL = 0.66  # of the font's size: a tenth more than in the widest fonts in common use
_CAPITAL = 1  # the same, in a text of capitals alone
Look = str | float
"""The value of an attribute."""
Part = tuple[float, Sequence[str]]
"""A part of a picture: its height, and what it is made of, drawn from y = 0 downwards."""


def element(name: str, content: str = "", /, **attributes: Look) -> str:
    """Return an element; `content` is markup, and the attributes' names have `_` for `-`."""
    named = "".join(f' {key.replace("_", "-")}="{_value(v)}"' for key, v in attributes.items())
    return f"<{name}{named}>{content}</{name}>" if content else f"<{name}{named}/>"


def text(words: str, x: float, y: float, size: float, /, **attributes: Look) -> str:
    """Return a line of text whose letters stand on y; lengths are in pixels."""
    look: dict[str, Look] = {"fill": INK, **attributes}
    return element("text", xml(words), x=x, y=y, font_size=size, **look)


def length(words: str, size: float) -> float:
    """Return how many pixels a text may take."""
    return cells(safe(words)) * _cell(words, size)


def lines(words: str, room: float, size: float) -> list[str]:
    """Break a text into lines that fit into `room` pixels in whatever font there is."""
    return list(wrap(words, max(int(room / _cell(words, size)), 2)))


def stack(parts: Iterable[Part], y: float = 0) -> tuple[float, Sequence[str]]:
    """Return the y where parts end that are drawn below each other, and their elements."""
    elements = []
    for height, drawn in parts:
        elements.append(element("g", "".join(drawn), transform=f"translate(0 {_value(y)})"))
        y += height
    return y, elements


def footer(words: Iterable[str], edge: float, width: float) -> Iterator[Part]:
    """Yield the lines of a footer as parts of a picture, each with its height."""
    if words:
        yield _SMALL, []
    for line in (line for one in words for line in lines(one, width - 2 * edge, _SMALL)):
        yield _SMALL + 5, [text(line, edge, _SMALL, _SMALL, fill=GREY)]


def picture(
    width: float, height: float, title: str, description: str, elements: Iterable[str]
) -> Iterator[str]:
    """Yield the lines of a picture, which has paper of its own: it may lie on a dark page."""
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_value(width)}" '
        f'height="{_value(height)}" viewBox="0 0 {_value(width)} {_value(height)}" role="img" '
        'font-family="sans-serif">'
    )
    yield element("title", xml(title) or "-")
    yield element("desc", xml(description))
    yield element("rect", width=width, height=height, fill=PAPER)
    yield from elements
    yield "</svg>"


def _cell(words: str, size: float) -> float:
    return size * (_CAPITAL if words.isupper() else _CELL)


def _value(value: Look) -> str:
    if isinstance(value, str):
        return xml(value)
    return f"{value:.1f}".removesuffix(".0")
