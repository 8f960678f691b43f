"""One run of a command: the log in use, what is asked of it, and where the answer goes."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

import click

from nktimeline.cli import files, streams, terminal

if TYPE_CHECKING:
    from nktimeline.cache import Cache
    from nktimeline.load import Loaded
    from nktimeline.model import Log
    from nktimeline.query import Filters
    from nktimeline.tally import Tally

COMMON = ("log", "no_cache", "quiet")
Heading = Callable[[bool], Iterator[str]]
"""Gives the lines that stand above a list of events, as Markdown or as text."""


class Session:
    """The options of one command, and the log that they lead to, read when first asked for."""

    def __init__(self, context: click.Context, given: dict[str, Any]) -> None:
        """Take what was given after the command, and what stood before it where that is silent."""
        before = context.parent.params if context.parent else {}
        self.given = given | {name: given.get(name) or before.get(name) for name in COMMON}
        if self.given.get("output") == "-":
            self.given["output"] = None  # as `--log -` is standard input
        self.quiet = bool(self.given["quiet"])

    # -- the log

    @cached_property
    def log(self) -> "Log":
        """The log in use; where it has errors they are printed, and the program ends with 1."""
        path = log_path(self.given["log"])
        data, loaded = self.load(path)
        if loaded.problems:
            from nktimeline.problems import Level, report

            errors = [problem for problem in loaded.problems if problem.level is Level.ERROR]
            if errors:
                if not self.quiet:
                    streams.complain(report(_shown(path), errors, data))
                raise click.exceptions.Exit(1)
        if not loaded.log.events:
            self.note(f"{_shown(path)} has no events")
        return loaded.log

    def load(self, path: str) -> "tuple[bytes, Loaded]":
        """Read and check a log, through the cache unless that was forbidden."""
        from nktimeline.load import load
        from nktimeline.text import visible

        data = _read(path)
        cache = None if self.given["no_cache"] else _cache()
        progress = streams.progress(f"reading {visible(_shown(path))}", quiet=self.quiet)
        try:
            return data, load(data, cache=cache, progress=progress)
        finally:
            if progress:
                progress(1)

    @cached_property
    def today(self) -> date:
        """The day that spans are counted back from."""
        text = self.given.get("today") or os.environ.get("NKTIMELINE_TODAY")
        if not text:
            return date.today()
        from nktimeline.dates import Precision, parse

        with wrong_usage():
            day = parse(text)
        if day.precision is not Precision.DAY or day.first != day.last:
            raise click.UsageError(f"--today takes one day such as 2024-06-19, not '{text}'")
        return day.first

    def selection(self, within: Iterable[str] = ()) -> "Log":
        """The events that the filters let through, all with one of the actors `within` if given."""
        from nktimeline.query import query

        with wrong_usage():
            asked = query(self.log, cast("Filters", self.given), self.today)
        if trees := [self.log.members(id) for id in within]:
            asked = asked._replace(companions=(*asked.companions, frozenset().union(*trees)))
        return self.log.keep(asked, asked.days)

    def find(self, what: str, words: Sequence[str]) -> list[str]:
        """The ids that words mean; an unknown one is wrong usage."""
        from nktimeline.names import find, names_of

        names = names_of(self.log, what)
        with wrong_usage():
            return list(dict.fromkeys(find(what, word, names) for word in words))

    # -- what is printed

    def show(self, selection: "Log", heading: Heading | None = None) -> None:
        """Print events, after a heading where the format has room for one."""
        from nktimeline.render import DECORATED, renderer

        shown = selection.first(self.given.get("limit"), reverse=self.given.get("reverse", False))
        format = self.format()
        lines = renderer(format)(shown, terminal.page(self.given))
        if heading and format in (*DECORATED, "markdown"):
            lines = chain(heading(format == "markdown"), lines)
        self.print(lines, format)
        self.count(selection, _first(len(shown.events), len(selection.events), ""))

    def grid(self, tally: "Tally") -> None:
        """Print counts over the events that the filters let through."""
        from nktimeline.render import grid_renderer

        selection = self.selection()
        grid = tally(selection, self.log)

        rows = grid.rows[::-1] if self.given["reverse"] else grid.rows
        shown = rows[: self.given["limit"]]
        format = self.format()
        page = terminal.page(self.given)
        self.print(grid_renderer(format)(grid._replace(rows=shown), page), format)
        self.count(selection, _first(len(shown), len(rows), f" of {len(rows)} rows"))

    def count(self, selection: "Log", first: str) -> None:
        """Say how many events were found, how many of them only could be meant, and how many shown.

        Say too what of that was asked for in vain.
        """
        found, every = len(selection.events), len(self.log.events)
        possible = f", {len(selection.possible)} of them possible" if selection.possible else ""
        self.note(f"{found} of {every} events{possible}{first}")
        if not found or self.given.get("until") or self.given.get("on"):
            from nktimeline.query import reasons

            for reason in reasons(self.log, cast("Filters", self.given), self.today, found):
                self.note(reason)

    def profiles(self, ids: Iterable[str], selection: "Log") -> Heading:
        """Give the facts about actors, to stand above their events."""
        from nktimeline.render.entry import actor

        page = terminal.page(self.given)
        chosen = [self.log.actors[id] for id in ids]
        return lambda markdown: chain.from_iterable(
            actor(self.log, one, selection, page, as_markdown=markdown) for one in chosen
        )

    def entries(self, ids: Iterable[str]) -> None:
        """Print events in full; in a format that was asked for, as `show` would."""
        from nktimeline.dates import Match
        from nktimeline.render.entry import events

        chosen = [event for id in ids for event in self.log.events if event.id == id]
        format = self.format()
        if format in ("table", "markdown") and not self.given["format"]:
            page, markdown = terminal.page(self.given), format == "markdown"
            self.print(events(self.log, chosen, page, as_markdown=markdown), format)
        else:
            self.show(self.log.keep(lambda event: Match.SURELY if event in chosen else Match.NO))

    def check(self, files: Sequence[str], format: str, *, strict: bool) -> None:
        """Print the problems of each log; ends with 1 where there are errors."""
        from nktimeline.problems import WRITERS, has_errors

        checked = []
        for path in files or [log_path(self.given["log"])]:
            data, (_, problems) = self.load(path)
            checked.append((_shown(path), problems, data))
            if format == "github" or (format == "text" and not self.quiet):
                self.print(WRITERS[format](checked[-1:]), "text")
        if format == "json":  # one array, however many logs
            self.print(WRITERS[format](checked), "text")
        if any(problems if strict else has_errors(problems) for _, problems, _ in checked):
            raise click.exceptions.Exit(1)

    def explain(self, code: str) -> None:
        """Print what a rule wants and why."""
        from nktimeline.checks import explanations
        from nktimeline.names import find

        rules = explanations()
        with wrong_usage():
            name = find("code", code, dict.fromkeys(rules, ()))
        self.print([f"{name}: {rules[name]}"], "text")

    def format(self) -> str:
        """The format asked for: by name, by the output file's suffix, or by where it goes."""
        from nktimeline.render import SUFFIXES

        output = self.given.get("output")
        if self.given.get("format"):
            return str(self.given["format"])
        suffix = os.path.splitext(output or "")[1].lower()
        if suffix and suffix not in SUFFIXES:
            known = ", ".join(SUFFIXES)
            raise click.UsageError(f"no format has the suffix '{suffix}'; use {known} or --format")
        if output:
            return SUFFIXES.get(suffix, "markdown")
        return "table" if terminal.is_terminal() else "markdown"

    def print(self, lines: Iterable[str], format: str) -> None:
        """Write lines to the file asked for, or to standard output."""
        if output := self.given.get("output"):
            path = log_path(self.given["log"])
            files.save(lines, output, inputs=[0 if path == "-" else path])
        else:
            pager = False if format == "text" else self.given.get("pager")
            streams.write(lines, guard=format == "csv", pager=pager)

    def note(self, text: str) -> None:
        """Say something that is no data, unless asked to be quiet."""
        streams.note(text, quiet=self.quiet)


