"""A table for people: years set off, as many columns as the page is wide enough for.

Events stand as rich would set them in a grid, line for line, which a test holds against rich; but
they are laid out here, since rich takes half a millisecond for a row, ten times what all the rest
of a run takes for it. Counts are few: those rich draws, and is loaded for them alone. What the log
says reaches rich as `Text`, made safe first, never as markup.
"""

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from nktimeline.model import Event, Log
from nktimeline.render import Page
from nktimeline.render.style import hue, link, paint
from nktimeline.tally import year
from nktimeline.text import cells, safe, wrap

if TYPE_CHECKING:
    from rich.console import RenderableType

    from nktimeline.tally import Cell, Grid

WIDE = 110
"""Cells from which on actors and sources have columns of their own."""
NARROW = 60
"""Cells below which the kind has none either."""
ROOMY = 80
"""Cells from which on counts have their less telling columns too."""

_SECONDARY = ("publisher", "published", "of", "aliases")
_WHOLE = ("id", "published", "events")
_COUNT = 14  # cells between a name and its bar: the count, its head, and blanks
_LEAST = 8  # cells of the longest bar, be the page ever so narrow


class _Run(NamedTuple):
    """A part of a cell's text that looks the same throughout."""

    text: str
    style: str = ""
    url: str | None = None


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
    """Yield a table with a head; addresses are left to the other formats, counts become bars."""
    from rich.table import Table
    from rich.text import Text

    left_out = ("url",) if page.width >= ROOMY else ("url", *_SECONDARY)
    shown = [place for place, name in enumerate(grid.columns) if name not in left_out]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for place in shown:
        last = place == len(grid.columns) - 1
        table.add_column(
            Text(grid.columns[place]),
            justify="right" if last else "left",
            no_wrap=_stays_whole(grid, place, page),
            overflow="fold",
        )
    if grid.bars:
        table.add_column("")
    for counted, bar in zip(grid.rows, _bars(grid, page), strict=True):
        texts = (Text(_plain(counted[place])) for place in shown)
        table.add_row(*texts, *([bar] if grid.bars else []))
    yield from _drawn(table, page)


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
    people = _Run(", ".join(names), "" if wide else "dim")
    kind = _Run(safe(event.kind), hue(event.kind))
    below = [(kind,)] if narrow else []
    if people.text and not wide:
        below.append((people,))
    yield [(_Run(part),) for part in _date(event, _mark(log, event, page))]
    if not narrow:
        yield [(kind,)]
    yield [_title(log, event), *below, (_Run(event.id, "dim italic"),)]
    if wide:
        yield [(people,)]
        yield [_sources(log, event)]


def _title(log: Log, event: Event) -> Sequence[_Run]:
    url = log.sources[event.sources[0]].url if event.sources else None
    title = _Run(safe(event.title).strip(" "), "", url)
    return (
        (title,) if event.status == "confirmed" else (title, _Run(f" ({event.status})", "yellow"))
    )


def _sources(log: Log, event: Event) -> Sequence[_Run]:
    runs: list[_Run] = []
    for source in (log.sources[id] for id in event.sources):
        runs += [_Run(", ")] if runs else []
        runs.append(_Run(safe(source.publisher).strip(" "), "", source.url))
    return runs


def _lines(cell: Sequence[Paragraph], width: int, page: Page) -> Iterator[_Line]:
    """Yield a cell's lines, broken to `width` cells, each run in its style."""
    for runs in cell:
        text = "".join([run.text for run in runs])
        start = 0
        for line in wrap(text, width) if cells(text) > width else (text.rstrip(" "),):
            start = text.index(line, start)
            end = start + len(line)
            yield _painted(runs, start, end, page) if page.color else line, cells(line)
            start = end


def _painted(runs: Paragraph, start: int, end: int, page: Page) -> str:
    """Give the characters from `start` to `end` of what runs make up, in their styles."""
    parts, place = [], 0
    for text, style, url in runs:
        if place < end and place + len(text) > start:
            part = text[max(0, start - place) : end - place]
            part = paint(part, style, page) if style else part
            parts.append(link(part, url, page) if url else part)
        place += len(text)
    return "".join(parts)


def _beside(columns: Iterable[Iterable[_Line]], widths: Sequence[int]) -> Iterator[str]:
    """Yield the lines of cells that stand beside each other, two blanks apart."""
    for parts in zip_longest(*columns, fillvalue=("", 0)):
        row = zip(parts, widths, strict=True)
        yield "".join([text + " " * (width + 2 - used) for (text, used), width in row]).rstrip(" ")


def _mark(log: Log, event: Event, page: Page) -> str:
    if event.id in log.possible:
        return "≈ " if page.unicode else "~ "
    return "  " if log.possible else ""


def _date(event: Event, mark: str) -> Sequence[str]:
    """Break a long interval after its slash, a set after its commas, so that days stay aligned."""
    text = event.date.text
    if len(text) <= 11:  # a day with its mark of doubt
        return (mark + text,)
    first, *rest = text.replace("/", "/\n").replace(",", ",\n").strip().split("\n")
    return mark + first, *(" " * len(mark) + line for line in rest)


def _stays_whole(grid: "Grid", place: int, page: Page) -> bool:
    """Tell whether a column is never broken: one to be copied or compared, half a page at most."""
    widest = max((cells(_plain(row[place])) for row in grid.rows), default=0)
    return grid.columns[place] in _WHOLE and 2 * widest <= page.width


def _bars(grid: "Grid", page: Page) -> "Iterator[RenderableType]":
    """Yield a bar for each row, the longest as long as the names leave room for."""
    from rich.text import Text

    counts = [row[-1] if isinstance(row[-1], int) else 0 for row in grid.rows]
    most = max(counts, default=0) or 1
    names = max((cells(_plain(row[0])) for row in grid.rows), default=0)
    room = max(page.width - names - _COUNT, _LEAST)
    sign = "█" if page.unicode else "#"
    for count in counts:
        yield Text(sign * round(count / most * room), "cyan")


def _plain(cell: "Cell") -> str:
    return "" if cell is None else safe(str(cell))


def _drawn(what: "RenderableType", page: Page) -> Sequence[str]:
    """Draw something in memory, with nothing of the surroundings in it."""
    from rich.console import Console

    console = Console(
        file=StringIO(),
        width=page.width,
        height=100,
        color_system="standard" if page.color else None,
        force_terminal=page.color,
        no_color=False,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=False,
        legacy_windows=False,
        _environ={},
    )
    with console.capture() as capture:
        console.print(what)
    return [line.rstrip() for line in capture.get().split("\n")[:-1]]
