"""What can be wrong with a log, how it is said, and the catalogue of mistakes in tests/bad.

A file there carries `# expect: code` at the end of each faulty line, or `# expect: code at line`
where that line cannot carry it. Its golden file holds what a person is told about it.
"""

import json
import re
from pathlib import Path

import pytest

from nktimeline.checks import explanations
from nktimeline.load import load
from nktimeline.problems import (
    BOM,
    MOST,
    WRITERS,
    Level,
    Problem,
    annotations,
    has_errors,
    objects,
    report,
)

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))
EXPECTED = re.compile(r"# expect: ([a-z-]+)(?: at (\d+))?$")


def expectations(data):
    """Give the sorted lines and codes that a bad file says it has."""
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), 1):
        if found := EXPECTED.search(line):
            yield int(found[2] or number), found[1]


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_log_has_the_problems_that_it_says_and_no_others(path):
    data = path.read_bytes()
    found = sorted((problem.line, problem.code) for problem in load(data).problems)
    assert found == sorted(expectations(data))
    assert found


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_every_message_reads_as_it_should(path, golden):
    data = path.read_bytes()
    golden(f"bad/{path.stem}.txt", report(path.name, load(data).problems, data))


def test_every_code_has_a_bad_log_and_every_bad_log_a_code():
    shown = {code for path in BAD for _, code in expectations(path.read_bytes())}
    assert shown == set(explanations())


def test_no_golden_message_outlives_its_log():
    kept = {path.stem for path in (Path(__file__).parent / "golden" / "bad").iterdir()}
    assert kept - {path.stem for path in BAD} == set()  # where one is lacking, its own test says so


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_messages_are_lower_case_without_full_stop_and_one_line(path):
    for problem in load(path.read_bytes()).problems:
        assert not problem.message.endswith(".")
        assert "\n" not in str(problem)
        assert not re.match("[A-Z][a-z]", problem.message)


# -- how problems are written

ERROR = Problem(2, 7, Level.ERROR, "bad-date", "'soon' is no EDTF date", "write 2023")
WARNING = Problem(3, 1, Level.WARNING, "unused-kind", "no event is of the kind 'tea'")
DATA = b"events:\n- date: soon\nkinds:\n"


def test_a_problem_reads_as_line_column_level_message_and_code():
    assert str(ERROR) == "2:7: error: 'soon' is no EDTF date [bad-date]"
    assert str(WARNING) == "3:1: warning: no event is of the kind 'tea' [unused-kind]"


def test_only_an_error_makes_a_log_unusable():
    assert has_errors([WARNING, ERROR])
    assert not has_errors([WARNING])
    assert not has_errors([])


def test_an_error_and_a_warning_at_one_place_have_an_order():
    assert min(WARNING, WARNING._replace(level=Level.ERROR)).level is Level.ERROR


def test_a_report_shows_the_line_a_caret_and_what_would_be_right():
    assert list(report("log.yaml", [ERROR, WARNING], DATA)) == [
        "log.yaml:2:7: error: 'soon' is no EDTF date [bad-date]",
        "    - date: soon",
        "          ^",
        "    write 2023",
        "log.yaml:3:1: warning: no event is of the kind 'tea' [unused-kind]",
        "    kinds:",
        "    ^",
    ]


def test_a_report_of_nothing_is_empty():
    assert list(report("log.yaml", [], DATA)) == []


def test_a_report_writes_out_fifty_problems_and_counts_the_others():
    lines = list(report("log.yaml", [WARNING] * (MOST + 3), DATA))
    assert sum("unused-kind" in line for line in lines) == 50
    assert lines[-1] == "log.yaml: and 3 more problems"
    lines = list(report("log.yaml", [WARNING] * MOST, DATA))
    assert "more problems" not in lines[-1]


@pytest.mark.parametrize(
    ("line", "column", "shown", "caret"),
    [
        ("key: value", 6, "key: value", "     ^"),
        ("title: 김정은 meets", 12, "title: 김정은 meets", "              ^"),
        ("a\tb\tc", 3, "a b c", "  ^"),
        ("a\x1bb", 3, "a\\x1bb", "     ^"),
        ("short", 40, "short", "     ^"),
        ("", 1, "", "^"),
        ("x" * 50 + "y" * 100, 51, "x" * 45 + "y" * 45, " " * 45 + "^"),
        ("x" * 200, 10, "x" * 90, " " * 9 + "^"),
    ],
)
def test_the_caret_stands_under_the_column_however_wide_or_strange_the_line(
    line, column, shown, caret
):
    problem = Problem(1, column, Level.ERROR, "tag", "no")
    _, excerpt, below = report("f", [problem], line.encode())
    assert excerpt == f"    {shown}".rstrip()
    assert below == f"    {caret}"


