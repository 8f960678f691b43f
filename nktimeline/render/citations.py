"""References to events as entries of a log, and to their sources, for a text that cites them.

Not formats of a log: they cite what was named, and nothing else.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from nktimeline.model import Event, Log
from nktimeline.render import bibtex, csl_json
from nktimeline.render.json import array
from nktimeline.render.phrases import said
from nktimeline.render.references import Reference, of_event, of_source
from nktimeline.text import markdown, safe_url


class Citation(NamedTuple):
    """A reference that was asked for, and those to the sources that it rests on."""

    reference: Reference
    sources: tuple[Reference, ...] = ()


Writer = Callable[[Iterable[Citation]], Iterator[str]]


def citations(log: Log, ids: Iterable[str], log_name: str) -> Iterator[Citation]:
    """Yield the citations of events, or else of sources, by their ids."""
    events = {event.id: event for event in log.events}
    for id in ids:
        if id in events:
            pages = (of_source(log, log.sources[page]) for page in events[id].sources)
            yield Citation(_entry(log, events[id], log_name), tuple(pages))
        else:
            yield Citation(of_source(log, log.sources[id]))


def as_markdown(cited: Iterable[Citation]) -> Iterator[str]:
    """Yield each citation as a line, its sources as a list below, and a blank line between two."""
    for number, (reference, sources) in enumerate(cited):
        if number:
            yield ""
        yield _line(reference)
        if sources:
            yield ""
        yield from (f"- {_line(source)}" for source in sources)


def as_bibtex(cited: Iterable[Citation]) -> Iterator[str]:
    """Yield an entry for each reference, once even if it is cited twice."""
    for reference in _once(cited):
        yield from bibtex.entry(reference)
        yield ""


def as_csl_json(cited: Iterable[Citation]) -> Iterator[str]:
    """Yield the lines of an array, an item for each reference, once even if it is cited twice."""
    return array(map(csl_json.item, _once(cited)))


WRITERS: Mapping[str, Writer] = {
    "markdown": as_markdown,
    "bibtex": as_bibtex,
    "csl-json": as_csl_json,
}
"""How citations are written, by the name of the format."""


def _entry(log: Log, event: Event, log_name: str) -> Reference:
    """Return the reference to an event; its id differs from those of all sources."""
    reference = of_event(event, log_name)
    id = f"entry-{event.id}" if event.id in log.sources else event.id
    doubt = "" if event.status == "confirmed" else f" ({event.status})"
    return reference._replace(id=id, note=f"{reference.note}{doubt}")


def _once(cited: Iterable[Citation]) -> Iterable[Reference]:
    references = (one for citation in cited for one in (citation.reference, *citation.sources))
    return dict.fromkeys(references)


def _line(reference: Reference) -> str:
    date = said(reference.date) if reference.date else "no date"
    title = f"“{reference.title}”"
    if reference.entry:
        return markdown(f"{title}, {date}, in: {reference.within}, {reference.note}.")
    parts = filter(None, (reference.author, title, reference.within, date))
    line = markdown(f"{', '.join(parts)}.")
    url = f" <{safe_url(reference.url)}>" if reference.url else ""
    note = f" ({markdown(reference.note)})" if reference.note else ""
    return f"{line}{url}{note}"
