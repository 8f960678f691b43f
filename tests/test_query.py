"""What can be asked of a log: each filter alone, together, and when a date is not exact."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nktimeline.dates import DateError, Days, Match, Window, parse
from nktimeline.model import STATUSES, Event, Log
from nktimeline.names import UnknownName
from nktimeline.query import FILTERS, Filters, Query, query, reach, reasons, settle

TODAY = date(2024, 3, 31)
OF_DAYS = ("since", "until", "on", "certain", "as_known")


def query_of(log, filters, today=TODAY):
    """Return what filters come to on a day."""
    return query(log, settle(log, Filters(**filters), today).filters)


def ask(log, **filters):
    """Select from a log with filters as they are written."""
    return log.keep(query_of(log, filters))


@pytest.fixture(scope="module")
def asked(tiny):
    """Return `asked(on=("2020",), ...)`: the ids of a selection, possible ones marked with ≈."""

    def ids(**filters):
        kept = ask(tiny, **filters)
        return [f"{'≈' * (event.id in kept.marks)}{event.id}" for event in kept.events]

    return ids


# -- nothing asked


def test_the_empty_query_lets_everything_through(tiny):
    assert ask(tiny) == tiny
    assert query_of(tiny, {}) == Query()


def test_each_filter_asks_for_days_or_is_read_by_the_table():
    assert {*OF_DAYS, *FILTERS} == {*Filters._fields}
    assert not {*OF_DAYS} & {*FILTERS}


# -- when


def test_since_is_the_first_day_and_on(asked):
    assert asked(since=("2023",)) == [
        "lamps-lit",
        "toast",
        "lamp-watch",
        "closed-strait",
        "last-lamp",
    ]


def test_until_is_the_last_day_and_before(asked):
    assert asked(until=("2019-06",)) == [
        "ferry-runs",
        "first-chart",
        "≈guild-founded",
        "≈year-of-fog",
        "spring-talks",
        "draft-charter",
        "quarter-toll",
    ]


def test_a_window_has_both_its_days_and_nothing_outside(asked):
    assert asked(since=("2020-06-04",), until=("2020-06-04",)) == ["four-days"]
    assert asked(since=("2020-06-05",), until=("2020-07",)) == []


def test_what_only_could_fall_inside_is_kept_and_marked(asked):
    assert asked(since=("2020",), until=("2021-05-04",)) == [
        "missing-pilot",
        "four-days",
        "fog-treaty",
        "≈lamp-theft",  # some day of 2021
        "≈lights-out",  # 5 May 2021, or a day earlier or later
    ]
    assert asked(since=("2020-02-05",), until=("2020-08-31",)) == [
        "≈missing-pilot",  # one of two days
        "four-days",
        "≈fog-treaty",  # about September
    ]


def test_certain_drops_what_only_could_fall_inside(asked):
    assert asked(since=("2020",), until=("2021-05-04",), certain=True) == [
        "missing-pilot",
        "four-days",
        "fog-treaty",
    ]


def test_an_open_end_holds_and_an_unknown_one_could(asked):
    assert asked(since=("2024-03",)) == ["lamp-watch", "≈closed-strait"]
    assert asked(until=("1999",)) == ["ferry-runs", "first-chart"]


def test_on_means_within_these_days_and_repeating_it_widens(asked):
    assert asked(on=("2020-06",)) == ["four-days"]
    assert asked(on=("2019-03-11",)) == [
        "≈guild-founded",
        "≈year-of-fog",
        "≈spring-talks",
        "≈draft-charter",
    ]
    assert asked(on=("2020-06", "2024-02-29")) == [
        "four-days",
        "lamp-watch",
        "≈closed-strait",
        "last-lamp",
    ]


def test_on_narrows_what_since_and_until_leave(asked):
    assert asked(on=("2020-06",), since=("2020-06-02",)) == ["four-days"]
    assert asked(on=("2020-06",), since=("2020-07",)) == []
    assert asked(on=("2021",), since=("2021-05-05",)) == ["≈lamp-theft", "≈lights-out"]


def test_of_several_days_the_surest_answer_counts(asked):
    assert asked(on=("2021-03", "2021")) == ["lamp-theft", "lights-out"]
    assert asked(on=("2021", "2021-03")) == ["lamp-theft", "lights-out"]


VAGUE = """
title: T
kinds: {k: K}
actors: {a: {name: A}}
sources: {s: {title: T, publisher: P}}
events:
  - {id: year, date: 2023, title: Some day of 2023, kind: k, actors: [a], sources: [s]}
  - {id: month, date: 2023-10, title: In October, kind: k, actors: [a], sources: [s]}
  - {id: one-of, date: "[2023-11-05, 2024-02-03]", title: One of two days, kind: k, actors: [a],
     sources: [s]}
