"""The cache: what it returns is what was read, and whatever is wrong with it is a miss."""

import os
import shutil
import stat
import subprocess
import sys
import tracemalloc
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from logs import logs, written

from nktimeline import cache as module
from nktimeline.cache import KEPT, Cache
from nktimeline.dates import When, Window, parse
from nktimeline.load import load, load_file
from nktimeline.model import Actor, Event, Extent, Listing, Log, Member, Source, Standing, fields
from nktimeline.packed import pack, unpack
from nktimeline.problems import has_errors
from nktimeline.render import FORMATS, Page, renderer

ROOT = Path(__file__).parent.parent
TINY = (Path(__file__).parent / "tiny.yaml").read_bytes()
OTHER = TINY.replace(b"The lights of the Glass Sea", b"The lights of another sea")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "home" / "nktimeline"


@pytest.fixture
def cache(folder):
    return Cache(str(folder))


@pytest.fixture
def load_cached(cache, tmp_path):
    """Give `load_cached(data, days)`: load a file that holds `data`, through the cache."""

    def through(data=TINY, days=None):
        path = tmp_path / "log.yaml"
        path.write_bytes(data)
        return load_file(str(path), cache=cache, days=days)

    return through


@pytest.fixture
def entry(folder, load_cached):
    """Give the path of the tiny log's entry in the cache."""
    load_cached()
    (path,) = folder.iterdir()
    return path


@pytest.fixture
def unreadable(monkeypatch):
    """Forbid reading YAML: only a hit in the cache can give a log."""
    monkeypatch.setitem(sys.modules, "nktimeline.reader", None)


def hit(cache, data=TINY, days=Window()):  # noqa: B008 - a window cannot change
    """Give what the cache has of a log, or None on a miss."""
    return cache.get(BytesIO(data), days)


# -- hits


def test_a_hit_is_the_log_that_was_read(cache, load_cached, tiny):
    loaded = load_cached()
    assert (loaded.log, loaded.problems, loaded.data) == (tiny, (), TINY)
    assert hit(cache) == tiny
    for table in ("kinds", "actors", "sources"):
        assert list(getattr(hit(cache), table)) == list(getattr(tiny, table))


def test_a_hit_needs_no_yaml_and_no_data(load_cached, entry, unreadable, tiny):
    assert load_cached() == (tiny, (), b"")


@pytest.mark.parametrize("format", FORMATS)
def test_a_hit_prints_what_a_miss_prints(cache, entry, tiny, format):
    lines = [list(renderer(format)(log, Page())) for log in (hit(cache), tiny)]
    assert lines[0] == lines[1]


def test_the_least_log_has_an_entry_too(cache, load_cached):
    data = b"title: Nothing\nevents: []\n"
    log = load_cached(data).log
    assert hit(cache, data) == log == Log("Nothing", ())


WARNED = b"title: T\nevents: []\nkinds: {spare: Not used}\n"


def test_a_log_with_warnings_is_kept_and_a_hit_says_nothing_of_them(load_cached, monkeypatch):
    first = load_cached(WARNED)
    assert [problem.code for problem in first.problems] == ["unused-kind"]
    monkeypatch.setitem(sys.modules, "nktimeline.reader", None)
    assert load_cached(WARNED) == (first.log, (), b"")


def test_check_never_reads_from_the_cache(tmp_path):
    path = tmp_path / "log.yaml"
    path.write_bytes(WARNED)
    program = [sys.executable, "-m", "nktimeline"]
    world = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}

    def run(*arguments):
        command = [*program, *arguments]
        return subprocess.run(command, cwd=ROOT, env=world, capture_output=True, check=False)

    run("--log", str(path), "show")
    assert list((tmp_path / "nktimeline").iterdir())
    checked = run("check", "--strict", str(path))
    assert (checked.returncode, b"[unused-kind]" in checked.stdout) == (1, True)


