"""What a rule finds, and where; and what rules about names have in common."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from nktimeline.model import Log
from nktimeline.names import Nearest
from nktimeline.paths import Path, known, mentioned, mentions
from nktimeline.problems import MOST
from nktimeline.text import quoted


class Finding(NamedTuple):
    """One breach of a rule, at a path into the log's file."""

    path: Path
    message: str


Check = Callable[[Log], Iterator[Finding]]
"""A rule over a whole log."""


def event_path(index: int, *rest: str | int) -> Path:
    """Return the path of something in an event."""
    return ("events", index, *rest)


def unknown_ids(log: Log, table: str) -> Iterator[Finding]:
    """Yield a finding for each id that a record mentions and that the table lacks."""
    ids = known(log, table)
    if unknown := mentioned(log, table).difference(ids):
        strays = ((path, id) for path, id in mentions(log, table) if id in unknown)
        yield from unknown_names(table.removesuffix("s"), strays, ids)


def unknown_names(
    what: str, strays: Iterable[tuple[Path, str]], *known: Collection[str]
) -> Iterator[Finding]:
    """Yield a finding for each name that is not known, and offer the nearest of what is."""
    indexes: list[Nearest] = []
    for number, (path, name) in enumerate(strays):
        indexes = indexes or [Nearest(words) for words in known]
        offer = _nearest(name, indexes) if number < MOST else ""  # no more are written out
        yield Finding(path, f"unknown {what} {quoted(name)}{offer}")


def _nearest(name: str, indexes: Iterable[Nearest]) -> str:
    """Return the end of a message that offers the nearest name of each kind, if any is near."""
    offers = dict.fromkeys(quoted(word) for index in indexes for word in index.to(name, 1))
    return f"; did you mean {' or '.join(offers)}?" if offers else ""
