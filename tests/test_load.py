"""From a file's bytes to a sorted log and its problems."""

import errno
import os
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from hypothesis import given, settings
from logs import logs, written
from test_reader import SMALL

from nktimeline import load as loading
from nktimeline.days import Window
from nktimeline.load import load, load_file, open_bytes, shipped

SECOND = SMALL.splitlines()[-1].replace("one", "two").replace("They meet", "More talks elsewhere")


def problems(text):
    return [(p.line, p.column, p.code) for p in load(text.encode()).problems]


# -- reading and checking


def test_the_tiny_log_has_no_problem_and_keeps_its_order(tiny):
    assert [event.id for event in tiny.events][:3] == ["ferry-runs", "first-chart", "guild-founded"]
    assert len(tiny.events) == 18


def test_the_events_of_a_log_come_sorted_by_date(tiny):
    text = SMALL + SECOND.replace("2020", "2019") + "\n"
    loaded = load(text.encode())
    assert [event.id for event in loaded.log.events] == ["two", "one"]
    assert [problem.code for problem in loaded.problems] == ["out-of-order"]


def test_problems_of_form_and_broken_rules_come_together_in_the_order_of_the_file():
    text = (SMALL + SECOND).replace("2020", "soon").replace("kind: talks", "kind: war")
    assert problems(text) == [
        (2, 16, "unused-kind"),
        (6, 21, "bad-date"),
        (6, 51, "unknown-kind"),
        (7, 21, "bad-date"),
        (7, 62, "unknown-kind"),
    ]


def test_a_problem_of_form_at_the_place_of_a_broken_rule_is_told_with_it():
    text = SMALL.replace("publisher: The Gazette", "publisher: P, url: 'http://a b'")
    assert problems(text) == [(4, 55, "bad-url")]
    text = SMALL.replace("[gazette]", "[ga/zette]")
    assert problems(text) == [
        (4, 11, "unused-source"),
        (6, 89, "bad-id"),
        (6, 89, "unknown-source"),
    ]


def test_a_rule_points_to_what_breaks_it_or_to_what_should_have_held_it():
    double = SECOND.replace("two", "one")
    assert problems(SMALL + double) == [(7, 10, "duplicate-id")]
    unsourced = SMALL.replace(", sources: [gazette]", "")
    assert problems(unsourced) == [(4, 11, "unused-source"), (6, 5, "missing-source")]
    stray = SMALL.replace("actors: [ruritania]", "actors: [ruritania, rudolf]")
    assert problems(stray) == [(6, 78, "unknown-actor")]


def test_places_hold_after_items_and_keys_that_cannot_be_read():
    text = SMALL.replace("[gazette]", "[~, [x], gazete]").replace("kinds: {", "kinds: {[a, b]: c, ")
    assert problems(text) == [
        (2, 9, "wrong-type"),
        (4, 11, "unused-source"),
        (6, 89, "wrong-type"),
        (6, 92, "wrong-type"),
        (6, 97, "unknown-source"),
    ]


@pytest.mark.parametrize(
    "fatal", ["\t- x", "\x01", "--- {}", "stuff: " + "[" * 40 + "]" * 40, "# \udcff"]
)
def test_rules_over_the_whole_are_not_held_against_a_log_that_was_read_in_part(fatal):
    text = SMALL.replace("talks, actors", "war, actors") + fatal + "\n"
    found = load(text.encode("utf-8", "surrogateescape")).problems
    assert found
    assert not {problem.code for problem in found} & {"unknown-kind", "unused-kind"}


def test_an_empty_file_is_an_empty_log():
    loaded = load(b"")
    assert loaded.problems == ()
    assert loaded.log.events == ()


def test_progress_is_told_while_reading():
    shares = []
    load(SMALL.encode(), progress=shares.append)
    assert len(shares) == 1


# -- the cache


@pytest.fixture
def path(tmp_path):
    """Give the path of a file with the small log."""
    path = tmp_path / "log.yaml"
    path.write_text(SMALL)
    return path


@pytest.fixture
def kept():
    """Give the dict behind the cache."""
    return {}


@pytest.fixture
def cache(kept):
    """Give a cache that keeps logs in a dict, and remembers for which days it was asked."""

    def get(file, days):
        kept["days"] = days
        return kept.get(file.read())

    return SimpleNamespace(get=get, put=kept.__setitem__)


def test_a_file_is_loaded_with_its_problems_and_what_was_read(path):
    data = path.read_bytes()
    assert load_file(str(path)) == (load(data).log, (), data)
    path.write_text("events: []")
    assert [problem.code for problem in load_file(str(path)).problems] == ["missing-key"]


def test_a_sound_log_is_kept_and_not_read_again(path, cache, kept, monkeypatch):
    first = load_file(str(path), cache=cache)
    assert kept[path.read_bytes()] is first.log
    monkeypatch.setattr("nktimeline.reader.read", None)
    assert load_file(str(path), cache=cache) == (first.log, (), b"")


