"""A log as plain values: field names, nulls and lists that other people's scripts rely on."""

import pytest

from nktimeline.plain import plain_event

EVENT = [
    "id", "date", "first", "last", "title", "kind", "status", "place", "actors", "summary", "note",
    "sources", "tags", "related",
]  # fmt: skip
ACTOR = ["id", "name", "of"]
SOURCE = ["id", "title", "author", "publisher", "published", "url", "language", "relays"]


def plain(log, id):
    return next(plain_event(log, event) for event in log.events if event.id == id)


def test_every_event_has_every_field(tiny):
    for event in tiny.events:
        found = plain_event(tiny, event)
        assert list(found) == EVENT
        assert all(list(actor) == ACTOR for actor in found["actors"])
        assert all(sorted(source) == sorted(SOURCE) for source in found["sources"])


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
            {"id": "zoe-angstrom", "name": "Zoë Ångström", "of": "pilot-service"},
            {"id": "kim-byeol", "name": "김별", "of": "hanbit"},
        ],
        "summary": None,
        "note": None,
        "sources": [
            {
                "id": "gazette-2023",
                "title": '"All lamps are equal": a reader writes',
                "author": None,
                "publisher": "Glass Sea Gazette",
                "published": "2023-08",
                "url": "https://gazette.example/2023/lamps_(all)",
                "language": None,
                "relays": None,
            }
        ],
        "tags": ["tea"],
        "related": ["lamps-lit"],
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
