"""Documents that others wrote to break parsers: none may do more to a log than give it problems."""

import base64
import json
import subprocess
import sys
import time
from pathlib import Path
from unicodedata import bidirectional, category

import pytest

from nktimeline.load import load
from nktimeline.problems import WRITERS, Level, has_errors

pytestmark = pytest.mark.slow

GOOD = Path(__file__).with_name("tiny.yaml").read_bytes()
SUITES = ["yaml-test-suite.jsonl", "pyyaml-errors.jsonl", "json-test-suite.jsonl"]
PATIENCE = 10  # seconds for one document


def document(case):
    """Give the bytes of a case: a text, bytes that are no text, or something said very often."""
    if "repeat" in case:
        return (case["repeat"] * case["times"] + case.get("tail", "")).encode()
    if "b64" in case:
        return base64.b64decode(case["b64"])
    return case["text"].encode()


def acts_on_a_terminal(line):
    """Tell whether a line holds controls, line breaks, surrogates, or turns the direction."""
    return any(
        category(char) in ("Cc", "Cs", "Zl", "Zp")
        or bidirectional(char) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
        for char in line
    )


def checked(data):
    """Load bytes in decent time, and give the log and its problems, each of which has a place."""
    began = time.monotonic()
    loaded = load(data)
    assert time.monotonic() - began < PATIENCE
    for problem in loaded.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.code
        assert problem.message
    return loaded


@pytest.mark.parametrize("suite", SUITES)
def test_no_document_of_others_is_a_log_but_those_that_hold_nothing(corpus, suite):
    """An empty file, or one of comments alone, is an empty log; all else has an error."""
    cases = corpus(suite)
    empty = 0
    for case in cases:
        loaded = checked(document(case))
        if not loaded.problems:
            assert not loaded.log.events, case["id"]
            assert not loaded.log.title, case["id"]
            empty += 1
        else:
            assert has_errors(loaded.problems), case["id"]
    assert len(cases) > 90
    assert empty < 10


@pytest.mark.parametrize("suite", SUITES)
def test_whatever_stands_behind_a_good_log_leaves_it_as_it_was_or_is_a_problem(corpus, suite):
    whole = load(GOOD).log
    for case in corpus(suite):
        loaded = checked(GOOD + b"\n" + document(case))
        if not has_errors(loaded.problems):
            assert loaded.log == whole, case["id"]


@pytest.mark.parametrize("suite", SUITES)
def test_whatever_stands_in_place_of_a_value_is_a_text_or_a_problem(corpus, suite):
    """In a quoted text, in a list, and in a summary as a block."""
    for case in corpus(suite):
        for before, after in (
            (b'  - id: "', b'"\n'),
            (b"  - [", b"]\n"),
            (b"  - summary: |\n   ", b""),
        ):
            checked(GOOD + before + document(case) + after)


@pytest.mark.parametrize("suite", SUITES)
def test_every_problem_can_be_written_in_every_form(corpus, suite):
    for case in corpus(suite):
        data = document(case)
        problems = load(data).problems
        for write in WRITERS.values():
            for line in write([("a log.yaml", problems, data)]):
                assert not acts_on_a_terminal(line), (case["id"], line)


def test_naughty_strings_are_read_as_they_are_or_refused_for_their_controls(corpus):
    read = 0
    for text in corpus("blns.json"):
        quoted = json.dumps(text, ensure_ascii=False)
        loaded = checked(
            f"title: T\nkinds: {{k: {quoted}}}\nevents:\n".encode("utf-8", "surrogatepass")
        )
        errors = {problem.code for problem in loaded.problems if problem.level is Level.ERROR}
        if errors:
            assert errors <= {"control-character", "unprintable", "encoding"}, text
            assert not text.isprintable()
        else:
            assert loaded.log.kinds["k"] == (text if text.strip() else "")
            read += 1
    assert read > 490


@pytest.mark.parametrize(
    ("suite", "id"),
    [
        ("json-test-suite.jsonl", "n_structure_100000_opening_arrays.json"),
        ("json-test-suite.jsonl", "n_structure_open_array_object.json"),
        ("json-test-suite.jsonl", "n_string_unescaped_ctrl_char.json"),
        ("json-test-suite.jsonl", "i_string_UTF-16LE_with_BOM.json"),
        ("pyyaml-errors.jsonl", "duplicate-anchor-1.loader-error"),
        ("yaml-test-suite.jsonl", "229Q"),
    ],
)
def test_the_program_says_what_is_wrong_and_ends_with_1(corpus, tmp_path, suite, id):
    (case,) = [case for case in corpus(suite) if case["id"] == id]
    path = tmp_path / "log.yaml"
    path.write_bytes(document(case))
    ran = subprocess.run(
        [sys.executable, "-m", "nktimeline", "check", str(path)],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ran.returncode == 1
    assert b": error: " in ran.stdout
    assert b"Traceback" not in ran.stdout + ran.stderr
