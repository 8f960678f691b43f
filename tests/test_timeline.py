"""The drawn timeline: what hangs where on the rail, and what is said in words."""

import pytest

from nktimeline.model import Event, Log, Mark
from nktimeline.render import Page, renderer
from nktimeline.widths import cells

VAGUELY = " whose day is known"


def drawn(log, **page):
    return list(renderer("timeline")(log, Page(**{"width": 60} | page)))


def dated(*dates, **fields):
    """Give a log of events at these dates, in the order of time."""
    from nktimeline.dates import parse

    events = tuple(
        Event(f"e{n}", parse(date), f"Event {n}", "visit", **fields) for n, date in enumerate(dates)
    )
    return Log("Dates", events, kinds={"visit": ""}).sorted()


def backwards(log):
    return log.holding(log.events[::-1])


def test_an_event_hangs_under_its_year_at_its_month_and_day():
    assert drawn(dated("2023-07-25")) == [
        "    2023 ┿" + "━" * 50,
        "  Jul 25 ● Event 0",
        "         │ visit",
    ]


@pytest.mark.parametrize(
    ("date", "label", "sign", "words"),
    [
        ("2023-07-25", "Jul 25", "●", "visit"),
        ("2023-07-05", "Jul  5", "●", "visit"),
        ("2023-07-25?", "Jul 25", "?", "visit · dated 2023-07-25?, uncertain"),
        ("2023-07-25~", "Jul 25", "◌", "visit · dated 2023-07-25~, approximately"),
        ("2023-07-25%", "Jul 25", "◌", "visit · dated 2023-07-25%, uncertain and approximate"),
        ("2023-07", "Jul", "○", "visit · dated 2023-07"),
        ("2023-07-XX", "Jul", "○", "visit · dated 2023-07-XX"),
        ("2023-07?", "Jul", "?", "visit · dated 2023-07?, uncertain"),
        ("2023-21", "Mar", "○", "visit · dated 2023-21"),
        ("2023-34", "Apr", "○", "visit · dated 2023-34"),
        ("2023", "", "○", "visit · dated 2023"),
        ("[2023-07-03,2023-08-04]", "Jul  3", "○", "visit · on one of 2023-07-03, 2023-08-04"),
        ("[2023-07-03, 2023-08-04]", "Jul  3", "○", "visit · on one of 2023-07-03, 2023-08-04"),
        ("[2023-07..2023-08]", "Jul", "○", "visit · on one of 2023-07..2023-08"),
    ],
)
def test_the_sign_and_the_words_say_how_exact_a_date_is(date, label, sign, words):
    year, *legend, first, second = drawn(dated(date), width=80)
    assert bool(legend) == (sign != "●")
    assert year.startswith("    2023 ┿")
    assert first == f"  {label:<6} {sign} Event 0"
    assert second == f"         │ {words}"


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("2018", "2018"),
        ("201X", "2010s"),
        ("19XX", "19XX"),
        ("../2018", "before"),
        ("/2018", "before"),
        ("[..2018]", "before"),
        ("0007", "0007"),
    ],
)
def test_the_rail_names_years_no_more_exactly_than_they_are_known(date, year):
    assert drawn(dated(date))[0] == f"{year:>8} ┿" + "━" * 50


@pytest.mark.parametrize(
    ("date", "begin", "end", "words"),
    [
        ("2023-07-25/2023-07-27", "Jul 25 ┳", "    27 ┻", ""),
        ("2023-07-30/2023-08-02", "Jul 30 ┳", "Aug  2 ┻", ""),
        ("2023-12-30/2024-01-02", "Dec 30 ┳", "       ┻", " · dated 2023-12-30/2024-01-02"),
        ("2023-07/2023-08", "Jul    ┳", "Aug    ┻", " · dated 2023-07/2023-08"),
        ("2023-07-25~/2023-07-27", "Jul 25 ┳", "    27 ┻", " · dated 2023-07-25~/2023-07-27"),
        ("2023/2024", "       ┳", "       ┻", " · dated 2023/2024"),
        ("2023-07-25/..", "Jul 25 ┳", "    .. ┃", " · dated 2023-07-25/.."),
        ("2023-07-25/", "Jul 25 ┳", "     ? ┃", " · dated 2023-07-25/"),
        ("../2023-07-25", "       ┳", "       ┻", " · dated ../2023-07-25"),
        ("/2023-07-25", "       ┳", "       ┻", " · dated /2023-07-25"),
    ],
)
def test_what_lasted_is_a_bar_from_its_first_day_to_its_last(date, begin, end, words):
    lines = drawn(dated(date), width=80)
    assert lines[1] == f"  {begin} Event 0"
    assert lines[2].startswith(f"  {end} visit{words}")


