"""What stands where in a log: the values of its records' fields, each with its path.

What has which fields, and of which form, the records say themselves (model.py). A new record or
field is thus found here without a line for it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any

from nktimeline.model import Form, Log, Record, fields

Path = tuple[str | int, ...]
"""Where something stands in a log: `("events", 3, "actors", 0)`."""
TABLES = (*(field.name for field in fields(Log)), "members")
"""What records mention entries of; the members of all standings are one table."""


def values(log: Log, wanted: Callable[[Form], bool]) -> Iterator[tuple[Path, Any]]:
    """Yield the values of all fields whose form is wanted, without blank ones."""
    for record, paths, entries in _records(log):
        wanting = [field for field in fields(record) if wanted(field.form)]
        for path, one in zip(paths, entries, strict=True) if wanting else ():
            for field in wanting:
                if value := getattr(one, field.attribute):
                    yield (*path, field.name), value


def texts(log: Log) -> Iterator[tuple[Path, str]]:
    """Yield all texts that people write freely."""
    return _items(values(log, lambda form: form.is_free))


def mentions(log: Log, table: str) -> Iterator[tuple[Path, str]]:
    """Yield each id of an entry of a table, or of an event, that a record mentions."""
    return _items(values(log, lambda form: form.table == table))


def mentioned(log: Log, table: str) -> set[str]:
    """Return the ids that `mentions` yields, in a tenth of the time."""
    found: set[str] = set()
    for record, _, entries in _records(log):
        for field in fields(record):
            if field.form.table == table:
                column = [*map(attrgetter(field.attribute), entries)]
                if field.form.what == "states":
                    found.update(member for states in column for member, _ in states)
                else:
                    found.update(*column) if field.form.is_list else found.update(column)
    return found - {"", None}


def known(log: Log, table: str) -> Collection[str]:
    """Return the ids that a table, or the list of events, has."""
    held: Collection[Any] = getattr(log, table)
    return held if isinstance(held, Mapping) else {one.id for one in held}


def _records(log: Log) -> Iterator[tuple[Record, Iterable[Path], Collection[Any]]]:
    """Yield each class of records, with the paths of those that the log has, and these."""
    yield Log, [()], [log]
    for field in fields(Log):
        if field.form.record:
            yield from _entries((field.name,), field.form.record, getattr(log, field.name))


def _entries(
    path: Path, record: Record, held: Collection[Any]
) -> Iterator[tuple[Record, Iterable[Path], Collection[Any]]]:
    """Yield the records of a table or list, then those of the tables that each of them holds."""
    keyed = isinstance(held, Mapping)
    places: Collection[str | int] = held if keyed else range(len(held))
    entries = held.values() if isinstance(held, Mapping) else held
    yield record, ((*path, at) for at in places), entries
    for field in fields(record):
        if field.form.record:
            for at, one in zip(places, entries, strict=True):
                inner = getattr(one, field.attribute)
                yield from _entries((*path, at, field.name), field.form.record, inner)


def _items(values: Iterable[tuple[Path, Any]]) -> Iterator[tuple[Path, str]]:
    """Yield values that are texts, and the items of the others, without blank ones."""
    for path, value in values:
        if isinstance(value, str):
            yield path, value
            continue
        items = value.items() if isinstance(value, Mapping) else enumerate(value)
        for at, item in items:
            if isinstance(item, tuple):  # a member and its state, which stand in a table
                yield (*path, item[0]), item[0]
            elif item:
                yield (*path, at), item
