"""Long silences between events, in words, for what draws a rail.

Knows no sign and no page: whoever draws says where the words stand.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from nktimeline.model import Event
from nktimeline.render.phrases import length
from nktimeline.silences import Silence, bounds, silences

SILENCE = 91
"""Days without an event that are said in words, at least: three months of 30 days, and one."""


def long_silences(events: Sequence[Event]) -> Mapping[str, str]:
    """Return the long silences in words, each by the id of the event that it stands above."""
    forwards = not events or events[0].date.first <= events[-1].date.first
    in_order = events if forwards else events[::-1]
    ended = {
        one.after.id: _spoken(one)
        for one in silences(in_order, bounds(events))
        if one.after and one.length >= SILENCE
    }
    if forwards:
        return ended
    return {below.id: ended[above.id] for above, below in pairwise(events) if above.id in ended}


def _spoken(silence: Silence) -> str:
    """Say how long no event has a known day; one known only by its month may fall in between."""
    said = length(silence.length + 1)
    return f"{said} without an event{' whose day is known' if silence.possible else ''}"
