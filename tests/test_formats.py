"""What holds for every format: the same events in the same order, and no text that acts."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from test_list import hostile
from test_text import ANY_TEXT

from nktimeline.dates import parse
from nktimeline.model import Event, Log, Source
from nktimeline.render import FORMATS, SUFFIXES, Page, hint, renderer

ACTS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
LOOKS = Path(__file__).parent / "golden"
TRUE = {"csv"}
"""Formats whose lines hold texts as they are, to be guarded where they meet a terminal."""


def show(log, format):
    return "\n".join(renderer(format)(log, Page()))


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_holds_the_same_events_in_the_same_order(format):
    dates = ("2023", "2023-02-03", "2023-02~", "2023-05-01/2023-06", "[2024-01-01,2024-02-01]")
    events = tuple(
        Event(f"e{n}", parse(date), f"No{n:02}", "visit", sources=(f"s{n}",))
        for n, date in enumerate(dates)
    )
    sources = {f"s{n}": Source(f"s{n}", f"No{n:02}", "TASS") for n in range(len(dates))}
    log = Log("A log", events, kinds={"visit": "A visit"}, sources=sources)
    for one in (log, log.holding(events[::-1])):
        found = dict.fromkeys(re.findall("No[0-9]{2}", show(one, format)))
        assert list(found) == [event.title for event in one.events]


@pytest.mark.parametrize("format", FORMATS)
@settings(deadline=None, max_examples=50)
@given(text=ANY_TEXT)
def test_no_text_acts_on_what_shows_a_format(format, text):
    shown = show(hostile(text, f"a {text}"), format)
    if format not in TRUE:
        assert not ACTS.search(shown)


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_has_what_its_record_says(format):
    record = FORMATS[format]
    assert callable(renderer(format))
    assert isinstance(hint(record, Log("Nothing", ())), str)
    assert all(SUFFIXES[suffix] == format for suffix in record.suffixes)
    assert not (record.sources and record.counts)


@pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
def test_every_format_has_a_golden_look(format):
    """The page's parts are compared by a browser; whatever else is new belongs into test_render."""
    names = [f"{format.name}-80-unicode.txt", f"{format.name}.md"]
    names += [f"show{suffix}" for suffix in format.suffixes]
    assert format.name == "html" or any((LOOKS / name).exists() for name in names)
