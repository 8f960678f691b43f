"""The YAML parser's events, with libyaml underneath or without, and where values stand."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

import yaml
from yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    MappingStartEvent,
    NodeEvent,
    StreamEndEvent,
)
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from nktimeline.paths import Path
from nktimeline.problems import BOM

Place = tuple[int, int]
"""A line and a column, from 1."""
NOWHERE: Path = ("",)
"""The path of what nobody looks for: no table of a log has this name."""


class PythonParser(Reader, Scanner, Parser):
    """PyYAML's own parser, for where it was built without libyaml."""

    def __init__(self, data: bytes) -> None:
        """Begin to parse `data`."""
        Reader.__init__(self, data)
        Scanner.__init__(self)
        Parser.__init__(self)


def events(data: bytes) -> Callable[[], Any]:
    """Return the function that returns the next parser event of a document."""
    get: Callable[[], Any]
    if yaml.__with_libyaml__:
        from yaml import cyaml

        get = cyaml.CParser(data).get_event  # type: ignore[attr-defined]
    else:
        get = PythonParser(data).get_event
    return get


def place(event: Any) -> Place:
    """Return where a parser event begins."""
    mark = event.start_mark
    return mark.line + 1, mark.column + 1


def places(data: bytes, paths: Collection[Path]) -> dict[Path, Place]:
    """Return where the values at `paths` stand in a file; for an entry of a table, its key.

    Where a key stands twice, the first counts, as it does for the reader.
    """
    wanted = set(paths)
    found: dict[Path, Place] = {}
    for path, where in _walk(events(data.removeprefix(BOM))):
        if path in wanted:
            found.setdefault(path, where)
    return found


def _walk(next_event: Callable[[], Any]) -> Iterator[tuple[Path, Place]]:
    """Yield the path and the place of every value but the root."""
    stack: list[tuple[Path, Any]] = []  # an open collection's path; its next index, or its key
    while not isinstance(event := next_event(), StreamEndEvent):
        if isinstance(event, CollectionEndEvent):
            stack.pop()
        if not isinstance(event, NodeEvent):
            continue
        path: Path = ()
        if stack:
            parent, at = stack[-1]
            if at is None:
                stack[-1] = (parent, event)  # a key; its value comes next
                path = NOWHERE  # of what is inside, should it be no text
            else:
                in_list = isinstance(at, int)
                stack[-1] = (parent, at + 1 if in_list else None)
                path = (*parent, at if in_list else getattr(at, "value", ""))
                entry = isinstance(event, CollectionStartEvent) and not in_list
                yield path, place(at if entry else event)
        if isinstance(event, CollectionStartEvent):
            stack.append((path, None if isinstance(event, MappingStartEvent) else 0))
