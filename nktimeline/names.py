"""Finding what someone means by a name: by id, name or alias, or the unique beginning of an id."""

from collections.abc import Callable, Iterable, Mapping

from nktimeline.model import STATUSES, Log
from nktimeline.text import name_key

_OFFERED = 8  # names in a message
_COMPARED = 100  # characters of a word; comparing takes their square

_IDS: dict[str, Callable[[Log], Iterable[str]]] = {
    "event": lambda log: (event.id for event in log.events),
    "kind": lambda log: log.kinds,
    "tag": lambda log: sorted({tag for event in log.events for tag in event.tags}),
    "status": lambda _: STATUSES,
}


class UnknownName(LookupError):
    """No such name, or more than one; `near` holds what may have been meant."""

    def __init__(self, what: str, word: str, near: Iterable[str], *, ambiguous: bool) -> None:
        """Keep the word and compose the message."""
        self.near = tuple(near)
        problem = "is not one but several" if ambiguous else "is unknown"
        super().__init__(f"{what} '{word}' {problem}{_offer(self.near, ambiguous=ambiguous)}")


def actor_names(log: Log) -> dict[str, tuple[str, ...]]:
    """Give the names each actor goes by."""
    return {id: (actor.name, *actor.aliases) for id, actor in log.actors.items()}


def names_of(log: Log, what: str) -> dict[str, tuple[str, ...]]:
    """Give the ids that a log has of an actor, event, kind, tag or status, each with its names."""
    return actor_names(log) if what == "actor" else dict.fromkeys(_IDS[what](log), ())


def find(what: str, word: str, names: Mapping[str, tuple[str, ...]]) -> str:
    """Give the id that `word` means among `names` (id to further names).

    Raises UnknownName when there is none or more than one.
    """
    if word in names:
        return word
    key = _key(word)
    hits = [id for id, others in names.items() if key in map(_key, (id, *others))]
    if key and not hits:
        hits = [id for id in names if _key(id).startswith(key)]
    if len(hits) == 1:
        return hits[0]
    if hits:  # in the order of the log, whose curator puts first what comes first
        raise UnknownName(what, word, hits, ambiguous=True)
    words = {name: id for id, others in names.items() for name in (*others, id)}
    raise UnknownName(what, word, near(word, words), ambiguous=False)


def near(word: str, words: Iterable[str], most: int = 3) -> list[str]:
    """Give the words most like `word`, nearest first; none when nothing is like it."""
    from difflib import get_close_matches  # only when something is wrong

    keys: dict[str, str] = {}
    for candidate in words:
        keys.setdefault(_key(candidate), candidate)
    found = get_close_matches(_key(word)[:_COMPARED], keys, n=most)
    return [keys[key] for key in found]


def meant(word: str, words: Iterable[str]) -> str:
    """Give the end of a message that offers the word most like `word`; blank when none is."""
    return _offer(tuple(near(word, words, 1)), ambiguous=False)


def _key(name: str) -> str:
    """Give what names are compared by; one without letters and digits is compared as it is."""
    return name_key(name) or name


def _offer(near: tuple[str, ...], *, ambiguous: bool) -> str:
    if not near:
        return ""
    more = ", ..." if len(near) > _OFFERED else ""
    listed = ", ".join(f"'{name}'" for name in near[:_OFFERED]) + more
    return f": {listed}" if ambiguous else f"; did you mean {listed}?"
