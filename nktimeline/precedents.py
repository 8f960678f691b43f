"""The last such event before another one, which tests every "first since".

Pure functions over a whole log; they know no format.
"""

from nktimeline.model import Event, Log


def states(log: Log, event: Event) -> frozenset[str]:
    """Return the states and organisations of those who take part in an event."""
    return frozenset(map(log.root, event.actors))


def precedent(log: Log, event: Event) -> Event | None:
    """Return the last earlier event of this kind between the same states; None without one.

    Earlier is what had surely begun before the event could. Of several that began on one day it is
    the last one in the log.
    """
    between = states(log, event)
    earlier = [
        other
        for other in log.events
        if other.kind == event.kind
        and other.date.begun < event.date.reach.first
        and states(log, other) == between
    ]
    return max(reversed(earlier), key=lambda other: other.date.begun, default=None)
