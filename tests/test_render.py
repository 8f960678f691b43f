"""Every format: how it looks, what it holds, and that it is as wide as the page and no wider."""

import csv
import json
import re

import pytest
from click import Context
from logs import grids
from markdown_it import MarkdownIt

from nktimeline.axes import AXES
from nktimeline.cli import cli
from nktimeline.dates import Match, parse
from nktimeline.model import Actor, Event, Log, Mark, Member, Source, Standing
from nktimeline.plain import columns, plain_event
from nktimeline.problems import WRITERS
from nktimeline.render import (
    FORMATS,
    SUFFIXES,
    Page,
    entry,
    grid_renderer,
    renderer,
    sheet,
    spoken,
    style,
)
from nktimeline.render.columns import names
from nktimeline.tally import LISTINGS, Grid
from nktimeline.widths import cells

LAID_OUT = [format.name for format in FORMATS.values() if format.laid_out]
WITH_COUNTS = [format.name for format in FORMATS.values() if format.counts]
NOT_LAID_OUT = [format.name for format in FORMATS.values() if not format.laid_out]
ANSI = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")
LINK = re.compile(r"\x1b\]8;[^;]*;([^\x1b]+)\x1b\\")
WIDTHS = (40, 47, 60, 80, 99, 100, 119, 120, 121, 140, 200)
EMPTY = Log("Nothing", ())


LEADERS = Log(
    "Two leaders",
    (
        Event(
            "two-leaders-2023", parse("2023-09-13"), "Two leaders meet at last", "summit",
            actors=("kim", "putin", "shoigu", "lavrov"), sources=("kcna-1", "tass-1", "kcna-2"),
            guests=("kim",), host=("russia",), level="leader", sets=(("embassy", "open"),),
        ),
        Event(
            "a-guest-2023", parse("2023-10"), "A guest comes", "visit", "reported",
            actors=("lavrov",), sources=("tass-1",),
        ),
    ),
    kinds={"summit": "Leaders meet", "visit": "Others do"},
    levels={"leader": "Whoever rules"},
    actors={
        "kim": Actor("kim", "Kim Jong Un", of="north-korea"),
        "putin": Actor("putin", "Vladimir Putin", of="russia"),
        "shoigu": Actor("shoigu", "Sergei Shoigu", of="russia"),
        "lavrov": Actor("lavrov", "Sergei Lavrov", of="russia"),
        "north-korea": Actor("north-korea", "North Korea"),
        "russia": Actor("russia", "Russia"),
        "kcna": Actor("kcna", "KCNA", of="north-korea"),
    },
    standings={
        "missions": Standing(
            "missions", "Missions", ("open", "closed"),
            {"embassy": Member("embassy", "The embassy")},
        )
    },
    sources={
        "tass-1": Source("tass-1", "They meet", "TASS", url="https://tass.example/1"),
        "kcna-1": Source("kcna-1", "Talks", "TASS", url="https://tass.example/2", relays="kcna"),
        "kcna-2": Source("kcna-2", "More talks", "KCNA", published=parse("2023-09-14")),
    },
)  # fmt: skip


def shown(log, format, **page):
    return list(renderer(format)(log, Page(**page)))


TABLE = {width: shown(LEADERS, "table", width=width) for width in (60, 119, 120)}


def entries(log, *, as_markdown=False, **page):
    return list(entry.events(log, log.events, Page(**page), as_markdown=as_markdown))


def profile(log, id, selection=None, *, as_markdown=False, **page):
    chosen = log.actors[id]
    selection = log if selection is None else selection
    known = entry.profile(log, chosen, selection)
    return list(entry.profiles(Page(**page, profiles=(known,)), as_markdown=as_markdown))


def possibly(log, *ids):
    """Give the log as a selection in which some events are only possible."""
    return log._replace(marks=dict.fromkeys(ids, Mark.POSSIBLE))


def only(log, id):
    """Give a selection of one event."""
    return log.holding(event for event in log.events if event.id == id)


def readable(line):
    """Write escape sequences so that a person can read them: <bold>, <30>, <link ...>, </>."""
    line = line.replace("\x1b]8;;\x1b\\", "</link>")
    line = LINK.sub(r"<link \1>", line)
    return re.sub(r"\x1b\[([0-9;]*)m", lambda found: f"<{sgr(found[1])}>", line)


def sgr(codes):
    names = {"0": "/", "1": "bold", "2": "dim", "3": "italic"}
    return " ".join(names.get(code, code) for code in codes.replace("38;5;", "").split(";"))


def markdown_table(lines):
    """Read a GFM table as GitHub does: rows of cells, a cell being its text and its links.

    Whatever else a cell holds than text, links and an emphasised status is a failure.
    """
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = reader.parse("\n".join(lines))
    assert tokens[0].type == "table_open"
    assert tokens[-1].type == "table_close"
    rows = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            text, links = "", []
            for child in token.children:
                text += child.content
                if child.type == "link_open":
                    links.append(child.attrs["href"])
                assert child.type in ("text", "text_special", "link_open", "link_close") or (
                    child.type in ("em_open", "em_close")
                ), child
            rows[-1].append((text, links))
    return rows


