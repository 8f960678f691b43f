"""A table of counts, drawn by rich; actors are drawn as the tree that they are."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from nktimeline.render import Page, sheet
from nktimeline.render.sheet import Column
from nktimeline.render.style import HUES, id_lines
from nktimeline.tally import Cell, Grid, written
from nktimeline.text import safe
from nktimeline.widths import wrap

ROOMY = 100
"""The width in cells from which there is room for less important columns too."""

_SECONDARY = ("publisher", "published")
_TREE = ("name", "events", "id", "aliases")
_STEP = 2  # cells that an actor is set in beneath the one that it belongs to
_ALIASES = 20  # cells without which other names are left out
_LEAST = 8  # cells of the longest bar, be the page ever so narrow

Row = Sequence[Cell]


def drawn(grid: Grid, page: Page) -> Iterator[str]:
    """Yield a table with a head; addresses are left to the other formats, counts become bars."""
    if not grid.rows:
        return iter(())
    if grid.heads:
        from nktimeline.render import numbers

        return numbers.drawn(grid, page)
    if {"id", "of", "name"} <= {*grid.columns}:
        return _tree(grid, page)
    return _bars(grid, page) if grid.bars else _listing(grid, page)


def _listing(grid: Grid, page: Page) -> Iterator[str]:
    """Yield a row for each row of the grid."""
    left_out = ("url",) if page.width >= ROOMY else ("url", *_SECONDARY)
    places = [place for place, name in enumerate(grid.columns) if name not in left_out]
    columns = _fitted(grid, places, page)
    yield from sheet.head(columns, page)
    rows = (_row(row, places, columns) for row in grid.rows)
    yield from sheet.rows(columns, rows, page)


def _bars(grid: Grid, page: Page) -> Iterator[str]:
    """Yield a row and a bar for each row of the grid, the longest bar as long as there is room."""
    places = range(len(grid.columns))
    room = page._replace(width=page.width - _LEAST - sheet.BLANKS)
    columns = _fitted(grid, places, room)
    used = sum(column.width + sheet.BLANKS for column in columns)
    bar, sign = Column("", page.width - used), "█" if page.unicode else "#"
    counts = [row[-1] if isinstance(row[-1], int) else 0 for row in grid.rows]
    most = max(counts) or 1
    rows = (
        [*_row(row, places, columns), Text(sign * round(count / most * bar.width), HUES[0])]
        for row, count in zip(grid.rows, counts, strict=True)
    )
    yield from sheet.head(columns, page)
    yield from sheet.rows([*columns, bar], rows, page)


def _fitted(grid: Grid, places: Sequence[int], page: Page) -> Sequence[Column]:
    """Return the columns at some places, narrowed where the page lacks room."""
    names = [grid.columns[place] for place in places]
    natural = [
        max(len(name), sheet.widest(_plain(row[place]) for row in grid.rows))
        for name, place in zip(names, places, strict=True)
    ]
    widths = sheet.widths(natural, page)
    return [
        Column(name, width, name == "events") for name, width in zip(names, widths, strict=True)
    ]


def _row(row: Row, places: Sequence[int], columns: Sequence[Column]) -> Sequence[Text]:
    return [
        _cell(_plain(row[place]), column) for place, column in zip(places, columns, strict=True)
    ]


def _cell(said: str, column: Column) -> Text:
    return Text("\n".join(id_lines(said, column.width)) if column.name == "id" else said)


def _plain(cell: Cell) -> str:
    return safe(written(cell)).strip(" ")


def _tree(grid: Grid, page: Page) -> Iterator[str]:
    """Yield each actor set in beneath the one that it belongs to, with other names that fit."""
    name, events, id, aliases = map(grid.columns.index, _TREE)
    inset = [(" " * _STEP * depth, row) for depth, row in _descended(grid)]
    natural = [
        sheet.widest(["name", *(blanks + _plain(row[name]) for blanks, row in inset)]),
        sheet.widest(["events", *(_plain(row[events]) for row in grid.rows)]),
        sheet.widest(["id", *(_plain(row[id]) for row in grid.rows)]),
    ]
    columns = [*map(Column, _TREE, sheet.widths(natural, page), (False, True, False))]
    rest = page.width - sum(column.width + sheet.BLANKS for column in columns)
    others = [Column("aliases", rest)] if rest >= _ALIASES else []
    rows = (
        [
            _inset(blanks, _plain(row[name]), columns[0].width),
            *_row(row, [events, id], columns[1:]),
            *(_others(row[aliases], column.width) for column in others),
        ]
        for blanks, row in inset
    )
    yield from sheet.head([*columns, *others], page)
    yield from sheet.rows([*columns, *others], rows, page)


def _inset(blanks: str, name: str, width: int) -> Text:
    """Return a name set in, in bold at the top of the tree."""
    lines = wrap(name, max(width - len(blanks), 2))
    return Text.assemble(("\n".join(blanks + line for line in lines), "" if blanks else "bold"))


def _others(names: Cell, room: int) -> Text:
    """Return other names of an actor, as many as fit."""
    texts = [safe(name).strip(" ") for name in names] if isinstance(names, tuple) else []
    return Text.assemble((sheet.named(texts, room), "dim"))


def _descended(grid: Grid) -> Iterator[tuple[int, Row]]:
    """Yield each row after the one that it belongs to, and how many steps it is from the top.

    Rows that belong to the same one keep their order. A row stands at the top if what it belongs
    to is not among the rows.
    """
    id, of = grid.columns.index("id"), grid.columns.index("of")
    known = {row[id] for row in grid.rows}
    row: Row
    below: dict[Cell, list[Row]] = {}
    for row in grid.rows:
        below.setdefault(row[of] if row[of] in known else None, []).append(row)
    waiting = [(0, row) for row in reversed(below.get(None, []))]
    while waiting:
        depth, row = waiting.pop()
        yield depth, row
        waiting += [(depth + 1, one) for one in reversed(below.get(row[id], []))]
