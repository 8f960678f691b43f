"""A GitHub-flavoured Markdown table (GFM 4.10): a row an event, sources as links."""

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from nktimeline.model import Event, Log
from nktimeline.render import Page
from nktimeline.render.columns import text
from nktimeline.render.style import mark
from nktimeline.text import markdown, markdown_code, markdown_link

if TYPE_CHECKING:
    from nktimeline.tally import Grid


COLUMNS = ("date", "kind", "event", "actors", "sources", "id")
"""The columns where no others are asked for."""
_LONGEST = 21  # characters of a date that is not broken: those of an interval of days
_FIGURE_SPACE, _WORD_JOINER = "\u2007", "\u2060"


def render(log: Log, page: Page) -> Iterator[str]:
    """Yield the table's head, its delimiter row, and a row an event."""
    columns = page.columns or COLUMNS
    yield from _head([_name(log, column) for column in columns], ())
    for event in log.events:
        yield _row(_event(log, event, columns, page))
    yield from below(page)


def _name(log: Log, column: str) -> str:
    """Return a column's name; that of the dates is as wide as a date, so that none is broken.

    A browser breaks 2023-10-24 after its hyphens, but never a word with spaces that are as wide as
    digits. The word joiner keeps renderers from stripping them.
    """
    name = column.capitalize()
    if column != "date" or not log.events:
        return name
    widest = min(max(len(event.date.text) for event in log.events), _LONGEST)
    spaces = _FIGURE_SPACE * (widest - len(name))
    return name + spaces + _WORD_JOINER if spaces else name


def footer(page: Page) -> Iterator[str]:
    """Yield the page's footer, if it has one: a line in our own words, and a code span."""
    if page.footer:
        about, command = page.footer
        yield about
        yield from ("", markdown_code(command)) if command else ()


def below(page: Page) -> Iterator[str]:
    """Yield what stands below a table."""
    if page.footer:
        yield ""
        yield from footer(page)


def grid(grid: "Grid", page: Page) -> Iterator[str]:
    """Yield a table with numbers to the right; addresses are links."""
    yield from _numbers(grid) if grid.heads else _listing(grid)
    yield from below(page)


def _numbers(grid: "Grid") -> Iterator[str]:
    from nktimeline.render.figures import figures

    first, *others = grid.columns
    yield from _head([first.capitalize(), *map(markdown, others)], range(1, len(others) + 1))
    for row in grid.lines:
        yield _row(map(markdown, figures(grid, row)))


def _listing(grid: "Grid") -> Iterator[str]:
    from nktimeline.tally import written

    counts = {place for place, name in enumerate(grid.columns) if name == "events"}
    yield from _head([name.capitalize() for name in grid.columns], counts)
    for row in grid.rows:
        yield _row(_cell(written(cell)) for cell in row)


def _head(columns: Iterable[str], right: Container[int]) -> Iterator[str]:
    names = list(columns)
    yield _row(names)
    yield _row("--:" if place in right else "---" for place in range(len(names)))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _event(log: Log, event: Event, columns: Sequence[str], page: Page) -> Iterator[str]:
    """Yield the cells of an event, the mark that it has before the first one."""
    sign = mark(log, event, page)
    for name in columns:
        yield f"{sign} {_text(log, event, name)}".lstrip()
        sign = ""


def _text(log: Log, event: Event, column: str) -> str:
    if column == "sources":
        return ", ".join(_publishers(log, event))
    if column == "links":
        urls = filter(None, (log.sources[id].url for id in event.sources))
        return " ".join(markdown_link(url, url) for url in urls)
    if column == "event" and event.status != "confirmed":
        return f"{markdown(event.title)} *({event.status})*"
    return markdown(text(log, event, column))


def _publishers(log: Log, event: Event) -> Iterator[str]:
    """Yield each publisher once, as a link; its further pages are linked by numbers after it."""
    pages: dict[str, list[str | None]] = {}
    for source in (log.sources[id] for id in event.sources):
        pages.setdefault(source.publisher, []).append(source.url)
    for publisher, urls in pages.items():
        linked = [url for url in urls if url]
        further = (markdown_link(f"{number}", url) for number, url in enumerate(linked[1:], 2))
        yield " ".join([markdown_link(publisher, linked[0] if linked else None), *further])


def _cell(said: str) -> str:
    if said.startswith(("http://", "https://")):
        return markdown_link(said.partition("://")[2].partition("/")[0], said)
    return markdown(said)
