"""What `cite` does: events and sources of the log in use are cited, for a text of one's own."""

from collections.abc import Sequence

import click

from nktimeline import __version__
from nktimeline.cli import streams
from nktimeline.cli.asking import find, wrong_usage
from nktimeline.cli.opening import open_log
from nktimeline.cli.options import Common, Output
from nktimeline.cli.printing import chosen_format, print_lines
from nktimeline.render import FORMATS


def cite(words: Sequence[str], common: Common, output: Output) -> None:
    """Print references to events and their sources; an unknown id is wrong usage."""
    from nktimeline.render.citations import WRITERS, citations

    chosen = output.format or output.output
    format = chosen_format(output) if chosen else FORMATS["markdown"]
    if format.name not in WRITERS:
        raise click.UsageError(f"cite writes {', '.join(WRITERS)}, not '{format.name}'")
    log = open_log(common, cited=True)
    with wrong_usage():
        ids, notes = find(log, "id", words)
    log_name = f"{log.title}, nktimeline {__version__}, log {log.blob}"
    print_lines(WRITERS[format.name](citations(log, ids, log_name)), format, common, output)
    for note in notes:
        streams.note(note, quiet=common.quiet)
