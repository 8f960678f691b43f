"""How wide a text is on a terminal, and where its lines break: the one place for measuring.

Knows no page; whoever draws one says how many cells there are.
"""

from collections.abc import Iterator
from unicodedata import category, east_asian_width

from nktimeline.text import safe

_JOINER = "\u200d"
_JOINED = 12  # characters to which joiners are heeded; the longest emoji in use has ten
_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"  # of skin, after an emoji


def cells(text: str) -> int:
    """Count the terminal cells of a safe text (Unicode TR11: wide and fullwidth are two)."""
    if text.isascii():
        return len(text)
    return sum(_cell(char) for char in text)


def wrap(text: str, width: int) -> Iterator[str]:
    """Yield lines of at most `width` cells (2 or more), broken at blanks or inside long words."""
    line, used = "", 0
    for word in safe(text).strip(" ").split(" "):
        size = cells(word)
        if line and used + 1 + size <= width:
            line += " " + word
            used += 1 + size
            continue
        if line:
            yield line
        line, used = word, size
        if size > width:
            *heads, line = _pieces(word, width)
            used = cells(line)
            yield from heads
    yield line


def _cell(char: str) -> int:
    if category(char) in ("Mn", "Me", "Cf") or "\u1160" <= char <= "\u11ff":
        return 0  # marks, joiners, and the vowels and finals that complete a Hangul syllable
    return 2 if east_asian_width(char) in "WF" else 1


def _pieces(word: str, width: int) -> Iterator[str]:
    """Yield parts of a word that fit, a mark or joiner staying with what it belongs to."""
    if word.isascii():
        yield from (word[start : start + width] for start in range(0, len(word), width))
        return
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
