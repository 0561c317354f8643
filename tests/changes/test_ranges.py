"""Bands of two versions → the ranges that either tells apart."""

from datetime import date, timedelta

import pytest

from minglu.changes.ranges import Cell, cells_of_bands
from minglu.diagnostics import NOWHERE
from minglu.engine.dates import Calendar, Period, deadline
from minglu.resolve.model import Answer, Question


def question(*limits: str, kind: str = "date", label: str = "") -> Question:
    answers = tuple(
        Answer(f"b{index}", label if index == 0 else "", "", limit, (), NOWHERE)
        for index, limit in enumerate((*limits, None))
    )
    return Question(
        "received", kind, "q", "", "", "次" if kind == "number" else "", None, None, False, answers, NOWHERE, ()
    )


@pytest.fixture(scope="module")
def calendar(toy) -> Calendar:
    return Calendar.of(toy.calendar)


def told(old: Question, new: Question, calendar: Calendar) -> list[tuple[str, str, str]]:
    return [(cell.old, cell.new, cell.label) for cell in cells_of_bands(old, new, calendar)]


def test_the_same_limits_leave_the_bands_as_they_are(calendar) -> None:
    assert cells_of_bands(question("7 days"), question("7 days"), calendar) == (
        Cell("b0", "b0", "7 天以内"),
        Cell("b1", "b1", "超过 7 天"),
    )


def test_a_limit_moved_by_a_day_leaves_that_day_between(calendar) -> None:
    assert told(question("7 days", "15 days"), question("8 days", "15 days"), calendar) == [
        ("b0", "b0", "7 天以内"),
        ("b1", "b0", "第 8 天"),
        ("b1", "b1", "第 9 到 15 天"),
        ("b2", "b2", "超过 15 天"),
    ]
    assert ("b0", "b1", "第 7 天") in told(question("7 days"), question("6 days"), calendar)


def test_a_band_that_is_split_or_gone_keeps_everybody(calendar) -> None:
    assert [cell[:2] for cell in told(question("7 days"), question("3 days", "7 days"), calendar)] == [
        ("b0", "b0"),
        ("b0", "b1"),
        ("b1", "b2"),
    ]
    assert [cell[:2] for cell in told(question("7 days"), question(), calendar)] == [("b0", "b0"), ("b1", "b0")]


def test_a_year_is_twelve_months(calendar) -> None:
    assert [cell[:2] for cell in told(question("1 year"), question("12 months"), calendar)] == [
        ("b0", "b0"),
        ("b1", "b1"),
    ]


def test_a_month_may_be_shorter_or_longer_than_thirty_days(calendar) -> None:
    labels = [
        "30 天以内，又是1 个月以内",
        "超过 30 天，1 个月以内",
        "超过 1 个月，30 天以内",
        "超过 30 天，又是超过 1 个月",
    ]
    assert told(question("30 days"), question("1 month"), calendar) == [
        (*bands, label)
        for bands, label in zip((("b0", "b0"), ("b1", "b0"), ("b0", "b1"), ("b1", "b1")), labels, strict=True)
    ]


def test_numbers_are_told_apart_at_each_limit(calendar) -> None:
    assert told(question("1", "5", kind="number"), question("2", kind="number"), calendar) == [
        ("b0", "b0", "0 到 1 次"),
        ("b1", "b0", "2 次"),
        ("b1", "b1", "3 到 5 次"),
        ("b2", "b1", "6 次及以上"),
    ]


def test_an_own_label_stands_where_its_band_is_whole(calendar) -> None:
    assert told(question("7 days", label="头一周"), question("15 days", label="头半月"), calendar) == [
        ("b0", "b0", "头一周"),
        ("b1", "b0", "第 8 到 15 天"),
        ("b1", "b1", "超过 15 天"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("7 days", "15 days"), ("8 days", "10 working-days")),
        (("30 days",), ("1 month",)),
        (("2 working-days",), ("3 days", "1 month")),
    ],
)
def test_the_ranges_are_those_that_real_days_fall_into(before, after, calendar) -> None:
    """Every day up to fifty after each start of four years is put into a band of either version."""
    met = set()
    for start in (date(calendar.last - 3, 1, 1) + timedelta(days=number) for number in range(4 * 365 + 1)):
        ends = [[deadline(start, Period.parse(limit), calendar).date for limit in limits] for limits in (before, after)]
        for day in (start + timedelta(days=passed) for passed in range(50)):
            met.add(
                tuple(f"b{next((index for index, end in enumerate(each) if day <= end), len(each))}" for each in ends)
            )
    assert {cell[:2] for cell in told(question(*before), question(*after), calendar)} == met
