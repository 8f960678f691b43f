"""Comma-separated values (RFC 4180) with a header; lists are joined with `; `.

A free text that begins as a formula would is preceded by `'`; ids, dates and addresses are not.
"""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import TYPE_CHECKING

from nktimeline.model import Log
from nktimeline.plain import columns
from nktimeline.render import Page
from nktimeline.render.columns import flat
from nktimeline.text import csv_field

if TYPE_CHECKING:
    from nktimeline.tally import Grid

_END = "\r\n"


def render(log: Log, page: Page) -> Iterator[str]:
    """Yield the header, then a record an event; a record holds newlines where a text does."""
    asked = page.columns or columns()
    yield from _written([asked])
    yield from _written(flat(log, event, asked) for event in log.events)


def grid(grid: "Grid", _page: Page) -> Iterator[str]:
    """Yield the columns' names, then a record a row."""
    from nktimeline.tally import written

    yield from _written([grid.columns])
    yield from _written(
        [written(cell) if isinstance(cell, int) else csv_field(written(cell)) for cell in row]
        for row in grid.lines
    )


def _written(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield records without the line end that is written after each."""
    line = StringIO(newline="")
    writer = csv.writer(line, lineterminator=_END)
    for row in rows:
        line.seek(0)
        line.truncate()
        writer.writerow(row)
        yield line.getvalue().removesuffix(_END)
