"""A tree read directly, without states: a reader's whole history is kept, and every guard is looked at when they come
to it.
"""

from itertools import product

from minglu.resolve.model import Guard, Item, Tree
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


def same(one: Tree, other: Tree, id: str) -> bool:
    """Two trees ask one and the same question, with the same answers, counted by questions that are the same too."""

    def look(tree: Tree) -> tuple:
        question = tree.questions[id]
        by = [tree.questions[other].shared for other in (question.until, question.plus) if other]
        return (
            question.shared and all(by),
            question.kind,
            question.until,
            question.plus,
            [(answer.id, answer.limit) for answer in question.answers],
        )

    return id in one.questions and look(one)[0] and look(one) == look(other)


def arrival(tree: Tree, history: dict[str, str], other: Unfolded) -> str:
    """Where a reader with this history stands in the other tree, as far as it asks shared questions that mean the
    same.
    """

    at = other.start
    while (node := other.states[at].node) in other.tree.questions:
        if node not in history or not same(tree, other.tree, node):
            break
        (edge,) = [edge for edge in other.states[at].edges if history[node] in edge.answers]
        if not isinstance(edge.to, str):
            break
        at = edge.to
    return at
