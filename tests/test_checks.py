"""Rules over a whole log: the cases on the border. Each broken rule is shown in tests/bad."""

from inspect import isgeneratorfunction

import pytest

from nktimeline import checks
from nktimeline.checks import CHECKS, code, explanations
from nktimeline.dates import parse
from nktimeline.model import Actor, Event, Log, Source
from nktimeline.problems import Level
from nktimeline.reader import RULES
from nktimeline.reader.schema import UNDATED

TALKS = Event(
    id="talks",
    date=parse("2020-03-08"),
    title="They meet in the old town",
    kind="visit",
    actors=("ruritania",),
    sources=("gazette",),
)


def log(*events, actors=(), sources=(), kinds=("visit",)):
    """Make a log of records, with an actor and a source that all may use."""
    people = [Actor("ruritania", "Ruritania"), *actors]
    pages = [Source("gazette", "A page", "The Gazette"), *sources]
    return Log(
        "A log",
        {kind: kind for kind in kinds},
        {actor.id: actor for actor in people},
        {source.id: source for source in pages},
        events,
    )


def findings(rule, log):
    """Give the path and message of everything a rule finds."""
    return sorted((found.path, found.message) for found in rule(log))


def found_paths(rule, log):
    return [path for path, _ in findings(rule, log)]


# -- all rules


@pytest.mark.parametrize("rule", [rule for rule, _ in CHECKS], ids=code)
def test_a_sound_log_breaks_no_rule(rule, tiny):
    assert findings(rule, tiny) == []
    assert findings(rule, log(TALKS)) == []
    assert findings(rule, Log("", {}, {}, {}, ())) == []


@pytest.mark.parametrize("rule", [rule for rule, _ in CHECKS], ids=code)
def test_what_could_not_be_read_is_blamed_only_once(rule):
    """Blank events, names and dates stand where the reader has reported something already."""
    blank = Event("", UNDATED, "", "", actors=("",), sources=("",), related=("",))
    broken = log(blank, TALKS, blank, actors=[Actor("a", "", aliases=("", ""))])
    unused = [(("actors", "a"), "no event names the actor 'a'")]
    assert findings(rule, broken) == (unused if rule is checks.unused_actor else [])


def test_every_rule_of_the_module_is_listed_once():
    rules = [rule for rule, _ in CHECKS]
    written = [
        value
        for name, value in vars(checks).items()
        if isgeneratorfunction(value) and not name.startswith("_")
    ]
    assert sorted(rules, key=code) == sorted(written, key=code)


def test_what_makes_a_log_unusable_is_an_error_and_the_rest_a_warning():
    errors = {code(rule) for rule, level in CHECKS if level is Level.ERROR}
    assert errors == {
        "duplicate-id",
        "unknown-kind",
        "unknown-actor",
        "unknown-source",
        "unknown-related",
        "missing-source",
        "actor-cycle",
        "bad-url",
    }


def test_every_code_is_explained_in_order():
    texts = explanations()
    assert list(texts) == sorted(texts)
    assert set(texts) == {code(rule) for rule, _ in CHECKS} | set(RULES)
    assert texts["alias"] == RULES["alias"]
    assert texts["unused-kind"].startswith("Every kind has an event")
    assert all(text.endswith(".") for text in texts.values())


# -- ids


def test_a_taken_id_is_blamed_on_the_later_event_which_names_the_earlier():
    double = log(TALKS, TALKS._replace(title="Else"), TALKS)
    message = "the id 'talks' is taken by 'They meet in the old town'"
    assert findings(checks.duplicate_id, double) == [
        (("events", 1, "id"), message),
        (("events", 2, "id"), message),
    ]


# -- events that stand twice


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({}, True),
        ({"title": "In the old TOWN they mëet"}, True),
        ({"title": "They meet in the town"}, True),  # five words of six
        ({"title": "They meet in a town"}, False),  # four of seven
        ({"title": "old town meet they"}, True),  # four of six: two thirds
        ({"title": "old town meet"}, False),  # three of six
        ({"title": "Others meet in the town there"}, False),
        ({"title": "Nobody comes"}, False),
        ({"date": parse("2020-03-09")}, False),
        ({"date": parse("2020-03-08?")}, True),
        ({"actors": ("gazette",)}, False),
        ({"actors": ("ruritania", "ruritania")}, True),
        ({"id": "talks"}, False),
    ],
    ids=str,
)
def test_an_event_stands_twice_when_days_actors_and_most_words_are_the_same(other, same):
    second = TALKS._replace(**{"id": "second", **other})
    found = findings(checks.duplicate_event, log(TALKS, second))
    assert found == ([(("events", 1, "title"), "nearly the same event as 'talks'")] * same)


