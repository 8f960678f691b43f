"""What a run loads: start-up is kept short by what is left out, so that is what is tested."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPORT = """
import sys
sys.argv = ["nktimeline", *sys.argv[1:]]
from nktimeline.cli import main
try:
    main()
finally:
    print("\\n".join(sys.modules), file=sys.stderr)
"""
READING = {"yaml", "nktimeline.reader", "nktimeline.checks"}
DRAWING = {"rich", "nktimeline.render.table", "nktimeline.render.timeline"}
OF_A_LOG = {f"nktimeline.{name}" for name in ("load", "cache", "packed", "plain", "tally")}
SLOW = {"pathlib", "ssl", "json", "csv", "subprocess", "difflib", "dataclasses", "decimal"}


@pytest.fixture
def sound_log():
    """Give the path of a log without a problem, which can be cached."""
    return Path(__file__).with_name("tiny.yaml")


@pytest.fixture
def loaded(tmp_path):
    """Give a function that runs the command line and tells the modules it loaded."""

    def run(*arguments, **variables):
        surroundings = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], **variables}
        command = [sys.executable, "-c", REPORT, *arguments]
        done = subprocess.run(command, env=surroundings, capture_output=True, check=True)
        return set(done.stderr.decode().split()), done.stdout.decode()

    return run


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["show", "--help"], []])
def test_nothing_of_the_log_is_loaded_to_say_what_the_program_is(loaded, arguments):
    modules, printed = loaded(*arguments)
    assert printed
    assert not modules & (READING | DRAWING | OF_A_LOG | SLOW)
    assert not [name for name in modules if name.startswith("nktimeline.render.")]


def test_a_first_run_reads_and_the_next_does_without_yaml_and_rich(loaded, sound_log):
    log = str(sound_log)
    first, printed = loaded("show", "--since", "1700", "--log", log)
    assert first >= READING
    again, same = loaded("show", "--since", "1700", "--log", log)
    assert same == printed
    assert not again & (READING | DRAWING | SLOW)
    assert "nktimeline.render.markdown" in again


@pytest.mark.parametrize("command", ["show", "kinds"])
def test_a_table_is_drawn_by_rich_and_read_without_yaml(loaded, sound_log, command):
    loaded("show", "--log", str(sound_log))
    modules, _ = loaded(command, "--format", "table", "--log", str(sound_log))
    assert "rich" in modules
    assert not modules & READING


def test_completing_an_actor_loads_what_knows_the_actors(loaded, sound_log):
    log = str(sound_log)
    loaded("actors", "--log", log)
    code = {"_NKTIMELINE_COMPLETE": "bash_complete"}
    modules, offered = loaded(**code, COMP_LINE=f"nktimeline show --log {log} --actor ")
    assert offered.startswith("plain,")
    assert not modules & (READING | DRAWING | SLOW)
    assert not modules & {"nktimeline.tally", "nktimeline.render.markdown"}
