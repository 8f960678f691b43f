"""Silences: the stretches of days on which no event of a selection surely fell.

An event ends a silence on the days on which it surely happened, all the days between its beginning
and its end among them. One whose day is not known ends none: the silences that it could fall in
are only possible. Pure functions over events and days; they know no clock and no format.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from nktimeline.days import SURELY, Days, Window, add_days
from nktimeline.model import Event, Log


class Silence(NamedTuple):
    """Days without an event, and the events at either end of them."""

    days: Window
    before: Event | None
    """None where the days that were looked at begin."""
    after: Event | None
    """None where they end."""
    possible: bool
    """Whether an event that is vaguely dated could fall into it."""

    @property
    def length(self) -> int:
        """How many days it has."""
        return (self.days.last - self.days.first).days + 1


class Gap(NamedTuple):
    """A silence of a selection, in numbers."""

    days: int
    first: date
    last: date
    before: Event | None
    after: Event | None
    others: int
    """How many events of the whole log that are not in the selection fell into it for sure."""
    possible: bool


def gaps(whole: Log, selection: Log, asked: Days, minimum: int) -> tuple[Gap, ...]:
    """Return the silences of a selection that have at least `minimum` days, longest first.

    The first begins, and the last ends, where the days asked for and the log's coverage do.
    """
    chosen = {event.id for event in selection.events}
    others = [event for event in whole.events if event.id not in chosen]
    looked_at = asked.meet(Days.of([coverage(whole)])).windows
    found = (
        Gap(silence.length, *silence.days, silence.before, silence.after,
            _fallen(others, silence.days), silence.possible)
        for window in looked_at
        for silence in silences(selection.events, window)
        if silence.length >= minimum
    )  # fmt: skip
    return tuple(sorted(found, key=lambda gap: -gap.days))


def silences(events: Sequence[Event], looked_at: Window) -> Iterator[Silence]:
    """Yield the silences among the days looked at, in order of time."""
    pairs = [(event, sure_days(event)) for event in events]
    sure = [(event, days) for event, days in pairs if days]
    vague = [event for event, days in pairs if event.date.spans != (days,)]
    begins = {days.first: event for event, days in reversed(sure)}
    ends = {days.last: event for event, days in sure}
    for days in _between(Days.of(days for _, days in sure), looked_at):
        yield Silence(
            days,
            before=ends.get(add_days(days.first, -1)),
            after=begins.get(add_days(days.last, 1)),
            possible=any(_could_fall(event, days) for event in vague),
        )


def coverage(log: Log) -> Window:
    """Return the days that a whole log follows: as it says, or from its first event to its last."""
    told, found = log.coverage, bounds(log.events)
    if not told:
        return found
    return Window(
        found.first if told.open_first else told.first, found.last if told.open_last else told.last
    )


def bounds(events: Iterable[Event]) -> Window:
    """Return the days from the first event to the last; an open end does not count."""
    dates = [event.date for event in events]
    days = [date.first for date in dates if not date.open_first]
    days += [date.last for date in dates if not date.open_last]
    return Window(min(days), max(days)) if days else Window(date.max, date.min)


def sure_days(event: Event) -> Window | None:
    """Return the days on which an event surely happened, or went on; None if none is known."""
    begun, ended = event.date.begun, event.date.ended
    return Window(begun, ended) if begun <= ended else None


def _between(sure: Days, looked_at: Window) -> Iterator[Window]:
    """Yield the stretches of the days looked at that have none of the sure days."""
    first = looked_at.first
    for days in sure.windows:
        if first < days.first and first <= looked_at.last:
            yield Window(first, min(add_days(days.first, -1), looked_at.last))
        first = max(first, add_days(days.last, 1))
    if first <= looked_at.last and (not sure or sure.last < looked_at.last):
        yield Window(first, looked_at.last)


def _could_fall(event: Event, days: Window) -> bool:
    return any(span.first <= days.last and days.first <= span.last for span in event.date.spans)


def _fallen(events: Iterable[Event], days: Window) -> int:
    held = Days((days,))
    return sum(event.date.within(held) is SURELY for event in events)
