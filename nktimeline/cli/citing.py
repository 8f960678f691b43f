"""What `cite` does: events and sources of the log in use are cited, for a text of one's own."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from nktimeline import __version__
from nktimeline.cli.asking import answer, find, today_of, wrong_usage
from nktimeline.cli.opening import open_log
from nktimeline.cli.options import Common, Output
from nktimeline.cli.printing import chosen_format, print_lines
from nktimeline.query import Filters
from nktimeline.render import FORMATS

if TYPE_CHECKING:
    from nktimeline.model import Log

_OFFERED = 8  # ids in a message


def cite(words: Sequence[str], common: Common, output: Output) -> None:
    """Print references to events and their sources; words that mean neither are wrong usage."""
    from nktimeline.render.citations import WRITERS, citations

    chosen = output.format or output.output
    format = chosen_format(output) if chosen else FORMATS["markdown"]
    if format.name not in WRITERS:
        raise click.UsageError(f"cite writes {', '.join(WRITERS)}, not '{format.name}'")
    log = open_log(common, cited=True)
    with wrong_usage():
        ids, notes = _ids(log, words, common)
    log_name = f"{log.title}, nktimeline {__version__}, log {log.blob}"
    print_lines(WRITERS[format.name](citations(log, ids, log_name)), format, common, output, notes)


def _ids(log: "Log", words: Sequence[str], common: Common) -> tuple[Sequence[str], Sequence[str]]:
    """Return the ids that words mean, or that of the one event that they find, and notes.

    Raises UnknownName, and click's UsageError where they find several.
    """
    from nktimeline.names import UnknownName

    try:
        return find(log, "id", words)
    except UnknownName as unknown:
        asked = answer(log, Filters(), words, today_of(common), cited=False)
        found = [event.id for event in asked.found.events]
        if len(found) == 1:
            return found, asked.notes
        if not found:
            raise unknown from None
    some = ", ".join(found[:_OFFERED]) + ", ..." * (len(found) > _OFFERED)
    raise click.UsageError(f"'{' '.join(words)}' finds {len(found)} events; cite by id: {some}")
