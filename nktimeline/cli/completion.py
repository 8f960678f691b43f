"""What completes the words of a command line: names of the log in use, codes of rules.

What is offered begins with what was typed, so that no shell shortens it: an id, or else a name.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import click

from nktimeline.folding import fold
from nktimeline.text import safe

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from nktimeline.model import Log

Completer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


class Word(NamedTuple):
    """What can be offered: an id, other names of it, and what it means."""

    id: str
    names: tuple[str, ...] = ()
    about: str | None = None


def completing(*what: str) -> Completer:
    """Return what completes a parameter with the actors, kinds, ... of the log in use."""

    def words(context: click.Context) -> Iterator[Word]:
        from nktimeline.cli.opening import log_in_use

        if log := log_in_use(context):
            for one in what:
                yield from _words(log, one)

    return _completer(words)


def completing_codes() -> Completer:
    """Return what completes a parameter with the codes of the rules of `check`."""

    def codes(_context: click.Context) -> Iterator[Word]:
        from nktimeline.checks import explanations

        return map(Word, explanations())

    return _completer(codes)


def _completer(words: Callable[[click.Context], Iterable[Word]]) -> Completer:
    def complete(
        context: click.Context, _param: click.Parameter, begun: str
    ) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem

        known = list(words(context))
        found = [(word.id, word) for word in known if word.id.startswith(begun)]
        found = found or [(name, word) for word in known for name in _names(word, begun)]
        return [CompletionItem(text, help=word.about and safe(word.about)) for text, word in found]

    return complete


def _words(log: "Log", what: str) -> Iterator[Word]:
    from nktimeline.names import names_of

    if what == "event":
        return (Word(event.id, about=event.title) for event in log.events)
    if what == "kind":
        return (Word(id, about=meaning) for id, meaning in log.kinds.items())
    return (Word(id, names, next(iter(names), None)) for id, names in names_of(log, what).items())


def _names(word: Word, begun: str) -> Iterator[str]:
    """Yield the names that begin as was typed, with what was typed as their beginning."""
    typed = fold(begun)
    for name in word.names:
        if name.isprintable() and fold(name).startswith(typed):
            ends = (end for end in range(len(name) + 1) if fold(name[:end]) == typed)
            if (end := next(ends, None)) is not None:
                yield begun + name[end:]
