"""A table of numbers on a terminal, in panels below each other where it is too wide for the page.

Nothing is cut: a panel has whole groups of columns, such as years, as far as these fit.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nktimeline.render import Page, sheet
from nktimeline.render.figures import NONE, figures, panels
from nktimeline.render.sheet import BLANKS, Column
from nktimeline.render.style import paint
from nktimeline.tally import Grid, Head
from nktimeline.text import safe
from nktimeline.widths import cells

_LEAST = 8  # cells of the names of rows, be the page ever so narrow


class _Names(NamedTuple):
    """The names of the rows, which stand first in each panel."""

    title: str
    texts: Sequence[str]
    width: int


class _Numbers(NamedTuple):
    """A column of numbers, as people read them."""

    head: Head
    texts: Sequence[str]
    width: int

    @property
    def group(self) -> str:
        """The name that stands above those of all columns of its group."""
        return "" if self.head.group == self.head.name else safe(self.head.group)


def drawn(grid: Grid, page: Page) -> Iterator[str]:
    """Yield the panels."""
    rows = [[*map(safe, figures(grid, row, NONE if page.unicode else "."))] for row in grid.lines]
    first, *others = zip(*rows, strict=True)
    title = grid.columns[0].capitalize()
    room = max(page.width // 4, _LEAST)
    names = _Names(title, first, min(sheet.widest([title, *first]), room))
    room = page.width - names.width
    numbers = [_numbers(*one, room) for one in zip(grid.heads[1:], others, strict=True)]
    groups = [column.head.group for column in numbers]
    for place, panel in enumerate(panels(groups, [c.width + BLANKS for c in numbers], room)):
        if place:
            yield ""
        yield from _panel(names, [numbers[n] for n in panel], page, totals=bool(grid.totals))


def _numbers(head: Head, texts: Sequence[str], room: int) -> _Numbers:
    """Return a column; its name may be broken between words unless it is part of a group."""
    name, group = safe(head.name), safe(head.group)
    if group == name:
        wide = sheet.widest([*name.split(" "), *texts])
    else:
        wide = max(sheet.widest([name, *texts]), cells(group) - BLANKS + 1)  # after one blank
    return _Numbers(head, texts, min(wide, room - BLANKS))


def _panel(
    names: _Names, numbers: Sequence[_Numbers], page: Page, *, totals: bool
) -> Iterator[str]:
    """Yield the names of the columns, below those of their groups, and a row for each name."""
    columns = [Column("", names.width), *(Column("", c.width, right=True) for c in numbers)]
    if any(column.group for column in numbers):
        yield paint(_groups(names, numbers), "dim", page)
    heads = [names.title, *(column.head.name for column in numbers)]
    rows = [
        [sheet.text(text) for text in row]
        for row in zip(names.texts, *(column.texts for column in numbers), strict=True)
    ]
    if totals:
        rows[-1] = [sheet.text(text.plain, "bold") for text in rows[-1]]
    yield from sheet.rows(columns, [[sheet.text(head, "dim") for head in heads], *rows], page)


def _groups(names: _Names, numbers: Sequence[_Numbers]) -> str:
    """Return the line with each group's name above the first of its columns."""
    line, before = " " * names.width, ""
    for column in numbers:
        name = column.group if column.head.group != before else ""
        line += " " * (BLANKS + column.width - cells(name)) + name
        before = column.head.group
    return line.rstrip()
