"""The door for programs."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import nktimeline
from nktimeline import open_log
from nktimeline.dates import DateError
from nktimeline.library import Asked, LogError
from nktimeline.names import UnknownName
from nktimeline.query import Filters
from nktimeline.render import FORMATS

TINY = Path(__file__).parent / "tiny.yaml"


@pytest.fixture(scope="module")
def islands():
    """Return the tiny log, opened."""
    return open_log(TINY)


def ids(selection):
    """Return the ids of a selection's events."""
    return [event["id"] for event in selection.dicts()]


def test_a_log_is_all_its_events(islands, tiny):
    assert islands.log == islands.whole == tiny


def test_the_log_that_ships_is_opened_where_none_is_named():
    assert len(open_log().log.events) > 1000


def test_a_selection_is_made_by_the_filters_of_the_command_line(islands):
    assert ids(islands.select(actor="The Pilot", since="2023")) == ["toast", "last-lamp"]
    assert ids(islands.select(kind=["talks", "treaty"], tag=("tea",))) == ["four-days", "toast"]
    assert ids(islands.select(on="2015", actor="lantern-guild", certain=True)) == []
    assert ids(islands.select(kind="talks").select(since="2023")) == ["toast"]


def test_a_selection_can_be_what_was_known_by_a_day(islands):
    known = islands.select(as_known="2021-06-01")
    assert ids(known) == ids(islands.select(as_known="2021-06"))
    assert "lamp-theft" in ids(known)
    assert "toast" not in ids(known)
    assert all(event["summary"] is event["note"] is None for event in known.dicts())
    assert ids(islands.select(kind="talks").select(as_known="2021-06-01")) == [
        "spring-talks",
        "four-days",
    ]
    assert ids(islands.select(min_origins=2, since="2023")) == ["closed-strait"]


def test_every_filter_can_be_asked_for():
    assert {*Asked.__annotations__} == {*Filters._fields}


def test_days_are_counted_back_from_a_day_that_is_said(islands):
    words = {"since": "45d", "kind": "passage"}
    assert ids(islands.select(**words, today=date(2024, 3, 1))) == ["last-lamp"]
    assert ids(islands.select(**words, today=date(2023, 2, 1))) == ["lamps-lit", "last-lamp"]


def test_without_one_they_are_counted_back_from_the_last_day_that_is_covered(tmp_path):
    log = tmp_path / "log.yaml"
    log.write_text(
        "title: T\nkinds: {k: K}\nsources: {s: {title: T, publisher: P}}\nevents:\n"
        "  - {id: open, date: 2020-03/.., title: E, kind: k, sources: [s]}\n"
        "  - {id: last, date: 2021-05-05, title: E, kind: k, sources: [s]}\n"
    )
    assert ids(open_log(log).select(since="2d")) == ["open", "last"]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"since": 2023}, "since takes texts, such as '2023', not 2023"),
        ({"actor": ["hanbit", 1]}, "actor takes texts, such as '2023', not 1"),
        ({"min_origins": "x"}, "min_origins takes numbers, not 'x'"),
        ({"as_known": 2023}, "as_known takes texts, such as '2023', not 2023"),
    ],
)
def test_a_value_of_another_type_is_refused(islands, asked, says):
    with pytest.raises(TypeError, match=says):
        islands.select(**asked)


def test_dicts_are_the_objects_that_json_has(islands):
    assert [*islands.dicts()] == json.loads("\n".join(islands.lines("json")))


@pytest.mark.parametrize("format", FORMATS)
def test_lines_are_written_in_any_format(islands, format):
    lines = "\n".join(islands.lines(format, width=100))
    of_sources = FORMATS[format].sources
    assert ("All lamps are equal" if of_sources else "A toast is drunk the same evening") in lines
    assert "\x1b" not in lines


def test_what_is_wrong_is_raised(islands, tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text("title: T\nkinds: {k: K}\nevents: [{id: a, title: A, kind: k}]\n")
    with pytest.raises(LogError, match=r"broken.yaml:3:10: error: .* \(and 1 more\)") as refused:
        open_log(path)
    assert [problem.code for problem in refused.value.problems] == ["missing-key", "missing-source"]
    with pytest.raises(FileNotFoundError):
        open_log(tmp_path / "nowhere.yaml")
    with pytest.raises(ValueError, match="no format 'pdf', expected one of table, timeline"):
        islands.lines("pdf")
    with pytest.raises(UnknownName):
        islands.select(actor="nobody")
    with pytest.raises(DateError):
        islands.select(since="soon")
    with pytest.raises(AttributeError):
        nktimeline.nothing  # noqa: B018 - it is asked for


def test_the_door_costs_nothing_until_it_is_opened():
    code = "import sys, nktimeline; print([m for m in sys.modules if m.startswith('nktimeline.')])"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert ended.stdout == "[]\n"


@pytest.mark.slow
def test_a_program_of_others_is_typed(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(
        "from nktimeline import open_log\nreveal_type(open_log().select(on='2023'))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", program],
        cwd=tmp_path, capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert "nktimeline.library.Selection" in ended.stdout
    assert ended.returncode == 0, ended.stdout
