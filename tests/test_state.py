"""What `state` prints: how it looks, what it filters, and what it refuses."""

import csv
import json
from io import StringIO

import pytest
from test_cli import TINY, kept, run  # noqa: F401 - fixtures

from nktimeline.widths import cells

LISTED = "2019-09-01 lantern-guild"


@pytest.fixture
def state(run):  # noqa: F811
    """Give `state(*words)`, which runs the command on the tiny log."""
    environment = {"NKTIMELINE_LOG": TINY, "COLUMNS": "80"}
    return lambda *words, **others: run("state", *words, **{**environment, **others})


@pytest.fixture
def rows(state):
    """Give `rows(*words)`, the rows in JSON."""
    return lambda *words: json.loads(state(*words, "-f", "json").out)


def ids(*words, rows):
    return [row["id"] for row in rows(*words)]


# -- how it looks


@pytest.mark.parametrize("width", [40, 80, 140])
def test_the_look_of_a_day_as_text(state, golden, width):
    out = state("--on", "2021-05-05", "-f", "table", COLUMNS=str(width)).out
    golden(f"state-{width}.txt", out.splitlines())
    assert max(map(cells, out.splitlines())) <= width


@pytest.mark.parametrize("format", ["markdown", "json", "jsonl", "csv"])
def test_the_look_of_a_day_in_other_formats(state, golden, format):
    out = state("--on", "2021-05-05", "-f", format, "--no-footer").out
    golden(f"state.{format}", out.splitlines())


def test_ascii_and_colour(state):
    out = state("--on", "2021-05-05", "-f", "table", "--ascii", "--color", "always").out
    assert "\x1b[1mLamps on | *both* shores, end of 2021-05-05" in out
    assert "= dark" in out
    assert "≈" not in out


def test_every_format_has_the_same_rows_in_the_same_order(state, rows):
    told = rows("--on", "2022-12-31")
    flat = [*csv.DictReader(StringIO(state("--on", "2022-12-31", "-f", "csv").out))]
    lines = [
        json.loads(line) for line in state("--on", "2022-12-31", "-f", "jsonl").out.splitlines()
    ]
    assert lines == told
    assert [*flat[0]] == [*told[0]]
    assert [row["id"] for row in flat] == [row["id"] for row in told]
    text = state("--on", "2022-12-31", "-f", "table").out
    places = [text.index(f"\n{row['name']} ") for row in told]
    assert places == sorted(places)


def test_a_row_says_what_it_rests_on(rows):
    by_id = {row["id"]: row for row in rows("--on", "2021-05-05")}
    assert by_id["hanbit-lamp"] == {
        "group": "lamps", "id": "hanbit-lamp", "name": "한빛 등대", "of": "hanbit", "state": "dark",
        "possible": True, "since": "2021-05-05%", "event": "lights-out", "list": None,
        "status": "reported",
    }  # fmt: skip
    assert by_id["harbour-lamp"] == {
        "group": "lamps", "id": "harbour-lamp", "name": "Harbour lamp", "of": "harbour-office",
        "state": "lit", "possible": False, "since": None, "event": None, "list": LISTED,
        "status": None,
    }  # fmt: skip
    assert by_id["strait"] == {
        "group": "crossings", "id": "strait", "name": "The strait", "of": "the-quiet-coast",
        "state": "not known", "possible": False, "since": None, "event": None, "list": None,
        "status": None,
    }  # fmt: skip


def test_a_setting_that_is_reported_or_disputed_says_so(state):
    out = state("lamps", "--on", "2022-12-31", "-f", "table").out
    assert "since 2021-05-05% (reported)" in out
    assert "since 2021? (disputed)" in out


def test_a_list_agrees_or_says_who_is_on_either_side_and_why(state):
    out = state("lamps", "--on", "2022-12-31", "-f", "table").out
    assert "list of 2019-09-01 by 灯火組合: 2 lit, agrees on its day\n" in out
    differing = out.partition(
        "list of 2022-12-31 by Republic of Tidewater: 3 dark, differs on its day\n"
    )[2]
    assert differing.splitlines() == [
        "    only the list has Harbour lamp",
        "    It has the *harbour* lamp too | which the Guild calls lit.",
        "    sources: almanac, coast-letter",
        "",
    ]


# -- filters


