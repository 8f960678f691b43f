"""What plain words are taken for, and that each of them narrows."""

from datetime import date

import pytest

from nktimeline.dates import DateError, Days, parse
from nktimeline.model import Actor
from nktimeline.query import Filters, Query, query
from nktimeline.terms import advise, explain, narrow, read

TODAY = date(2024, 3, 31)


ONE = """
title: T
kinds: {talks: K}
sources: {s: {title: T, publisher: P}}
events:
  - {id: e, date: 2023, title: E, kind: talks, sources: [s]}
"""


@pytest.fixture(scope="module")
def taken(tiny):
    """Return `taken(words) -> [(what, text, id), ...]`."""
    return lambda words: [
        (term.what, term.text, term.id) for term in read(tiny, words.split(), TODAY)
    ]


@pytest.fixture(scope="module")
def found(tiny):
    """Return `found(*texts, filter=...)`, the ids of the events that terms and filters leave."""

    def ids(*texts, **filters):
        asked = narrow(query(tiny, Filters(**filters)), tiny, read(tiny, texts, TODAY))
        return [event.id for event in tiny.keep(asked).events]

    return ids


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2019", [("date", "2019", "")]),
        ("March 2019", [("date", "March 2019", "")]),
        ("zoë ångström", [("actor", "zoë ångström", "zoe-angstrom")]),
        ("the pilot", [("actor", "the pilot", "zoe-angstrom")]),
        ("zoe-angstrom", [("actor", "zoe-angstrom", "zoe-angstrom")]),
        ("김별", [("actor", "김별", "kim-byeol")]),
        ("Talks", [("kind", "Talks", "talks")]),
        ("tea", [("tag", "tea", "tea")]),
        ("evening", [("word", "evening", "")]),
        ("pilot", [("word", "pilot", "")]),  # part of a name is no name
        ("talk", [("word", "talk", "")]),
    ],
)
def test_a_term_is_a_date_an_actor_a_kind_a_tag_or_else_a_word(taken, words, expected):
    assert taken(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the quiet coast letter", ["actor the quiet coast", "word letter"]),
        ("letter the quiet coast 2022", ["word letter", "actor the quiet coast", "date 2022"]),
        ("kim byeol the pilot tea", ["actor kim byeol", "actor the pilot", "tag tea"]),
        ("12 March 2019 tidewater", ["date 12 March 2019", "actor tidewater"]),
        ("hanbit isles talks", ["actor hanbit isles", "kind talks"]),
        ("kim the byeol", ["word kim", "word the", "word byeol"]),
    ],
)
def test_neighbouring_words_are_joined_the_longest_run_first(taken, words, expected):
    assert [f"{what} {text}" for what, text, _ in taken(words)] == expected


def test_the_longest_run_counts_wherever_it_stands(log):
    text = """
    title: T
    kinds: {k: K}
    actors: {ab: {name: A B}, bcd: {name: B C D}}
    sources: {s: {title: T, publisher: P}}
    events: [{id: e, date: 2023, title: E, kind: k, actors: [ab, bcd], sources: [s]}]
    """
    terms = read(log(text), ["a", "b", "c", "d"], TODAY)
    assert [(term.what, term.text) for term in terms] == [("word", "a"), ("actor", "b c d")]


def test_an_actor_who_takes_part_in_nothing_is_no_term(tiny):
    log = tiny._replace(actors={**tiny.actors, "idle": Actor("idle", "Idle")})
    assert read(log, ["idle"], TODAY)[0].what == "word"


def test_a_state_whose_people_alone_take_part_is_a_term(taken):
    assert taken("pilot service")[0][0] == "actor"


def test_four_digits_are_a_year_only_where_the_log_has_one(log):
    text = """
    title: T
    kinds: {k: K}
    sources: {s: {title: T, publisher: P}}
    events: [{id: e, date: 2017-12-22, title: Resolution 2397, kind: k, sources: [s]}]
    """
    assert [term.what for term in read(log(text), ["2017", "2397"], TODAY)] == ["date", "word"]


@pytest.mark.parametrize("texts", [["2023-13"], ["2023Q5"], ["19", "june"], ["06-19"]])
def test_what_has_the_form_of_a_date_and_is_none_is_refused(tiny, texts):
    with pytest.raises(DateError):
        read(tiny, texts, TODAY)


def test_each_term_narrows(found):
    assert found("zoe angstrom") == found("zoe", "angstrom")
    assert found("kim-byeol", "zoe-angstrom") == ["spring-talks", "toast", "last-lamp"]
    assert found("kim-byeol", "zoe-angstrom", "talks") == ["spring-talks", "toast"]
    assert found("kim-byeol", "zoe-angstrom", "talks", "2023") == ["toast"]
    assert found("talks", "treaty") == []
    assert found("2019", "2020-02") == []
    assert found("lamp", "carried") == ["last-lamp"]
    assert found("lamps", actor=("kim-byeol",)) == ["last-lamp"]


