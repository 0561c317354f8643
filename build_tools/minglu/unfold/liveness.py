"""Liveness: a tree → for each node, which earlier answers still matter there, and which of them are distinguished."""

from collections.abc import Iterable

from minglu.resolve.model import Guard, Project, Question, Tree
from minglu.unfold.shared import same_question

LiveAnswers = dict[str, dict[str, frozenset[frozenset[str]]]]
"""node, or `tree/<id>` → question → the sets of answers that some guard at or after the node asks about, or that the
other tree takes over.
"""


def live_answers(tree: Tree, project: Project) -> LiveAnswers:
    """By fixpoint over the tree's ways, so that a tree that runs in circles ends too."""
    own = {node: tests(guards_at(tree, node)) for node in (*tree.questions, *tree.outcomes)} | {
        f"tree/{id}": carried_tests(tree, project.trees[id]) for id in hand_overs(tree)
    }
    before: dict[str, set[str]] = {node: set() for node in own}
    for question in tree.questions.values():
        for target in targets(question):
            if target in before:
                before[target].add(question.id)
    ahead = {node: dict(found) for node, found in own.items()}
    todo = list(own)
    while todo:
        node = todo.pop()
        for asking in before[node]:
            wider = joined(ahead[asking], {q: sets for q, sets in ahead[node].items() if q != asking})
            if wider != ahead[asking]:
                ahead[asking] = wider
                todo.append(asking)
    return {node: {q: frozenset(sets) for q, sets in found.items()} for node, found in ahead.items()}


def targets(question: Question) -> Iterable[str]:
    return (way.to for answer in question.answers for way in answer.ways)


def hand_overs(tree: Tree) -> list[str]:
    """The other trees that some way of this one leads to."""
    return sorted(
        {
            target.removeprefix("tree/")
            for question in tree.questions.values()
            for target in targets(question)
            if target.startswith("tree/")
        }
    )


def guards_at(tree: Tree, node: str) -> Iterable[Guard]:
    if node in tree.questions:
        return (way.guard for answer in tree.questions[node].answers for way in answer.ways)
    return (item.guard for items in tree.outcomes[node].groups().values() for item in items)


def tests(guards: Iterable[Guard]) -> dict[str, set[frozenset[str]]]:
    found: dict[str, set[frozenset[str]]] = {}
    stack = list(guards)
    while stack:
        guard = stack.pop()
        stack += guard.inner()
        for test in guard.tests:
            found.setdefault(test.question, set()).add(test.values)
    return found


def carried_tests(tree: Tree, other: Tree) -> dict[str, set[frozenset[str]]]:
    """Each answer that a hand-over may carry is distinguished: those to questions of both that the other tree asks
    before any of its own.
    """
    found: dict[str, set[frozenset[str]]] = {}
    todo = [other.start]
    while todo:
        id = todo.pop()
        if id in other.questions and id not in found and same_question(tree, other, id):
            found[id] = {frozenset({answer}) for answer in tree.questions[id].answer_ids()}
            todo += targets(other.questions[id])
    return found


def joined(one: dict, other: dict) -> dict[str, set[frozenset[str]]]:
    return {q: set(one.get(q, ())) | set(other.get(q, ())) for q in (*one, *(q for q in other if q not in one))}
