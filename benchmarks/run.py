"""Time nktimeline beside what one would use instead, on the same events, and print Markdown tables.

    python benchmarks/run.py                      # start-up, then logs of 1,000 and 10,000 events
    python benchmarks/run.py --sizes 100000       # one large log
    python benchmarks/run.py --only startup       # start-up alone

Every figure is the wall time of a whole process, start-up included, as the median of some runs. The
commands of one table take turns, so that a busy machine is busy for all of them: ratios hold where
seconds do not. Needs nothing but the installed package; tools that are missing are named.
"""

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, NamedTuple

KINDS = ("summit", "visit", "statement", "agreement", "trade", "weapons", "policy", "incident")
ACTORS = tuple(f"state-{number:02}" for number in range(1, 13))
SYLLABLES = ("ka", "ro", "min", "tel", "su", "vor", "an", "gi", "pol", "est", "da", "hur")
MONTH, NEXT, WHO = "2019-06", "2019-07", "state-07"  # what is filtered for: a month, an actor
FORMATS = ("table", "timeline", "markdown", "json", "jsonl", "csv")

PYTHON = sys.executable
PROGRAM = str(Path(PYTHON).with_name("nktimeline"))


class Run(NamedTuple):
    """A command of a table, and what it reads from or writes to, besides its arguments."""

    name: str
    command: Sequence[str]
    cold: bool = False
    """Whether the log is to be read afresh."""


class Times(NamedTuple):
    """Seconds of each run of a command, and the most memory that one of them took."""

    name: str
    seconds: tuple[float, ...]
    mebibytes: float


# -- the events


