"""Counts over a log."""

import pytest

from nktimeline import tally
from nktimeline.dates import Match, parse
from nktimeline.model import Event, Log


def dated(*dates):
    """Make a log of events that have nothing but dates."""
    return Log("", {}, {}, {}, tuple(Event(d, parse(d), "t", "k") for d in dates))


def per(period, *dates):
    log = dated(*dates)
    grid = tally.STATISTICS[period](log, log)
    assert grid.columns == (period, "events")
    assert grid.bars
    return dict(grid.rows)


# -- listings


def test_actors_are_counted_with_their_members_busiest_first(tiny):
    grid = tally.actors(tiny, tiny)
    assert grid.columns == ("id", "name", "of", "aliases", "events")
    assert not grid.bars
    assert grid.rows == (
        ("tidewater", "Republic of Tidewater", None, ("Tidewater", "The Republic"), 12),
        ("hanbit", "한빛 군도", None, ("Hanbit Isles", "Архипелаг Ханбит"), 10),
        ("harbour-office", "Harbour Office", "tidewater", ("Hafenamt",), 7),
        ("zoe-angstrom", "Zoë Ångström", "pilot-service", ("The Pilot",), 5),
        ("pilot-service", "Pilot Service", "harbour-office", (), 5),
        ("lantern-guild", "灯火組合", None, ("Lantern Guild", "LG"), 4),
        ("the-quiet-coast", "The Quiet Coast", None, (), 3),
        ("kim-byeol", "김별", "hanbit", ("Kim Byeol",), 3),
    )


def test_an_event_counts_once_for_a_state_however_many_of_it_take_part(tiny):
    toast = tiny.keep(lambda event: Match.SURELY if event.id == "toast" else Match.NO)
    assert {row[0]: row[4] for row in tally.actors(toast, tiny).rows} == {
        "zoe-angstrom": 1,
        "pilot-service": 1,
        "harbour-office": 1,
        "tidewater": 1,
        "kim-byeol": 1,
        "hanbit": 1,
    }


def test_sources_that_nothing_cites_are_left_out_and_the_others_in_the_tables_order(tiny):
    sources = dict(reversed(tiny.sources.items())) | {"idle": tiny.sources["almanac"]}
    log = tiny._replace(sources=sources)
    assert [row[0] for row in tally.sources(log, log).rows] == [*tiny.sources][::-1]


def test_of_a_selection_only_the_cited_sources_are_listed(tiny):
    toast = tiny.keep(lambda event: Match.SURELY if event.id == "toast" else Match.NO)
    cited = [event.sources for event in tiny.events if event.id == "toast"]
    assert tuple(row[0] for row in tally.sources(toast, tiny).rows) == cited[0]
    nothing = tiny.keep(lambda _: Match.NO)
    assert tally.sources(nothing, tiny).rows == ()


def test_sources_are_counted_in_the_order_of_the_log(tiny):
    grid = tally.sources(tiny, tiny)
    assert grid.columns == ("id", "publisher", "title", "published", "url", "events")
    assert [(row[0], row[3], row[5]) for row in grid.rows] == [
        ("almanac", None, 3),
        ("gazette-2019", "2019-09-01", 5),
        ("gazette-2020", "2020-10~", 3),
        ("hanbit-radio", "2021-06-01", 2),
        ("gazette-2023", "2023-08", 4),
        ("coast-letter", None, 2),
        ("gazette-2024", "2024-03-01", 1),
    ]
    assert grid.rows[3][:3] == ("hanbit-radio", "한빛 방송", "등대의 불빛이 꺼지다")
    assert grid.rows[3][4] == "http://radio.example/한빛/불빛"


def test_kinds_are_counted_in_the_order_of_the_whole_logs_vocabulary(tiny):
    latest = tiny.first(4, reverse=True)
    assert tally.kinds(latest, tiny).columns == ("id", "means", "events")
    assert tally.kinds(latest, tiny).rows == (
        ("talks", "Two sides meet, or write to each other", 1),
        ("treaty", "Something is signed, read out or broken", 1),
        ("passage", "A ship, a person or a lantern crosses the water", 1),
        ("incident", "Something goes wrong | or *nearly* does", 1),
    )
    assert tally.kinds(tiny.first(1), tiny).rows == (
        ("passage", "A ship, a person or a lantern crosses the water", 1),
    )


def test_tags_are_counted_commonest_first(tiny):
    grid = tally.tags(tiny, tiny)
    assert grid.columns == ("id", "events")
    assert grid.rows == (("lamps", 7), ("charter", 4), ("fog", 3), ("tea", 2), ("ferry", 1))


# -- statistics


def test_states_and_organisations_are_counted_with_their_people(tiny):
    assert tally.per_actor(tiny, tiny).columns == ("actor", "events")
    assert tally.per_actor(tiny, tiny).rows == (
        ("Republic of Tidewater", 12),
        ("한빛 군도", 10),
        ("灯火組合", 4),
        ("The Quiet Coast", 3),
    )


