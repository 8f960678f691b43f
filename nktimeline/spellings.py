"""How people write dates, how EDTF writes the same, and what of EDTF this program does not take.

Deals in texts alone: whether the calendar has such a day is for `dates` to say.
"""

import re

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_MONTH_DIGITS = {"sept": "09"} | {
    spelling: f"{number:02}"
    for number, name in enumerate(MONTHS, 1)
    for spelling in (name.lower(), name[:3].lower())
}

_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23}

_YEAR = r"(?P<year>[0-9]{4})"
_MONTH = r"(?P<month>[a-z]+)\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_FORMS = (
    rf"{_YEAR}[-/.](?P<month>[0-9]{{1,2}})(?:[-/.](?P<day>[0-9]{{1,2}}))?",  # 2023/9/13, 2023-9
    rf"(?P<month>[0-9]{{1,2}})[-/.]{_YEAR}",  # 09/2023
    rf"{_YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])",  # 20230913
    rf"{_MONTH},? {_YEAR}",  # Sep 2023
    rf"{_DAY} {_MONTH},? {_YEAR}",  # 13 September 2023
    rf"{_MONTH} {_DAY},? {_YEAR}",  # Sept. 13th, 2023
    rf"{_YEAR}-?q(?P<quarter>[1-4])",  # 2023Q3
    rf"q(?P<quarter>[1-4]) {_YEAR}",  # Q3 2023
    r"(?P<decade>[0-9]{3})0s",  # 2020s
    rf"(?P<season>spring|summer|autumn|fall),? (?:of )?{_YEAR}",  # summer of 2023
    rf"{_YEAR}[- ]?h(?P<half>[12])",  # 2023H2
    rf"h(?P<half>[12]) {_YEAR}",  # H2 2023
)
_FROM_TO = (
    r"(.*?) ?\.\.\.? ?(.*)",  # 2023..2024, and either end may be left open
    r"(.+?) ?(?:–|-(?= ?[0-9]{4})| to | until ) ?(.+)",
)
_DAYS_OF_A_MONTH = r"([0-9]{4}-[0-9]{2}-)([0-9]{2})/([0-9]{2})"
_ISO = r"[0-9]{4}(-[0-9]{2}){0,2}"

# What EDTF allows and this program does not, most telling sign first.
_NOT_TAKEN = (
    (r"[0-9][Tt][0-9]", "times of day are not taken; write the day alone"),
    (r"\{.*\}", "a set {...} says that all its dates hold; write an event for each"),
    (r"(^|[/.\[{,~?%])Y", "years of more than four digits (Y...) are not taken"),
    (r"[0-9]S[0-9]", "significant digits (S) are not taken; write 195X or an interval"),
    (r"(^|[/.\[,])[?~%]?-[0-9X]", "years before 0001 are not taken"),
    (r"(^|[/\[,])[?~%]|[?~%]-|-[?~%]", "'?', '~' and '%' stand at the end, for the whole date"),
    (r"(^|[/.\[,])[0-9]{4}-(2[5-9]|3[0-2]|3[7-9]|4[01])[?~%]?($|[/.\],])",
     "of the divisions of a year only the seasons 21-24 and the quarters 33-36 are taken"),
    (r"(^|[/\[,.])0(000|00X|0XX)", "years run from 0001 to 9999"),
    (r"X", "X stands for the last one or two digits of a year (202X, 20XX), a whole month or a "
     "whole day at the end (2023-XX, 2023-10-XX)"),
    (r"^(\.\.)?/(\.\.)?$", "an interval needs a date at one end at least"),
)  # fmt: skip


def in_edtf(text: str) -> str | None:
    """Return what people mean by `text` as EDTF writes it, or None where that is unclear.

    What is returned has the form of a date; the calendar may still lack it, as it lacks 31 Feb.
    """
    words = " ".join(text.lower().split())
    if found := re.fullmatch(_DAYS_OF_A_MONTH, words):  # 2023-09-13/17
        return found.expand(r"\1\2/\1\3")
    return _one(words) or _from_to(words)


def days_meant(text: str) -> tuple[str, ...]:
    """Return the days that a text such as 13/09/2023 can mean, as EDTF writes them.

    There are two where day and month could each be the other.
    """
    found = re.fullmatch(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})", text)
    if not found:
        return ()
    one, other, year = (int(found[place]) for place in (1, 3, 4))
    return tuple(
        f"{year:04}-{month:02}-{day:02}"
        for month, day in dict.fromkeys([(one, other), (other, one)])
        if 1 <= month <= 12 and 1 <= day <= 31
    )


def why_not_taken(text: str) -> str | None:
    """Return why a text that EDTF allows is no date here, or None for any other text."""
    return next((reason for sign, reason in _NOT_TAKEN if re.search(sign, text)), None)


def _one(words: str) -> str | None:
    for form in _FORMS:
        if (found := re.fullmatch(form, words)) and (date := _written(found.groupdict())):
            return date
    return None


def _written(parts: dict[str, str | None]) -> str | None:
    if decade := parts.get("decade"):
        return f"{decade}X"
    if season := parts.get("season"):
        return f"{parts['year']}-{_SEASONS[season]}"
    if half := parts.get("half"):
        months = ("01", "06") if half == "1" else ("07", "12")
        return "/".join(f"{parts['year']}-{month}" for month in months)
    if quarter := parts.get("quarter"):
        return f"{parts['year']}-{int(quarter) + 32}"
    month, day = parts["month"] or "", parts.get("day")
    digits = _MONTH_DIGITS.get(month, month.zfill(2))
    if not digits.isdigit():  # a word, but no month
        return None
    return f"{parts['year']}-{digits}-{day.zfill(2)}" if day else f"{parts['year']}-{digits}"


def _from_to(words: str) -> str | None:
    for form in _FROM_TO:
        if (found := re.fullmatch(form, words)) and any(found.groups()):
            first, last = (_end(end) for end in found.groups())
            return f"{first}/{last}" if first and last else None
    return None


def _end(words: str) -> str | None:
    if not words:
        return ".."
    return words if re.fullmatch(_ISO, words) else _one(words)
