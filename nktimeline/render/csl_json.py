"""A bibliography for pandoc, Zotero and other programs that read CSL-JSON: an object a source.

Names are literal, and dates are numbers wherever CSL has numbers for them.
"""

from collections.abc import Iterator
from typing import Any

from nktimeline.dates import Precision, When, parse
from nktimeline.model import Log
from nktimeline.render import Page
from nktimeline.render.json import array
from nktimeline.render.phrases import said
from nktimeline.render.references import Reference, cited
from nktimeline.text import csl


def render(log: Log, _page: Page) -> Iterator[str]:
    """Yield the lines of an array, an item for each source in the order in which it is cited."""
    return array(map(item, cited(log)))


def item(reference: Reference) -> dict[str, Any]:
    """Return an item as CSL 1.0.2 has it, without what is not known."""
    values = {
        "id": reference.id,
        "type": "document" if reference.entry else "webpage",
        "title": csl(reference.title),
        "container-title": csl(reference.within),
        "author": [{"literal": csl(reference.author)}] if reference.author else None,
        "issued": _date(reference.date) if reference.date else None,
        "URL": reference.url,
        "language": reference.language,
        "note": csl(reference.note) if reference.note else None,
    }
    return {name: value for name, value in values.items() if value is not None}


def _date(when: When) -> dict[str, Any]:
    """Return a date in numbers; in words where it is a set, a decade, a season or open."""
    ends = [parse(text) for text in when.text.split("/")] if _is_closed(when) else [when]
    parts = [_parts(end) for end in ends]
    if not all(parts) or when.text.startswith("[") or not _is_closed(when):
        return {"literal": said(when)}
    return {"date-parts": parts, **({"circa": True} if when.doubt else {})}


def _is_closed(when: When) -> bool:
    return not (when.open_first or when.open_last)


def _parts(when: When) -> list[int]:
    """Return year, month and day as far as they are known; nothing where CSL has no parts."""
    numbers = [when.first.year, when.first.month, when.first.day]
    known = {Precision.YEAR: 1, Precision.MONTH: 2, Precision.DAY: 3}
    return numbers[: known.get(when.precision, 0)]
