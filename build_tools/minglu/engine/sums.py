"""The amounts that a reader is shown → their sums in yuan.

Decimal throughout. Each amount is rounded once, at its end, half up to the fen; another amount goes on with the
rounded sum, as a reader would who adds up what stands on the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .contract import CompiledAmount, CompiledBracket, CompiledCount
from .walk import Walk

FEN = Decimal("0.01")


@dataclass(frozen=True)
class Known:
    """What may be reckoned with: the walk, the days of its deadlines by id, and today; `sums` of the amounts before."""

    here: Walk
    deadlines: Mapping[str, date]
    today: date
    sums: dict[str, Decimal | None] = field(default_factory=dict)

    def number(self, name: str) -> Decimal | None:
        """The sum of an amount before, or the number or money that the reader gave; None where it is not known."""
        if name in self.sums:
            return self.sums[name]
        exact = self.here.exact(name)
        return Decimal(exact) if isinstance(exact, int | Decimal) else None

    def day(self, name: str) -> date | None:
        if name == "today":
            return self.today
        exact = self.deadlines.get(name) or self.here.exact(name)
        return exact if isinstance(exact, date) else None

    def count(self, count: CompiledCount) -> Decimal | None:
        """A number, or the days from one day to another, none where that lies before."""
        if count.number:
            return Decimal(count.number)
        if count.question:
            return self.number(count.question)
        first, last = self.day(count.from_day), self.day(count.to_day)
        return Decimal(max(0, (last - first).days)) if first and last else None


@dataclass(frozen=True)
class Reckoning:
    """How an amount comes about: what it begins with, the part and the whole of a share, what each step of a table
    charges, what is taken away, and the sum before and after `at_least` and `most`.
    """

    base: Decimal
    part: Decimal | None
    whole: Decimal | None
    shared: Decimal
    charged: tuple[tuple[CompiledBracket, Decimal], ...]
    less: Decimal | None
    before: Decimal
    total: Decimal


def reckon_amounts(amounts: tuple[CompiledAmount, ...], known: Known) -> dict[str, Reckoning | None]:
    """By id, in the order of the outcome; None where not all that an amount is reckoned from is known. `amounts` are
    those that the reader is shown: a sum is of what stands there. Fills `known.sums`.
    """
    reckoned: dict[str, Reckoning | None] = {}
    for item in amounts:
        reckoned[item.id] = one = reckon_amount(item, known)
        known.sums[item.id] = one.total if one else None
    return reckoned


def reckon_amount(item: CompiledAmount, known: Known) -> Reckoning | None:
    base = base_of(item, known)
    if base is None:
        return None
    shared, part, whole = base * Decimal(item.times or 1), None, None
    if item.share:
        part, whole = known.count(item.share.part), known.count(item.share.whole)
        if part is None or not whole:
            return None
        part = min(part, whole)
        shared = shared * part / whole
    charged = charges(shared, item.steps)
    sum_now = sum((charge for _, charge in charged), Decimal(0)) if item.steps else shared
    less = known.number(item.less) if item.less else None
    if item.less and less is None:
        return None
    before = rounded(sum_now - (less or 0))
    total = max(before, Decimal(item.at_least)) if item.at_least else before
    total = min(total, Decimal(item.most)) if item.most else total
    return Reckoning(base, part, whole, shared, charged, less, before, rounded(total))


def base_of(item: CompiledAmount, known: Known) -> Decimal | None:
    """What an amount begins with: one thing, or the sum of those of its parts that are shown."""
    if item.of:
        return known.number(item.of)
    parts = [known.sums[id] for id in item.sum if id in known.sums]
    summed = [part for part in parts if part is not None]
    return sum(summed, Decimal(0)) if parts and len(summed) == len(parts) else None


def charges(value: Decimal, steps: tuple[CompiledBracket, ...]) -> tuple[tuple[CompiledBracket, Decimal], ...]:
    """What each step of a cumulative table charges of `value`, those that it reaches, the first always:
    诉讼费用交纳办法第13条 is such a table.
    """
    charged: list[tuple[CompiledBracket, Decimal]] = []
    above = Decimal(0)
    for step in steps:
        if charged and value <= above:
            break
        upto = Decimal(step.up_to) if step.up_to else value
        within = max(Decimal(0), min(value, upto) - above)
        charged.append((step, Decimal(step.fixed) if step.fixed else within * Decimal(step.percent or 0) / 100))
        above = upto
    return tuple(charged)


def rounded(value: Decimal) -> Decimal:
    return value.quantize(FEN, ROUND_HALF_UP)
