"""Dates as the log writes them: what is read, what it can mean, what is refused and why."""

import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nktimeline.dates import (
    ALL_TIME,
    LONGEST,
    DateError,
    Days,
    Doubt,
    Match,
    NotADate,
    Precision,
    When,
    Window,
    parse,
)

OPEN = "open"
NONE, UNCERTAIN, APPROXIMATE, BOTH = Doubt.NONE, Doubt.UNCERTAIN, Doubt.APPROXIMATE, Doubt.BOTH


def span(when):
    """Write the two strict bounds of a date as `first last`."""
    return " ".join(
        OPEN if is_open else day.isoformat()
        for day, is_open in ((when.first, when.open_first), (when.last, when.open_last))
    )


def reach(when):
    return f"{when.reach.first} {when.reach.last}"


def window(text):
    first, _, last = text.partition(" ")
    return Window(date.fromisoformat(first), date.fromisoformat(last or first))


# -- what is read

SPANS = {  # most of them are examples of the specification, published by the Library of Congress
    # level 0
    "1985-04-12": "1985-04-12 1985-04-12",
    "1985-04": "1985-04-01 1985-04-30",
    "1985": "1985-01-01 1985-12-31",
    "0001": "0001-01-01 0001-12-31",
    "9999-12-31": "9999-12-31 9999-12-31",
    "2024-02": "2024-02-01 2024-02-29",
    "1900-02": "1900-02-01 1900-02-28",
    "1964/2008": "1964-01-01 2008-12-31",
    "2004-06/2006-08": "2004-06-01 2006-08-31",
    "2004-02-01/2005-02-08": "2004-02-01 2005-02-08",
    "2004-02-01/2005-02": "2004-02-01 2005-02-28",
    "2004-02-01/2005": "2004-02-01 2005-12-31",
    "2005/2006-02": "2005-01-01 2006-02-28",
    "2004-06-01/2004-06-01": "2004-06-01 2004-06-01",
    # level 1: seasons, a year's northern ones
    "2001-21": "2001-03-01 2001-05-31",
    "2001-22": "2001-06-01 2001-08-31",
    "2001-23": "2001-09-01 2001-11-30",
    "2001-24": "2001-12-01 2001-12-31",
    # level 1: doubt moves no bound
    "1984?": "1984-01-01 1984-12-31",
    "2004-06~": "2004-06-01 2004-06-30",
    "2004-06-11%": "2004-06-11 2004-06-11",
    # level 1: unspecified digits from the right
    "201X": "2010-01-01 2019-12-31",
    "20XX": "2000-01-01 2099-12-31",
    "001X": "0010-01-01 0019-12-31",
    "01XX": "0100-01-01 0199-12-31",
    "99XX": "9900-01-01 9999-12-31",
    "2004-XX": "2004-01-01 2004-12-31",
    "1985-04-XX": "1985-04-01 1985-04-30",
    "1985-XX-XX": "1985-01-01 1985-12-31",
    # level 1: open and unknown ends
    "1985-04-12/..": "1985-04-12 open",
    "1985-04/..": "1985-04-01 open",
    "../1985": "open 1985-12-31",
    "1985-04-12/": "1985-04-12 open",
    "/1985-04": "open 1985-04-30",
    # level 1: intervals with doubt
    "1984~/2004-06": "1984-01-01 2004-06-30",
    "1984?/2004%": "1984-01-01 2004-12-31",
    "1984-06-02?/2004-08-08~": "1984-06-02 2004-08-08",
    "1984-06-02?/": "1984-06-02 open",
    # level 2: quarters
    "2001-33": "2001-01-01 2001-03-31",
    "2001-34": "2001-04-01 2001-06-30",
    "2001-35": "2001-07-01 2001-09-30",
    "2001-36": "2001-10-01 2001-12-31",
    # level 2: one of a set
    "[1667,1668,1670..1672]": "1667-01-01 1672-12-31",
    "[1667, 1760-12]": "1667-01-01 1760-12-31",
    "[1760-12, 1667]": "1667-01-01 1760-12-31",
    "[..1760-12-03]": "open 1760-12-03",
    "[1760-12..]": "1760-12-01 open",
    "[1760-01, 1760-02, 1760-12..]": "1760-01-01 open",
    "[2023-01-02]": "2023-01-02 2023-01-02",
}


@pytest.mark.parametrize(("text", "days"), SPANS.items())
def test_a_date_is_a_span_of_days(text, days):
    when = parse(text)
    assert span(when) == days
    assert when.text == text


