"""Windows and sets of days, held against plain sets of numbered days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nktimeline.days import ALL_TIME, Days, Match, Window, add_days, add_months, month_end

START = date(2024, 2, 20)


def day(number):
    return START + timedelta(days=number)


def numbers(days):
    """Give the days of a set as numbers, counted from START."""
    return {
        number
        for first, last in days.windows
        for number in range((first - START).days, (last - START).days + 1)
    }


_numbers = st.integers(0, 25)
windows = st.builds(lambda one, other: Window(day(one), day(other)), _numbers, _numbers)
some_days = st.lists(windows, max_size=5).map(Days.of)


def window(text):
    first, _, last = text.partition(" ")
    return Window(date.fromisoformat(first), date.fromisoformat(last or first))


def test_four_quarters_are_a_year():
    quarters = [
        window("2023-10-01 2023-12-31"),
        window("2023-01-01 2023-03-31"),
        window("2023-07-01 2023-09-30"),
        window("2023-04-01 2023-06-30"),
    ]
    assert Days.of(quarters) == Days((window("2023-01-01 2023-12-31"),))


def test_days_that_do_not_follow_one_another_stay_apart():
    apart = (window("2023-01-01"), window("2023-01-03"))
    assert Days.of(apart) == Days(apart)


@given(st.lists(windows, max_size=5))
def test_windows_are_joined_and_no_day_is_lost_or_won(some):
    joined = Days.of(some)
    assert numbers(joined) == {n for one in some for n in numbers(Days((one,)))}
    for one, following in zip(joined.windows, joined.windows[1:], strict=False):
        assert one.last + timedelta(days=1) < following.first
    assert all(first <= last for first, last in joined.windows)


@given(some_days, some_days)
def test_two_sets_meet_in_the_days_that_both_have(one, other):
    met = one.meet(other)
    assert numbers(met) == numbers(one) & numbers(other)
    assert met == other.meet(one) == Days.of(met.windows)


@given(some_days)
def test_a_set_has_a_first_and_a_last_day_unless_it_is_empty(days):
    known = numbers(days)
    assert bool(days) == bool(known)
    if known:
        assert (days.first, days.last) == (day(min(known)), day(max(known)))
    else:
        assert days.first > days.last
    assert days.meet(ALL_TIME) == days


@given(some_days, windows.filter(lambda window: window.first <= window.last))
def test_a_span_is_held_surely_possibly_or_not(days, span):
    inside = {number in numbers(days) for number in numbers(Days((span,)))}
    expected = {(True,): Match.SURELY, (False,): Match.NO}.get(tuple(inside), Match.POSSIBLY)
    assert days.hold(span) is expected


@pytest.mark.parametrize("edge", [Window(last=date.min), Window(first=date.max), Window()])
def test_the_ends_of_the_calendar_are_days_like_others(edge):
    assert Days().hold(edge) is Match.NO
    assert ALL_TIME.hold(edge) is Match.SURELY
    assert Days.of([edge, edge]) == Days((edge,))
    assert Days.of([edge]).meet(ALL_TIME) == Days((edge,))


def test_a_month_later_ends_with_a_shorter_month():
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 1, 31), -11) == date(2023, 2, 28)
    assert month_end(date(2023, 12, 5)) == date(2023, 12, 31)


def test_steps_stop_at_the_ends_of_the_calendar():
    assert add_days(date.min, -1) == date.min
    assert add_days(date.max, 1) == date.max
    assert add_months(date(1, 1, 31), -1) == date.min
    assert add_months(date(9999, 12, 1), 1) == date.max
