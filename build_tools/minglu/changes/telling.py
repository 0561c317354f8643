"""A tree and the same tree with a slip → a worked walk that arrives in the first and not in the second, the shortest there is.

Both are walked at once, answer by answer, until they end differently; the way there is then told in exact days, each on the
first or the last of its range (of the open one: on the first), and the walk names all that can be said of its end.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from minglu.changes.mutants import Mutant
from minglu.diagnostics import NOWHERE
from minglu.engine.bridge import place
from minglu.engine.dates import Calendar
from minglu.engine.labels import answer_label
from minglu.engine.outcome import outcome
from minglu.engine.walk import Step, Unfit, date_bands, taken, walk
from minglu.resolve.model import WorkedWalk
from minglu.verify.walked import findings

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


def told(tree: dict, answers: dict[str, str], today: date, calendar: Calendar) -> dict:
    """Of the engine's report what `verify/walked.py` looks at."""
    here = walk(tree, answers, today, calendar)
    at = place(tree, here)
    return {
        "problem": {"question": here.asking, "says": here.problem} if here.problem else None,
        "at": at,
        "path": [],
        "possible": [],
        "used": {step.question: step.answer for step in here.path},
        "outcome": outcome(tree, at["state"], here, today, calendar) if at["kind"] == "outcome" else None,
    }


def holds(worked: WorkedWalk, end: dict) -> bool:
    return not end["problem"] and next(findings(worked, end), None) is None


def telling(right: dict, wrong: dict, ways: list[tuple[Stop, ...]], calendar: Calendar) -> WorkedWalk | None:
    """A walk on one of the `ways` to ends that differ; None where none is found, which does not mean that there is none."""
    for stops in ways:
        for sides in sides_of(right, stops):
            for today in DAYS:
                answers = exact(right, stops, sides, today, calendar)
                if answers is None:
                    continue
                end = told(right, answers, today, calendar)
                worked = WorkedWalk(
                    name_of(right, stops), today.isoformat(), answers, arrives(end), "", {}, (), (), "", NOWHERE, {}
                )
                worked = all_said(worked, end, right)
                if holds(worked, end) and not holds(worked, told(wrong, answers, today, calendar)):
                    return worked
    return None


def sides_of(tree: dict, stops: tuple[Stop, ...]) -> Iterator[dict[str, str]]:
    """Where in their ranges the days and numbers lie: all far or all near, and then each alone at the other end, as a deadline may be counted from the earliest of several."""
    ranges = [stop.question for stop in stops if tree["questions"][stop.question]["kind"] != "choice"]
    for alone in (None, *ranges):
        for side, other in (("far", "near"), ("near", "far")):
            yield {id: other if id == alone else side for id in ranges}


def arrives(end: dict) -> str:
    return f"tree/{end['at']['id']}" if end["at"]["kind"] == "tree" else end["at"]["id"] or ""


def different(right: dict, wrong: dict, mutant: Mutant, near: frozenset[str]) -> Iterator[tuple[Stop, ...]]:
    """The ways to ends that are not the same, the shortest first, one to each pair of ends.

    `right` and `wrong` are the two trees as the engine reads them, unfolded on demand alike; `near` are the nodes that the slip's node lies ahead of.
    """
    states, others = right["states"], wrong["states"]
    queue: list[tuple[str, str, tuple[Stop, ...]]] = [(states.start, others.start, ())]
    seen = {queue[0][:2]}
    for here, there, stops in queue:
        if here not in states or "to" not in states[here]:
            if unlike(right, wrong, here, there):
                yield stops
            continue
        question = states[here]["node"]
        if there in others and states.places[here] == others.places[there] and question not in near:
            continue
        given = {stop.question: stop.answer for stop in stops}
        for answer, to in states[here]["to"].items():
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
    while at in states and states[at]["node"] in given and "to" in states[at]:
        at = states[at]["to"].get(given[states[at]["node"]], "nowhere")
    return at


