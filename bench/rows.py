"""What a measure found, as lines of one table: `figure  aim  what`.

A figure is a ratio, with the absolute numbers in what is said, or a number in the unit that is said first.
"""

import math
from dataclasses import dataclass

HEADING = f"{'figure':>7}  {'aim':>6}  what"
NEVER = math.inf


@dataclass(frozen=True)
class Row:
    """`figure` is None where there is nothing to compare with, `aim` where nothing is promised."""

    what: str
    figure: float | None = None
    aim: float | None = None
    digits: int = 2


def compared(what: str, *, this: float, base: float | None, unit: str, aim: float, digits: int = 2) -> Row:
    """This side against the base; both in `unit`, in the row as this/base."""
    if base is None:
        return Row(f"{what} ({this:,.{digits}f} {unit})", None, aim)
    return Row(f"{what}, new/old ({this:,.{digits}f}/{base:,.{digits}f} {unit})", this / base if base else None, aim)


def at_most(what: str, *, this: float, base: float | None, unit: str, aim: float | None = None, digits: int = 0) -> Row:
    """This side against a fixed number, in `unit`; the base's number is said for comparison. Either may be NEVER."""
    old = "" if base is None else f" (old: {number(base, digits)})"
    return Row(f"{unit}, {what}{old}", this, aim, digits)


def within(what: str, *, seconds: float, aim: float) -> Row:
    """A time against a fixed number of seconds."""
    return Row(f"{what} / {aim:g} s ({seconds:.3f} s)", seconds / aim, 1.0)


def line(row: Row) -> str:
    figure = "–" if row.figure is None else number(row.figure, row.digits)
    aim = "" if row.aim is None else f"≤{number(row.aim, row.digits)}"
    over = row.figure is not None and row.aim is not None and row.figure > row.aim
    return f"{figure:>7}  {aim:>6}  {row.what}{'   ← over' if over else ''}"


def number(value: float, digits: int) -> str:
    return "never" if value == NEVER else f"{value:,.{digits}f}"
