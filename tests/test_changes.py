"""What differs between two logs: by itself, in each form that it is written in, and by command."""

import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nktimeline.changes import WORDING, changes, renamed, written
from nktimeline.cli import main
from nktimeline.dates import parse
from nktimeline.model import Actor, Event, Log, Source, fields
from nktimeline.render.difference import Difference, objects, summary, table, text

ACTORS = {id: Actor(id, id.title()) for id in ("zenda", "strelsau", "rudolf")}
SOURCES = {id: Source(id, id.title(), "The Gazette") for id in ("gazette-1", "gazette-2")}


def event(id, date="2031-05-01", **given):
    values = {"title": f"Title of {id}", "kind": "visit", "sources": ("gazette-1",)} | given
    return Event(id, parse(date), **values)


def log(*events, actors=ACTORS, sources=SOURCES):
    return Log("T", events, kinds={"visit": ""}, actors=actors, sources=sources).measured()


OLD = log(
    event("grain-ship", "2031-04-02"),
    event("bridge-closed", actors=("zenda",)),
    event("old-name", "2031-06-01", sources=("gazette-2",)),
    event("reworded"),
    event("completed"),
    event("same"),
)
NEW = log(
    event("same"),
    event("reworded", title="Another title", tags=("bridges",)),
    event("completed", level="leader", note="N"),
    event(
        "bridge-closed", "2031-04-30", actors=("zenda", "rudolf"), summary="It is closed.",
        sources=("gazette-1", "gazette-2"), sets=(("bridge", "closed"),),
    ),
    event("new-name", "2031-06-01", sources=("gazette-2",)),
    event("added", "2031-05-02"),
)  # fmt: skip
FOUND = changes(OLD, NEW)


def lines(write, *listed):
    return [*write(Difference(OLD, NEW, FOUND, listed))]


# -- what differs


def test_events_are_withdrawn_changed_added_or_the_same():
    assert [event.id for event in FOUND.removed] == ["grain-ship", "old-name"]
    assert [event.id for event in FOUND.added] == ["new-name", "added"]
    assert [(one.old.id, one.sort) for one in FOUND.changed] == [
        ("reworded", "reworded"),
        ("completed", "completed"),
        ("bridge-closed", "corrected"),
    ]
    assert FOUND.same == 1
    assert FOUND


def test_a_log_does_not_differ_from_itself():
    assert not changes(OLD, OLD)
    assert changes(OLD, OLD).same == 6


def test_only_events_that_were_asked_for_are_compared():
    some = changes(OLD, NEW, ("same", "grain-ship"))
    assert ([e.id for e in some.removed], some.changed, some.added) == (["grain-ship"], (), ())
    assert some.same == 1


def test_a_corrected_source_changes_the_events_that_cite_it():
    page = SOURCES["gazette-1"]._replace(published=parse("2031-05-02"))
    (one, *_) = changes(OLD, OLD._replace(sources={**SOURCES, "gazette-1": page})).changed
    assert [*one.fields] == ["sources"]
    assert one.sort == "completed"


@pytest.mark.parametrize(
    ("sort", "was", "becomes"),
    [
        ("reworded", {"title": "A", "note": None}, {"title": "B", "note": "N"}),
        ("completed", {"place": None}, {"place": "Zenda"}),
        ("completed", {"guests": ()}, {"guests": ("rudolf",)}),
        ("completed", {"sets": ()}, {"sets": (("bridge", "open"),)}),
        ("completed", {"sources": ("gazette-1",)}, {"sources": ("gazette-2", "gazette-1")}),
        ("corrected", {"place": "Zenda"}, {"place": "Strelsau"}),
        ("corrected", {"place": "Zenda"}, {"place": None}),
        ("corrected", {"guests": ("rudolf",)}, {"guests": ("rudolf", "zenda")}),
        ("corrected", {"sources": ("gazette-1", "gazette-2")}, {"sources": ("gazette-1",)}),
        ("corrected", {"sets": (("bridge", "open"),)}, {"sets": ()}),
        # what these lacked was wrong
        ("corrected", {"actors": ("rudolf",)}, {"actors": ("rudolf", "zenda")}),
        ("corrected", {"actors": ()}, {"actors": ("rudolf",)}),
        ("corrected", {"status": "reported"}, {"status": "confirmed"}),
        # the worst of several
        ("corrected", {"place": None, "level": "leader"}, {"place": "Zenda", "level": "second"}),
        ("completed", {"place": None, "title": "A"}, {"place": "Zenda", "title": "B"}),
    ],
)
def test_an_event_is_reworded_completed_or_corrected(sort, was, becomes):
    (one,) = changes(log(event("a", **was)), log(event("a", **becomes))).changed
    assert one.sort == sort


