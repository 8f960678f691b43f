"""EDTF dates as spans of days, with precision and doubt.

Level 0 and level 1 of EDTF (ISO 8601-2, as the Library of Congress publishes it) for the years
0001 to 9999, and from level 2 the quarters 33-36 and one-of sets. Knows no log, clock or terminal.
"""

import re
from datetime import date
from enum import IntEnum, IntFlag
from functools import lru_cache
from typing import NamedTuple

from nktimeline.days import (
    ALL_TIME,
    NO,
    POSSIBLY,
    SURELY,
    Days,
    Match,
    Window,
    add_days,
    add_months,
    month_end,
)
from nktimeline.spellings import days_meant, in_edtf, why_not_taken

# Whoever deals in dates needs days as well, and gets both here.
__all__ = (
    "ALL_TIME", "LONGEST", "NO", "POSSIBLY", "SURELY", "DateError", "Days", "Doubt", "Match",
    "NotADate", "Precision", "When", "Window", "parse",
)  # fmt: skip

LONGEST = 100  # characters; no date of these levels needs as many


class Precision(IntEnum):
    """How much of the calendar a date names, coarse to fine; it is also the unit of `~`."""

    CENTURY = 1
    DECADE = 2
    YEAR = 3
    SEASON = 4
    QUARTER = 5
    MONTH = 6
    DAY = 7


class Doubt(IntFlag):
    """EDTF qualification: `?` uncertain, `~` approximate, `%` both."""

    NONE = 0
    UNCERTAIN = 1
    APPROXIMATE = 2
    BOTH = 3


class When(NamedTuple):
    """A date as the log writes it, and the days it can mean; all bounds are inclusive."""

    text: str
    first: date
    """The earliest day, read strictly; `date.min` where the date is open or unknown there."""
    last: date
    """The latest day, read strictly; `date.max` where the date is open or unknown there."""
    precision: Precision
    doubt: Doubt
    lasting: bool
    """True for `a/b`: it lasted all that time; False: it fell somewhere inside."""
    spans: tuple[Window, ...]
    """The days it could touch, with one unit more at an end marked `~` or `%`. A set `[a,b]` has
    several spans, in order and apart from each other; any other date has one."""
    begun: date
    """The day by which it has surely begun."""
    ended: date
    """The day before which it has surely not ended."""

    @property
    def key(self) -> tuple[date, date]:
        """What dates are sorted by."""
        return self.first, self.last

    @property
    def reach(self) -> Window:
        """The days from the first to the last that it could touch."""
        return Window(self.spans[0].first, self.spans[-1].last)

    @property
    def open_first(self) -> bool:
        """True where the beginning is open (`../b`) or unknown (`/b`)."""
        return self.text.startswith(("/", "..", "[.."))

    @property
    def open_last(self) -> bool:
        """True where the end is open (`a/..`) or unknown (`a/`)."""
        return self.text.endswith(("/", "..", "..]"))

    def within(self, days: Days) -> Match:
        """Tell whether this falls on some of `days`; something that lasted need only overlap them.

        The days are judged together: each of the four quarters of a year could hold a date that is
        known to the year, and the four of them surely do.
        """
        if self.lasting:
            return self._overlaps(days)
        if len(self.spans) > 1:
            return self._one_of(days)
        return days.hold(self.spans[0])

    def _one_of(self, days: Days) -> Match:
        answers = [days.hold(span) for span in self.spans]
        return answers[0] if min(answers) is max(answers) else POSSIBLY

    def _overlaps(self, days: Days) -> Match:
        if days.hold(self.reach) is NO:
            return NO
        if self.begun <= self.ended:  # it surely lasted from the one to the other
            sure = days.hold(Window(self.begun, self.ended)) is not NO
        else:  # it may have lasted a single day, any one of these
            sure = days.hold(Window(self.ended, self.begun)) is SURELY
        return SURELY if sure else POSSIBLY