@pytest.mark.parametrize(
    ("text", "precision", "doubt", "lasting"),
    [
        ("20XX", Precision.CENTURY, NONE, False),
        ("202X?", Precision.DECADE, UNCERTAIN, False),
        ("2023", Precision.YEAR, NONE, False),
        ("2023-XX", Precision.YEAR, NONE, False),
        ("2023-22~", Precision.SEASON, APPROXIMATE, False),
        ("2023-33%", Precision.QUARTER, BOTH, False),
        ("2023-10", Precision.MONTH, NONE, False),
        ("2023-10-XX", Precision.MONTH, NONE, False),
        ("2023-10-24", Precision.DAY, NONE, False),
        ("2023-10/2024", Precision.YEAR, NONE, True),
        ("2023/2024-02-01", Precision.YEAR, NONE, True),
        ("2023?/2024~", Precision.YEAR, BOTH, True),
        ("2023-10-24/..", Precision.DAY, NONE, True),
        ("/2023-10", Precision.MONTH, NONE, True),
        ("[2023-10-24?, 2023-11]", Precision.MONTH, UNCERTAIN, False),
        ("[2023~..2024?]", Precision.YEAR, BOTH, False),
        ("[2023-10-24..]", Precision.DAY, NONE, False),
    ],
)
def test_a_date_knows_its_precision_its_doubt_and_whether_it_lasted(
    text, precision, doubt, lasting
):
    when = parse(text)
    assert (when.precision, when.doubt, when.lasting) == (precision, doubt, lasting)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2023-10-24", "2023-10-24 2023-10-24"),
        ("2023-10-24?", "2023-10-24 2023-10-24"),
        ("2023-10-24~", "2023-10-23 2023-10-25"),
        ("2023-03-01%", "2023-02-28 2023-03-02"),
        ("2023-10~", "2023-09-01 2023-11-30"),
        ("2023-01~", "2022-12-01 2023-02-28"),
        ("2023-12%", "2023-11-01 2024-01-31"),
        ("2023-33~", "2022-10-01 2023-06-30"),
        ("2023-21~", "2022-12-01 2023-08-31"),
        ("2023~", "2022-01-01 2024-12-31"),
        ("202X~", "2010-01-01 2039-12-31"),
        ("20XX~", "1900-01-01 2199-12-31"),
        ("2023~/2024", "2022-01-01 2024-12-31"),
        ("2023/2024~", "2023-01-01 2025-12-31"),
        ("[2023-01-05~, 2023-01-09]", "2023-01-04 2023-01-09"),
        ("[2023-01-05, 2023-01-09~]", "2023-01-05 2023-01-10"),
        ("[2023-01-09~, 2023-01-05]", "2023-01-05 2023-01-10"),
        ("0001-01-01~", "0001-01-01 0001-01-02"),
        ("9999-12-31~", "9999-12-30 9999-12-31"),
        ("0001~", "0001-01-01 0002-12-31"),
        ("0002~", "0001-01-01 0003-12-31"),
        ("9999~", "9998-01-01 9999-12-31"),
        ("9998-12~", "9998-11-01 9999-01-31"),
        ("9999-11~", "9999-10-01 9999-12-31"),
    ],
)
def test_an_approximate_date_could_lie_one_unit_of_its_precision_beyond(text, days):
    assert reach(parse(text)) == days


# -- what is refused

