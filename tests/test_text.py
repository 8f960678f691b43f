"""Text from a log: made harmless for each kind of output."""

import json
import re
from functools import partial
from html.parser import HTMLParser

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown import markdown as python_markdown
from markdown_it import MarkdownIt

from nktimeline.text import (
    csv_field,
    json_safe,
    markdown,
    markdown_link,
    quoted,
    safe,
    safe_url,
    visible,
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


# -- messages


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("fest", "'fest'"),
        ("Zoë 김정은 बैठक", "'Zoë 김정은 बैठक'"),
        ("fest\u200b", r"'fest\u200b'"),
        ("soft\u00adhyphen", r"'soft\xadhyphen'"),
        ("hard\u00a0blank", r"'hard\xa0blank'"),
        ("two\nlines", r"'two\x0alines'"),
        ("\u3164", r"'\u3164'"),  # a Hangul letter without a shape
        ("❤\ufe0f", r"'❤\ufe0f'"),
        ("x\U000e0041", r"'x\U000e0041'"),
        ("\u0302te", r"'\u0302te'"),
        ("fe\u0302te", r"'fe\u0302te'"),  # fête, but not composed
        ("\u202eabc", r"'\u202eabc'"),
        ("x" * 80, f"'{'x' * 80}'"),
        ("x" * 81, f"'{'x' * 80}'..."),
    ],
)
def test_a_message_quotes_a_culprit_so_that_nothing_hides(text, shown):
    assert quoted(text) == shown


@settings(deadline=None)
@given(ANY_TEXT)
def test_what_is_quoted_is_printable_and_of_a_bounded_length(text):
    assert quoted(text).isprintable()
    assert quoted(text * 50_000).isprintable()
    assert len(quoted(text * 50_000)) <= 80 * 10 + 5


# -- Markdown


READERS = {
    "markdown-it-py": MarkdownIt("commonmark").enable(["table", "strikethrough"]).render,
    "Python-Markdown": partial(python_markdown, extensions=["tables"]),
}
"""Programs of others that turn Markdown into HTML, by name."""


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.elements, self.texts = [], []

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, *(value for _, value in attributes)))

    def handle_data(self, text):
        self.texts.append(text)

    def handle_comment(self, text):
        self.elements.append(("!--", text))


def seen(html):
    """Give what a browser makes of HTML: its elements with their attributes, and its text."""
    page = _Page()
    page.feed(html)
    page.close()
    return page.elements, " ".join("".join(page.texts).split())


def plain(text):
    """Give a text as a page shows it, where blanks of any kind are folded."""
    return " ".join(safe(text).split())


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain, text; (with) 50% - ok!", "plain, text; (with) 50% - ok!"),
        ("a|b", "a&#124;b"),
        ("`code` *em* _em_ ~del~", r"\`code\` \*em\* \_em\_ &#126;del&#126;"),
        ("[link](http://x.example)", "&#91;link&#93;(http&#58;//x.example)"),
        ("![image][ref]", "!&#91;image&#93;&#91;ref&#93;"),
        ("<script>&amp;", "&lt;script>&amp;amp;"),
        ("www.example.org", r"www\.example.org"),
        ("WWW.example.org", r"WWW\.example.org"),
        ("me@example.org", "me&#64;example.org"),
        ("$x$ and x^2^", "&#36;x&#36; and x&#94;2&#94;"),
        (":smile: at 10:30", "&#58;smile: at 10:30"),
        ("# no heading {.x}", r"\# no heading \{.x}"),
        ("- no list", r"\- no list"),
        ("+ no list", r"\+ no list"),
        ("> no quotation", r"\> no quotation"),
        ("=== no heading", "&#61;== no heading"),
        (": no definition", "&#58; no definition"),
        ("1. no list", r"1\. no list"),
        ("12) no list", r"12\) no list"),
        ("(a) no list", r"(a\) no list"),
        ("iv. no list", r"iv\. no list"),
        ("2018. No list", r"2018\. No list"),
        ("1234567890. a list for some", r"1234567890\. a list for some"),
        ("  - no list, no code", r"\- no list, no code"),
        ("back\\", "back\\\\"),
        ("see http://x.example", "see http&#58;//x.example"),
        ("1. a-b", r"1\. a-b"),
        ("1.", r"1\."),
        ("202.-no", "202.-no"),
        ("2023-10-24", "2023-10-24"),
        ("2018-04-01~", "2018-04-01&#126;"),
        (" a ", "a"),
        ("a  b", "a b"),
    ],
)
def test_markdown_escapes_what_would_act(text, escaped):
    assert markdown(text) == escaped


MARKED_UP = ANY_TEXT | st.text("\\`*_{}[]()<>#+-.!|:=~ 1aiv&;x\"'", max_size=12)


@pytest.mark.parametrize("reader", READERS)
@settings(deadline=None)
@given(text=MARKED_UP)
def test_markdown_shows_a_text_and_does_nothing_else_with_it(reader, text):
    assume(not text[:1].isspace())  # after a letter it would be a blank of its own
    render = READERS[reader]
    for before, elements in (("## ", [("h2",)]), ("- a", [("ul",), ("li",)]), ("a ", [("p",)])):
        shown = before.strip("#- ") + " " * before.endswith("a ") + plain(text)
        assert seen(render(before + markdown(text))) == (elements, shown.strip())


@pytest.mark.parametrize("reader", READERS)
@settings(deadline=None)
@given(text=MARKED_UP)
def test_markdown_in_a_cell_stays_in_it(reader, text):
    table = f"| A | B |\n| --- | --- |\n| {markdown(text)} | b |\n"
    elements, shown = seen(READERS[reader](table))
    assert [name for name, *_ in elements] == [
        "table",
        "thead",
        "tr",
        "th",
        "th",
        "tbody",
        "tr",
        "td",
        "td",
    ]
    assert shown.split() == ["A", "B", *plain(text).split(), "b"]


@pytest.mark.parametrize("reader", READERS)
@settings(deadline=None)
@given(
    text=MARKED_UP,
    rest=st.text("abc&;#=/?lt.~*_$'!", max_size=20) | st.sampled_from(["&lt;", "&amp;", "&#60;"]),
)
def test_a_markdown_link_leads_where_it_says(reader, text, rest):
    url = f"https://x.example/?{rest}"
    link, _ = seen(READERS[reader](markdown_link(f"a {text}", url)))
    assert link == [("p",), ("a", url.replace("'", "%27"))]


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://x.example/?a=1&b=2", "https://x.example/?a=1&b=2"),  # as it is copied
        ("https://x.example/?a=1&lt;b", "https://x.example/?a=1&amp;lt;b"),
        ("https://x.example/?a=1&#60;b", "https://x.example/?a=1&amp;#60;b"),
        ("https://x.example/?a&lt", "https://x.example/?a&lt"),
        ("https://x.example/'a'", "https://x.example/%27a%27"),
    ],
)
def test_markdown_links_are_a_title_and_an_address_that_can_be_copied(url, written):
    assert markdown_link("A *b*", url) == rf"[A \*b\*]({written})"


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