class DateError(ValueError):
    """A text that is no date here; `allowed_by_edtf` tells whether EDTF has it all the same."""

    def __init__(self, message: str, *, allowed_by_edtf: bool = False) -> None:
        """Keep the message and whether EDTF itself allows the text."""
        super().__init__(message)
        self.allowed_by_edtf = allowed_by_edtf


class NotADate(DateError):
    """A text that has not even the form of a date."""


# -- how a date is read


class _Atom(NamedTuple):
    """One calendar date without interval or set around it."""

    first: date
    last: date
    precision: Precision
    doubt: Doubt = Doubt.NONE

    @property
    def reach(self) -> Window:
        """The span, widened by one unit of its precision on both sides if approximate."""
        if self.doubt not in (Doubt.APPROXIMATE, Doubt.BOTH):
            return Window(self.first, self.last)
        if self.precision is Precision.DAY:
            return Window(add_days(self.first, -1), add_days(self.last, 1))
        months = _MONTHS_IN[self.precision]
        after = add_months(self.last.replace(day=1), months)
        return Window(add_months(self.first, -months), month_end(after))


_OPEN = _Atom(date.min, date.max, Precision.DAY)
_MONTHS_IN = {
    Precision.CENTURY: 1200,
    Precision.DECADE: 120,
    Precision.YEAR: 12,
    Precision.SEASON: 3,
    Precision.QUARTER: 3,
    Precision.MONTH: 1,
}
_DOUBTS = {
    "": Doubt.NONE,
    "?": Doubt.UNCERTAIN,
    "~": Doubt.APPROXIMATE,
    "%": Doubt.BOTH,
}
# The first and last month of a division of the year (EDTF level 1 seasons, level 2 quarters). EDTF
# leaves the months of a season open; ours are the northern ones, winter being December of the year
# named.
_DIVISIONS = {
    "21": (3, 5, Precision.SEASON),
    "22": (6, 8, Precision.SEASON),
    "23": (9, 11, Precision.SEASON),
    "24": (12, 12, Precision.SEASON),
    "33": (1, 3, Precision.QUARTER),
    "34": (4, 6, Precision.QUARTER),
    "35": (7, 9, Precision.QUARTER),
    "36": (10, 12, Precision.QUARTER),
}
_ATOM = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<doubt>[?~%]?)"
)


@lru_cache(maxsize=16384)
def parse(text: str) -> When:
    """Read one EDTF date.

    Raises DateError for what is no such date, saying what was expected.
    """
    if day := _plain_day(text):
        return When(text, day, day, Precision.DAY, Doubt.NONE, False, (Window(day, day),), day, day)
    if len(text) > LONGEST:
        raise NotADate(f"a date has at most {LONGEST} characters, this has {len(text)}")
    if text.startswith("["):
        return _one_of(text)
    if text.count("/") == 1:
        return _interval(text)
    atom = _atom(text, whole=text)
    reach = atom.reach
    return When(text, *atom, False, (reach,), reach.last, reach.first)


def _plain_day(text: str) -> date | None:
    """Read a day such as 2023-10-24; None for anything else.

    Most dates are plain days: 10,000 of them are read in 15 ms so, in 68 ms the general way.
    """
    if len(text) != 10 or text[4::3] != "--" or not text.isascii():
        return None  # where Python has no datetime in C, it takes digits of any script
    try:
        return date.fromisoformat(text)
    except ValueError:  # the general way says what is wrong
        return None


def _interval(text: str) -> When:
    left, right = text.split("/")
    if left in ("", "..") and right in ("", ".."):
        raise _refusal(text)
    a = _OPEN if left in ("", "..") else _atom(left, whole=text)
    b = _OPEN if right in ("", "..") else _atom(right, whole=text)
    if b.last < a.first:
        raise DateError(f"the interval '{text}' ends before it begins")
    span = Window(a.reach.first, b.reach.last)
    # An open end holds on every day beyond; an unknown one is sure of the known end's day alone.
    begun = date.min if left == ".." else min(a.reach.last, b.reach.last)
    ended = date.max if right == ".." else max(a.reach.first, b.reach.first)
    precision, doubt = min(a.precision, b.precision), a.doubt | b.doubt
    return When(text, a.first, b.last, precision, doubt, True, (span,), begun, ended)


