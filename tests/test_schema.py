"""The JSON Schema of a log: what an editor completes, what it refuses, and what it lets through."""

import json
import re
import subprocess
import sys
from typing import Annotated, NamedTuple

import pytest
from conftest import TESTS

from nktimeline.model import TEXT, Event, Form, Log, fields
from nktimeline.schema import lines, of_record, schema

WRONG_IN_SHAPE = (
    "bad-id", "bad-language", "bad-status", "missing-key", "missing-key-of-an-event",
    "missing-source", "unknown-key", "wrong-type", "wrong-type-of-tables", "wrong-type-of-the-log",
)  # fmt: skip


def definition(log, name):
    return schema(log)["definitions"][name]


def event(log):
    return schema(log)["properties"]["events"]["items"]


def test_the_look_of_the_schema(tiny, golden):
    golden("schema.json", lines(tiny))


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("actors", ["tidewater", "harbour-office"]),
        ("kinds", ["talks", "treaty"]),
        ("tags", ["charter", "ferry"]),
        ("sources", ["almanac", "gazette-2019"]),
        ("events", ["ferry-runs", "first-chart"]),
    ],
)
def test_what_the_log_names_is_offered_and_any_other_name_taken(tiny, name, offered):
    choices = definition(tiny, name)["anyOf"]
    assert choices[0]["enum"][: len(offered)] == offered
    assert choices[1] == {"type": ["string", "number"]}


def test_whom_a_source_relays_is_an_actor_or_a_publisher(tiny):
    offered = definition(tiny, "accounts")["anyOf"][0]["enum"]
    assert offered[0] == "tidewater"
    assert offered[-1] == "한빛 방송"


def test_members_of_standings_have_the_states_of_their_group(log):
    with_standing = log(
        "title: A log\nkinds: {mission: A mission}\n"
        "standings: {missions: {name: Missions, states: [open, closed], members: {m: {name: M}}}}\n"
        "sources: {a: {title: A, publisher: A, url: 'https://a.example/a'}}\n"
        "events: [{id: e, date: 2023-01-01, title: It opens, kind: mission, sets: {m: open},"
        " sources: [a]}]\n"
    )
    sets = event(with_standing)["properties"]["sets"]
    assert sets["properties"]["m"]["anyOf"][0]["enum"] == ["open", "closed"]


def test_every_field_is_described_and_the_required_are_required(tiny):
    for record, part in ((Log, schema(tiny)), (Event, event(tiny))):
        described = {field.name: field.about for field in fields(record)}
        assert {name: one["description"] for name, one in part["properties"].items()} == described
        assert part["required"] == [field.name for field in fields(record) if field.required]
        assert part["additionalProperties"] is False


def test_a_new_field_appears_by_itself(tiny):
    class Mood(NamedTuple):
        mood: Annotated[str, TEXT, "How it felt."]
        friends: Annotated[tuple, Form("ids", "actors"), "Who smiled."] = ()

    schema = of_record(tiny, Mood)
    new = schema["properties"]
    assert schema["required"] == ["mood"]
    assert new["mood"] == {"description": "How it felt.", "type": ["string", "number"]}
    assert new["friends"]["items"] == {"allOf": [{"$ref": "#/definitions/actors"}]}


def test_a_log_without_events_has_a_schema_too():
    assert definition(Log("Nothing", ()), "actors") == {"type": ["string", "number"]}


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", *arguments], capture_output=True, text=True, check=False
    )


def test_the_command_prints_it_or_writes_it(tmp_path, tiny):
    tiny_log, path = str(TESTS / "tiny.yaml"), tmp_path / "s.json"
    printed = run("nktimeline", "schema", "--log", tiny_log).stdout
    assert json.loads(printed) == schema(tiny)
    assert run("nktimeline", "schema", "--log", tiny_log, "-o", str(path)).returncode == 0
    assert path.read_text(encoding="utf-8") == printed


def checked(tmp_path, log, *files):
    path = tmp_path / "schema.json"
    path.write_text("\n".join(lines(log)), encoding="utf-8")
    return run("check_jsonschema", "--schemafile", str(path), *map(str, files))


@pytest.mark.consumers("check_jsonschema")
def test_it_is_a_schema(tmp_path, tiny):
    (tmp_path / "s.json").write_text("\n".join(lines(tiny)), encoding="utf-8")
    found = run("check_jsonschema", "--check-metaschema", str(tmp_path / "s.json"))
    assert found.returncode == 0, found.stdout


@pytest.mark.consumers("check_jsonschema")
def test_sound_logs_pass(tmp_path, tiny, log):
    shipped = (TESTS.parent / "events.yaml").read_text(encoding="utf-8")
    first = tmp_path / "first.yaml"
    first.write_text("".join(re.split("(?m)^(?=  - id: )", shipped)[:51]), encoding="utf-8")
    found = checked(tmp_path, tiny, TESTS / "tiny.yaml", first)
    assert found.returncode == 0, found.stdout


@pytest.mark.consumers("check_jsonschema")
@pytest.mark.parametrize("name", WRONG_IN_SHAPE)
def test_a_log_that_is_wrong_in_shape_is_refused(tmp_path, tiny, name):
    found = checked(tmp_path, tiny, TESTS / "bad" / f"{name}.yaml")
    assert found.returncode == 1, found.stdout
