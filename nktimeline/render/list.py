"""A Markdown list, as factboxes are: a heading for each month, a line for each event.

### July 2023

- **25-27 July** Somebody visits somewhere. ([TASS](...), [AFP](...))
"""

from collections.abc import Iterator
from itertools import groupby

from nktimeline.model import Event, Log
from nktimeline.render import Page
from nktimeline.render.markdown import footer
from nktimeline.render.phrases import period, said
from nktimeline.render.style import mark
from nktimeline.text import markdown, markdown_link

_ENDS = (".", "!", "?", "…", "。", "！", "？")  # of a sentence


def render(log: Log, page: Page) -> Iterator[str]:
    """Yield each month, or whatever is known of the dates, as a heading with its events below."""
    for name, events in groupby(log.events, lambda event: period(event.date)):
        yield f"### {name}"
        yield ""
        for event in events:
            yield _line(log, event, page)
        yield ""
    yield from footer(page)


def _line(log: Log, event: Event, page: Page) -> str:
    day = f"{mark(log, event, page)} {said(event.date, year=False)}".lstrip()
    parts = [f"- **{day}**", markdown(_sentence(event))]
    if event.sources:
        parts.append(f"({', '.join(_publishers(log, event))})")
    return " ".join(parts)


def _sentence(event: Event) -> str:
    status = "" if event.status == "confirmed" else f" ({event.status})"
    title = event.title.rstrip() + status
    return title if title.endswith(_ENDS) else f"{title}."


def _publishers(log: Log, event: Event) -> Iterator[str]:
    """Yield each publisher once, as a link to its page; further pages of its are numbered."""
    pages: dict[str, list[str]] = {}
    for source in (log.sources[id] for id in event.sources):
        urls = pages.setdefault(source.publisher, [])
        urls += [source.url] if source.url else []
    for publisher, urls in pages.items():
        more = (markdown_link(f"{n}", url) for n, url in enumerate(urls[1:], 2))
        yield " ".join([markdown_link(publisher, urls[0] if urls else None), *more])
