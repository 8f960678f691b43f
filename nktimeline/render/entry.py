"""One event in full, and the facts about an actor: as text for a terminal, or as Markdown.

Not formats of a log: `event` needs related events too, and `actor` all that is known of a name.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count

from nktimeline.evidence import origin, origins
from nktimeline.model import Actor, Event, Log, Source, remarks
from nktimeline.precedents import precedent, states
from nktimeline.render import Fact, Item, Page, Profile
from nktimeline.render.columns import titled
from nktimeline.render.markdown import footer
from nktimeline.render.phrases import length
from nktimeline.render.style import paint
from nktimeline.tally import year
from nktimeline.text import markdown, markdown_link, safe_url
from nktimeline.widths import wrap

_LABEL = 9  # cells before the facts, room for the longest name of one
_COMPANIONS = 3  # of an actor: those whom it met most
_MEMBERS = 12  # members that are named


def events(log: Log, chosen: Iterable[Event], page: Page, *, as_markdown: bool) -> Iterator[str]:
    """Yield each chosen event with its summary, people, sources and related events."""
    draw = _as_markdown if as_markdown else _as_text
    for event in chosen:
        texts = [text for text in (event.summary, *remarks(event)) if text]
        yield from draw(titled(event), event.date.text, texts, _event_facts(log, event), page)
    if as_markdown:
        yield from footer(page)


def profile(log: Log, chosen: Actor, selection: Log) -> Profile:
    """Return who an actor is: names, members, and how many of their events are in the selection.

    Then the first and last of these, counts per year and kind, and who else is in most of them.
    """
    return Profile(chosen.id, chosen.name, tuple(_actor_facts(log, chosen, selection)))


def profiles(page: Page, *, as_markdown: bool) -> Iterator[str]:
    """Yield who the actors of a page are."""
    draw = _as_markdown if as_markdown else _as_text
    for one in page.profiles:
        yield from draw(one.name, one.id, [], one.facts, page)


def _event_facts(log: Log, event: Event) -> Iterator[Fact]:
    """Yield the facts about an event, without those that it lacks."""
    members = log.members
    facts = (
        _fact("kind", event.kind),
        _fact("level", event.level or ""),
        _fact("place", event.place or ""),
        _fact("actors", *(_full_name(log, id) for id in event.actors)),
        _fact("guest", *(log.actors[id].name for id in event.guests)),
        _fact("host", *(log.actors[id].name for id in event.host)),
        _fact("sets", *(f"{members[id].name}: {state}" for id, state in event.sets)),
        _sources(log, event),
        _fact("tags", *event.tags),
        _earlier(log, event),
        _listed("related", _related(log, event)),
        _fact("id", event.id),
    )
    return (fact for fact in facts if fact.texts or fact.items)


def _sources(log: Log, event: Event) -> Fact:
    """Return the sources, numbered, under the names of those whose accounts they give."""
    numbers, cited = count(1), [log.sources[id] for id in event.sources]
    groups = tuple(
        Item(
            f"according to {name}:",
            items=tuple(
                Item(_citation(source, name), source.url, next(numbers))
                for source in cited
                if origin(log, source) == name
            ),
        )
        for name in origins(log, event)
    )
    counts = f"{_counted(len(groups), 'origin')}, {_counted(len(cited), 'source')}"
    return Fact("sources", (counts,), groups) if cited else Fact("sources")


def _citation(source: Source, origin: str) -> str:
    """Return what a source is, but for the name that it stands under."""
    publisher = source.publisher if source.publisher != origin else None
    details = [source.author, publisher, source.published and source.published.text]
    if source.language:
        details.append(f"in {source.language}")
    return " - ".join(filter(None, (source.title, ", ".join(filter(None, details)))))


def _earlier(log: Log, event: Event) -> Fact:
    """Return the last earlier event of this kind between the same states, and how long ago."""
    other = precedent(log, event)
    if not other:
        return Fact("earlier")
    exact = all(one.date.reach.first == one.date.begun for one in (event, other))
    ago = length((event.date.reach.first - other.date.begun).days)
    return _listed("earlier", [other], f", {'' if exact else 'about '}{ago} before")


def _related(log: Log, event: Event) -> Iterable[Event]:
    """Return the events that this one names, or that name it."""
    return [one for one in log.events if one.id in event.related or event.id in one.related]


def _actor_facts(log: Log, chosen: Actor, selection: Log) -> Iterator[Fact]:
    tree = log.tree(chosen.id)
    ordered = _theirs(selection.sorted(), tree)
    every = len(_theirs(log, tree))
    facts = (
        _fact("also", *chosen.aliases),
        _fact("of", *(log.actors[id].name for id in log.lineage(chosen.of))),
        _fact("members", *_members(log, chosen, ordered)),
        _fact("events", f"{every}" if len(ordered) == every else f"{len(ordered)} of {every}"),
        *(_counts(log, chosen, ordered) if ordered else ()),
    )
    return (fact for fact in facts if fact.texts)


def _members(log: Log, chosen: Actor, theirs: list[Event]) -> Iterator[str]:
    """Yield an actor's members, those with the most events first, and how many are not named."""
    times = Counter(id for event in theirs for id in event.actors)
    members = sorted(
        log.tree(chosen.id) - {chosen.id}, key=lambda id: (-times[id], log.actors[id].name, id)
    )
    yield from (log.actors[id].name for id in members[:_MEMBERS])
    if len(members) > _MEMBERS:
        yield f"and {len(members) - _MEMBERS} more, which 'nktimeline actors' lists"


