"""Bibliographies: what programs of others read in them, and that no text breaks an entry."""

import json
import re
import subprocess
from importlib import import_module

import pytest
from hypothesis import given, settings
from test_list import hostile
from test_text import ANY_TEXT

from nktimeline.dates import parse
from nktimeline.model import Event, Log, Source
from nktimeline.render import Page, renderer
from nktimeline.render.bibtex import entry
from nktimeline.render.citations import WRITERS, citations
from nktimeline.render.csl_json import item
from nktimeline.render.references import of_event, of_source
from nktimeline.text import csl, safe, safe_url, tex


def show(log, format="bibtex"):
    return list(renderer(format)(log, Page()))


def written(log, format="bibtex"):
    return "".join(f"{line}\n" for line in show(log, format))


def source(**fields):
    return Source("tass-2023", "A visit", "TASS", **fields)


def both(**fields):
    """Return the fields of a source's entry in BibTeX, and its item in CSL-JSON."""
    reference = of_source(Log("A log", ()), source(**fields))
    inside = (re.fullmatch(r"  (\w+) = \{(.*)\},", line) for line in entry(reference))
    return dict(found.groups() for found in inside if found), item(reference)


def cited(log):
    """Return the sources that the events cite, each once."""
    return [log.sources[id] for id in dict.fromkeys(s for e in log.events for s in e.sources)]


def test_the_look_of_bibliographies(tiny, golden):
    golden("show.bib", show(tiny))
    golden("show.csl.json", show(tiny, "csl-json"))


def test_names_stay_whole():
    fields, values = both(author="Kim Jong Un and Sons, Ltd.")
    assert fields["author"] == "{Kim Jong Un and Sons, Ltd.}"
    assert values["author"] == [{"literal": "Kim Jong Un and Sons, Ltd."}]
    assert fields["organization"] == "{TASS}"
    assert values["container-title"] == "TASS"


def test_what_is_not_known_is_left_out():
    fields, values = both()
    assert list(fields) == ["title", "organization"]
    assert list(values) == ["id", "type", "title", "container-title"]


def test_an_account_that_is_passed_on_is_noted():
    fields, values = both(relays="KCNA")
    assert fields["note"] == values["note"] == "relaying KCNA"


@pytest.mark.parametrize(
    ("date", "bibtex", "issued"),
    [
        ("2023-07-25", "2023-07-25", {"date-parts": [[2023, 7, 25]]}),
        ("2023-10", "2023-10", {"date-parts": [[2023, 10]]}),
        ("2023-10-XX", "2023-10", {"date-parts": [[2023, 10]]}),
        ("2023?", "2023?", {"date-parts": [[2023]], "circa": True}),
        ("2023-10~", "2023-10~", {"date-parts": [[2023, 10]], "circa": True}),
        ("2023-01/2023-03", "2023-01/2023-03", {"date-parts": [[2023, 1], [2023, 3]]}),
        ("202X", "202X", {"literal": "the 2020s"}),
        ("2023-21", "2023-21", {"literal": "spring 2023"}),
        ("2023-01/..", "2023-01/..", {"literal": "since January 2023"}),
        ("202X~", None, {"literal": "about the 2020s"}),
        ("../2023", None, {"literal": "until 2023"}),
        ("[2022,2023]", None, {"literal": "2022 or 2023"}),
    ],
)
def test_dates_are_numbers_where_there_are_numbers_for_them(date, bibtex, issued):
    fields, values = both(published=parse(date))
    assert values["issued"] == issued
    assert fields.get("date") == bibtex
    assert ("note" in fields) is (bibtex is None)
    assert bibtex or fields["note"] == f"dated {issued['literal']}"


def test_an_event_is_an_entry_of_its_log():
    event = Event("putin-visits", parse("2024-06-19"), "Putin visits", "visit")
    reference = of_event(event, "nktimeline 1.1.0, log 6fc592508363")
    assert list(entry(reference)) == [
        "@online{putin-visits,",
        "  title = {{Putin visits}},",
        "  organization = {{nktimeline 1.1.0, log 6fc592508363}},",
        "  date = {2024-06-19},",
        "  note = {entry putin-visits},",
        "}",
    ]
    assert item(reference)["type"] == "document"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain, text; (with) \"quotes\" and 'more'", "plain, text; (with) \"quotes\" and 'more'"),
        ("100 % & $5 #1 a_b", r"100 \% \& \$5 \#1 a\_b"),
        ("\\input{x} ~ ^", r"\textbackslash{}input\textbraceleft{}x\textbraceright{} "
         r"\textasciitilde{} \textasciicircum{}"),
        ("a--b ---", "a-{}-b -{}-{}-"),
        ("``x''", r"\textasciigrave{}\textasciigrave{}x'{}'"),
    ],
)  # fmt: skip
def test_texts_are_no_commands(text, escaped):
    assert tex(text) == escaped


