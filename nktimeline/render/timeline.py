"""The drawn timeline: a rail with years and months, events hanging from it, silences in words.

      2023 ┿━━━━━━━━━━━━━━━━━━━━━━
    Jul 25 ┳ Somebody visits somewhere
        27 ┻ visit · Somebody

Drawn by hand, in ASCII alone where the page asks for it.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from nktimeline.dates import Doubt, Precision, When
from nktimeline.model import Event, Log
from nktimeline.render import Page
from nktimeline.render.style import hue, paint
from nktimeline.tally import year
from nktimeline.text import safe, wrap

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SILENCE = 92
"""Days without an event from which on it is said in words."""
_HEDGES = {
    Doubt.NONE: "",
    Doubt.UNCERTAIN: ", uncertain",
    Doubt.APPROXIMATE: ", approximately",
    Doubt.BOTH: ", uncertain and approximate",
}
_MONTH = 365.2425 / 12  # days, on average
_GUTTER = 8  # cells before the rail, a month and a day
_INDENT = _GUTTER + 3


class _Signs(NamedTuple):
    rail: str
    year: str
    rule: str
    day: str
    span: str
    near: str
    doubtful: str
    begin: str
    bar: str
    end: str
    gap: str
    dot: str
    possible: str


_UNICODE = _Signs("│", "┿", "━", "●", "○", "◌", "?", "┳", "┃", "┻", "┊", "·", "≈")
_ASCII = _Signs("|", "+", "=", "*", "o", "~", "?", "+", "#", "+", ":", "-", "=")


def render(log: Log, page: Page) -> Iterator[str]:
    """Yield the rail from the first event to the last, in the order of the log."""
    signs = _UNICODE if page.unicode else _ASCII
    above, named = ("", 0), 0  # where the last event hangs, and the month that was named last
    for event, days in zip(log.events, _quiet_days(log.events), strict=True):
        silence = _silence(days)
        if silence:
            yield from _gap(silence, signs, page)
        number, month = year(event.date), _month(event.date)
        if number != above[0]:
            yield _year_line(number, signs, page)
        elif month != above[1] and not silence:
            yield f"{'':{_GUTTER}} {paint(signs.rail, 'dim', page)}"
        fresh = month != named if number == above[0] else bool(month)
        yield from _event(log, event, page, signs, fresh_month=fresh)
        above, named = (number, month), _end_month(event.date) or month


def _event(
    log: Log, event: Event, page: Page, signs: _Signs, *, fresh_month: bool
) -> Iterator[str]:
    when = event.date
    texts = list(_texts(log, event, page, signs))
    for place, text in enumerate(texts):
        final = place == len(texts) - 1
        label = "" if place else _label(when, fresh=fresh_month)
        if final and when.lasting:
            label = _end_label(when)
        sign = _sign(when, signs, first=not place, final=final)
        style = "dim" if sign == signs.rail else hue(event.kind)
        yield f"{label:>{_GUTTER}} {paint(sign, style, page)} {text}".rstrip()


def _texts(log: Log, event: Event, page: Page, signs: _Signs) -> Iterator[str]:
    """Yield the title's lines, then who takes part and how sure it is."""
    width = page.width - _INDENT
    mark = f"{signs.possible} " if event.id in log.possible else ""
    for line in wrap(mark + event.title, width):
        yield paint(line, "bold", page)
    people = [log.actors[id].name for id in event.actors]
    facts = [safe(event.kind), ", ".join(people), _doubt(event)]
    for line in wrap(f" {signs.dot} ".join(filter(None, facts)), width):
        yield paint(line, "dim", page)


def _doubt(event: Event) -> str:
    """Say in words what the signs only hint at."""
    when, words = event.date, []
    if when.lasting and (when.first.year != when.last.year or when.open_first):
        words.append(f"dated {when.text}")
    elif when.text.startswith("["):
        words.append(f"on one of {', '.join(when.text[1:-1].replace(',', ' ').split())}")
    elif when.doubt or when.precision < Precision.DAY:
        words.append(f"dated {when.text}{_HEDGES[when.doubt]}")
    if event.status != "confirmed":
        words.append(event.status)
    return "; ".join(words)


def _sign(when: When, signs: _Signs, *, first: bool, final: bool) -> str:
    """Give what stands on the rail: a bar for what lasted, a dot for what fell on a day."""
    if when.lasting:
        if first:
            return signs.begin
        return signs.end if final and not when.open_last else signs.bar
    if not first:
        return signs.rail
    if when.doubt & Doubt.APPROXIMATE:
        return signs.near
    if when.doubt & Doubt.UNCERTAIN:
        return signs.doubtful
    return signs.day if when.first == when.last else signs.span


def _label(when: When, *, fresh: bool) -> str:
    if not _month(when):  # known no better than to the year, which is named again after a month
        return f"{year(when)}  " if fresh and not when.open_first else ""
    month = MONTHS[when.first.month - 1] if fresh else ""
    to_the_day = when.precision is Precision.DAY and not when.open_first
    day = f"{when.first.day:2}" if to_the_day else "  "
    return f"{month} {day}"


def _end_label(when: When) -> str:
    if when.open_last:
        return ".." if when.text.endswith("..") else "?"
    if not (number := _end_month(when)):
        return ""
    month = "" if number == when.first.month else MONTHS[number - 1]
    return f"{month} {when.last.day:2}" if when.precision is Precision.DAY else f"{month}   "


def _end_month(when: When) -> int:
    """Give the month in which something ended that has its end on the rail, or 0."""
    on_rail = when.lasting and not when.open_last and when.last.year == when.first.year
    return when.last.month if on_rail and when.precision >= Precision.MONTH else 0


def _month(when: When) -> int:
    """Give the month an event hangs under, 0 where it is not known."""
    return 0 if when.precision < Precision.SEASON or when.open_first else when.first.month


def _year_line(number: str, signs: _Signs, page: Page) -> str:
    rule = signs.rule * (page.width - _GUTTER - 2)
    return f"{paint(f'{number:>{_GUTTER}}', 'bold', page)} {paint(signs.year + rule, 'dim', page)}"


def _quiet_days(events: Sequence[Event]) -> list[int]:
    """Give, for each event, the days since all before it had ended, whichever way they stand."""
    if events and events[-1].date.first < events[0].date.first:
        return [0, *_quiet_days(events[::-1])[:0:-1]]
    quiet, ended = [], date.max
    for event in events:
        quiet.append(max((event.date.first - ended).days, 0))
        ended = event.date.last if len(quiet) == 1 else max(ended, event.date.last)
    return quiet


def _gap(silence: str, signs: _Signs, page: Page) -> Iterator[str]:
    rail = f"{'':{_GUTTER}} {paint(signs.gap, 'dim', page)}"
    yield rail
    yield f"{rail} {paint(silence, 'dim', page)}"
    yield rail


def _silence(days: int) -> str:
    """Say how long nothing happened, if it was long."""
    return f"{_spoken(days)} without an event" if days >= SILENCE else ""


def _spoken(days: int) -> str:
    months = int(days / _MONTH + 0.1)  # whole ones; some are three days shorter than others
    if months < 24:
        return f"{months} months"
    years = f"{months // 12} years"
    return f"{years} and {months % 12} months" if months % 12 > 1 else years
