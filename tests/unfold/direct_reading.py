"""A tree read directly, without states: a reader's whole history is kept, and every guard is looked at when they come
to it.
"""

from itertools import product

from minglu.resolve.model import Guard, Item, Tree
from minglu.unfold.carrying import meanings
from minglu.unfold.model import Unfolded


def holds(guard: Guard, history: dict[str, str]) -> bool:
    """Ticks are not looked at."""
    return (
        all(history.get(test.question) in test.values for test in guard.tests)
        and not any(holds(inner, history) for inner in guard.nots)
        and all(any(holds(one, history) for one in alternatives) for alternatives in guard.anys)
    )


def ticks_allow(guard: Guard, ticked: dict[str, set[str]]) -> bool:
    """Whether these ticks, of the questions that were asked, make the part over ticks hold."""
    if guard.ticks is None:
        return True

    def fulfilled(ticks: Guard) -> bool:
        return (
            all(ticked.get(test.question, set()) & test.values for test in ticks.tests)
            and not any(fulfilled(inner) for inner in ticks.nots)
            and all(any(fulfilled(one) for one in alternatives) for alternatives in ticks.anys)
        )

    return fulfilled(guard.ticks)


def read(tree: Tree, answers: dict[str, str]) -> tuple[dict[str, str], tuple]:
    """The history of a reader who gives these answers, and how it ends."""
    history: dict[str, str] = {}
    node = tree.start
    while node in tree.questions:
        if node in history:
            return history, ("circle", node)
        answer = next(answer for answer in tree.questions[node].answers if answer.id == answers[node])
        history[node] = answer.id
        ways = [way for way in answer.ways if holds(way.guard, history)]
        if len(ways) != 1:
            return history, ("stuck", node, len(ways))
        node = ways[0].to
    if node.startswith("tree/"):
        return history, ("tree", node.removeprefix("tree/"))
    return history, (
        "outcome",
        node,
        tuple(index for index, item in enumerate(tree.outcomes[node].remedies) if holds(item.guard, history)),
    )


def everyone(tree: Tree) -> list[dict[str, str]]:
    """Every combination of one answer a question."""
    return [
        dict(zip(tree.questions, answers, strict=True))
        for answers in product(*(question.answer_ids() for question in tree.questions.values()))
    ]


def readers(tree: Tree) -> dict[tuple[tuple[str, str], ...], tuple]:
    """Every history there is, as (question, answer) in the order asked, and how it ends."""
    return {tuple(history.items()): end for history, end in (read(tree, answers) for answers in everyone(tree))}


def shown(tree: Tree, outcome: str, history: dict[str, str]) -> dict[str, tuple[Item, ...]]:
    """What an outcome shows to a reader with this history, by list."""
    return {
        name: tuple(item for item in items if holds(item.guard, history))
        for name, items in tree.outcomes[outcome].groups().items()
    }


def said_to(tree: Tree, history: dict[str, str]) -> dict[str, str]:
    """What the hand-over that a reader with this history takes says of the other tree."""
    *_, (last, given) = history.items()
    answer = next(answer for answer in tree.questions[last].answers if answer.id == given)
    (way,) = [way for way in answer.ways if holds(way.guard, history)]
    return {one.question: one.answer for one in way.carries}


def told_as(one: Tree, other: Tree, id: str, answer: str) -> frozenset[str]:
    """What an answer to a shared question of both is in the other tree; nothing where it is not taken there.

    What a range is in another tree is tried by days in test_carrying.py.
    """
    own, theirs = one.questions[id], other.questions[id]
    if own.kind in ("choice", "several"):
        return frozenset({answer}) & {*theirs.answer_ids()}
    counted = [(tree, by) for tree, question in ((one, own), (other, theirs)) for by in (question.until, question.plus)]
    if own.kind != theirs.kind or not all(tree.questions[by].shared for tree, by in counted if by):
        return frozenset()
    return meanings(one, other, id)[answer]


def arrival(tree: Tree, history: dict[str, str], other: Unfolded, said: dict[str, str]) -> str:
    """Where a reader with this history stands in the other tree, as far as what they told, or the hand-over says, lets
    them pass.
    """
    at = other.start
    while (node := other.states[at].node) in other.tree.questions:
        asked, own = other.tree.questions[node], tree.questions.get(node)
        if node in history and own and own.shared and asked.shared:
            answers = told_as(tree, other.tree, node, history[node])
        else:
            told = "done" if asked.kind == "several" else said.get(node)
            answers = frozenset({told} if node in said else ())
        edges = [edge for edge in other.states[at].edges if answers and answers <= {*edge.answers}]
        if not edges or not isinstance(edges[0].to, str):
            break
        at = edges[0].to
    return at
