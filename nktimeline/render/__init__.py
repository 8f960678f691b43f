"""Formats: each a record here, and a module of its name with `render(log, page)`.

`render` yields lines without newlines, and cannot tell a selection from a whole log. A new format
is a module and a record in `_ALL`; one that can also show counts has `grid(grid, page)`, and says
so. Nothing here looks at the terminal, the environment or the clock: a `Page` says it all.
"""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from nktimeline.model import Log
    from nktimeline.tally import Grid


class Item(NamedTuple):
    """Something that has a line of its own, and what stands beneath it."""

    text: str
    url: str | None = None
    number: int | None = None
    items: tuple["Item", ...] = ()


class Fact(NamedTuple):
    """What is known under a name: texts beside each other, or items below each other."""

    name: str
    texts: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()


class Profile(NamedTuple):
    """The facts about an actor."""

    id: str
    name: str
    facts: tuple[Fact, ...]


class Page(NamedTuple):
    """All that a renderer may know besides the events: where its lines go, and what was asked."""

    width: int = 80
    """Cells in a line, for the formats that are laid out."""
    color: bool = False
    unicode: bool = True
    links: bool = False
    """Whether titles may be hyperlinks (OSC 8)."""
    ids: bool = False
    """Whether formats that are laid out name each event's id."""
    columns: tuple[str, ...] = ()
    """The columns that tables have, by name; none: those that each format has otherwise."""
    title: str = ""
    """What was asked, in words."""
    remarks: tuple[str, ...] = ()
    """What has to be said of counts wherever they go."""
    profiles: tuple[Profile, ...] = ()
    """The actors whose events these are."""
    asked: tuple[tuple[str, str], ...] | None = ()
    """The options of `show` that give these events, and its `term`s; None where none do."""
    footer: tuple[str, str] | None = None
    """Which log it is and how much of it is shown; the command that asks it again, or ""."""


class Format(NamedTuple):
    """What is to be known of a format without loading it."""

    name: str
    about: str
    suffixes: tuple[str, ...] = ()
    """The endings of file names that ask for it."""
    newline: str = "\n"
    laid_out: bool = False
    """Whether it is drawn for people: to the page's width, with its colours."""
    heading: bool = False
    """Whether there is room for a heading above the events."""
    entries: bool = False
    """Whether `event` writes its entries in it, and not rows as `show` does."""
    markdown: bool = False
    """Whether its lines are Markdown, and so is what stands around the events."""
    counts: bool = False
    """Whether its module has `grid` too."""
    footer: bool = False
    """Whether it ends with the page's footer."""
    titled: bool = False
    """Whether it says what was asked in words."""
    long: bool = False
    """Whether counts by two axes have a row for each cell, as programs want them."""
    data: bool = False
    """Whether it is for programs: it holds what was found and nothing else."""
    sources: bool = False
    """Whether it holds the sources of the events found, and not the events."""
    hints: bool = False
    """Whether its module has `hint(log)`, which returns a hint for people, or ""."""


Renderer = Callable[["Log", Page], Iterator[str]]
GridRenderer = Callable[["Grid", Page], Iterator[str]]

_ALL = (
    Format(
        "table", "a table for people", (".txt",),
        laid_out=True, heading=True, entries=True, counts=True,
    ),
    Format("timeline", "a drawn timeline", laid_out=True, heading=True),
    Format("list", "a Markdown list, for notes and factboxes", heading=True, markdown=True,
           footer=True),
    Format(
        "markdown", "a GitHub-flavoured table", (".md", ".markdown"),
        heading=True, entries=True, markdown=True, counts=True, footer=True,
    ),
    Format("html", "a page that can be searched", (".html", ".htm"), counts=True, footer=True,
           titled=True),
    Format("json", "an array of objects", (".json",), counts=True, long=True, data=True),
    Format("jsonl", "an object a line", (".jsonl", ".ndjson"), counts=True, long=True, data=True),
    Format("csv", "comma-separated values (RFC 4180)", (".csv",), "\r\n", counts=True, data=True),
    Format("svg", "a picture", (".svg",), counts=True, footer=True, titled=True, hints=True),
    Format("ics", "a calendar (RFC 5545)", (".ics",), "\r\n", data=True, hints=True),
    Format("bibtex", "the sources, for LaTeX", (".bib",), data=True, sources=True),
    Format("csl-json", "the sources, for pandoc and Zotero", (".csl.json",), data=True,
           sources=True),
)  # fmt: skip
FORMATS: Mapping[str, Format] = {format.name: format for format in _ALL}
ALIASES: Mapping[str, str] = {"md": "markdown"}
"""Other names of formats."""
SUFFIXES: Mapping[str, str] = {end: format.name for format in _ALL for end in format.suffixes}


def renderer(name: str) -> Renderer:
    """Return the function that writes a log in the format `name`, one of `FORMATS`."""
    render: Renderer = _module(name).render
    return render


def hint(format: Format, log: "Log") -> str:
    """Return a hint on what a format does with a log, or nothing."""
    if not format.hints:
        return ""
    said: str = _module(format.name).hint(log)
    return said


def grid_renderer(name: str) -> GridRenderer:
    """Return the function that writes a grid in the format `name`, one that has counts."""
    render: GridRenderer = _module(name).grid
    return render


def _module(name: str) -> ModuleType:
    return import_module(f"{__name__}.{name.replace('-', '_')}")
