"""Rules about what a log has and nothing uses: a mistake, or a promise that is not kept."""

from collections.abc import Iterator

from nktimeline.checks.findings import Check, Finding
from nktimeline.model import Log
from nktimeline.paths import mentioned
from nktimeline.text import quoted


def unused_actor(log: Log) -> Iterator[Finding]:
    """Every actor, or one that belongs to it, is named by an event, source, list or member."""
    apart = log._replace(actors={})  # so that belonging to one another is no use
    active = mentioned(apart, "actors").union(page.relays for page in log.sources.values())
    used = {id for name in active for id in log.lineage(name)}
    for id in log.actors.keys() - used:
        yield Finding(("actors", id), f"no event names the actor {quoted(id)}")


def unused_source(log: Log) -> Iterator[Finding]:
    """Every source is cited by an event or a list."""
    for id in log.sources.keys() - mentioned(log, "sources"):
        yield Finding(("sources", id), f"no event cites the source {quoted(id)}")


def unused_kind(log: Log) -> Iterator[Finding]:
    """Every kind has an event; otherwise the vocabulary promises what is not there."""
    for id in log.kinds.keys() - mentioned(log, "kinds"):
        yield Finding(("kinds", id), f"no event is of the kind {quoted(id)}")


def unused_level(log: Log) -> Iterator[Finding]:
    """Every level has an event; otherwise the vocabulary promises what is not there."""
    for id in log.levels.keys() - mentioned(log, "levels"):
        yield Finding(("levels", id), f"no event is of the level {quoted(id)}")


def unused_member(log: Log) -> Iterator[Finding]:
    """Every member of a standing is set by an event, or named by a list."""
    told = mentioned(log, "members")
    for group, standing in log.standings.items():
        for id in standing.members.keys() - told:
            path = ("standings", group, "members", id)
            yield Finding(path, f"no event and no list tells of {quoted(id)}")


ERRORS: tuple[Check, ...] = ()
WARNINGS: tuple[Check, ...] = (
    unused_actor,
    unused_source,
    unused_kind,
    unused_level,
    unused_member,
)
