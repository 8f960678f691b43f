"""The last earlier event of a kind between the same states, and how long ago it was."""

import pytest

from nktimeline.dates import parse
from nktimeline.model import Actor, Event, Log
from nktimeline.precedents import precedent, states
from nktimeline.render import Page, entry
from nktimeline.render.phrases import length

ACTORS = {
    "a": Actor("a", "A"),
    "minister": Actor("minister", "Minister of A", of="a"),
    "b": Actor("b", "B"),
    "c": Actor("c", "C"),
}


def event(id, date, actors=("a", "b"), kind="visit"):
    return Event(id, parse(date), f"Event {id}", kind, actors=actors)


def last(*others, date="2023-07-25"):
    """Return the id of the last event before another of that date, between A and B."""
    log = Log("T", (event("now", date), *others), actors=ACTORS)
    found = precedent(log, log.events[0])
    return found and found.id


def test_it_is_the_last_of_those_before():
    assert last(event("x", "2019-01-01"), event("y", "2020-01-01"), event("z", "2024")) == "y"
    assert last() is None


def test_it_is_between_the_same_states_whoever_came():
    assert last(event("x", "2019-01-01", ("minister", "b"))) == "x"
    assert last(event("x", "2019-01-01", ("a", "b", "c"))) is None
    assert last(event("x", "2019-01-01", ("a",))) is None
    assert last(event("x", "2019-01-01", kind="talks")) is None


def test_it_is_surely_earlier():
    assert last(event("same", "2023-07-25"), event("x", "2019")) == "x"
    assert last(event("vague", "2023"), event("x", "2019")) == "x"
    assert last(event("x", "2023-07-24~")) is None
    assert last(event("x", "2023-06/2023-08")) == "x"


def test_of_one_day_it_is_the_last_in_the_log():
    assert last(event("x", "2019-01-01"), event("y", "2019-01-01")) == "y"


def test_the_states_are_those_that_people_and_agencies_belong_to():
    log = Log("T", (), actors=ACTORS)
    assert states(log, event("x", "2019", ("minister", "a", "c"))) == {"a", "c"}


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("2023-07-24", "1 day before"),
        ("2023-06-01/2023-06-04", "54 days before"),
        ("2019-06-20", "4 years before"),
        ("2023-01-25", "6 months before"),
        ("2021-03", "about 2 years and 3 months before"),
    ],
)
def test_an_entry_tells_how_long_before_it_was(before, said):
    log = Log("T", (event("now", "2023-07-25"), event("x", before)), actors=ACTORS)
    lines = list(entry.events(log, log.events[:1], Page(width=200), as_markdown=False))
    assert f"earlier  {before} Event x [x], {said}" in lines


@pytest.mark.parametrize(
    ("days", "said"),
    [(1, "1 day"), (90, "90 days"), (91, "3 months"), (365, "12 months"), (730, "2 years"),
     (800, "2 years and 2 months"), (1380, "3 years and 9 months")],
)  # fmt: skip
def test_lengths_are_said_in_days_months_and_years(days, said):
    assert length(days) == said
