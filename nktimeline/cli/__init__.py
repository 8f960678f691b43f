"""The command line: click commands that say what is done, in the words of the modules that do it.

Only this package imports click, prints, exits, or looks at terminal, environment or clock.
"""

import sys

import click

from nktimeline import __version__
from nktimeline.cli import options, streams
from nktimeline.cli.session import Session

EXAMPLES = """
\b
Examples:
  nktimeline show --since 2023
  nktimeline actor russia --format timeline
  nktimeline show --actor russia --with china > notes.md
"""


@click.group(
    cls=options.Group,
    invoke_without_command=True,
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
@options.common
def cli(context: click.Context, /, **_common: object) -> None:
    """What happened in North Korea's foreign relations since 2018, when, and who says so."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@cli.command(
    epilog=options.examples("show --since 2023-07 --until 2023", "show -a russia -w china")
)
@options.listing
def show(session: Session) -> None:
    """Show events, oldest first."""
    session.show(session.selection())


@cli.command(
    short_help="Show who an actor is, and every event of theirs.",
    epilog=options.examples("actor russia", "actor putin --format timeline"),
)
@click.argument(
    "names", nargs=-1, required=True, metavar="NAME...", shell_complete=options.completing("actor")
)
@options.listing
def actor(session: Session, names: tuple[str, ...]) -> None:
    """Show who an actor is, and every event they or their members take part in."""
    chosen = session.find("actor", names)
    selection = session.selection(within=chosen)
    session.show(selection, heading=session.profiles(chosen, selection))


@cli.command(
    short_help="Show events in full.",
    epilog=options.examples("event vostochny-summit-2023", "event hanoi -f json"),
)
@click.argument(
    "ids", nargs=-1, required=True, metavar="ID...", shell_complete=options.completing("event")
)
@options.printed
def event(session: Session, ids: tuple[str, ...]) -> None:
    """Show events in full: summary, people, place, sources with their links, related events."""
    session.entries(session.find("event", ids))


def _listing(name: str, text: str, example: str) -> None:
    @cli.command(name, help=text, epilog=options.examples(example))
    @options.grid
    def listing(session: Session) -> None:
        from nktimeline.tally import LISTINGS

        session.grid(LISTINGS[name])


_listing("actors", "List actors, with how many events they take part in.", "actors --since 2024")
_listing("sources", "List sources, with how many events cite them.", "sources --actor malaysia")
_listing("kinds", "List kinds of events, what they mean and how many there are.", "kinds")
_listing("tags", "List tags, with how many events bear them.", "tags --since 2023")


@cli.command(epilog=options.examples("stats --by quarter --actor russia", "stats --by actor -n 15"))
@click.option(
    "--by",
    type=options.Choice(["year", "quarter", "month", "actor", "kind", "place"]),
    default="year",
    help="What to count events by.",
)
@options.grid
def stats(session: Session, by: str) -> None:
    """Count events, with bars."""
    from nktimeline.tally import STATISTICS

    session.grid(STATISTICS[by])


@cli.command(epilog=options.examples("check my-log.yaml", "check --explain premature-source"))
@click.argument("files", nargs=-1, metavar="[FILE]...", type=options.FILE)
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option(
    "--explain",
    metavar="CODE",
    shell_complete=options.completing_codes(),
    help="Tell what a rule wants, and why.",
)
@click.option(
    "--format",
    "-f",
    type=options.Choice(["text", "json", "github"]),
    default="text",
    help="text for people, json for programs, github for annotations in CI.",
)
@options.plain
def check(
    session: Session, *, files: tuple[str, ...], strict: bool, explain: str | None, format: str
) -> None:
    """List every problem in a log; silent when there is none."""
    if explain:
        session.explain(explain)
    else:
        session.check(files, format, strict=strict)


def main() -> None:
    """Run the command line; ends with the exit codes of the design, never in a traceback."""
    sys.exit(streams.run(lambda: cli.main(prog_name="nktimeline", standalone_mode=False)))
