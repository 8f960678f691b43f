"""The Markdown list: a heading a month, a line an event, publishers as links."""

import pytest
from hypothesis import given, settings
from test_text import ANY_TEXT, READERS, plain, seen

from nktimeline.dates import parse
from nktimeline.model import Actor, Event, Log, Mark, Source
from nktimeline.render import Page, renderer
from nktimeline.text import markdown_code, safe_url

URL = "https://x.example/a?b=(c)&d=[e]"


def show(log):
    return renderer("list")(log, Page())


def hostile(*texts):
    """Return a log in which each text stands in every field of one event that may hold it."""
    actors = {f"a{n}": Actor(f"a{n}", text, aliases=(text,)) for n, text in enumerate(texts)}
    sources = {
        f"s{n}": Source(f"s{n}", text, text, text, parse("2023-08"), URL, relays=text)
        for n, text in enumerate(texts)
    }
    events = tuple(
        Event(
            f"e{n}", parse("2023-07-25"), text, "visit", "reported", text, (f"a{n}",), text, text,
            (f"s{n}",), ("tag",),
        )
        for n, text in enumerate(texts)
    )  # fmt: skip
    title = texts[0] if texts else ""
    return Log(title, events, kinds={"visit": title}, actors=actors, sources=sources)


def test_the_look_of_the_list(tiny, golden):
    log = tiny._replace(marks={"lamp-theft": Mark.POSSIBLE, "four-days": Mark.POSSIBLE})
    footer = ("nktimeline 1.1.0 · 18 of 18 events", "nktimeline show --format list")
    golden("list.md", renderer("list")(log, Page(footer=footer)))


def test_nothing_is_an_empty_list():
    assert list(show(Log("Nothing", ()))) == []


def cited(*publishers):
    """Return the end of the line of an event with one page by each of these publishers."""
    ids = [f"s{n}" for n in range(len(publishers))]
    sources = {
        id: Source(id, "A page", name.rstrip("-"), url=None if "-" in name else f"https://x/{id}")
        for id, name in zip(ids, publishers, strict=True)
    }
    event = Event("e", parse("2023-07-25"), "Somebody visits", "visit", sources=tuple(ids))
    *_, line, _ = show(Log("A log", (event,), sources=sources))
    return line.removeprefix("- **25 July** Somebody visits.").lstrip()


def test_a_publisher_is_named_once_and_every_page_linked():
    assert cited() == ""
    assert cited("TASS") == "([TASS](https://x/s0))"
    assert (
        cited("TASS", "AFP", "TASS")
        == "([TASS](https://x/s0) [2](https://x/s2), [AFP](https://x/s1))"
    )
    assert cited("Book-", "Book-") == "(Book)"
    assert cited("Book-", "Book") == "([Book](https://x/s1))"


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Somebody visits", "Somebody visits."),
        ("Who goes there?", "Who goes there?"),
        ("It ends... ", "It ends..."),
        ("누가 갔나。", "누가 갔나。"),
    ],
)
def test_a_title_becomes_a_sentence(title, sentence):
    event = Event("e", parse("2023-07-25"), title, "visit")
    *_, line, _ = show(Log("A log", (event,)))
    assert line == f"- **25 July** {sentence}"


def test_status_is_said_in_words():
    event = Event("e", parse("2023-07-25"), "Somebody visits", "visit", "disputed")
    assert "- **25 July** Somebody visits (disputed)." in show(Log("A log", (event,)))


@pytest.mark.parametrize("reader", READERS)
def test_readers_of_markdown_see_months_and_their_events(tiny, reader):
    elements, shown = seen(READERS[reader]("\n".join(show(tiny))))
    names = [name for name, *_ in elements]
    assert set(names) == {"h3", "ul", "li", "strong", "a"}
    assert names.count("li") == names.count("strong") == len(tiny.events)
    assert names.count("h3") == names.count("ul")
    places = [shown.index(plain(event.title)) for event in tiny.events]
    assert places == sorted(places)


@pytest.mark.parametrize("reader", READERS)
@settings(deadline=None)
@given(text=ANY_TEXT)
def test_a_text_makes_no_element_and_no_link_of_its_own(reader, text):
    elements, shown = seen(READERS[reader]("\n".join(show(hostile(text, text)))))
    line = [("li",), ("strong",), ("a", safe_url(URL))]
    assert elements == [("h3",), ("ul",), *line, *line]
    assert plain(text) in shown


@pytest.mark.parametrize("reader", READERS)
@settings(deadline=None)
@given(text=ANY_TEXT)
def test_a_code_span_shows_a_text_as_it_is(reader, text):
    text = f"nktimeline {text}."
    elements, shown = seen(READERS[reader](f"a {markdown_code(text)} b"))
    assert elements == [("p",), ("code",)]
    assert shown == f"a {plain(text)} b"
