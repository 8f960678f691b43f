"""What people write when they ask for days, and the days that it means."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nktimeline.dates import DateError, Days, NotADate, Window
from nktimeline.windows import days, edge, term_days

TODAY = date(2024, 3, 31)  # a Sunday
YEARS = Window(date(2018, 1, 1), date(2026, 4, 9))


def window(text):
    first, _, last = text.partition(" ")
    return Window(date.fromisoformat(first), date.fromisoformat(last or first))


DATES = {
    "2023": "2023-01-01 2023-12-31",
    "2023-10": "2023-10-01 2023-10-31",
    "2023-10-24": "2023-10-24",
    "2023-10~": "2023-09-01 2023-11-30",
    "2020-01/..": "2020-01-01 9999-12-31",
    "202X": "2020-01-01 2029-12-31",
    "202x": "2020-01-01 2029-12-31",
    # months and days by name
    "Oct 2023": "2023-10-01 2023-10-31",
    "October 2023": "2023-10-01 2023-10-31",
    "oct. 2023": "2023-10-01 2023-10-31",
    "May, 2023": "2023-05-01 2023-05-31",
    "Sept 2023": "2023-09-01 2023-09-30",
    "13 Sep 2023": "2023-09-13",
    "13 September 2023": "2023-09-13",
    "13th Sept. 2023": "2023-09-13",
    "September 13, 2023": "2023-09-13",
    "Sep 13 2023": "2023-09-13",
    "SEPTEMBER 1ST 2023": "2023-09-01",
    "29 Feb 2024": "2024-02-29",
    # quarters and decades
    "2023Q1": "2023-01-01 2023-03-31",
    "2023-Q4": "2023-10-01 2023-12-31",
    "2023q2": "2023-04-01 2023-06-30",
    "Q3 2023": "2023-07-01 2023-09-30",
    "autumn 2023": "2023-09-01 2023-11-30",
    "Summer of 2023": "2023-06-01 2023-08-31",
    "2023H1": "2023-01-01 2023-06-30",
    "h2 2023": "2023-07-01 2023-12-31",
    "1990s": "1990-01-01 1999-12-31",
    # digits in other ways that mean one day alone
    "2023-9-3": "2023-09-03",
    "2023/09/13": "2023-09-13",
    "2023.9": "2023-09-01 2023-09-30",
    "9/2023": "2023-09-01 2023-09-30",
    "20230913": "2023-09-13",
    # from one date to another
    "2023..2024": "2023-01-01 2024-12-31",
    "2023-10..2023-12": "2023-10-01 2023-12-31",
    "2023-10-30 .. 2023-11": "2023-10-30 2023-11-30",
    "2023...2024": "2023-01-01 2024-12-31",
    "2023..": "2023-01-01 9999-12-31",
    "..2023": "0001-01-01 2023-12-31",
    "2023-2024": "2023-01-01 2024-12-31",
    "2023 - 2024": "2023-01-01 2024-12-31",
    "2023–2024": "2023-01-01 2024-12-31",
    "Oct 2023 to 3 Dec 2023": "2023-10-01 2023-12-03",
    "2023-10 until 2024": "2023-10-01 2024-12-31",
    "2023-09-12/17": "2023-09-12 2023-09-17",
    # seen from today
    "today": "2024-03-31",
    "yesterday": "2024-03-30",
    "this week": "2024-03-25 2024-03-31",
    "last week": "2024-03-18 2024-03-24",
    "this month": "2024-03-01 2024-03-31",
    "last month": "2024-02-01 2024-02-29",
    "this quarter": "2024-01-01 2024-03-31",
    "last quarter": "2023-10-01 2023-12-31",
    "this year": "2024-01-01 2024-12-31",
    "last year": "2023-01-01 2023-12-31",
    "10 days ago": "2024-03-21",
    "2 weeks ago": "2024-03-17",
    "3 months ago": "2023-12-31",
    "1 month ago": "2024-02-29",
    "a year ago": "2023-03-31",
    "one week ago": "2024-03-24",
    "an year ago": "2023-03-31",
    # neither case nor blanks matter
    "  Last   MONTH ": "2024-02-01 2024-02-29",
    " 2023 ": "2023-01-01 2023-12-31",
}


@pytest.mark.parametrize(("text", "meant"), DATES.items())
def test_what_people_write_means_the_same_days_everywhere(text, meant):
    assert edge(text, TODAY) == window(meant)
    assert days(text, TODAY, YEARS) == Days((window(meant),))
    assert term_days(text, TODAY, YEARS) == Days((window(meant),))


SPANS = {
    "0d": "2024-03-31",
    "90d": "2024-01-01",
    "90D": "2024-01-01",
    "6w": "2024-02-18",
    "1m": "2024-02-29",
    "3m": "2023-12-31",
    "6m": "2023-09-30",
    "13m": "2023-02-28",
    "2y": "2022-03-31",
    "last 90 days": "2024-01-01",
    "past 3 months": "2023-12-31",
    "last 1 year": "2023-03-31",
    "99999d": "1750-06-17",
    "99999w": "0107-09-25",
    "99999m": "0001-01-01",
    "2023y": "0001-03-31",
    "2024y": "0001-01-01",
}


@pytest.mark.parametrize(("text", "day"), SPANS.items())
def test_a_span_is_a_day_at_the_edge_of_a_window_and_else_all_days_until_today(text, day):
    assert edge(text, TODAY) == window(day)
    until_today = Days((Window(window(day).first, TODAY),))
    assert days(text, TODAY, YEARS) == term_days(text, TODAY, YEARS) == until_today


def test_of_a_set_only_its_own_days_are_meant_and_its_ends_are_an_edge():
    text = "[2023-01-05, 2023-03]"
    assert days(text, TODAY, YEARS).windows == (
        window("2023-01-05"),
        window("2023-03-01 2023-03-31"),
    )
    assert edge(text, TODAY) == window("2023-01-05 2023-03-31")


# -- weeks, months and years around other days


@pytest.mark.parametrize(
    ("today", "text", "meant"),
    [
        ("2024-01-01", "this week", "2024-01-01 2024-01-07"),  # a Monday
        ("2024-01-01", "last week", "2023-12-25 2023-12-31"),
        ("2024-01-03", "last month", "2023-12-01 2023-12-31"),
        ("2024-01-03", "last quarter", "2023-10-01 2023-12-31"),
        ("2024-12-31", "this quarter", "2024-10-01 2024-12-31"),
        ("2024-02-29", "a year ago", "2023-02-28"),
        ("2024-02-29", "4 years ago", "2020-02-29"),
        ("0001-01-03", "last week", "0001-01-01 0001-01-07"),
        ("0001-01-03", "last year", "0001-01-01 0001-12-31"),
        ("0001-01-01", "yesterday", "0001-01-01"),
        ("9999-12-31", "this week", "9999-12-27 9999-12-31"),
        ("9999-12-31", "this month", "9999-12-01 9999-12-31"),
        ("9999-12-31", "this year", "9999-01-01 9999-12-31"),
    ],
)
def test_what_is_seen_from_today_stays_in_the_calendar(today, text, meant):
    assert edge(text, date.fromisoformat(today)) == window(meant)


@given(st.dates(date(2, 1, 1), date(9998, 12, 31)))
def test_a_week_has_seven_days_that_begin_on_a_monday_and_follow_the_last(today):
    this, last = edge("this week", today), edge("last week", today)
    assert this.first <= today <= this.last
    assert this.first.isoweekday() == 1
    assert this.last - this.first == timedelta(days=6)
    assert last == Window(this.first - timedelta(days=7), this.first - timedelta(days=1))


@given(st.dates(date(2, 1, 1), date(9998, 12, 31)), st.sampled_from(["month", "quarter", "year"]))
def test_a_period_follows_the_last_without_a_gap(today, unit):
    this, last = edge(f"this {unit}", today), edge(f"last {unit}", today)
    assert this.first <= today <= this.last
    assert last.last == this.first - timedelta(days=1)
    assert edge(f"this {unit}", last.first) == last


def test_counting_back_ends_with_the_calendar():
    early = date(1, 2, 15)
    assert edge("1m", early).first == date(1, 1, 15)
    assert edge("2m", early).first == date.min
    assert edge("0m", date(9999, 12, 31)).first == date(9999, 12, 31)
    assert edge("45d", early).first == date.min
    assert edge("46d", early).first == date.min


# -- on this day


def test_a_day_of_every_year_is_that_day_in_each_of_the_years():
    years = Window(date(2019, 8, 1), date(2021, 2, 1))  # its first and last year count whole
    assert days("XXXX-06-19", TODAY, years).windows == (
        window("2019-06-19"),
        window("2020-06-19"),
        window("2021-06-19"),
    )
    assert days("xxxx-02", TODAY, years).windows == (
        window("2019-02-01 2019-02-28"),
        window("2020-02-01 2020-02-29"),
        window("2021-02-01 2021-02-28"),
    )


def test_the_last_of_february_of_every_year_is_in_leap_years_alone():
    assert days("XXXX-02-29", TODAY, YEARS).windows == (window("2020-02-29"), window("2024-02-29"))
    assert not days("XXXX-02-29", TODAY, Window(date(2021, 1, 1), date(2023, 12, 31)))


def test_every_year_may_be_all_years_that_there_are():
    assert len(days("XXXX-06-19", TODAY, Window()).windows) == 9999
    assert len(days("XXXX-02-29", TODAY, Window()).windows) == 2424


@given(
    st.dates(date(2000, 1, 1), date(2000, 12, 31)),
    st.booleans(),
    st.integers(2015, 2019),
    st.integers(0, 5),
)
def test_every_year_holds_the_days_that_are_called_so(named, whole_month, first, more):
    years = Window(date(first, 7, 1), date(first + more, 7, 1))
    text = f"XXXX-{named:%m}" if whole_month else f"XXXX-{named:%m-%d}"
    found = days(text, TODAY, years)
    day, last = date(first, 1, 1), date(first + more, 12, 31)
    while day <= last:
        called_so = day.month == named.month and (whole_month or day.day == named.day)
        inside = any(window.first <= day <= window.last for window in found.windows)
        assert inside == called_so
        day += timedelta(days=1)


# -- what is refused, and what to write instead

EXAMPLES = "2023, 2023-10, 13 Sep 2023, 90d or 'last month'"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("soon", f"'soon' is not a date we can read; write {EXAMPLES}"),
        ("", f"'' is not a date we can read; write {EXAMPLES}"),
        ("2023-W01-1", f"'2023-W01-1' is not a date we can read; write {EXAMPLES}"),
        ("2023??", f"'2023??' is not a date we can read; write {EXAMPLES}"),
        ("next week", f"'next week' is not a date we can read; write {EXAMPLES}"),
        ("latest", "'latest': '--reverse --limit 10' shows the latest ten events"),
        ("Newest", "'Newest': '--reverse --limit 10' shows the latest ten events"),
        ("first", "'first': '--limit 10' shows the first ten events"),
        ("now", "'now': write today"),
        ("-90d", "'-90d': write 90d; it is counted back without a sign"),
        ("2023-13", "'2023-13' is not in the calendar: no month 13"),
        ("mid-2023", "'mid-2023' may be any months; write which, such as 2023-01/2023-04"),
        ("Late 2023", "'Late 2023' may be any months; write which, such as 2023-01/2023-04"),
        ("winter 2023", "'winter 2023' may be any months; write which, such as 2023-01/2023-04"),
        ("2023Q5", "'2023Q5' is not in the calendar: a year has the quarters Q1 to Q4"),
        ("Q0 2023", "'Q0 2023' is not in the calendar: a year has the quarters Q1 to Q4"),
        ("2023-02-30", "'2023-02-30' is not in the calendar: no day 30 in that month"),
        ("31 Feb 2023", "'2023-02-31' is not in the calendar: no day 31 in that month"),
        ("29 Feb 2023", "'2023-02-29' is not in the calendar: no day 29 in that month"),
        ("2024..2023", "the interval '2024/2023' ends before it begins"),
        ("13/09/2023", "'13/09/2023' is not a date we can read; write 2023-09-13"),
        ("9/13/2023", "'9/13/2023' is not a date we can read; write 2023-09-13"),
        ("3.1.2023", "'3.1.2023' could be two days; write 2023-03-01 or 2023-01-03"),
        ("2023-25", "'2023-25': of the divisions of a year only the seasons 21-24 and the "
         "quarters 33-36 are taken"),
        ("-1985", "'-1985': years before 0001 are not taken"),
        ("2023-10-24T10:00", "'2023-10-24T10:00': times of day are not taken; write the day alone"),
        ("9" * 5000, "a date has at most 100 characters, this has 5000"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_what_to_write(text, message):
    for ask in (lambda: edge(text, TODAY), lambda: days(text, TODAY, YEARS)):
        with pytest.raises(DateError) as refused:
            ask()
        assert str(refused.value) == message
        assert "EDTF" not in message


@pytest.mark.parametrize(
    ("text", "of_one_year", "of_all"),
    [
        ("06-19", "2024-06-19", "XXXX-06-19"),
        ("19 June", "2024-06-19", "XXXX-06-19"),
        ("June 19th", "2024-06-19", "XXXX-06-19"),
        ("May", "2024-05", "XXXX-05"),
    ],
)
def test_a_day_without_a_year_is_answered_with_one_year_and_with_all(text, of_one_year, of_all):
    message = f"'{text}' names no year; write {of_one_year}"
    with pytest.raises(DateError) as refused:
        edge(text, TODAY)
    assert str(refused.value) == message
    with pytest.raises(DateError) as refused:
        days(text, TODAY, YEARS)
    assert str(refused.value) == f"{message}, or {of_all} for every year"
    assert days(of_all, TODAY, YEARS)


@pytest.mark.parametrize(
    ("text", "of_one_year"), [("XXXX-06-19", "2024-06-19"), ("xxxx-06", "2024-06")]
)
def test_a_window_does_not_begin_or_end_every_year(text, of_one_year):
    with pytest.raises(DateError) as refused:
        edge(text, TODAY)
    assert str(refused.value) == (
        f"'{text}' comes every year; write the one you mean, such as {of_one_year}"
    )


@pytest.mark.parametrize("text", ["XXXX-02-30", "XXXX-13", "XXXX-00", "XXXX-06-00", "XXXX-22"])
def test_every_year_lacks_what_no_year_has(text):
    with pytest.raises(DateError, match=f"^'{text}' is not in the calendar$"):
        days(text, TODAY, YEARS)


@pytest.mark.parametrize(
    "text",
    ["Q1", "-5d", "5h", "100000d", "1.5y", "٩٠d", "XXXX", "XXXX-06~", "13-05"],
)
def test_what_is_nearly_a_date_is_none(text):
    with pytest.raises(NotADate):
        edge(text, TODAY)
    with pytest.raises(NotADate):
        days(text, TODAY, YEARS)


# -- dates among words that are searched for


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "Kim Jong Un", "Xi", "Yoon", "X", "Y-20", "T-72", "S-400", "[sic]", "12",
        "100%", "10,000", "1.2", "24/7", "9/11", "1718 (2006)", "kim to 2023", "2023 summit", "now",
        "latest", "May", "march", "Sept", "Q3", "12345", "20239999", "..", "?", "-", "2397",
        "2397?", "0000", "2017", "2027", "5h", "김정은", "한국 2023", "word " * 50,
    ],
)  # fmt: skip
def test_a_word_is_no_date(text):
    assert term_days(text, TODAY, YEARS) is None


def test_four_digits_are_a_year_where_the_log_has_that_year():
    assert term_days("2018", TODAY, YEARS) == Days((window("2018-01-01 2018-12-31"),))
    assert term_days("2026?", TODAY, YEARS) == Days((window("2026-01-01 2026-12-31"),))
    assert term_days("2397", TODAY, Window()) == Days((window("2397-01-01 2397-12-31"),))
    assert term_days("2397-01", TODAY, YEARS) == Days((window("2397-01-01 2397-01-31"),))


def test_a_term_may_be_a_day_of_every_year():
    assert term_days("XXXX-06-19", TODAY, YEARS) == days("XXXX-06-19", TODAY, YEARS)


@pytest.mark.parametrize(
    "text",
    ["2023-13", "2023Q5", "q0 2023", "2023-02-30", "31 Feb 2023", "Feb 31, 2023", "13/09/2023",
     "3.1.2023", "06-19", "9 May", "June 31", "XXXX-13", "2024..2023", "2023-10-24T10:00"],
)  # fmt: skip
def test_a_term_that_has_the_form_of_a_date_and_is_none_is_refused(text):
    with pytest.raises(DateError):
        term_days(text, TODAY, YEARS)


@given(st.text(max_size=120) | st.text("0123456789-/.X?~%[],{}YS admwqxto", max_size=24))
def test_no_text_at_all_brings_them_down(text):
    for ask in (lambda: edge(text, TODAY), lambda: term_days(text, TODAY, YEARS)):
        try:
            ask()
        except DateError as error:
            message = str(error)
        else:
            message = ""
        assert "EDTF" not in message
