"""One page in one file: the list of events is the page, and a short script only hides rows.

Whatever the log says reaches the page through `text.html` and `text.html_url`. Style and script are
the files page.css and page.js; a Content-Security-Policy lets nothing but these two act, by their
hashes, and nothing be fetched. The ids of the page's own parts have a colon, which no event's has.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from itertools import groupby
from pkgutil import get_data
from typing import TYPE_CHECKING

from nktimeline.model import Event, Log
from nktimeline.render import Fact, Page
from nktimeline.render.html.article import article, facts, surroundings
from nktimeline.render.html.finder import finder
from nktimeline.render.html.words import begins_in_month, month
from nktimeline.tally import year
from nktimeline.text import html, html_url

if TYPE_CHECKING:
    from nktimeline.tally import Cell, Grid


def render(log: Log, page: Page) -> Iterator[str]:
    """Yield a page with the events under years and months."""
    names = [profile.name for profile in page.profiles]
    yield from _head(" · ".join([*([page.title] if page.title else names), log.title]), script=True)
    yield '<body class="beside"><a class="skip" href="#page:events">Skip to the events</a>'
    yield f"<header><h1>{html(log.title)}</h1>"
    if page.title:
        yield f"<p>{html(page.title)}</p>"
    yield "</header>"
    yield from finder(log, page)
    yield f'<main id="page:events" data-extent="{log.extent.days.first}/{log.extent.days.last}">'
    yield from _profiles(page)
    yield from _years(log)
    yield "</main>"
    yield from _footer(page)
    yield f"<script>{_file('page.js')}</script>"
    yield "</body></html>"


def grid(grid: "Grid", page: Page) -> Iterator[str]:
    """Yield a page with a table of counts."""
    from nktimeline.render.bars import heading
    from nktimeline.render.figures import figures
    from nktimeline.tally import written

    title = heading(grid)
    yield from _head(" · ".join(filter(None, (title, page.title))), script=False)
    yield f"<body><header><h1>{html(title)}</h1>"
    yield from (f"<p>{html(said)}</p>" for said in (page.title, *page.remarks) if said)
    yield "</header>"
    yield '<main class="counts"><table>'
    heads = _row(f'<th scope="col">{html(name)}</th>' for name in grid.columns)
    yield f"<thead>{heads}</thead><tbody>"
    for row in grid.lines:
        texts = figures(grid, row) if grid.heads else [*map(written, row)]
        head = f'<th scope="row">{_linked(texts[0])}</th>'
        cells = zip(texts[1:], row[1:], strict=True)
        yield _row([head, *(f"<td{_number(cell)}>{_linked(text)}</td>" for text, cell in cells)])
    yield "</tbody></table></main>"
    yield from _footer(page)
    yield "</body></html>"


def _head(title: str, *, script: bool) -> Iterator[str]:
    allowed = f"script-src {_hash('page.js')}; " if script else ""
    yield '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
    yield (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"style-src {_hash('page.css')}; {allowed}base-uri 'none'; form-action 'none'\">"
    )
    yield '<meta name="referrer" content="no-referrer">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{html(title)}</title>"
    yield f"<style>{_file('page.css')}</style></head>"


def _footer(page: Page) -> Iterator[str]:
    if page.footer:
        about, command = page.footer
        yield f"<footer><p>{html(about)}</p>"
        if command:
            yield f"<p><code>{html(command)}</code></p>"
        yield "</footer>"


def _profiles(page: Page) -> Iterator[str]:
    """Yield who the events are about."""
    for profile in page.profiles:
        yield f'<section class="profile"><h2>{html(profile.name)}</h2>'
        yield from facts((fact.name, [_joined(fact)]) for fact in profile.facts)
        yield "</section>"


def _joined(fact: Fact) -> str:
    return ", ".join(map(html, (*fact.texts, *(item.text for item in fact.items))))


def _years(log: Log) -> Iterator[str]:
    """Yield the articles of each year and month; a heading that comes again has no id."""
    around, seen = surroundings(log), set[str]()
    for name, events in groupby(log.events, lambda event: year(event.date)):
        yield f'<section class="year"><h2{_id(name, seen)}>{_year(name)}</h2>'
        for (key, heading), some in groupby(events, _month):
            yield f'<section class="month" data-month="{key}">'
            yield f"<h3{_id(key, seen)}>{heading}</h3>"
            for event in some:
                yield from article(event, around)
            yield "</section>"
        yield "</section>"


def _id(key: str, seen: set[str]) -> str:
    if not key or key in seen:
        return ""
    seen.add(key)
    return f' id="in:{key}"'


def _year(name: str) -> str:
    return "No first day" if name == "before" else name


def _month(event: Event) -> tuple[str, str]:
    """Return the month that an event stands under: as a key, and in words."""
    key = begins_in_month(event.date)
    return key, month(event.date.first.month, event.date.first.year) if key else "Month not known"


def _row(cells: Iterable[str]) -> str:
    return f"<tr>{''.join(cells)}</tr>"


def _number(cell: "Cell") -> str:
    return ' class="number"' if isinstance(cell, int) else ""


def _linked(text: str) -> str:
    url = html_url(text)
    return f'<a href="{url}" rel="noreferrer">{html(text)}</a>' if url else html(text)


@cache
def _file(name: str) -> str:
    return (get_data(__name__, name) or b"").decode()


@cache
def _hash(name: str) -> str:
    digest = b64encode(sha256(_file(name).encode()).digest()).decode()
    return f"'sha256-{digest}'"
