"""Rules over a whole log: one generator of findings each, listed in `CHECKS`.

A rule's code is its function's name with dashes, and its docstring is what `check --explain` says.
A new rule is a function here and a line in `CHECKS`. Rules never see the file: they say where by
path, and load.py finds line and column.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from inspect import getdoc
from itertools import chain, pairwise
from typing import NamedTuple

from nktimeline.model import Event, Log
from nktimeline.names import meant
from nktimeline.problems import MOST, Level, quoted
from nktimeline.reader import RULES, Path
from nktimeline.text import fold, name_key

_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ALIKE = 0.6  # share of their words that two titles have in common when they tell the same
_COMPARED = 100  # events of one day that each is held against


class Finding(NamedTuple):
    """One breach of a rule, at a path into the log's file."""

    path: Path
    message: str


Check = Callable[[Log], Iterator[Finding]]


def duplicate_id(log: Log) -> Iterator[Finding]:
    """Every event has an id of its own, since ids are what others cite."""
    first: dict[str, Event] = {}
    for index, event in enumerate(log.events):
        if event.id in first:
            title = first[event.id].title
            yield Finding(_at(index, "id"), f"the id '{event.id}' is taken by '{title}'")
        elif event.id:
            first[event.id] = event


def duplicate_event(log: Log) -> Iterator[Finding]:
    """No event stands twice under different ids: same days, same actors and nearly the same title.

    Counts would be wrong, and corrections would reach only one of them.
    """
    alike: dict[object, list[int]] = defaultdict(list)
    for index, event in enumerate(log.events):
        alike[event.date.key, frozenset(event.actors)].append(index)
    for group in alike.values():
        if len(group) > 1:
            yield from _near_same(log, group)


def unknown_kind(log: Log) -> Iterator[Finding]:
    """Every event's kind is in the log's table of kinds."""
    strays = (
        (_at(index, "kind"), event.kind)
        for index, event in enumerate(log.events)
        if event.kind not in log.kinds
    )
    yield from _unknown("kind", strays, log.kinds)


def unknown_actor(log: Log) -> Iterator[Finding]:
    """Every actor that an event, an actor (`of`) or a source (`relays`) names is in the table."""
    owners = ((("actors", id, "of"), actor.of) for id, actor in log.actors.items())
    relayed = ((("sources", id, "relays"), page.relays) for id, page in log.sources.items())
    strays = chain(
        (stray for stray in chain(owners, relayed) if stray[1] not in log.actors),
        _listed(log, "actors", log.actors),
    )
    yield from _unknown("actor", strays, log.actors)


def unknown_source(log: Log) -> Iterator[Finding]:
    """Every source that an event cites is in the table of sources."""
    yield from _unknown("source", _listed(log, "sources", log.sources), log.sources)


def unknown_related(log: Log) -> Iterator[Finding]:
    """Every related id is that of another event in the log."""
    ids = {event.id for event in log.events}
    yield from _unknown("event", _listed(log, "related", ids), ids)
    for index, event in enumerate(log.events):
        if event.id and event.id in event.related:
            path = _at(index, "related", event.related.index(event.id))
            yield Finding(path, f"'{event.id}' is related to itself")


def missing_source(log: Log) -> Iterator[Finding]:
    """Every event cites at least one source; what nobody can look up is not for a log."""
    for index, event in enumerate(log.events):
        if not event.sources and (event.id or event.title):
            yield Finding(_at(index, "sources"), f"'{event.id or event.title}' cites no source")


def repeated_item(log: Log) -> Iterator[Finding]:
    """No list names the same thing twice: it would be shown twice, and counted as two."""
    for index, event in enumerate(log.events):
        for field in ("actors", "sources", "tags", "related"):
            yield from _repeated(_at(index, field), getattr(event, field))
    for id, actor in log.actors.items():
        yield from _repeated(("actors", id, "aliases"), actor.aliases)


