"""Finding what someone means by a name: an id, a name or an alias, or the beginning of one.

An exact name comes before whole words of a name, and those before a mere beginning. A word
that fits several is refused, naming all of them; one that fits none, naming the most alike.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import nlargest
from itertools import chain, islice
from typing import NamedTuple

from nktimeline.evidence import credited, origin, origins
from nktimeline.folding import name_key, spoken, stands_in
from nktimeline.model import STATUSES, Event, Log
from nktimeline.text import quoted, spelled

_OFFERED = 8  # names in a message
_COMPARED = 100  # characters of a word; comparing takes their square
_CANDIDATES = 2000  # words that are compared by their pairs of letters
_BEST = 20  # of these, words that are compared letter by letter

Names = Mapping[str, tuple[str, ...]]
"""The ids of a log, each with its other names."""

_IDS: dict[str, Callable[[Log], Iterable[str]]] = {
    "event": lambda log: (event.id for event in log.events),
    "kind": lambda log: log.kinds,
    "tag": lambda log: sorted({tag for event in log.events for tag in event.tags}),
    "status": lambda _: STATUSES,
    "level": lambda log: log.levels,
    "id": lambda log: (*(event.id for event in log.events), *log.sources),
    "state": lambda log: chain.from_iterable(group.states for group in log.standings.values()),
}
_NAMED_BY: dict[str, Callable[[Log, Event], Iterable[str | None]]] = {
    "actor": lambda _, event: event.actors,
    "kind": lambda _, event: (event.kind,),
    "tag": lambda _, event: event.tags,
    "status": lambda _, event: (event.status,),
    "event": lambda _, event: (event.id,),
    "level": lambda _, event: (event.level,),
    "id": lambda _, event: (event.id, *event.sources),
    "source": lambda log, event: (
        n for id in event.sources for n in credited(log, log.sources[id])
    ),
    "origin": origins,
}


class Found(NamedTuple):
    """What a word was taken for, and whether it is the whole name or only begins it."""

    what: str
    word: str
    id: str
    exact: bool

    @property
    def note(self) -> str:
        """What to tell someone who did not write the whole name; blank for those who did."""
        return "" if self.exact else f"{self.what} {quoted(self.word)} was taken as '{self.id}'"


class UnknownName(LookupError):
    """No such name, or more than one; `near` holds what may have been meant."""

    def __init__(self, what: str, word: str, problem: str, near: Iterable[str]) -> None:
        """Keep what may have been meant and compose the message."""
        self.near = tuple(near)
        super().__init__(f"{what} {quoted(word)} is {problem}")


class Nearest:
    """The words most like another, among many: an index of words by their pairs of letters."""

    def __init__(self, words: Iterable[str]) -> None:
        """Index the words; of those that are compared alike, the first."""
        self._words: dict[str, str] = {}
        for word in words:
            self._words.setdefault(_key(word)[:_COMPARED], word)
        self._having: dict[str, list[str]] = defaultdict(list)
        for key in self._words:
            for pair in _pairs(key):
                self._having[pair].append(key)

    def to(self, word: str, most: int = 3) -> list[str]:
        """Return the words most like `word`, nearest first; none when nothing is like it."""
        from difflib import get_close_matches  # only when something is wrong

        key = _key(word)[:_COMPARED]
        pairs = _pairs(key)
        shared = sorted(
            pairs & self._having.keys(), key=lambda pair: (len(self._having[pair]), pair)
        )
        rarest_first = chain.from_iterable(self._having[pair] for pair in shared)
        candidates = dict.fromkeys(islice(rarest_first, _CANDIDATES))
        best = nlargest(_BEST, candidates, key=lambda other: _overlap(pairs, _pairs(other)))
        return [self._words[other] for other in get_close_matches(key, best, n=most)]

    def offer(self, word: str) -> str:
        """Return the end of a message that offers the word most like `word`; blank without one."""
        return _offer(self.to(word, 1))


def actor_names(log: Log) -> dict[str, tuple[str, ...]]:
    """Return the names each actor goes by."""
    return {id: (actor.name, *actor.aliases) for id, actor in log.actors.items()}


def source_names(log: Log) -> dict[str, tuple[str, ...]]:
    """Return the names of all who publish, write or are relayed, with other names of actors."""
    others = {actor.name: (actor.id, *actor.aliases) for actor in log.actors.values()}
    everybody = (name for source in log.sources.values() for name in credited(log, source))
    return {name: (name, *others.get(name, ())) for name in everybody}


def origin_names(log: Log) -> dict[str, tuple[str, ...]]:
    """Return all possible origins, with their names: actors by their ids, and others by name."""
    actors = actor_names(log)
    known = {name for name, *_ in actors.values()}
    others = (origin(log, source) for source in log.sources.values())
    return {**actors, **{name: (name,) for name in others if name not in known}}


_NAMES: dict[str, Callable[[Log], dict[str, tuple[str, ...]]]] = {
    "actor": actor_names,
    "source": source_names,
    "origin": origin_names,
    "group": lambda log: {id: (standing.name,) for id, standing in log.standings.items()},
}


def names_of(log: Log, what: str) -> dict[str, tuple[str, ...]]:
    """Return the ids of one sort of thing that a log has, each with its names.

    `what` is the sort: actor, source, origin, group, kind, tag, ... Raises KeyError for another.
    """
    return _NAMES[what](log) if what in _NAMES else dict.fromkeys(_IDS[what](log), ())


def accounts(log: Log, id: str) -> frozenset[str]:
    """Return the origins that an id means: names of an actor and its members, or the id itself."""
    tree = log.tree(id) if id in log.actors else ()
    return frozenset(log.actors[one].name for one in tree) or frozenset((id,))


_MEMBERS: dict[str, Callable[[Log, str], frozenset[str]]] = {
    "actor": Log.tree,
    "origin": accounts,
}
"""For each sort of thing that has members: returns those that count as one of them."""


def events_of(log: Log, what: str) -> Callable[[str], int]:
    """Return a function that counts the events which name an id, or a member of it."""

    def count(id: str) -> int:
        ids = _MEMBERS[what](log, id) if what in _MEMBERS else {id}
        return sum(not ids.isdisjoint(_NAMED_BY[what](log, event)) for event in log.events)

    return count


def by_key(names: Names) -> dict[str, list[str]]:
    """Return the ids by the `name_key` of each of their names, for finding exact names at once."""
    ids: dict[str, list[str]] = defaultdict(list)
    for id, others in names.items():
        for key in dict.fromkeys(map(_key, (id, *others))):
            ids[key].append(id)
    return ids


def find(
    what: str, word: str, names: Names, *, events: Callable[[str], int] = lambda _: 0
) -> Found:
    """Return the id that `word` means among `names`.

    Raises UnknownName when there is none, or several: those with most `events` are named first.
    """
    if word in names:
        return Found(what, word, word, exact=True)
    hits, exact = _hits(word, names)
    if len(hits) == 1:
        return Found(what, word, hits[0], exact)
    if hits:  # the order of the log, whose curator puts first what comes first, decides a tie
        hits.sort(key=lambda id: -events(id))
        raise UnknownName(what, word, f"ambiguous: {_listed(hits, names)}", hits)
    near = Nearest(chain.from_iterable((*others, id) for id, others in names.items())).to(word)
    raise UnknownName(what, word, f"unknown{_offer(near)}", near)


def meant(word: str, words: Iterable[str]) -> str:
    """Return the end of a message that offers the word most like `word`; blank without one."""
    return Nearest(words).offer(word)


def _hits(word: str, names: Names) -> tuple[list[str], bool]:
    """Return the ids that fit a word best, and whether they fit exactly."""
    said = _said(word)
    forms = {id: [_said(name) for name in (id, *others)] for id, others in names.items()}
    for fits in (_is, _has, _begins) if said else ():
        if hits := [id for id, ours in forms.items() if fits(said, ours)]:
            return hits, fits is _is
    return [], False


def _is(said: str, forms: Sequence[str]) -> bool:
    return _joined(said) in map(_joined, forms)


def _has(said: str, forms: Sequence[str]) -> bool:
    """Tell whether whole words begin an id, which is the first of its forms, or are in a name."""
    id, *names = forms
    return f"{id} ".startswith(f"{said} ") or any(stands_in(said, name) for name in names)


def _begins(said: str, forms: Sequence[str]) -> bool:
    return any(_joined(form).startswith(_joined(said)) for form in forms)


def _said(name: str) -> str:
    """Return a name in spoken form; one of punctuation alone as it is."""
    return spoken(name) or name


def _joined(said: str) -> str:
    return said.replace(" ", "")


def _key(name: str) -> str:
    """Return what names are compared by; one of punctuation alone is compared as it is."""
    return name_key(name) or name


def _pairs(key: str) -> frozenset[str]:
    """Return the pairs of neighbours in a key, whose ends count as a letter."""
    return frozenset(map("".join, zip(f" {key}", f"{key} ", strict=True)))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of pairs that two words have in common."""
    return len(one & other) / len(one | other)


def _listed(ids: Sequence[str], names: Names) -> str:
    """Return ids in a message, after their names where they have some."""
    named = {id: [name for name in names[id][:1] if name != id] for id in ids[:_OFFERED]}
    shown = (f"{spelled(name[0])} ({id})" if name else id for id, name in named.items())
    return ", ".join(shown) + (", ..." if len(ids) > _OFFERED else "")


def _offer(near: Iterable[str]) -> str:
    offered = ", ".join(map(quoted, near))
    return f"; did you mean {offered}?" if offered else ""
