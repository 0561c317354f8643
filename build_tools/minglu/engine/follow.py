"""Answers → where they lead over all trees: a hand-over carries every answer, and the walk goes on while they do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .contract import Arrival, CompiledQuestion, CompiledTree, arrival_of
from .dates import Calendar
from .labels import UNSURE, band_stretch
from .walk import Walk, own_answer, walk

MOST_LEGS = 50  # trees that hand over to one another for ever are for `verify` to report


@dataclass(frozen=True)
class Leg:
    """The part of a walk in one tree. `answers` are those that it was walked with, `carried` those of them that a tree
    before it told.
    """

    tree: str
    answers: dict[str, str]
    carried: dict[str, str]
    here: Walk


def follow(
    trees: Mapping[str, CompiledTree], start: str, answers: Mapping[str, str], *, today: date, calendar: Calendar
) -> list[Leg]:
    """From the tree `start` on. A name that several trees use for questions of their own answers the first that asks
    it. The walk stops where it ends, where an answer is missing or unfit, where it stands in several states, and at a
    tree that is not there.
    """
    legs: list[Leg] = []
    id, case, carried = start, dict(answers), dict[str, str]()
    while len(legs) < MOST_LEGS:
        tree = trees[id]
        here = walk(tree, case, today, calendar)
        legs.append(Leg(id, case, carried, here))
        over = arrival_of(here.at[0]) if here.asking is None and len(here.at) == 1 else None
        if over is None or over.tree not in trees:
            break
        id, carried = over.tree, carried_over(tree, here, over, before=carried)
        case = {**not_yet_asked(here, case), **taken_answers(trees[id], carried)}
    return legs


def carried_over(tree: CompiledTree, here: Walk, over: Arrival, *, before: Mapping[str, str]) -> dict[str, str]:
    """Every answer to a shared question that has been told so far: on the path, or carried here by the trees before
    this one. What the hand-over says stands in for what is not told.
    """
    told, own = dict(over.carries), tree.others[over.tree].own
    for id, answer in {**before, **{step.question: step.answer for step in here.path}}.items():
        carried = carried_answer(tree.questions[id], answer) if id in tree.questions else answer
        if carried is not None and id not in own:
            told[id] = carried
    return told


def carried_answer(question: CompiledQuestion, answer: str) -> str | None:
    """How an answer is carried; None where it says nothing elsewhere: a range, or an answer to this tree's own."""
    if not question.shared:
        return None
    if question.kind in ("choice", "several") or band_stretch(question.answer_ids(), answer) is None:
        return answer
    return question.carries.get(answer)


def taken_answers(tree: CompiledTree, carried: Mapping[str, str]) -> dict[str, str]:
    """What is carried, without what this tree asks and does not take: there it asks again."""
    return {
        id: answer
        for id, answer in carried.items()
        if id not in tree.questions or takes_answer(tree.questions[id], answer)
    }


def takes_answer(question: CompiledQuestion, answer: str) -> bool:
    """Whether what another tree carries is an answer here. A range that is not taken begins with a hyphen."""
    if answer == UNSURE or band_stretch(question.answer_ids(), own_answer(question, answer)):
        return True
    return question.kind != "choice" and not answer.startswith("-")


def not_yet_asked(here: Walk, case: Mapping[str, str]) -> dict[str, str]:
    """The answers that other trees may still ask for: what was asked here is done with."""
    asked = {step.question for step in here.path}
    return {id: answer for id, answer in case.items() if id not in asked}