@given(text=ANY_TEXT)
def test_braces_are_balanced_whatever_a_text_says(text):
    depth = 0
    for sign in re.sub(r"\\text\w+\{\}", "", tex(text)):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth in (0, 1)
    assert not re.search(r"(?<!\\)(?:\\\\)*[%&#$_^~]", tex(text))
    assert depth == 0


@given(text=ANY_TEXT)
def test_csl_json_gives_every_text_back(text):
    log = hostile(text, text)
    items = json.loads(written(log, "csl-json"))
    assert [one["id"] for one in items] == ["s0", "s1"]
    assert items[0]["title"] == items[0]["container-title"] == csl(text)
    assert csl(text) == text or csl(text).replace("<\u200b", "<") == text
    assert items[0]["URL"] == log.sources["s0"].url


def unescaped(text):
    """Return what TeX shows of an escaped text."""
    names = {"backslash": "\\", "braceleft": "{", "braceright": "}", "asciitilde": "~",
             "asciicircum": "^", "asciigrave": "`"}  # fmt: skip
    text = re.sub(r"([-'])\{\}", r"\1", text)
    return re.sub(r"\\(?:text(\w+)\{\}|(.))", lambda f: names.get(f[1], f[2]), text)


@given(text=ANY_TEXT)
def test_an_escaped_text_can_be_read_back(text):
    assert unescaped(tex(text)) == safe(text)


@pytest.mark.consumers("pybtex")
@settings(deadline=None)
@given(text=ANY_TEXT)
def test_pybtex_reads_any_text_back(text):
    log = hostile(f"a {text}", text)
    entries = import_module("pybtex.database").parse_string(written(log), "bibtex").entries
    assert list(entries) == ["s0", "s1"]
    for one in entries.values():
        assert one.fields["url"] == safe_url(log.sources["s0"].url)
        assert one.fields["date"] == "2023-08"
    title = entries["s0"].fields["title"].removeprefix("{").removesuffix("}")
    assert " ".join(unescaped(title).split()) == " ".join(safe(f"a {text}").split())
    assert len(entries["s0"].persons["author"]) == 1


@pytest.mark.consumers("bibtexparser")
def test_bibtexparser_reads_every_source(tiny):
    bibtexparser = import_module("bibtexparser")
    entries = bibtexparser.parse_string(written(tiny)).entries
    assert [(one.key, one.entry_type) for one in entries] == [
        (source.id, "online") for source in cited(tiny)
    ]


@pytest.mark.consumers("biber")
def test_biber_reads_every_source_and_date(tiny, tmp_path):
    (tmp_path / "log.bib").write_text(written(tiny) + written(hostile(r"\} % {", "a -- b ' `")))
    run = subprocess.run(
        ["biber", "--tool", "log.bib"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert not re.search("WARN|ERROR", run.stdout)
    found = (tmp_path / "log_bibertool.bib").read_text()
    assert len(re.findall("^@ONLINE", found, re.MULTILINE)) == len(cited(tiny)) + 2
    assert found.count("DATE = ") == sum(bool(s.published) for s in cited(tiny)) + 2


@pytest.mark.consumers("pypandoc")
@pytest.mark.parametrize(("format", "reader"), [("bibtex", "biblatex"), ("csl-json", "csljson")])
def test_pandoc_prints_every_source(tiny, format, reader):
    text = import_module("pypandoc").convert_text(
        written(tiny, format), "plain", reader, ["--citeproc", "--wrap=none"]
    )
    for source in cited(tiny):
        assert source.title.strip('"')[:18].lower() in text.lower()
        assert not source.url or safe_url(source.url) in text or source.url in text


@pytest.mark.consumers("pypandoc")
@pytest.mark.parametrize(("format", "reader"), [("bibtex", "biblatex"), ("csl-json", "csljson")])
def test_pandoc_prints_what_is_cited_of_the_log_itself(tiny, format, reader):
    lines = WRITERS[format](citations(tiny, ["toast"], "A log of lamps"))
    text = import_module("pypandoc").convert_text(
        "\n".join(lines), "plain", reader, ["--citeproc", "--wrap=none"]
    )
    assert "a toast is drunk the same evening" in text.lower()
    assert "a log of lamps" in text.lower()


@pytest.mark.consumers("pypandoc")
def test_pandoc_takes_no_text_for_a_command(tiny):
    texts = (r"\textbf x \input y", "100 % & $5$ #1 a_b^c ~d", "a'' -- b", "a <b>b</b>")
    shown = import_module("pypandoc").convert_text(
        written(hostile(*texts)), "plain", "biblatex", ["--citeproc", "--wrap=none"]
    )
    for text in texts:
        assert text in shown.replace("’", "'").replace("\xa0", " ")


@pytest.mark.consumers("pypandoc")
def test_pandoc_takes_no_text_for_a_tag():
    log = hostile("a <b>b</b>", "a <i>b</i>", "<span style='x'>b</span>", "a <sup>b</sup>")
    html = import_module("pypandoc").convert_text(
        written(log, "csl-json"), "html", "csljson", ["--citeproc", "--wrap=none"]
    )
    assert not re.search("<(b|i|em|strong|sup)>|<[^>]*style=", html)
