"""Liveness: a tree → for each node, which earlier answers still matter there, and which of them are distinguished."""

from collections.abc import Iterable, Iterator

from minglu.resolve.carried import carried_by
from minglu.resolve.model import Guard, Item, Outcome, Project, Question, Tree
from minglu.unfold.carrying import meanings

LiveAnswers = dict[str, dict[str, frozenset[frozenset[str]]]]
"""node, or `tree/<id>` → question → the sets of answers that some guard at or after the node asks about, or that the
other tree takes over.
"""


def live_answers(tree: Tree, project: Project) -> LiveAnswers:
    """By fixpoint over the tree's ways, so that a tree that runs in circles ends too."""
    own = {node: tests(guards_at(tree, node)) for node in (*tree.questions, *tree.outcomes)} | {
        f"tree/{id}": carried_tests(tree, project.trees[id]) for id in hand_overs(tree)
    }
    for outcome in tree.outcomes.values():
        own[outcome.id] = joined(own[outcome.id], said_tests(tree, outcome, project))
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
    """The other trees that some way, channel or `also` of this one leads to."""
    ways = (target for question in tree.questions.values() for target in targets(question))
    items = (to for outcome in tree.outcomes.values() for _, to, _ in onward_items(outcome))
    return sorted({to.removeprefix("tree/") for to in (*ways, *items) if to.startswith("tree/")})


def onward_items(outcome: Outcome) -> Iterator[tuple[str, str, Item]]:
    """What an outcome leads on with: `also.0` or `channels.2`, the other tree as `tree/<id>`, and the item."""
    for index, item in enumerate(outcome.also):
        yield f"also.{index}", item.to, item
    for index, use in enumerate(outcome.channels):
        if use.use.startswith("tree/"):
            yield f"channels.{index}", use.use, use


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
    """Each answer that a hand-over may carry is distinguished as far as the other tree takes it as something else:
    those to questions of both that it asks before any that no hand-over answers.
    """
    found: dict[str, set[frozenset[str]]] = {}
    said = {carried.question for to, carries in carried_by(tree) if to == f"tree/{other.id}" for carried in carries}
    todo, seen = [other.start], set[str]()
    while todo:
        id = todo.pop()
        if id in seen or id not in other.questions:
            continue
        seen.add(id)
        if taken := told_apart(tree, other, id):
            found[id] = taken
        if taken or id in said:
            todo += targets(other.questions[id])
    return found


def said_tests(tree: Tree, outcome: Outcome, project: Project) -> dict[str, set[frozenset[str]]]:
    """Where an `also` says something of a question that this tree asks too, the reader's own answer comes first.

    Nothing else is kept apart for what leads on from an outcome: there would be too many cases of it.
    """
    asked = {(item.to, carried.question) for item in outcome.also for carried in item.carries}
    found: dict[str, set[frozenset[str]]] = {}
    for to, question in asked:
        if taken := told_apart(tree, project.trees[to.removeprefix("tree/")], question):
            found.setdefault(question, set()).update(taken)
    return found


def told_apart(tree: Tree, other: Tree, id: str) -> set[frozenset[str]]:
    """The answers to a question of both, in sets that the other tree takes as one and the same."""
    alike: dict[frozenset[str], set[str]] = {}
    own, theirs = tree.questions.get(id), other.questions.get(id)
    if own and theirs and own.shared and theirs.shared:
        taken_as = meanings(tree, other, id)
        for answer in own.answer_ids():
            alike.setdefault(taken_as.get(answer, frozenset()), set()).add(answer)
    return {frozenset(answers) for answers in alike.values()}


def joined(one: dict, other: dict) -> dict[str, set[frozenset[str]]]:
    return {q: set(one.get(q, ())) | set(other.get(q, ())) for q in (*one, *(q for q in other if q not in one))}
