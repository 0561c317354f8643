"""The bands of one question in two trees → the ranges that either tells apart, so that a limit moved by a day leaves exactly that day between."""

from dataclasses import dataclass
from datetime import date, timedelta

from minglu.engine.dates import Calendar, Period, deadline
from minglu.engine.labels import answer_label, date_range, number_range, spaced_unit
from minglu.resolve.model import Question

CYCLE = 4 * 365 + 1  # days, a leap year among them


@dataclass(frozen=True)
class Cell:
    """One answer that a reader may give to a question of both trees: its id in each, None where that tree has no such answer."""

    old: str | None
    new: str | None
    label: str


def cells_of_bands(old: Question, new: Question, calendar: Calendar) -> tuple[Cell, ...]:
    """Every pair of bands that some day or number falls into, from near to far.

    Limits of different units have no fixed order (a month may be shorter or longer than 30 days): what can happen is read
    off real days, four years of starts under the calendar's holidays.
    """
    before, after = (
        tuple(answer.limit for answer in question.answers if answer.limit is not None) for question in (old, new)
    )
    if before == after:
        pairs = [(index, index) for index in range(len(new.answers))]
        rows: list[dict[str, int]] = []
    else:
        limits = tuple(dict.fromkeys((*before, *after)))
        rows = [{limit: int(limit) for limit in limits}] if new.kind == "number" else last_days(limits, calendar)
        pairs = sorted(
            {
                met
                for row in rows
                for met in bands_met([row[limit] for limit in before], [row[limit] for limit in after])
            },
            key=lambda met: (met[1], met[0]),
        )
    return tuple(
        Cell(old.answers[one].id, new.answers[other].id, words(old, new, one, other, rows)) for one, other in pairs
    )


def last_days(limits: tuple[str, ...], calendar: Calendar) -> list[dict[str, int]]:
    """For each start of four years, the last day of each limit, as a number of days."""
    first, periods = date(calendar.last - 3, 1, 1), {limit: Period.parse(limit) for limit in limits}
    return [
        {
            limit: deadline(first + timedelta(days=day), period, calendar).date.toordinal()
            for limit, period in periods.items()
        }
        for day in range(CYCLE)
    ]


def bands_met(before: list[int], after: list[int]) -> set[tuple[int, int]]:
    """Bands change only behind a limit, so each limit and what lies beyond all stand for the rest."""
    values = {*before, *after}
    return {(band(before, value), band(after, value)) for value in (*values, max(values) + 1)}


def band(limits: list[int], value: int) -> int:
    return next((index for index, limit in enumerate(limits) if value <= limit), len(limits))


def words(old: Question, new: Question, one: int, other: int, rows: list[dict[str, int]]) -> str:
    """The new tree's label where its band is the whole range, else the old one's, else the range between the limits of both."""
    (old_after, old_upto), (after, upto) = edges(old, one), edges(new, other)
    beyond, within = later(old_after, after, rows), sooner(old_upto, upto, rows)
    labels = answer_label(old, old.answers[one].id), answer_label(new, new.answers[other].id)
    if (beyond, within) == (after, upto):
        return labels[1]
    if (beyond, within) == (old_after, old_upto):
        return labels[0]
    if "" in (beyond, within):
        return "，又是".join(labels)
    return number_range(beyond, within, spaced_unit(new.unit)) if new.kind == "number" else date_range(beyond, within)


def edges(question: Question, index: int) -> tuple[str | None, str | None]:
    return question.answers[index - 1].limit if index else None, question.answers[index].limit


def later(one: str | None, other: str | None, rows: list[dict[str, int]]) -> str | None:
    """Of two limits behind which a range begins, the one further on, whatever the day; "" where that depends on the day."""
    if one == other or None in (one, other):
        return one or other
    if all(row[one] >= row[other] for row in rows):
        return one
    return other if all(row[other] >= row[one] for row in rows) else ""


def sooner(one: str | None, other: str | None, rows: list[dict[str, int]]) -> str | None:
    if one == other or None in (one, other):
        return one or other
    further = later(one, other, rows)
    return further and (one if further == other else other)
