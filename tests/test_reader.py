"""From YAML to records: what values mean, where mistakes are, and what hostile files come to.

The catalogue of single mistakes is tests/bad (see test_problems.py); here stands what needs more
than a file, or files that nobody would want to see in a folder.
"""

import gc
from itertools import pairwise

import pytest
import yaml

from nktimeline.dates import parse
from nktimeline.model import Actor, Event, Source
from nktimeline.reader import RULES, UNREAD, places
from nktimeline.reader.rules import DEPTH

SMALL = """\
title: Small
kinds: {talks: Two sides meet}
actors: {ruritania: {name: Ruritania}}
sources: {gazette: {title: A page, publisher: The Gazette}}
events:
  - {id: one, date: 2020, title: They meet, kind: talks, actors: [ruritania], sources: [gazette]}
"""


@pytest.fixture(params=[True, False], ids=["libyaml", "python"])
def parser(request, monkeypatch):
    """Read with libyaml, and as PyYAML does where it was built without."""
    monkeypatch.setattr(yaml, "__with_libyaml__", request.param)


@pytest.fixture
def codes(read):
    """Give `codes(text)`: line, column and code of each problem that the reader finds."""

    def list_codes(text):
        _, problems = read(text)
        return [(problem.line, problem.column, problem.code) for problem in problems]

    return list_codes


# -- what values mean


def test_a_log_is_read_into_records(read):
    log, problems = read("""\
title: The title
kinds: {talks: Two sides meet}
actors:
  ruritania: {name: Ruritania, aliases: [The Kingdom, 루리타니아]}
  rudolf: {name: Rudolf, of: ruritania}
sources:
  gazette:
    title: A page
    publisher: The Gazette
    author: N. O. Body
    published: 2020-05
    url: https://gazette.example/page
    language: zh-Hant
    relays: rudolf
events:
  - id: one
    date: 2020-04-01/2020-04-03
    title: They meet
    kind: talks
    actors: [ruritania, rudolf]
    place: Strelsau
    summary: >-
      In the old town,
      for three days.
    status: reported
    sources: [gazette]
    tags: [tea]
    related: [one]
    note: So they say.
""")
    assert problems == []
    assert log.title == "The title"
    assert log.kinds == {"talks": "Two sides meet"}
    assert log.actors == {
        "ruritania": Actor("ruritania", "Ruritania", None, ("The Kingdom", "루리타니아")),
        "rudolf": Actor("rudolf", "Rudolf", "ruritania"),
    }
    assert log.sources == {
        "gazette": Source(
            id="gazette",
            title="A page",
            publisher="The Gazette",
            author="N. O. Body",
            published=parse("2020-05"),
            url="https://gazette.example/page",
            language="zh-Hant",
            relays="rudolf",
        )
    }
    assert log.events == (
        Event(
            id="one",
            date=parse("2020-04-01/2020-04-03"),
            title="They meet",
            kind="talks",
            actors=("ruritania", "rudolf"),
            place="Strelsau",
            summary="In the old town, for three days.",
            status="reported",
            sources=("gazette",),
            tags=("tea",),
            related=("one",),
            note="So they say.",
        ),
    )


def test_what_is_left_out_is_absent_and_the_status_confirmed(read):
    log, problems = read("title: T\nevents:\n  - {id: e, date: 2020, title: t, kind: k}")
    assert problems == []
    assert log.events == (Event("e", parse("2020"), "t", "k"),)
    assert log.events[0].status == "confirmed"
    assert (log.kinds, log.actors, log.sources) == ({}, {}, {})


@pytest.mark.parametrize(
    "text",
    [
        *["NO", "no", "on", "true", "012", "0x1F", "2018", "12:30", "1.0", "1e3", "1_000", "="],
        *[".inf", "2001-02-30", "9" * 5000, "Null", "NULL", "0.1.0", "-", "!", "~ ~", "null!"],
    ],
)
def test_every_scalar_is_the_text_that_it_is(read, parser, text):
    quoted = f'"{text}"' if text in ("-", "!") else text
    log, problems = read(f"title: {quoted}\nevents:\nkinds: {{a: {quoted}}}")
    assert problems == []
    assert (log.title, log.kinds) == (text, {"a": text})