# -- how it looks


@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize("format", LAID_OUT)
@pytest.mark.parametrize("signs", ["unicode", "ascii"])
def test_the_look_of_the_formats_that_are_laid_out(tiny, golden, format, width, signs):
    log = possibly(tiny, "lamp-theft", "year-of-fog")
    lines = shown(log, format, width=width, unicode=signs == "unicode")
    golden(f"{format}-{width}-{signs}.txt", lines)


@pytest.mark.parametrize("width", [50, 80, 140, 200])
def test_the_colours_and_links_of_a_table(tiny, golden, width):
    log = possibly(tiny, "lamp-theft", "year-of-fog")
    page = {"width": width, "color": True, "links": True}
    lines = [readable(line) for line in shown(log, "table", **page)]
    golden(f"table-{width}-color.txt", lines)


def test_the_colours_of_counts(tiny, golden):
    page = Page(color=True)
    lines = [
        readable(line)
        for name in ("actors", "kind")
        for line in grid_renderer("table")(grids(tiny)[name], page)
    ]
    golden("counts-color.txt", lines)


@pytest.mark.parametrize("format", ["markdown", "json", "jsonl", "csv"])
def test_the_look_of_the_formats_for_notes_and_programs(tiny, golden, format):
    suffix = {"markdown": "md"}.get(format, format)
    golden(f"show.{suffix}", shown(possibly(tiny, "lamp-theft"), format))


def test_the_look_of_events_in_full(tiny, golden):
    golden("event-80.txt", entries(tiny, width=80))
    golden("event-140.txt", entries(tiny, width=140))
    golden("event.md", entries(tiny, as_markdown=True))


def test_the_look_of_an_actor(tiny, golden):
    golden("actor-80.txt", profile(tiny, "tidewater"))
    golden("actor.md", profile(tiny, "tidewater", as_markdown=True))


@pytest.mark.parametrize("format", ["table", "markdown", "json", "jsonl", "csv"])
def test_the_look_of_counts(tiny, golden, format):
    lines = []
    for name, grid in grids(tiny).items():
        lines += [f"-- {name}", *grid_renderer(format)(grid, Page())]
    golden(f"counts-{format}.txt", lines)


# -- what they hold


@pytest.mark.parametrize(
    ("format", "lines"),
    [
        ("table", []),
        ("timeline", []),
        ("json", ["[]"]),
        ("jsonl", []),
        ("csv", [",".join(columns())]),
        (
            "markdown",
            ["| Date | Kind | Event | Actors | Sources | Id |", "|" + " --- |" * 6],
        ),
    ],
)
def test_an_empty_log_is_an_empty_table_of_its_format(format, lines):
    assert shown(EMPTY, format) == lines


@pytest.mark.parametrize("format", WITH_COUNTS)
def test_counts_of_an_empty_log_can_be_printed(format):
    for grid in grids(EMPTY).values():
        lines = list(grid_renderer(format)(grid, Page()))
        if format == "json":
            assert len(json.loads("\n".join(lines))) == len(grid.rows)


def test_json_holds_the_events_as_objects(tiny):
    objects = [plain_event(tiny, event) for event in tiny.events]
    assert json.loads("\n".join(shown(tiny, "json"))) == objects
    assert [json.loads(line) for line in shown(tiny, "jsonl")] == objects


def test_csv_holds_the_same_fields_flat(tiny):
    lines = "".join(f"{line}\n" for line in shown(tiny, "csv"))
    records = list(csv.DictReader(lines.splitlines(keepends=True)))
    assert len(records) == len(tiny.events)
    for record, event in zip(records, tiny.events, strict=True):
        plain = plain_event(tiny, event)
        sources = plain["sources"]
        expected = {name: plain[name] or "" for name in record if name in plain}
        expected["lag"] = "" if plain["lag"] is None else str(plain["lag"])
        expected["actors"] = "; ".join(actor["name"] for actor in plain["actors"])
        expected["sources"] = "; ".join(f"{s['publisher']}: {s['title']}" for s in sources)
        expected["links"] = "; ".join(s["url"] for s in sources if s["url"])
        for name in ("tags", "related", "host", "origins"):
            expected[name] = "; ".join(plain[name])
        expected["guests"] = "; ".join(guest["name"] for guest in plain["guests"])
        expected["sets"] = "; ".join(f"{id}: {state}" for id, state in plain["sets"].items())
        assert record == expected


def test_csv_joins_what_is_several_with_a_semicolon(tiny):
    event = tiny.events[0]
    event = event._replace(
        actors=("tidewater", "hanbit"),
        sources=("gazette-2020", "almanac", "gazette-2024"),
        tags=("a", "b"),
        related=("toast", "four-days"),
        sets=(("ferry", "closed"), ("strait", "open")),
    )
    _, line = shown(tiny._replace(events=(event,)), "csv")
    assert (
        "Tidewater Press: The Almanac of Lights, [ninth] edition; "
        'Glass Sea Gazette: The last lamp",'
        "https://gazette.example/2020/four-days; https://gazette.example/2024/last-lamp,"
        "a; b,toast; four-days,,,,ferry: closed; strait: open,Glass Sea Gazette; Tidewater Press,"
    ) in line
    assert ",Republic of Tidewater; 한빛 군도," in line