"""


@pytest.mark.parametrize(
    ("filters", "sure", "possible"),
    [
        # no day is in both
        ({"since": ("2023-10-20",), "on": ("2023-10-01/2023-10-05",)}, [], []),
        ({"since": ("2023-10-05",), "on": ("2023-10-01/2023-10-05",)}, [], ["year", "month"]),
        # four quarters are a year
        ({"on": ("2023Q1", "2023Q2", "2023Q3", "2023Q4")}, ["year", "month"], ["one-of"]),
        ({"on": ("2023-10-01..2023-10-15", "2023-10-16..2023-10-31")}, ["month"], ["year"]),
        # of a set only its own days count
        ({"on": ("2023-12",)}, [], ["year"]),
        ({"on": ("2023-11-05", "2024-02-03")}, ["one-of"], ["year"]),
        ({"on": ("[2023-11-05, 2024-02-03]",)}, ["one-of"], ["year"]),
        # what people write
        ({"since": ("Nov 2023",), "until": ("31 January 2024",)}, [], ["year", "one-of"]),
        ({"on": ("last quarter",)}, ["month"], ["year", "one-of"]),
        ({"on": ("XXXX-02",)}, [], ["year", "one-of"]),
        ({"on": ("XXXX-02",), "since": ("2024",)}, [], ["one-of"]),
    ],
)
def test_possible_and_sure_are_judged_for_all_days_together(log, filters, sure, possible):
    kept = ask(log(VAGUE), **filters)
    assert [event.id for event in kept.events if event.id not in kept.marks] == sure
    assert [event.id for event in kept.events if event.id in kept.marks] == possible


@pytest.mark.parametrize(
    ("since", "until", "asked"),
    [
        (None, None, Window()),
        ("2023", None, Window(date(2023, 1, 1), date.max)),
        (None, "2023", Window(date.min, date(2023, 12, 31))),
        ("2023Q3", "2023Q3", Window(date(2023, 7, 1), date(2023, 9, 30))),
        ("90d", "today", Window(date(2024, 1, 1), TODAY)),
        ("yesterday", "yesterday", Window(date(2024, 3, 30), date(2024, 3, 30))),
        ("1m", None, Window(date(2024, 2, 29), date.max)),
        ("2y", "1y", Window(date(2022, 3, 31), date(2023, 3, 31))),
        ("2020-01/..", None, Window(date(2020, 1, 1), date.max)),
        (None, "../2020", Window(date.min, date(2020, 12, 31))),
        ("2023-10~", "2023-10~", Window(date(2023, 9, 1), date(2023, 11, 30))),
        ("2023", "2023-01-01", Window(date(2023, 1, 1), date(2023, 1, 1))),
    ],
)
def test_since_and_until_both_widen(tiny, since, until, asked):
    filters = {"since": (since,) if since else (), "until": (until,) if until else ()}
    assert query_of(tiny, filters).days == Days((asked,))


def test_repeating_since_or_until_widens(tiny):
    filters = {"since": ("2021", "2020"), "until": ("2020", "2022")}
    assert query_of(tiny, filters).days == Days((Window(date(2020, 1, 1), date(2022, 12, 31)),))


def test_a_window_that_ends_before_it_begins_is_refused(tiny):
    with pytest.raises(
        DateError, match="the window from 2023 until 2022-12-31 ends before it begins"
    ):
        query_of(tiny, {"since": ("2023",), "until": ("2022-12-31",)})


@pytest.mark.parametrize("filters", [{"since": ("soon",)}, {"until": ("",)}, {"on": ("2020", "x")}])
def test_a_filter_that_is_no_date_is_refused(tiny, filters):
    with pytest.raises(DateError, match="is not a date we can read"):
        query_of(tiny, filters)


# -- who


def test_an_actor_takes_in_its_members(asked):
    assert asked(actor=("harbour-office",)) == [
        "spring-talks",
        "draft-charter",
        "quarter-toll",
        "missing-pilot",
        "toast",
        "lamp-watch",
        "last-lamp",
    ]
    assert asked(actor=("The Pilot",)) == [
        "spring-talks",
        "draft-charter",
        "missing-pilot",
        "toast",
        "last-lamp",
    ]


def test_repeating_an_actor_widens_and_with_narrows(asked):
    assert asked(actor=("lantern-guild", "zoe")) == [
        "guild-founded",
        "spring-talks",
        "draft-charter",
        "quarter-toll",
        "missing-pilot",
        "four-days",
        "lamp-theft",
        "toast",
        "last-lamp",
    ]
    assert asked(actor=("lantern-guild",), companion=("tidewater",)) == [
        "quarter-toll",
        "four-days",
    ]
    assert asked(actor=("lantern-guild",), companion=("tidewater", "hanbit")) == ["four-days"]
    assert asked(companion=("kim-byeol", "zoe")) == ["spring-talks", "toast", "last-lamp"]


def test_without_an_actor_is_without_its_members_too(asked):
    assert asked(not_actor=("tidewater", "hanbit")) == [
        "first-chart",
        "year-of-fog",
        "lamp-theft",
        "closed-strait",
    ]
    assert asked(actor=("hanbit",), not_actor=("harbour-office",)) == [
        "ferry-runs",
        "guild-founded",
        "four-days",
        "fog-treaty",
        "lights-out",
        "lamps-lit",
    ]


# -- what


def test_kinds_widen_and_can_be_left_out(asked, tiny):
    assert asked(kind=("treaty",)) == ["guild-founded", "draft-charter", "fog-treaty", "lamp-watch"]
    assert len(asked(kind=("treaty", "Talks"))) == 8
    assert len(asked(not_kind=("treaty", "talks"))) == len(tiny.events) - 8
    assert asked(kind=("treaty",), not_kind=("treaty",)) == []


def test_tags_widen_and_can_be_left_out(asked, tiny):
    assert asked(tag=("tea",)) == ["four-days", "toast"]
    assert asked(tag=("tea", "ferry")) == ["ferry-runs", "four-days", "toast"]
    assert asked(tag=("charter",), not_tag=("lamps",)) == ["spring-talks", "four-days"]
    assert len(asked(not_tag=("lamps",))) == len(tiny.events) - 7


def test_a_place_is_found_by_a_part_of_its_name_in_any_case(asked):
    assert asked(place=("glass",)) == ["ferry-runs", "lamp-watch", "last-lamp"]
    assert asked(place=("HARBOUR", "한빛")) == [
        "guild-founded",
        "draft-charter",
        "fog-treaty",
        "lights-out",
        "toast",
    ]
    assert asked(place=("nowhere",)) == []


def test_statuses_widen(asked):
    assert asked(status=("reported",)) == ["missing-pilot", "lights-out"]
    assert asked(status=("disputed", "Reported")) == [
        "quarter-toll",
        "missing-pilot",
        "lamp-theft",
        "lights-out",
    ]
    assert len(asked(status=("confirmed",))) == 14


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("fog", ["year-of-fog", "fog-treaty"]),  # in the title
        ("COLOUR OF THE", ["four-days"]),  # in the summary
        ("glass sea", ["ferry-runs", "lamp-watch", "last-lamp"]),  # in the place
        (
            "angstrom",  # in a name, without its accents
            ["spring-talks", "draft-charter", "missing-pilot", "toast", "last-lamp"],
        ),
        ("Архипелаг", []),  # not in an alias
        ("등대", ["lights-out"]),
        ("[sic]", ["draft-charter"]),
        ("listeners", []),  # not in the note
        ("charter", ["draft-charter"]),  # not in a tag
        ("almanac", []),  # not in a source
    ],
)
def test_a_phrase_is_sought_in_title_summary_place_and_names(asked, phrase, found):
    assert asked(grep=(phrase,)) == found


def test_phrases_widen(asked):
    assert asked(grep=("[sic]", "toast")) == ["draft-charter", "toast"]


def test_different_filters_narrow(asked):
    assert asked(actor=("tidewater",), kind=("treaty",), since=("2020",), grep=("watch",)) == [
        "lamp-watch"
    ]
    assert (
        asked(actor=("tidewater",), kind=("treaty",), since=("2020",), status=("disputed",)) == []
    )


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"actor": ("tidewatr",)}, "actor 'tidewatr' is unknown; did you mean 'Tidewater'?"),
        ({"companion": ("xyzzy",)}, "actor 'xyzzy' is unknown"),
        ({"not_actor": ("xyzzy",)}, "actor 'xyzzy' is unknown"),
        ({"kind": ("treatie",)}, "kind 'treatie' is unknown; did you mean 'treaty'?"),
        ({"not_kind": ("t",)}, "kind 't' is ambiguous: talks, treaty"),
        ({"tag": ("laps",)}, "tag 'laps' is unknown; did you mean 'lamps'?"),
        ({"not_tag": ("laps",)}, "tag 'laps' is unknown; did you mean 'lamps'?"),
        ({"status": ("sure",)}, "status 'sure' is unknown"),
    ],
)
def test_an_unknown_word_is_refused_with_the_nearest(tiny, filters, message):
    with pytest.raises(UnknownName) as refused:
        query_of(tiny, filters)
    assert str(refused.value) == message


# -- what holds for all questions

VALUES = {
    "since": st.sampled_from([("2019",), ("2020-06",), ("2023Q1",), ("2y",), ("1900",)]),
    "until": st.sampled_from([("2023",), ("2024-02",), ("today",), ("yesterday",)]),
    "on": st.sampled_from([("2020",), ("2021-05", "2019-03"), ("2023-01-15",)]),
    "actor": st.sampled_from([("tidewater",), ("hanbit", "lantern-guild"), ("zoe",)]),
    "companion": st.sampled_from([("hanbit",), ("tidewater", "hanbit")]),
    "kind": st.sampled_from([("treaty",), ("talks", "passage")]),
    "tag": st.sampled_from([("lamps",), ("tea", "fog")]),
    "place": st.sampled_from([("harbour",), ("sea", "coast")]),
    "status": st.sampled_from([(status,) for status in STATUSES]),
    "grep": st.sampled_from([("fog",), ("lamp", "talks")]),
    "certain": st.booleans(),
    "not_actor": st.sampled_from([("kim-byeol",), ("the-quiet-coast",)]),
    "not_kind": st.sampled_from([("incident",)]),
    "not_tag": st.sampled_from([("fog",), ("charter",)]),
}
questions = st.fixed_dictionaries({}, optional=VALUES)
parts = st.sets(st.sampled_from(sorted(VALUES)))


@given(questions)
def test_a_selection_is_an_ordered_part_of_the_log(tiny, filters):
    kept = ask(tiny, **filters)
    rest = iter(tiny.events)
    assert all(event in rest for event in kept.events)
    assert kept.marks.keys() <= {event.id for event in kept.events}
    assert kept.keep(query_of(tiny, filters)) == kept


@given(questions)
def test_certain_is_what_is_left_without_the_possible_ones(tiny, filters):
    everything = ask(tiny, **{**filters, "certain": False})
    certain = ask(tiny, **{**filters, "certain": True})
    assert not certain.marks
    assert certain.events == tuple(
        event for event in everything.events if event.id not in everything.marks
    )


@given(questions, questions)
def test_two_questions_may_be_asked_in_either_order(tiny, one, other):
    first, second = (query_of(tiny, filters) for filters in (one, other))
    assert tiny.keep(first).keep(second) == tiny.keep(second).keep(first)


@given(questions, parts)
def test_a_question_may_be_asked_in_parts(tiny, filters, part):
    """`certain` belongs to the dates that it is about, and stays with them."""
    part = part.union(OF_DAYS) if part.intersection(OF_DAYS) else part
    one = {name: value for name, value in filters.items() if name in part}
    other = {name: value for name, value in filters.items() if name not in part}
    first, second = (query_of(tiny, some) for some in (one, other))
    assert tiny.keep(first).keep(second) == ask(tiny, **filters)


_days = st.dates(date(2018, 1, 1), date(2025, 12, 31))


@given(st.lists(_days, min_size=1, max_size=8), _days, _days)
def test_exact_days_are_inside_a_window_or_outside(days, one, other):
    window = Window(min(one, other), max(one, other))
    events = tuple(
        Event(str(place), parse(day.isoformat()), "t", "k") for place, day in enumerate(days)
    )
    kept = Log("", events).keep(Query(Days((window,))))
    assert not kept.marks
    assert [event.date.first for event in kept.events] == [
        day for day in days if window.first <= day <= window.last
    ]


def test_an_event_that_is_out_of_the_window_is_not_looked_at_further():
    event = Event("e", parse("2020"), "t", "k")
    later, in_it = (Days((Window(date(year, 2, 1)),)) for year in (2021, 2020))
    assert Query(later, (_never_asked,))(event) is Match.NO
    assert Query(in_it, (_never_asked,), certain=True)(event) is Match.NO
    assert Query(in_it, (lambda event: event.kind == "k",))(event) is Match.POSSIBLY
    assert Query(conditions=(lambda event: event.kind == "x",))(event) is Match.NO


def _never_asked(event):
    raise AssertionError(event)


def test_on_counts_back_from_the_day_that_is_said_to_be_today(tiny):
    day = date(2020, 3, 3)
    for text, first in (("today", day), ("2d", date(2020, 3, 1))):
        assert query_of(tiny, {"on": (text,)}, day).days == Days((Window(first, day),))


ENDS, BEGINS = "the log ends on 2020-12-31", "the log begins on 2019-03-01"


@pytest.mark.parametrize(
    ("filters", "found", "said"),
    [
        ({"since": ("2021",)}, 0, [ENDS]),
        ({"since": ("2020-12-31",)}, 0, []),
        ({"since": ("90d",)}, 0, [ENDS]),
        ({"since": ("2019",)}, 2, []),
        ({"since": ("2020",), "until": ("2020",)}, 1, []),
        ({"since": ("2020",), "until": ("2021",)}, 1, [ENDS]),
        ({"on": ("2021",)}, 0, [ENDS]),
        ({"on": ("90d",)}, 0, [ENDS]),
        ({"until": ("2019-03-01",)}, 0, []),
        ({"on": ("2019", "2018")}, 1, [BEGINS]),
        ({"until": ("2018",)}, 0, [BEGINS]),
        ({"until": ("2019",)}, 1, []),
        (
            {"place": ("Harbor",)},
            0,
            ["no event is at a place named 'Harbor'; did you mean 'Harbour'?"],
        ),
        ({"place": ("harb", "zzz")}, 0, ["no event is at a place named 'zzz'"]),
        ({"place": ("zzz",)}, 1, []),
    ],
)
def test_what_is_asked_for_in_vain_is_said(filters, found, said):
    dates = {"2019-03": "Harbour", "2020": None}
    events = [Event(text, parse(text), "t", "k", place=place) for text, place in dates.items()]
    log = Log("", tuple(events)).measured()
    assert list(reasons(log, settle(log, Filters(**filters), TODAY).filters, (), found)) == said


def test_of_days_that_no_filter_asked_for_it_is_said_too():
    log = Log("", (Event("e", parse("2019-03"), "t", "k"),)).measured()
    for text, said in (("2021", ["the log ends on 2019-03-31"]), ("2019-03", [])):
        asked = Days(parse(text).spans)
        assert list(reasons(log, Filters(), (asked,), 0)) == said


def test_of_an_empty_log_nothing_is_said():
    log = Log("", ()).measured()
    assert list(reasons(log, Filters(since=("2021",), on=("2021",)), (), 0)) == []


@pytest.mark.parametrize(
    ("written", "settled"),
    [
        ({"since": ("2023Q3",), "until": ("2023-10~",)}, {"since": ("2023-07-01/2023-09-30",)}),
        (
            {"since": ("90d",), "on": ("90d",)},
            {"since": ("2024-01-01",), "on": ("2024-01-01/2024-03-31",)},
        ),
        ({"until": ("yesterday",)}, {"until": ("2024-03-30",)}),
        ({"on": ("last month",)}, {"on": ("2024-02-01/2024-02-29",)}),
        ({"on": ("XXXX-06-19",)}, {"on": ("XXXX-06-19",)}),
        ({"actor": ("The Pilot", "zoe")}, {"actor": ("zoe-angstrom",)}),
        ({"tag": ("TEA",), "status": ("Reported",)}, {"tag": ("tea",), "status": ("reported",)}),
        ({"place": ("Glass",), "grep": ("fog",), "certain": True}, {}),
    ],
)
def test_settled_filters_ask_the_same_on_any_day(tiny, written, settled):
    found = settle(tiny, Filters(**written), TODAY).filters
    assert found == Filters(**written)._replace(**settled)
    assert query(tiny, found).days == query_of(tiny, written).days


@pytest.mark.parametrize(
    ("filters", "first", "last"),
    [
        ({}, date.min, date.max),
        ({"actor": ("hanbit",)}, date.min, date.max),
        ({"since": ("2019",), "until": ("2020",)}, date(2019, 1, 1), date(2020, 12, 31)),
        ({"on": ("2020", "2019-03")}, date(2019, 3, 1), date(2020, 12, 31)),
        ({"on": ("2020", "2019-03"), "since": ("2019-07",)}, date(2020, 1, 1), date(2020, 12, 31)),
        ({"on": ("2020", "2019-03"), "until": ("2020-02",)}, date(2019, 3, 1), date(2020, 2, 29)),
        ({"on": ("2019",), "since": ("2020",)}, date.max, date.min),
    ],
)
def test_the_days_outside_of_which_nothing_is_asked_for(filters, first, last):
    assert reach(Filters(**filters), date(2024, 1, 1)) == (first, last)
