"""What a log says stays data: naughty strings in every field of it, in every format."""

import csv
import io
import json
import re
from itertools import pairwise

import pytest
from logs import grids
from markdown_it import MarkdownIt
from rich.cells import cell_len
from test_render import ANSI, LINK, WITH_COUNTS, markdown_table
from test_text import READERS, plain, seen

from nktimeline.dates import parse
from nktimeline.model import Actor, Event, Log, Mark, Source
from nktimeline.plain import plain_event
from nktimeline.render import Page, entry, grid_renderer, renderer
from nktimeline.tally import LISTINGS, written
from nktimeline.text import csv_field, safe, safe_url
from nktimeline.widths import cells

ACTS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
URL = "https://x.example/a?b=(c)&d=[e]"
OWN = (
    "\x1b[31mred\x1b[0m \x1b[2J\x1b]0;title\x07",
    "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "\x1b]52;c;ZXZpbA==\x07 \x1bP+q\x1b\\ \x9b31m \x9d0;x\x9c",
    "over\rwritten\x08\x08 \x00\x7f\x0b\x0c",
    "next\x85line\u2028separator\u2029paragraph",
    "\u202eright to left\u202c \u2066isolated\u2069 \u200e\u200f\u061c\ufeff",
    "zero\u200bwidth\u200djoined\u2060 soft\u00adhyphen",
    "combi\u0301ni\u0308ng Z\u0351\u036b\u0343a\u0363\u0311l\u0358g\u0321o",
    "조선민주주의인민공화국 朝鮮民主主義人民共和國 ｆｕｌｌ \u1112\u1161\u11ab",
    "👨\u200d👩\u200d👧\u200d👦 👋🏽 🇰🇵 ❤\ufe0f\u200d🔥",
    "\ud800 lone \udfff surrogates",
    "[bold red]rich[/bold red] [/] [link=http://evil.example]x[/link] :smile: \\[a]",
    "[/red]",
    "| a | b |\n| --- | --- |\n| c | d |",
    "**b** __b__ _i_ ~~s~~ `c` ``d`` $m$ [l](http://evil.example) ![i](http://evil.example/i)",
    "[ref]: http://evil.example [^1] <http://evil.example> http://evil.example www.evil.example",
    "# h\n> q\n- l\n+ l\n1. n\n12345. n\n--- \n===\n    code\n```\nfence",
    "2018. A year", "-", "+ x", "* x", "> x", "# x", "1) x", "---", "===", "~~~", "```", "    x",
    "<b>b</b> <script>alert(1)</script> <!-- x --> &lt; &amp; &#60; &nbsp; <img src=x onerror=y>",
    "\\", "a\\", "a\\|b", "a\\\\|b", "`|`", "||||", "\\`x\\`", "a  b", "a\\\nb", "!", "![", "](",
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\x00=1", "＝1", "'=1", '"', '"a","b"', ";",
    '=HYPERLINK("http://evil.example","x")', ",", "\n", "a\nb", "a\r\nb", "\r", "a\rb", "\ta",
    "%s %d %n {0} {} {{}} ${x} $(x) `x` %(x)s", "null", "~", "NaN", "-Infinity", "\\u0041", "\\x1b",
    "javascript:alert(1)", "mailto:x@evil.example", "x@evil.example", "../../etc/passwd", " ", "",
)  # fmt: skip


def strange(texts):
    """Give a log in which each text stands in every field of one event that may hold it."""
    actors = {f"a{n}": Actor(f"a{n}", text, aliases=(text,)) for n, text in enumerate(texts)}
    sources = {
        f"s{n}": Source(f"s{n}", text, text, text, parse("2023"), URL)
        for n, text in enumerate(texts)
    }
    day = parse("2023-07-25")
    events = tuple(
        Event(
            f"e{n}", day, text, "visit", place=text, actors=(f"a{n}",), summary=text, note=text,
            sources=(f"s{n}",), tags=("tag",), related=("e0",),
        )
        for n, text in enumerate(texts)
    )  # fmt: skip
    kinds = {"visit": "".join(texts[:50])}
    marks = {"e1": Mark.POSSIBLE}
    return Log("Strange", events, kinds=kinds, actors=actors, sources=sources, marks=marks)


