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
READING = {"yaml", "nktimeline.reader", "nktimeline.checks", "nktimeline.problems"}
DRAWING = {"rich", "nktimeline.render.table", "nktimeline.render.timeline"}
OF_THE_LOG = {f"nktimeline.{name}" for name in ("load", "cache", "packed", "model", "dates")}
SLOW = {"pathlib", "hashlib", "_hashlib", "ssl", "json", "subprocess", "difflib", "dataclasses"}


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
    assert not modules & (READING | DRAWING | OF_THE_LOG | SLOW)
    assert not [name for name in modules if name.startswith("nktimeline.render.")]


def test_a_first_run_reads_and_the_next_does_without_yaml_and_rich(loaded, sound_log):
    log = str(sound_log)
    first, printed = loaded("show", "--since", "1700", "--log", log)
    assert first >= READING
    again, same = loaded("show", "--since", "1700", "--log", log)
    assert same == printed
    assert not again & (READING | DRAWING | SLOW)
    assert {name for name in again if name.startswith("nktimeline.render.")} == {
        "nktimeline.render.markdown"
    }


@pytest.mark.parametrize(("command", "by_rich"), [("show", False), ("kinds", True)])
def test_a_table_is_read_without_yaml_and_rich_is_for_counts(loaded, sound_log, command, by_rich):
    loaded("show", "--log", str(sound_log))
    modules, _ = loaded(command, "--format", "table", "--log", str(sound_log))
    assert ("rich" in modules) is by_rich
    assert not modules & READING


def test_completing_an_actor_loads_what_knows_the_actors(loaded, sound_log):
    log = str(sound_log)
    loaded("actors", "--log", log)
    code = {"_NKTIMELINE_COMPLETE": "bash_complete", "COMP_CWORD": "5"}
    modules, offered = loaded(**code, COMP_WORDS=f"nktimeline show --log {log} --actor ")
    assert offered.startswith("plain,")
    assert not modules & (READING | DRAWING | SLOW)
    assert not modules & {"nktimeline.query", "nktimeline.tally", "nktimeline.render.markdown"}