@pytest.mark.parametrize("data", [b"title: T\nevents: [{id: x}]\n", b"{", b"\xff"])
def test_a_log_with_errors_is_never_kept(cache, folder, load_cached, data):
    assert has_errors(load_cached(data).problems)
    assert hit(cache, data) is None
    assert not folder.exists()


# -- the events of some days

DAYS = [date.min, *(date(*day) for day in (
    (1801, 1, 1), (1999, 12, 31), (2018, 5, 31), (2018, 6, 1), (2019, 3, 12), (2020, 6, 2),
    (2023, 7, 1), (2024, 2, 28), (2024, 2, 29), (2024, 3, 1),
)), date.max]  # fmt: skip


@pytest.mark.parametrize("last", DAYS)
@pytest.mark.parametrize("first", DAYS)
def test_days_give_the_events_that_could_touch_them_and_the_sources_that_these_cite(
    cache, entry, tiny, first, last
):
    found = hit(cache, days=Window(first, last))
    reaches = {event.id: event.date.reach for event in tiny.events}
    events = [e for e in tiny.events if reaches[e.id].first <= last and first <= reaches[e.id].last]
    cited = {id for one in (*events, *tiny.lists) for id in one.sources}
    assert list(found.events) == events
    assert found.sources == {
        id: page for id, page in tiny.sources.items() if id in cited or events == [*tiny.events]
    }
    assert found._replace(events=(), sources={}) == tiny._replace(events=(), sources={})


def test_the_extent_is_that_of_the_whole_log(cache, entry, tiny):
    assert tiny.extent == Extent(18, Window(date.min, date.max))
    assert hit(cache, days=Window(date(2020, 1, 1), date(2020, 1, 2))).extent == tiny.extent
    later = tiny._replace(events=tiny.events[3:9]).measured()
    later = later._replace(events=tuple(e._replace(related=()) for e in later.events))
    assert later.extent == Extent(6, Window(date(2019, 1, 1), date(2020, 6, 4)))
    assert unpack(pack(later), Window()).extent == later.extent
    nothing = Log("Nothing", ()).measured()
    assert unpack(pack(nothing), Window()) == nothing


# -- what a key follows from


def test_another_log_is_a_miss(cache, entry):
    assert hit(cache, OTHER) is None
    assert hit(cache, TINY + b"\n") is None
    assert hit(cache, TINY[:-1]) is None


MODULES = [
    "model.py",
    "dates.py",
    "names.py",
    "text.py",
    "checks/names.py",
    "packed.py",
    "cache.py",
]
READER = [f"reader/{name}.py" for name in ("__init__", "values", "reading", "nodes", "rules")]


@pytest.mark.parametrize("name", [*MODULES, *READER])
def test_another_state_of_the_code_that_reads_and_checks_is_a_miss(
    cache, entry, name, tmp_path, monkeypatch
):
    package = tmp_path / "package"
    shutil.copytree(ROOT / "nktimeline", package)
    monkeypatch.setattr(module, "_HERE", str(package))
    assert hit(cache)
    with (package / name).open("a") as file:
        file.write("# another rule\n")
    assert hit(cache) is None


def test_another_python_is_a_miss(cache, entry, monkeypatch):
    monkeypatch.setattr(sys, "version", "4.0.0")
    assert hit(cache) is None


def test_a_log_is_never_held_whole_while_its_key_is_made(cache, tmp_path):
    path = tmp_path / "log.yaml"
    path.write_bytes(b"# as large as it can be\n" * 1_000_000)
    with path.open("rb", buffering=0) as file:
        tracemalloc.start()
        assert cache.get(file, Window()) is None
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 3 * 2**20 < path.stat().st_size / 7


def test_a_log_is_found_wherever_in_it_the_file_stands(cache, entry):
    file = BytesIO(TINY)
    file.seek(100)
    assert cache.get(file, Window())


# -- whatever log it is


