"""Small logs made at random from the description of the records, and how a file writes them."""

from datetime import date

import yaml
from hypothesis import strategies as st

from nktimeline.axes import AXES, axis
from nktimeline.checks import visits
from nktimeline.crosstab import count
from nktimeline.dates import When, parse
from nktimeline.days import Days, Window
from nktimeline.model import STATUSES, Actor, Event, Listing, Log, Member, Source, Standing, fields
from nktimeline.tally import LISTINGS

IDS = st.sampled_from(["a", "b", "c", "한빛", "e-1", "F.2"])
TEXTS = st.sampled_from(["=1", "null", "- x: [y]", "T\u202e", "a #b", "'", "\U0001f600"]) | st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff\ufeff"),
    min_size=1,
    max_size=6,
).filter(str.strip)
DATES = st.sampled_from(["2020", "2020-03~", "../2021", "2019/..", "[2020-01,2022-05-01]", "201X"])
YEARS = Days.of([Window(date(2018, 1, 1), date(2024, 3, 31))])
"""What the tiny log covers."""


def grids(log):
    """Return all that can be counted of a log by one axis, by name."""
    listed = {name: make(log, log) for name, make in LISTINGS.items()}
    axes = [axis(name, log, YEARS) for name in AXES]
    return listed | {one.name: count(log.events, one) for one in axes}


def _values(field, ids):
    """Return a strategy for what a field holds, by its form; `ids` has those of each table."""
    known = ids.get(field.form.table)
    names = IDS if known is None else st.sampled_from(known) if known else st.nothing()
    if field.form.is_list:
        items = TEXTS if field.form.what == "texts" else names
        return st.lists(items, max_size=3).map(tuple) if known != [] else st.just(())
    return {
        "id": names,
        "text": TEXTS,
        "account": TEXTS,
        "date": DATES.map(parse),
        "status": st.sampled_from(STATUSES),
        "language": st.sampled_from(["ko", "zh-Hant"]),
        "states": st.just(()),  # they depend on the standings
    }[field.form.what]


def _records(record, ids, table):
    """Return a strategy for the records of a table, one for each of its ids."""

    def one(id):
        values = {
            field.name: _values(field, ids)
            if field.required or field.form.is_list or field.form.what == "status"
            else st.none() | _values(field, ids)
            for field in fields(record) if field.name != "id"
        }  # fmt: skip
        return st.builds(record, id=st.just(id), **values)

    return st.tuples(*map(one, ids[table]))


@st.composite
def logs(draw):
    """Draw a log that breaks no rule that makes a log unusable, in order of date."""
    names = st.lists(IDS, unique=True, max_size=4)
    ids = {table: draw(names) for table in ("actors", "sources", "events")}
    ids["kinds"] = draw(st.lists(IDS, unique=True, min_size=1))
    ids["levels"] = draw(st.lists(IDS, unique=True, min_size=1))
    log = Log(
        draw(TEXTS),
        draw(_records(Event, ids, "events")),
        coverage=draw(st.none() | DATES.map(parse)),
        kinds={id: draw(TEXTS) for id in ids["kinds"]},
        levels={id: draw(TEXTS) for id in ids["levels"]},
        actors={actor.id: actor for actor in draw(_records(Actor, ids, "actors"))},
        sources={source.id: source for source in draw(_records(Source, ids, "sources"))},
    )
    return draw(_followed(_without_wrong_visits(log), ids)).sorted().measured()


def _without_wrong_visits(log):
    """Return a log whose events have guests and hosts only where these break no rule."""
    wrong = {found.path[1] for rule in visits.ERRORS for found in rule(log)}
    events = (
        event._replace(guests=(), host=()) if place in wrong else event
        for place, event in enumerate(log.events)
    )
    return log._replace(events=tuple(events))


@st.composite
def _followed(draw, log, ids):
    """Draw standings and lists for a log, and let each member be set by one event or none."""
    owners = st.none() | st.sampled_from(ids["actors"]) if ids["actors"] else st.none()
    members = {id: Member(id, draw(TEXTS), draw(owners)) for id in draw(st.lists(IDS, unique=True))}
    standings, lists, sets = {}, [], {}
    for id in draw(st.lists(IDS, unique=True, max_size=2)) if members else ():
        states = tuple(draw(st.lists(IDS, unique=True, min_size=1, max_size=2)))
        own = {name: members.pop(name) for name in [*members][: draw(st.integers(1, 3))]}
        standings[id] = Standing(id, draw(TEXTS), states, own)
        subset = st.lists(st.sampled_from([*own]), unique=True).map(tuple) if own else st.just(())
        for by in ids["actors"][:1]:
            day, state = parse("2020-05-05"), draw(st.sampled_from(states))
            cited = tuple(ids["sources"][:1])
            lists.append(Listing(day, id, state, by, draw(subset), cited, draw(TEXTS)))
        closed = [event.id for event in log.events if not event.date.open_last]
        for name in draw(subset) if closed else ():
            change = (name, draw(st.sampled_from(states)))
            sets.setdefault(draw(st.sampled_from(closed)), []).append(change)
    events = (event._replace(sets=tuple(sets.get(event.id, ()))) for event in log.events)
    return log._replace(events=tuple(events), standings=standings, lists=tuple(lists))


def written(log, *, beside):
    """Return a log as a file has it; with `beside`, a source stands where it is cited first."""
    seen = set()

    def cited(id):
        if not beside or id in seen:
            return id
        seen.add(id)
        return _plain(log.sources[id])

    events = [{**_plain(e), "sources": [cited(id) for id in e.sources]} for e in log.events]
    alone = {id: page for id, page in log.sources.items() if id not in seen}
    tables = {**_plain(log._replace(events=(), sources=alone)), "events": events}
    return yaml.safe_dump(tables, allow_unicode=True, sort_keys=False).encode()


def _plain(record):
    """Return the fields of a record that are not absent, as YAML has them."""
    values = {field: getattr(record, field.attribute) for field in fields(type(record))}
    return {
        field.name: dict(value) if field.form.what == "states" else _value(value)
        for field, value in values.items()
        if field.required or value not in (None, (), {})
    }


def _value(value):
    if isinstance(value, When):
        return value.text
    if isinstance(value, dict):
        return {id: one if isinstance(one, str) else _entry(one) for id, one in value.items()}
    if isinstance(value, tuple):
        return [one if isinstance(one, str) else _plain(one) for one in value]
    return value


def _entry(record):
    return {name: value for name, value in _plain(record).items() if name != "id"}
