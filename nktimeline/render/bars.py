"""Counts as a picture (SVG): bars for one column of numbers, a shaded table for several.

Each number is written: nothing is told by length or colour alone.
"""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import NamedTuple

from nktimeline.render import Page
from nktimeline.render.drawing import (
    FAINT,
    GREY,
    Look,
    Part,
    element,
    footer,
    length,
    lines,
    picture,
    stack,
    text,
)
from nktimeline.render.figures import figures, is_difference, panels
from nktimeline.tally import Cell, Grid, written

_WIDTH, _EDGE = 960, 36
_WIDEST = 1280  # pixels that a table may take: the months of a year have room in it
_HEAD, _SIZE, _SMALL = 22, 14, 12  # sizes of fonts
_ROW, _LINE = 30, 18  # heights: of a row, of each further line of its name
_GAP = 12
_BAR = "#2f6f9f"
_SHADES = ("#e7f0f7", "#cadff0", "#a6cae3", "#80b3d6")
"""From the least to the most: all of them can be written on in black."""
_TOTAL = "total"


_Drawing = tuple[float, Sequence[Part]]
"""How wide a picture is, and its parts from above to below."""


class _Row(NamedTuple):
    """The name of a row, broken into lines, and its numbers."""

    name: Sequence[str]
    numbers: Sequence[Cell]
    texts: Sequence[str]
    """The numbers as people read them."""
    sums: bool = False
    """Whether it holds the totals of the others."""

    @property
    def height(self) -> float:
        """How many pixels the row takes."""
        return _ROW + _LINE * (len(self.name) - 1)


class _Table(NamedTuple):
    """The numbers of a grid."""

    rows: Sequence[_Row]
    heads: Sequence[str]
    groups: Sequence[str]
    """The group of each column; a group stays together where the table is too wide."""
    plain: Sequence[bool]
    """Which columns have no shades: totals and differences."""
    begin: float
    """How many pixels the names of the rows take."""
    most: int
    """The largest number that is no total, or 1: shades and bars are measured by it."""


def drawn(grid: Grid, page: Page) -> Iterator[str]:
    """Yield a picture of counts, under the name of what is counted."""
    table = _table(grid)
    title = heading(grid)
    width, parts = _bars(table) if len(table.heads) == 1 else _panels(table)
    head = text(title, _EDGE, _EDGE + 18, _HEAD, font_weight="bold")
    asked = lines(page.title, width - 2 * _EDGE, _SIZE) if page.title else []
    under = [text(line, _EDGE, _EDGE + 40 + 20 * n, _SIZE, fill=GREY)
             for n, line in enumerate(asked)]  # fmt: skip
    remarks, about = "; ".join(page.remarks), page.footer or ()
    last = footer([*filter(None, (remarks, *about))], _EDGE, width)
    y, elements = stack([*parts, *last], _EDGE + 40 + 20 * len(asked))
    described = "; ".join(filter(None, (page.title, remarks, *about[:1])))
    return picture(width, y + _EDGE - 8, title, described or title, [head, *under, *elements])


def heading(grid: Grid) -> str:
    """Return what is counted, as a heading says it."""
    named = " and ".join(grid.axes or grid.columns[:1])
    return f"Events by {named}" if named and "id" not in grid.columns else "Events"


def _table(grid: Grid) -> _Table:
    """Return the numbers of a grid, each row under the name that people know it by."""
    places = _numbers(grid)
    named = grid.columns.index(_named(grid))
    names = [written(row[named]) for row in grid.lines]
    begin = min(max((length(name, _SIZE) for name in names), default=0), _WIDTH * 0.4)
    rows = [
        _Row(
            lines(name, begin + 1, _SIZE),
            [row[place] for place in places],
            [_texts(grid, row)[place] for place in places],
            sums=bool(grid.totals) and row is grid.totals,
        )
        for name, row in zip(names, grid.lines, strict=True)
    ]
    heads = [grid.columns[place] for place in places]
    groups = [grid.heads[place].group if grid.heads else "" for place in places]
    plain = [head == _TOTAL or is_difference(grid, head) for head in heads]
    return _Table(rows, heads, groups, plain, _EDGE + begin, _most(rows, plain))