@pytest.mark.parametrize("line", [0, 4])
def test_a_place_outside_of_the_file_has_no_excerpt(line):
    problem = Problem(line, 1, Level.ERROR, "tag", "no")
    assert list(report("f", [problem], b"a\nb\nc")) == [f"f:{line}:1: error: no [tag]"]


def test_the_last_line_of_a_file_has_an_excerpt():
    problem = Problem(3, 1, Level.ERROR, "tag", "no")
    assert list(report("f", [problem], b"a\nb\nc"))[1] == "    c"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_lines_are_counted_as_yaml_counts_them(ending):
    text = f"title: T{ending}events:{ending}- soon{ending}"
    (problem,) = load(text.encode()).problems
    assert problem.line == 3
    assert list(report("f", [problem], text.encode()))[1] == "    - soon"


def test_a_byte_order_mark_moves_no_column():
    (problem,) = load(BOM + b"tilte: T\nevents:\ntitle: T\n").problems
    assert (problem.line, problem.column) == (1, 1)
    assert list(report("f", [problem], BOM + b"tilte: T"))[1] == "    tilte: T"


def test_nothing_in_a_report_acts_upon_a_terminal():
    problem = Problem(1, 1, Level.ERROR, "tag", "the tag '!\x1b[31m\u202e'", "say \x07")
    text = "\n".join(report("\x1b]0;log", [problem], "\x1b[2J\x9b".encode()))
    assert all(char.isprintable() or char == "\n" for char in text)
    assert "\u202e" not in text
    assert "\\x1b]0;log:1:1: error: the tag '!\\x1b[31m\\u202e' [tag]" in text


def test_bytes_that_are_no_utf_8_can_be_shown():
    (problem,) = load(b"title: \xff\xfe").problems
    assert list(report("f", [problem], b"title: \xff\xfe"))[1] == "    title: \ufffd\ufffd"


def test_programs_get_an_array_of_objects():
    assert json.loads("\n".join(objects([("log.yaml", [ERROR, WARNING], DATA)]))) == [
        {
            "file": "log.yaml",
            "line": 2,
            "column": 7,
            "level": "error",
            "code": "bad-date",
            "message": "'soon' is no EDTF date",
            "hint": "write 2023",
        },
        {
            "file": "log.yaml",
            "line": 3,
            "column": 1,
            "level": "warning",
            "code": "unused-kind",
            "message": "no event is of the kind 'tea'",
            "hint": "",
        },
    ]
    assert list(objects([("log.yaml", [], b"")])) == ["[]"]
    assert list(objects([("log.yaml", [ERROR], DATA)]))[:3] == [
        "[",
        "  {",
        '    "file": "log.yaml",',
    ]


def test_objects_keep_a_strange_name_and_are_safe_to_print():
    problem = ERROR._replace(message="\x1b\x9b\u202e")
    text = "\n".join(objects([("\udcff.yaml", [problem], DATA)]))
    assert text.isascii()
    (row,) = json.loads(text)
    assert (row["file"], row["message"]) == ("\udcff.yaml", "\x1b\x9b\u202e")


def test_github_gets_workflow_commands():
    assert list(annotations("log.yaml", [ERROR, WARNING], DATA)) == [
        "::error file=log.yaml,line=2,col=7::'soon' is no EDTF date [bad-date]; write 2023",
        "::warning file=log.yaml,line=3,col=1::no event is of the kind 'tea' [unused-kind]",
    ]


def test_a_workflow_command_cannot_be_broken_out_of():
    problem = ERROR._replace(message="100 %\n::error::more")
    (line,) = annotations("a,b:c%d\n.yaml", [problem], DATA)
    assert "\n" not in line
    assert line.startswith("::error file=a%2Cb%3Ac%25d\\x0a.yaml,line=2,col=7::100 %25 ::error")


def test_problems_are_written_in_three_forms():
    logs = [("a.yaml", [ERROR], DATA), ("b.yaml", [WARNING], DATA)]
    for name, write in {"text": report, "github": annotations}.items():
        lines = [line for log in logs for line in write(*log)]
        assert list(WRITERS[name](logs)) == lines
    rows = json.loads("\n".join(WRITERS["json"](logs)))
    assert [row["file"] for row in rows] == ["a.yaml", "b.yaml"]
