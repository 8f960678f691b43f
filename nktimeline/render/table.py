"""A table for people, drawn by rich: each year under a heading, then a row an event.

On a wide page an event takes one line if its title fits. On a narrower one its kind, its status
and the people stand beneath the title. People who do not fit are counted; names are never cut.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from nktimeline.model import Event, Log
from nktimeline.render import Page, sheet, spoken
from nktimeline.render.columns import people, text, titled
from nktimeline.render.sheet import Column
from nktimeline.render.style import hue, id_lines, is_near, mark, paint
from nktimeline.text import safe
from nktimeline.widths import cells

if TYPE_CHECKING:
    from nktimeline.tally import Grid

WIDE = 120
"""The width in cells from which an event takes one line if its title fits."""
_DATE = 14  # cells of the longest date that has a line for itself
_PEOPLE = 22  # cells that a wide page has at least for the people
_LEAST = 8  # cells of a column that was asked for, if what stands in it is not narrower
_NUMBERS = ("lag",)
_MARK = Column("", 1)


def render(log: Log, page: Page) -> Iterator[str]:
    """Yield the columns' names, then each year under its number, with its count."""
    if not log.events:
        return
    columns = _columns(log, page)
    if columns:
        yield from sheet.head(columns, page)
    for number, events in groupby(log.events, lambda event: spoken.year(event.date)):
        year = [*events]
        yield _heading(number, sum(not is_near(log, event) for event in year), page)
        if columns:
            yield from _rows(log, year, columns, page)
        else:
            yield from _records(log, year, page)
        yield ""


def grid(grid: "Grid", page: Page) -> Iterator[str]:
    """Yield a table of counts."""
    from nktimeline.render.counts import drawn

    return drawn(grid, page)


def _columns(log: Log, page: Page) -> Sequence[Column] | None:
    """Return the columns and their widths; None if the page has no room for those asked for."""
    marks = [_MARK] if log.marks else []
    room = page._replace(width=page.width - len(marks) * (_MARK.width + sheet.BLANKS))
    if not page.columns:
        return [*marks, *(_wide(log, room) if page.width >= WIDE else _narrow(log, room))]
    natural = _natural(log, page.columns)
    widths = sheet.widths(natural, room)
    if any(width < min(_LEAST, wide) for width, wide in zip(widths, natural, strict=True)):
        return None
    asked = zip(page.columns, widths, strict=True)
    return [*marks, *(Column(name, width, name in _NUMBERS) for name, width in asked)]


def _narrow(log: Log, page: Page) -> Sequence[Column]:
    date = _date_width(log)
    return Column("date", date), Column("event", page.width - date - sheet.BLANKS)


def _wide(log: Log, page: Page) -> Sequence[Column]:
    """Divide a wide page: the longest title has a line for itself if there is room."""
    first = [Column("date", _date_width(log)), Column("kind", _kind_width(log, page))]
    last = [Column("id", _id_width(log))] if _has_id_column(log, page) else []
    rest = page.width - sum(column.width + sheet.BLANKS for column in (*first, *last))
    title = sheet.widest(safe(titled(event)) for event in log.events)
    event = min(max(title, len("event")), rest - sheet.BLANKS - _PEOPLE)
    return [*first, Column("event", event), Column("people", rest - sheet.BLANKS - event), *last]


def _date_width(log: Log) -> int:
    return min(
        max(sheet.widest(spoken.date(event.date) for event in log.events), len("date")), _DATE
    )


