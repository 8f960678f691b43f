"""The cache: what it gives back is what was read, and whatever is wrong with it is a miss."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from nktimeline import cache as module
from nktimeline.cache import KEPT, Cache
from nktimeline.dates import parse
from nktimeline.load import load
from nktimeline.model import Log
from nktimeline.render import FORMATS, Page, renderer

TINY = (Path(__file__).parent / "tiny.yaml").read_bytes()
OTHER = TINY.replace(b"The lights of the Glass Sea", b"The lights of another sea")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "home" / "nktimeline"


@pytest.fixture
def cache(folder):
    return Cache(str(folder))


@pytest.fixture
def entry(folder, cache):
    """Give the path of the tiny log's entry in the cache."""
    load(TINY, cache=cache)
    (path,) = folder.iterdir()
    return path


@pytest.fixture
def unreadable(monkeypatch):
    """Forbid reading YAML: only a hit in the cache can give a log."""
    monkeypatch.setitem(sys.modules, "nktimeline.reader", None)


def test_a_hit_is_the_log_that_was_read(cache, tiny):
    assert load(TINY, cache=cache) == (tiny, [])
    hit = cache.get(TINY)
    assert hit == tiny
    for table in ("kinds", "actors", "sources"):
        assert list(getattr(hit, table)) == list(getattr(tiny, table))


def test_a_hit_needs_no_yaml(cache, entry, unreadable, tiny):
    assert load(TINY, cache=cache) == (tiny, [])


@pytest.mark.parametrize("format", FORMATS)
def test_a_hit_prints_what_a_miss_prints(cache, entry, tiny, format):
    lines = [list(renderer(format)(log, Page())) for log in (cache.get(TINY), tiny)]
    assert lines[0] == lines[1]


def test_the_least_log_has_an_entry_too(cache):
    data = b"title: Nothing\nevents: []\n"
    log, _ = load(data, cache=cache)
    assert cache.get(data) == log


def test_a_log_with_a_problem_is_never_kept(cache, folder):
    for data in (
        b"title: T\nevents: []\nkinds: {spare: Not used}\n",
        b"title: T\nevents: [{id: x}]\n",
        b"{",
        b"\xff",
    ):
        _, problems = load(data, cache=cache)
        assert problems
        assert cache.get(data) is None
    assert not folder.exists()


def test_another_log_is_a_miss(cache, entry):
    assert cache.get(OTHER) is None
    assert cache.get(TINY + b"\n") is None


def test_another_version_of_the_program_is_a_miss(cache, entry, monkeypatch, tiny):
    monkeypatch.setattr(module, "__version__", "0.0.0")
    assert cache.get(TINY) is None
    assert load(TINY, cache=cache) == (tiny, [])


def test_another_form_of_entry_is_a_miss(cache, entry, monkeypatch):
    monkeypatch.setattr(module, "_FORM", "0")
    assert cache.get(TINY) is None


def test_an_entry_that_was_cut_is_a_miss(cache, entry):
    whole = entry.read_bytes()
    for length in (0, 1, 40, 41, 80, 82, 83, 100, len(whole) // 2, len(whole) - 1):
        entry.write_bytes(whole[:length])
        assert cache.get(TINY) is None
    entry.write_bytes(whole + b"x")
    assert cache.get(TINY) is None
    entry.write_bytes(whole)
    assert cache.get(TINY)


def test_an_entry_with_a_bit_flipped_is_a_miss(cache, entry):
    whole = entry.read_bytes()
    for place in range(0, len(whole), 97):
        for bit in (1, 128):
            damaged = bytearray(whole)
            damaged[place] ^= bit
            entry.write_bytes(damaged)
            assert cache.get(TINY) is None


def test_an_entry_under_the_key_of_another_log_is_a_miss(cache, entry, folder):
    load(OTHER, cache=cache)
    (other,) = set(folder.iterdir()) - {entry}
    entry.write_bytes(other.read_bytes())
    assert cache.get(TINY) is None
    assert cache.get(OTHER)


def forged(entry, body):
    """Put a body under the tiny log's key with the checksum that it should have."""
    key = entry.read_bytes()[:40].decode()
    entry.write_bytes(module._head(key, body) + body)  # noqa: SLF001 - as a forger would


def columns(log):
    return module._pack(log).split("\x1e")  # noqa: SLF001


def test_a_body_is_taken_for_what_it_says_where_nothing_is_wrong_with_it(cache, entry, tiny):
    other = tiny._replace(title="Another title")
    forged(entry, "\x1e".join(columns(other)).encode())
    assert cache.get(TINY) == other


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{}", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"title": 1}', b"\x1e" * 22,
        b"\x1e" * 21, b"\x1e" * 23, b"T\x1f" + b"\x1e" * 21, b"T\x1f" + b"\x1e" * 23,
        b"T\x1fU\x1f" + b"\x1e" * 22,
    ],
)  # fmt: skip
def test_a_foreign_entry_with_a_right_checksum_is_a_miss(cache, entry, body):
    forged(entry, body)
    assert cache.get(TINY) is None


