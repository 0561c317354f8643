"""The command line: the only place that prints, reads the clock and exits."""

import click

from build_tools.cli.begin import new
from build_tools.cli.change import diff, mutate, touches
from build_tools.cli.check import check, compile, schema
from build_tools.cli.walk import walk


@click.group()
def main() -> None:
    """Minglu: check, walk and compile decision trees of consumer law."""


for command in (check, compile, walk, new, schema, diff, touches, mutate):
    main.add_command(command)
