"""What `gaps` does: from the events found to the silences between them, and out."""

from typing import TYPE_CHECKING

import click

from nktimeline.cli.asking import Asked, count
from nktimeline.cli.options import Common, Order, RowOutput, Silent
from nktimeline.cli.printing import chosen_format, explained, page_of, print_lines, some
from nktimeline.render import grid_renderer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nktimeline.silences import Gap


def print_gaps(
    asked: Asked, silent: Silent, common: Common, order: Order, output: RowOutput
) -> None:
    """Print the silences of the events found, and sum them up."""
    from nktimeline.model import Mark
    from nktimeline.render.gaps import as_grid, as_markdown, as_text
    from nktimeline.render.style import sign
    from nktimeline.silences import gaps

    found = gaps(asked.log, asked.found, asked.query.days, _days(silent.min))
    shown = some(found, order)
    format = chosen_format(output)
    page = page_of(asked, common, output, shown=len(asked.found.events))
    writers = {"table": as_text, "markdown": as_markdown}
    if write := writers.get(format.name):
        lines = write(asked.log, shown, page)
    else:
        lines = grid_renderer(format.name)(as_grid(shown), page)
    vague = any(gap.possible for gap in shown) and not format.data
    mark = f"{sign(Mark.POSSIBLE, page)} an event with a vague date could fall inside"
    notes = (_sum(asked, silent, found, shown), mark * vague, *explained(asked))
    print_lines(lines, format, common, output, notes)


def _days(span: str) -> int:
    """Return how many days a silence has at least; what is no span is wrong usage."""
    from nktimeline.dates import DateError
    from nktimeline.windows import span as days_of

    try:
        return days_of(span)
    except DateError as error:
        raise click.BadParameter(str(error), param_hint="'--min'") from error


def _sum(asked: Asked, silent: Silent, found: "Sequence[Gap]", shown: "Sequence[Gap]") -> str:
    days = _days(silent.min)
    silences = "1 silence" if len(found) == 1 else f"{len(found)} silences"
    length = "1 day" if days == 1 else f"{days} days"
    cut = f", the first {len(shown)} shown" if len(shown) < len(found) else ""
    return f"{silences} of {length} or more among {count(asked)}{cut}"
