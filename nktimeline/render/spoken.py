"""Dates as people write them, to stand under a heading that names the year.

    Jul 25-27    Sep 30 - Oct 2    Oct    about Mar 12    2019?    since Feb    Feb 3 or 10

EDTF stays the exact form. Knows no format.
"""

from collections.abc import Sequence
from functools import lru_cache

from nktimeline import tally
from nktimeline.dates import Doubt, Precision, When, parse

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DIVISIONS = {
    "21": "spring", "22": "summer", "23": "autumn", "24": "winter",
    "33": "Q1", "34": "Q2", "35": "Q3", "36": "Q4",
}  # fmt: skip


def year(when: When) -> str:
    """Return the heading that a date stands under: 2019, 2010s, 19XX, before."""
    named = tally.year(when)
    return f"{named[:3]}0s" if when.precision is Precision.DECADE and named[-1] == "X" else named


@lru_cache(maxsize=4096)
def date(when: When) -> str:
    """Return a date under the heading of its year; another year is named beside it."""
    if (
        len(when.text) == 10 and when.first == when.last
    ):  # a day, as most dates are: a tenth of the time
        return _name(when)
    if when.text.startswith("["):
        return _one_of(when)
    heading = year(when)
    if "/" not in when.text:
        return _point(when, heading)
    left, right = when.text.split("/")
    if left in ("", ".."):
        return f"{'until' if left else '? -'} {_point(parse(right), heading)}"
    if right in ("", ".."):
        start = _point(parse(left), heading)
        return f"since {start}" if right else f"{start} - ?"
    return _stretch(parse(left), parse(right), heading)


def _stretch(start: When, end: When, heading: str) -> str:
    """Return what lasted from one date to another: Jul 25-27, Jul 30 - Aug 2, Jul-Aug."""
    first, last = _point(start, heading), _point(end, heading)
    if first == last:
        return first
    same_month = (start.first.year, start.first.month) == (end.first.year, end.first.month)
    days = start.precision is end.precision is Precision.DAY
    if days and same_month:
        exact = start.doubt & Doubt.APPROXIMATE or not end.doubt & Doubt.APPROXIMATE
        return f"{first}{'-' if exact else ' - about '}{last.rpartition(' ')[2]}"
    return f"{first} - {last}" if " " in first + last else f"{first}-{last}"


def _one_of(when: When) -> str:
    """Return a set, of whose dates one is meant: Feb 3 or 10, Jul 3 or Aug 4, from Mar 1 to 5."""
    heading = year(when)
    parts = when.text[1:-1].replace(" ", "").split(",")
    return " or ".join(_shared([_member(part, heading) for part in parts]))


def _member(text: str, heading: str) -> str:
    left, dots, right = text.partition("..")
    if not dots:
        return _point(parse(left), heading)
    if not left:
        return f"by {_point(parse(right), heading)}"
    if not right:
        return f"{_point(parse(left), heading)} or later"
    first, last = _shared([_point(parse(left), heading), _point(parse(right), heading)])
    return f"{first} to {last}"


def _shared(points: Sequence[str]) -> Sequence[str]:
    """Name a month once where all days are of that month."""
    months = {point.partition(" ")[0] for point in points}
    if len(months) > 1 or not months <= set(MONTHS) or not all(" " in point for point in points):
        return points
    return [points[0], *(point.partition(" ")[2] for point in points[1:])]


def _point(when: When, heading: str) -> str:
    """Return one date without interval or set around it."""
    about = "about " if when.doubt & Doubt.APPROXIMATE else ""
    doubt = "?" if when.doubt & Doubt.UNCERTAIN else ""
    name = _name(when)
    number = year(when)
    if not name:
        return f"{about}{number}{doubt}"
    if number == heading:
        return f"{about}{name}{doubt}"
    comma = "," if when.precision is Precision.DAY else ""
    return f"{about}{name}{comma} {number}{doubt}"


def _name(when: When) -> str:
    """Return what a date is called within its year; nothing where it is the year or more."""
    if when.precision is Precision.DAY:
        return f"{MONTHS[when.first.month - 1]} {when.first.day}"
    if when.precision is Precision.MONTH:
        return MONTHS[when.first.month - 1]
    return _DIVISIONS.get(when.text[5:7], "") if when.precision > Precision.YEAR else ""
