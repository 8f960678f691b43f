"""Real pipes and terminals: where the output goes, how long it waits, and how it ends."""

import fcntl
import json
import os
import pty
import re
import resource
import select
import shlex
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from nktimeline.cli import streams, terminal
from nktimeline.cli.options import Output
from nktimeline.cli.pager import show, takes_links
from nktimeline.render import FORMATS, Page
from nktimeline.widths import cells

ROOT = Path(__file__).parent.parent
TINY = str(ROOT / "tests" / "tiny.yaml")
PROGRAM = [sys.executable, "-m", "nktimeline"]
COUNT = "18 of 18 events, 2 reported, 2 disputed\n"
ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\]8;[^\x1b]*\x1b\\")


class Ended(NamedTuple):
    """How a run ended: its exit code, what the terminal showed, and what stderr got."""

    code: int
    screen: str
    err: str


def surroundings(**environment):
    """Give an environment without anything of ours but what is asked for."""
    kept = ("PATH", "COVERAGE_", "XDG_CACHE_HOME")
    kept = {name: os.environ[name] for name in os.environ if name.startswith(kept)}
    return kept | {"NKTIMELINE_LOG": TINY, "TERM": "xterm", "PAGER": "cat"} | environment


def piped(*words, program=PROGRAM, **settings):
    """Run with pipes."""
    environment = settings.pop("env", surroundings())
    return subprocess.run(
        [*program, *words],
        env=environment,
        cwd=ROOT,
        check=False,
        **({"capture_output": True} | settings),
    )


