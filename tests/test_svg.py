"""Pictures: what may stand in them, what they show, and that every program draws them."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from shutil import which
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from logs import grids
from test_list import hostile
from test_text import ANY_TEXT

from nktimeline.dates import parse
from nktimeline.model import Event, Log, Mark
from nktimeline.render import FORMATS, Page, grid_renderer, hint, renderer
from nktimeline.tally import LISTINGS, Grid, Head
from nktimeline.text import safe, xml

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "title", "desc", "g", "rect", "line", "circle", "polygon", "text", "tspan"}
ATTRIBUTES = {
    "width", "height", "viewBox", "role", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx",
    "points", "transform", "fill", "stroke", "stroke-width", "stroke-dasharray", "font-family",
    "font-size", "font-weight", "font-style", "text-anchor",
}  # fmt: skip
FOOTER = ("nktimeline 1.1.0 · 18 of 18 events", "nktimeline show --format svg")
MONTHS = tuple(f"{year}-{month:02}" for year in (2023, 2024) for month in range(1, 13))
HEADS = (Head("", ""), *(Head(name[:4], name[5:]) for name in MONTHS), Head("total", "total"))


def show(log, **page):
    return list(renderer("svg")(log, Page(**page)))


def draw(grid, **page):
    return list(grid_renderer("svg")(grid, Page(**page)))


def read(lines):
    """Return the root of a picture; only what every program draws may be in it."""
    root = ET.fromstring("\n".join(lines))
    for found in root.iter():
        assert found.tag.removeprefix(SVG) in ELEMENTS
        assert set(found.attrib) <= ATTRIBUTES
        assert not [value for value in found.attrib.values() if "url" in value or "http" in value]
    return root


def texts(lines):
    return ["".join(found.itertext()) for found in read(lines).iter(f"{SVG}text")]


def signs(lines):
    """Return the signs on the rail: the element, and whether it is filled."""
    found = (one for one in read(lines).iter() if one.get("stroke-width") == "2.5")
    return [(one.tag.removeprefix(SVG), one.get("fill") == one.get("stroke")) for one in found]


def crosstab():
    """Return a table of two years of months, with totals; beyond coverage there are no numbers."""
    numbers = (*range(22), None, None)
    rows = (("visit", *numbers, 231), ("summit", *numbers, 231), ("total", *numbers, 462))
    return Grid(("kind", *MONTHS, "total"), rows[:2], heads=HEADS, totals=rows[2])


def test_the_look_of_the_timeline(tiny, golden):
    log = tiny._replace(marks={"lamp-theft": Mark.POSSIBLE})
    golden("show.svg", show(log, footer=FOOTER))


def test_the_look_of_counts(tiny, golden):
    golden("counts.svg", draw(grids(tiny)["kind"], footer=FOOTER))
    golden("crosstab.svg", draw(crosstab()))


def test_a_picture_says_what_it_shows(tiny):
    root = read(show(tiny))
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == tiny.title
    assert root.find(f"{SVG}desc").text == "18 events"
    width, height = root.get("width"), root.get("height")
    assert root.get("viewBox") == f"0 0 {width} {height}"
    paper = root.find(f"{SVG}rect")
    assert (paper.get("width"), paper.get("height"), paper.get("fill")) == (
        width,
        height,
        "#ffffff",
    )


def test_every_event_is_there_in_order_with_its_date_and_people(tiny):
    words = " ".join(texts(show(tiny)))
    places = [words.index(event.title[:20]) for event in tiny.events]
    assert places == sorted(places)
    for part in ("until May 2018", "3 or 10\xa0February", "Zoë Ångström, 김별", "2023"):
        assert part in words


@pytest.mark.parametrize(
    ("status", "date", "sign"),
    [
        ("confirmed", "2023-07-25", ("circle", True)),
        ("reported", "2023-07-25", ("circle", False)),
        ("disputed", "2023-07-25", ("polygon", False)),
        ("confirmed", "2023-07-25/2023-07-27", ("rect", True)),
        ("reported", "2023-07-25/2023-07-27", ("rect", False)),
    ],
)
def test_a_status_has_a_sign_and_a_word(status, date, sign):
    event = Event("e", parse(date), "Somebody visits", "visit", status)
    lines = show(Log("A log", (event,), kinds={"visit": "A visit"}))
    assert signs(lines) == [sign]
    assert ("visit" if status == "confirmed" else f"visit · {status}") in texts(lines)


def test_a_possible_event_is_marked_and_says_so(tiny):
    words = texts(show(tiny._replace(marks={"toast": Mark.POSSIBLE})))
    assert "≈ A toast is drunk the same evening" in words
    assert sum("perhaps outside the days asked for" in line for line in words) == 1


def test_a_long_silence_is_said_in_words():
    days = ("2020-01-01", "2023-01-01")
    events = tuple(Event(day, parse(day), "A visit", "visit") for day in days)
    for log in (Log("A log", events), Log("A log", events[::-1])):
        words = texts(show(log))
        assert words.index("3 years without an event") == words.index("A visit") + 2


def test_a_long_picture_is_drawn_and_hinted_at(tiny):
    many = tiny.holding(tiny.events[:1] * 151)
    assert hint(FORMATS["svg"], many).startswith("a picture of 151 events is very long")
    assert hint(FORMATS["svg"], tiny) == ""
    assert len(signs(show(many))) == 151


def test_the_same_log_gives_the_same_bytes(tiny):
    assert show(tiny, width=40, color=True, unicode=False) == show(tiny)


@given(text=ANY_TEXT)
def test_a_text_makes_no_element_and_is_shown(text):
    title = "".join(ET.fromstring(f"<t>{xml(text)}</t>").itertext())
    assert title == safe(text).replace("\ufffe", r"\ufffe").replace("\uffff", r"\uffff")
    lines = show(hostile(text), footer=(text, text))
    assert signs(lines) == [("circle", False)]
    for grid in grids(hostile(text)).values():
        read(draw(grid))


def test_every_number_is_written_beside_its_bar():
    grid = Grid(("kind", "events"), (("visit", 12), ("summit", 3), ("none", 0)), bars=True)
    lines = draw(grid)
    assert texts(lines) == ["Events by kind", "visit", "12", "summit", "3", "none", "0"]
    bars = [float(found.get("width")) for found in read(lines).iter(f"{SVG}rect")][1:]
    assert len(bars) == 2
    assert bars[0] == pytest.approx(4 * bars[1], rel=0.01)


def test_a_table_of_numbers_has_a_panel_for_each_year_and_shades_under_numbers():
    lines = draw(crosstab())
    words = texts(lines)
    assert [word for word in words if word[:3] == "202"] == list(MONTHS)
    assert words.count("visit") == words.count("summit") == 2
    assert words.count("·") == 3
    assert words.count("462") == 1
    shades = [found.get("fill") for found in read(lines).iter(f"{SVG}rect")][1:]
    assert len(shades) == 2 * 21  # no shade for 0, for what is not known, nor for totals
    assert len(set(shades)) == 4


def test_one_number_has_one_shade_in_all_panels():
    numbers = (4, *(1 for _ in range(23)), 27)
    rows = (("visit", *numbers), ("less", *numbers))
    root = read(draw(Grid(("kind", *MONTHS, "total"), rows, heads=HEADS)))
    shades = {found.get("fill") for found in root.iter(f"{SVG}rect")} - {"#ffffff"}
    assert len(shades) == 2


def test_a_number_below_nothing_has_no_bar_and_no_shade():
    columns = ("kind", "then", "difference")
    heads = tuple(Head(name, name) for name in columns)
    for grid in (
        Grid(columns[:2], (("visit", -3),), bars=True),
        Grid(columns, (("visit", -3, -3),), heads=heads, differences=True),
    ):
        lines = draw(grid)
        assert texts(lines).count("-3") == len(grid.columns) - 1
        assert len(list(read(lines).iter(f"{SVG}rect"))) == 1


def test_differences_have_signs_and_no_shades():
    columns = ("kind", "then", "difference")
    heads = tuple(Head(name, name) for name in columns)
    lines = draw(
        Grid(columns, (("visit", 0, 7), ("talks", None, None)), heads=heads, differences=True)
    )
    assert texts(lines)[3:] == ["visit", "0", "+7", "talks", "not covered"]
    assert len(list(read(lines).iter(f"{SVG}rect"))) == 1


def test_a_listing_names_its_rows_as_people_know_them(tiny):
    words = texts(draw(LISTINGS["actors"](tiny, tiny)))
    assert words[0] == "Events"
    assert "Republic of Tidewater" in words


@pytest.mark.parametrize("empty", [Log("Nothing", ()), Log("", ())])
def test_nothing_is_an_empty_picture(empty):
    read(show(empty))
    for grid in grids(empty).values():
        read(draw(grid))


def pictures(tiny):
    """Return all kinds of pictures, some of hard texts, as they are written."""
    wide = Log("W" * 80, (Event("e", parse("2023"), "등대의 불빛이 꺼지다 " * 20, "visit"),))
    drawn = [show(tiny, footer=FOOTER), show(wide), draw(crosstab(), footer=FOOTER)]
    drawn += [draw(grid) for grid in grids(tiny).values()]
    return ["\n".join(lines) for lines in drawn]


@pytest.mark.consumers("cairosvg")
def test_cairo_draws_every_picture(tiny):
    for picture in pictures(tiny):
        assert import_module("cairosvg").svg2png(picture.encode()).startswith(b"\x89PNG")


@pytest.mark.consumers("rsvg-convert")
def test_rsvg_draws_every_picture(tiny):
    for picture in pictures(tiny):
        run = subprocess.run(
            ["rsvg-convert"], input=picture.encode(), capture_output=True, check=True
        )
        assert run.stdout.startswith(b"\x89PNG")
        assert not run.stderr


@pytest.mark.consumers("playwright", "chromium")
def test_every_text_lies_inside_the_picture(tiny):
    outside = """() => {
        const paper = document.documentElement.getBoundingClientRect();
        return [...document.querySelectorAll("text")].filter(one => {
            const box = one.getBoundingClientRect();
            return box.left < 0 || box.top < 0
                || box.right > paper.width || box.bottom > paper.height;
        }).map(one => one.textContent);
    }"""
    with import_module("playwright.sync_api").sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=which("chromium"))
        page = browser.new_page()
        for picture in pictures(tiny):
            page.goto("data:image/svg+xml;charset=utf-8," + quote(picture))
            assert page.evaluate(outside) == []
        browser.close()


def test_a_picture_says_what_was_asked_and_what_its_signs_mean():
    tiny = Path(__file__).with_name("tiny.yaml")

    def drawn(*words):
        command = [sys.executable, "-m", "nktimeline", *words, "-f", "svg", "--log", tiny]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode()

    picture = drawn("show", "hanbit", "-k", "passage", "--since", "2020")
    assert ">passage, 한빛 군도, since 2020: 2 events<" in picture
    assert "<desc>passage, 한빛 군도, since 2020: 2 events; nktimeline " in picture
    for more in ((), ("--no-footer",)):
        assert '>"lamp", "lit": 1 event<' in drawn("show", "lamp", "lit", *more).replace(
            "&quot;", '"'
        )
    picture = drawn("stats", "tidewater", "--by", "year", "--by", "kind")
    assert ">Events by year and kind<" in picture
    assert ">Republic of Tidewater<" in picture
    assert "these are counts of a selection of events, not of the world" in picture
    assert "2024*: the log ends on 2024-03-31" in picture
