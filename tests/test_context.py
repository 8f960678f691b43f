"""What stands around the events found."""

import pytest

from nktimeline.context import around
from nktimeline.dates import parse
from nktimeline.model import Event, Log, Mark
from nktimeline.render import Page, renderer

LOG = Log(
    "T",
    tuple(
        Event(f"e{n}", parse(f"{year}-01-0{n + 1}"), f"Event {n}", "visit")
        for n, year in enumerate((2018, 2018, 2019, 2019, 2019, 2020, 2020))
    ),
    kinds={"visit": "V"},
)


def shown(*ids, reach=1, reverse=False):
    """Return the events that are shown around some, each with the sign that grep would give."""
    hits = [event for event in LOG.events if event.id in ids]
    found = LOG.holding(hits[::-1] if reverse else hits)
    signs = {Mark.HIT: ":", Mark.NEAR: "-"}
    log = around(LOG, found, reach)
    return " ".join(f"{signs[log.marks[event.id]]}{event.id}" for event in log.events)


def test_events_before_and_after_each_hit_are_shown_once():
    assert shown("e3") == "-e2 :e3 -e4"
    assert shown("e2", "e4") == "-e1 :e2 -e3 :e4 -e5"
    assert shown("e2", "e3") == "-e1 :e2 :e3 -e4"
    assert shown("e3", reach=2) == "-e1 -e2 :e3 -e4 -e5"


def test_the_log_has_ends():
    assert shown("e0") == ":e0 -e1"
    assert shown("e6", reach=3) == "-e3 -e4 -e5 :e6"
    assert shown() == ""


def test_the_order_is_that_of_the_hits():
    assert shown("e2", "e5", reverse=True) == "-e6 :e5 -e4 -e3 :e2 -e1"


def test_a_hit_that_is_only_possible_stays_marked_so():
    found = LOG.holding(LOG.events[3:4])._replace(marks={"e3": Mark.POSSIBLE})
    assert around(LOG, found, 1).marks == {
        "e2": Mark.NEAR, "e3": Mark.POSSIBLE, "e4": Mark.NEAR,
    }  # fmt: skip


def draw(format, **page):
    log = around(LOG, LOG.holding(LOG.events[2:3]), 1)
    return "\n".join(renderer(format)(log, Page(**page)))


@pytest.mark.parametrize("format", ["table", "timeline", "list", "markdown", "svg"])
def test_hits_and_neighbours_have_signs(format):
    text = draw(format).replace("&gt;", ">")
    lines = [line for line in text.splitlines() if "Event" in line or "</text>" in line]
    assert sum(line.count("> ") for line in lines if "Event 2" in line) == 1
    assert sum("- " in line and "Event 2" not in line for line in lines) == 2


def test_a_page_tells_them_apart():
    page = draw("html")
    assert page.count('data-mark="near"') == 2
    assert page.count('data-mark="hit"') == 1


def test_a_year_counts_its_hits_alone():
    heads = [line for line in draw("table").splitlines() if line.startswith("20")]
    assert heads == ["2018", "2019 · 1 event"]


@pytest.mark.parametrize("format", ["table", "timeline"])
def test_neighbours_are_dim(format):
    bold, dim = "\x1b[1m", "\x1b[2m"
    lines = draw(format, color=True).splitlines()
    (hit,) = (line for line in lines if "Event 2" in line)
    (near,) = (line for line in lines if "Event 1" in line)
    assert bold in hit
    assert bold not in near
    assert dim in near


def test_the_signs_of_context_are_not_explained_as_doubt():
    assert "perhaps outside" not in draw("timeline")
    assert "perhaps outside" not in draw("svg")
