"""JSON lines: one event object a line, for programs that read as they go."""

from collections.abc import Iterator
from json import JSONEncoder
from typing import TYPE_CHECKING

from nktimeline.model import Log
from nktimeline.plain import plain_event
from nktimeline.render import Page
from nktimeline.text import json_safe

if TYPE_CHECKING:
    from nktimeline.tally import Grid

_encode = JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def render(log: Log, _page: Page) -> Iterator[str]:
    """Yield one object a line."""
    for event in log.events:
        yield json_safe(_encode(plain_event(log, event)))


def grid(grid: "Grid", _page: Page) -> Iterator[str]:
    """Yield one object keyed by column a line."""
    for row in grid.rows:
        yield json_safe(_encode(dict(zip(grid.columns, row, strict=True))))
