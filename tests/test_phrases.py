"""Dates in words, for lists, calendars, pictures and references."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nktimeline.dates import DateError, parse
from nktimeline.render.phrases import imprecision, period, said

SAID = [
    ("2023-07-25", "25 July 2023", "25 July", "July 2023"),
    ("2023-07-25/2023-07-27", "25-27 July 2023", "25-27 July", "July 2023"),
    ("2023-07-30/2023-08-02", "30 July to 2 August 2023", "30 July to 2 August", "July 2023"),
    ("2023-12-30/2024-01-02", "30 December 2023 to 2 January 2024", None, "December 2023"),
    ("2023-03/2023-05", "March to May 2023", "March to May", "March 2023"),
    ("2022/2023", "2022 to 2023", None, "2022"),
    ("2023-10-02/2023-10-05~", "2 to about 5 October 2023", "2 to about 5 October", "October 2023"),
    ("2023-10-02~/2024", "about 2 October 2023 to 2024", None, "October 2023"),
    ("2023-07", "July 2023", "July", "July 2023"),
    ("2023-07-XX", "July 2023", "July", "July 2023"),
    ("2023", "2023", None, "2023"),
    ("202X", "the 2020s", None, "2020s"),
    ("19XX", "1900-1999", None, "1900-1999"),
    ("2019-21", "spring 2019", "spring", "Spring 2019"),
    ("2019-24", "winter 2019", "winter", "Winter 2019"),
    ("2019-34", "Q2 2019", "Q2", "Q2 2019"),
    ("2019-33/2019-36", "Q1 to Q4 2019", "Q1 to Q4", "Q1 2019"),
    ("2019-03-12~", "about 12 March 2019", "about 12 March", "March 2019"),
    ("2021?", "perhaps 2021", None, "2021"),
    ("2021-05-05%", "perhaps about 5 May 2021", "perhaps about 5 May", "May 2021"),
    ("[2020-02-03,2020-02-10]", "3 or 10 February 2020", "3 or 10 February", "February 2020"),
    ("[2020-02-03, 2020-03-10]", "3 February or 10 March 2020", "3 February or 10 March",
     "February 2020"),
    ("[2020-02-03,2020-02-04,2020-05-06]", "3 or 4 February or 6 May 2020",
     "3 or 4 February or 6 May", "February 2020"),
    ("[2020-02-03..2020-02-05]", "some day within 3-5 February 2020",
     "some day within 3-5 February", "February 2020"),
    ("[2020,2021]", "2020 or 2021", None, "2020"),
    ("[2020..]", "some day since 2020", None, "2020"),
    ("[..2020-02-05]", "some day until 5 February 2020", None, "Earlier"),
    ("2023-02/..", "since February 2023", "since February", "February 2023"),
    ("2023-07/", "since July 2023, end unknown", "since July, end unknown", "July 2023"),
    ("../2018-05", "until May 2018", None, "Earlier"),
    ("/2018-05", "until May 2018, beginning unknown", None, "Earlier"),
    ("0999-01-02/0999-01-04", "2-4 January 0999", "2-4 January", "January 0999"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "short", "heading"), SAID)
def test_dates_are_said_as_people_write_them(text, words, short, heading):
    when = parse(text)
    assert said(when) == words
    assert said(when, year=False) == (short or words)
    assert period(when) == heading


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2023-07-25", ""),
        ("2023-07-25/2023-07-27", ""),
        ("2023-10", "some day in October 2023"),
        ("201X", "some day in the 2010s"),
        ("2019-03-12~", "about 12 March 2019"),
        ("2023-07-25?", "perhaps 25 July 2023"),
        ("2023-07/2023-08", "July to August 2023"),
        ("2023-07-25/..", "since 25 July 2023"),
        ("[2020-02-03,2020-02-10]", "3 or 10 February 2020"),
    ],
)
def test_a_date_that_is_no_day_for_sure_says_so(text, words):
    assert imprecision(parse(text)) == words


ATOMS = st.sampled_from(
    ["2023", "202X", "20XX", "2023-10", "2023-10-XX", "2023-10-24", "2024-22", "2024-33", "0001"]
).flatmap(lambda text: st.sampled_from([text, f"{text}?", f"{text}~", f"{text}%"]))
DATES = st.one_of(
    ATOMS,
    st.tuples(ATOMS | st.sampled_from(["", ".."]), ATOMS).map("/".join),
    st.tuples(ATOMS, st.sampled_from(["", ".."])).map("/".join),
    st.tuples(ATOMS, ATOMS).map(lambda pair: f"[{pair[0]},{pair[1]}]"),
    st.tuples(ATOMS, ATOMS).map(lambda pair: f"[{pair[0]}..{pair[1]}]"),
)


@given(text=DATES)
def test_every_date_has_words_that_name_its_years(text):
    try:
        when = parse(text)
    except DateError:
        return
    for day, is_open in ((when.first, when.open_first), (when.last, when.open_last)):
        if not is_open and when.precision > 2:
            assert f"{day.year:04}" in said(when)
    assert said(when, year=False)
    assert period(when)[0] in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