def test_the_bar_runs_along_all_lines_of_a_long_title():
    log = dated("2023-07-25/2023-07-27")
    long = log._replace(events=(log.events[0]._replace(title="word " * 30),))
    signs = [line[9] for line in drawn(long)[1:]]
    assert signs == ["┳", "┃", "┃", "┻"]
    assert [line[9] for line in drawn(dated("2023-07-25"))[1:]] == ["●", "│"]


def test_a_month_is_named_once_and_set_off_by_a_piece_of_rail():
    lines = drawn(dated("2023-07-25", "2023-07-26", "2023-08-01", "2024-08-01"))
    labels = [line[:9].strip() for line in lines]
    assert labels == [
        "2023", "Jul 25", "", "26", "", "", "Aug  1", "", "", "", "", "2024", "Aug  1", "",
    ]  # fmt: skip
    assert lines[5] == "         │"


def test_the_same_month_of_another_year_is_named_again():
    lines = drawn(dated("2023-12-31", "2024-12-01"))
    assert [line[2:8] for line in lines if "Event" in line] == ["Dec 31", "Dec  1"]


@pytest.mark.parametrize(
    ("dates", "labels"),
    [
        (("2024-10-28/2024-11-04", "2024-10-31"), ["Oct 28", "      ", "    31"]),
        (("2024-10-28/2024-10-30", "2024-10-29"), ["Oct 28", "      ", "    29"]),
        (("2024-10-28/2024-11-04", "2024-11-04"), ["Oct 28", "Nov  4", "     4"]),
        (("2024-10-28/2024-11-04", "2024-11-05"), ["Oct 28", "Nov  4", "     5"]),
        (("2024-10-28/2024-10-30", "2024-10-31"), ["Oct 28", "    30", "    31"]),
        (("2024-10-28/2025-01-04", "2024-10-31"), ["Oct 28", "      ", "    31"]),
        (("2024-10-28/2024-11-04", "2025-11-05"), ["Oct 28", "Nov  4", "Nov  5"]),
        (("2021", "2021-01-14"), ["      ", "Jan 14"]),
        (("2021-01/2021-02", "2021-02-14"), ["Jan   ", "Feb   ", "    14"]),
        (("2021-01/2021-01", "2021-01-14"), ["Jan   ", "      ", "    14"]),
    ],
)
def test_a_day_is_read_in_the_month_named_last_above_it(dates, labels):
    lines = drawn(dated(*dates))
    assert [line[2:8] for line in lines if "Event" in line or "┻" in line] == labels


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (("2024-10-28/2024-11-04", "2024-10-31"), "visit · until Nov 4"),
        (("2024-10-28/2024-11-04", "2024-11-05"), "visit"),
        (("2024-10/2024-12", "2024-11-05"), "visit · until Dec · dated 2024-10/2024-12"),
        (("2024-10-28/2025-11-04", "2024-10-31"), "visit · dated 2024-10-28/2025-11-04"),
        (("2024-10-28/..", "2024-10-31"), "visit · dated 2024-10-28/.."),
    ],
)
def test_words_say_when_it_ended_where_a_label_would_jump_back(dates, words):
    assert next(line for line in drawn(dated(*dates), width=80) if "visit" in line)[11:] == words


