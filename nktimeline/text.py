"""Text from a log, made harmless: the one place where escaping is done right.

What a log says is data everywhere. Each kind of output has its function here, and every renderer
goes through one of them. Knows nothing of logs, formats or terminals beyond their escape rules.
"""

import re
from unicodedata import category, is_normalized

# What few texts need is compiled by `re` when it is met.
_ACTIVE = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
"""What may act on a terminal or turn the reading direction.

C0, DEL, C1, the line and paragraph separators, bidirectional controls (the "Trojan Source" set,
CVE-2021-42574), lone surrogates.
"""
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
_SELECTORS = ("\ufe00", "\ufe0f"), ("\U000e0100", "\U000e01ef")

_QUOTED = 80  # characters of a culprit in a message

# GFM 2.4 (escapes), 4.10 (cells), 6.5 (strikethrough), 6.9 (bare links and addresses), and what is
# more than that to GitHub (mathematics, emoji), pandoc (superscript, attributes, definitions, lists
# by letter) and Python-Markdown (lists with any number). The sign that acts comes last.
_MARKUP = re.compile(
    r"[\\`*_{\[\]|~#$@^&<]|:(?=//|[\w+-]+:)|(?<=www)\."
    r"|^[-+=>:]|^\(?(?:\d+|[a-z]|[ivxlcdm]+)[.)](?!\S)",
    re.IGNORECASE,
)
_BACKSLASHED = "\\`*_{>#+-.)"
"""Signs that a backslash makes plain text everywhere; the others have a character reference.

Brackets have one too: Python-Markdown takes `[a\\]: b` for a definition of `a`.
"""
_REFERENCES = {"&": "&amp;", "<": "&lt;"}
_LIKE_A_REFERENCE = r"&(?=#?\w+;)"  # CommonMark 2.5

_TEX_NAMES = {
    "\\": "backslash", "{": "braceleft", "}": "braceright", "~": "asciitilde",
    "^": "asciicircum", "`": "asciigrave",
}  # fmt: skip

_URL_UNSAFE = re.compile(r"[^A-Za-z0-9\-._~:/?#@!$&'*+,;=%]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\x00", "＝", "＋", "－", "＠")


def safe(text: str) -> str:
    r"""Return one line that no terminal acts upon: blanks folded, controls spelled as `\x1b`."""
    if text.isprintable() and "  " not in text:  # nothing active is printable
        return text
    return re.sub(_ACTIVE, _spell, re.sub(r"[ \t\n\r]+", " ", text))


def visible(text: str) -> str:
    """Return a line of a file with its controls spelled out and its blanks as they are."""
    return re.sub(_ACTIVE, _spell, text.replace("\t", " "))


def quoted(text: str) -> str:
    """Return a text as messages quote it: cut to `_QUOTED` characters, with nothing hidden."""
    return f"'{spelled(text[:_QUOTED])}'" + ("..." if len(text) > _QUOTED else "")


def spelled(text: str) -> str:
    r"""Return a text in which nothing hides: what shows nothing of its own is spelled as `\u200b`.

    So are the marks of a text that is not composed (NFC), or that begins with one.
    """
    if text.isascii() and text.isprintable():
        return text
    sound = is_normalized("NFC", text) and not _is_mark(text[0])
    return "".join(_spelled(char, marks=sound) for char in text)


def invisible(char: str) -> bool:
    """Tell whether a character shows nothing (Unicode's Default_Ignorable_Code_Point)."""
    return (
        category(char) == "Cf"
        or char in _FILLERS
        or any(first <= char <= last for first, last in _SELECTORS)
    )


def json_safe(text: str) -> str:
    r"""Escape what may act on a terminal inside an encoded JSON text, as `\uXXXX` (RFC 8259, 7)."""
    if text.isascii():
        return text.replace("\x7f", "\\u007f")
    return re.sub(_ACTIVE, _json_escaped, text)


