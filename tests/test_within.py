"""How a date stands to some days, held against every reading that the date can have.

A date is made together with its readings: the days that it can mean, or the beginnings and ends.
"""

from bisect import bisect_left
from datetime import date, timedelta
from itertools import chain

from hypothesis import assume, given
from hypothesis import strategies as st

from nktimeline.dates import DateError, Days, Match, Window, parse

FIRST, LAST = date(2019, 11, 1), date(2020, 5, 31)  # all readings and all windows lie between
ONE_DAY = timedelta(days=1)


def days_from(first, last):
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def a_day(day, mark):
    wider = ONE_DAY if mark in ("~", "%") else timedelta()
    return f"{day}{mark}", days_from(day - wider, day + wider)


def a_month(number, form, mark):
    wider = mark in ("~", "%")
    begins = [date(2019, 12, 1), *(date(2020, month, 1) for month in range(1, 6))]
    readings = days_from(begins[number - wider], begins[number + 1 + wider] - ONE_DAY)
    return f"2020-{number:02}{form}{mark}", readings


def a_range(one, other):
    return f"{one[0]}..{other[0]}", days_from(one[1][0], other[1][-1])


def one_of(members):
    text = ",".join(text for text, _ in members)
    return f"[{text}]", list(chain.from_iterable(days for _, days in members))


marks = st.sampled_from(["", "?", "~", "%"])
exact_days = st.builds(a_day, st.dates(date(2020, 1, 20), date(2020, 3, 10)), marks)
months = st.builds(a_month, st.sampled_from([1, 2, 3]), st.sampled_from(["", "-XX"]), marks)
quarters = st.just(("2020-33", days_from(date(2020, 1, 1), date(2020, 3, 31))))
pieces = exact_days | months
members = pieces | st.builds(a_range, pieces, pieces)
single = st.one_of(
    pieces,
    quarters,
    st.lists(members, min_size=1, max_size=3).map(one_of),
    pieces.map(lambda piece: (f"[{piece[0]}..]", days_from(piece[1][0], LAST))),
    pieces.map(lambda piece: (f"[..{piece[0]}]", days_from(FIRST, piece[1][-1]))),
)
unknown = st.just(("", days_from(FIRST, LAST)))
beginnings = pieces | unknown | st.just(("..", [FIRST]))
endings = pieces | unknown | st.just(("..", [LAST]))
asked_for = st.lists(
    st.builds(
        lambda first, length: Window(first, min(first + timedelta(days=length), LAST)),
        st.dates(FIRST, LAST),
        st.integers(0, 40),
    ),
    max_size=4,
)


def read(text):
    """Read a date; what ends before it begins is no example."""
    try:
        return parse(text)
    except DateError:
        assume(False)


def answer(readings):
    if all(readings):
        return Match.SURELY
    return Match.POSSIBLY if any(readings) else Match.NO


@given(single, asked_for)
def test_what_fell_somewhere_is_judged_by_each_day_that_it_can_mean(written, asked):
    text, possible = written
    days = {day for window in asked for day in days_from(*window)}
    assert read(text).within(Days.of(asked)) is answer([day in days for day in possible])


@given(beginnings, endings, asked_for)
def test_what_lasted_is_judged_by_each_beginning_and_end_that_it_can_mean(begins, ends, asked):
    when = read(f"{begins[0]}/{ends[0]}")
    days = sorted({day for window in asked for day in days_from(*window)} | {date.max})
    first_asked = {day: days[bisect_left(days, day)] for day in begins[1]}
    overlaps = [
        first_asked[first] <= last for first in begins[1] for last in ends[1] if first <= last
    ]
    assert when.within(Days.of(asked)) is answer(overlaps)
