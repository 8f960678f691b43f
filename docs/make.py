"""Writes docs/cli.md: the help of every command, as a terminal of 80 columns shows it."""

from collections.abc import Iterator
from pathlib import Path

import click

from nktimeline.cli import cli

PAGE = Path(__file__).with_name("cli.md")
HEAD = """\
# The command line

`nktimeline COMMAND --help` prints what stands here. The file is written by `python docs/make.py`.
"""


def page() -> str:
    """Return the page."""
    return HEAD + "".join(_section(command) for command in _commands())


def _commands() -> Iterator[click.Context]:
    """Yield the program itself, then its commands, as they are when their help is asked for."""
    program = cli.make_context("nktimeline", [], resilient_parsing=True, terminal_width=80)
    yield program
    for name, command in cli.commands.items():
        yield command.make_context(name, [], parent=program, resilient_parsing=True)


def _section(command: click.Context) -> str:
    return f"\n## {command.command_path}\n\n```text\n{command.get_help()}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
