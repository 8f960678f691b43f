"""What events are counted by: which units of time there are, and where an event stands."""

from datetime import date

import pytest

from nktimeline.axes import AXES, LAGS, axis, starred
from nktimeline.crosstab import count
from nktimeline.dates import parse
from nktimeline.days import ALL_TIME, Days, Window
from nktimeline.model import Event, Log, Source


def dated(*dates, coverage=None):
    """Return a log of events that have nothing but dates."""
    events = (Event(text, parse(text), "t", "k") for text in dates)
    return Log("", tuple(events), coverage=coverage and parse(coverage))


def per(unit, *dates, asked=ALL_TIME, coverage=None):
    """Return how many events with these dates begin in each unit."""
    log = dated(*dates, coverage=coverage)
    grid = count(log.events, axis(unit, log, asked))
    assert grid.columns == (unit, "events")
    assert grid.bars
    return dict(grid.rows)


def window(first, last):
    return Days((Window(date.fromisoformat(first), date.fromisoformat(last)),))


# -- units of time


def test_units_without_an_event_are_there_too():
    assert per("year", "2019-03-05", "2021-01") == {"2019": 1, "2020": 0, "2021": 1}
    assert list(per("quarter", "2019-03-05", coverage="2019")) == [f"2019Q{n}" for n in "1234"]
    assert len(per("month", "1950-12-31", "2020-01-01")) == 830


def test_units_are_those_of_the_days_that_are_both_asked_for_and_covered():
    asked = window("2019-11-20", "2020-02-02")
    covered = {"asked": asked, "coverage": "2018-01-01/2020-01-15"}
    assert list(per("month", **covered)) == ["2019-11", "2019-12", "2020-01"]
    assert list(per("year", **covered)) == ["2019", "2020"]
    assert per("year", asked=window("2021-01-01", "2022-01-01"), coverage="2018") == {}


def test_units_between_days_that_are_apart_are_left_out():
    junes = Days.of(Window(date(y, 6, 1), date(y, 6, 30)) for y in (2018, 2019))
    assert list(per("month", asked=junes, coverage="2018/2020")) == ["2018-06", "2019-06"]


@pytest.mark.parametrize(
    ("unit", "first", "last"),
    [("year", "0001", "0003"), ("quarter", "0001Q1", "0003Q4"), ("month", "0001-01", "0003-12")],
)
def test_the_first_years_are_four_digits_like_the_others(unit, first, last):
    rows = list(per(unit, "0001-01-01", "0003-12-31"))
    assert (rows[0], rows[-1]) == (first, last)


@pytest.mark.parametrize("unit", ["year", "quarter", "month"])
def test_the_last_day_of_the_calendar_can_be_counted(unit):
    assert sum(per(unit, "9998-11", "9999-12-31").values()) == 2


@pytest.mark.parametrize("unit", ["year", "quarter", "month"])
def test_nothing_is_counted_in_nothing(unit):
    assert per(unit) == {}


# -- where an event stands


def test_a_lasting_event_stands_where_it_begins():
    assert per("year", "2019-03/2021-12") == {"2019": 1, "2020": 0, "2021": 0}
    asked = window("2020-01-01", "2020-12-31")
    assert per("year", "2019-03/2021-12", asked=asked) == {"2020": 0, "earlier": 1}


def test_what_began_earlier_in_the_first_unit_is_earlier_all_the_same():
    asked = window("2020-03-10", "2020-12-31")
    dates = "2020-01-05/2020-04", "2020-03-10", "2020-03-09/2020-03-11"
    assert per("year", *dates, asked=asked) == {"2020": 1, "earlier": 2}


