"""An event as plain values: as a dict for scripts, or as one text for each column.

Scripts rely on the form: field names and their order, `None` for an absent text, `[]` for an absent
list. It follows from the description of the records; what is added here is what programs cannot
easily work out for themselves. Knows no format.
"""

from collections.abc import Callable, Mapping
from typing import Any

from nktimeline import evidence
from nktimeline.dates import When, parse
from nktimeline.model import Actor, Event, Field, Form, Log, Source, fields
from nktimeline.text import csv_field

Plain = str | int | None | list[Any] | dict[str, Any]
"""A value as JSON has it."""


def _origins(log: Log, event: Event) -> Plain:
    return list(evidence.origins(log, event))


def _known(log: Log, event: Event) -> Plain:
    known = evidence.known(log, event)
    return known.day.isoformat() if known else None


def _known_by(log: Log, event: Event) -> Plain:
    known = evidence.known(log, event)
    return known.source if known else None


DERIVED: Mapping[str, Callable[[Log, Event], Plain]] = {
    "origins": _origins,
    "known": _known,
    "known_by": _known_by,
    "lag": evidence.lag,
}
"""What follows from an event and its sources, in the order in which it stands."""

_LAST_BEFORE_DERIVED = "sets"  # fields that were added since stand after what is derived


def plain_event(log: Log, event: Event) -> dict[str, Plain]:
    """Return an event as an object, with the actors and sources that it names.

    `first` and `last` are ISO days, or None where the date is open.
    """
    plain: dict[str, Plain] = {}
    for field, value in zip(fields(Event), event, strict=True):
        plain[field.name] = _plain(log, field, value)
        if field.name == "date":
            plain["first"], plain["last"] = _days(event.date)
        if field.name == _LAST_BEFORE_DERIVED:
            plain |= {name: derive(log, event) for name, derive in DERIVED.items()}
    return plain


def plain_value(log: Log, event: Event, name: str) -> Plain:
    """Return one value of an event's object, by its name."""
    if name in DERIVED:
        return DERIVED[name](log, event)
    if name in ("first", "last"):
        return dict(zip(("first", "last"), _days(event.date), strict=True))[name]
    field = next(field for field in fields(Event) if field.name == name)
    return _plain(log, field, getattr(event, field.attribute))


def plain_actor(log: Log, actor: Actor) -> dict[str, Plain]:
    """Return an actor as an event's object names it; `root` is its state or organisation."""
    return {"id": actor.id, "name": actor.name, "of": actor.of, "root": log.root(actor.id)}


def plain_source(log: Log, source: Source) -> dict[str, Plain]:
    """Return a source as an event's object cites it."""
    values = zip(fields(Source), source, strict=True)
    return {field.name: _plain(log, field, value) for field, value in values}


def flat_event(log: Log, event: Event) -> dict[str, str]:
    """Return an event as one text a column; lists are joined with `; `.

    A free text that a spreadsheet would run as a formula begins with `'`.
    """
    flat: dict[str, str] = {}
    for field, value in zip(fields(Event), event, strict=True):
        flat[field.name] = _flat(log, field, value)
        if field.name == "date":
            flat["first"], flat["last"] = (day or "" for day in _days(event.date))
        if field.name == "sources":
            urls = (log.sources[id].url for id in event.sources)
            flat["links"] = "; ".join(filter(None, urls))
        if field.name == _LAST_BEFORE_DERIVED:
            flat |= {name: _joined(derive(log, event)) for name, derive in DERIVED.items()}
    return flat


def columns() -> tuple[str, ...]:
    """Return the names of an event's columns, in order."""
    return tuple(flat_event(Log("", ()), Event("", parse("2000"), "", "")))


def _plain(log: Log, field: Field, value: Any) -> Plain:
    plain: Plain = value
    match field.form:
        case Form("date"):
            plain = value.text if value else None
        case Form("states"):
            plain = dict(value)
        case Form("ids", "actors"):
            plain = [plain_actor(log, log.actors[id]) for id in value]
        case Form("citations"):
            plain = [plain_source(log, log.sources[id]) for id in value]
        case Form("ids" | "id_or_ids" | "texts"):
            plain = list(value)
    return plain


def _flat(log: Log, field: Field, value: Any) -> str:
    flat: str = value or ""
    match field.form:
        case Form("date"):
            flat = value.text if value else ""
        case Form("text" | "account"):
            flat = csv_field(flat)
        case Form("states"):
            flat = "; ".join(f"{member}: {state}" for member, state in value)
        case Form("ids", "actors"):
            flat = csv_field("; ".join([log.actors[id].name for id in value]))
        case Form("citations"):
            pages = (log.sources[id] for id in value)
            flat = csv_field("; ".join([f"{page.publisher}: {page.title}" for page in pages]))
        case Form("ids" | "id_or_ids"):
            flat = "; ".join(value)
    return flat


def _joined(value: Plain) -> str:
    if isinstance(value, list):
        return csv_field("; ".join(value))
    return "" if value is None else str(value)


def _days(date: When) -> tuple[str | None, str | None]:
    return (
        None if date.open_first else date.first.isoformat(),
        None if date.open_last else date.last.isoformat(),
    )
