"""What someone asks of a log: filters as people write them, and the predicate made from them.

`Filters` are words. `settle` replaces names by ids and relative dates by days, so that the same
question can be asked again on any day. `query` turns settled filters into a `Query`, which knows
only ids and days. Knows no option and no clock: which day is today it is told.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from nktimeline.dates import ALL_TIME, NO, POSSIBLY, DateError, Days, Match, Window, parse
from nktimeline.evidence import credited, lag, origins
from nktimeline.folding import begins_in, spoken
from nktimeline.model import Event, Log
from nktimeline.names import Found, accounts, events_of, find, meant, names_of
from nktimeline.windows import days, edge


class Filters(NamedTuple):
    """What is asked, as people write it; the values of one filter are alternatives."""

    since: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    companion: tuple[str, ...] = ()
    """Actors of whom each must take part."""
    kind: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    grep: tuple[str, ...] = ()
    certain: bool = False
    not_actor: tuple[str, ...] = ()
    not_kind: tuple[str, ...] = ()
    not_tag: tuple[str, ...] = ()
    guest: tuple[str, ...] = ()
    host: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    """The lowest of the levels that are asked for."""
    source: tuple[str, ...] = ()
    """Who published, wrote or is relayed by a page that an event rests on."""
    origin: tuple[str, ...] = ()
    """Whose accounts an event rests on."""
    only_origin: tuple[str, ...] = ()
    """Those on whose accounts alone an event rests."""
    min_origins: tuple[int, ...] = ()
    max_origins: tuple[int, ...] = ()
    min_lag: tuple[int, ...] = ()
    """Days from an event's first day to that since which it is known; none is not enough."""
    as_known: str | None = None
    """A date; what was published after its last day is left out."""


Condition = Callable[[Event], bool]


class Query(NamedTuple):
    """A predicate over events; the empty query lets everything through."""

    days: Days = ALL_TIME
    conditions: tuple[Condition, ...] = ()
    certain: bool = False

    def __call__(self, event: Event) -> Match:
        """Return whether the event belongs to what was asked for, possibly or surely."""
        found = event.date.within(self.days)
        if not found or (self.certain and found is POSSIBLY):
            return NO
        return found if all(holds(event) for holds in self.conditions) else NO


class Filter(NamedTuple):
    """How a filter is read."""

    names: str | None
    """What its values name: actors, kinds, ... None: they are texts."""
    condition: Callable[[Log, Any], Condition]
    """Makes the condition of the settled values."""
    whole: bool = False
    """Whether only a whole log has all the names."""


def _with_any(log: Log, actors: tuple[str, ...]) -> Condition:
    those = frozenset().union(*map(log.tree, actors))
    return lambda event: not those.isdisjoint(event.actors)


def _with_each(log: Log, actors: tuple[str, ...]) -> Condition:
    trees = [log.tree(actor) for actor in actors]
    return lambda event: not any(tree.isdisjoint(event.actors) for tree in trees)


def _of_kind(_log: Log, kinds: tuple[str, ...]) -> Condition:
    return lambda event: event.kind in kinds


def _tagged(_log: Log, tags: tuple[str, ...]) -> Condition:
    return lambda event: any(tag in event.tags for tag in tags)


def _at_place(_log: Log, places: tuple[str, ...]) -> Condition:
    sought = tuple(map(spoken, places))
    return lambda event: _has(event.place, sought)


def _of_status(_log: Log, statuses: tuple[str, ...]) -> Condition:
    return lambda event: event.status in statuses


def _saying(log: Log, phrases: tuple[str, ...]) -> Condition:
    sought = tuple(map(spoken, phrases))

    def says(event: Event) -> bool:
        names = (log.actors[id].name for id in event.actors)
        return any(_has(text, sought) for text in (event.title, event.summary, event.place, *names))

    return says


def _with_guest(log: Log, actors: tuple[str, ...]) -> Condition:
    those = frozenset().union(*map(log.tree, actors))
    return lambda event: not those.isdisjoint(event.guests)


