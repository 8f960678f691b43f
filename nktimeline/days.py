"""Days of the calendar: windows of them, sets of them, and steps from one to another.

Knows no way of writing a date. The calendar is Python's, from the year 0001 to 9999.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from enum import IntEnum
from typing import NamedTuple


class Match(IntEnum):
    """Whether something falls on one of some days: no, possibly, or surely."""

    NO = 0
    POSSIBLY = 1
    SURELY = 2


# An enum's member is looked up slowly (Python 3.11 takes 0.1 µs), and these are for every event.
NO, POSSIBLY, SURELY = Match


class Window(NamedTuple):
    """Days from `first` to `last`, both included; `date.min` and `date.max` stand for open."""

    first: date = date.min
    last: date = date.max


class Days(NamedTuple):
    """A set of days, as windows in order, with at least one other day between two of them."""

    windows: tuple[Window, ...] = ()

    @classmethod
    def of(cls, windows: Iterable[Window]) -> "Days":
        """Join windows: those that overlap or follow one another become one."""
        joined: list[Window] = []
        for first, last in sorted(windows):
            if first > last:  # a window without days
                continue
            if joined and first <= add_days(joined[-1].last, 1):
                joined[-1] = Window(joined[-1].first, max(joined[-1].last, last))
            else:
                joined.append(Window(first, last))
        return cls(tuple(joined))

    @property
    def first(self) -> date:
        """The earliest of the days; `date.max` where there are none."""
        return self.windows[0].first if self.windows else date.max

    @property
    def last(self) -> date:
        """The latest of the days; `date.min` where there are none."""
        return self.windows[-1].last if self.windows else date.min

    def __bool__(self) -> bool:
        """Tell whether there is any day."""
        return bool(self.windows)

    def meet(self, other: "Days") -> "Days":
        """Return the days that both have."""
        return Days.of(
            Window(max(one.first, two.first), min(one.last, two.last))
            for one in self.windows
            for two in other.windows
        )

    def hold(self, span: Window) -> Match:
        """Tell whether a day that lies somewhere in `span` is one of these."""
        begun = bisect_right(self.windows, (span.last, date.max))
        if not begun:
            return NO
        first, last = self.windows[begun - 1]  # those before it end earlier
        if last < span.first:
            return NO
        return SURELY if first <= span.first and span.last <= last else POSSIBLY


ALL_TIME = Days((Window(),))


def add_days(day: date, step: int) -> date:
    """Move by days; stop at the calendar's ends."""
    try:
        return day + timedelta(days=step)
    except OverflowError:
        return date.min if step < 0 else date.max


def add_months(day: date, step: int) -> date:
    """Move by whole months, to a shorter one's last day; stop at the calendar's ends."""
    index = day.year * 12 + day.month - 1 + step
    if not 1 * 12 <= index < 10000 * 12:
        return date.min if step < 0 else date.max
    end = month_end(date(index // 12, index % 12 + 1, 1))
    return end.replace(day=min(day.day, end.day))


def month_end(day: date) -> date:
    """Return the last day of the month that `day` lies in."""
    if day.month == 12:
        return day.replace(day=31)
    return day.replace(month=day.month + 1, day=1) - timedelta(days=1)
