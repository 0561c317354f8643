"""Where several ends remain → which of the questions that a reader left open decides most between them.

The measure is the number of different ends that would remain if the answer to one question were known and nothing
else: counted for each answer that it may still have, and the mean of these counts, each answer being as likely as the
others. The fewer remain, the more the question decides. Two ends are the same where a reader is shown the same: the
outcome, and so its standing, and the items of its lists; or the place in another tree.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction

from .contract import CompiledTree
from .report import Deciding
from .walk import Walk
from .words import engine_words

EndBits = dict[str, int]
"""What a walk may end in (the id of an outcome state, or a hand-over as `to` has it) → its bit; the same end, the same
bit.
"""

BitsAhead = dict[str, int]
"""State → the bits of the ends that can be reached from it."""

AheadWith = Callable[[str, str], BitsAhead]
"""A question and an answer to it → what can be reached where that is the answer."""

Answers = Mapping[str, Collection[str]]


def end_key(tree: CompiledTree, target: str) -> object:
    """The same for ends in which a reader is shown the same."""
    state = tree.states.get(target)
    return (state.node, *state.items.items()) if state else target


def end_bits(tree: CompiledTree) -> EndBits:
    places: dict[object, int] = {}
    targets = (target for state in tree.states.values() for target in (state.to.values() if state.to else (state.id,)))
    ends = [target for target in targets if target not in tree.states or not tree.states[target].to]
    return {target: 1 << places.setdefault(end_key(tree, target), len(places)) for target in ends}


def bits_ahead(tree: CompiledTree, bits: EndBits, answers: Answers) -> BitsAhead:
    """By one pass from the ends backwards, as states are in topological order. Of a question in `answers` only these
    answers are taken, of any other all.
    """
    ahead: BitsAhead = {}
    for state in reversed(list(tree.states.values())):
        taken = answers.get(state.node)
        ahead[state.id] = 0 if state.to else bits[state.id]
        for answer, target in state.to.items():
            if taken is None or answer in taken:
                ahead[state.id] |= ahead[target] if target in ahead else bits[target]
    return ahead


def deciding(
    tree: CompiledTree, at: Sequence[str], open_answers: Mapping[str, Sequence[str]], *, now: int, ahead_with: AheadWith
) -> tuple[Deciding, ...]:
    """The open questions, each with the answers that it may still have; what decides most comes first, then what is
    asked first. `now` is how many different ends can be reached from the states `at`.
    """
    counts = {
        question: [reached(ahead_with(question, answer), at).bit_count() for answer in answers]
        for question, answers in open_answers.items()
    }
    means = {question: Fraction(sum(left), len(left)) for question, left in counts.items()}
    return tuple(
        Deciding(
            question=question,
            label=tree.questions[question].ask,
            why=tree.questions[question].why,
            find=tree.questions[question].find,
            ends=now,
            least=min(counts[question]),
            most=max(counts[question]),
            mean=round(float(means[question]), 2),
            says=deciding_words(now, max(counts[question]), means[question]),
        )
        for question in sorted(counts, key=lambda question: means[question])
    )


def reached(ahead: BitsAhead, at: Sequence[str]) -> int:
    """What can be reached from any of these states."""
    bits = 0
    for state in at:
        bits |= ahead[state]
    return bits


def deciding_words(now: int, most: int, mean: Fraction) -> str:
    if most == 1:
        return engine_words("deciding.all")
    percent = round(100 * (1 - mean / now))
    return engine_words("deciding.some", percent=percent) if percent else engine_words("deciding.with-others")


def deciding_of_walk(tree: CompiledTree, here: Walk) -> tuple[Deciding, ...]:
    """Of a walk that has ended: the questions on its path that the reader left open, or answered roughly."""
    bits, start = end_bits(tree), (tree.start,)
    told = {step.question: step.stands_for for step in here.path}
    return deciding(
        tree,
        start,
        {question: answers for question, answers in told.items() if len(answers) > 1},
        now=reached(bits_ahead(tree, bits, told), start).bit_count(),
        ahead_with=lambda question, answer: bits_ahead(tree, bits, {**told, question: (answer,)}),
    )
