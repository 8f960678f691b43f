"""Text from a log: made harmless for each kind of output, compared, measured and wrapped."""

import json
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nktimeline.text import (
    _escape,
    cells,
    csv_field,
    fold,
    json_safe,
    markdown,
    markdown_link,
    name_key,
    safe,
    safe_url,
    visible,
    wrap,
)

ACTIVE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
ANY_TEXT = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=("Cc", "Cf", "Cs", "Mn", "Zl", "Zp", "Zs")),
        st.sampled_from(
            "\\|`*_[](){}<>&#+-.!~$@:/=\"'0123456789 \t\r\nwW\u200d\U0001f469\U0001f3fd"
        ),
    ),
    max_size=60,
)


# -- terminals


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kim Jong Un", "Kim Jong Un"),
        ("Kim   Jong  Un", "Kim Jong Un"),
        ("\xff\x9f\u0100", "\xff\\x9f\u0100"),
        ("", ""),
        ("two\nlines,\ttabs \r\n and   blanks", "two lines, tabs and blanks"),
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("\x1b]8;;http://evil.example\x07x", r"\x1b]8;;http://evil.example\x07x"),
        ("\x1b]52;c;aGk=\x07", r"\x1b]52;c;aGk=\x07"),
        ("a\x08b\x7f\x00", r"a\x08b\x7f\x00"),
        ("\x9b31m", r"\x9b31m"),
        ("line\x85next\u2028sep\u2029par", r"line\x85next\u2028sep\u2029par"),
        ("abc\u202edef\u2066g\u2069", r"abc\u202edef\u2066g\u2069"),
        ("\u200e\u200f\u061c\ufeff", r"\u200e\u200f\u061c\ufeff"),
        ("\ud800", r"\ud800"),
        ("[bold]rich[/bold] :smile:", "[bold]rich[/bold] :smile:"),
        ("김정은 and 👨‍👩‍👧", "김정은 and 👨‍👩‍👧"),
        ("back\\slash", "back\\slash"),
    ],
)
def test_safe_spells_out_what_a_terminal_would_act_upon(text, shown):
    assert safe(text) == shown


@settings(deadline=None)
@given(ANY_TEXT)
def test_safe_text_holds_no_control_and_no_direction_and_is_one_line(text):
    assert not ACTIVE.search(safe(text))
    assert safe(safe(text)) == safe(text)


@settings(deadline=None)
@given(st.text(st.characters(categories=("L", "M", "N", "P", "S")), max_size=40))
def test_safe_leaves_harmless_text_alone(text):
    assert safe(text) == text


def test_visible_keeps_blanks_where_they_are():
    assert visible("a  b\tc\x1b[0m\u202e") == "a  b c\\x1b[0m\\u202e"


# -- JSON


@settings(deadline=None)
@given(ANY_TEXT)
def test_json_safe_text_reads_back_as_it_was_and_acts_on_no_terminal(text):
    line = json_safe(json.dumps(text, ensure_ascii=False))
    assert json.loads(line) == text
    assert not ACTIVE.search(line)


def test_json_safe_keeps_the_lines_that_an_object_is_laid_out_in():
    text = json.dumps({"a": "김\n정은"}, ensure_ascii=False, indent=2)
    assert json_safe(text) == text


def test_json_safe_keeps_other_scripts_readable():
    assert json_safe('"김정은"') == '"김정은"'
    assert json_safe('"\x7f"') == r'"\u007f"'
    assert json_safe('"é\x7f"') == r'"é\u007f"'


