"""The log as values: frozen records that hold tuples, and what can be asked of a whole log.

Knows no file, format or terminal. A selection from a log is a log: fewer events, the same tables.
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from nktimeline.dates import POSSIBLY, Match, When, Window

STATUSES = ("confirmed", "reported", "disputed")


class Actor(NamedTuple):
    """A state, organisation or person; `of` names the actor it belongs to."""

    id: str
    name: str
    of: str | None = None
    aliases: tuple[str, ...] = ()


class Source(NamedTuple):
    """A publication that says what an event says."""

    id: str
    title: str
    publisher: str
    author: str | None = None
    published: When | None = None
    url: str | None = None
    language: str | None = None
    """A BCP 47 tag; None means English."""
    relays: str | None = None
    """The actor whose account it passes on."""


class Event(NamedTuple):
    """Something that happened, at a date known as well as its sources know it."""

    id: str
    date: When
    title: str
    kind: str
    actors: tuple[str, ...] = ()
    place: str | None = None
    summary: str | None = None
    status: str = "confirmed"
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    note: str | None = None


class Indexed(Sequence[Event]):
    """Events that are found by their days before they are made; no tuple, and equal to none."""

    @abstractmethod
    def during(self, days: Window) -> Iterable[Event]:
        """Give the events that could touch some days, and perhaps others."""

    @property
    @abstractmethod
    def reach(self) -> Window:
        """The days from the first to the last that any event could touch."""


class Predicate(Protocol):
    """Tells whether an event belongs to a selection."""

    def __call__(self, event: Event, /) -> Match:
        """Tell so of one event."""


class Log(NamedTuple):
    """Events in order, with the vocabulary, people and publications that they name by id."""

    title: str
    kinds: Mapping[str, str]
    actors: Mapping[str, Actor]
    sources: Mapping[str, Source]
    events: Sequence[Event]
    possible: frozenset[str] = frozenset()
    """Ids of the events that only could belong to a selection, their dates being imprecise."""

    @property
    def reach(self) -> Window:
        """The days from the first to the last that any event could touch; all, if there is none."""
        if isinstance(self.events, Indexed):
            return self.events.reach
        reaches = [event.date.reach for event in self.events] or [Window()]
        return Window(min(reach.first for reach in reaches), max(reach.last for reach in reaches))

    def keep(self, match: Predicate, days: Window | None = None) -> "Log":
        """Select events; the tables that they name things in stay whole.

        Nothing that could not touch `days`, where they are given, needs to match.
        """
        events: Iterable[Event] = self.events
        if days is not None and isinstance(events, Indexed):
            events = events.during(days)
        found = [(event, how) for event in events if (how := match(event))]
        possible = [e.id for e, how in found if how is POSSIBLY or e.id in self.possible]
        kept = tuple([event for event, _ in found])
        return self._replace(events=kept, possible=frozenset(possible))

    def first(self, count: int | None = None, *, reverse: bool = False) -> "Log":
        """Put the latest events first if asked, then keep the first `count`."""
        events = (self.events[::-1] if reverse else self.events)[:count]
        possible = self.possible and self.possible.intersection([event.id for event in events])
        return self._replace(events=events, possible=possible)

    def sorted(self) -> "Log":
        """Put the events in order of date; one day's events keep the order of the file."""
        return self._replace(events=tuple(sorted(self.events, key=lambda event: event.date.key)))

    def lineage(self, actor: str | None) -> Iterator[str]:
        """Yield an actor's id, then what it belongs to, step by step; a cycle ends the walk."""
        seen: set[str] = set()
        while actor is not None and actor in self.actors and actor not in seen:
            seen.add(actor)
            yield actor
            actor = self.actors[actor].of

    def members(self, actor: str) -> frozenset[str]:
        """Give the ids of an actor and of everything under it."""
        return frozenset(id for id in self.actors if actor in self.lineage(id))
