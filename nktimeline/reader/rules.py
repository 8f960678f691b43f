"""What the reader demands of a file, by the code under which it reports a breach."""

from nktimeline.model import Actor, Event, Listing, Log, Member, Record, Source, Standing, fields

DEPTH = 32
"""How deep a document may nest; a log needs six levels."""


def _required(record: Record) -> str:
    *names, last = [field.name for field in fields(record) if field.required]
    return f"{', '.join(names)} and {last}"


RULES = {
    "alias": "Aliases (*name) are refused: each event is to be read where it stands.",
    "anchor": "Anchors (&name) are refused, as are the aliases that they are for.",
    "bad-date": "A date is EDTF: 2023, 2023-10, 2023-10-24, 2023-10-24/2023-10-27, with ? ~ %.",
    "bad-id": "An id is letters, digits, '-', '_' and '.', and begins with a letter or digit; in "
    "Unicode's composed form (NFC).",
    "bad-language": "A language is a BCP 47 tag such as ko, ru or zh-Hant.",
    "bad-status": "A status is confirmed (or left out), reported or disputed.",
    "control-character": "Control characters act on terminals; even escaped they have no place in "
    "a log.",
    "cut-text": "A blank and a '#' begin a comment in YAML, and cut off what follows of a text.",
    "duplicate-key": "A key stands once in a table; YAML would silently keep only the last one.",
    "duplicate-source": "A source stands once in a log: in the table of sources, or in an event.",
    "encoding": "A log is UTF-8, so that it reads the same everywhere.",
    "merge-key": "Merge keys (<<) are refused: each event is to be read where it stands.",
    "missing-key": f"An event needs {_required(Event)}; an actor {_required(Actor)}; a source "
    f"{_required(Source)}; a standing {_required(Standing)}; a member {_required(Member)}; a list "
    f"{_required(Listing)}; a log {_required(Log)}.",
    "second-document": "A log is one YAML document; what follows '---' or '...' would be lost.",
    "syntax": "The file must be YAML; everything after the first syntax error is unread.",
    "tag": "YAML tags (!name) are refused: every value is text.",
    "too-deep": f"Nothing in a log nests deeper than {DEPTH} levels; a log needs six.",
    "unknown-key": "Only the keys of the format are read; a misspelt one would be lost silently.",
    "unprintable": "YAML allows no such character in a file; everything after it is unread.",
    "unsupported-date": "EDTF allows the date and this log does not: years outside 0001-9999, "
    "times, and the finer points of level 2.",
    "wrong-type": "A text stands where a list or table belongs, or the other way round, or nothing "
    "where an item of a list does.",
}

UNREAD = frozenset(("syntax", "encoding", "unprintable", "too-deep", "second-document"))
"""Codes after which the rest of the file is unread, so that rules over the whole would mislead."""
