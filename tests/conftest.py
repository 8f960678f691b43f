"""What the tests share: small logs, the tiny log, golden files and the corpora of others."""

import json
from pathlib import Path

import pytest

from nktimeline.dates import parse
from nktimeline.load import load
from nktimeline.reader import read as read_bytes
from nktimeline.text import markdown

TESTS = Path(__file__).parent
CORPORA = TESTS.parent.parent / "shared" / "corpora"


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden", action="store_true", help="Rewrite tests/golden from what comes out."
    )


@pytest.fixture(autouse=True)
def _forgotten():
    """Read each date and escape each text afresh, so that no test leans on another."""
    parse.cache_clear()
    markdown.cache_clear()


@pytest.fixture(scope="module")
def read():
    """Give `read(text) -> (log, problems)`: what the reader alone says of a text or bytes."""
    return lambda text: read_bytes(_bytes(text))


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
        assert text == path.read_bytes().decode()

    return compare


@pytest.fixture(scope="module")
def corpus():
    """Give `corpus(name) -> cases`: a public test suite's data, which is no part of this project.

    Where the folder with the corpora is absent the test says so and does not run.
    """

    def cases(name):
        path = CORPORA / name
        if not path.exists():
            pytest.skip(f"the corpus {name} is not here (looked in ../shared/corpora)")
        if name.endswith(".json"):
            return json.loads(path.read_text(encoding="utf-8"))
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    return cases


def _bytes(text):
    return text if isinstance(text, bytes) else text.encode()
