"""The options that commands share, spelled the same everywhere, and what completes them."""

from collections.abc import Callable, Iterable
from functools import partial, wraps
from inspect import signature
from typing import TYPE_CHECKING, Any

import click

from nktimeline.cli.session import Session, names_in_use

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Function = Callable[..., None]
Maker = Callable[[], click.Parameter]
Completer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


class Command(click.Command):
    """A command whose shared options are made when it is first asked for its parameters.

    All commands have some two hundred of them, which take longer to make than to start Python;
    a run needs those of one command, or of none.
    """

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Give the command's own parameters, then the shared ones."""
        self.params += [make() for make in vars(self.callback).pop("shared", ())]
        return super().get_params(ctx)


class Group(Command, click.Group):
    """The command that the others stand under."""

    command_class = Command


class Choice(click.Choice[str]):
    """One of some words; a wrong one is answered with the nearest, besides all that there are."""

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> str:
        """Give the word; raises click's BadParameter."""
        try:
            return super().convert(value, param, context)
        except click.BadParameter as error:
            from nktimeline.names import meant

            message = error.message.rstrip(".") + meant(str(value), map(str, self.choices))
            raise click.BadParameter(message, context, param) from error


def examples(*lines: str) -> str:
    """Give an epilog of examples, each a command as it would be typed."""
    return "\n".join(("\b", "Examples:", *(f"  nktimeline {line}" for line in lines)))


def completing(what: str) -> Completer:
    """Give what completes a parameter with the ids of the log in use, by id or by name."""
    return _completer(lambda context: names_in_use(context, what))


def completing_codes() -> Completer:
    """Give what completes a parameter with the codes of the rules of `check`."""

    def codes(_context: click.Context) -> dict[str, tuple[str, ...]]:
        from nktimeline.checks import explanations

        return dict.fromkeys(explanations(), ())

    return _completer(codes)


def _completer(known: Callable[[click.Context], dict[str, tuple[str, ...]]]) -> Completer:
    def complete(
        context: click.Context, _param: click.Parameter, begun: str
    ) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem

        from nktimeline.text import name_key, safe

        key = name_key(begun)
        return [
            CompletionItem(id, help=safe(names[0]) if names else None)
            for id, names in known(context).items()
            if any(name_key(name).startswith(key) for name in (id, *names))
        ]

    return complete


def _option(*names: str, **settings: Any) -> Maker:
    return partial(click.Option, names, **settings)


def _many(*names: str, help: str, what: str | None = None, metavar: str = "NAME") -> Maker:
    complete = completing(what) if what else None
    return _option(*names, multiple=True, help=help, metavar=metavar, shell_complete=complete)


FILE = click.Path(readable=False)
"""A path; whether it can be read or written is told by doing so."""
_COMMON = (
    _option(
        "--log",
        metavar="FILE",
        type=FILE,
        help="Read this log instead of $NKTIMELINE_LOG or the one that ships; - is stdin.",
    ),
    _option("--no-cache", is_flag=True, help="Read the log afresh and keep nothing."),
    _option("--quiet", "-q", is_flag=True, help="No counts or hints on standard error."),
)
_PRINTED = (
    _option("--output", "-o", metavar="FILE", type=FILE, help="Write to a file."),
    _option("--color", type=Choice(["auto", "always", "never"]), help="Colour or not."),
    _option("--pager/--no-pager", default=None, help="Page long output, or never."),
    _option("--ascii", is_flag=True, help="Draw with ASCII alone."),
)
_FILTERS = (
    _option("--since", metavar="DATE", help="From the first day of this on: 2023, 2023-10, 90d."),
    _option("--until", metavar="DATE", help="To the last day of this: 2023, 2023Q3, yesterday."),
    _many("--on", help="Within this: 2023-10, 2023-10-24/2023-10-27.", metavar="DATE"),
    _many("--actor", "-a", help="With this actor or a member of it.", what="actor"),
    _many("--with", "-w", "companion", help="And with this one too.", what="actor"),
    _many("--kind", "-k", help="Of this kind.", what="kind", metavar="KIND"),
    _many("--tag", "-t", help="Bearing this tag.", what="tag", metavar="TAG"),
    _many("--place", help="At a place of this name.", metavar="TEXT"),
    _many("--status", help="confirmed, reported or disputed.", what="status", metavar="STATUS"),
    _many("--grep", "-g", help="Saying this in title, summary, place or names.", metavar="TEXT"),
    _option("--certain", is_flag=True, help="Without those that only could fall in the window."),
    _many("--not-actor", help="Without this actor and its members.", what="actor"),
    _many("--not-kind", help="Not of this kind.", what="kind", metavar="KIND"),
    _many("--not-tag", help="Not bearing this tag.", what="tag", metavar="TAG"),
    _option("--today", metavar="DATE", help="Count back from this day instead of today."),
)
_ORDER = (
    _option("--reverse", "-r", is_flag=True, help="Latest first."),
    _option("--limit", "-n", type=click.IntRange(min=0), metavar="N", help="The first N only."),
)


def _format() -> click.Parameter:
    from nktimeline.render import FORMATS

    return _choice(FORMATS)


def _grid_format() -> click.Parameter:
    from nktimeline.render import GRID_FORMATS

    return _choice(GRID_FORMATS)


def _choice(formats: Iterable[str]) -> click.Parameter:
    return click.Option(("--format", "-f"), type=Choice([*formats]), help="How to print it.")


def _with_session(command: Function, *shared: Maker) -> Function:
    """Hand the command a Session made of the shared options, and its own parameters."""
    own_names = signature(command).parameters.keys()

    @wraps(command)
    def run(**given: Any) -> None:
        own = {name: given.pop(name) for name in own_names & given.keys()}
        command(Session(click.get_current_context(), given), **own)

    vars(run)["shared"] = shared
    return run


def common(group: Function) -> Function:
    """Add what may also stand before the command."""
    vars(group)["shared"] = _COMMON
    return group


def plain(command: Function) -> Function:
    """Add what every command takes."""
    return _with_session(command, *_COMMON)


def printed(command: Function) -> Function:
    """Add what commands that print something take."""
    return _with_session(command, _format, *_PRINTED, *_COMMON)


def listing(command: Function) -> Function:
    """Add what commands that list events take."""
    return _with_session(command, *_FILTERS, *_ORDER, _format, *_PRINTED, *_COMMON)


def grid(command: Function) -> Function:
    """Add what commands that count events take."""
    return _with_session(command, *_FILTERS, *_ORDER, _grid_format, *_PRINTED, *_COMMON)