NO_DATE = "is not a date we can read; write 2023, 2023-10, 2023-10-24 or 2023-10/2024"
AT_THE_END = "'?', '~' and '%' stand at the end, for the whole date"
DIVISIONS = "of the divisions of a year only the seasons 21-24 and the quarters 33-36 are taken"
DIGITS = (
    "X stands for the last one or two digits of a year (202X, 20XX), a whole month or a whole day "
    "at the end (2023-XX, 2023-10-XX)"
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1985-04-12T23:20:30", "times of day are not taken; write the day alone"),
        ("1985-04-12t23:20:30Z", "times of day are not taken; write the day alone"),
        ("{1667,1668}", "a set {...} says that all its dates hold; write an event for each"),
        ("Y170000002", "years of more than four digits (Y...) are not taken"),
        ("Y-17E7", "years of more than four digits (Y...) are not taken"),
        ("2000/Y170000002", "years of more than four digits (Y...) are not taken"),
        ("1950S2", "significant digits (S) are not taken; write 195X or an interval"),
        ("-1985", "years before 0001 are not taken"),
        ("-1985/1985", "years before 0001 are not taken"),
        ("2004-?06-11", AT_THE_END),
        ("2004?-06-11", AT_THE_END),
        ("?2004-06", AT_THE_END),
        ("2004/~2005", AT_THE_END),
        ("2001-25", DIVISIONS),
        ("2001-32?", DIVISIONS),
        ("2001-41", DIVISIONS),
        ("0000", "years run from 0001 to 9999"),
        ("000X", "years run from 0001 to 9999"),
        ("00XX", "years run from 0001 to 9999"),
        ("0000-01-03/0001", "years run from 0001 to 9999"),
        ("1XXX", DIGITS),
        ("202X-XX", DIGITS),
        ("2023-XX-05", DIGITS),
        ("156X-12-25", DIGITS),
        ("2023-1X", DIGITS),
        ("2023-10-2X", DIGITS),
        ("../..", "an interval needs a date at one end at least"),
        ("/", "an interval needs a date at one end at least"),
        ("/..", "an interval needs a date at one end at least"),
    ],
)
def test_what_edtf_allows_and_the_log_does_not_is_refused_by_name(text, reason):
    with pytest.raises(DateError) as refused:
        parse(text)
    assert str(refused.value) == f"'{text}': {reason}"
    assert refused.value.allowed_by_edtf


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("2023-03-01 - 2023-03-05", "2023-03-01/2023-03-05"),
        ("2023-03-01..2023-03-05", "2023-03-01/2023-03-05"),
        ("2023-03 to 2023-05", "2023-03/2023-05"),
        ("2023–2024", "2023/2024"),
        ("2023-03-01/05", "2023-03-01/2023-03-05"),
        ("20230301", "2023-03-01"),
        ("2023Q1", "2023-33"),
        ("2023-q4", "2023-36"),
        ("2020s", "202X"),
        ("2023-1-1", "2023-01-01"),
        ("2023-10-24 ", "2023-10-24"),
        ("2023-10-24\n", "2023-10-24"),
        ("2023/10/24", "2023-10-24"),
        ("24 October 2023", "2023-10-24"),
        ("Oct 24, 2023", "2023-10-24"),
        ("Oct 2023 to Dec 2023", "2023-10/2023-12"),
        ("13/09/2023", "2023-09-13"),
        ("9.13.2023", "2023-09-13"),
        ("5/5/2023", "2023-05-05"),
    ],
)
def test_a_date_written_another_way_is_answered_with_the_edtf(text, right):
    with pytest.raises(DateError) as refused:
        parse(text)
    assert str(refused.value) == f"'{text}' is not a date we can read; write {right}"
    assert not refused.value.allowed_by_edtf


@pytest.mark.parametrize("text", ["03/01/2023", "3.1.2023", "3-1-2023"])
def test_a_date_that_means_another_day_elsewhere_is_answered_with_both(text):
    with pytest.raises(DateError) as refused:
        parse(text)
    assert str(refused.value) == f"'{text}' could be two days; write 2023-03-01 or 2023-01-03"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", f"'' {NO_DATE}"),
        ("soon", f"'soon' {NO_DATE}"),
        ("24 October", f"'24 October' {NO_DATE}"),
        ("45/45/2023", f"'45/45/2023' {NO_DATE}"),
        ("1/2-2023", f"'1/2-2023' {NO_DATE}"),
        ("2023-13", "'2023-13' is not in the calendar: no month 13"),
        ("2023-00", "'2023-00' is not in the calendar: no month 00"),
        ("2023-20", "'2023-20' is not in the calendar: no month 20"),
        ("2023-42", "'2023-42' is not in the calendar: no month 42"),
        ("2023-21-05", "'2023-21-05' is not in the calendar: no month 21"),
        ("23-10-29", f"'23-10-29' {NO_DATE}"),
        ("2023??", f"'2023??' {NO_DATE}"),
        ("202x", f"'202x' {NO_DATE}"),
        ("٢٠٢٣", f"'٢٠٢٣' {NO_DATE}"),
        ("２０２３", f"'２０２３' {NO_DATE}"),
        ("２０２３-10-24", f"'２０２３-10-24' {NO_DATE}"),
        ("2023-W01-1", f"'2023-W01-1' {NO_DATE}"),
        ("2023/soon", f"'2023/soon' {NO_DATE}"),
        ("[2023,soon]", f"'[2023,soon]' {NO_DATE}"),
        ("[2023,]", f"'[2023,]' {NO_DATE}"),
        ("[]", f"'[]' {NO_DATE}"),
        ("2001-02-30", "'2001-02-30' is not in the calendar: no day 30 in that month"),
        ("2023-10-00", "'2023-10-00' is not in the calendar: no day 00 in that month"),
        ("2023-02-29", "'2023-02-29' is not in the calendar: no day 29 in that month"),
        ("2023-10-24/2023-09", "the interval '2023-10-24/2023-09' ends before it begins"),
        ("[2023..2022]", "a range in the set '[2023..2022]' ends before it begins"),
        ("[2023", "the set '[2023' lacks its closing ']'"),
        (
            "[2023,..2024]",
            "the set '[2023,..2024]' is open in the middle; '..' opens its beginning or end",
        ),
        (
            "[2023..,2024]",
            "the set '[2023..,2024]' is open in the middle; '..' opens its beginning or end",
        ),
        ("9" * 5000, "a date has at most 100 characters, this has 5000"),
    ],
)
def test_what_is_no_date_is_refused_and_the_message_says_what_was_expected(text, message):
    with pytest.raises(DateError) as refused:
        parse(text)
    assert str(refused.value) == message
    assert not refused.value.allowed_by_edtf


