"""The page, as far as it can be judged without a browser: its elements, texts and policy."""

import re
import subprocess
import sys
import zipfile
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from logs import grids

from nktimeline.dates import parse
from nktimeline.model import Actor, Event, Log, Source
from nktimeline.query import Filters, options
from nktimeline.render import Fact, Page, Profile, html
from nktimeline.render.html.words import language, time
from nktimeline.tally import LISTINGS
from nktimeline.text import html as escaped
from nktimeline.text import html_url, safe

ROOT = Path(__file__).parent.parent
VOID = ("meta", "input")
HOSTILE = (
    "<script>alert(1)</script>", '" onload="x', "' onload='x", "</title><b>", "</style><b>",
    "</script><b>", "<!-- x", "-->", "<img src=x onerror=y>", "&lt;b&gt; & &#60;", "]]>", "`${x}`",
    "a\x1b[31mb\x00\x85\u202e", "\ud800", "a\nb\r\nc\td", "javascript:alert(1)", "조선 <b>",
)  # fmt: skip


class Element:
    """An element of a page, with its text and what it holds."""

    def __init__(self, tag, attributes):
        self.tag, self.attributes, self.children, self.text = tag, dict(attributes), [], ""

    def all(self, tag, **wanted):
        """Yield the elements of a name below this one that have attributes."""
        for child in self.children:
            if child.tag == tag and wanted.items() <= child.attributes.items():
                yield child
            yield from child.all(tag, **wanted)

    def everything(self):
        """Return its text, then that of all below it."""
        return self.text + "".join(child.everything() for child in self.children)


class Parser(HTMLParser):
    """Reads a page strictly: what is opened is closed, in order."""

    def __init__(self):
        super().__init__()
        self.root = Element("", ())
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        """Open an element."""
        element = Element(tag, attrs)
        assert len(element.attributes) == len(attrs), f"an attribute twice: {attrs}"
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        """Close the element that is open."""
        assert self.open.pop().tag == tag

    def handle_data(self, data):
        """Add to the text of the element that is open."""
        self.open[-1].text += data


def page_of(log, **page):
    return "".join(f"{line}\n" for line in html.render(log, Page(**page)))


def read(text):
    parser = Parser()
    parser.feed(text)
    parser.close()
    assert parser.open == [parser.root]
    return parser.root


def strange(texts):
    """Give a log in which each text stands in every field that may hold one."""
    actors = {f"a{n}": Actor(f"a{n}", text, f"a{(n or 1) - 1}" if n else None)
              for n, text in enumerate(texts)}  # fmt: skip
    sources = {
        f"s{n}": Source(f"s{n}", text, text, text, parse("2023"), text, text, text)
        for n, text in enumerate(texts)
    }
    events = [
        Event(
            f"e{n}", parse("2023-07-25"), text, text, text, text, (f"a{n}",), text, text,
            (f"s{n}",), (text,), (f"e{(n + 1) % len(texts)}",), (f"a{n}",), (f"a{n}",), text,
        )
        for n, text in enumerate(texts)
    ]  # fmt: skip
    kinds = dict.fromkeys(texts, "")
    return Log(
        "".join(texts), tuple(events), kinds=kinds, actors=actors, sources=sources
    ).measured()


def hostile_and_harmless():
    return strange(HOSTILE), strange([f"text {n}" for n, _ in enumerate(HOSTILE)])


# -- what is there


def test_every_event_is_an_article_with_all_that_the_log_says_of_it(tiny):
    articles = [*read(page_of(tiny)).all("article")]
    assert [article.attributes["id"] for article in articles] == [e.id for e in tiny.events]
    for article, event in zip(articles, tiny.events, strict=True):
        text = article.everything()
        sources = [tiny.sources[id] for id in event.sources]
        said = [event.title, event.summary, event.note, event.kind, event.place, event.date.text]
        said += [tiny.actors[id].name for id in event.actors]
        said += [part for s in sources for part in (s.title, s.publisher, s.author)]
        assert [part for part in said if part and safe(part).strip() not in text] == []
        links = [link.attributes["href"] for link in article.all("a", rel="noreferrer")]
        assert len(links) == len([s for s in sources if s.url])
        assert ("disputed" in text) is (event.status == "disputed")


def test_years_and_months_are_headings(tiny):
    root = read(page_of(tiny))
    assert [h.text for h in root.all("h1")] == [tiny.title]
    assert [h.text for h in root.all("h2")][:4] == ["No first day", "19XX", "201X", "2019"]
    assert "February 2024" in [h.text for h in root.all("h3")]
    assert "Month not known" in [h.text for h in root.all("h3")]


def test_related_events_are_links_within_the_page_where_they_are_there(tiny):
    def related(page):
        (article,) = page.all("article", id="toast")
        return [
            link.attributes["href"] for link in article.all("a") if "rel" not in link.attributes
        ]

    assert related(read(page_of(tiny))) == ["#toast", "#lamps-lit"]
    alone = tiny.holding(event for event in tiny.events if event.id == "toast")
    assert related(read(page_of(alone))) == ["#toast"]


def test_ids_are_there_once_and_links_within_lead_somewhere(tiny):
    for log in (tiny, tiny.holding(tiny.events[::-1]), tiny.holding(())):
        page = page_of(log)
        ids = re.findall(r' id="([^"]*)"', page)
        assert len(ids) == len(set(ids))
        assert {unquote(link) for link in re.findall(r'href="#([^"]*)"', page)} <= set(ids)


