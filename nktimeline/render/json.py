"""One JSON array (RFC 8259); each event is an object on lines of its own."""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from nktimeline.model import Log
from nktimeline.plain import plain_event
from nktimeline.render import Page
from nktimeline.text import json_safe

if TYPE_CHECKING:
    from nktimeline.tally import Grid


def render(log: Log, _page: Page) -> Iterator[str]:
    """Yield the lines of an array of event objects."""
    return array(plain_event(log, event) for event in log.events)


def grid(grid: "Grid", _page: Page) -> Iterator[str]:
    """Yield the lines of an array of objects keyed by column."""
    return array(dict(zip(grid.columns, row, strict=True)) for row in grid.rows)


def array(objects: Iterable[object]) -> Iterator[str]:
    """Yield the lines of an array of objects, an object at a time."""
    pending = "["
    for item in objects:
        yield pending
        text = json.dumps(item, ensure_ascii=False, allow_nan=False, indent=2)
        *lines, pending = json_safe(text).split("\n")
        yield from (f"  {line}" for line in lines)
        pending = f"  {pending},"
    yield pending.removesuffix(",") if pending != "[" else "[]"
    if pending != "[":
        yield "]"