def on_terminal(*words, program=PROGRAM, rows=24, columns=80, typed=(), err=False, **environment):
    """Run on a terminal of some size and give all that it showed.

    `typed` are pairs: what must be on the screen, and what is typed then, one after the other;
    `err` puts stderr on the terminal too.
    """
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    process = subprocess.Popen(
        [*program, *words],
        stdin=slave,
        stdout=slave,
        stderr=slave if err else subprocess.PIPE,
        env=surroundings(**environment),
        cwd=ROOT,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - no threads here
    )
    os.close(slave)
    shown, keys, limit = b"", list(typed), time.monotonic() + 60
    while time.monotonic() < limit:
        if keys and keys[0][0] in shown:
            os.write(master, keys.pop(0)[1])
        if select.select([master], [], [], 0.05)[0]:
            try:
                part = os.read(master, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
    else:
        process.kill()
    problems = b"" if err else process.communicate()[1]
    code = process.wait()
    os.close(master)
    return Ended(code, shown.decode().replace("\r\n", "\n"), problems.decode())


def said(format):
    """Give what standard error has where the tiny log is shown in a format."""
    left_out = "1 event has no first day, so the calendar leaves it out\n"
    return (COUNT + (left_out if format == "ics" else "")).encode()


def plain(text):
    return ANSI.sub("", text)


# -- what the output looks like, by where it goes


def test_a_terminal_gets_a_coloured_table_and_a_pipe_gets_markdown():
    code, screen, err = on_terminal("show", "--until", "2019")
    assert (code, err) == (0, "7 of 18 events, 1 disputed\n")
    assert "\x1b[1mbefore\x1b[0m" in screen
    assert "\nspring          Talks over tea in spring\n" in plain(screen)
    assert "\x1b]8;" in screen
    ended = piped("show", "--until", "2019")
    assert ended.stdout.startswith(b"| Date")


def test_a_terminal_gets_entries_and_counts_for_people():
    assert "\nsources  1 origin, 1 source\n" in plain(on_terminal("event", "four").screen)
    assert "━" not in on_terminal("stats").screen
    assert "█████" in on_terminal("stats").screen
    assert piped("event", "four").stdout.startswith(b"## Four days")
    assert piped("stats").stdout.startswith(b"| Year | Events |")


def test_check_says_the_same_everywhere_in_colour_on_a_terminal(tmp_path):
    path = tmp_path / "log.yaml"
    path.write_text("title: T\nevents: [{id: a}]\n")
    ended = piped("check", str(path))
    assert (ended.returncode, ended.stderr) == (1, b"")
    code, screen, _ = on_terminal("check", str(path), PAGER="false")
    assert (code, plain(screen)) == (1, ended.stdout.decode())
    assert f"{path}:2:10: \x1b[31merror\x1b[0m: " in screen
    assert on_terminal("check", str(path), NO_COLOR="1").screen == ended.stdout.decode()
    assert on_terminal("check", str(path), "-f", "json").screen.startswith("[\n")


def test_check_says_on_a_terminal_what_was_checked(tmp_path):
    assert on_terminal("check", TINY) == (0, "", "18 events, 7 sources, no problem\n")
    assert on_terminal("check", TINY, TINY).err == "36 events, 14 sources, no problem\n"
    assert on_terminal("check", TINY, "-q").err == ""
    path = tmp_path / "log.yaml"
    path.write_text(
        "title: T\nkinds: {k: K}\nsources: {s: {title: T, publisher: P}}\n"
        "events: [{id: e, date: 2020, title: T, kind: k, sources: [s], related: [x]}]"
    )
    assert on_terminal("check", str(path)).err == "1 event, 1 source, 1 problem\n"
    ended = on_terminal("check", "/nowhere.yaml")
    assert ended == (1, "", "nktimeline: /nowhere.yaml: No such file or directory\n")


@pytest.mark.parametrize("format", [format.name for format in FORMATS.values() if format.data])
def test_a_format_for_programs_is_the_same_on_a_terminal(format):
    screen = on_terminal("show", "-f", format, "--no-pager").screen
    newline = FORMATS[format].newline.encode()
    assert screen.encode() == piped("show", "-f", format).stdout.replace(newline, b"\n")


def test_what_acts_in_csv_is_spelled_out_on_a_terminal_and_true_in_a_pipe(tmp_path):
    path = tmp_path / "log.yaml"
    path.write_text(
        "title: T\nkinds: {k: K}\nsources: {s: {title: T, publisher: P}}\n"
        'events: [{id: a, date: 2023, title: "x\\u202ey\\nz", kind: k, sources: [s]}]\n',
        encoding="utf-8",
    )
    assert "x\\u202ey\nz" in on_terminal("show", "-f", "csv", NKTIMELINE_LOG=str(path)).screen
    ended = piped("show", "-f", "csv", "--log", str(path))
    assert '"x\u202ey\nz"' in ended.stdout.decode()


@pytest.mark.parametrize(
    ("words", "environment", "colored"),
    [
        ([], {}, True),
        ([], {"NO_COLOR": "1"}, False),
        ([], {"NO_COLOR": ""}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ([], {"TERM": "dumb"}, False),
        ([], {"TERM": ""}, False),
        ([], {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        ([], {"TERM": "dumb", "FORCE_COLOR": ""}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "always"], {"TERM": "dumb"}, True),
        (["--color", "never"], {}, False),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        (["--color", "auto"], {"NO_COLOR": "1"}, False),
        (["--color", "auto"], {}, True),
    ],
)
def test_colour_is_flag_then_no_color_then_force_color_then_the_terminal(
    monkeypatch, words, environment, colored
):
    for name, value in ({"NO_COLOR": "", "FORCE_COLOR": "", "TERM": "xterm"} | environment).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(terminal, "is_terminal", lambda: True)
    page = terminal.page(Output(color=words[1] if words else None))
    assert page.color is colored


def test_colour_in_a_pipe_is_asked_for():
    assert b"\x1b[" not in piped("show", "-f", "table").stdout
    forced = piped("show", "-f", "table", env=surroundings(FORCE_COLOR="1")).stdout
    assert b"\x1b[" in forced
    assert b"\x1b]8;" not in forced
    assert piped("show", "-f", "table", "--color", "always").stdout == forced


def test_a_dumb_terminal_gets_no_escapes_and_no_pager():
    ended = on_terminal("show", TERM="dumb", PAGER="echo paged")
    assert "\x1b" not in ended.screen
    assert "paged" not in ended.screen


@pytest.mark.parametrize(
    ("columns", "width"),
    [
        ("0", 77), ("1", 40), ("-5", 77), ("1000000", 1000), ("abc", 77), ("", 77), ("100", 100),
        ("٣٣", 77), ("9" * 5000, 77), ("39", 40), ("1000", 1000), ("1001", 1000), (" 50", 77),
    ],
)  # fmt: skip
def test_the_width_is_that_of_columns_then_of_the_terminal_within_reason(
    monkeypatch, columns, width
):
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((77, 24)))
    monkeypatch.setattr(sys.stdout, "fileno", lambda: 1, raising=False)
    assert terminal.page(Output()).width == width


@pytest.mark.parametrize("columns", ["0", "1", "1000000"])
def test_every_title_is_there_however_wide_the_terminal_claims_to_be(columns):
    ended = on_terminal("show", "-g", "toast", COLUMNS=columns)
    assert "A toast is drunk" in plain(ended.screen)
    assert ended.code == 0


def test_a_terminal_that_does_not_know_its_size_is_80_wide():
    screen = plain(on_terminal("show", "-f", "timeline", "--no-pager", rows=0, columns=0).screen)
    assert max(map(cells, screen.splitlines())) == 80


def test_the_terminals_own_width_is_used():
    screen = plain(on_terminal("show", "-f", "timeline", columns=132).screen)
    assert max(map(cells, screen.splitlines())) == 132


@pytest.mark.slow
@pytest.mark.parametrize("environment", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}])
def test_no_locale_stops_the_output(environment):
    for format in FORMATS:
        ended = piped("show", "-f", format, env=surroundings(**environment))
        assert (ended.returncode, ended.stderr) == (0, said(format))
        assert "한빛".encode() in ended.stdout


