"""Answers → where a reader stands: always replayed from the start, answers off the path left behind.

A tree here is the compiled JSON of DESIGN section 6. An answer is an option id, an ISO date, a number, a band id,
adjacent bands `first..last`, or `unsure`; what it leaves open makes the walk stand in several states at once.
"""

from dataclasses import dataclass, replace
from datetime import date

from .dates import Calendar, Period, band_of, parse_date

UNSURE = "unsure"
MOST_NUMBER = 100_000


class Unfit(Exception):
    """An answer that cannot be taken; its text is one sentence for the reader."""


@dataclass(frozen=True)
class Step:
    """One answered question: what was answered, the answer ids it may stand for, the exact date or number if one was given, and the states that asked."""

    question: str
    answer: str
    stands_for: tuple[str, ...]
    exact: date | int | None = None
    asked_at: tuple[str, ...] = ()


@dataclass(frozen=True)
class Walk:
    """`at` holds the states where the reader may be; `asking` is the question that is next, None at the end."""

    path: tuple[Step, ...]
    at: tuple[str, ...]
    asking: str | None
    problem: str | None = None

    def exact(self, question: str) -> date | int | None:
        return next((step.exact for step in self.path if step.question == question), None)


def walk(tree: dict, answers: dict[str, str], today: date, calendar: Calendar) -> Walk:
    """Replay `answers`, on `today` (a day in China). A problem stops the walk at the question whose answer is unfit."""
    at: tuple[str, ...] = (tree["start"],)
    path: list[Step] = []
    while (asking := pending(tree, at)) is not None and asking in answers:
        try:
            step = taken(tree, asking, answers[asking], path, today, calendar)
        except Unfit as unfit:
            return Walk(tuple(path), at, asking, str(unfit))
        path.append(replace(step, asked_at=tuple(state for state in at if state in tree["states"] and tree["states"][state]["node"] == asking)))
        at = onward(tree, at, asking, step.stands_for)
    return Walk(tuple(path), at, asking)


def pending(tree: dict, at: tuple[str, ...]) -> str | None:
    """The first question, in the tree's order, that is asked at one of these states."""
    nodes = {tree["states"][state]["node"] for state in at if state in tree["states"]}
    return next((question for question in tree["questions"] if question in nodes), None)


def onward(tree: dict, at: tuple[str, ...], asking: str, answers: tuple[str, ...]) -> tuple[str, ...]:
    """Where these answers lead from these states; states that do not ask the question are kept."""
    to: dict[str, None] = {}
    for state in at:
        here = tree["states"].get(state)
        if here and here["node"] == asking:
            to.update(dict.fromkeys(here["to"][answer] for answer in answers))
        else:
            to[state] = None
    return tuple(to)


def taken(tree: dict, id: str, answer: str, path: list[Step], today: date, calendar: Calendar) -> Step:
    question = tree["questions"][id]
    ids = tuple(one["id"] for one in question["answers"])
    if answer == UNSURE:
        return Step(id, answer, ids)
    if answer in ids:
        return Step(id, answer, (answer,))
    if question["kind"] == "choice":
        raise Unfit(f"“{short(answer)}”不是这个问题的选项，请重新选。")
    first, dots, last = answer.partition("..")
    if dots and first in ids and last in ids and ids.index(first) <= ids.index(last):
        return Step(id, answer, ids[ids.index(first) : ids.index(last) + 1])
    if question["kind"] == "number":
        number = parse_number(answer)
        return Step(id, answer, (ids[number_band(question, number)],), number)
    day = parse_day(answer, today)
    first_band, last_band = date_bands(question, day, path, today, calendar)
    return Step(id, answer, ids[first_band : last_band + 1], day)


def date_bands(question: dict, day: date, path: list[Step], today: date, calendar: Calendar) -> tuple[int, int]:
    """The first and last band that `day` may fall in; one and the same unless an earlier answer is inexact."""
    limits = [Period.parse(answer["limit"]) if answer["limit"] else None for answer in question["answers"]]
    soonest, latest = today, today
    if until := next((step for step in path if step.question == question["until"]), None):
        soonest, latest = (until.exact, until.exact) if until.exact else (day, today)
        if latest < day:
            raise Unfit("这一天晚于前面回答的日期，请检查这两个日期。")
    least, most = extra_days(question, path)
    first = 0 if most is None else band_of(day, soonest, limits, calendar, extra_days=most)
    return first, band_of(day, latest, limits, calendar, extra_days=least)


def extra_days(question: dict, path: list[Step]) -> tuple[int, int | None]:
    """Days that do not count (a number question), least and most; None where there may be any number of them."""
    plus = next((step for step in path if step.question == question["plus"]), None)
    if plus is None:
        return 0, 0 if not question["plus"] else None
    if plus.exact is not None:
        return plus.exact, plus.exact
    return 0, None


def number_band(question: dict, number: int) -> int:
    limits = [answer["limit"] for answer in question["answers"]]
    return next(index for index, limit in enumerate(limits) if limit is None or number <= int(limit))


def parse_number(answer: str) -> int:
    if not (answer.isascii() and answer.isdigit() and len(answer) <= 6 and int(answer) <= MOST_NUMBER):
        raise Unfit(f"“{short(answer)}”不是 0 到 {MOST_NUMBER} 之间的整数，请重新填。")
    return int(answer)


def parse_day(answer: str, today: date) -> date:
    try:
        day = parse_date(answer)
    except ValueError as error:
        raise Unfit(f"{error}，请重新选。") from None
    if day > today:
        raise Unfit("这一天还没有到，请检查日期。")
    if day.year < 1990:
        raise Unfit("这一天太早了，请检查年份。")
    return day


def short(answer: str) -> str:
    return answer if len(answer) <= 20 else answer[:20] + "…"