@pytest.mark.parametrize("nothing", ["", "~", "null", '""', "''", "'  '", '"\\t\\n"', "|\n"])
def test_an_empty_value_a_tilde_null_and_blanks_are_absent(read, parser, nothing):
    log, problems = read(
        f"title: T\nevents:\n  - id: e\n    date: 2020\n    title: t\n    kind: k\n"
        f"    place: {nothing}\n"
    )
    assert problems == []
    assert log.events[0].place is None


@pytest.mark.parametrize("quoted", ['"~"', "'null'"])
def test_a_quoted_tilde_or_null_is_a_text(read, quoted):
    log, problems = read(f"title: {quoted}\nevents:")
    assert problems == []
    assert log.title == quoted[1:-1]


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_an_absent_table_or_list_is_empty(read, nothing):
    log, problems = read(
        f"title: T\nkinds: {nothing}\nactors: {nothing}\nsources: {nothing}\nevents: {nothing}\n"
    )
    assert problems == []
    assert (log.kinds, log.actors, log.sources, log.events) == ({}, {}, {}, ())


def test_a_quoted_nothing_is_no_table(codes):
    assert codes('title: T\nevents: ""\n') == [(2, 9, "wrong-type")]


@pytest.mark.parametrize("text", ["", "# only a comment\n", "\n\n\n", "\ufeff"])
def test_a_file_without_a_document_is_an_empty_log(read, text):
    log, problems = read(text)
    assert problems == []
    assert log.events == ()


def test_an_empty_document_is_no_log(read):
    _, (problem,) = read("---\n...\n")
    assert (problem.code, problem.message) == ("wrong-type", "expected a log, found nothing")


def test_ids_may_be_of_any_script(read):
    log, problems = read("title: T\nevents:\nkinds: {회담_1.a-b: x, переговоры: y, é: z}")
    assert problems == []
    assert list(log.kinds) == ["회담_1.a-b", "переговоры", "é"]


@pytest.mark.parametrize("id", ["बैठक", "การประชุม", "பேச்சு", "ẹ\u0301kọ", "x\u0302", "김정은"])
def test_the_letters_of_an_id_may_carry_the_marks_of_their_script(codes, id):
    assert codes(f"title: T\nevents:\nkinds: {{{id}: x}}") == []


@pytest.mark.parametrize(
    ("id", "message"),
    [
        ("fe\u0302te", r"'fe\u0302te' is not composed (NFC): it holds U+0302"),
        ("e\u0301te\u0301", r"'e\u0301te\u0301' is not composed (NFC): it holds U+0301"),
        ("x\u0301e\u0301", r"'x\u0301e\u0301' is not composed (NFC): it holds U+0301"),
        ("\u1100\u1161", "'\u1100\u1161' is not composed (NFC): it holds U+1100"),
        ("fest\u200b", r"'fest\u200b' is not an id"),
        ("\u0302fest", r"'\u0302fest' is not an id"),
        ("a b", "'a b' is not an id"),
        ("é b", "'é b' is not an id"),
        ("1\u20e3", "'1\u20e3' is not an id"),  # a keycap: its mark is no part of a letter
    ],
)
def test_what_is_wrong_with_an_id_is_said_even_where_it_cannot_be_seen(read, id, message):
    _, (problem,) = read(f"title: T\nevents:\nkinds: {{{id}: x}}")
    assert (problem.code, problem.message) == ("bad-id", message)


def test_an_id_that_is_none_is_reported_where_it_is_met_first(codes):
    assert codes(SMALL.replace("[gazette]", "[a/b, a/b]")) == [(6, 89, "bad-id")]