def test_signs_are_ascii_where_the_terminal_cannot_do_better():
    words = ("show", "-f", "timeline", "-g", "toast")
    assert "●".encode() in piped(*words).stdout
    ended = piped(*words, env=surroundings(PYTHONIOENCODING="ascii"))
    assert "●".encode() not in ended.stdout
    assert b"15 * A toast" in ended.stdout
    assert piped(*words, "--ascii").stdout == ended.stdout


# -- pipes that end, and places that are full or closed


@pytest.mark.parametrize("words", [["show"], ["show", "-f", "json"], ["--help"], ["stats"]])
def test_a_reader_that_is_gone_ends_it_quietly(words):
    reading, writing = os.pipe()
    os.close(reading)
    ended = piped(*words, stdout=writing, stderr=subprocess.PIPE, capture_output=False)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (141, b"")


def test_a_reader_of_the_first_line_gets_it_and_nothing_else_is_said():
    process = subprocess.Popen(
        [*PROGRAM, "show", "-f", "jsonl", "--log", "events.yaml"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings(),
        cwd=ROOT,
    )
    line = process.stdout.readline()
    process.stdout.close()
    assert json.loads(line)["id"]
    assert process.stderr.read() == b""
    assert process.wait() == 141
    process.stderr.close()


@pytest.mark.parametrize(
    "words", [["show"], ["--help"], ["--version"], ["show", "-o", "/dev/full"]]
)
def test_a_full_disk_is_a_failure(words):
    with open("/dev/full", "wb") as full:
        ended = piped(*words, stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith(b"nktimeline: ")
    assert ended.stderr.endswith(b": No space left on device\n")


def shell(command, **environment):
    """Run a command line in a shell that closes or limits things first."""
    program = " ".join(f"'{word}'" for word in PROGRAM)
    return subprocess.run(
        ["sh", "-c", command.replace("nktimeline", program)],
        env=surroundings(**environment),
        cwd=ROOT,
        capture_output=True,
        check=False,
    )


def test_standard_output_that_is_closed_is_a_failure():
    ended = shell("nktimeline show >&-")
    message = b"nktimeline: cannot write: standard output is closed\n"
    assert (ended.returncode, ended.stderr) == (1, message)


def test_standard_output_that_is_closed_does_not_matter_to_a_file(tmp_path):
    path = tmp_path / "events.md"
    assert shell(f"nktimeline show -o '{path}' >&-").returncode == 0
    assert path.read_text(encoding="utf-8").startswith("| Date")


def test_standard_error_that_is_closed_does_not_matter():
    ended = shell("nktimeline show 2>&-")
    assert (ended.returncode, ended.stdout.count(b"\n| ")) == (0, 19)
    ended = shell("nktimeline show -a nobody 2>&-")
    assert (ended.returncode, ended.stdout) == (2, b"")


def test_standard_error_that_is_full_or_gone_does_not_matter():
    assert shell("nktimeline show 2>/dev/full").returncode == 0
    assert shell("nktimeline show -a nobody 2>/dev/full").returncode == 2


def test_standard_input_that_is_closed_matters_only_where_it_is_read():
    assert shell("nktimeline show <&-").returncode == 0
    ended = shell("nktimeline --log - show <&-")
    message = b"nktimeline: <stdin>: Bad file descriptor\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, b"", message)


# -- interrupts


def interrupted(process):
    """Interrupt a process and give how it ended."""
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    return process.returncode, out, err


def test_an_interrupt_while_reading_ends_with_130():
    process = subprocess.Popen(
        [*PROGRAM, "--log", "-", "show"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=surroundings(), cwd=ROOT,
    )  # fmt: skip
    until_reading(process.pid)
    code, out, err = interrupted(process)
    assert (code, out, err.strip()) == (130, b"", b"")


def until_reading(pid):
    """Wait until a process sleeps in a read of its standard input."""
    for _ in range(1000):
        try:
            if Path(f"/proc/{pid}/wchan").read_text() in ("pipe_read", "anon_pipe_read"):
                return
            if Path(f"/proc/{pid}/syscall").read_text().startswith("0 0x0 "):
                return
        except OSError:
            pass
        time.sleep(0.01)
    raise AssertionError("it does not read")


def test_an_interrupt_while_writing_ends_with_130():
    process = subprocess.Popen(
        [*PROGRAM, "show", "-f", "json", "--log", "events.yaml"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=surroundings(), cwd=ROOT,
    )  # fmt: skip
    select.select([process.stdout], [], [], 20)
    code, _, err = interrupted(process)
    assert (code, err.strip()) == (130, b"")


def test_an_interrupt_before_anything_else_ends_with_130():
    program = """
import signal, sys
wanted = sys.argv.pop(1)
class Interrupting:
    @staticmethod
    def find_spec(name, *_rest):
        if name == wanted:
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Interrupting)
from nktimeline.__main__ import main
main()
"""
    for name in ("nktimeline.cli", "click", "nktimeline.load", "nktimeline.render.markdown"):
        ended = piped("-c", program, name, "show", program=[sys.executable])
        assert (ended.returncode, ended.stdout, ended.stderr.strip()) == (130, b"", b""), name


# -- the pager


def test_long_output_goes_through_the_pager_and_short_output_does_not():
    paged = on_terminal("show", PAGER="sed s/^/PAGED/")
    assert paged.screen.count("PAGED") == paged.screen.count("\n") > 24
    assert paged.screen.startswith(f"PAGED{COUNT}PAGED\n")
    assert paged.err == ""
    assert "PAGED" not in on_terminal("show", "-n", "1", PAGER="sed s/^/PAGED/").screen


def test_a_page_is_as_high_as_the_terminal():
    lines = on_terminal("show", "-n", "3").screen.count("\n")
    for rows, paged in ((lines, True), (lines + 1, False)):
        screen = on_terminal("show", "-n", "3", PAGER="sed s/^/PAGED/", rows=rows).screen
        assert ("PAGED" in screen) is paged


def test_the_pager_can_be_asked_for_and_forbidden():
    assert "PAGED" in on_terminal("show", "-n", "1", "--pager", PAGER="sed s/^/PAGED/").screen
    assert "PAGED" not in on_terminal("show", "--no-pager", PAGER="sed s/^/PAGED/").screen
    assert b"PAGED" not in piped("show", "--pager", env=surroundings(PAGER="echo PAGED")).stdout


def test_the_programs_own_pager_wins():
    environment = {"NKTIMELINE_PAGER": "sed s/^/OURS/", "PAGER": "sed s/^/PAGED/"}
    screen = on_terminal("show", **environment).screen
    assert "OURS" in screen
    assert "PAGED" not in screen


@pytest.mark.parametrize("pager", ["", "  ", "cat", "'unbalanced"])
def test_an_empty_pager_and_cat_are_no_pager(pager):
    printed = on_terminal("show", "--no-pager")
    assert on_terminal("show", PAGER=pager) == printed
    assert on_terminal("show", "--pager", PAGER=pager) == printed
    assert on_terminal("show", NKTIMELINE_PAGER=pager, PAGER="sed s/^/PAGED/") == printed


@pytest.mark.parametrize(
    "words",
    [("show",), ("show", "--since", "2025", "--log", "events.yaml")],
    ids=["less than fits into a pipe", "more"],
)
@pytest.mark.parametrize("pager", ["no-such-pager", "false", "/", "sh -c 'kill -9 $$'"])
def test_a_pager_that_fails_is_a_plain_print(pager, words):
    ended = on_terminal(*words, NKTIMELINE_PAGER=pager)
    assert ended == with_the_note_above(on_terminal(*words, "--no-pager", NO_HYPERLINKS="1"))
    assert ended.code == 0


def with_the_note_above(ended):
    """Return how a run ends whose output was to be paged."""
    return Ended(ended.code, f"{ended.err}\n{ended.screen}", "")


@pytest.mark.parametrize("code", [126, 127])
def test_a_pager_that_its_shell_cannot_run_is_a_plain_print(code):
    ended = on_terminal("show", PAGER=f"sh -c 'cat >/dev/null; exit {code}'")
    assert ended == with_the_note_above(on_terminal("show", "--no-pager", NO_HYPERLINKS="1"))


@pytest.mark.parametrize("code", [0, 1, 2, 130])
@pytest.mark.parametrize(("reads", "log"), [("read x", "events.yaml"), ("cat >/dev/null", TINY)])
def test_a_pager_that_read_something_was_left_whatever_its_exit_code(reads, log, code):
    ended = on_terminal("show", "--log", log, PAGER=f"sh -c '{reads}; echo LEFT; exit {code}'")
    assert ended == (0, "LEFT\n", "")


def test_a_pager_that_reads_nothing_and_is_content_was_left_too():
    assert on_terminal("show", PAGER="true").screen == ""


@pytest.mark.parametrize(("code", "again"), [(0, []), (3, []), (127, [b"x"])])
def test_a_pager_that_ran_was_left_where_the_system_cannot_tell_what_it_read(
    monkeypatch, code, again
):
    def open_(path, *_):
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "open", open_)
    assert [*show([b"x"], ["sh", "-c", f"cat >/dev/null; exit {code}"])] == again


def test_less_is_told_to_keep_colours_and_to_leave_the_screen_as_it_is():
    assert on_terminal("show", PAGER="sh -c 'cat >/dev/null; echo $LESS'").screen == "FRX\n"
    ended = on_terminal("show", PAGER="sh -c 'cat >/dev/null; echo $LESS'", LESS="S")
    assert ended.screen == "S\n"


def pager(*steps):
    """Give a pager that takes some steps in Python; it waits for interrupts, so none is missed."""
    begin = "import signal, sys; signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})"
    return shlex.join([sys.executable, "-c", "\n".join([begin, *steps])])


READY = "print('READY', flush=True)"
INTERRUPTED = "signal.sigwait({signal.SIGINT})"


@pytest.mark.parametrize("reads", ["", "sys.stdin.read()"])
def test_an_interrupt_ends_the_output_and_the_pager_stays_until_it_is_left(reads):
    caught = [f"{INTERRUPTED}; print('CAUGHT', {n}, flush=True)" for n in (1, 2)]
    ended = on_terminal(
        "show", "--log", "events.yaml",
        PAGER=pager(reads, READY, *caught, "open('/dev/tty').readline(); print('LEFT')"),
        typed=[(b"READY\r\n", b"\x03"), (b"CAUGHT 1\r\n", b"\x03"), (b"CAUGHT 2\r\n", b"q\n")],
    )  # fmt: skip
    assert ended.screen == "READY\n^CCAUGHT 1\n^CCAUGHT 2\nq\nLEFT\n"
    assert (ended.code, ended.err.strip()) == (130, "")


@pytest.mark.parametrize("reads", ["", "sys.stdin.readline()"])
@pytest.mark.parametrize("ends", ["sys.exit(2)", "sys.exit(0)"])  # as less does with -K, and others
def test_an_interrupt_that_ends_the_pager_ends_the_program(ends, reads):
    ended = on_terminal(
        "show", "--log", "events.yaml",
        PAGER=pager(reads, READY, INTERRUPTED, ends),
        typed=[(b"READY\r\n", b"\x03")],
    )  # fmt: skip
    assert (ended.code, ended.screen, ended.err.strip()) == (130, "READY\n^C", "")


def write(**settings):
    """Give a program that writes 30 lines, and then whether it showed the note."""
    program = "from nktimeline.cli.streams import write; print(write(map(str, range(30)), {}))"
    words = ", ".join(f"{name}={value!r}" for name, value in ({"guard": False} | settings).items())
    return [sys.executable, "-c", program.format(words)]


@pytest.mark.parametrize(
    ("pager", "height", "above"),
    [(None, 24, True), (None, 40, False), (True, 40, True), (False, 24, False)],
)
def test_a_note_stands_above_what_is_paged_and_nowhere_else(pager, height, above):
    program = write(pager=pager, notes=["30 of \x1b events", "taken as x"])
    ended = on_terminal(program=program, rows=height, PAGER="sed s/^/PAGED/")
    *shown, told = ended.screen.splitlines()
    paged = ["PAGED30 of \\x1b events", "PAGEDtaken as x", "PAGED"] if above else []
    mark = "PAGED" if above else ""
    assert shown == paged + [f"{mark}{number}" for number in range(30)]
    assert told == str(above)


def test_a_note_is_not_shown_where_there_is_no_pager():
    for environment in ({"PAGER": "cat"}, {"TERM": "dumb", "PAGER": "sed s/^/PAGED/"}):
        program = write(pager=None, notes=["30 of 30 events"])
        ended = on_terminal(program=program, **environment)
        assert ended.screen.splitlines() == [*map(str, range(30)), "False"]


def test_lines_end_as_the_format_wants_but_on_a_terminal_as_its_lines_do():
    program = write(pager=None, newline="\r\n", notes=["a note"])
    assert piped(program=program).stdout == (
        b"".join(b"%d\r\n" % number for number in range(30)) + b"False\n"
    )
    ended = on_terminal(program=program, PAGER="od -c")
    assert "\\r" not in ended.screen


# -- hyperlinks

OF_LINKS = ("NO_HYPERLINKS", "FORCE_HYPERLINK")


@pytest.fixture
def less(tmp_path):
    """Give `less(version)`: a pager of that name and version that marks what it shows."""

    def install(version):
        path = tmp_path / "less"
        path.write_text(
            f'#!/bin/sh\nif [ "$1" = --version ]; then echo "{version}"; exit; fi\n'
            "exec sed s/^/PAGED/\n"
        )
        path.chmod(0o755)
        return str(path)

    return install


@pytest.mark.parametrize(
    ("version", "linked"),
    [
        ("less 566", True),
        ("less 581.2", True),
        ("less 643 (PCRE2 regular expressions)", True),
        ("less 565", False),
        ("less 551 (POSIX regular expressions)", False),
        ("BusyBox v1.35.0", False),
        ("", False),
    ],
)
def test_a_less_passes_links_on_since_version_566(monkeypatch, less, version, linked):
    monkeypatch.delenv("LESS", raising=False)
    assert takes_links([less(version)]) is linked


@pytest.mark.parametrize(
    ("flags", "variable", "linked"),
    [
        ("-FRX", "", True),
        ("-R", "-i", True),
        ("-S --RAW-CONTROL-CHARS", "", True),
        ("-X", "-iMR", True),
        ("-X", "FRX", True),
        ("-X -R", "S", True),
        ("", "", False),
        ("-FX", "-i", False),
        ("-r", "", False),
        ("", "-PReading -i", False),
        ("", "-+R", False),
    ],
)
def test_a_less_passes_links_on_that_lets_escape_sequences_through(
    monkeypatch, less, flags, variable, linked
):
    monkeypatch.setenv("LESS", variable)
    assert takes_links([less("less 590"), *flags.split()]) is linked


@pytest.mark.parametrize(("version", "linked"), [("less 566", True), ("less 551", False)])
def test_links_go_through_a_less_that_passes_them_on(less, version, linked):
    screen = on_terminal("show", PAGER=less(version)).screen
    assert "PAGED" in screen
    assert ("\x1b]8;" in screen) is linked


def test_links_go_through_no_other_pager():
    for pager in ("sed s/^/PAGED/", "no-such-pager", "/nowhere/less -R"):
        assert "\x1b]8;" not in on_terminal("show", PAGER=pager).screen


def test_links_need_no_pager_that_passes_them_on_where_nothing_is_paged():
    assert "\x1b]8;" in on_terminal("show", "--no-pager", PAGER="sed s/^/PAGED/").screen
    assert "\x1b]8;" in on_terminal("show", PAGER="").screen


def test_less_is_not_asked_for_its_version_where_no_links_are_wanted(tmp_path, less):
    asked = tmp_path / "asked"
    path = Path(less("less 590"))
    path.write_text(f"#!/bin/sh\necho x >>'{asked}'\nexec cat\n")
    environment = surroundings(PAGER=str(path))
    for words in (["show"], ["show", "-f", "table"], ["show", "-f", "table", "--color", "always"]):
        piped(*words, env=environment)
    for words in (["show", "--color", "never"], ["show", "-o", str(tmp_path / "a.txt")]):
        on_terminal(*words, "-n", "1", PAGER=str(path))
    on_terminal("show", "-n", "1", TERM="linux", PAGER=str(path))
    on_terminal("show", "--no-pager", PAGER=str(path))
    assert not asked.exists()
    on_terminal("actor", "tidewater", "-n", "0", rows=99, PAGER=str(path))
    assert asked.read_text() == "x\n"


@pytest.mark.parametrize(
    ("variables", "linked"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "vte-256color"}, True),
        ({"TERM": "tmux-256color"}, True),
        ({"TERM": "screen-256color", "TMUX": "/tmp/tmux-0/default,1,0"}, True),
        ({"TERM": "screen-256color", "STY": "1.pts-0.here"}, False),
        ({"TERM": "linux"}, False),
        ({"TERM": "vt100"}, False),
        ({"TERM": "vt220"}, False),
        ({"TERM": "ansi"}, False),
        ({"TERM": "eterm-color"}, False),
        ({"NO_HYPERLINKS": "1"}, False),
        ({"NO_HYPERLINKS": "1", "FORCE_HYPERLINK": "1"}, False),
        ({"NO_HYPERLINKS": ""}, True),
        ({"FORCE_HYPERLINK": "0"}, False),
        ({"FORCE_HYPERLINK": "", "TERM": "linux"}, False),
        ({"FORCE_HYPERLINK": "1", "TERM": "linux"}, True),
        ({"FORCE_HYPERLINK": "1", "PAGER": "sed s/^/PAGED/"}, True),
        ({"FORCE_HYPERLINK": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_links_are_for_terminals_that_can_show_or_skip_them(monkeypatch, variables, linked):
    for name in ("STY", "TMUX", "NO_COLOR", "NKTIMELINE_PAGER", *OF_LINKS):
        monkeypatch.delenv(name, raising=False)
    for name, value in ({"PAGER": "cat", "TERM": "xterm"} | variables).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(terminal, "is_terminal", lambda: True)
    assert terminal.page(Output(color="auto")).links is linked


def test_a_terminal_that_cannot_skip_links_gets_titles():
    screen = on_terminal("show", "-g", "toast", TERM="linux").screen
    assert "A toast is drunk" in plain(screen)
    assert "\x1b[" in screen
    assert "\x1b]8;" not in screen


def test_links_in_a_pipe_are_asked_for():
    words = ("show", "-f", "table", "--color", "always")
    assert b"\x1b]8;" not in piped(*words).stdout
    assert b"\x1b]8;" in piped(*words, env=surroundings(FORCE_HYPERLINK="1")).stdout


# -- notes and progress


def test_quiet_silences_notes_and_no_complaint(capfd):
    streams.note("18 of 18 \x1b events", quiet=False)
    streams.note("18 of 18 events", quiet=True)
    streams.complain(["it is \x1b broken"])
    assert capfd.readouterr().err == "18 of 18 \\x1b events\nit is \\x1b broken\n"


def test_notes_and_refusals_are_not_broken_inside_their_words():
    words = ("show", "--since", "2019-09", "-k", "treaty", "-k", "passage", "-a", "quiet coast")
    for more, code in (((), 0), (("--form", "csv"), 2)):
        ended = on_terminal(*words, *more, columns=40, err=True, PAGER="cat")
        assert ended.code == code
        assert max(map(cells, plain(ended.screen).splitlines())) <= 40
    assert "taken as" not in ended.screen
    screen = on_terminal("show", "toast", "lamps", "the quiet coast", columns=40, err=True).screen
    assert "taken as word 'toast', tag lamps, actor\nThe Quiet Coast\n" in screen


def test_reading_that_takes_long_is_shown_on_a_terminal(monkeypatch):
    shown = []
    now = iter([0, 0.5, 1.5, 1.6, 1.7, 1.8])

    class Screen:
        isatty = staticmethod(lambda: True)
        write = staticmethod(shown.append)
        flush = staticmethod(lambda: None)

    monkeypatch.setattr(sys, "stderr", Screen)
    monkeypatch.setattr(time, "monotonic", lambda: next(now))
    monkeypatch.setenv("TERM", "xterm")
    show = streams.progress("reading " + "x" * 50, quiet=False)
    show(0.1)
    assert shown == []
    for share in (0.5, 0.501, 0.8, 1):
        show(share)
    name = "reading " + "x" * 32
    assert shown == [
        f"\r{name} [{'#' * 12}{' ' * 13}]  50 %",
        f"\r{name} [{'#' * 20}{' ' * 5}]  80 %",
        "\r\x1b[K",
    ]


def test_reading_that_takes_no_time_shows_nothing(monkeypatch):
    shown = []

    class Screen:
        isatty = staticmethod(lambda: True)
        write = staticmethod(shown.append)

    monkeypatch.setattr(sys, "stderr", Screen)
    monkeypatch.setenv("TERM", "xterm")
    streams.progress("reading", quiet=False)(1)
    assert shown == []
    assert streams.progress("reading", quiet=True) is None
    monkeypatch.setenv("TERM", "dumb")
    assert streams.progress("reading", quiet=False) is None
    monkeypatch.setattr(sys, "stderr", None)
    assert streams.progress("reading", quiet=False) is None


def test_a_log_that_is_read_on_a_terminal_is_quiet_in_the_end():
    ended = on_terminal("show", "-n", "0", "--no-cache", err=True)
    assert plain(ended.screen) == COUNT.replace("\n", ", the first 0 shown\n")


# -- surroundings that are poor


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"HOME": "/nowhere"},
        {"HOME": "/dev/null"},
        {"XDG_CACHE_HOME": "relative"},
        {"XDG_CACHE_HOME": "/dev/null/x"},
        {"XDG_CACHE_HOME": "/proc/nothing"},
    ],
)
def test_no_home_and_no_cache_change_nothing(environment):
    ended = piped("show", env=surroundings(**environment))
    assert (ended.returncode, ended.stderr) == (0, COUNT.encode())
    assert ended.stdout.count(b"\n| ") == 19
    assert not (ROOT / "relative").exists()


@pytest.mark.slow
def test_few_file_handles_are_enough():
    for format in FORMATS:
        ended = shell(f"ulimit -n 16 && nktimeline show -f {format}")
        assert (ended.returncode, ended.stderr) == (0, said(format))


def limited(mebibytes):
    """Give what limits a process to so much memory, the interpreter's own included."""
    size = mebibytes * 1024 * 1024
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size))


