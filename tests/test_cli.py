"""The command line: every command and option, what it prints, where, and how it ends."""

import csv
import gc
import json
import os
import re
import runpy
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import click
import pytest

from nktimeline import __version__
from nktimeline.cli import asking, cli, elsewhere, main, streams
from nktimeline.cli.options import Common
from nktimeline.render import FORMATS

TESTS = Path(__file__).parent
TINY = str(TESTS / "tiny.yaml")
COMMANDS = tuple(cli.commands)
LISTINGS = ("show", "actor", "actors", "sources", "kinds", "tags", "stats")
BROKEN = """\
title: Broken
kinds: {visit: A visit}
events:
  - {id: a, date: 2023-02-30, title: A, kind: visit, sources: [nobody]}
"""
WARNED = """\
title: Warned
kinds: {visit: A visit, spare: Nothing}
sources: {s: {title: T, publisher: P, published: 2023-03, url: https://x.example/a}}
events:
  - {id: a, date: 2023-02-03, title: A, kind: visit, sources: [s]}
"""


COUNT = "18 of 18 events, 2 reported, 2 disputed\n"


class Ended(NamedTuple):
    """How a run of the program ended: its exit code, and what it wrote where."""

    code: int
    out: str
    err: str

    @property
    def events(self):
        """The ids of the events in JSON that was printed."""
        return [event["id"] for event in json.loads(self.out)]


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Give a folder for the cache, so that the log that ships is read once."""
    return str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def run(monkeypatch, capsysbinary, kept):
    """Give `run(*words, **environment) -> Ended`, which runs the program as if it was typed."""
    for name in ("NKTIMELINE_LOG", "NKTIMELINE_TODAY", "COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", kept)

    def run(*words, **environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["nktimeline", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsysbinary.readouterr()
        return Ended(ended.value.code, out.decode(), err.decode())

    return run


@pytest.fixture
def tiny_run(run):
    """Give `run` on the tiny log."""
    return lambda *words, **environment: run(*words, NKTIMELINE_LOG=TINY, **environment)


@pytest.fixture
def found(tiny_run):
    """Give `found(*filters)`, the ids of the events in the tiny log that filters let through."""
    return lambda *words, **env: tiny_run("show", *words, "-q", "-f", "json", **env).events


@pytest.fixture
def file(tmp_path):
    """Give `file(text) -> path`."""

    def write(text, name="log.yaml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    return write


# -- help


@pytest.mark.parametrize("words", [[], ["-h"], ["--help"]])
def test_the_program_alone_prints_help_that_fits_on_a_screen(run, words):
    code, out, err = run(*words, COLUMNS="80")
    assert (code, err) == (0, "")
    assert out == run(COLUMNS="80").out
    lines = out.splitlines()
    assert len(lines) <= 23
    assert max(map(len, lines)) <= 80
    commands = out.partition("Commands:\n")[2].partition("\n\n")[0]
    assert "..." not in commands
    for command in COMMANDS:
        assert re.search(rf"^  (.*, )?{command}[ ,]", commands, re.MULTILINE), command
    examples = out.partition("Examples:\n")[2].splitlines()
    assert len(examples) == 3
    assert all(line.startswith("  nktimeline ") for line in examples)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_the_help_of_every_command_has_examples_and_options_in_groups(run, command, option):
    code, out, _ = run(command, option)
    assert code == 0
    assert f"Usage: nktimeline {command} " in out
    assert f"\nExamples:\n  nktimeline {command}" in out
    groups = re.findall(r"^(\w+):$", out, re.MULTILINE)
    assert groups[-2:] == ["Other", "Examples"]
    if command in LISTINGS:
        assert groups[:-2] == ["When", "Who", "What", "Evidence", "Order", "Output"]


def test_the_page_of_all_help_is_current(request):
    make = runpy.run_path(str(TESTS.parent / "docs" / "make.py"))
    if request.config.getoption("--update-golden"):
        make["PAGE"].write_text(make["page"](), encoding="utf-8")
    assert make["PAGE"].read_text(encoding="utf-8") == make["page"](), "run python docs/make.py"


def test_the_examples_in_help_work(run):
    for command in ("", *COMMANDS):
        for line in run(*command.split(), "-h").out.partition("Examples:\n")[2].splitlines():
            if ".yaml" in line:
                continue  # the reader's own
            words = line.partition(">")[0].split()[1:]
            ended = run(*words)
            assert (ended.code, bool(ended.out)) == (0, True), line


def test_the_version_is_said(run):
    assert run("--version") == (0, f"nktimeline {__version__}\n", "")


# -- which log


@pytest.mark.parametrize("words", [["--log", TINY, "show"], ["show", "--log", TINY]])
def test_the_log_is_named_before_or_after_the_command(run, words):
    assert run(*words).err == COUNT


def test_the_log_after_the_command_wins_over_the_one_before_and_the_environment(run, file):
    other = file(WARNED)
    assert run("--log", other, "show", "--log", TINY).err == COUNT
    assert run("show", "--log", TINY, NKTIMELINE_LOG=other).err == COUNT
    assert run("show").err == "1 of 1 events\n"


def test_the_log_that_ships_is_the_one_in_use_where_none_is_named(run):
    ended = run("show", "--since", "2023", "-f", "json")
    assert ended.code == 0
    assert len(ended.events) > 100
    assert all(event["last"] is None or event["last"] >= "2023" for event in json.loads(ended.out))


@pytest.mark.parametrize("words", [["--log", "-", "show"], ["show", "--log", "-"]])
def test_a_dash_is_standard_input(words):
    ended = subprocess.run(
        [sys.executable, "-m", "nktimeline", *words],
        input=Path(TINY).read_bytes(),
        capture_output=True,
        check=True,
        cwd=TESTS.parent,
    )
    assert ended.stderr == COUNT.encode()


def test_a_log_that_is_not_there_is_named(run):
    ended = run("--log", "/nowhere/\x1b[31m.yaml", "show")
    message = "nktimeline: /nowhere/\\x1b[31m.yaml: No such file or directory\n"
    assert ended == (1, "", message)


def test_a_log_that_is_a_folder_is_named(run, tmp_path):
    assert run("show", "--log", tmp_path) == (1, "", f"nktimeline: {tmp_path}: it is a folder\n")


def test_a_log_without_events_is_said_to_have_none(run, file):
    path = file("title: Nothing\nevents: []\n")
    assert run("show", "--log", path, "--no-footer") == (
        0,
        "| Date | Kind | Event | Actors | Sources | Id |\n| --- | --- | --- | --- | --- | --- |\n",
        f"{path} has no events\n0 of 0 events\n",
    )


@pytest.mark.parametrize("command", [*LISTINGS, "event"])
def test_a_broken_log_prints_its_errors_and_no_event(run, file, command):
    words = ["a"] if command in ("actor", "event") else []
    code, out, err = run(command, *words, "--log", file(BROKEN))
    assert (code, out) == (1, "")
    assert "log.yaml:4:19: error: '2023-02-30' is not in the calendar" in err
    assert "unknown source 'nobody' [unknown-source]" in err


def test_a_log_with_warnings_is_shown_without_a_word(run, file):
    assert run("show", "--log", file(WARNED)).err == "1 of 1 events\n"


def test_the_errors_of_a_log_are_printed_without_its_warnings(run, file):
    text = WARNED.replace("sources: [s]}", "sources: [s, nobody]}")
    code, _, err = run("show", "--log", file(text))
    assert code == 1
    assert "unknown-source" in err
    assert "warning" not in err


# -- filters


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ("--since 2023-07", "lamp-watch closed-strait last-lamp"),
        ("--until 2018", "ferry-runs first-chart guild-founded"),
        ("--since 2020-06-04 --until 2020-06-30", "four-days"),
        ("--on 2023-01-15", "lamps-lit toast"),
        ("--on 2023-01-15 --on 2024-02-29", "lamps-lit toast lamp-watch closed-strait last-lamp"),
        ("--actor kim-byeol", "spring-talks toast last-lamp"),
        ("-a kim-byeol -a the-quiet-coast -k talks", "spring-talks second-letter toast"),
        ("--actor kim-byeol --with zoe-angstrom --on 2019", "spring-talks"),
        ("--actor hanbit -w lantern-guild", "guild-founded four-days"),
        ("-w hanbit -w lantern-guild -w tidewater", "four-days"),
        ("--kind treaty --tag fog", "fog-treaty"),
        ("-k treaty -k talks -t tea", "four-days toast"),
        ("-t tea -t ferry", "ferry-runs four-days toast"),
        ("--place harbour", "draft-charter fog-treaty toast"),
        ("--status reported", "missing-pilot lights-out"),
        ("--status reported --status disputed -k incident", "quarter-toll lamp-theft lights-out"),
        ("--grep EVENING --tag tea", "toast"),
        ("-g horns -g silence", "fog-treaty"),
        ("-g angstrom -k treaty", "draft-charter"),
        ("-k treaty --not-tag lamps", "fog-treaty"),
        ("-k talks --not-actor tidewater", ""),
        ("-k talks --not-kind talks", ""),
        ("-t lamps --not-kind incident --not-actor hanbit", "draft-charter"),
    ],
)
def test_filters(found, filters, ids):
    assert found(*filters.split()) == ids.split()


def test_what_only_could_fall_inside_is_counted_and_can_be_left_out(tiny_run):
    ended = tiny_run("show", "--on", "2015", "--actor", "lantern-guild")
    assert ended.err == "1 of 18 events, 1 of them possible\n"
    assert "| ≈ 201X |" in ended.out
    assert (
        tiny_run("show", "--on", "2015", "-a", "lantern-guild", "--certain").err
        == "0 of 18 events\n"
    )


def test_nothing_that_matches_is_no_failure(tiny_run):
    code, out, err = tiny_run("show", "--since", "2030", "--certain", "-k", "passage", "-f", "csv")
    assert (code, len(out.splitlines()), err) == (0, 1, "0 of 18 events\n")


def test_spans_count_back_from_today(found):
    words = ["--since", "45d", "--kind", "passage"]
    assert found(*words, "--today", "2024-03-01") == ["last-lamp"]
    assert found(*words, NKTIMELINE_TODAY="2024-03-01") == ["last-lamp"]
    assert found(*words, "--today", "2023-02-01", NKTIMELINE_TODAY="2024-03-01") == [
        "lamps-lit",
        "last-lamp",
    ]
    assert found("--on", "today", "-k", "passage", "--today", "2024-02-29") == ["last-lamp"]
    assert found("--on", "yesterday", "-k", "passage", "--today", "2024-03-01") == ["last-lamp"]


def test_today_is_the_day_it_is_unless_said_otherwise(monkeypatch):
    class Day(date):
        @classmethod
        def today(cls):
            return cls(2024, 3, 1)

    monkeypatch.delenv("NKTIMELINE_TODAY", raising=False)
    monkeypatch.setattr(asking, "date", Day)
    assert asking.today_of(Common()) == date(2024, 3, 1)


def test_the_order_and_the_number_of_events(found, tiny_run):
    everything = found()
    assert len(everything) == 18
    assert found("--reverse") == found("-r") == everything[::-1]
    assert found("--limit", "2") == found("-n", "2") == everything[:2]
    assert found("-r", "-n", "3") == everything[::-1][:3]
    assert found("-n", "0") == []
    assert tiny_run("show", "-n", "2").err == COUNT.replace("\n", ", the first 2 shown\n")
    assert tiny_run("show", "-t", "tea", "-n", "1").err == "2 of 18 events, the first 1 shown\n"


@pytest.mark.parametrize("words", [["-q", "show"], ["show", "-q"], ["show", "--quiet"]])
def test_quiet_says_nothing_but_the_events(tiny_run, words):
    code, out, err = tiny_run(*words, "-f", "jsonl")
    assert (code, err) == (0, "")
    assert out.count("\n") == 18


# -- wrong usage


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["shwo"], "no such command: 'shwo'; did you mean 'show'?"),
        (["show", "--sicne", "2023"], "--since"),
        (["show", "-a", "tidewter"], "actor 'tidewter' is unknown; did you mean 'Tidewater'"),
        (["show", "-w", "hanbitt"], "actor 'hanbitt' is unknown; did you mean 'hanbit'"),
        (["show", "--not-actor", "hanbitt"], "did you mean 'hanbit'"),
        (["actor", "harbor office"], "did you mean 'Harbour Office'"),
        (["show", "-k", "taks"], "kind 'taks' is unknown; did you mean 'talks'?"),
        (["show", "--not-kind", "taks"], "did you mean 'talks'?"),
        (["show", "-t", "lampes"], "tag 'lampes' is unknown; did you mean 'lamps'?"),
        (["show", "--not-tag", "lampes"], "did you mean 'lamps'?"),
        (["show", "--status", "reportd"], "did you mean 'reported'"),
        (["event", "tost"], "event 'tost' is unknown; did you mean 'toast'?"),
        (["show", "-k", "zzz"], "kind 'zzz' is unknown\n"),
        (["show", "--since", "2023-13"], "'2023-13'"),
        (["show", "--since", ""], "'' is not a date we can read"),
        (["show", "--since", "2024", "--until", "2023"], "ends before it begins"),
        (["show", "--today", "2024"], "--today takes one day such as 2024-06-19, not '2024'"),
        (["show", "--today", "[2024-01-01,2024-01-02]"], "--today takes one day"),
        (["show", "--today", "x"], "'x' is not a date we can read"),
        (["show", "--today", ""], "'' is not a date we can read"),
        (["show", "--as-known", ""], "'' is not a date we can read"),
        (["stats", "--as-known", ""], "'' is not a date we can read"),
        (
            ["show", "--lag", "30"],
            "no such option: --lag; write --min-lag N, or --columns date,event,lag",
        ),
        (["show", "-n", "-1"], "-1 is not in the range x>=0"),
        (["show", "-f", "jsn"], "'jsn' is not one of 'table', 'timeline'"),
        (["stats", "-f", "timeline"], "'timeline' is not one of 'table', 'markdown'"),
        (["stats", "--by", "week"], "'week' is not one of 'year'"),
        (["show", "--color", "blue"], "'blue' is not one of 'auto'"),
        (["actor"], "Missing argument 'NAME...'"),
        (["event"], "Missing argument 'WHAT...'"),
        (["show", "2023-13"], "'2023-13' is not in the calendar"),
        (["show", "june", "19"], "'june 19' names no year; write "),
        (["check", "--explain", "unknwon-kind"], "did you mean 'unknown-kind'"),
        (["show", "-a", "\x1b[31m\x9b\u202e"], r"actor '\x1b[31m\x9b\u202e' is unknown"),
    ],
)
def test_wrong_usage_ends_with_2_and_the_nearest_right_word(tiny_run, words, message):
    code, out, err = tiny_run(*words)
    assert (code, out) == (2, "")
    assert message in err
    assert err.startswith("Usage: nktimeline ")
    assert err.endswith("\n")
    assert not err.endswith("\n\n")


# -- actor and event


@pytest.mark.parametrize("name", ["russia", "Moscow", "러시아", "россия", "KREMLIN"])
def test_an_actor_goes_by_any_of_its_names(run, name):
    expected = run("actor", "russia", "-q").out
    assert expected.startswith("## Russia\n")
    assert expected.count("\n| ") > 100
    ended = run("actor", name, "-q")
    assert (ended.code, ended.out == expected) == (0, True)


def test_an_actor_is_a_heading_of_facts_above_its_events(tiny_run):
    code, out, err = tiny_run("actor", "tidewater", "--kind", "talks")
    assert (code, err) == (0, "4 of 18 events\n")
    head, _, table = out.partition("\n\n| Date")
    assert head.startswith("## Republic of Tidewater\n\n*tidewater*\n")
    assert "- **first**: 2019-21 Talks over tea in spring" in head
    assert "- **kinds**: talks: 4" in head
    assert table.count("\n| 20") == 4


def test_several_actors_each_have_a_heading_above_the_events_of_any(tiny_run, found):
    names = ("kim-byeol", "The Quiet Coast", "kim-byeol")
    code, out, err = tiny_run("actor", *names, "-f", "table", "--ids")
    assert (code, err) == (0, "6 of 18 events\n")
    assert out.startswith("김별\nkim-byeol\n\n")
    assert out.count("\nThe Quiet Coast\nthe-quiet-coast\n") == 1
    assert out.count("kim-byeol\n\n") == 1
    assert found("-a", "kim-byeol", "-a", "the-quiet-coast") == [
        line.strip() for line in out.splitlines() if line.strip() in found()
    ]


@pytest.mark.parametrize("format", [name for name, one in FORMATS.items() if one.data])
def test_an_actor_in_a_format_for_programs_is_its_events_alone(tiny_run, format):
    one = tiny_run("actor", "tidewater", "-f", format, "--no-footer")
    other = tiny_run("show", "-a", "tidewater", "-f", format, "--no-footer")
    assert one == other


def test_an_actor_narrows_with_other_actors(tiny_run):
    ended = tiny_run("actor", "hanbit", "-a", "lantern-guild", "-w", "tidewater", "-f", "json")
    assert ended.events == ["four-days"]


def test_the_timeline_has_the_heading_too(tiny_run):
    out = tiny_run("actor", "lantern-guild", "-f", "timeline").out
    assert out.startswith("灯火組合\nlantern-guild\n\n")
    assert "2010s ┿" in out


def test_events_are_shown_in_full_in_the_order_asked_for(tiny_run):
    code, out, err = tiny_run("event", "toast", "four", "toast")
    assert (code, err) == (0, "event 'four' was taken as 'four-days'\n")
    assert [line for line in out.splitlines() if line.startswith("- **id**")] == [
        "- **id**: toast",
        "- **id**: four-days",
    ]


def test_an_event_in_a_format_without_entries_is_as_show_has_it(tiny_run):
    assert tiny_run("event", "toast", "-f", "json").events == ["toast"]
    assert tiny_run("event", "toast", "-f", "json").err == ""
    assert tiny_run("event", "toast", "-f", "timeline").out == (
        tiny_run("show", "-g", "toast is drunk", "-f", "timeline").out
    )


def test_one_format_looks_the_same_however_it_was_chosen(tiny_run):
    assert tiny_run("event", "toast", "-f", "markdown") == tiny_run("event", "toast")


def test_an_actor_of_several_words_needs_no_quotes(tiny_run):
    ended = tiny_run("actor", "the", "quiet", "coast")
    assert ended == tiny_run("actor", "the-quiet-coast")
    assert ended.code == 0


def test_an_event_is_found_by_date_and_words_too(tiny_run):
    code, out, err = tiny_run("event", "pilot", "boat", "--no-footer")
    assert (code, err) == (
        0, "taken as word 'pilot', word 'boat'\n'pilot' could also mean --actor pilot-service\n",
    )  # fmt: skip
    assert out == tiny_run("event", "missing-pilot", "--no-footer").out


def test_several_events_found_are_listed_with_their_ids(tiny_run):
    code, out, err = tiny_run("event", "2023-01-15", "--no-footer")
    assert (code, err) == (0, "2 of 18 events\ntaken as date 2023-01-15\n")
    assert out == tiny_run("show", "2023-01-15", "--no-footer").out
    assert "| lamps-lit |" in out
    assert "| toast |" in out


def test_the_beginning_of_several_ids_is_a_term(tiny_run):
    ended = tiny_run("event", "lamp", "-f", "json")
    assert ended.events == tiny_run("show", "lamp", "-f", "json").events
    assert {"lamp-theft", "lamps-lit", "lamp-watch"} < {*ended.events}


def test_several_words_that_no_event_has_are_no_failure(tiny_run):
    code, _, err = tiny_run("event", "toast", "zebra")
    assert code == 0
    assert err == (
        "0 of 18 events\ntaken as word 'toast', word 'zebra'\nwithout word 'zebra': 1 event\n"
        "no event has the word 'zebra'\n"
    )


# -- terms, and what is said of how they were taken


def test_terms_narrow_with_the_filters(tiny_run):
    code, out, err = tiny_run("show", "kim", "byeol", "tea", "--since", "2023", "-f", "json")
    assert (code, [event["id"] for event in json.loads(out)]) == (0, ["toast"])
    assert err == "1 of 18 events\ntaken as actor 김별, tag tea\n"
    assert tiny_run("show", "talks", "-q").err == ""
    assert "\ntaken as kind talks\n" in tiny_run("stats", "talks", "-f", "json").err


@pytest.mark.parametrize(
    ("words", "ids", "note"),
    [
        ("actors hafen", ["harbour-office"], "1 of 8 actors are named so"),
        ("actors republic tide", ["tidewater"], "1 of 8 actors are named so"),
        ("sources gazette 2020", ["gazette-2020"], "1 of 7 sources are named so"),
        ("kinds treaty", ["treaty"], "1 of 4 kinds are named so"),
        ("tags fer -k passage", ["ferry"], "1 of 2 tags are named so"),
        ("tags zebra", [], "0 of 5 tags are named so"),
    ],
)
def test_a_term_of_a_listing_picks_rows_by_their_names(tiny_run, words, ids, note):
    code, out, err = tiny_run(*words.split(), "-f", "json")
    assert (code, [row["id"] for row in json.loads(out)]) == (0, ids)
    assert err.splitlines()[1:] == [note]


def test_it_is_said_that_several_actors_are_either_and_what_both_would_give(tiny_run):
    note = "several -a mean any of them; -a kim-byeol -w hanbit means all, and finds 3"
    assert tiny_run("show", "-a", "kim byeol", "-a", "hanbit").err.splitlines()[1:] == [note]
    assert note not in tiny_run("show", "-a", "kim-byeol", "-a", "kim-byeol").err


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("show -t charte", "tag 'charte' was taken as 'charter'"),
        ("show -k tal", "kind 'tal' was taken as 'talks'"),
        ("show --not-actor hafe", "actor 'hafe' was taken as 'harbour-office'"),
        ("actor hafe", "actor 'hafe' was taken as 'harbour-office'"),
        ("show latest", "'latest': --reverse --limit 10 shows the latest ten events"),
    ],
)
def test_it_is_said_what_was_taken_for_something_else(tiny_run, words, note):
    assert note in tiny_run(*words.split()).err.splitlines()
    assert tiny_run(*words.split(), "-q").err == ""


def test_of_ambiguous_names_the_busiest_come_first(tiny_run):
    err = tiny_run("show", "-a", "ha").err
    assert "actor 'ha' is ambiguous: 한빛 군도 (hanbit), Harbour Office (harbour-office)" in err


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("show --from 2023", "no such option: --from; write --since DATE"),
        ("show --json", "no such option: --json; write --format json"),
        (
            "show --from 2022 --to=2023 --country x --from 2021",
            "no such options: --from, --to, --country; write --since DATE, --until DATE, "
            "--actor NAME",
        ),
        ("stats --last 10", "no such option: --last; write --reverse --limit N"),
        ("--since 2023 show", "write it after a command, as in 'nktimeline show --since'"),
        ("--json show", "no such option: --json; write --format json"),
        ("latest", "no such command: 'latest'; write show --reverse --limit 10"),
        ("search putin", "no such command: 'search'; write show TERM..."),
        ("missions", "no such command: 'missions'; write state missions-in-pyongyang"),
        ("vostochny", "no such command: 'vostochny'; to search for it, write it after 'show'"),
    ],
)
def test_what_other_programs_have_is_answered_with_what_does_it_here(tiny_run, words, answer):
    code, out, err = tiny_run(*words.split())
    assert (code, out) == (2, "")
    assert answer in err


def test_every_answer_names_a_command_or_option_that_there_is():
    options = {option for one in cli.commands.values() for p in one.params for option in p.opts}
    for answer in elsewhere.OPTIONS.values():
        assert re.findall(r"--[\w-]+", answer) or "no option" in answer
        assert {*re.findall(r"--[\w-]+", answer)} <= options, answer
    for answer in elsewhere.COMMANDS.values():
        assert answer.split()[0] in {*cli.commands, "--help"}, answer
        assert {*re.findall(r"--[\w-]+", answer)} <= {*options, "--help"}, answer
    assert not {*elsewhere.OPTIONS} & options
    assert not {*elsewhere.COMMANDS} & {*cli.commands}


# -- listings and counts


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("actors -n 2", [["tidewater", 12], ["hanbit", 10]]),
        ("actors --tag tea -r -n 1", [["kim-byeol", 1]]),
        ("sources --tag tea", [["gazette-2020", 1], ["gazette-2023", 1]]),
        ("kinds --until 2018 --certain", [["passage", 2]]),
        ("kinds -r -n 1", [["treaty", 4]]),
        ("tags -k treaty", [["lamps", 3], ["charter", 2], ["fog", 1]]),
        ("stats -k treaty", [["2018", 0], ["2019", 1], ["2020", 1], ["2021", 0], ["2022", 0]]),
        ("stats --by quarter -t tea --since 2020Q2 -n 1", [["2020Q2", 1]]),
        ("stats --by month -t tea --until 2023-01 -r -n 1", [["2023-01", 1]]),
        ("stats --by actor -n 1", [["Republic of Tidewater", 12]]),
        ("stats --by kind -n 1", [["passage", 5]]),
        ("stats --by place -n 1", [["Glass Sea", 3]]),
    ],
)
def test_counts_over_the_events_that_filters_let_through(tiny_run, words, rows):
    code, out, err = tiny_run(*words.split(), "-f", "json")
    assert code == 0
    found = [[*row.values()] for row in json.loads(out)]
    cut = rf", the first {len(found)} of [0-9]+ rows shown" if "-n" in words else ""
    doubts = "(, [0-9]+ (of them possible|reported|disputed))*"
    caution = "these are counts of .*" if words.startswith("stats") else ""
    without = "([0-9]+ of the events ha(s|ve) no (place|actor).*\n)?"
    assert re.fullmatch(rf"[0-9]+ of 18 events{doubts}{cut}\n({caution}\n)?{without}", err)
    assert [[row[0], row[-1]] for row in found][: len(rows)] == rows


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("--place Glas-Sea", "no event is at a place named 'Glas-Sea'; did you mean 'Glass Sea'?"),
        ("--on 2024-02-29 --tag tea --not-kind incident --kind incident", None),
    ],
)
def test_where_nothing_is_found_the_likely_reason_is_said(tiny_run, words, reason):
    code, _, err = tiny_run("show", *words.split())
    assert code == 0
    count, *reasons = err.splitlines()
    assert count.startswith("0 of 18 events")
    assert reasons == ([reason] if reason else [])
    assert tiny_run("show", *words.split(), "-q").err == ""


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_prints_events_and_those_with_counts_print_counts(tiny_run, name):
    ended = tiny_run("show", "toast", "-f", name)
    said = "a reader writes" if FORMATS[name].sources else "A toast is drunk"
    assert (ended.code, said in ended.out) == (0, True)
    assert tiny_run("show", "zebra", "-f", name).code == 0
    for command in ("actors", "sources", "kinds", "tags", "stats"):
        assert tiny_run(command, "-f", name).code == (0 if FORMATS[name].counts else 2)


@pytest.mark.parametrize("command", ["actors", "sources", "kinds", "tags", "stats"])
def test_listings_print_markdown_where_nobody_looks(tiny_run, command):
    head, line, *rows = tiny_run(command).out.splitlines()
    assert head.startswith("| ")
    assert head.endswith(" Events |")
    assert line.endswith(" --: |")
    assert rows


# -- output


@pytest.mark.parametrize(
    ("suffix", "first"),
    [
        (".md", "| Date"),
        (".markdown", "| Date"),
        (".MD", "| Date"),
        (".json", "["),
        (".jsonl", '{"id": "ferry-runs"'),
        (".ndjson", '{"id": "ferry-runs"'),
        (".csv", "id,date,first"),
        (".txt", "Date            Event\n"),
        ("", "| Date"),
    ],
)
def test_the_suffix_of_the_output_picks_its_format(tiny_run, tmp_path, suffix, first):
    path = tmp_path / f"events{suffix}"
    code, out, err = tiny_run("show", "-o", path)
    assert (code, out, err) == (0, "", COUNT)
    assert path.read_text(encoding="utf-8").startswith(first)


def test_a_suffix_that_no_format_has_is_wrong_usage(tiny_run, tmp_path):
    code, out, err = tiny_run("show", "-o", tmp_path / "events.xlsx")
    assert (code, out) == (2, "")
    assert "no format has the suffix '.xlsx'; use .txt, .md" in err
    assert not (tmp_path / "events.xlsx").exists()


def test_a_dash_as_output_is_standard_output(tiny_run):
    assert tiny_run("show", "-o", "-").out == tiny_run("show").out


@pytest.mark.parametrize(("words", "stream"), [("show -q", "err"), ("check -q", "out")])
def test_quiet_silences_counts_and_hints_but_no_errors(run, file, words, stream):
    ended = run("--log", file(BROKEN), *words.split())
    assert ended.code == 1
    assert "unknown source 'nobody'" in getattr(ended, stream)


@pytest.mark.parametrize(
    ("words", "offer"),
    [
        (["show", "-f", "jsn"], "did you mean 'json'?"),
        (["stats", "--by", "yaer"], "did you mean 'year'?"),
        (["check", "-f", "githb"], "did you mean 'github'?"),
    ],
)
def test_a_wrong_choice_is_offered_the_nearest(tiny_run, words, offer):
    assert offer in tiny_run(*words).err


def test_the_format_that_was_asked_for_wins_over_the_suffix(tiny_run, tmp_path):
    path = tmp_path / "events.json"
    tiny_run("show", "--output", path, "--format", "csv")
    assert path.read_text(encoding="utf-8").startswith("id,date")


def test_an_event_in_full_and_counts_can_be_saved(tiny_run, tmp_path):
    tiny_run("event", "toast", "-o", tmp_path / "toast.md")
    assert (tmp_path / "toast.md").read_text(encoding="utf-8").startswith("## A toast is drunk")
    tiny_run("event", "toast", "-o", tmp_path / "toast.txt")
    assert (tmp_path / "toast.txt").read_text(encoding="utf-8").startswith("A toast is drunk")
    tiny_run("event", "toast", "-o", tmp_path / "toast.json")
    assert json.loads((tmp_path / "toast.json").read_text(encoding="utf-8"))[0]["id"] == "toast"
    tiny_run("stats", "-o", tmp_path / "stats.csv")
    with (tmp_path / "stats.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == ["year", "events"]


def test_a_file_that_cannot_be_written_is_named(tiny_run, tmp_path):
    path = tmp_path / "no" / "such.md"
    assert tiny_run("show", "-o", path) == (
        1,
        "",
        f"nktimeline: {path}: No such file or directory\n",
    )


def test_whether_a_file_can_be_read_is_told_by_reading_it(run, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    assert run("show", "--log", TINY, "-o", tmp_path / "events.md").code == 0
    assert run("check", TINY).code == 0
    assert run("show", "--log", tmp_path).code == 1


def test_what_is_saved_is_neither_coloured_nor_cut_to_what_the_terminal_can_do(tiny_run, tmp_path):
    path = tmp_path / "events.txt"
    tiny_run("show", "-f", "timeline", "-o", path)
    assert "┿" in path.read_text(encoding="utf-8")
    tiny_run("show", "-f", "timeline", "-o", path, "--ascii")
    assert "┿" not in path.read_text(encoding="utf-8")
    tiny_run("show", "-f", "timeline", "-o", path, "--color", "always")
    assert "\x1b[1m" in path.read_text(encoding="utf-8")


def test_an_old_file_stays_where_the_log_is_broken(run, file, tmp_path):
    path = tmp_path / "events.md"
    path.write_text("old", encoding="utf-8")
    assert run("show", "--log", file(BROKEN), "-o", path).code == 1
    assert path.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize(
    ("color", "colored"), [("always", True), ("never", False), ("auto", False)]
)
def test_colour_on_demand(tiny_run, color, colored):
    for name, format in FORMATS.items():
        out = tiny_run("show", "-f", name, "--color", color).out
        assert ("\x1b" in out) is (colored and format.laid_out), name


def test_the_cache_can_be_left_alone(run, tmp_path):
    words = ("show", "--log", TINY)
    before = run(*words, "--no-cache", XDG_CACHE_HOME=str(tmp_path))
    assert list(tmp_path.iterdir()) == []
    assert run(*words) == before
    assert list(tmp_path.rglob("nktimeline/*"))
    assert run("--no-cache", *words) == before


# -- check


def test_check_is_silent_about_a_sound_log(run):
    assert run("check", TINY) == (0, "", "")
    assert run("check", "--strict", TINY, TINY) == (0, "", "")
    assert run("check", "--log", TINY) == (0, "", "")
    assert run("--log", TINY, "check", "-f", "github") == (0, "", "")
    assert run("check", TINY, "-f", "json") == (0, "[]\n", "")


def test_check_lists_every_problem_with_its_place(run, file):
    path = file(BROKEN)
    code, out, err = run("check", path)
    assert (code, err) == (1, "")
    assert out.startswith(f"{path}:4:19: error: '2023-02-30' is not in the calendar")
    assert f"{path}:4:64: error: unknown source 'nobody' [unknown-source]\n" in out
    assert "  - {id: a, date: 2023-02-30, title: A, kind: visit, sources: [nobody]}\n" in out


def test_check_counts_warnings_only_when_it_is_strict(run, file):
    path = file(WARNED)
    code, out, _ = run("check", path)
    assert (code, out.count(": warning: ")) == (0, 1)
    assert run("check", "--strict", path).code == 1


def test_check_takes_several_files(run, file):
    code, out, _ = run("check", file(BROKEN, "one.yaml"), TINY, file(WARNED, "two.yaml"))
    assert code == 1
    assert "one.yaml:4:" in out
    assert "two.yaml:2:" in out


def test_check_prints_objects_for_programs(run, file):
    path = file(BROKEN.replace("title: A,", "title: 김,"))
    code, out, _ = run("check", path, "-f", "json")
    rows = json.loads(out)
    assert code == 1
    assert [row["code"] for row in rows] == ["bad-date", "unknown-source"]
    assert rows[1] == {
        "file": path,
        "line": 4,
        "column": 64,
        "level": "error",
        "code": "unknown-source",
        "message": "unknown source 'nobody'",
        "hint": "",
    }


def test_check_gives_programs_one_array_for_all_logs_quiet_or_not(run, file):
    paths = [file(BROKEN), file(WARNED, "other.yaml")]
    for words in ([], ["-q"]):
        code, out, err = run("check", *paths, "-f", "json", *words)
        assert (code, err) == (1, "")
        assert {row["file"] for row in json.loads(out)} == set(paths)


def test_check_prints_annotations_for_github(run, file):
    path = file(WARNED)
    message = "no event is of the kind 'spare' [unused-kind]"
    out = run("check", path, "--format", "github").out
    assert out == f"::warning file={path},line=2,col=32::{message}\n"


def test_check_explains_a_rule(run):
    code, out, err = run("check", "--explain", "unknown-kind")
    assert (code, err) == (0, "")
    assert out == "unknown-kind: Every event's kind is in the log's table of kinds.\n"
    assert run("check", "--explain", "duplicate-k").out.startswith("duplicate-key: ")


MISSING = "nktimeline: nowhere.yaml: No such file or directory\n"


def test_check_names_a_file_that_is_not_there_and_goes_on(run, file):
    path = file(BROKEN)
    assert run("check", "nowhere.yaml") == (1, "", MISSING)
    assert run("check", "nowhere.yaml", TINY) == (1, "", MISSING)
    code, out, err = run("check", "nowhere.yaml", path)
    assert (code, err) == (1, MISSING)
    assert out == run("check", path).out


def test_check_always_prints_whole_json(run, file):
    path = file(BROKEN)
    assert run("check", "nowhere.yaml", "-f", "json") == (1, "[]\n", MISSING)
    assert run("check", path, "nowhere.yaml", "-f", "json").out == (
        run("check", path, "-f", "json").out
    )


# -- every option is everywhere


@pytest.mark.parametrize("command", LISTINGS)
def test_commands_that_list_events_share_their_options(command):
    options = {name for param in cli.commands[command].params for name in param.opts}
    assert options >= {
        "--since", "--until", "--on", "--actor", "-a", "--with", "-w", "--kind", "-k", "--tag",
        "-t", "--place", "--status", "--grep", "-g", "--certain", "--not-actor", "--not-kind",
        "--not-tag", "--today", "--reverse", "-r", "--limit", "-n", "--format", "-f", "--output",
        "-o", "--color", "--pager", "--ascii", "--log", "--no-cache", "--quiet", "-q",
    }  # fmt: skip


# -- how a run ends


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (KeyboardInterrupt(), 130, ""),
        (click.exceptions.Abort(), 130, ""),
        (BrokenPipeError(), 141, ""),
        (MemoryError(), 1, "nktimeline: not enough memory for this log\n"),
        (OSError(28, "No space left"), 1, "nktimeline: cannot write: No space left\n"),
        (OSError(2, "Not there", "a\x1b"), 1, "nktimeline: a\\x1b: Not there\n"),
        (OSError("odd"), 1, "nktimeline: cannot write: odd\n"),
        (click.ClickException("no \x1b good"), 1, "Error: no \\x1b good\n"),
        (click.UsageError("no good"), 2, "Error: no good\n"),
    ],
)
def test_nothing_leaves_the_program_as_a_traceback(capsys, error, code, message):
    def fail():
        raise error

    assert streams.run(fail) == code
    assert capsys.readouterr().err == message


def test_a_run_ends_with_the_code_it_gives():
    assert streams.run(lambda: 3) == 3
    assert streams.run(lambda: None) == 0


def test_an_exit_of_somebody_elses_passes():
    with pytest.raises(SystemExit):
        streams.run(lambda: sys.exit(5))


@pytest.fixture
def entered(monkeypatch):
    """Give `entered(*words) -> code`: what the entry ends with, without ending the tests."""
    monkeypatch.setattr("os._exit", sys.exit)

    def enter(*words):
        monkeypatch.setattr(sys, "argv", ["nktimeline", *words])
        monkeypatch.delitem(sys.modules, "nktimeline.__main__", raising=False)
        try:
            with pytest.raises(SystemExit) as ended:
                runpy.run_module("nktimeline", run_name="__main__")
        finally:
            gc.enable()
        return ended.value.code

    return enter


def test_an_interrupt_while_the_program_is_loaded_ends_it_quietly(entered, monkeypatch, capsys):
    class Interrupted(ModuleType):
        def __getattr__(self, name):
            raise KeyboardInterrupt if name == "main" else AttributeError

    monkeypatch.setitem(sys.modules, "nktimeline.cli", Interrupted("nktimeline.cli"))
    assert entered("--version") == 130
    assert capsys.readouterr() == ("", "")


def test_the_entry_runs_the_command_line(entered, capsys):
    assert entered("--version") == 0
    assert capsys.readouterr().out == f"nktimeline {__version__}\n"
    assert entered("--nothing") == 2
