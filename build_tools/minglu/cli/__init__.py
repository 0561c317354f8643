"""The command line: the only place that prints, reads the clock and exits."""

import errno
import sys
from io import TextIOWrapper
from typing import Any

import click

from minglu.cli.change import diff_command, mutate_command, touches_command
from minglu.cli.check import check_command, compile_command, schema_command
from minglu.cli.options import failure
from minglu.cli.scaffold import new
from minglu.cli.terminal_walk import walk_command
from minglu.diagnostics import Words


class ErrorsInWords(click.Group):
    """Whatever the terminal and the disk are like, a person gets words and never a traceback."""

    def main(self, *args: Any, **more: Any) -> Any:
        for stream in (sys.stdin, sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")  # a terminal without Chinese shows question marks
        return super().main(*args, **more)

    def invoke(self, ctx: click.Context) -> Any:
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


@click.group(cls=ErrorsInWords)
def main() -> None:
    """Minglu: check, walk and compile decision trees of consumer law."""


for command in (
    check_command,
    compile_command,
    walk_command,
    new,
    schema_command,
    diff_command,
    touches_command,
    mutate_command,
):
    main.add_command(command)