@pytest.fixture(
    scope="module",
    params=["our own", pytest.param("the Big List of Naughty Strings", marks=pytest.mark.slow)],
)
def hostile(request):
    """Give a log of hostile texts: our own, or those of a public list where that is at hand."""
    if request.param == "our own":
        return strange(OWN)
    return strange(request.getfixturevalue("corpus")("blns.json"))


def bare(lines):
    """Take the program's own colours and links away."""
    return [ANSI.sub("", line) for line in lines]


def words(text):
    return "".join(text.split())


@pytest.mark.parametrize("format", ["table", "timeline"])
@pytest.mark.parametrize("width", [40, 80, 140])
def test_nothing_acts_on_a_terminal_and_everything_is_there(hostile, format, width):
    page = Page(width=width, color=True, links=True)
    lines = list(renderer(format)(hostile, page))
    assert set(LINK.findall("\n".join(lines))) <= {safe_url(URL)}
    lines = bare(lines)
    assert not [line for line in lines if ACTS.search(line)]
    measure = cell_len if format == "table" else cells  # rich's own measure: it joins emoji
    assert max(map(measure, lines)) <= width


@pytest.mark.parametrize(("format", "margin"), [("table", 8), ("timeline", 11)])
def test_every_title_is_there_from_its_first_character_to_its_last(hostile, format, margin):
    for event in hostile.events:
        log = hostile._replace(events=(event,), marks={})
        lines = [line[margin:] for line in renderer(format)(log, Page(width=50))]
        assert words(safe(event.title)) in words("".join(lines))


@pytest.mark.parametrize("width", [40, 100])
def test_events_in_full_and_actors_act_on_no_terminal(hostile, width):
    page = Page(width=width, color=True, links=True)
    lines = bare(entry.events(hostile, hostile.events, page, as_markdown=False))
    known = tuple(entry.profile(hostile, actor, hostile) for actor in hostile.actors.values())
    lines += bare(entry.profiles(page._replace(profiles=known), as_markdown=False))
    assert not [line for line in lines if ACTS.search(line)]
    assert max(cells(line) for line in lines if safe_url(URL) not in line) <= width


@pytest.mark.parametrize("format", WITH_COUNTS)
def test_counts_act_on_no_terminal(hostile, format):
    for grid in grids(hostile).values():
        lines = "\n".join(grid_renderer(format)(grid, Page())).split("\n")
        if format == "csv":
            continue  # the truth, to be guarded where it meets a terminal
        assert not [line for line in lines if ACTS.search(line)]
        if format == "table":
            assert max(map(cell_len, lines)) <= 80  # rich's own measure: it joins emoji


def test_json_gives_every_text_back(hostile):
    objects = [plain_event(hostile, event) for event in hostile.events]
    lines = list(renderer("json")(hostile, Page()))
    assert json.loads("\n".join(lines)) == objects
    assert not [line for line in lines if ACTS.search(line)]
    lines = list(renderer("jsonl")(hostile, Page()))
    assert [json.loads(line) for line in lines] == objects
    assert not [line for line in lines if ACTS.search(line)]


def test_csv_gives_every_text_back_but_for_the_guard_of_formulas(hostile):
    text = "".join(f"{line}\n" for line in renderer("csv")(hostile, Page()))
    records = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(records) == len(hostile.events)
    for record, event in zip(records, hostile.events, strict=True):
        for field in ("title", "place", "actors", "summary", "note"):
            assert record[field] == csv_field(event.title)
        assert record["sources"] == csv_field(f"{event.title}: {event.title}")
        assert record["links"] == URL
        assert not record["title"].startswith(("=", "+", "-", "@", "\t", "\r", "\x00", "＝"))


