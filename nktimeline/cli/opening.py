"""The log in use: which it is, and how it is read through the cache."""

import os
from typing import TYPE_CHECKING

import click

from nktimeline.cli import streams
from nktimeline.cli.options import Common

if TYPE_CHECKING:
    from nktimeline.cache import Cache
    from nktimeline.dates import Window
    from nktimeline.load import Loaded
    from nktimeline.model import Log
    from nktimeline.problems import Problem


def open_log(common: Common, days: "Window | None" = None, *, cited: bool = False) -> "Log":
    """Return the log in use; with `days`, perhaps without the events of other days.

    Where the log has errors they are printed, and the program ends with 1. Raises OSError.
    """
    path = log_path(common)
    loaded = load(path, common, cache=_cache(common), days=days, cited=cited)
    if errors := _errors(loaded):
        from nktimeline.problems import report

        streams.complain(report(shown(path), errors, loaded.data))
        raise click.exceptions.Exit(1)
    if not loaded.log.extent.events:
        streams.note(f"{shown(path)} has no events", quiet=common.quiet)
    return loaded.log


def load(
    path: str,
    common: Common,
    *,
    cache: "Cache | None" = None,
    days: "Window | None" = None,
    cited: bool = False,
) -> "Loaded":
    """Load a log, and show how far it is where that takes long; raises OSError."""
    from nktimeline.load import load_file
    from nktimeline.text import visible

    progress = streams.progress(f"reading {visible(shown(path))}", quiet=common.quiet)
    try:
        return load_file(path, cache=cache, days=days, cited=cited, progress=progress)
    except OSError as error:  # the system does not always name the file
        raise OSError(error.errno, error.strerror, error.filename or shown(path)) from error
    finally:
        if progress:
            progress(1)


def log_path(common: Common) -> str:
    """Return the path of the log in use: the option's, the environment's, or that which ships."""
    from nktimeline.load import shipped

    return common.log or os.environ.get("NKTIMELINE_LOG") or shipped()


def log_in_use(context: click.Context) -> "Log | None":
    """Return the log for shell completion, or None where it cannot be read."""
    here, before = context.params, context.parent.params if context.parent else {}
    common = Common(log=here.get("log") or before.get("log"), quiet=True)
    path = os.path.expanduser(os.path.expandvars(log_path(common)))  # as the shell will
    if path == "-":  # what would come through it is not there yet
        return None
    try:
        return load(path, common, cache=_cache(common)).log
    except OSError:
        return None


def shown(path: str) -> str:
    """Return what messages call a log."""
    return "<stdin>" if path == "-" else path


def _errors(loaded: "Loaded") -> "list[Problem]":
    if not loaded.problems:  # as after every run but the first
        return []
    from nktimeline.problems import Level

    return [problem for problem in loaded.problems if problem.level is Level.ERROR]


def _cache(common: Common) -> "Cache | None":
    if common.no_cache:
        return None
    from nktimeline.cache import Cache

    return Cache.of(os.environ)
