"""What it costs to add a field, and the tables of fields for the documentation."""

import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from nktimeline.model import Form, fields

ROOT = Path(__file__).parent.parent
AFTER = "    ] = ()\n\n\ndef free_texts()"  # the end of the record
WEATHER = '    weather: Annotated[str | None, TEXT, "What the sky was like."] = None\n'
A_LOG = """\
title: T
kinds: {talks: Two sides meet}
events:
  - id: one
    date: 2020
    title: They meet
    kind: talks
    weather: "=fog \\u202e"
    sources: [{id: s, title: A page, publisher: P, published: 2020}]
"""


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Give `printed(...)`: what a copy of the program prints, whose events have a field more."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "nktimeline", folder / "nktimeline")
    model = folder / "nktimeline" / "model.py"
    text = model.read_text(encoding="utf-8")
    assert AFTER in text
    model.write_text(text.replace(AFTER, f"    ] = ()\n{WEATHER}\n\ndef free_texts()"), "utf-8")
    (folder / "log.yaml").write_text(A_LOG)

    def run(*arguments):
        command = [sys.executable, "-m", "nktimeline", *arguments]
        world = {"XDG_CACHE_HOME": str(folder), "NKTIMELINE_LOG": str(folder / "log.yaml")}
        ran = subprocess.run(command, cwd=folder, env=world, capture_output=True, check=False)
        return ran.stdout.decode()

    return run


def test_an_optional_text_of_events_is_one_line_in_the_model(printed):
    """It is read, checked, kept in the cache, and put out for programs."""
    for _ in ("read", "kept"):
        assert '"weather": "=fog \\u202e"' in printed("show", "-f", "json")
        head, row = printed("show", "-f", "csv").splitlines()
        assert head.endswith(",known,known_by,lag,weather")  # new columns come last
        assert "'=fog" in row
    checked = printed("check")
    assert ":8:14: warning: the text holds the bidirectional control U+202E" in checked


def test_it_is_shown_wherever_an_event_is_shown_whole_and_is_not_known_before(printed):
    shown = {
        "event": ("event", "one", "-f", "table"),
        "Markdown": ("event", "one", "-f", "markdown"),
        "page": ("show", "-f", "html"),
        "calendar": ("show", "-f", "ics"),
    }
    assert {
        name for name, words in shown.items() if "Weather: =fog" not in printed(*words)
    } == set()
    assert {
        name for name, words in shown.items() if "fog" in printed(*words, "--as-known", "2021")
    } == set()
    assert "They meet" in printed("show", "--as-known", "2021", "-f", "ics")


@pytest.fixture
def tables(monkeypatch):
    """Give the script that writes the tables of fields."""
    return runpy.run_path(str(ROOT / "docs" / "fields.py"))


def test_the_tables_have_a_row_for_each_field_of_each_record(tables):
    rows = [line for line in tables["tables"]() if line.startswith("| `")]
    described = [field for record in tables["RECORDS"].values() for field in fields(record)]
    assert [row.split("`")[1] for row in rows] == [field.name for field in described]
    assert all(
        "required" in row for row, field in zip(rows, described, strict=True) if field.required
    )
    assert "| `of` |  | id in `actors` | The actor that this one belongs to. |" in rows
    assert "| `title` | required | text | Who does what, in the present tense. |" in rows


def test_the_page_of_the_format_has_the_tables(tables, request):
    if request.config.getoption("--update-golden"):
        tables["PAGE"].write_text(tables["page"](), encoding="utf-8")
    assert tables["PAGE"].read_text(encoding="utf-8") == tables["page"](), "python docs/fields.py"


def test_every_form_has_words(tables):
    assert set(tables["FORMS"]) == set(get_args(get_type_hints(Form)["what"]))
