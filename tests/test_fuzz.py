"""Documents changed at random: nothing but problems may come out, and all of them have a place.

FUZZ in the environment multiplies the cases (FUZZ=10 is a hundred thousand).
"""

import os
import random

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_corpora import GOOD, SUITES, acts_on_a_terminal, document
from test_problems import BAD

from nktimeline.load import load
from nktimeline.model import Actor, Event, Source, fields
from nktimeline.problems import has_errors, report

pytestmark = pytest.mark.slow
TIMES = int(os.environ.get("FUZZ", "1"))
PIECES = [
    *[b"[", b"]", b"{", b"}", b",", b"? ", b": ", b"- ", b"\n", b"\n\n", b"  ", b"\t", b"#", b"\r"],
    *[
        b"---\n",
        b"...\n",
        b"%YAML 1.1\n",
        b"&a ",
        b"*a ",
        b"!t ",
        b"!!int ",
        b"<<: ",
        b"|\n",
        b">-\n",
    ],
    *[b"'", b'"', b"\\", b'"\\e"', b'"\\ud800"', b"~", b"null", b"''", b"\0", b"\x1b", b"\xff"],
    *[b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xc2\x85", b"\xe2\x80\xae", b"2023-10", b"../2023", b"["],
    *[b"id: ", b"date: ", b"events:\n", b"actors:\n", b"of: ", b"sources: ", b"9" * 120, b"[" * 40],
    *[b"\n<<<<<<< HEAD\n", b"\n>>>>>>> x\n", b" #5 of", b"- {id: s, title: T, publisher: P}"],
]


def judged(data):
    """Load, and hold against the result what holds for every file."""
    loaded = load(data)
    assert all(problem.line >= 1 and problem.column >= 1 for problem in loaded.problems)
    assert list(loaded.problems) == sorted(loaded.problems)
    for line in report("log", loaded.problems, data):
        assert not acts_on_a_terminal(line)
    if not has_errors(loaded.problems):
        for event in loaded.log.events:
            assert event.id
            assert event.title
            assert event.sources
            assert event.kind in loaded.log.kinds
            assert set(event.actors) <= loaded.log.actors.keys()
            assert set(event.sources) <= loaded.log.sources.keys()
    return loaded


def changed(chance, data):
    """Change a document in one to four places: cut, double, swap, insert or overwrite."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randint(0, len(data))
        end = min(len(data), start + chance.choice([0, 1, 2, 5, 20, 100]))
        piece = chance.choice(
            [b"", data[start:end] * 2, chance.choice(PIECES), chance.randbytes(1)]
        )
        data = data[:start] + piece + data[end:]
    return data


def events_of(data, chance):
    """Give a good log's tables with a few of its events, so that changes are felt."""
    head, _, rest = data.partition(b"events:\n")
    entries = rest.split(b"\n\n")
    return head + b"events:\n" + b"\n\n".join(chance.sample(entries, 2)) + b"\n"


@pytest.mark.parametrize("libyaml", [True, False], ids=["libyaml", "python"])
def test_changed_logs_give_problems_and_nothing_else(libyaml, monkeypatch):
    monkeypatch.setattr(yaml, "__with_libyaml__", libyaml)
    chance = random.Random(20230601)
    bad = [path.read_bytes() for path in BAD]
    for _ in range((4000 if libyaml else 300) * TIMES):
        data = chance.choice(bad) if chance.random() < 0.5 else events_of(GOOD, chance)
        judged(changed(chance, data))


def test_changed_documents_of_others_give_problems_and_nothing_else(corpus):
    chance = random.Random(20230602)
    cases = [document(case) for suite in SUITES for case in corpus(suite) if "repeat" not in case]
    for _ in range(5000 * TIMES):
        judged(changed(chance, chance.choice(cases)))


_scalars = st.text(max_size=12) | st.sampled_from([piece.decode("latin-1") for piece in PIECES])
_nodes = st.recursive(
    _scalars,
    lambda nodes: st.lists(nodes, max_size=3) | st.dictionaries(_scalars, nodes, max_size=3),
    max_leaves=8,
)
_fields = st.sampled_from([f.name for record in (Event, Source, Actor) for f in fields(record)])
_records = st.dictionaries(_fields, _nodes, max_size=6)
_cited = st.lists(_scalars | _records | _nodes, max_size=3)  # ids, sources, and what is neither
_events = st.builds(lambda event, cited: {**event, "sources": cited}, _records, _cited)
_logs = st.fixed_dictionaries(
    {},
    optional={
        "title": _nodes,
        "kinds": st.dictionaries(_scalars, _nodes, max_size=2) | _nodes,
        "actors": st.dictionaries(_scalars, _records, max_size=3) | _nodes,
        "sources": st.dictionaries(_scalars, _records, max_size=3) | _nodes,
        "events": st.lists(_events, max_size=3) | _nodes,
    },
)


@given(_logs)
@settings(max_examples=400 * TIMES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_tables_of_any_contents_give_problems_and_nothing_else(tables):
    judged(yaml.safe_dump(tables, allow_unicode=True).encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=200))
@settings(max_examples=300 * TIMES, deadline=None)
def test_bytes_of_any_kind_give_problems_and_nothing_else(data):
    judged(data)