def test_facts_about_actors_a_title_and_a_footer_have_their_places(tiny):
    profile = Profile("hanbit", "Hanbit <Isles>", (Fact("also", ("한빛", "HB")),))
    page = Page(title="since 2023", profiles=(profile,), footer=("the & log", "nktimeline show"))
    root = read("\n".join(html.render(tiny, page)))
    (section,) = root.all("section", **{"class": "profile"})
    assert [part.text for tag in ("h2", "dt", "dd") for part in section.all(tag)] == [
        "Hanbit <Isles>",
        "also",
        "한빛, HB",
    ]
    (footer,) = root.all("footer")
    assert [p.everything() for p in footer.all("p")] == ["the & log", "nktimeline show"]
    assert next(root.all("title")).text == f"since 2023 · {tiny.title}"


def test_counts_are_a_table(tiny):
    grid = LISTINGS["sources"](tiny, tiny)
    root = read("\n".join(html.grid(grid, Page(title="Sources"))))
    assert [head.text for head in root.all("th", scope="col")] == list(grid.columns)
    rows = [*next(root.all("tbody")).all("tr")]
    assert [row.everything().count("Gazette") > 0 for row in rows][:3] == [True, True, False]
    assert len([*root.all("a", rel="noreferrer")]) == len([r for r in grid.rows if r[4]])
    for grid in grids(tiny).values():
        root = read("\n".join(html.grid(grid, Page())))
        assert len([*root.all("tr")]) == len(grid.rows) + 1


# -- what it is allowed


def test_the_policy_comes_first_and_names_the_style_and_the_script(tiny):
    page = page_of(tiny)
    root = read(page)
    first, policy = next(root.all("head")).children[:2]
    assert first.attributes == {"charset": "utf-8"}
    hashes = {}
    for tag in ("style", "script"):
        (part,) = root.all(tag)
        digest = b64encode(sha256(part.text.encode()).digest()).decode()
        hashes[tag] = f"{tag}-src 'sha256-{digest}'"
    assert policy.attributes == {
        "http-equiv": "Content-Security-Policy",
        "content": f"default-src 'none'; {hashes['style']}; {hashes['script']}; "
        "base-uri 'none'; form-action 'none'",
    }
    assert next(root.all("meta", name="referrer")).attributes["content"] == "no-referrer"


def test_nothing_is_set_in_passing(tiny):
    page = page_of(tiny)
    assert not re.search(r"<[^>]* (style|on\w+)=", page)
    script = (ROOT / "nktimeline/render/html/page.js").read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|eval|fetch\(|import", script)
    style = (ROOT / "nktimeline/render/html/page.css").read_text(encoding="utf-8")
    assert not re.search(r"url\(|@import|@font-face", style)


def test_the_same_log_gives_the_same_bytes():
    make = (
        "import hashlib, sys; sys.path.insert(0, 'tests'); from test_page import *;"
        "from nktimeline.load import load_file; log = load_file('tests/tiny.yaml').log;"
        "print(hashlib.sha256(page_of(log).encode()).hexdigest())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", make], cwd=ROOT, capture_output=True, text=True, check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": zone},
        ).stdout
        for seed, zone in (("0", "UTC"), ("1", "Asia/Seoul"))
    }  # fmt: skip
    assert len(made) == 1


def test_a_wheel_has_the_style_and_the_script(tmp_path):
    from hatchling.builders.wheel import WheelBuilder

    (path,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    names = zipfile.ZipFile(path).namelist()
    assert {f"nktimeline/render/html/page.{end}" for end in ("css", "js")} <= set(names)


# -- what a log says is data


def test_a_hostile_text_makes_no_element_and_no_attribute():
    def shape(element):
        return [(e.tag, [*e.attributes], shape(e)) for e in element.children]

    hostile, harmless = hostile_and_harmless()
    assert shape(read(page_of(hostile))) == shape(read(page_of(harmless)))


def test_a_hostile_text_is_shown_as_it_is():
    hostile, _ = hostile_and_harmless()
    titles = [h.everything() for h in read(page_of(hostile)).all("h4")]
    assert titles == [safe(text) for text in HOSTILE]


@given(st.text())
def test_an_escaped_text_is_read_back_as_it_is_shown(text):
    root = read(f'<p title="{escaped(text)}">{escaped(text)}</p>')
    (paragraph,) = root.children
    assert paragraph.attributes == {"title": safe(text)}
    assert paragraph.text == safe(text)
    assert not paragraph.children


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("https://x.example/a?b=1&c='d'", "https://x.example/a?b=1&amp;c=&#x27;d&#x27;"),
        ('HTTP://x.example/"><b>', "HTTP://x.example/%22%3E%3Cb%3E"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        (" https://x.example", None),
        ("", None),
    ],
)
def test_only_an_address_of_the_web_becomes_a_link(url, href):
    assert html_url(url) == href


# -- words


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("2023-07-25", "2023-07-25"),
        ("2023-07-XX", "2023-07"),
        ("2023~", "2023"),
        ("0987-01", "0987-01"),
        ("2019-21", None),
        ("201X", None),
        ("2023-07-25/2023-08", None),
        ("[2020-02-03,2020-02-10]", None),
    ],
)
def test_days_months_and_years_are_for_programs_too(date, moment):
    assert time(parse(date)) == moment


def test_languages_have_names():
    assert [language(tag) for tag in ("ko", "zh-Hant", "tlh")] == ["Korean", "Chinese", "tlh"]


def test_filters_are_written_as_options():
    filters = Filters(since=("2023",), companion=("a", "b"), not_kind=("x",), certain=True)
    assert [*options(filters)] == [
        ("since", "2023"), ("with", "a"), ("with", "b"), ("certain", ""), ("not-kind", "x"),
    ]  # fmt: skip
    assert [*options(Filters())] == []
