"""A walk that ended in several ends → which of the questions that the reader left open decides most between them.

The measure is the number of different ends that would remain if the answer to one question were known and nothing
else: counted for each answer that it may still have, and the mean of these counts, each answer being as likely as the
others. The fewer remain, the more the question decides. Two ends are the same where a reader is shown the same: the
outcome, and so its standing, and the items of its lists; or the place in another tree.
"""

from collections.abc import Collection, Mapping, Sequence

from .contract import CompiledQuestion, CompiledState, CompiledTree
from .report import Deciding
from .walk import Walk
from .words import engine_words

EndBits = dict[str, int]
"""What a walk ended in (the id of an outcome state, or a hand-over as `to` has it) → its bit; the same end, the same
bit.
"""

Answers = Mapping[str, Collection[str]]
"""Question → the answers that it may have."""


def deciding(tree: CompiledTree, here: Walk) -> tuple[Deciding, ...]:
    """The questions that the reader left open, or answered roughly, where their answers lead on differently. What
    decides most comes first, then what is asked first.
    """
    told = {step.question: step.stands_for for step in here.path}
    ends, passed = end_bits(tree, here.at), states_passed(tree, told)
    now = ends_left(passed, ends, told)
    found: list[tuple[float, Deciding]] = []
    for question, answers in told.items():
        if any(len({state.to[answer] for answer in answers}) > 1 for state in passed if state.node == question):
            counts = [ends_left(passed, ends, {**told, question: (answer,)}) for answer in answers]
            found.append((sum(counts) / len(counts), decided_by(tree.questions[question], now, counts)))
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def end_key(tree: CompiledTree, target: str) -> object:
    """The same for ends in which a reader is shown the same."""
    state = tree.states.get(target)
    return (state.node, *state.items.items()) if state else target


def end_bits(tree: CompiledTree, at: Sequence[str]) -> EndBits:
    places: dict[object, int] = {}
    return {target: 1 << places.setdefault(end_key(tree, target), len(places)) for target in at}


def states_passed(tree: CompiledTree, told: Answers) -> list[CompiledState]:
    """All questions' states that a reader with these answers may have come through, in topological order."""
    reached, passed = {tree.start}, []
    for state in tree.states.values():
        if state.to and state.id in reached:
            passed.append(state)
            reached.update(state.to[answer] for answer in told[state.node])
    return passed


def ends_left(passed: Sequence[CompiledState], ends: EndBits, answers: Answers) -> int:
    """How many different ends these answers may lead to, by one pass from the ends backwards to the first state."""
    ahead = dict(ends)
    for state in reversed(passed):
        found = 0
        for answer in answers[state.node]:
            found |= ahead[state.to[answer]]
        ahead[state.id] = found
    return ahead[passed[0].id].bit_count()


def decided_by(question: CompiledQuestion, now: int, counts: Sequence[int]) -> Deciding:
    """`counts` are the ends that each of its answers would leave of the `now` that remain."""
    return Deciding(
        question=question.id,
        label=question.ask,
        why=question.why,
        find=question.find,
        ends=now,
        least=min(counts),
        most=max(counts),
        mean=round(sum(counts) / len(counts), 2),
        says=deciding_words(now, counts),
    )


def deciding_words(now: int, counts: Sequence[int]) -> str:
    """Rounded down, so that it never says more than is so."""
    if max(counts) == 1:
        return engine_words("deciding.all")
    every = now * len(counts)
    percent = 100 * (every - sum(counts)) // every
    return engine_words("deciding.some", percent=percent) if percent else engine_words("deciding.with-others")
