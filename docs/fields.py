"""Makes the tables of fields in docs/log-format.md from the description of the records."""

from collections.abc import Iterator
from pathlib import Path

from nktimeline.model import (
    Actor,
    Event,
    Field,
    Listing,
    Log,
    Member,
    Record,
    Source,
    Standing,
    fields,
)
from nktimeline.text import markdown

PAGE = Path(__file__).with_name("log-format.md")
BEGIN, END = "<!-- fields -->\n", "<!-- end -->\n"
RECORDS: dict[str, Record] = {
    "A log": Log,
    "An event": Event,
    "An actor": Actor,
    "A source": Source,
    "A standing": Standing,
    "A member": Member,
    "A list": Listing,
}
FORMS = {
    "text": "text",
    "texts": "list of texts",
    "id": "id",
    "ids": "list of ids",
    "id_or_ids": "id or list of ids",
    "states": "table of ids and states",
    "date": "date",
    "status": "`confirmed`, `reported` or `disputed`",
    "language": "language tag",
    "account": "id of an actor, or a publisher",
    "citations": "list of ids or of sources",
    "meanings": "table of ids and their meanings",
    "table": "table of ids and records",
    "list": "list of records",
}


def page() -> str:
    """Return the page, with the tables as they should be."""
    before, begin, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    return "".join((before, begin, "\n".join(tables()).rstrip(), "\n", end, after))


def tables() -> Iterator[str]:
    """Yield a heading and a table for each record."""
    for name, record in RECORDS.items():
        yield from (f"### {name}", "", "| field | | form | what it is |", "|---|---|---|---|")
        yield from map(row, fields(record))
        yield ""


def row(field: Field) -> str:
    """Return the row of a field."""
    required = "required" if field.required else ""
    return f"| `{field.name}` | {required} | {form(field)} | {markdown(field.about)} |"


def form(field: Field) -> str:
    """Return how a log writes a field, in words."""
    words = FORMS[field.form.what]
    if field.form.what in ("id", "ids", "id_or_ids") and field.form.table:
        return f"{words} in `{field.form.table}`"
    return words


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
