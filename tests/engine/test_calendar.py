"""The table of holidays against the package it comes from, calendar.yml, and a second opinion."""

import json
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest
import yaml

from build_tools.engine.dates import Calendar
from build_tools.write.calendar import holiday_table

OWN = yaml.safe_load((Path(__file__).parents[2] / "trees/calendar.yml").read_text(encoding="utf-8"))
NEXT = {2027: {"notice": "一份假想的通知", "issued": "2026-11-30", "holidays": ["2026-12-31", "2027-01-01", "2027-01-02"], "workdays": ["2027-01-03"]}}


def every_day(first: int, last: int) -> list[date]:
    return [date(first, 1, 1) + timedelta(days=step) for step in range((date(last + 1, 1, 1) - date(first, 1, 1)).days)]


def test_the_table_is_plain_json_and_loads():
    table = holiday_table(OWN)
    assert json.loads(json.dumps(table)) == table
    assert (table["first"], table["last"]) == (2004, 2026)
    assert Calendar.of(table).is_rest(date(2026, 10, 1))


def test_our_own_years_agree_with_the_package():
    assert holiday_table(OWN) == holiday_table({})


def test_the_table_says_what_the_package_says():
    calendar = Calendar.of(holiday_table({}))
    assert [day for day in every_day(2004, 2026) if calendar.knows(day) and calendar.is_workday(day) != chinese_calendar.is_workday(day)] == []


def test_a_second_opinion_agrees():
    """`holidays` differs on no day of these years. (It does on 2005-12-31, which it holds for worked; that year is not asked.)"""
    calendar, second = Calendar.of(holiday_table(OWN)), holidays.country_holidays("CN", years=range(2020, 2028))
    assert [str(day) for day in every_day(2020, 2026) if calendar.knows(day) and calendar.is_workday(day) != second.is_working_day(day)] == []


def test_no_schedule_has_reached_further_back_than_the_engine_allows_for():
    """`schedule_year` gives 28 to 31 December to the next year: none of the days before may belong to a New Year's holiday."""
    december = [day for day in (*chinese_calendar.holidays, *chinese_calendar.workdays) if day.month == 12]
    assert min(day.day for day in december) >= 29


def test_a_new_year_is_joined_with_the_days_it_takes_from_december():
    table = holiday_table({**OWN, **NEXT})
    calendar = Calendar.of(table)
    assert table["last"] == 2027
    assert calendar.is_rest(date(2026, 12, 31)) and calendar.is_workday(date(2027, 1, 3))
    assert calendar.knows(date(2027, 12, 27)) and not calendar.knows(date(2027, 12, 28))


def test_keys_and_days_may_be_text():
    assert holiday_table({"2027": NEXT[2027]}) == holiday_table(NEXT)


def changed(**kinds) -> dict:
    return {2026: {**OWN[2026], **kinds}}


WRONG = {
    "disagree": (
        changed(workdays=["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-11"]),
        "disagree on 2026: 2026-10-10 is among the workdays of chinesecalendar only; 2026-10-11 is among the workdays of calendar.yml only",
    ),
    "gap": ({2028: {**NEXT[2027], "holidays": ["2028-01-01"], "workdays": []}}, "2028 does not follow 2026"),
    "other-year": (changed(holidays=["2026-01-01", "2027-01-01"]), "2027-01-01 is not settled by the notice for 2026"),
    "weekday": (changed(workdays=["2026-10-09"]), "2026-10-09 cannot be a make-up workday"),
    "no-new-year": (changed(holidays=["2026-10-01"]), "2026 has no 1 January"),
    "no-notice": (changed(notice=""), "which notice"),
}  # fmt: skip


@pytest.mark.parametrize(("extra", "says"), WRONG.values(), ids=WRONG)
def test_a_wrong_year_is_refused(extra, says):
    with pytest.raises(ValueError, match=says):
        holiday_table(extra)
