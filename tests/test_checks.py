"""Rules over a whole log: the cases on the border. Each broken rule is shown in tests/bad."""

from importlib import import_module
from inspect import isgeneratorfunction, signature
from pathlib import Path

import pytest

from nktimeline import checks
from nktimeline.checks import (
    CHECKS,
    code,
    events,
    explanations,
    names,
    sources,
    standings,
    texts,
    unused,
    visits,
)
from nktimeline.dates import parse
from nktimeline.model import Actor, Event, Listing, Log, Member, Source, Standing, fields
from nktimeline.problems import Level
from nktimeline.reader import RULES
from nktimeline.reader.values import UNDATED
from nktimeline.text import quoted

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
        events,
        kinds={kind: kind for kind in kinds},
        actors={actor.id: actor for actor in people},
        sources={source.id: source for source in pages},
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
    assert findings(rule, Log("", ())) == []


@pytest.mark.parametrize("rule", [rule for rule, _ in CHECKS], ids=code)
def test_what_could_not_be_read_is_blamed_only_once(rule):
    """Blank events, names and dates stand where the reader has reported something already."""
    blank = Event("", UNDATED, "", "", actors=("",), sources=("",), related=("",))
    broken = log(blank, TALKS, blank, actors=[Actor("a", "", aliases=("", ""))])
    spare = [(("actors", "a"), "no event names the actor 'a'")]
    assert findings(rule, broken) == (spare if rule is unused.unused_actor else [])


def test_every_rule_of_the_package_is_listed_once():
    folder = Path(checks.__file__).parent
    modules = [import_module(f"{checks.__name__}.{path.stem}") for path in folder.glob("*.py")]
    written = [
        value
        for module in modules
        for name, value in vars(module).items()
        if isgeneratorfunction(value)
        and value.__module__ == module.__name__
        and [*signature(value).parameters] == ["log"]
        and name[0] != "_"
    ]
    assert sorted(map(code, written)) == sorted(code(rule) for rule, _ in CHECKS)


