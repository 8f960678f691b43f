"""The options that commands share: each described once, and handed on in a typed record.

A command says by the types of its parameters which records it takes. `takes_options` gives it their
options, and hands it the records made of what was typed.
"""

from collections.abc import Callable, Iterable
from functools import partial, wraps
from typing import Any, NamedTuple

import click

from nktimeline.axes import AXES
from nktimeline.cli.completion import completing
from nktimeline.cli.parameters import Choice, FileName, Names, Option
from nktimeline.query import Filters
from nktimeline.render import ALIASES, FORMATS, Format

Function = Callable[..., None]
Maker = Callable[[], Option]


class Common(NamedTuple):
    """What every command takes, before its name or after it."""

    log: str | None = None
    """The log to read instead of the one that ships; `-` is standard input."""
    no_cache: bool = False
    quiet: bool = False
    today: str | None = None
    """The day to take for today."""


class Order(NamedTuple):
    """In which order events are shown, and how many."""

    reverse: bool = False
    limit: int | None = None


class Nearby(NamedTuple):
    """How much is shown around the events found."""

    context: int | None = None


class Silent(NamedTuple):
    """Which silences are looked for."""

    min: str = "30d"


class Stood(NamedTuple):
    """Of what, when and by what was known it is asked how it stood, as people write it."""

    on: str | None = None
    actors: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    as_known: str | None = None


class Counting(NamedTuple):
    """What events are counted by."""

    by: tuple[str, ...] = ()
    """One axis, or two: rows and columns."""
    vs: tuple[str, ...] = ()
    """Other windows in which the same question is counted."""


class Output(NamedTuple):
    """In which form events are printed, and where to."""

    format: str | None = None
    output: str | None = None
    color: str | None = None
    pager: bool | None = None
    ascii: bool = False
    no_footer: bool = False
    columns: tuple[str, ...] = ()
    """The columns asked for, by name; none: those that each format has otherwise."""
    ids: bool = False


class GridOutput(Output):
    """In which form counts are printed, and where to; their columns are what is counted."""


class RowOutput(Output):
    """In which form rows that are no counts are printed, and where to."""


def formats(output: type[Output]) -> list[Format]:
    """Return the formats that a kind of output has."""
    if output is Output:
        return [*FORMATS.values()]
    counts = [one for one in FORMATS.values() if one.counts]
    return [one for one in counts if one.entries or one.data or output is GridOutput]


def takes_options(command: Function) -> Function:
    """Give a command the options of the records that its parameters are typed with."""
    records = {name: type for name, type in command.__annotations__.items() if type in OPTIONS}

    @click.pass_context
    @wraps(command)
    def run(context: click.Context, /, **given: Any) -> None:
        made = {name: _made(record, given, context) for name, record in records.items()}
        command(**given, **made)

    made = [make() for record in records.values() for make in OPTIONS[record]]
    vars(run)["__click_params__"] = [*made[::-1], *vars(command).pop("__click_params__", [])]
    return run


def _made(record: type[Any], given: dict[str, Any], context: click.Context) -> Any:
    """Make a record of the values given for its fields, which are taken away from the rest."""
    values = {name: given.pop(name) for name in record._fields if name in given}
    if values.get("output") == "-":
        values["output"] = None  # standard output, as `--log -` is standard input
    if record is Common and context.parent:
        before = context.parent.params
        values = {n: before.get(n) if v in (None, False) else v for n, v in values.items()}
    return record(**values)


def _option(*names: str, group: str, **settings: Any) -> Maker:
    return partial(Option, names, group=group, **settings)


_when = partial(_option, group="When", metavar="DATE", multiple=True)
_output = partial(_option, group="Output")


def _naming(*names: str, group: str, what: str, help: str, metavar: str = "NAME") -> Maker:
    """Return what makes a repeatable option that names something of the log."""
    return _option(
        *names, group=group, multiple=True, help=help, metavar=metavar,
        shell_complete=completing(what),
    )  # fmt: skip


def _counting(*names: str, help: str) -> Maker:
    """Return what makes a repeatable option that takes a number."""
    return _option(
        *names, group="Evidence", multiple=True, help=help, metavar="N", type=click.IntRange(min=1)
    )


def _format(formats: Iterable[Format]) -> Maker:
    known = [*formats]
    return _output(
        "--format",
        "-f",
        type=Choice([format.name for format in known], ALIASES),
        metavar="NAME",
        help="; ".join(f"{format.name}: {format.about}" for format in known) + ".",
    )