def test_three_times_the_same_are_two_findings():
    three = log(TALKS, TALKS._replace(id="second"), TALKS._replace(id="third"))
    assert found_paths(checks.duplicate_event, three) == [
        ("events", 1, "title"),
        ("events", 2, "title"),
    ]


def test_three_words_of_five_are_enough_to_be_nearly_the_same():
    pair = log(TALKS._replace(title="a b c d"), TALKS._replace(id="second", title="a b c e"))
    assert len(found_paths(checks.duplicate_event, pair)) == 1


# -- what is not in the tables


def test_an_unknown_name_is_offered_the_nearest():
    unknown = log(TALKS._replace(kind="visti", actors=("ruritana",), sources=("x",)))
    assert findings(checks.unknown_kind, unknown) == [
        (("events", 0, "kind"), "unknown kind 'visti'; did you mean 'visit'?")
    ]
    assert findings(checks.unknown_actor, unknown) == [
        (("events", 0, "actors", 0), "unknown actor 'ruritana'; did you mean 'ruritania'?")
    ]
    assert findings(checks.unknown_source, unknown) == [
        (("events", 0, "sources", 0), "unknown source 'x'")
    ]


def test_an_unknown_name_is_quoted_up_to_eighty_characters():
    ((_, message),) = findings(checks.unknown_kind, log(TALKS._replace(kind="x" * 500)))
    assert message == f"unknown kind '{'x' * 80}'"


def test_of_many_unknown_names_only_the_first_fifty_are_offered_the_nearest():
    """Comparing thousands of names with thousands takes minutes, and nobody reads the offers."""
    many = log(*(TALKS._replace(id=f"e{number}", kind="visti") for number in range(52)))
    offers = ["did you mean" in found.message for found in checks.unknown_kind(many)]
    assert offers == [True] * 50 + [False] * 2


def test_an_actor_of_nobody_and_a_source_that_relays_nobody_are_found():
    strays = log(
        TALKS,
        actors=[Actor("rudolf", "Rudolf", of="nobody")],
        sources=[Source("radio", "News", "Radio", relays="nobody")],
    )
    assert found_paths(checks.unknown_actor, strays) == [
        ("actors", "rudolf", "of"),
        ("sources", "radio", "relays"),
    ]


def test_an_event_is_related_to_another_of_the_log():
    second = TALKS._replace(id="second", related=("talks", "second", "third"))
    assert findings(checks.unknown_related, log(TALKS, second)) == [
        (("events", 1, "related", 1), "'second' is related to itself"),
        (("events", 1, "related", 2), "unknown event 'third'"),
    ]


def test_an_event_without_a_source_is_named_by_id_or_title():
    unsourced = TALKS._replace(sources=())
    assert findings(checks.missing_source, log(unsourced, unsourced._replace(id=""))) == [
        (("events", 0, "sources"), "'talks' cites no source"),
        (("events", 1, "sources"), "'They meet in the old town' cites no source"),
    ]


# -- the tree of actors


def test_a_tree_is_no_cycle_and_a_member_of_a_cycle_is_none_of_it():
    tree = [Actor("b", "B", of="ruritania"), Actor("c", "C", of="b"), Actor("d", "D", of="b")]
    assert findings(checks.actor_cycle, log(TALKS, actors=tree)) == []
    circle = [Actor("b", "B", of="c"), Actor("c", "C", of="b"), Actor("d", "D", of="b")]
    assert findings(checks.actor_cycle, log(TALKS, actors=circle)) == [
        (("actors", "b", "of"), "'b' belongs to itself through 'of'"),
        (("actors", "c", "of"), "'c' belongs to itself through 'of'"),
    ]


# -- addresses


def with_url(url):
    return log(TALKS, sources=[Source("page", "Page", "P", url=url)])


@pytest.mark.parametrize(
    "url",
    [
        "http://gazette.example/page",
        "HTTPS://gazette.example/page",
        "https://gazette.example:8080/~page?a=[1]&b=(2)#c",
        "https://한빛.example/불빛",
        "https://gazette.example?page=1",
        "https://gazette.example/#page",
        None,
    ],
)
def test_an_address_of_a_page_is_fine(url):
    assert findings(checks.bad_url, with_url(url)) == []
    assert findings(checks.bare_url, with_url(url)) == []


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://gazette.example/page",
        "file:///etc/hosts",
        "//gazette.example/page",
        "gazette.example/page",
        "http:/gazette.example/page",
        "https://",
        "https:///page",
        "https://?page",
        "https://#page",
        " https://gazette.example/page",
        "https://gazette.example/a page",
        "https://gazette.example/a\u00a0page",
        "https://gazette.example/a\npage",
        "https://gazette.example/\u202epage",
        "xhttps://gazette.example/page",
    ],
)
def test_what_is_no_http_address_is_an_error_and_nothing_else(url):
    message = f"'{url}' is no http(s) address"
    assert findings(checks.bad_url, with_url(url)) == [(("sources", "page", "url"), message)]
    assert findings(checks.bare_url, with_url(url)) == []


