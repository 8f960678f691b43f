"""The footer: which log and question a page is from, and a command that gives the same again."""

import html
import random
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from nktimeline import __version__
from nktimeline.cli import cli, main
from nktimeline.cli.footer import LEFT_OUT
from nktimeline.cli.parameters import Option
from nktimeline.render import FORMATS

TESTS = Path(__file__).parent
TINY = TESTS / "tiny.yaml"
TODAY = "2024-03-31"
CITED = [format.name for format in FORMATS.values() if format.footer]


class Refused(Exception):
    """Wrong usage."""


@pytest.fixture
def run(monkeypatch, capsysbinary, tmp_path):
    """Return `run(*words, **environment) -> bytes`, what the program writes to standard output."""
    monkeypatch.delenv("NKTIMELINE_LOG", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def run(*words, **environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["nktimeline", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsysbinary.readouterr()
        if ended.value.code == 2:
            raise Refused(err.decode())
        assert ended.value.code == 0, err.decode()
        return out

    return run


def command(out):
    """Return the words of the command at the end of a page, without the ticks of its code span."""
    last = out.decode().split("\n")[-2]
    ticks = len(last) - len(last.lstrip("`"))
    text = last[ticks:-ticks]
    return shlex.split(text.strip(" ") if "`" in text else text)


# -- what it says


def test_a_page_ends_with_its_log_its_counts_and_its_command(run):
    out = run("show", "-a", "hanbit", "--since", "2023", "-f", "md", "--log", TINY, "-q")
    hashed = subprocess.run(
        ["git", "hash-object", str(TINY)], check=True, capture_output=True, text=True
    )
    blank, about, blank_too, typed, end = out.decode().split("\n")[-5:]
    assert blank == blank_too == end == ""
    assert about == (
        f"nktimeline {__version__} · log swh:1:cnt:{hashed.stdout.strip()} · 4 of 18 events · "
        "coverage to 2024-03-31"
    )
    assert typed == (
        f"`nktimeline show --log {TINY} --since 2023 --actor hanbit --format markdown`"
    )


def test_the_log_that_ships_has_its_licence_and_needs_no_path(run):
    *_, about, _, typed, _ = run("kinds", "-n", "1", "-f", "markdown").decode().split("\n")
    assert about.endswith(" · coverage to 2026-04-09 · CC BY 4.0")
    assert typed == "`nktimeline kinds --limit 1 --format markdown`"


def test_coverage_is_told_and_ends_with_what_was_known(run):
    assert "18 of 18 events · coverage to 2024-03-31\n" in run("show", "--log", TINY).decode()
    asked = run("show", "--log", TINY, "--as-known", "2021-06-01")
    assert "10 of 10 events · coverage to 2021-06-01\n" in asked.decode()
    assert command(asked)[-4:] == ["--as-known", "2021-06-01", "--format", "markdown"]


def test_without_declared_coverage_the_last_event_ends_it(run, tmp_path):
    log = tmp_path / "log.yaml"
    log.write_text(
        "title: T\nkinds: {k: K}\nsources: {s: {title: T, publisher: P}}\n"
        "events: [{id: e, date: 2023-05, title: E, kind: k, sources: [s]}]\n"
    )
    assert "1 of 1 events · coverage to 2023-05-31\n" in run("show", "--log", log).decode()


def test_no_footer_is_wanted(run):
    whole = run("show", "--log", TINY)
    bare = run("show", "--log", TINY, "--no-footer")
    assert whole.startswith(bare)
    assert b"swh:" not in bare


@pytest.mark.parametrize("format", FORMATS)
def test_formats_that_have_no_footer_say_nothing_of_the_log(run, format):
    out = run("show", "toast", "--log", TINY, "-f", format)
    assert (b"swh:1:cnt:" in out) is (format in CITED)


def test_a_log_on_standard_input_has_a_hash_and_no_command(run, monkeypatch):
    monkeypatch.setattr("os.fdopen", lambda *_, **__: TINY.open("rb"))
    out = run("show", "--log", "-")
    assert out.rstrip(b"\n").split(b"\n")[-1].startswith(b"nktimeline ")
    assert b"swh:1:cnt:" in out


def test_what_cannot_be_typed_in_a_line_has_no_command(run):
    out = run("show", "--log", TINY, "--grep", "a\x1b[31mb")
    assert out.rstrip(b"\n").split(b"\n")[-1].startswith(b"nktimeline ")


def test_ticks_in_a_command_do_not_end_its_code_span(run):
    out = run("show", "--log", TINY, "--grep", "a``b`")
    assert out.endswith(b"--grep 'a``b`' --format markdown```\n")


# -- what the command holds


def test_names_are_ids_and_relative_dates_are_days(run):
    out = run(
        "show", "-w", "The Republic", "-k", "TALKS", "--since", "1y", "--until", "last month",
        "--log", TINY, "--today", TODAY, "-q",
    )  # fmt: skip
    assert command(out)[4:] == [
        "--since", "2023-03-31", "--until", "2024-02-01/2024-02-29", "--with", "tidewater",
        "--kind", "talks", "--format", "markdown",
    ]  # fmt: skip


def test_terms_are_written_as_ids_where_they_mean_the_same(run):
    out = run("show", "The", "Republic", "last", "year", "lamp", "--log", TINY, "--today", TODAY)
    assert command(out)[1:5] == ["show", "tidewater", "2023-01-01/2023-12-31", "lamp"]


def test_terms_whose_ids_mean_something_else_stay_as_they_were_with_the_day(run, tmp_path):
    log = tmp_path / "log.yaml"
    log.write_text(
        "title: T\nkinds: {k: K}\nactors:\n  a: {name: Xavier}\n  b: {name: Yolanda}\n"
        "  c: {name: A B}\nsources: {s: {title: T, publisher: P}}\nevents:\n"
        "  - {id: e, date: 2023, title: E, kind: k, actors: [a, b, c], sources: [s]}\n"
    )
    out = run("show", "Xavier", "Yolanda", "--log", log, "--today", TODAY)
    assert command(out)[1:4] == ["show", "Xavier", "Yolanda"]
    assert command(out)[-4:] == ["--today", TODAY, "--format", "markdown"]
    assert run(*command(out)[1:]) == out


def test_the_log_of_the_environment_is_named(run):
    out = run("show", NKTIMELINE_LOG=str(TINY))
    assert command(out) == ["nktimeline", "show", "--log", str(TINY), "--format", "markdown"]


def test_options_that_change_nothing_of_a_page_are_known():
    options = {
        param.name
        for command in cli.commands.values()
        for param in command.params
        if isinstance(param, Option)
    }
    assert options | {"version"} >= LEFT_OUT


# -- the same question again

WORDS = (
    "hanbit", "The Republic", "Kim Byeol", "the", "pilot", "lamps", "talks", "TEA", "2023",
    "Jan 2023", "last year", "2019-21", "201X", "it's", "`lamp`", "$HOME", "-lamp",
    "*fog*", "[Draft]", "한빛 군도", "灯火組合", "lamp|night", "\\",
    '"', "harbour office", "2020-02-03", "XXXX-01-15",
)  # fmt: skip
DATES = (
    "2023", "2023-01", "90d", "5y", "last month", "Jan 2023", "13 Sep 2020", "2019..2021",
    "2020-09~", "[2020-02-03,2020-02-10]", "201X", "2023Q1", "2019-21", "../2019", "3 months ago",
)  # fmt: skip
VALUES = {
    "--since": DATES, "--until": DATES, "--on": (*DATES, "XXXX-01-15", "xxxx-06"),
    "--actor": ("The Republic", "hanbit isles", "lg", "灯火組合", "Zoe"),
    "--with": ("pilot", "Kim Byeol"), "--not-actor": ("quiet coast",),
    "--kind": ("talks", "PASSAGE"), "--not-kind": ("treaty",),
    "--tag": ("tea", "lamp"), "--not-tag": ("fog",), "--place": ("harbour", "한빛", "it's"),
    "--grep": ("lamp", "-x", "`", "$(date)", "four days", "&amp;"),
    "--status": ("reported", "conf"), "--source": ("gazette", "Zoë Ångström", "hanbit"),
    "--origin": ("tidewater press", "hanbit"),
    "--only-origin": ("gazette",), "--min-origins": ("1", "2"), "--max-origins": ("1",),
    "--min-lag": ("1", "30"),
    "--as-known": ("2023", "1y", "last month"), "--limit": ("0", "1", "5"),
    "--certain": (), "--reverse": (), "--ascii": (),
}  # fmt: skip
COMMANDS = (
    ("show",), ("actor", "Hafenamt", "hanbit isles"), ("actor", "kim byeol"), ("actors",),
    ("kinds",), ("sources",), ("tags",), ("stats",), ("stats", "--by", "month"),
    ("stats", "--by", "actor"),
)  # fmt: skip
ONCE = ("--as-known", "--limit")


def question(dice):
    """Return a question at random: a command, options, and terms where it takes some."""
    name, *words = dice.choice(COMMANDS)
    options = dice.sample([*VALUES], dice.choice((0, 1, 1, 2, 3)))
    for option in options:
        for _ in range(1 if option in ONCE or not VALUES[option] else dice.choice((1, 1, 2))):
            words += [f"{option}={dice.choice(VALUES[option])}"] if VALUES[option] else [option]
    terms = dice.sample(WORDS, dice.choice((0, 1, 1, 2, 3))) if name != "actor" else ()
    return [name, *words, "--", *terms]


def page(run, seed):
    """Return what a question gives; nothing where it is wrong usage."""
    try:
        return run(*question(random.Random(seed)), NKTIMELINE_LOG=str(TINY), NKTIMELINE_TODAY=TODAY)
    except Refused:
        return b""


@pytest.mark.parametrize(
    "seed", [*range(20), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(20, 130))]
)
def test_the_command_gives_the_same_bytes_again_on_another_day(run, seed, monkeypatch, tmp_path):
    if out := page(run, seed):
        monkeypatch.delenv("NKTIMELINE_LOG")
        monkeypatch.chdir(tmp_path)
        assert run(*command(out)[1:], NKTIMELINE_TODAY="2031-05-06") == out


def test_most_of_these_questions_are_good_ones(run):
    assert sum(bool(page(run, seed)) for seed in range(0, 130, 5)) > 18


@pytest.mark.parametrize(
    "words",
    [
        ["-f", "list"],
        ["-f", "svg"],
        ["--columns", "date,id,event"],
        ["-f", "list", "--ascii", "--since", "5y", "--reverse"],
    ],
)
def test_every_format_with_a_footer_gives_the_same_bytes_again(run, words, tmp_path):
    short = tmp_path / "t.yaml"  # the picture breaks longer commands
    short.write_bytes(TINY.read_bytes())
    out = run("show", "tea", *words, "--log", short, "--today", TODAY)
    typed = re.findall(r"nktimeline show [^`<]*", out.decode())[-1]
    assert run(*shlex.split(html.unescape(typed))[1:]) == out


@pytest.mark.parametrize(
    "words", [["toast"], ["toast", "lamps"], ["lamp", "2023"], ["first-ch"], ["last-lamp", "toast"]]
)
def test_events_in_full_are_found_again(run, words):
    out = run("event", *words, "--log", TINY, "--today", TODAY)
    assert run(*command(out)[1:]) == out


@pytest.mark.parametrize(
    ("words", "settled"),
    [
        (["lamps"], ["lamps", "--on", "2024-03-31"]),
        (["--on", "3 months ago"], ["--on", "2023-12-31"]),
        (["-a", "The Republic", "--state", "OPEN"], ["--actor", "tidewater", "--state", "open"]),
        (["--state", "not known", "--as-known", "2021"], ["--as-known", "2021-12-31"]),
        (["--on", "2021-05-05", "-f", "html"], ["--on", "2021-05-05"]),
    ],
)
def test_what_stood_on_a_day_is_found_again(run, words, settled):
    out = run("state", *words, "--log", TINY, "--today", TODAY)
    (typed,) = re.findall(r"[`>](nktimeline state [^`<]*)", out.decode())
    again = shlex.split(html.unescape(typed))[1:]
    assert " ".join(settled) in " ".join(again)
    assert run(*again, NKTIMELINE_TODAY="2031-05-06") == out
    assert " of 5 things that the log follows · coverage to " in out.decode()
