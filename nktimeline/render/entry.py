"""One event in full, and the facts about an actor: as text for a terminal, or as Markdown.

Not formats of a log: `event` needs what is around its events, `actor` what is around its name.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from nktimeline.model import Actor, Event, Log, Source
from nktimeline.render import Page
from nktimeline.render.style import paint
from nktimeline.tally import year
from nktimeline.text import markdown, markdown_link, safe_url, wrap

_LABEL = 9  # cells before the facts, room for the longest name of one


class Fact(NamedTuple):
    """A line of facts: a name and its values; a value may have an address."""

    name: str
    values: tuple[tuple[str, str | None], ...]
    listed: bool = False
    """Whether each value has a line of its own."""


def events(log: Log, chosen: Iterable[Event], page: Page, *, as_markdown: bool) -> Iterator[str]:
    """Yield each chosen event with its summary, people, sources and related events."""
    draw = _as_markdown if as_markdown else _as_text
    for event in chosen:
        title = event.title + ("" if event.status == "confirmed" else f" ({event.status})")
        texts = [text for text in (event.summary, event.note and f"Note: {event.note}") if text]
        yield from draw(title, event.date.text, texts, _event_facts(log, event), page)


def actor(
    log: Log, chosen: Actor, selection: Log, page: Page, *, as_markdown: bool
) -> Iterator[str]:
    """Yield who an actor is: names, members, and how many of their events are in the selection.

    Then the first and last of these, and counts of them per year and kind.
    """
    draw = _as_markdown if as_markdown else _as_text
    yield from draw(chosen.name, chosen.id, [], _actor_facts(log, chosen, selection), page)


def _event_facts(log: Log, event: Event) -> Iterator[Fact]:
    yield _fact("kind", event.kind)
    if event.place:
        yield _fact("place", event.place)
    if event.actors:
        yield _fact("actors", *(_full_name(log, id) for id in event.actors))
    citations = tuple(_citation(log, log.sources[id]) for id in event.sources)
    yield Fact("sources", citations, listed=True)
    if event.tags:
        yield _fact("tags", *event.tags)
    links = [
        other for other in log.events if other.id in event.related or event.id in other.related
    ]
    if links:
        texts = (f"{other.date.text} {other.title} [{other.id}]" for other in links)
        yield _fact("related", *texts)._replace(listed=True)
    yield _fact("id", event.id)


def _actor_facts(log: Log, chosen: Actor, selection: Log) -> Iterator[Fact]:
    if chosen.aliases:
        yield _fact("also", *chosen.aliases)
    if chosen.of and chosen.of in log.actors:
        yield _fact("of", log.actors[chosen.of].name)
    tree = log.members(chosen.id)
    if members := [log.actors[id] for id in tree - {chosen.id}]:
        yield _fact("members", *(member.name for member in sorted(members)))
    ordered = _theirs(selection.sorted(), tree)
    every = len(_theirs(log, tree))
    yield _fact("events", f"{every}" if len(ordered) == every else f"{len(ordered)} of {every}")
    if not ordered:
        return
    for name, event in (("first", ordered[0]), ("last", ordered[-1])):
        yield _fact(name, f"{event.date.text} {event.title}")
    years = Counter(year(event.date) for event in ordered)
    kinds = Counter(event.kind for event in ordered)
    yield _fact("years", *(f"{name}: {count}" for name, count in years.items()))
    yield _fact("kinds", *(f"{kind}: {count}" for kind, count in kinds.most_common()))


def _theirs(log: Log, tree: frozenset[str]) -> list[Event]:
    return [event for event in log.events if not tree.isdisjoint(event.actors)]


def _fact(name: str, *texts: str) -> Fact:
    return Fact(name, tuple((text, None) for text in texts))


def _full_name(log: Log, id: str) -> str:
    actor = log.actors[id]
    return f"{actor.name} ({log.actors[actor.of].name})" if actor.of else actor.name


def _citation(log: Log, source: Source) -> tuple[str, str | None]:
    details = [source.author, source.publisher, source.published and source.published.text]
    if source.language:
        details.append(f"in {source.language}")
    if source.relays:
        details.append(f"relaying {log.actors[source.relays].name}")
    return f"{source.title} - {', '.join(filter(None, details))}", source.url


def _as_text(
    title: str, head: str, texts: Iterable[str], facts: Iterable[Fact], page: Page
) -> Iterator[str]:
    for line in wrap(title, page.width):
        yield paint(line, "bold", page)
    for line in wrap(head, page.width):
        yield paint(line, "dim", page)
    for text in texts:
        yield ""
        yield from wrap(text, page.width)
    yield ""
    for fact in facts:
        label = f"{fact.name:{_LABEL}}"
        for text, url in fact.values if fact.listed else [_joined(fact)]:
            for line in wrap(text, page.width - _LABEL):
                yield paint(label, "cyan", page) + line
                label = " " * _LABEL
            if url:
                yield f"{label}{paint(safe_url(url), 'dim', page)}"
    yield ""


def _as_markdown(
    title: str, head: str, texts: Iterable[str], facts: Iterable[Fact], _page: Page
) -> Iterator[str]:
    yield f"## {markdown(title)}"
    yield ""
    yield f"*{markdown(head)}*"
    for text in texts:
        yield ""
        yield markdown(text)
    yield ""
    for fact in facts:
        values = [markdown_link(text, url) for text, url in fact.values]
        if fact.listed and len(values) > 1:
            yield f"- **{fact.name}**:"
            yield from (f"  - {value}" for value in values)
        else:
            yield f"- **{fact.name}**: {', '.join(values)}"
    yield ""


def _joined(fact: Fact) -> tuple[str, None]:
    return ", ".join(text for text, _ in fact.values), None
