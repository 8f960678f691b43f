"""EDTF dates as spans of days, with precision and doubt.

Level 0 and level 1 of EDTF (ISO 8601-2, as the Library of Congress publishes it) for the years
0001 to 9999, and from level 2 the quarters 33-36 and one-of sets. Knows no log, clock or terminal.
"""

import re
from datetime import date, timedelta
from enum import IntEnum, IntFlag
from functools import lru_cache
from typing import NamedTuple

LONGEST = 100  # characters; no date of these levels needs as many
EXAMPLES = "2023, 2023-10, 2023-10-24 or 2023-10/2024"
"""How the message ends that refuses what is nothing like a date."""


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


class Match(IntEnum):
    """Whether something falls inside a window of days: no, possibly, or surely."""

    NO = 0
    POSSIBLY = 1
    SURELY = 2


# An enum's member is looked up slowly (Python 3.11 takes 0.1 µs), and these are for every event.
NO, POSSIBLY, SURELY = Match
_record = tuple.__new__  # as named tuples are made, without their own detour
_PLAIN = (Precision.DAY, Doubt.NONE, False)  # what is known of a plain day, besides the day


class Window(NamedTuple):
    """Days from `first` to `last`, both included; `date.min` and `date.max` stand for open."""

    first: date = date.min
    last: date = date.max


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
    reach: Window
    """The days it could touch: `first` to `last`, a unit wider at an end marked `~` or `%`."""
    begun: date
    """The day by which it has surely begun."""
    ended: date
    """The day before which it has surely not ended."""

    @property
    def key(self) -> tuple[date, date]:
        """What dates are sorted by."""
        return self.first, self.last

    @property
    def open_first(self) -> bool:
        """True where the beginning is open (`../b`) or unknown (`/b`)."""
        return self.text.startswith(("/", "..", "[.."))

    @property
    def open_last(self) -> bool:
        """True where the end is open (`a/..`) or unknown (`a/`)."""
        return self.text.endswith(("/", "..", "..]"))

    def within(self, window: Window) -> Match:
        """Tell whether this falls inside `window`; something that lasted need only overlap it."""
        first, last = window
        reach = self.reach
        if reach.last < first or reach.first > last:
            return NO
        return SURELY if self.begun <= last and self.ended >= first else POSSIBLY


class DateError(ValueError):
    """A text that is no date of ours; `allowed_by_edtf` when EDTF has it and this log does not."""

    def __init__(self, message: str, *, allowed_by_edtf: bool = False) -> None:
        """Keep the message and whether EDTF itself allows the text."""
        super().__init__(message)
        self.allowed_by_edtf = allowed_by_edtf


class _Atom(NamedTuple):
    """One calendar date without interval or set around it."""

    first: date
    last: date
    precision: Precision
    doubt: Doubt

    @property
    def reach(self) -> Window:
        """The span, widened by one unit of its precision on both sides if approximate."""
        if self.doubt not in _ABOUT:
            return Window(self.first, self.last)
        step = _STEPS[self.precision]
        if step is None:
            return Window(add_days(self.first, -1), add_days(self.last, 1))
        after = add_months(self.last.replace(day=1), step)
        return Window(add_months(self.first, -step), _month_end(after))


