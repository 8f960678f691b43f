"""Tables of numbers as people read them: how a number is written, what stands in one panel."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from nktimeline.tally import Cell, Grid, written

NONE = "·"
_NOT_COVERED = "not covered"


def figures(grid: Grid, row: Sequence[Cell], none: str = NONE) -> Sequence[str]:
    """Return a row of a table of numbers; `none` stands where nothing was counted."""
    first, *numbers = row
    return [
        written(first),
        *(
            _figure(grid, name, number, none)
            for name, number in zip(grid.columns[1:], numbers, strict=True)
        ),
    ]


def _figure(grid: Grid, column: str, number: Cell, none: str) -> str:
    if not grid.differences:
        return none if number == 0 else written(number)
    if is_difference(grid, column):
        return f"{number:+}" if isinstance(number, int) and number else written(number)
    return _NOT_COVERED if number is None else written(number)


def is_difference(grid: Grid, column: str) -> bool:
    """Tell whether a column has differences, and no counts."""
    return grid.differences and column == "difference"


def panels(groups: Sequence[str], widths: Sequence[float], room: float) -> Iterator[Sequence[int]]:
    """Yield the places of columns that stand in one panel: whole groups, where these fit."""
    panel: list[int] = []
    for _, members in groupby(range(len(groups)), groups.__getitem__):
        group = [*members]
        if panel and _width([*panel, *group], widths) > room:
            yield panel
            panel = []
        for place in group:
            if panel and _width([*panel, place], widths) > room:
                yield panel
                panel = []
            panel.append(place)
    yield panel


def _width(places: Sequence[int], widths: Sequence[float]) -> float:
    return sum(widths[place] for place in places)