def test_the_least_body_is_that_of_a_log_with_a_title_alone(cache, entry):
    forged(entry, b"T\x1f" + b"\x1e" * 22)
    assert cache.get(TINY) == Log("T", {}, {}, {}, ())


@pytest.mark.parametrize("place", range(23))
@pytest.mark.parametrize("damage", ["one fewer", "one more", "none", "not UTF-8"])
def test_a_column_that_does_not_fit_the_others_is_a_miss(cache, entry, tiny, place, damage):
    parts = [part.encode() for part in columns(tiny)]
    if damage == "one fewer":
        parts[place] = parts[place].partition(b"\x1f")[2]
    elif damage == "one more":
        parts[place] += b"x\x1f"
    elif damage == "none":
        del parts[place]
    else:
        parts[place] = b"\xff" + parts[place]
    forged(entry, b"\x1e".join(parts))
    assert cache.get(TINY) is None


@pytest.mark.parametrize("items", [b"", b"\x1c\x1c\x1c", b"\x1c\x1c\x1c\x1c\x1c"])
def test_a_source_with_too_few_or_many_details_is_a_miss(cache, entry, tiny, items):
    *parts, details = (part.encode() for part in columns(tiny))
    forged(entry, b"\x1e".join([*parts, items + details[details.index(b"\x1f") :]]))
    assert cache.get(TINY) is None


@pytest.mark.parametrize(
    "damage",
    [
        {"actors": ("nobody",)}, {"actors": ("hanbit", "")}, {"sources": ("nothing",)},
        {"sources": ("almanac", "")}, {"related": ("nowhere",)}, {"related": ("toast", "")},
        {"kind": "unheard-of"}, {"kind": ""}, {"status": "sure"}, {"status": ""},
        {"date": parse("2020")._replace(text="")}, {"date": parse("2020")._replace(text="soon")},
    ],
)  # fmt: skip
def test_an_entry_that_names_what_it_does_not_hold_is_a_miss(cache, entry, tiny, damage):
    log = tiny._replace(events=(tiny.events[0]._replace(**damage), *tiny.events[1:]))
    cache.put(TINY, log)
    assert cache.get(TINY) is None
    cache.put(TINY, tiny)
    assert cache.get(TINY) == tiny


@pytest.mark.parametrize(
    ("table", "field"), [("actors", {"of": "nobody"}), ("sources", {"relays": "nobody"})]
)
def test_an_entry_whose_tables_name_what_they_do_not_hold_is_a_miss(cache, tiny, table, field):
    entries = getattr(tiny, table)
    first = next(iter(entries))
    cache.put(TINY, tiny._replace(**{table: entries | {first: entries[first]._replace(**field)}}))
    assert cache.get(TINY) is None


@pytest.mark.parametrize("kind", ["folder", "fifo", "link", "loop", "nothing", "unreadable"])
def test_an_entry_that_is_no_file_is_a_miss_and_no_harm(cache, entry, tmp_path, kind, tiny):
    whole = entry.read_bytes()
    entry.unlink()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(whole)
    if kind == "folder":
        entry.mkdir()
    elif kind == "fifo":
        os.mkfifo(entry)
    elif kind == "link":
        entry.symlink_to(elsewhere)
    elif kind == "loop":
        entry.symlink_to(entry)
    elif kind == "unreadable":
        entry.write_bytes(whole)
        entry.chmod(0)
    if kind != "unreadable" or os.geteuid():  # the superuser may read it all the same
        assert cache.get(TINY) is None
    assert load(TINY, cache=cache) == (tiny, [])
    assert elsewhere.read_bytes() == whole
    assert sorted(entry.parent.iterdir()) == [entry]
    assert (cache.get(TINY) is None) is (kind == "folder")


def test_folders_and_files_are_the_users_own(cache, entry, folder):
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(entry.stat().st_mode) == 0o600


