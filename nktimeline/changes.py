"""What differs between two logs: events withdrawn, corrected, completed, reworded and added.

Events are compared by their ids, as scripts get them: an event whose source was corrected has
changed too. Pure functions; they know no format.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from nktimeline.model import Event, Log, fields
from nktimeline.plain import Plain, plain_event

SORTS = ("reworded", "completed", "corrected")
"""What can have happened to an event, the least serious first; its worst field decides."""

WORDING = frozenset(("title", "summary", "note", "tags", "related"))
"""Fields that do not change what is claimed."""

NAMING = frozenset(("title", "publisher", "author", "url", "language"))
"""Fields of a source that do not change which page it is, or whose account it gives."""

_CLAIMS = frozenset(("date", "kind", "status", "actors"))  # what they lacked was wrong
_EMPTY: tuple[Plain, ...] = (None, [], {})


class Changed(NamedTuple):
    """An event that both logs have, and the fields in which it differs."""

    old: Event
    new: Event
    fields: Mapping[str, tuple[Plain, Plain]]
    """The old and the new value of each field that differs."""

    @property
    def sort(self) -> str:
        """Which of the `SORTS` this is.

        Reworded: nothing of what is claimed differs, nor which pages are cited and for whose
        account. Completed: nothing was taken back, but something missing was added, such as a
        guest, a source, or the day of a source. Corrected: anything else.
        """
        return max((_sort(name, *both) for name, both in self.fields.items()), key=SORTS.index)


class Changes(NamedTuple):
    """How a log differs from an older one."""

    removed: tuple[Event, ...]
    changed: tuple[Changed, ...]
    added: tuple[Event, ...]
    same: int
    """How many events are the same in both."""

    def __bool__(self) -> bool:
        """Tell whether there is any difference."""
        return bool(self.removed or self.changed or self.added)


def changes(old: Log, new: Log, ids: Iterable[str] | None = None) -> Changes:
    """Compare a log with an older one; only the events of some ids, if they are given."""
    before = {event.id: event for event in old.events}
    after = {event.id: event for event in new.events}
    asked = set(before) | set(after) if ids is None else set(ids)
    both = [id for id in after if id in before and id in asked]
    changed = [
        Changed(before[id], after[id], differing)
        for id in both
        if (differing := _differing(written(old, before[id]), written(new, after[id])))
    ]
    return Changes(
        removed=tuple(e for id, e in before.items() if id in asked and id not in after),
        changed=tuple(changed),
        added=tuple(e for id, e in after.items() if id in asked and id not in before),
        same=len(both) - len(changed),
    )


def renamed(found: Changes) -> Mapping[str, str]:
    """Return the new ids of events that were withdrawn and added again, as far as can be told.

    They have the same date and the same sources.
    """
    added = {(event.date.text, event.sources): event.id for event in found.added}
    keys = {event.id: (event.date.text, event.sources) for event in found.removed}
    return {id: added[key] for id, key in keys.items() if key in added}


def written(log: Log, event: Event) -> dict[str, Plain]:
    """Return an event's own fields as scripts get them, and nothing that follows from them."""
    plain = plain_event(log, event)
    return {field.name: plain[field.name] for field in fields(Event)}


def _differing(
    old: Mapping[str, Plain], new: Mapping[str, Plain]
) -> Mapping[str, tuple[Plain, Plain]]:
    return {name: (old[name], new[name]) for name in new if old[name] != new[name]}


def _sort(name: str, old: Plain, new: Plain) -> str:
    """Tell what became of a field."""
    if name in WORDING:
        return "reworded"
    if name == "sources" and isinstance(old, list) and isinstance(new, list):
        return _cited({page["id"]: page for page in old}, {page["id"]: page for page in new})
    return "completed" if old in _EMPTY and name not in _CLAIMS else "corrected"


def _cited(old: Mapping[str, dict[str, Plain]], new: Mapping[str, dict[str, Plain]]) -> str:
    """Tell what became of the sources: a page that is named otherwise is still the same page."""
    if not old.keys() <= new.keys():
        return "corrected"
    pairs = [
        (page[name], new[id][name])
        for id, page in old.items()
        for name in page.keys() - NAMING
        if page[name] != new[id][name]
    ]
    if any(before not in _EMPTY for before, _ in pairs):
        return "corrected"
    return "completed" if pairs or old.keys() < new.keys() else "reworded"
