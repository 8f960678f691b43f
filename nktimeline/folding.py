"""Comparing texts as readers do: without case and accents, word by word, in any script.

Two letters of an alphabet are never taken for one: a mark is left out only where it is an accent.
Knows nothing of logs. names.py finds names with it, query.py finds events.
"""

import re
from collections.abc import Callable
from unicodedata import category, name, normalize

from nktimeline.text import invisible

# The patterns are compiled by `re` when a text needs them, since a run often has no such text.
_ALPHABETS = "a-zß-ʯͰ-ԯḀ-ỿἀ-῿Ⱡ-ⱿꙀ-ꚟ꜠-ꟿ"  # Latin, Greek and Cyrillic in lower case
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_WITH_OWN_MARK = "и\u0306|у\u0306|і\u0308|г\u0301|к\u0301"  # й ў ї ѓ ќ
_ACCENTED = f"((?>{_WITH_OWN_MARK}|[{_ALPHABETS}]))[{_MARKS}]+"  # ?> keeps a letter whole
# These begin with the sign that they look for: they are ten times as fast as with what precedes it.
_DOT_OF_INITIALS = r"\.(?<=\b[^\W\d_]\.)(?![^\W_]{2})"  # U.S., D.P.R.K.
_COMMA_OF_THOUSANDS = r",(?<=\d,)(?=\d{3})"

_TYPED = {  # letters that Unicode does not take apart, and what people type for them
    "æ": "ae", "ð": "d", "ø": "o", "þ": "th", "đ": "d", "ħ": "h", "ı": "i", "ł": "l", "ŋ": "ng",
    "œ": "oe", "ŧ": "t", "ƙ": "k", "ƴ": "y", "ɓ": "b", "ɗ": "d", "ɨ": "i",
}  # fmt: skip
_APOSTROPHES = "'’ʼʻ‘`"
_SIGNS = "%&@#*"  # which Unicode counts as punctuation, and people search for
_UNSPACED = (  # how the names of characters begin whose scripts have no blanks between words
    "CJK", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA", "BOPOMOFO", "THAI", "LAO", "MYANMAR", "KHMER",
)  # fmt: skip


class _Table(dict[int, str]):
    """A table for `str.translate` that works out a character when it first meets it."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        self._rule = rule

    def __missing__(self, code: int) -> str:
        self[code] = self._rule(chr(code))
        return self[code]


def _typed(char: str) -> str:
    return "" if invisible(char) else _TYPED.get(char, char)


def _spoken(char: str) -> str:
    kind = category(char)[0]
    if char in _APOSTROPHES:
        return ""
    if kind == "P" and char not in _SIGNS:
        return " "
    alone = kind in "PS" or name(char, "").startswith(_UNSPACED)
    return f" {char} " if alone else char


_AS_TYPED = _Table(_typed)
_AS_SPOKEN = _Table(_spoken)


def fold(text: str) -> str:
    """Return the form in which texts are compared: no case, no accents, nothing invisible.

    Based on Unicode's NFKC_Casefold (Unicode Standard, 3.13), which makes full-width letters plain.
    Accents are the marks of Latin, Greek and Cyrillic letters (é = e, ё = е). The Cyrillic letters
    й ў ї ѓ ќ keep theirs, as do the letters of all other scripts (バ, 김, कि). Letters with
    strokes, and ligatures, become what people type for them (ł = l, æ = ae).
    """
    if text.isascii():
        return text.lower()
    apart = normalize("NFKD", normalize("NFKD", text).casefold()).translate(_AS_TYPED)
    return normalize("NFC", re.sub(_ACCENTED, r"\1", apart))


def spoken(text: str) -> str:
    """Return the words of a text, folded, with one blank between them and nothing else.

    Punctuation, hyphens and line breaks divide words. Apostrophes, and commas in numbers, do not:
    they are left out, as are the dots of initials ("U.S." is "us"). A sign ($ % +) is a word of its
    own, and so is each letter of a script that has no blanks between words.
    """
    text = re.sub(f"{_DOT_OF_INITIALS}|{_COMMA_OF_THOUSANDS}", "", fold(text))
    return " ".join(text.translate(_AS_SPOKEN).split())


def words(text: str) -> list[str]:
    """Return the words of a search, each in its spoken form; "Jong-un" is one word, "jong un"."""
    return [word for part in text.split() if (word := spoken(part))]


def begins_in(phrase: str, text: str) -> bool:
    """Tell whether a phrase stands in a text, both in spoken form, from the beginning of a word on.

    The phrase may end in the middle of a word. A phrase without any word is nowhere.
    """
    return bool(phrase) and f" {phrase}" in f" {text}"


def stands_in(phrase: str, text: str) -> bool:
    """Tell whether a phrase stands in a text, both in spoken form, in whole words."""
    return bool(phrase) and f" {phrase} " in f" {text} "


def name_key(text: str) -> str:
    """Return the form in which names are compared: what is spoken, without blanks."""
    return spoken(text).replace(" ", "")