def test_a_folder_that_is_a_link_to_elsewhere_is_not_written_to(cache, folder, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder.parent.mkdir()
    folder.symlink_to(elsewhere)
    load(TINY, cache=cache)
    assert list(elsewhere.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_no_cache(tmp_path, tiny):
    (tmp_path / "file").write_text("")
    for folder in ("file", "file/nktimeline", "file/a/nktimeline"):
        cache = Cache(str(tmp_path / folder))
        assert load(TINY, cache=cache) == (tiny, [])
        assert cache.get(TINY) is None


def test_a_write_that_fails_leaves_nothing_behind(cache, entry, folder, monkeypatch, tiny):
    def fail(*_paths):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    assert load(OTHER, cache=cache).log.title == "The lights of another sea"
    assert list(folder.iterdir()) == [entry]


def test_the_longest_unwritten_entries_are_dropped(cache, folder):
    logs = [b"title: No. %d\nevents: []\n" % number for number in range(KEPT + 3)]
    for age, data in enumerate(logs):
        before = set(folder.iterdir()) if folder.exists() else set()
        load(data, cache=cache)
        for path in set(folder.iterdir()) - before:
            os.utime(path, (age, age))
    assert [cache.get(data) is not None for data in logs] == [False] * 3 + [True] * KEPT


def test_what_a_writer_that_was_killed_left_is_dropped_too(cache, folder):
    folder.mkdir(parents=True)
    for number in range(3):
        (folder / f"{number}.log.{number}.part").write_text("half")
        os.utime(folder / f"{number}.log.{number}.part", (number, number))
    for number in range(KEPT):
        load(b"title: No. %d\nevents: []\n" % number, cache=cache)
    assert not list(folder.glob("*.part"))


def test_what_is_not_ours_is_left_alone_and_does_not_keep_the_old(cache, folder):
    folder.mkdir(parents=True)
    (folder / "README").write_text("mine")
    (folder / "0.part").mkdir()
    for path in folder.iterdir():
        os.utime(path, (0, 0))
    for number in range(KEPT + 2):
        load(b"title: No. %d\nevents: []\n" % number, cache=cache)
    assert (folder / "README").exists()
    assert (folder / "0.part").is_dir()
    assert len(list(folder.iterdir())) <= KEPT + 2


def test_two_processes_can_write_at_once(folder):
    program = (
        "import sys\nfrom nktimeline.cache import Cache\nfrom nktimeline.load import load\n"
        "data = open(sys.argv[2], 'rb').read()\nsys.stdin.readline()\n"
        "for n in range(30):\n"
        "    cache = Cache(sys.argv[1])\n"
        "    cache.put(data, load(data).log) if n % 5 == 0 else None\n"
        "    assert load(data, cache=cache).log.title\n"
    )
    command = [sys.executable, "-c", program, str(folder), str(Path(__file__).parent / "tiny.yaml")]
    root = Path(__file__).parent.parent
    both = [subprocess.Popen(command, stdin=subprocess.PIPE, cwd=root) for _ in range(2)]
    for process in both:
        process.stdin.write(b"go\n")
        process.stdin.close()
    assert [process.wait() for process in both] == [0, 0]
    assert len(list(folder.iterdir())) == 1
    assert Cache(str(folder)).get(TINY)


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"XDG_CACHE_HOME": "/var/c", "HOME": "/home/x"}, "/var/c/nktimeline"),
        ({"XDG_CACHE_HOME": "", "HOME": "/home/x"}, "/home/x/.cache/nktimeline"),
        ({"XDG_CACHE_HOME": "relative/c", "HOME": "/home/x"}, "/home/x/.cache/nktimeline"),
        ({"HOME": "/home/x"}, "/home/x/.cache/nktimeline"),
        ({"HOME": "relative"}, None),
        ({"XDG_CACHE_HOME": "relative"}, None),
        ({}, None),
    ],
)
def test_the_folder_is_where_the_xdg_specification_puts_it(environment, folder):
    assert Cache.of(environment) == (folder and Cache(folder))


@pytest.mark.parametrize("published", ["2020-13", "2020-02-30", "x", "2023-W01-1"])
def test_a_date_that_no_source_could_have_is_a_miss(cache, tiny, published):
    """Sources are made late, but never of what could not be read."""
    (id, source), *_ = (item for item in tiny.sources.items() if item[1].published)
    wrong = source._replace(published=source.published._replace(text=published))
    cache.put(TINY, tiny._replace(sources={**tiny.sources, id: wrong}))
    assert cache.get(TINY) is None
