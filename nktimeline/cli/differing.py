"""What `diff` does: the log in use is compared with an older one."""

from collections.abc import Collection

import click

from nktimeline.cli import streams
from nktimeline.cli.asking import ask
from nktimeline.cli.opening import log_path, open_log
from nktimeline.cli.options import Common
from nktimeline.query import Filters


def differs(
    path: str, common: Common, filters: Filters, format: str, listed: Collection[str]
) -> bool:
    """Print how the log in use differs from an older one, and return whether it does.

    With filters, the events that either log finds are compared. Those added, completed and
    reworded are shown only if `listed`, and counted otherwise. Raises OSError; an
    older log with errors ends the program as the one in use does.
    """
    if path == log_path(common) == "-":
        raise click.UsageError("only one of the two logs can come by standard input")
    from nktimeline.changes import changes
    from nktimeline.query import query
    from nktimeline.render.difference import WRITERS, Difference, summary

    old = open_log(common._replace(log=path))
    asked = ask(common, filters, whole=True)
    if asked.filters.as_known:
        from datetime import date

        from nktimeline.evidence import as_known

        old = as_known(old, date.fromisoformat(asked.filters.as_known))
    kept = old.keep(query(old, asked.filters))
    ids = {event.id for log in (kept, asked.found) for event in log.events}
    found = changes(old, asked.log, ids)
    lines = WRITERS[format](Difference(old, asked.log, found, listed))
    streams.write(lines, guard=format == "json", pager=None)
    for note in (summary(found), *asked.notes):
        streams.note(note, quiet=common.quiet)
    return bool(found)
