"""The events of the whole log before and after each event found.

Knows no format; marks tell which events were found, and which only stand near them.
"""

from nktimeline.model import Log, Mark


def around(whole: Log, found: Log, reach: int) -> Log:
    """Return the events found and the `reach` events before and after each, in the order found.

    An event that was found and has a mark keeps it; the others are marked as hits.
    """
    places = {event.id: place for place, event in enumerate(whole.events)}
    hits = [places[event.id] for event in found.events]
    shown = {n for hit in hits for n in range(hit - reach, hit + reach + 1)}
    events = [whole.events[n] for n in sorted(shown) if 0 <= n < len(whole.events)]
    marks = {event.id: Mark.NEAR for event in events}
    marks |= {event.id: found.marks.get(event.id, Mark.HIT) for event in found.events}
    if hits != sorted(hits):
        events.reverse()
    return found._replace(events=tuple(events), marks=marks)
