"""What stands beside the list: the number shown, what can be asked, and the months as bars.

Without the page's script the bars lead to the months' headings, and what only the script can do is
hidden.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from nktimeline.model import Log
from nktimeline.render import Page
from nktimeline.render.html.words import begins_in_month, month
from nktimeline.spellings import MONTHS
from nktimeline.text import html

STEPS = 10
"""How many heights a bar can have; the style has a class for each."""
_INITIALS = "".join(f"<span>{name[0]}</span>" for name in MONTHS)
_TEXTS = (
    ("grep", "Text", "search", "treaty"),
    ("since", "From", "text", "2023-07"),
    ("until", "Until", "text", "2024"),
)


def finder(log: Log, page: Page) -> Iterator[str]:
    """Yield the part of the page that says what is shown, and has filters to narrow it."""
    yield '<aside aria-label="What is shown">'
    count = len(log.events)
    yield f'<p class="count" role="status">{count} event{"" if count == 1 else "s"}</p>'
    yield '<p class="trouble" role="status"></p>'
    yield '<ul class="asked" aria-label="Filters in use" hidden></ul>'
    yield from _form(log)
    yield from _months(log)
    if page.asked is not None:
        yield f'<p class="command" data-asked="{html(urlencode(page.asked))}" hidden>'
        yield "The same in a terminal: <code></code></p>"
    yield "</aside>"


def _form(log: Log) -> Iterator[str]:
    yield '<form aria-label="Filters" autocomplete="off" hidden><details open>'
    yield '<summary>Filters</summary><div class="fields">'
    for name, label, type, example in _TEXTS:
        yield f'<label{_width(name)}>{label} <input name="{name}" type="{type}"'
        yield f' placeholder="{example}" spellcheck="false"></label>'
    yield from _choice("actor", "Actor", _people(log))
    kinds = Counter(event.kind for event in log.events)
    yield from _choice("kind", "Kind", _options((kind, kind) for kind in log.kinds if kinds[kind]))
    tags = sorted({tag for event in log.events for tag in event.tags})
    yield from _choice("tag", "Tag", _options((tag, tag) for tag in tags))
    yield '<button type="reset">Show all</button></div></details></form>'


def _choice(name: str, label: str, options: Iterable[str]) -> Iterator[str]:
    yield f'<label{_width(name)}>{label} <select name="{name}"><option value="">any</option>'
    yield from options
    yield "</select></label>"


def _width(name: str) -> str:
    return ' class="wide"' if name in ("grep", "actor") else ""


def _options(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for value, text in pairs:
        yield f'<option value="{html(value)}">{html(text)}</option>'


def _people(log: Log) -> Iterator[str]:
    """Yield everybody who takes part, under what they belong to; the busiest of these first."""
    families: dict[str, Counter[str]] = {}
    busy: Counter[str] = Counter()
    for event in log.events:
        for root in dict.fromkeys(map(log.root, event.actors)):
            busy[root] += 1
        for actor in event.actors:
            families.setdefault(log.root(actor), Counter()).update(log.lineage(actor))
    for root, _ in busy.most_common():
        names = sorted((log.actors[id].name, id) for id in families[root] if id != root)
        everybody = log.actors[root].name
        if not names:
            yield from _options([(root, everybody)])
            continue
        yield f'<optgroup label="{html(everybody)}">'
        yield from _options([(root, f"{everybody} and its members")])
        yield from _options((id, name) for name, id in names)
        yield "</optgroup>"


def _months(log: Log) -> Iterator[str]:
    """Yield a row of twelve bars for each year in which an event begins in a known month."""
    counts = Counter(key for event in log.events if (key := begins_in_month(event.date)))
    if not counts:
        return
    most = max(counts.values())
    yield '<nav aria-label="Months"><details open><summary>Months</summary>'
    yield f'<p class="initials" aria-hidden="true">{_INITIALS}</p><ol>'
    for year in sorted({key[:4] for key in counts}):
        yield f'<li><a class="year" href="#in:{year}" data-when="{year}">{year}</a><ol>'
        for number in range(1, 13):
            key = f"{year}-{number:02}"
            yield _bar(key, month(number, int(year)), counts[key], most)
        yield "</ol></li>"
    yield "</ol></details></nav>"


def _bar(key: str, name: str, count: int, most: int) -> str:
    if not count:
        return "<li></li>"
    said = f"{name}: {count} event{'' if count == 1 else 's'}"
    height = -(-STEPS * count // most)
    return (
        f'<li><a class="bar high{height}" href="#in:{key}" data-when="{key}" data-name="{name}"'
        f' aria-label="{said}" title="{said}"></a></li>'
    )