def test_a_log_with_a_warning_is_kept_and_one_with_an_error_is_not(path, cache, kept):
    for text, is_kept in ((SMALL.replace("{talks:", "{war: x, talks:"), True), ("a: b", False)):
        path.write_text(text)
        assert load_file(str(path), cache=cache).problems
        assert (text.encode() in kept) is is_kept


def test_the_cache_is_asked_for_all_days_or_for_those_that_are_wanted(path, cache, kept):
    load_file(str(path), cache=cache)
    assert kept["days"] == Window()
    days = Window(date(2020, 1, 1), date(2020, 2, 1))
    load_file(str(path), cache=cache, days=days)
    assert kept["days"] == days


def test_a_file_that_cannot_be_read_is_no_question_to_the_cache(tmp_path, cache, kept):
    with pytest.raises(FileNotFoundError):
        load_file(str(tmp_path / "missing.yaml"), cache=cache)
    assert kept == {}


# -- files


def read_bytes(path):
    """Give all that stands in a file."""
    with open_bytes(path) as file:
        return file.read()


def test_a_file_is_read_whole(tmp_path):
    path = tmp_path / "log.yaml"
    path.write_bytes(b"\xff\r\n\0")
    assert read_bytes(str(path)) == b"\xff\r\n\0"


def test_standard_input_is_read_and_stays_open(monkeypatch):
    reading, writing = os.pipe()
    os.write(writing, b"title: T")
    os.close(writing)
    kept = os.dup(0)
    try:
        os.dup2(reading, 0)
        assert read_bytes("-") == b"title: T"
        os.fstat(0)
    finally:
        os.dup2(kept, 0)
        os.close(kept)
        os.close(reading)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes")
def test_a_named_pipe_is_read(tmp_path):
    reading, writing = os.pipe()
    os.write(writing, b"title: T")
    os.close(writing)
    assert read_bytes(f"/dev/fd/{reading}") == b"title: T"
    os.close(reading)


def test_a_folder_a_missing_file_and_a_circle_of_links_are_faults_of_the_file(tmp_path):
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    with pytest.raises(IsADirectoryError) as refused:
        read_bytes(str(tmp_path))
    assert (refused.value.strerror, refused.value.filename) == ("it is a folder", str(tmp_path))
    assert refused.value.errno == errno.EISDIR
    with pytest.raises(FileNotFoundError):
        read_bytes(str(tmp_path / "missing.yaml"))
    with pytest.raises(OSError, match="circle"):
        read_bytes(str(tmp_path / "circle"))


def test_a_file_larger_than_any_log_is_refused(tmp_path, monkeypatch):
    assert loading.LARGEST == 256 * 2**20
    monkeypatch.setattr(loading, "LARGEST", 2 * 2**20)
    path = tmp_path / "log.yaml"
    path.write_bytes(bytes(2 * 2**20))
    assert len(read_bytes(str(path))) == 2 * 2**20
    path.write_bytes(bytes(2 * 2**20 + 1))
    with pytest.raises(OSError, match="it is larger than 2 MiB") as refused:
        read_bytes(str(path))
    assert (refused.value.errno, refused.value.filename) == (errno.EFBIG, str(path))


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="there is no endless file here")
def test_an_endless_file_is_refused_too(monkeypatch):
    monkeypatch.setattr(loading, "LARGEST", 2**20)
    with pytest.raises(OSError, match="it is larger than 1 MiB"):
        read_bytes("/dev/zero")


def test_the_log_that_ships_stands_beside_the_package_or_in_it(tmp_path, monkeypatch):
    assert Path(shipped()) == Path(__file__).parent.parent / "events.yaml"
    monkeypatch.setattr(loading, "__file__", str(tmp_path / "nktimeline" / "load.py"))
    (tmp_path / "nktimeline").mkdir()
    assert shipped() == str(tmp_path / "events.yaml")
    (tmp_path / "nktimeline" / "events.yaml").touch()
    assert shipped() == str(tmp_path / "nktimeline" / "events.yaml")


def test_an_escaped_control_hides_no_other_problem():
    text = """\
title: T
kinds: {k: "Some\\x1bthing"}
sources: {s: {title: A page, publisher: P}}
events:
  - {id: one, date: 2020, title: They meet, kind: x, sources: [s]}
"""
    codes = [problem.code for problem in load(text.encode()).problems]
    assert codes == ["control-character", "unused-kind", "unknown-kind"]


def test_a_rule_finds_its_place_behind_a_byte_order_mark_too():
    text = "\ufefftitle: T\nkinds: {k: A kind}\nevents: []\n"
    (problem,) = load(text.encode()).problems
    assert (problem.line, problem.column, problem.code) == (2, 12, "unused-kind")
    text = "\ufeff{title: T, kinds: {k: A kind}, events: []}\n"
    (problem,) = load(text.encode()).problems
    assert (problem.line, problem.column) == (1, 23)


