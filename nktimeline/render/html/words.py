"""Months, times and languages as a page has them, for readers and for programs that read pages."""

from nktimeline.dates import Precision, When
from nktimeline.spellings import MONTHS

_LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian",
    "fa": "Persian", "fi": "Finnish", "fil": "Filipino", "fr": "French", "he": "Hebrew",
    "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "km": "Khmer", "ko": "Korean", "lo": "Lao", "lt": "Lithuanian",
    "lv": "Latvian", "mn": "Mongolian", "ms": "Malay", "my": "Burmese", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili",
    "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def time(when: When) -> str | None:
    """Return what the `datetime` of a time element holds; None where HTML has no form for it."""
    length = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}.get(when.precision)
    one = not when.lasting and not when.text.startswith("[")
    return when.first.isoformat()[:length] if one and length else None


def month(number: int, year: int) -> str:
    """Return a month in words."""
    return f"{MONTHS[number - 1]} {year:04}"


def begins_in_month(when: When) -> str:
    """Return the month in which a date begins, as in 2023-07; blank where that is not known."""
    known = when.precision >= Precision.MONTH and not when.open_first
    return f"{when.first}"[:7] if known else ""


def language(tag: str) -> str:
    """Return the name of a language, or its tag where we have no name for it."""
    return _LANGUAGES.get(tag.partition("-")[0].lower(), tag)
