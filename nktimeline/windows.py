"""Days that people ask for, as they write them: dates, stretches of time, and words such as today.

Knows no log and no clock: it is told which day is today, and which years a log has.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from nktimeline.dates import LONGEST, DateError, NotADate, parse
from nktimeline.days import Days, Window, add_days, add_months, month_end
from nktimeline.spellings import in_edtf

_UNIT = "(day|week|month|year)s?"
_COUNTED = r"([0-9]{1,5})([dwmy])"  # 90d
_LAST_FEW = rf"(?:last|past) ([0-9]{{1,5}}) {_UNIT}"  # last 90 days
_AGO = rf"(an?|one|[0-9]{{1,5}}) {_UNIT} ago"  # 3 months ago
_PERIOD = "(this|last) (week|month|quarter|year)"
_SIDE = r"(since|after|from|before|until|till) (.+)"
_BETWEEN = r"(?:from|between) (.+?) (?:to|and|until) (.+)"
_EVERY_YEAR = r"xxxx-([0-9]{2})(?:-([0-9]{2}))?"  # XXXX-06-19, EDTF level 2
_QUARTER = r"[0-9]{4}-?q[0-9]+|q[0-9]+ [0-9]{4}"  # of any number: those of a year are read before
_PART_OF_A_YEAR = r"(?:early|mid|late|winter)[ -]([0-9]{4})"
_MONTH_AND_DAY = r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_MONTH_OR_DAY = r"[0-9]{4}-(0[1-9]|1[0-2])(-[0-9]{2})?"
_EDTF = r"(?=.*[0-9])[0-9/.\[{-][0-9XYSETZ:?~%/.,\[\]{}+ -]*"
"""What may be EDTF. The parser takes any X or Y for a sign of it, so it is shown no other words."""
_DAYS_IN = {"d": 1, "w": 7, "m": 30, "y": 365}
_SPANS = "30d, 8w, 6m or 1y"
_EXAMPLES = "2023, 2023-10, 13 Sep 2023, 90d or 'last month'"
_ANSWERS = (
    ("latest|newest|most recent|last", "'--reverse --limit 10' shows the latest ten events"),
    ("earliest|oldest|first", "'--limit 10' shows the first ten events"),
    ("now", "write today"),
    (rf"-{_COUNTED}", r"write \1\2; it is counted back without a sign"),
)


def edge(text: str, today: date) -> Window:
    """Return the days that `text` stands for as the beginning or end of a window.

    `90d` is one day, 90 days before `today`. Raises DateError.
    """
    if plain := _plain(text):
        return Window(plain.first, plain.last)
    words = _words(text)
    if re.fullmatch(_EVERY_YEAR, words):
        raise DateError(
            f"'{text}' comes every year; write the one you mean, such as {today.year:04}{words[4:]}"
        )
    if day := _counted_back(words, today):
        return Window(day, day)
    found = _read(text, today)
    return Window(found.first, found.last)


def days(text: str, today: date, years: Window) -> Days:
    """Return all the days that `text` stands for.

    `90d` is every day from 90 days before `today` until today; `XXXX-06-19` is that day in each
    of the `years`, the first and the last of them taken whole. Raises DateError.
    """
    if plain := _plain(text):
        return plain
    words = _words(text)
    if found := re.fullmatch(_EVERY_YEAR, words):
        return Days.of(_every_year(text, found[1], found[2], years))
    if day := _counted_back(words, today):
        return Days.of([Window(day, today)])
    return _read(text, today, every_year=True)


def term_days(text: str, today: date, years: Window) -> Days | None:
    """Return the days that a search term stands for, or None where it is no date but a word.

    Four digits are a year only if it is one of the `years`; with `since`, `after`, `before`,
    `until` or `from` and `to` before them, always. Raises DateError for what has the form of a date
    and is none, such as 2023-13.
    """
    words = _words(text)
    year = re.fullmatch("([0-9]{4})[?~%]?", words)
    if year and not years.first.year <= int(year[1]) <= years.last.year:
        return None
    try:
        if found := re.fullmatch(_BETWEEN, words):
            return Days.of([Window(edge(found[1], today).first, edge(found[2], today).last)])
        if found := re.fullmatch(_SIDE, words):
            return Days.of([_side(found[1], edge(found[2], today))])
        return days(text, today, years)
    except NotADate:
        return None


def _side(word: str, of: Window) -> Window:
    """Return the days on one side of some days, which belong to it with since, from and until."""
    if word in ("since", "from"):
        return Window(of.first, date.max)
    if word == "after":
        return Window(add_days(of.last, 1), date.max)
    return Window(date.min, add_days(of.first, -1) if word == "before" else of.last)


def span(text: str) -> int:
    """Return how many days a span such as `90d` has; a month counts 30 days, a year 365.

    Raises DateError for what is no span, and for one without days.
    """
    found = re.fullmatch(_COUNTED, _words(text))
    if not found or not int(found[1]):
        raise DateError(f"'{text}' is not a span of time; write a number and a unit: {_SPANS}")
    return int(found[1]) * _DAYS_IN[found[2]]


def named(asked: Days) -> str:
    """Return the shortest name of the days from the first to the last: 2024, 2024-01/2024-06."""
    first, last = asked.first, asked.last
    if first.day > 1 or last != month_end(last):
        return _from_to(f"{first}", f"{last}")
    if (first.month, last.month) == (1, 12):
        return _from_to(f"{first.year:04}", f"{last.year:04}")
    if first.month % 3 == 1 and month_end(add_months(first, 2)) == last:
        return f"{first.year:04}Q{last.month // 3}"
    return _from_to(f"{first}"[:7], f"{last}"[:7])


def _from_to(first: str, last: str) -> str:
    return first if first == last else f"{first}/{last}"


def _plain(text: str) -> Days | None:
    """Return the days of a date such as 2023 or 2023-10-24, which needs no looking for words."""
    if len(text) in (4, 7, 10) and text[:1].isdigit():
        with suppress(DateError):
            return Days.of(parse(text).spans)
    return None


def _words(text: str) -> str:
    return " ".join(text.lower().split())


def _read(text: str, today: date, *, every_year: bool = False) -> Days:
    """Read what means the same days in --since, --until and --on."""
    if len(text) > LONGEST:
        raise NotADate(f"a date has at most {LONGEST} characters, this has {len(text)}")
    words = _words(text)
    if window := _relative(words, today):
        return Days.of([window])
    edtf = in_edtf(words) or words.upper()
    if re.fullmatch(_EDTF, edtf):
        with suppress(NotADate):
            return Days.of(parse(edtf).spans)
    raise _refusal(text, today, every_year=every_year)


def _relative(words: str, today: date) -> Window | None:
    """Return the days that words such as `last week` mean today."""
    if words in ("today", "yesterday"):
        day = add_days(today, -1 if words == "yesterday" else 0)
        return Window(day, day)
    if found := re.fullmatch(_AGO, words):
        count = int(found[1]) if found[1].isdigit() else 1
        return Window(day := _back(today, count, found[2]), day)
    if found := re.fullmatch(_PERIOD, words):
        this = _period(today, found[2])
        return this if found[1] == "this" else _period(add_days(this.first, -1), found[2])
    return None


def _counted_back(words: str, today: date) -> date | None:
    found = re.fullmatch(_COUNTED, words) or re.fullmatch(_LAST_FEW, words)
    return _back(today, int(found[1]), found[2]) if found else None


def _back(today: date, count: int, unit: str) -> date:
    if unit[0] in "dw":
        return add_days(today, -count * (7 if unit[0] == "w" else 1))
    return add_months(today, -count * (12 if unit[0] == "y" else 1))


def _period(day: date, unit: str) -> Window:
    """Return the week (Monday to Sunday), month, quarter or year that a day lies in."""
    if unit == "week":
        monday = add_days(day, -day.weekday())
        return Window(monday, add_days(monday, 6))
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = date(day.year, day.month - (day.month - 1) % months, 1)
    return Window(first, month_end(add_months(first, months - 1)))


def _every_year(text: str, month: str, day: str | None, years: Window) -> Iterator[Window]:
    try:
        date(2000, int(month), int(day or 1))  # a leap year, which has every day
    except ValueError:
        raise DateError(f"'{text}' is not in the calendar") from None
    for year in range(years.first.year, years.last.year + 1):
        first = date(year, int(month), 1)
        last = month_end(first)
        if not day:
            yield Window(first, last)
        elif int(day) <= last.day:
            yield Window(only := first.replace(day=int(day)), only)


def _refusal(text: str, today: date, *, every_year: bool) -> DateError:
    words = _words(text)
    for form, answer in _ANSWERS:
        if found := re.fullmatch(form, words):
            return NotADate(f"'{text}': {found.expand(answer)}")
    if found := re.fullmatch(_PART_OF_A_YEAR, words):
        months = f"{found[1]}-01/{found[1]}-04"
        return DateError(f"'{text}' may be any months; write which, such as {months}")
    if re.fullmatch(_QUARTER, words):
        return DateError(f"'{text}' is not in the calendar: a year has the quarters Q1 to Q4")
    if dated := _with_year(words, today.year):
        or_all = f", or XXXX{dated[4:]} for every year" if every_year else ""
        kind = DateError if re.search("[0-9]", words) else NotADate  # "May" is also a word
        return kind(f"'{text}' names no year; write {dated}{or_all}")
    return NotADate(f"'{text}' is not a date we can read; write {_EXAMPLES}")


def _with_year(words: str, year: int) -> str | None:
    """Return the month, or the day of a month, that words name, in that year."""
    if re.fullmatch(_MONTH_AND_DAY, words):
        return f"{year:04}-{words}"
    dated = in_edtf(f"{words} {year:04}")
    return dated if dated and re.fullmatch(_MONTH_OR_DAY, dated) else None
