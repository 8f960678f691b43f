"""The drawn timeline: a rail with years and months, events hanging from it, silences in words.

      2023 ┿━━━━━━━━━━━━━━━━━━━━━━
    Jul 25 ┳ Somebody visits somewhere
        27 ┻ visit · Somebody

Drawn by hand, in ASCII alone where the page asks for it.
"""

from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from nktimeline.dates import Doubt, Precision, When
from nktimeline.model import Event, Log, Mark
from nktimeline.render import Page, spoken
from nktimeline.render.columns import people
from nktimeline.render.quiet import long_silences
from nktimeline.render.spoken import MONTHS
from nktimeline.render.style import hue, id_lines, is_near, mark, paint
from nktimeline.render.style import sign as mark_sign
from nktimeline.text import safe
from nktimeline.widths import wrap

_HEDGES = {
    Doubt.NONE: "",
    Doubt.UNCERTAIN: ", uncertain",
    Doubt.APPROXIMATE: ", approximately",
    Doubt.BOTH: ", uncertain and approximate",
}
_GUTTER = 8  # cells before the rail, a month and a day
_INDENT = _GUTTER + 3


class _Labels(NamedTuple):
    """What stands beside the first and the last line of an event."""

    begin: str
    end: str | None
    """None where an event that follows began before this one ended: words say when it ended."""


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


_UNICODE = _Signs("│", "┿", "━", "●", "○", "◌", "?", "┳", "┃", "┻", "┊", "·")
_ASCII = _Signs("|", "+", "=", "*", "o", "~", "?", "+", "#", "+", ":", "-")


def render(log: Log, page: Page) -> Iterator[str]:
    """Yield the rail from the first event to the last, in the order of the log."""
    signs = _UNICODE if page.unicode else _ASCII
    quiet = long_silences(log.events)
    explained: set[str] = set()
    above, named = "", 0  # the year and the month that were named last
    for event, following in zip_longest(log.events, log.events[1:]):
        silence = above and quiet.get(event.id)
        if silence:
            yield from _gap(silence, signs, page)
        number, month = spoken.year(event.date), _month(event.date)
        if number != above:
            yield _year_line(number, signs, page)
        elif month != named and not silence:
            yield f"{'':{_GUTTER}} {paint(signs.rail, 'dim', page)}"
        yield from _legend(log, event, page, signs, explained)
        fresh = month != named if number == above else bool(month)
        end = _end_label(event.date) if _ends_in_order(event, following) else None
        yield from _event(log, event, page, signs, _Labels(_label(event.date, fresh=fresh), end))
        above, named = number, month if end is None else _end_month(event.date) or month


def _event(log: Log, event: Event, page: Page, signs: _Signs, labels: _Labels) -> Iterator[str]:
    """Yield the lines of an event, its sign and labels beside them."""
    texts = list(_texts(log, event, page, signs, ends_in_words=labels.end is None))
    for place, text in enumerate(texts):
        final = place == len(texts) - 1
        label = "" if place else labels.begin
        if final and event.date.lasting:
            label = labels.end or ""
        sign = _sign(event.date, signs, first=not place, final=final)
        dim = sign == signs.rail or is_near(log, event)
        style = "dim" if dim else hue(log, event.kind)
        yield f"{label:>{_GUTTER}} {paint(sign, style, page)} {text}".rstrip()


def _texts(
    log: Log, event: Event, page: Page, signs: _Signs, *, ends_in_words: bool
) -> Iterator[str]:
    """Yield the title's lines, then who takes part and how sure it is, then the id if asked for."""
    width = page.width - _INDENT
    title = f"{mark(log, event, page)} {event.title}".lstrip()
    for line in wrap(title, width):
        yield paint(line, "dim" if is_near(log, event) else "bold", page)
    until = _until(event.date) if ends_in_words else ""
    facts = [safe(event.kind), until, ", ".join(people(log, event)), _doubt(event)]
    for line in wrap(f" {signs.dot} ".join(filter(None, facts)), width):
        yield paint(line, "dim", page)
    if page.ids:
        for line in id_lines(event.id, width):
            yield paint(line, "dim", page)


def _legend(
    log: Log, event: Event, page: Page, signs: _Signs, explained: set[str]
) -> Iterator[str]:
    """Yield what the signs of an event mean that were not explained before."""
    meanings = {
        signs.span: "some day in that time, not known which",
        signs.near: "about then",
        signs.doubtful: "perhaps not then",
        mark_sign(Mark.POSSIBLE, page): "perhaps outside the days asked for",
    }
    used = _sign(event.date, signs, first=True, final=False), mark(log, event, page)
    rail = f"{'':{_GUTTER}} {paint(signs.rail, 'dim', page)} "
    for sign in used:
        if sign and sign in meanings and sign not in explained:
            explained.add(sign)
            for line in wrap(f"{sign} = {meanings[sign]}", page.width - _INDENT):
                yield rail + paint(line, "dim", page)


def _ends_in_order(event: Event, following: Event | None) -> bool:
    """Return whether the next label on the rail is no earlier than the end of an event."""
    last = event.date.last
    end = last if event.date.precision is Precision.DAY else last.replace(day=1)
    return following is None or end <= following.date.first


def _until(when: When) -> str:
    """Return in words when something ended that has no label at its end."""
    if not (number := _end_month(when)):
        return ""
    month = MONTHS[number - 1]
    return f"until {month} {when.last.day}" if when.precision is Precision.DAY else f"until {month}"


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
    """Return what stands on the rail: a bar for what lasted, a dot for what fell on a day."""
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
        return f"{spoken.year(when)}  " if fresh and not when.open_first else ""
    month = MONTHS[when.first.month - 1] if fresh else ""
    to_the_day = when.precision is Precision.DAY and not when.open_first
    day = f"{when.first.day:2}" if to_the_day else "  "
    return f"{month} {day}"


def _end_label(when: When) -> str:
    """Return the label of the last line of what lasted; the month only where it is another one."""
    if when.open_last:
        return ".." if when.text.endswith("..") else "?"
    if not (number := _end_month(when)):
        return ""
    month = "" if number == when.first.month else MONTHS[number - 1]
    return f"{month} {when.last.day:2}" if when.precision is Precision.DAY else f"{month}   "


def _end_month(when: When) -> int:
    """Return the month in which something ended that has its end on the rail, or 0."""
    on_rail = when.lasting and not when.open_last and when.last.year == when.first.year
    return when.last.month if on_rail and when.precision >= Precision.MONTH else 0


def _month(when: When) -> int:
    """Return the month an event hangs under, 0 where it is not known."""
    return 0 if when.precision < Precision.SEASON or when.open_first else when.first.month


def _year_line(number: str, signs: _Signs, page: Page) -> str:
    rule = signs.rule * (page.width - _GUTTER - 2)
    return f"{paint(f'{number:>{_GUTTER}}', 'bold', page)} {paint(signs.year + rule, 'dim', page)}"


def _gap(silence: str, signs: _Signs, page: Page) -> Iterator[str]:
    rail = f"{'':{_GUTTER}} {paint(signs.gap, 'dim', page)}"
    yield rail
    for line in wrap(silence, page.width - _INDENT):
        yield f"{rail} {paint(line, 'dim', page)}"
    yield rail
