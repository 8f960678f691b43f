"""Finding what someone means by a name."""

import pytest

from nktimeline.names import UnknownName, actor_names, find, near

NAMES = {
    "north-korea": ("North Korea", "DPRK", "북한", "КНДР"),
    "kim-jong-un": ("Kim Jong Un", "김정은"),
    "kim-yo-jong": ("Kim Yo Jong",),
    "zoe": ("Zoë Ångström",),
    "star": ("★",),
    "sun": ("☼",),
    "un": ("United Nations", "Kim"),
}


@pytest.mark.parametrize(
    ("word", "id"),
    [
        ("north-korea", "north-korea"),
        ("North Korea", "north-korea"),
        ("NORTHKOREA", "north-korea"),
        ("north_korea", "north-korea"),
        ("dprk", "north-korea"),
        ("북한", "north-korea"),
        ("кндр", "north-korea"),
        ("Kim Jong-un", "kim-jong-un"),
        ("김정은", "kim-jong-un"),
        ("zoe angstrom", "zoe"),
        ("ZOË ÅNGSTRÖM", "zoe"),
        ("★", "star"),
        ("kim-j", "kim-jong-un"),  # the unique beginning of an id
        ("Kim Y", "kim-yo-jong"),
        ("n", "north-korea"),
        ("su", "sun"),
        ("un", "un"),  # exact, though it ends another id
        ("kim", "un"),  # a name comes before the beginning of an id
    ],
)
def test_an_actor_is_found_by_id_name_alias_or_the_beginning_of_the_id(word, id):
    assert find("actor", word, NAMES) == id


def test_an_exact_id_wins_over_names_like_it():
    assert find("actor", "un", {"un": (), "UN": (), "other": ("un",)}) == "un"
    assert find("actor", "UN", {"un": (), "UN": ()}) == "UN"


@pytest.mark.parametrize(
    ("word", "message", "offered"),
    [
        ("s", "actor 's' is not one but several: 'star', 'sun'", ("star", "sun")),
        ("ki", "actor 'ki' is not one but several: 'kim-jong-un', 'kim-yo-jong'", None),
        ("North Koera", "actor 'North Koera' is unknown; did you mean 'North Korea'?", None),
        ("zoe angstrum", "actor 'zoe angstrum' is unknown; did you mean 'Zoë Ångström'?", None),
        ("xyzzy", "actor 'xyzzy' is unknown", ()),
        ("orea", "actor 'orea' is unknown", ()),  # the middle of a name is not enough
        ("☾", "actor '☾' is unknown", ()),
        ("", "actor '' is unknown", ()),
    ],
)
def test_an_unknown_or_ambiguous_word_is_refused_with_what_may_be_meant(word, message, offered):
    with pytest.raises(UnknownName) as refused:
        find("actor", word, NAMES)
    assert str(refused.value) == message
    if offered is not None:
        assert refused.value.near == offered


def test_two_actors_of_one_name_are_ambiguous():
    with pytest.raises(UnknownName, match="not one but several: 'b', 'a'"):
        find("actor", "same", {"b": ("Same",), "a": ("SAME",)})


def test_of_many_that_may_be_meant_eight_are_listed():
    names = {f"kim-{number:02}": () for number in range(12)}
    with pytest.raises(UnknownName) as refused:
        find("actor", "kim", names)
    assert str(refused.value).endswith("'kim-06', 'kim-07', ...")
    assert len(refused.value.near) == 12
    with pytest.raises(UnknownName) as refused:
        find("actor", "kim", dict(list(names.items())[:8]))
    assert str(refused.value).endswith("'kim-06', 'kim-07'")


def test_the_nearest_words_come_first_each_in_its_own_spelling():
    assert near("visti", ["Visit", "visits", "fist", "talks"]) == ["Visit", "visits", "fist"]
    assert near("visti", ["Visit", "visits", "fist"], 1) == ["Visit"]
    assert near("visti", []) == []
    assert near("tálks", ["talks", "TALKS"]) == ["talks"]


def test_a_very_long_word_is_like_nothing():
    assert near("x" * 100_000, ["talks", "x" * 100]) == ["x" * 100]


def test_the_names_of_a_logs_actors_are_their_name_and_aliases(tiny):
    names = actor_names(tiny)
    assert list(names) == list(tiny.actors)
    assert names["hanbit"] == ("한빛 군도", "Hanbit Isles", "Архипелаг Ханбит")
    assert names["pilot-service"] == ("Pilot Service",)
