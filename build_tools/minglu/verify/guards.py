"""Every `when` distinguishes readers: some of those who get to it fulfil it, and some do not."""

from collections.abc import Iterator

from minglu.diagnostics import Diagnostic, Words
from minglu.resolve.contradictions import TICK, as_answers, can_hold
from minglu.resolve.model import Answer, Guard, Outcome, Question, Test
from minglu.unfold.model import Unfolded
from minglu.verify.subject import Subject

PROVES = "每个条件都有读者符合，也有读者不符合"
UNSET: frozenset[str | None] = frozenset({None})
NEVER, SURELY = frozenset({False}), frozenset({True})


def check(subject: Subject) -> Iterator[Diagnostic]:
    one = subject.one
    for question in one.tree.questions.values():
        for answer in question.answers:
            yield from on_ways(one, question, answer)
    reached = {state.node for state in one.states.values()}
    for outcome in one.tree.outcomes.values():
        if outcome.id in reached:
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
    asked = ticks_asked(one, outcome)
    for items in outcome.groups().values():
        for item in items:
            if comes_out(one, item.guard) == NEVER:
                yield never(item.guard, who, Words("改 `when`，或删掉这一项", "change the `when`, or remove this item"))
            elif comes_out(one, item.guard) == SURELY:
                yield always(item.guard, who)
            elif item.guard.ticks and not can_come_out(item.guard.ticks, asked, True):
                yield never(item.guard, who, Words("改 `when`，或删掉这一项", "change the `when`, or remove this item"))
            elif item.guard.ticks and not can_come_out(item.guard.ticks, asked, False):
                yield always(item.guard, who)


def ticks_asked(one: Unfolded, outcome: Outcome) -> frozenset[str]:
    """The questions with ticks that some reader of the outcome was asked."""
    ahead: dict[str, frozenset[str]] = {}
    for state in one.states.values():  # in topological order
        before = ahead.get(state.id, frozenset())
        question = one.tree.questions.get(state.node)
        after = before | {state.node} if question and question.kind == "several" else before
        for edge in state.edges:
            if isinstance(edge.to, str):
                ahead[edge.to] = ahead.get(edge.to, frozenset()) | after
    return frozenset().union(
        *(ahead.get(id, frozenset()) for id, state in one.states.items() if state.node == outcome.id)
    )


def can_come_out(ticks: Guard, asked: frozenset[str], holds: bool) -> bool:
    """Whether some ticks make the guard so: each is free where its question was asked, else not set."""
    free = {
        test.question: TICK if test.question.partition("/")[0] in asked else UNSET
        for test in every_test(as_answers(ticks))
    }
    return can_hold(((as_answers(ticks), holds),), free)


def every_test(guard: Guard) -> Iterator[Test]:
    yield from guard.tests
    for inner in guard.inner():
        yield from every_test(inner)


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
