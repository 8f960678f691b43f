"""Counts, silences and what stands around, as they are asked for on the command line."""

import json

import pytest
from test_cli import TINY, kept, run  # noqa: F401 - fixtures

from nktimeline.render import FORMATS


@pytest.fixture
def asked(run):  # noqa: F811 - a fixture
    """Give `asked(*words) -> Ended`, which runs the program on the tiny log."""
    return lambda *words: run(*words, NKTIMELINE_LOG=TINY)


# -- counts

SELECTION = "these are counts of a selection of events, not of the world\n"


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("-k treaty -r -n 3", [["imprecise", 1], ["2024", 0], ["2023", 1]]),
        ("--by quarter --on 2020Q2 -t tea", [["2020Q2", 1]]),
        ("--by month --since 2023-01 -t tea -n 2", [["2023-01", 1], ["2023-02", 0]]),
        ("--by actor -n 1", [["Republic of Tidewater", 12]]),
        ("--by kind -n 2", [["passage", 5], ["incident", 5]]),
        ("--by place -r -n 1", [["The Quiet Coast", 2]]),
        ("--by level", [["keeper", 1], ["guest", 1]]),
        ("--by kind --by status -n 1", [["passage", "confirmed", 4]]),
        ("--vs 2020 --on 2019", [["2019-01-01", "2019-12-31", 365, 4, None],
                                 ["2020-01-01", "2020-12-31", 366, 3, 1]]),
        ("--vs 2031 --on 2024", [["2024-01-01", "2024-03-31", 91, 1, None],
                                 ["2031-01-01", "2031-12-31", 365, None, None]]),
    ],
)  # fmt: skip
def test_stats_counts_a_selection_and_says_so_once(asked, words, rows):
    code, out, err = asked("stats", *words.split(), "-f", "json")
    assert code == 0
    assert [[*row.values()] for row in json.loads(out)] == rows
    assert err.count(SELECTION) == 1
    assert asked("stats", *words.split(), "-f", "json", "-q").err == ""


def test_stats_says_what_it_cannot_count(asked):
    err = asked("stats", "--by", "place", "--by", "level", "-f", "csv").err
    assert "\n8 of the events have no place, and cannot be counted by it\n" in err
    assert "\n16 of the events have no level, and cannot be counted by it\n" in err
    err = asked("stats", "--vs", "2019-03", "--on", "2020-09").err
    assert "\n4 events of these times began earlier, or may have; they are not counted\n" in err


def test_the_star_of_a_unit_is_explained_to_people_alone(asked):
    ended = asked("stats", "-f", "table", "--log", TINY)
    assert "2024*" in ended.out
    assert "\n2024*: the log ends on 2024-03-31\n" in ended.err
    assert "*" not in "".join(asked("stats", "-f", "json")[1:])


def test_the_totals_stay_last_whatever_the_order(asked):
    words = ("stats", "--by", "kind", "--by", "year", "-q", "-f", "csv")
    head, *rows, totals = asked(*words).out.splitlines()
    assert asked(*words, "-r").out.splitlines() == [head, *rows[::-1], totals]
    assert asked(*words, "-n", "1").out.splitlines() == [head, rows[0], totals]
    assert totals.startswith("total,")
    assert totals.endswith(",18")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("--by kind --by year --by tag", "--by is given twice at most: rows, and columns"),
        ("--by kind --by place --vs 2020", "--vs goes with one --by at most, and with none that"),
        ("--by month --vs 2020", "--vs goes with one --by at most, and with none that is a time"),
        ("--vs 2020-13", "'2020-13' is not in the calendar: no month 13"),
        ("-o counts.ics", "'ics' shows events, and this is none; use table, markdown, html"),
    ],
)
def test_what_cannot_be_counted_together_is_wrong_usage(asked, words, message):
    code, out, err = asked("stats", *words.split())
    assert (code, out) == (2, "")
    assert message in err


def test_a_window_that_depends_on_the_day_is_asked_for_again_with_that_day(asked):
    words = ("stats", "--on", "2023", "--vs", "last year", "--today", "2023-08-01")
    assert "--today 2023-08-01" in asked(*words, "-f", "markdown").out
    assert "--today" not in asked("stats", "--vs", "2022", "-f", "markdown").out


def test_a_window_is_counted_back_from_the_day_that_is_asked_about(asked):
    words = ("stats", "--vs", "last year", "--as-known", "2023-08-01", "-f", "json", "-q")
    assert json.loads(asked(*words).out)[1]["from"] == "2022-01-01"


# -- silences


def test_gaps_are_objects_summed_up_on_standard_error(asked):
    code, out, err = asked("gaps", "--kind", "treaty", "--min", "60d", "-f", "json")
    assert code == 0
    assert json.loads(out)[0] == {
        "days": 1884,
        "from": "2018-01-01",
        "to": "2023-02-27",
        "before": None,
        "after": "lamp-watch",
        "others": 11,
        "possible": True,
    }
    assert err == "1 silence of 60 days or more among 4 of 18 events\n"


@pytest.mark.parametrize("span", ["0d", "3", "-3d", "", "d", "30 d ays", "1.5y"])
def test_a_silence_has_a_length_with_a_unit(asked, span):
    code, _, err = asked("gaps", f"--min={span}")
    assert code == 2
    assert f"'{span}' is not a span of time; write a number and a unit: 30d, 8w, 6m or 1y" in err


def test_gaps_have_no_formats_for_what_they_are_not(asked):
    assert "'svg' is not one of 'table', 'markdown', 'json'" in asked("gaps", "-f", "svg").err
    assert "use table, markdown, json, jsonl, csv" in asked("gaps", "-o", "gaps.svg").err


# -- what stands around


def test_context_shows_neighbours_and_counts_hits(asked):
    code, out, err = asked("show", "toast", "-C", "1", "-f", "markdown", "--no-footer")
    assert code == 0
    marks = [line.split()[1] for line in out.splitlines()[2:]]
    assert marks == ["-", ">", "-"]
    assert err.startswith("1 of 18 events\n")


@pytest.mark.parametrize("format", [name for name, one in FORMATS.items() if one.data])
def test_what_is_for_programs_has_no_context(asked, format):
    code, out, err = asked("show", "toast", "--context", "1", "-f", format)
    assert (code, out) == (2, "")
    assert f"--context is for people: {format} holds the events found" in err


def test_a_limit_is_of_hits_and_the_footer_asks_for_the_context_again(asked):
    ended = asked("show", "-k", "treaty", "-r", "-n", "1", "-C", "1", "-f", "list")
    assert ended.out.count("\n- **> ") == 1
    assert ended.out.count("\n- **- ") == 2
    assert "--reverse --limit 1 --context 1" in ended.out
