"""The log as values: frozen records that hold tuples, and what can be asked of a whole log.

A record describes each of its fields once, in the field's type: how a log writes it, and what it
means. `fields()` returns these descriptions; the reader, the cache, the outputs, the schema and the
documentation follow from them. This module knows no file, output or terminal.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from keyword import iskeyword
from typing import Annotated, Any, Literal, NamedTuple, Protocol, get_type_hints

from nktimeline.dates import POSSIBLY, Match, When, Window

STATUSES = ("confirmed", "reported", "disputed")


class Form(NamedTuple):
    """How a log writes a field."""

    what: Literal[
        "text", "texts", "id", "ids", "id_or_ids", "date", "status", "language", "account",
        "citations", "states", "meanings", "table", "list",
    ]  # fmt: skip
    table: str = ""
    """The table or list of the log whose ids the field holds."""
    record: "Record | None" = None
    """What a table or list is made of."""

    @property
    def is_free(self) -> bool:
        """Whether people write the value as they like; others hold ids, dates or words of ours."""
        return self.what in ("text", "texts", "account", "meanings")

    @property
    def is_list(self) -> bool:
        """Whether the value is a list of texts or ids."""
        return self.what in ("texts", "ids", "id_or_ids", "citations")


Record = type[tuple[Any, ...]]
"""A class of records."""


class Field(NamedTuple):
    """The description of one field of a record."""

    name: str
    form: Form
    about: str
    """What the field means, in one sentence."""
    required: bool

    @property
    def attribute(self) -> str:
        """The record's own name for it: a word that Python has taken ends in `_`."""
        return f"{self.name}_" if iskeyword(self.name) else self.name


@cache
def fields(record: Record) -> tuple[Field, ...]:
    """Return the fields of a record that a log writes, in the order in which they are put out."""
    defaults: Mapping[str, Any] = getattr(record, "_field_defaults", {})
    hints = get_type_hints(record, include_extras=True)
    described = {n: hint.__metadata__ for n, hint in hints.items() if hasattr(hint, "__metadata__")}
    return tuple(
        Field(name.removesuffix("_"), form, about, name not in defaults)
        for name, (form, about) in described.items()
    )


TEXT = Form("text")


class Actor(NamedTuple):
    """A state, organisation or person."""

    id: Annotated[str, Form("id"), "What events name the actor by."]
    name: Annotated[str, TEXT, "What readers see."]
    of: Annotated[str | None, Form("id", "actors"), "The actor that this one belongs to."] = None
    aliases: Annotated[tuple[str, ...], Form("texts"), "Other names that find the actor."] = ()


class Source(NamedTuple):
    """A page that an event rests on."""

    id: Annotated[str, Form("id"), "What events cite the source by."]
    title: Annotated[str, TEXT, "The page's title; in [brackets] where we supplied it."]
    publisher: Annotated[str, TEXT, "Who published the page."]
    author: Annotated[str | None, TEXT, "Who wrote it, as the page has it."] = None
    published: Annotated[When | None, Form("date"), "When it was published, in EDTF."] = None
    url: Annotated[str | None, TEXT, "The address of the page that was read."] = None
    language: Annotated[str | None, Form("language"), "A BCP 47 tag; English if left out."] = None
    relays: Annotated[
        str | None,
        Form("account"),
        "Whose account the page passes on: an actor's id, or a publisher as the log spells it.",
    ] = None


class Event(NamedTuple):
    """Something that happened, at a date known as well as its sources know it."""

    id: Annotated[str, Form("id"), "What others cite the event by; it never changes."]
    date: Annotated[When, Form("date"), "When it happened, by the calendar of the place, in EDTF."]
    title: Annotated[str, TEXT, "Who does what, in the present tense."]
    kind: Annotated[str, Form("id", "kinds"), "What sort of event it is."]
    status: Annotated[str, Form("status"), "How sure it is: confirmed, reported or disputed."] = (
        "confirmed"
    )
    place: Annotated[str | None, TEXT, "Where it happened."] = None
    actors: Annotated[
        tuple[str, ...], Form("ids", "actors"), "Those who acted, met or were addressed."
    ] = ()
    summary: Annotated[str | None, TEXT, "What a reader needs to know."] = None
    note: Annotated[str | None, TEXT, "Why this date or reading, and where sources differ."] = None
    sources: Annotated[
        tuple[str, ...],
        Form("citations", "sources"),
        "What it rests on, one or more: ids of sources, or the sources themselves.",
    ] = ()
    tags: Annotated[tuple[str, ...], Form("ids"), "Threads that the event belongs to."] = ()
    related: Annotated[
        tuple[str, ...], Form("ids", "events"), "Events that it answers, or that answer it."
    ] = ()
    guests: Annotated[
        tuple[str, ...], Form("ids", "actors"), "Those of the actors who travelled."
    ] = ()
    host: Annotated[
        tuple[str, ...],
        Form("id_or_ids", "actors"),
        "Whose guests they were: one id or several; left out at a third place.",
    ] = ()
    level: Annotated[
        str | None,
        Form("id", "levels"),
        "The rank of the highest guest; without guests, of the highest participant.",
    ] = None
    sets: Annotated[
        tuple[tuple[str, str], ...],
        Form("states", "members"),
        "The states of members of standings from the end of its last day on.",
    ] = ()


def free_texts() -> tuple[str, ...]:
    """Return the names of an event's texts that tell more than what happened where."""
    return tuple(
        field.attribute
        for field in fields(Event)
        if field.form == TEXT and not field.required and field.name != "place"
    )


