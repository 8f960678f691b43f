"""The days that filters ask for: dates, quarters, and spans counted back from today."""

from datetime import date

import pytest

from nktimeline.dates import DateError, Window
from nktimeline.windows import filter_window, span_window

TODAY = date(2024, 3, 31)


def window(text):
    first, _, last = text.partition(" ")
    return Window(date.fromisoformat(first), date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2023", "2023-01-01 2023-12-31"),
        ("2023-10~", "2023-09-01 2023-11-30"),
        ("2020-01/..", "2020-01-01 9999-12-31"),
        ("2023Q1", "2023-01-01 2023-03-31"),
        ("2023Q3", "2023-07-01 2023-09-30"),
        ("2023-Q4", "2023-10-01 2023-12-31"),
        ("2023q2", "2023-04-01 2023-06-30"),
        ("today", "2024-03-31 2024-03-31"),
        ("yesterday", "2024-03-30 2024-03-30"),
        ("Today", "2024-03-31 2024-03-31"),
        ("90D", "2024-01-01"),
        ("0d", "2024-03-31"),
        ("90d", "2024-01-01"),
        ("6w", "2024-02-18"),
        ("1m", "2024-02-29"),
        ("3m", "2023-12-31"),
        ("6m", "2023-09-30"),
        ("13m", "2023-02-28"),
        ("2y", "2022-03-31"),
        ("99999d", "1750-06-17"),
        ("99999w", "0107-09-25"),
        ("99999m", "0001-01-01"),
        ("2023y", "0001-03-31"),
        ("2024y", "0001-01-01"),
    ],
)
def test_a_filter_takes_dates_quarters_and_days_counted_back_from_today(text, days):
    assert filter_window(text, TODAY) == window(days)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("90d", "2024-01-01 2024-03-31"),
        ("2Y", "2022-03-31 2024-03-31"),
        ("2023Q3", "2023-07-01 2023-09-30"),
        ("yesterday", "2024-03-30 2024-03-30"),
    ],
)
def test_a_span_is_all_the_days_until_today(text, days):
    assert span_window(text, TODAY) == window(days)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2023-13", "'2023-13' is not in the calendar: no month 13"),
        ("2023-3", "months and days have two digits: 2023-03"),
        ("2023/3/7", "months and days have two digits: 2023-03-07"),
        ("March 2023", "2023-10-24 or 2023-10/2024, nor 2023Q3, 90d or yesterday"),
        ("-90d", "'-90d': write 90d; it is counted back without a sign"),
        ("2023-25", "'2023-25': of the divisions of a year only the seasons 21-24"),
    ],
)
def test_a_filter_that_is_refused_says_what_it_could_be(text, message):
    with pytest.raises(DateError) as refused:
        filter_window(text, TODAY)
    assert message in str(refused.value)


def test_a_year_before_a_leap_day_is_the_last_of_february():
    assert filter_window("1y", date(2024, 2, 29)).first == date(2023, 2, 28)
    assert filter_window("4y", date(2024, 2, 29)).first == date(2020, 2, 29)


def test_counting_back_ends_with_the_calendar():
    early = date(1, 2, 15)
    assert filter_window("1m", early).first == date(1, 1, 15)
    assert filter_window("2m", early).first == date.min
    assert filter_window("0m", date(9999, 12, 31)).first == date(9999, 12, 31)
    assert filter_window("45d", early).first == date.min
    assert filter_window("46d", early).first == date.min


def test_the_day_before_the_first_of_the_calendar_is_that_day_itself():
    assert filter_window("yesterday", date.min) == Window(date.min, date.min)


@pytest.mark.parametrize(
    "text", ["2023Q5", "2023Q0", "Q1", "-5d", "5h", "100000d", "1.5y", "", "٩٠d", "now"]
)
def test_a_filter_refuses_what_is_neither_date_nor_span(text):
    with pytest.raises(DateError):
        filter_window(text, TODAY)
