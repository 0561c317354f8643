"""Limits in different units, held against every day whose holidays are known."""

from datetime import date, timedelta
from itertools import permutations

import pytest

from minglu.engine.dates import Calendar, Period, deadline, within
from minglu.verify.bands import limits_out_of_order


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
    assert (limits_out_of_order(before, after, calendar) is not None) is wrong


@pytest.mark.parametrize(
    ("before", "after"), [("30 days", "1 month"), ("5 working-days", "7 days"), ("7 days", "7 calendar-days")]
)
def test_the_day_reported_is_one_on_which_the_bands_are_the_wrong_way_round(
    before: str, after: str, calendar: Calendar
) -> None:
    start, end, later_end = limits_out_of_order(before, after, calendar)
    day = later_end + timedelta(1)
    assert (
        day <= end
        and within(start, Period.parse(before), day, calendar)
        and not within(start, Period.parse(after), day, calendar)
    )


def test_limits_in_one_unit_are_reported_before(calendar: Calendar) -> None:
    assert limits_out_of_order("8 days", "7 days", calendar) is None


LIMITS = (
    *("1 day", "2 days", "7 days", "30 days", "31 days", "365 days"),
    *("2 calendar-days", "8 calendar-days", "31 calendar-days"),
    *("1 working-day", "5 working-days"),
    *("1 month", "12 months"),
    *("1 calendar-month", "11 calendar-months"),
    *("1 year", "2 years", "1 calendar-year"),
)


@pytest.fixture(scope="module")
def two_years(calendar: Calendar) -> Calendar:
    """The last two of the calendar, the second followed by nothing known."""
    first = calendar.last - 1
    holidays, workdays = (
        frozenset(day for day in days if day.year >= first) for days in (calendar.holidays, calendar.workdays)
    )
    return Calendar(first, calendar.last, holidays, workdays)


def test_every_pair_of_limits_is_judged_as_by_a_scan_of_all_days(two_years: Calendar) -> None:
    last = date(two_years.last, 12, 1)
    starts = [last - timedelta(days) for days in range((last - date(two_years.first, 1, 1)).days + 1)]
    ends = {limit: [deadline(start, Period.parse(limit), two_years).date for start in starts] for limit in LIMITS}

    def scanned(before: str, after: str) -> tuple[date, date, date] | None:
        """The latest day on which `after` ends first; if there is none, the latest of all where it never ends later."""
        days = list(zip(starts, ends[before], ends[after], strict=True))
        crossed = next((day for day in days if day[2] < day[1]), None)
        return crossed or (None if any(day[2] > day[1] for day in days) else days[0])

    pairs = [pair for pair in permutations(LIMITS, 2) if Period.parse(pair[0]).unit != Period.parse(pair[1]).unit]
    expected = {pair: scanned(*pair) for pair in pairs}
    assert {pair: limits_out_of_order(*pair, two_years) for pair in pairs} == expected
    assert {found is None for found in expected.values()} == {True, False}
