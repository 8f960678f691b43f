"""The house's own rules: who may import whom, which doors lead outside, and what tools say."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from click import Group

import nktimeline
from nktimeline.cli import cli
from nktimeline.cli.parameters import Command
from nktimeline.render import FORMATS

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "nktimeline"
MODULES = sorted(PACKAGE.rglob("*.py"))
ORDER = (
    "days", "spellings", "dates", "windows", "text", "widths", "folding", "model", "paths",
    "evidence", "standings", "problems", "names", "plain", "changes", "query", "terms", "tally",
    "silences", "axes", "crosstab", "states", "context", "precedents", "reader", "checks", "packed",
    "cache", "load", "schema", "render", "library", "cli",
)  # fmt: skip
DOORS = {"yaml": "reader", "rich": "render", "click": "cli"}


def room(path: Path) -> str:
    """Give the top-level module or folder that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Give the dotted names that a file imports, wherever it does so."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def test_a_module_imports_only_from_rooms_below_it():
    for path in MODULES:
        if room(path) not in ORDER:
            continue
        for name in imports(path):
            package, _, rest = name.partition(".")
            other = rest.partition(".")[0]
            if package == "nktimeline" and other in ORDER:
                assert ORDER.index(other) <= ORDER.index(room(path)), f"{path}: {name}"


def test_every_room_has_its_place_in_the_order():
    assert {room(path) for path in MODULES} - {"__init__", "__main__"} == set(ORDER)


def test_each_library_has_one_door():
    for path in MODULES:
        for name in imports(path):
            door = DOORS.get(name.partition(".")[0])
            assert door in (None, room(path)), f"{path} imports {name}"


def test_rich_is_imported_by_what_draws_tables_alone():
    users = {path.name for path in MODULES if any(n.startswith("rich") for n in imports(path))}
    assert users == {"counts.py", "sheet.py", "table.py"}


@pytest.mark.parametrize(
    "danger",
    [
        r"\bpickle\b.*import|import.*\b(pickle|marshal|shelve)\b",
        r"(?<![\w.])(eval|exec)\(",
        r"shell\s*=\s*True",
        r"yaml\.(safe_)?load",
        r"markup=True|emoji=True|from_markup",
        r"(?<![.\w])print\((?!self)",
    ],
)
def test_nothing_dangerous_is_used_anywhere(danger):
    for path in MODULES:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = re.search(danger, line)
            assert not found, f"{path}:{number}"


def test_only_the_command_line_looks_at_the_world():
    world = re.compile(
        r"os\.environ|sys\.(stdout|stderr|argv|exit)|isatty|date\.today|\btime\.(time|monotonic)"
    )
    for path in MODULES:
        if room(path) not in ("cli", "__main__"):
            assert not world.search(path.read_text(encoding="utf-8")), path


def test_run_time_dependencies_are_three():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[<>=~]", name)[0] for name in project["dependencies"]}
    assert names == {"click", "rich", "pyyaml"}


def test_ruff_has_nothing_to_say():
    for arguments in (["check", "--quiet", "."], ["format", "--check", "--quiet", "."]):
        run = subprocess.run(
            [sys.executable, "-m", "ruff", *arguments],
            check=False,
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert run.returncode == 0, run.stdout + run.stderr


def test_mypy_has_nothing_to_say():
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-error-summary"],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_citation_names_this_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == nktimeline.__version__


def test_ci_calls_the_test_command_of_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command = re.search(r"^(python3 -m venv .*pytest)$", readme, re.MULTILINE)
    assert command
    assert command[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_the_readme_names_every_command_and_format():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert isinstance(cli, Group)
    for name in (*cli.commands, *FORMATS):
        assert f"`{name}" in readme, name


def test_every_command_has_help_with_examples():
    assert isinstance(cli, Group)
    for name, command in cli.commands.items():
        assert command.help, name
        assert isinstance(command, Command)
        assert all(example.startswith(name) for example in command.examples), name
        assert command.examples
