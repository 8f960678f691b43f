"""JSON lines: one event object a line, for programs that read as they go."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nktimeline.model import Log
from nktimeline.plain import plain_event
from nktimeline.render import Page
from nktimeline.text import json_safe

if TYPE_CHECKING:
    from nktimeline.tally import Grid


def render(log: Log, _page: Page) -> Iterator[str]:
    """Yield one object a line."""
    for event in log.events:
        yield _line(plain_event(log, event))


def grid(grid: "Grid", _page: Page) -> Iterator[str]:
    """Yield one object keyed by column a line."""
    for row in grid.rows:
        yield _line(dict(zip(grid.columns, row, strict=True)))


def _line(item: object) -> str:
    return json_safe(json.dumps(item, ensure_ascii=False, allow_nan=False))