def unlike(right: dict, wrong: dict, here: str, there: str) -> bool:
    """Whether a walk may say something of one end that does not hold of the other."""
    if here not in right["states"] or there not in wrong["states"]:
        return here != there
    if right["states"][here]["node"] != wrong["states"][there]["node"]:
        return True
    whole = right["outcomes"][right["states"][here]["node"]]
    one, other = shown(right, here), shown(wrong, there)
    ever = {article(cite) for cite in every_cite(whole)}
    return (
        one["standing"] != other["standing"]
        or one["deadlines"] != other["deadlines"]
        or bool(one["articles"] - other["articles"] or (other["articles"] - one["articles"]) & ever)
    )


def shown(tree: dict, state: str) -> dict:
    at = tree["states"][state]
    whole = tree["outcomes"][at["node"]]
    deadlines = [
        tuple(str(whole["deadlines"][index][key]) for key in ("id", "kind", "from", "within"))
        for index in at["items"]["deadlines"]
    ]
    return {
        "standing": whole["standing"],
        "deadlines": deadlines,
        "articles": {
            article(cite)
            for name, indexes in at["items"].items()
            for index in indexes
            for cite in whole[name][index].get("cite", ())
        },
    }


def every_cite(whole: dict) -> list[str]:
    return [
        cite for items in whole.values() if isinstance(items, list) for item in items for cite in item.get("cite", ())
    ]


@cache
def article(cite: str) -> str:
    """`消费者权益保护法 第24条第1款` → `消费者权益保护法 第24条`."""
    return re.match(r".*? 第\d+条(之[一二])?", cite)[0]


def exact(
    tree: dict, stops: tuple[Stop, ...], sides: dict[str, str], today: date, calendar: Calendar
) -> dict[str, str] | None:
    """The answers of the way in options, days and numbers; None where there is no such day."""
    answers: dict[str, str] = {}
    path: list[Step] = []
    for stop in stops:
        question = tree["questions"][stop.question]
        ids = [answer["id"] for answer in question["answers"]]
        band, limits = ids.index(stop.answer), [answer["limit"] for answer in question["answers"]]
        side = stop.side or (sides.get(stop.question) if limits[band] else "near")
        if question["kind"] == "choice":
            answers[stop.question] = stop.answer
        elif question["kind"] == "number":
            answers[stop.question] = limits[band] if side == "far" else str(int(limits[band - 1]) + 1 if band else 0)
        else:
            day = day_in(tree, question, band, side, path, today, calendar)
            if day is None:
                return None
            answers[stop.question] = day.isoformat()
        path.append(taken(tree, stop.question, answers[stop.question], path, today, calendar))
    return answers


def day_in(
    tree: dict, question: dict, band: int, side: str, path: list[Step], today: date, calendar: Calendar
) -> date | None:
    """The nearest or the furthest day in a band; the further a day, the higher its band."""

    def bands(back: int) -> int:
        try:
            first, last = date_bands(tree, question, today - timedelta(back), path, today, calendar)
            return first if first == last else last
        except Unfit:  # later than the day that it is counted to
            return -1

    nearest = bisect_left(range(FURTHEST), band, key=bands)
    furthest = bisect_left(range(FURTHEST), band + 1, key=bands) - 1
    return (
        today - timedelta(nearest if side == "near" else furthest)
        if nearest <= furthest < FURTHEST - (side == "far")
        else None
    )


def name_of(tree: dict, stops: tuple[Stop, ...]) -> str:
    """The last answers in words: what is particular about this reader."""
    return "；".join(answer_label(tree["questions"][stop.question], stop.answer) for stop in stops[-2:])


def all_said(worked: WorkedWalk, end: dict, tree: dict) -> WorkedWalk:
    """The walk with all that can be said of where it ends."""
    if end["outcome"] is None:
        return worked
    whole = tree["outcomes"][end["at"]["id"]]
    days = {one["id"]: f"{one['kind']} {one['date']}" if one["date"] else "none" for one in end["outcome"]["deadlines"]}
    deadlines = {one["id"]: days.get(one["id"], "absent") for one in whole["deadlines"]}
    cites = tuple(dict.fromkeys(map(article, end["outcome"]["cites"])))
    not_cites = tuple(one for one in dict.fromkeys(map(article, every_cite(whole))) if one not in cites)
    return replace(worked, standing=whole["standing"], deadlines=deadlines, cites=cites, not_cites=not_cites)
