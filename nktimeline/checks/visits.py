"""Rules about visits: who travelled, whose guests they were, and of what rank."""

from collections.abc import Iterator

from nktimeline.checks.findings import Check, Finding, event_path
from nktimeline.model import Log
from nktimeline.text import quoted


def guest_not_present(log: Log) -> Iterator[Finding]:
    """Every guest is among the event's actors: who travelled took part."""
    for index, event in enumerate(log.events):
        for place, guest in enumerate(event.guests):
            if guest and guest not in event.actors:
                message = f"the guest {quoted(guest)} is not among the actors"
                yield Finding(event_path(index, "guests", place), message)


def host_without_guests(log: Log) -> Iterator[Finding]:
    """An event with a host has guests."""
    for index, event in enumerate(log.events):
        if event.host and not event.guests:
            yield Finding(event_path(index, "host"), "the event has a host and no guests")


def host_not_present(log: Log) -> Iterator[Finding]:
    """Every host is among the event's actors, or one of these belongs to it."""
    for index, event in enumerate(log.events):
        present = {id for actor in event.actors for id in log.lineage(actor)} if event.host else ()
        for host in event.host:
            if host in log.actors and host not in present:
                message = f"the host {quoted(host)} is not among the actors, nor is a member of it"
                yield Finding(event_path(index, "host"), message)


def host_of_its_own(log: Log) -> Iterator[Finding]:
    """No guest is received by the guest's own state or organisation: that is no visit."""
    for index, event in enumerate(log.events):
        homes = {log.root(guest): guest for guest in event.guests if guest in log.actors}
        for host in event.host:
            if host in log.actors and (guest := homes.get(log.root(host))):
                message = f"the guest {quoted(guest)} is received by their own {quoted(host)}"
                yield Finding(event_path(index, "host"), message)


def level_without_levels(log: Log) -> Iterator[Finding]:
    """An event has a level only where the log has a table of levels, which puts them in order."""
    for index, event in enumerate(log.events):
        if event.level and not log.levels:
            message = f"the event has the level {quoted(event.level)}, and the log has no 'levels'"
            yield Finding(event_path(index, "level"), message)


ERRORS: tuple[Check, ...] = (
    guest_not_present,
    host_without_guests,
    host_not_present,
    host_of_its_own,
    level_without_levels,
)
WARNINGS: tuple[Check, ...] = ()