@pytest.mark.parametrize("url", ["https://gazette.example", "http://s", "https://gazette.example/"])
def test_the_front_page_of_a_site_is_not_what_was_read(url):
    host = url.split("/")[2]
    assert findings(checks.bad_url, with_url(url)) == []
    assert findings(checks.bare_url, with_url(url)) == [
        (("sources", "page", "url"), f"'{host}' is a bare domain")
    ]


def test_a_long_address_is_quoted_in_part():
    ((_, message),) = findings(checks.bad_url, with_url("x" * 500))
    assert message == f"'{'x' * 80}' is no http(s) address"
    ((_, message),) = findings(checks.bare_url, with_url("http://" + "x" * 500))
    assert message == f"'{'x' * 80}' is a bare domain"


# -- names


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("Zoë", "ZOE", True),
        ("Kim Jong-un", "Kim Jong Un", True),
        ("Straße", "STRASSE", True),
        ("김정은", "김정은", True),
        ("Шойгу", "шойгу", True),
        ("★", "★", True),
        ("★", "☆", False),
        ("Kim", "Kim Jong Un", False),
    ],
)
def test_two_actors_share_a_name_whatever_its_case_accents_and_hyphens(one, other, shared):
    pair = log(TALKS, actors=[Actor("first", one), Actor("second", "Second", aliases=("x", other))])
    found = findings(checks.shared_name, pair)
    path = ("actors", "second", "aliases", 1)
    assert found == ([(path, f"'{other}' is also a name of 'first'")] * shared)


def test_the_name_of_one_actor_must_not_be_the_id_of_another():
    pair = log(TALKS, actors=[Actor("georgia", "The state"), Actor("sakartvelo", "Georgia")])
    assert findings(checks.shared_name, pair) == [
        (("actors", "sakartvelo", "name"), "'Georgia' is also a name of 'georgia'")
    ]


def test_one_actor_may_bear_a_name_twice():
    twice = log(TALKS, actors=[Actor("zoe", "Zoë", aliases=("Zoe", "ZOE"))])
    assert findings(checks.shared_name, twice) == []


# -- sources and days


def published(event_date, *days):
    pages = [
        Source(f"page{number}", "Page", "P", published=parse(day) if day else None)
        for number, day in enumerate(days)
    ]
    event = TALKS._replace(date=parse(event_date), sources=tuple(page.id for page in pages))
    return log(event, sources=pages)


@pytest.mark.parametrize(
    ("event_date", "days", "premature"),
    [
        ("2020-03-08", ["2020-03-06"], True),
        ("2020-03-08", ["2020-03-07"], False),  # a day of grace, for time zones
        ("2020-03-08", ["2020-03-08"], False),
        ("2020-03-08", ["2020-03-09"], False),
        ("2020-03-08", ["2020-03-01", "2020-03-06"], True),
        ("2020-03-08", ["2020-03-09", "2020-03-01"], False),  # announced, then reported
        ("2020-03-08", ["2020-03-01", None], False),  # who knows when the other page was written
        ("2020-03-08", [None], False),
        ("2020-03-08", ["2020"], False),
        ("2020-03-08", ["2020-02"], True),
        ("2020-03-08", ["2020-02~"], False),
        ("2020-03-08", ["2020-02?"], True),
        ("2020-03-08", ["2019/.."], False),
        ("2020-03", ["2020-02-28"], True),
        ("2020-03", ["2020-02-29"], False),
        ("2020-03~", ["2020-02-28"], False),
        ("2020-03/2020-05", ["2020-03-01"], False),
        ("2020-03-08/..", ["2020-03-06"], True),
        ("../2020-03", ["1990"], False),
        ("/2020-03", ["1990"], False),
        ("9999-12-31", ["9999-12-31"], False),
        ("9999-12-31", ["9999-12-29"], True),
    ],
)
def test_an_event_rests_on_a_page_that_is_not_wholly_from_before_it(event_date, days, premature):
    found = found_paths(checks.premature_source, published(event_date, *days))
    assert found == [("events", 0, "sources")] * premature


def test_a_premature_source_is_said_to_be_so_with_its_day():
    ((_, message),) = findings(checks.premature_source, published("2020-03-08", "2020-02"))
    assert message == "every source was published before the event, the last on 2020-02-29"


