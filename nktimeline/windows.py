"""Days that a filter asks for, as people write them: dates, and spans counted back from today.

Knows no log and no clock: which day is today it is told.
"""

import re
from datetime import date

from nktimeline.dates import EXAMPLES, DateError, Window, add_days, add_months, parse

_DAYS_AGO = {"today": 0, "yesterday": 1}
_SPAN = r"([0-9]{1,5})([dwmy])"


def filter_window(text: str, today: date) -> Window:
    """Read a date as a filter takes it, and give the days it could mean.

    Besides EDTF: `2023Q3`, `today`, `yesterday`, and `90d`, `6w`, `6m`, `2y` counted back from
    `today`, the day that they lead to. Raises DateError.
    """
    word = text.lower()
    if word in _DAYS_AGO:
        return Window(day := add_days(today, -_DAYS_AGO[word]), day)
    if span := re.fullmatch(_SPAN, word):
        return Window(day := _back(today, int(span[1]), span[2]), day)
    if quarter := re.fullmatch(r"([0-9]{4})-?q([1-4])", word):
        return parse(f"{quarter[1]}-{int(quarter[2]) + 32}").reach
    if re.fullmatch(f"-{_SPAN}", word):
        raise DateError(f"'{text}': write {word[1:]}; it is counted back without a sign")
    try:
        return parse(text).reach
    except DateError as error:
        if not str(error).endswith(EXAMPLES):
            raise
        raise DateError(f"{error}, nor 2023Q3, 90d or yesterday") from None


def span_window(text: str, today: date) -> Window:
    """Read a date as `filter_window` does, but `90d` and its like as all the days until `today`."""
    window = filter_window(text, today)
    return Window(window.first, today) if re.fullmatch(_SPAN, text.lower()) else window


def _back(today: date, count: int, unit: str) -> date:
    if unit in "dw":
        return add_days(today, -count * (7 if unit == "w" else 1))
    return add_months(today, -count * (12 if unit == "y" else 1))
