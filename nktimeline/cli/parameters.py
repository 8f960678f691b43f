"""Our kinds of click's commands and options: help in groups, and refusals that name the right word.

Knows no option and no command of ours.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import click

from nktimeline.names import meant
from nktimeline.text import quoted

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

GROUPS = ("When", "Who", "What", "Evidence", "Order", "Output", "Other")
"""The groups in which options stand in a command's help, in order."""


_SEARCH = "; to search for it, write it after 'show'"


class Option(click.Option):
    """An option that stands in a group of its command's help."""

    def __init__(self, *args: Any, group: str = "Other", **settings: Any) -> None:
        """Take the group's name, and what click takes."""
        super().__init__(*args, **settings)
        self.group = group


class Choice(click.Choice[str]):
    """One of some words, or another word for one of them."""

    def __init__(self, words: Iterable[str], others: Mapping[str, str] | None = None) -> None:
        """Take the words, and the other words with what they mean."""
        super().__init__([*words])
        self.others = others or {}

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word; raises click's BadParameter, which names the nearest word."""
        try:
            return super().convert(self.others.get(value, value), param, ctx)
        except click.BadParameter as error:
            message = error.message.rstrip(".") + meant(str(value), map(str, self.choices))
            raise click.BadParameter(message, ctx, param) from error


class Names(click.ParamType):  # type: ignore[type-arg]  # one that click takes from 8.4 on
    """Names with commas between them."""

    name = "names"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Return the names, each once; raises click's BadParameter for an empty one."""
        if isinstance(value, tuple):
            return value
        names = [name.strip().lower() for name in value.split(",")] if value else []
        if not all(names):
            self.fail(f"names with commas between them are expected, not '{value}'", param, ctx)
        return tuple(dict.fromkeys(names))


class FileName(click.ParamType):  # type: ignore[type-arg]  # one that click takes from 8.4 on
    """The name of a file; whether it can be read or written is told by doing so."""

    name = "file"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name; raises click's BadParameter where it is empty."""
        return value or self.fail("the name of a file is expected, not ''", param, ctx)

    def shell_complete(
        self, _ctx: click.Context, _param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem]":
        """Have the shell complete the names of files."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="file")]


class Command(click.Command):
    """A command whose help shows its options in groups, and then examples."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **settings: Any) -> None:
        """Take examples, each as it is typed after the program's name, and what click takes."""
        super().__init__(*args, **settings)
        self.examples = examples

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, each group under its name."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        options.sort(key=lambda option: GROUPS.index(_group(option)))
        for group, members in groupby(options, _group):
            records = [record for option in members if (record := option.get_help_record(ctx))]
            if records:
                with formatter.section(group):
                    formatter.write_dl(records)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        with formatter.section("Examples"):
            for example in self.examples:
                formatter.write(f"  {ctx.find_root().info_name} {example}\n")

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; raises click's NoSuchOption, which names what does the same."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if not self.elsewhere(ctx, error.option_name):
                raise
            names = dict.fromkeys([error.option_name, *(arg.split("=")[0] for arg in args)])
            told = {name: does for name in names if (does := self.elsewhere(ctx, name))}
            options = "option" if len(told) == 1 else "options"
            message = f"no such {options}: {', '.join(told)}; write {', '.join(told.values())}"
            raise click.UsageError(message, ctx) from error

    def elsewhere(self, ctx: click.Context, option: str) -> str | None:
        """Return what to use here for an option of other programs; None if nothing."""
        root = ctx.find_root().command
        return root.options_elsewhere.get(option) if isinstance(root, Group) else None


class Group(click.Group, Command):
    """The command that the others stand under; its help fits on a screen."""

    command_class = Command

    def __init__(
        self,
        *args: Any,
        options_elsewhere: Mapping[str, str] | None = None,
        commands_elsewhere: Mapping[str, str] | None = None,
        **settings: Any,
    ) -> None:
        """Take what other programs call options and commands, with what does the same here."""
        super().__init__(*args, **settings)
        self.options_elsewhere = options_elsewhere or {}
        self.commands_elsewhere = commands_elsewhere or {}

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, those with the same help in one line, and the names of options."""
        rows = [(command.get_short_help_str(99), name) for name, command in self.commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl(
                [(", ".join(name for _, name in same), text)
                 for text, same in groupby(rows, itemgetter(0))]
            )  # fmt: skip
        options = ", ".join(max(param.opts, key=len) for param in self.get_params(ctx))
        formatter.write_paragraph()
        formatter.write_text(f"Options: {options}; COMMAND --help explains them, and all others.")

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; raises click's UsageError, which names the nearest one."""
        word = args[0]
        if word in self.commands or word.startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        elsewhere = self.commands_elsewhere.get(word.lower())
        offer = f"; write {elsewhere}" if elsewhere else meant(word, self.commands)
        raise click.UsageError(f"no such command: {quoted(word)}{offer or _SEARCH}", ctx)

    def elsewhere(self, ctx: click.Context, option: str) -> str | None:
        """Return what does the same here, perhaps the option itself after a command."""
        takers = (
            name
            for name, command in self.commands.items()
            if any(option in param.opts for param in command.params)
        )
        if taker := next(takers, None):
            return f"it after a command, as in '{ctx.info_name} {taker} {option}'"
        return super().elsewhere(ctx, option)


def _group(option: click.Option) -> str:
    return option.group if isinstance(option, Option) else "Other"