def _counts(log: Log, chosen: Actor, theirs: list[Event]) -> Iterator[Fact]:
    """Yield the facts about an actor's events, which are in order of date."""
    for name, event in (("first", theirs[0]), ("last", theirs[-1])):
        yield _fact(name, f"{event.date.text} {event.title}")
    years = Counter(year(event.date) for event in theirs)
    kinds = Counter(event.kind for event in theirs)
    met = Counter(id for event in theirs for id in sorted(states(log, event)))
    del met[log.root(chosen.id)]
    yield _fact("years", *(f"{name}: {times}" for name, times in years.items()))
    yield _fact("kinds", *(f"{kind}: {times}" for kind, times in kinds.most_common()))
    most = met.most_common(_COMPANIONS)
    yield _fact("with", *(f"{log.actors[id].name}: {times}" for id, times in most))


def _theirs(log: Log, tree: frozenset[str]) -> list[Event]:
    return [event for event in log.events if not tree.isdisjoint(event.actors)]


def _fact(name: str, *texts: str) -> Fact:
    return Fact(name, tuple(filter(None, texts)))


def _listed(name: str, events: Iterable[Event], more: str = "") -> Fact:
    items = (Item(f"{event.date.text} {event.title} [{event.id}]{more}") for event in events)
    return Fact(name, items=tuple(items))


def _full_name(log: Log, id: str) -> str:
    actor = log.actors[id]
    return f"{actor.name} ({log.actors[actor.of].name})" if actor.of else actor.name


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


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
        for line in _fact_lines(fact, page._replace(width=page.width - _LABEL)):
            yield paint(label, "bold", page) + line
            label = " " * _LABEL
    yield ""


def _fact_lines(fact: Fact, page: Page) -> Iterator[str]:
    if fact.texts:
        yield from wrap(", ".join(fact.texts), page.width)
    for item in fact.items:
        yield from _item_lines(item, page)


def _item_lines(item: Item, page: Page) -> Iterator[str]:
    """Yield the lines of an item: its number before the first, its address and items beneath."""
    number = "" if item.number is None else f"{item.number:2} "
    for line in wrap(item.text, page.width - len(number)):
        yield number + line
        number = " " * len(number)
    if item.url:
        yield number + paint(safe_url(item.url), "dim", page)
    for below in item.items:
        yield from _item_lines(below, page)


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
        yield f"- **{fact.name}**: {', '.join(map(markdown, fact.texts))}".rstrip(" ")
        yield from _nested(fact.items, "    ")
    yield ""


def _nested(items: Iterable[Item], indent: str) -> Iterator[str]:
    """Yield a list within a list: four blanks deeper, as Python-Markdown wants it.

    Numbers are texts. A list that goes on at 3 is none beneath a line of text (CommonMark 5.3).
    """
    for item in items:
        number = "" if item.number is None else f"({item.number}) "
        yield f"{indent}- {number}{markdown_link(item.text, item.url)}"
        yield from _nested(item.items, indent + "    ")
