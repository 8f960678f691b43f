"""One JSON array (RFC 8259); each event is an object on lines of its own."""

from collections.abc import Iterable, Iterator
from json import JSONEncoder
from typing import TYPE_CHECKING

from nktimeline.model import Log
from nktimeline.plain import plain_event
from nktimeline.render import Page
from nktimeline.text import json_safe

if TYPE_CHECKING:
    from nktimeline.tally import Grid

encode = JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def render(log: Log, _page: Page) -> Iterator[str]:
    """Yield the lines of an array of event objects."""
    return _array(plain_event(log, event) for event in log.events)


def grid(grid: "Grid", _page: Page) -> Iterator[str]:
    """Yield the lines of an array of objects keyed by column."""
    return _array(dict(zip(grid.columns, row, strict=True)) for row in grid.rows)


def _array(objects: Iterable[object]) -> Iterator[str]:
    pending = "["
    for item in objects:
        yield pending
        *lines, pending = json_safe(_pretty(item)).split("\n")
        yield from (f"  {line}" for line in lines)
        pending = f"  {pending},"
    yield pending.removesuffix(",") if pending != "[" else "[]"
    if pending != "[":
        yield "]"


def _pretty(value: object, margin: str = "\n") -> str:
    """Lay a value out as `indent=2` does, which is twice as slow and leaves garbage in cycles."""
    inside = margin + "  "
    if value and isinstance(value, dict):
        fields = [f"{inside}{encode(key)}: {_pretty(item, inside)}" for key, item in value.items()]
        return "{" + ",".join(fields) + margin + "}"
    if value and isinstance(value, (list, tuple)):
        return "[" + ",".join([inside + _pretty(item, inside) for item in value]) + margin + "]"
    return "null" if value is None else encode(value)
