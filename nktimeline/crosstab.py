"""Counts of events by one axis or two, and of the same question in several windows.

Totals count events, not cells: an event can stand in several columns. The counts are of a log's
events, a selection from what happened. Pure functions; they know no format.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from nktimeline.axes import APART, Axis
from nktimeline.days import Days
from nktimeline.model import Event
from nktimeline.tally import Cell, Grid, Head
from nktimeline.windows import named

TOTAL, DIFFERENCE = "total", "difference"


class Crosstab(NamedTuple):
    """How many events stand at each place of two axes; those without a place are not counted."""

    rows: Axis
    columns: Axis
    cells: Counter[tuple[str, str]]
    row_totals: Counter[str]
    column_totals: Counter[str]
    total: int


def count(events: Iterable[Event], axis: Axis) -> Grid:
    """Count events by one axis."""
    counts = _counts(events, axis)
    rows = [(axis.label(key), counts[key]) for key in _keys(axis, counts)]
    return Grid((axis.name, "events"), tuple(rows), bars=True)


def cross(events: Iterable[Event], rows: Axis, columns: Axis) -> Crosstab:
    """Count events by two axes."""
    cells: Counter[tuple[str, str]] = Counter()
    row_totals: Counter[str] = Counter()
    column_totals: Counter[str] = Counter()
    total = 0
    for event in events:
        down, across = _places(event, rows), _places(event, columns)
        if down and across:
            total += 1
            row_totals.update(down)
            column_totals.update(across)
            cells.update((row, column) for row in down for column in across)
    return Crosstab(rows, columns, cells, row_totals, column_totals, total)


def wide(table: Crosstab) -> Grid:
    """Return a table as a grid: a row or a column for each key, and their totals."""
    keys = _keys(table.columns, table.column_totals)
    rows: list[tuple[Cell, ...]] = [
        (table.rows.label(row), *(table.cells[row, key] for key in keys), table.row_totals[row])
        for row in _keys(table.rows, table.row_totals)
    ]
    return Grid(
        (table.rows.name, *map(table.columns.label, keys), TOTAL),
        tuple(rows),
        heads=(Head("", ""), *(_head(table.columns, key) for key in keys), Head(TOTAL, TOTAL)),
        totals=(TOTAL, *(table.column_totals[key] for key in keys), table.total),
        axes=(table.rows.name, table.columns.name),
    )


def long(table: Crosstab) -> Grid:
    """Return a table as a grid with a row for each cell."""
    rows = [
        (table.rows.label(row), table.columns.label(column), table.cells[row, column])
        for row in _keys(table.rows, table.row_totals)
        for column in _keys(table.columns, table.column_totals)
    ]
    first, second = table.rows.name, table.columns.name
    return Grid((first, second if second != first else f"{second} 2", "events"), tuple(rows))


class Answer(NamedTuple):
    """The events that were found in a window."""

    days: Days
    """Those of the window that the log covers, or all of them if it covers none."""
    events: tuple[Event, ...] | None
    """None where the log covers none of the days."""

    @property
    def length(self) -> int:
        """How many days there are."""
        return sum((last - first).days + 1 for first, last in self.days.windows)


def beside(answers: Sequence[Answer], axis: Axis | None) -> Grid:
    """Set counts in several windows side by side; a difference is the first minus another.

    Without an axis there is one row.
    """
    first, *others = [(named(answer.days), _spoken(answer.length)) for answer in answers]
    heads = [Head("", ""), Head(*first)]
    columns = [axis.name if axis else "", " ".join(first)]
    for window, days in others:
        heads += [Head(window, days), Head(window, DIFFERENCE)]
        columns += [f"{window} {days}", DIFFERENCE]
    rows = [(name, *_row(numbers)) for name, numbers in _compared(answers, axis)]
    totals = [None if a.events is None else _placed(a.events, axis) for a in answers]
    return Grid(
        tuple(columns),
        tuple(rows),
        heads=tuple(heads),
        totals=(TOTAL, *_row(totals)) if axis else (),
        differences=True,
    )


def listed(answers: Sequence[Answer], axis: Axis | None) -> Grid:
    """Return counts in several windows, a row for each of them."""
    name = (axis.name,) if axis else ()
    rows: list[tuple[Cell, ...]] = []
    for key, numbers in _compared(answers, axis):
        for answer, number in zip(answers, numbers, strict=True):
            window = f"{answer.days.first}", f"{answer.days.last}", answer.length
            less = None if answer is answers[0] else _difference(numbers[0], number)
            rows.append((*([key] if axis else []), *window, number, less))
    return Grid((*name, "from", "to", "days", "events", DIFFERENCE), tuple(rows))


def _compared(
    answers: Sequence[Answer], axis: Axis | None
) -> Iterator[tuple[str, Sequence[int | None]]]:
    """Yield a name, and how many events it has in each window; None where that is not covered."""
    if not axis:
        yield "events", [None if a.events is None else _placed(a.events, None) for a in answers]
        return
    counts = [None if a.events is None else _counts(a.events, axis) for a in answers]
    together = Counter[str]()
    for some in counts:
        together.update(some or {})
    for key in _keys(axis, together):
        yield axis.label(key), [None if some is None else some[key] for some in counts]


def _row(numbers: Sequence[int | None]) -> Iterator[int | None]:
    """Yield the first number, then each other one and the difference that it makes."""
    first, *others = numbers
    yield first
    for other in others:
        yield from (other, _difference(first, other))


def _difference(first: int | None, other: int | None) -> int | None:
    return None if first is None or other is None else first - other


def _counts(events: Iterable[Event], axis: Axis) -> Counter[str]:
    return Counter(key for event in events for key in _places(event, axis))


def _spoken(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def _placed(events: Iterable[Event], axis: Axis | None) -> int:
    """Count the events that have a place on an axis; all of them if there is none."""
    return sum(axis is None or bool(_places(event, axis)) for event in events)


def _places(event: Event, axis: Axis) -> Sequence[str]:
    """Return the places of an event on an axis, each once."""
    return tuple(dict.fromkeys(axis.places(event)))


def _keys(axis: Axis, counts: Counter[str]) -> Sequence[str]:
    """Return the keys that a table shows: all of an axis, or those that occur."""
    if axis.keys is None:
        return [key for key, _ in counts.most_common()]
    return [key for key in axis.keys if key not in APART or counts[key]]


def _head(axis: Axis, key: str) -> Head:
    if axis.short is None:
        return Head(axis.label(key), axis.label(key))
    return Head(axis.group(key), axis.short(key))
