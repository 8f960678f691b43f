"""Silences between events: as text for a terminal, as Markdown, or as rows for programs.

Not a format of a log: it is about days without events, and events are only their ends.
"""

from collections.abc import Iterable, Iterator, Sequence

from nktimeline.model import Event, Log, Mark
from nktimeline.render import Page
from nktimeline.render.columns import titled
from nktimeline.render.markdown import below
from nktimeline.render.style import paint, sign
from nktimeline.silences import Gap, coverage
from nktimeline.tally import Grid
from nktimeline.text import markdown, safe
from nktimeline.widths import wrap

_LABEL = 8  # cells before a title: the words below, and blanks


def as_text(log: Log, gaps: Sequence[Gap], page: Page) -> Iterator[str]:
    """Yield each silence in a line, and below it the events before and after it."""
    if not gaps:
        return
    yield paint(f"{'Days':>6}  {'From':10}  {'To':10}  Others", "dim", page).rstrip()
    for gap in gaps:
        mark = sign(Mark.POSSIBLE, page) if gap.possible else ""
        days = f"{mark}{' ' if mark else ''}{gap.days}"
        days = paint(f"{days:>6}", "bold", page)
        yield f"{days}  {gap.first}  {gap.last}  {gap.others:6}"
        for name, event, none in _ends(log, gap):
            label = f"{name:>6}  "
            for line in wrap(safe(titled(event)) if event else none, page.width - _LABEL):
                yield paint(label, "dim", page) + (line if event else paint(line, "dim", page))
                label = " " * _LABEL
        yield ""


def as_markdown(log: Log, gaps: Iterable[Gap], page: Page) -> Iterator[str]:
    """Yield a table with a row for each silence, and the page's footer."""
    yield "| Days | From | To | Before | After | Others |"
    yield "| --: | --- | --- | --- | --- | --: |"
    for gap in gaps:
        mark = f"{sign(Mark.POSSIBLE, page)} " if gap.possible else ""
        ends = (
            markdown(titled(event)) if event else f"*{none}*" for _, event, none in _ends(log, gap)
        )
        cells = (f"{mark}{gap.days}", gap.first, gap.last, *ends, gap.others)
        yield f"| {' | '.join(map(str, cells))} |"
    yield from below(page)


def as_grid(gaps: Iterable[Gap]) -> Grid:
    """Return the silences as rows, for programs: the events at their ends are ids, or nothing."""
    return Grid(
        ("days", "from", "to", "before", "after", "others", "possible"),
        tuple(
            (
                gap.days,
                gap.first.isoformat(),
                gap.last.isoformat(),
                gap.before and gap.before.id,
                gap.after and gap.after.id,
                gap.others,
                gap.possible,
            )
            for gap in gaps
        ),
    )


def _ends(log: Log, gap: Gap) -> Iterator[tuple[str, Event | None, str]]:
    """Yield the events before and after a silence, by these names, and what to say of none."""
    covered = coverage(log)
    yield "before", gap.before, _none("begins", at_end=gap.first == covered.first)
    yield "after", gap.after, _none("ends", at_end=gap.last == covered.last)


def _none(does: str, *, at_end: bool) -> str:
    return f"none: the log {does}" if at_end else f"none: the time that was asked for {does}"
