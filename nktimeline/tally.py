"""Counts over a log, as grids of rows: what each listing command and `stats` show."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from nktimeline.dates import Precision, When
from nktimeline.folding import begins_in, spoken
from nktimeline.model import Log

_DIGITS = {Precision.CENTURY: 2, Precision.DECADE: 3}  # of a year that are known
_NAMES = ("id", "name", "aliases", "publisher", "title", "means")
"""The columns that name what a row counts."""
Cell = str | int | None | tuple[str, ...]


class Head(NamedTuple):
    """The name of a column of numbers, and that of the group above it."""

    group: str
    """Columns of one group stay together where the table is too wide."""
    name: str
    """The name beneath the group's; the same as the group's if it is the only column."""


class Grid(NamedTuple):
    """Rows under named columns; the texts are as the log has them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    bars: bool = False
    """Whether the last column, a count, is to be drawn as bars where that can be done."""
    heads: tuple[Head, ...] = ()
    """One for each column of a table of numbers, whose first column is a text; else none."""
    totals: tuple[Cell, ...] = ()
    """The row that stands last, whatever the order of the others."""
    differences: bool = False
    """Whether the columns of that name are differences, which people read with their sign."""
    axes: tuple[str, ...] = ()
    """What is counted by, where the columns do not name it all."""

    @property
    def lines(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows, and the totals if there are any."""
        return (*self.rows, self.totals) if self.totals else self.rows


def written(cell: Cell) -> str:
    """Return a cell as one text, for the formats that know no lists."""
    if isinstance(cell, tuple):
        return "; ".join(cell)
    if isinstance(cell, bool):
        return str(cell).lower()  # as JSON has it
    return "" if cell is None else str(cell)


def pick(grid: Grid, words: Sequence[str]) -> Grid:
    """Return the rows whose names have all the words, each from the beginning of a word on."""
    named = [place for place, column in enumerate(grid.columns) if column in _NAMES]
    sought = tuple(map(spoken, words))

    def has_all(row: tuple[Cell, ...]) -> bool:
        names = [spoken(written(row[place])) for place in named]
        return all(any(begins_in(word, name) for name in names) for word in sought)

    return grid._replace(rows=tuple(filter(has_all, grid.rows)))


def actors(log: Log, whole: Log) -> Grid:
    """Count the events of each actor, its members' included; busiest first."""
    counts = _actor_counts(log)
    rows = [
        (id, whole.actors[id].name, whole.actors[id].of, whole.actors[id].aliases, count)
        for id, count in counts.most_common()
    ]
    return Grid(("id", "name", "of", "aliases", "events"), tuple(rows))


def sources(log: Log, whole: Log) -> Grid:
    """Count the events that cite each source, most cited first, then in the order of the log."""
    counts = Counter(id for event in log.events for id in event.sources)
    cited = sorted((id for id in whole.sources if id in counts), key=lambda id: -counts[id])
    rows = [
        (s.id, s.publisher, s.title, s.published and s.published.text, s.url, counts[s.id])
        for s in map(whole.sources.__getitem__, cited)
    ]
    return Grid(("id", "publisher", "title", "published", "url", "events"), tuple(rows))


def kinds(log: Log, whole: Log) -> Grid:
    """Count the events of each kind, commonest first, then in the order of the vocabulary."""
    counts = Counter(event.kind for event in log.events)
    found = sorted((id for id in whole.kinds if counts[id]), key=lambda id: -counts[id])
    rows = [(id, whole.kinds[id], counts[id]) for id in found]
    return Grid(("id", "means", "events"), tuple(rows))


def tags(log: Log, _whole: Log) -> Grid:
    """Count the events that bear each tag; commonest first."""
    counts = Counter(tag for event in log.events for tag in event.tags)
    return Grid(("id", "events"), tuple(counts.most_common()))


Tally = Callable[[Log, Log], Grid]
"""Counts over a selection; what it names is looked up in the whole log."""

LISTINGS: dict[str, Tally] = {
    "actors": actors,
    "sources": sources,
    "kinds": kinds,
    "tags": tags,
}


def year(when: When) -> str:
    """Return the year that a date begins in, as exactly as it is known: 2019, 201X, before."""
    if when.open_first:
        return "before"
    digits = _DIGITS.get(when.precision, 4)
    return f"{when.first.year:04}"[:digits] + "X" * (4 - digits)


def _actor_counts(log: Log) -> Counter[str]:
    counts: Counter[str] = Counter()
    for event in log.events:
        # each once, and in an order that is the same in every run
        counts.update(dict.fromkeys(id for name in event.actors for id in log.lineage(name)).keys())
    return counts
