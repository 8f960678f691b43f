"""Finding what someone means by a name."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nktimeline.names import (
    Found,
    Nearest,
    UnknownName,
    actor_names,
    by_key,
    events_of,
    find,
    meant,
)

NAMES = {
    "north-korea": ("North Korea", "DPRK", "북한", "КНДР"),
    "south-korea": ("South Korea", "Republic of Korea"),
    "korean-air": ("Korean Air",),
    "kim-jong-un": ("Kim Jong Un", "김정은"),
    "kim-yo-jong": ("Kim Yo Jong",),
    "xi-jinping": ("Xi Jinping",),
    "walesa": ("Lech Wałęsa",),
    "zoe": ("Zoë Ångström",),
    "paris": ("パリ",),
    "bali": ("バリ",),
    "ram": ("राम",),
    "rome": ("रोम",),
    "star": ("★",),
    "sun": ("☼",),
    "un": ("United Nations", "Jong"),
}


@pytest.mark.parametrize(
    ("word", "id"),
    [
        ("north-korea", "north-korea"),
        ("North Korea", "north-korea"),
        ("NORTHKOREA", "north-korea"),
        ("north_korea", "north-korea"),
        ("D.P.R.K.", "north-korea"),
        ("북한", "north-korea"),
        ("кндр", "north-korea"),
        ("Kim Jong-un", "kim-jong-un"),
        ("김정은", "kim-jong-un"),
        ("lech walesa", "walesa"),
        ("zoe angstrom", "zoe"),
        ("ZOË ÅNGSTRÖM", "zoe"),
        ("バリ", "bali"),
        ("राम", "ram"),
        ("★", "star"),
        ("un", "un"),  # exact, though it ends another id
        ("jong", "un"),  # an exact name comes before whole words of others
    ],
)
def test_an_actor_is_found_by_id_name_or_alias_however_it_is_written(word, id):
    assert find("actor", word, NAMES) == Found("actor", word, id, exact=True)
    assert find("actor", word, NAMES).note == ""


@pytest.mark.parametrize(
    ("word", "id"),
    [
        ("xi", "xi-jinping"),  # a whole word of a name
        ("Republic", "south-korea"),
        ("walesa l", None),  # words in another order are none of the name's
        ("kim-j", "kim-jong-un"),  # the beginning of an id
        ("Kim Y", "kim-yo-jong"),
        ("dpr", "north-korea"),  # of an alias
        ("リ", None),  # in these scripts every letter is a word, and this one is in two names
        ("パ", "paris"),
        ("wal", "walesa"),
        ("su", "sun"),
        ("korean", "korean-air"),
    ],
)
def test_whole_words_or_the_beginning_of_a_name_will_do_where_they_are_unique(word, id):
    if id is None:
        with pytest.raises(UnknownName):
            find("actor", word, NAMES)
    else:
        assert find("actor", word, NAMES) == Found("actor", word, id, exact=False)


def test_what_was_taken_for_a_name_can_be_told():
    tags = {"embassy-closures-2023": (), "emblems": ()}
    found = find("tag", "embassy", tags)
    assert found.note == "tag 'embassy' was taken as 'embassy-closures-2023'"


def test_whole_words_of_an_id_count_only_at_its_beginning():
    tags = {"embassy-closures": (), "embassyx": (), "new-embassy": (), "closures-of-2023": ()}
    assert find("tag", "embassy", tags).id == "embassy-closures"
    assert find("tag", "closures", tags).id == "closures-of-2023"


def test_an_exact_id_wins_over_names_like_it():
    assert find("actor", "un", {"un": (), "UN": (), "other": ("un",)}).id == "un"
    assert find("actor", "UN", {"un": (), "UN": ()}).id == "UN"


@pytest.mark.parametrize(
    ("word", "message", "offered"),
    [
        ("s", "ambiguous: South Korea (south-korea), ★ (star), ☼ (sun)", None),
        (
            "korea",  # as a whole word, so that Korean Air is not meant
            "ambiguous: North Korea (north-korea), South Korea (south-korea)",
            ("north-korea", "south-korea"),
        ),
        ("ki", "ambiguous: Kim Jong Un (kim-jong-un), Kim Yo Jong (kim-yo-jong)", None),
        ("North Koera", "unknown; did you mean 'North Korea', 'South Korea'?", None),
        ("zoe angstrum", "unknown; did you mean 'Zoë Ångström'?", ("Zoë Ångström",)),
        ("xyzzy", "unknown", ()),
        ("orea", "unknown; did you mean 'North Korea'?", None),  # the middle is not enough
        ("☾", "unknown", ()),
        ("", "unknown", ()),
        ("--", "unknown", ()),
    ],
)
def test_an_unknown_or_ambiguous_word_is_refused_with_what_may_be_meant(word, message, offered):
    with pytest.raises(UnknownName) as refused:
        find("actor", word, NAMES)
    assert str(refused.value).startswith(f"actor '{word}' is {message.partition(' did')[0]}")
    if offered is not None:
        assert str(refused.value) == f"actor '{word}' is {message}"
        assert refused.value.near == offered


def test_of_those_that_may_be_meant_the_busiest_comes_first():
    events = {"korean-air": 5, "south-korea": 9, "north-korea": 2}
    with pytest.raises(UnknownName) as refused:
        find("actor", "kor", NAMES | {"korfu": ("Korfu",)}, events=lambda id: events.get(id, 0))
    assert refused.value.near == ("korean-air", "korfu")
    with pytest.raises(UnknownName) as refused:
        find("actor", "korea", NAMES, events=lambda id: events[id])
    assert refused.value.near == ("south-korea", "north-korea")


def test_two_actors_of_one_name_are_ambiguous_in_the_order_of_the_log():
    with pytest.raises(UnknownName, match=r"ambiguous: Same \(b\), SAME \(a\)"):
        find("actor", "same", {"b": ("Same",), "a": ("SAME",)})


def test_of_many_that_may_be_meant_eight_are_listed():
    names = {f"kim-{number:02}": () for number in range(12)}
    with pytest.raises(UnknownName) as refused:
        find("event", "kim", names)
    assert str(refused.value).endswith(" kim-06, kim-07, ...")
    assert len(refused.value.near) == 12
    with pytest.raises(UnknownName) as refused:
        find("event", "kim", dict(list(names.items())[:8]))
    assert str(refused.value).endswith(" kim-06, kim-07")


def test_nothing_hides_in_a_message():
    with pytest.raises(UnknownName) as refused:
        find("kind", "fe\u200bst", {"fast": (), "rest": ()})
    assert str(refused.value).startswith(r"kind 'fe\u200bst' is unknown")


@given(st.text(max_size=8), st.lists(st.text(max_size=8), max_size=8))
def test_every_id_is_found_by_itself_and_a_word_gives_an_id_or_is_refused(word, ids):
    names = dict.fromkeys(ids, ())
    assert all(find("kind", id, names).id == id for id in ids)
    try:
        possible = (find("kind", word, names).id,)
    except UnknownName as refused:
        possible = refused.near
    assert set(possible) <= set(ids)


def test_exact_names_can_be_looked_up_at_once():
    ids = by_key({"un": ("U.N.",), "kim": ("Kim",), "kim-2": ("KIM",)})
    assert ids == {"un": ["un"], "kim": ["kim", "kim-2"], "kim2": ["kim-2"]}


# -- likeness


def test_the_nearest_words_come_first_each_in_its_own_spelling():
    assert Nearest(["Visit", "visits", "fist", "talks"]).to("visti") == ["Visit", "visits", "fist"]
    assert Nearest(["Visit", "visits", "fist"]).to("visti", 1) == ["Visit"]
    assert Nearest([]).to("visti") == []
    assert Nearest(["talks", "TALKS"]).to("tálks") == ["talks"]
    assert meant("visti", ["visit"]) == "; did you mean 'visit'?"
    assert meant("visti", ["talks"]) == ""


def test_a_very_long_word_is_like_nothing():
    assert Nearest(["talks", "x" * 100]).to("x" * 100_000) == ["x" * 100]


@pytest.mark.parametrize("change", ["", "x", "-"])
def test_among_ten_thousand_alike_the_right_one_is_offered(change):
    nearest = Nearest(f"event-that-happened-{number}" for number in range(10_000))
    for number in (0, 7, 1234, 9999):
        (offered,) = nearest.to(f"event-that-hapened-{number}{change}", 1)
        assert offered == f"event-that-happened-{number}"


@pytest.mark.slow
def test_fifty_offers_among_a_hundred_thousand_words_take_no_minutes():
    begun = time.process_time()
    nearest = Nearest(f"event-that-happened-{number}" for number in range(100_000))
    assert all(nearest.offer(f"event-that-hapened-{number}x") for number in range(50))
    assert time.process_time() - begun < 10  # it takes one or two; held against all, a hundred


# -- what a log has


def test_the_names_of_a_logs_actors_are_their_name_and_aliases(tiny):
    names = actor_names(tiny)
    assert list(names) == list(tiny.actors)
    assert names["hanbit"] == ("한빛 군도", "Hanbit Isles", "Архипелаг Ханбит")
    assert names["pilot-service"] == ("Pilot Service",)


@pytest.mark.parametrize(
    ("what", "id"), [("kind", "treaty"), ("tag", "fog"), ("status", "disputed"), ("event", "toast")]
)
def test_the_events_of_a_kind_tag_status_or_id_are_counted(tiny, what, id):
    named = {
        "kind": lambda event: event.kind == id,
        "tag": lambda event: id in event.tags,
        "status": lambda event: event.status == id,
        "event": lambda event: event.id == id,
    }
    assert events_of(tiny, what)(id) == len([e for e in tiny.events if named[what](e)]) > 0
    assert events_of(tiny, what)("none") == 0


def test_the_events_of_an_actor_are_also_those_of_its_members(tiny):
    count = events_of(tiny, "actor")
    assert tiny.actors["harbour-office"].of == "tidewater"
    assert count("tidewater") == sum(
        not tiny.tree("tidewater").isdisjoint(event.actors) for event in tiny.events
    )
    assert count("tidewater") > count("harbour-office") > 0