def _with_host(log: Log, actors: tuple[str, ...]) -> Condition:
    those = frozenset().union(*map(log.tree, actors))
    return lambda event: not those.isdisjoint(event.host)


def _at_level(log: Log, levels: tuple[str, ...]) -> Condition:
    highest_first = list(log.levels)
    places = [highest_first.index(level) for level in levels if level in log.levels]
    enough = highest_first[: max(places, default=-1) + 1]
    return lambda event: event.level in enough


def _citing(log: Log, names: tuple[str, ...]) -> Condition:
    pages = {id for id, page in log.sources.items() if not {*names}.isdisjoint(credited(log, page))}
    return lambda event: not pages.isdisjoint(event.sources)


def _by_some(log: Log, ids: tuple[str, ...]) -> Condition:
    those = frozenset().union(*(accounts(log, id) for id in ids))
    return lambda event: not those.isdisjoint(origins(log, event))


def _by_none_but(log: Log, ids: tuple[str, ...]) -> Condition:
    those = frozenset().union(*(accounts(log, id) for id in ids))
    return lambda event: bool(event.sources) and those.issuperset(origins(log, event))


def _on_at_least(log: Log, numbers: tuple[int, ...]) -> Condition:
    return lambda event: len(origins(log, event)) >= min(numbers)


def _on_at_most(log: Log, numbers: tuple[int, ...]) -> Condition:
    return lambda event: len(origins(log, event)) <= max(numbers)


def _known_late(log: Log, days: tuple[int, ...]) -> Condition:
    def late(event: Event) -> bool:
        late_by = lag(log, event)
        return late_by is not None and late_by >= min(days)

    return late


def _except(
    condition: Callable[[Log, tuple[str, ...]], Condition], log: Log, values: tuple[str, ...]
) -> Condition:
    holds = condition(log, values)
    return lambda event: not holds(event)


FILTERS: Mapping[str, Filter] = {
    "actor": Filter("actor", _with_any),
    "companion": Filter("actor", _with_each),
    "kind": Filter("kind", _of_kind),
    "tag": Filter("tag", _tagged, whole=True),
    "place": Filter(None, _at_place),
    "status": Filter("status", _of_status),
    "grep": Filter(None, _saying),
    "not_actor": Filter("actor", partial(_except, _with_any)),
    "not_kind": Filter("kind", partial(_except, _of_kind)),
    "not_tag": Filter("tag", partial(_except, _tagged), whole=True),
    "guest": Filter("actor", _with_guest),
    "host": Filter("actor", _with_host),
    "level": Filter("level", _at_level),
    "source": Filter("source", _citing, whole=True),
    "origin": Filter("origin", _by_some, whole=True),
    "only_origin": Filter("origin", _by_none_but, whole=True),
    "min_origins": Filter(None, _on_at_least),
    "max_origins": Filter(None, _on_at_most),
    "min_lag": Filter(None, _known_late),
}
"""How the filters are read that ask for something else than days."""


def reach(filters: Filters, today: date) -> Window:
    """Return a window that holds all the days asked for.

    Raises DateError for a bad date, or a window that ends before it begins.
    """
    asked = _days(filters, today, Window())
    return Window(asked.first, asked.last)


def needs_whole(filters: Filters) -> bool:
    """Tell whether filters can be settled only with a whole log, whose events have the names."""
    return filters.as_known is not None or any(
        filter.whole and getattr(filters, name) for name, filter in FILTERS.items()
    )


def known_by(filters: Filters, today: date) -> date | None:
    """Return the last day of `as_known`, or None without it; raises DateError."""
    return edge(filters.as_known, today).last if filters.as_known is not None else None


class Settled(NamedTuple):
    """Filters that mean the same on any day, and how the words were taken."""

    filters: Filters
    notes: tuple[str, ...] = ()


