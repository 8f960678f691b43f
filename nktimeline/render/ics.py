"""A calendar (RFC 5545, RFC 7986) of all-day events; nothing in it comes from the clock.

A date that is no day for sure takes all the days that it can mean, and says so beside the title.
An event that goes on has its first day alone; one without a first day is left out.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from nktimeline import __version__
from nktimeline.days import add_days
from nktimeline.model import Event, Log, remarks
from nktimeline.render import Page
from nktimeline.render.phrases import imprecision
from nktimeline.text import ics_text, safe_url

_ROOM = 75  # octets in a line (RFC 5545, 3.1)


def render(log: Log, _page: Page) -> Iterator[str]:
    """Yield the lines of a calendar, folded."""
    calendar = re.sub(r"\W+", "-", log.title.casefold()).strip("-") or "log"
    yield from _lines(_head(log))
    for event in log.events:
        if not event.date.open_first:
            yield from _lines(_entry(log, event, calendar))
    yield "END:VCALENDAR"


def hint(log: Log) -> str:
    """Return how many events are left out, if any are."""
    count = sum(event.date.open_first for event in log.events)
    if not count:
        return ""
    events = "1 event has" if count == 1 else f"{count} events have"
    return f"{events} no first day, so the calendar leaves {'it' if count == 1 else 'them'} out"


def _head(log: Log) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//nktimeline//nktimeline {__version__}//EN"
    yield f"NAME:{ics_text(log.title)}"
    yield f"X-WR-CALNAME:{ics_text(log.title)}"  # what most programs read instead of NAME


def _entry(log: Log, event: Event, calendar: str) -> Iterator[str]:
    """Yield the properties of an event; `calendar` keeps its id apart from those of other logs."""
    first = event.date.first
    end = add_days(first if event.date.open_last else event.date.last, 1)
    urls = [url for id in event.sources if (url := log.sources[id].url)]
    yield "BEGIN:VEVENT"
    yield f"UID:{event.id}@{calendar}"
    yield f"DTSTAMP:{_day(_stamp(log, event))}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_day(first)}"
    if end > first:  # the last day of the calendar has no day after it
        yield f"DTEND;VALUE=DATE:{_day(end)}"
    yield f"SUMMARY:{ics_text(' '.join(_summary(event)))}"
    if description := "\n\n".join(_description(log, event)):
        yield f"DESCRIPTION:{ics_text(description)}"
    if event.place:
        yield f"LOCATION:{ics_text(event.place)}"
    yield f"CATEGORIES:{','.join(map(ics_text, (event.kind, *event.tags)))}"
    yield f"STATUS:{'CONFIRMED' if event.status == 'confirmed' else 'TENTATIVE'}"
    if urls:
        yield f"URL:{safe_url(urls[0])}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _stamp(log: Log, event: Event) -> date:
    """Return the day on which the latest dated source was published, else the event's last day."""
    published = [when for id in event.sources if (when := log.sources[id].published)]
    ends = [when.last for when in published or [event.date] if not when.open_last]
    return max(ends, default=event.date.first)


def _summary(event: Event) -> Iterator[str]:
    yield event.title
    if event.status != "confirmed":
        yield f"({event.status})"
    if vague := imprecision(event.date):
        yield f"({vague})"


def _description(log: Log, event: Event) -> Iterator[str]:
    """Yield the paragraphs of what a reader needs to know, who takes part, and where it stands."""
    if event.summary:
        yield event.summary
    yield from remarks(event)
    if event.actors:
        yield ", ".join(log.actors[id].name for id in event.actors)
    sources = (log.sources[id] for id in event.sources)
    pages = (", ".join(filter(None, (s.publisher, s.title, s.url))) for s in sources)
    if text := "\n".join(pages):
        yield text


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _lines(properties: Iterable[str]) -> Iterator[str]:
    for line in properties:
        yield from _folded(line) if len(line.encode()) > _ROOM else [line]


def _folded(line: str) -> Iterator[str]:
    """Yield lines of at most 75 octets, all but the first indented, no character broken in two."""
    part = b""
    for octets in map(str.encode, line):
        if len(part) + len(octets) > _ROOM:
            yield part.decode()
            part = b" "
        part += octets
    yield part.decode()
