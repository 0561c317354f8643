"""A tree and the same tree with a slip → a worked walk that arrives in the first and not in the second, the shortest there is.

Both are walked at once, answer by answer, until they end differently; the way there is then told in exact days, each on the
first or the last of its range (of the open one: on the first), and the walk names all that can be said of its end.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from minglu.changes.mutants import Mutant
from minglu.diagnostics import NOWHERE
from minglu.engine.contract import (
    CompiledOutcome,
    CompiledQuestion,
    CompiledStart,
    CompiledStatement,
    CompiledTree,
    shown_items,
)
from minglu.engine.dates import Calendar
from minglu.engine.labels import answer_label
from minglu.engine.walk import Given, Unfit, date_bands, take_answer
from minglu.resolve.model import WorkedWalk
from minglu.verify.walked import WalkEnd, end_name, walk_end, wrong_claims

DAYS = tuple(
    date.fromisoformat(day)
    for day in (
        "2026-11-16",
        "2026-11-17",
        "2026-11-18",
        "2026-11-19",
        "2026-11-20",
        "2026-08-17",
        "2026-05-20",
        "2026-03-18",
        "2026-01-30",
    )
)
"""A day of each kind: a slip of one day must not be hidden by a rest day, nor one of a month by the month's length."""
FURTHEST = 1500  # days back from today that an answer is looked for
MOST_ENDS = 24  # different ends that are told in days before the search is given up


@dataclass(frozen=True)
class Stop:
    """One answer on the way. `side` is where in a range: `far` from the day it is counted to, or `near`; "" is either."""

    question: str
    answer: str
    side: str = ""


def holds(worked: WorkedWalk, end: WalkEnd, tree: CompiledTree) -> bool:
    return not end.here.problem and next(wrong_claims(worked, end, tree), None) is None


def telling(
    right: CompiledTree, wrong: CompiledTree, ways: list[tuple[Stop, ...]], calendar: Calendar
) -> WorkedWalk | None:
    """A walk on one of the `ways` to ends that differ; None where none is found, which does not mean that there is none."""
    for stops in ways:
        for sides in sides_of(right, stops):
            for today in DAYS:
                answers = exact_answers(right, stops, sides, today=today, calendar=calendar)
                if answers is None:
                    continue
                end = walk_end(right, answers, today, calendar)
                worked = WorkedWalk(
                    name_of(right, stops), today.isoformat(), answers, end_name(end.at), "", {}, (), (), "", NOWHERE, {}
                )
                worked = all_said(worked, end, right)
                other = walk_end(wrong, answers, today, calendar)
                if holds(worked, end, right) and not holds(worked, other, wrong):
                    return worked
    return None


def sides_of(tree: CompiledTree, stops: tuple[Stop, ...]) -> Iterator[dict[str, str]]:
    """Where in their ranges the days and numbers lie: all far or all near, and then each alone at the other end, as a deadline may be counted from the earliest of several."""
    ranges = [stop.question for stop in stops if tree.questions[stop.question].kind != "choice"]
    for alone in (None, *ranges):
        for side, other in (("far", "near"), ("near", "far")):
            yield {id: other if id == alone else side for id in ranges}


def different(
    right: CompiledTree, wrong: CompiledTree, mutant: Mutant, near: frozenset[str]
) -> Iterator[tuple[Stop, ...]]:
    """The ways to ends that are not the same, the shortest first, one to each pair of ends.

    `right` and `wrong` are the two trees as the engine reads them, unfolded on demand alike; `near` are the nodes that the slip's node lies ahead of.
    """
    states, others = right.states, wrong.states
    queue: list[tuple[str, str, tuple[Stop, ...]]] = [(states.start, others.start, ())]
    seen = {queue[0][:2]}
    for here, there, stops in queue:
        if here not in states or not states[here].to:
            if unlike(right, wrong, here, there):
                yield stops
            continue
        question = states[here].node
        if there in others and states.places[here] == others.places[there] and question not in near:
            continue
        given = {stop.question: stop.answer for stop in stops}
        for answer, to in states[here].to.items():
            for now, side in slips(mutant, question, answer):
                pair = to, onward(others, there, given | {question: now})
                if pair not in seen:
                    seen.add(pair)
                    queue.append((*pair, (*stops, Stop(question, answer, side))))


def slips(mutant: Mutant, question: str, answer: str) -> Iterator[tuple[str, str]]:
    """What an answer is taken for in the tree with the slip, and where in its range it must lie for that."""
    kept = question != mutant.node or any(one.id == answer for one in mutant.tree.questions[question].answers)
    at_limit = question == mutant.node and mutant.moved and mutant.moved[0] == answer
    if at_limit and mutant.kind == "limit":
        ids = [one.id for one in mutant.tree.questions[question].answers]
        yield mutant.moved[1], "far" if ids.index(mutant.moved[0]) < ids.index(mutant.moved[1]) else "near"
    elif at_limit:
        yield mutant.moved[1], ""
    if kept or not at_limit:
        yield answer, ""