def test_an_unknown_source_is_nobodys_date():
    event = TALKS._replace(sources=("nothing",))
    assert findings(checks.premature_source, log(event)) == []


# -- what nobody uses


def test_an_actor_is_used_by_an_event_a_source_or_its_members():
    actors = [
        Actor("state", "State"),
        Actor("office", "Office", of="state"),
        Actor("clerk", "Clerk", of="office"),
        Actor("porter", "Porter", of="office"),
        Actor("wire", "Wire"),
    ]
    used = log(
        TALKS._replace(actors=("ruritania", "clerk"), sources=("gazette", "radio")),
        actors=actors,
        sources=[Source("radio", "News", "Radio", relays="wire")],
    )
    assert findings(checks.unused_actor, used) == [
        (("actors", "porter"), "no event names the actor 'porter'")
    ]


def test_an_unused_source_and_an_unused_kind_are_found():
    spare = log(TALKS, sources=[Source("radio", "News", "Radio")], kinds=("visit", "war"))
    assert findings(checks.unused_source, spare) == [
        (("sources", "radio"), "no event cites the source 'radio'")
    ]
    assert findings(checks.unused_kind, spare) == [
        (("kinds", "war"), "no event is of the kind 'war'")
    ]


# -- order


@pytest.mark.parametrize(
    ("before", "after", "in_order"),
    [
        ("2020-03-08", "2020-03-08", True),
        ("2020-03-08", "2020-03-09", True),
        ("2020-03-09", "2020-03-08", False),
        ("2020-03-01", "2020-03", True),  # of two that begin together, the shorter comes first
        ("2020-03", "2020-03-01", False),
        ("2020/..", "2020-01-02", True),
        ("../1999", "1800", True),
        ("1800", "../1999", False),
    ],
)
def test_events_stand_in_order_of_their_first_day_then_their_last(before, after, in_order):
    pair = log(TALKS._replace(date=parse(before)), TALKS._replace(date=parse(after)))
    message = f"{after} stands after {before} ('talks')"
    expected = [] if in_order else [(("events", 1, "date"), message)]
    assert findings(checks.out_of_order, pair) == expected


def test_a_date_that_could_not_be_read_is_in_nobodys_way():
    undated, early = TALKS._replace(date=UNDATED), TALKS._replace(date=parse("../1999"))
    assert findings(checks.out_of_order, log(TALKS, undated, early)) == []


# -- reading direction


@pytest.mark.parametrize("char", ["\u202e", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c"])
@pytest.mark.parametrize("field", ["title", "place", "summary", "note"])
def test_a_bidirectional_control_in_an_event_is_found_in_its_field(field, char):
    turned = log(TALKS._replace(**{field: f"a{char}b"}))
    message = f"the {field} holds a bidirectional control"
    assert findings(checks.bidi_control, turned) == [(("events", 0, field), message)]


@pytest.mark.parametrize("field", ["title", "publisher", "author"])
def test_a_bidirectional_control_in_a_source_is_found(field):
    page = Source("page", "Page", "P")._replace(**{field: "a\u202eb"})
    message = "the source 'page' holds a bidirectional control"
    assert findings(checks.bidi_control, log(TALKS, sources=[page])) == [
        (("sources", "page"), message)
    ]


@pytest.mark.parametrize("names", [("a\u202eb", ()), ("a", ("b", "\u202ec"))])
def test_a_bidirectional_control_in_a_name_is_found(names):
    actor = Actor("rudolf", names[0], aliases=names[1])
    message = "the actor 'rudolf' holds a bidirectional control"
    assert findings(checks.bidi_control, log(TALKS, actors=[actor])) == [
        (("actors", "rudolf"), message)
    ]


def test_right_to_left_text_without_controls_is_fine():
    hebrew = log(TALKS._replace(title="שלום", note="مرحبا"))
    assert findings(checks.bidi_control, hebrew) == []


def test_every_text_is_searched_for_bidirectional_controls(read):
    """A harmless source before the one that is not, and each field of an event."""
    text = """\
title: T
kinds: {k: A kind}
actors: {a: {name: A}, b: {name: "B\\u202e"}}
sources:
  one: {title: A page, publisher: P}
  two: {title: Another, publisher: "P\\u2066"}
events:
  - {id: one, date: 2020, title: They meet, kind: k, actors: [a, b], sources: [one, two]}
  - {id: two, date: 2021, title: They part, kind: k, actors: [a], sources: [one], note: "x\\u202a"}
"""
    log, _ = read(text)
    found = [finding.path for finding in checks.bidi_control(log)]
    assert found == [("events", 1, "note"), ("sources", "two"), ("actors", "b")]
