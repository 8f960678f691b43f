"""A log as a value, and what can be asked of it."""

from datetime import date
from itertools import pairwise
from typing import Annotated, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nktimeline.dates import Match, Window, parse
from nktimeline.model import Actor, Event, Extent, Field, Form, Log, Mark, Source, fields


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


def marked(*wanted):
    return dict.fromkeys(wanted, Mark.POSSIBLE)


def test_events_that_only_could_belong_are_marked(tiny):
    found = tiny.keep(only("toast", "four-days", answer=Match.POSSIBLY))
    assert found.marks == marked("toast", "four-days")
    everything = tiny.keep(lambda _: Match.POSSIBLY)
    assert everything.marks == marked(*ids(tiny))
    assert everything.actors == tiny.actors


def test_a_selection_of_a_selection_keeps_the_marks_of_what_is_left(tiny):
    found = tiny.keep(only("toast", "four-days", answer=Match.POSSIBLY))
    assert found.keep(only("toast", "four-days")).marks == marked("toast", "four-days")
    assert found.keep(only("toast")).marks == marked("toast")
    assert found.keep(only()).marks == {}


def test_a_selection_holds_the_events_that_it_is_given_in_their_order(tiny):
    assert ids(tiny.holding(tiny.events[:2])) == ["ferry-runs", "first-chart"]
    assert ids(tiny.holding(reversed(tiny.events))) == ids(tiny)[::-1]
    assert ids(tiny.holding([])) == []
    assert tiny.holding(tiny.events) == tiny


def test_chosen_events_keep_their_marks_and_no_others(tiny):
    found = tiny.keep(lambda _: Match.POSSIBLY)
    assert found.holding(tiny.events[:2]).marks == marked("ferry-runs", "first-chart")
    assert found.holding(tiny.events).marks == marked(*ids(tiny))


def test_a_selection_knows_the_extent_of_the_whole_log(tiny):
    assert tiny.holding(tiny.events[:2]).extent == tiny.keep(only()).extent == tiny.extent


def test_the_extent_of_a_log_is_its_number_of_events_and_the_days_they_could_touch(tiny):
    some = tiny.holding(tiny.events[3:9]).measured()
    assert some.extent == Extent(6, Window(date(2019, 1, 1), date(2020, 6, 4)))
    assert tiny.measured().extent == Extent(18, Window())
    assert tiny.holding([]).measured().extent == Extent(0, Window())


# -- order


def test_events_are_sorted_by_first_and_last_day_and_otherwise_left_as_they_are():
    dates = ["2020-06", "2020-06-01", "2021", "../2022", "2020-06-01", "2020-06-01/..", "/2020"]
    events = [Event(str(place), parse(date), "t", "k") for place, date in enumerate(dates)]
    log = Log("", tuple(events))
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


def test_the_root_of_an_actor_is_its_state_or_itself(tiny):
    assert tiny.root("zoe-angstrom") == "tidewater"
    assert tiny.root("tidewater") == "tidewater"


def test_the_members_of_an_actor_are_all_under_it_and_itself(tiny):
    assert tiny.tree("harbour-office") == {"harbour-office", "pilot-service", "zoe-angstrom"}
    assert tiny.tree("kim-byeol") == {"kim-byeol"}
    assert tiny.tree("nobody") == frozenset()


_names = st.sampled_from("abcdef")


@given(st.dictionaries(_names, st.none() | _names | st.just("nobody")), _names)
def test_a_lineage_ends_whatever_belongs_to_whatever(tree, start):
    log = Log("", (), actors={id: Actor(id, id, of) for id, of in tree.items()})
    steps = list(log.lineage(start))
    assert len(steps) == len(set(steps))
    assert set(steps) <= set(tree)
    assert all(log.actors[child].of == parent for child, parent in pairwise(steps))
    assert all(start in log.tree(step) for step in steps)


# -- records


@pytest.mark.parametrize(
    "record", [Actor("a", "A"), Source("s", "S", "P")], ids=["actor", "source"]
)
def test_records_are_frozen(record):
    with pytest.raises(AttributeError):
        record.id = "b"
    with pytest.raises(AttributeError):
        record.colour = "red"


# -- the description of records

RECORDS = (Actor, Source, Event)


@pytest.mark.parametrize("record", RECORDS)
def test_every_field_of_every_record_is_described(record):
    assert [field.name for field in fields(record)] == list(record._fields)
    assert fields(record)[0].name == "id"


def test_a_log_describes_what_a_file_holds():
    described = [field.name for field in fields(Log)]
    assert described == [
        "title", "events", "coverage", "kinds", "levels", "actors", "standings", "lists", "sources"
    ]  # fmt: skip
    assert Log._fields == (*described, "marks", "extent", "blob")


@pytest.mark.parametrize("record", [*RECORDS, Log])
def test_every_field_says_what_it_means_in_a_sentence_or_a_few_words(record):
    for field in fields(record):
        assert field.about[0].isupper()
        assert field.about.endswith(".")
        assert "\n" not in field.about


@pytest.mark.parametrize("record", [*RECORDS, Log])
def test_a_table_whose_ids_a_field_holds_is_one_of_the_logs(record):
    described = {field.name for field in fields(Log)} | {"members"}
    assert {field.form.table for field in fields(record)} <= described | {""}


def test_a_description_follows_from_the_type_and_the_default():
    class Ship(NamedTuple):
        name: Annotated[str, Form("text"), "What it is called."]
        length: int
        flag: Annotated[str | None, Form("id", "actors"), "Whose it is."] = None

    assert fields(Ship) == (
        Field("name", Form("text"), "What it is called.", required=True),
        Field("flag", Form("id", "actors"), "Whose it is.", required=False),
    )


def test_the_tiny_log_sets_every_field_of_every_record(tiny):
    """Whatever is read, kept and put out is thus seen by the tests of reader, cache and formats."""
    held = {Actor: tiny.actors.values(), Source: tiny.sources.values(), Event: tiny.events}
    for record in RECORDS:
        for place, field in enumerate(fields(record)):
            default = record._field_defaults.get(field.name)
            assert any(one[place] != default for one in held[record]), (record, field.name)