@pytest.mark.parametrize(
    ("text", "part"), [("2001-29/2002", "2001-29"), ("[2001-37?..2002]", "2001-37?")]
)
def test_of_an_interval_or_set_the_part_that_is_wrong_is_quoted(text, part):
    with pytest.raises(DateError, match=f"^'{re.escape(part)}': of the divisions"):
        parse(text)


def test_a_set_without_any_date_says_nothing():
    with pytest.raises(DateError, match="is not a date") as refused:
        parse("[..]")
    assert not refused.value.allowed_by_edtf


@pytest.mark.parametrize("text", ["soon", "", "12", "9" * 5000])
def test_what_is_nothing_like_a_date_is_told_from_a_date_that_is_wrong(text):
    with pytest.raises(NotADate):
        parse(text)
    with pytest.raises(DateError) as refused:
        parse("2023-13")
    assert not isinstance(refused.value, NotADate)


def test_the_longest_date_that_is_looked_at_has_a_hundred_characters():
    years = ",".join(str(year) for year in range(2000, 2020))
    longest = f"[{years[:-1]}]"
    with pytest.raises(DateError, match="is not a date"):
        parse(longest)
    assert len(longest) == LONGEST
    with pytest.raises(DateError, match="at most 100 characters, this has 101"):
        parse(f"[{years}]")


# -- how a date stands to a window

YEAR_2020 = "2020-01-01 2020-12-31"


@pytest.mark.parametrize(
    ("text", "asked", "answer"),
    [
        # a day falls inside or it does not
        ("2020-06-01", YEAR_2020, Match.SURELY),
        ("2020-01-01", YEAR_2020, Match.SURELY),
        ("2020-12-31", YEAR_2020, Match.SURELY),
        ("2019-12-31", YEAR_2020, Match.NO),
        ("2021-01-01", YEAR_2020, Match.NO),
        # an imprecise date falls surely inside when all its days do
        ("2020", YEAR_2020, Match.SURELY),
        ("2020", "2020-01-01 2020-12-30", Match.POSSIBLY),
        ("2020", "2020-01-02 2020-12-31", Match.POSSIBLY),
        ("202X", YEAR_2020, Match.POSSIBLY),
        ("202X", "2030-01-01", Match.NO),
        # an approximate date could lie outside, or inside although it is written outside
        ("2020-01-01~", YEAR_2020, Match.POSSIBLY),
        ("2019-12-31~", YEAR_2020, Match.POSSIBLY),
        ("2020-01-02~", YEAR_2020, Match.SURELY),
        ("2019-12-30~", YEAR_2020, Match.NO),
        ("2019-12-31?", YEAR_2020, Match.NO),
        # what lasted need only overlap
        ("2019-12-31/2020-01-01", YEAR_2020, Match.SURELY),
        ("2019/2021", YEAR_2020, Match.SURELY),
        ("2020-12-31/2022", YEAR_2020, Match.SURELY),
        ("2019/2020", "2020-06-01", Match.POSSIBLY),
        ("2018/2019", YEAR_2020, Match.NO),
        ("2020-03/2020", "2020-03-01 2020-12-31", Match.SURELY),
        ("2020-03/2020", "2020-03-31 2020-12-31", Match.POSSIBLY),
        ("2020/2020-03", "2020-01-01 2020-03-31", Match.SURELY),
        ("2020/2020-03", "2020-04-01 2020-12-31", Match.NO),
        # an open end holds on every day beyond, an unknown one is sure of one day alone
        ("2019-01/..", YEAR_2020, Match.SURELY),
        ("2019-01/", YEAR_2020, Match.POSSIBLY),
        ("../2021-01", YEAR_2020, Match.SURELY),
        ("/2021-01", YEAR_2020, Match.POSSIBLY),
        ("/2020-01", YEAR_2020, Match.SURELY),
        ("2020-01/", YEAR_2020, Match.SURELY),
        ("2021/..", YEAR_2020, Match.NO),
        # a set fell on one of its days
        ("[2020-01-01, 2020-05]", YEAR_2020, Match.SURELY),
        ("[2019, 2020]", YEAR_2020, Match.POSSIBLY),
        ("[2019..]", YEAR_2020, Match.POSSIBLY),
    ],
)
def test_a_date_falls_inside_a_window_surely_possibly_or_not(text, asked, answer):
    assert parse(text).within(Days.of([window(asked)])) is answer