def onward(states, at: str, given: dict[str, str]) -> str:
    """Where these answers lead from `at`; an option that is there no more leads nowhere."""
    while at in states and states[at].node in given and states[at].to:
        at = states[at].to.get(given[states[at].node], "nowhere")
    return at


def unlike(right: CompiledTree, wrong: CompiledTree, here: str, there: str) -> bool:
    """Whether a walk may say something of one end that does not hold of the other."""
    if here not in right.states or there not in wrong.states:
        return here != there
    if right.states[here].node != wrong.states[there].node:
        return True
    one, other = claims_of(right, here), claims_of(wrong, there)
    ever = {article_of(cite) for cite in every_cite(right.outcomes[right.states[here].node])}
    articles, others = one.articles, other.articles
    alike = one.standing == other.standing and one.deadlines == other.deadlines
    return not alike or bool(articles - others or (others - articles) & ever)


@dataclass(frozen=True)
class Claims:
    """What a walk can say of an end, days left aside."""

    standing: str
    deadlines: tuple[tuple[str, str, CompiledStart, str], ...]
    articles: frozenset[str]


def claims_of(tree: CompiledTree, state: str) -> Claims:
    at = tree.states[state]
    outcome = tree.outcomes[at.node]
    shown = [item for _, item in shown_items(outcome, at)]
    deadlines = (outcome.deadlines[index] for index in at.items["deadlines"])
    articles = (article_of(cite) for item in shown if isinstance(item, CompiledStatement) for cite in item.cite)
    return Claims(
        outcome.standing, tuple((one.id, one.kind, one.start, one.within) for one in deadlines), frozenset(articles)
    )


def every_cite(outcome: CompiledOutcome) -> list[str]:
    items = (item for items in outcome.lists().values() for item in items)
    return [cite for item in items if isinstance(item, CompiledStatement) for cite in item.cite]


@lru_cache(maxsize=4096)
def article_of(cite: str) -> str:
    """`消费者权益保护法 第24条第1款` → `消费者权益保护法 第24条`."""
    return re.match(r".*? 第\d+条(之[一二])?", cite)[0]


def exact_answers(
    tree: CompiledTree, stops: tuple[Stop, ...], sides: dict[str, str], *, today: date, calendar: Calendar
) -> dict[str, str] | None:
    """The answers of the way in options, days and numbers; None where there is no such day."""
    answers: dict[str, str] = {}
    given = Given(tree, (), today, calendar)
    for stop in stops:
        question = tree.questions[stop.question]
        band = question.answer_ids().index(stop.answer)
        limit, before = question.answers[band].limit, question.answers[band - 1].limit if band else None
        side = stop.side or (sides.get(stop.question, "near") if limit else "near")
        if question.kind == "choice":
            answers[stop.question] = stop.answer
        elif question.kind == "number":
            first = int(before) + 1 if before is not None else 0
            answers[stop.question] = limit if side == "far" and limit else str(first)
        else:
            day = day_in_band(given, question, band, side)
            if day is None:
                return None
            answers[stop.question] = day.isoformat()
        given = replace(given, path=(*given.path, take_answer(given, question, answers[stop.question])))
    return answers


def day_in_band(given: Given, question: CompiledQuestion, band: int, side: str) -> date | None:
    """The nearest or the furthest day in a band; the further a day, the higher its band."""

    def bands(back: int) -> int:
        try:
            _, last = date_bands(given, question, given.today - timedelta(back))
            return last
        except Unfit:  # later than the day that it is counted to
            return -1

    nearest = bisect_left(range(FURTHEST), band, key=bands)
    furthest = bisect_left(range(FURTHEST), band + 1, key=bands) - 1
    if not nearest <= furthest < FURTHEST - (side == "far"):
        return None
    return given.today - timedelta(nearest if side == "near" else furthest)


def name_of(tree: CompiledTree, stops: tuple[Stop, ...]) -> str:
    """The last answers in words: what is particular about this reader."""
    return "；".join(answer_label(tree.questions[stop.question], stop.answer) for stop in stops[-2:])


def all_said(worked: WorkedWalk, end: WalkEnd, tree: CompiledTree) -> WorkedWalk:
    """The walk with all that can be said of where it ends."""
    if end.at.kind != "outcome":
        return worked
    outcome = tree.outcomes[end.at.id or ""]
    days = {id: f"{kind} {day}" if day else "none" for id, (kind, day) in end.deadlines.items()}
    deadlines = {one.id: days.get(one.id, "absent") for one in outcome.deadlines}
    cites = tuple(dict.fromkeys(map(article_of, end.cites)))
    not_cites = tuple(one for one in dict.fromkeys(map(article_of, every_cite(outcome))) if one not in cites)
    return replace(worked, standing=outcome.standing, deadlines=deadlines, cites=cites, not_cites=not_cites)