def test_markdown_holds_the_same_rows_and_links_to_the_sources_alone(tiny):
    head, *body = markdown_table(shown(possibly(tiny, "toast"), "markdown"))
    assert [text.strip("\u2007\u2060") for text, _ in head] == [
        "Date", "Kind", "Event", "Actors", "Sources", "Id",
    ]  # fmt: skip
    assert len(body) == len(tiny.events)
    for row, event in zip(body, tiny.events, strict=True):
        assert len(row) == len(head)
        (date, _), (kind, _), (title, _), (actors, _), (sources, links), (id, _) = row
        status = "" if event.status == "confirmed" else f" ({event.status})"
        assert date == ("≈ " if event.id == "toast" else "") + event.date.text
        assert (kind, title, id) == (event.kind, event.title + status, event.id)
        assert actors == ", ".join(tiny.actors[id].name for id in event.actors)
        assert sources == ", ".join(tiny.sources[id].publisher for id in event.sources)
        assert len(links) == sum(bool(tiny.sources[id].url) for id in event.sources)
        assert not any(links for _, links in row[:4] + row[5:])


@pytest.mark.parametrize("format", ["table", "timeline", "markdown"])
def test_a_possible_event_is_marked_and_no_other(tiny, format):
    lines = shown(possibly(tiny, "lamp-theft", "toast"), format, width=140)
    assert sum("≈" in line and "≈ =" not in line for line in lines) == 2
    assert not any("≈" in line for line in shown(tiny, format, width=140))


@pytest.mark.parametrize("format", LAID_OUT)
def test_the_mark_of_a_possible_event_has_an_ascii_form(tiny, format):
    lines = shown(possibly(tiny, "lamp-theft"), format, unicode=False)
    assert any("=  2021?" in line or "= A lamp is taken" in line for line in lines)
    assert "≈" not in "\n".join(lines)


@pytest.mark.parametrize("format", [one.name for one in FORMATS.values() if not one.sources])
def test_the_first_lines_are_there_before_the_last_event_is_formatted(tiny, format):
    class Unready(tuple):
        """A list of sources that nobody can read yet."""

        __slots__ = ()

        def __iter__(self):
            raise AssertionError("the last event was looked at")

    many = [tiny.events[0]] * 50
    last = tiny.events[-1]._replace(sources=Unready(), actors=Unready())
    lines = renderer(format)(tiny._replace(events=(*many, last)), Page())
    assert next(lines)


def test_json_comes_event_by_event(tiny):
    lines = iter(renderer("json")(tiny._replace(events=(*tiny.events[:1], None)), Page()))
    assert [next(lines), next(lines)] == ["[", "  {"]


def test_every_format_has_a_module_and_every_suffix_a_format():
    assert set(SUFFIXES.values()) <= set(FORMATS)
    assert all(callable(renderer(name)) for name in FORMATS)
    assert all(callable(grid_renderer(name)) for name in WITH_COUNTS)
    assert not any(format.laid_out and format.data for format in FORMATS.values())


@pytest.mark.parametrize(
    ("command", "option", "known"),
    [
        ("show", "format", FORMATS),
        ("event", "format", FORMATS),
        ("kinds", "format", WITH_COUNTS),
        ("check", "format", WRITERS),
        ("stats", "by", AXES),
    ],
)
def test_the_command_line_offers_what_there_is_and_no_more(command, option, known):
    context = Context(cli.commands[command], help_option_names=["-h", "--help"])
    parameters = cli.commands[command].get_params(context)
    (choices,) = (one.type.choices for one in parameters if one.name == option)
    assert list(choices) == list(known)


# -- width


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_page(tiny, width):
    log = possibly(tiny, "missing-pilot", "four-days")
    lines = [line for name in LAID_OUT for line in shown(log, name, width=width)]
    lines += [line for line in entries(log, width=width) if "://" not in line]
    lines += [line for id in tiny.actors for line in profile(tiny, id, width=width)]
    for grid in grids(tiny).values():
        lines += grid_renderer("table")(grid, Page(width=width))
    assert max(map(cells, lines)) <= width
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("format", LAID_OUT)
def test_titles_names_and_ids_are_whole_at_any_width(tiny, width, format):
    for event in tiny.events:
        lines = shown(only(tiny, event.id), format, width=width, ids=True)
        words = " ".join(lines).split()
        assert set(event.title.split()) <= set(words)
        assert event.id in "".join(words)
        for name in [tiny.actors[id].name for id in event.actors][:1]:
            assert {part.strip(",") for part in name.split()} <= {word.strip(",") for word in words}


def test_a_wide_page_has_an_event_in_one_line():
    assert TABLE[120] == [
        "Date    Kind    Event                     People",
        "2023 · 2 events",
        "Sep 13  summit  Two leaders meet at last  "
        "Kim Jong Un, Vladimir Putin, Sergei Shoigu, Sergei Lavrov",
        "Oct     visit   A guest comes (reported)  Sergei Lavrov",
        "",
    ]  # fmt: skip


