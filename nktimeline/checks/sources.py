"""Rules about sources: there is one, it can be looked up, and it reports what happened."""

import re
from collections.abc import Iterator

from nktimeline.checks.findings import Check, Finding, event_path
from nktimeline.days import add_days
from nktimeline.model import Log
from nktimeline.text import quoted


def missing_source(log: Log) -> Iterator[Finding]:
    """Every event cites at least one source; what nobody can look up is not for a log."""
    for index, event in enumerate(log.events):
        if not event.sources and (event.id or event.title):
            name = quoted(event.id or event.title)
            yield Finding(event_path(index, "sources"), f"{name} cites no source")


def bad_url(log: Log) -> Iterator[Finding]:
    """A source's url is http or https, names a host, and holds no blank: it will be a link."""
    for id, source in log.sources.items():
        if source.url and not _host(source.url)[0]:
            yield Finding(("sources", id, "url"), f"{quoted(source.url)} is no http(s) address")


def bare_url(log: Log) -> Iterator[Finding]:
    """A source's url leads to the page that was read, not to the front page of its site."""
    for id, source in log.sources.items():
        host, rest = _host(source.url or "")
        if host and not rest.strip("/"):
            yield Finding(("sources", id, "url"), f"{quoted(host)} is a bare domain")


def premature_source(log: Log) -> Iterator[Finding]:
    """No event rests on sources published wholly before it.

    A page from before the day can announce the event, and is welcome beside one from after it. One
    day of grace allows for time zones.
    """
    for index, event in enumerate(log.events):
        pages = [log.sources[id] for id in event.sources if id in log.sources]
        days = [page.published.spans[-1].last for page in pages if page.published]
        if not days or len(days) < len(pages):
            continue
        latest = max(days)
        if add_days(latest, 1) < event.date.spans[0].first:
            message = f"every source was published before the event, the last on {latest}"
            yield Finding(event_path(index, "sources"), message)


def _host(url: str) -> tuple[str, str]:
    """Split a web address into host and rest (RFC 3986, 3.2); both are empty where it is none."""
    found = re.fullmatch(r"https?://([^/?#]+)(.*)", url, re.IGNORECASE)
    return (found[1], found[2]) if found and url.isprintable() and " " not in url else ("", "")


ERRORS: tuple[Check, ...] = (missing_source, bad_url)
WARNINGS: tuple[Check, ...] = (bare_url, premature_source)
