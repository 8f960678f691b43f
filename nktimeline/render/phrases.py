"""Dates in words, as people write them: "25-27 July 2023", "about March 2019", "since 2021".

Knows dates alone, no log and no format.
"""

from itertools import pairwise

from nktimeline.dates import Doubt, Precision, When, parse
from nktimeline.spellings import MONTHS

_MONTH = 365.2425 / 12  # days, on average
_FEW = 91  # days that are counted as days; three months of thirty days, and one, as months
_SEASONS = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}  # by their first month
_HEDGES = {
    Doubt.NONE: "",
    Doubt.UNCERTAIN: "perhaps ",
    Doubt.APPROXIMATE: "about ",
    Doubt.BOTH: "perhaps about ",
}


def said(when: When, *, year: bool = True) -> str:
    """Return a date in words.

    Without `year`, a heading names the year: it is left out of what lies in that year alone, and of
    an open end.
    """
    words = _said(when)
    in_one = not when.open_first and (when.open_last or when.last.year == when.first.year)
    if year or not in_one or when.precision < Precision.SEASON:
        return words
    return words.replace(f" {when.first.year:04}", "")


def imprecision(when: When) -> str:
    """Return what is to be said of a date that is no day or days for sure; else nothing."""
    closed = not (when.open_first or when.open_last)
    known = closed if when.lasting else when.first == when.last
    if known and when.precision is Precision.DAY and not when.doubt:
        return ""
    only_vague = not (when.lasting or when.doubt or _is_set(when))
    return f"some day in {said(when)}" if only_vague else said(when)


def period(when: When) -> str:
    """Return the month that a date begins in, or what else is known: a season, a year, a decade."""
    if when.open_first:
        return "Earlier"
    first = _beginning(when)
    words = _month(first) if first.precision is Precision.DAY else _exactly(first)
    words = words.removeprefix("the ")
    return words[0].upper() + words[1:]


def _beginning(when: When) -> When:
    """Return the date that an interval begins with, the earliest of a set, or the date itself."""
    if when.lasting:
        return parse(when.text.partition("/")[0])
    if not _is_set(when):
        return when
    dates = when.text[1:-1].replace("..", ",").split(",")
    return min((parse(date.strip()) for date in dates if date), key=lambda date: date.key)


def length(days: int) -> str:
    """Return a number of days in words: 12 days, 7 months, 4 years and 3 months."""
    if days < _FEW:
        return "1 day" if days == 1 else f"{days} days"
    months = int(days / _MONTH + 0.1)  # whole ones; some are three days shorter
    if months < 24:
        return f"{months} months"
    years = f"{months // 12} years"
    return f"{years} and {months % 12} months" if months % 12 > 1 else years


def _said(when: When) -> str:
    if when.lasting:
        return _interval(when)
    if _is_set(when):
        return _one_of(when)
    return _HEDGES[when.doubt] + _exactly(when)


def _exactly(when: When) -> str:
    """Return the part of the calendar that a date names, whatever the doubt about it."""
    first, last = when.first, when.last
    words = {
        Precision.CENTURY: f"{first.year:04}-{last.year:04}",
        Precision.DECADE: f"the {first.year:04}s",
        Precision.YEAR: f"{first.year:04}",
        Precision.SEASON: f"{_SEASONS.get(first.month)} {first.year:04}",
        Precision.QUARTER: f"Q{last.month // 3} {first.year:04}",
        Precision.MONTH: _month(when),
        Precision.DAY: f"{first.day} {_month(when)}",
    }
    return words[when.precision]


def _month(when: When) -> str:
    return f"{MONTHS[when.first.month - 1]} {when.first.year:04}"


def _interval(when: When) -> str:
    left, right = when.text.split("/")
    if when.open_first:
        return f"until {said(parse(right))}" + ("" if left else ", beginning unknown")
    if when.open_last:
        return f"since {said(parse(left))}" + ("" if right else ", end unknown")
    return _from_to(left, right)


def _one_of(when: When) -> str:
    members = [part.strip() for part in when.text[1:-1].split(",")]
    words = [_member(member) for member in members]
    days = [parse(member) for member in members if ".." not in member]
    if len(days) == len(members):
        words = [*(_shortened(*pair) for pair in pairwise(days)), words[-1]]
    return " or ".join(words)


def _member(text: str) -> str:
    first, dots, last = text.partition("..")
    if not dots:
        return said(parse(text))
    if first and last:
        return f"some day within {_from_to(first, last)}"
    return (
        f"some day since {said(parse(first))}" if first else f"some day until {said(parse(last))}"
    )


def _from_to(left: str, right: str) -> str:
    """Return the words for `left/right`, two dates of EDTF: the days of one month with a hyphen."""
    first, last = parse(left), parse(right)
    start = _shortened(first, last)
    between = "-" if start.isdigit() and len(start) <= 2 and not last.doubt else " to "
    return f"{start}{between}{said(last)}"


def _shortened(first: When, second: When) -> str:
    """Return the words for the first of two dates, without what the second says again."""
    words = said(first)
    if first.precision is second.precision is Precision.DAY:
        words = words.removesuffix(f" {_month(second)}")
    if min(first.precision, second.precision) >= Precision.SEASON:
        words = words.removesuffix(f" {second.first.year:04}")
    return words


def _is_set(when: When) -> bool:
    return when.text.startswith("[")
