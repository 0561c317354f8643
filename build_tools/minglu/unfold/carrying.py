"""How an answer in a range of a shared question is carried to a tree that may divide it otherwise.

An option, an exact day or number and `unsure` are carried as they are. A range is carried as its limits:
`-within-7-day`, `-after-7-day..-within-15-day`, `-after-2`; no name that an author can give looks like that. A tree
that asks the same question takes it as those of its own ranges that such an answer may fall into: all of them where
that cannot be known. What is counted to another answer says so (`-to-reported`). A tree that counts otherwise takes
what follows from it: more than a month by the day of the report is more than a month by today, and no more is known.
"""

from collections.abc import Mapping
from decimal import Decimal

from minglu.engine.dates import Period, certain_days, day_before_which
from minglu.engine.labels import DONE, UNSURE
from minglu.resolve.model import Question, Tree

Interval = tuple[str | None, str | None]
"""The limit that an answer lies beyond, and the one that it lies within; None where there is none."""


def carried_ranges(tree: Tree, id: str) -> dict[str, Interval]:
    """Each range of a shared question and each row of adjacent ones, as it is carried; none where it cannot be."""
    question = tree.questions[id]
    if not can_be_carried(tree, question):
        return {}
    return {
        range_name(question, first, last): (limit_before(question, first), question.answers[last].limit)
        for first in range(len(question.answers))
        for last in range(first, len(question.answers))
    }


def can_be_carried(tree: Tree, question: Question) -> bool:
    """A range counted by a question of this tree alone says nothing elsewhere."""
    by = (question.until, question.plus)
    return (
        question.shared
        and question.kind not in ("choice", "several", "")
        and all(tree.questions[other].shared for other in by if other)
    )


def range_name(question: Question, first: int, last: int) -> str:
    """How the ranges from `first` to `last` are carried; as `unsure` where they are all."""
    after, within = limit_before(question, first), question.answers[last].limit
    parts = [f"-after-{limit_name(after)}"] if after else []
    parts += [f"-within-{limit_name(within)}"] if within else []
    if not parts:
        return UNSURE
    counted = "".join(f"-{word}-{by}" for word, by in (("to", question.until), ("less", question.plus)) if by)
    return "..".join(parts) + counted


def limit_name(limit: str) -> str:
    return limit.removesuffix("s").replace(" ", "-").replace(".", "-")


def limit_before(question: Question, index: int) -> str | None:
    return question.answers[index - 1].limit if index else None


def own_names(question: Question) -> dict[str, str]:
    """Each range, and each row of adjacent ones as `first..last`, by how it is carried."""
    ids = question.answer_ids()
    return {
        range_name(question, first, last): ids[first] if first == last else f"{ids[first]}..{ids[last]}"
        for first in range(len(ids))
        for last in range(first, len(ids))
    }


def carries_as(question: Question, tree: Tree) -> dict[str, str]:
    """Own answer → how it is carried."""
    if not can_be_carried(tree, question):
        return {}
    return {own: name for name, own in own_names(question).items()}


def taken_from(question: Question, tree: Tree, trees: Mapping[str, Tree]) -> dict[str, str]:
    """Whatever any tree may carry here → the own answer that it is, `first..last` where it may be several."""
    if not can_be_carried(tree, question):
        return {}
    ids, taken = question.answer_ids(), own_names(question)
    for other in trees.values():
        if question.id not in other.questions or other.questions[question.id].kind != question.kind:
            continue
        for name, interval in carried_ranges(other, question.id).items():
            first, last = ranges_met(question, as_counted_by(question, other.questions[question.id], interval))
            taken.setdefault(name, ids[first] if first == last else f"{ids[first]}..{ids[last]}")
    taken.pop(UNSURE, None)
    return taken


def as_counted_by(question: Question, other: Question, interval: Interval) -> Interval:
    """What an interval by the count of `other` says of the count of `question`."""
    after, within = interval
    return after if never_counts_less(question, other) else None, within if never_counts_less(other, question) else None


def never_counts_less(one: Question, other: Question) -> bool:
    """Whether the first counts at least as much as the second of every day: it counts to today, which no answer lies
    after, or to the same answer; and leaves nothing out, or the same.
    """
    return one.until in (None, other.until) and one.plus in (None, other.plus)


def ranges_met(question: Question, interval: Interval) -> tuple[int, int]:
    """First and last range that an answer beyond the one limit and within the other may fall into."""
    after, within = interval
    last = len(question.answers) - 1
    limits = [answer.limit for answer in question.answers]
    begin = next(
        (at for at, limit in enumerate(limits) if not (limit and after and never_longer(limit, after, question.kind))),
        last,
    )
    end = next(
        (at for at, limit in enumerate(limits) if limit and within and never_longer(within, limit, question.kind)), last
    )
    return begin, max(begin, end)


def never_longer(one: str, other: str, kind: str) -> bool:
    """Whether the first limit surely ends no later than the second, whatever day both are counted from."""
    if kind in ("number", "money"):
        return Decimal(one) <= Decimal(other)
    fixed, other_fixed = day_before_which(one), day_before_which(other)
    if fixed or other_fixed:
        return bool(fixed and other_fixed and fixed <= other_fixed)
    less, more = in_months(Period.parse(one)), in_months(Period.parse(other))
    if less.unit == more.unit:
        return less.count <= more.count
    return certain_days(less)[1] <= certain_days(more)[0]


def in_months(period: Period) -> Period:
    return Period(period.count * 12, "months") if period.unit == "years" else period


def stands_for(question: Question, said: str) -> str:
    """The answer that what a hand-over says of a question is: whatever is ticked leads one way."""
    return DONE if question.kind == "several" else said


def meanings(tree: Tree, other: Tree, id: str) -> dict[str, frozenset[str]]:
    """What each answer of a shared question is taken as in another tree that asks it; without those that it does not
    take.
    """
    own, theirs = tree.questions.get(id), other.questions[id]
    if own is None or not (own.shared and theirs.shared) or own.kind != theirs.kind:
        return {}
    if own.kind in ("choice", "several"):
        return {answer: frozenset({answer}) for answer in own.answer_ids() if answer in theirs.answer_ids()}
    if not (can_be_carried(tree, own) and can_be_carried(other, theirs)):
        return {}
    ids, found = theirs.answer_ids(), {}
    for at, answer in enumerate(own.answers):
        first, last = ranges_met(theirs, as_counted_by(theirs, own, (limit_before(own, at), answer.limit)))
        found[answer.id] = frozenset(ids[first : last + 1])
    return found
