"""Files that --output writes: whole or not at all, and never over what is read."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from nktimeline.cli.files import save

ROOT = Path(__file__).parent.parent
TINY = ROOT / "tests" / "tiny.yaml"
LINES = ["first", "김정은"]
TEXT = "first\n김정은\n"


def nktimeline(*words, before="", after="", **environment):
    """Run a command line in a shell, which may limit it `before` and redirect it `after`."""
    command = f'{before} "$0" -m nktimeline "$@" {after}'
    return subprocess.run(
        ["sh", "-c", command, sys.executable, *map(str, words)],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def old(tmp_path):
    """Give the path of a file that is there already, alone in its folder."""
    path = tmp_path / "notes.md"
    path.write_text("precious")
    return path


@pytest.fixture
def mine(tmp_path):
    """Give the path of a log of the user's own."""
    path = tmp_path / "mine.yaml"
    path.write_bytes(TINY.read_bytes())
    return path


# -- what is written


def test_lines_are_written_as_utf_8_with_the_line_ends_of_the_format(tmp_path):
    path = tmp_path / "a.txt"
    save(LINES, str(path))
    assert path.read_bytes() == TEXT.encode()
    save(LINES, str(path), newline="\r\n")
    assert path.read_bytes() == TEXT.replace("\n", "\r\n").encode()
    save([], str(path))
    assert path.read_bytes() == b""


def test_a_name_without_a_folder_is_in_this_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    save(LINES, "a.txt")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == TEXT


def test_a_name_may_be_as_long_as_the_system_allows(tmp_path):
    path = tmp_path / ("a" * 255)
    save(LINES, str(path))
    assert path.read_text(encoding="utf-8") == TEXT


# -- the log is not written over


@pytest.mark.parametrize("output", ["mine.yaml", "link", "hard", "folder/mine.yaml"])
@pytest.mark.parametrize("named", ["--log", "NKTIMELINE_LOG", "-"])
def test_the_log_that_is_read_is_not_written_over_under_any_name(mine, tmp_path, output, named):
    (tmp_path / "link").symlink_to(mine)
    (tmp_path / "hard").hardlink_to(mine)
    (tmp_path / "folder").symlink_to(tmp_path)
    path = tmp_path / output
    words = ["show", "-f", "json", "-o", path]
    if named == "--log":
        ended = nktimeline(*words, "--log", mine)
    elif named == "-":
        ended = nktimeline(*words, "--log", "-", after=f"<'{mine}'")
    else:
        ended = nktimeline(*words, NKTIMELINE_LOG=str(mine))
    message = f"nktimeline: {path}: is being read, choose another file\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", message)
    assert mine.read_bytes() == TINY.read_bytes()


def test_the_log_that_ships_is_not_written_over(tmp_path):
    from nktimeline.load import shipped

    link = tmp_path / "events.md"
    link.symlink_to(shipped())
    before = Path(shipped()).read_bytes()
    assert nktimeline("show", "-n", "1", "-o", link).returncode == 1
    assert Path(shipped()).read_bytes() == before


def test_the_log_is_not_written_over_through_standard_output(mine):
    ended = nktimeline("show", "-o", "/dev/stdout", "--log", mine, after=f">>'{mine}'")
    assert ended.returncode == 1
    assert mine.read_bytes() == TINY.read_bytes()


def test_an_input_that_is_no_file_or_gone_forbids_nothing(old, tmp_path):
    save(LINES, str(old), inputs=[str(tmp_path / "gone"), 999999])
    assert old.read_text(encoding="utf-8") == TEXT
    save(LINES, "/dev/null", inputs=["/dev/null"])


def test_a_log_beside_it_is_read_and_another_file_is_written(mine, tmp_path):
    path = tmp_path / "mine.md"
    assert nktimeline("show", "--log", mine, "-o", path).returncode == 0
    assert path.read_text(encoding="utf-8").startswith("| Date")


# -- the old file stays until all is written


def left_as_it_was(old):
    """Tell whether a file is as before, with nothing beside it."""
    return old.read_text() == "precious" and os.listdir(old.parent) == [old.name]


def test_a_disk_that_fills_up_leaves_the_old_file_and_nothing_else(old):
    ended = nktimeline("show", "-o", old, "--log", ROOT / "events.yaml", before="ulimit -f 4;")
    assert (ended.returncode, ended.stderr) == (1, f"nktimeline: {old}: File too large\n")
    assert left_as_it_was(old)


