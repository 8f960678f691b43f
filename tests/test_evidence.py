"""What an event rests on: whose accounts, and what can be asked of them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nktimeline.dates import parse
from nktimeline.evidence import Known, credited, known, lag, origin, origins
from nktimeline.model import Actor, Event, Log, Source
from nktimeline.names import UnknownName
from nktimeline.plain import DERIVED, columns, flat_event, plain_event
from nktimeline.query import Filters, query, settle

ACTORS = (
    Actor("ruritania", "Ruritania", aliases=("the Kingdom",)),
    Actor("court", "Ruritanian court", of="ruritania"),
    Actor("rudolf", "Rudolf", of="court"),
    Actor("strelsau", "Strelsau"),
)
SOURCES = (
    Source("gazette-1", "One", "The Gazette", "Hentzau, Rupert", parse("2031-05-04")),
    Source("gazette-2", "Two", "The Gazette", relays="court"),
    Source("post-1", "Three", "Strelsau Post", published=parse("2031-05"), relays="court"),
    Source("post-2", "Four", "Strelsau Post", published=parse("2031-05-02"), relays="The Gazette"),
    Source("court-1", "Five", "Ruritanian court", published=parse("2031-04-20")),
    Source("wire-1", "Six", "Wire", published=parse("2031-04-30")),
)


def event(id, *sources, on="2031-05-01", **fields):
    return Event(id, parse(on), id.title(), "visit", sources=sources, **fields)


EVENTS = (
    event("court-alone", "gazette-2", "post-1", "court-1"),
    event("gazette-alone", "gazette-1", "post-2"),
    event("both", "gazette-2", "post-2", guests=("rudolf",), host=("strelsau",), level="leader"),
    event("wire", "wire-1", guests=("strelsau",), host=("court",), level="official"),
    event("three", "wire-1", "court-1", "gazette-1", level="minister"),
)
LOG = Log(
    "A log",
    EVENTS,
    kinds={"visit": "A visit"},
    levels={"leader": "", "minister": "", "official": ""},
    actors={actor.id: actor for actor in ACTORS},
    sources={source.id: source for source in SOURCES},
).measured()


def asked(**filters):
    """Return the ids of the events that filters let through."""
    settled = settle(LOG, Filters(**filters), date(2031, 6, 1)).filters
    return [event.id for event in LOG.keep(query(LOG, settled)).events]


def of(id):
    return next(event for event in EVENTS if event.id == id)


# -- whose account


def test_an_origin_is_whom_a_source_relays_or_else_its_publisher():
    names = {id: origin(LOG, source) for id, source in LOG.sources.items()}
    assert names == {
        "gazette-1": "The Gazette",
        "gazette-2": "Ruritanian court",
        "post-1": "Ruritanian court",
        "post-2": "The Gazette",
        "court-1": "Ruritanian court",
        "wire-1": "Wire",
    }


def test_a_publisher_spelled_like_the_id_of_an_actor_is_not_that_actor():
    assert origin(LOG, Source("a", "A", "court")) == "court"


def test_pages_that_pass_on_one_account_are_one_origin():
    assert origins(LOG, of("court-alone")) == ("Ruritanian court",)
    assert origins(LOG, of("both")) == ("Ruritanian court", "The Gazette")


def test_publisher_author_and_whoever_is_relayed_are_credited():
    assert credited(LOG, LOG.sources["gazette-1"]) == ("The Gazette", "Hentzau, Rupert")
    assert credited(LOG, LOG.sources["post-1"]) == ("Strelsau Post", "Ruritanian court")


@given(st.lists(st.sampled_from([source.id for source in SOURCES]), min_size=1, unique=True))
def test_a_page_that_relays_a_known_account_never_adds_an_origin(ids):
    before = event("an-event", *ids)
    again = Source("again", "Again", "Another paper", relays=origin(LOG, LOG.sources[ids[0]]))
    log = LOG._replace(sources={**LOG.sources, "again": again})
    after = before._replace(sources=(*ids, "again"))
    assert origins(log, after) == origins(log, before)
    assert 1 <= len(origins(log, before)) <= len(ids)


# -- since when


def test_an_event_is_known_from_its_earliest_page_that_reports_it():
    assert known(LOG, of("gazette-alone")) == Known(date(2031, 5, 2), "post-2")
    assert lag(LOG, of("gazette-alone")) == 1


def test_a_page_of_the_eve_reports_and_an_earlier_one_announces():
    assert known(LOG, of("wire")) == Known(date(2031, 4, 30), "wire-1")
    assert lag(LOG, of("wire")) == -1
    assert known(LOG, event("announced", "court-1")) is None
    assert lag(LOG, event("announced", "court-1")) is None


def test_a_page_dated_by_its_month_counts_from_the_last_day():
    assert known(LOG, of("court-alone")) == Known(date(2031, 5, 31), "post-1")


def test_without_a_dated_page_nothing_is_guessed():
    assert known(LOG, event("undated", "gazette-2")) is None


def test_what_began_at_an_unknown_time_has_no_lag():
    began = event("began", "wire-1", on="../2031-05-01")
    assert known(LOG, began) is not None
    assert lag(LOG, began) is None


# -- what is put out


def test_what_follows_from_the_sources_stands_after_the_fields_of_then():
    plain = plain_event(LOG, of("gazette-alone"))
    assert [*plain][-4:] == [*DERIVED] == ["origins", "known", "known_by", "lag"]
    assert (*columns()[-4:],) == (*DERIVED,)
    assert [plain[name] for name in DERIVED] == [["The Gazette"], "2031-05-02", "post-2", 1]


def test_what_is_not_known_is_null_and_an_empty_column():
    undated = event("undated", "gazette-2")
    assert [plain_event(LOG, undated)[name] for name in ("known", "known_by", "lag")] == [None] * 3
    assert [flat_event(LOG, undated)[name] for name in DERIVED] == ["Ruritanian court", "", "", ""]
    assert flat_event(LOG, of("three"))["origins"] == "Wire; Ruritanian court; The Gazette"


# -- what is asked


def test_source_finds_publishers_authors_and_those_who_are_relayed():
    assert asked(source=("the gazette",)) == ["court-alone", "gazette-alone", "both", "three"]
    assert asked(source=("rupert",)) == ["gazette-alone", "three"]
    assert asked(source=("court",)) == ["court-alone", "both", "three"]
    assert asked(source=("wire", "Hentzau, Rupert")) == ["gazette-alone", "wire", "three"]


def test_an_unknown_source_is_refused_with_the_nearest():
    with pytest.raises(UnknownName, match="did you mean 'The Gazette'"):
        asked(source=("the gazete",))


def test_origin_takes_in_the_members_of_an_actor():
    assert asked(origin=("ruritania",)) == ["court-alone", "both", "three"]
    assert asked(origin=("the kingdom",)) == ["court-alone", "both", "three"]
    assert asked(origin=("rudolf",)) == []
    assert asked(origin=("gazette",)) == ["gazette-alone", "both", "three"]


def test_only_origin_wants_every_origin_to_be_one_of_those():
    assert asked(only_origin=("ruritania",)) == ["court-alone"]
    assert asked(only_origin=("ruritania", "gazette")) == ["court-alone", "gazette-alone", "both"]


def test_origins_are_counted():
    assert asked(min_origins=(2,)) == ["both", "three"]
    assert asked(max_origins=(1,)) == ["court-alone", "gazette-alone", "wire"]
    assert asked(min_origins=(2,), max_origins=(2,)) == ["both"]
    assert asked(min_origins=(3,), max_origins=(2,)) == []
    late = {event.id: lag(LOG, event) for event in LOG.events}
    for days in (0, 1, 2, 31):
        assert set(asked(min_lag=(days,))) == {
            id for id, known in late.items() if known is not None and known >= days
        }
    assert asked(min_lag=(1, 31)) == asked(min_lag=(1,)) != []
    assert asked(min_origins=(3, 2)) == ["both", "three"]


def test_guests_and_hosts_take_in_members():
    assert asked(guest=("ruritania",)) == ["both"]
    assert asked(host=("ruritania",)) == ["wire"]
    assert asked(guest=("strelsau", "rudolf")) == ["both", "wire"]


def test_a_level_is_that_or_a_higher_one():
    assert asked(level=("leader",)) == ["both"]
    assert asked(level=("minister",)) == ["both", "three"]
    assert asked(level=("official",)) == ["both", "wire", "three"]
    assert asked(level=("minister", "leader")) == ["both", "three"]
