"""Every `when` distinguishes readers: some of those who get to it fulfil it, and some do not."""

from collections.abc import Iterator

from minglu.diagnostics import Diagnostic, Words
from minglu.resolve.model import Answer, Guard, Outcome, Question
from minglu.unfold.model import Unfolded
from minglu.verify.subject import Subject

PROVES = "每个条件都有读者符合，也有读者不符合"
NEVER, SURELY = frozenset({False}), frozenset({True})


def check(subject: Subject) -> Iterator[Diagnostic]:
    one = subject.one
    for question in one.tree.questions.values():
        for answer in question.answers:
            yield from on_ways(one, question, answer)
    for outcome in one.tree.outcomes.values():
        yield from on_items(one, outcome)


def on_ways(one: Unfolded, question: Question, answer: Answer) -> Iterator[Diagnostic]:
    who = Words(f"在 `{question.id}` 回答 `{answer.id}` 的读者", f"who answers `{question.id}` with `{answer.id}`")
    dead = [way for way in answer.ways if comes_out(one, way.guard) == NEVER]
    for way in dead:
        yield never(way.guard, who, Words("改 `when`，或删掉这条路", "change the `when`, or remove this way"))
    for way in () if dead else answer.ways:
        if comes_out(one, way.guard) == SURELY:
            yield always(way.guard, who)


def on_items(one: Unfolded, outcome: Outcome) -> Iterator[Diagnostic]:
    who = Words(f"走到结论 `{outcome.id}` 的读者", f"who arrives at the outcome `{outcome.id}`")
    for items in outcome.groups().values():
        for item in items:
            if comes_out(one, item.guard) == NEVER:
                yield never(item.guard, who, Words("改 `when`，或删掉这一项", "change the `when`, or remove this item"))
            elif comes_out(one, item.guard) == SURELY:
                yield always(item.guard, who)


def comes_out(one: Unfolded, guard: Guard) -> frozenset[bool]:
    """What the guard is, true or false, for the readers who get to it; empty where there is no `when`."""
    return one.whens.get(guard.at, frozenset())


def never(guard: Guard, who: Words, help: Words) -> Diagnostic:
    return Diagnostic(
        "guards", guard.at, Words(f"{who.zh}没有一个符合这个 `when`", f"no reader {who.en} fulfils this `when`"), help
    )


def always(guard: Guard, who: Words) -> Diagnostic:
    return Diagnostic(
        "guards",
        guard.at,
        Words(
            f"{who.zh}个个符合这个 `when`，它什么也没说",
            f"every reader {who.en} fulfils this `when`, so it says nothing",
        ),
        Words("删掉这个 `when`", "remove the `when`"),
    )
