"""A JSON Schema (draft-07) of a log, made from the log itself, for editors that complete and check.

It follows from the description of the records (model.py). What the log names by id is offered, and
other names are taken too, since new ones are written every day: whether a name is known is for
`check` to say. YAML takes `2023` and `360` for numbers, so each text may be one.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from nktimeline.model import STATUSES, Field, Log, Record, Source, fields
from nktimeline.text import json_safe

Schema = dict[str, Any]
DRAFT = "http://json-schema.org/draft-07/schema#"
_SCALAR = ["string", "number"]
_TEXT: Schema = {"type": _SCALAR}
_ID: Schema = {
    "type": _SCALAR,
    "pattern": r"^(\w|[^\x00-\x7f])([\w.-]|[^\x00-\x7f])*$",  # \w is ASCII to JavaScript
}
_LANGUAGE: Schema = {"type": "string", "pattern": "^([A-Za-z]{2,3}|[xi])(-[A-Za-z0-9]{1,8})*$"}


def schema(log: Log) -> Schema:
    """Return the schema that a log's file is written by."""
    names = {name: _offered(ids) for name, ids in _vocabularies(log).items()}
    return {
        "$schema": DRAFT,
        "title": log.title,
        "description": "A log of events; made from the log itself by nktimeline schema.",
        "definitions": {**names, "source": of_record(log, Source)},
        **of_record(log, Log),
    }


def lines(log: Log) -> Iterator[str]:
    """Yield the lines of the schema."""
    return iter(json_safe(json.dumps(schema(log), ensure_ascii=False, indent=2)).split("\n"))


def _vocabularies(log: Log) -> Mapping[str, Iterable[str]]:
    """Return the names that fields can have, by table; a few have no table of their own."""
    return {
        "kinds": log.kinds,
        "levels": log.levels,
        "actors": log.actors,
        "standings": log.standings,
        "members": log.members,
        "sources": log.sources,
        "events": [event.id for event in log.events],
        "tags": sorted({tag for event in log.events for tag in event.tags}),
        "accounts": [*log.actors, *sorted({page.publisher for page in log.sources.values()})],
    }


def _offered(ids: Iterable[str]) -> Schema:
    """Return a schema that lets an editor complete these names, and allows any other."""
    names = list(dict.fromkeys(ids))
    return {"anyOf": [{"enum": names}, _TEXT]} if names else _TEXT  # an enum is never empty


def of_record(log: Log, record: Record, *, keyed: bool = False) -> Schema:
    """Return the schema of a record; the id of a `keyed` one is its key in a table."""
    described = [field for field in fields(record) if not (keyed and field.name == "id")]
    return {
        "type": "object",
        "required": [field.name for field in described if field.required],
        "properties": {
            field.name: {"description": field.about, **_value(log, field)} for field in described
        },
        "additionalProperties": False,
    }


def _value(log: Log, field: Field) -> Schema:
    """Return the schema of a field's value, by its form."""
    what, table, record = field.form
    if record:
        entry = of_record(log, record, keyed=what == "table")
        return _table(entry) if what == "table" else _many(entry)
    names = _ref("tags" if field.name == "tags" else table) or _ID
    values: Mapping[str, Schema] = {
        "text": _TEXT,
        "texts": _many(_TEXT),
        "id": names,
        "ids": _many(names),
        "id_or_ids": {"anyOf": [names, _many(names)]},
        "date": _TEXT,
        "status": {"enum": [*STATUSES]},
        "language": _LANGUAGE,
        "account": _ref("accounts"),
        "citations": _many({"anyOf": [names, _ref("source")]}),
        "states": {**_table(_TEXT), "properties": _states(log)},
        "meanings": _table(_TEXT),
    }
    return values[what]


def _states(log: Log) -> Schema:
    """Return the states that each member of a standing can have."""
    groups = log.standings.values()
    return {id: _offered(group.states) for group in groups for id in group.members}


def _table(entries: Schema) -> Schema:
    """Return the schema of a mapping from ids."""
    names = {"pattern": _ID["pattern"]}
    return {"type": "object", "propertyNames": names, "additionalProperties": entries}


def _many(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> Schema:
    """Return a reference to a definition; draft-07 heeds nothing that stands beside one."""
    return {"allOf": [{"$ref": f"#/definitions/{name}"}]} if name else {}
