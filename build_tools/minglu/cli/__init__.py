"""The command line: the only place that prints, reads the clock and exits."""

import errno
import sys

import click

from minglu.cli.begin import new
from minglu.cli.change import diff, mutate, touches
from minglu.cli.check import check, compile, schema
from minglu.cli.common import failure
from minglu.cli.walk import walk
from minglu.diagnostics import Words


class Told(click.Group):
    """Whatever the terminal and the disk are like, a person gets words and never a traceback."""

    def main(self, *args, **more):
        for stream in filter(None, (sys.stdin, sys.stdout, sys.stderr)):
            stream.reconfigure(errors="replace")  # a terminal without Chinese shows question marks
        return super().main(*args, **more)

    def invoke(self, ctx: click.Context):
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read the output has enough; click ends quietly
                raise
            where = str(error.filename or "")
            raise failure(
                ctx.meta.get("lang", "zh"),
                Words(
                    f"读写{f' {where} ' if where else ''}没有成功：{error.strerror}",
                    f"cannot read or write{f' {where}' if where else ''}: {error.strerror}",
                ),
            ) from None


@click.group(cls=Told)
def main() -> None:
    """Minglu: check, walk and compile decision trees of consumer law."""


for command in (check, compile, walk, new, schema, diff, touches, mutate):
    main.add_command(command)
