"""A tree and the same tree with a slip → a witness: a worked walk that arrives in the first and not in the second, the
shortest there is.

Both are walked at once, answer by answer, until they end differently; the answers on the way there are then made exact
days, each the first or the last of its range (of the open one: the first), and the walk claims all that can be claimed
of its end.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from minglu.changes.lazy_states import LazyStates, LazyTree
from minglu.changes.mutants import Mutant
from minglu.diagnostics import NOWHERE
from minglu.engine.contract import (
    CompiledAmount,
    CompiledDeadline,
    CompiledOutcome,
    CompiledQuestion,
    CompiledStart,
    CompiledStatement,
)
from minglu.engine.dates import Calendar
from minglu.engine.labels import DONE, NONE_TICKED, UNSURE, answer_label, ticks_of
from minglu.engine.money import CENT
from minglu.engine.outcome import shown_by_ticks
from minglu.engine.walk import Given, Step, Unfit, Walk, date_bands, fixed_band_days, has_fixed_days, take_answer
from minglu.resolve.model import WorkedWalk
from minglu.verify.matters import tick_tests
from minglu.verify.walked import WalkEnd, end_name, walk_end, written_days, written_sum, wrong_claims

WITNESS_DAYS = tuple(
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
LARGE = 1000  # how far into an open range of numbers one is looked for at last
MOST_WAYS = 24  # to ends that differ, tried in exact days before the search is given up


@dataclass(frozen=True)
class WitnessStep:
    """One answer on the way. `side` is where in a range: `far` from the day it is counted to, or `near`; "" is
    either. At a question with ticks it is what is ticked, "" where that is left open.
    """

    question: str
    answer: str
    side: str = ""


WitnessWay = tuple[WitnessStep, ...]


def walk_holds(worked: WorkedWalk, end: WalkEnd, tree: LazyTree) -> bool:
    return not end.here.problem and next(wrong_claims(worked, end, tree.compiled, {}), None) is None


def find_witness(right: LazyTree, wrong: LazyTree, ways: list[WitnessWay], calendar: Calendar) -> WorkedWalk | None:
    """A walk on one of the `ways` to ends that differ; None where none is found, which does not mean that there is
    none.
    """
    for way in ways:
        for sides in sides_of(right, way):
            for today in WITNESS_DAYS:
                answers = exact_answers(right, way, sides, today=today, calendar=calendar)
                if answers is None:
                    continue
                end = walk_end(right.compiled, answers, today, calendar)
                worked = with_all_claims(bare_walk(right, way, answers, today=today, end=end), end, right)
                other = walk_end(wrong.compiled, answers, today, calendar)
                if walk_holds(worked, end, right) and not walk_holds(worked, other, wrong):
                    return worked
    return None


def bare_walk(tree: LazyTree, way: WitnessWay, answers: dict[str, str], *, today: date, end: WalkEnd) -> WorkedWalk:
    """The walk with no claim but where it arrives."""
    return WorkedWalk(
        name=witness_name(tree, way),
        today=today.isoformat(),
        answers=answers,
        arrives=end_name(end.at),
        standing="",
        deadlines={},
        amounts={},
        cites=(),
        not_cites=(),
        story="",
        at=NOWHERE,
        places={},
    )


def sides_of(tree: LazyTree, way: WitnessWay) -> Iterator[dict[str, str]]:
    """Where in their ranges the days and numbers lie: all far or all near, then each alone at the other end, as a
    deadline may be counted from the earliest of several, and last with large numbers where a range is open, so that an
    amount exceeds what it is at least.
    """
    kinds = {step.question: tree.compiled.questions[step.question].kind for step in way}
    ranges = [id for id, kind in kinds.items() if kind not in ("choice", "several")]
    for alone in (None, *ranges):
        for side, other in (("far", "near"), ("near", "far")):
            yield {id: other if id == alone else side for id in ranges}
    yield dict.fromkeys(ranges, "beyond")


def differing_ways(right: LazyTree, wrong: LazyTree, mutant: Mutant, *, near: frozenset[str]) -> Iterator[WitnessWay]:
    """The ways to ends that are not the same, the shortest first, one to each pair of ends.

    `right` and `wrong` are the two trees, unfolded on demand alike; `near` are the nodes from which a reader may still
    come to the slip's node.
    """
    states, others = right.states, wrong.states
    queue: list[tuple[str, str, WitnessWay]] = [(states.start, others.start, ())]
    ticked = tick_answers(right, mutant)
    seen: set[tuple[str, str, WitnessWay]] = set()
    for here, there, way in queue:
        if here not in states or not states[here].to:
            if ends_differ(right, wrong, here, there, way):
                yield way
            continue
        question = states[here].node
        if there in others and states.raw[here] == others.raw[there] and question not in near:
            continue
        given = {step.question: step.answer for step in way}
        for answer, to in states[here].to.items():
            for now, side in readings(mutant, question, answer, ticked.get(question, ("",))):
                pair, longer = (
                    (to, followed(others, there, given | {question: now})),
                    WitnessStep(question, answer, side),
                )
                ticks = tuple(step for step in (*way, longer) if step.question in ticked)
                if (*pair, ticks) not in seen:
                    seen.add((*pair, ticks))
                    queue.append((*pair, (*way, longer)))


def tick_answers(tree: LazyTree, mutant: Mutant) -> dict[str, tuple[str, ...]]:
    """What a witness may tick, nothing, one or all, at each question whose ticks the outcome with the slip looks at."""
    outcome = mutant.tree.outcomes.get(mutant.node)
    items = (item for items in outcome.groups().values() for item in items) if outcome else ()
    asked = dict.fromkeys(test.question for item in items for test in tick_tests(item.guard.ticks))
    offered = {id: [tick.id for tick in tree.compiled.questions[id].ticks] for id in asked}
    return {id: tuple(dict.fromkeys((NONE_TICKED, *ticks, ".".join(ticks)))) for id, ticks in offered.items()}


def readings(mutant: Mutant, question: str, answer: str, sides: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """What an answer is taken for in the tree with the slip, and where in its range it must lie for that; of a question
    with ticks, what is ticked: one of the `sides`.
    """
    if question == mutant.node and mutant.moved and mutant.moved[0] == answer:
        was, now = mutant.moved
        ids = [one.id for one in mutant.tree.questions[question].answers]
        if mutant.kind == "limit":
            yield now, "far" if ids.index(was) < ids.index(now) else "near"
        else:
            yield now, ""
        if answer not in ids:
            return
    yield from ((answer, side) for side in sides)


def followed(states: LazyStates, at: str, given: dict[str, str]) -> str:
    """Where these answers lead from `at`; an option that is there no more leads nowhere."""
    while at in states and states[at].node in given and states[at].to:
        at = states[at].to.get(given[states[at].node], "nowhere")
    return at


def ends_differ(right: LazyTree, wrong: LazyTree, here: str, there: str, way: WitnessWay) -> bool:
    """Whether a walk on this way may claim something of one end that does not hold of the other."""
    if here not in right.states or there not in wrong.states:
        return here != there
    if right.states[here].node != wrong.states[there].node:
        return True
    one, other = end_claims(right, here, way), end_claims(wrong, there, way)
    ever = {article_part(cite) for cite in every_cite(right.compiled.outcomes[right.states[here].node])}
    articles, others = one.articles, other.articles
    alike = (one.standing, one.deadlines, one.amounts) == (other.standing, other.deadlines, other.amounts)
    return not alike or bool(articles - others or (others - articles) & ever)


@dataclass(frozen=True)
class EndClaims:
    """What a walk can claim of an end, days left aside."""

    standing: str
    deadlines: tuple[tuple[str, str, CompiledStart, str, str | None], ...]
    amounts: tuple[CompiledAmount, ...]
    articles: frozenset[str]


def end_claims(tree: LazyTree, state: str, way: WitnessWay) -> EndClaims:
    at = tree.states[state]
    outcome = tree.compiled.outcomes[at.node]
    ticked = Walk(tuple(ticked_step(step) for step in way), (), None)
    shown = [item for items in shown_by_ticks(outcome, at, ticked).values() for item in items]
    return EndClaims(
        outcome.standing,
        tuple(
            (one.id, one.kind, one.start, one.within, one.met_by) for one in shown if isinstance(one, CompiledDeadline)
        ),
        tuple(bare_amount(one) for one in shown if isinstance(one, CompiledAmount)),
        frozenset(article_part(cite) for item in shown if isinstance(item, CompiledStatement) for cite in item.cite),
    )


def bare_amount(item: CompiledAmount) -> CompiledAmount:
    """How it is reckoned, without its words and articles."""
    return replace(item, when="", says="", label="", cite=(), basis="")


def ticked_step(step: WitnessStep) -> Step:
    ticks = frozenset(ticks_of(step.side)) if step.side and step.answer == DONE else None
    return Step(step.question, step.answer, (), ticked=ticks)


def every_cite(outcome: CompiledOutcome) -> list[str]:
    items = (item for items in outcome.lists().values() for item in items)
    return [cite for item in items if isinstance(item, CompiledStatement) for cite in item.cite]


@lru_cache(maxsize=4096)
def article_part(cite: str) -> str:
    """`消费者权益保护法 第24条第1款` → `消费者权益保护法 第24条`."""
    found = re.match(r".*? 第\d+条(之[一二])?", cite)
    return found[0] if found else cite


def exact_answers(
    tree: LazyTree, way: WitnessWay, sides: dict[str, str], *, today: date, calendar: Calendar
) -> dict[str, str] | None:
    """The answers of the way in options, days and numbers; None where there is no such day."""
    answers: dict[str, str] = {}
    given = Given(tree.compiled, (), today, calendar)
    for step in way:
        question = tree.compiled.questions[step.question]
        answer = exact_answer(given, question, step, sides)
        if answer is None:
            return None
        answers[step.question] = answer
        given = replace(given, path=(*given.path, take_answer(given, question, answer)))
    return answers


def exact_answer(given: Given, question: CompiledQuestion, step: WitnessStep, sides: dict[str, str]) -> str | None:
    if question.kind == "choice":
        return step.answer
    band = question.answer_ids().index(step.answer)
    limit, before = question.answers[band].limit, question.answers[band - 1].limit if band else None
    side = step.side or (sides.get(step.question, "near") if limit else "near")
    if question.kind == "several":
        return step.side or UNSURE
    beyond = step.side == "" and sides.get(step.question) == "beyond"
    if question.kind == "number":
        first = int(before) + 1 if before is not None else 0
        return limit if side == "far" and limit else str(first + LARGE if beyond and not limit else first)
    if question.kind == "money":
        least = Decimal(before) + CENT if before is not None else CENT
        return limit if side == "far" and limit else str(least + LARGE if beyond and not limit else least)
    day = day_in_band(given, question, band, "near" if side == "beyond" else side)
    return day.isoformat() if day else None


def day_in_band(given: Given, question: CompiledQuestion, band: int, side: str) -> date | None:
    """The nearest or the furthest day in a band; the further a day, the higher its band, unless bands lie before fixed
    days.
    """
    if has_fixed_days(question):
        first, last = fixed_band_days(question, band, band)
        first, last = max(first, given.today - timedelta(FURTHEST)), min(last, given.today)
        return (last if side == "near" else first) if first <= last else None

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


def witness_name(tree: LazyTree, way: WitnessWay) -> str:
    """The last answers in words: what is particular about this reader."""
    return "；".join(answer_label(tree.compiled.questions[step.question], step.answer) for step in way[-2:])


def with_all_claims(worked: WorkedWalk, end: WalkEnd, tree: LazyTree) -> WorkedWalk:
    """The walk with all that can be claimed of where it ends."""
    if end.at.kind != "outcome":
        return worked
    outcome = tree.compiled.outcomes[end.at.id or ""]
    days = {id: written_days(*shown)[-1] for id, shown in end.deadlines.items()}
    deadlines = {one.id: days.get(one.id, "absent") for one in outcome.deadlines}
    cites = tuple(dict.fromkeys(map(article_part, end.cites)))
    not_cites = tuple(one for one in dict.fromkeys(map(article_part, every_cite(outcome))) if one not in cites)
    sums = {id: written_sum(sum) for id, sum in end.amounts.items()}
    amounts = {one.id: sums.get(one.id, "absent") for one in outcome.amounts}
    return replace(
        worked,
        standing=outcome.standing,
        deadlines=deadlines,
        amounts=amounts,
        cites=cites,
        not_cites=not_cites,
    )
