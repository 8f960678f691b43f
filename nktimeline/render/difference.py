"""What differs between two logs, in words, as a Markdown table or as JSON.

Not formats of a log: they need both of them.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from nktimeline.changes import NAMING, SORTS, WORDING, Changed, Changes, renamed, written
from nktimeline.model import Event, Log
from nktimeline.plain import Plain
from nktimeline.text import json_safe, markdown, safe

_LONGEST = 40  # cells of an id beside which others are aligned
_UNLISTED = {"added": "added lists", "completed": "completed shows", "reworded": "wording shows"}


class Difference(NamedTuple):
    """Two logs, and how the newer one differs."""

    old: Log
    new: Log
    changes: Changes
    listed: Collection[str] = ()
    """Which sorts are listed, and not only counted: "added", "completed", "reworded"."""


def text(found: Difference) -> Iterator[str]:
    """Yield a line for each event that was withdrawn or corrected; others are counted."""
    rows = [*_rows(found)]
    shown = [row for row in rows if row.what in _listed(found)]
    width = min(max((len(row.event.id) for row in shown), default=0), _LONGEST)
    for what, event, words in shown:
        whole = words if what in SORTS else f"{event.date.text} {event.title}{words}"
        yield f"{what:9}  {safe(event.id):{width}}  {safe(whole)}"
    for what, option in _UNLISTED.items():
        left = [row.event for row in rows if row.what == what]
        if left and what not in found.listed:
            yield f"{what:9}  {_counted(left)} (--{option} them)"


def table(found: Difference) -> Iterator[str]:
    """Yield a Markdown table of what was withdrawn or corrected, as a list of corrections has it.

    A row is the date that the event had, the event, and what was wrong.
    """
    rows = [row for row in _rows(found) if row.what in _listed(found)]
    yield "| Date | Event | What was wrong |"
    yield "| --- | --- | --- |"
    for what, event, words in sorted(rows, key=lambda row: row.event.date.key):
        whole = words if what in SORTS else f"{what}{words}"
        cells = (event.date.text, f"{event.title} [{event.id}]", whole)
        yield f"| {' | '.join(map(markdown, cells))} |"


def objects(found: Difference) -> Iterator[str]:
    """Yield JSON in the form that csv-diff has: added, removed, and changed by key."""
    everything = {
        "added": [written(found.new, event) for event in found.changes.added],
        "removed": [written(found.old, event) for event in found.changes.removed],
        "changed": [
            {"key": one.old.id, "changes": dict(one.fields)} for one in found.changes.changed
        ],
    }
    yield from json_safe(json.dumps(everything, ensure_ascii=False, indent=2)).split("\n")


WRITERS: Mapping[str, Callable[[Difference], Iterator[str]]] = {
    "text": text,
    "json": objects,
    "markdown": table,
}
"""How differences are written, by the name of the form."""


def summary(found: Changes) -> str:
    """Count what differs, in a line."""
    sorts = Counter(one.sort for one in found.changed)
    return (
        f"{len(found.removed)} withdrawn, {sorts['corrected']} corrected, "
        f"{sorts['completed']} completed, {len(found.added)} added, "
        f"{sorts['reworded']} reworded, {found.same} the same"
    )


class _Row(NamedTuple):
    what: str
    event: Event  # as it was, where both logs have it
    words: str


def _rows(found: Difference) -> Iterator[_Row]:
    """Yield what became of each event that differs, what matters most first."""
    again = renamed(found.changes)
    for event in found.changes.removed:
        id = again.get(event.id)
        yield _Row("withdrawn", event, f" (renamed to {id}?)" if id else "")
    changed = sorted(found.changes.changed, key=lambda one: -SORTS.index(one.sort))
    yield from (_Row(one.sort, one.old, _said(one)) for one in changed)
    yield from (_Row("added", event, "") for event in found.changes.added)


def _listed(found: Difference) -> Collection[str]:
    return ("withdrawn", "corrected", *found.listed)


def _counted(events: Iterable[Event]) -> str:
    ordered = sorted(events, key=lambda event: event.date.key)
    first, last = ordered[0].date.text, ordered[-1].date.text
    if len(ordered) == 1:
        return f"1 event, {first}"
    return f"{len(ordered)} events, {first} to {last}"


def _said(one: Changed) -> str:
    """Say what became of an event's fields; new wordings only if nothing else changed."""
    hidden: Collection[str] = () if one.sort == "reworded" else WORDING | NAMING
    said = {name: _change(*both, hidden) for name, both in one.fields.items() if name not in hidden}
    parts = [f"{name} {words}" for name, words in said.items() if words]
    if others := [name for name in one.fields if name in hidden]:
        parts.append(f"{' and '.join(others)} reworded")
    return "; ".join(parts)


def _change(old: Plain, new: Plain, hidden: Collection[str]) -> str:
    """Say what became of a value: of a list what came, what went, and what changed in it."""
    if isinstance(old, dict) and isinstance(new, dict):
        return f"{_pairs(old)} -> {_pairs(new)}"
    if not isinstance(old, list) or not isinstance(new, list):
        return f"{_value(old)} -> {_value(new)}"
    before, after = {_id(item): item for item in old}, {_id(item): item for item in new}
    if [*before] != [*after] and before.keys() == after.keys():
        return "in another order"
    within = {id: _fields(before[id], after[id], hidden) for id in after if id in before}
    return ", ".join(
        (
            *(f"+ {id}" for id in after if id not in before),
            *(f"- {id}" for id in before if id not in after),
            *(f"{id} ({words})" for id, words in within.items() if words),
        )
    )


def _id(item: Plain) -> str:
    return str(item["id"]) if isinstance(item, dict) else str(item)


def _fields(old: Plain, new: Plain, hidden: Collection[str]) -> str:
    """Say what became of the fields of an actor or a source."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return ""
    return ", ".join(
        f"{name} {_value(old.get(name))} -> {_value(new[name])}"
        for name in new
        if old.get(name) != new[name] and name not in hidden
    )


def _pairs(states: Mapping[str, Plain]) -> str:
    return ", ".join(f"{member}: {state}" for member, state in states.items()) or "none"


def _value(value: Plain) -> str:
    return "none" if value is None else str(value).strip()