@pytest.mark.parametrize("function", ["chmod", "fsync", "replace"])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_whatever_fails_leaves_the_old_file_and_nothing_else(old, monkeypatch, function, error):
    def fail(*_):
        raise error

    monkeypatch.setattr(os, function, fail)
    with pytest.raises(type(error)) as raised:
        save(LINES, str(old))
    assert left_as_it_was(old)
    if isinstance(error, OSError):
        assert raised.value.filename == str(old)


def test_lines_that_fail_leave_the_old_file(old):
    def lines():
        yield "first"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save(lines(), str(old))
    assert left_as_it_was(old)


def test_a_file_that_must_not_be_written_is_not_replaced_either(old, monkeypatch):
    opened = os.open

    def open_(path, flags, *rest, **named):
        if path == str(old) and flags & os.O_WRONLY:  # as root, only this makes it unwritable
            raise PermissionError(13, "Permission denied", path)
        return opened(path, flags, *rest, **named)

    monkeypatch.setattr(os, "open", open_)
    with pytest.raises(PermissionError):
        save(LINES, str(old))
    assert left_as_it_was(old)


@pytest.mark.parametrize("name", ["no/such.md", "new/", "", "notes.md/x"])
def test_a_place_that_cannot_be_is_named(old, name):
    path = f"{old.parent}/{name}"
    with pytest.raises(OSError) as raised:  # noqa: PT011 - which one is the system's business
        save(LINES, path)
    assert raised.value.filename == path
    assert left_as_it_was(old)


# -- what the new file is like


@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_a_new_file_has_the_mode_that_the_umask_leaves(tmp_path, umask):
    path = tmp_path / "a.md"
    before = os.umask(umask)
    try:
        save(LINES, str(path))
    finally:
        os.umask(before)
    assert mode(path) == 0o666 & ~umask


@pytest.mark.parametrize("kept", [0o600, 0o664, 0o755])
def test_a_new_file_has_the_mode_of_the_old_one(old, kept):
    old.chmod(kept)
    save(LINES, str(old))
    assert mode(old) == kept


def test_a_link_stays_and_what_it_leads_to_is_replaced(old, tmp_path):
    (tmp_path / "there").mkdir()
    link, second = tmp_path / "there" / "link.md", tmp_path / "second.md"
    link.symlink_to("../notes.md")
    second.symlink_to(link)
    save(LINES, str(second))
    assert link.is_symlink()
    assert second.is_symlink()
    assert old.read_text(encoding="utf-8") == TEXT
    assert os.listdir(link.parent) == ["link.md"]


def test_a_link_that_leads_nowhere_yet_leads_to_the_new_file(tmp_path):
    link = tmp_path / "link.md"
    link.symlink_to("new.md")
    save(LINES, str(link))
    assert link.is_symlink()
    assert (tmp_path / "new.md").read_text(encoding="utf-8") == TEXT


def test_a_link_to_itself_is_named(tmp_path):
    link = tmp_path / "link.md"
    link.symlink_to("link.md")
    with pytest.raises(OSError, match="symbolic links") as raised:
        save(LINES, str(link))
    assert raised.value.filename == str(link)


# -- what is no file


def test_a_device_is_written_and_stays_one():
    save(LINES, "/dev/null")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    with pytest.raises(OSError, match="No space left") as raised:
        save(LINES, "/dev/full")
    assert raised.value.filename == "/dev/full"


def test_a_pipe_with_a_name_is_written(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    save(LINES, str(path))
    assert os.read(reader, 100) == TEXT.encode()
    os.close(reader)
    assert stat.S_ISFIFO(path.stat().st_mode)


@pytest.mark.parametrize("path", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_standard_output_is_written_where_it_stands(path, tmp_path):
    words = ("show", "-f", "json", "--log", TINY)
    ended = nktimeline(*words, "-o", path)
    assert ended.stdout == nktimeline(*words).stdout
    file = tmp_path / "all.json"
    nktimeline(*words, "-o", path, before="{ echo before;", after=f"; echo after; }} >'{file}'")
    assert file.read_text(encoding="utf-8") == f"before\n{ended.stdout}after\n"


def test_a_file_that_is_open_is_written_by_its_number(tmp_path):
    reading, writing = os.pipe()
    save(LINES, f"/dev/fd/{writing}")
    os.close(writing)
    assert os.read(reading, 100) == TEXT.encode()
    with pytest.raises(OSError, match="Bad file descriptor") as raised:
        save(LINES, f"/dev/fd/{writing}")
    assert raised.value.filename == f"/dev/fd/{writing}"
    os.close(reading)


def test_a_reader_of_the_output_that_is_gone_is_no_failure(tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    with pytest.raises(BrokenPipeError):
        save(LINES, f"/dev/fd/{writing}")
    os.close(writing)