@pytest.mark.parametrize(
    ("text", "asked", "answer"),
    [
        ("2020", ["2020-01-01 2020-06-30", "2020-07-01 2020-12-31"], Match.SURELY),
        ("2020", ["2020-01-01 2020-06-29", "2020-07-01 2020-12-31"], Match.POSSIBLY),
        ("[2020-03-01, 2020-05-01]", ["2020-04-01 2020-04-30"], Match.NO),
        ("[2020-03-01, 2020-05-01]", ["2020-03-01", "2020-05-01"], Match.SURELY),
        ("[2020-03-01, 2020-05-01]", ["2020-03-01 2020-04-30"], Match.POSSIBLY),
        ("[2020-03, 2020-05]", ["2020-03-01 2020-03-31", "2020-05-02 2020-05-31"], Match.POSSIBLY),
        ("2020-03-01/2020-05-01", ["2020-01-01", "2020-04-01"], Match.SURELY),
        ("2020-03/2020-03", ["2020-03-01 2020-03-15", "2020-03-16 2020-03-31"], Match.SURELY),
        ("2020-03/2020-03", ["2020-03-01 2020-03-15", "2020-03-17 2020-03-31"], Match.POSSIBLY),
    ],
)
def test_days_are_judged_together(text, asked, answer):
    assert parse(text).within(Days.of(map(window, asked))) is answer


# -- what holds for all dates

_years = st.integers(min_value=1, max_value=9999).map("{:04}".format)
_decades = st.integers(min_value=1, max_value=999).map("{:03}X".format)
_centuries = st.integers(min_value=1, max_value=99).map("{:02}XX".format)
_parts = st.sampled_from(
    [*(f"{month:02}" for month in range(1, 13)), "XX", "21", "22", "23", "24", "33", "36"]
)
_months = st.builds("{}-{}".format, _years, _parts)
_days = st.dates().map(date.isoformat) | st.dates().map(lambda day: f"{day.isoformat()[:7]}-XX")
_atoms = st.builds(
    "{}{}".format,
    st.one_of(_years, _decades, _centuries, _months, _days),
    st.sampled_from(["", "", "?", "~", "%"]),
)
_ends = st.sampled_from(["", ".."])
_ranges = st.builds("{}..{}".format, _atoms, _atoms)
_sets = st.lists(_atoms | _ranges, min_size=1, max_size=3).map(lambda some: f"[{','.join(some)}]")
texts = st.one_of(
    _atoms,
    st.builds("{}/{}".format, _atoms | _ends, _atoms | _ends),
    _sets,
    st.builds("[..{}]".format, _atoms),
    st.builds("[{}..]".format, _atoms),
)


def _parsed_or_refused(text):
    """Give the date and "", or None and why not."""
    try:
        return parse(text), ""
    except DateError as refused:
        return None, f"{'allowed by EDTF: ' if refused.allowed_by_edtf else ''}{refused}"


def _parsed(text):
    return _parsed_or_refused(text)[0]


dates = texts.map(_parsed).filter(lambda when: when is not None)
windows = st.tuples(st.dates(), st.dates()).map(lambda two: Window(min(two), max(two)))


