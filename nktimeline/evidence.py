"""What an event rests on: whose accounts, since when it is known, how long that took.

Pure functions over a log; they know no format and no clock.
"""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, NamedTuple

from nktimeline.dates import When, parse
from nktimeline.model import Actor, Event, Listing, Log, Source, free_texts

EVE = timedelta(days=1)
"""How much earlier than its event a page can be dated and still report it: time zones differ."""


class Known(NamedTuple):
    """The page by which an event is known."""

    day: date
    source: str


def origin(log: Log, source: Source) -> str:
    """Return whose account a source gives, by name: whom it relays, or else its publisher."""
    if source.relays is None:
        return source.publisher
    return log.actors[source.relays].name if source.relays in log.actors else source.relays


def origins(log: Log, event: Event) -> tuple[str, ...]:
    """Return the distinct origins of an event, in the order of its sources."""
    return tuple(dict.fromkeys(origin(log, log.sources[id]) for id in event.sources))


def credited(log: Log, source: Source) -> tuple[str, ...]:
    """Return by name who published a source, who wrote it, and whose account it gives."""
    named = (source.publisher, source.author, origin(log, source))
    return tuple(dict.fromkeys(filter(None, named)))


def known(log: Log, event: Event) -> Known | None:
    """Return since when an event is known, and by which page; None where no dated page tells.

    A page that is dated by its month or year counts from the last day of that. A page from before
    the event's eve announces it, and does not report it.
    """
    dated = (
        Known(published.last, id)
        for id in event.sources
        if (published := log.sources[id].published) and not published.open_last
    )
    return min((one for one in dated if one.day >= _eve(event)), default=None)


def lag(log: Log, event: Event) -> int | None:
    """Return how many days after its first day an event became known, -1 at least.

    None where no dated page tells, or the first day is open.
    """
    since = known(log, event)
    if since is None or event.date.open_first:
        return None
    return (since.day - event.date.first).days


def as_known(log: Log, day: date) -> Log:
    """Return what a log could have told at the end of a day: nothing that was published later.

    Events that were not known yet are left out, and so are summaries, notes, later or undated
    sources, related events that were not known, lists of which a source was not published, and
    actors whom nothing of the rest names: hindsight leaks through words. Titles, statuses, tags and
    levels are those of today.
    """
    told = {event.id for event in log.events if (k := known(log, event)) and k.day <= day}
    sources = {id: source for id, source in log.sources.items() if _published_by(source, day)}
    events = tuple(_told(event, told, sources) for event in log.events if event.id in told)
    lists = tuple(_listed(one) for one in log.lists if sources.keys() >= set(one.sources))
    then = log.holding(events)._replace(
        sources=sources, lists=lists, coverage=_covered(log.coverage, day)
    )
    return then._replace(actors=_named(then)).measured()


def undated(log: Log, day: date) -> int:
    """Count the events up to a day that no dated page reports."""
    return sum(event.date.first <= day and known(log, event) is None for event in log.events)


def _told(event: Event, told: Collection[str], sources: Collection[str]) -> Event:
    silent: dict[str, Any] = dict.fromkeys(free_texts())
    return event._replace(
        **silent,
        sources=tuple(id for id in event.sources if id in sources),
        related=tuple(id for id in event.related if id in told),
    )


def _listed(listing: Listing) -> Listing:
    return listing._replace(note=None)


def _covered(coverage: When | None, day: date) -> When | None:
    """Return the part of a log's coverage up to a day; None where there is none."""
    if coverage is None or coverage.last <= day:
        return coverage
    first = ".." if coverage.open_first else coverage.first.isoformat()
    return parse(f"{first}/{day.isoformat()}") if coverage.first <= day else None


def _named(log: Log) -> dict[str, Actor]:
    """Return the actors that anything else in a log names, and what they belong to."""
    named = {id for event in log.events for id in (*event.actors, *event.guests, *event.host)}
    named.update(source.relays for source in log.sources.values() if source.relays)
    named.update(member.of for member in log.members.values() if member.of)
    named.update(listing.by for listing in log.lists)
    publishers = {source.publisher for source in log.sources.values()}
    named.update(actor.id for actor in log.actors.values() if actor.name in publishers)
    kept = {id for name in named for id in log.lineage(name)}
    return {id: actor for id, actor in log.actors.items() if id in kept}


def _published_by(source: Source, day: date) -> bool:
    return source.published is not None and source.published.last <= day


def _eve(event: Event) -> date:
    first = event.date.first
    return first if first == date.min else first - EVE