def make_events(count: int) -> Iterator[dict[str, Any]]:
    """Make events in order of date, spread over thirty years; the same ones every time."""
    random = Random(count)
    words = ["".join(random.choices(SYLLABLES, k=random.randint(2, 4))) for _ in range(3000)]
    first, days = date(1994, 1, 1), 11000
    for number in range(count):
        day = first + timedelta(days=number * days // count)
        yield {
            "id": f"event-{number:06}",
            "date": day.isoformat() + ("" if number % 20 else "~"),
            "day": day.isoformat(),
            "title": " ".join(random.choices(words, k=7)).capitalize(),
            "kind": random.choice(KINDS),
            "actors": random.sample(ACTORS, random.randint(1, 3)),
            "summary": " ".join(random.choices(words, k=random.randint(10, 22))),
            "sources": [f"source-{number // 2:06}"],
            "published": (day + timedelta(days=1)).isoformat(),
        }


def write_yaml(events: Sequence[dict[str, Any]], path: Path) -> None:
    """Write the log that nktimeline reads; every two events share a source."""
    with path.open("w", encoding="utf-8") as file:
        file.write("title: Events made for measuring\nkinds:\n")
        file.writelines(f"  {kind}: Something of the kind {kind}\n" for kind in KINDS)
        file.write("actors:\n")
        file.writelines(f"  {id}: {{name: {id.replace('-', ' ').title()}}}\n" for id in ACTORS)
        file.write("sources:\n")
        for event in events[1::2] if len(events) % 2 == 0 else events[::2]:
            id = event["sources"][0]
            file.write(
                f"  {id}:\n    title: What is known of {event['title']}\n    publisher: Gazette\n"
                f"    published: {event['published']}\n    url: https://example.org/{id}\n"
            )
        file.write("events:\n")
        for event in events:
            file.write(
                f"  - id: {event['id']}\n    date: {event['date']}\n    title: {event['title']}\n"
                f"    kind: {event['kind']}\n    actors: [{', '.join(event['actors'])}]\n"
                f"    summary: >-\n      {event['summary']}\n"
                f"    sources: [{', '.join(event['sources'])}]\n"
            )


def write_journals(events: Sequence[dict[str, Any]], folder: Path) -> None:
    """Write the events as an hledger journal, a beancount ledger and JSON lines."""
    with (folder / "log.journal").open("w", encoding="utf-8") as file:
        for event in events:
            file.write(f"{event['day']} {event['title']}  ; id:{event['id']}\n")
            file.write(f"    ; {event['summary']}\n")
            file.writelines(f"    actor:{id}  1\n" for id in event["actors"])
            file.write(f"    kind:{event['kind']}\n\n")
    with (folder / "log.beancount").open("w", encoding="utf-8") as file:
        accounts = (*(f"Assets:{id.title()}" for id in ACTORS), "Equity:Events")
        file.writelines(f"1990-01-01 open {account}\n" for account in accounts)
        for event in events:
            file.write(f'{event["day"]} * "{event["title"]}" #{event["kind"]} ^{event["id"]}\n')
            file.write(f'  summary: "{event["summary"]}"\n')
            file.writelines(f"  Assets:{id.title()}  1 EVENT\n" for id in event["actors"])
            file.write(f"  Equity:Events  -{len(event['actors'])} EVENT\n\n")
    with (folder / "log.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(event) + "\n" for event in events)


# -- the commands


def startup() -> Iterator[tuple[Run, Run]]:
    """Yield a command of the program on its own log, and the floor it is held against."""
    click = Run("import click", [PYTHON, "-c", "import click"])
    rich = Run("import click, rich", [PYTHON, "-c", "import click, rich.console, rich.table"])
    yield Run("--version", [PROGRAM, "--version"]), click
    yield Run("--help", [PROGRAM, "--help"]), click
    for year in ("2026", "2025", "2023"):
        yield Run(f"show --since {year}, to a pipe", [PROGRAM, "show", "--since", year]), click
    for words in ("show --since 2023", "actors", "sources"):
        screen = f"{shlex.quote(PROGRAM)} {words} -f table --color always 2>/dev/null | head -24"
        yield Run(f"{words}, a first screen", ["sh", "-c", screen]), rich
    complete = [
        "env",
        "_NKTIMELINE_COMPLETE=bash_complete",
        "COMP_LINE=nktimeline show --actor rus",
    ]
    yield Run("completion of an actor", [*complete, PROGRAM]), click


def loaders(log: str) -> Iterator[Run]:
    """Yield the first reading of a log, and YAML's own ways to read the same file."""
    yield Run("nktimeline, first reading", [PROGRAM, "check", "--no-cache", log])
    code = "import sys, yaml; yaml.load(open(sys.argv[1], 'rb').read(), yaml.{})"
    yield Run("yaml.load, CSafeLoader", [PYTHON, "-c", code.format("CSafeLoader"), log])
    yield Run("yaml.safe_load", [PYTHON, "-c", code.format("SafeLoader"), log])


def filters(folder: Path, missing: list[str]) -> Iterator[Run]:
    """Yield one question, events of a month with one actor, as each tool is asked it."""
    log = str(folder / "log.yaml")
    asked = [PROGRAM, "show", "--log", log, "--since", MONTH, "--until", MONTH, "-a", WHO]
    yield Run("nktimeline show", [*asked, "--format", "jsonl"])
    if jq := _which("jq", missing):
        test = f'select(.day >= "{MONTH}" and .day < "{NEXT}" and (.actors | index("{WHO}")))'
        yield Run("jq, JSON lines", [jq, "-c", test, str(folder / "log.jsonl")])
    if hledger := _which("hledger", missing):
        journal = ["-f", str(folder / "log.journal"), "-b", MONTH, "-e", NEXT]
        yield Run("hledger print", [hledger, "print", *journal, f"acct:actor:{WHO}"])
    if query := _which("bean-query", missing):
        text = (
            f"SELECT date, narration WHERE date >= {MONTH}-01 AND date < {NEXT}-01 "
            f"AND account = 'Assets:{WHO.title()}'"
        )
        yield Run("bean-query", [query, str(folder / "log.beancount"), text])
    if utils := _which("sqlite-utils", missing):
        database = str(folder / "log.db")
        insert = [utils, "insert", database, "events", str(folder / "log.jsonl"), "--nl"]
        subprocess.run([*insert, "--pk", "id"], check=True, capture_output=True)
        sql = (
            f"select * from events where day >= '{MONTH}' and day < '{NEXT}' "
            f"and exists (select 1 from json_each(actors) where value = '{WHO}')"
        )
        yield Run("sqlite-utils query", [utils, "query", database, sql])


def _which(tool: str, missing: list[str]) -> str | None:
    beside = Path(PYTHON).with_name(tool)
    found = str(beside) if beside.exists() else shutil.which(tool)
    if not found:
        missing.append(tool)
    return found


def printing(log: str) -> Iterator[Run]:
    """Yield the whole log in every format."""
    for format in FORMATS:
        yield Run(f"--format {format}", [PROGRAM, "show", "--log", log, "--format", format])


# -- timing


def measure(runs: Sequence[Run], rounds: int, patience: float) -> list[Times]:
    """Run commands in turn, after one run of each that does not count.

    What takes longer than `patience` seconds is run no more than three times.
    """
    first = [_once(run.command) for run in runs]
    taken: list[list[tuple[float, float]]] = [[] for _ in runs]
    for number in range(rounds):
        for run, (seconds, _), results in zip(runs, first, taken, strict=True):
            if seconds < patience or number < 3:
                results.append(_once(run.command))
    return [
        Times(run.name, tuple(s for s, _ in results), max(m for _, m in results))
        for run, results in zip(runs, taken, strict=True)
    ]


def _once(command: Sequence[str]) -> tuple[float, float]:
    """Give the seconds that a command takes from its start to its end, and its MiB."""
    began = time.perf_counter()
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        while process.stdout.read(1 << 20):
            pass
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{shlex.join(command)}: {errors.decode()}")
    return seconds, usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)


def _pairs(times: Times, other: Times) -> float:
    """Give the median ratio of runs that stood side by side."""
    return median(a / b for a, b in zip(times.seconds, other.seconds, strict=False))


# -- tables


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a Markdown table, its first column to the left."""
    print(f"| {' | '.join(head)} |\n|---{'|--:' * (len(head) - 1)}|")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    print(flush=True)


def compare(title: str, runs: Sequence[Run], rounds: int, *, memory: bool = False) -> None:
    """Print how long commands take, and how many times as long as the first."""
    taken = measure(runs, rounds, patience=5)
    head = (title, "seconds", "times as long", *(("MiB",) if memory else ()))
    table(
        head,
        [
            (
                times.name,
                f"{median(times.seconds):.3f}",
                f"{_pairs(times, taken[0]):.2f}",
                *((f"{times.mebibytes:.0f}",) if memory else ()),
            )
            for times in taken
        ],
    )


def show_startup(rounds: int) -> None:
    """Print the start-up ratios, on the log that ships, once read."""
    rows = []
    for run, floor in startup():
        ours, theirs = measure((run, floor), rounds, patience=5)
        seconds = f"{median(ours.seconds):.3f}", f"{median(theirs.seconds):.3f}"
        rows.append((run.name, seconds[0], floor.name, seconds[1], f"{_pairs(ours, theirs):.2f}"))
    table(("start-up", "seconds", "beside", "seconds", "ratio"), rows)


def make(size: int, folder: Path) -> None:
    """Write a log of `size` events in every form."""
    events = list(make_events(size))
    write_yaml(events, folder / "log.yaml")
    write_journals(events, folder)


def show_scale(size: int, folder: Path, rounds: int, only: str) -> list[str]:
    """Make a log of `size` events and print its tables; give the tools that are missing."""
    missing: list[str] = []
    log = folder / "log.yaml"
    # in a process of its own: a child's peak memory is never below its parent's
    subprocess.run([PYTHON, __file__, "--make", str(folder), "--sizes", str(size)], check=True)
    what = f"{size:,} events, {log.stat().st_size / 1e6:.1f} MB"
    if only in ("all", "reading"):
        limit = 3 if size <= 10000 else 2  # yaml.safe_load takes minutes for a large log
        compare(f"reading {what}", list(loaders(str(log)))[:limit], rounds, memory=True)
    if only in ("all", "filtering"):
        asked = list(filters(folder, missing))
        compare(f"a month and an actor out of {what}", asked, rounds, memory=True)
    if only in ("all", "printing"):
        compare(f"printing {what}", list(printing(str(log))), rounds, memory=True)
    return missing


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="1000,10000", help="how many events, as 1000,10000")
    parser.add_argument("--runs", type=int, default=7, help="how often each command is run")
    parts = ["all", "startup", "reading", "filtering", "printing"]
    parser.add_argument("--only", choices=parts, default="all", help="one part alone")
    parser.add_argument("--make", metavar="FOLDER", type=Path, help="only make a log there")
    given = parser.parse_args()
    if given.make:
        given.make.mkdir(parents=True, exist_ok=True)
        return make(int(given.sizes), given.make)
    if not Path(PROGRAM).exists():
        sys.exit(f"nktimeline is not installed beside {PYTHON}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ.update(XDG_CACHE_HOME=str(folder), COLUMNS="120", TERM="xterm")
        os.environ.pop("NKTIMELINE_LOG", None)
        missing: set[str] = set()
        if given.only in ("all", "startup"):
            show_startup(3 * given.runs)
        for size in map(int, given.sizes.split(",") if given.only != "startup" else ()):
            place = folder / str(size)
            missing.update(show_scale(size, place, given.runs, given.only))
        if missing:
            print(f"Not installed, so not measured: {', '.join(sorted(missing))}.")
    return None


if __name__ == "__main__":
    main()
