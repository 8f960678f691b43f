"""A log as plain dicts, lists and texts: as people's scripts get it, and as the cache keeps it.

The first form is a contract (field names, `null` for an absent text, `[]` for an absent list); the
second is nobody's business but the cache's.
"""

from typing import Any, TypedDict

from nktimeline.dates import When, parse
from nktimeline.model import Actor, Event, Log, Source


class PlainActor(TypedDict):
    """An actor as an event's object names it."""

    id: str
    name: str
    of: str | None


class PlainSource(TypedDict):
    """A source as an event's object cites it."""

    id: str
    title: str
    publisher: str
    author: str | None
    published: str | None
    url: str | None
    language: str | None
    relays: str | None


class PlainEvent(TypedDict):
    """An event as an object; `first` and `last` are ISO days, None where the date is open."""

    id: str
    date: str
    first: str | None
    last: str | None
    title: str
    kind: str
    status: str
    place: str | None
    actors: list[PlainActor]
    summary: str | None
    note: str | None
    sources: list[PlainSource]
    tags: list[str]
    related: list[str]


def plain_event(log: Log, event: Event) -> PlainEvent:
    """Give an event as an object, with the actors and sources that it names."""
    date = event.date
    return {
        "id": event.id,
        "date": date.text,
        "first": None if date.open_first else date.first.isoformat(),
        "last": None if date.open_last else date.last.isoformat(),
        "title": event.title,
        "kind": event.kind,
        "status": event.status,
        "place": event.place,
        "actors": [_actor(log.actors[id]) for id in event.actors],
        "summary": event.summary,
        "note": event.note,
        "sources": [_source(log.sources[id]) for id in event.sources],
        "tags": list(event.tags),
        "related": list(event.related),
    }


def _actor(actor: Actor) -> PlainActor:
    return {"id": actor.id, "name": actor.name, "of": actor.of}


def _source(source: Source) -> PlainSource:
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "author": source.author,
        "published": _text(source.published),
        "url": source.url,
        "language": source.language,
        "relays": source.relays,
    }


def rows(log: Log) -> dict[str, Any]:
    """Give a log as JSON can hold it, records as lists in the order of their fields."""
    return {
        "title": log.title,
        "kinds": dict(log.kinds),
        "actors": [list(actor) for actor in log.actors.values()],
        "sources": [[*s[:4], _text(s.published), *s[5:]] for s in log.sources.values()],
        "events": [[e.id, e.date.text, *e[2:]] for e in log.events],
    }


def from_rows(plain: dict[str, Any]) -> Log:
    """Give the log that `rows` was made of.

    Raises ValueError, TypeError, KeyError or DateError where it was made of no log.
    """
    kinds: dict[str, str] = plain["kinds"]
    actors = {row[0]: Actor(row[0], row[1], row[2], tuple(row[3])) for row in plain["actors"]}
    sources = {}
    for id, title, publisher, author, published, url, language, relays in plain["sources"]:
        when = parse(published) if published else None
        sources[id] = Source(id, title, publisher, author, when, url, language, relays)
    events = tuple(
        Event(
            id, parse(date), title, kind, tuple(people), place, summary, status,
            tuple(cited), tuple(tags), tuple(related), note,
        )
        for id, date, title, kind, people, place, summary, status, cited, tags, related, note
        in plain["events"]
    )  # fmt: skip
    return Log(str(plain["title"]), kinds, actors, sources, events)


def _text(when: When | None) -> str | None:
    return when.text if when else None