@pytest.mark.slow
def test_little_memory_is_enough_for_the_log_that_ships():
    for format in ("table", "markdown", "json"):
        ended = piped(
            "show", "-f", format, "--no-cache", "--log", "events.yaml", preexec_fn=limited(256)
        )
        assert ended.returncode == 0, ended.stderr
        assert ended.stdout


# -- how the terminal is asked


def test_without_standard_output_there_is_no_terminal(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.delenv("COLUMNS", raising=False)
    assert not terminal.is_terminal()
    assert terminal.page(Output()) == Page(width=80)
    assert streams.run(lambda: None) == 0
    with pytest.raises(OSError, match="standard output is closed"):
        streams.write([], guard=False, pager=None)


def test_without_standard_error_nothing_is_said(monkeypatch, capfd):
    monkeypatch.setattr(sys, "stderr", None)
    streams.complain(["nobody hears"])
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("locale", "signs"),
    [
        ({"LC_ALL": "C"}, "+="),
        ({"LANG": "POSIX"}, "+="),
        ({"LANG": "C.UTF-8"}, "┿━"),
        ({"LC_ALL": "C.UTF-8", "LANG": "C"}, "┿━"),
        ({}, "┿━"),
    ],
)
def test_the_timeline_is_drawn_in_ascii_where_the_locale_knows_no_more(locale, signs):
    ended = on_terminal("show", "-f", "timeline", "--no-pager", **locale)
    assert signs in plain(ended.screen)