_ABOUT = (Doubt.APPROXIMATE, Doubt.BOTH)
_OPEN = _Atom(date.min, date.max, Precision.DAY, Doubt.NONE)
_STEPS = {  # months in one unit of a precision; days have none
    Precision.CENTURY: 1200,
    Precision.DECADE: 120,
    Precision.YEAR: 12,
    Precision.SEASON: 3,
    Precision.QUARTER: 3,
    Precision.MONTH: 1,
    Precision.DAY: None,
}
_DOUBTS = {
    "": Doubt.NONE,
    "?": Doubt.UNCERTAIN,
    "~": Doubt.APPROXIMATE,
    "%": Doubt.BOTH,
}
# The first month of a division of the year (EDTF level 1 seasons, level 2 quarters). EDTF leaves
# the months of a season open; ours are the northern ones, winter being December of the year named.
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
# What EDTF allows and this log does not, most telling sign first.
_REFUSED = (
    (r"[0-9][Tt][0-9]", "times of day are not taken; write the day alone"),
    (r"\{.*\}", "a set {...} says that all its dates hold; write an event for each"),
    (r"(^|[/.\[{,~?%])Y", "years of more than four digits (Y...) are not taken"),
    (r"[0-9]S[0-9]", "significant digits (S) are not taken; write 195X or an interval"),
    (r"(^|[/.\[,])[?~%]?-[0-9X]", "years before 0001 are not taken"),
    (r"(^|[/\[,])[?~%]|[?~%]-|-[?~%]", "'?', '~' and '%' stand at the end, for the whole date"),
    (r"(^|[/.\[,])[0-9]{4}-(2[5-9]|3[0-2]|3[7-9]|4[01])[?~%]?($|[/.\],])",
     "of the divisions of a year only the seasons 21-24 and the quarters 33-36 are taken"),
    (r"(^|[/\[,.])0(000|00X|0XX)", "years run from 0001 to 9999"),
    (r"X", "X stands for the last one or two digits of a year (202X, 20XX), a whole month or a "
     "whole day at the end (2023-XX, 2023-10-XX)"),
    (r"^(\.\.)?/(\.\.)?$", "an interval needs a date at one end at least"),
)  # fmt: skip


@lru_cache(maxsize=16384)
def parse(text: str) -> When:
    """Read one EDTF date.

    Raises DateError for what is no such date, saying what was expected.
    """
    if day := plain_day(text):
        return _record(When, (text, day, day, *_PLAIN, _record(Window, (day, day)), day, day))
    if len(text) > LONGEST:
        raise DateError(f"a date has at most {LONGEST} characters, this has {len(text)}")
    if text.startswith("["):
        return _one_of(text)
    if text.count("/") == 1:
        return _interval(text)
    atom = _atom(text)
    return When(text, *atom, False, reach := atom.reach, reach.last, reach.first)


def plain_day(text: str) -> date | None:
    """Read the commonest date, a plain day, five times faster than the rest; None for any other."""
    if len(text) != 10 or text[4::3] != "--" or not text.isascii():
        return None  # where Python has no datetime in C, it takes digits of any script
    try:
        return date.fromisoformat(text)
    except ValueError:  # no day of the calendar; what reads the others knows what to say
        return None


def _interval(text: str) -> When:
    left, right = text.split("/")
    if left in ("", "..") and right in ("", ".."):
        raise _refusal(text)
    a = _OPEN if left in ("", "..") else _atom(left, text)
    b = _OPEN if right in ("", "..") else _atom(right, text)
    if b.last < a.first:
        raise DateError(f"the interval '{text}' ends before it begins")
    reach = Window(a.reach.first, b.reach.last)
    # An open end holds on every day beyond; an unknown one is sure of the known end's day alone.
    begun = date.min if left == ".." else min(a.reach.last, b.reach.last)
    ended = date.max if right == ".." else max(a.reach.first, b.reach.first)
    precision = min(a.precision, b.precision)
    doubt = a.doubt | b.doubt
    return When(text, a.first, b.last, precision, doubt, True, reach, begun, ended)


def _one_of(text: str) -> When:
    if not text.endswith("]"):
        raise DateError(f"the set '{text}' lacks its closing ']'")
    inside = text[1:-1].replace(", ", ",")
    if ",.." in inside or "..," in inside:
        raise DateError(f"the set '{text}' is open in the middle; '..' opens its beginning or end")
    members = [_member(part, text) for part in inside.split(",")]
    if any(a.first > b.last for a, b in members):
        raise DateError(f"a range in the set '{text}' ends before it begins")
    first = min(a.first for a, _ in members)
    last = max(b.last for _, b in members)
    reach = Window(min(a.reach.first for a, _ in members), max(b.reach.last for _, b in members))
    atoms = [atom for pair in members for atom in pair]
    precision = min(atom.precision for atom in atoms)
    doubt = Doubt.NONE
    for atom in atoms:
        doubt |= atom.doubt
    return When(text, first, last, precision, doubt, False, reach, reach.last, reach.first)


