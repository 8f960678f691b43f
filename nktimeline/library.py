"""What Python programs import: a log, selections of it, plain dicts, and lines in any format.

Touches no terminal, environment, clock or cache, and raises where the command line would complain.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from os import PathLike, fspath
from typing import Any, NamedTuple, TypedDict, Unpack

from nktimeline.evidence import as_known
from nktimeline.load import load_file, shipped
from nktimeline.model import Log
from nktimeline.plain import Plain, plain_event
from nktimeline.problems import Level, Problem
from nktimeline.query import Filters, known_by, query, settle
from nktimeline.render import FORMATS, Page, renderer
from nktimeline.silences import coverage

Texts = str | Sequence[str]
"""One value of a filter, or several."""


class Asked(TypedDict, total=False):
    """The filters of the command line; `--with` is `companion`."""

    since: Texts
    until: Texts
    on: Texts
    actor: Texts
    companion: Texts
    kind: Texts
    tag: Texts
    place: Texts
    status: Texts
    grep: Texts
    certain: bool
    not_actor: Texts
    not_kind: Texts
    not_tag: Texts
    guest: Texts
    host: Texts
    level: Texts
    source: Texts
    origin: Texts
    only_origin: Texts
    min_origins: int
    max_origins: int
    min_lag: int
    as_known: str


class LogError(ValueError):
    """A log has errors; `problems` holds them."""

    def __init__(self, path: str, problems: Sequence[Problem]) -> None:
        """Take the log's path and its errors."""
        self.problems = tuple(problems)
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{path}:{problems[0]}{more}")


class Selection(NamedTuple):
    """Events of a log, in order of date."""

    log: Log
    """The events, and the tables that they name things in."""
    whole: Log
    """The log that they were selected from."""

    def select(self, *, today: date | None = None, **asked: Unpack[Asked]) -> "Selection":
        """Return the events that the filters let through.

        Values are texts, as on the command line. Days such as `90d` are counted back from `today`,
        or else from the last day of the log. Raises DateError for a bad date, UnknownName for a
        name that means nothing or several things, and TypeError for an unknown filter.
        """
        filters = Filters(**{name: _as_filter(name, value) for name, value in asked.items()})
        last = today or coverage(self.whole).last
        known = known_by(filters, last)
        then = self._as_known(known) if known else self
        settled = settle(then.whole, filters, today or known or last).filters
        return then._replace(log=then.log.keep(query(then.whole, settled)))

    def _as_known(self, day: date) -> "Selection":
        """Return what of the selection was known by a day, and what could be told of it."""
        whole, ids = as_known(self.whole, day), {event.id for event in self.log.events}
        events = [event for event in whole.events if event.id in ids]
        return Selection(whole._replace(marks=self.log.marks).holding(events), whole)

    def dicts(self) -> Iterator[dict[str, Plain]]:
        """Yield each event as the object that `--format json` prints."""
        return (plain_event(self.log, event) for event in self.log.events)

    def lines(self, format: str, *, width: int = 80) -> Iterator[str]:
        """Yield the lines of a format, one of `FORMATS`, without colours and line ends.

        `width` is the number of terminal cells in a line. Raises ValueError for an unknown format.
        """
        if format not in FORMATS:
            raise ValueError(f"no format '{format}', expected one of {', '.join(FORMATS)}")
        return renderer(format)(self.log, Page(width=width))


def _as_filter(name: str, value: Any) -> Any:
    """Return a value as `Filters` takes it: one text or number is a filter with one value.

    Raises TypeError for what is neither, where the other is wanted.
    """
    if name == "certain":
        return bool(value)
    wanted: type = int if name in ("min_origins", "max_origins", "min_lag") else str
    values = (value,) if isinstance(value, str | int) else tuple(value)
    for one in values:
        if not isinstance(one, wanted):
            kind = "numbers" if wanted is int else "texts, such as '2023'"
            raise TypeError(f"{name} takes {kind}, not {one!r}")
    return value if name == "as_known" else values


def open_log(path: str | PathLike[str] | None = None) -> Selection:
    """Read the log at a path, or the one that ships, and return all its events.

    `-` is standard input. Raises LogError if the log has errors, OSError if it cannot be read.
    """
    name = fspath(path) if path is not None else shipped()
    log, problems, _ = load_file(name)
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    if errors:
        raise LogError(name, errors)
    return Selection(log, log)
