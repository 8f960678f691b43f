"""Rows of cells, set by rich in columns whose widths are fixed beforehand.

Rich sets a few rows at a time: the first screen is there at once, however long the table is. What
a log says reaches rich as `Text`, made safe first, never as markup.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice
from typing import NamedTuple

from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from nktimeline.render import Page
from nktimeline.text import safe, safe_url
from nktimeline.widths import cells

BLANKS = 2
"""Cells between two columns."""
_BATCH = 12  # rows that are set together: more would delay the first screen, fewer the last one
_LINK_ID = re.compile("(?<=\x1b]8;)id=[^;]*")
"""What rich names a hyperlink at random, so that no two runs would print the same."""


class Column(NamedTuple):
    """A column of a sheet."""

    name: str
    width: int
    right: bool = False
    """Whether what stands in it is a number."""


def text(said: str, style: str = "", url: str | None = None, page: Page | None = None) -> Text:
    """Return what a log says in a style, linked to an address where the page has links.

    The style is that of the text alone: blanks that fill a cell are neither coloured nor linked.
    """
    linked = Style(link=safe_url(url)) if url and page and page.links else Style()
    return Text.assemble((safe(said).strip(" "), Style.parse(style) + linked))


def widths(natural: Sequence[int], page: Page) -> Sequence[int]:
    """Return the widths of columns in cells, narrowed where the page lacks room.

    The widest columns share what the others leave them.
    """
    room, shared = page.width - BLANKS * (len(natural) - 1), [*natural]
    by_width = sorted(range(len(natural)), key=lambda place: natural[place])
    for left, place in zip(range(len(natural), 0, -1), by_width, strict=True):
        shared[place] = min(natural[place], room // left)
        room -= shared[place]
    return shared


def named(names: Sequence[str], room: int) -> str:
    """Return as many names as there is room for, and how many more there are; at least one."""
    for shown in range(len(names), 1, -1):
        more = f" +{len(names) - shown}" if shown < len(names) else ""
        text = ", ".join(names[:shown]) + more
        if cells(text) <= room:
            return text
    return names[0] + (f" +{len(names) - 1}" if len(names) > 1 else "") if names else ""


def head(columns: Sequence[Column], page: Page) -> Iterator[str]:
    """Yield the names of the columns, above them."""
    return rows(columns, [[text(column.name.capitalize(), "dim") for column in columns]], page)


def rows(columns: Sequence[Column], rows: Iterable[Sequence[Text]], page: Page) -> Iterator[str]:
    """Yield the lines of rows."""
    console, waiting = _console(page), iter(rows)
    while batch := [*islice(waiting, _BATCH)]:
        grid = Table.grid(padding=(0, BLANKS, 0, 0))
        for column in columns:
            grid.add_column(
                width=column.width, justify="right" if column.right else "left", overflow="fold"
            )
        for row in batch:
            grid.add_row(*row)
        with console.capture() as capture:
            console.print(grid)
        lines = _LINK_ID.sub("", capture.get()).split("\n")[:-1]
        yield from (line.rstrip(" ") for line in lines)


def widest(texts: Iterable[str]) -> int:
    """Return how many cells the widest of some safe texts takes."""
    return max(map(cells, texts), default=0)


def _console(page: Page) -> Console:
    """Return a console that draws in memory, with nothing of the surroundings in it."""
    return Console(
        file=StringIO(),
        width=page.width + BLANKS,  # rich pads the last column too, which is stripped
        height=100,
        color_system="256" if page.color else None,
        force_terminal=page.color,
        no_color=False,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=False,
        legacy_windows=False,
        _environ={},
    )
