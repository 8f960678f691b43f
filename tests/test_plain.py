"""A log as plain values: field names, nulls and lists that other people's scripts rely on."""

import pytest

from nktimeline.dates import parse
from nktimeline.model import Event, Form, Log, Source
from nktimeline.plain import columns, flat_event, plain_event

EVENT = [
    "id", "date", "first", "last", "title", "kind", "status", "place", "actors", "summary", "note",
    "sources", "tags", "related", "guests", "host", "level", "sets", "origins", "known",
    "known_by", "lag",
]  # fmt: skip
ACTOR = ["id", "name", "of", "root"]
SOURCE = ["id", "title", "publisher", "author", "published", "url", "language", "relays"]


def plain(log, id):
    return next(plain_event(log, event) for event in log.events if event.id == id)


def test_every_event_has_every_field(tiny):
    for event in tiny.events:
        found = plain_event(tiny, event)
        assert list(found) == EVENT
        assert all(list(actor) == ACTOR for actor in found["actors"])
        assert all(list(source) == SOURCE for source in found["sources"])


def test_an_event_is_an_object_of_texts_nulls_and_lists(tiny):
    assert plain(tiny, "toast") == {
        "id": "toast",
        "date": "2023-01-15",
        "first": "2023-01-15",
        "last": "2023-01-15",
        "title": "A toast is drunk the same evening",
        "kind": "talks",
        "status": "confirmed",
        "place": "Harbour",
        "actors": [
            {
                "id": "zoe-angstrom",
                "name": "Zoë Ångström",
                "of": "pilot-service",
                "root": "tidewater",
            },
            {"id": "kim-byeol", "name": "김별", "of": "hanbit", "root": "hanbit"},
        ],
        "summary": None,
        "note": None,
        "sources": [
            {
                "id": "gazette-2023",
                "title": '"All lamps are equal": a reader writes',
                "author": None,
                "publisher": "Glass Sea Gazette",
                "published": "2023",
                "url": "https://gazette.example/2023/lamps_(all)",
                "language": None,
                "relays": None,
            }
        ],
        "tags": ["tea"],
        "related": ["lamps-lit"],
        "guests": [{"id": "kim-byeol", "name": "김별", "of": "hanbit", "root": "hanbit"}],
        "host": ["tidewater"],
        "level": "guest",
        "sets": {},
        "origins": ["Glass Sea Gazette"],
        "known": "2023-12-31",
        "known_by": "gazette-2023",
        "lag": 350,
    }


def test_absent_texts_are_null_and_absent_lists_are_empty(tiny):
    chart = plain(tiny, "first-chart")
    assert chart["place"] is chart["summary"] is chart["note"] is None
    assert chart["actors"] == chart["tags"] == chart["related"] == []
    (source,) = chart["sources"]
    assert source["published"] is source["url"] is source["relays"] is None
    assert source["author"] == "Zoë Ångström"


def test_a_source_says_its_language_and_whom_it_relays(tiny):
    (source,) = plain(tiny, "lights-out")["sources"]
    assert (source["language"], source["relays"]) == ("ko", "hanbit")


@pytest.mark.parametrize(
    ("id", "first", "last"),
    [
        ("ferry-runs", None, "2018-05-31"),
        ("lamp-watch", "2023-02-01", None),
        ("closed-strait", "2023-07-01", None),
        ("first-chart", "1900-01-01", "1999-12-31"),
        ("draft-charter", "2019-03-12", "2019-03-12"),
        ("four-days", "2020-06-01", "2020-06-04"),
    ],
)
def test_first_and_last_are_iso_days_or_null_where_open(tiny, id, first, last):
    found = plain(tiny, id)
    assert (found["first"], found["last"]) == (first, last)


# -- as one text a column


def flat(log, id):
    return next(flat_event(log, event) for event in log.events if event.id == id)


def test_an_event_is_a_row_of_texts_with_the_links_of_its_sources(tiny):
    assert flat(tiny, "closed-strait") == {
        "id": "closed-strait",
        "date": "2023-07/",
        "first": "2023-07-01",
        "last": "",
        "title": "The strait is closed, nobody says for how long",
        "kind": "incident",
        "status": "confirmed",
        "place": "",
        "actors": "The Quiet Coast",
        "summary": "",
        "note": "",
        "sources": 'Glass Sea Gazette: "All lamps are equal": a reader writes; '
        "The Quiet Coast: Letter from the Quiet Coast",
        "links": "https://gazette.example/2023/lamps_(all)",
        "tags": "fog",
        "related": "",
        "guests": "",
        "host": "",
        "level": "",
        "sets": "",
        "origins": "Glass Sea Gazette; The Quiet Coast",
        "known": "2023-12-31",
        "known_by": "gazette-2023",
        "lag": "183",
    }


def test_guests_are_named_and_what_an_event_sets_is_written_out(tiny):
    toast, lit = flat(tiny, "toast"), flat(tiny, "lamps-lit")
    assert (toast["guests"], toast["host"], toast["level"]) == ("김별", "tidewater", "guest")
    assert lit["sets"] == "harbour-lamp: lit; hanbit-lamp: lit"
    assert plain(tiny, "lamps-lit")["sets"] == {"harbour-lamp": "lit", "hanbit-lamp": "lit"}


def test_every_row_has_the_same_columns(tiny):
    assert columns() == tuple(flat(tiny, "toast"))
    assert {tuple(flat_event(tiny, event)) for event in tiny.events} == {columns()}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_free_text_that_is_a_formula_is_guarded_and_an_id_is_not(sign):
    page = Source("s", "Title", f"{sign}P")
    event = Event("e", parse("../2020"), f"{sign}T", "k", summary=f"{sign}S", sources=("s",))
    row = flat_event(Log("", (event,), sources={"s": page}), event)
    assert row["title"] == f"'{sign}T"
    assert row["summary"] == f"'{sign}S"
    assert row["sources"] == f"'{sign}P: Title"
    assert row["date"] == "../2020"


def test_what_people_write_freely_is_told_from_ids_and_dates():
    free = {what for what in ("text", "texts", "account", "meanings") if Form(what).is_free}
    assert free == {"text", "texts", "account", "meanings"}
    assert not any(Form(what).is_free for what in ("id", "ids", "date", "status", "citations"))
