"""The command line: one click command a function, which calls the modules that do the work.

Only this package imports click, prints, exits, or looks at terminal, environment or clock. What is
typed becomes records (options). These become a log and a selection (opening, asking), the selection
becomes lines (printing), and the lines go out (streams, files).
"""

import os
import sys

import click

from nktimeline import __version__
from nktimeline.cli import elsewhere, streams
from nktimeline.cli.asking import ask, ask_actors, ask_events
from nktimeline.cli.completion import completing, completing_codes
from nktimeline.cli.opening import open_log
from nktimeline.cli.options import (
    Common,
    Counting,
    GridOutput,
    Nearby,
    Order,
    Output,
    RowOutput,
    Silent,
    Stood,
    takes_options,
)
from nktimeline.cli.parameters import Choice, FileName, Group, Option
from nktimeline.cli.printing import (
    chosen_format,
    is_citable,
    print_entries,
    print_events,
    print_grid,
    print_lines,
    profiles,
)
from nktimeline.query import Filters
from nktimeline.render import FORMATS

Words = tuple[str, ...]
_COUNTING = "Count events, or the days between them."
_terms = click.argument(
    "terms", nargs=-1, metavar="[TERM]...", shell_complete=completing("actor", "kind", "tag")
)


@click.group(
    cls=Group,
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
    examples=("show kim jong un putin 2023", "event putin vostochny", "stats russia visit"),
    options_elsewhere=elsewhere.OPTIONS,
    commands_elsewhere=elsewhere.COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@takes_options
def cli(_common: Common) -> None:
    """North Korea's foreign relations since 2018: what happened, when, who says."""
    context = click.get_current_context()
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@cli.command(
    short_help="Show events, oldest first.",
    examples=("show kim jong un putin 2023", "show -a russia -w china --since 2023-07"),
)
@_terms
@takes_options
def show(  # noqa: PLR0913 - one for each record
    *,
    terms: Words,
    common: Common,
    filters: Filters,
    order: Order,
    nearby: Nearby,
    output: Output,
) -> None:
    """Show events, oldest first: all of them, or those that fit every TERM and every option.

    A TERM is a date ('Oct 2023', since 2024), an actor, a kind, a tag, or else a word of the event.
    """
    context = nearby.context or 0
    asked = ask(common, filters, terms, whole=context > 0, cited=is_citable(output))
    print_events(asked._replace(context=context), common, order, output)


@cli.command(
    short_help="Show an actor, and every event of theirs.",
    examples=("actor russia", "actor putin --format timeline"),
)
@click.argument(
    "names", nargs=-1, required=True, metavar="NAME...", shell_complete=completing("actor")
)
@takes_options
def actor(names: Words, common: Common, filters: Filters, order: Order, output: Output) -> None:
    """Show who an actor is, and every event they or their members take part in."""
    asked = ask_actors(common, filters, names, cited=is_citable(output))
    print_events(asked, common, order, output, profiles(asked))


@cli.command(
    short_help="Show events in full.",
    examples=("event putin vostochny", "event 2024-06-19", "event hanoi-summit -f json"),
)
@click.argument(
    "what", nargs=-1, required=True, metavar="WHAT...", shell_complete=completing("event")
)
@takes_options
def event(what: Words, common: Common, filters: Filters, output: Output) -> None:
    """Show events in full: summary, people, place, sources with their links, related events.

    WHAT is an id or the beginning of one. Otherwise all WHATs are terms, as for show; if they find
    several events, these are listed with their ids.
    """
    asked, by_id = ask_events(common, filters, what, cited=is_citable(output))
    if by_id or len(asked.found.events) == 1:
        print_entries(asked, common, output)
    else:
        print_events(asked, common, Order(), output._replace(ids=True))


def _listing(name: str, text: str, *examples: str) -> None:
    @cli.command(
        name, help=text, short_help="List what the log knows, with counts.", examples=examples
    )
    @click.argument("terms", nargs=-1, metavar="[TERM]...")
    @takes_options
    def listing(
        terms: Words, common: Common, filters: Filters, order: Order, output: GridOutput
    ) -> None:
        from nktimeline.tally import LISTINGS, pick

        asked = ask(common, filters, cited=is_citable(output))._replace(words=terms)
        every = LISTINGS[name](asked.found, asked.log)
        grid = pick(every, terms) if terms else every
        if terms:
            note = f"{len(grid.rows)} of {len(every.rows)} {name} are named so"
            asked = asked._replace(notes=(*asked.notes, note))
        print_grid(asked, grid, common, order, output)


_listing(
    "actors",
    "List actors, with how many events they have. Each TERM begins a word of a name.",
    "actors --since 2024",
)
_listing(
    "sources",
    "List sources, with how many events cite them. Each TERM begins a word of publisher or title.",
    "sources tass --since 2024",
)
_listing(
    "kinds",
    "List kinds, with how many events are of them. Each TERM begins a word of a name or meaning.",
    "kinds",
)
_listing(
    "tags",
    "List tags, with how many events have them. Each TERM begins a word of a name.",
    "tags --since 2023",
)


@cli.command(
    short_help=_COUNTING,
    examples=("stats russia visit", "stats --by kind --by year --actor russia"),
)
@_terms
@takes_options
def stats(  # noqa: PLR0913 - one for each record
    *,
    terms: Words,
    counting: Counting,
    common: Common,
    filters: Filters,
    order: Order,
    output: GridOutput,
) -> None:
    """Count events: as bars by one axis, or in rows and columns by two."""
    from nktimeline.cli.counting import counted

    asked = ask(common, filters, terms, whole=True, cited=is_citable(output))
    asked, grid = counted(asked, counting, common, chosen_format(output))
    print_grid(asked, grid, common, order, output)


@cli.command(
    short_help=_COUNTING,
    examples=("gaps -a china -k visit --min 180d", "gaps --guest russia --since 2022"),
)
@_terms
@takes_options
def gaps(  # noqa: PLR0913 - one for each record
    *,
    terms: Words,
    silent: Silent,
    common: Common,
    filters: Filters,
    order: Order,
    output: RowOutput,
) -> None:
    """List the longest silences: stretches without the events asked for.

    It counts the other events meanwhile. Only days that the log covers count as silent.
    """
    from nktimeline.cli.silence import print_gaps

    asked = ask(common, filters, terms, whole=True, cited=is_citable(output))
    print_gaps(asked, silent, common, order, output)


@cli.command(
    short_help="Show what was open on a day.",
    examples=("state missions-in-pyongyang --on 2022-01-15", "state --actor russia --state open"),
)
@click.argument("groups", nargs=-1, metavar="[GROUP]...", shell_complete=completing("group"))
@takes_options
def state(groups: Words, stood: Stood, common: Common, output: GridOutput) -> None:
    """Show which missions, routes and hotlines were open at the end of a day.

    Without --on, the day is today, or the last one that the log covers. The answer says since when,
    by which event, and whether published lists agree. A GROUP is one of those that the log follows;
    without one, all are shown.
    """
    from nktimeline.cli.standing import print_state

    print_state(groups, stood, common, output)


@cli.command(
    short_help="Cite events and their sources.",
    examples=("cite putin vostochny summit", "cite vostochny-summit-2023 -f bibtex"),
)
@click.argument("what", nargs=-1, required=True, metavar="WHAT...", shell_complete=completing("id"))
@click.option(
    "--format",
    "-f",
    cls=Option,
    group="Output",
    type=Choice(["markdown", "bibtex", "csl-json"], {"md": "markdown"}),
    help="markdown for notes, bibtex for LaTeX, csl-json for pandoc and Zotero.",
)
@click.option(
    "--output",
    "-o",
    cls=Option,
    group="Output",
    metavar="FILE",
    type=FileName(),
    help="Write to a file; its ending picks the format.",
)
@takes_options
def cite(what: Words, *, format: str | None, output: str | None, common: Common) -> None:
    """Cite events as entries of the log in use, with their sources, or sources alone.

    WHAT is the id of an event or a source, or the beginning of one. Otherwise all WHATs are terms,
    as for show, and must find one event.
    """
    from nktimeline.cli import citing

    citing.cite(what, common, Output(format=format, output=None if output == "-" else output))


@cli.command(
    short_help="Compare the log with an older one.",
    examples=("diff old.yaml", "diff old.yaml --since 2023 --format markdown"),
)
@click.argument("old", metavar="OLD", type=FileName())
@click.option(
    "--added", cls=Option, group="Output", is_flag=True, help="List the events that were added."
)
@click.option(
    "--completed", cls=Option, group="Output", is_flag=True, help="Show what was filled in."
)
@click.option(
    "--wording", cls=Option, group="Output", is_flag=True, help="Show what was only reworded."
)
@click.option(
    "--exit-code", cls=Option, group="Output", is_flag=True, help="End with 1 if anything differs."
)
@click.option(
    "--format",
    "-f",
    cls=Option,
    group="Output",
    type=Choice(["text", "json", "markdown"], {"md": "markdown"}),
    default="text",
    help="text for people, json for programs, markdown for a list of corrections.",
)
@takes_options
def diff(  # noqa: PLR0913 - one for each option
    old: str,
    *,
    added: bool,
    completed: bool,
    wording: bool,
    exit_code: bool,
    format: str,
    common: Common,
    filters: Filters,
) -> None:
    """List the events that differ from OLD: withdrawn, corrected, completed, added or reworded.

    Corrected events were wrong; completed ones only lacked something, such as a source or a place;
    an actor more is a correction. Only events are compared, not lists or the names of actors.
    """
    from nktimeline.cli import differing

    listed = ["added"] * added + ["completed"] * completed + ["reworded"] * wording
    if differing.differs(old, common, filters, format, listed) and exit_code:
        raise click.exceptions.Exit(1)


@cli.command(
    short_help="List every problem in a log.",
    examples=("check my-log.yaml", "check --explain premature-source"),
)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=FileName())
@click.option("--strict", cls=Option, group="What", is_flag=True, help="Count warnings as errors.")
@click.option(
    "--explain",
    cls=Option,
    group="What",
    metavar="CODE",
    shell_complete=completing_codes(),
    help="Tell what a rule wants, and why.",
)
@click.option(
    "--format",
    "-f",
    cls=Option,
    group="Output",
    type=Choice(["text", "json", "github"]),
    default="text",
    help="text for people, json for programs, github for annotations in CI.",
)
@takes_options
def check(files: Words, *, strict: bool, explain: str | None, format: str, common: Common) -> None:
    """List every problem in a log; print nothing if there is none."""
    from nktimeline.cli import checking

    if explain is not None:
        checking.explain(explain)
    elif checking.check(files, format, common, strict=strict):
        raise click.exceptions.Exit(1)


@cli.command(
    short_help="Print a JSON Schema of the log.",
    examples=("schema --log my-log.yaml -o my-log.schema.json",),
)
@click.option(
    "--output",
    "-o",
    cls=Option,
    group="Output",
    metavar="FILE",
    type=FileName(),
    help="Write to a file.",
)
@takes_options
def schema(output: str | None, common: Common) -> None:
    """Print a JSON Schema of the log, for editors that complete and check."""
    from nktimeline.schema import lines

    where = Output(output=None if output == "-" else output)
    print_lines(lines(open_log(common)), FORMATS["json"], common, where)


def main() -> None:
    """Run the command line, and end with an exit code (see docs/design.md), never a traceback."""
    if "_NKTIMELINE_COMPLETE" in os.environ:
        from nktimeline.cli import shells  # noqa: F401 - it makes itself known to click
    sys.exit(streams.run(lambda: cli.main(prog_name="nktimeline", standalone_mode=False)))
