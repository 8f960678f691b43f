"""From bytes to a sorted log."""


def test_the_tiny_log_has_no_problem_and_keeps_its_order(tiny):
    assert [event.id for event in tiny.events][:3] == ["ferry-runs", "first-chart", "guild-founded"]
    assert len(tiny.events) == 18
