"""The cache: what it gives back is what was read, and whatever is wrong with it is a miss."""

import os
import stat
import subprocess
import sys
from contextlib import suppress
from datetime import date
from itertools import combinations_with_replacement
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nktimeline import cache as module
from nktimeline.cache import KEPT, Cache
from nktimeline.dates import SURELY, Window, parse
from nktimeline.load import load
from nktimeline.model import Log
from nktimeline.names import UnknownName
from nktimeline.packed import pack
from nktimeline.query import query
from nktimeline.render import FORMATS, Page, grid_renderer, renderer
from nktimeline.render.entry import events as entry_of
from nktimeline.tally import LISTINGS

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


def hit(cache, data=TINY):
    """Give all that an entry holds, or None on a miss."""
    log = cache.get(data)
    return log and made(log)


def made(log):
    """Make everything that a log makes when asked for."""
    return log._replace(events=tuple(log.events), sources=dict(log.sources))


def test_a_hit_is_the_log_that_was_read(cache, tiny):
    assert load(TINY, cache=cache) == (tiny, [])
    assert hit(cache) == tiny
    for table in ("kinds", "actors", "sources"):
        assert list(getattr(hit(cache), table)) == list(getattr(tiny, table))


def test_a_hit_needs_no_yaml(cache, entry, unreadable, tiny):
    log, problems = load(TINY, cache=cache)
    assert (made(log), problems) == (tiny, [])


@pytest.mark.parametrize("format", FORMATS)
def test_a_hit_prints_what_a_miss_prints(cache, entry, tiny, format):
    lines = [list(renderer(format)(log, Page())) for log in (cache.get(TINY), tiny)]
    assert lines[0] == lines[1]


WINDOWS = list(combinations_with_replacement(
    ("0001", "1801", "1999", "2018-05", "2019-03", "2020-06-02", "2023-07", "2024-02-29", "9999"), 2
))  # fmt: skip


@pytest.mark.parametrize(("since", "until"), WINDOWS)
def test_days_select_the_same_events_as_without_a_cache(cache, entry, tiny, since, until):
    for filters in ({"since": since, "until": until}, {"on": (since, until)}, {"on": (until,)}):
        asked = query(tiny, filters, date(2024, 1, 1))
        kept = cache.get(TINY).keep(asked, asked.days)
        assert made(kept) == made(tiny.keep(asked))


def test_events_outside_the_days_asked_for_are_not_made(cache, tiny):
    last = tiny.events[-1]
    assert last.date.text == "2024-02-29"
    wrong = last._replace(date=last.date._replace(text="soon"))
    cache.put(TINY, tiny._replace(events=(*tiny.events[:-1], wrong)))
    log = cache.get(TINY)
    assert len(log.events) == len(tiny.events)
    assert log.keep(lambda _: SURELY, Window(date.min, date(2024, 2, 28))).events
    with pytest.raises(OSError, match="not sound"):
        log.keep(lambda _: SURELY, Window(date.min, date(2024, 2, 29)))


def test_a_source_that_no_log_has_is_none(cache, entry):
    sources = cache.get(TINY).sources
    with pytest.raises(KeyError):
        sources["nothing"]
    assert "nothing" not in sources


def test_the_least_log_has_an_entry_too(cache):
    data = b"title: Nothing\nevents: []\n"
    log, _ = load(data, cache=cache)
    assert hit(cache, data) == log


def test_a_log_with_a_problem_is_never_kept(cache, folder):
    for data in (
        b"title: T\nevents: []\nkinds: {spare: Not used}\n",
        b"title: T\nevents: [{id: x}]\n",
        b"{",
        b"\xff",
    ):
        _, problems = load(data, cache=cache)
        assert problems
        assert hit(cache, data) is None
    assert not folder.exists()


def test_another_log_is_a_miss(cache, entry):
    assert hit(cache, OTHER) is None
    assert hit(cache, TINY + b"\n") is None


def test_another_version_of_the_program_is_a_miss(cache, entry, monkeypatch, tiny):
    monkeypatch.setattr(module, "__version__", "0.0.0")
    assert hit(cache) is None
    assert made(load(TINY, cache=cache).log) == tiny


def test_another_form_of_entry_is_a_miss(cache, entry, monkeypatch):
    monkeypatch.setattr(module, "FORM", "0")
    assert hit(cache) is None


