"""What stood how at the end of a day: from events, from lists, and held against each other."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nktimeline.dates import parse
from nktimeline.model import Event, Listing, Log, Member, Standing
from nktimeline.standings import coverage, difference, lists_near, rows, settings

BEGIN, END = date(2020, 1, 1), date(2020, 3, 31)
DAYS = [BEGIN + timedelta(days=number) for number in range((END - BEGIN).days + 1)]
IDS = ("angola", "benin", "chad")
EMBASSIES = Standing(
    "embassies", "Embassies", ("open", "emptied", "closed"), {id: Member(id, id) for id in IDS}
)


def event(when, status="confirmed", **sets):
    """Make an event that sets states; its id is its date."""
    return Event(when, parse(when), "t", "k", status, sets=tuple(sets.items()))


def listing(on, members, state="open", by="seoul"):
    return Listing(parse(on), "embassies", state, by, tuple(members.split()))


def log(*records):
    """Make a log of the first quarter of 2020 of events and lists."""
    return Log(
        "",
        tuple(one for one in records if isinstance(one, Event)),
        coverage=parse(f"{BEGIN}/{END}"),
        standings={"embassies": EMBASSIES},
        lists=tuple(one for one in records if isinstance(one, Listing)),
    )


def stood(log, day, member="angola"):
    """Give how a member stood: its state, and whether it may be otherwise."""
    row = row_of(log, day, member)
    return row.state, row.possible


def row_of(log, day, member="angola"):
    (row,) = (r for r in rows(log, EMBASSIES, date.fromisoformat(day)) if r.member.id == member)
    return row


# -- events


def test_a_state_holds_from_the_end_of_the_event_until_another_event():
    moved = log(event("2020-02-01", angola="open"), event("2020-02-10/2020-02-12", angola="closed"))
    assert stood(moved, "2020-01-31") == (None, False)
    assert stood(moved, "2020-02-01") == ("open", False)
    assert stood(moved, "2020-02-11") == ("open", False)  # the earlier state stands
    assert stood(moved, "2020-02-12") == ("closed", False)
    assert stood(moved, "2020-03-31") == ("closed", False)
    assert stood(moved, "2020-03-31", "benin") == (None, False)


def test_nothing_is_known_outside_coverage():
    moved = log(event("2019-05-01", angola="open"), listing("2019-12-31", "benin"))
    assert stood(moved, "2019-12-31") == stood(moved, "2019-12-31", "benin") == (None, False)
    assert stood(moved, "2020-01-01") == stood(moved, "2020-01-01", "benin") == ("open", False)
    assert stood(moved, "2020-04-01") == stood(moved, "2020-04-01", "benin") == (None, False)


def test_without_a_coverage_of_its_own_a_log_covers_its_events():
    moved = log(event("2020-02-01", angola="open"), event("2020-02-20", benin="open"))
    moved = moved._replace(coverage=None).measured()
    assert coverage(moved) == (date(2020, 2, 1), date(2020, 2, 20))
    assert stood(moved, "2020-02-20") == ("open", False)
    assert stood(moved, "2020-02-21") == (None, False)


@pytest.mark.parametrize(
    ("when", "before", "within", "after"),
    [
        ("2020-02", "2020-01-31", "2020-02-15", "2020-02-29"),
        ("2020-02-03~", "2020-02-01", "2020-02-02", "2020-02-04"),
        ("[2020-02-03,2020-02-09]", "2020-02-02", "2020-02-03", "2020-02-09"),
        ("2020-02-03/2020-02", "2020-01-31", "2020-02-10", "2020-02-29"),  # the end is vague
    ],
)
def test_within_a_vague_date_the_earlier_state_stands_and_may_be_over(when, before, within, after):
    moved = log(event("2020-01-02", angola="open"), event(when, angola="closed"))
    assert stood(moved, before) == ("open", False)
    assert stood(moved, within) == ("open", True)
    assert stood(moved, after) == ("closed", False)


def test_a_day_whose_neighbours_are_possible_too_is_over_when_they_are():
    moved = log(event("2020-01-02", angola="open"), event("2020-02-03~", angola="closed"))
    assert stood(moved, "2020-02-03") == ("closed", True)


def test_a_vague_event_that_changes_nothing_leaves_nothing_open():
    moved = log(event("2020-01-02", angola="open"), event("2020-02", angola="open"))
    assert stood(moved, "2020-02-15") == ("open", False)
    assert stood(log(event("2020-02", angola="open")), "2020-02-15") == (None, True)


def test_a_doubted_day_is_a_day():
    assert stood(log(event("2020-02-03?", angola="open")), "2020-02-02") == (None, False)


def test_reported_and_disputed_events_set_states_too():
    row = row_of(log(event("2020-02-01", "disputed", angola="closed")), "2020-02-01")
    assert (row.state, row.since.status) == ("closed", "disputed")


def test_it_stood_so_since_the_first_event_of_those_that_say_the_same():
    moved = log(
        event("2020-01-05", angola="closed"),
        event("2020-02-01", angola="open"),
        event("2020-02-20", angola="open"),
    )
    assert row_of(moved, "2020-03-01").since.id == "2020-02-01"
    assert row_of(moved, "2020-01-05").since.id == "2020-01-05"


# -- lists


def test_a_list_holds_forwards_and_backwards_to_the_start_of_coverage():
    told = log(listing("2020-02-01", "angola benin"), event("2020-03-01", benin="closed"))
    for day in ("2020-01-01", "2020-02-01", "2020-03-31"):
        assert stood(told, day) == ("open", False)
        assert row_of(told, day).listing.on.text == "2020-02-01"
        assert row_of(told, day).since is None
        assert stood(told, day, "chad") == (None, False)
    assert stood(told, "2020-02-29", "benin") == ("open", False)
    assert stood(told, "2020-03-01", "benin") == ("closed", False)
    assert row_of(told, "2020-03-01", "benin").listing is None


@pytest.mark.parametrize("day", ["2020-02-01", "2020-02-02"])
def test_a_list_from_the_day_of_an_event_or_later_tells_nothing_of_before(day):
    told = log(event("2020-02-01", angola="open"), listing(day, "angola"))
    assert stood(told, "2020-01-31") == (None, False)
    assert row_of(told, "2020-03-01").since.id == "2020-02-01"


def test_events_win_over_the_lists_after_them():
    told = log(event("2020-02-01", angola="closed"), listing("2020-02-10", "angola"))
    assert stood(told, "2020-03-01") == ("closed", False)


def test_where_a_list_tells_the_same_of_before_the_event_is_no_beginning():
    told = log(listing("2020-01-10", "angola"), event("2020-02-01", angola="open"))
    row = row_of(told, "2020-03-01")
    assert (row.state, row.since, row.listing.on.text) == ("open", None, "2020-01-10")


def test_where_lists_tell_of_a_change_the_event_is_its_beginning():
    told = log(
        listing("2020-01-10", "angola"),
        listing("2020-01-20", "angola", "closed", "paris"),
        event("2020-02-01", angola="closed"),
    )
    assert stood(told, "2020-01-25") == ("closed", False)
    assert row_of(told, "2020-03-01").since.id == "2020-02-01"


def test_a_list_that_leaves_a_member_out_ends_what_an_earlier_one_tells():
    told = log(listing("2020-01-10", "angola benin"), listing("2020-02-10", "benin"))
    assert stood(told, "2020-02-09") == ("open", False)
    assert stood(told, "2020-02-10") == (None, False)
    assert stood(told, "2020-02-10", "benin") == ("open", False)


def test_a_list_tells_nothing_of_before_where_an_earlier_one_leaves_the_member_out():
    told = log(listing("2020-01-10", "benin"), listing("2020-02-10", "angola benin"))
    for day in ("2020-01-01", "2020-01-10", "2020-02-09"):
        assert stood(told, day) == (None, False)
        assert stood(told, day, "benin") == ("open", False)
    assert stood(told, "2020-02-10") == ("open", False)


def test_a_list_of_another_state_leaves_nobody_out():
    told = log(listing("2020-01-10", "angola"), listing("2020-02-10", "benin", "closed"))
    assert stood(told, "2020-03-01") == ("open", False)
    assert stood(told, "2020-01-01", "benin") == ("closed", False)


# -- lists held against the rest


def differing(*records):
    """Give who is on either side of the last record, which is a list."""
    found = difference(log(*records), records[-1])
    assert found.agrees == (not found.only_listed and not found.only_told)
    return found.only_listed, found.only_told


def test_a_list_that_events_and_an_earlier_list_explain_agrees():
    told = (
        listing("2020-01-01", "angola benin"),
        event("2020-02-01", angola="closed", chad="open"),
    )
    assert differing(*told, listing("2020-03-01", "benin chad")) == ((), ())


def test_a_list_differs_by_name_on_either_side():
    told = (
        listing("2020-01-01", "angola benin"),
        event("2020-02-01", angola="closed", chad="open"),
    )
    assert differing(*told, listing("2020-03-01", "angola benin")) == (("angola",), ("chad",))
    assert differing(*told, listing("2020-03-01", "chad", "closed")) == (("chad",), ("angola",))


def test_a_list_differs_from_an_earlier_one_that_leaves_a_member_out():
    first = listing("2020-01-01", "benin")
    assert differing(first, listing("2020-03-01", "angola benin")) == (("angola",), ())
    opened = event("2020-02-01", angola="open")
    assert differing(first, opened, listing("2020-03-01", "angola benin")) == ((), ())


def test_of_two_lists_of_a_day_the_later_in_the_file_differs():
    first, second = listing("2020-01-01", "angola"), listing("2020-01-01", "angola", "closed")
    assert differing(first, second) == (("angola",), ())
    assert differing(second, first) == (("angola",), ())


def test_what_is_not_known_or_vague_agrees_with_any_list():
    assert differing(listing("2020-03-01", "angola")) == ((), ())
    vague = (event("2020-01-01", angola="open"), event("2020-02", angola="closed"))
    assert differing(*vague, listing("2020-02-15", "")) == ((), ())
    assert differing(*vague, listing("2020-02-15", "angola")) == ((), ())


def test_the_lists_near_a_day_are_the_last_of_each_publisher_and_state_else_the_first_after():
    texts = [
        ("2020-01-01", "open", "seoul"),
        ("2020-01-20", "open", "seoul"),
        ("2020-01-10", "open", "paris"),
        ("2020-02-20", "closed", "seoul"),
        ("2020-03-20", "closed", "seoul"),
    ]
    told = log(*(listing(on, "angola", state, by) for on, state, by in texts))

    def near(day):
        found = lists_near(told, EMBASSIES, date.fromisoformat(day))
        return [one.on.text for one in found]

    assert near("2020-01-01") == ["2020-01-01", "2020-01-10", "2020-02-20"]
    assert near("2020-01-20") == ["2020-01-10", "2020-01-20", "2020-02-20"]
    assert near("2020-03-31") == ["2020-01-10", "2020-01-20", "2020-03-20"]


# -- whatever the log

STATES = st.sampled_from(EMBASSIES.states)


@st.composite
def vague_dates(draw):
    """Draw a date that is a day, several, or not known to the day."""
    day = draw(st.sampled_from(DAYS))
    end = min(day + timedelta(days=draw(st.integers(0, 9))), END)
    forms = (f"{day}", f"{day}~", f"{day}?", f"{day:%Y-%m}", f"{day}/{end}", f"[{day}..{end}]")
    return draw(st.sampled_from(forms))


@st.composite
def logs(draw, dates=vague_dates()):  # noqa: B008 - a strategy does not change
    """Draw a log in which no two events could touch one day, and lists of any days."""
    events, taken = [], set()
    for when in draw(st.lists(dates, unique=True, max_size=6)):
        days = set(touched(parse(when)))
        if not days & taken:
            taken |= days
            states = draw(st.dictionaries(st.sampled_from(IDS), STATES, min_size=1))
            events.append(event(when, **states))
    lists = [
        listing(f"{day}", " ".join(members), state)
        for day, members, state in draw(
            st.lists(
                st.tuples(st.sampled_from(DAYS), st.sets(st.sampled_from(IDS)), STATES), max_size=4
            )
        )
    ]
    return log(*events, *lists)


def touched(when):
    """Give the days that a date could touch."""
    return [
        when.reach.first + timedelta(days=n)
        for n in range((when.reach.last - when.reach.first).days + 1)
    ]


def simply(log, member, day, ended):
    """Tell how a member stood: walk over the days, events being over on the days given by id."""
    for back in reversed([one for one in DAYS if one <= day]):
        for one in log.events:
            if ended[one.id] == back and member in dict(one.sets):
                return dict(one.sets)[member]
    first = min((e.date.last for e in log.events if member in dict(e.sets)), default=date.max)
    known = [one for one in log.lists if one.on.first < first]
    lacked = set()
    for back in reversed([one for one in DAYS if one <= day]):
        here = [one for one in known if one.on.first == back]
        for one in reversed(here):
            if member in one.members:
                return None if one.is_ in lacked else one.is_
        lacked.update(one.is_ for one in here)
    for later in DAYS:
        here = [one for one in known if one.on.first == later]
        for one in here:
            if member in one.members and later > day:
                return None if one.is_ in lacked else one.is_
        lacked.update(one.is_ for one in here if member not in one.members)
    return None


@given(logs(), st.sampled_from(DAYS), st.sampled_from(IDS))
def test_what_stood_is_what_a_walk_over_the_days_finds(log, day, member):
    last = {one.id: one.date.last for one in log.events}
    row = row_of(log, f"{day}", member)
    assert row.state == simply(log, member, day, last)
    worlds = {
        simply(log, member, day, {**last, one.id: max(end, BEGIN)})
        for one in log.events
        for end in touched(one.date)
        if not one.date.lasting or end == one.date.last
    }
    assert row.possible == bool(worlds - {row.state})


@given(logs(), st.randoms(use_true_random=False), st.sampled_from(DAYS))
def test_the_order_of_the_file_changes_nothing(log, random, day):
    events = [*log.events]
    random.shuffle(events)
    shuffled = log._replace(events=tuple(events))
    assert [*rows(shuffled, EMBASSIES, day)] == [*rows(log, EMBASSIES, day)]


@given(logs(), st.sampled_from(DAYS), st.sampled_from(IDS))
def test_a_known_state_is_told_by_one_event_or_one_list(log, day, member):
    row = row_of(log, f"{day}", member)
    assert (row.since is None) + (row.listing is None) == 1 + (row.state is None)
    if row.since:
        assert dict(row.since.sets)[member] == row.state
    if row.listing:
        assert row.listing.is_ == row.state
        assert member in row.listing.members


@given(logs(), st.integers(1, 400))
def test_nothing_is_known_of_any_day_outside_coverage(log, days):
    for day in (BEGIN - timedelta(days=days), END + timedelta(days=days)):
        assert {(row.state, row.possible) for row in rows(log, EMBASSIES, day)} == {(None, False)}


@given(logs(), st.sampled_from(DAYS))
def test_what_no_event_and_no_list_names_is_not_known(log, day):
    named = {*settings(log), *(member for one in log.lists for member in one.members)}
    assert all(row.state is None for row in rows(log, EMBASSIES, day) if row.member.id not in named)


@given(
    st.sets(st.sampled_from(IDS)),
    logs(st.sampled_from(DAYS).map(str)),
    st.sampled_from(DAYS),
    st.sampled_from(IDS),
)
def test_a_list_forwards_gives_a_later_one_when_events_explain_it(opened, moved, day, other):
    """A list of all that is open, then events: the next list follows, and no other."""
    first = listing("2019-12-31", " ".join(sorted(opened)))
    told = moved._replace(lists=(first,))
    open_then = {row.member.id for row in rows(told, EMBASSIES, day) if row.state == "open"}
    second = listing(f"{day}", " ".join(sorted(open_then)))
    assert difference(told._replace(lists=(first, second)), second).agrees
    third = listing(f"{day}", " ".join(sorted(open_then ^ {other})))
    found = difference(told._replace(lists=(first, third)), third)
    assert {*found.only_listed, *found.only_told} == {other}
