"""An event as an HTML article: all that the log says of it, and what the page's script judges by.

The data attributes hold ids and days, never texts: `data-actors` names each actor and all that it
belongs to, `data-days` the spans of days that the date could touch, `data-sure` the days between
which what lasted surely lasted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from nktimeline.days import Window
from nktimeline.model import Event, Log, Source, remarks
from nktimeline.render.html.words import language, time
from nktimeline.render.phrases import said
from nktimeline.text import html, html_url

HUES = 16
"""Colours that kinds are told apart by; related kinds stand beside each other in a log."""


class Surroundings(NamedTuple):
    """What an article needs to know besides its event."""

    log: Log
    links: Mapping[str, tuple[Event, ...]]
    """The events of the page that each event is related to, by its id."""
    hues: Mapping[str, int]
    """The colour of each kind."""


def surroundings(log: Log) -> Surroundings:
    """Return what the articles of a selection need to know; a relation holds both ways."""
    links: dict[str, dict[str, None]] = {event.id: {} for event in log.events}
    for event in log.events:
        for other in event.related:
            if other in links and other != event.id:
                links[event.id][other] = links[other][event.id] = None
    events = {event.id: event for event in log.events}
    return Surroundings(
        log,
        {id: tuple(map(events.__getitem__, others)) for id, others in links.items()},
        {kind: place % HUES for place, kind in enumerate(log.kinds)},
    )


def article(event: Event, around: Surroundings) -> Iterator[str]:
    """Yield the lines of an event."""
    yield f"<article {_attributes(event, around)}>"
    yield f'<p class="when">{_when(event)}</p>'
    yield f'<h4><a href="#{html(event.id)}">{_said("title", event.title)}</a></h4>'
    yield f'<p class="what">{_what(event)}</p>'
    if event.summary:
        yield f'<p class="summary said">{html(event.summary)}</p>'
    yield from (f'<p class="note">{html(text)}</p>' for text in remarks(event))
    yield from facts(_facts(event, around))
    yield f'<p class="cite">{html(event.id)} · {html(event.date.text)}</p>'
    yield "</article>"


def facts(entries: Iterable[tuple[str, Sequence[str]]]) -> Iterator[str]:
    """Yield names and their values as a list; the values are HTML."""
    lines = [line for name, values in entries if values for line in _fact(name, values)]
    if lines:
        yield "<dl>"
        yield from lines
        yield "</dl>"


def _fact(name: str, values: Iterable[str]) -> Iterator[str]:
    yield f"<dt>{html(name)}</dt>"
    yield from (f"<dd>{value}</dd>" for value in values)


def _attributes(event: Event, around: Surroundings) -> str:
    when = event.date
    lineages = (id for actor in event.actors for id in around.log.lineage(actor))
    attributes = {
        "id": event.id,
        "class": f"hue{around.hues.get(event.kind, 0)}",
        "data-days": " ".join(map(_span, when.spans)),
        "data-sure": _span(Window(when.begun, when.ended)) if when.lasting else "",
        "data-kind": event.kind,
        "data-actors": " ".join(dict.fromkeys(lineages)),
        "data-tags": " ".join(event.tags),
        "data-status": event.status,
        "data-mark": around.log.marks.get(event.id, ""),
    }
    return " ".join(f'{name}="{html(value)}"' for name, value in attributes.items() if value)


def _span(days: Window) -> str:
    return f"{days.first}/{days.last}"


def _when(event: Event) -> str:
    words, moment = said(event.date), time(event.date)
    return f'<time datetime="{moment}">{words}</time>' if moment else words


def _what(event: Event) -> str:
    """Return the kind, the status where it is not the usual one, and the place."""
    parts = [f'<span class="kind">{html(event.kind)}</span>']
    if event.status != "confirmed":
        parts.append(f'<strong class="status">{html(event.status)}</strong>')
    if event.place:
        parts.append(_said("place", event.place))
    return " · ".join(parts)


def _said(name: str, text: str) -> str:
    """Return a text that a search looks into."""
    return f'<span class="{name} said">{html(text)}</span>'


def _facts(event: Event, around: Surroundings) -> Iterator[tuple[str, Sequence[str]]]:
    log = around.log
    yield "People", _people(log, event.actors)
    yield "Guests", _journey(log, event)
    yield "Level", [html(event.level)] if event.level and not event.guests else []
    yield "Sources", [_source(log, log.sources[id]) for id in event.sources]
    yield "Related", [_link(other) for other in around.links[event.id]]


def _people(log: Log, actors: Iterable[str]) -> Sequence[str]:
    people = ", ".join(
        _said("name", log.actors[id].name)
        + ("" if (root := log.root(id)) == id else f" ({html(log.actors[root].name)})")
        for id in actors
    )
    return [people] if people else []


def _journey(log: Log, event: Event) -> Sequence[str]:
    if not event.guests:
        return []
    guests = ", ".join(log.actors[id].name for id in event.guests)
    hosts = " and ".join(log.actors[id].name for id in event.host)
    level = f"; level: {event.level}" if event.level else ""
    return [html(f"{guests}, guests of {hosts}{level}" if hosts else f"{guests}{level}")]


def _source(log: Log, source: Source) -> str:
    tag = f' lang="{html(source.language)}"' if source.language else ""
    url = html_url(source.url or "")
    title = f"<span{tag}>{html(source.title)}</span>" if tag else html(source.title)
    linked = f'<a href="{url}" rel="noreferrer">{title}</a>' if url else f"<cite>{title}</cite>"
    details = [
        html(source.publisher),
        html(source.author or ""),
        said(source.published) if source.published else "",
        f"in {html(language(source.language))}" if source.language else "",
        f"relays {html(_account(log, source.relays))}" if source.relays else "",
    ]
    return f'{linked} <span class="by">{", ".join(filter(None, details))}</span>'


def _account(log: Log, relayed: str) -> str:
    return log.actors[relayed].name if relayed in log.actors else relayed


def _link(other: Event) -> str:
    when = f'<span class="by">{said(other.date)}</span>'
    return f'<a href="#{html(other.id)}">{html(other.title)}</a> {when}'