def actor_cycle(log: Log) -> Iterator[Finding]:
    """No actor belongs to itself, directly or through others: `of` makes a tree."""
    for id, actor in log.actors.items():
        if id in log.lineage(actor.of):
            yield Finding(("actors", id, "of"), f"'{id}' belongs to itself through 'of'")


def bad_url(log: Log) -> Iterator[Finding]:
    """A source's url is http or https, names a host, and holds no blank: it will be a link."""
    for id, source in log.sources.items():
        if source.url and not _host(source.url)[0]:
            yield Finding(("sources", id, "url"), f"{quoted(source.url)} is no http(s) address")


def bare_url(log: Log) -> Iterator[Finding]:
    """A source's url leads to the page that was read, not to the front page of its site."""
    for id, source in log.sources.items():
        host, rest = _host(source.url or "")
        if host and not rest.strip("/"):
            yield Finding(("sources", id, "url"), f"{quoted(host)} is a bare domain")


def shared_name(log: Log) -> Iterator[Finding]:
    """No two actors go by the same id, name or alias, or asking for it would be ambiguous."""
    first: dict[str, str] = {}
    for id, actor in log.actors.items():
        spots: list[tuple[Path, str]] = [((), id), (("name",), actor.name)]
        spots.extend((("aliases", place), alias) for place, alias in enumerate(actor.aliases))
        for spot, name in spots:
            owner = first.setdefault(name_key(name) or name, id)
            if name and owner != id:
                yield Finding(("actors", id, *spot), f"'{name}' is also a name of '{owner}'")


def premature_source(log: Log) -> Iterator[Finding]:
    """No event rests on sources published wholly before it.

    A page from before the day can announce the event, and is welcome beside one from after it. One
    day of grace allows for time zones.
    """
    for index, event in enumerate(log.events):
        known = [log.sources[id].published for id in event.sources if id in log.sources]
        dates = [when for when in known if when is not None]
        if not dates or len(dates) < len(known):
            continue
        latest = max([when.reach.last for when in dates])
        first = event.date.reach.first
        if latest < first and latest + timedelta(days=1) < first:
            message = f"every source was published before the event, the last on {latest}"
            yield Finding(_at(index, "sources"), message)


def unused_actor(log: Log) -> Iterator[Finding]:
    """Every actor is named by an event or a source, or has members that are."""
    named = {name for event in log.events for name in event.actors}
    named.update(source.relays for source in log.sources.values() if source.relays)
    used = {id for name in named for id in log.lineage(name)}
    for id in log.actors.keys() - used:
        yield Finding(("actors", id), f"no event names the actor '{id}'")


def unused_source(log: Log) -> Iterator[Finding]:
    """Every source is cited by an event."""
    used = {id for event in log.events for id in event.sources}
    for id in log.sources.keys() - used:
        yield Finding(("sources", id), f"no event cites the source '{id}'")


def unused_kind(log: Log) -> Iterator[Finding]:
    """Every kind has an event, or the vocabulary promises what is not there."""
    for id in log.kinds.keys() - {event.kind for event in log.events}:
        yield Finding(("kinds", id), f"no event is of the kind '{id}'")


def out_of_order(log: Log) -> Iterator[Finding]:
    """Events stand in order of date, so that people and version control find them."""
    for index, (before, event) in enumerate(pairwise(log.events), 1):
        if event.date.text and before.date.text and event.date.key < before.date.key:
            message = f"{event.date.text} stands after {before.date.text} ('{before.id}')"
            yield Finding(_at(index, "date"), message)


