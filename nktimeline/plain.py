"""An event as a plain dict of texts and lists, as people's scripts get it.

The form is a contract: field names, `null` for an absent text, `[]` for an absent list.
"""

from typing import TypedDict

from nktimeline.dates import When
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


def _text(when: When | None) -> str | None:
    return when.text if when else None