def test_groups_actors_and_states_narrow(rows):
    day = ("--on", "2021-05-05")
    assert len(ids(*day, rows=rows)) == 5
    assert ids("crossings", *day, rows=rows) == ["ferry", "strait"]
    assert ids("-a", "tidewater", *day, rows=rows) == ["harbour-lamp"]  # its office's
    assert ids("-a", "hanbit", "-a", "LG", *day, rows=rows) == ["hanbit-lamp", "guild-lamp"]
    assert ids("--state", "dark", "--state", "closed", *day, rows=rows) == ["hanbit-lamp", "ferry"]
    assert ids("--state", "not-known", *day, rows=rows) == ["guild-lamp", "strait"]
    assert ids("--state", "lit", "-a", "hanbit", *day, rows=rows) == []


def test_groups_come_in_the_order_asked_for(rows):
    assert ids("crossings", "lamps", "--state", "not known", rows=rows) == []
    groups = [row["group"] for row in rows("crossings", "lamps", "--on", "2020-01-01")]
    assert groups == ["crossings"] * 2 + ["lamps"] * 3


def test_a_group_is_found_by_id_or_name(rows):
    assert ids("cross", rows=rows) == ids("the glass sea", rows=rows) == ["strait", "ferry"]


# -- days


@pytest.mark.parametrize(
    ("words", "day"),
    [
        (["--today", "2020-05-05"], "2020-05-05"),
        (["--today", "2030-01-01"], "2024-03-31"),  # where coverage ends
        (["--today", "2020-05-05", "--on", "yesterday"], "2020-05-04"),
        (["--today", "2020-05-05", "--on", "3 months ago"], "2020-02-05"),
        (["--on", "13 Sep 2023"], "2023-09-13"),
    ],
)
def test_the_day_is_the_one_asked_for_else_today_as_far_as_the_log_goes(state, words, day):
    ended = state(*words)
    assert f"end of {day}: " in ended.out
    assert f"at the end of {day}" in ended.err


def test_where_the_log_ends_before_today_it_says_so(state):
    assert state("--today", "2030-01-01").err.splitlines()[-1] == "the log ends on 2024-03-31"
    assert "ends on" not in state("--today", "2020-01-01").err
    assert "ends on" not in state("--on", "2024-03-31").err


@pytest.mark.parametrize("day", ["2017-12-31", "2024-04-01"])
def test_outside_coverage_nothing_is_known(state, rows, day):
    assert {row["state"] for row in rows("--on", day)} == {"not known"}
    says = "the log covers 2018-01-01 to 2024-03-31, and knows no state on other days"
    assert state("--on", day).err.splitlines()[-1] == says


@pytest.mark.parametrize(
    ("window", "last"),
    [("2023", "2023-12-31"), ("2023-10", "2023-10-31"), ("2020-01-01/2020-01-02", "2020-01-02")],
)
def test_a_window_is_refused_with_its_last_day(state, window, last):
    code, out, err = state("--on", window)
    assert (code, out) == (2, "")
    assert err.splitlines()[-1] == (
        "Error: state tells how things stood at the end of one day, "
        f"and '{window}' is more than one; its last day is {last}"
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--on", "soon"], "'soon' is not a date we can read"),
        (["lampz"], "group 'lampz' is unknown; did you mean 'lamps'?; there are lamps, crossings"),
        (["2021-05-05"], "; there are lamps, crossings; a day is --on DAY, an actor -a NAME"),
        (["-a", "hanbt"], "actor 'hanbt' is unknown; did you mean 'hanbit'"),
        (["--state", "drak"], "state 'drak' is unknown; did you mean 'dark'?"),
    ],
)
def test_what_is_not_there_is_refused_with_the_nearest(state, words, says):
    code, out, err = state(*words)
    assert (code, out) == (2, "")
    assert says in err


def test_a_log_that_follows_nothing_says_so(run, tmp_path):  # noqa: F811
    path = tmp_path / "log.yaml"
    path.write_text("title: T\nevents: []\n")
    code, out, err = run("state", "--log", path, "-f", "csv")
    assert (code, out) == (0, "group,id,name,of,state,possible,since,event,list,status\r\n")
    assert "the log has no 'standings': it follows no thing's state" in err


def test_a_group_that_is_named_twice_is_answered_once(state):
    once = state("lamps", "-f", "csv").out
    assert state("lamps", "Lamps on | *both* shores", "lamps", "-f", "csv").out == once


def test_programs_get_the_status_of_the_event_that_a_state_is_from(state):
    header, *lines = state("-f", "csv").out.splitlines()
    assert header.split(",")[-3:] == ["event", "list", "status"]
    assert {line.split(",")[-1] for line in lines} == {"confirmed", "disputed"}


def test_counts_go_to_standard_error_unless_quiet(state):
    said = "5 of 5 things that the log follows, at the end of 2021-05-05, 2 of them possible\n"
    assert state("--on", "2021-05-05").err == said
    assert state("--on", "2021-05-05", "-q").err == ""