def test_a_narrow_page_has_the_kind_the_status_and_the_people_beneath_the_title():
    assert TABLE[119] == [
        "Date    Event",
        "2023 · 2 events",
        "Sep 13  Two leaders meet at last",
        "        summit · Kim Jong Un, Vladimir Putin, Sergei Shoigu, Sergei Lavrov",
        "Oct     A guest comes",
        "        visit · reported · Sergei Lavrov",
        "",
    ]


def test_people_who_do_not_fit_are_counted_and_no_name_is_cut():
    assert TABLE[60][3] == "        summit · Kim Jong Un, Vladimir Putin +2"
    assert sheet.named(["Kim Jong Un", "Putin"], 18) == "Kim Jong Un, Putin"
    assert sheet.named(["Kim Jong Un", "Putin"], 17) == "Kim Jong Un +1"
    assert sheet.named(["Kim Jong Un", "Putin"], 3) == "Kim Jong Un +1"
    assert sheet.named(["Kim Jong Un"], 3) == "Kim Jong Un"
    assert sheet.named([], 3) == ""


def test_ids_have_a_column_where_it_takes_no_room_from_the_titles_else_a_line():
    wide = shown(LEADERS, "table", width=138, ids=True)
    assert wide[0].split() == ["Date", "Kind", "Event", "People", "Id"]
    assert wide[2].endswith("  two-leaders-2023")
    narrow = shown(LEADERS, "table", width=137, ids=True)
    assert narrow[3] == "                two-leaders-2023"
    assert shown(LEADERS, "table", width=80, ids=True)[4] == "        two-leaders-2023"


def test_an_id_is_broken_after_hyphens_alone():
    assert style.id_lines("two-leaders-2023", 16) == ["two-leaders-2023"]
    assert style.id_lines("two-leaders-2023", 15) == ["two-leaders-", "2023"]
    assert style.id_lines("two-leaders-2023", 8) == ["two-", "leaders-", "2023"]
    assert style.id_lines("김-별-2023", 6) == ["김-별-", "2023"]


@pytest.mark.parametrize("format", ["table", "markdown", "csv"])
def test_columns_are_those_asked_for_in_that_order(format):
    lines = shown(LEADERS, format, width=80, columns=("title", "status", "sources", "date"))
    names = [
        word.lower().strip("\u2007\u2060") for word in re.findall(r"\w+[\u2007\u2060]*", lines[0])
    ]
    assert names == ["title", "status", "sources", "date"]
    row = next(line for line in lines if "A guest comes" in line)
    assert re.search("A guest comes.*reported.*TASS.*(Oct|2023-10)", row)
    assert "Lavrov" not in "".join(lines)


@pytest.mark.parametrize("format", ["table", "markdown", "csv"])
def test_every_column_can_be_asked_for(tiny, format):
    for name in names():
        lines = shown(tiny, format, columns=(name,))
        assert lines[0].lower().strip("| \u2007\u2060") == name


def test_columns_that_have_no_room_beside_each_other_stand_below_each_other():
    assert shown(
        LEADERS, "table", width=40, columns=("date", "event", "sources", "id", "people")
    ) == [
        "2023 · 2 events",
        "date     Sep 13",
        "event    Two leaders meet at last",
        "sources  TASS, KCNA",
        "id       two-leaders-2023",
        "people   Kim Jong Un, Vladimir Putin +2",
        "",
        "date     Oct",
        "event    A guest comes (reported)",
        "sources  TASS",
        "id       a-guest-2023",
        "people   Sergei Lavrov",
        "",
        "",
    ]


def test_columns_narrower_than_they_would_be_share_what_the_others_leave():
    assert sheet.widths([4, 10, 6], Page(width=40)) == [4, 10, 6]
    assert sheet.widths([4, 50, 60], Page(width=40)) == [4, 16, 16]
    assert sheet.widths([4, 15, 60], Page(width=40)) == [4, 15, 17]


