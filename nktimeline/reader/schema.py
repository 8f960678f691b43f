"""The log's format as data: each record's fields, and by which method of `Reading` each is read."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from nktimeline.dates import When, parse
from nktimeline.model import Actor, Event, Source

UNDATED: When = parse("../9999")._replace(text="")
"""Stands for a date that cannot be read, in a log that has errors anyway."""


class Shape(NamedTuple):
    """A record's fields, and what stands in for a required one that is missing."""

    make: Callable[..., Any]
    fields: Mapping[str, str]
    required: Mapping[str, str | When]


LOG = {
    "title": "text",
    "kinds": "kinds",
    "actors": "actors",
    "sources": "sources",
    "events": "events",
}
ACTOR = Shape(Actor, {"name": "text", "of": "id", "aliases": "texts"}, {"name": ""})
SOURCE = Shape(
    Source,
    {
        "title": "text",
        "publisher": "text",
        "author": "text",
        "published": "when",
        "url": "text",
        "language": "language",
        "relays": "id",
    },
    {"title": "", "publisher": ""},
)
EVENT = Shape(
    Event,
    {
        "id": "id",
        "date": "when",
        "title": "text",
        "kind": "id",
        "actors": "ids",
        "place": "text",
        "summary": "text",
        "status": "status",
        "sources": "ids",
        "tags": "ids",
        "related": "ids",
        "note": "text",
    },
    {"id": "", "date": UNDATED, "title": "", "kind": ""},
)
