"""A walk → what another answer would have led to, everything else equal."""

from datetime import date

from .contract import CompiledTree
from .dates import Calendar
from .labels import answer_label
from .report import OtherEnd, WhatIf
from .walk import Step, Walk, after, walk
from .words import engine_words


def what_if(tree: CompiledTree, here: Walk, today: date, calendar: Calendar) -> list[WhatIf]:
    """For each question on the path, each other answer whose end differs. First those that the other side disputes;
    then from the last question back, as the first ones are what nobody argues about. What ends stands before what
    only leads to a further question.
    """
    answers = {step.question: step.answer for step in here.path}
    disputed = disputed_questions(tree, here)
    found = []
    behind = Walk((), (tree.start,), None)
    for step in here.path:
        for other in other_answers(tree, step):
            there = walk(tree, answers | {step.question: other}, today, calendar, behind)
            if there.problem is None and set(there.at) != set(here.at):
                shown = answer_label(tree.questions[step.question], other)
                found.append(WhatIf(step.question, other, shown, other_end(tree, there), step.question in disputed))
        behind = after(tree, behind, step)
    place = {step.question: index for index, step in enumerate(here.path)}
    return sorted(
        found,
        key=lambda one: (
            disputed.index(one.question) if one.disputed else len(disputed),
            -place[one.question],
            one.leads_to.kind == "question",
        ),
    )


def disputed_questions(tree: CompiledTree, here: Walk) -> tuple[str, ...]:
    """Those of the outcomes that the walk ended in."""
    ends = (end_node(tree, state) for state in here.at)
    return tuple(dict.fromkeys(question for end in ends for question in tree.disputed.get(end, ())))


def other_answers(tree: CompiledTree, step: Step) -> list[str]:
    """The other options; of bands, those that lead elsewhere in some state, adjacent ones merged."""
    question = tree.questions[step.question]
    if question.kind == "choice":
        return [id for id in question.answer_ids() if id not in step.stands_for]
    states = [tree.states[state] for state in step.asked_at]
    groups: list[list[str]] = []
    for id in question.answer_ids():
        if id in step.stands_for:
            groups.append([])
        elif groups and groups[-1] and all(state.to[groups[-1][-1]] == state.to[id] for state in states):
            groups[-1].append(id)
        else:
            groups.append([id])
    return [group[0] if len(group) == 1 else f"{group[0]}..{group[-1]}" for group in groups if group]


def other_end(tree: CompiledTree, there: Walk) -> OtherEnd:
    if there.asking:
        return OtherEnd("question", there.asking, tree.questions[there.asking].ask)
    nodes = list(dict.fromkeys(end_node(tree, state) for state in there.at))
    if len(nodes) > 1:
        return OtherEnd("several", None, engine_words("end.several", count=len(nodes)))
    if nodes[0].startswith("tree/"):
        other = nodes[0].removeprefix("tree/")
        return OtherEnd("tree", other, tree.others[other].title)
    outcome = tree.outcomes[nodes[0]]
    return OtherEnd("outcome", outcome.id, outcome.title, outcome.standing)


def end_node(tree: CompiledTree, state: str) -> str:
    """The outcome of a state, or `tree/<id>`."""
    return tree.states[state].node if state in tree.states else state.partition("#")[0]