@pytest.mark.slow
@given(logs(), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_what_is_written_is_what_is_read(log, first, last):
    assert unpack(pack(log), Window()) == log
    part = unpack(pack(log), Window(first, last))
    assert set(part.events) <= set(log.events)
    assert part.sources.items() <= log.sources.items()
    assert part.extent == log.extent


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(logs())
def test_a_hit_is_a_miss_whatever_the_log(cache, log):
    data = written(log, beside=True)
    loaded = load(data)
    if not has_errors(loaded.problems):
        cache.put(data, loaded.log)
        assert hit(cache, data) == loaded.log


# -- damage


def test_an_entry_that_was_cut_is_a_miss(cache, entry):
    whole = entry.read_bytes()
    for length in (0, 1, 8, 9, 10, 40, 100, len(whole) // 2, len(whole) - 1):
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


def test_an_entry_that_is_damaged_is_read_afresh_and_mended(cache, entry, load_cached, tiny):
    entry.write_bytes(b"nothing")
    assert load_cached() == (tiny, (), TINY)
    assert hit(cache) == tiny


# -- forgery


def forged(entry, body):
    """Put a body under the tiny log's key with the checksum that it should have."""
    entry.write_bytes(module._checksum(body) + body)  # noqa: SLF001 - as a forger would


def tables(log):
    """Give the parts of a log's text: the days, then the log's fields."""
    return pack(log).split(b"\x1d")


def test_a_body_is_taken_for_what_it_says_where_nothing_is_wrong_with_it(cache, entry, tiny):
    other = tiny._replace(title="Another title")
    forged(entry, pack(other))
    assert hit(cache) == other


LEAST = b"\x1dT\x1e\x1d\x1d\x1e" + b"\x1d" * 6  # coverage is a record too


def test_the_least_body_is_that_of_a_log_with_a_title_alone(cache, entry):
    forged(entry, LEAST)
    assert hit(cache) == Log("T", ())


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{}", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"title": 1}', b"\x1d" * 5,
        b"\x1d" * 4, b"\x1d" * 6, LEAST[:-1], LEAST + b"\x1d", b"x\x1e" + LEAST, LEAST[1:],
        LEAST.replace(b"T", b""), LEAST.replace(b"T", b"\xff"), LEAST.replace(b"T", b"T\x1eU"),
    ],
)  # fmt: skip
def test_a_foreign_entry_with_a_right_checksum_is_a_miss(cache, entry, body):
    forged(entry, body)
    assert hit(cache) is None


def fewer(part):
    return part.partition(b"\x1e")[2]


def more(part):
    return part + b"x\x1e"


def no_text(part):
    return b"\xff" + part


def shorter(part):
    """Leave out a value of the first record."""
    return part.partition(b"\x1f")[2]


def nothing(_part):
    return b""


DAMAGES = [
    (place, damage)
    for place, name in enumerate(["days", *(field.name for field in fields(Log))])
    for damage in (fewer, more, no_text, shorter, nothing)
    if not (name == "lists" and damage in (fewer, nothing))  # nothing mentions a list
]


@pytest.mark.parametrize(("place", "damage"), DAMAGES)
def test_a_table_that_does_not_fit_the_others_is_a_miss(cache, entry, place, damage, tiny):
    parts = tables(tiny)
    parts[place] = damage(parts[place])
    forged(entry, b"\x1d".join(parts))
    assert hit(cache) is None


def test_a_table_too_few_is_a_miss(cache, entry, tiny):
    for place in range(6):
        parts = tables(tiny)
        del parts[place]
        forged(entry, b"\x1d".join(parts))
        assert hit(cache) is None


@pytest.mark.parametrize(
    "damage",
    [
        {"actors": ("nobody",)}, {"actors": ("hanbit", "")}, {"sources": ("nothing",)},
        {"sources": ("almanac", "")}, {"related": ("nowhere",)}, {"related": ("toast", "")},
        {"kind": "unheard-of"}, {"kind": ""}, {"status": "sure"}, {"status": ""}, {"id": ""},
        {"date": parse("2020")._replace(text="")}, {"date": parse("2020")._replace(text="soon")},
        {"title": ""}, {"title": "one\x1ftwo"}, {"title": "one\x1etwo"}, {"tags": ("a", "")},
    ],
)  # fmt: skip
def test_an_event_that_cannot_be_is_a_miss(cache, entry, load_cached, tiny, damage):
    cache.put(TINY, tiny._replace(events=(tiny.events[0]._replace(**damage), *tiny.events[1:])))
    assert hit(cache) is None
    assert load_cached() == (tiny, (), TINY)
    assert hit(cache) == tiny


