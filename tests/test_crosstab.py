"""Tables of counts: each cell against the events themselves, for every pair of axes."""

import csv
import json
from collections import Counter
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from logs import logs

from nktimeline.axes import APART, AXES, axis, starred
from nktimeline.crosstab import Answer, beside, count, cross, listed, long, wide
from nktimeline.dates import Match, parse
from nktimeline.days import ALL_TIME, Days, Window
from nktimeline.evidence import lag, origins
from nktimeline.model import Actor, Event, Log
from nktimeline.query import FILTERS, Query
from nktimeline.render import Page, grid_renderer
from nktimeline.widths import cells
from nktimeline.windows import days

PAIRS = [*product(AXES, repeat=2)]
TODAY = date(2024, 1, 1)


# -- by brute force


def stands(log, event, name, label):
    """Tell whether an event stands at a place of an axis, by what `show` would be asked."""
    if name in ("year", "quarter", "month"):
        return begins(log, event, label)
    if name in ("actor", "guest", "host"):
        tops = [id for id, a in log.actors.items() if a.name == label and log.root(id) == id]
        return any(FILTERS[name].condition(log, (id,))(event) for id in tops)
    if name in ("kind", "tag", "status"):
        return FILTERS[name].condition(log, (label,))(event)
    values = {
        "level": (event.level,),
        "place": (event.place,),
        "publisher": [log.sources[id].publisher for id in event.sources],
        "origin": origins(log, event),
    }
    return label in values[name] if name in values else how_late(lag(log, event)) == label


def begins(log, event, label):
    """Tell whether an event is found on the days of a unit, and surely begins there."""
    asked = days(label, TODAY, Window())
    first, last = event.date.reach.first, event.date.begun
    return bool(Query(asked)(event)) and asked.first <= first <= last <= asked.last


def how_late(lag):
    if lag is None:
        return "not dated"
    known = ["a day before", "same day", "next day", *["2-7 days"] * 6, *["8-30 days"] * 23]
    return known[lag + 1] if lag <= 30 else "over 30 days"


def check(log, first, second):
    """Hold a table against what one finds event by event."""
    rows, columns = axis(first, log, ALL_TIME), axis(second, log, ALL_TIME)
    table = wide(cross(log.events, rows, columns))
    placed = [e for e in log.events if all(any(True for _ in a.places(e)) for a in (rows, columns))]
    found = Counter()
    for name, *numbers, total in table.rows:
        apart = name in APART
        there = [e for e in placed if apart or stands(log, e, first, name)]
        if not apart:
            assert total == len(there)
        for label, number in zip(table.columns[1:-1], numbers, strict=True):
            found[label] += number
            if not apart and label not in APART:
                assert number == sum(stands(log, e, second, label) for e in there)
    assert table.totals[-1] == len(placed)
    for label, total in zip(table.columns[1:-1], table.totals[1:-1], strict=True):
        assert total <= found[label]
        if label not in APART:
            assert total == sum(stands(log, e, second, label) for e in placed)


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_each_cell_and_total_counts_the_events_that_show_finds(tiny, first, second):
    check(tiny, first, second)


def distinct(log):
    """Return a log whose actors have names of their own and belong to one another in no circle."""
    actors = {
        id: actor._replace(
            name=f"{id} {actor.name}",
            of=None if log.root(log.root(id)) != log.root(id) else actor.of,
        )
        for id, actor in log.actors.items()
    }
    return log._replace(actors=actors, coverage=parse("2019-05-01/2022-03-31"))


@settings(max_examples=40, deadline=None)
@given(logs().map(distinct), st.sampled_from(PAIRS))
def test_so_it_is_for_any_log(log, pair):
    check(log, *pair)


@pytest.mark.parametrize("name", AXES)
def test_the_totals_of_rows_are_the_counts_by_their_axis(tiny, name):
    one = dict(count(tiny.events, axis(name, tiny, ALL_TIME)).rows)
    # every event has a kind, so that none is missing
    table = wide(cross(tiny.events, axis(name, tiny, ALL_TIME), axis("kind", tiny, ALL_TIME)))
    assert {row[0]: row[-1] for row in table.rows} == one


# -- one example


LOG = Log(
    "T",
    tuple(
        Event(f"e{n}", parse(date), "t", kind, actors=actors)
        for n, (date, kind, actors) in enumerate(
            [
                ("2019-02-01", "visit", ("a",)),
                ("2019-05-01", "visit", ("a", "b")),
                ("2019-05", "talks", ("b",)),
                ("2020", "talks", ()),
                ("2018-12-30/2019-01-02", "visit", ("a", "aa")),
            ]
        )
    ),
    coverage=parse("2019-01-01/2020-03-10"),
    kinds={"visit": "V", "talks": "T"},
    actors={"a": Actor("a", "Land A"), "aa": Actor("aa", "Of A", of="a"), "b": Actor("b", "B")},
)


def table(first, second, *, people=True):
    axes = [axis(name, LOG, ALL_TIME) for name in (first, second)]
    return cross(LOG.events, *(map(starred, axes) if people else axes))


def drawn(grid, format="table", **page):
    return list(grid_renderer(format)(grid, Page(**page)))


def test_a_table_is_drawn_with_dots_totals_and_a_star_where_coverage_ends():
    assert drawn(wide(table("kind", "quarter"))) == [
        "      2019                2020",
        "Kind    Q1   Q2   Q3   Q4  Q1*  earlier  imprecise  total",
        "visit    1    1    ·    ·    ·        1          ·      3",
        "talks    ·    1    ·    ·    ·        ·          1      2",
        "total    1    2    ·    ·    ·        1          1      5",
    ]


