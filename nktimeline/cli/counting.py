"""What `stats` counts: by one axis or two, or the same question in several windows."""

from collections.abc import Iterator

import click

from nktimeline.axes import UNITS, Axis, axis, beginning, starred
from nktimeline.cli.asking import Asked, day_of, wrong_usage
from nktimeline.cli.options import Common, Counting
from nktimeline.crosstab import Answer, beside, count, cross, listed, long, wide
from nktimeline.days import SURELY, Days
from nktimeline.render import Format
from nktimeline.silences import coverage
from nktimeline.tally import Grid

CAUTION = "these are counts of a selection of events, not of the world"
_DEFAULT = "year"


def counted(asked: Asked, counting: Counting, common: Common, format: Format) -> tuple[Asked, Grid]:
    """Return the question, with notes on its counts, and the counts.

    What cannot be counted together is wrong usage.
    """
    names = counting.by or (() if counting.vs else (_DEFAULT,))
    axes = [axis(name, asked.log, asked.query.days) for name in names]
    remarks = [CAUTION, *_without(asked, axes)]
    if not format.data:
        remarks += _unfinished(asked, axes)
        axes = [*map(starred, axes)]
    asked = asked._replace(notes=(*asked.notes, *remarks), remarks=tuple(remarks))
    if counting.vs:
        return _compared(asked, counting, axes, common, format)
    if len(axes) > 2:
        raise click.UsageError("--by is given twice at most: rows, and columns")
    if len(axes) == 1:
        return asked, count(asked.found.events, axes[0])
    table = cross(asked.found.events, *axes)
    return asked, long(table) if format.long else wide(table)


def _without(asked: Asked, axes: list[Axis]) -> Iterator[str]:
    """Say how many events an axis has no place for."""
    for one in axes:
        without = sum(not any(True for _ in one.places(event)) for event in asked.found.events)
        if without:
            have = "has" if without == 1 else "have"
            yield f"{without} of the events {have} no {one.name}, and cannot be counted by it"


def _unfinished(asked: Asked, axes: list[Axis]) -> Iterator[str]:
    """Say what the star of a unit means."""
    for one in axes:
        if one.unfinished and one.unfinished in (one.keys or ()):
            yield f"{one.unfinished}*: the log ends on {coverage(asked.log).last}"
            return


def _compared(
    asked: Asked, counting: Counting, axes: list[Axis], common: Common, format: Format
) -> tuple[Asked, Grid]:
    """Return the counts in several windows; what lasts is counted where it begins.

    The question is asked again on the same day where a window depends on it.
    """
    if len(axes) > 1 or any(one.name in UNITS for one in axes):
        raise click.UsageError("--vs goes with one --by at most, and with none that is a time")
    from nktimeline.query import settled
    from nktimeline.windows import days

    with wrong_usage():
        today, years = day_of(asked, common), asked.log.extent.days
        windows = [days(text, today, years) for text in counting.vs]
    if any(settled(*one) != one[0] for one in zip(counting.vs, windows, strict=True)):
        asked = asked._replace(today=f"{today}")
    answers, left_out = zip(
        *(_answer(asked, one) for one in (asked.query.days, *windows)), strict=True
    )
    if without := sum(left_out):
        note = f"{without} events of these times began earlier, or may have; they are not counted"
        asked = asked._replace(notes=(*asked.notes, note))
    show = listed if format.data else beside
    return asked, show(answers, axes[0] if axes else None)


def _answer(asked: Asked, window: Days) -> tuple[Answer, int]:
    """Return what a window has, and how many of the events found in it may begin elsewhere."""
    covered = window.meet(Days.of([coverage(asked.log)]))
    if not covered:
        return Answer(window, None), 0
    found = asked.log.keep(asked.query._replace(days=covered)).events
    begun = tuple(event for event in found if covered.hold(beginning(event)) is SURELY)
    return Answer(covered, begun), len(found) - len(begun)