def test_what_cannot_be_read_twice_is_read_first():
    reading, writing = os.pipe()
    os.write(writing, b"title: T")
    os.close(writing)
    with open_bytes(f"/dev/fd/{reading}") as file:
        assert (file.read(), file.seek(0), file.read()) == (b"title: T", 0, b"title: T")
    os.close(reading)


# -- sources in their events


def beside(*sources):
    """Write the small log with sources that stand in its event, and none in the table."""
    return (
        "title: Small\nkinds: {talks: Two sides meet}\nactors: {ruritania: {name: Ruritania}}\n"
        "events:\n  - id: one\n    date: 2020\n    title: They meet\n    kind: talks\n"
        "    actors: [ruritania]\n    sources:\n"
        + "".join(f"      - {{{source}}}\n" for source in sources)
    )


@pytest.fixture(params=[True, False], ids=["libyaml", "python"])
def _parser(request, monkeypatch):
    """Read with libyaml, and as PyYAML does where it was built without."""
    monkeypatch.setattr(yaml, "__with_libyaml__", request.param)


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("id: s, title: A page, publisher: P", []),
        ("id: s, publisher: P", [(11, 9, "missing-key")]),
        ("title: A page, publisher: P", [(11, 9, "missing-key")]),
        ("id: s, title: '', publisher: P", [(11, 17, "missing-key")]),
        ("id: s, title: A page, publisher: P, url: p", [(11, 51, "bad-url")]),
        ("id: s, title: A page, publisher: P, url: http://p", [(11, 51, "bare-url")]),
        ("id: s, title: A page, publisher: P, relays: Q", [(11, 54, "unknown-actor")]),
        ("id: s, title: A page, publisher: P, relays: P", []),
        ("id: s, title: A page, publisher: P, relays: ruritania", []),
        ("id: s, title: A page, publisher: P, page: 3", [(11, 46, "unknown-key")]),
        ("id: s, id: t, title: A page, publisher: P", [(11, 17, "duplicate-key")]),
        ('id: s, title: "\\u202e", publisher: P', [(11, 24, "bidi-control")]),
        ("id: s, title: A page, publisher: P, published: 2018", [(10, 5, "premature-source")]),
    ],
)
def test_a_mistake_in_a_source_of_an_event_is_found_where_it_stands(source, expected):
    assert problems(beside(source)) == expected


PAGE = "title: A page, publisher: P"


@pytest.mark.usefixtures("_parser")
def test_an_id_stands_for_one_source_in_the_table_and_in_all_events():
    twice = beside(f"id: s, {PAGE}", f"id: s, {PAGE}")
    assert problems(twice) == [(12, 9, "duplicate-source"), (12, 9, "repeated-item")]
    tabled = beside(f"id: s, {PAGE}") + f"sources: {{s: {{{PAGE}}}}}\n"
    assert problems(tabled) == [(11, 9, "duplicate-source")]
    second = SECOND.replace("2020", "2021").replace("[gazette]", f"[{{id: s, {PAGE}}}]")
    assert problems(beside(f"id: s, {PAGE}") + second) == [(12, 100, "duplicate-source")]


def test_another_event_may_cite_the_source_of_an_event_even_before_it():
    second = SECOND.replace("2020", "2021")
    early = SECOND.replace("2020", "2019").replace("gazette", "s")
    text = beside(f"id: s, {PAGE}").replace("events:\n", f"events:\n{early}\n")
    assert problems(text + second.replace("gazette", "s").replace("two", "three")) == []


def test_a_source_stands_in_the_table_or_in_its_event_and_the_log_is_the_same(tiny):
    text = Path(__file__).with_name("tiny.yaml").read_bytes()
    for way in (True, False):
        data = written(tiny, beside=way)
        assert data != text
        loaded = load(data)
        assert not loaded.problems
        assert loaded.log == tiny
        assert (b"  almanac:\n" in data) is not way


@pytest.mark.slow
@given(logs())
@settings(deadline=None)
def test_a_source_may_stand_in_its_event_whatever_the_log(log):
    tabled, beside = (load(written(log, beside=way)) for way in (False, True))
    assert tabled.log == beside.log
    codes = [sorted((p.code, p.message) for p in loaded.problems) for loaded in (tabled, beside)]
    assert codes[0] == codes[1]


def test_what_a_syntax_error_cuts_short_lacks_nothing():
    """The source, its event and what follows end where YAML is broken; only that is said."""
    for indent in range(9):
        text = beside().replace(
            "    sources:\n", f"    sources:\n      - id: s\n{' ' * indent}x y\n"
        )
        codes = [problem.code for problem in load(text.encode()).problems]
        assert "missing-key" not in codes or "syntax" not in codes, text