def bidi_control(log: Log) -> Iterator[Finding]:
    """No text holds bidirectional controls, which make it read otherwise than it is written."""
    for index, event in enumerate(log.events):
        if f"{event.title}{event.place}{event.summary}{event.note}".isprintable():
            continue  # these controls are not
        for field in ("title", "place", "summary", "note"):
            if _BIDI.search(getattr(event, field) or ""):
                yield Finding(_at(index, field), f"the {field} holds a bidirectional control")
    for id, source in log.sources.items():
        if _BIDI.search(f"{source.title}{source.publisher}{source.author}"):
            yield Finding(("sources", id), f"the source '{id}' holds a bidirectional control")
    for id, actor in log.actors.items():
        if _BIDI.search("".join((actor.name, *actor.aliases))):
            yield Finding(("actors", id), f"the actor '{id}' holds a bidirectional control")


CHECKS: tuple[tuple[Check, Level], ...] = (
    (duplicate_id, Level.ERROR),
    (unknown_kind, Level.ERROR),
    (unknown_actor, Level.ERROR),
    (unknown_source, Level.ERROR),
    (unknown_related, Level.ERROR),
    (missing_source, Level.ERROR),
    (actor_cycle, Level.ERROR),
    (bad_url, Level.ERROR),
    (duplicate_event, Level.WARNING),
    (repeated_item, Level.WARNING),
    (bare_url, Level.WARNING),
    (shared_name, Level.WARNING),
    (premature_source, Level.WARNING),
    (unused_actor, Level.WARNING),
    (unused_source, Level.WARNING),
    (unused_kind, Level.WARNING),
    (out_of_order, Level.WARNING),
    (bidi_control, Level.WARNING),
)


def code(check: Check) -> str:
    """Give the code under which a rule's findings are reported."""
    return check.__name__.replace("_", "-")


def explanations() -> dict[str, str]:
    """Give what every rule wants and why, the reader's and the checks', by code."""
    ours = {code(check): getdoc(check) or "" for check, _ in CHECKS}
    return dict(sorted({**RULES, **ours}.items()))


def _at(index: int, *rest: str | int) -> Path:
    return ("events", index, *rest)


def _listed(log: Log, field: str, known: Collection[str]) -> Iterator[tuple[Path, str]]:
    """Yield the ids in a list of the events that are not known, each with its path."""
    for index, event in enumerate(log.events):
        for place, id in enumerate(getattr(event, field)):
            if id not in known:
                yield _at(index, field, place), id


def _repeated(path: Path, items: Sequence[str]) -> Iterator[Finding]:
    """Yield a finding for each item that an earlier one is like; a blank one was reported."""
    if len(set(items)) == len(items):
        return
    for place, item in enumerate(items):
        if item and item in items[:place]:
            yield Finding((*path, place), f"{quoted(item)} stands here twice")


def _unknown(
    what: str, strays: Iterable[tuple[Path, str | None]], known: Collection[str]
) -> Iterator[Finding]:
    """Yield a finding for each name that is not known; a blank one was reported when read."""
    named = ((path, name) for path, name in strays if name)
    for number, (path, name) in enumerate(named):
        offer = meant(name, known) if number < MOST else ""  # comparing all with all takes long
        yield Finding(path, f"unknown {what} {quoted(name)}{offer}")


def _host(url: str) -> tuple[str, str]:
    """Split a web address into host and rest (RFC 3986, 3.2); both are empty where it is none."""
    found = re.fullmatch(r"https?://([^/?#]+)(.*)", url, re.IGNORECASE)
    return (found[1], found[2]) if found and url.isprintable() and " " not in url else ("", "")


def _near_same(log: Log, group: Sequence[int]) -> Iterator[Finding]:
    """Find the events, of those given by their place, whose titles share most of their words.

    Each is held against the `_COMPARED` before it, so that ten thousand on one day take no hours.
    """
    words = [set(fold(log.events[index].title).split()) for index in group]
    for place, index in enumerate(group):
        a = words[place]
        for earlier in range(max(0, place - _COMPARED), place):
            b, other = words[earlier], log.events[group[earlier]]
            if a and b and len(a & b) / len(a | b) >= _ALIKE and other.id != log.events[index].id:
                yield Finding(_at(index, "title"), f"nearly the same event as '{other.id}'")
                break
