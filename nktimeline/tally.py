"""Counts over a log, as grids of rows: what each listing command and `stats` show."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from nktimeline.dates import Precision, When
from nktimeline.model import Log

_DIGITS = {Precision.CENTURY: 2, Precision.DECADE: 3}  # of a year that are known
Cell = str | int | None | tuple[str, ...]


class Grid(NamedTuple):
    """Rows under named columns; the texts are as the log has them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    bars: bool = False
    """Whether the last column, a count, is to be drawn as bars where that can be done."""


def written(cell: Cell) -> str:
    """Give a cell as one text, for the formats that know no lists."""
    if isinstance(cell, tuple):
        return "; ".join(cell)
    return "" if cell is None else str(cell)


def actors(log: Log, whole: Log) -> Grid:
    """Count the events of each actor, its members' included; busiest first."""
    counts = _actor_counts(log)
    rows = [
        (id, whole.actors[id].name, whole.actors[id].of, whole.actors[id].aliases, count)
        for id, count in counts.most_common()
    ]
    return Grid(("id", "name", "of", "aliases", "events"), tuple(rows))


def sources(log: Log, whole: Log) -> Grid:
    """Count the events that cite each source, in the order of the log."""
    counts = Counter(id for event in log.events for id in event.sources)
    rows = [
        (s.id, s.publisher, s.title, s.published and s.published.text, s.url, counts[s.id])
        for s in (whole.sources[id] for id in whole.sources if id in counts)
    ]
    return Grid(("id", "publisher", "title", "published", "url", "events"), tuple(rows))


def kinds(log: Log, whole: Log) -> Grid:
    """Count the events of each kind, in the order of the log's vocabulary."""
    counts = Counter(event.kind for event in log.events)
    rows = [(id, text, counts[id]) for id, text in whole.kinds.items() if counts[id]]
    return Grid(("id", "means", "events"), tuple(rows))


def tags(log: Log, _whole: Log) -> Grid:
    """Count the events that bear each tag; commonest first."""
    counts = Counter(tag for event in log.events for tag in event.tags)
    return Grid(("id", "events"), tuple(counts.most_common()))


def per_year(log: Log, _whole: Log) -> Grid:
    """Count events by year, empty years included; a lasting event counts where it begins."""
    return _per_period(log, "year", Precision.YEAR, _year, 12)


def per_quarter(log: Log, _whole: Log) -> Grid:
    """Count events by quarter; one known no better than to a season stands under the year."""
    return _per_period(log, "quarter", Precision.QUARTER, _quarter, 3)


def per_month(log: Log, _whole: Log) -> Grid:
    """Count events by month; one known no better than to the year stands under the year."""
    return _per_period(log, "month", Precision.MONTH, _month, 1)


def per_actor(log: Log, whole: Log) -> Grid:
    """Count events by state or organisation, people under theirs; busiest first."""
    counts = _actor_counts(log)
    rows = [(whole.actors[id].name, n) for id, n in counts.most_common() if not whole.actors[id].of]
    return Grid(("actor", "events"), tuple(rows), bars=True)


def per_kind(log: Log, _whole: Log) -> Grid:
    """Count events by kind; commonest first."""
    counts = Counter(event.kind for event in log.events)
    return Grid(("kind", "events"), tuple(counts.most_common()), bars=True)


def per_place(log: Log, _whole: Log) -> Grid:
    """Count events by place, those without one left out; commonest first."""
    counts = Counter(event.place for event in log.events if event.place)
    return Grid(("place", "events"), tuple(counts.most_common()), bars=True)


Tally = Callable[[Log, Log], Grid]
"""Counts over a selection; what it names is looked up in the whole log."""

LISTINGS: dict[str, Tally] = {
    "actors": actors,
    "sources": sources,
    "kinds": kinds,
    "tags": tags,
}
STATISTICS: dict[str, Tally] = {
    "year": per_year,
    "quarter": per_quarter,
    "month": per_month,
    "actor": per_actor,
    "kind": per_kind,
    "place": per_place,
}


def year(when: When) -> str:
    """Give the year that a date begins in, no more exactly than it is known: 2019, 201X, before."""
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


def _year(day: date) -> str:
    return f"{day.year:04}"


def _quarter(day: date) -> str:
    return f"{day.year:04}Q{(day.month + 2) // 3}"


def _month(day: date) -> str:
    return f"{day.year:04}-{day.month:02}"


def _per_period(
    log: Log, column: str, precision: Precision, name: Callable[[date], str], months: int
) -> Grid:
    dated = [event for event in log.events if not event.date.open_first]
    fine = [event.date.first for event in dated if event.date.precision >= precision]
    counts = Counter(name(day) for day in fine)
    rows = {label: counts[label] for label in _calendar(fine, name, months)}
    for event in dated:
        if event.date.precision < precision:
            label = year(event.date)
            rows[label] = rows.get(label, 0) + 1
    if len(dated) < len(log.events):
        rows["unknown"] = len(log.events) - len(dated)
    in_order = sorted(rows.items(), key=lambda row: row[0].replace("X", "0"))
    return Grid((column, "events"), tuple(in_order), bars=True)


def _calendar(days: Sequence[date], name: Callable[[date], str], months: int) -> Iterator[str]:
    """Yield the name of every period of so many months, from the earliest day's to the latest's."""
    if not days:
        return
    first, last = (day.year * 12 + day.month - 1 for day in (min(days), max(days)))
    for month in range(first, last + 1, months):
        yield name(date(month // 12, month % 12 + 1, 1))
    yield name(max(days))  # where the last step fell short of its period
