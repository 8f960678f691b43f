"""Counts over a log."""

import pytest

from nktimeline import tally
from nktimeline.dates import Match, parse

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


def test_sources_that_nothing_cites_are_left_out_and_equals_stand_in_the_tables_order(tiny):
    turned = dict(reversed(tiny.sources.items()))
    sources = turned | {"idle": tiny.sources["almanac"]}
    log = tiny._replace(sources=sources)
    cited = {row[0]: row[-1] for row in tally.sources(log, log).rows}
    assert [*cited] == sorted(turned, key=lambda id: -cited[id])


def test_of_a_selection_only_the_cited_sources_are_listed(tiny):
    toast = tiny.keep(lambda event: Match.SURELY if event.id == "toast" else Match.NO)
    cited = [event.sources for event in tiny.events if event.id == "toast"]
    assert tuple(row[0] for row in tally.sources(toast, tiny).rows) == cited[0]
    nothing = tiny.keep(lambda _: Match.NO)
    assert tally.sources(nothing, tiny).rows == ()


def test_the_most_cited_source_stands_first(tiny):
    grid = tally.sources(tiny, tiny)
    assert grid.columns == ("id", "publisher", "title", "published", "url", "events")
    assert [(row[0], row[3], row[5]) for row in grid.rows] == [
        ("gazette-2019", "2019", 5),
        ("gazette-2023", "2023", 4),
        ("almanac", None, 3),
        ("gazette-2020", "2020~", 3),
        ("hanbit-radio", "2021-06-01", 2),
        ("coast-letter", None, 2),
        ("gazette-2024", "2024-03-01", 1),
    ]
    assert grid.rows[4][:3] == ("hanbit-radio", "한빛 방송", "등대의 불빛이 꺼지다")
    assert grid.rows[4][4] == "http://radio.example/한빛/불빛"


def test_kinds_that_are_as_common_stand_in_the_order_of_the_whole_logs_vocabulary(tiny):
    latest = tiny.holding(tiny.events[-4:])
    assert tally.kinds(latest, tiny).columns == ("id", "means", "events")
    assert tally.kinds(latest, tiny).rows == (
        ("talks", "Two sides meet, or write to each other", 1),
        ("treaty", "Something is signed, read out or broken", 1),
        ("passage", "A ship, a person or a lantern crosses the water", 1),
        ("incident", "Something goes wrong | or *nearly* does", 1),
    )
    assert tally.kinds(tiny.holding(tiny.events[:1]), tiny).rows == (
        ("passage", "A ship, a person or a lantern crosses the water", 1),
    )


def test_tags_are_counted_commonest_first(tiny):
    grid = tally.tags(tiny, tiny)
    assert grid.columns == ("id", "events")
    assert grid.rows == (("lamps", 7), ("charter", 4), ("fog", 3), ("tea", 2), ("ferry", 1))


def test_rows_are_picked_by_words_of_their_names(tiny):
    actors = tally.actors(tiny, tiny)
    assert [row[0] for row in tally.pick(actors, ["quiet"]).rows] == ["the-quiet-coast"]
    assert [row[0] for row in tally.pick(actors, ["Hafen"]).rows] == ["harbour-office"]
    assert [row[0] for row in tally.pick(actors, ["republic", "tide"]).rows] == ["tidewater"]
    assert tally.pick(actors, ["water"]).rows == ()  # in the middle of a word
    assert tally.pick(actors, ["office", "guild"]).rows == ()
    assert tally.pick(actors, []) == actors
    sources = tally.sources(tiny, tiny)
    assert [row[0] for row in tally.pick(sources, ["방송"]).rows] == ["hanbit-radio"]
    assert tally.pick(sources, ["example"]).rows == ()  # an address is no name


def test_listings_are_found_by_the_names_of_their_commands():
    assert list(tally.LISTINGS) == ["actors", "sources", "kinds", "tags"]
    assert all(tally.LISTINGS[name].__name__ == name for name in tally.LISTINGS)


@pytest.mark.parametrize("name", tally.LISTINGS)
def test_a_listing_has_as_many_cells_in_a_row_as_columns_and_no_bars(tiny, name):
    grid = tally.LISTINGS[name](tiny, tiny)
    assert grid.rows
    assert {len(row) for row in grid.rows} == {len(grid.columns)}
    assert not grid.bars


# -- years


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
