"""What was known by a day: nothing of what came later is shown, by any command in any format."""

import json
import sys
from datetime import date, timedelta

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nktimeline.cli import cli, main
from nktimeline.dates import parse
from nktimeline.evidence import as_known, known, origins, undated
from nktimeline.model import Actor, Event, Log, Source
from nktimeline.query import Filters, query, settle
from nktimeline.render import FORMATS

MARKED = """\
title: A log
coverage: 2031-01-01/2031-12-31
kinds: {visit: A visit, talks: Some talks}
actors:
  ruritania: {name: Ruritania, aliases: [The Kingdom]}
  strelsau: {name: Strelsau}
  marker-person: {name: Marker Person, of: ruritania, aliases: [Marker]}
standings:
  missions:
    name: Missions
    states: [open, closed]
    members: {zenda: {name: Mission in Zenda, of: ruritania}}
lists:
  - {on: 2031-05-02, of: missions, is: open, by: strelsau, members: [zenda], sources: [early-1],
    note: The marker of a list}
  - {on: 2031-05-02, of: missions, is: closed, by: marker-person, members: [zenda],
    sources: [late-marker]}
sources:
  early-1: {title: Early, publisher: The Gazette, published: 2031-05-02, url: "https://a.example/1"}
  late-marker:
    title: Marker of a later page
    publisher: Marker Press
    author: Ann Marker
    published: 2031-06
    url: https://marker.example/1
    language: ko
    relays: marker-person
  undated-marker: {title: Marker undated, publisher: Marker Post, url: "https://a.example/marker"}
events:
  - id: bridge-opens
    date: 2031-05-01
    title: The bridge opens
    kind: visit
    actors: [ruritania, strelsau]
    place: Zenda
    summary: The marker stands in a summary.
    note: A marker of a note.
    sources: [early-1, late-marker, undated-marker]
    tags: [bridges]
    related: [marker-talks]
  - id: marker-talks
    date: 2031-05-02
    title: Marker talks
    kind: talks
    actors: [marker-person, strelsau]
    guests: [marker-person]
    place: Marker Hill
    summary: Marker.
    sources: [late-marker]
    tags: [marker-tag]
    sets: {zenda: closed}
    related: [bridge-opens]
  - id: marker-undated
    date: 2031-05-02
    title: Marker without a dated page
    kind: talks
    actors: [marker-person]
    sources: [undated-marker]
"""
OLD = MARKED.replace("The bridge opens", "A bridge opens").replace(
    "The marker stands", "Markers stand"
)
QUESTIONS = {
    "show": ((), ("bridge",), ("zenda",)),
    "actor": (("ruritania",), ("strelsau",)),
    "event": (("bridge-opens",), ("bridge",), ("2031-05-01",)),
    "actors": ((), ("ruritania",)),
    "sources": ((),),
    "kinds": ((),),
    "tags": ((),),
    "state": ((), ("--on", "2031-05-02")),
    "diff": (("old.yaml",), ("old.yaml", "--added", "--wording")),
    "gaps": ((), ("--min", "1d")),
    "stats": ((), *(("--by", by) for by in ("year", "quarter", "month", "actor", "kind", "place"))),
}