def markdown(text: str) -> str:
    """Escape a text so that Markdown shows it, and does nothing else with it.

    GitHub, pandoc and Python-Markdown show it alike.
    """
    return _MARKUP.sub(_inert, safe(text).strip(" "))


def markdown_link(text: str, url: str | None) -> str:
    """Return a Markdown link, or the text alone where there is no address (GFM 6.6).

    The address can be copied as it stands, but for what Markdown would read as a reference or, as
    Python-Markdown does with quotes, as a title.
    """
    if not url:
        return markdown(text)
    address = re.sub(_LIKE_A_REFERENCE, "&amp;", safe_url(url)).replace("'", "%27")
    return f"[{markdown(text)}]({address})"


def markdown_code(text: str) -> str:
    """Return a Markdown code span, which shows a text as it is (CommonMark 6.1)."""
    text = safe(text)
    ticks = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def safe_url(url: str) -> str:
    """Percent-encode what a URL must not hold (RFC 3986, 2), and brackets, which end a link."""
    return _URL_UNSAFE.sub(_percent, url)


def html(text: str) -> str:
    """Escape a text so that HTML shows it, in an element or in a quoted attribute."""
    from html import escape  # loads a table of 2,000 names, which no other format needs

    return escape(safe(text))


def html_url(url: str) -> str | None:
    """Return what a link's `href` holds, or None where the address is none of the web."""
    return html(safe_url(url)) if url.lower().startswith(("http://", "https://")) else None


def csv_field(text: str) -> str:
    """Guard a free text that a spreadsheet would run as a formula with `'` (OWASP ASVS 1.2.10)."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def xml(text: str) -> str:
    """Escape a text for XML: no markup, and no character that XML 1.0 forbids (2.2)."""
    text = re.sub("[\ufffe\uffff]", _spell, safe(text))
    return text.translate({ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", 34: "&quot;"})


def tex(text: str) -> str:
    """Escape a text of a BibTeX entry: it is no command, and no brace of its own ends it.

    What TeX would join or bend, such as `--` and quotes, stays apart.
    """
    return re.sub(r"[\\{}$&#%_~^`]|-(?=-)|'(?=')", _tex_escaped, safe(text))


def csl(text: str) -> str:
    """Keep a text from being read as one of the tags that CSL-JSON has, such as `<i>`.

    CSL has no escape for `<`, so a blank without width follows it.
    """
    return re.sub(r"<(?=/?(?:i|b|sc|su[bp]|span)\b)", "<\u200b", text)


def ics_text(text: str) -> str:
    """Escape a text of a calendar (RFC 5545, 3.3.11): newlines stay, other controls are spelled."""
    lines = re.split("\r\n|\r|\n", text)
    return r"\n".join(re.sub(r"[\\;,]", r"\\\g<0>", visible(line)) for line in lines)


def _spell(found: re.Match[str]) -> str:
    return _code(found[0])


def _code(char: str) -> str:
    """Spell a character as Python does in a string."""
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _spelled(char: str, *, marks: bool) -> str:
    shows = char.isprintable() and not invisible(char) and (marks or not _is_mark(char))
    return char if shows else _code(char)


def _is_mark(char: str) -> bool:
    return category(char).startswith("M")


def _json_escaped(found: re.Match[str]) -> str:
    # A newline stands between values: inside a string the encoder has escaped it.
    return "\n" if found[0] == "\n" else f"\\u{ord(found[0]):04x}"


def _inert(found: re.Match[str]) -> str:
    before, sign = found[0][:-1], found[0][-1]
    if sign in _BACKSLASHED:
        return f"{before}\\{sign}"
    return before + _REFERENCES.get(sign, f"&#{ord(sign)};")


def _tex_escaped(found: re.Match[str]) -> str:
    sign = found[0]
    if sign in "-'":
        return f"{sign}{{}}"
    return f"\\text{_TEX_NAMES[sign]}{{}}" if sign in _TEX_NAMES else f"\\{sign}"


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "backslashreplace"))
