"""What a measure found, as lines of one table: `ratio  aim  what (absolute numbers)`."""

from dataclasses import dataclass

HEADING = f"{'ratio':>7}  {'aim':>5}  what (absolute numbers)"


@dataclass(frozen=True)
class Row:
    """`ratio` is None where there is nothing to compare with, `aim` where nothing is promised."""

    what: str
    ratio: float | None = None
    aim: float | None = None


def compared(what: str, *, this: float, base: float | None, unit: str, aim: float, digits: int = 2) -> Row:
    """This side against the base; both in `unit`, in the row as this/base."""
    if base is None:
        return Row(f"{what} ({this:,.{digits}f} {unit})", None, aim)
    return Row(f"{what}, new/old ({this:,.{digits}f}/{base:,.{digits}f} {unit})", this / base if base else None, aim)


def within(what: str, *, seconds: float, aim: float) -> Row:
    """A time against a fixed number of seconds."""
    return Row(f"{what} / {aim:g} s ({seconds:.3f} s)", seconds / aim, 1.0)


def line(row: Row) -> str:
    ratio = "–" if row.ratio is None else f"{row.ratio:.2f}"
    aim = "" if row.aim is None else f"≤{row.aim:.2f}"
    over = row.ratio is not None and row.aim is not None and row.ratio > row.aim
    return f"{ratio:>7}  {aim:>5}  {row.what}{'   ← over' if over else ''}"
