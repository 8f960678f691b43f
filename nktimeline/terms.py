"""What people ask for in plain words: `kim jong un putin 2023 troops`.

Neighbouring words are joined to what they name together, the longest run first: a date, an actor
who takes part in something, a kind or a tag. The others are words that an event's texts must have.
Knows no option and no clock: which day is today it is told.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from nktimeline.dates import ALL_TIME, DateError, Days
from nktimeline.folding import name_key, spoken, stands_in
from nktimeline.model import Log
from nktimeline.names import names_of
from nktimeline.query import FILTERS, Query, settled
from nktimeline.windows import term_days

LONGEST = 12
"""Words that are joined at most; no name has more."""
OFFERED = 3
"""Actors that are offered for a word of their names."""


class Term(NamedTuple):
    """What some of the words were taken for."""

    what: str
    """A date, actor, kind, tag or word."""
    text: str
    """The words, as they were typed."""
    id: str = ""
    """What they name; nothing where they are a date or a word."""
    days: Days = ALL_TIME
    others: tuple[tuple[str, str], ...] = ()
    """What else they could have meant, each as an actor, kind or tag and its id."""


def read(log: Log, texts: Sequence[str], today: date) -> tuple[Term, ...]:
    """Read texts as terms, in order; a text of several words that names nothing is a phrase.

    `log` has all its events. Raises DateError for what has the form of a date and is none.
    """
    return tuple(_Reader.of(log, today).read(texts))


def canonical(log: Log, terms: Sequence[Term], today: date) -> tuple[str, ...] | None:
    """Return texts that are read as the same terms on any day, or None where there are none.

    Ids may be read otherwise than names: beside each other they may make up another name.
    """
    texts = tuple(_canonical(term) for term in terms)
    try:
        again = read(log, texts, today)
    except DateError:
        return None
    return texts if list(map(_meaning, again)) == list(map(_meaning, terms)) else None


def narrow(query: Query, log: Log, terms: Sequence[Term]) -> Query:
    """Narrow a query to those events that each of the terms is true of."""
    for term in terms:
        query = query._replace(days=query.days.meet(term.days))
        if name := _FILTERS.get(term.what):
            condition = FILTERS[name].condition(log, (term.id or term.text,))
            query = query._replace(conditions=(*query.conditions, condition))
    return query


def explain(log: Log, terms: Sequence[Term]) -> Iterator[str]:
    """Say what terms were taken for, and what else they could have meant."""
    if terms:
        yield f"taken as {', '.join(_named(log, term) for term in terms)}"
    for term in terms:
        if term.others:
            offers = " or ".join(f"--{what} {id}" for what, id in term.others[:OFFERED])
            yield f"'{term.text}' could also mean {offers}"


def _canonical(term: Term) -> str:
    return settled(term.text, term.days) if term.what == "date" else term.id or term.text


def _meaning(term: Term) -> tuple[str, str, Days]:
    return term.what, term.id or (term.text if term.what == "word" else ""), term.days


_FILTERS = {"actor": "companion", "kind": "kind", "tag": "tag", "word": "grep"}
"""The filter that narrows as a term does."""
_Names = Mapping[str, list[tuple[str, str]]]
"""What each name means, by `name_key`: actors, kinds and tags, in this order, and their ids."""


class _Reader(NamedTuple):
    """What is known of a log while its terms are read."""

    log: Log
    today: date
    busiest: tuple[str, ...]
    """The actors who take part in something, by how many events they have."""
    names: _Names

    @classmethod
    def of(cls, log: Log, today: date) -> "_Reader":
        busiest = _busiest(log)
        return cls(log, today, busiest, _names(log, busiest))

    def read(self, texts: Sequence[str]) -> Iterator[Term]:
        for size in range(min(len(texts), LONGEST), 0, -1):
            for start in range(len(texts) - size + 1):
                if term := self._term(" ".join(texts[start : start + size])):
                    yield from self.read(texts[:start])
                    yield term
                    yield from self.read(texts[start + size :])
                    return
        yield from map(self._word, texts)

    def _term(self, text: str) -> Term | None:
        meant = self.names.get(name_key(text), [])
        if days := term_days(text, self.today, self.log.extent.days):
            return Term("date", text, days=days, others=tuple(meant))
        if not meant:
            return None
        (what, id), *others = meant
        return Term(what, text, id, others=tuple(others))

    def _word(self, text: str) -> Term:
        said, actors = spoken(text), self.log.actors
        named = (id for id in self.busiest if stands_in(said, spoken(actors[id].name)))
        return Term("word", text, others=tuple(("actor", id) for id in named))


def _busiest(log: Log) -> tuple[str, ...]:
    counts = Counter(
        id for event in log.events for id in {one for a in event.actors for one in log.lineage(a)}
    )
    return tuple(sorted((id for id in log.actors if counts[id]), key=lambda id: -counts[id]))


def _names(log: Log, busiest: Sequence[str]) -> _Names:
    actors = names_of(log, "actor")
    tables = {
        "actor": {id: actors[id] for id in busiest},
        "kind": names_of(log, "kind"),
        "tag": names_of(log, "tag"),
    }
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for what, table in tables.items():
        for id, others in table.items():
            for key in {name_key(name) for name in (id, *others)} - {""}:
                names[key].append((what, id))
    return names


def _named(log: Log, term: Term) -> str:
    if term.what == "word":
        return f"word '{term.text}'"
    name = log.actors[term.id].name if term.what == "actor" else term.id or term.text
    return f"{term.what} {name}"