@pytest.fixture
def run(monkeypatch, capsysbinary, tmp_path):
    """Return `run(*words) -> (code, out, err)`, on the log with markers."""
    path = tmp_path / "log.yaml"
    path.write_text(MARKED, encoding="utf-8")
    (tmp_path / "old.yaml").write_text(OLD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("NKTIMELINE_TODAY", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NKTIMELINE_LOG", str(path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["nktimeline", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsysbinary.readouterr()
        return ended.value.code, out.decode(), err.decode()

    return run


def takers():
    """Return the names of the commands that can be asked what was known."""
    return [
        name
        for name, command in cli.commands.items()
        if any("--as-known" in param.opts for param in command.params)
    ]


def formats(name):
    """Return the formats of a command."""
    (option,) = (param for param in cli.commands[name].params if param.name == "format")
    assert isinstance(option.type, click.Choice)
    return option.type.choices


def test_every_command_that_lists_or_counts_can_be_asked_what_was_known():
    assert {*QUESTIONS} == {*takers()}
    assert {format for name in QUESTIONS for format in formats(name)} >= {*FORMATS}


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_came_later_is_in_no_command_and_no_format(run, name):
    for words in QUESTIONS[name]:
        for format in formats(name):
            question = (name, *words, "--as-known", "2031-05", "--format", format)
            code, out, err = run(*question)
            assert code == 0, err
            assert out
            assert "marker" not in out.lower(), question
            assert "marker" not in err.lower(), question
            assert "2031-06" not in out


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_same_markers_are_found_once_all_is_known(run, name):
    found = [run(name, *words, "--as-known", "2031-06", "-f", "json") for words in QUESTIONS[name]]
    told = ("kinds", "stats", "state", "diff", "gaps")  # these tell no text that came later
    assert any("marker" in out.lower() for _, out, _ in found) or name in told


def test_texts_that_came_later_are_not_searched(run):
    for words in (["marker"], ["--grep", "marker"], ["--grep", "stands in a summary"]):
        _, out, err = run("show", *words, "--as-known", "2031-05", "-f", "json")
        assert out == "[]\n"
        assert err.startswith("0 of 1 events\n")


@pytest.mark.parametrize(
    "words",
    [
        ["--actor", "marker"],
        ["--origin", "Marker Press"],
        ["--source", "marker"],
        ["--tag", "marker-tag"],
        ["--tag", "marker"],
    ],
)
def test_a_name_that_came_later_is_unknown_and_never_offered(run, words):
    code, out, err = run("show", *words, "--as-known", "2031-05")
    assert (code, out) == (2, "")
    assert "as known on 2031-05-31: " in err
    assert "unknown\n" in err


@pytest.mark.parametrize("words", [["actor", "marker"], ["event", "marker-talks"]])
def test_an_actor_or_event_that_came_later_is_unknown_too(run, words):
    code, out, err = run(*words, "--as-known", "2031-05")
    assert (code, out) == (2, "")
    assert "as known on 2031-05-31: " in err


def test_known_and_origins_are_those_of_the_sources_that_are_left(run):
    _, out, _ = run("event", "bridge-opens", "--as-known", "2031-05-02", "-f", "json")
    (event,) = json.loads(out)
    assert [page["id"] for page in event["sources"]] == ["early-1"]
    assert event["origins"] == ["The Gazette"]
    assert (event["known"], event["known_by"], event["lag"]) == ("2031-05-02", "early-1", 1)
    assert event["summary"] is event["note"] is None
    assert event["related"] == []


def test_notes_say_what_is_of_today_and_what_is_left_out(run):
    _, _, err = run("show", "--as-known", "2031-05")
    assert err.splitlines() == [
        "1 of 1 events",
        "this was known by 2031-05-31; titles, statuses, tags and levels are those of today",
        "no dated page reports 1 of the log's events until then; they are left out",
    ]
    assert run("show", "--as-known", "2031-05", "-q")[2] == ""


def test_the_day_is_taken_for_today_unless_one_is_given(run):
    def found(*words):
        return [event["id"] for event in json.loads(run("show", *words, "-f", "json")[1])]

    assert found("--on", "1d", "--as-known", "2031-05-02") == ["bridge-opens"]
    assert found("--on", "1d", "--as-known", "2031-05-03") == []
    assert found("--on", "1d", "--as-known", "2031-05-03", "--today", "2031-05-02") == [
        "bridge-opens"
    ]
    assert found("--as-known", "yesterday", "--today", "2031-05-03") == ["bridge-opens"]
    assert found("--as-known", "yesterday", "--today", "2031-05-02") == []


def test_a_date_that_cannot_be_read_is_wrong_usage(run):
    code, _, err = run("show", "--as-known", "soon")
    assert code == 2
    assert "'soon' is not a date we can read" in err


def test_as_of_is_answered_with_what_is_meant(run):
    code, _, err = run("show", "--as-of", "2031")
    assert code == 2
    assert "--as-known DATE for what was known by then" in err


# -- the log as it was known


def marked(log, day):
    return as_known(log(MARKED), day)


def test_lists_that_were_not_published_are_gone_and_others_have_no_note(log):
    then = marked(log, date(2031, 5, 31))
    (listing,) = then.lists
    assert (listing.by, listing.sources, listing.note) == ("strelsau", ("early-1",), None)
    assert all(not event.sets for event in then.events)


def test_coverage_ends_with_the_day_and_the_extent_is_that_of_what_was_known(log):
    then = marked(log, date(2031, 5, 31))
    assert then.coverage.text == "2031-01-01/2031-05-31"
    assert then.extent.events == 1
    assert marked(log, date(2030, 5, 31)).coverage is None
    assert marked(log, date(2032, 5, 31)).coverage.text == "2031-01-01/2031-12-31"


def test_actors_whom_nothing_names_by_then_are_gone(log):
    assert {*marked(log, date(2031, 5, 31)).actors} == {"ruritania", "strelsau"}


def test_an_actor_who_only_publishes_is_kept():
    press = Actor("gazette", "The Gazette")
    page = Source("s", "A page", "The Gazette", published=parse("2031"))
    event = Event("e", parse("2031"), "A title", "visit", sources=("s",))
    log = Log("T", (event,), actors={"gazette": press}, sources={"s": page})
    assert as_known(log, date(2031, 12, 31)).actors == log.actors


def test_events_without_a_dated_page_are_counted_up_to_the_day(log):
    whole = log(MARKED)
    assert [undated(whole, date(2031, 5, day)) for day in (1, 2, 3)] == [0, 1, 1]


# -- what holds for every log and day

DAYS = st.integers(0, 60).map(lambda step: date(2031, 1, 1) + timedelta(step))
PUBLISHED = st.one_of(st.none(), DAYS.map(str), st.sampled_from(["2031-01", "2031-02", "2031"]))
PUBLISHERS = st.sampled_from(["A", "B", "C"])
QUERIES = st.sampled_from(
    [
        {},
        {"min_origins": (2,)},
        {"origin": ("A",)},
        {"source": ("B",)},
        {"on": ("2031-01",)},
        {"on": ("2031-01",), "certain": True},
        {"grep": ("title",)},
        {"status": ("confirmed",)},
    ]
)


@st.composite
def logs(draw):
    """Draw logs with events that cite pages of all days."""
    pages = draw(st.lists(st.tuples(PUBLISHERS, PUBLISHED), min_size=1, max_size=8))
    sources = {
        f"s{number}": Source(f"s{number}", "A page", who, published=on and parse(on))
        for number, (who, on) in enumerate(pages)
    }
    cited = st.lists(st.sampled_from([*sources]), min_size=1, unique=True).map(tuple)
    dates = st.one_of(DAYS.map(str), st.just("2031-01"), DAYS.map("{}~".format))
    events = [
        Event(f"e{n}", parse(draw(dates)), "A title", "visit", sources=draw(cited),
              related=("e0", "e1"), summary="S")
        for n in range(draw(st.integers(2, 6)))
    ]  # fmt: skip
    return Log("T", tuple(events), kinds={"visit": ""}, sources=sources).measured()


def found(log, day, filters):
    then = as_known(log, day)
    try:
        settled = settle(then, Filters(**filters), day).filters
    except LookupError:  # nobody had that name yet
        return then, set()
    return then, {event.id for event in then.keep(query(then, settled)).events}


@given(logs(), DAYS, DAYS, QUERIES)
def test_what_is_shown_for_an_earlier_day_is_among_what_is_shown_for_a_later(
    log, one, other, asked
):
    earlier, later = sorted((one, other))
    assert found(log, earlier, asked)[1] <= found(log, later, asked)[1]


@given(logs(), DAYS)
def test_nothing_that_is_left_is_later_than_the_day(log, day):
    then = as_known(log, day)
    ids = {event.id for event in then.events}
    before = {event.id: event for event in log.events}
    assert all(page.published.last <= day for page in then.sources.values())
    for event in then.events:
        assert known(then, event) == known(log, before[event.id])
        assert known(then, event).day <= day
        assert {*origins(then, event)} <= {*origins(log, before[event.id])}
        assert {*event.related} <= ids
        assert event.summary is event.note is None


@given(logs())
def test_on_the_last_day_all_that_is_dated_is_known(log):
    every = {event.id for event in log.events if known(log, event)}
    assert {event.id for event in as_known(log, date.max).events} == every
    assert undated(log, date.max) == len(log.events) - len(every)
