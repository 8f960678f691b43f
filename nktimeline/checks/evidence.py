"""Rules over what events rest on: when pages were published, by whom, and at which address.

Each is silent on what other rules report.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations

from nktimeline.checks.findings import Check, Finding
from nktimeline.dates import Window
from nktimeline.days import month_end
from nktimeline.evidence import known
from nktimeline.folding import name_key, spoken
from nktimeline.model import Event, Log
from nktimeline.text import quoted

LATE = 30
"""Days after which a report of an event needs a word of explanation."""
_ALIKE = 0.85  # share of two spellings that agrees when they are meant to be one
_JUNK = re.compile(r"[?&#](?:utm_\w+|fbclid|gclid)=|&amp;", re.IGNORECASE)
_DAY_IN_URL = re.compile(r"(?<!\d)(20[0-9]{2})([-/_]?)([01][0-9])\2([0-3][0-9])(?!\d)")
_MONTH_IN_URL = re.compile(r"/(20[0-9]{2})/([01][0-9])/")
_HOST = re.compile(r"https?://(?:www\.)?([^/?#:]+)", re.IGNORECASE)


def late_source(log: Log) -> Iterator[Finding]:
    """An event that nobody reported within thirty days has a note that says why.

    A late page is often about something else, or the event's date is wrong. The days are counted
    from when it had surely begun to when the first page can have been published.
    """
    for index, event in enumerate(log.events):
        days = _days_late(log, event)
        if days > LATE and not event.note:
            message = f"the first page that reports {quoted(event.id)} is {days} days late"
            yield Finding(("events", index, "sources"), message)


def near_publisher(log: Log) -> Iterator[Finding]:
    """A publisher has one spelling, and an actor who publishes is spelled by name, not by alias.

    Otherwise one origin is counted as two, and asking for it finds half of its pages. Two spellings
    at one host are taken to be one publisher if most of their letters agree, or all words of one
    are in the other.
    """
    aliases = {alias: actor for actor in log.actors.values() for alias in actor.aliases}
    names = {actor.name for actor in log.actors.values()}
    better = _better_spellings(log)
    for id, source in log.sources.items():
        publisher, actor = source.publisher, aliases.get(source.publisher)
        if actor and publisher not in names:
            message = f"{quoted(publisher)} is another name of {quoted(actor.name)}"
            yield Finding(("sources", id, "publisher"), message)
        elif other := better.get((_host(source.url), publisher)):
            message = f"{quoted(publisher)} is also spelled {quoted(other)} at this host"
            yield Finding(("sources", id, "publisher"), message)


def junk_url(log: Log) -> Iterator[Finding]:
    """A source's url holds nothing that only tracks readers, such as utm_ or fbclid.

    Nor `&amp;`, which is what `&` is in HTML. Such addresses break sooner, and hide that two pages
    are one.
    """
    for id, source in log.sources.items():
        if found := _JUNK.search(source.url or ""):
            yield Finding(("sources", id, "url"), f"{quoted(found[0])} does not belong in a url")


def url_date(log: Log) -> Iterator[Finding]:
    """A date in a source's url agrees with `published`, to the day or as exactly as both are known.

    Pages that are dated otherwise than their address were often re-dated by their site.
    """
    for id, source in log.sources.items():
        if not source.published or source.published.open_first or source.published.open_last:
            continue
        told = list(_days_in(source.url or ""))
        ours = Window(source.published.first, source.published.last)
        if told and all(_apart(window, ours) > 1 for window in told):
            message = f"the url says {_written(told[0])}, 'published' {source.published.text}"
            yield Finding(("sources", id, "published"), message)


ERRORS: tuple[Check, ...] = ()
WARNINGS: tuple[Check, ...] = (late_source, near_publisher, junk_url, url_date)


def _days_late(log: Log, event: Event) -> int:
    """Return how many days after its event the first page surely is; 0 where that is unknown."""
    if event.date.open_first or not all(id in log.sources for id in event.sources):
        return 0
    first = known(log, event)
    published = log.sources[first.source].published if first else None
    return (published.first - event.date.begun).days if published else 0


def _better_spellings(log: Log) -> Mapping[tuple[str, str], str]:
    """Return, for a host and a publisher there, the commoner spelling that is meant to be one."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for source in log.sources.values():
        if source.publisher and (host := _host(source.url)):
            counts[host][source.publisher] += 1
    return {
        (host, rarer): commoner
        for host, publishers in counts.items()
        for (commoner, _), (rarer, _) in combinations(publishers.most_common(), 2)
        if _near_same(commoner, rarer)
    }


def _near_same(one: str, other: str) -> bool:
    words, others = set(spoken(one).split()), set(spoken(other).split())
    if words and others and (words <= others or others <= words):
        return True
    return SequenceMatcher(None, name_key(one), name_key(other)).ratio() >= _ALIKE


def _host(url: str | None) -> str:
    found = _HOST.match(url or "")
    return found[1].lower() if found else ""


def _days_in(url: str) -> Iterator[Window]:
    """Yield the days, or else the months, that an address names."""
    days = list(_calendar_days(url))
    yield from days
    if not days:
        for year, month in _MONTH_IN_URL.findall(url):
            with suppress(ValueError):
                first = date(int(year), int(month), 1)
                yield Window(first, month_end(first))


def _calendar_days(url: str) -> Iterator[Window]:
    for year, _, month, day in _DAY_IN_URL.findall(url):
        with suppress(ValueError):
            only = date(int(year), int(month), int(day))
            yield Window(only, only)


def _apart(one: Window, other: Window) -> int:
    """Return how many days lie between two windows; none or less where they meet."""
    return max((one.first - other.last).days, (other.first - one.last).days)


def _written(window: Window) -> str:
    return str(window.first) if window.first == window.last else f"{window.first:%Y-%m}"
