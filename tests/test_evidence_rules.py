"""Rules over what events rest on: the cases on the border. Each broken rule is in tests/bad."""

import pytest

from nktimeline.checks import CHECKS, explanations
from nktimeline.checks.evidence import (
    WARNINGS,
    junk_url,
    late_source,
    near_publisher,
    url_date,
)
from nktimeline.dates import parse
from nktimeline.model import Actor, Event, Log, Source


def log(*sources, date="2020-03-08", note=None, actors=()):
    """Make a log of one event that rests on all the sources."""
    ids = tuple(source.id for source in sources)
    event = Event("talks", parse(date), "They meet", "visit", sources=ids, note=note)
    return Log(
        "T", (event,), sources={page.id: page for page in sources},
        actors={actor.id: actor for actor in actors},
    )  # fmt: skip


def page(id="a", publisher="The Gazette", published=None, **fields):
    return Source(id, id.title(), publisher, published=published and parse(published), **fields)


def messages(rule, log):
    return [found.message for found in rule(log)]


def test_every_rule_is_among_the_checks_and_explained():
    assert {*WARNINGS} <= {check for check, _ in CHECKS}
    assert {"late-source", "near-publisher", "junk-url", "url-date"} <= {*explanations()}


@pytest.mark.parametrize("rule", WARNINGS)
def test_what_other_rules_report_is_no_reason_to_fail(rule):
    unknown = log()._replace(events=(Event("", parse("2020"), "", "", sources=("nobody", "")),))
    assert messages(rule, unknown) == messages(rule, Log("", ())) == []
    assert messages(rule, log(page("", ""))) == []


@pytest.mark.parametrize(
    ("date", "published", "days"),
    [
        ("2020-03-08", "2020-04-08", [31]),
        ("2020-03-08", "2020-04-07", []),
        ("2020-03-01/2020-03-31", "2020-04-08", [38]),  # from when it began
        ("2020-03", "2020-04-08", []),  # it may have been on the last of March
        ("2020-03", "2020-05-02", [32]),
        ("2020-03-08", "2020-04", []),  # it may have been on the first of April
        ("2020-03-08", "2020-05", [54]),
        ("../2020-03-08", "2020-05", []),
        ("2020-03-08", "2020-03-01", []),  # announced alone
    ],
)
def test_late_is_what_surely_is_more_than_thirty_days_late(date, published, days):
    found = messages(late_source, log(page(published=published), date=date))
    assert found == [f"the first page that reports 'talks' is {n} days late" for n in days]


def test_a_note_or_an_earlier_page_explains_a_late_one():
    late = page("late", published="2021")
    assert messages(late_source, log(late)) != []
    assert messages(late_source, log(late, note="Nobody knew.")) == []
    assert messages(late_source, log(late, page("soon", published="2020-03-09"))) == []


def test_the_rarer_of_two_spellings_at_a_host_is_blamed():
    pages = [page(id, "The Gazette", url=f"https://g.example/{id}") for id in "ab"]
    rarer = page("c", "Gazette", url="https://G.example:443/c")
    assert messages(near_publisher, log(rarer, *pages)) == [
        "'Gazette' is also spelled 'The Gazette' at this host"
    ]
    elsewhere = rarer._replace(url="https://h.example/c")
    assert messages(near_publisher, log(elsewhere, *pages, page("d", "Gazette"))) == []


def test_an_alias_that_publishes_is_blamed_and_a_name_is_not():
    agency = Actor("agency", "News Agency", aliases=("NA", "Post"))
    post = Actor("post", "Post")
    pages = [page("a", "NA"), page("b", "News Agency"), page("c", "Post")]
    assert messages(near_publisher, log(*pages, actors=(agency, post))) == [
        "'NA' is another name of 'News Agency'"
    ]


@pytest.mark.parametrize(
    ("url", "junk"),
    [
        ("https://a.example/x?utm_medium=y", "?utm_medium="),
        ("https://a.example/x/amp/", None),
        ("https://a.example/x?a=1&amp;b=2", "&amp;"),
        ("https://a.example/amplify?q=gclid", None),
        ("https://amp.example/x", None),
        (None, None),
    ],
)
def test_junk_is_quoted(url, junk):
    found = messages(junk_url, log(page(url=url)))
    assert found == ([f"'{junk}' does not belong in a url"] if junk else [])


@pytest.mark.parametrize(
    ("url", "published", "told"),
    [
        ("https://a.example/2020/03/08/x", "2020-03-10", "2020-03-08"),
        ("https://a.example/2020/03/08/x", "2020-03-07", None),
        ("https://a.example/2020/03/08/x", "2020", None),
        ("https://a.example/2020/03/08/x", "2021", "2020-03-08"),
        ("https://a.example/2020/03/08/x-2020-05-01", "2020-05-01", None),
        ("https://a.example/2020/03/x", "2020-05-01", "2020-03"),
        ("https://a.example/2020-02-30/x", "2020-05-01", None),
        ("https://a.example/2020/03/08/x", "2020-01/..", None),
    ],
)
def test_a_date_in_a_url_may_be_a_day_off_and_no_more(url, published, told):
    found = messages(url_date, log(page(url=url, published=published)))
    assert found == ([f"the url says {told}, 'published' {published}"] if told else [])
