"""Silences and gaps: which days have no event, what ends them, and what may fall into them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nktimeline.dates import parse
from nktimeline.days import Days, Window
from nktimeline.model import Event, Log
from nktimeline.silences import bounds, coverage, gaps, sure_days

DAY = timedelta(days=1)
YEAR = Window(date(2020, 1, 1), date(2020, 12, 31))


def dated(*dates, coverage="2020"):
    events = [Event(f"e{n}", parse(text), f"Event {n}", "k") for n, text in enumerate(dates)]
    return Log("T", tuple(events), coverage=parse(coverage)).sorted()


def found(log, minimum=1, window=YEAR, chosen=None):
    """Give the gaps of the whole log, or of the events chosen by id, as short texts."""
    selection = log.holding(e for e in log.events if chosen is None or e.id in chosen)
    return [
        f"{'≈' if gap.possible else ''}{gap.days} {gap.first:%m-%d}..{gap.last:%m-%d}"
        for gap in gaps(log, selection, Days.of([window]), minimum)
    ]


def test_gaps_lie_between_events_and_at_the_ends_of_coverage_longest_first():
    log = dated("2020-03-01", "2020-03-11", "2020-12-01")
    assert found(log) == [
        "264 03-12..11-30",
        "60 01-01..02-29",
        "30 12-02..12-31",
        "9 03-02..03-10",
    ]
    assert found(log, minimum=30)[-1] == "30 12-02..12-31"


def test_a_gap_names_the_events_around_it_and_counts_the_others():
    log = dated("2020-01-01", "2020-02-01", "2020-03", "2020-05-31/2020-06-02", "2020-06-01")
    selection = log.holding(event for event in log.events if event.id in ("e0", "e4"))
    first, last = gaps(log, selection, Days((YEAR,)), 1)
    assert (first.before.id, first.after, first.others) == ("e4", None, 1)
    assert (last.before.id, last.after.id, last.others) == ("e0", "e4", 3)


def test_of_events_at_the_same_end_the_nearest_in_the_log_is_named():
    log = dated("2020-01-01/2020-01-31", "2020-01-31", "2020-03-01", "2020-03-01/2020-12-31")
    (gap,) = gaps(log, log, Days((YEAR,)), 1)
    assert (gap.before.id, gap.after.id) == ("e1", "e2")


def test_a_window_within_the_coverage_bounds_the_gaps():
    log = dated("2020-03-01")
    assert found(log, window=Window(date(2020, 2, 28), date(2020, 3, 3))) == [
        "2 02-28..02-29", "2 03-02..03-03",
    ]  # fmt: skip
    assert found(log, window=Window(date(2020, 12, 1), date.max)) == ["31 12-01..12-31"]
    assert found(log, window=Window(date(2021, 1, 1), date.max)) == []


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("2020-03-01/2020-12-31", ["60 01-01..02-29"]),
        ("2020-03/2020-05", ["≈244 05-02..12-31", "≈90 01-01..03-30"]),
        ("2020-03-01/..", ["60 01-01..02-29"]),
        ("2020-03-01/", ["≈305 03-02..12-31", "60 01-01..02-29"]),
        ("../2020-03-01", ["305 03-02..12-31"]),
        ("2020-03", ["≈366 01-01..12-31"]),
        ("2020-03-01~", ["≈366 01-01..12-31"]),
        ("2020-03-01?", ["305 03-02..12-31", "60 01-01..02-29"]),
        ("[2020-03-01,2020-05-01]", ["≈366 01-01..12-31"]),
        ("2019-12", ["366 01-01..12-31"]),
    ],
)
def test_what_ends_a_gap_and_what_only_could_fall_in_it(text, gaps):
    assert found(dated(text)) == gaps


def test_a_vague_event_marks_only_the_gaps_that_it_could_fall_in():
    log = dated("2020-02-01", "2020-02", "2020-06-01")
    assert found(log) == ["213 06-02..12-31", "≈120 02-02..05-31", "31 01-01..01-31"]


def test_without_coverage_gaps_lie_between_the_first_event_and_the_last():
    log = dated("2020-03-01", "2020-06-01", "2020-07")._replace(coverage=None)
    assert coverage(log) == Window(date(2020, 3, 1), date(2020, 7, 31))
    assert found(log) == ["91 03-02..05-31", "≈60 06-02..07-31"]
    assert found(log._replace(events=())) == []


def test_days_apart_are_looked_at_apart():
    log = dated("2020-03-01", "2020-06-15")
    asked = Days((Window(date(2020, 2, 20), date(2020, 3, 5)), Window(date(2020, 6, 1), date.max)))
    assert [(gap.days, str(gap.first)) for gap in gaps(log, log, asked, 1)] == [
        (199, "2020-06-16"), (14, "2020-06-01"), (10, "2020-02-20"), (4, "2020-03-02"),
    ]  # fmt: skip


def test_a_coverage_with_an_open_end_reaches_to_the_last_event():
    assert coverage(dated("2020-03-01", coverage="2019/..")) == Window(
        date(2019, 1, 1), date(2020, 3, 1)
    )
    assert coverage(dated("2020-03-01", coverage="../2021")) == Window(
        date(2020, 3, 1), date(2021, 12, 31)
    )


def test_an_open_end_is_no_bound():
    log = dated("../2020-03-01", "2020-06-01/..", "[..2020-07]")
    assert bounds(log.events) == Window(date(2020, 3, 1), date(2020, 7, 31))


TEXTS = st.builds(
    lambda pattern, a, b: pattern.format(*sorted((a, b))),
    st.sampled_from(
        ["{}", "{}~", "{}?", "{}/{}", "{}~/{}", "{}/{}~", "{}/..", "{}/", "../{}", "/{}",
         "[{},{}]", "[{}..{}]"]
    ),
    *[st.one_of(
        st.dates(date(2019, 12, 20), date(2020, 3, 10)).map(str),
        st.sampled_from(["2019-12", "2020-01", "2020-02", "2020-03", "2020"]),
    )] * 2,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(TEXTS, max_size=6),
    st.sets(st.integers(0, 5)),
    st.dates(date(2019, 12, 20), date(2020, 3, 10)),
    st.integers(0, 80),
    st.integers(1, 20),
)
def test_gaps_are_what_one_finds_day_by_day(texts, places, first, length, minimum):
    try:
        log = dated(*texts, coverage="2020-01-01/2020-02-29")
    except ValueError:  # an interval of a month and one of its days may end before it begins
        return
    chosen = log.holding(event for n, event in enumerate(log.events) if n in places)
    window = Window(first, first + length * DAY)
    assert sorted(gaps(log, chosen, Days.of([window]), minimum)) == sorted(
        day_by_day(log, chosen, window, minimum)
    )


def day_by_day(log, chosen, window, minimum):
    """Give the gaps by asking of each day whether an event surely happened on it."""
    day = max(window.first, date(2020, 1, 1))
    stretch = []
    while True:
        inside = day <= min(window.last, date(2020, 2, 29))
        if inside and not any(happened(event, day) for event in chosen.events):
            stretch.append(day)
        else:
            if len(stretch) >= minimum:
                yield gap(log, chosen, stretch)
            stretch = []
        if not inside:
            return
        day += DAY


def happened(event, day):
    return event.date.begun <= day <= event.date.ended


def gap(log, chosen, days):
    first, last = days[0], days[-1]
    before = [e for e in chosen.events if sure_days(e) and e.date.ended == first - DAY]
    after = [e for e in chosen.events if sure_days(e) and e.date.begun == last + DAY]
    inside = [
        e for e in log.events
        if e.id not in {c.id for c in chosen.events}
        and (any(happened(e, day) for day in days) or surely_within(e, first, last))
    ]  # fmt: skip
    possible = any(
        span.first <= day <= span.last
        for e in chosen.events
        for span in e.date.spans
        for day in days
    )
    return (
        len(days), first, last, before[-1] if before else None, after[0] if after else None,
        len(inside), possible,
    )  # fmt: skip


def surely_within(event, first, last):
    """Tell whether it surely happened on one of the days, though on which is not known."""
    return first <= event.date.ended and event.date.begun <= last
