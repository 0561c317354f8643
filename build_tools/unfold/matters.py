"""A tree → for each node, which earlier answers still matter there, and which of them are told apart."""

from collections.abc import Iterable

from build_tools.resolve.model import Guard, Project, Question, Tree

Ahead = dict[str, dict[str, frozenset[frozenset[str]]]]
"""node → question → the sets of answers that some guard at or after the node asks about."""


def matters(tree: Tree, project: Project) -> Ahead:
    """By fixpoint over the tree's ways, so that a tree that runs in circles ends too."""
    own = {node: joined(tests(guards_at(tree, node)), carried(tree, node, project)) for node in (*tree.questions, *tree.outcomes)}
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


def guards_at(tree: Tree, node: str) -> Iterable[Guard]:
    if node in tree.questions:
        return (way.guard for answer in tree.questions[node].answers for way in answer.ways)
    return (item.guard for items in tree.outcomes[node].groups().values() for item in items)


def tests(guards: Iterable[Guard]) -> dict[str, set[frozenset[str]]]:
    found: dict[str, set[frozenset[str]]] = {}
    stack = list(guards)
    while stack:
        guard = stack.pop()
        stack += guard.nots
        for test in guard.tests:
            found.setdefault(test.question, set()).add(test.values)
    return found


def carried(tree: Tree, node: str, project: Project) -> dict[str, set[frozenset[str]]]:
    """What a hand-over at this question carries: each answer to a question that the other tree asks first is told apart."""
    if node not in tree.questions:
        return {}
    found: dict[str, set[frozenset[str]]] = {}
    for target in targets(tree.questions[node]):
        if target.startswith("tree/"):
            for id in asked_first(project.trees[target.removeprefix("tree/")]):
                if id in tree.questions and tree.questions[id].shared and id != node:
                    found[id] = {frozenset({answer}) for answer in tree.questions[id].answer_ids()}
    return found


def asked_first(tree: Tree) -> set[str]:
    """The shared questions that are reached from the start through shared questions only."""
    found, todo = set(), [tree.start]
    while todo:
        id = todo.pop()
        if id in tree.questions and tree.questions[id].shared and id not in found:
            found.add(id)
            todo += targets(tree.questions[id])
    return found


def joined(one: dict, other: dict) -> dict[str, set[frozenset[str]]]:
    return {q: set(one.get(q, ())) | set(other.get(q, ())) for q in (*one, *(q for q in other if q not in one))}