@pytest.mark.parametrize(
    "damage",
    [
        {"title": "one\x1ftwo"}, {"title": ""}, {"publisher": ""}, {"id": "another"},
        *({"published": parse("2020")._replace(text=text)}
          for text in ("2020-13", "2020-02-30", "x", "2023-W01-1")),
    ],
)  # fmt: skip
def test_a_source_that_cannot_be_is_a_miss(cache, tiny, damage):
    (id, source), *_ = tiny.sources.items()
    cache.put(TINY, tiny._replace(sources={**tiny.sources, id: source._replace(**damage)}))
    assert hit(cache) is None


def test_a_source_that_an_event_cites_and_the_entry_lacks_is_a_miss(cache, tiny):
    cited = tiny.events[0].sources[0]
    lacking = {id: source for id, source in tiny.sources.items() if id != cited}
    cache.put(TINY, tiny._replace(sources=lacking))
    assert hit(cache) is None


@pytest.mark.parametrize("damage", [{"of": "nobody"}, {"name": ""}, {"aliases": ("a", "")}])
def test_an_actor_that_cannot_be_is_a_miss(cache, tiny, damage):
    id, actor = next(iter(tiny.actors.items()))
    cache.put(TINY, tiny._replace(actors={**tiny.actors, id: actor._replace(**damage)}))
    assert hit(cache) is None


@pytest.mark.parametrize("days", [b"soon\x1fsoon\x1e", b"2020-01-01\x1e", b"\x1f\x1f\x1e", b"\x1e"])
def test_days_that_are_none_are_a_miss(cache, entry, tiny, days):
    _, *parts = tables(tiny)
    forged(entry, b"\x1d".join([days * len(tiny.events), *parts]))
    assert hit(cache) is None


def is_sound(log):
    """Tell whether every value is of its field's form, and every name that of something."""
    records = {
        Event: log.events, Actor: log.actors.values(), Source: log.sources.values(),
        Standing: log.standings.values(), Member: log.members.values(), Listing: log.lists,
    }  # fmt: skip
    known = {
        "kinds": log.kinds, "levels": log.levels, "actors": log.actors, "sources": log.sources,
        "standings": log.standings, "members": log.members,
    }  # fmt: skip
    for record, made in records.items():
        for field in fields(record):
            if field.form.record:
                continue  # its records are looked at by themselves
            for value in (getattr(one, field.attribute) for one in made):
                values = value if field.form.is_list else (value,)
                if field.form.what == "states":
                    values = [member for member, _ in value]
                kind = When if field.form.what == "date" else str
                if not (value is None and not field.required):
                    assert all(isinstance(one, kind) and one for one in values)
                    assert all(one in known.get(field.form.table, values) for one in values)
    return True


@settings(max_examples=200, suppress_health_check=list(HealthCheck), deadline=None)
@given(
    edits=st.lists(
        st.tuples(st.integers(0), st.binary(max_size=3), st.integers(0, 40)), min_size=1, max_size=4
    ),
    format=st.sampled_from([*FORMATS]),
)
def test_what_a_forger_writes_is_a_miss_or_sound(cache, entry, tiny, edits, format):
    body = pack(tiny)
    for place, new, length in edits:
        at = place % (len(body) + 1)
        body = body[:at] + new + body[at + length :]
    forged(entry, body)
    if log := hit(cache):
        assert is_sound(log)
        assert list(renderer(format)(log, Page()))


# -- what is no entry


