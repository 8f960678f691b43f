"""What events can be counted by: for each axis, the keys under which an event stands.

An axis of time has a key for every unit of the days asked for and covered; most others have those
that occur. Pure functions over a log and days; they know no format.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from nktimeline.days import NO, Days, Window, add_days
from nktimeline.evidence import lag, origins
from nktimeline.model import STATUSES, Event, Log
from nktimeline.silences import coverage
from nktimeline.spellings import MONTHS

EARLIER, LATER, IMPRECISE = "earlier", "later", "imprecise"
"""Where events stand that began before or after the days of an axis of time, or in one of several
of its units."""
APART = (EARLIER, LATER, IMPRECISE)

LAGS = (
    "a day before", "same day", "next day", "2-7 days", "8-30 days", "over 30 days", "not dated",
)  # fmt: skip
"""The keys of the axis `lag`: how long it took until an event was known."""


class Axis(NamedTuple):
    """Something that events are counted by."""

    name: str
    places: Callable[[Event], Iterable[str]]
    """Returns the keys under which an event stands; none, one or several."""
    keys: tuple[str, ...] | None = None
    """All keys in order; None: those that occur, the busiest first."""
    label: Callable[[str], str] = str
    """Returns what readers see for a key."""
    group: Callable[[str], str] = str
    """Returns the group of a key; one group stays together where a table is too wide."""
    short: Callable[[str], str] | None = None
    """Returns what a key is called beneath the name of its group; None: as by itself."""
    unfinished: str | None = None
    """The key of the unit of time within which coverage ends."""


class Unit(NamedTuple):
    """A unit of time that an axis can have."""

    name: str
    months: int
    key: Callable[[date], str]
    short: Callable[[str], str] | None = None
    """Returns what a key is called within its year."""


UNITS = {
    "year": Unit("year", 12, lambda day: f"{day.year:04}"),
    "quarter": Unit(
        "quarter", 3, lambda day: f"{day.year:04}Q{(day.month + 2) // 3}", lambda key: key[4:]
    ),
    "month": Unit(
        "month", 1, lambda day: f"{day.year:04}-{day.month:02}",
        lambda key: MONTHS[int(key[5:]) - 1][:3],
    ),
}  # fmt: skip


def axis(name: str, log: Log, asked: Days) -> Axis:
    """Return an axis, one of `AXES`, over a log and the days that were asked for."""
    return AXES[name](log, asked)


def starred(axis: Axis) -> Axis:
    """Return an axis as people read it: with a `*` at the unit within which coverage ends."""

    def star(say: Callable[[str], str]) -> Callable[[str], str]:
        return lambda key: f"{say(key)}*" if key == axis.unfinished else say(key)

    return axis._replace(label=star(axis.label), short=axis.short and star(axis.short))


def beginning(event: Event) -> Window:
    """Return the days on one of which an event began; one day where that is known."""
    return Window(event.date.reach.first, event.date.begun)


def _time(name: str) -> Callable[[Log, Days], Axis]:
    unit = UNITS[name]

    def make(log: Log, asked: Days) -> Axis:
        covered = coverage(log)
        days = asked.meet(Days.of([covered]))
        keys = dict.fromkeys(key for window in days.windows for key in _units(window, unit))
        return Axis(
            name,
            lambda event: [_begins(event, unit, days)],
            (*keys, *APART),
            group=lambda key: key if key in APART else key[:4],
            short=unit.short and _within_year(unit.short),
            unfinished=_unfinished(covered.last, unit),
        )

    return make


def _within_year(short: Callable[[str], str]) -> Callable[[str], str]:
    return lambda key: key if key in APART else short(key)


def _units(window: Window, unit: Unit) -> Iterator[str]:
    """Yield the key of every unit that has a day of the window."""
    first = window.first.year * 12 + window.first.month - 1
    last = window.last.year * 12 + window.last.month - 1
    for month in range(first - first % unit.months, last + 1, unit.months):
        yield unit.key(date(month // 12, month % 12 + 1, 1))


def _begins(event: Event, unit: Unit, days: Days) -> str:
    """Return the key of the unit in which an event begins, or why there is none among the days."""
    begun = beginning(event)
    if days.hold(begun) is NO:
        return LATER if begun.first > days.last else EARLIER
    key = unit.key(begun.first)
    return key if key == unit.key(begun.last) else IMPRECISE


def _unfinished(last: date, unit: Unit) -> str | None:
    """Return the key of the unit in which coverage ends, unless it ends with the unit."""
    return None if unit.key(add_days(last, 1)) != unit.key(last) else unit.key(last)


def _actor(log: Log, _asked: Days) -> Axis:
    return Axis("actor", lambda event: _roots(log, event.actors), label=_actor_name(log))


def _guest(log: Log, _asked: Days) -> Axis:
    return Axis("guest", lambda event: _roots(log, event.guests), label=_actor_name(log))


def _host(log: Log, _asked: Days) -> Axis:
    return Axis("host", lambda event: _roots(log, event.host), label=_actor_name(log))


def _level(log: Log, _asked: Days) -> Axis:
    return Axis("level", lambda event: [event.level] if event.level else [], tuple(log.levels))


def _kind(_log: Log, _asked: Days) -> Axis:
    return Axis("kind", lambda event: [event.kind])


def _place(_log: Log, _asked: Days) -> Axis:
    return Axis("place", lambda event: [event.place] if event.place else [])


def _tag(_log: Log, _asked: Days) -> Axis:
    return Axis("tag", lambda event: event.tags)


def _status(_log: Log, _asked: Days) -> Axis:
    return Axis("status", lambda event: [event.status], STATUSES)


def _publisher(log: Log, _asked: Days) -> Axis:
    return Axis("publisher", lambda event: [log.sources[id].publisher for id in event.sources])


def _origin(log: Log, _asked: Days) -> Axis:
    return Axis("origin", lambda event: origins(log, event))


def _lag(log: Log, _asked: Days) -> Axis:
    return Axis("lag", lambda event: [_lag_class(lag(log, event))], LAGS)


def _lag_class(days: int | None) -> str:
    if days is None:
        return LAGS[-1]
    ends = (-1, 0, 1, 7, 30)
    return next((name for end, name in zip(ends, LAGS, strict=False) if days <= end), LAGS[5])


def _roots(log: Log, actors: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(map(log.root, actors))


def _actor_name(log: Log) -> Callable[[str], str]:
    return lambda id: log.actors[id].name


AXES: Mapping[str, Callable[[Log, Days], Axis]] = {
    "year": _time("year"),
    "quarter": _time("quarter"),
    "month": _time("month"),
    "actor": _actor,
    "kind": _kind,
    "place": _place,
    "tag": _tag,
    "status": _status,
    "publisher": _publisher,
    "origin": _origin,
    "lag": _lag,
    "level": _level,
    "guest": _guest,
    "host": _host,
}
"""Makes each axis from a log and the days that were asked for."""
