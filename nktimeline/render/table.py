"""A rich table for people: years set off, as many columns as the page is wide enough for.

The only importer of rich, besides the command line's progress bar. What the log says reaches rich
as `Text`, made safe first, never as markup.
"""

from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import groupby

from rich.console import Console, RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text

from nktimeline.model import Event, Log
from nktimeline.render import Page
from nktimeline.render.style import hue
from nktimeline.tally import Cell, Grid, year
from nktimeline.text import cells, safe, safe_url

WIDE = 110
"""Cells from which on actors and sources have columns of their own."""
NARROW = 60
"""Cells below which the kind has none either."""


def render(log: Log, page: Page) -> Iterator[str]:
    """Yield each year under its number, an event a row, its id beneath the title."""
    widths = _widths(log, page)
    for number, events in groupby(log.events, lambda event: year(event.date)):
        yield from _lines(Text(number, "bold"), page)
        table = Table.grid(padding=(0, 2, 0, 0))
        for width in widths:
            table.add_column(width=width, overflow="fold")
        for event in events:
            table.add_row(*_row(log, event, page, len(widths)))
        yield from _lines(table, page)
        yield ""


def grid(grid: Grid, page: Page) -> Iterator[str]:
    """Yield a table with a head; addresses are left to the other formats, counts become bars."""
    shown = [place for place, name in enumerate(grid.columns) if name != "url"]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for place in shown:
        last = place == len(grid.columns) - 1
        fixed = grid.columns[place] in ("id", "published", "events")
        table.add_column(
            Text(grid.columns[place]),
            justify="right" if last else "left",
            no_wrap=fixed,
            overflow="fold",
        )
    if grid.bars:
        table.add_column("")
    taken = max((cells(str(row[0])) for row in grid.rows), default=0) + 14
    most = max((row[-1] for row in grid.rows if isinstance(row[-1], int)), default=1)
    for row in grid.rows:
        bar = [_bar(row[-1], most, max(8, page.width - taken), page)] if grid.bars else []
        table.add_row(*(Text(_plain(row[place])) for place in shown), *bar)
    yield from _lines(table, page)


def _widths(log: Log, page: Page) -> list[int]:
    """Divide the page among date, kind, event, actors and sources, as far as it goes."""
    parts = [part for event in log.events for part in _date(event, mark="").split("\n")]
    date = max(map(cells, parts), default=10) + (2 if log.possible else 0)
    kind = max((cells(safe(event.kind)) for event in log.events), default=4)
    if page.width < NARROW:
        return [date, page.width - date - 2]
    rest = page.width - date - kind - 4
    if page.width < WIDE:
        return [date, kind, rest]
    sides = (rest - 4) * 2 // 9
    return [date, kind, rest - 2 * sides - 4, sides, sides]


def _row(log: Log, event: Event, page: Page, columns: int) -> Iterator[RenderableType]:
    wide, narrow = columns == 5, columns == 2
    people = Text(", ".join(safe(log.actors[id].name) for id in event.actors))
    kind = Text(safe(event.kind), hue(event.kind))
    yield Text(_date(event, _mark(log, event, page)))
    if not narrow:
        yield kind
    title = _title(log, event, page)
    if narrow:
        title.append("\n").append_text(kind)
    if not wide and people:
        title.append("\n").append(people.plain, "dim")
    yield title.append("\n").append(event.id, "dim italic")
    if wide:
        yield people
        yield _sources(log, event, page)


def _title(log: Log, event: Event, page: Page) -> Text:
    first = log.sources[event.sources[0]].url if event.sources else None
    title = Text(safe(event.title), overflow="fold")
    if page.links and first:
        title.stylize(Style(link=safe_url(first)))
    if event.status != "confirmed":
        title.append(f" ({event.status})", "yellow")
    return title


def _sources(log: Log, event: Event, page: Page) -> Text:
    names = Text("")
    for id in event.sources:
        source = log.sources[id]
        link = Style(link=safe_url(source.url)) if page.links and source.url else Style()
        names.append(", " if names else "").append(safe(source.publisher), link)
    return names


def _mark(log: Log, event: Event, page: Page) -> str:
    if event.id in log.possible:
        return "≈ " if page.unicode else "~ "
    return "  " if log.possible else ""


def _date(event: Event, mark: str) -> str:
    """Break a long interval after its slash, a set after its commas, so that days stay aligned."""
    text = event.date.text
    if len(text) > 11:  # a day with its mark of doubt
        text = text.replace("/", "/\n").replace(",", ",\n")
    return "\n".join(f"{mark if not place else ' ' * len(mark)}{line}"
                     for place, line in enumerate(text.strip().split("\n")))  # fmt: skip


def _bar(count: Cell, most: int, width: int, page: Page) -> Text:
    share = (count if isinstance(count, int) else 0) / most
    return Text(("█" if page.unicode else "#") * round(share * width), "cyan")


def _plain(cell: Cell) -> str:
    return "" if cell is None else safe(str(cell))


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