def test_what_makes_a_log_unusable_is_an_error_and_the_rest_a_warning():
    errors = {code(rule) for rule, level in CHECKS if level is Level.ERROR}
    assert errors == {
        "duplicate-id",
        "unknown-kind",
        "unknown-level",
        "unknown-actor",
        "unknown-source",
        "unknown-related",
        "unknown-standing",
        "unknown-member",
        "shared-member",
        "actor-cycle",
        "missing-source",
        "bad-url",
        "guest-not-present",
        "host-without-guests",
        "host-not-present",
        "host-of-its-own",
        "level-without-levels",
        "unknown-state",
        "foreign-member",
        "open-setting",
        "overlapping-settings",
        "list-of-no-day",
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
    assert findings(names.duplicate_id, double) == [
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
    found = findings(events.duplicate_event, log(TALKS, second))
    assert found == ([(("events", 1, "title"), "nearly the same event as 'talks'")] * same)


def test_three_times_the_same_are_two_findings():
    three = log(TALKS, TALKS._replace(id="second"), TALKS._replace(id="third"))
    assert found_paths(events.duplicate_event, three) == [
        ("events", 1, "title"),
        ("events", 2, "title"),
    ]


def test_three_words_of_five_are_enough_to_be_nearly_the_same():
    pair = log(TALKS._replace(title="a b c d"), TALKS._replace(id="second", title="a b c e"))
    assert len(found_paths(events.duplicate_event, pair)) == 1


# -- what is not in the tables


def test_an_unknown_name_is_offered_the_nearest():
    unknown = log(TALKS._replace(kind="visti", actors=("ruritana",), sources=("x",)))
    assert findings(names.unknown_kind, unknown) == [
        (("events", 0, "kind"), "unknown kind 'visti'; did you mean 'visit'?")
    ]
    assert findings(names.unknown_actor, unknown) == [
        (("events", 0, "actors", 0), "unknown actor 'ruritana'; did you mean 'ruritania'?")
    ]
    assert findings(names.unknown_source, unknown) == [
        (("events", 0, "sources", 0), "unknown source 'x'")
    ]


def test_an_unknown_name_is_quoted_up_to_eighty_characters():
    ((_, message),) = findings(names.unknown_kind, log(TALKS._replace(kind="x" * 500)))
    assert message == f"unknown kind '{'x' * 80}'..."


def test_of_many_unknown_names_only_the_first_fifty_are_offered_the_nearest():
    """Comparing thousands of names with thousands takes minutes, and nobody reads the offers."""
    many = log(*(TALKS._replace(id=f"e{number}", kind="visti") for number in range(52)))
    offers = ["did you mean" in found.message for found in names.unknown_kind(many)]
    assert offers == [True] * 50 + [False] * 2


def test_an_actor_of_nobody_and_a_source_that_relays_nobody_are_found():
    strays = log(
        TALKS,
        actors=[Actor("rudolf", "Rudolf", of="nobody")],
        sources=[Source("radio", "News", "Radio", relays="nobody")],
    )
    assert findings(names.unknown_actor, strays) == [
        (("actors", "rudolf", "of"), "unknown actor 'nobody'"),
        (("sources", "radio", "relays"), "unknown actor or publisher 'nobody'"),
    ]


def relaying(name):
    """Make a log in which a source relays somebody."""
    return log(TALKS, sources=[Source("radio", "News", "Radio Strelsau", relays=name)])


@pytest.mark.parametrize("name", ["ruritania", "The Gazette", "Radio Strelsau"])
def test_a_source_relays_an_actor_or_a_publisher_as_the_log_spells_it(name):
    assert findings(names.unknown_actor, relaying(name)) == []


@pytest.mark.parametrize(
    ("name", "offer"),
    [
        ("ruritana", "; did you mean 'ruritania'?"),
        ("The Gazete", "; did you mean 'The Gazette'?"),
        ("the gazette", "; did you mean 'The Gazette'?"),
        ("Ruritania", "; did you mean 'ruritania'?"),  # an actor goes by its id here
        ("Somebody", ""),
    ],
)
def test_who_is_relayed_and_unknown_is_offered_the_nearest_actor_and_publisher(name, offer):
    message = f"unknown actor or publisher '{name}'{offer}"
    assert findings(names.unknown_actor, relaying(name)) == [
        (("sources", "radio", "relays"), message)
    ]


def test_an_actor_and_a_publisher_that_are_both_near_are_both_offered():
    near = log(
        TALKS,
        actors=[Actor("radio-strelsa", "The radio's people")],
        sources=[Source("radio", "News", "Radio Strelsau", relays="Radio Strels")],
    )
    ((_, message),) = findings(names.unknown_actor, near)
    assert message.endswith("; did you mean 'radio-strelsa' or 'Radio Strelsau'?")


def test_an_event_is_related_to_another_of_the_log():
    second = TALKS._replace(id="second", related=("talks", "second", "third"))
    assert findings(names.unknown_related, log(TALKS, second)) == [
        (("events", 1, "related", 1), "'second' is related to itself"),
        (("events", 1, "related", 2), "unknown event 'third'"),
    ]


def test_an_event_without_a_source_is_named_by_id_or_title():
    unsourced = TALKS._replace(sources=())
    assert findings(sources.missing_source, log(unsourced, unsourced._replace(id=""))) == [
        (("events", 0, "sources"), "'talks' cites no source"),
        (("events", 1, "sources"), "'They meet in the old town' cites no source"),
    ]


# -- the tree of actors


def test_a_tree_is_no_cycle_and_a_member_of_a_cycle_is_none_of_it():
    tree = [Actor("b", "B", of="ruritania"), Actor("c", "C", of="b"), Actor("d", "D", of="b")]
    assert findings(names.actor_cycle, log(TALKS, actors=tree)) == []
    circle = [Actor("b", "B", of="c"), Actor("c", "C", of="b"), Actor("d", "D", of="b")]
    assert findings(names.actor_cycle, log(TALKS, actors=circle)) == [
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
    assert findings(sources.bad_url, with_url(url)) == []
    assert findings(sources.bare_url, with_url(url)) == []


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
    message = f"{quoted(url)} is no http(s) address"
    assert findings(sources.bad_url, with_url(url)) == [(("sources", "page", "url"), message)]
    assert findings(sources.bare_url, with_url(url)) == []


@pytest.mark.parametrize("url", ["https://gazette.example", "http://s", "https://gazette.example/"])
def test_the_front_page_of_a_site_is_not_what_was_read(url):
    host = url.split("/")[2]
    assert findings(sources.bad_url, with_url(url)) == []
    assert findings(sources.bare_url, with_url(url)) == [
        (("sources", "page", "url"), f"'{host}' is a bare domain")
    ]


def test_a_long_address_is_quoted_in_part():
    ((_, message),) = findings(sources.bad_url, with_url("x" * 500))
    assert message == f"'{'x' * 80}'... is no http(s) address"
    ((_, message),) = findings(sources.bare_url, with_url("http://" + "x" * 500))
    assert message == f"'{'x' * 80}'... is a bare domain"


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
    found = findings(names.shared_name, pair)
    path = ("actors", "second", "aliases", 1)
    assert found == ([(path, f"'{other}' is also a name of 'first'")] * shared)


def test_the_name_of_one_actor_must_not_be_the_id_of_another():
    pair = log(TALKS, actors=[Actor("georgia", "The state"), Actor("sakartvelo", "Georgia")])
    assert findings(names.shared_name, pair) == [
        (("actors", "sakartvelo", "name"), "'Georgia' is also a name of 'georgia'")
    ]


def test_one_actor_may_bear_a_name_twice():
    twice = log(TALKS, actors=[Actor("zoe", "Zoë", aliases=("Zoe", "ZOE"))])
    assert findings(names.shared_name, twice) == []


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
    found = found_paths(sources.premature_source, published(event_date, *days))
    assert found == [("events", 0, "sources")] * premature


def test_a_premature_source_is_said_to_be_so_with_its_day():
    ((_, message),) = findings(sources.premature_source, published("2020-03-08", "2020-02"))
    assert message == "every source was published before the event, the last on 2020-02-29"


def test_an_unknown_source_is_nobodys_date():
    event = TALKS._replace(sources=("nothing",))
    assert findings(sources.premature_source, log(event)) == []


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
    assert findings(unused.unused_actor, used) == [
        (("actors", "porter"), "no event names the actor 'porter'")
    ]


def test_an_unused_source_and_an_unused_kind_are_found():
    spare = log(TALKS, sources=[Source("radio", "News", "Radio")], kinds=("visit", "war"))
    assert findings(unused.unused_source, spare) == [
        (("sources", "radio"), "no event cites the source 'radio'")
    ]
    assert findings(unused.unused_kind, spare) == [
        (("kinds", "war"), "no event is of the kind 'war'")
    ]


def test_who_is_a_guest_or_host_has_a_member_or_makes_a_list_is_used():
    actors = [Actor(id, id) for id in ("guest", "host", "owner", "lister", "nobody")]
    visit = TALKS._replace(guests=("guest",), host=("host",))
    made = follow({"zenda": Member("zenda", "Embassy", of="owner")}, visit, actors=actors)
    listing = Listing(parse("2020-01-01"), "embassies", "open", "lister", ("zenda",), ("radio",))
    pages = {**made.sources, "radio": Source("radio", "News", "Radio")}
    used = made._replace(lists=(listing,), sources=pages)
    assert found_paths(unused.unused_actor, used) == [("actors", "nobody")]
    assert found_paths(unused.unused_source, used) == []
    assert found_paths(unused.unused_source, used._replace(lists=())) == [("sources", "radio")]


def test_a_member_is_used_by_an_event_or_a_list():
    members = {id: Member(id, id) for id in ("a", "b", "c")}
    listing = Listing(parse("2020-01-01"), "embassies", "open", "ruritania", ("b",))
    told = follow(members, TALKS._replace(sets=(("a", "open"),)))._replace(lists=(listing,))
    assert findings(unused.unused_member, told) == [
        (("standings", "embassies", "members", "c"), "no event and no list tells of 'c'")
    ]


# -- visits


def visit(actors, guests, host, level=None):
    """Make a log with a visit, in which Rudolf and his office belong to Ruritania."""
    people = [
        Actor("office", "Office", of="ruritania"),
        Actor("rudolf", "Rudolf", of="office"),
        Actor("strelsau", "Strelsau"),
        Actor("flavia", "Flavia", of="strelsau"),
    ]
    event = TALKS._replace(actors=actors, guests=guests, host=host, level=level)
    return log(event, actors=people)


@pytest.mark.parametrize(
    ("actors", "guests", "host"),
    [
        (("rudolf", "strelsau"), ("rudolf",), ("strelsau",)),
        (("rudolf", "flavia"), ("rudolf",), ("strelsau",)),  # whom she belongs to is host
        (("rudolf", "flavia"), ("rudolf",), ("flavia",)),
        (("rudolf", "flavia"), ("rudolf", "flavia"), ()),  # at a third place
        (("rudolf", "flavia"), (), ()),
        (("ruritania", "flavia"), ("flavia",), ("ruritania",)),
    ],
)
def test_guests_are_present_and_received_by_others(actors, guests, host):
    sound = visit(actors, guests, host)
    assert [found for rule in visits.ERRORS for found in rule(sound)] == []


@pytest.mark.parametrize(
    ("actors", "guests", "host", "rule", "message"),
    [
        (
            ("ruritania", "strelsau"), ("rudolf",), ("strelsau",),
            "guest-not-present", "the guest 'rudolf' is not among the actors",
        ),
        (
            ("rudolf", "ruritania"), ("rudolf",), ("strelsau",),
            "host-not-present",
            "the host 'strelsau' is not among the actors, nor is a member of it",
        ),
        (
            ("rudolf", "strelsau"), ("rudolf",), ("flavia",),  # her state is there, she is not
            "host-not-present",
            "the host 'flavia' is not among the actors, nor is a member of it",
        ),
        (
            ("rudolf", "strelsau"), ("rudolf",), ("ruritania",),
            "host-of-its-own", "the guest 'rudolf' is received by their own 'ruritania'",
        ),
        (
            ("ruritania", "rudolf"), ("ruritania",), ("rudolf",),
            "host-of-its-own", "the guest 'ruritania' is received by their own 'rudolf'",
        ),
        (
            ("rudolf", "strelsau"), (), ("strelsau",),
            "host-without-guests", "the event has a host and no guests",
        ),
    ],
)  # fmt: skip
def test_a_visit_that_cannot_be(actors, guests, host, rule, message):
    wrong = visit(actors, guests, host)
    found = [(code(rule), found.message) for rule in visits.ERRORS for found in rule(wrong)]
    assert found == [(rule, message)]


def test_a_level_is_one_of_the_log_which_puts_them_in_order():
    without = visit(("rudolf",), (), (), "king")
    message = "the event has the level 'king', and the log has no 'levels'"
    assert findings(visits.level_without_levels, without) == [(("events", 0, "level"), message)]
    assert findings(names.unknown_level, without) == []
    among = without._replace(levels={"kin": "A relative"})
    assert findings(visits.level_without_levels, among) == []
    assert findings(names.unknown_level, among) == [
        (("events", 0, "level"), "unknown level 'king'; did you mean 'kin'?")
    ]
    assert findings(unused.unused_level, among) == [
        (("levels", "kin"), "no event is of the level 'kin'")
    ]


# -- standings


def follow(members, *events, actors=()):
    """Make a log that follows the members of one standing."""
    embassies = Standing("embassies", "Embassies", ("open", "closed"), members)
    return log(*events, actors=actors)._replace(standings={"embassies": embassies})


def setting(*dates):
    """Make a log whose events set one member again and again."""
    events = [
        TALKS._replace(id=f"e{number}", date=parse(date), sets=(("zenda", "open"),))
        for number, date in enumerate(dates)
    ]
    return follow({"zenda": Member("zenda", "Embassy")}, *events)


@pytest.mark.parametrize(
    ("dates", "overlapping"),
    [
        (["2020-03-08", "2020-03-09"], []),
        (["2020-03", "2020-04"], []),
        (["2020-03", "2020-03-31"], [1]),
        (["2020-03-08", "2020-03-08"], [1]),
        (["2020", "2020-02", "2020-04", "2021"], [1, 2]),  # each is within the first
        (["2020-03-31", "2020-03"], [0]),  # whatever their order in the file
        (["2020-03~", "2020-04"], []),
        (["2020-01/..", "2021"], []),  # an open end is blamed alone
        (["../2020", "2019"], [1]),
    ],
)
def test_events_with_overlapping_dates_do_not_set_one_member(dates, overlapping):
    found = found_paths(standings.overlapping_settings, setting(*dates))
    assert found == [("events", index, "sets", "zenda") for index in overlapping]


@pytest.mark.parametrize("date", ["2020/..", "2020/", "[2020..]"])
def test_an_event_that_sets_a_state_has_a_last_day(date):
    message = f"the event sets a state, and {date} has no last day"
    assert findings(standings.open_setting, setting(date)) == [(("events", 0, "date"), message)]


@pytest.mark.parametrize("date", ["../2020", "2020-03~", "[..2020]"])
def test_an_event_may_set_a_state_from_an_unknown_first_day_on(date):
    assert findings(standings.open_setting, setting(date)) == []


@pytest.mark.parametrize(
    ("date", "sound"), [("2020-03-08", True), ("2020-03-08?", True), ("2020-03", False)]
)
def test_a_list_is_of_one_day(date, sound):
    listing = Listing(parse(date), "embassies", "open", "ruritania", ("zenda",))
    found = findings(standings.list_of_no_day, setting("2020")._replace(lists=(listing,)))
    message = f"a list is of one day, and {date} is not one"
    assert found == [] if sound else [(("lists", 0, "on"), message)]


def test_a_list_of_a_standing_or_state_that_is_not_there_is_blamed_once():
    sound = Listing(parse("2019-01-01"), "embassies", "open", "ruritania", ("zenda",))
    for wrong in (sound._replace(is_="shut"), sound._replace(of="embassy"), sound._replace(of="")):
        broken = setting("2020")._replace(lists=(sound, wrong))
        assert found_paths(standings.list_differs, broken) == []


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
    assert findings(events.out_of_order, pair) == expected


def test_a_date_that_could_not_be_read_is_in_nobodys_way():
    undated, early = TALKS._replace(date=UNDATED), TALKS._replace(date=parse("../1999"))
    assert findings(events.out_of_order, log(TALKS, undated, early)) == []


# -- reading direction


CONTROLS = ["\u202e", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c"]


def texts_of(record):
    """Give the names of a record's fields that hold a free text."""
    return [field.name for field in fields(record) if field.form.what in ("text", "account")]


@pytest.mark.parametrize("char", CONTROLS)
@pytest.mark.parametrize("field", texts_of(Event))
def test_a_bidirectional_control_in_an_event_is_found_in_its_field(field, char):
    turned = log(TALKS._replace(**{field: f"a{char}b"}))
    message = f"the text holds the bidirectional control U+{ord(char):04X}"
    assert findings(texts.bidi_control, turned) == [(("events", 0, field), message)]


@pytest.mark.parametrize("field", texts_of(Source))
def test_a_bidirectional_control_in_a_source_is_found_in_its_field(field):
    page = Source("page", "Page", "P")._replace(**{field: "a\u202eb"})
    turned = log(TALKS, sources=[page])
    assert found_paths(texts.bidi_control, turned) == [("sources", "page", field)]


def test_a_bidirectional_control_in_a_name_is_found():
    actor = Actor("rudolf", "a\u202eb", aliases=("b", "\u202ec"))
    assert found_paths(texts.bidi_control, log(TALKS, actors=[actor])) == [
        ("actors", "rudolf", "aliases", 1),
        ("actors", "rudolf", "name"),
    ]


def test_a_bidirectional_control_in_the_title_of_a_log_or_the_meaning_of_a_kind_is_found():
    turned = log(TALKS)._replace(title="A\u202e", kinds={"visit": "B\u2066"})
    assert found_paths(texts.bidi_control, turned) == [("kinds", "visit"), ("title",)]


def test_right_to_left_text_without_controls_is_fine():
    hebrew = log(TALKS._replace(title="שלום", note="مرحبا"))
    assert findings(texts.bidi_control, hebrew) == []
