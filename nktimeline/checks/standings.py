"""Rules about standings: what events set, and what published lists say."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from nktimeline.checks.findings import Check, Finding, event_path
from nktimeline.model import Log
from nktimeline.names import meant
from nktimeline.paths import Path
from nktimeline.standings import Difference, difference
from nktimeline.text import quoted


def unknown_state(log: Log) -> Iterator[Finding]:
    """Every state that an event sets, or a list tells, is among the states of its standing."""
    states = {id: group.states for group in log.standings.values() for id in group.members}
    for index, event in enumerate(log.events):
        for member, state in event.sets:
            if member in states:
                yield from _unknown(event_path(index, "sets", member), state, states[member])
    for index, listing in enumerate(log.lists):
        if listing.of in log.standings:
            known = log.standings[listing.of].states
            yield from _unknown(("lists", index, "is"), listing.is_, known)


def foreign_member(log: Log) -> Iterator[Finding]:
    """Every member of a list belongs to the standing that the list is of."""
    for index, listing in enumerate(log.lists):
        if standing := log.standings.get(listing.of):
            for place, id in enumerate(listing.members):
                if id in log.members and id not in standing.members:
                    message = f"{quoted(id)} is no member of {quoted(listing.of)}"
                    yield Finding(("lists", index, "members", place), message)


def open_setting(log: Log) -> Iterator[Finding]:
    """An event that sets a state has a last day, since the state holds from its end on."""
    for index, event in enumerate(log.events):
        if event.sets and event.date.open_last:
            message = f"the event sets a state, and {event.date.text} has no last day"
            yield Finding(event_path(index, "date"), message)


def overlapping_settings(log: Log) -> Iterator[Finding]:
    """Events whose dates overlap do not set one member twice: which came last would be a guess."""
    setting: dict[str, list[int]] = defaultdict(list)
    for index, event in enumerate(log.events):
        if event.date.text and not event.date.open_last:  # the others are reported already
            for member, _ in event.sets:
                setting[member].append(index)
    for member, indexes in setting.items():
        yield from _overlapping(log, member, indexes)


def list_of_no_day(log: Log) -> Iterator[Finding]:
    """A published list is of one day, since it tells how things stood at the end of it."""
    for index, listing in enumerate(log.lists):
        if listing.on.text and listing.on.first != listing.on.last:
            message = f"a list is of one day, and {listing.on.text} is not one"
            yield Finding(("lists", index, "on"), message)


def list_differs(log: Log) -> Iterator[Finding]:
    """A published list agrees with what events and earlier lists give, or a `note` says why not."""
    for index, listing in enumerate(log.lists):
        standing = log.standings.get(listing.of)
        if listing.note or not standing or listing.is_ not in standing.states:
            continue
        found = difference(log, listing)
        if listing.on.text and not found.agrees:  # without a day it is reported already
            yield Finding(("lists", index), _differing(found))


ERRORS: tuple[Check, ...] = (
    unknown_state,
    foreign_member,
    open_setting,
    overlapping_settings,
    list_of_no_day,
)
WARNINGS: tuple[Check, ...] = (list_differs,)


def _unknown(path: Path, state: str, states: tuple[str, ...]) -> Iterator[Finding]:
    if state and state not in states:
        offer = meant(state, states) or f"; the states here are {', '.join(states)}"
        yield Finding(path, f"unknown state {quoted(state)}{offer}")


def _overlapping(log: Log, member: str, indexes: Sequence[int]) -> Iterator[Finding]:
    """Yield a finding for each event that begins before another has ended that began before it."""
    first, *others = sorted(indexes, key=lambda index: log.events[index].date.key)
    for index in others:
        event, before = log.events[index], log.events[first]
        if event.date.first <= before.date.last:
            message = f"{quoted(member)} is set by {quoted(before.id)} too, at an overlapping date"
            yield Finding(event_path(index, "sets", member), message)
        first = max(first, index, key=lambda one: log.events[one].date.last)


def _differing(found: Difference) -> str:
    """Return who is on either side, in words."""
    sides = (("has", found.only_listed), ("lacks", found.only_told))
    words = (f"{verb} {', '.join(map(quoted, ids))}" for verb, ids in sides if ids)
    return f"the list {' and '.join(words)}, unlike the events and lists before it"
