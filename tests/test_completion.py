"""Shell completion: what is offered, and what bash, zsh and fish make of it."""

import fcntl
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from click.shell_completion import get_completion_class

from nktimeline.cli import cli
from nktimeline.cli.shells import Bash, Fish, Zsh

TESTS = Path(__file__).parent
TINY = str(TESTS / "tiny.yaml")
SHELLS = ("bash", "zsh", "fish")


def completed(line, shell=Zsh, **environment):
    """Return what a shell is answered for a line that ends where the cursor stands."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in ({"COMP_LINE": line, "NKTIMELINE_LOG": TINY} | environment).items():
            patch.setenv(name, value)
        return shell(cli, {}, "nktimeline", "_NKTIMELINE_COMPLETE").complete().splitlines()


def offered(line, **environment):
    """Return the values that are offered."""
    return [
        item.partition(",")[2].partition("\t")[0] for item in completed(line, Fish, **environment)
    ]


# -- what is offered


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("sh", ["show"]),
        ("acto", ["actor", "actors"]),
        ("show --si", ["--since"]),
        ("show --actor tide", ["tidewater"]),
        ("show --actor=tide", ["tidewater"]),
        ("show -w kim", ["kim-byeol"]),
        ("actor the", ["the-quiet-coast"]),
        ("actor tidewater the", ["the-quiet-coast"]),
        ("show t", ["tidewater", "the-quiet-coast", "talks", "treaty", "tea"]),
        ("stats lam", ["lamps"]),
        ("show --kind t", ["talks", "treaty"]),
        ("show --not-kind t", ["talks", "treaty"]),
        ("show --tag ", ["charter", "ferry", "fog", "lamps", "tea"]),
        ("show --not-tag f", ["ferry", "fog"]),
        ("show --status ", ["confirmed", "reported", "disputed"]),
        ("event lamp", ["lamp-theft", "lamps-lit", "lamp-watch"]),
        ("event toast last", ["last-lamp"]),
        ("stats --by k", ["kind"]),
        ("show -f j", ["json", "jsonl"]),
        (
            "check --explain unused",
            ["unused-actor", "unused-kind", "unused-level", "unused-member", "unused-source"],
        ),
        ("show -a nobody", []),
    ],
)
def test_commands_options_and_names_are_completed(line, values):
    assert offered(f"nktimeline {line}") == values


@pytest.mark.parametrize(
    ("begun", "values"),
    [
        ("hafen", ["hafenamt"]),
        ("Hafen", ["Hafenamt"]),
        ("김", ["김별"]),
        ("архи", ["архипелаг Ханбит"]),
        ("zoë", ["zoë Ångström"]),
        ("The", ["The Republic", "The Pilot", "The Quiet Coast"]),
        ("'The Re", ["The Republic"]),
        ("The\\ Re", ["The Republic"]),
    ],
)
def test_where_no_id_begins_so_names_do(begun, values):
    assert offered(f"nktimeline show -a {begun}") == values


@pytest.mark.parametrize("begun", ["", "t", "T", "k", "kim", "th", "The ", "h", "L", "灯", "z"])
def test_what_is_offered_begins_with_what_was_typed(begun):
    for value in offered(f"nktimeline show -a '{begun}"):
        assert value.startswith(begun)


def test_names_are_offered_with_what_they_stand_for():
    assert completed("nktimeline show -a kim", Fish) == ["plain,kim-byeol\t김별"]
    assert completed("nktimeline show -a kim", Zsh) == ["plain,kim-byeol:김별"]
    assert completed("nktimeline show -a kim", Bash) == ["plain,kim-byeol"]
    assert completed("nktimeline event toa", Zsh) == [
        "plain,toast:A toast is drunk the same evening"
    ]


def test_bash_is_given_words_as_they_are_typed():
    assert completed("nktimeline show -a The\\ Re", Bash) == ["plain,The\\ Republic"]
    assert completed("nktimeline show -a 'The Re", Bash) == ["plain,The Republic"]


def test_the_log_is_the_one_that_is_named_on_the_line(tmp_path):
    text = Path(TINY).read_text(encoding="utf-8").replace("talks", "chats")
    (tmp_path / "log.yaml").write_text(text, encoding="utf-8")
    home = str(tmp_path)
    for log in ("~/log.yaml", "$HOME/log.yaml", f"{home}/log.yaml"):
        assert offered(f"nktimeline --log {log} show -k c", HOME=home) == ["chats"]
        assert offered(f"nktimeline show --log {log} -k c", HOME=home) == ["chats"]


def test_nothing_is_said_where_there_is_no_log_to_read(capsys):
    for path in ("/nowhere.yaml", "-"):
        assert offered("nktimeline show -a ", NKTIMELINE_LOG=path) == []
    assert capsys.readouterr() == ("", "")


def test_what_a_broken_log_still_says_is_offered(tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text("title: T\nkinds: {visit: V}\nevents: [{id: a}]\n")
    assert offered(f"nktimeline show --log {path} -k ") == ["visit"]


@pytest.mark.parametrize("option", ["--log ", "--log=", "-o ", "--output="])
def test_files_are_left_to_the_shell(option):
    assert completed(f"nktimeline show {option}/tm", Bash) == ["file,/tm"]


# -- what the shells make of it

START = {
    "bash": ["--norc", "--noprofile", "-i"],
    "zsh": ["-f", "-i"],
    "fish": ["--no-config", "-i"],
}
SOURCE = {
    "bash": 'eval "$(_NKTIMELINE_COMPLETE=bash_source nktimeline)"; PS1=; ',
    "zsh": "autoload -U compinit; compinit -u -D; PS1=; "
    'eval "$(_NKTIMELINE_COMPLETE=zsh_source nktimeline)"; ',
    "fish": "function fish_prompt; end; _NKTIMELINE_COMPLETE=fish_source nktimeline | source; ",
}
TO_THE_BEGINNING, TO_THE_END = b"\x01", b"\x05"


class Typist:
    """A shell on a terminal, in which something is typed."""

    def __init__(self, shell, home):
        (home / "nktimeline").write_text(f'#!/bin/sh\nexec {sys.executable} -m nktimeline "$@"\n')
        (home / "nktimeline").chmod(0o755)
        self.screen, slave = pty.openpty()
        path = f"{home}:{os.environ['PATH']}"
        self.process = subprocess.Popen(
            [shell, *START[shell]],
            stdin=slave, stdout=slave, stderr=slave,
            env={"PATH": path, "HOME": str(home), "NKTIMELINE_LOG": TINY, "TERM": "xterm",
                 "LANG": "C.UTF-8", "PYTHONPATH": str(TESTS.parent)},
            cwd=home,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - no threads
        )  # fmt: skip
        os.close(slave)
        self.type(SOURCE[shell].encode() + b"echo REA''DY\n", until=rb"READY\r?\n")

    def type(self, keys, until):
        """Type something, and return what is shown until then."""
        os.write(self.screen, keys)
        shown, limit = b"", time.monotonic() + 30
        while not re.search(until, shown):
            assert time.monotonic() < limit, shown
            if select.select([self.screen], [], [], 0.1)[0]:
                shown += os.read(self.screen, 65536)
        return shown.decode()

    def complete(self, line):
        """Type a line and a tab, and return the words that the shell then has."""
        keys = line.encode() + b"\t" + TO_THE_BEGINNING + b"printf '<%s>' " + TO_THE_END
        shown = self.type(keys + b"; echo E''ND\n", until=rb"(?s)<nktimeline>.*END")
        return re.findall("<(.*?)>", shown[shown.rindex("<nktimeline>") :])[1:]

    def leave(self):
        """End the shell."""
        self.process.kill()
        self.process.wait()
        os.close(self.screen)


@pytest.fixture(scope="module", params=SHELLS)
def typist(request, tmp_path_factory):
    """Return a shell that knows our completion, if it is installed."""
    if not shutil.which(request.param):
        pytest.skip(f"{request.param} is not installed")
    typist = Typist(request.param, tmp_path_factory.mktemp("home"))
    yield typist
    typist.leave()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("nktimeline sho", ["show"]),
        ("nktimeline show --actor tid", ["show", "--actor", "tidewater"]),
        ("nktimeline show --actor=tid", ["show", "--actor=tidewater"]),
        ("nktimeline show -a the-", ["show", "-a", "the-quiet-coast"]),
        ("nktimeline show -a hafen", ["show", "-a", "hafenamt"]),
        ("nktimeline show -a 김", ["show", "-a", "김별"]),
        ("nktimeline show -a The\\ R", ["show", "-a", "The Republic"]),
        ("nktimeline show -a t", ["show", "-a", "t"]),  # several, that have no more in common
        ("nktimeline show -a nobody", ["show", "-a", "nobody"]),
        ("nktimeline event lamp", ["event", "lamp"]),
        ("nktimeline show --log=./nk", ["show", "--log=./nktimeline"]),
        ("nktimeline show -o ./nk", ["show", "-o", "./nktimeline"]),
    ],
)
def test_a_real_shell_never_shortens_what_was_typed(typist, line, words):
    assert typist.complete(line) == words


@pytest.mark.parametrize("shell", SHELLS)
def test_the_program_prints_the_script_that_a_shell_needs(shell):
    ended = subprocess.run(
        [sys.executable, "-c", "from nktimeline.cli import main; main()"],
        env=dict(os.environ) | {"_NKTIMELINE_COMPLETE": f"{shell}_source"},
        capture_output=True,
        check=True,
        cwd=TESTS.parent,
    )
    assert b"COMP_LINE" in ended.stdout
    assert get_completion_class(shell).__module__ == "nktimeline.cli.shells"
