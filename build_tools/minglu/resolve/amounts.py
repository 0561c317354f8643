"""Amounts as written → amounts whose questions, earlier amounts and days stand for something."""

from collections.abc import Collection, Iterator
from decimal import Decimal
from itertools import pairwise

from minglu.diagnostics import Diagnostic, Span, Words
from minglu.parse import syntax
from minglu.resolve import model
from minglu.resolve.scope import TreeScope, is_known
from minglu.resolve.statement_binder import statement_fields

TODAY = "today"
NUMBERS = ("number", "money")
"""The kinds of questions whose answer can be reckoned with."""


def bind_amounts(outcome: syntax.Outcome, scope: TreeScope, found: list[Diagnostic]) -> tuple[model.Amount, ...]:
    bound: list[model.Amount] = []
    for item in outcome.amounts:
        earlier = {amount.id for amount in bound}
        found += misnamed(item, earlier, outcome, scope)
        found += misfits(item)
        bound.append(bind_amount(item, earlier, outcome, scope, found))
    return tuple(bound)


def bind_amount(
    item: syntax.Amount, earlier: set[str], outcome: syntax.Outcome, scope: TreeScope, found: list[Diagnostic]
) -> model.Amount:
    for operand in filter(None, (item.of, item.less)):
        is_operand(operand, earlier, scope, found)
    for part in item.sum:
        is_known(
            part,
            earlier,
            Words("更早的金额", "earlier amount"),
            found,
            home=Words("先写要加起来的那几笔", "write the amounts that are to be added up before it"),
        )
    days = {TODAY, *(deadline.id for deadline in outcome.deadlines)}
    return model.Amount(
        *statement_fields(item, item.says, scope, found, item.label, item.says),
        id=str(item.id),
        label=str(item.label),
        of=text_or_none(item.of),
        sum=tuple(map(str, item.sum)),
        times=text_or_none(item.times),
        share=bind_share(item.share, days, scope, found) if item.share else None,
        steps=tuple(
            model.Bracket(text_or_none(one.up_to), text_or_none(one.fixed), text_or_none(one.percent))
            for one in item.steps
        ),
        less=text_or_none(item.less),
        at_least=text_or_none(item.at_least),
        most=text_or_none(item.most),
    )


def text_or_none(text: syntax.Text | None) -> str | None:
    return None if text is None else str(text)


def is_operand(name: syntax.Text, earlier: Collection[str], scope: TreeScope, found: list[Diagnostic]) -> None:
    """A number or money question, or an earlier amount."""
    if name not in earlier and scope.kinds.get(name) not in (*NUMBERS, ""):
        is_known(
            name,
            {*earlier, *(id for id, kind in scope.kinds.items() if kind in NUMBERS)},
            Words("数字问题、问钱的问题或更早的金额", "number or money question or earlier amount"),
            found,
            home=Words("先加一个 `kind: number` 的问题", "add a question of `kind: number` first"),
        )


def bind_share(share: syntax.Share, days: set[str], scope: TreeScope, found: list[Diagnostic]) -> model.Share:
    return model.Share(*(bind_count(count, days, scope, found) for count in (share.part, share.whole)))


def bind_count(count: syntax.Count, days: set[str], scope: TreeScope, found: list[Diagnostic]) -> model.Count:
    if bool(count.count) == bool(count.from_ or count.to) or bool(count.from_) != bool(count.to):
        found.append(
            Diagnostic(
                "values",
                count.at,
                Words(
                    "这里要写一个数字问题、一个整数，或者 `from` 和 `to` 两天",
                    "this must be a number question, a whole number, or the two days `from` and `to`",
                ),
                Words("写 `{ from: 买的那天, to: today }` 这样", "write it like `{ from: bought, to: today }`"),
            )
        )
        return model.Count()
    if count.count and count.count.isdigit():
        if not int(count.count):
            found.append(
                Diagnostic(
                    "values",
                    count.count.at,
                    Words("按比例算的数不能是 0", "a share cannot be of or out of 0"),
                    Words("写 1 以上的整数", "write a whole number from 1 on"),
                )
            )
        return model.Count(number=str(count.count))
    if count.count:
        if scope.kinds.get(count.count) not in ("number", ""):
            is_known(
                count.count,
                {id for id, kind in scope.kinds.items() if kind == "number"},
                Words("数字问题", "number question"),
                found,
                home=Words("先加一个 `kind: number` 的问题", "add a question of `kind: number` first"),
            )
        return model.Count(question=str(count.count))
    for day in filter(None, (count.from_, count.to)):
        if day not in days and scope.kinds.get(day) not in ("date", ""):
            is_known(
                day,
                {*days, *(id for id, kind in scope.kinds.items() if kind == "date")},
                Words("日期问题或期限", "date question or deadline"),
                found,
                home=Words("先加一个 `kind: date` 的问题", "add a question of `kind: date` first"),
            )
    return model.Count(from_day=str(count.from_), to_day=str(count.to))


