"""The states of things at the end of a day, as text for a terminal or as Markdown.

Not a format of a log: it shows the things that are followed, and events only as reasons.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from nktimeline.model import Log, Mark
from nktimeline.render import Page
from nktimeline.render.markdown import footer
from nktimeline.render.style import paint, sign
from nktimeline.standings import Difference, Row
from nktimeline.states import Group, counted, state
from nktimeline.text import markdown, safe
from nktimeline.widths import cells, wrap

_INDENT = "    "


def as_text(log: Log, day: date, groups: Iterable[Group], page: Page) -> Iterator[str]:
    """Yield each group under its counts: a row a member, then the lists it is compared with."""
    for group in groups:
        yield from (paint(line, "bold", page) for line in wrap(_heading(group, day), page.width))
        yield from _rows(group.rows, page)
        for found in group.lists:
            yield from _wrapped(f"{_whose(log, found)}: {_verdict(found)}", "", page)
            for words in _details(log, found, group):
                yield from _wrapped(words, _INDENT, page)
        yield ""


def as_markdown(log: Log, day: date, groups: Iterable[Group], page: Page) -> Iterator[str]:
    """Yield each group under its counts: a table of members, then the lists as items.

    The page's footer is at the end.
    """
    for group in groups:
        yield f"### {markdown(_heading(group, day))}"
        yield ""
        yield "| Name | State | Since | Event |"
        yield "| --- | --- | --- | --- |"
        for row in group.rows:
            name, stood, since, event = _cells(row)
            stood = f"{_sign(row, page)} {stood}".lstrip()
            yield f"| {' | '.join(map(markdown, (name, stood, since, event)))} |"
        yield ""
        for found in group.lists:
            words = "; ".join([_verdict(found), *_details(log, found, group)])
            yield f"- {markdown(f'{_whose(log, found)}: {words}')}"
        if group.lists:
            yield ""
    yield from footer(page)


def _heading(group: Group, day: date) -> str:
    return f"{safe(group.standing.name)}, end of {day}: {counted(group)}"


def _cells(row: Row) -> tuple[str, str, str, str]:
    """Return a member's name, its state, since when, and by which event."""
    if row.listing:
        return row.member.name, state(row), f"list of {row.listing.on.text}", ""
    if not row.since:
        return row.member.name, state(row), "", ""
    status = "" if row.since.status == "confirmed" else f" ({row.since.status})"
    return row.member.name, state(row), f"since {row.since.date.text}{status}", row.since.id


def _sign(row: Row, page: Page) -> str:
    return sign(Mark.POSSIBLE, page) if row.possible else ""


def _rows(rows: Sequence[Row], page: Page) -> Iterator[str]:
    """Yield the rows in columns; what the page is too narrow for stands below its row.

    Ids are never broken, so that they can be copied.
    """
    table = [tuple(map(safe, _cells(row))) for row in rows]
    widths = [max(map(cells, column)) for column in zip(*table, strict=True)]
    widths[0] = min(widths[0], page.width // 2)
    marked = 2 * any(row.possible for row in rows)
    widths[1] += marked
    fitting = next(n for n in (4, 3, 2) if n == 2 or sum(widths[:n]) + 2 * (n - 1) <= page.width)
    for row, (name, stood, since, event) in zip(rows, table, strict=True):
        first, *rest = wrap(name, widths[0])
        parts = (first, f"{_sign(row, page):{marked}}{stood}", since, paint(event, "dim", page))
        beside = zip(parts[:fitting], widths, strict=False)
        yield "  ".join(_padded(part, width) for part, width in beside).rstrip()
        yield from rest
        yield from (f"{_INDENT}{part}" for part in parts[fitting:] if part)


def _whose(log: Log, found: Difference) -> str:
    return f"list of {found.listing.on.text} by {log.actors[found.listing.by].name}"


def _verdict(found: Difference) -> str:
    agrees = "agrees" if found.agrees else "differs"
    return f"{len(found.listing.members)} {found.listing.is_}, {agrees} on its day"


def _details(log: Log, found: Difference, group: Group) -> Iterator[str]:
    """Yield who is on either side of a difference, what is to be known of the list, its sources.

    A note stands where the list differs, or tells the state of a row.
    """
    for words, ids in (("only the list has", found.only_listed), ("it lacks", found.only_told)):
        if ids:
            yield f"{words} {', '.join(log.members[id].name for id in ids)}"
    telling = any(row.listing == found.listing for row in group.rows)
    if found.listing.note and (telling or not found.agrees):
        yield found.listing.note
    if telling:
        yield f"sources: {', '.join(found.listing.sources)}"


def _wrapped(words: str, indent: str, page: Page) -> Iterator[str]:
    for line in wrap(safe(words), page.width - len(indent)):
        yield f"{indent}{line}"


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cells(text))