def _one_of(text: str) -> When:
    if not text.endswith("]"):
        raise DateError(f"the set '{text}' lacks its closing ']'")
    inside = text[1:-1].replace(", ", ",")
    if ",.." in inside or "..," in inside:
        raise DateError(f"the set '{text}' is open in the middle; '..' opens its beginning or end")
    members = [_member(part, whole=text) for part in inside.split(",")]
    if any(a.first > b.last for a, b in members):
        raise DateError(f"a range in the set '{text}' ends before it begins")
    days = Days.of(Window(a.reach.first, b.reach.last) for a, b in members)
    first, last = min(a.first for a, _ in members), max(b.last for _, b in members)
    atoms = [atom for pair in members for atom in pair]
    precision, doubt = min(atom.precision for atom in atoms), Doubt.NONE
    for atom in atoms:
        doubt |= atom.doubt
    return When(text, first, last, precision, doubt, False, days.windows, days.last, days.first)


def _member(text: str, *, whole: str) -> tuple[_Atom, _Atom]:
    left, dots, right = text.partition("..")
    if not dots:
        return (atom := _atom(text, whole=whole)), atom
    if not left and not right:
        raise _refusal(whole)
    return (
        _atom(left, whole=whole) if left else _OPEN,
        _atom(right, whole=whole) if right else _OPEN,
    )


def _atom(text: str, *, whole: str) -> _Atom:
    """Read a date without interval or set; where it is none, refuse the `whole` text around it."""
    found = _ATOM.fullmatch(text)
    if not found:
        raise _refusal(whole)
    year, month, day, doubt = found.group("year", "month", "day", "doubt")
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if low == 0 or ("X" in year and month) or (month == "XX" and day not in (None, "XX")):
        raise _refusal(whole)
    if month in (None, "XX"):
        precision = (Precision.YEAR, Precision.DECADE, Precision.CENTURY)[year.count("X")]
        return _Atom(date(low, 1, 1), date(high, 12, 31), precision, _DOUBTS[doubt])
    return _Atom(*_part(text, low, month, day), _DOUBTS[doubt])


def _part(text: str, year: int, month: str, day: str | None) -> tuple[date, date, Precision]:
    """Return the bounds and the precision of a part of a year: a season, quarter, month or day."""
    if month in _DIVISIONS and day is None:
        begin, end, precision = _DIVISIONS[month]
        return date(year, begin, 1), month_end(date(year, end, 1)), precision
    if not "01" <= month <= "12":
        if reason := why_not_taken(text):  # EDTF has more divisions of a year than we take
            raise DateError(f"'{text}': {reason}", allowed_by_edtf=True)
        raise DateError(f"'{text}' is not in the calendar: no month {month}")
    start = date(year, int(month), 1)
    end_of_month = month_end(start)
    if day in (None, "XX"):
        return start, end_of_month, Precision.MONTH
    if not 1 <= int(day) <= end_of_month.day:
        raise DateError(f"'{text}' is not in the calendar: no day {day} in that month")
    only = start.replace(day=int(day))
    return only, only, Precision.DAY


def _refusal(text: str) -> DateError:
    if reason := why_not_taken(text):
        return DateError(f"'{text}': {reason}", allowed_by_edtf=True)
    if meant := in_edtf(text):
        return DateError(f"'{text}' is not a date we can read; write {meant}")
    if days := days_meant(text):
        why = "could be two days" if len(days) > 1 else "is not a date we can read"
        return DateError(f"'{text}' {why}; write {' or '.join(days)}")
    return NotADate(
        f"'{text}' is not a date we can read; write 2023, 2023-10, 2023-10-24 or 2023-10/2024"
    )
