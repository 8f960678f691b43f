"""What differs between two logs, in words, as a Markdown table or as JSON.

Not formats of a log: they need both of them.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from nktimeline.changes import WORDING, Changed, Changes, renamed, written
from nktimeline.model import Event, Log
from nktimeline.plain import Plain
from nktimeline.text import json_safe, markdown, safe

_LONGEST = 40  # cells of an id beside which others are aligned


class Difference(NamedTuple):
    """Two logs, and what the newer one has otherwise."""

    old: Log
    new: Log
    changes: Changes
    listed: Collection[str] = ()
    """Which are listed too, and not only counted: "added", "reworded"."""


def text(found: Difference) -> Iterator[str]:
    """Yield a line for each event that was withdrawn or corrected; others are counted."""
    corrected, reworded = _parted(found.changes)
    again = renamed(found.changes)
    rows = [
        *(("withdrawn", e, _event(e) + _renamed(again.get(e.id))) for e in found.changes.removed),
        *(("corrected", one.old, _said(one)) for one in corrected),
        *(("added", e, _event(e)) for e in found.changes.added if "added" in found.listed),
        *(("reworded", one.old, _said(one)) for one in reworded if "reworded" in found.listed),
    ]
    width = min(max((len(event.id) for _, event, _ in rows), default=0), _LONGEST)
    for what, event, words in rows:
        yield f"{what:9}  {safe(event.id):{width}}  {safe(words)}"
    if found.changes.added and "added" not in found.listed:
        yield f"{'added':9}  {_counted(found.changes.added)} (--added lists them)"
    if reworded and "reworded" not in found.listed:
        yield f"{'reworded':9}  {_counted(one.new for one in reworded)} (--wording shows them)"


def table(found: Difference) -> Iterator[str]:
    """Yield a Markdown table of what was withdrawn or corrected, as a list of corrections has it.

    A row is the date that the event had, the event, and what was wrong.
    """
    corrected, reworded = _parted(found.changes)
    again = renamed(found.changes)
    rows = [
        *((e, f"withdrawn{_renamed(again.get(e.id))}") for e in found.changes.removed),
        *((one.old, _said(one)) for one in corrected),
        *((e, "added") for e in found.changes.added if "added" in found.listed),
        *((one.old, _said(one)) for one in reworded if "reworded" in found.listed),
    ]
    yield "| Date | Event | What was wrong |"
    yield "| --- | --- | --- |"
    for event, words in sorted(rows, key=lambda row: row[0].date.key):
        cells = (event.date.text, f"{event.title} [{event.id}]", words)
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
    corrected, reworded = _parted(found)
    return (
        f"{len(found.removed)} withdrawn, {len(corrected)} corrected, {len(found.added)} added, "
        f"{len(reworded)} reworded, {found.same} the same"
    )


def _parted(found: Changes) -> tuple[list[Changed], list[Changed]]:
    """Return the events of which something else was claimed, and those that were reworded."""
    corrected = [one for one in found.changed if not one.reworded]
    return corrected, [one for one in found.changed if one.reworded]


def _event(event: Event) -> str:
    return f"{event.date.text} {event.title}"


def _renamed(id: str | None) -> str:
    return f" (renamed to {id}?)" if id else ""


def _counted(events: Iterable[Event]) -> str:
    ordered = sorted(events, key=lambda event: event.date.key)
    first, last = ordered[0].date.text, ordered[-1].date.text
    if len(ordered) == 1:
        return f"1 event, {first}"
    return f"{len(ordered)} events, {first} to {last}"


def _said(one: Changed) -> str:
    """Say what became of an event's fields; of one that was corrected, which were reworded."""
    parts = [
        f"{name} {_change(old, new)}"
        for name, (old, new) in one.fields.items()
        if one.reworded or name not in WORDING
    ]
    if not one.reworded and (others := [name for name in one.fields if name in WORDING]):
        parts.append(f"{' and '.join(others)} reworded")
    return "; ".join(parts)


def _change(old: Plain, new: Plain) -> str:
    """Say what became of a value: of a list what came, what went, and what changed in it."""
    if isinstance(old, dict) and isinstance(new, dict):
        return f"{_pairs(old)} -> {_pairs(new)}"
    if not isinstance(old, list) or not isinstance(new, list):
        return f"{_value(old)} -> {_value(new)}"
    before, after = {_id(item): item for item in old}, {_id(item): item for item in new}
    parts = [
        *(f"+ {id}" for id in after if id not in before),
        *(f"- {id}" for id in before if id not in after),
        *(f"{id} ({_fields(before[id], after[id])})" for id in after if id in before
          and before[id] != after[id]),
    ]  # fmt: skip
    return ", ".join(parts) or "in another order"


def _id(item: Plain) -> str:
    return str(item["id"]) if isinstance(item, dict) else str(item)


def _fields(old: Plain, new: Plain) -> str:
    """Say what became of the fields of an actor or a source."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return ""
    return ", ".join(
        f"{name} {_value(old.get(name))} -> {_value(new[name])}"
        for name in new
        if old.get(name) != new[name]
    )


def _pairs(states: Mapping[str, Plain]) -> str:
    return ", ".join(f"{member}: {state}" for member, state in states.items()) or "none"


def _value(value: Plain) -> str:
    return "none" if value is None else str(value).strip()
