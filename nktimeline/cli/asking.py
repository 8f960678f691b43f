"""From filters to a selection: what is asked of the log in use, and what was found."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from nktimeline.cli.elsewhere import hints
from nktimeline.cli.opening import open_log
from nktimeline.cli.options import Common

if TYPE_CHECKING:
    from nktimeline.days import Days
    from nktimeline.model import Log
    from nktimeline.query import Filters, Query


class Asked(NamedTuple):
    """A question, and its answer."""

    log: "Log"
    """The log in use; it may lack the events of days that were not asked for."""
    filters: "Filters"
    """What was asked, settled: ids for names, days for `90d`."""
    found: "Log"
    """The selection."""
    query: "Query"
    """The question as a predicate."""
    notes: tuple[str, ...] = ()
    """How the words were taken, where that is not plain."""
    actors: tuple[str, ...] = ()
    """The actors whose events alone are wanted, whatever else the filters say."""
    words: tuple[str, ...] = ()
    """The arguments that ask the same again: ids, terms."""
    dates: tuple["Days", ...] = ()
    """The days of those words that are dates."""
    remarks: tuple[str, ...] = ()
    """What has to be said of counts of it."""
    terms: tuple[tuple[str, str], ...] | None = ()
    """What the terms among them are, and as what text; None where no such texts ask the same."""
    today: str | None = None
    """The day to take for today to ask the same again; None if any day will do."""
    context: int = 0
    """How many events of the whole log are to be shown before and after each one found."""


def ask(
    common: Common,
    filters: "Filters",
    terms: Sequence[str] = (),
    *,
    whole: bool = False,
    cited: bool = False,
) -> Asked:
    """Select the events that filters and terms let through.

    With `whole`, the log has all its events; with `cited`, it knows its git hash. An
    unknown name and a bad date are wrong usage.
    """
    whole = whole or bool(terms)
    log, filters, today, notes = opened(common, filters, whole=whole, cited=cited)
    with wrong_usage(filters.as_known):
        asked = answer(log, filters, terms, today, cited=cited)
    return asked._replace(notes=(*notes, *asked.notes))


class Opened(NamedTuple):
    """The log that a question is put to, and how its dates are to be taken."""

    log: "Log"
    filters: "Filters"
    today: date
    notes: tuple[str, ...] = ()


def opened(
    common: Common, filters: "Filters", *, whole: bool = True, cited: bool = False
) -> Opened:
    """Open the log in use, as it was known by the day that is asked for."""
    from nktimeline.query import known_by, needs_whole, reach

    with wrong_usage():
        today = today_of(common)
        day = known_by(filters, today)
        days = None if whole or needs_whole(filters) else reach(filters, today)
    log = open_log(common, days, cited=cited)
    if day is None:
        return Opened(log, filters, today)
    from nktimeline.evidence import as_known, undated

    notes = [f"this was known by {day}; titles, statuses, tags and levels are those of today"]
    if count := undated(log, day):
        notes.append(
            f"no dated page reports {count} of the log's events until then; they are left out"
        )
    filters = filters._replace(as_known=str(day))
    return Opened(as_known(log, day), filters, _given_day(common) or day, tuple(notes))


def answer(
    log: "Log", filters: "Filters", texts: Sequence[str], today: date, *, cited: bool
) -> Asked:
    """Select the events of a log, and tell how to ask the same again where that is to be `cited`.

    Raises DateError and UnknownName.
    """
    from nktimeline.query import query, settle

    settled, notes = settle(log, filters, today)
    asked = query(log, settled)
    words: tuple[str, ...] | None = ()
    dates: tuple[Days, ...] = ()
    kinds: tuple[str, ...] = ()
    if texts:
        from nktimeline.terms import advise, canonical, explain, narrow, read

        terms = read(log, texts, today)
        notes = (*explain(log, terms), *hints(texts), *advise(log, asked, terms), *notes)
        asked = narrow(asked, log, terms)
        dates = tuple(term.days for term in terms if term.what == "date")
        kinds = tuple(term.what for term in terms)
        words = canonical(log, terms, today) if cited else ()
    found = log.keep(asked)
    notes = (*notes, *_either(log, settled, found))
    answered = Asked(log, settled, found, asked, notes, dates=dates)
    if words is None:
        return answered._replace(words=tuple(texts), today=str(today), terms=None)
    known = len(words) == len(kinds)
    return answered._replace(
        words=words, terms=tuple(zip(kinds, words, strict=True)) if known else None
    )


def ask_actors(
    common: Common, filters: "Filters", names: Sequence[str], *, cited: bool = False
) -> Asked:
    """Select the events of actors."""
    from nktimeline.query import FILTERS

    asked = ask(common, filters, whole=True, cited=cited)
    with wrong_usage(asked.filters.as_known):
        chosen, notes = find(asked.log, "actor", names)
    theirs = FILTERS["actor"].condition(asked.log, chosen)
    found = asked.found.holding(filter(theirs, asked.found.events))
    notes = (*asked.notes, *notes)
    return asked._replace(found=found, actors=chosen, notes=notes, words=chosen)


def as_options(asked: Asked, common: Common) -> tuple[tuple[str, str], ...] | None:
    """Return the options with which `show` asks the same; None where no options do."""
    from nktimeline.query import options

    filters = asked.filters
    if asked.actors and not filters.actor:
        filters = filters._replace(actor=asked.actors)
    elif len(asked.actors) == 1:
        filters = filters._replace(companion=(*filters.companion, *asked.actors))
    elif asked.actors:
        return None  # either of some, and either of others
    settled = _with_terms(filters, asked.terms)
    words = [text for what, text in asked.terms or () if what == "word"]
    if common.log == "-" or settled is None or any(word.startswith("-") for word in words):
        return None
    log = [("log", common.log)] if common.log else []
    return (*log, *(("term", word) for word in words), *options(settled))


def _with_terms(filters: "Filters", terms: tuple[tuple[str, str], ...] | None) -> "Filters | None":
    """Return filters that narrow as terms do, words excepted; None where there are none such.

    An option that is repeated mostly widens, and every term narrows.
    """
    if terms is None:
        return None
    for what, text in terms:
        name = {"date": "on"}.get(what, what)
        if what == "actor":
            filters = filters._replace(companion=(*filters.companion, text))
        elif what != "word" and getattr(filters, name):
            return None
        elif what != "word":
            one: dict[str, Any] = {name: (text,)}
            filters = filters._replace(**one)
    return filters


def ask_events(
    common: Common, filters: "Filters", words: Sequence[str], *, cited: bool = False
) -> tuple[Asked, bool]:
    """Select events by their ids, or else by terms; return too whether it was by ids.

    What is neither an id nor found as a term is wrong usage.
    """
    from nktimeline.names import UnknownName

    log, filters, today, notes = opened(common, filters, whole=True, cited=cited)
    with wrong_usage(filters.as_known):
        try:
            ids, taken = find(log, "event", words)
        except UnknownName as unknown:
            asked = answer(log, filters, words, today, cited=cited)
            if not asked.found.events and len(words) == 1:
                raise unknown from None
            return asked._replace(notes=(*notes, *asked.notes)), False
        asked = answer(log, filters, (), today, cited=cited)
    found = {event.id: event for event in asked.found.events}
    chosen = asked.found.holding(found[id] for id in ids if id in found)
    notes = (*notes, *taken, *asked.notes)
    return asked._replace(found=chosen, notes=notes, words=ids), True


def find(log: "Log", what: str, words: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids that words mean, and what to tell of how they were taken.

    Words that are one name together are that name. Raises UnknownName.
    """
    from nktimeline.folding import name_key
    from nktimeline.names import by_key, events_of, names_of
    from nktimeline.names import find as find_name

    names = names_of(log, what)
    if len(words) > 1 and name_key("".join(words)) in by_key(names):
        words = [" ".join(words)]
    found = [find_name(what, word, names, events=events_of(log, what)) for word in words]
    notes = tuple(one.note for one in found if one.note)
    return tuple(dict.fromkeys(one.id for one in found)), notes