_COMMON = (
    _option(
        "--log",
        group="Other",
        metavar="FILE",
        type=FileName(),
        help="Read this log instead of $NKTIMELINE_LOG or the one that ships; - is stdin.",
    ),
    _option("--no-cache", group="Other", is_flag=True, help="Read the log afresh, keep nothing."),
    _option("--quiet", "-q", group="Other", is_flag=True, help="Print no counts and hints."),
    _option("--today", group="Other", metavar="DATE", help="Take this day for today."),
)
_FILTERS = (
    _when("--since", help="From the first day of DATE on: 2023, 'Oct 2023', 90d."),
    _when("--until", help="Up to the last day of DATE: 2023, 2023Q3, yesterday."),
    _when("--on", help="Within DATE: 2023-10, '24 Oct 2023', '2023 to 2024'."),
    _option("--certain", group="When", is_flag=True, help="Leave out events whose date is too "
            "vague to be sure."),
    _naming("--actor", "-a", group="Who", what="actor", help="Only events with this actor or a "
            "member of it; either, if repeated."),
    _naming("--with", "-w", "companion", group="Who", what="actor", help="Only events with this "
            "actor too; all, if repeated."),
    _naming("--not-actor", group="Who", what="actor", help="No events with this actor."),
    _naming("--kind", "-k", group="What", what="kind", metavar="KIND", help="Only this kind."),
    _naming("--tag", "-t", group="What", what="tag", metavar="TAG", help="Only with this tag."),
    _option("--place", group="What", multiple=True, metavar="TEXT", help="Only at this place."),
    _option("--grep", "-g", group="What", multiple=True, metavar="TEXT", help="Search title, "
            "summary, place and the names of participants."),
    _naming("--not-kind", group="What", what="kind", metavar="KIND", help="Not this kind."),
    _naming("--not-tag", group="What", what="tag", metavar="TAG", help="Not with this tag."),
    _naming("--guest", group="Who", what="actor", help="Only journeys of this actor or a member."),
    _naming("--host", group="Who", what="actor", help="Only journeys to this actor or a member."),
    _naming("--level", group="Who", what="level", metavar="LEVEL", help="Only at this level or a "
            "higher one."),
    _naming("--status", group="Evidence", what="status", metavar="STATUS", help="Only confirmed, "
            "reported or disputed events."),
    _naming("--source", "-s", group="Evidence", what="source", help="Only with a page that NAME "
            "published or wrote, or whose account it gives."),
    _naming("--origin", group="Evidence", what="origin", help="Only if it rests on the account of "
            "NAME or a member."),
    _naming("--only-origin", group="Evidence", what="origin", help="Only if it rests on no other "
            "account."),
    _option("--as-known", group="Evidence", metavar="DATE", help="Only what was published by the "
            "last day of DATE, which is then taken for today."),
    _counting("--min-origins", help="Only if it rests on N accounts or more."),
    _counting("--max-origins", help="Only if it rests on N accounts or fewer."),
    _counting("--min-lag", help="Only if it became known N days after it happened, or later."),
)  # fmt: skip
_ORDER = (
    _option("--reverse", "-r", group="Order", is_flag=True, help="Turn the order round."),
    _option("--limit", "-n", group="Order", type=click.IntRange(min=0), metavar="N",
            help="Only the first N of what would be shown."),
)  # fmt: skip
_NEARBY = (
    _option("--context", "-C", group="Order", type=click.IntRange(min=0), metavar="N",
            help="Also the N events of the whole log before and after each one found."),
)  # fmt: skip
_SILENT = (
    _option("--min", group="When", metavar="SPAN", default="30d", show_default=True,
            help="Only silences of so long or longer: 30d, 8w, 6m, 1y."),
)  # fmt: skip
_COUNTING = (
    _option("--by", group="What", multiple=True, type=Choice(AXES), metavar="AXIS",
            help=f"What to count by, once or twice: {', '.join(AXES)}."),
    _option("--vs", group="When", multiple=True, metavar="DATE", help="Count the same in this "
            "window too, beside the first."),
)  # fmt: skip
_STOOD = (
    _option("--on", group="When", metavar="DAY", help="At the end of this day."),
    _naming("--actor", "-a", "actors", group="Who", what="actor", help="Only what belongs to this "
            "actor or a member of it; either, if repeated."),
    _naming("--state", "states", group="What", what="state", metavar="STATE", help="Only what is "
            "in this state, or 'not known'; either, if repeated."),
    _option("--as-known", group="Evidence", metavar="DATE", help="Only by what was published by "
            "the last day of DATE, which is then taken for today."),
)  # fmt: skip
_OUTPUT = (
    _output("--output", "-o", metavar="FILE", type=FileName(), help="Write to a file; its "
            "ending picks the format."),
    _output("--color", type=Choice(["auto", "always", "never"]), help="Use colours, or never."),
    _output("--pager/--no-pager", default=None, help="Page long output, or never."),
    _output("--ascii", is_flag=True, help="Draw with ASCII alone."),
    _output("--no-footer", is_flag=True, help="Leave out the last lines, which name the log and "
            "the command."),
)  # fmt: skip
_COLUMNS = (
    _output("--columns", metavar="A,B,...", type=Names(), default="", help="The columns of "
            "tables, Markdown and CSV, such as date,event,sources."),
    _output("--ids", is_flag=True, help="Show the ids of events in tables and timelines."),
)  # fmt: skip
OPTIONS: dict[type, tuple[Maker, ...]] = {
    Common: _COMMON,
    Filters: _FILTERS,
    Order: _ORDER,
    Nearby: _NEARBY,
    Silent: _SILENT,
    Stood: _STOOD,
    Counting: _COUNTING,
    Output: (_format(FORMATS.values()), *_OUTPUT, *_COLUMNS),
    GridOutput: (_format(formats(GridOutput)), *_OUTPUT),
    RowOutput: (_format(formats(RowOutput)), *_OUTPUT),
}
"""The options of each record, one for each of its fields; counts have no columns to choose."""
