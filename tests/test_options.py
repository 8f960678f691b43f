"""Options and the records they are handed on in: none is forgotten, none goes nowhere."""

import click
import pytest

from nktimeline.cli import cli
from nktimeline.cli.options import OPTIONS, Common, GridOutput, RowOutput
from nktimeline.cli.parameters import GROUPS, Option

RECORDS = [*OPTIONS]


@pytest.mark.parametrize("record", RECORDS)
def test_each_field_of_a_record_has_one_option(record):
    made = [make() for make in OPTIONS[record]]
    of_events = (
        {"columns", "ids"} if issubclass(record, (GridOutput, RowOutput)) else set()
    )  # counts have no such columns
    assert sorted(option.name for option in made) == sorted({*record._fields} - of_events)


@pytest.mark.parametrize("record", RECORDS)
def test_what_is_not_typed_is_what_a_record_has_by_itself(record):
    command = click.Command("x", params=[make() for make in OPTIONS[record]])
    assert record(**command.make_context("x", []).params) == record()


@pytest.mark.parametrize("record", RECORDS)
def test_every_shared_option_stands_in_a_group_of_its_own_choice(record):
    for make in OPTIONS[record]:
        assert make().group in GROUPS


@pytest.mark.parametrize("command", [cli, *cli.commands.values()], ids=lambda one: one.name)
def test_every_option_of_a_command_is_explained_and_in_a_group(command):
    for option in command.params:
        if isinstance(option, click.Option) and option.name != "version":
            assert isinstance(option, Option), option.name
            assert option.help.endswith("."), option.name


def test_every_command_takes_what_all_commands_take():
    common = {option for make in OPTIONS[Common] for option in make().opts}
    for command in (cli, *cli.commands.values()):
        assert common <= {option for param in command.params for option in param.opts}
