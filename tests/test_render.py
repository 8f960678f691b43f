"""Every format: how it looks, what it holds, and that it is as wide as the page and no wider."""

import csv
import importlib
import io
import json
import re
from itertools import groupby

import pytest
from click import Context
from markdown_it import MarkdownIt
from rich.console import Console
from rich.table import Table

from nktimeline.cli import cli
from nktimeline.dates import Match, parse
from nktimeline.model import Log
from nktimeline.plain import plain_event
from nktimeline.problems import WRITERS
from nktimeline.render import (
    DECORATED,
    FORMATS,
    GRID_FORMATS,
    SUFFIXES,
    Page,
    entry,
    grid_renderer,
    renderer,
    style,
    table,
)
from nktimeline.tally import LISTINGS, STATISTICS, Grid, year
from nktimeline.text import cells

ANSI = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")
LINK = re.compile(r"\x1b\]8;[^;]*;([^\x1b]+)\x1b\\")
WIDTHS = (40, 47, 59, 60, 61, 80, 100, 109, 110, 111, 140, 200)
EMPTY = Log("Nothing", {}, {}, {}, ())


def shown(log, format, **page):
    return list(renderer(format)(log, Page(**page)))


def entries(log, *, as_markdown=False, **page):
    return list(entry.events(log, log.events, Page(**page), as_markdown=as_markdown))


def profile(log, id, selection=None, *, as_markdown=False, **page):
    chosen = log.actors[id]
    selection = log if selection is None else selection
    return list(entry.actor(log, chosen, selection, Page(**page), as_markdown=as_markdown))


def possibly(log, *ids):
    """Give the log as a selection in which some events are only possible."""
    return log._replace(possible=frozenset(ids))


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
@pytest.mark.parametrize("format", DECORATED)
@pytest.mark.parametrize("signs", ["unicode", "ascii"])
def test_the_look_of_the_formats_that_are_laid_out(tiny, golden, format, width, signs):
    log = possibly(tiny, "lamp-theft", "year-of-fog")
    lines = shown(log, format, width=width, unicode=signs == "unicode")
    golden(f"{format}-{width}-{signs}.txt", lines)


@pytest.mark.parametrize("width", [50, 80, 140])
def test_the_colours_and_links_of_a_table(tiny, golden, width):
    log = possibly(tiny, "lamp-theft", "year-of-fog")
    page = {"width": width, "color": True, "links": True}
    lines = [repr(line) for line in shown(log, "table", **page)]
    golden(f"table-{width}-color.txt", lines)


