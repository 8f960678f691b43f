"""The values of a log: texts, ids, dates, and the lists and tables of these.

A value that cannot be read is reported, and read as None. Knows no record.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any
from unicodedata import category, normalize

from yaml.events import MappingStartEvent, NodeEvent, ScalarEvent, SequenceStartEvent

from nktimeline.dates import DateError, When, parse
from nktimeline.model import STATUSES
from nktimeline.names import meant
from nktimeline.problems import Level, Problem
from nktimeline.reader.nodes import ABSENT, Nodes
from nktimeline.reader.parser import place
from nktimeline.reader.rules import RULES
from nktimeline.text import quoted

UNDATED: When = parse("../9999")._replace(text="")
"""Stands for a date that cannot be read, in a log that has errors anyway."""

Read = Callable[[Any], Any]
"""Reads the value that begins at a parser event."""

_ID = re.compile(r"\w[\w.-]*")  # without the marks of its letters
# RFC 5646, 2.1; languages of four letters or more are only reserved, and none is registered
_LANGUAGE = re.compile(r"(?:[A-Za-z]{2,3}|[xi])(?:-[A-Za-z0-9]{1,8})*")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
# a comment that seems meant as text: `Meeting #5 of the club`
_COMMENT = re.compile(" +#\\S[^\n\r\x85\u2028\u2029]*")


class Values(Nodes):
    """Reads the values that stand at parser events."""

    def __init__(self, data: bytes) -> None:
        """Begin to read the log that is in `data`."""
        super().__init__()
        self.last: Any = None  # the key that was read last
        self.known: dict[str, str] = {}  # one copy of each id, however often it is named
        self.commented = data.decode("utf-8", "replace") if b" #" in data else ""

    # -- single values

    def key(self, event: Any) -> str | None:
        """Read a key; return None for what can be no key."""
        self.last = event
        if not isinstance(event, ScalarEvent):
            self.opens(event, ScalarEvent, "key")
            return None
        if event.tag is not None or event.anchor is not None:
            self.refuse(event)
        value: str = event.value
        return value

    def text(self, event: Any) -> str | None:
        """Read a scalar as the text it is; empty, blank, `~` and `null` are absent."""
        if not isinstance(event, ScalarEvent):
            self.opens(event, ScalarEvent, "text")
            return None
        if event.tag is not None or event.anchor is not None:
            self.refuse(event)
        value: str = event.value
        if not value.isprintable() and (found := _CONTROL.search(value)):
            message = f"the text holds the control character U+{ord(found[0]):04X}"
            self.report(event, "control-character", message)
        if not event.style:
            if self.commented:
                self.warn_if_cut(event)
            if value in ABSENT:
                return None
        return value if value and not value.isspace() else None

    def id(self, event: Any) -> str | None:
        """Read an id."""
        value = self.text(event)
        return value and (self.known.get(value) or self.new_id(value, event))

    def new_id(self, value: str, event: Any) -> str:
        """Note an id that was not met before, and report what is none."""
        if problem := _problem_of_id(value):
            self.report(event, "bad-id", f"{quoted(value)} {problem}", RULES["bad-id"])
        self.known[value] = value
        return value

    def date(self, event: Any) -> When | None:
        """Read a date."""
        value = self.text(event)
        if value is None:
            return None
        try:
            return parse(value)
        except DateError as error:
            code = "unsupported-date" if error.allowed_by_edtf else "bad-date"
            self.report(event, code, str(error))
            return UNDATED

    def status(self, event: Any) -> str:
        """Read a status; return the first of them where none can be read."""
        value = self.text(event)
        if value is not None and value not in STATUSES:
            message = f"{quoted(value)} is no status{meant(value, STATUSES)}"
            self.report(event, "bad-status", message, RULES["bad-status"])
        return value if value in STATUSES else STATUSES[0]

    def language(self, event: Any) -> str | None:
        """Read a language tag."""
        value = self.text(event)
        if value is not None and not _LANGUAGE.fullmatch(value):
            message = f"{quoted(value)} is no BCP 47 language tag"
            self.report(event, "bad-language", message, RULES["bad-language"])
        return value

    def account(self, event: Any) -> str | None:
        """Read whose account a source passes on: an actor's id, or a publisher's name."""
        return self.text(event)

    # -- lists and tables

    def items(self, start: Any, one: Read) -> Iterator[Any]:
        """Yield the items of a list; what cannot be read is blank, so that each keeps its place."""
        if self.absent(start) or not self.opens(start, SequenceStartEvent, "list"):
            return
        while isinstance(item := self.next(), NodeEvent):
            value = one(item)
            if value is None:
                if isinstance(item, ScalarEvent):
                    self.report(item, "wrong-type", "expected a text, found nothing")
                value = ""
            yield value

    def ids(self, start: Any) -> tuple[str, ...]:
        """Read a list of ids."""
        return tuple(self.items(start, self.id))

    def id_or_ids(self, start: Any) -> tuple[str, ...]:
        """Read one id, or a list of ids."""
        if not isinstance(start, ScalarEvent):
            return self.ids(start)
        id = self.id(start)
        return (id,) if id else ()

    def texts(self, start: Any) -> tuple[str, ...]:
        """Read a list of texts."""
        return tuple(self.items(start, self.text))

    def table(self, start: Any, one: Callable[[Any, str], Any]) -> dict[str, Any]:
        """Read a table whose keys are ids."""
        values: dict[str, Any] = {}
        keys: dict[str, Any] = {}
        if self.absent(start) or not self.opens(start, MappingStartEvent, "table"):
            return values
        while isinstance(key := self.next(), NodeEvent):
            name = self.key(key)
            value = self.next()
            if name is None or self.is_misplaced(key, name, keys):
                self.skip(value)
                continue
            keys[name] = key
            values[self.known.get(name) or self.new_id(name, key)] = one(value, name)
        return values

    def meanings(self, start: Any) -> dict[str, str]:
        """Read a vocabulary: ids and what they mean."""
        return self.table(start, lambda value, _: self.text(value) or "")

    def states(self, start: Any) -> tuple[tuple[str, str], ...]:
        """Read which states an event sets: a table of ids of members and their states."""
        return tuple(self.table(start, lambda value, _: self.id(value) or "").items())

    def is_misplaced(self, key: Any, name: str, keys: dict[str, Any]) -> bool:
        """Tell whether a key is one that no table has, or has twice; report it then."""
        if name == "<<":
            self.report(key, "merge-key", "merge keys are refused", RULES["merge-key"])
        elif name in keys:
            line, _ = place(keys[name])
            self.report(key, "duplicate-key", f"{quoted(name)} stands in line {line} already")
        else:
            return False
        return True

    def warn_if_cut(self, event: Any) -> None:
        """Report a comment that seems meant as text, since YAML takes it away without a word."""
        end = event.end_mark
        if found := _COMMENT.match(self.commented, end.index):
            column = end.column + found[0].index("#") + 1
            message = f"YAML takes {quoted(found[0].strip())} for a comment"
            hint = "a text that holds ' #' stands in quotes; a comment has a blank after its '#'"
            self.problems.append(
                Problem(end.line + 1, column, Level.WARNING, "cut-text", message, hint)
            )


def _problem_of_id(text: str) -> str:
    """Say what is wrong with an id; nothing, if it is one.

    Its letters may carry the marks that their script needs, composed with them where Unicode can
    (NFC), so that two ids that look the same are the same.
    """
    if text.isascii():
        return "" if _ID.fullmatch(text) else "is not an id"
    marks = [char for char in text if category(char) in ("Mn", "Mc")]
    bare = "".join(char for char in text if char not in marks)
    if text[0] in marks or not _ID.fullmatch(bare):
        return "is not an id"
    composed = normalize("NFC", text)
    if text == composed:
        return ""
    apart = [char for char in marks or text if char not in composed] or marks
    return f"is not composed (NFC): it holds U+{ord(apart[0]):04X}"
