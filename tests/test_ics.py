"""The calendar: what programs of others read in it, and what it says of vague dates."""

import re
from importlib import import_module

import pytest
from conftest import TESTS
from hypothesis import given, settings
from test_list import hostile
from test_text import ANY_TEXT

from nktimeline.dates import parse
from nktimeline.days import add_days
from nktimeline.load import load
from nktimeline.model import Event, Log, Source
from nktimeline.render import FORMATS, Page, hint, renderer
from nktimeline.text import ics_text, visible


def show(log):
    return renderer("ics")(log, Page())


def written(log):
    """Return a calendar as it is written to a file."""
    return "".join(f"{line}{FORMATS['ics'].newline}" for line in show(log))


def one(date, **fields):
    """Return the properties of a single event, unfolded: a dict of their values."""
    sources = {"a": Source("a", "Page", "TASS", published=parse("2023-08-01"), url="https://x/a;b")}
    event = Event("visit-2023", parse(date), "Somebody visits", "visit", **fields)
    lines = written(Log("Visits, and talks", (event,), sources=sources))
    inside = lines.replace("\r\n ", "").split("BEGIN:VEVENT\r\n")[1].split("\r\nEND:VEVENT")[0]
    return dict(line.split(":", 1) for line in inside.split("\r\n"))


def days(log):
    """Return what a reader should find of each event: its id, its first day, the day after it."""
    for event in log.events:
        when = event.date
        if not when.open_first:
            last = when.first if when.open_last else when.last
            yield event.id, event.title, when.first, add_days(last, 1)


def test_the_look_of_the_calendar(tiny, golden):
    golden("show.ics", show(tiny))


def test_a_day_ends_where_the_next_begins():
    found = one("2023-07-25", sources=("a",))
    assert found["DTSTART;VALUE=DATE"] == "20230725"
    assert found["DTEND;VALUE=DATE"] == "20230726"
    assert found["SUMMARY"] == "Somebody visits"
    assert found["UID"] == "visit-2023@visits-and-talks"
    assert found["URL"] == "https://x/a;b"
    assert found["STATUS"] == "CONFIRMED"
    assert found["TRANSP"] == "TRANSPARENT"


def test_a_stamp_is_of_the_latest_page_or_else_of_the_last_day():
    assert one("2023-07-25", sources=("a",))["DTSTAMP"] == "20230801T000000Z"
    assert one("2023-07-25/2023-07-27")["DTSTAMP"] == "20230727T000000Z"
    assert one("2023-07-25/..")["DTSTAMP"] == "20230725T000000Z"


@pytest.mark.parametrize(
    ("date", "start", "end", "said"),
    [
        ("2023-10", "20231001", "20231101", " (some day in October 2023)"),
        ("2023-10-24~", "20231024", "20231025", " (about 24 October 2023)"),
        ("2023-10/2023-11", "20231001", "20231201", " (October to November 2023)"),
        ("2023-07-25/..", "20230725", "20230726", " (since 25 July 2023)"),
        ("2023-07/", "20230701", "20230702", r" (since July 2023\, end unknown)"),
        ("0001-01-01", "00010101", "00010102", ""),
    ],
)
def test_a_vague_date_takes_all_its_days_and_says_so(date, start, end, said):
    found = one(date)
    assert found["DTSTART;VALUE=DATE"] == start
    assert found["DTEND;VALUE=DATE"] == end
    assert found["SUMMARY"] == f"Somebody visits{said}"


def test_the_last_day_of_the_calendar_has_no_day_after_it():
    assert "DTEND;VALUE=DATE" not in one("9999-12-31")


def test_what_is_not_confirmed_is_tentative_and_says_so():
    found = one("2023-07-25", status="reported")
    assert found["STATUS"] == "TENTATIVE"
    assert found["SUMMARY"] == "Somebody visits (reported)"


def test_what_has_no_first_day_is_left_out_and_counted(tiny):
    assert "ferry-runs" not in written(tiny)
    assert hint(FORMATS["ics"], tiny) == "1 event has no first day, so the calendar leaves it out"
    twice = tiny.holding(tiny.events[:1] * 2)
    assert hint(FORMATS["ics"], twice) == (
        "2 events have no first day, so the calendar leaves them out"
    )
    assert hint(FORMATS["ics"], tiny.holding(tiny.events[1:])) == ""


@pytest.mark.parametrize(
    ("title", "name"),
    [("Visits, and talks", "visits-and-talks"), ("북한 외교", "북한-외교"), ("!", "log")],
)
def test_an_entry_has_a_name_that_other_logs_entries_have_not(title, name):
    event = Event("visit-2023", parse("2023"), "Somebody visits", "visit")
    assert f"UID:visit-2023@{name}" in list(show(Log(title, (event,))))


@given(text=ANY_TEXT)
def test_lines_are_short_and_a_text_adds_no_property(text):
    log = hostile(text, text)
    lines = written(log)
    assert max(len(line.encode()) for line in lines.split("\r\n")) <= 75
    names = [re.split("[:;]", line)[0] for line in lines.replace("\r\n ", "").split("\r\n")]
    plain = written(hostile("x", "x"))
    expected = [re.split("[:;]", line)[0] for line in plain.replace("\r\n ", "").split("\r\n")]
    optional = {"DESCRIPTION", "LOCATION"}  # left out where there is no text
    assert [n for n in names if n not in optional] == [n for n in expected if n not in optional]
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", lines)


@given(text=ANY_TEXT)
def test_a_text_can_be_read_back(text):
    def unescape(found):
        return "\n" if found[1] == "n" else found[1]

    lines = re.split("\r\n|\r|\n", text)
    assert re.sub(r"\\(.)", unescape, ics_text(text)) == "\n".join(map(visible, lines))


@pytest.mark.consumers("icalendar")
def test_icalendar_reads_every_event_back(tiny):
    calendar = import_module("icalendar").Calendar
    for log in (tiny, load((TESTS.parent / "events.yaml").read_bytes()).log):
        entries = calendar.from_ical(written(log).encode()).walk("VEVENT")
        assert len(entries) == len(list(days(log)))
        for entry, (id, title, first, end) in zip(entries, days(log), strict=True):
            assert entry["UID"].startswith(f"{id}@")
            assert entry["SUMMARY"].startswith(title)
            assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (first, end)


@pytest.mark.consumers("vobject")
def test_vobject_reads_every_event_back(tiny):
    calendar = import_module("vobject").readOne(written(tiny))
    for entry, (_, title, first, end) in zip(calendar.vevent_list, days(tiny), strict=True):
        assert entry.summary.value.startswith(title)
        assert (entry.dtstart.value, entry.dtend.value) == (first, end)


@pytest.mark.consumers("icalendar")
@settings(deadline=None)
@given(text=ANY_TEXT)
def test_icalendar_reads_any_text_back(text):
    calendar = import_module("icalendar").Calendar
    (entry,) = calendar.from_ical(written(hostile(text)).encode()).walk("VEVENT")
    shown = "\n".join(map(visible, re.split("\r\n|\r|\n", text)))
    assert entry["SUMMARY"] == f"{shown} (reported)"
