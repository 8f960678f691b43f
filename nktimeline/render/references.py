"""References to sources, and to events as entries of the log: what bibliographies are made of.

Authors and publishers are names as they stand, never split: "Kim Jong Un" has no last name that a
program could find. Knows no format.
"""

from collections.abc import Iterator
from typing import NamedTuple

from nktimeline.dates import When
from nktimeline.evidence import origin
from nktimeline.model import Event, Log, Source


class Reference(NamedTuple):
    """What is cited, and where it is to be found."""

    id: str
    title: str
    within: str
    """Who published it, or the log that it is an entry of."""
    author: str | None = None
    date: When | None = None
    url: str | None = None
    language: str | None = None
    note: str | None = None
    entry: bool = False
    """Whether it is an entry of a log, not a page."""


def cited(log: Log) -> Iterator[Reference]:
    """Yield the sources of a log's events, each once, in the order in which they are cited."""
    for id in dict.fromkeys(id for event in log.events for id in event.sources):
        yield of_source(log, log.sources[id])


def of_source(log: Log, source: Source) -> Reference:
    """Return the reference to a source."""
    note = f"relaying {origin(log, source)}" if source.relays else None
    return Reference(
        source.id, source.title, source.publisher, source.author, source.published, source.url,
        source.language, note,
    )  # fmt: skip


def of_event(event: Event, log_name: str) -> Reference:
    """Return the reference to an event as an entry of a log; `log_name` tells which."""
    note = f"entry {event.id}"
    return Reference(event.id, event.title, log_name, date=event.date, note=note, entry=True)
