"""Text from a log, made harmless and measured: the one place where escaping is done right.

What a log says is data everywhere. Each kind of output has its function here, and every renderer
goes through one of them. Knows nothing of logs, formats or terminals beyond their escape rules.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from unicodedata import category, combining, east_asian_width, normalize

# What most runs need is compiled here; what few texts need is compiled by `re` when it is met.
# GFM 2.4 (escapes), 4.10 (cells), 6.5 (strikethrough), 6.9 (bare links and addresses); `$` is
# GitHub's mathematics. At the beginning of a line also what opens a heading, list or quotation.
_MARKDOWN = r"(?i)[\\`*_\[\]|~#$@]|^[-+=>]|(?<=www)\.|:(?=//)"
_SIGN = re.compile(r"[\\`*_\[\]|~#$@&<:]")  # without it and without "www", no sign is escaped
_NUMBERED = r"^([0-9]{1,9})([.)])"
_JOINER = "\u200d"
_JOINED = 12  # characters to which joiners are heeded; the longest emoji in use has ten
_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"  # of skin, after an emoji
_URL_UNSAFE = re.compile(r"[^A-Za-z0-9\-._~:/?#@!$&'*+,;=%]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\x00", "＝", "＋", "－", "＠")


@cache
def _active() -> re.Pattern[str]:
    """Find what may act on a terminal or turn the reading direction.

    C0, DEL, C1, the line and paragraph separators, bidirectional controls (the "Trojan Source" set,
    CVE-2021-42574), lone surrogates. Rare, and slow to compile: so only when needed.
    """
    return re.compile(
        "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
    )


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def safe(text: str) -> str:
    r"""Give one line that no terminal acts upon: blanks folded, controls spelled out as `\x1b`."""
    if text.isprintable() and "  " not in text:  # nothing that `_active` finds is printable
        return text
    return _active().sub(_escaped, re.sub(r"[ \t\n\r]+", " ", text))


def visible(text: str) -> str:
    """Spell out controls but keep blanks as they are, for showing a line of a file."""
    text = text.replace("\t", " ")
    return text if text.isprintable() else _active().sub(_escaped, text)


def json_safe(text: str) -> str:
    r"""Escape what may act on a terminal inside an encoded JSON text, as `\uXXXX` (RFC 8259, 7)."""
    if text.isascii():
        return text.replace("\x7f", "\\u007f")
    return _active().sub(_json_escaped, text)


def _json_escaped(found: re.Match[str]) -> str:
    # A newline stands between values: inside a string the encoder has escaped it.
    return "\n" if found[0] == "\n" else f"\\u{ord(found[0]):04x}"


@lru_cache(maxsize=4096)  # kinds, names and publishers come again and again
def markdown(text: str) -> str:
    """Escape a text so that GitHub-flavoured Markdown shows it, and does nothing else with it."""
    plain = text[:1].isalpha() or (text[4:5] == "-" and text[:4].isdigit())  # a word, a date
    plain = plain and not _SIGN.search(text) and "www" not in text.lower()
    if plain and text.isprintable() and "  " not in text:
        return text.rstrip(" ")  # most texts, at a quarter of the time
    return _escape(text)


def _escape(text: str) -> str:
    text = safe(text).strip(" ").replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(_NUMBERED, r"\1\\\2", re.sub(_MARKDOWN, r"\\\g<0>", text))


def markdown_link(text: str, url: str | None) -> str:
    """Give a Markdown link, or the text alone where there is no address (GFM 6.6)."""
    if not url:
        return markdown(text)
    return f"[{markdown(text)}]({safe_url(url).replace('&', '&amp;')})"


def safe_url(url: str) -> str:
    """Percent-encode what a URL must not hold (RFC 3986, 2), and brackets, which end a link."""
    return _URL_UNSAFE.sub(_percent, url)


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "backslashreplace"))


def csv_field(text: str) -> str:
    """Guard a free text that a spreadsheet would run as a formula with `'` (OWASP ASVS 1.2.10)."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def fold(text: str) -> str:
    """Give the form in which texts are compared: no case, no accents."""
    if text.isascii():
        return text.lower()
    bare = "".join(c for c in normalize("NFKD", text.casefold()) if not combining(c))
    return bare.casefold()


def name_key(text: str) -> str:
    """Give the form in which names are compared: folded, and letters and digits only."""
    return "".join(c for c in fold(text) if c.isalnum())


def cells(text: str) -> int:
    """Count the terminal cells of a safe text (Unicode TR11: wide and fullwidth are two)."""
    if text.isascii():
        return len(text)
    return sum(_cell(c) for c in text)


def _cell(char: str) -> int:
    if category(char) in ("Mn", "Me", "Cf") or "\u1160" <= char <= "\u11ff":
        return 0  # marks, joiners, and the vowels and finals that complete a Hangul syllable
    return 2 if east_asian_width(char) in "WF" else 1


def wrap(text: str, width: int) -> Iterator[str]:
    """Yield lines of at most `width` cells (2 or more), broken at blanks or inside long words."""
    text = safe(text).strip(" ")
    if text.isascii():  # a cell a character, as most texts are: a fifth of the time
        start = 0
        while len(text) - start > width:
            end = text.rfind(" ", start, start + width + 1)
            stop = end if end > start else start + width
            yield text[start:stop]
            start = stop + (end == stop)
        yield text[start:]
        return
    line = ""
    for word in text.split(" "):
        if line and cells(line) + 1 + cells(word) <= width:
            line += " " + word
            continue
        if line:
            yield line
        line = word
        if cells(word) > width:
            *heads, line = _pieces(word, width)
            yield from heads
    yield line


def _pieces(word: str, width: int) -> Iterator[str]:
    """Yield parts of a word that fit, a mark or joiner staying with what it belongs to."""
    start = used = 0
    for place, cluster in _clusters(word, width):
        if used + cells(cluster) > width and place > start:
            yield word[start:place]
            start, used = place, 0
        used += cells(cluster)
    yield word[start:]


def _clusters(word: str, width: int) -> Iterator[tuple[int, str]]:
    """Yield what is not to be cut in two: a character, its marks, and what a joiner joins to it.

    What is wider than a line, or longer than any emoji, is cut all the same.
    """
    start = 0
    for place, char in enumerate(word):
        if char in _TONES or word[place - 1] == _JOINER:
            joined = place - start < _JOINED and cells(word[start : place + 1]) <= width
        else:
            joined = not _cell(char)
        if place and not joined:
            yield start, word[start:place]
            start = place
    yield start, word[start:]
