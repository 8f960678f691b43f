"""Rules about names: an id belongs to one thing, and what is named is there."""

from collections.abc import Iterator

from nktimeline.checks.findings import Check, Finding, event_path, unknown_ids, unknown_names
from nktimeline.folding import name_key
from nktimeline.model import Actor, Event, Log
from nktimeline.paths import Path
from nktimeline.text import quoted


def duplicate_id(log: Log) -> Iterator[Finding]:
    """Every event has an id of its own, since ids are what others cite."""
    first: dict[str, Event] = {}
    for index, event in enumerate(log.events):
        if event.id in first:
            title = first[event.id].title
            yield Finding(
                event_path(index, "id"), f"the id {quoted(event.id)} is taken by {quoted(title)}"
            )
        elif event.id:
            first[event.id] = event


def unknown_kind(log: Log) -> Iterator[Finding]:
    """Every event's kind is in the log's table of kinds."""
    yield from unknown_ids(log, "kinds")


def unknown_level(log: Log) -> Iterator[Finding]:
    """Every event's level is in the log's table of levels."""
    if log.levels:
        yield from unknown_ids(log, "levels")


def unknown_actor(log: Log) -> Iterator[Finding]:
    """Every actor that an event, a list, a member, an actor or a source names is in the table.

    A source may also relay a publisher, as the log spells it elsewhere.
    """
    yield from unknown_ids(log, "actors")
    publishers = {page.publisher for page in log.sources.values()}
    relayed = ((("sources", id, "relays"), page.relays) for id, page in log.sources.items())
    strays = (
        (path, name)
        for path, name in relayed
        if name and not (name in log.actors or name in publishers)
    )
    yield from unknown_names("actor or publisher", strays, log.actors, publishers)


def unknown_source(log: Log) -> Iterator[Finding]:
    """Every source that an event cites is in the table of sources, or stands in an event."""
    yield from unknown_ids(log, "sources")


def unknown_related(log: Log) -> Iterator[Finding]:
    """Every related id is that of another event in the log."""
    yield from unknown_ids(log, "events")
    for index, event in enumerate(log.events):
        if event.id and event.id in event.related:
            path = event_path(index, "related", event.related.index(event.id))
            yield Finding(path, f"{quoted(event.id)} is related to itself")


def unknown_standing(log: Log) -> Iterator[Finding]:
    """Every list is of a standing that is in the table of standings."""
    yield from unknown_ids(log, "standings")


def unknown_member(log: Log) -> Iterator[Finding]:
    """Every member that an event sets, or a list names, belongs to a standing."""
    yield from unknown_ids(log, "members")


def shared_member(log: Log) -> Iterator[Finding]:
    """No two standings have members with one id: an event sets a member by its id alone."""
    first: dict[str, str] = {}
    for group, standing in log.standings.items():
        for id in standing.members:
            if first.setdefault(id, group) != group:
                message = f"{quoted(id)} is a member of {quoted(first[id])} too"
                yield Finding(("standings", group, "members", id), message)


def actor_cycle(log: Log) -> Iterator[Finding]:
    """No actor belongs to itself, directly or through others: `of` makes a tree."""
    for id, actor in log.actors.items():
        if id in log.lineage(actor.of):
            yield Finding(("actors", id, "of"), f"{quoted(id)} belongs to itself through 'of'")


def shared_name(log: Log) -> Iterator[Finding]:
    """No two actors share an id, name or alias: asking for it would be ambiguous."""
    first: dict[str, str] = {}
    for id, actor in log.actors.items():
        for spot, name in _names(actor):
            owner = first.setdefault(name_key(name) or name, id)
            if name and owner != id:
                message = f"{quoted(name)} is also a name of {quoted(owner)}"
                yield Finding(("actors", id, *spot), message)


ERRORS: tuple[Check, ...] = (
    duplicate_id,
    unknown_kind,
    unknown_level,
    unknown_actor,
    unknown_source,
    unknown_related,
    unknown_standing,
    unknown_member,
    shared_member,
    actor_cycle,
)
WARNINGS: tuple[Check, ...] = (shared_name,)


def _names(actor: Actor) -> Iterator[tuple[Path, str]]:
    """Yield what an actor goes by, and where it stands in the actor."""
    yield (), actor.id
    yield ("name",), actor.name
    for place, alias in enumerate(actor.aliases):
        yield ("aliases", place), alias