@pytest.mark.parametrize(
    ("sort", "was", "becomes"),
    [
        ("reworded", {"publisher": "Gazette"}, {"publisher": "The Gazette"}),
        ("reworded", {"url": "http://a.example"}, {"url": "https://a.example"}),
        ("completed", {"relays": None}, {"relays": "zenda"}),
        (
            "completed",
            {"published": None, "title": "A"},
            {"published": parse("2031"), "title": "B"},
        ),
        ("corrected", {"relays": "zenda"}, {"relays": "rudolf"}),
        ("corrected", {"published": parse("2031")}, {"published": None}),
    ],
)
def test_so_it_is_by_what_became_of_a_source(sort, was, becomes):
    def citing(given):
        return log(event("a"), sources={"gazette-1": SOURCES["gazette-1"]._replace(**given)})

    (one,) = changes(citing(was), citing(becomes)).changed
    assert one.sort == sort


def test_an_event_under_a_new_id_is_told_by_its_date_and_sources():
    assert renamed(FOUND) == {"old-name": "new-name"}


# -- how it is written


def test_the_text_tells_what_was_withdrawn_and_corrected_and_counts_the_rest():
    assert lines(text) == [
        "withdrawn  grain-ship     2031-04-02 Title of grain-ship",
        "withdrawn  old-name       2031-06-01 Title of old-name (renamed to new-name?)",
        "corrected  bridge-closed  date 2031-05-01 -> 2031-04-30; actors + rudolf; "
        "sources + gazette-2; sets none -> bridge: closed; summary reworded",
        "added      2 events, 2031-05-02 to 2031-06-01 (--added lists them)",
        "completed  1 event, 2031-05-01 (--completed shows them)",
        "reworded   1 event, 2031-05-01 (--wording shows them)",
    ]
    assert summary(FOUND) == (
        "2 withdrawn, 1 corrected, 1 completed, 2 added, 1 reworded, 1 the same"
    )


def test_what_is_only_counted_can_be_listed():
    assert lines(text, "added", "completed", "reworded")[3:] == [
        "completed  completed      level none -> leader; note reworded",
        "reworded   reworded       title Title of reworded -> Another title; tags + bridges",
        "added      new-name       2031-06-01 Title of new-name",
        "added      added          2031-05-02 Title of added",
    ]


def test_changes_within_a_list_are_told_item_by_item():
    page = SOURCES["gazette-1"]._replace(published=parse("2031-05-02"), title="Another title")
    old, new = log(event("a")), log(event("a"), sources={"gazette-1": page})
    (line,) = text(Difference(old, new, changes(old, new), ("completed",)))
    assert line.endswith("  sources gazette-1 (published none -> 2031-05-02)")
    named = log(event("a"), sources={"gazette-1": page._replace(published=None)})
    (line,) = text(Difference(old, named, changes(log(event("a")), named), ("reworded",)))
    assert line.endswith("  sources gazette-1 (title Gazette-1 -> Another title)")
    old = log(event("a", sources=("gazette-1", "gazette-2")))
    turned = log(event("a", sources=("gazette-2", "gazette-1")))
    (line,) = text(Difference(old, turned, changes(old, turned), ("reworded",)))
    assert line.endswith("  sources in another order")


def test_markdown_is_a_table_of_corrections_by_date():
    assert lines(table) == [
        "| Date | Event | What was wrong |",
        "| --- | --- | --- |",
        "| 2031-04-02 | Title of grain-ship &#91;grain-ship&#93; | withdrawn |",
        "| 2031-05-01 | Title of bridge-closed &#91;bridge-closed&#93; | date 2031-05-01 -> "
        "2031-04-30; actors + rudolf; sources + gazette-2; sets none -> bridge: closed; "
        "summary reworded |",
        "| 2031-06-01 | Title of old-name &#91;old-name&#93; | withdrawn (renamed to new-name?) |",
    ]
    assert len(lines(table, "added", "completed", "reworded")) == 9


def test_hostile_texts_act_on_nothing():
    bad = "a\x1b[31m | <b>*b*</b>\nc"
    old, new = log(event("a", place=bad)), log(event("a", place="here"), event("b", title=bad))
    found = Difference(old, new, changes(old, new), ("added",))
    for write in (text, table, objects):
        written_lines = [*write(found)]
        assert not any("\x1b" in line or "\n" in line for line in written_lines)
    assert "<b>" not in "".join(table(found))


# -- what holds for any two logs

VALUES = {
    "date": st.sampled_from(["2031-05-01", "2031-05", "2031-05-02~"]),
    "title": st.sampled_from(["A", "B"]),
    "place": st.sampled_from([None, "Zenda"]),
    "actors": st.lists(st.sampled_from([*ACTORS]), unique=True).map(tuple),
    "sources": st.lists(st.sampled_from([*SOURCES]), min_size=1, unique=True).map(tuple),
    "tags": st.sampled_from([(), ("a",), ("a", "b")]),
    "sets": st.sampled_from([(), (("m", "open"),)]),
    "level": st.sampled_from([None, "leader"]),
    "note": st.sampled_from([None, "N"]),
}
EVENTS = st.lists(
    st.builds(event, st.sampled_from("abcdef"), **VALUES), unique_by=lambda event: event.id
)


def rows(log):
    return {event.id: written(log, event) for event in log.events}