def test_an_entry_that_was_cut_is_a_miss(cache, entry):
    whole = entry.read_bytes()
    for length in (0, 1, 40, 41, 80, 82, 83, 100, len(whole) // 2, len(whole) - 1):
        entry.write_bytes(whole[:length])
        assert hit(cache) is None
    entry.write_bytes(whole + b"x")
    assert hit(cache) is None
    entry.write_bytes(whole)
    assert hit(cache)


def test_an_entry_with_a_bit_flipped_is_a_miss(cache, entry):
    whole = entry.read_bytes()
    for place in range(0, len(whole), 97):
        for bit in (1, 128):
            damaged = bytearray(whole)
            damaged[place] ^= bit
            entry.write_bytes(damaged)
            assert hit(cache) is None


def test_an_entry_under_the_key_of_another_log_is_a_miss(cache, entry, folder):
    load(OTHER, cache=cache)
    (other,) = set(folder.iterdir()) - {entry}
    entry.write_bytes(other.read_bytes())
    assert hit(cache) is None
    assert hit(cache, OTHER)


def forged(entry, body):
    """Put a body under the tiny log's key with the checksum that it should have."""
    key = entry.name.removesuffix(".log")
    entry.write_bytes(module._head(key, body) + body)  # noqa: SLF001 - as a forger would


def tables(log):
    return pack(log).split("\x1d")


def test_a_body_is_taken_for_what_it_says_where_nothing_is_wrong_with_it(cache, entry, tiny):
    other = tiny._replace(title="Another title")
    forged(entry, "\x1d".join(tables(other)).encode())
    assert hit(cache) == other


LEAST = b"T\x1e" + b"\x1d" * 7


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{}", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"title": 1}', b"\x1d" * 7,
        b"\x1d" * 6, b"\x1d" * 8, LEAST[:-1], LEAST + b"\x1d", b"U\x1e" + LEAST, LEAST[2:],
    ],
)  # fmt: skip
def test_a_foreign_entry_with_a_right_checksum_is_a_miss(cache, entry, body):
    forged(entry, body)
    assert hit(cache) is None


def test_the_least_body_is_that_of_a_log_with_a_title_alone(cache, entry):
    forged(entry, LEAST)
    assert hit(cache) == Log("T", {}, {}, {}, ())


NOTICED_LATE = (
    (1, "one fewer"), (1, "empty"), (2, "empty"), (6, "not UTF-8"), (7, "not UTF-8")
)  # fmt: skip


@pytest.mark.parametrize("place", range(8))
@pytest.mark.parametrize("damage", ["one fewer", "one more", "none", "empty", "not UTF-8"])
def test_a_table_that_does_not_fit_the_others_is_a_miss_or_dropped(cache, entry, place, damage):
    parts = [part.encode() for part in tables(load(TINY).log)]
    if damage == "one fewer":
        parts[place] = parts[place].partition(b"\x1e")[2]
    elif damage == "one more":
        parts[place] += b"x\x1e"
    elif damage == "none":
        del parts[place]
    elif damage == "empty":
        parts[place] = b""
    else:
        parts[place] = b"\xff" + parts[place]
    forged(entry, b"\x1d".join(parts))
    assert refused(cache, entry) is ((place, damage) in NOTICED_LATE)


def refused(cache, entry):
    """Tell whether an entry is dropped when its events and sources are made; else it is a miss."""
    log = cache.get(TINY)
    if log is None:
        return False
    with pytest.raises(OSError, match="the log kept here was not sound and is dropped") as error:
        made(log)
    assert error.value.filename == str(entry)
    assert not entry.exists()
    return True


@pytest.mark.parametrize(
    "damage",
    [
        {"actors": ("nobody",)}, {"actors": ("hanbit", "")}, {"sources": ("nothing",)},
        {"sources": ("almanac", "")}, {"related": ("nowhere",)}, {"related": ("toast", "")},
        {"kind": "unheard-of"}, {"kind": ""}, {"status": "sure"}, {"status": ""},
        {"date": parse("2020")._replace(text="")}, {"date": parse("2020")._replace(text="soon")},
        {"title": "one\x1ftwo"},
    ],
)  # fmt: skip
def test_an_event_that_cannot_be_has_the_entry_dropped(cache, entry, tiny, damage):
    cache.put(TINY, tiny._replace(events=(tiny.events[0]._replace(**damage), *tiny.events[1:])))
    assert refused(cache, entry)
    assert made(load(TINY, cache=cache).log) == tiny
    assert hit(cache) == tiny


