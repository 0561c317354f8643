"""Limits in different units, held against every day whose holidays are known."""

from datetime import timedelta

import pytest

from minglu.engine.dates import Calendar, Period, within
from minglu.verify.bands import apart


@pytest.fixture(scope="module")
def calendar(toy) -> Calendar:
    return Calendar.of(toy.calendar)


@pytest.mark.parametrize(
    ("before", "after", "wrong"),
    [
        ("7 days", "1 month", False),
        ("15 days", "1 month", False),
        ("30 days", "1 month", True),
        ("1 month", "30 days", True),
        ("1 month", "31 days", False),
        ("1 year", "12 months", True),
        ("12 months", "1 year", True),
        ("11 months", "1 year", False),
        ("365 days", "1 year", False),
        ("1 year", "365 days", True),
        ("5 working-days", "7 days", True),
        ("7 days", "7 working-days", False),
        ("1 calendar-day", "7 days", False),
        ("3 calendar-days", "2 days", True),
        ("7 days", "7 calendar-days", True),
        ("7 calendar-days", "7 days", False),
    ],
)
def test_a_later_band_must_not_end_first(before: str, after: str, wrong: bool, calendar: Calendar) -> None:
    assert (apart(before, after, calendar) is not None) is wrong


@pytest.mark.parametrize(
    ("before", "after"), [("30 days", "1 month"), ("5 working-days", "7 days"), ("7 days", "7 calendar-days")]
)
def test_the_day_told_is_one_on_which_the_bands_are_the_wrong_way_round(
    before: str, after: str, calendar: Calendar
) -> None:
    start, end, later_end = apart(before, after, calendar)
    day = later_end + timedelta(1)
    assert (
        day <= end
        and within(start, Period.parse(before), day, calendar)
        and not within(start, Period.parse(after), day, calendar)
    )


def test_limits_in_one_unit_are_told_before(calendar: Calendar) -> None:
    assert apart("8 days", "7 days", calendar) is None
