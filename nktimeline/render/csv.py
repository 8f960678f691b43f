"""Comma-separated values (RFC 4180) with a header; lists are joined with `; `.

A free text that begins as a formula would is preceded by `'`; ids, dates and addresses are not.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nktimeline.model import Event, Log
from nktimeline.render import Page
from nktimeline.text import csv_field

if TYPE_CHECKING:
    from nktimeline.tally import Grid

COLUMNS = (
    "id", "date", "first", "last", "title", "kind", "status", "place", "actors", "summary", "note",
    "sources", "links", "tags", "related",
)  # fmt: skip


def render(log: Log, _page: Page) -> Iterator[str]:
    """Yield the header, then a record an event; a record holds newlines where a text does."""
    yield ",".join(COLUMNS)
    for event in log.events:
        yield _record(log, event)


def grid(grid: "Grid", _page: Page) -> Iterator[str]:
    """Yield the columns' names, then a record a row."""
    from nktimeline.tally import written

    yield ",".join(grid.columns)
    for row in grid.rows:
        yield ",".join(_field(written(cell)) for cell in row)


def _record(log: Log, event: Event) -> str:
    date = event.date
    sources = [log.sources[id] for id in event.sources]
    return ",".join(
        (
            event.id,
            _quote(date.text),
            "" if date.open_first else date.first.isoformat(),
            "" if date.open_last else date.last.isoformat(),
            _field(event.title),
            event.kind,
            event.status,
            _field(event.place or ""),
            _field("; ".join([log.actors[id].name for id in event.actors])),
            _field(event.summary or ""),
            _field(event.note or ""),
            _field("; ".join([f"{source.publisher}: {source.title}" for source in sources])),
            _quote("; ".join([source.url for source in sources if source.url])),
            "; ".join(event.tags),
            "; ".join(event.related),
        )
    )


def _field(text: str) -> str:
    return _quote(csv_field(text))


def _quote(text: str) -> str:
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text
