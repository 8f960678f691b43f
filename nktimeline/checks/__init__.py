"""Rules over a whole log: one generator of findings each, in a module with others of its kind.

A rule's code is its function's name with dashes, and its docstring is what `check --explain` says.
A new rule is a function, and its name among the `ERRORS` or `WARNINGS` of its module. Rules never
see the file: they say where by path, and load.py finds line and column.
"""

from inspect import getdoc

from nktimeline.checks import events, evidence, names, sources, standings, texts, unused, visits
from nktimeline.checks.findings import Check, Finding
from nktimeline.problems import Level
from nktimeline.reader import RULES

__all__ = ["CHECKS", "Check", "Finding", "code", "explanations"]

_MODULES = (names, events, sources, evidence, visits, standings, texts, unused)
CHECKS: tuple[tuple[Check, Level], ...] = (
    *((check, Level.ERROR) for module in _MODULES for check in module.ERRORS),
    *((check, Level.WARNING) for module in _MODULES for check in module.WARNINGS),
)


def code(check: Check) -> str:
    """Return the code under which a rule's findings are reported."""
    return check.__name__.replace("_", "-")


def explanations() -> dict[str, str]:
    """Return what every rule wants and why, of the reader and of the checks, by code."""
    ours = {code(check): getdoc(check) or "" for check, _ in CHECKS}
    return dict(sorted({**RULES, **ours}.items()))
