"""Which kind of node a parser event begins, and what is refused whatever it means.

Collects the problems. Knows neither values nor records.
"""

from typing import TYPE_CHECKING, Any

from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from nktimeline.problems import Level, Problem
from nktimeline.reader.parser import place
from nktimeline.reader.rules import DEPTH
from nktimeline.text import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

ABSENT = ("", "~", "null")
"""What stands, without quotes, for no value."""


class Stop(Exception):
    """Nothing after the problem just reported can be read."""


class Nodes:
    """Tells nodes apart, and collects what is wrong with them."""

    def __init__(self) -> None:
        """Begin with no problem."""
        self.next: Callable[[], Any]  # returns the parser's next event, once the document is begun
        self.problems: list[Problem] = []

    def report(self, where: Any, code: str, message: str, hint: str = "") -> None:
        """Note an error at the place of a parser event."""
        self.problems.append(Problem(*place(where), Level.ERROR, code, message, hint))

    def absent(self, event: Any) -> bool:
        """Tell whether a value is written but empty."""
        return isinstance(event, ScalarEvent) and not event.style and event.value in ABSENT

    def opens(self, event: Any, wanted: type, what: str) -> bool:
        """Tell whether a node is of the class wanted, a `what`; report and skip any other."""
        if isinstance(event, AliasEvent):
            self.report(event, "alias", f"the alias {quoted(f'*{event.anchor}')} is refused")
            return False
        if event.anchor is not None or event.tag is not None:
            self.refuse(event)
        if isinstance(event, wanted):
            return True
        bracketed = wanted is ScalarEvent and event.flow_style
        hint = "a text that begins with '[' or '{' stands in quotes" if bracketed else ""
        self.report(
            event, "wrong-type", f"expected {_article(what)}, found {self._kind(event)}", hint
        )
        self.skip(event)
        return False

    def refuse(self, event: Any) -> None:
        """Report the anchor and the tag of a node, if it has them."""
        if event.anchor is not None:
            self.report(event, "anchor", f"the anchor {quoted(f'&{event.anchor}')} is refused")
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.report(event, "tag", f"the tag {quoted(tag)} is refused")

    def skip(self, event: Any) -> None:
        """Pass over a node with everything in it."""
        depth = int(isinstance(event, CollectionStartEvent))
        while depth:
            if depth > DEPTH:
                self.report(event, "too-deep", f"nested deeper than {DEPTH} levels")
                raise Stop
            event = self.next()
            depth += isinstance(event, CollectionStartEvent)
            depth -= isinstance(event, CollectionEndEvent)

    def _kind(self, event: Any) -> str:
        """Return what a message calls a node."""
        if isinstance(event, ScalarEvent):
            return "nothing" if self.absent(event) else "a text"
        return "a list" if isinstance(event, SequenceStartEvent) else "a table"


def _article(what: str) -> str:
    return f"{'an' if what[0] in 'aeiou' else 'a'} {what}"
