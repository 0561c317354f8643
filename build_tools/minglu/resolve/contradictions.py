"""Facts and guards of one tree → those that no answers at all can make hold.

Only what the answers may be counts here; whether a reader who gives them gets to the guard is for `verify/guards.py`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from minglu.diagnostics import NOWHERE, Diagnostic, Words
from minglu.resolve.guard_binder import Written, fact_names
from minglu.resolve.model import Guard, Test, Tree

Open = dict[str, frozenset[str | None]]
"""question → the answers it may have; None where it was not asked. A tick that is not in it is free."""
SET = frozenset({"set"})
TICK: frozenset[str | None] = frozenset({"set", None})


def contradictions(tree: Tree, written: Written, facts: Mapping[str, Guard]) -> Iterator[Diagnostic]:
    """A fact that contradicts itself is reported alone: whatever stands on it would as well.

    In `facts`, each comes after those it stands on.
    """
    any_answer = {id: frozenset({*question.answer_ids(), None}) for id, question in tree.questions.items()}
    written_by_name = {str(name): guard for name, guard in written.items()}
    broken: set[str] = set()
    for name, guard in facts.items():
        if not broken.isdisjoint(fact_names(written_by_name[name])):
            broken.add(name)
        elif found := contradiction(guard, any_answer):
            broken.add(name)
            yield found
    for guard in () if broken else tree.guards():
        if found := contradiction(guard, any_answer):
            yield found


def contradiction(guard: Guard, any_answer: Open) -> Diagnostic | None:
    """The outermost part of a guard that cannot hold."""
    if guard.ticks and (found := contradiction(as_answers(guard.ticks), {})):
        return replace(found, at=found.at if found.at != NOWHERE else guard.at)
    if len(guard.tests) <= 1 and not guard.nots and not guard.anys:  # as nearly all are; one test holds for its answers
        return None
    if not can_hold(((guard.plain, True),), any_answer):
        return Diagnostic(
            "guards",
            guard.at or NOWHERE,
            Words(
                "这个条件自相矛盾，没有一种回答能让它成立", "this condition contradicts itself: no answers make it hold"
            ),
            excluded(guard),
            stops=False,
        )
    return next(filter(None, (contradiction(inner, any_answer) for inner in guard.inner())), None)


def can_hold(wanted: tuple[tuple[Guard, bool], ...], open: Open) -> bool:
    """Whether some of the answers make each of these guards hold (True) or fail (False)."""
    if not wanted:
        return True
    (guard, holds), rest = wanted[0], wanted[1:]
    if not holds:
        fails = ((test.question, open.get(test.question, TICK) - test.values) for test in guard.tests)
        return (
            any(left and can_hold(rest, open | {id: left}) for id, left in fails)
            or any(can_hold(((inner, True), *rest), open) for inner in guard.nots)
            or any(can_hold((*((one, False) for one in ones), *rest), open) for ones in guard.anys)
        )
    for test in guard.tests:
        open = open | {test.question: open.get(test.question, TICK) & test.values}
    if not all(open[test.question] for test in guard.tests):
        return False
    if not guard.anys:
        return can_hold((*((inner, False) for inner in guard.nots), *rest), open)
    ones, more = guard.anys[0], replace(guard, tests=(), anys=guard.anys[1:])
    return any(can_hold(((one, True), (more, True), *rest), open) for one in ones)


def as_answers(ticks: Guard) -> Guard:
    """A guard over ticks → the same over questions of their own, one a tick, each of which is `set` or was not."""
    tests = [tuple(Test(f"{test.question}/{tick}", SET) for tick in sorted(test.values)) for test in ticks.tests]
    return Guard(
        tuple(one for alike in tests if len(alike) == 1 for one in alike),
        tuple(as_answers(inner) for inner in ticks.nots),
        ticks.at,
        (
            *(tuple(Guard((one,)) for one in alike) for alike in tests if len(alike) > 1),
            *(tuple(as_answers(one) for one in ones) for ones in ticks.anys),
        ),
    )


def excluded(guard: Guard) -> Words:
    """What to do about it; a question is named where the guard's own tests of it exclude each other."""
    for test in guard.tests:
        if not test.values.intersection(*(other.values for other in guard.tests if other.question == test.question)):
            return Words(
                f"对 `{test.question}` 的几个要求互相排斥；改其中一个，或删掉",
                f"what it asks of `{test.question}` excludes itself; change one test, or remove it",
            )
    return Words(
        "要成立的正是 `not` 排除的；改其中一个，或删掉",
        "what must hold is what `not` leaves out; change one of them, or remove it",
    )
