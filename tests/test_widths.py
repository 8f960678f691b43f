"""How wide a text is on a terminal, and where its lines break."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_text import ANY_TEXT

from nktimeline.text import safe
from nktimeline.widths import cells, wrap


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("김정은", 6),
        ("ａ", 2),
        ("é", 1),
        ("e\u0301", 1),
        ("\u1112\u1161\u11ab", 2),
        ("a\u200db", 2),
        ("a\u20ddb", 2),
        ("👩", 2),
        ("─●", 2),
    ],
)
def test_cells_counts_what_a_terminal_takes(text, width):
    assert cells(text) == width


# -- wrapping


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("   ", [""]),
        ("one two", ["one two"]),
        (" one\n\n two ", ["one two"]),
        ("a" * 24 + " b", ["a" * 24, "b"]),
        ("a" * 22 + " b", ["a" * 22 + " b"]),
        ("a " + "b" * 25 + " c", ["a", "b" * 24, "b c"]),
        ("x" * 50, ["x" * 24, "x" * 24, "xx"]),
        ("한" * 13, ["한" * 12, "한"]),
        ("a" + "한" * 12, ["a" + "한" * 11, "한"]),
        ("x" * 24 + "e\u0301" + "y", ["x" * 24, "e\u0301y"]),
        ("x" * 23 + "e\u0301" + "y", ["x" * 23 + "e\u0301", "y"]),
    ],
)
def test_wrap_breaks_at_blanks_and_inside_words_that_are_too_long(text, lines):
    assert list(wrap(text, 24)) == lines


@pytest.mark.parametrize(
    "emoji",
    [
        "👨\u200d👩\u200d👧\u200d👦",
        "👋🏽",
        "❤\ufe0f\u200d🔥",
        "👩🏽\u200d❤\ufe0f\u200d💋\u200d👩🏽",
    ],
)
def test_wrap_cuts_no_emoji_in_two(emoji):
    for before in range(25):
        assert sum(line.count(emoji) for line in wrap("x" * before + emoji * 3, 24)) == 3


def test_wrap_does_not_follow_joiners_without_end():
    lines = list(wrap("👩\u200d" * 5000, 24))
    assert max(map(cells, lines)) <= 24
    assert "".join(lines) == "👩\u200d" * 5000


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 8, ["one two", "three"]),
        ("one two three", 6, ["one", "two", "three"]),
        ("one two three", 13, ["one two three"]),
        ("  one  ", 3, ["one"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("abcdef", 3, ["abc", "def"]),
        ("a bcdefgh i", 3, ["a", "bcd", "efg", "h i"]),
        ("abc def", 3, ["abc", "def"]),
        ("", 5, [""]),
        ("눈 비 é", 5, ["눈 비", "é"]),
        ("눈 비 é", 7, ["눈 비 é"]),
        ("눈 비 é", 6, ["눈 비", "é"]),
        ("눈비눈 é", 4, ["눈비", "눈 é"]),
        ("눈비 é", 4, ["눈비", "é"]),
        ("눈비눈비눈비", 4, ["눈비", "눈비", "눈비"]),
        ("a눈비눈비", 4, ["a눈", "비눈", "비"]),
        (" 눈 \u00a0é ", 9, ["눈 \u00a0é"]),
        ("é\x1bX Xé", 20, ["é\\x1bX Xé"]),
        ("XéX XéX", 3, ["XéX", "XéX"]),
    ],
)
def test_wrap_fills_lines_with_the_words_that_fit(text, width, lines):
    assert list(wrap(text, width)) == lines


@pytest.mark.parametrize("char", ["\u1160", "\u1161", "\u11a8", "\u11ff", "\u0301", "\u200d"])
def test_what_completes_a_character_takes_no_cell(char):
    assert cells(f"가{char}") == 2


@settings(deadline=None)
@given(ANY_TEXT | st.text("ab  ", max_size=200), st.integers(2, 80))
def test_no_wrapped_line_is_too_wide_and_nothing_is_lost(text, width):
    lines = list(wrap(text, width))
    assert max(map(cells, lines)) <= width
    assert "".join("".join(lines).split(" ")) == "".join(safe(text).split(" "))
    assert lines == [""] or "" not in lines
    for line, following in pairwise(lines):  # what had room is not on the next line
        assert cells(line) + 1 + cells(following.split(" ")[0]) > width


@pytest.mark.parametrize("emoji", ["👩\u200d" * 12, "👩" + "🏽" * 11])
def test_what_is_joined_is_cut_where_it_is_wider_than_the_line(emoji):
    lines = list(wrap(emoji * 2, 12))
    assert max(map(cells, lines)) <= 12
    assert "".join(lines) == emoji * 2


@pytest.mark.parametrize("unit", ["x", "word ", "a"])
def test_a_text_of_a_million_letters_is_wrapped_at_once(unit):
    text = (unit * 4_000_000)[:4_000_000].strip(" ")
    lines = list(wrap(text, 80))
    assert " ".join(lines) == text or "".join(lines) == text


def test_a_word_of_a_hundred_thousand_wide_characters_is_wrapped_at_once():
    lines = list(wrap("한" * 100_000, 69))
    assert {cells(line) for line in lines[:-1]} == {68}
    assert sum(map(len, lines)) == 100_000