@given(texts)
@example("9999-12-31~")
@example("0001~/..")
def test_every_spelling_is_a_date_or_refused_in_words(text):
    when, message = _parsed_or_refused(text)
    assert when or "ends before it begins" in message or "needs a date" in message


@given(st.text(max_size=120) | st.text("0123456789-/.X?~%[],{}YS", max_size=24))
def test_no_text_at_all_brings_the_parser_down(text):
    when = _parsed(text)
    assert when is None or isinstance(when, When)


@given(dates)
def test_a_date_reads_as_it_is_written(when):
    assert parse(when.text) == when


@given(dates)
def test_the_bounds_of_a_date_are_in_order(when):
    assert when.reach.first <= when.first <= when.last <= when.reach.last
    assert when.reach.first <= when.begun <= when.reach.last
    assert when.reach.first <= when.ended <= when.reach.last


@given(dates)
def test_what_did_not_last_has_begun_when_it_is_over(when):
    if not when.lasting:
        assert (when.ended, when.begun) == when.reach


@given(dates)
def test_only_approximate_dates_reach_beyond_what_is_written(when):
    if not when.doubt & Doubt.APPROXIMATE:
        assert when.reach == (when.first, when.last)


@given(dates)
def test_an_open_end_is_the_calendars_end(when):
    assert not when.open_first or when.first == date.min
    assert not when.open_last or when.last == date.max


@given(dates)
def test_the_spans_of_a_date_are_apart_and_lie_in_order(when):
    assert Days.of(when.spans).windows == when.spans
    assert len(when.spans) == 1 or when.text.startswith("[")


@given(dates)
def test_every_date_falls_surely_into_all_of_time_and_into_its_own_spans(when):
    assert when.within(ALL_TIME) is Match.SURELY
    assert when.within(Days(when.spans)) is Match.SURELY
    assert when.within(Days()) is Match.NO


@given(dates, windows)
def test_a_date_touches_a_window_when_one_of_its_spans_does(when, asked):
    apart = all(span.last < asked.first or span.first > asked.last for span in when.spans)
    assert (when.within(Days((asked,))) is Match.NO) == apart


@given(dates, windows, windows)
def test_more_days_never_answer_less(when, one, other):
    both = Days.of([one, other])
    assert when.within(both) >= max(when.within(Days((one,))), when.within(Days((other,))))


@given(windows, windows)
def test_overlapping_is_symmetric(one, other):
    def overlap(window, other):
        return parse(f"{window.first}/{window.last}").within(Days((other,)))

    assert overlap(one, other) == overlap(other, one)


# -- dates that others wrote down

OPEN_ENDED = {"../2006", "/2006", "1984-06-02?/", "2004-01-01/..", "2004-06-01/"} | {
    "[..1760-12-03]",
    "[1760-01, 1760-02, 1760-12..]",
    "[1760-12..]",
}
"""Where our bounds are not python-edtf's: it has infinities, or ten years, where we say open."""


def test_valid_edtf_is_read_or_refused_by_name_and_invalid_edtf_is_refused(corpus):
    read = set()
    for case in corpus("edtf.jsonl"):
        when, message = _parsed_or_refused(case["text"])
        if case["verdict"] == "valid":
            assert when or message.startswith("allowed by EDTF"), case["text"]
        if case["verdict"] == "invalid":
            assert not when, case["text"]
        if when:
            read.add(case["text"])
    assert len(read) == 134


def test_the_strict_bounds_are_those_that_python_edtf_expects(corpus):
    compared = 0
    for case in corpus("edtf.jsonl"):
        when = _parsed(case["text"])
        if when is None or case["bounds"] is None:
            continue
        # one day is given once; strict bounds come before the fuzzy ones
        bounds = case["bounds"][:2] if len(case["bounds"]) in (2, 4) else case["bounds"][:1] * 2
        if case["text"] in OPEN_ENDED:
            assert when.open_first or when.open_last
        else:
            assert span(when) == " ".join(bounds), case["text"]
        compared += 1
    assert compared == 46


@pytest.mark.parametrize("text", ["[2020..202X-01,2021]", "[2020-1X..2021]", "[..2019-1X]"])
def test_a_bad_member_is_reported_with_the_whole_set(text):
    with pytest.raises(DateError, match=re.escape(f"'{text}'")):
        parse(text)


def test_a_member_of_a_set_has_one_range_at_most():
    with pytest.raises(DateError):
        parse("[2019..2020..2021]")
