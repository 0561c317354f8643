"""A reader's answer to a date question → the first and the last day that it may stand for."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .walk import EARLIEST_YEAR, Given, Unfit, date_bands


@dataclass(frozen=True)
class DayRange:
    """Both days are in it."""

    first: date
    last: date

    def is_one_day(self) -> bool:
        return self.first == self.last


def exactly(day: date) -> DayRange:
    return DayRange(day, day)


def later_by(days: DayRange, plus: int) -> DayRange:
    return DayRange(days.first + timedelta(plus), days.last + timedelta(plus))


def earliest_range(ranges: Sequence[DayRange]) -> DayRange:
    """Where the earliest of a day of each may lie."""
    return DayRange(min(one.first for one in ranges), min(one.last for one in ranges))


def latest_range(ranges: Sequence[DayRange]) -> DayRange:
    return DayRange(max(one.first for one in ranges), max(one.last for one in ranges))


def day_range(given: Given, question: str) -> DayRange | None:
    """None for what was not asked, or where no day fits."""
    step, asked = given.step(question), given.tree.questions.get(question)
    if step is None or asked is None or asked.kind != "date":
        return None
    if isinstance(step.exact, date):
        return exactly(step.exact)
    ids = asked.answer_ids()
    first, last = ids.index(step.stands_for[0]), ids.index(step.stands_for[-1])

    def bands(back: int) -> tuple[int, int]:
        try:
            return date_bands(given, asked, given.today - timedelta(back))
        except Unfit:  # later than the day that it is counted to
            return -1, -1

    days = range((given.today - date(EARLIEST_YEAR, 1, 1)).days + 1)
    nearest = bisect_left(days, first, key=lambda back: bands(back)[1])
    furthest = bisect_left(days, last + 1, key=lambda back: bands(back)[0]) - 1
    if nearest > furthest:
        return None
    return DayRange(given.today - timedelta(furthest), given.today - timedelta(nearest))