@given(EVENTS, EVENTS)
def test_the_json_makes_the_old_events_the_new_ones(before, after):
    old, new = log(*before), log(*after)
    found = json.loads("\n".join(objects(Difference(old, new, changes(old, new)))))
    made = json.loads(json.dumps(rows(old)))
    for row in found["removed"]:
        assert made.pop(row["id"]) == row
    for one in found["changed"]:
        for name, (was, becomes) in one["changes"].items():
            assert made[one["key"]][name] == was
            made[one["key"]][name] = becomes
    made |= {row["id"]: row for row in found["added"]}
    assert made == json.loads(json.dumps(rows(new)))


@given(EVENTS, EVENTS)
def test_every_event_is_counted_once(before, after):
    found = changes(log(*before), log(*after))
    ids = {event.id for event in (*before, *after)}
    assert len(found.removed) + len(found.added) + len(found.changed) + found.same == len(ids)
    assert bool(found) is (rows(log(*before)) != rows(log(*after)))


def test_wording_names_fields_of_events():
    assert {field.name for field in fields(Event)} > WORDING


# -- the command

HEAD = """\
title: T
kinds: {visit: A visit}
actors: {zenda: {name: Zenda, aliases: [The Castle]}, strelsau: {name: Strelsau}}
sources: {s: {title: T, publisher: P, published: 2031-06-01, url: "https://a.example/1"}}
events:
"""
ROW = "  - {{id: {}, date: {}, title: {}, kind: visit, actors: [{}], sources: [s]}}\n"
BEFORE = (
    HEAD
    + ROW.format("a", "2031-05-01", "A", "zenda")
    + ROW.format("b", "2031-05-02", "B", "strelsau")
)
AFTER = (
    HEAD + ROW.format("a", "2031-05-01", "A", "zenda") + ROW.format("b", "2031-05-03", "B", "zenda")
)


@pytest.fixture
def run(monkeypatch, capsysbinary, tmp_path):
    """Return `run(*words) -> (code, out, err)`, with the logs old.yaml and new.yaml at hand."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.yaml").write_text(BEFORE)
    (tmp_path / "new.yaml").write_text(AFTER)
    (tmp_path / "broken.yaml").write_text(BEFORE.replace("2031-05-01", "2031-02-30"))

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["nktimeline", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsysbinary.readouterr()
        return ended.value.code, out.decode(), err.decode()

    return run


def test_diff_tells_what_the_log_in_use_has_otherwise(run):
    assert run("diff", "old.yaml", "--log", "new.yaml") == (
        0,
        "corrected  b  date 2031-05-02 -> 2031-05-03; actors + zenda, - strelsau\n",
        "0 withdrawn, 1 corrected, 0 completed, 0 added, 0 reworded, 1 the same\n",
    )


def test_diff_with_exit_code_ends_with_1_where_anything_differs(run):
    assert run("diff", "old.yaml", "--log", "new.yaml", "--exit-code")[0] == 1
    assert run("diff", "old.yaml", "--log", "old.yaml", "--exit-code", "-q") == (0, "", "")


def test_diff_compares_events_that_either_log_finds(run):
    def summed(*filters):
        return run("diff", "old.yaml", "--log", "new.yaml", *filters)[2]

    assert summed("-a", "strelsau").startswith(
        "0 withdrawn, 1 corrected, 0 completed, 0 added, 0 reworded, 0 "
    )
    assert summed("--on", "2031-05-02").startswith("0 withdrawn, 1 corrected")
    assert summed("--on", "2031-05-01").startswith("0 withdrawn, 0 corrected")
    assert summed("-a", "the castle").endswith(
        "1 corrected, 0 completed, 0 added, 0 reworded, 1 the same\n"
    )


def test_diff_of_what_was_known_tells_nothing_that_came_later(run):
    code, out, err = run("diff", "old.yaml", "--log", "new.yaml", "--as-known", "2031-05")
    assert (code, out) == (0, "")
    assert err.startswith(
        "0 withdrawn, 0 corrected, 0 completed, 0 added, 0 reworded, 0 the same\n"
    )


def test_an_old_log_with_errors_gives_its_problems(run):
    code, out, err = run("diff", "broken.yaml", "--log", "new.yaml")
    assert (code, out) == (1, "")
    assert err.startswith("broken.yaml:6:19: error: '2031-02-30' is not in the calendar")
    assert run("diff", "nothing.yaml", "--log", "new.yaml")[0] == 1


def test_two_logs_cannot_both_come_by_standard_input(run):
    code, _, err = run("diff", "-", "--log", "-")
    assert code == 2
    assert "only one of the two logs can come by standard input" in err


@pytest.mark.parametrize("format", ["json", "markdown", "md"])
def test_diff_has_formats(run, format):
    code, out, _ = run("diff", "old.yaml", "--log", "new.yaml", "-f", format)
    assert code == 0
    if format == "json":
        assert [one["key"] for one in json.loads(out)["changed"]] == ["b"]
    else:
        assert out.startswith("| Date | Event | What was wrong |\n")