def test_a_year_is_named_again_where_it_would_be_read_as_the_month_above():
    lines = drawn(backwards(dated("2021", "2021-01-14", "2021-01-15")))
    labels = [line[2:8] for line in lines if "Event" in line]
    assert labels == ["Jan 15", "    14", "2021  "]


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (("2023-01-01", "2023-04-03"), "3 months without an event"),
        (("2023-01-01", "2023-04-02"), None),
        (("2020-01-01", "2021-09-01"), "20 months without an event"),
        (("2018-01-01", "2020-01-01"), "2 years without an event"),
        (("2018-01-01", "2020-02-01"), "2 years without an event"),
        (("2018-01-01", "2020-03-05"), "2 years and 2 months without an event"),
        (("2019-04-25", "2023-09-12"), "4 years and 4 months without an event"),
        (("2024-02-28", "2024-09-13"), "6 months without an event"),
        (("2018-01-01/2019-12-01", "2020-01-05"), None),
        (("2018-01-01/2019-12-01", "2020-04-01"), "4 months without an event"),
        (("2018-01-01/..", "2020-01-01"), None),
        (("../2017-12-31", "2020-01-01"), "2 years without an event"),
        (("2018-01-01", "2018-03", "2018-07-01"), f"6 months without an event{VAGUELY}"),
        (("2018-01-01", "2018", "2018-07-01"), f"6 months without an event{VAGUELY}"),
        (("2018-01-01", "2018-12", "2018-07-01"), "6 months without an event"),
        (("2018", "2019-06-01"), f"17 months without an event{VAGUELY}"),
        (("2018-01-01/", "2020-01-01"), f"2 years without an event{VAGUELY}"),
        (("[..2018-01-01]", "2020-01-01"), f"2 years without an event{VAGUELY}"),
        (("2018", "2019"), None),
    ],
)
def test_a_long_silence_is_said_in_words(dates, words):
    said = [line for line in drawn(dated(*dates), width=80) if "without" in line]
    assert said == ([f"         ┊ {words}"] if words else [])


def test_a_vague_event_does_not_hide_the_silence_around_it():
    log = dated("2018-01-01", "2018-03", "2018-07-01")
    silence = f"         ┊ 6 months without an event{VAGUELY}"
    assert [line for line in drawn(log, width=80) if "Event" in line or "without" in line] == [
        "  Jan  1 ● Event 0", "  Mar    ○ Event 1", silence, "  Jul  1 ● Event 2",
    ]  # fmt: skip
    assert [
        line for line in drawn(backwards(log), width=80) if "Event" in line or "without" in line
    ] == ["  Jul  1 ● Event 2", silence, "  Mar    ○ Event 1", "  Jan  1 ● Event 0"]


LEGEND = {
    "○": "some day in that time, not known which",
    "◌": "about then",
    "?": "perhaps not then",
    "≈": "perhaps outside the days asked for",
}


def test_a_sign_is_explained_once_above_the_first_event_that_has_it():
    log = dated("2018-01-01", "2018-02", "2018-03", "2018-04-01~", "2018-05-01?", "2018-06-01~")
    lines = drawn(log._replace(marks={"e2": Mark.POSSIBLE}), width=80)
    for sign, meaning in LEGEND.items():
        (place,) = (n for n, line in enumerate(lines) if line.endswith(f"{sign} = {meaning}"))
        first = next(n for n, line in enumerate(lines) if f"{sign} " in line)
        assert place == first
        assert lines[place].startswith("         │ ")


def test_a_legend_has_the_signs_that_are_there_alone():
    assert not any(" = " in line for line in drawn(dated("2018-01-01", "2018-02-01/2018-02-03")))
    ascii = drawn(dated("2018-02"), unicode=False)
    assert ascii[1] == f"         | o = {LEGEND['○']}"


def test_ids_are_shown_on_request_and_broken_after_hyphens_alone():
    log = dated("2018-01-01")
    log = log._replace(events=(log.events[0]._replace(id="a-rather-long-name-of-an-event-2018"),))
    assert drawn(log, ids=True)[-1] == "         │ a-rather-long-name-of-an-event-2018"
    assert drawn(log, ids=True, width=40)[-2:] == [
        "         │ a-rather-long-name-of-an-",
        "         │ event-2018",
    ]
    assert not any("2018-" in line for line in drawn(log))