def _member(part: str, whole: str) -> tuple[_Atom, _Atom]:
    left, dots, right = part.partition("..")
    if not dots:
        return (atom := _atom(part, whole)), atom
    if not left and not right:
        raise _refusal(whole)
    return (_atom(left, whole) if left else _OPEN), (_atom(right, whole) if right else _OPEN)


def _atom(text: str, whole: str | None = None) -> _Atom:
    mark = text[-1:] if text.endswith(("?", "~", "%")) else ""
    if exact := plain_day(text.removesuffix(mark)):
        return _Atom(exact, exact, Precision.DAY, _DOUBTS[mark])
    found = _ATOM.fullmatch(text)
    if not found:
        raise _refusal(whole or text)
    year, month, day, doubt = found.group("year", "month", "day", "doubt")
    if "X" in year:
        if month or int(year.replace("X", "0")) == 0:
            raise _refusal(whole or text)
        precision = Precision.CENTURY if year.endswith("XX") else Precision.DECADE
        low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
        return _Atom(date(low, 1, 1), date(high, 12, 31), precision, _DOUBTS[doubt])
    if year == "0000" or (month == "XX" and day not in (None, "XX")):
        raise _refusal(whole or text)
    first, last, precision = _span(text, int(year), month, day)
    return _Atom(first, last, precision, _DOUBTS[doubt])


def _span(text: str, year: int, month: str | None, day: str | None) -> tuple[date, date, Precision]:
    if month in (None, "XX"):
        return date(year, 1, 1), date(year, 12, 31), Precision.YEAR
    if month in _DIVISIONS and day is None:
        begin, end, precision = _DIVISIONS[month]
        return date(year, begin, 1), _month_end(date(year, end, 1)), precision
    if not "01" <= month <= "12":
        refusal = _refusal(text)  # EDTF has more divisions of a year than months
        if refusal.allowed_by_edtf:
            raise refusal
        raise DateError(f"'{text}' is not in the calendar: no month {month}")
    start = date(year, int(month), 1)
    if day in (None, "XX"):
        return start, _month_end(start), Precision.MONTH
    # the days that there are `plain_day` has read before
    raise DateError(f"'{text}' is not in the calendar: no day {day} in that month")


def _refusal(text: str) -> DateError:
    for sign, reason in _REFUSED:
        if re.search(sign, text):
            return DateError(f"'{text}': {reason}", allowed_by_edtf=True)
    for form, right in _MEANT:
        if re.fullmatch(form, text):
            return DateError(f"'{text}' is no EDTF date; write {re.sub(form, right, text)}")
    if loose := re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?", text):
        digits = "-".join(part.zfill(2) for part in loose.groups() if part)
        return DateError(f"'{text}' is no EDTF date; months and days have two digits: {digits}")
    return DateError(f"'{text}' is no EDTF date such as {EXAMPLES}")


_DATE = r"([0-9]{4}(?:-[0-9]{2}){0,2})"
_MEANT = (  # what people write, and how EDTF has it
    (rf"{_DATE} ?(?:-|–|to|until|\.\.\.?) ?{_DATE}", r"\1/\2"),
    (r"([0-9]{4}-[0-9]{2}-)([0-9]{2})/([0-9]{2})", r"\1\2/\1\3"),
    (r"([0-9]{4})([0-9]{2})([0-9]{2})", r"\1-\2-\3"),
    (r"([0-9]{4})-?[Qq]([1-4])", lambda found: f"{found[1]}-{int(found[2]) + 32}"),
    (r"([0-9]{3})0s", r"\1X"),
    (r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})", r"the year first: \3-..-.."),
)


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
    end = _month_end(date(index // 12, index % 12 + 1, 1))
    return end.replace(day=min(day.day, end.day))


def _month_end(day: date) -> date:
    if day.month == 12:
        return day.replace(day=31)
    return day.replace(month=day.month + 1, day=1) - timedelta(days=1)