def test_a_word_begins_a_word_of_title_summary_place_or_a_name(found):
    assert found("drunk") == ["toast"]
    assert found("deleg") == ["four-days"]
    assert found("legations") == []
    assert found("harbour", "read") == ["draft-charter"]
    assert found("angstrom", "misses") == ["missing-pilot"]
    assert found("radio") == []  # the source alone has it


def test_a_text_of_several_words_stays_whole(found):
    assert found("colour of the lamps") == ["four-days"]
    assert found("colour the lamps of") == []
    assert found("colour", "the", "met", "of") == ["four-days"]
    assert found("the pilot", "boat") == ["missing-pilot"]


def test_no_term_changes_nothing(tiny):
    assert narrow(Query(), tiny, ()) == Query()
    assert list(explain(tiny, ())) == []


def test_how_terms_were_taken_is_said_and_what_else_they_could_have_meant(log):
    text = """
    title: T
    kinds: {talks: K}
    actors: {kim: {name: Kim Il}, lee: {name: Kim Lee}, talks-group: {name: Talks}}
    sources: {s: {title: T, publisher: P}}
    events:
      - {id: e, date: 2023, title: E, kind: talks, actors: [lee, talks-group], sources: [s]}
      - {id: f, date: 2023, title: F, kind: talks, actors: [kim, lee], sources: [s], tags: [lee]}
    """
    some = log(text)
    said = list(explain(some, read(some, ["talks", "Kim Lee", "lee", "2023", "il"], TODAY)))
    assert said == [
        "taken as actor Talks, actor Kim Lee, actor Kim Lee, date 2023, word 'il'",
        "'talks' could also mean --kind talks",
        "'lee' could also mean --tag lee",
        "'il' could also mean --actor kim",
    ]


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("lantern", ["--kind passage"]),  # which its meaning says
        ("pilot", ["--actor pilot-service"]),
        ("the", []),  # stands in many names
        ("The Quiet Coast", ["--place 'The Quiet Coast'"]),
        ("tidewater", []),  # nothing is at a place of that name
        ("fer", []),  # no whole word
    ],
)
def test_what_a_word_or_a_name_could_mean_besides_is_offered(tiny, text, offers):
    said = list(explain(tiny, read(tiny, [text], TODAY)))[1:]
    assert said == ([f"'{text}' could also mean {' or '.join(offers)}"] if offers else [])


def test_a_kind_whose_name_other_titles_have_is_offered_as_a_word(log):
    two = ONE.replace("{talks: K}", "{talks: K, visit: K}").replace("title: E", "title: A visit")
    two += "  - {id: f, date: 2023, title: F, kind: visit, sources: [s]}\n"
    assert list(explain(log(two), read(log(two), ["visit"], TODAY)))[1:] == [
        "'visit' could also mean --grep visit"
    ]
    assert len(list(explain(log(two), read(log(two), ["talks"], TODAY)))) == 1


def test_a_year_of_no_event_is_said_to_be_looked_for_as_a_word(log):
    some = log(ONE)
    assert list(explain(some, read(some, ["1999", "2397"], TODAY))) == [
        "taken as word '1999', word '2397'",
        "'1999' was looked for as a word: the log's years are 2023 to 2023",
    ]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["toast"], []),
        (["toast", "zebra"], ["without word 'zebra': 1 event", "no event has the word 'zebra'"]),
        (
            ["toast evening"],
            ["no event has the phrase 'toast evening'; without quotes, its words may stand apart"],
        ),
        (["Angstrm"], ["no event has the word 'Angstrm'; did you mean 'Ångström'?"]),
        (["toasts"], ["words that begin with 'toast' instead of 'toasts': 1 event"]),
        (["lamps"], []),  # no more events have one lamp
        (["toasts", "2018"], ["without word 'toasts': 2 events"]),  # nor is there one toast in 2018
        (["toasts", "zebra"], ["no event has the word 'zebra'"]),
    ],
)
def test_what_would_find_more_is_said(tiny, texts, said):
    assert list(advise(tiny, Query(), read(tiny, texts, TODAY))) == said


@pytest.mark.parametrize(
    ("texts", "same"),
    [
        ("since 2023", "2023/.."),
        ("after 2022", "2023/.."),
        ("before 2020", "../2019"),
        ("until 2019", "../2019"),
        ("from 2020 to 2022", "2020/2022"),
        ("between Jan 2020 and 2022", "2020/2022"),
        ("since 13 Sep 2020", "2020-09-13/.."),
        ("before 2017", "../2016"),
    ],
)
def test_dates_may_stand_after_a_preposition(tiny, texts, same):
    (term,) = read(tiny, texts.split(), TODAY)
    assert term.days == Days(parse(same).spans)


@pytest.mark.parametrize("texts", ["since the toast", "before dawn", "from the coast to 2020"])
def test_other_words_after_a_preposition_are_no_date(tiny, texts):
    assert "date" not in {term.what for term in read(tiny, texts.split()[:3], TODAY)}