def test_a_silence_is_set_off_above_and_below():
    lines = drawn(dated("2023-01-01", "2023-07-01"))
    at = next(n for n, line in enumerate(lines) if "without" in line)
    assert lines[at - 1] == lines[at + 1] == "         ┊"
    assert lines[at + 2] == "  Jul  1 ● Event 1"


def test_the_latest_can_come_first():
    log = backwards(dated("2018-01-01/2018-02-01", "2020-01-05", "2020-01-06"))
    assert drawn(log) == [
        "    2020 ┿" + "━" * 50,
        "  Jan  6 ● Event 2",
        "         │ visit",
        "       5 ● Event 1",
        "         │ visit",
        "         ┊",
        "         ┊ 23 months without an event",
        "         ┊",
        "    2018 ┿" + "━" * 50,
        "  Jan  1 ┳ Event 0",
        "  Feb  1 ┻ visit",
    ]


def test_a_silence_is_as_long_in_either_order():
    log = dated("2018-01-01", "2018-06-01/2018-09-01", "2019-05-05", "2019-07", "2022-02-01")
    said = [line for line in drawn(log) if "without" in line]
    assert len(said) == 3
    assert [line for line in drawn(backwards(log)) if "without" in line] == said[::-1]


def test_who_takes_part_and_how_sure_it_is_stand_under_the_title(tiny):
    lines = drawn(tiny, width=140)
    assert "         │ incident · Harbour Office, 灯火組合 · dated 2019-34; disputed" in lines
    assert "         ┻ passage · Republic of Tidewater, 한빛 군도 · dated ../2018-05" in lines
    assert "         │ visit · reported" in drawn(dated("2023-07-25", status="reported"))


def test_ascii_is_all_there_is_for_a_log_in_ascii():
    dates = ("../2017", "201X", "2018?", "2018~", "2018-05-06/2018-05-08", "2023/", "2023-05-01/..")
    log = dated(*dates, status="reported")
    log = log._replace(marks={"e2": Mark.POSSIBLE})
    text = "\n".join(drawn(log, unicode=False))
    assert text.isascii()
    assert set("=+#|:o~?.-") <= set(text)
    assert "*" in "\n".join(drawn(dated("2023-07-25"), unicode=False))
    assert not "\n".join(drawn(log)).isascii()


def test_colour_tells_kinds_apart_and_dims_the_rail():
    lines = drawn(dated("2023-07-25"), color=True)
    assert lines[0].startswith("\x1b[1m    2023\x1b[0m \x1b[2m┿")
    assert "●\x1b[0m \x1b[1mEvent 0\x1b[0m" in lines[1]
    assert lines[2] == "         \x1b[2m│\x1b[0m \x1b[2mvisit\x1b[0m"


@pytest.mark.parametrize("width", range(40, 200, 7))
def test_the_rail_fills_the_page_and_no_line_is_wider(tiny, width):
    lines = drawn(tiny, width=width)
    assert max(map(cells, lines)) == width


def test_a_silence_is_counted_from_whatever_ended_last(log):
    """The ferry runs until September, so nothing was silent when the chart came in August."""
    text = """\
title: T
kinds: {k: A kind}
sources: {s: {title: A page, publisher: P}}
events:
  - {id: ferry-2020, date: 2020-01-01/2020-09-30, title: The ferry runs, kind: k, sources: [s]}
  - {id: guild-2020, date: 2020-01-05, title: The guild meets, kind: k, sources: [s]}
  - {id: chart-2020, date: 2020-08-01, title: A chart is drawn, kind: k, sources: [s]}
  - {id: storm-2021, date: 2021-01-31, title: A storm comes, kind: k, sources: [s]}
"""
    for reverse in (False, True):
        drawn = "\n".join(
            renderer("timeline")((backwards(log(text)) if reverse else log(text)), Page())
        )
        assert drawn.count("without an event") == 1
        assert "4 months without an event" in drawn
