"""Answers → where a reader stands: always replayed from the start, answers off the path left behind.

A tree here is the compiled JSON of docs/contribute/engine.md. An answer is an option id, an ISO date, a number, a band id,
adjacent bands `first..last`, or `unsure`; what it leaves open makes the walk stand in several states at once.
"""

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date, timedelta

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
        path.append(
            replace(
                step,
                asked_at=tuple(
                    state for state in at if state in tree["states"] and tree["states"][state]["node"] == asking
                ),
            )
        )
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
    first_band, last_band = date_bands(tree, question, day, path, today, calendar)
    return Step(id, answer, ids[first_band : last_band + 1], day)


def date_bands(
    tree: dict, question: dict, day: date, path: list[Step], today: date, calendar: Calendar
) -> tuple[int, int]:
    """The first and last band that `day` may fall in; one and the same unless an earlier answer is inexact."""
    limits = [Period.parse(answer["limit"]) if answer["limit"] else None for answer in question["answers"]]
    soonest, latest = until_days(tree, question, day, path, today, calendar)
    if latest < max(day, soonest):
        raise Unfit("这一天晚于前面回答的日期，请检查这两个日期。")
    least, most = extra_days(tree, question, path)
    first = 0 if most is None else band_of(day, soonest, limits, calendar, extra_days=most)
    return first, band_of(day, latest, limits, calendar, extra_days=least)


def until_days(
    tree: dict, question: dict, day: date, path: list[Step], today: date, calendar: Calendar
) -> tuple[date, date]:
    """The soonest and latest day, no sooner than `day`, that the band is counted to. The later a day, the lower its band."""
    until = next((step for step in path if step.question == question["until"]), None)
    if until is None:
        return today, today
    if until.exact:
        return until.exact, until.exact
    asked = tree["questions"][until.question]
    ids = [answer["id"] for answer in asked["answers"]]
    first, last = ids.index(until.stands_for[0]), ids.index(until.stands_for[-1])

    def bands(later: int) -> tuple[int, int]:
        try:
            return date_bands(tree, asked, day + timedelta(days=later), path, today, calendar)
        except Unfit:  # later than the day that it is counted to itself
            return -1, -1

    later = range((today - day).days + 1)
    soonest = bisect_left(later, True, key=lambda days: bands(days)[0] <= last)
    beyond = bisect_left(later, True, key=lambda days: bands(days)[1] < first)
    return day + timedelta(days=soonest), day + timedelta(days=beyond - 1)


def extra_days(tree: dict, question: dict, path: list[Step]) -> tuple[int, int | None]:
    """Days that do not count (a number question), least and most; None where there may be any number of them."""
    plus = next((step for step in path if step.question == question["plus"]), None)
    if plus is None:
        return 0, 0 if not question["plus"] else None
    if plus.exact is not None:
        return plus.exact, plus.exact
    bands = tree["questions"][plus.question]["answers"]
    ids = [band["id"] for band in bands]
    first, most = ids.index(plus.stands_for[0]), bands[ids.index(plus.stands_for[-1])]["limit"]
    return int(bands[first - 1]["limit"]) + 1 if first else 0, None if most is None else int(most)


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
