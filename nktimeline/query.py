"""What someone asks of a log, as a frozen record that is itself the predicate.

`query()` reads the filters as people write them; a `Query` knows no words, only ids and days.
"""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple, TypedDict

from nktimeline.dates import ALL_TIME, NO, POSSIBLY, DateError, Days, Match, Window
from nktimeline.model import Event, Log
from nktimeline.names import actor_names, find, meant, names_of
from nktimeline.text import fold
from nktimeline.windows import days, edge


class Filters(TypedDict, total=False):
    """Filters as written on a command line; a tuple's members are alternatives."""

    since: str | None
    until: str | None
    on: tuple[str, ...]
    actor: tuple[str, ...]
    companion: tuple[str, ...]
    kind: tuple[str, ...]
    tag: tuple[str, ...]
    place: tuple[str, ...]
    status: tuple[str, ...]
    grep: tuple[str, ...]
    certain: bool
    not_actor: tuple[str, ...]
    not_kind: tuple[str, ...]
    not_tag: tuple[str, ...]


class Phrase(NamedTuple):
    """A folded text, and the actors one of whose names contains it."""

    text: str
    actors: frozenset[str]

    def found_in(self, event: Event) -> bool:
        """Tell whether the event's title, summary, place or people contain the phrase."""
        texts = (event.title, event.summary, event.place)
        return not self.actors.isdisjoint(event.actors) or any(
            text and self.text in fold(text) for text in texts
        )


class Query(NamedTuple):
    """A predicate over events; the empty query lets everything through."""

    asked: Days = ALL_TIME
    actors: frozenset[str] = frozenset()
    companions: tuple[frozenset[str], ...] = ()
    kinds: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    statuses: frozenset[str] = frozenset()
    phrases: tuple[Phrase, ...] = ()
    certain: bool = False
    not_actors: frozenset[str] = frozenset()
    not_kinds: frozenset[str] = frozenset()
    not_tags: frozenset[str] = frozenset()

    def __call__(self, event: Event) -> Match:
        """Tell whether the event belongs to what was asked for, possibly or surely."""
        found = event.date.within(self.asked)
        if found and self._who(event) and self._what(event):
            return NO if self.certain and found is POSSIBLY else found
        return NO

    @property
    def days(self) -> Window:
        """The days that whatever matches could touch; none, where the last is before the first."""
        return Window(self.asked.first, self.asked.last)

    def _who(self, event: Event) -> bool:
        return (
            not (self.actors and self.actors.isdisjoint(event.actors))
            and not any(tree.isdisjoint(event.actors) for tree in self.companions)
            and self.not_actors.isdisjoint(event.actors)
        )

    def _what(self, event: Event) -> bool:
        return (
            not (self.kinds and event.kind not in self.kinds)
            and not (self.tags and self.tags.isdisjoint(event.tags))
            and not (self.statuses and event.status not in self.statuses)
            and event.kind not in self.not_kinds
            and self.not_tags.isdisjoint(event.tags)
            and not (self.places and not _contains(event.place, self.places))
            and not (self.phrases and not any(phrase.found_in(event) for phrase in self.phrases))
        )


def query(log: Log, filters: Filters, today: date) -> Query:
    """Read filters against the names that a log knows.

    Raises DateError for a bad date or a window that ends before it begins, and UnknownName.
    """

    def ids(what: str, words: Collection[str]) -> frozenset[str]:
        names = names_of(log, what) if words else {}
        return frozenset(find(what, word, names) for word in words)

    def actors(words: Collection[str]) -> frozenset[str]:
        return frozenset().union(*(log.members(id) for id in ids("actor", words)))

    return Query(
        asked=_asked(log, filters, today),
        actors=actors(filters.get("actor", ())),
        companions=tuple(actors([word]) for word in filters.get("companion", ())),
        kinds=ids("kind", filters.get("kind", ())),
        tags=ids("tag", filters.get("tag", ())),
        places=tuple(fold(place) for place in filters.get("place", ())),
        statuses=ids("status", filters.get("status", ())),
        phrases=tuple(_phrase(text, log) for text in filters.get("grep", ())),
        certain=filters.get("certain", False),
        not_actors=actors(filters.get("not_actor", ())),
        not_kinds=ids("kind", filters.get("not_kind", ())),
        not_tags=ids("tag", filters.get("not_tag", ())),
    )


def reasons(log: Log, filters: Filters, today: date, found: int) -> Iterator[str]:
    """Yield what filters ask for in vain: a place that the log has not, days beyond its ends.

    A window that begins or ends there is said to do so where nothing is `found`, and, where it was
    given an end, always: silence is not to be taken for quiet.
    """
    sought = () if found else filters.get("place", ())
    places = {event.place for event in log.events if event.place} if sought else ()
    for place in sought:
        if not any(_contains(known, (fold(place),)) for known in places):
            yield f"no event is at a place named '{place}'{meant(place, places)}"
    begins, ends = log.reach
    windows = [days(text, today, log.reach) for text in filters.get("on", ())]
    windows.append(_since_until(filters.get("since"), filters.get("until"), today))
    if any(window.last < begins for window in windows):
        yield f"the log begins on {begins}"
    if any(ends < window.last < date.max or window.first > ends for window in windows):
        yield f"the log ends on {ends}"


def _asked(log: Log, filters: Filters, today: date) -> Days:
    """Return the days that --since and --until leave of all that --on asks for."""
    asked = _since_until(filters.get("since"), filters.get("until"), today)
    if not (on := filters.get("on")):
        return asked
    years = log.reach
    return asked.meet(Days.of(window for text in on for window in days(text, today, years).windows))


def _since_until(since: str | None, until: str | None, today: date) -> Days:
    if since is None and until is None:
        return ALL_TIME
    first = edge(since, today).first if since is not None else date.min
    last = edge(until, today).last if until is not None else date.max
    if first > last:
        raise DateError(f"the window from {since} until {until} ends before it begins")
    return Days((Window(first, last),))


def _phrase(text: str, log: Log) -> Phrase:
    sought = fold(text)
    named = actor_names(log).items()
    return Phrase(
        sought, frozenset(id for id, names in named if any(sought in fold(name) for name in names))
    )


def _contains(text: str | None, parts: tuple[str, ...]) -> bool:
    return text is not None and any(part in fold(text) for part in parts)
