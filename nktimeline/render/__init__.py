"""Formats: each a module with `render(log, page)`, found by name and imported when used.

`render` yields lines without newlines, and cannot tell a selection from a whole log. A new format
is a module here and a line in `FORMATS`; one that can also show counts has `grid(grid, page)`, and
stands in `GRID_FORMATS`. Nothing here looks at the terminal, the environment or the clock: a `Page`
says it all.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from nktimeline.model import Log
    from nktimeline.tally import Grid


class Page(NamedTuple):
    """All that a renderer may know of where its lines go."""

    width: int = 80
    """Cells in a line, for the formats that are laid out."""
    color: bool = False
    unicode: bool = True
    links: bool = False
    """Whether titles may be hyperlinks (OSC 8)."""


Renderer = Callable[["Log", Page], Iterator[str]]
GridRenderer = Callable[["Grid", Page], Iterator[str]]

FORMATS = {
    "table": "a table for people",
    "timeline": "a drawn timeline",
    "markdown": "a GitHub-flavoured Markdown table",
    "json": "an array of objects",
    "jsonl": "an object a line",
    "csv": "comma-separated values with a header (RFC 4180)",
}
GRID_FORMATS = ("table", "markdown", "json", "jsonl", "csv")
"""Formats whose module has `grid` too."""
DECORATED = ("table", "timeline")
"""Formats for people: laid out to the page's width, and coloured where it may be."""
SUFFIXES = {
    ".txt": "table",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
}


def renderer(name: str) -> Renderer:
    """Give the function that writes a log in the format `name`, one of `FORMATS`."""
    render: Renderer = import_module(f"{__name__}.{name}").render
    return render


def grid_renderer(name: str) -> GridRenderer:
    """Give the function that writes a grid in the format `name`, one of `GRID_FORMATS`."""
    render: GridRenderer = import_module(f"{__name__}.{name}").grid
    return render