def count(asked: Asked) -> str:
    """Say how many events were found, and how sure they are."""
    found, every = len(asked.found.events), asked.log.extent.events
    return ", ".join([f"{found} of {every} events", *_doubts(asked.found)])


def today_of(common: Common) -> date:
    """Return the day that relative dates are counted from; a bad one is wrong usage."""
    return _given_day(common) or date.today()


def day_of(asked: Asked, common: Common) -> date:
    """Return the day that relative dates of a question are counted from."""
    known = asked.filters.as_known
    return _given_day(common) or (date.fromisoformat(known) if known else date.today())


def _given_day(common: Common) -> date | None:
    """Return the day that is to be taken for today, or None where none was given."""
    from nktimeline.dates import DateError, Precision, parse

    given = [(common.today, "--today"), (os.environ.get("NKTIMELINE_TODAY"), "$NKTIMELINE_TODAY")]
    for text, name in given:
        if text is None or (text == "" and name[0] == "$"):
            continue
        try:
            day = parse(text)
        except DateError as error:
            raise click.UsageError(f"{name}: {error}") from error
        if day.precision is not Precision.DAY or day.first != day.last:
            raise click.UsageError(f"{name} takes one day such as 2024-06-19, not '{text}'")
        return day.first
    return None


@contextmanager
def wrong_usage(as_known: str | None = None) -> Iterator[None]:
    """Turn a date or name that cannot be used into click's own kind of error.

    `as_known` is the day after which nothing was looked for, which may be why a name is unknown.
    """
    from nktimeline.dates import DateError
    from nktimeline.names import UnknownName

    try:
        yield
    except UnknownName as error:
        then = f"as known on {as_known}: " if as_known else ""
        raise click.UsageError(f"{then}{error}") from error
    except DateError as error:
        raise click.UsageError(str(error)) from error


def _either(log: "Log", filters: "Filters", found: "Log") -> Iterator[str]:
    """Say how many events have all of several actors, if fewer than have any of them."""
    if len(filters.actor) < 2:
        return
    from nktimeline.query import FILTERS

    together = FILTERS["companion"].condition(log, filters.actor)
    count = sum(map(together, found.events))
    if count < len(found.events):
        first, *others = filters.actor
        words = " ".join([f"-a {first}", *(f"-w {other}" for other in others)])
        yield f"several -a mean any of them; {words} means all, and finds {count}"


def _doubts(found: "Log") -> Iterable[str]:
    from nktimeline.model import Mark

    possible = sum(mark is Mark.POSSIBLE for mark in found.marks.values())
    if possible:
        yield f"{possible} of them possible"
    for status in ("reported", "disputed"):
        if count := sum(event.status == status for event in found.events):
            yield f"{count} {status}"
