"""Rules about texts and lists of texts, wherever they stand."""

import re
from collections.abc import Iterator

from nktimeline.checks.findings import Check, Finding
from nktimeline.model import Log
from nktimeline.paths import texts, values
from nktimeline.text import quoted

_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def repeated_item(log: Log) -> Iterator[Finding]:
    """No list names the same thing twice: it would be shown twice, and counted as two."""
    for path, items in values(log, lambda form: form.is_list):
        if len(set(items)) == len(items):
            continue
        for place, item in enumerate(items):
            if item and item in items[:place]:
                yield Finding((*path, place), f"{quoted(item)} stands here twice")


def bidi_control(log: Log) -> Iterator[Finding]:
    """No text holds bidirectional controls, which make it read otherwise than it is written."""
    for path, text in texts(log):
        if not text.isprintable() and (found := _BIDI.search(text)):  # which are not printable
            message = f"the text holds the bidirectional control U+{ord(found[0]):04X}"
            yield Finding(path, message)


ERRORS: tuple[Check, ...] = ()
WARNINGS: tuple[Check, ...] = (repeated_item, bidi_control)
