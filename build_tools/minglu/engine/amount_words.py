"""An amount → how it comes about, in words: with its sums where they are known, else as a rule."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from .contract import CompiledAmount, CompiledBracket, CompiledCount, CompiledOutcome, CompiledTree
from .labels import start_day_label
from .sums import Reckoning, rounded
from .words import engine_words


def yuan(value: Decimal | str) -> str:
    """4999 → 4,999.00 元."""
    return engine_words("amount.yuan", value=f"{rounded(Decimal(value)):,}")


def total_words(total: Decimal) -> str:
    """A sum below nothing is one that the reader owes."""
    return yuan(total) if total >= 0 else engine_words("amount.owed", value=f"{-total:,}")


def amount_rule(item: CompiledAmount, outcome: CompiledOutcome, tree: CompiledTree) -> str:
    """`“付了多少钱”填的数 × 3，不足 500.00 元的按 500.00 元`."""
    labels = {one.id: one.label for one in outcome.amounts}
    words = engine_words("amount.plus").join(operand_words(name, labels, tree) for name in item.sum or (item.of or "",))
    if item.times:
        words = engine_words("amount.times", base=words, times=item.times)
    if item.share:
        part, whole = (count_words(one, outcome, tree) for one in (item.share.part, item.share.whole))
        words = engine_words("amount.share", base=words, part=part, whole=whole)
    if item.steps:
        words = engine_words("amount.steps", base=words, rows=table_words(item.steps))
    if item.less:
        words = engine_words("amount.minus", base=words, less=operand_words(item.less, labels, tree))
    if item.at_least:
        words += engine_words("amount.floor", least=yuan(item.at_least))
    return words + (engine_words("amount.cap", most=yuan(item.most)) if item.most else "")


def operand_words(name: str, labels: Mapping[str, str], tree: CompiledTree) -> str:
    if name in tree.questions:
        return engine_words("amount.filled-in", ask=tree.questions[name].ask.rstrip("？?"))
    return engine_words("amount.of", label=labels[name])


def count_words(count: CompiledCount, outcome: CompiledOutcome, tree: CompiledTree) -> str:
    if count.number:
        return count.number
    if count.question:
        return operand_words(count.question, {}, tree)
    first, last = (
        engine_words("amount.today") if name == "today" else start_day_label(name, 0, outcome, tree)
        for name in (count.from_day, count.to_day)
    )
    return engine_words("amount.days-from-to", first=first, last=last)


def table_words(steps: tuple[CompiledBracket, ...]) -> str:
    rows = []
    for above, step in steps_with_limits(steps):
        key = "amount.step-fixed" if step.fixed else "amount.step-percent"
        fixed = yuan(step.fixed) if step.fixed else ""
        rows.append(engine_words(key, part=part_words(above, step), fixed=fixed, percent=step.percent))
    return engine_words("amount.step-next").join(rows)


def steps_with_limits(steps: tuple[CompiledBracket, ...]) -> list[tuple[str | None, CompiledBracket]]:
    """Each step with the limit of the one before."""
    limits = [None, *(step.up_to for step in steps)]
    return list(zip(limits, steps, strict=False))


def part_words(above: str | None, step: CompiledBracket) -> str:
    key = ("amount.step-between" if step.up_to else "amount.step-above") if above else "amount.step-within"
    if above is None and step.up_to is None:
        key = "amount.step-all"
    return engine_words(key, above=yuan(above or "0"), upto=yuan(step.up_to or "0"))


def amount_formula(
    item: CompiledAmount, one: Reckoning, amounts: Sequence[CompiledAmount], sums: Mapping[str, Decimal | None]
) -> str:
    """`4,999.00 元 × 3 = 14,997.00 元`; the sum alone where nothing was reckoned. `amounts` are those beside it."""
    begins = words = base_words(item, one, amounts, sums)
    if item.times:
        words = engine_words("amount.times", base=words, times=item.times)
    if item.share:
        words = engine_words("amount.share", base=words, part=one.part, whole=one.whole)
    if item.steps:
        clause = engine_words("amount.equals", base=words, value=yuan(one.shared)) if words != begins else words
        words = clause + engine_words("amount.then") + charged_words(item.steps, one)
    if one.less is not None:
        words = engine_words("amount.minus", base=words, less=yuan(one.less))
    if words != yuan(one.before):
        words = engine_words("amount.equals", base=words, value=total_words(one.before))
    if item.at_least and one.before < Decimal(item.at_least):
        words += engine_words("amount.floor", least=yuan(item.at_least))
    if item.most and one.before > Decimal(item.most):
        words += engine_words("amount.cap", most=yuan(item.most))
    return words


def base_words(
    item: CompiledAmount, one: Reckoning, amounts: Sequence[CompiledAmount], sums: Mapping[str, Decimal | None]
) -> str:
    if item.of:
        return yuan(one.base)
    labels = {amount.id: amount.label for amount in amounts}
    return engine_words("amount.plus").join(
        engine_words("amount.labelled", label=labels[id], value=yuan(sums[id] or Decimal(0)))
        for id in item.sum
        if id in sums
    )


def charged_words(steps: tuple[CompiledBracket, ...], one: Reckoning) -> str:
    """The steps that the sum reaches, each with its part of it."""
    words = []
    limits = steps_with_limits(steps)
    for (above, step), (_, charge) in zip(limits, one.charged, strict=False):
        part = part_words(above, step)
        if step.fixed:
            words.append(engine_words("amount.step-fixed", part=part, fixed=yuan(charge)))
        else:
            reached = min(one.shared, Decimal(step.up_to) if step.up_to else one.shared) - Decimal(above or 0)
            words.append(engine_words("amount.step-percent-of", part=part, sum=yuan(reached), percent=step.percent))
    return engine_words("amount.plus").join(words)
