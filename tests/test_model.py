"""A log as a value, and what can be asked of it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nktimeline.dates import Match, parse
from nktimeline.model import Actor, Event, Log, Source


def ids(log):
    return [event.id for event in log.events]


def only(*wanted, answer=Match.SURELY):
    """Make a predicate that lets through the events of these ids."""
    return lambda event: answer if event.id in wanted else Match.NO


# -- selections


def test_a_selection_keeps_the_order_and_the_tables_whole(tiny):
    selection = tiny.keep(only("last-lamp", "lights-out"))
    assert ids(selection) == ["lights-out", "last-lamp"]
    assert selection._replace(events=tiny.events) == tiny


def test_everything_is_a_selection_too(tiny):
    assert tiny.keep(lambda _: Match.SURELY) == tiny


def test_nothing_is_a_selection_too(tiny):
    nothing = tiny.keep(lambda _: Match.NO)
    assert nothing == tiny._replace(events=())


def test_events_that_only_could_belong_are_marked(tiny):
    marked = tiny.keep(only("toast", "four-days", answer=Match.POSSIBLY))
    assert marked.possible == {"toast", "four-days"}
    everything = tiny.keep(lambda _: Match.POSSIBLY)
    assert everything.possible == set(ids(tiny))
    assert everything.actors == tiny.actors


def test_a_selection_of_a_selection_keeps_the_marks_of_what_is_left(tiny):
    marked = tiny.keep(only("toast", "four-days", answer=Match.POSSIBLY))
    assert marked.keep(only("toast", "four-days")).possible == {"toast", "four-days"}
    assert marked.keep(only("toast")).possible == {"toast"}
    assert marked.keep(only()).possible == frozenset()


def test_the_first_few_are_the_first_in_the_order_shown(tiny):
    assert ids(tiny.first(2)) == ["ferry-runs", "first-chart"]
    assert ids(tiny.first(2, reverse=True)) == ["last-lamp", "closed-strait"]
    assert ids(tiny.first(reverse=True)) == ids(tiny)[::-1]
    assert ids(tiny.first(0)) == []
    assert tiny.first() == tiny
    assert tiny.first(1000) == tiny


def test_the_first_few_keep_their_marks_and_no_others(tiny):
    marked = tiny.keep(lambda _: Match.POSSIBLY)
    assert marked.first(2).possible == {"ferry-runs", "first-chart"}
    assert marked.first().possible == set(ids(tiny))


# -- order


def test_events_are_sorted_by_first_and_last_day_and_otherwise_left_as_they_are():
    dates = ["2020-06", "2020-06-01", "2021", "../2022", "2020-06-01", "2020-06-01/..", "/2020"]
    events = [Event(str(place), parse(date), "t", "k") for place, date in enumerate(dates)]
    log = Log("", {}, {}, {}, tuple(events))
    assert ids(log.sorted()) == ["6", "3", "1", "4", "0", "5", "2"]
    assert ids(log) == list("0123456")


# -- the tree of actors


def test_an_actors_lineage_leads_up_to_its_state(tiny):
    assert list(tiny.lineage("zoe-angstrom")) == [
        "zoe-angstrom",
        "pilot-service",
        "harbour-office",
        "tidewater",
    ]
    assert list(tiny.lineage("tidewater")) == ["tidewater"]
    assert list(tiny.lineage("nobody")) == []
    assert list(tiny.lineage(None)) == []


def test_the_members_of_an_actor_are_all_under_it_and_itself(tiny):
    assert tiny.members("harbour-office") == {"harbour-office", "pilot-service", "zoe-angstrom"}
    assert tiny.members("kim-byeol") == {"kim-byeol"}
    assert tiny.members("nobody") == frozenset()


_names = st.sampled_from("abcdef")


@given(st.dictionaries(_names, st.none() | _names | st.just("nobody")), _names)
def test_a_lineage_ends_whatever_belongs_to_whatever(tree, start):
    log = Log("", {}, {id: Actor(id, id, of) for id, of in tree.items()}, {}, ())
    steps = list(log.lineage(start))
    assert len(steps) == len(set(steps))
    assert set(steps) <= set(tree)
    assert all(log.actors[child].of == parent for child, parent in pairwise(steps))
    assert all(start in log.members(step) for step in steps)


# -- records


@pytest.mark.parametrize(
    "record", [Actor("a", "A"), Source("s", "S", "P")], ids=["actor", "source"]
)
def test_records_are_frozen(record):
    with pytest.raises(AttributeError):
        record.id = "b"
    with pytest.raises(AttributeError):
        record.colour = "red"
