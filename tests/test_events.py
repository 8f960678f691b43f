"""The log that ships holds to the rules of its codebook."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from nktimeline.dates import Days, Match, Precision, parse
from nktimeline.evidence import known, origins
from nktimeline.load import load
from nktimeline.query import Query

PATH = Path(__file__).parent.parent / "events.yaml"
DATA = PATH.read_bytes()
LOADED = load(DATA)
LOG = LOADED.log


def test_the_log_has_no_problem_not_even_a_warning():
    assert LOADED.problems == ()


def test_the_file_itself_is_in_order_of_date():
    first = DATA.decode().index("\nevents:")
    written = [line[10:].strip('"') for line in DATA.decode()[first:].splitlines()
               if line.startswith("    date: ")]  # fmt: skip
    keys = [parse(text).key for text in written]
    assert keys == sorted(keys)
    assert len(keys) == len(LOG.events)


def test_there_are_events_enough_and_in_every_year():
    years = Counter(event.date.first.year for event in LOG.events)
    assert len(LOG.events) >= 1900
    assert set(years) == set(range(2018, 2027))
    assert all(years[year] >= 50 for year in range(2018, 2026))


def test_most_events_have_two_publishers_and_more_than_half_two_origins():
    def publishers(event):
        return {LOG.sources[id].publisher for id in event.sources}

    two = sum(len(publishers(event)) > 1 for event in LOG.events)
    assert two / len(LOG.events) >= 0.9
    assert sum(len(origins(LOG, event)) > 1 for event in LOG.events) / len(LOG.events) > 0.6


def test_nearly_every_event_has_a_dated_source():
    assert sum(known(LOG, event) is None for event in LOG.events) < 35


def odd(holds):
    """Return the ids of the events of which something does not hold."""
    return [event.id for event in LOG.events if not holds(event)]


def test_events_are_written_as_the_codebook_says():
    assert odd(lambda event: len(event.title) <= 90 and "\n" not in event.title) == []
    assert odd(lambda event: not event.title.endswith(".")) == []
    assert odd(lambda event: event.summary.rstrip().endswith((".", "?", "”", '"'))) == []
    assert odd(lambda event: event.actors) == []
    assert odd(lambda event: event.status != "disputed" or event.note) == []
    assert odd(lambda event: len(set(event.sources)) == len(event.sources)) == []
    assert odd(lambda event: event.date.first >= parse("2018").first) == []


def test_ids_end_in_the_year_of_the_event():
    assert (
        odd(
            lambda event: any(
                str(day.year) in event.id for day in (event.date.first, event.date.last)
            )
        )
        == []
    )


def test_days_are_not_invented():
    """Were days made up where only a month is known, firsts of the month would pile up."""
    exact = [event.date.first.day for event in LOG.events if event.date.precision is Precision.DAY]
    assert exact.count(1) / len(exact) < 0.08
    assert len(exact) < len(LOG.events)


def test_every_source_can_be_opened_or_says_where_it_stands():
    for source in LOG.sources.values():
        assert source.title
        assert source.publisher
        assert source.url is None or source.url.startswith(("https://", "http://"))
    assert sum(source.url is None for source in LOG.sources.values()) <= 5


@pytest.mark.parametrize(
    ("date", "actors"),
    [
        ("2018-06-12", {"kim-jong-un", "donald-trump"}),
        ("2019-02-27/2019-02-28", {"kim-jong-un", "donald-trump"}),
        ("2021-03-19", {"malaysia"}),
        ("2022-11-18", {"kim-ju-ae"}),
        ("2023-07-25/2023-07-27", {"sergei-shoigu"}),
        ("2023-09-13", {"kim-jong-un", "vladimir-putin"}),
        ("2023-10-18/2023-10-19", {"sergei-lavrov"}),
        ("2024-06-19", {"kim-jong-un", "vladimir-putin"}),
        ("2025-09-04", {"kim-jong-un", "xi-jinping"}),
    ],
)
def test_what_everybody_knows_is_there(date, actors):
    days = Days(parse(date).spans)
    found = LOG.keep(Query(days))
    assert any(
        event.date.within(days) is Match.SURELY and actors <= set(event.actors)
        for event in found.events
    )


@pytest.mark.parametrize(
    "country",
    [
        "angola",
        "bangladesh",
        "dr-congo",
        "guinea",
        "hong-kong",
        "nepal",
        "senegal",
        "spain",
        "uganda",
    ],
)
def test_each_mission_closed_in_2023_and_24_is_an_event_of_its_own(country):
    mission = f"north-korea-in-{country}"
    closed = [event for event in LOG.events if (mission, "closed") in event.sets]
    assert len(closed) == 1
    assert closed[0].date.within(Days(parse("2023-10/2024-02").spans))


def test_a_source_of_one_event_stands_in_the_event():
    """So a correction is one hunk; the table holds what several events or a list cite."""
    table = yaml.load(DATA, getattr(yaml, "CSafeLoader", yaml.SafeLoader))["sources"]
    uses = Counter(id for one in (*LOG.events, *LOG.lists) for id in one.sources)
    listed = {id for one in LOG.lists for id in one.sources}
    assert {id for id in table if uses[id] < 2 and id not in listed} == set()
    assert {id for id, count in uses.items() if count > 1} <= table.keys()


def test_leaders_met_as_often_as_they_did():
    for other, times in (("vladimir-putin", 4), ("xi-jinping", 6)):
        pair = {"kim-jong-un", other}
        met = [e for e in LOG.events if e.kind == "summit" and pair <= set(e.actors)]
        assert len(met) == times


def test_visits_and_summits_are_coded():
    journeys = [event for event in LOG.events if event.kind in ("visit", "summit")]
    assert sum(event.level is None for event in journeys) / len(journeys) < 0.03
    assert sum(bool(event.guests) for event in journeys) / len(journeys) > 0.75