@pytest.mark.parametrize("key", ["''", "~", '" "', '"\\e"'])
def test_an_empty_or_strange_key_is_no_id(codes, key):
    assert codes(f"title: T\nevents:\nkinds: {{{key}: x}}") == [(3, 9, "bad-id")]


@pytest.mark.parametrize("tag", ["ko", "zh-Hant", "sr-Latn-RS", "x-own", "i-klingon", "de-1996"])
def test_languages_are_bcp_47_tags(codes, tag):
    assert codes(SMALL.replace("A page,", f"A page, language: {tag},")) == []


def test_an_absent_language_is_none(read):
    log, problems = read(SMALL.replace("A page,", "A page, language: ~, published: null,"))
    assert problems == []
    assert (log.sources["gazette"].language, log.sources["gazette"].published) == (None, None)


@pytest.mark.parametrize("tag", ["k", "zh_Hant", "ko-", "1a", "toolonglang", "en-toolongsubtag"])
def test_what_is_no_language_tag_is_reported(codes, tag):
    assert codes(SMALL.replace("A page,", f"A page, language: {tag},")) == [(4, 46, "bad-language")]


# -- mistakes


def test_all_problems_are_found_in_one_go_and_in_the_order_of_the_file(codes):
    assert codes("""\
tilte: T
actors: {a: {name: A, of: [b]}}
events:
  - {id: e, date: soon, title: t, kind: k, id: f}
  - {id: g, date: 2020, title: [t], kind: !x k}
  - oops
""") == [
        (1, 1, "missing-key"),
        (1, 1, "unknown-key"),
        (2, 27, "wrong-type"),
        (4, 19, "bad-date"),
        (4, 44, "duplicate-key"),
        (5, 32, "wrong-type"),
        (5, 43, "tag"),
        (6, 5, "wrong-type"),
    ]


def test_of_a_key_that_stands_twice_the_first_value_is_kept(read):
    log, _ = read("title: One\ntitle: Two\nevents:\nkinds: {a: x, a: y}")
    assert (log.title, log.kinds) == ("One", {"a": "x"})


def test_a_broken_value_is_not_said_to_be_missing_too(codes):
    assert codes("title: [T]\nevents:\n  - {id: [e], date: [], title: {}, kind: []}") == [
        (1, 8, "wrong-type"),
        (3, 10, "wrong-type"),
        (3, 21, "wrong-type"),
        (3, 32, "wrong-type"),
        (3, 42, "wrong-type"),
    ]


def test_what_could_not_be_read_is_blank_so_that_the_rest_keeps_its_place(read):
    log, _ = read(SMALL + "  - oops\n  - {id: e, status: wrong, tags: [a, ~, [b], c]}\n")
    one, oops, last = log.events
    assert one.id == "one"
    assert (oops.id, oops.title, oops.kind, oops.date.text) == ("", "", "", "")
    assert (last.id, last.status, last.tags) == ("e", "confirmed", ("a", "", "", "c"))


def test_a_message_offers_the_nearest_word(read):
    _, problems = read(
        SMALL.replace("kind:", "kidn:").replace("sources: [", "status: reproted, s: [")
    )
    messages = [problem.message for problem in problems]
    assert "unknown key 'kidn'; did you mean 'kind'?" in messages
    assert "'reproted' is no status; did you mean 'reported'?" in messages
    assert "unknown key 's'" in messages


@pytest.mark.parametrize("long", ["x" * 100, "한" * 100])
def test_a_message_quotes_no_more_than_eighty_characters(read, long):
    _, problems = read(
        f"{long}: 1\n{long}: 2\ntitle: T\nevents:\n  - {{status: {long}, id: '{long}/'}}\n"
        f"sources: {{{long}: {{language: {long}}}}}\nkinds: {{{long}: x, {long}: y}}\n"
    )
    assert len(problems) > 6
    assert all(long[:81] not in problem.message for problem in problems)
    assert sum(long[:80] in problem.message for problem in problems) > 6