@pytest.mark.parametrize(
    ("date", "heading", "said"),
    [
        ("2023-09-13", "2023", "Sep 13"),
        ("2023-09-13?", "2023", "Sep 13?"),
        ("2023-09-13~", "2023", "about Sep 13"),
        ("2023-09-13%", "2023", "about Sep 13?"),
        ("2023-10", "2023", "Oct"),
        ("2023-10-XX", "2023", "Oct"),
        ("2023-22", "2023", "summer"),
        ("2023-34", "2023", "Q2"),
        ("2023", "2023", "2023"),
        ("2023~", "2023", "about 2023"),
        ("201X", "2010s", "2010s"),
        ("19XX", "19XX", "19XX"),
        ("0007-01-02", "0007", "Jan 2"),
        ("2023-07-25/2023-07-27", "2023", "Jul 25-27"),
        ("2023-07-25~/2023-07-27", "2023", "about Jul 25-27"),
        ("2023-07-25/2023-07-27~", "2023", "Jul 25 - about 27"),
        ("2023-07-25~/2023-07-27~", "2023", "about Jul 25-27"),
        ("2023-07-25/2023-07-25", "2023", "Jul 25"),
        ("2023-09-30/2023-10-02", "2023", "Sep 30 - Oct 2"),
        ("2023-12-30/2024-01-02", "2023", "Dec 30 - Jan 2, 2024"),
        ("2023-07/2023-08", "2023", "Jul-Aug"),
        ("2023-12/2024-02", "2023", "Dec - Feb 2024"),
        ("2023/2024", "2023", "2023-2024"),
        ("2023-07-25/2023-08", "2023", "Jul 25 - Aug"),
        ("2023-07/..", "2023", "since Jul"),
        ("2023-07/", "2023", "Jul - ?"),
        ("../2018-05", "before", "until May 2018"),
        ("/2018-05", "before", "? - May 2018"),
        ("[..2018-05]", "before", "by May 2018"),
        ("[2018-05..]", "2018", "May or later"),
        ("[2020-02-03,2020-02-10]", "2020", "Feb 3 or 10"),
        ("[2020-02-03,2020-03-10]", "2020", "Feb 3 or Mar 10"),
        ("[2020-02-03..2020-02-10]", "2020", "Feb 3 to 10"),
        ("[2019,2021]", "2019", "2019 or 2021"),
    ],
)
def test_dates_are_written_as_people_write_them_under_their_year(date, heading, said):
    assert (spoken.year(parse(date)), spoken.date(parse(date))) == (heading, said)


def test_a_date_that_is_longer_than_its_column_is_broken_at_blanks(tiny):
    event = tiny.events[0]._replace(date=parse("2023-12-30/2024-01-02"))
    lines = shown(tiny._replace(events=(event,)), "table")
    assert [line[:14].strip() for line in lines[2:4]] == ["Dec 30 - Jan", "2, 2024"]


def test_the_table_sets_off_years_with_their_counts(tiny):
    heads = [line for line in shown(tiny, "table") if " · " in line and line[0] != " "]
    assert heads[:5] == [
        "before · 1 event", "19XX · 1 event", "2010s · 1 event", "2019 · 4 events",
        "2020 · 3 events",
    ]  # fmt: skip
    assert "2019 - 4 events" in shown(tiny, "table", unicode=False)


@pytest.mark.parametrize("width", [40, 60, 80, 140])
def test_a_long_kind_leaves_room_for_the_title(tiny, width):
    kinds = tuple(event._replace(kind="kind-of-" * 20) for event in tiny.events)
    lines = shown(tiny._replace(events=kinds), "table", width=width)
    assert max(map(cells, lines)) <= width
    assert any("A lamp is" in line for line in lines)


def test_a_name_that_is_wider_than_its_column_is_broken_and_not_cut(tiny):
    name = "조선민주주의인민공화국외무성" * 2
    actors = {**tiny.actors, "hanbit": tiny.actors["hanbit"]._replace(name=name)}
    for width in (40, 120):
        lines = shown(only(tiny, "lights-out")._replace(actors=actors), "table", width=width)
        assert "…" not in "".join(lines)
        assert sum(line.count("외") for line in lines) == 2


@pytest.mark.parametrize("width", WIDTHS)
def test_columns_stay_aligned_beside_wide_characters(tiny, width):
    lines = shown(tiny, "table", width=width, columns=("actors", "date"))
    rows = [line for line in lines[1:] if "  " in line.strip()]
    starts = {cells(line[: line.rindex("  ") + 2]) for line in rows}
    assert len(starts) == 1


# -- colour and links


@pytest.mark.parametrize("width", [40, 80, 140])
@pytest.mark.parametrize("links", [False, True])
def test_without_its_colours_a_page_is_the_plain_page(tiny, width, links):
    log = possibly(tiny, "toast")
    page = {"width": width, "color": True, "links": links}

    def bare(lines):
        return [ANSI.sub("", line).rstrip() for line in lines]

    for format in LAID_OUT:
        colored = shown(log, format, **page)
        assert colored != shown(log, format, width=width)
        assert bare(colored) == shown(log, format, width=width)
    assert bare(entries(log, **page)) == entries(log, width=width)
    assert bare(profile(tiny, "hanbit", **page)) == profile(tiny, "hanbit", width=width)
    for grid in grids(tiny).values():
        plain = list(grid_renderer("table")(grid, Page(width=width)))
        assert bare(grid_renderer("table")(grid, Page(**page))) == plain


@pytest.mark.parametrize("format", ["markdown", "json", "jsonl", "csv"])
def test_formats_for_notes_and_programs_are_never_coloured_cut_or_linked(tiny, format):
    assert shown(tiny, format) == shown(
        tiny, format, width=40, color=True, unicode=False, links=True
    )


