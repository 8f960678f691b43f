"""A bibliography for LaTeX (BibLaTeX): the sources of the events, an entry each.

Names stand in braces of their own, so that no program splits them or changes their capitals.
"""

from collections.abc import Iterator

from nktimeline.dates import When
from nktimeline.model import Log
from nktimeline.render import Page
from nktimeline.render.phrases import said
from nktimeline.render.references import Reference, cited
from nktimeline.text import safe_url, tex


def render(log: Log, _page: Page) -> Iterator[str]:
    """Yield an entry for each source, in the order in which events cite them."""
    for reference in cited(log):
        yield from entry(reference)
        yield ""


def entry(reference: Reference) -> Iterator[str]:
    """Yield the lines of an entry."""
    yield f"@online{{{reference.id},"
    for name, value in _fields(reference):
        yield f"  {name} = {{{value}}},"
    yield "}"


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    date, notes = reference.date, [reference.note]
    if reference.author:
        yield "author", f"{{{tex(reference.author)}}}"
    yield "title", f"{{{tex(reference.title)}}}"
    yield "organization", f"{{{tex(reference.within)}}}"
    if date and _is_read(date):
        yield "date", _written(date)
    elif date:
        notes.append(f"dated {said(date)}")
    if reference.url:
        yield "url", safe_url(reference.url)
    if note := "; ".join(filter(None, notes)):
        yield "note", tex(note)


def _written(date: When) -> str:
    return date.text.replace("-XX", "")


def _is_read(date: When) -> bool:
    """Return whether biber reads a date; it drops the others, or the half of them."""
    vague = "X" in _written(date) and len(date.text) > 4
    return not (date.open_first or date.text.startswith("[") or vague)
