"""A GitHub-flavoured Markdown table (GFM 4.10): a row an event, sources as links."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from nktimeline.model import Event, Log
from nktimeline.render import Page
from nktimeline.text import markdown, markdown_link

if TYPE_CHECKING:
    from nktimeline.tally import Grid


def render(log: Log, _page: Page) -> Iterator[str]:
    """Yield the table's head, its delimiter row, and a row an event."""
    yield from _head(("Date", "Kind", "Event", "Actors", "Sources", "Id"), ())
    for event in log.events:
        yield _row(_cells(log, event))


def grid(grid: "Grid", _page: Page) -> Iterator[str]:
    """Yield a table with numbers to the right; addresses are links."""
    from nktimeline.tally import written

    counts = {place for place, name in enumerate(grid.columns) if name == "events"}
    yield from _head([name.capitalize() for name in grid.columns], counts)
    for row in grid.rows:
        yield _row(_cell(written(cell)) for cell in row)


def _head(columns: Iterable[str], right: Iterable[int]) -> Iterator[str]:
    names = list(columns)
    yield _row(names)
    yield _row("--:" if place in right else "---" for place in range(len(names)))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(log: Log, event: Event) -> Iterator[str]:
    mark = "≈ " if event.id in log.possible else ""
    status = "" if event.status == "confirmed" else f" *({event.status})*"
    sources = (log.sources[id] for id in event.sources)
    yield mark + markdown(event.date.text)
    yield markdown(event.kind)
    yield markdown(event.title) + status
    yield ", ".join([markdown(log.actors[id].name) for id in event.actors])
    yield ", ".join(markdown_link(source.publisher, source.url) for source in sources)
    yield markdown(event.id)


def _cell(text: str) -> str:
    if text.startswith(("http://", "https://")):
        return markdown_link(text.partition("://")[2].partition("/")[0], text)
    return markdown(text)
