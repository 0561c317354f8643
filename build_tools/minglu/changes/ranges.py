"""The bands of one question in two trees → the ranges that either distinguishes: a limit moved by a day leaves exactly
that day between.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from minglu.engine.dates import Calendar, Period, day_before_which, deadline
from minglu.engine.labels import answer_label, date_range, money_range, number_range, spaced_unit
from minglu.engine.money import CENT
from minglu.resolve.model import Question

CYCLE = 4 * 365 + 1  # days, a leap year among them


LastDays = dict[str, int]
"""The last day of each limit, as a number of days; of a limit of numbers, the number; of sums, in cents."""


@dataclass(frozen=True)
class Cell:
    """One answer that a reader may give to a question of both trees: its id in each, None where that tree has no such
    answer.
    """

    old: str | None
    new: str | None
    label: str


def cells_of_bands(old: Question, new: Question, calendar: Calendar) -> tuple[Cell, ...]:
    """Every pair of bands that some day or number falls into, from near to far.

    Limits of different units have no fixed order (a month may be shorter or longer than 30 days): what can happen is
    read off real days, four years of starts under the calendar's holidays.
    """
    before, after = (
        tuple(answer.limit for answer in question.answers if answer.limit is not None) for question in (old, new)
    )
    if before == after:
        pairs = [(index, index) for index in range(len(new.answers))]
        rows: list[LastDays] = []
    else:
        limits = tuple(dict.fromkeys((*before, *after)))
        rows = last_values(limits, new.kind, calendar)
        pairs = sorted(
            {
                bands
                for row in rows
                for bands in bands_in_common([row[limit] for limit in before], [row[limit] for limit in after])
            },
            key=lambda bands: (bands[1], bands[0]),
        )
    return tuple(
        Cell(old.answers[one].id, new.answers[other].id, cell_label((old, one), (new, other), rows))
        for one, other in pairs
    )


def last_values(limits: tuple[str, ...], kind: str, calendar: Calendar) -> list[LastDays]:
    if kind == "number":
        return [{limit: int(limit) for limit in limits}]
    if kind == "money":
        return [{limit: int(Decimal(limit) / CENT) for limit in limits}]
    fixed = {limit: day for limit in limits if (day := day_before_which(limit))}
    if fixed:
        return [{limit: day.toordinal() - 1 for limit, day in fixed.items()}]
    return last_days(limits, calendar)


def last_days(limits: tuple[str, ...], calendar: Calendar) -> list[LastDays]:
    """For each start of four years."""
    first, periods = date(calendar.last - 3, 1, 1), {limit: Period.parse(limit) for limit in limits}
    return [
        {
            limit: deadline(first + timedelta(days=day), period, calendar).date.toordinal()
            for limit, period in periods.items()
        }
        for day in range(CYCLE)
    ]


def bands_in_common(before: list[int], after: list[int]) -> set[tuple[int, int]]:
    """Bands change only behind a limit, so each limit and what lies beyond all stand for the rest."""
    values = {*before, *after}
    return {(band_index(before, value), band_index(after, value)) for value in (*values, max(values) + 1)}


def band_index(limits: list[int], value: int) -> int:
    return next((index for index, limit in enumerate(limits) if value <= limit), len(limits))


def cell_label(old: tuple[Question, int], new: tuple[Question, int], rows: list[LastDays]) -> str:
    """The new tree's label where its band is the whole range, else the old one's, else the range between the limits of
    both. Each side is a question and the index of its band.
    """
    (old_after, old_upto), (after, upto) = limits_around(*old), limits_around(*new)
    beyond, within = further_limit(old_after, after, rows), nearer_limit(old_upto, upto, rows)
    labels = [answer_label(question, question.answers[index].id) for question, index in (old, new)]
    if (beyond, within) == (after, upto):
        return labels[1]
    if (beyond, within) == (old_after, old_upto):
        return labels[0]
    if "" in (beyond, within):
        return "，又是".join(labels)
    question, _ = new
    if question.kind == "number":
        return number_range(beyond, within, spaced_unit(question.unit))
    if question.kind == "money":
        return money_range(beyond, within)
    return date_range(beyond, within)


def limits_around(question: Question, index: int) -> tuple[str | None, str | None]:
    return question.answers[index - 1].limit if index else None, question.answers[index].limit


def further_limit(one: str | None, other: str | None, rows: list[LastDays]) -> str | None:
    """Of two limits behind which a range begins, the one further on, whatever the day; "" where that depends on the
    day.
    """
    if one is None or other is None or one == other:
        return one or other
    if all(row[one] >= row[other] for row in rows):
        return one
    return other if all(row[other] >= row[one] for row in rows) else ""


def nearer_limit(one: str | None, other: str | None, rows: list[LastDays]) -> str | None:
    if one is None or other is None or one == other:
        return one or other
    further = further_limit(one, other, rows)
    return further and (one if further == other else other)
