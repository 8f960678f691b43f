"""From a selection to lines, and from lines to where they go."""

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

import click

from nktimeline.cli import files, streams, terminal
from nktimeline.cli.asking import Asked, as_options, count
from nktimeline.cli.opening import log_path
from nktimeline.cli.options import Common, Order, Output, formats
from nktimeline.render import (
    FORMATS,
    SUFFIXES,
    Format,
    Page,
    Profile,
    grid_renderer,
    hint,
    renderer,
)

if TYPE_CHECKING:
    from nktimeline.model import Event, Log
    from nktimeline.tally import Grid

T = TypeVar("T")


def print_events(
    asked: Asked, common: Common, order: Order, output: Output, profiles: Iterable[Profile] = ()
) -> None:
    """Print the events found, after the facts about their actors where the format has room."""
    events = some(asked.found.events, order)
    format = chosen_format(output)
    shown = _with_context(asked, events, format)
    whole = len(shown.events) == len(asked.found.events)
    page = page_of(asked, common, output, shown=len(events))._replace(
        profiles=tuple(profiles), asked=as_options(asked, common) if whole else None
    )
    lines = renderer(format.name)(shown, page)
    if format.heading and page.profiles:
        from nktimeline.render import entry

        lines = chain(entry.profiles(page, as_markdown=format.markdown), lines)
    counted = count(asked) + _cut(len(events), len(asked.found.events), "")
    notes = (counted, hint(format, shown), *explained(asked))
    print_lines(lines, format, common, output, notes)


def print_grid(asked: Asked, grid: "Grid", common: Common, order: Order, output: Output) -> None:
    """Print counts over the events found."""
    rows = some(grid.rows, order)
    format = chosen_format(output)
    page = page_of(asked, common, output, shown=len(asked.found.events))
    lines = grid_renderer(format.name)(grid._replace(rows=rows), page)
    counted = count(asked) + _cut(len(rows), len(grid.rows), f" of {len(grid.rows)} rows")
    print_lines(lines, format, common, output, (counted, *explained(asked)))


def print_entries(asked: Asked, common: Common, output: Output) -> None:
    """Print events in full, or as `show` would in a format that has no entries."""
    from nktimeline.render.entry import events

    format = chosen_format(output)
    page = page_of(asked, common, output, shown=len(asked.found.events))
    if format.entries and not page.columns:
        lines = events(asked.log, asked.found.events, page, as_markdown=format.markdown)
    else:
        lines = renderer(format.name)(asked.found.sorted(), page._replace(asked=None))
    print_lines(lines, format, common, output, (hint(format, asked.found), *explained(asked)))


def profiles(asked: Asked) -> Iterator[Profile]:
    """Yield the facts about the actors asked for, to stand above their events."""
    from nktimeline.render.entry import profile

    for id in asked.actors:
        yield profile(asked.log, asked.log.actors[id], asked.found)


def print_lines(
    lines: Iterable[str],
    format: Format,
    common: Common,
    output: Output,
    notes: Iterable[str] = (),
) -> None:
    """Write the lines of a format to the file asked for, or to standard output, and notes.

    These go to standard error, unless quiet was asked for; where lines are paged, above them.
    """
    notes = [] if common.quiet else [*filter(None, notes)]
    shown = False
    if output.output is None:
        shown = streams.write(
            lines, newline=format.newline, guard=format.data, pager=output.pager, notes=notes
        )
    else:
        path = log_path(common)
        files.save(
            lines, output.output, newline=format.newline, inputs=[0 if path == "-" else path]
        )
    for note in () if shown else notes:
        streams.note(note, quiet=False)


def chosen_format(output: Output) -> Format:
    """Return the format asked for: by name, by the file's suffix, or by where the lines go.

    A column that no table has is wrong usage.
    """
    _check_columns(output.columns)
    if output.format:
        return FORMATS[output.format]
    if output.output is None:
        return FORMATS["table" if terminal.is_terminal() else "markdown"]
    name = os.path.basename(output.output).lower()
    ends = [end for end in SUFFIXES if name.endswith(end)]
    suffix = max(ends, key=len, default=os.path.splitext(name)[1])  # .csl.json before .json
    if suffix and suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise click.UsageError(f"no format has the suffix '{suffix}'; use {known} or --format")
    format = FORMATS[SUFFIXES.get(suffix, "markdown")]
    if format not in formats(type(output)):
        known = ", ".join(one.name for one in formats(type(output)))
        raise click.UsageError(f"'{format.name}' shows events, and this is none; use {known}")
    return format


def has_footer(output: Output) -> bool:
    """Tell whether the format asked for ends with a footer."""
    return chosen_format(output).footer and not output.no_footer


def is_citable(output: Output) -> bool:
    """Tell whether the format asked for says what was asked: above, or in a footer."""
    return chosen_format(output).titled or has_footer(output)


def page_of(asked: Asked, common: Common, output: Output, *, shown: int) -> Page:
    """Return where the lines go, with a footer that tells how many events are shown."""
    counted = f"{shown} of {asked.log.extent.events} events"
    settled = {**asked.filters._asdict(), "today": asked.today}
    page = cited(asked.log, common, output, counted=counted, words=asked.words, settled=settled)
    if not chosen_format(output).titled:
        return page
    from nktimeline.cli.question import in_words

    return page._replace(title=in_words(asked), remarks=asked.remarks)


def cited(  # noqa: PLR0913 - one for each part of a footer
    log: "Log",
    common: Common,
    output: Output,
    *,
    counted: str,
    words: Iterable[str],
    settled: Mapping[str, object],
) -> Page:
    """Return where the lines go, with a footer where the format has one: see `footer`."""
    page = terminal.page(output)
    if not has_footer(output):
        return page
    from nktimeline.cli.footer import about, command
    from nktimeline.load import shipped

    return page._replace(
        footer=(
            about(log, counted, ours=log_path(common) == shipped()),
            command(words, settled, common, chosen_format(output), page),
        )
    )


def _check_columns(asked: tuple[str, ...]) -> None:
    if not asked:
        return
    from nktimeline.names import meant
    from nktimeline.render.columns import names, unknown

    if wrong := unknown(asked):
        offer = meant(wrong, names()) or f"; there are {', '.join(names())}"
        raise click.UsageError(f"no column is named '{wrong}'{offer}")


def some(items: tuple[T, ...], order: Order) -> tuple[T, ...]:
    """Return the items that are to be shown, in the order asked for."""
    return (items[::-1] if order.reverse else items)[: order.limit]


def _with_context(asked: Asked, events: "tuple[Event, ...]", format: Format) -> "Log":
    """Return the events to be shown, with those around them that are asked for.

    What is for programs holds what was found alone: to ask for more is wrong usage.
    """
    found = asked.found.holding(events)
    if not asked.context:
        return found
    if format.data:
        raise click.UsageError(f"--context is for people: {format.name} holds the events found")
    from nktimeline.context import around

    return around(asked.log, found, asked.context)


def explained(asked: Asked) -> Iterator[str]:
    """Say how the words were taken, why nothing was found, and what the log does not cover."""
    from nktimeline.query import reasons

    yield from asked.notes
    yield from reasons(asked.log, asked.filters, asked.dates, len(asked.found.events))


def _cut(shown: int, found: int, of: str) -> str:
    return f", the first {shown}{of} shown" if shown < found else ""