def _kind_width(log: Log, page: Page) -> int:
    kinds = {event.kind for event in log.events}
    return min(max(sheet.widest(map(safe, kinds)), len("kind")), page.width // 5)


def _id_width(log: Log) -> int:
    return sheet.widest(event.id for event in log.events)


def _has_id_column(log: Log, page: Page) -> bool:
    """Return whether ids have a column: only where they take no line's room from the titles."""
    return page.ids and page.width - _id_width(log) - sheet.BLANKS >= WIDE


def _natural(log: Log, names: Sequence[str]) -> Sequence[int]:
    """Return how many cells each column would take."""
    natural = [len(name) for name in names]
    for event in log.events:
        texts = [_plain(log, event, name) for name in names]
        natural = [*map(max, natural, map(cells, texts))]
    return natural


def _plain(log: Log, event: Event, column: str) -> str:
    said = spoken.date(event.date) if column == "date" else text(log, event, column)
    return safe(said).strip(" ")


def _heading(number: str, count: int, page: Page) -> str:
    if not count:
        return paint(number, "bold", page)
    dot = "·" if page.unicode else "-"
    events = "event" if count == 1 else "events"
    return f"{paint(number, 'bold', page)} {paint(f'{dot} {count} {events}', 'dim', page)}"


def _rows(
    log: Log, events: Sequence[Event], columns: Sequence[Column], page: Page
) -> Iterator[str]:
    """Yield the lines of events, their cells beside each other."""
    drawn = ([_cell(log, event, column, page) for column in columns] for event in events)
    return sheet.rows(columns, drawn, page)


def _records(log: Log, events: Sequence[Event], page: Page) -> Iterator[str]:
    """Yield the lines of events whose cells have no room beside each other: one below another."""
    names = max(map(len, page.columns))
    beside = Column("", names), Column("", page.width - names - sheet.BLANKS)
    for event in events:
        rows = (
            [sheet.text(name, "dim"), _cell(log, event, Column(name, beside[1].width), page)]
            for name in page.columns
        )
        yield from sheet.rows(beside, rows, page)
        yield ""


def _cell(log: Log, event: Event, column: Column, page: Page) -> Text:
    """Return what an event says in a column."""
    draw = _CELLS.get(column.name)
    cell = draw(log, event, column.width, page) if draw else Text(_plain(log, event, column.name))
    return Text(cell.plain, "dim") if is_near(log, event) else cell


def _mark(log: Log, event: Event, _width: int, page: Page) -> Text:
    return Text(mark(log, event, page))


def _date(_log: Log, event: Event, _width: int, _page: Page) -> Text:
    return Text(spoken.date(event.date))


def _kind(log: Log, event: Event, _width: int, _page: Page) -> Text:
    return sheet.text(event.kind, hue(log, event.kind))


def _id(_log: Log, event: Event, width: int, _page: Page) -> Text:
    return Text.assemble(("\n".join(id_lines(event.id, width)), "dim"))


def _event(log: Log, event: Event, width: int, page: Page) -> Text:
    """Return the title, and beneath it what has no column of its own."""
    cell = _title(log, event, width, page)
    if (page.columns or page.width >= WIDE) and event.status != "confirmed":
        cell.append(f" ({event.status})", "italic")
    if not page.columns and page.width < WIDE:
        cell = Text("\n").join([cell, _below(log, event, width, page)])
    if page.ids and "id" not in page.columns and not _has_id_column(log, page):
        cell = Text("\n").join([cell, _id(log, event, width, page)])
    return cell


def _title(log: Log, event: Event, _width: int, page: Page) -> Text:
    """Return the title, linked to the first source that has an address."""
    urls = (log.sources[id].url for id in event.sources)
    return sheet.text(event.title, "bold", next(filter(None, urls), None), page)


def _below(log: Log, event: Event, width: int, page: Page) -> Text:
    """Return the kind, the status where it is not confirmed, and the people."""
    dot = " · " if page.unicode else " - "
    parts = [_kind(log, event, width, page)]
    if event.status != "confirmed":
        parts.append(sheet.text(event.status, "italic"))
    if event.actors:
        room = width - sum(part.cell_len + len(dot) for part in parts)
        parts.append(_people(log, event, room, page))
    return Text.assemble((dot, "dim")).join(parts)


def _people(log: Log, event: Event, width: int, _page: Page) -> Text:
    names = [safe(name).strip(" ") for name in people(log, event)]
    return Text(sheet.named(names, width))


_CELLS: Mapping[str, Callable[[Log, Event, int, Page], Text]] = {
    _MARK.name: _mark,
    "date": _date,
    "kind": _kind,
    "event": _event,
    "title": _title,
    "people": _people,
    "id": _id,
}
"""What draws the columns that are more than plain text, in a width."""