def test_counts_in_csv_and_json_give_every_text_back(hostile):
    grid = LISTINGS["sources"](hostile, hostile)
    text = "".join(f"{line}\n" for line in grid_renderer("csv")(grid, Page()))
    titles = [csv_field(source.title) for source in hostile.sources.values()]
    assert [row["title"] for row in csv.DictReader(io.StringIO(text, newline=""))] == titles
    objects = json.loads("\n".join(grid_renderer("json")(grid, Page())))
    assert [row["title"] for row in objects] == [s.title for s in hostile.sources.values()]


def test_markdown_has_the_same_cells_and_no_markup_of_the_texts_own(hostile):
    lines = list(renderer("markdown")(hostile, Page()))
    assert not [line for line in lines if ACTS.search(line)]
    head, *rows = markdown_table(lines)
    assert len(rows) == len(hostile.events)
    for row, event in zip(rows, hostile.events, strict=True):
        assert len(row) == len(head)
        shown = safe(event.title).strip()
        (_, _), (_, _), (title, _), (actors, _), (source, links), (id, _) = row
        assert [title, actors, source.strip()] == [shown] * 3
        assert links == [safe_url(URL)]
        assert not any(found for _, found in (*row[:4], row[5]))
        assert id == event.id


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_of_markdown_sees_the_same_events(hostile, reader):
    lines = entry.events(hostile, hostile.events, Page(), as_markdown=True)
    elements, shown = seen(READERS[reader]("\n".join(lines)))
    names = [name for name, *_ in elements]
    assert set(names) == {"h2", "p", "em", "ul", "li", "strong", "a"}
    assert {link for _, *links in elements for link in links} == {safe_url(URL)}
    assert names.count("h2") == len(hostile.events)
    assert names.count("ul") == 4 * len(hostile.events)  # facts, accounts, sources, related events
    for event in hostile.events:
        assert plain(event.title) in shown


def test_counts_in_markdown_have_the_same_cells(hostile):
    for grid in grids(hostile).values():
        head, *rows = markdown_table(list(grid_renderer("markdown")(grid, Page())))
        assert [len(row) for row in rows] == [len(head)] * len(grid.rows)
        for row, values in zip(rows, grid.rows, strict=True):
            for (text, links), value in zip(row, values, strict=True):
                if not links:
                    assert text == safe(written(value)).strip()


def test_events_in_full_are_the_markdown_that_was_meant(hostile):
    lines = list(entry.events(hostile, hostile.events, Page(), as_markdown=True))
    assert not [line for line in lines if ACTS.search(line)]
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse("\n".join(lines))
    for token in tokens:
        assert token.type.rsplit("_", 1)[0] in (
            "heading",
            "paragraph",
            "bullet_list",
            "list_item",
        ) or (token.type == "inline"), token
        for child in token.children or ():
            kind = child.type.rsplit("_", 1)[0]
            assert kind in ("text", "em", "strong", "link") or child.type in ("text", "softbreak")
            assert child.type != "link_open" or child.attrs["href"] == safe_url(URL)
    titles = [
        "".join(child.content for child in inline.children)
        for opening, inline in pairwise(tokens)
        if opening.type == "heading_open"
    ]
    assert titles == [safe(event.title).strip() for event in hostile.events]


@pytest.mark.slow
@pytest.mark.parametrize("format", ["table", "timeline", "markdown", "json", "jsonl", "csv"])
@pytest.mark.parametrize("unit", ["x", "조", "e\u0301", "word ", "*_`|"])
def test_a_title_of_a_hundred_thousand_characters_is_printed_whole(format, unit):
    title = (unit * 100_000)[:100_000]
    log = strange(["short"])
    log = log._replace(events=(log.events[0]._replace(title=title),))
    lines = list(renderer(format)(log, Page()))
    if format in ("table", "timeline"):
        assert max(map(cells, lines)) <= 80
    shown = words("".join(lines).replace("\\", "").replace("│", ""))
    assert shown.count(unit[0]) >= title.count(unit[0])
