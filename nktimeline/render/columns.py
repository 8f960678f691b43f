"""The columns of tables of events: their names, and what an event says in them.

The names are those of CSV, and two more: `event` is the title and the status where it is not
confirmed, `people` is the actors (as many as a line has room for, in tables for a terminal).
"""

from collections.abc import Iterable

from nktimeline.model import Event, Log
from nktimeline.plain import Plain, columns, flat_event, plain_value
from nktimeline.text import csv_field

EVENT, PEOPLE = "event", "people"


def names() -> tuple[str, ...]:
    """Return the names of all columns that can be asked for."""
    return (*columns(), EVENT, PEOPLE)


def unknown(asked: Iterable[str]) -> str | None:
    """Return the first name that is no column's."""
    known = names()
    return next((name for name in asked if name not in known), None)


def titled(event: Event) -> str:
    """Return an event's title, and its status where that is not confirmed."""
    return event.title if event.status == "confirmed" else f"{event.title} ({event.status})"


def people(log: Log, event: Event) -> tuple[str, ...]:
    """Return the names of those who take part."""
    return tuple(log.actors[id].name for id in event.actors)


def text(log: Log, event: Event, column: str) -> str:
    """Return what an event says in a column, for people."""
    if column == EVENT:
        return titled(event)
    if column in ("actors", PEOPLE):
        return ", ".join(people(log, event))
    if column == "links":
        return ", ".join(filter(None, (log.sources[id].url for id in event.sources)))
    value = getattr(event, column, None)
    return value if isinstance(value, str) else _joined(plain_value(log, event, column))


def flat(log: Log, event: Event, asked: Iterable[str]) -> Iterable[str]:
    """Return what an event says in the columns asked for, for a spreadsheet."""
    texts = flat_event(log, event)
    texts |= {EVENT: csv_field(titled(event)), PEOPLE: texts["actors"]}
    return [texts[name] for name in asked]


def _joined(value: Plain) -> str:
    """Return a value as one text: of actors the names, of sources the publishers, each once."""
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(map(_joined, value)))
    if not isinstance(value, dict):
        return "" if value is None else str(value)
    named = value.get("publisher") or value.get("name")
    return str(named) if named else ", ".join(f"{key}: {text}" for key, text in value.items())