@pytest.mark.parametrize("kind", ["folder", "fifo", "link", "loop", "nothing", "unreadable"])
def test_an_entry_that_is_no_file_is_a_miss_and_no_harm(  # noqa: PLR0917
    cache, entry, load_cached, tmp_path, kind, tiny
):
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
    assert load_cached().log == tiny
    assert elsewhere.read_bytes() == whole
    assert sorted(entry.parent.iterdir()) == [entry]
    assert (hit(cache) is None) is (kind == "folder")


def test_folders_and_files_are_the_users_own(cache, entry, folder):
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(entry.stat().st_mode) == 0o600


def test_a_folder_that_is_a_link_to_elsewhere_is_not_written_to(load_cached, folder, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder.parent.mkdir()
    folder.symlink_to(elsewhere)
    load_cached()
    assert list(elsewhere.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_no_cache(tmp_path, tiny):
    (tmp_path / "file").write_text("")
    (tmp_path / "log.yaml").write_bytes(TINY)
    for folder in ("file", "file/nktimeline", "file/a/nktimeline"):
        cache = Cache(str(tmp_path / folder))
        assert load_file(str(tmp_path / "log.yaml"), cache=cache).log == tiny
        assert hit(cache) is None


def test_without_the_code_that_a_key_follows_from_there_is_no_cache(
    load_cached, folder, tmp_path, monkeypatch, tiny
):
    monkeypatch.setattr(module, "_HERE", str(tmp_path / "nowhere"))
    assert load_cached().log == tiny
    assert not list(folder.iterdir())


def test_a_write_that_fails_leaves_nothing_behind(load_cached, entry, folder, monkeypatch):
    def fail(*_paths):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    assert load_cached(OTHER).log.title == "The lights of another sea"
    assert list(folder.iterdir()) == [entry]


def test_the_longest_unwritten_entries_are_dropped(cache, load_cached, folder):
    logs = [b"title: No. %d\nevents: []\n" % number for number in range(KEPT + 3)]
    for age, data in enumerate(logs):
        before = set(folder.iterdir()) if folder.exists() else set()
        load_cached(data)
        for path in set(folder.iterdir()) - before:
            os.utime(path, (age, age))
    assert [hit(cache, data) is not None for data in logs] == [False] * 3 + [True] * KEPT


def test_what_a_writer_that_was_killed_left_is_dropped_too(load_cached, folder):
    folder.mkdir(parents=True)
    for number in range(3):
        (folder / f"{number}.log.{number}.part").write_text("half")
        os.utime(folder / f"{number}.log.{number}.part", (number, number))
    for number in range(KEPT):
        load_cached(b"title: No. %d\nevents: []\n" % number)
    assert not list(folder.glob("*.part"))


def test_what_is_not_ours_is_left_alone_and_does_not_keep_the_old(load_cached, folder):
    folder.mkdir(parents=True)
    (folder / "README").write_text("mine")
    (folder / "0.part").mkdir()
    for path in folder.iterdir():
        os.utime(path, (0, 0))
    for number in range(KEPT + 2):
        load_cached(b"title: No. %d\nevents: []\n" % number)
    assert (folder / "README").exists()
    assert (folder / "0.part").is_dir()
    assert len(list(folder.iterdir())) <= KEPT + 2


def test_two_processes_can_write_at_once(folder):
    program = (
        "import sys\nfrom nktimeline.cache import Cache\nfrom nktimeline.load import load_file\n"
        "sys.stdin.readline()\nloaded = load_file(sys.argv[2])\n"
        "for n in range(30):\n"
        "    cache = Cache(sys.argv[1])\n"
        "    cache.put(loaded.data, loaded.log) if n % 5 == 0 else None\n"
        "    assert load_file(sys.argv[2], cache=cache).log == loaded.log\n"
    )
    command = [sys.executable, "-c", program, str(folder), str(ROOT / "tests" / "tiny.yaml")]
    both = [subprocess.Popen(command, stdin=subprocess.PIPE, cwd=ROOT) for _ in range(2)]
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