def misnamed(
    item: syntax.Amount, earlier: Collection[str], outcome: syntax.Outcome, scope: TreeScope
) -> Iterator[Diagnostic]:
    """An amount needs a name of its own, as a name may stand for a question, a deadline or an amount."""
    taken = (
        (scope.kinds, Words("问题", "a question")),
        ([one.id for one in outcome.deadlines], Words("期限", "a deadline")),
        (earlier, Words("另一笔金额", "another amount")),
    )
    for names, what in taken:
        if item.id in names:
            yield Diagnostic(
                "names",
                item.id.at,
                Words(f"金额 `{item.id}` 和{what.zh}重名", f"the amount `{item.id}` has the name of {what.en}"),
                Words("给它换一个名字", "choose another name for it"),
            )


def misfits(item: syntax.Amount) -> Iterator[Diagnostic]:
    """What no amount can be reckoned by."""
    if bool(item.of) == bool(item.sum):
        yield Diagnostic(
            "values",
            item.at,
            Words("一笔金额要写 `of` 和 `sum` 其中一个", "an amount must have either `of` or `sum`"),
            Words(
                "按一个回答算的写 `of: 问题的名字`，几笔加起来的写 `sum: [一, 二]`",
                "write `of:` and a question's name, or `sum: [one, two]` for several amounts added up",
            ),
        )
    for place, part in enumerate(item.sum):
        if part in item.sum[:place]:
            yield Diagnostic(
                "values",
                part.at,
                Words(f"`{part}` 加了两次", f"`{part}` is added twice"),
                Words("删掉一个", "remove one of them"),
            )
    if item.at_least and item.most and Decimal(item.at_least) > Decimal(item.most):
        yield Diagnostic(
            "values",
            item.most.at,
            Words("`most` 比 `at_least` 小", "`most` is less than `at_least`"),
            Words("把两个数对调，或删掉一个", "swap the two, or remove one"),
        )
    yield from misfit_steps(item.steps)


def misfit_steps(steps: tuple[syntax.Bracket, ...]) -> Iterator[Diagnostic]:
    for one in steps:
        if bool(one.fixed) == bool(one.percent):
            yield bracket(
                one.at,
                Words("一段要写 `fixed` 和 `percent` 其中一个", "a step must have either `fixed` or `percent`"),
                Words("写收多少元，或者收百分之几", "write how many yuan it costs, or how many per cent"),
            )
    for one in steps[:-1]:
        if one.up_to is None:
            yield bracket(
                one.at,
                Words("只有最后一段可以不写 `up_to`", "only the last step has no `up_to`"),
                Words("写上这一段到多少元为止", "write up to how many yuan this step goes"),
            )
    if steps and steps[-1].up_to is not None:
        yield bracket(
            steps[-1].at,
            Words("最后一段要敞开，不写 `up_to`", "the last step must be open, without `up_to`"),
            Words("删掉这个 `up_to`，或在后面加一段", "remove this `up_to`, or add a step after it"),
        )
    for before, after in pairwise(steps):
        if before.up_to and after.up_to and Decimal(after.up_to) <= Decimal(before.up_to):
            yield bracket(
                after.up_to.at,
                Words("各段要从小到大", "the steps must rise"),
                Words(f"写大于 {before.up_to} 的数", f"write more than {before.up_to}"),
            )


def bracket(at: Span, says: Words, help: Words) -> Diagnostic:
    return Diagnostic("values", at, says, help)
