"""What makes a page citable: which log and question it is from, and the command that asks it again.

The command is rebuilt from settled records and not echoed: ids stand for aliases and days for words
such as today. Every option of a command is in it, unless it is among `LEFT_OUT`. Knows no
clock; nothing here depends on the day or the machine.
"""

import os
import shlex
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import click

from nktimeline import __version__
from nktimeline.cli.options import Common
from nktimeline.model import Log
from nktimeline.render import Format, Page

LEFT_OUT = frozenset(("output", "color", "pager", "quiet", "no_cache", "no_footer", "version"))
"""Options that change nothing of what the page says."""


def about(log: Log, shown: str, *, ours: bool) -> str:
    """Say which log a page is from and how much of it is shown; its licence, if it is ours.

    The hash is an SWHID of the log's file (ISO/IEC 18670).
    """
    covered = log.coverage.last if log.coverage else log.extent.days.last
    parts = [
        f"nktimeline {__version__}",
        f"log swh:1:cnt:{log.blob}",
        shown,
        "" if covered == date.max else f"coverage to {covered}",
        "CC BY 4.0" if ours else "",
    ]
    return " · ".join(filter(None, parts))


def command(
    words: Iterable[str], settled: Mapping[str, object], common: Common, format: Format, page: Page
) -> str:
    """Return the command that gives the same bytes again; blank where there is none.

    Its arguments are `words`; what was typed for an option is `settled`, by its name. There is none
    where the log came by standard input, and for what cannot be typed.
    """
    context = click.get_current_context()
    path = common.log or os.environ.get("NKTIMELINE_LOG")
    if path and not _can_be_read_again(path):
        return ""
    values = {**context.params, "today": None, **settled}
    values |= {"log": path, "format": format.name, "ascii": not page.unicode}
    options = (
        (option, values[option.name])
        for option in context.command.params
        if isinstance(option, click.Option) and option.name in values.keys() - LEFT_OUT
    )
    name = context.info_name or ""
    line = typed(["nktimeline", name], words, options)
    return shlex.join(line) if all(map(str.isprintable, line)) else ""


def typed(
    name: Iterable[str], words: Iterable[str], options: Iterable[tuple[click.Option, object]]
) -> list[str]:
    """Return a command line, word by word; words that could be options stand last, after `--`."""
    words = list(words)
    given = [part for option, value in options for part in _given(option, value)]
    if any(word.startswith("-") for word in words):
        return [*name, *given, "--", *words]
    return [*name, *words, *given]


def _given(option: click.Option, value: object) -> Iterator[str]:
    """Yield an option as it is typed; nothing where it has its default value."""
    name = max(option.opts, key=len)
    if value is None or value is False or value in ((), option.default):
        return
    if isinstance(value, tuple) and not option.multiple:
        value = ",".join(value)
    for one in value if isinstance(value, tuple) else (value,):
        if option.is_flag:
            yield name
        elif str(one).startswith("-"):
            yield f"{name}={one}"
        else:
            yield from (name, str(one))


def _can_be_read_again(path: str) -> bool:
    return os.path.isfile(path) and not path.startswith(("/dev/", "/proc/"))