def test_a_second_document_is_reported_and_the_first_is_read(read):
    log, (problem,) = read(SMALL + "...\n---\ntitle: Another\n")
    assert (problem.line, problem.code) == (8, "second-document")
    assert len(log.events) == 1


def test_text_after_the_end_of_the_document_is_a_mistake(codes, parser):
    assert [code for *_, code in codes(SMALL + "...\nmore: text\n")] == ["syntax"]


def test_a_document_may_be_marked_as_such(codes):
    assert codes("%YAML 1.1\n---\n" + SMALL + "...\n") == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: b: c", 1),
        ("- a\n- b: c: d", 2),
        ("a: 'b", 1),
        ("a: b\n\tc: d", 2),
        ("- a\nb: c", 2),
        ("a: *b c", 1),
        ("a: !<b c", 1),
        ("%YAML 9.9\n---\na: b", 1),
        ("title: T\nkinds: @", 2),
        ("title: `x`", 1),
    ],
)
def test_a_syntax_error_has_a_place(codes, parser, text, line):
    *_, (found, column, code) = codes(text)
    assert (found, code) == (line, "syntax")
    assert column >= 1


def test_a_syntax_error_says_what_was_being_read(read):
    _, problems = read("title: T\nevents:\n  - {id: e,\n\nkinds: [] ]")
    assert problems[-1].code == "syntax"
    hint = "while parsing a flow mapping in line 3; nothing after this is read"
    assert problems[-1].hint == hint


@pytest.mark.parametrize(
    ("title", "advice"),
    [
        (
            "Finland joins: NATO grows",
            "a text that holds ': ' stands in quotes; if it is a key, the line is indented too far",
        ),
        ('"They meet', "the quote that begins here is not closed"),
        ("T\nkinds", "a key is followed by ': '"),
        ("T\n- x", "the line is indented as none above it"),
        ("'Hello' says Kim", "a text that begins with a quote or a bracket stands in quotes"),
        ("{Kim: x} says", "a text that begins with a quote or a bracket stands in quotes"),
        ('"Hello" says Kim', "a text that begins with a quote or a bracket stands in quotes"),
        ("[Kim] says", "a text that begins with a quote or a bracket stands in quotes"),
        ("@kim says", "a text that begins with '@' stands in quotes"),
        ("`kim` says", "a text that begins with '`' stands in quotes"),
        ("50\nkinds: %kim", "a text that begins with '%' stands in quotes"),
        ("T\nactors:\n\t- x", "indent with blanks"),
        ("[Kim says]", "a text that begins with '[' or '{' stands in quotes"),
        ("{Kim: says}", "a text that begins with '[' or '{' stands in quotes"),
    ],
)
def test_a_text_that_should_stand_in_quotes_is_answered_with_that_advice(read, title, advice):
    _, problems = read(f"title: {title}\nkinds: {{}}\nevents: []\n")
    assert any(f"; {problem.hint}".endswith(f"; {advice}") for problem in problems)


def test_a_value_beyond_unicode_is_a_syntax_error(codes, parser):
    found = codes('title: T\nkinds: {k: "\\U00110000"}')
    assert [(line, code) for line, _, code in found] == [(2, "syntax")]


def test_a_value_beyond_unicode_before_any_key_is_one_too(codes, parser):
    assert [(line, code) for line, _, code in codes('"\\UFFFFFFFF"')] == [(1, "syntax")]


# -- what git leaves


@pytest.mark.parametrize(
    "text",
    [
        SMALL + "<<<<<<< HEAD\n",
        SMALL + ">>>>>>> branch\r\n",
        SMALL + "<<<<<<<\n=======\n>>>>>>>\n",
        SMALL + "more: [a,\n<<<<<<< HEAD\n  b]\n",
        SMALL + "more: 'a\n<<<<<<< HEAD\n  b'\n",
        SMALL + "  - [\n>>>>>>> branch",
        SMALL + "\n",
    ],
)
def test_a_conflict_marker_is_all_that_is_said_of_a_file(codes, parser, text):
    """YAML takes some of them for text."""
    lines = text.splitlines()
    marked = [n for n, line in enumerate(lines, 1) if line.startswith((">>>>", "<<<<"))]
    assert codes(text) == [(marked[0], 1, "syntax")] if marked[:1] else codes(text) == []