def test_titles_and_sources_are_hyperlinks_only_where_the_page_allows_them(tiny):
    assert not LINK.findall("\n".join(shown(tiny, "table", width=140, color=True)))
    targets = set(LINK.findall("\n".join(shown(tiny, "table", width=140, color=True, links=True))))
    assert targets == {
        "https://gazette.example/2019/09/01/fog?page=1&edition=%5Blate%5D",
        "https://gazette.example/2020/four-days",
        "http://radio.example/%ED%95%9C%EB%B9%9B/%EB%B6%88%EB%B9%9B",
        "https://gazette.example/2023/lamps_%28all%29",
        "https://gazette.example/2024/last-lamp",
    }


def test_a_narrow_table_links_titles_alone(tiny):
    (event,) = (event for event in tiny.events if event.id == "year-of-fog")
    lines = shown(tiny._replace(events=(event,)), "table", width=80, color=True, links=True)
    assert len(LINK.findall("\n".join(lines))) == 1


def test_kinds_are_coloured_in_the_order_in_which_the_log_lists_them():
    kinds = [f"kind-{n}" for n in range(len(style.HUES) + 1)]
    log = EMPTY._replace(kinds=dict.fromkeys(kinds, ""))
    assert [style.hue(log, kind) for kind in kinds] == [*style.HUES, style.HUES[0]]
    assert style.hue(EMPTY, "unheard-of") == style.HUES[0]


def test_every_colour_is_legible_on_black_and_on_white():
    for hue in style.HUES:
        light = luminance(int(re.search("[0-9]+", hue)[0]))
        assert min((light + 0.05) / 0.05, 1.05 / (light + 0.05)) >= 3.8, hue


