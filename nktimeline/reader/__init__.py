"""YAML to records, collecting problems: the only importer of yaml.

Every scalar stays the text it is, every mistake has its line and column, and a hostile document
ends in a message. `reading` reads records, `values` what is in them, `nodes` and `parser` lie
beneath; `syntax` says what ends a document too early. Rules over a whole log stand in checks/.
"""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

import yaml

from nktimeline.model import Log
from nktimeline.paths import Path
from nktimeline.problems import BOM, Problem
from nktimeline.reader.nodes import Stop
from nktimeline.reader.parser import place, places
from nktimeline.reader.reading import Progress, Reading
from nktimeline.reader.rules import RULES, UNREAD
from nktimeline.reader.syntax import conflict, encoding, fatal, syntax, unprintable

__all__ = ["RULES", "UNREAD", "Progress", "Read", "places", "read"]


class Read(NamedTuple):
    """What was read of a file, as far as it could be."""

    log: Log
    """The records, in the order of the file; what could not be read is blank."""
    problems: list[Problem]
    """What is wrong with the form, in the order of the file."""
    homes: Mapping[str, Path]
    """Where each source stands that stands in its event, by its id."""


def read(data: bytes, progress: Progress | None = None) -> Read:
    """Read a log's bytes into records, and collect all problems of form."""
    data = data.removeprefix(BOM)
    if marker := conflict(data):  # whatever else there is comes from it
        return Read(Log("", ()), [marker], {})
    reading = Reading(data, progress)
    with _no_collection():
        end = _end(reading, data)
    log, homes = reading.log()
    return Read(log, sorted([*reading.problems, *end]), homes)


def _end(reading: Reading, data: bytes) -> list[Problem]:
    """Read as far as the document can be read, and return the problem that ended it, if any."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return [encoding(data, error)]
    try:
        reading.document()
    except yaml.reader.ReaderError:
        return [unprintable(text)]
    except yaml.MarkedYAMLError as error:
        reading.forgive()
        return [syntax(error, text)]
    except (ValueError, OverflowError) as error:  # the Python scanner, on "\U00110000" and such
        where = place(reading.last) if reading.last else (1, 1)
        return [fatal(where, "syntax", f"a value cannot be read: {error}")]
    except Stop:
        pass  # reported already
    return []


@contextmanager
def _no_collection() -> Iterator[None]:
    """Pause the garbage collector: millions of small objects are made here, none in a cycle."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
