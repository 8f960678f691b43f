"""What `gaps` shows: the silences of a selection, for people and for programs."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nktimeline.dates import DateError, parse
from nktimeline.model import Event, Log
from nktimeline.query import Filters, query
from nktimeline.render import Page, grid_renderer
from nktimeline.render.gaps import as_grid, as_markdown, as_text
from nktimeline.silences import gaps
from nktimeline.widths import cells
from nktimeline.windows import named, span

DAY = timedelta(days=1)


def dated(*dates, coverage="2020"):
    events = [Event(f"e{n}", parse(text), f"Event | {n}", "k") for n, text in enumerate(dates)]
    return Log("T", tuple(events), coverage=parse(coverage)).sorted().measured()


LOG = dated("2020-03-01", "2020-03", "2020-06-15", "2020-09-01/2020-12-31")
GAPS = gaps(LOG, LOG.holding(LOG.events[:3]), query(LOG, Filters()).days, 30)


def test_people_read_the_events_before_and_after_each_silence():
    assert list(as_text(LOG, GAPS, Page())) == [
        "  Days  From        To          Others",
        "   199  2020-06-16  2020-12-31       1",
        "before  Event | 2",
        " after  none: the log ends",
        "",
        " ≈ 105  2020-03-02  2020-06-14       0",
        "before  Event | 0",
        " after  Event | 2",
        "",
        "    60  2020-01-01  2020-02-29       0",
        "before  none: the log begins",
        " after  Event | 0",
        "",
    ]


def test_a_silence_that_is_cut_off_says_by_what():
    log = dated("2020-06-15")
    found = gaps(log, log, query(log, Filters(since=("2020-06",), until=("2020-07",))).days, 1)
    lines = "\n".join(as_text(log, found, Page()))
    assert "before  none: the time that was asked for begins" in lines
    assert "after  none: the time that was asked for ends" in lines


@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_wider_than_the_page(tiny, width):
    found = gaps(tiny, tiny.holding(tiny.events[8:12]), query(tiny, Filters()).days, 1)
    assert max(map(cells, as_text(tiny, found, Page(width=width)))) <= width


def test_nothing_is_said_of_no_silence():
    assert list(as_text(LOG, (), Page())) == []


def test_markdown_has_a_row_for_each():
    assert list(as_markdown(LOG, GAPS[1:], Page()))[2:] == [
        r"| ≈ 105 | 2020-03-02 | 2020-06-14 | Event &#124; 0 | Event &#124; 2 | 0 |",
        r"| 60 | 2020-01-01 | 2020-02-29 | *none: the log begins* | Event &#124; 0 | 0 |",
    ]


def test_programs_get_ids_and_nothing_where_there_is_no_event():
    assert list(grid_renderer("csv")(as_grid(GAPS[:2]), Page())) == [
        "days,from,to,before,after,others,possible",
        "199,2020-06-16,2020-12-31,e2,,1,false",
        "105,2020-03-02,2020-06-14,e0,e2,0,true",
    ]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.dates(date(2019, 11, 1), date(2020, 4, 30)).map(str), max_size=6),
    st.dates(date(2019, 11, 1), date(2020, 4, 30)),
    st.dates(date(2019, 11, 1), date(2020, 4, 30)),
)
def test_gaps_and_events_fill_the_window_within_coverage(texts, one, other):
    log = dated(*texts, coverage="2019-12-01/2020-03-31")
    asked = query(log, Filters(since=(str(min(one, other)),), until=(str(max(one, other)),)))
    first, last = max(min(one, other), date(2019, 12, 1)), min(max(one, other), date(2020, 3, 31))
    window = {first + n * DAY for n in range((last - first).days + 1)}
    silent = [
        gap.first + n * DAY
        for gap in gaps(log, log.keep(asked), asked.days, 1)
        for n in range(gap.days)
    ]
    assert len(silent) == len({*silent})
    assert {*silent} == window - {event.date.first for event in log.events}


# -- spans and windows, as they are written


@pytest.mark.parametrize(
    ("text", "days"), [("30d", 30), ("1d", 1), ("8w", 56), ("6m", 180), ("2Y", 730), (" 3 d", 0)]
)
def test_a_span_is_a_number_of_days(text, days):
    if days:
        assert span(text) == days
        return
    with pytest.raises(DateError):
        span(text)


@pytest.mark.parametrize(
    "text",
    ["2024", "2023/2024", "2024Q2", "2024-05", "2024-01/2024-06", "2024-05-03",
     "2024-01-01/2024-03-10", "2024-02-15/2024-02-29", "2023-07/2024-06"],
)  # fmt: skip
def test_days_have_the_shortest_name_that_means_them(text):
    asked = query(LOG, Filters(on=(text,))).days
    assert named(asked) == text
