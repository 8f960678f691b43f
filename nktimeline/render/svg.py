"""The timeline as a picture (SVG): a rail with years, events hanging from it, silences in words.

What is sure stands on the rail as a full sign, what is reported as a hollow one, what is disputed
as a hollow diamond; words say the same.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nktimeline.model import Event, Log, Mark
from nktimeline.render import Page
from nktimeline.render.columns import people
from nktimeline.render.drawing import (
    FAINT,
    GREY,
    PAPER,
    Look,
    Part,
    element,
    footer,
    lines,
    picture,
    stack,
    text,
)
from nktimeline.render.phrases import said
from nktimeline.render.quiet import long_silences
from nktimeline.render.spoken import year
from nktimeline.render.style import hue, mark
from nktimeline.text import xml

if TYPE_CHECKING:
    from nktimeline.tally import Grid

MANY = 150
"""How many events make a picture too long to look at."""
_WIDTH, _EDGE = 960, 36
_DATES, _RAIL, _TEXTS = 176, 200, 226  # where dates end, the rail stands, texts begin
_ROOM = _WIDTH - _EDGE - _TEXTS
_HEAD, _YEAR, _TITLE, _FACTS = 24, 20, 17, 14  # sizes of fonts
_LEVELS = (0, 82, 116, 150, 185, 220)  # of red, green, blue: a terminal's, darker as paper is white


def render(log: Log, page: Page) -> Iterator[str]:
    """Yield the picture of a log: its title, its events on a rail, the footer of the page."""
    y, elements = stack([_head(log, page), *_rail(log), *footer(page.footer or (), _EDGE, _WIDTH)])
    described = "; ".join((_count(log, page), *(page.footer or ())[:1]))
    return picture(_WIDTH, y + _EDGE, log.title, described, elements)


def grid(grid: "Grid", page: Page) -> Iterator[str]:
    """Yield the picture of counts."""
    from nktimeline.render.bars import drawn

    return drawn(grid, page)


def hint(log: Log) -> str:
    """Return a warning if the picture is too long, or nothing."""
    if len(log.events) <= MANY:
        return ""
    return f"a picture of {len(log.events)} events is very long; up to {MANY} can be looked at"


def _count(log: Log, page: Page) -> str:
    count = "1 event" if len(log.events) == 1 else f"{len(log.events)} events"
    return f"{page.title}: {count}" if page.title else count


def _head(log: Log, page: Page) -> Part:
    title = lines(log.title, _WIDTH - 2 * _EDGE, _HEAD)
    drawn = [
        text(line, _EDGE, _EDGE + 20 + 30 * place, _HEAD, font_weight="bold")
        for place, line in enumerate(title)
    ]
    under = _EDGE + 14 + 30 * len(title)
    counted = lines(_count(log, page), _WIDTH - 2 * _EDGE, _FACTS)
    about = [text(line, _EDGE, under + 20 * n, _FACTS, fill=GREY) for n, line in enumerate(counted)]
    return under + 20 * len(counted) - 4, (*drawn, *about)


def _rail(log: Log) -> Iterator[Part]:
    quiet, above = long_silences(log.events), ""
    for event in log.events:
        if above and event.id in quiet:
            yield _silence(quiet[event.id])
        if (number := year(event.date)) != above:
            yield _heading(number, first=not above)
            above = number
        yield _event(log, event)


def _heading(number: str, *, first: bool) -> Part:
    look: dict[str, Look] = {"text_anchor": "end", "font_weight": "bold"}
    rule = element("line", x1=_RAIL, y1=29, x2=_WIDTH - _EDGE, y2=29, stroke=FAINT)
    line = _line(52, begin=29 if first else 0)
    return 52, (line, rule, text(number, _DATES, 36, _YEAR, **look))


def _silence(words: str) -> Part:
    said_so = text(words, _TEXTS, 24, _FACTS, fill=GREY, font_style="italic")
    return 40, (_line(40, stroke=GREY, stroke_dasharray="2 5"), said_so)


def _event(log: Log, event: Event) -> Part:
    title = lines(f"{mark(log, event, Page())} {event.title}".lstrip(), _ROOM, _TITLE)
    facts = lines(" · ".join(_facts(log, event)), _ROOM, _FACTS)
    unbroken = re.sub("(?<=[0-9]) (?=[A-Z])", "\xa0", said(event.date, year=False))
    dates = lines(unbroken, _DATES - _EDGE / 2, _FACTS)
    under, color = 15 + 23 * len(title), _color(log, event)
    height = max(under + 20 * len(facts) - 4, 20 * len(dates) + 8)
    look: dict[str, Look] = {"text_anchor": "end", "fill": GREY}
    return height + 12, (
        _line(height + 12),
        _sign(event, height - 8, color),
        *(text(line, _DATES, 17 + 20 * n, _FACTS, **look) for n, line in enumerate(dates)),
        *(text(line, _TEXTS, 18 + 23 * n, _TITLE, font_weight="bold")
          for n, line in enumerate(title)),
        *(_fact(line, under + 20 * n, "" if n else event.kind, color)
          for n, line in enumerate(facts)),
    )  # fmt: skip


def _facts(log: Log, event: Event) -> Iterator[str]:
    yield event.kind
    if event.status != "confirmed":
        yield event.status
    if log.marks.get(event.id) is Mark.POSSIBLE:
        yield "perhaps outside the days asked for"
    if event.actors:
        yield ", ".join(people(log, event))


def _fact(line: str, y: float, kind: str, color: str) -> str:
    """Return a line of facts; a kind that it begins with has its colour."""
    begin = xml(kind)
    rest = xml(line)
    if kind and rest.startswith(begin):
        rest = element("tspan", begin, fill=color, font_weight="bold") + rest.removeprefix(begin)
    return element("text", rest, x=_TEXTS, y=y, font_size=_FACTS, fill=GREY)


def _sign(event: Event, height: float, color: str) -> str:
    """Return what stands on the rail: a bar for what lasted, a dot for what fell on a day."""
    sure, disputed = event.status == "confirmed", event.status == "disputed"
    look: dict[str, Look] = {
        "fill": color if sure else PAPER, "stroke": color, "stroke_width": 2.5,
        **({"stroke_dasharray": "3 2"} if disputed and event.date.lasting else {}),
    }  # fmt: skip
    if event.date.lasting:
        return element("rect", x=_RAIL - 5, y=5, width=10, height=height, rx=5, **look)
    if disputed:
        points = f"{_RAIL},{4} {_RAIL + 8},{12} {_RAIL},{20} {_RAIL - 8},{12}"
        return element("polygon", points=points, **look)
    return element("circle", cx=_RAIL, cy=12, r=6, **look)


def _line(height: float, *, begin: float = 0, **attributes: Look) -> str:
    """Return a piece of the rail."""
    look: dict[str, Look] = {"stroke": FAINT, "stroke_width": 2, **attributes}
    return element("line", x1=_RAIL, y1=begin, x2=_RAIL, y2=height, **look)


def _color(log: Log, event: Event) -> str:
    """Return the colour that a terminal has for a kind, dark enough to be read on paper."""
    number = int(hue(log, event.kind).removeprefix("color(").removesuffix(")")) - 16
    levels = (_LEVELS[part] for part in (number // 36, number // 6 % 6, number % 6))
    return "#" + "".join(f"{level:02x}" for level in levels)
