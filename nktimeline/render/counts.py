"""A table of counts, drawn by rich: the only importer of it.

What the log says reaches rich as `Text`, made safe first, never as markup.
"""

from collections.abc import Iterator, Sequence
from io import StringIO

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from nktimeline.render import Page
from nktimeline.tally import Cell, Grid, written
from nktimeline.text import cells, safe

ROOMY = 80
"""Cells from which on there is room for the less telling columns too."""

_SECONDARY = ("publisher", "published", "of", "aliases")
_WHOLE = ("id", "published", "events")
_COUNT = 14  # cells between a name and its bar: the count, its head, and blanks
_LEAST = 8  # cells of the longest bar, be the page ever so narrow


def drawn(grid: Grid, page: Page) -> Iterator[str]:
    """Yield a table with a head; addresses are left to the other formats, counts become bars."""
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
    for row, bar in zip(grid.rows, _bars(grid, page), strict=True):
        texts = (Text(_plain(row[place])) for place in shown)
        table.add_row(*texts, *([bar] if grid.bars else []))
    yield from _lines(table, page)


def _stays_whole(grid: Grid, place: int, page: Page) -> bool:
    """Tell whether a column is never broken: one to be copied or compared, half a page at most."""
    widest = max((cells(_plain(row[place])) for row in grid.rows), default=0)
    return grid.columns[place] in _WHOLE and 2 * widest <= page.width


def _bars(grid: Grid, page: Page) -> Iterator[RenderableType]:
    """Yield a bar for each row, the longest as long as the names leave room for."""
    counts = [row[-1] if isinstance(row[-1], int) else 0 for row in grid.rows]
    most = max(counts, default=0) or 1
    names = max((cells(_plain(row[0])) for row in grid.rows), default=0)
    room = max(page.width - names - _COUNT, _LEAST)
    sign = "█" if page.unicode else "#"
    for count in counts:
        yield Text(sign * round(count / most * room), "cyan")


def _plain(cell: Cell) -> str:
    return safe(written(cell))


def _lines(what: RenderableType, page: Page) -> Sequence[str]:
    """Draw something in memory, with nothing of the surroundings in it."""
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