def test_the_colours_of_counts(tiny, golden):
    page = Page(color=True)
    lines = [
        repr(line)
        for count in (LISTINGS["actors"], STATISTICS["kind"])
        for line in grid_renderer("table")(count(tiny, tiny), page)
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


@pytest.mark.parametrize("format", GRID_FORMATS)
def test_the_look_of_counts(tiny, golden, format):
    grids = (LISTINGS | STATISTICS).items()
    lines = []
    for name, count in grids:
        lines += [f"-- {name}", *grid_renderer(format)(count(tiny, tiny), Page())]
    golden(f"counts-{format}.txt", lines)


# -- what they hold


@pytest.mark.parametrize(
    ("format", "lines"),
    [
        ("table", []),
        ("timeline", []),
        ("json", ["[]"]),
        ("jsonl", []),
        ("csv", [",".join(importlib.import_module("nktimeline.render.csv").COLUMNS)]),
        (
            "markdown",
            ["| Date | Kind | Event | Actors | Sources | Id |", "|" + " --- |" * 6],
        ),
    ],
)
def test_an_empty_log_is_an_empty_table_of_its_format(format, lines):
    assert shown(EMPTY, format) == lines


@pytest.mark.parametrize("format", GRID_FORMATS)
def test_counts_of_an_empty_log_can_be_printed(format):
    for count in (LISTINGS | STATISTICS).values():
        lines = list(grid_renderer(format)(count(EMPTY, EMPTY), Page()))
        assert lines == (["[]"] if format == "json" else []) or format != "json"


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
        expected["actors"] = "; ".join(actor["name"] for actor in plain["actors"])
        expected["sources"] = "; ".join(f"{s['publisher']}: {s['title']}" for s in sources)
        expected["links"] = "; ".join(s["url"] for s in sources if s["url"])
        expected["tags"] = "; ".join(plain["tags"])
        expected["related"] = "; ".join(plain["related"])
        assert record == expected


def test_csv_joins_what_is_several_with_a_semicolon(tiny):
    (event,) = tiny.first(1).events
    event = event._replace(
        actors=("tidewater", "hanbit"),
        sources=("gazette-2020", "almanac", "gazette-2024"),
        tags=("a", "b"),
        related=("toast", "four-days"),
    )
    _, line = shown(tiny._replace(events=(event,)), "csv")
    assert line.endswith(
        "Tidewater Press: The Almanac of Lights, [ninth] edition; "
        'Glass Sea Gazette: The last lamp",'
        "https://gazette.example/2020/four-days; https://gazette.example/2024/last-lamp,"
        "a; b,toast; four-days"
    )
    assert ",Republic of Tidewater; 한빛 군도," in line


def test_markdown_holds_the_same_rows_and_links_to_the_sources_alone(tiny):
    head, *body = markdown_table(shown(possibly(tiny, "toast"), "markdown"))
    assert [text for text, _ in head] == ["Date", "Kind", "Event", "Actors", "Sources", "Id"]
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
    assert sum(line.count("≈") for line in lines) == 2
    assert sum("≈" in line for line in shown(tiny, format, width=140)) == 0


@pytest.mark.parametrize("format", DECORATED)
def test_the_mark_of_a_possible_event_has_an_ascii_form(tiny, format):
    lines = shown(possibly(tiny, "lamp-theft"), format, unicode=False)
    assert any("= 2021?" in line or "= A lamp is taken" in line for line in lines)
    assert "≈" not in "\n".join(lines)


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_holds_the_same_events_in_the_same_order(tiny, format):
    events = tuple(event._replace(title=f"No{n:02}") for n, event in enumerate(tiny.events))
    for log in (tiny._replace(events=events), tiny._replace(events=events[::-1])):
        titles = re.findall(r"No[0-9]{2}", "\n".join(shown(log, format)))
        assert titles == [event.title for event in log.events]


@pytest.mark.parametrize("format", ["jsonl", "csv", "markdown"])
def test_the_first_lines_are_there_before_the_last_event_is_formatted(tiny, format):
    class Unready:
        def __getattr__(self, _name):
            raise AssertionError("the last event was looked at")

    lines = renderer(format)(tiny._replace(events=(tiny.events[0], Unready())), Page())
    assert next(lines)


def test_json_comes_event_by_event(tiny):
    lines = iter(renderer("json")(tiny._replace(events=(*tiny.events[:1], None)), Page()))
    assert [next(lines), next(lines)] == ["[", "  {"]


def test_every_format_has_a_module_and_every_suffix_a_format():
    assert set(SUFFIXES.values()) <= set(FORMATS)
    assert all(callable(renderer(name)) for name in FORMATS)
    assert all(callable(grid_renderer(name)) for name in GRID_FORMATS)
    assert set(DECORATED) < set(FORMATS)


@pytest.mark.parametrize(
    ("command", "option", "known"),
    [
        ("show", "format", FORMATS),
        ("event", "format", FORMATS),
        ("kinds", "format", GRID_FORMATS),
        ("check", "format", WRITERS),
        ("stats", "by", STATISTICS),
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
    lines = [line for name in DECORATED for line in shown(log, name, width=width)]
    lines += [line for line in entries(log, width=width) if "://" not in line]
    lines += [line for id in tiny.actors for line in profile(tiny, id, width=width)]
    for count in (LISTINGS | STATISTICS).values():
        lines += grid_renderer("table")(count(tiny, tiny), Page(width=width))
    assert max(map(cells, lines)) <= width
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_title_is_whole_at_any_width(tiny, width):
    for format in DECORATED:
        lines = shown(tiny, format, width=width)
        words = " ".join(" ".join(lines).split())
        for event in tiny.events:
            if format == "timeline":
                assert event.title.split()[0] in words
                continue
            assert all(word in words for word in event.title.split())
            assert event.id in words


def test_the_table_has_more_columns_where_there_is_room(tiny):
    def beside(width):
        return next(line for line in shown(tiny, "table", width=width) if "lamp is taken" in line)

    assert beside(59).split() == ["2021?", "A", "lamp", "is", "taken,", "or", "lent", "(disputed)"]
    assert beside(60).split()[:2] == ["2021?", "incident"]
    assert beside(109).split()[-1] == "(disputed)"
    assert beside(110).split()[-2:] == ["한빛", "방송"]


@pytest.mark.parametrize("width", [40, 60, 80, 140])
def test_a_long_kind_leaves_room_for_the_title(tiny, width):
    kinds = tuple(event._replace(kind="kind-of-" * 20) for event in tiny.events)
    lines = shown(tiny._replace(events=kinds), "table", width=width)
    assert max(map(cells, lines)) <= width
    assert any("A lamp is" in line for line in lines)


def test_a_name_that_is_wider_than_its_column_is_broken_and_not_cut(tiny):
    name = "조선민주주의인민공화국외무성" * 2
    actors = {**tiny.actors, "hanbit": tiny.actors["hanbit"]._replace(name=name)}
    lines = shown(tiny._replace(actors=actors), "table", width=110)
    assert "…" not in "".join(lines)
    assert sum(line.count("외") for line in lines) == 2 * 7


@pytest.mark.parametrize(
    ("date", "lines"),
    [
        ("four-days", ["2020-06-01/", "2020-06-04"]),
        ("missing-pilot", ["[2020-02-03,", "2020-02-10]"]),
        ("lamp-watch", ["2023-02/..", ""]),
        ("closed-strait", ["2023-07/", ""]),
        ("ferry-runs", ["../2018-05", ""]),
        ("draft-charter", ["2019-03-12~", ""]),
    ],
)
def test_the_table_breaks_long_dates_where_their_parts_meet(tiny, date, lines):
    (event,) = (event for event in tiny.events if event.id == date)
    found = shown(tiny._replace(events=(event,)), "table", width=80)
    width = max(10, *map(len, lines))
    assert [line[:width].strip() for line in found[1:3]] == lines


def test_the_table_does_not_break_what_is_as_short_as_a_day(tiny):
    (event,) = tiny.first(1).events
    date = parse("2018?/2019?")
    lines = shown(tiny._replace(events=(event._replace(date=date),)), "table")
    assert lines[1].startswith("2018?/2019?  passage")


def test_the_table_sets_off_years_no_more_exactly_than_they_are_known(tiny):
    lines = shown(tiny, "table")
    heads = [line for before, line in zip(["", *lines], lines, strict=False) if not before]
    assert heads[:5] == ["before", "19XX", "201X", "2019", "2020"]
    assert [year(event.date) for event in tiny.events[:4]] == heads[:4]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_table_of_events_is_line_for_line_what_rich_draws(tiny, width):
    """The events are laid out without rich, for speed; rich says how."""
    log, page = possibly(tiny, "toast"), Page(width=width)
    columns = table.widths(log, page)
    drawn = io.StringIO()
    console = Console(file=drawn, width=width, _environ={})
    for number, events in groupby(log.events, lambda event: year(event.date)):
        grid = Table.grid(padding=(0, 2, 0, 0))
        for column in columns:
            grid.add_column(width=column, overflow="fold")
        for event in events:
            cells = table.row(log, event, page, len(columns))
            grid.add_row(*("\n".join("".join(run[0] for run in p) for p in cell) for cell in cells))
        console.print(number, grid, "", markup=False, highlight=False, emoji=False, sep="\n")
    lines = [line.rstrip() for line in drawn.getvalue().splitlines()]
    assert shown(log, "table", width=width) == lines


# -- colour and links


@pytest.mark.parametrize("width", [40, 80, 140])
@pytest.mark.parametrize("links", [False, True])
def test_without_its_colours_a_page_is_the_plain_page(tiny, width, links):
    log = possibly(tiny, "toast")
    page = {"width": width, "color": True, "links": links}

    def bare(lines):
        return [ANSI.sub("", line).rstrip() for line in lines]

    for format in DECORATED:
        colored = shown(log, format, **page)
        assert colored != shown(log, format, width=width)
        assert bare(colored) == shown(log, format, width=width)
    assert bare(entries(log, **page)) == entries(log, width=width)
    assert bare(profile(tiny, "hanbit", **page)) == profile(tiny, "hanbit", width=width)
    for count in (LISTINGS | STATISTICS).values():
        grid = count(tiny, tiny)
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


def test_a_name_has_the_same_colour_everywhere():
    assert style.hue("summit") == style.hue("summit") in style.HUES
    assert {style.hue(name) for name in map(str, range(99))} == set(style.HUES)
    assert style.paint("x", "bold", Page(color=True)) == "\x1b[1mx\x1b[0m"
    assert style.paint("", "bold", Page(color=True)) == ""
    assert style.paint("x", "bold", Page()) == "x"


# -- events in full, and actors


def test_an_event_in_full_says_everything_about_it(tiny):
    text = "\n".join(entries(tiny, width=200))
    assert "Note: The Gazette gives the day" in text
    assert "Zoë Ångström (Pilot Service)" in text
    assert "등대의 불빛이 꺼지다 - 한빛 방송, 2021-06-01, in ko, relaying 한빛 군도" in text
    assert "The Almanac of Lights, [ninth] edition - Zoë Ångström, Tidewater Press\n" in text
    assert "https://gazette.example/2019/09/01/fog?page=1&edition=%5Blate%5D" in text
    assert "A lamp is taken, or lent (disputed)" in text


def test_related_events_are_named_from_both_sides(tiny):
    blocks = "\n".join(entries(tiny, width=200)).split("\n\n\n")
    (lit,) = (block for block in blocks if "\nid       lamps-lit" in block)
    assert "related  2023-01-15 A toast is drunk the same evening [toast]" in lit
    assert "         2024-02-29 The last lamp is carried across [last-lamp]" in lit


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


def test_an_actor_without_events_names_or_members_is_its_name(tiny):
    assert profile(tiny, "the-quiet-coast", EMPTY) == [
        "The Quiet Coast", "the-quiet-coast", "", "events   0 of 3", "",
    ]  # fmt: skip


def test_an_actor_names_what_it_belongs_to(tiny):
    assert "of       Pilot Service" in profile(tiny, "zoe-angstrom")
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
    assert profile(tiny, "hanbit", tiny.first(reverse=True)) == profile(tiny, "hanbit")


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
        ["id", "events"],
        ["a", "1"],
        ["b", "2"],
    ]


@pytest.mark.parametrize("width", [80, 110])
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
    for name, place in (("sources", 2), ("actors", 1)):
        grid = LISTINGS[name](log, log)
        assert grid.rows
        head, *lines = grid_renderer("table")(grid, Page(width=width))
        assert head.endswith("  events")
        assert max(map(cells, lines)) <= width
        ids = "".join(line.partition("  ")[0] for line in lines)
        assert all(row[0] in ids for row in grid.rows)
        letters = "".join(lines)
        assert all(row[place][:5].split()[0] in letters for row in grid.rows)


def test_a_narrow_page_has_room_for_what_is_counted_and_how_often(tiny):
    def head(name, width):
        return next(grid_renderer("table")(LISTINGS[name](tiny, tiny), Page(width))).split()

    assert head("sources", 80) == ["id", "publisher", "title", "published", "events"]
    assert head("sources", 79) == ["id", "title", "events"]
    assert head("actors", 80) == ["id", "name", "of", "aliases", "events"]
    assert head("actors", 79) == ["id", "name", "events"]


def test_bars_fill_the_page_and_have_an_ascii_form():
    grid = Grid(("year", "events"), (("2018", 4), ("2019", 1), ("2020", 0)), bars=True)
    head, first, second, third = grid_renderer("table")(grid, Page(width=40, unicode=False))
    assert head.split() == ["year", "events"]
    assert first.count("#") == 22
    assert second.count("#") == 6
    assert third.split() == ["2020", "0"]
    assert "█" * 22 in list(grid_renderer("table")(grid, Page(width=40)))[1]


def test_bars_stand_beside_names_longer_than_the_page():
    name = "a place with a name that goes on and on, " * 5
    grid = Grid(("place", "events"), ((name, 4), ("b", 1)), bars=True)
    lines = list(grid_renderer("table")(grid, Page(width=60)))
    assert max(map(cells, lines)) <= 60
    assert sum("█" in line for line in lines) == 2
