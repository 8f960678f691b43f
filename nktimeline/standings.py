"""Which state things had at the end of a day, from events that set states and published lists.

An event's `sets` takes effect at the end of its last day. A list says that its members, and no
others, had its state at the end of its day; it counts for days before any event set a member. What
neither tells is not known, and nothing is known outside coverage. Pure functions over a whole log;
they know no format and no clock.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from nktimeline.dates import Window
from nktimeline.model import Event, Listing, Log, Member, Standing

Settings = Mapping[str, Sequence[Event]]
"""The events that set each member, by its id, in the order in which they take effect."""


class Row(NamedTuple):
    """Which state one member had at the end of a day."""

    standing: Standing
    member: Member
    state: str | None = None
    """None where it is not known."""
    possible: bool = False
    """Whether it may have had another state, since a change has a vague date."""
    since: Event | None = None
    """The event since which it had the state; None where a list tells it, maybe of days before."""
    listing: Listing | None = None
    """The list that tells the state, where it tells more than the events."""


class Difference(NamedTuple):
    """What a list says, and what the events and the lists before it tell of its day."""

    listing: Listing
    only_listed: tuple[str, ...]
    """Members that the list has, and that had another state."""
    only_told: tuple[str, ...]
    """Members that had the state of the list, and that it lacks."""

    @property
    def agrees(self) -> bool:
        """Whether the list and the events say the same, as far as a state is known."""
        return not (self.only_listed or self.only_told)


def coverage(log: Log) -> Window:
    """Return the days of which a log tells: those that it names, else those of its events."""
    return Window(log.coverage.first, log.coverage.last) if log.coverage else log.extent.days


def settings(log: Log) -> Settings:
    """Return the events that set each member."""
    found: dict[str, list[Event]] = {}
    for event in sorted(log.events, key=lambda event: (event.date.last, event.date.first)):
        for member, _ in event.sets:
            found.setdefault(member, []).append(event)
    return found


def rows(log: Log, standing: Standing, day: date) -> Iterator[Row]:
    """Yield a row for each member of a standing: its state at the end of a day."""
    first, last = coverage(log)
    if not first <= day <= last:
        yield from (Row(standing, member) for member in standing.members.values())
        return
    events, lists = settings(log), _lists(log, standing)
    for member in standing.members.values():
        yield _row(standing, member, events.get(member.id, ()), lists, day)


def difference(log: Log, listing: Listing) -> Difference:
    """Return where a list differs from what events and the lists before it give for its day."""
    standing = log.standings[listing.of]
    events, lists = settings(log), _lists(log, standing)
    before = lists[: lists.index(listing)]
    only_listed, only_told = [], []
    for id, member in standing.members.items():
        row = _row(standing, member, events.get(id, ()), before, listing.on.last)
        if row.possible:
            continue
        if id not in listing.members and row.state == listing.is_:
            only_told.append(id)
        if id in listing.members and _stood_otherwise(row, listing, before):
            only_listed.append(id)
    return Difference(listing, tuple(only_listed), tuple(only_told))


def lists_near(log: Log, standing: Standing, day: date) -> Sequence[Listing]:
    """Return each publisher's last list up to a day, or else its first one after it.

    Lists of different states are treated apart. The lists come in order of their days.
    """
    near: dict[tuple[str, str], Listing] = {}
    lists = _lists(log, standing)
    for listing in lists:
        if listing.on.last <= day:
            near[listing.by, listing.is_] = listing
        else:
            near.setdefault((listing.by, listing.is_), listing)
    return [listing for listing in lists if listing is near[listing.by, listing.is_]]


def _row(
    standing: Standing, member: Member, events: Sequence[Event], lists: Sequence[Listing], day: date
) -> Row:
    """Return the state of a member at the end of a day that the log covers."""
    begun = events[0].date.last if events else date.max
    lists = [one for one in lists if one.on.last < begun]
    done = [event for event in events if event.date.last <= day]
    row = _told(standing, member, done, lists, day)
    vague = [event for event in events if event.date.ended <= day < event.date.reach.last]
    if not vague:
        return row
    sure = [event for event in done if event not in vague]
    states = {row.state, _told(standing, member, sure, lists, day).state}
    states.update(_state(event, member) for event in vague)
    return row._replace(possible=len(states) > 1)


def _told(
    standing: Standing, member: Member, done: Sequence[Event], lists: Sequence[Listing], day: date
) -> Row:
    """Return the state of a member by events that have ended, and lists from before the first one.

    Where none of these tells another state, it had the same state before the first event.
    """
    if not done:
        listing = _listed(member, lists, day)
        return Row(standing, member, listing.is_ if listing else None, listing=listing)
    state = _state(done[-1], member)
    changes = [event for event in done if _state(event, member) != state]
    run = done[done.index(changes[-1]) + 1 :] if changes else done
    having = {one.is_ for one in lists if member.id in one.members}
    if not changes and having == {state}:
        before = _listed(member, lists, run[0].date.last)
        return Row(standing, member, state, since=None if before else run[0], listing=before)
    return Row(standing, member, state, since=run[0])


def _listed(member: Member, lists: Sequence[Listing], day: date) -> Listing | None:
    """Return the list that tells the state of a member on a day before any event set it.

    That is the last list with the member up to the day, or else the first one after it. It is None
    where a list of the same state lacks the member, and comes between the found one and the day,
    or before a found one that is later than the day: when the state changed would be a guess.
    """
    having = [one for one in lists if member.id in one.members]
    before = [one for one in having if one.on.last <= day]
    if not having:
        return None
    listing = before[-1] if before else having[0]
    on = listing.on.last
    lacking = (one for one in lists if one.is_ == listing.is_ and member.id not in one.members)
    doubted = (on < one.on.last <= day if before else one.on.last < on for one in lacking)
    return None if any(doubted) else listing


def _stood_otherwise(row: Row, listing: Listing, before: Iterable[Listing]) -> bool:
    """Tell whether a listed member had another state, if only since an earlier list lacks it."""
    if row.state is not None:
        return row.state != listing.is_
    return any(one.is_ == listing.is_ and row.member.id not in one.members for one in before)


def _state(event: Event, member: Member) -> str:
    return dict(event.sets)[member.id]


def _lists(log: Log, standing: Standing) -> Sequence[Listing]:
    """Return the lists of a standing, in order of their days."""
    return sorted((one for one in log.lists if one.of == standing.id), key=lambda one: one.on.key)