def test_what_begins_after_coverage_is_later():
    assert per("year", "2018-05-01", "2020-01-02", coverage="2018/2019") == {
        "2018": 1, "2019": 0, "later": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "unit", "key"),
    [
        ("2019", "year", "2019"),
        ("2019", "quarter", "imprecise"),
        ("2019-34", "quarter", "2019Q2"),
        ("2019-34", "month", "imprecise"),
        ("2019-21", "year", "2019"),
        ("2019-03-XX", "month", "2019-03"),
        ("2019-03-12~", "month", "2019-03"),
        ("2019-03-31~", "month", "imprecise"),
        ("2019-03?", "month", "2019-03"),
        ("201X", "year", "imprecise"),
        ("[2019-01-03,2019-12-10]", "year", "2019"),
        ("[2019-01-03,2019-12-10]", "month", "imprecise"),
        ("/2019-05", "year", "imprecise"),
        ("../2019-05", "year", "earlier"),
        ("2019-05/..", "month", "2019-05"),
        ("19XX", "year", "earlier"),
    ],
)
def test_an_imprecise_beginning_stands_in_no_unit_smaller_than_itself(text, unit, key):
    found = per(unit, text, coverage="2018/2020")
    assert [name for name, events in found.items() if events] == [key]


def test_a_star_is_at_the_unit_within_which_coverage_ends():
    log = dated("2019-01-01", coverage="2018-01-01/2019-06-30")
    year, quarter = (starred(axis(unit, log, ALL_TIME)) for unit in ("year", "quarter"))
    assert [row[0] for row in count((), year).rows] == ["2018", "2019*"]
    assert [row[0] for row in count((), quarter).rows][-2:] == ["2019Q1", "2019Q2"]
    assert axis("year", log, ALL_TIME).label("2019") == "2019"


# -- the other axes


def test_an_axis_has_its_name_and_no_event_without_a_place_on_it(tiny):
    assert all(axis(name, tiny, ALL_TIME).name == name for name in AXES)


def test_states_and_organisations_are_counted_with_their_people_busiest_first(tiny):
    assert count(tiny.events, axis("actor", tiny, ALL_TIME)).rows == (
        ("Republic of Tidewater", 12),
        ("한빛 군도", 10),
        ("灯火組合", 4),
        ("The Quiet Coast", 3),
    )
    assert count(tiny.events, axis("guest", tiny, ALL_TIME)).rows == (
        ("한빛 군도", 2),
        ("Republic of Tidewater", 1),
    )
    assert count(tiny.events, axis("host", tiny, ALL_TIME)).rows == (("Republic of Tidewater", 1),)


def test_kinds_and_places_are_counted_commonest_first(tiny):
    kinds = count(tiny.events, axis("kind", tiny, ALL_TIME))
    assert kinds.columns == ("kind", "events")
    assert kinds.rows == (("passage", 5), ("incident", 5), ("treaty", 4), ("talks", 4))
    places = count(tiny.events, axis("place", tiny, ALL_TIME))
    assert places.rows == (
        ("Glass Sea", 3), ("Harbour", 3), ("한빛", 2), ("The Quiet Coast", 2),
    )  # fmt: skip


def test_levels_and_statuses_come_in_their_own_order_none_left_out(tiny):
    levels = count((), axis("level", tiny, ALL_TIME))
    assert levels.rows == tuple((level, 0) for level in tiny.levels)
    assert [row[0] for row in count((), axis("status", tiny, ALL_TIME)).rows] == [
        "confirmed", "reported", "disputed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("published", "named"),
    [
        ("2019-05-30", "not dated"),  # it announces
        ("2019-05-31", "a day before"),
        ("2019-06-01", "same day"),
        ("2019-06-02", "next day"),
        ("2019-06-03", "2-7 days"),
        ("2019-06-08", "2-7 days"),
        ("2019-06-09", "8-30 days"),
        ("2019-07-01", "8-30 days"),
        ("2019-07-02", "over 30 days"),
        (None, "not dated"),
    ],
)
def test_how_long_it_took_until_an_event_was_known(published, named):
    page = Source("s", "T", "P", published=published and parse(published))
    event = Event("e", parse("2019-06-01"), "t", "k", sources=("s",))
    log = Log("", (event,), sources={"s": page})
    rows = count(log.events, axis("lag", log, ALL_TIME)).rows
    assert [name for name, _ in rows] == [*LAGS]
    assert [name for name, events in rows if events] == [named]
