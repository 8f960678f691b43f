"""What `cite` prints: references to events and to their sources, to be pasted."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from nktimeline import __version__
from nktimeline.cli import main
from nktimeline.dates import parse
from nktimeline.model import Event, Log, Source
from nktimeline.render import bibtex, csl_json
from nktimeline.render.citations import WRITERS, citations
from nktimeline.render.references import of_source

TINY = Path(__file__).parent / "tiny.yaml"
NAME = "A log, nktimeline 1.1.0, log 0123"
BAD = 'a\x1b[31m | <b>*b*</b> "q" \\end{x} $x$ `y`\nc'


@pytest.fixture
def run(monkeypatch, capsysbinary, tmp_path):
    """Return `run(*words) -> (code, out, err)` on the tiny log."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("NKTIMELINE_LOG", str(TINY))

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["nktimeline", "cite", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsysbinary.readouterr()
        return ended.value.code, out.decode(), err.decode()

    return run


def test_an_event_is_cited_by_words_that_find_it_alone(run):
    code, out, err = run("evening", "drunk")
    assert (code, out) == (0, run("toast")[1])
    assert err == "taken as word 'evening', word 'drunk'\n"
    code, out, err = run("treaty")
    assert (code, out) == (2, "")
    assert "'treaty' finds 4 events; cite by id: guild-founded, draft-charter, " in err
    assert "id 'zebra' is unknown" in run("zebra")[2]


def written(log, format, *ids):
    return "\n".join(WRITERS[format](citations(log, ids, NAME)))


def test_an_event_is_cited_as_an_entry_of_this_very_log_with_its_sources(run):
    command = ["git", "hash-object", str(TINY)]
    blob = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    assert run("toast") == (
        0,
        "“A toast is drunk the same evening”, 15 January 2023, in: The lights of the Glass Sea, "
        f"nktimeline {__version__}, log {blob}, entry toast.\n"
        "\n"
        '- “"All lamps are equal": a reader writes”, Glass Sea Gazette, 2023. '
        "<https://gazette.example/2023/lamps_%28all%29>\n",
        "",
    )


def test_a_source_is_cited_alone(run):
    _, out, _ = run("hanbit-radio", "almanac")
    assert out == (
        "“등대의 불빛이 꺼지다”, 한빛 방송, 1 June 2021. "
        "<http://radio.example/%ED%95%9C%EB%B9%9B/%EB%B6%88%EB%B9%9B> (relaying 한빛 군도)\n"
        "\n"
        "Zoë Ångström, “The Almanac of Lights, &#91;ninth&#93; edition”, Tidewater Press, "
        "no date.\n"
    )


def test_what_is_reported_or_disputed_is_cited_as_such(run):
    assert ", entry lights-out (reported).\n" in run("lights-out")[1]


def test_the_beginning_of_an_id_is_enough_and_said(run):
    code, out, err = run("last")
    assert (code, err) == (0, "id 'last' was taken as 'last-lamp'\n")
    assert ", entry last-lamp." in out
    assert run("last", "-q")[2] == ""


def test_an_unknown_id_is_wrong_usage_and_offered_the_nearest(run):
    code, out, err = run("tosat")
    assert (code, out) == (2, "")
    assert "id 'tosat' is unknown; did you mean 'toast'?" in err


@pytest.mark.parametrize(("suffix", "begins"), [(".bib", "@online{toast,"), (".csl.json", "[\n")])
def test_the_suffix_of_the_output_picks_the_format(run, tmp_path, suffix, begins):
    path = tmp_path / f"refs{suffix}"
    assert run("toast", "-o", path) == (0, "", "")
    assert path.read_text(encoding="utf-8").startswith(begins)


def test_a_format_that_cites_nothing_is_refused(run, tmp_path):
    code, _, err = run("toast", "-o", tmp_path / "refs.csv")
    assert code == 2
    assert "cite writes markdown, bibtex, csl-json, not 'csv'" in err


def test_bibliographies_have_each_reference_once(run):
    _, out, _ = run("toast", "lamps-lit", "gazette-2023", "-f", "bibtex")
    assert re.findall(r"^@online\{(.*),$", out, re.MULTILINE) == [
        "toast",
        "gazette-2023",
        "lamps-lit",
    ]
    _, out, _ = run("toast", "lamps-lit", "gazette-2023", "-f", "csl-json")
    assert [(item["id"], item["type"]) for item in json.loads(out)] == [
        ("toast", "document"),
        ("gazette-2023", "webpage"),
        ("lamps-lit", "document"),
    ]


def test_a_source_is_written_as_the_bibliography_of_the_events_has_it(tiny):
    reference = of_source(tiny, tiny.sources["hanbit-radio"])
    assert written(tiny, "bibtex", "hanbit-radio") == "\n".join([*bibtex.entry(reference), ""])
    (item,) = json.loads(written(tiny, "csl-json", "hanbit-radio"))
    assert item == csl_json.item(reference)


def test_an_event_and_a_source_of_one_id_have_keys_of_their_own():
    page = Source("a", "A page", "P")
    log = Log("T", (Event("a", parse("2031"), "T", "k", sources=("a",)),), sources={"a": page})
    assert [item["id"] for item in json.loads(written(log, "csl-json", "a"))] == ["entry-a", "a"]


def test_hostile_texts_act_on_nothing():
    page = Source("s", BAD, BAD, BAD, url='https://a.example/"><b>`x`')
    log = Log("T", (Event("e", parse("2031"), BAD, "k", sources=("s",)),), sources={"s": page})
    for format in WRITERS:
        assert "\x1b" not in written(log, format, "e")
    cited = written(log, "markdown", "e")
    assert len(cited.split("\n")) == 3
    assert "<b>" not in cited
    assert "\\end" not in written(log, "bibtex", "e")