def test_totals_count_events_and_not_cells():
    assert drawn(wide(table("kind", "actor"))) == [
        "Kind   Land  B  total",
        "          A",
        "visit     3  1      3",
        "talks     ·  1      1",
        "total     3  2      4",
    ]


def test_without_unicode_a_table_is_ascii():
    lines = drawn(wide(table("kind", "year")), unicode=False)
    assert all(map(str.isascii, lines))
    assert lines[1].split() == ["visit", "2", ".", "1", "3"]


def test_in_markdown_numbers_are_at_the_right_and_names_as_they_are():
    assert drawn(wide(table("actor", "year")), "markdown")[:3] == [
        r"| Actor | 2019 | 2020\* | earlier | total |",
        "| --- | --: | --: | --: | --: |",
        "| Land A | 2 | · | 1 | 3 |",
    ]


def test_programs_get_plain_units_and_a_cell_a_row():
    data = drawn(long(table("kind", "year", people=False)), "jsonl")
    assert json.loads(data[0]) == {"kind": "visit", "year": "2019", "events": 2}
    assert len(data) == 2 * 3
    grid = drawn(wide(table("kind", "year", people=False)), "csv")
    assert grid == [
        "kind,2019,2020,earlier,total",
        "visit,2,0,1,3",
        "talks,1,1,0,2",
        "total,3,1,1,5",
    ]


def test_an_axis_by_itself_has_names_of_its_own_in_json():
    first, *_ = drawn(long(table("actor", "actor", people=False)), "jsonl")
    assert json.loads(first) == {"actor": "Land A", "actor 2": "Land A", "events": 3}


# -- panels


KINDS = ("passage", "incident", "treaty", "talks", "total")


def numbers(lines):
    """Return the numbers of each row, those of all panels together; names are single words."""
    found = {}
    for line in lines:
        name, *rest = line.split() or [""]
        if name in KINDS and all(one == "·" or one.isdigit() for one in rest):
            found.setdefault(name, []).extend(rest)
    return found


@pytest.mark.parametrize("second", AXES)
@pytest.mark.parametrize("width", [40, 80, 140])
def test_panels_hold_all_numbers_and_are_no_wider_than_the_page(tiny, width, second):
    made = cross(tiny.events, axis("kind", tiny, ALL_TIME), axis(second, tiny, ALL_TIME))
    lines = drawn(wide(made), width=width)
    assert max(map(cells, lines)) <= width
    assert all(line == line.rstrip() for line in lines)
    rows = wide(made).lines
    assert numbers(lines) == {row[0]: [str(n) if n else "·" for n in row[1:]] for row in rows}


@pytest.mark.parametrize(("width", "years"), [(80, 1), (140, 2)])
def test_a_panel_has_whole_years(width, years):
    log = LOG._replace(coverage=parse("2019-01-01/2022-12-31"))
    made = cross(log.events, axis("kind", log, ALL_TIME), axis("month", log, ALL_TIME))
    heads = [line.split() for line in drawn(wide(made), width=width) if line.startswith("Kind")]
    assert [head.count("Jan") for head in heads if "Jan" in head] == [years] * (4 // years)
    assert all(head.count("Jan") == head.count("Dec") for head in heads)


# -- the same question in other windows


def window(first, last):
    return Days((Window(date.fromisoformat(first), date.fromisoformat(last)),))


ANSWERS = [
    Answer(window("2019-01-01", "2019-06-30"), LOG.events[:3]),
    Answer(window("2020-01-01", "2020-03-10"), LOG.events[3:4]),
    Answer(window("2031-01-01", "2031-12-31"), None),
]


def test_windows_stand_beside_each_other_with_their_lengths_and_differences():
    assert drawn(beside(ANSWERS, starred(axis("kind", LOG, ALL_TIME)))) == [
        "      2019-01/2019-06 2020-01-01/2020-03-10",
        "Kind         181 days               70 days            difference",
        "visit               2                     0                    +2",
        "talks               1                     1                     0",
        "total               3                     1                    +2",
        "",
        "              2031",
        "Kind      365 days  difference",
        "visit  not covered",
        "talks  not covered",
        "total  not covered",
    ]


def test_without_an_axis_there_is_one_row():
    assert drawn(beside(ANSWERS[:2], None), "markdown")[2:] == [r"| events | 3 | 1 | \+2 |"]


def test_programs_get_a_row_for_each_window_with_null_where_nothing_is_covered():
    rows = [json.loads(line) for line in drawn(listed(ANSWERS, None), "jsonl")]
    assert [[*row.values()] for row in rows] == [
        ["2019-01-01", "2019-06-30", 181, 3, None],
        ["2020-01-01", "2020-03-10", 70, 1, 2],
        ["2031-01-01", "2031-12-31", 365, None, None],
    ]
    kinds = list(csv.reader(drawn(listed(ANSWERS[1::-1], axis("kind", LOG, ALL_TIME)), "csv")))
    assert kinds[0] == ["kind", "from", "to", "days", "events", "difference"]
    assert kinds[-1] == ["visit", "2019-01-01", "2019-06-30", "181", "2", "-2"]


def test_of_days_that_are_apart_all_are_counted():
    junes = Days.of(Window(date(y, 6, 1), date(y, 6, 30)) for y in (2018, 2019))
    assert Answer(junes, ()).length == 60


def test_a_selection_is_all_that_is_counted(tiny):
    toast = tiny.keep(lambda event: Match.SURELY if event.id == "toast" else Match.NO)
    made = cross(toast.events, axis("kind", tiny, ALL_TIME), axis("year", tiny, ALL_TIME))
    assert made.total == 1