def luminance(number):
    """Give the relative luminance of one of xterm's 256 colours (WCAG 2.2)."""
    levels = (0, 95, 135, 175, 215, 255)
    place = number - 16
    channels = [levels[place // 36] / 255, levels[place // 6 % 6] / 255, levels[place % 6] / 255]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_text_is_painted_where_the_page_has_colour():
    assert style.paint("x", "bold", Page(color=True)) == "\x1b[1mx\x1b[0m"
    assert style.paint("x", "color(30)", Page(color=True)) == "\x1b[38;5;30mx\x1b[0m"
    assert style.paint("", "bold", Page(color=True)) == ""
    assert style.paint("x", "bold", Page()) == "x"


def test_the_blanks_that_fill_a_cell_are_neither_coloured_nor_linked():
    page = {"width": 140, "color": True, "links": True}
    lines = [readable(line) for line in shown(LEADERS, "table", **page)]
    assert lines[3].startswith(
        "Oct     <133>visit</>   <link https://tass.example/1><bold>A guest comes</></link>"
        "<italic> (reported)</>  Sergei"
    )


# -- events in full, and actors


def test_an_event_in_full_says_everything_about_it(tiny):
    text = "\n".join(entries(tiny, width=200))
    assert "Note: The Gazette gives the day" in text
    assert "Zoë Ångström (Pilot Service)" in text
    assert (
        "according to 한빛 군도:\n          1 등대의 불빛이 꺼지다 - 한빛 방송, 2021-06-01, in ko"
        in text
    )
    assert "The Almanac of Lights, [ninth] edition - Zoë Ångström\n" in text
    assert "https://gazette.example/2019/09/01/fog?page=1&edition=%5Blate%5D" in text
    assert "A lamp is taken, or lent (disputed)" in text


def test_the_sources_are_numbered_under_those_whose_accounts_they_give():
    text = "\n".join(entries(only(LEADERS, "two-leaders-2023"), width=200))
    assert (
        """
sources  2 origins, 3 sources
         according to KCNA:
          1 Talks - TASS
            https://tass.example/2
          2 More talks - 2023-09-14
         according to TASS:
          3 They meet
            https://tass.example/1
"""
        in text
    )
    assert "sources  1 origin, 1 source\n" in "\n".join(entries(only(LEADERS, "a-guest-2023")))


def test_an_event_in_full_has_guest_host_level_and_what_it_sets():
    text = "\n".join(entries(only(LEADERS, "two-leaders-2023")))
    assert "level    leader\n" in text
    assert "guest    Kim Jong Un\nhost     Russia\nsets     The embassy: open\n" in text
    other = "\n".join(entries(only(LEADERS, "a-guest-2023")))
    assert not re.search("^(level|guest|host|sets) ", other, re.MULTILINE)


def test_an_event_in_full_names_the_last_like_it_between_the_same_states():
    summit = LEADERS.events[0]
    dates = {"other-kind": "2023-08-30", "last": "2023-08-01", "first": "2023-07-01",
             "alone": "2023-08-31", "later": "2023-10-01"}  # fmt: skip
    others = {id: summit._replace(id=id, date=parse(date)) for id, date in dates.items()}
    others["other-kind"] = others["other-kind"]._replace(kind="visit")
    others["alone"] = others["alone"]._replace(actors=("putin", "lavrov"))
    log = LEADERS._replace(events=(summit, *others.values()))
    lines = list(entry.events(log, [summit], Page(width=200), as_markdown=False))
    assert any(
        line.startswith("earlier  2023-08-01 Two leaders meet at last [last]") for line in lines
    )
    assert not any("earlier" in line for line in entries(only(log, "first")))


def test_related_events_are_named_from_both_sides(tiny):
    blocks = "\n".join(entries(tiny, width=200)).split("\n\n\n")
    (lit,) = (block for block in blocks if "\nid       lamps-lit" in block)
    assert "related  2023-01-15 A toast is drunk the same evening [toast]" in lit
    assert "         2024-02-29 The last lamp is carried across [last-lamp]" in lit


def test_the_lists_of_an_entry_are_nested_by_four_blanks():
    lines = entries(only(LEADERS, "two-leaders-2023"), as_markdown=True)
    assert [line for line in lines if "accord" in line or re.match(" *- [(]", line)] == [
        "    - according to KCNA:",
        "        - (1) [Talks - TASS](https://tass.example/2)",
        "        - (2) More talks - 2023-09-14",
        "    - according to TASS:",
        "        - (3) [They meet](https://tass.example/1)",
    ]
    html = MarkdownIt("commonmark").render("\n".join(lines))
    assert html.count("<ul>") == 4


def test_an_event_in_full_is_markdown_with_links(tiny):
    text = "\n".join(entries(tiny, as_markdown=True))
    html = MarkdownIt("commonmark").render(text)
    assert html.count("<h2>") == len(tiny.events)
    assert html.count("<a href=") == text.count("](")
    assert "<h2>**Fog** | `horns` | _silence_: the *third* treaty is &lt;signed&gt; " in html
    assert "<h2>[Draft] charter of the lights is read out [sic]</h2>" in html


def test_an_actor_is_shown_with_names_members_and_counts(tiny):
    selection = tiny.keep(lambda event: Match.SURELY if "hanbit" in event.actors else Match.NO)
    text = "\n".join(profile(tiny, "hanbit", selection, width=200))
    assert text.startswith("한빛 군도\nhanbit\n\n")
    assert "also     Hanbit Isles, Архипелаг Ханбит\nmembers  김별\n" in text
    assert "first    ../2018-05 The old ferry runs" in text
    assert "last     2023-02/.. A common watch" in text
    assert "years    before: 1, 201X: 1, 2020: 2, 2021: 1, 2023: 2\n" in text
    assert "kinds    treaty: 3, passage: 2, talks: 1, incident: 1\n" in text
    assert "with     Republic of Tidewater: 5, 灯火組合: 2\n" in text


def test_an_actor_is_with_those_outside_their_own_tree_whom_they_met_most(tiny):
    events = [
        Event(f"e{n}", parse("2020"), "Something", "talks", actors=actors)
        for n, actors in enumerate(
            [("zoe-angstrom", "tidewater", "hanbit", "kim-byeol"),
             ("zoe-angstrom", "lantern-guild"),
             ("zoe-angstrom", "kim-byeol"), ("hanbit", "tidewater")]
        )
    ]  # fmt: skip
    log = tiny.holding(events)
    assert "with     한빛 군도: 2, 灯火組合: 1" in profile(log, "zoe-angstrom")
    assert "with     한빛 군도: 3, 灯火組合: 1" in profile(log, "tidewater")


def test_an_actor_without_events_names_or_members_is_its_name(tiny):
    assert profile(tiny, "the-quiet-coast", EMPTY) == [
        "The Quiet Coast", "the-quiet-coast", "", "events   0 of 3", "",
    ]  # fmt: skip


def test_an_actor_names_what_it_belongs_to(tiny):
    chain = "Pilot Service, Harbour Office, Republic of Tidewater"
    assert f"of       {chain}" in profile(tiny, "zoe-angstrom")
    log = tiny._replace(actors={"zoe-angstrom": tiny.actors["zoe-angstrom"]})
    assert not any(line.startswith("of ") for line in profile(log, "zoe-angstrom", EMPTY))


def test_the_facts_of_an_actor_are_of_their_own_events_and_say_how_many_were_asked_for(tiny):
    both = tiny.keep(lambda event: Match(2 * (event.id in ("toast", "four-days"))))
    assert [e.id for e in both.events if "kim-byeol" in e.actors] == ["toast"]
    lines = profile(tiny, "kim-byeol", both)
    assert "events   1 of 3" in lines
    assert [line[9:19] for line in lines if line.startswith(("first", "last"))] == [
        "2023-01-15"
    ] * 2
    assert "events   3" in profile(tiny, "kim-byeol")


def test_the_first_event_of_an_actor_is_the_earliest_in_any_order(tiny):
    assert profile(tiny, "hanbit", tiny.holding(tiny.events[::-1])) == profile(tiny, "hanbit")


# -- counts


def test_addresses_in_counts_are_links_in_markdown_and_left_out_of_the_table():
    grid = Grid(("id", "url", "events"), (("a", "https://x.example/page", 1), ("b", None, 2)))
    assert list(grid_renderer("markdown")(grid, Page())) == [
        "| Id | Url | Events |",
        "| --- | --- | --: |",
        "| a | [x.example](https://x.example/page) | 1 |",
        "| b |  | 2 |",
    ]
    assert [line.split() for line in grid_renderer("table")(grid, Page())] == [
        ["Id", "Events"],
        ["a", "1"],
        ["b", "2"],
    ]


@pytest.mark.parametrize("width", [100, 110])
@pytest.mark.parametrize("column", ["name", "id", "published", "title"])
def test_a_count_of_something_with_a_long_name_has_every_letter_of_it(width, column):
    name = "".join(chr(ord("a") + place % 26) for place in range(120))
    grid = Grid((column, "events"), ((name, 1234567), ("short", 2)), bars=column == "name")
    head, *lines = grid_renderer("table")(grid, Page(width=width))
    assert max(map(cells, (head, *lines))) <= width
    assert "…" not in "".join(lines)
    assert name in "".join(line.split()[0] for line in lines if line.split())
    assert "1234567" in lines[0]


@pytest.mark.parametrize("width", WIDTHS)
def test_counts_are_whole_at_any_width(tiny, width):
    names = {id: f"{id}-with-a-rather-long-name" for id in tiny.sources}
    sources = {names[id]: source._replace(id=names[id]) for id, source in tiny.sources.items()}
    events = [e._replace(sources=tuple(names[id] for id in e.sources)) for e in tiny.events]
    log = tiny._replace(sources=sources, events=tuple(events))
    grid = LISTINGS["sources"](log, log)
    head, *lines = grid_renderer("table")(grid, Page(width=width))
    assert head.endswith("  Events")
    assert max(map(cells, lines)) <= width
    ids = "".join(line.partition("  ")[0] for line in lines)
    assert all(row[0] in ids for row in grid.rows)
    words = {word for line in lines for word in line.split()}
    assert all({*row[2].split()} <= words for row in grid.rows)


def test_a_narrow_page_has_room_for_what_is_counted_and_how_often(tiny):
    def head(name, width):
        return next(grid_renderer("table")(LISTINGS[name](tiny, tiny), Page(width))).split()

    assert head("sources", 100) == ["Id", "Publisher", "Title", "Published", "Events"]
    assert head("sources", 99) == ["Id", "Title", "Events"]
    assert head("actors", 80) == ["Name", "Events", "Id", "Aliases"]
    assert head("actors", 60) == ["Name", "Events", "Id"]


def test_actors_are_drawn_as_the_tree_that_they_are(tiny):
    lines = list(grid_renderer("table")(LISTINGS["actors"](tiny, tiny), Page(width=60)))
    assert lines == [
        "Name                   Events  Id",
        "Republic of Tidewater      12  tidewater",
        "  Harbour Office            7  harbour-office",
        "    Pilot Service           5  pilot-service",
        "      Zoë Ångström          5  zoe-angstrom",
        "한빛 군도                  10  hanbit",
        "  김별                      3  kim-byeol",
        "灯火組合                    4  lantern-guild",
        "The Quiet Coast             3  the-quiet-coast",
    ]


def test_an_actor_whose_own_one_is_not_among_the_rows_stands_at_the_top():
    columns = ("id", "name", "of", "aliases", "events")
    rows = (("b", "B", "a", (), 2), ("c", "C", "b", ("One", "Two of a longer name"), 1))
    lines = list(grid_renderer("table")(Grid(columns, rows), Page(width=50)))
    assert lines == [
        "Name  Events  Id  Aliases",
        "B          2  b",
        "  C        1  c   One, Two of a longer name",
    ]
    assert list(grid_renderer("table")(Grid(columns, rows), Page(width=40)))[2] == (
        "  C        1  c   One +1"
    )


def test_a_name_in_the_tree_that_is_broken_stays_set_in():
    columns = ("id", "name", "of", "aliases", "events")
    rows = (("a", "A", None, (), 2), ("b-" * 10, "Department of " * 3, "a", (), 1))
    lines = list(grid_renderer("table")(Grid(columns, rows), Page(width=40)))
    assert len(lines) > 3
    assert all(line.startswith("  Department") for line in lines[2:5])


def test_the_first_rows_are_there_before_the_last_ones_are_set():
    rows = [("short", 1)] * 50
    grid = Grid(("id", "events"), tuple(rows))
    lines = grid_renderer("table")(grid, Page())
    assert next(lines).split() == ["Id", "Events"]


def test_bars_fill_the_page_and_have_an_ascii_form():
    grid = Grid(("year", "events"), (("2018", 4), ("2019", 1), ("2020", 0)), bars=True)
    head, first, second, third = grid_renderer("table")(grid, Page(width=40, unicode=False))
    assert head.split() == ["Year", "Events"]
    assert first.count("#") == 26
    assert cells(first) == 40
    assert second.count("#") == round(26 / 4)
    assert third.split() == ["2020", "0"]
    assert "█" * 26 in list(grid_renderer("table")(grid, Page(width=40)))[1]


def test_bars_stand_beside_names_longer_than_the_page():
    name = "a place with a name that goes on and on, " * 5
    grid = Grid(("place", "events"), ((name, 4), ("b", 1)), bars=True)
    lines = list(grid_renderer("table")(grid, Page(width=60)))
    assert max(map(cells, lines)) <= 60
    assert sum("█" in line for line in lines) == 2