def test_kinds_and_places_are_counted_commonest_first(tiny):
    assert tally.per_kind(tiny, tiny).columns == ("kind", "events")
    assert tally.per_place(tiny, tiny).columns == ("place", "events")
    assert tally.per_kind(tiny, tiny).rows == (
        ("passage", 5),
        ("incident", 5),
        ("treaty", 4),
        ("talks", 4),
    )
    assert tally.per_place(tiny, tiny).rows == (
        ("Glass Sea", 3),
        ("Harbour", 3),
        ("한빛", 2),
        ("The Quiet Coast", 2),
    )


def test_years_without_an_event_are_counted_too():
    assert per("year", "2019-03-05", "2022-01", "2022") == {
        "2019": 1,
        "2020": 0,
        "2021": 0,
        "2022": 2,
    }


def test_no_period_is_left_out_however_long_the_time():
    assert list(per("year", "1950-12", "2020-01")) == [str(year) for year in range(1950, 2021)]
    assert len(per("quarter", "1950-12", "2020-01")) == 278
    assert len(per("month", "1950-12-31", "2020-01-01")) == 830


def test_a_lasting_event_counts_where_it_begins():
    assert per("year", "2019-03/2021") == {"2019": 1}
    assert per("month", "2019-03-05/2019-05-01") == {"2019-03": 1}


def test_an_imprecise_year_stands_under_its_digits_and_an_open_one_is_unknown():
    assert list(per("year", "2019", "201X", "20XX", "../2018", "/2017", "19XX").items()) == [
        ("19XX", 1),
        ("20XX", 1),
        ("201X", 1),
        ("2019", 1),
        ("unknown", 2),
    ]


def test_a_quarter_takes_months_and_quarters_but_a_season_stands_under_the_year():
    dates = ["2019-01-31", "2019-03", "2019-34", "2019-10-01", "2019", "2019-21", "201X"]
    assert per("quarter", *dates) == {
        "201X": 1,
        "2019": 2,
        "2019Q1": 2,
        "2019Q2": 1,
        "2019Q3": 0,
        "2019Q4": 1,
    }


def test_a_month_takes_days_and_months_only():
    assert per("month", "2019-11-30", "2020-02-XX", "2019-33", "2019-XX") == {
        "2019": 2,
        "2019-11": 1,
        "2019-12": 0,
        "2020-01": 0,
        "2020-02": 1,
    }


@pytest.mark.parametrize("period", ["year", "quarter", "month"])
def test_nothing_is_counted_in_nothing(period):
    assert per(period) == {}
    assert per(period, "../2019") == {"unknown": 1}


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [("year", "0001", "0003"), ("quarter", "0001Q1", "0003Q4"), ("month", "0001-01", "0003-12")],
)
def test_the_first_years_are_four_digits_like_the_others(period, first, last):
    rows = list(per(period, "0001-01-01", "0003-12-31"))
    assert (rows[0], rows[-1]) == (first, last)


@pytest.mark.parametrize("period", ["year", "quarter", "month"])
def test_the_last_day_of_the_calendar_can_be_counted(period):
    assert sum(per(period, "9998-11", "9999-12-31").values()) == 2


@pytest.mark.parametrize("period", ["year", "quarter", "month"])
def test_every_event_is_counted_once_per_period(tiny, period):
    rows = tally.STATISTICS[period](tiny, tiny).rows
    assert sum(count for _, count in rows) == len(tiny.events)


def test_listings_and_statistics_are_found_by_the_names_of_their_commands():
    assert list(tally.LISTINGS) == ["actors", "sources", "kinds", "tags"]
    assert list(tally.STATISTICS) == ["year", "quarter", "month", "actor", "kind", "place"]
    assert all(tally.LISTINGS[name].__name__ == name for name in tally.LISTINGS)
    assert all(tally.STATISTICS[name].__name__ == f"per_{name}" for name in tally.STATISTICS)


@pytest.mark.parametrize("name", tally.STATISTICS)
def test_statistics_are_drawn_as_bars_and_listings_are_not(tiny, name):
    assert tally.STATISTICS[name](tiny, tiny).bars
    assert not any(listing(tiny, tiny).bars for listing in tally.LISTINGS.values())


@pytest.mark.parametrize("name", [*tally.LISTINGS, *tally.STATISTICS])
def test_every_grid_has_as_many_cells_in_a_row_as_columns(tiny, name):
    grid = {**tally.LISTINGS, **tally.STATISTICS}[name](tiny, tiny)
    assert grid.rows
    assert {len(row) for row in grid.rows} == {len(grid.columns)}


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2019-03", "2019"),
        ("2019/2021", "2019"),
        ("201X", "201X"),
        ("201X/2015", "201X"),
        ("19XX~", "19XX"),
        ("0033", "0033"),
        ("2019-03/..", "2019"),
        ("../2019", "before"),
        ("/2019", "before"),
        ("[..2019]", "before"),
    ],
)
def test_the_year_of_a_date_is_no_more_exact_than_the_date(text, year):
    assert tally.year(parse(text)) == year