# -- Markdown


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain, text; (with) 50% - ok!", "plain, text; (with) 50% - ok!"),
        ("a|b", r"a\|b"),
        ("`code` *em* _em_ ~del~", r"\`code\` \*em\* \_em\_ \~del\~"),
        ("[link](http://x.example)", r"\[link\](http\://x.example)"),
        ("![image][ref]", r"!\[image\]\[ref\]"),
        ("<script>&amp;", "&lt;script>&amp;amp;"),
        ("www.example.org", r"www\.example.org"),
        ("WWW.example.org", r"WWW\.example.org"),
        ("me@example.org", r"me\@example.org"),
        ("$x$", r"\$x\$"),
        ("# no heading", r"\# no heading"),
        ("- no list", r"\- no list"),
        ("+ no list", r"\+ no list"),
        ("> no quotation", r"\> no quotation"),
        ("=== no heading", r"\=== no heading"),
        ("1. no list", r"1\. no list"),
        ("12) no list", r"12\) no list"),
        ("2018. No list", r"2018\. No list"),
        ("1234567890. never a list", "1234567890. never a list"),
        ("  - no list, no code", r"\- no list, no code"),
        ("back\\", "back\\\\"),
        ("see http://x.example", r"see http\://x.example"),
        ("1. a-b", r"1\. a-b"),
        ("202.-no", r"202\.-no"),
        ("2023-10-24", "2023-10-24"),
        (" a ", "a"),
        ("a ", "a"),
        ("a  b", "a b"),
    ],
)
def test_markdown_escapes_what_would_act(text, escaped):
    assert markdown(text) == escaped


@settings(deadline=None)
@given(ANY_TEXT | st.text("ab w.1-)(:/|*& ", max_size=12))
def test_the_quick_way_of_escaping_is_the_long_one(text):
    assert markdown(text) == _escape(text)


def test_markdown_links_are_a_title_and_a_checked_address():
    assert markdown_link("A [b]", "https://x.example/?a=1&b=2") == (
        r"[A \[b\]](https://x.example/?a=1&amp;b=2)"
    )


@pytest.mark.parametrize("url", [None, ""])
def test_a_markdown_link_without_an_address_is_its_text(url):
    assert markdown_link("a*b", url) == r"a\*b"


@pytest.mark.parametrize(
    ("url", "encoded"),
    [
        ("https://x.example/a-b_c.d~e?f=g#h", "https://x.example/a-b_c.d~e?f=g#h"),
        ("https://x.example/(a)", "https://x.example/%28a%29"),
        ("https://x.example/[a]", "https://x.example/%5Ba%5D"),
        ('https://x.example/"<a b>\\', "https://x.example/%22%3Ca%20b%3E%5C"),
        ("https://x.example/김", "https://x.example/%EA%B9%80"),
        ("https://x.example/\x1b\n", "https://x.example/%1B%0A"),
        ("https://x.example/%20", "https://x.example/%20"),
        ("https://x.example/\ud800", "https://x.example/%5C%75%64%38%30%30"),
    ],
)
def test_safe_url_encodes_what_ends_a_link_and_leaves_the_rest(url, encoded):
    assert safe_url(url) == encoded


@settings(deadline=None)
@given(ANY_TEXT)
def test_a_safe_url_is_ascii_without_blanks_brackets_or_quotes(text):
    assert re.fullmatch(r"[!#-'*-;=?-Z_a-z~]*", safe_url(text))


# -- CSV


@pytest.mark.parametrize("first", "=+-@\t\r\x00＝＋－＠")
def test_a_text_that_a_spreadsheet_would_run_is_guarded(first):
    assert csv_field(f"{first}SUM(A1)") == f"'{first}SUM(A1)"


@pytest.mark.parametrize("text", ["", "a=b", "1-2", "'quoted", " =1", "\n=1"])
def test_other_texts_are_not_guarded(text):
    assert csv_field(text) == text


# -- comparison


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("RUSSIA", "russia"),
        ("Ångström", "angstrom"),
        ("Straße", "STRASSE"),
        ("Россия", "РОССИЯ"),
        ("e\u0301", "é"),
        ("ﬁn", "fin"),
        ("Ａ", "a"),
        ("가", "\u1100\u1161"),
    ],
)
def test_fold_takes_away_case_accents_and_compatibility_forms(one, other):
    assert fold(one) == fold(other)


def test_fold_keeps_what_makes_words_differ():
    assert len({fold(text) for text in ("Kim", "Kin", "김", "김정", "1", "2", "a b", "ab")}) == 8


@settings(deadline=None)
@given(ANY_TEXT)
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "name", ["Kim Jong-un", "KIM JONG UN", "kimjongun", "kim_jong_un", "K.J.U"]
)
def test_name_key_leaves_letters_and_digits(name):
    assert name_key(name) in ("kimjongun", "kju")


def test_name_key_of_no_letters_is_empty():
    assert name_key("-- !?") == ""


# -- width


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