def remarks(event: Event) -> Iterator[str]:
    """Yield the texts that stand below an event's summary, each after the name of its field."""
    for name in free_texts():
        if name != "summary" and (text := getattr(event, name)):
            yield f"{name.rstrip('_').capitalize()}: {text}"


class Member(NamedTuple):
    """One of the things whose state a standing follows."""

    id: Annotated[str, Form("id"), "What events and lists name it by."]
    name: Annotated[str, TEXT, "What readers see."]
    of: Annotated[str | None, Form("id", "actors"), "The actor that it belongs to."] = None


class Standing(NamedTuple):
    """A group of things whose state the log follows."""

    id: Annotated[str, Form("id"), "What `state` and lists name the group by."]
    name: Annotated[str, TEXT, "What readers see."]
    states: Annotated[tuple[str, ...], Form("ids"), "The states that its members can have."]
    members: Annotated[Mapping[str, Member], Form("table", record=Member), "The things."]


class Listing(NamedTuple):
    """A published list: its members, and no others, were in its state at the end of its day."""

    on: Annotated[When, Form("date"), "The day that the list is of."]
    of: Annotated[str, Form("id", "standings"), "The standing that it lists members of."]
    is_: Annotated[str, Form("id"), "The state that its members had."]
    by: Annotated[str, Form("id", "actors"), "Whose list it is."]
    members: Annotated[tuple[str, ...], Form("ids", "members"), "The members that it lists."]
    sources: Annotated[tuple[str, ...], Form("ids", "sources"), "Where it can be read."] = ()
    note: Annotated[str | None, TEXT, "By which rule it counts, and why it differs."] = None


class Mark(StrEnum):
    """How an event stands in a selection."""

    POSSIBLE = "possible"
    """The event's date is vague: it only could belong to the selection."""
    HIT = "hit"
    """It was found; others are shown around it."""
    NEAR = "near"
    """It was not found, and only stands near one that was."""


class Extent(NamedTuple):
    """What a whole log holds, however little of it was read."""

    events: int
    days: Window
    """The days from the first to the last that any event could touch."""


class Predicate(Protocol):
    """Tells whether an event belongs to a selection."""

    def __call__(self, event: Event, /) -> Match:
        """Return whether the event belongs, possibly or surely."""


class Log(NamedTuple):
    """Events in order, with the vocabulary, people and publications that they name by id."""

    title: Annotated[str, TEXT, "What the log is about."]
    events: Annotated[tuple[Event, ...], Form("list", record=Event), "What happened, by date."]
    coverage: Annotated[
        When | None, Form("date"), "The days that were followed; beyond them silence means nothing."
    ] = None
    kinds: Annotated[Mapping[str, str], Form("meanings"), "The kinds of event, explained."] = {}
    levels: Annotated[
        Mapping[str, str], Form("meanings"), "The ranks of guests, highest first, explained."
    ] = {}
    actors: Annotated[Mapping[str, Actor], Form("table", record=Actor), "Who takes part."] = {}
    standings: Annotated[
        Mapping[str, Standing], Form("table", record=Standing), "Things whose state is followed."
    ] = {}
    lists: Annotated[
        tuple[Listing, ...],
        Form("list", record=Listing),
        "Published lists that the standings are compared with.",
    ] = ()
    sources: Annotated[
        Mapping[str, Source],
        Form("table", record=Source),
        "What several events or lists cite, by id; a source of one event stands in the event.",
    ] = {}
    marks: Mapping[str, Mark] = {}
    """The marks of a selection's events, by id; most events have none."""
    extent: Extent = Extent(0, Window())
    blob: str = ""
    """The hash that git gives the file that the log was read from; blank unless asked for."""

    def keep(self, match: Predicate) -> "Log":
        """Return the events that match; the tables that they name things in stay whole."""
        found = [(event, how) for event in self.events if (how := match(event))]
        possible = {event.id: Mark.POSSIBLE for event, how in found if how is POSSIBLY}
        kept = self.holding(event for event, _ in found)
        return kept._replace(marks={**kept.marks, **possible})

    def holding(self, events: Iterable[Event]) -> "Log":
        """Return a selection of these events, in this order, with the marks that they had."""
        chosen = tuple(events)
        marks = {e.id: self.marks[e.id] for e in chosen if e.id in self.marks} if self.marks else {}
        return self._replace(events=chosen, marks=marks)

    def sorted(self) -> "Log":
        """Put the events in order of date; one day's events keep the order of the file."""
        return self.holding(sorted(self.events, key=lambda event: event.date.key))

    def measured(self) -> "Log":
        """Return the log with its extent noted; it must have all its events."""
        first = min((event.date.spans[0].first for event in self.events), default=date.min)
        last = max((event.date.spans[-1].last for event in self.events), default=date.max)
        return self._replace(extent=Extent(len(self.events), Window(first, last)))

    def lineage(self, actor: str | None) -> Iterator[str]:
        """Yield an actor's id, then what it belongs to, step by step; a cycle ends the walk."""
        seen: set[str] = set()
        while actor is not None and actor in self.actors and actor not in seen:
            seen.add(actor)
            yield actor
            actor = self.actors[actor].of

    @property
    def members(self) -> Mapping[str, Member]:
        """The members of all standings, by id."""
        groups = self.standings.values()
        return {id: member for group in groups for id, member in group.members.items()}

    def root(self, actor: str) -> str:
        """Return the state or organisation that an actor belongs to in the end, or itself.

        Raises ValueError for an id that is no actor's.
        """
        *_, root = self.lineage(actor)
        return root

    def tree(self, actor: str) -> frozenset[str]:
        """Return the ids of an actor and of all that belong to it; none for an unknown actor."""
        return frozenset(id for id in self.actors if actor in self.lineage(id))
