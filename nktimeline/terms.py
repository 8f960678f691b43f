"""What people ask for in plain words: `kim jong un putin 2023 troops`.

Neighbouring words are joined to what they name together, the longest run first: a date, an actor
who takes part in something, a kind or a tag. The others are words that an event's texts must have.
Knows no option and no clock: which day is today it is told.
"""

import re
import shlex
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from nktimeline.dates import ALL_TIME, DateError, Days
from nktimeline.folding import begins_in, name_key, spoken, stands_in
from nktimeline.model import Log
from nktimeline.names import meant, names_of
from nktimeline.query import FILTERS, Query, settled
from nktimeline.windows import term_days

LONGEST = 12
"""Words that are joined at most; no name has more."""
OFFERED = 3
"""What is offered at most for a word that could have meant it."""
_LITTLE = frozenset(
    ("a", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to", "vs", "with")
)
_PLURAL = re.compile(r"(?<=[a-z]{3})(?:ies|(?<=ch|sh)es|(?<!s)s)$", re.IGNORECASE)
"""How a plural ends; words are looked for by how they begin."""


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
    """What else they could have meant: each the name of a filter, and an id or a place."""


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
            offers = [f"--{what} {shlex.quote(id)}" for what, id in term.others[:OFFERED]]
            yield f"'{term.text}' could also mean {' or '.join(offers)}"
        if term.what == "word" and re.fullmatch("(19|20)[0-9]{2}", term.text):
            first, last = (day.year for day in log.extent.days)
            yield f"'{term.text}' was looked for as a word: the log's years are {first} to {last}"


def advise(log: Log, query: Query, terms: Sequence[Term]) -> Iterator[str]:
    """Say what would find events where terms, which narrow a query, find none or miss some."""

    def count(*those: Term) -> int:
        return len(log.keep(narrow(query, log, those)).events)

    found = count(*terms)
    for place, term in enumerate(terms):
        rest = (*terms[:place], *terms[place + 1 :])
        if not found and rest and (more := count(*rest)):
            yield f"without {_named(log, term)}: {_events(more)}"
        if term.what != "word":
            continue
        one = term._replace(text=_PLURAL.sub("", term.text))
        if one != term and (more := count(*rest, one)) > found:
            yield f"words that begin with '{one.text}' instead of '{term.text}': {_events(more)}"
        elif not found and not log.keep(narrow(Query(), log, (one,))).events:
            if " " in term.text:
                phrase = f"no event has the phrase '{term.text}'"
                yield f"{phrase}; without quotes, its words may stand apart"
            else:
                yield f"no event has the word '{term.text}'{_offer(log, term.text)}"


def _offer(log: Log, text: str) -> str:
    """Return the end of a message that offers the name most like a word; blank without one."""
    names = (name for others in names_of(log, "actor").values() for name in others)
    return meant(text, dict.fromkeys(chain.from_iterable((n, *n.split()) for n in names)))


def _events(count: int) -> str:
    return "1 event" if count == 1 else f"{count} events"


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
        said = spoken(text)
        if any(stands_in(said, spoken(event.place or "")) for event in self.log.events):
            others.append(("place", text))
        if what == "kind" and any(
            event.kind != id and begins_in(said, spoken(event.title)) for event in self.log.events
        ):
            others.append(("grep", text))
        return Term(what, text, id, others=tuple(others))

    def _word(self, text: str) -> Term:
        said, log = spoken(text), self.log
        if said in _LITTLE:
            return Term("word", text)
        texts = (
            *(("tag", id, id) for id in names_of(log, "tag")),
            *(("kind", id, meaning) for id, meaning in log.kinds.items()),
            *(("actor", id, log.actors[id].name) for id in self.busiest),
        )
        others = ((what, id) for what, id, words in texts if stands_in(said, spoken(words)))
        return Term("word", text, others=tuple(others))


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
