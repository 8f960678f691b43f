"""What was asked, in words, to stand above a page or a picture: "Russia, visit, June 2024".

Knows no format. Says nothing of what narrows nothing.
"""

from collections.abc import Iterator, Sequence

from nktimeline.cli.asking import Asked
from nktimeline.dates import DateError, parse
from nktimeline.query import options
from nktimeline.render.phrases import said

_NAMED = {"actor", "with", "kind", "status"}
"""Options whose values say by themselves what they are."""
_ACTORS = {"actor", "with", "not-actor", "guest", "host", "origin", "only-origin"}


def in_words(asked: Asked) -> str:
    """Return a question in words; blank where all events were asked for."""
    return ", ".join(filter(None, _parts(asked)))


def _parts(asked: Asked) -> Iterator[str]:
    given: dict[str, list[str]] = {}
    for name, value in options(asked.filters):
        given.setdefault(name, []).append(value)
    dates = {name: given.pop(name, []) for name in ("since", "until", "on")}
    if asked.actors:
        yield _said(asked, "actor", asked.actors)
    for name, values in given.items():
        yield _said(asked, name, values)
    if asked.terms is None:
        yield " ".join(asked.words)
    for what, text in asked.terms or ():  # each of them narrows, so they are no alternatives
        if what == "date":
            yield _date(text)
        else:
            yield _said(asked, {"actor": "with", "word": "grep"}.get(what, what), [text])
    yield from _days(dates)


def _said(asked: Asked, name: str, values: Sequence[str]) -> str:
    if name == "certain":
        return "certain dates alone"
    actors = asked.log.actors
    words = [actors[v].name if name in _ACTORS and v in actors else v for v in values]
    if name == "grep":
        return " or ".join(f'"{word}"' for word in words)
    joined = (" and " if name == "with" else " or ").join(words)
    return joined if name in _NAMED else f"{name.replace('-', ' ')} {joined}"


def _days(dates: dict[str, list[str]]) -> Iterator[str]:
    since, until, on = (
        " or ".join(map(_date, dates.get(name, ()))) for name in ("since", "until", "on")
    )
    yield on
    if since and since == until:
        yield since
        return
    yield f"since {since}" if since else ""
    yield f"until {until}" if until else ""


def _date(text: str) -> str:
    try:
        return said(parse(text))
    except DateError:
        return text