def settle(log: Log, filters: Filters, today: date) -> Settled:
    """Replace names by ids, and dates that depend on `today` by the days that they mean.

    Raises UnknownName, and DateError for a bad date.
    """
    found = {
        name: tuple(_found(log, filter.names, getattr(filters, name)))
        for name, filter in FILTERS.items()
        if filter.names
    }
    ids: dict[str, Any] = {
        name: tuple(dict.fromkeys(one.id for one in those)) for name, those in found.items()
    }
    words = filters._replace(
        since=tuple(settled(text, edge(text, today)) for text in filters.since),
        until=tuple(settled(text, edge(text, today)) for text in filters.until),
        on=tuple(settled(text, days(text, today, Window())) for text in filters.on),
        as_known=str(day) if (day := known_by(filters, today)) else None,
        **ids,
    )
    return Settled(words, tuple(one.note for those in found.values() for one in those if one.note))


def _found(log: Log, what: str, words: Sequence[str]) -> Iterator[Found]:
    if words:
        names, events = names_of(log, what), events_of(log, what)
        yield from (find(what, word, names, events=events) for word in words)


def query(log: Log, filters: Filters) -> Query:
    """Return the predicate that settled filters mean."""
    conditions = tuple(
        filter.condition(log, values)
        for name, filter in FILTERS.items()
        if (values := getattr(filters, name))
    )
    return Query(_days(filters, date.max, log.extent.days), conditions, filters.certain)


def options(filters: Filters) -> Iterator[tuple[str, str]]:
    """Yield filters as the options that ask for them: a name and a value; a flag's is blank."""
    for field in filters._fields:
        name = {"companion": "with"}.get(field, field.replace("_", "-"))
        value: tuple[object, ...] | str | bool | None = getattr(filters, field)
        if isinstance(value, bool):
            value = ("",) * value
        elif not isinstance(value, tuple):
            value = (value,) if value else ()
        yield from ((name, str(one)) for one in value)


def reasons(log: Log, filters: Filters, asked: Iterable[Days], found: int) -> Iterator[str]:
    """Explain why settled filters find nothing, and which days asked for lie outside the log.

    `asked` are days that were asked for besides those of the filters; `found` counts events.
    """
    if not found:
        yield from _unknown_places(log, filters.place)
    begins, ends = log.extent.days
    asked = [*asked, *(days(text, date.max, log.extent.days) for text in filters.on)]
    dated = bool(asked or filters.until)
    asked = asked or [_days(filters, date.max, log.extent.days)]
    if dated or not found:
        if any(some.last < begins for some in asked):
            yield f"the log begins on {begins}"
        if any(ends < some.last < date.max or some.first > ends for some in asked):
            yield f"the log ends on {ends}"


def _days(filters: Filters, today: date, years: Window) -> Days:
    """Return the days that all filters of days ask for together."""
    first = min((edge(text, today).first for text in filters.since), default=date.min)
    last = max((edge(text, today).last for text in filters.until), default=date.max)
    if first > last:
        since, until = ", ".join(filters.since), ", ".join(filters.until)
        raise DateError(f"the window from {since} until {until} ends before it begins")
    window = Days.of([Window(first, last)])
    if not filters.on:
        return window
    return window.meet(Days.of(w for text in filters.on for w in days(text, today, years).windows))


def settled(text: str, meant: Window | Days) -> str:
    """Return a date that means these days whatever day is today: the text itself if it does."""
    try:
        parse(text)
    except DateError:
        if text.strip().upper().startswith("XXXX"):
            return text
        first, last = meant.first, meant.last
        if first == last:
            return f"{first}"
        begin = ".." if first == date.min else first
        return f"{begin}/{'..' if last == date.max else last}"
    return text


def _unknown_places(log: Log, sought: tuple[str, ...]) -> Iterator[str]:
    places = {event.place for event in log.events if event.place} if sought else ()
    for place in sought:
        if not any(_has(known, (spoken(place),)) for known in places):
            yield f"no event is at a place named '{place}'{meant(place, places)}"


def _has(text: str | None, phrases: tuple[str, ...]) -> bool:
    """Return whether one of some phrases, in spoken form, stands in a text."""
    if not text:
        return False
    said = spoken(text)
    return any(begins_in(phrase, said) for phrase in phrases)