def _texts(grid: Grid, row: Sequence[Cell]) -> Sequence[str]:
    return figures(grid, row) if grid.heads else [*map(written, row)]


def _most(rows: Sequence[_Row], plain: Sequence[bool]) -> int:
    numbers = [
        _count(number)
        for row in rows
        for number, without in zip(row.numbers, plain, strict=True)
        if not (row.sums or without)
    ]
    return max([*numbers, 1])


def _named(grid: Grid) -> str:
    """Return the column that names the rows for people."""
    return "name" if "name" in grid.columns else grid.columns[0]


def _numbers(grid: Grid) -> Sequence[int]:
    """Return the places of the columns of numbers, which stand behind the texts."""
    if grid.heads:
        return range(1, len(grid.columns))
    if "id" in grid.columns:  # a listing
        return [len(grid.columns) - 1]
    cells = [(place, cell) for row in grid.rows for place, cell in enumerate(row)]
    texts = {place for place, cell in cells if isinstance(cell, (str, tuple))}
    return range(max(texts, default=0) + 1, len(grid.columns))


def _bars(table: _Table) -> _Drawing:
    """Return a bar a row, its number behind it."""
    return _WIDTH, [_bar(row, table) for row in table.rows]


def _bar(row: _Row, table: _Table) -> Part:
    begin, most = table.begin + _GAP, table.most
    room = _WIDTH - _EDGE - begin - _GAP - length(f"{most}", _SIZE)
    width = _count(row.numbers[0]) / most * room
    bar = element("rect", x=begin, y=5, width=width, height=_ROW - 10, fill=_BAR)
    number = text(row.texts[0], begin + width + 8, 20, _SIZE, font_weight="bold")
    return row.height, [*_name(row, table), *([bar] if width else []), number]


def _panels(table: _Table) -> _Drawing:
    """Return tables of as many columns as there is room for, those of one group together."""
    texts = (words for row in table.rows for words in row.texts)
    width = max(length(words, _SMALL) for words in ("000", *table.heads, *texts)) + _GAP
    room = _WIDEST - _EDGE - table.begin - _GAP
    found = [*panels(table.groups, [width] * len(table.heads), max(room, width))]
    parts = [part for places in found for part in (*_panel(table, places, width), (_GAP, ()))]
    widest = table.begin + _GAP + width * max(map(len, found)) + _EDGE
    return max(widest, _WIDTH / 2), parts


def _panel(table: _Table, places: Sequence[int], width: float) -> Iterator[Part]:
    begin = table.begin + _GAP
    ends = [begin + width * (n + 1) for n in range(len(places))]
    heads = [
        text(table.heads[place], end - 8, 20, _SMALL, text_anchor="end", fill=GREY)
        for place, end in zip(places, ends, strict=True)
    ]
    yield _ROW, [*heads, _rule(_EDGE, ends[-1])]
    for row in table.rows:
        drawn = [
            part
            for place, end in zip(places, ends, strict=True)
            for part in _cell(row, table, place, end, width)
        ]
        yield row.height, [*_name(row, table), *drawn]


def _cell(row: _Row, table: _Table, place: int, end: float, width: float) -> Iterator[str]:
    """Yield a number, which ends at `end`, on its shade; totals have none, and are bold."""
    number, words = row.numbers[place], row.texts[place]
    plain = row.sums or table.plain[place]
    if not plain and (level := ceil(_count(number) / table.most * len(_SHADES))) > 0:
        look: dict[str, Look] = {"width": width - 2, "height": row.height - 2}
        yield element("rect", x=end - width + 1, y=1, fill=_SHADES[level - 1], **look)
    if words:
        weight = "bold" if row.sums or table.heads[place] == _TOTAL else "normal"
        yield text(words, end - 8, 20, _SIZE, text_anchor="end", font_weight=weight)


def _name(row: _Row, table: _Table) -> Iterator[str]:
    """Yield the lines of a row's name, at the right of what the names take."""
    for place, line in enumerate(row.name):
        yield text(line, table.begin, 20 + _LINE * place, _SIZE, text_anchor="end")


def _count(number: Cell) -> int:
    return max(number, 0) if isinstance(number, int) else 0


def _rule(begin: float, end: float) -> str:
    return element("line", x1=begin, y1=_ROW - 2, x2=end, y2=_ROW - 2, stroke=FAINT)