@contextmanager
def wrong_usage() -> Iterator[None]:
    """Turn a date or name that cannot be used into click's own kind of error."""
    from nktimeline.dates import DateError
    from nktimeline.names import UnknownName

    try:
        yield
    except (DateError, UnknownName) as error:
        raise click.UsageError(str(error)) from error


def log_path(given: str | None) -> str:
    """Give the path of the log in use: the option, the environment, or the one that ships."""
    from nktimeline.load import shipped

    return given or os.environ.get("NKTIMELINE_LOG") or shipped()


def names_in_use(context: click.Context, what: str) -> dict[str, tuple[str, ...]]:
    """Give the names for shell completion; none where the log cannot be read."""
    from nktimeline.names import names_of

    given = {name: context.params.get(name) for name in COMMON} | {"quiet": True}
    session = Session(context, given)
    path = log_path(session.given["log"])
    if path == "-":  # what would come through it is not there yet
        return {}
    try:
        _, loaded = session.load(path)
        return names_of(loaded.log, what)
    except OSError:
        return {}


def _read(path: str) -> bytes:
    """Read a file; an error names it even where the system does not."""
    from nktimeline.load import read_bytes

    try:
        return read_bytes(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, error.filename or _shown(path)) from error


def _cache() -> "Cache | None":
    try:
        from nktimeline.cache import Cache
    except ModuleNotFoundError:  # it may be taken out: nothing else depends on it
        return None
    return Cache.of(os.environ)


def _first(shown: int, found: int, of: str) -> str:
    return f", the first {shown}{of} shown" if shown < found else ""


def _shown(path: str) -> str:
    return "<stdin>" if path == "-" else path
