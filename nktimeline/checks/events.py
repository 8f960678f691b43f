"""Rules about events: each stands once, and where it belongs."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from nktimeline.checks.findings import Check, Finding, event_path
from nktimeline.folding import fold
from nktimeline.model import Log
from nktimeline.text import quoted

_ALIKE = 0.6  # share of their words that two titles have in common when they tell the same
_COMPARED = 100  # events of one day that each is held against


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


def out_of_order(log: Log) -> Iterator[Finding]:
    """Events stand in order of date, so that people and version control find them."""
    for index, (before, event) in enumerate(pairwise(log.events), 1):
        if event.date.text and before.date.text and event.date.key < before.date.key:
            message = f"{event.date.text} stands after {before.date.text} ({quoted(before.id)})"
            yield Finding(event_path(index, "date"), message)


def _near_same(log: Log, group: Sequence[int]) -> Iterator[Finding]:
    """Yield a finding for each event of a group whose title shares most words with an earlier one.

    Each is held against the `_COMPARED` before it, so that ten thousand on one day take no hours.
    """
    words = [set(fold(log.events[index].title).split()) for index in group]
    for place, index in enumerate(group):
        a = words[place]
        for earlier in range(max(0, place - _COMPARED), place):
            b, other = words[earlier], log.events[group[earlier]]
            if a and b and len(a & b) / len(a | b) >= _ALIKE and other.id != log.events[index].id:
                yield Finding(
                    event_path(index, "title"), f"nearly the same event as {quoted(other.id)}"
                )
                break


ERRORS: tuple[Check, ...] = ()
WARNINGS: tuple[Check, ...] = (duplicate_event, out_of_order)