@pytest.mark.parametrize(
    "damage",
    [
        {"relays": "nobody"}, {"title": "one\x1ftwo"},
        *({"published": parse("2020")._replace(text=text)}
          for text in ("2020-13", "2020-02-30", "x", "2023-W01-1")),
    ],
)  # fmt: skip
def test_a_source_that_cannot_be_has_the_entry_dropped(cache, entry, tiny, damage):
    (id, source), *_ = tiny.sources.items()
    cache.put(TINY, tiny._replace(sources={**tiny.sources, id: source._replace(**damage)}))
    assert refused(cache, entry)
    assert made(load(TINY, cache=cache).log) == tiny


def test_a_source_that_an_event_cites_and_the_entry_lacks_has_it_dropped(cache, entry, tiny):
    cited = tiny.events[0].sources[0]
    lacking = {id: source for id, source in tiny.sources.items() if id != cited}
    cache.put(TINY, tiny._replace(sources=lacking))
    assert refused(cache, entry)


def test_an_actor_that_belongs_to_nobody_known_is_a_miss(cache, tiny):
    id, actor = next(iter(tiny.actors.items()))
    cache.put(TINY, tiny._replace(actors={**tiny.actors, id: actor._replace(of="nobody")}))
    assert hit(cache) is None


def test_the_days_of_all_events_are_known_without_making_them(cache, entry, tiny):
    log = cache.get(TINY)
    assert log.reach == tiny.reach == Window(date.min, date.max)
    later = tiny._replace(events=tiny.events[3:9])
    cache.put(TINY, later)
    assert cache.get(TINY).reach == later.reach == Window(date(2019, 1, 1), date(2020, 6, 4))
    assert tiny._replace(events=()).reach == Window()


def test_days_that_are_none_have_the_entry_dropped(cache, entry, tiny):
    parts = tables(tiny)
    parts[4] = "soon\x1e" * len(tiny.events)
    forged(entry, "\x1d".join(parts).encode())
    with pytest.raises(OSError, match="not sound"):
        _ = cache.get(TINY).reach
    assert not entry.exists()


def test_all_events_are_made_once(cache, entry):
    log = cache.get(TINY)
    assert log.events[0] is log.events[0]
    assert log.keep(lambda _: SURELY, Window()).events[0] is log.events[0]
    assert log.events[1:3] == tuple(log.events)[1:3]
    assert isinstance(log.first(3).events, tuple)


@settings(max_examples=150, suppress_health_check=list(HealthCheck), deadline=None)
@given(
    edits=st.lists(
        st.tuples(st.integers(0), st.binary(max_size=3), st.integers(0, 40)), min_size=1, max_size=4
    ),
    how=st.tuples(st.sampled_from([*FORMATS]), st.sampled_from([*LISTINGS.values()])),
)
def test_what_a_forger_writes_is_shown_or_refused_and_never_a_traceback(cache, entry, edits, how):
    format, tally = how
    body = pack(load(TINY).log).encode()
    for place, new, length in edits:
        at = place % (len(body) + 1)
        body = body[:at] + new + body[at + length :]
    forged(entry, body)
    with suppress(OSError, UnknownName):
        log = load(TINY, cache=cache).log
        asked = query(log, {"since": "2019", "actor": ("hanbit",)}, date(2024, 1, 1))
        kept = log.keep(asked, asked.days)
        list(renderer(format)(kept, Page()))
        list(renderer(format)(log, Page()))
        list(grid_renderer("jsonl")(tally(kept, log), Page()))
        list(entry_of(log, list(log.events)[:3], Page(), as_markdown=False))
        assert log.reach


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
        assert hit(cache) is None
    assert made(load(TINY, cache=cache).log) == tiny
    assert elsewhere.read_bytes() == whole
    assert sorted(entry.parent.iterdir()) == [entry]
    assert (hit(cache) is None) is (kind == "folder")


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
        assert made(load(TINY, cache=cache).log) == tiny
        assert hit(cache) is None


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
    assert [hit(cache, data) is not None for data in logs] == [False] * 3 + [True] * KEPT


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
    assert hit(Cache(str(folder)))


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
