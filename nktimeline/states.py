"""The answer to `state`: groups of members with their states, and the lists they are compared with.

Knows no format; `grid` serves those that show rows under columns.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from nktimeline.model import Listing, Log, Standing
from nktimeline.standings import Difference, Row, difference, lists_near, rows
from nktimeline.tally import Grid

NOT_KNOWN = "not known"
"""The word for a state that neither an event nor a list tells."""


class Group(NamedTuple):
    """What was asked for of one standing."""

    standing: Standing
    rows: tuple[Row, ...]
    """In order of their states; within a state, in the order of the log."""
    lists: tuple[Difference, ...]
    """The lists nearest to the day, by publisher and state."""


def answer(
    log: Log,
    day: date,
    groups: Sequence[str] = (),
    actors: Sequence[str] = (),
    states: Sequence[str] = (),
) -> Iterator[Group]:
    """Yield groups, with the rows that belong to some actors or their members and have some states.

    All take ids; an empty argument asks for all. Groups without such rows are left out. Raises
    KeyError for an unknown group.
    """
    trees = frozenset[str]().union(*map(log.tree, actors))
    for standing in [log.standings[id] for id in dict.fromkeys(groups)] or log.standings.values():
        asked = tuple(
            row
            for row in rows(log, standing, day)
            if (not actors or row.member.of in trees) and (not states or state(row) in states)
        )
        if asked:
            order = [*standing.states, NOT_KNOWN]
            lists = tuple(difference(log, one) for one in lists_near(log, standing, day))
            yield Group(standing, tuple(sorted(asked, key=lambda r: order.index(state(r)))), lists)


def state(row: Row) -> str:
    """Return the state of a row, also where it is not known."""
    return row.state or NOT_KNOWN


def counted(group: Group) -> str:
    """Say how many rows of a group have each state."""
    counts = Counter(map(state, group.rows))
    return ", ".join(f"{count} {name}" for name, count in counts.items())


def named(listing: Listing) -> str:
    """Return what a list is called: its day, and whose it is."""
    return f"{listing.on.text} {listing.by}"


def grid(groups: Sequence[Group]) -> Grid:
    """Return the rows of groups, one below the other."""
    columns = ("group", "id", "name", "of", "state", "possible", "since", "event", "list", "status")
    return Grid(
        columns,
        tuple(
            (
                group.standing.id,
                row.member.id,
                row.member.name,
                row.member.of,
                state(row),
                row.possible,
                row.since and row.since.date.text,
                row.since and row.since.id,
                row.listing and named(row.listing),
                row.since and row.since.status,
            )
            for group in groups
            for row in group.rows
        ),
    )
