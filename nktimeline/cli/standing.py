"""What `state` does: it reads its words, finds the states of a day, and prints them."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from nktimeline.cli.asking import opened, wrong_usage
from nktimeline.cli.options import Common, Output, Stood
from nktimeline.cli.printing import chosen_format, cited, has_footer, print_lines
from nktimeline.query import Filters
from nktimeline.render import grid_renderer

if TYPE_CHECKING:
    from nktimeline.model import Log
    from nktimeline.names import UnknownName
    from nktimeline.states import Group


def print_state(groups: Sequence[str], stood: Stood, common: Common, output: Output) -> None:
    """Print the states at the end of a day; what cannot be asked is wrong usage."""
    from nktimeline.render.state import as_markdown, as_text
    from nktimeline.states import answer, grid

    log, filters, today, notes = opened(
        common, Filters(as_known=stood.as_known), cited=has_footer(output)
    )
    with wrong_usage(filters.as_known):
        day = _day(log, stood.on, today)
        groups, settled = _settled(log, groups, stood, day)
        found = list(answer(log, day, groups, settled.actors, settled.states))
    note = _count(log, day, found)
    settled = settled._replace(as_known=filters.as_known)
    format = chosen_format(output)
    counted = note.split(",")[0]
    page = cited(log, common, output, counted=counted, words=groups, settled=settled._asdict())
    if format.laid_out or format.markdown:
        write = as_markdown if format.markdown else as_text
        lines = write(log, day, found, page)
    else:
        lines = grid_renderer(format.name)(grid(found), page)
    print_lines(lines, format, common, output, (note, *notes, *_limits(log, day, stood)))


def _day(log: "Log", on: str | None, today: date) -> date:
    """Return the day asked for, or else today, or the last day of coverage.

    Raises DateError, and click's UsageError for what is no single day.
    """
    from nktimeline.standings import coverage
    from nktimeline.windows import days

    if on is None:
        return min(today, coverage(log).last)
    asked = days(on, today, log.extent.days)
    if asked.first != asked.last:
        message = f"state tells how things stood at the end of one day, and '{on}' is more than one"
        raise click.UsageError(f"{message}; its last day is {asked.last}")
    return asked.first


def _settled(log: "Log", groups: Sequence[str], stood: Stood, day: date) -> tuple[list[str], Stood]:
    """Return the ids that words mean, and the day that was meant; raises UnknownName."""
    from nktimeline.names import UnknownName, find, names_of
    from nktimeline.states import NOT_KNOWN

    def ids(what: str, words: Sequence[str], **more: tuple[str, ...]) -> list[str]:
        return [find(what, word, {**names_of(log, what), **more}).id for word in words]

    try:
        chosen = ids("group", groups)
    except UnknownName as unknown:
        raise click.UsageError(_no_group(log, unknown)) from unknown
    return chosen, Stood(
        str(day),
        tuple(ids("actor", stood.actors)),
        tuple(ids("state", stood.states, **{NOT_KNOWN: ()})),
    )


def _no_group(log: "Log", unknown: "UnknownName") -> str:
    """Say which groups there are, and how a day and an actor are asked for."""
    return f"{unknown}; there are {', '.join(log.standings)}; a day is --on DAY, an actor -a NAME"


def _count(log: "Log", day: date, found: "Sequence[Group]") -> str:
    """Say how many rows were found, and how many of them only possibly had their state."""
    rows = [row for group in found for row in group.rows]
    possible = sum(row.possible for row in rows)
    vague = f", {possible} of them possible" if possible else ""
    every = len(log.members)
    return f"{len(rows)} of {every} things that the log follows, at the end of {day}{vague}"


def _limits(log: "Log", day: date, stood: Stood) -> Sequence[str]:
    """Say why nothing is known of the whole log or of a day, and what day was taken for today."""
    from nktimeline.standings import coverage

    if not log.standings:
        return ["the log has no 'standings': it follows no thing's state"]
    first, last = coverage(log)
    if first <= day <= last:
        return [f"the log ends on {last}"] if stood.on is None and day == last else []
    return [f"the log covers {first} to {last}, and knows no state on other days"]