@pytest.mark.parametrize(
    "text", ["a: <<<<<<< b", "a: '>>>>>>> b'", "a: |\n  <<<<<<< b\n", "a: <<<<<"]
)
def test_what_looks_like_a_conflict_marker_elsewhere_is_none(codes, text):
    assert codes(SMALL + text + "\n") == [(7, 1, "unknown-key")]


# -- what YAML takes away


@pytest.mark.parametrize(
    ("title", "cut"),
    [
        ("Meeting #5", "#5"),
        ("Meeting   #5 of the club", "#5 of the club"),
        ("😀 é 한빛 #5", "#5"),
        ("one\n   two #5", "#5"),
        ("Meeting # 5", ""),
        ("Meeting#5", ""),
        ("'Meeting #5'", ""),
        ("Meeting # 5 #6", ""),
        ("'Meeting' #5", ""),  # whoever has written quotes knows where a text ends
        ("|\n   Meeting #5", ""),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_comment_that_seems_meant_as_text_is_reported(read, parser, title, cut, ending):
    text = f"kinds: {{}}\ntitle: {title}\nevents: []\n"
    _, problems = read("\ufeff" + text.replace("\n", ending))
    lines = text.split("\n")
    places = [(n, line.find("#") + 1) for n, line in enumerate(lines, 1) if "#" in line]
    expected = [(*places[0], "cut-text", f"YAML takes '{cut}' for a comment")] if cut else []
    assert [(p.line, p.column, p.code, p.message) for p in problems] == expected


def test_a_cut_id_is_reported_wherever_it_is_named(codes):
    text = "title: T\nkinds:\n  a: x\nevents:\n"
    event = "- id: e\n  date: 2020 #1\n  title: t\n  kind: a #b\n"
    assert codes(text + event + event) == [
        (6, 14, "cut-text"),
        (8, 11, "cut-text"),
        (10, 14, "cut-text"),
        (12, 11, "cut-text"),
    ]


# -- encodings


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        ("title: Ruritañia\nevents:".encode("latin-1"), 1, 14),
        ("title: T\nevents:\n  # ünïcode".encode("latin-1"), 3, 5),
        ("한빛: x\nü".encode() + b"\xff", 2, 2),
        (b"\r\ntitle: T\r\n\x80", 3, 1),
        (b"title: \xc0\xaf", 1, 8),
        (b"title: \xe0\x80\xaf", 1, 8),
        (b"title: \xed\xa0\x80", 1, 8),
        (b"title: \xf4\x90\x80\x80", 1, 8),
        (b"title: \xe2\x82", 1, 8),
        (b"\xff", 1, 1),
        (b"\xff\xfeo", 1, 1),
        (b"\xfe\xff", 1, 1),
        ("title: T\nevents:".encode("utf-16"), 1, 1),
        ("title: T\nevents:".encode("utf-32"), 1, 1),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_what_is_not_utf_8_is_refused_at_its_first_byte(codes, parser, data, line, column):
    """Latin-1, overlong forms, surrogates, a cut character, UTF-16 and UTF-32."""
    assert codes(data) == [(line, column, "encoding")]


def test_the_message_names_the_byte(read):
    _, (problem,) = read(b"title: \xe9")
    assert problem.message == "byte 0xe9 is not UTF-8"
    assert problem.hint == "save it as UTF-8"


def test_utf_16_without_a_byte_order_mark_is_full_of_nul(codes, parser):
    assert codes("title: T".encode("utf-16-le")) == [(1, 2, "unprintable")]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_byte_order_mark_and_any_line_endings_are_fine(read, parser, ending):
    text = "\ufeff" + SMALL.replace("They meet", "They 'meet'").replace("\n", ending)
    log, problems = read(text)
    assert problems == []
    assert log.events[0].title == "They 'meet'"
    _, problems = read(text.replace("title: Small", "titel: Small"))
    assert [(problem.line, problem.column) for problem in problems] == [(1, 1), (1, 1)]


@pytest.mark.parametrize(
    "char", ["\0", "\x01", "\x07", "\x0b", "\x1b", "\x7f", "\x80", "\x9b", "\ufffe", "\uffff"]
)
def test_a_raw_control_character_is_refused_where_it_stands(read, parser, char):
    _, (problem,) = read(f"title: T\nkinds: {{k: 한{char}}}\nevents:\n")
    assert (problem.line, problem.column, problem.code) == (2, 13, "unprintable")
    assert problem.message == f"the character U+{ord(char):04X} is not allowed"


@pytest.mark.parametrize("char", ["\t", "\x85", "\xa0", "\u2028", "\ufeff", "\U0010ffff", "\ue000"])
def test_other_strange_characters_are_text(read, parser, char):
    log, problems = read(f'title: "a{char}b"\nevents:\n')
    assert problems == []
    assert log.title[0] + log.title[-1] == "ab"


@pytest.mark.parametrize("escape", ["\\e", "\\0", "\\x07", "\\x7f", "\\u0090", "\\b", "\\v", "\\r"])
def test_an_escaped_control_character_is_refused_where_its_text_begins(codes, parser, escape):
    assert codes(f'title: T\nkinds: {{k: "a{escape}"}}\nevents:\n') == [
        (2, 12, "control-character")
    ]


@pytest.mark.parametrize("escape", ["\\t", "\\n", "\\N", "\\L", "\\_", "\\u202e"])
def test_an_escaped_blank_is_text(codes, parser, escape):
    assert codes(f'title: T\nkinds: {{k: "a{escape}b"}}\nevents:\n') == []


def test_a_lone_surrogate_is_refused(codes, parser):
    """One parser calls it a syntax error; PyYAML's own scanner lets it in, and we do not."""
    (*_, (line, _, code)) = codes('events:\ntitle: "\\ud800"')
    assert line == 2
    assert code in ("syntax", "control-character")


# -- hostile files


@pytest.mark.slow
@pytest.mark.parametrize("opening", ["[", "? ", "{a: ", "- ", "[{a: ", "{? ", "[? "])
def test_a_hundred_kilobytes_of_openings_end_in_a_message(codes, parser, opening):
    for before in ("", "title: T\nevents: ", "stuff: "):
        text = before + opening * (100_000 // len(opening))
        found = codes(text)
        assert found[-1][2] in ("too-deep", "wrong-type", "syntax")
        assert all(line >= 1 and column >= 1 for line, column, _ in found)


def test_depth_is_counted_from_the_value_that_is_not_read(codes):
    def nested(depth):
        return f"title: T\nevents:\nstuff: {'[' * depth}{']' * depth}\n"

    assert [code for *_, code in codes(nested(DEPTH))] == ["unknown-key"]
    assert [code for *_, code in codes(nested(DEPTH + 1))] == ["unknown-key", "too-deep"]


def test_after_something_too_deep_nothing_more_is_read(codes):
    found = codes(f"stuff: {'[' * 40}{']' * 40}\nmore: stuff\n")
    assert [code for *_, code in found] == ["unknown-key", "too-deep"]


def test_an_alias_bomb_is_refused_and_does_not_go_off(codes, parser):
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{b}: &{b} [{', '.join(['*' + a] * 9)}]" for a, b in pairwise("abcdefgh")]
    found = {code for *_, code in codes("title: T\nevents: *h\n" + "\n".join(lines))}
    assert found == {"alias", "unknown-key"}


@pytest.mark.parametrize("sign", ["!", "&", "*"])
def test_a_message_quotes_only_the_beginning_of_what_it_refuses(read, parser, sign):
    _, problems = read(f"title: {sign}{'a' * 100_000} x\nevents:\n")
    assert problems
    assert max(len(problem.message) for problem in problems) < 200


def test_an_alias_in_place_of_every_thing_is_an_alias(codes, parser):
    assert codes("title: *t\nkinds: *k\nevents: [*e, {id: *i, tags: [*t], *k : x}]\n*k : x") == [
        (1, 8, "alias"),
        (2, 8, "alias"),
        (3, 10, "alias"),
        (3, 14, "missing-key"),
        (3, 14, "missing-key"),
        (3, 14, "missing-key"),
        (3, 19, "alias"),
        (3, 30, "alias"),
        (3, 35, "alias"),
        (4, 1, "alias"),
    ]


def test_ten_thousand_mistakes_are_all_found(codes):
    assert len(codes("title: T\nevents:\n" + "  - oops\n" * 10_000)) == 10_000


def test_both_parsers_find_the_same_mistakes_at_the_same_places(read, monkeypatch):
    """What they call a syntax error they describe in different words, at nearly the same place."""
    from test_problems import BAD

    for path in BAD:
        data = path.read_bytes()
        found = {}
        for libyaml in (True, False):
            monkeypatch.setattr(yaml, "__with_libyaml__", libyaml)
            log, problems = read(data)
            places = [
                (problem.line, problem.code, problem.code == "syntax" or problem.column)
                for problem in problems
            ]
            found[libyaml] = (log, places)
        assert found[True] == found[False], path.name


# -- finding places


def test_a_place_is_found_by_path_and_a_tables_entry_by_its_key():
    text = SMALL.encode()
    where = {
        ("title",): (1, 8),
        ("kinds",): (2, 1),
        ("kinds", "talks"): (2, 16),
        ("actors", "ruritania"): (3, 10),
        ("actors", "ruritania", "name"): (3, 28),
        ("events",): (5, 1),
        ("events", 0): (6, 5),
        ("events", 0, "actors"): (6, 58),
        ("events", 0, "actors", 0): (6, 67),
        ("events", 0, "sources", 0): (6, 89),
    }
    assert places(text, where) == where
    assert places(b"\xef\xbb\xbf" + text, where) == where
    assert places(text, [("events", 1), ("actors", "rudolf")]) == {}


def test_a_key_that_is_no_text_does_not_lead_astray(parser):
    text = b"? [a, {b: c}, [d]]\n: {e: [f]}\n? {g: h}\n: i\nkinds: {? [j] : k, l: m}\n"
    assert places(text, [("kinds", "l"), ("e",), ("a",)]) == {("kinds", "l"): (5, 23)}


def test_of_a_key_that_stands_twice_the_first_is_found():
    assert places(b"kinds: {a: x}\nkinds: {a: y}", [("kinds", "a")]) == {("kinds", "a"): (1, 12)}


# -- progress and the rest


def test_progress_is_told_the_share_that_was_read():
    from nktimeline.reader import read

    shares = []
    read((SMALL + SMALL.splitlines()[-1] + "\n").encode(), shares.append)
    assert shares == sorted(shares)
    assert len(shares) == 2
    assert 0.4 < shares[0] < shares[1] < 1


def test_the_garbage_collector_is_as_it_was_after_reading(read):
    assert gc.isenabled()
    read(SMALL)
    assert gc.isenabled()
    gc.disable()
    try:
        read(SMALL)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_garbage_collector_is_as_it_was_when_reading_fails():
    from nktimeline.reader import read

    def fail(_share):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(SMALL.encode(), fail)
    assert gc.isenabled()


def test_rules_are_sentences_and_what_leaves_the_rest_unread_is_among_them():
    assert all(text.endswith(".") and text[0].isupper() for text in RULES.values())
    assert set(RULES) > UNREAD
    assert "deeper than 32 levels" in RULES["too-deep"]


def test_a_kind_without_a_word_about_it_means_nothing(read, parser):
    log, problems = read("title: T\nkinds: {k: }\nevents: []\n")
    assert log.kinds == {"k": ""}
    assert problems == []
