"""A table for people: years set off, as many columns as the page is wide enough for.

Events are set as rich sets a grid, which a test holds against rich; but they are laid out here,
since rich takes half a millisecond for a row, ten times what all the rest of a run takes for it.
Unlike rich, a line never begins with a blank that it was broken at, and wide characters are counted
as everywhere in this program. Counts are few: counts.py has rich draw those.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from nktimeline.model import Event, Log, Source
from nktimeline.render import Page
from nktimeline.render.style import hue, link, paint
from nktimeline.tally import year
from nktimeline.text import cells, safe, wrap

if TYPE_CHECKING:
    from nktimeline.tally import Grid

WIDE = 110
"""Cells from which on actors and sources have columns of their own."""
NARROW = 60
"""Cells below which the kind has none either."""


_Run = tuple[str, str, str | None]
"""A part of a cell's text that looks the same throughout: the text, its style, its address."""
_COMMA: _Run = (", ", "", None)
_Line = tuple[str, int]  # as it is written, and how many cells it takes
Paragraph = Sequence[_Run]
"""What stands in a cell from one line break to the next."""


def render(log: Log, page: Page) -> Iterator[str]:
    """Yield each year under its number, an event a row, its id beneath the title."""
    wide = widths(log, page)
    for number, events in groupby(log.events, lambda event: year(event.date)):
        yield paint(number, "bold", page)
        for event in events:
            columns = zip(row(log, event, page, len(wide)), wide, strict=True)
            yield from _beside([_lines(cell, width, page) for cell, width in columns], wide)
        yield ""


def grid(grid: "Grid", page: Page) -> Iterator[str]:
    """Yield a table of counts."""
    from nktimeline.render.counts import drawn  # loads rich

    return drawn(grid, page)


def widths(log: Log, page: Page) -> list[int]:
    """Divide the page among date, kind, event, actors and sources, as far as it goes."""
    texts = {event.date.text: event for event in log.events}
    parts = (part for event in texts.values() for part in _date(event, mark=""))
    date = max(map(cells, parts), default=10) + (2 if log.possible else 0)
    kind = max((cells(safe(kind)) for kind in {event.kind for event in log.events}), default=4)
    kind = min(kind, page.width // 3)
    if page.width < NARROW:
        return [date, page.width - date - 2]
    rest = page.width - date - kind - 4
    if page.width < WIDE:
        return [date, kind, rest]
    sides = (rest - 4) * 2 // 9
    return [date, kind, rest - 2 * sides - 4, sides, sides]


def row(log: Log, event: Event, page: Page, columns: int) -> Iterator[Sequence[Paragraph]]:
    """Yield the cells of an event, for a table of two, three or five columns."""
    wide, narrow = columns == 5, columns == 2
    names = [safe(log.actors[id].name).strip(" ") for id in event.actors]
    people = (", ".join(names), "" if wide else "dim", None)
    cited = [log.sources[id] for id in event.sources]
    kind = (safe(event.kind), hue(event.kind), None)
    below: list[Paragraph] = [(kind,)] if narrow else []
    if people[0] and not wide:
        below.append((people,))
    yield [((part, "", None),) for part in _date(event, _mark(log, event, page))]
    if not narrow:
        yield [(kind,)]
    yield [_title(event, cited), *below, ((event.id, "dim italic", None),)]
    if wide:
        yield [(people,)]
        yield [_sources(cited)]


def _title(event: Event, cited: Sequence[Source]) -> Paragraph:
    title = (safe(event.title).strip(" "), "", cited[0].url if cited else None)
    if event.status == "confirmed":
        return (title,)
    return title, (f" ({event.status})", "yellow", None)


def _sources(cited: Sequence[Source]) -> Paragraph:
    runs: list[_Run] = []
    for source in cited:
        runs += [_COMMA] if runs else []
        runs.append((safe(source.publisher).strip(" "), "", source.url))
    return runs


def _lines(cell: Sequence[Paragraph], width: int, page: Page) -> Iterator[_Line]:
    """Yield a cell's lines, broken to `width` cells, each run in its style."""
    for runs in cell:
        if len(runs) == 1:  # as most are
            ((text, style, url),) = runs
            if (used := cells(text)) <= width:
                yield _painted(text, style, url, page), used
                continue
            for line in wrap(text, width):
                yield _painted(line, style, url, page), cells(line)
            continue
        text = "".join([run[0] for run in runs])
        start = 0
        for line in wrap(text, width):
            start = text.index(line, start)
            yield _cut(runs, start, start + len(line), page), cells(line)
            start += len(line)


def _cut(runs: Paragraph, start: int, end: int, page: Page) -> str:
    """Give the characters from `start` to `end` of what runs make up, in their styles."""
    parts, place = [], 0
    for text, style, url in runs:
        if place < end and place + len(text) > start:
            part = text[max(0, start - place) : end - place]
            parts.append(_painted(part, style, url, page))
        place += len(text)
    return "".join(parts)


def _painted(text: str, style: str, url: str | None, page: Page) -> str:
    text = paint(text, style, page) if style else text
    return link(text, url, page) if url else text


def _beside(columns: Iterable[Iterable[_Line]], widths: Sequence[int]) -> Iterator[str]:
    """Yield the lines of cells that stand beside each other, two blanks apart."""
    for parts in zip_longest(*columns, fillvalue=("", 0)):
        line = zip(parts, widths, strict=True)
        yield "".join([text + " " * (width + 2 - used) for (text, used), width in line]).rstrip(" ")


def _mark(log: Log, event: Event, page: Page) -> str:
    if event.id in log.possible:
        return "≈ " if page.unicode else "= "
    return "  " if log.possible else ""


def _date(event: Event, mark: str) -> Sequence[str]:
    """Break a long interval after its slash, a set after its commas, so that days stay aligned."""
    text = event.date.text
    if len(text) <= 11:  # a day with its mark of doubt
        return (mark + text,)
    first, *rest = text.replace("/", "/\n").replace(",", ",\n").strip().split("\n")
    return mark + first, *(" " * len(mark) + line for line in rest)
