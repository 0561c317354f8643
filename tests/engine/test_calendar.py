"""The table of holidays against the package it comes from, calendar.yml, and a second opinion."""

import json
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays

from minglu.compile.calendar import holiday_table
from minglu.engine.dates import Calendar
from minglu.parse import parse
from minglu.resolve import resolve

OWN = (Path(__file__).parents[2] / "trees/calendar.yml").read_text(encoding="utf-8")
NEXT = """
2027: { notice: 一份假想的通知, issued: 2026-11-30, holidays: [2026-12-31, 2027-01-01, 2027-01-02], \
workdays: [2027-01-03] }
"""


def joined(text: str = "") -> dict:
    """The table that a calendar.yml gives."""
    sources, problems = parse({"trees/calendar.yml": text.encode()} if text else {})
    project, wrong = resolve(sources)
    table, found = holiday_table(project.library.calendar)
    assert problems + wrong + found == []
    return table


def every_day(first: int, last: int) -> list[date]:
    return [date(first, 1, 1) + timedelta(days=step) for step in range((date(last + 1, 1, 1) - date(first, 1, 1)).days)]


def test_the_table_is_plain_json_and_loads():
    table = joined(OWN)
    assert json.loads(json.dumps(table)) == table
    assert (table["first"], table["last"]) == (2004, 2026)
    assert Calendar.of(table).is_rest(date(2026, 10, 1))


def test_our_own_years_agree_with_the_package():
    assert joined(OWN) == joined()


def test_the_table_says_what_the_package_says():
    calendar = Calendar.of(joined())
    assert [
        day
        for day in every_day(2004, 2026)
        if calendar.knows(day) and calendar.is_workday(day) != chinese_calendar.is_workday(day)
    ] == []


def test_a_second_opinion_agrees():
    """`holidays` differs on no day of these years. (It does on 2005-12-31, which it holds for worked; that year is
    not asked.)
    """
    calendar, second = Calendar.of(joined(OWN)), holidays.country_holidays("CN", years=range(2020, 2028))
    assert [
        str(day)
        for day in every_day(2020, 2026)
        if calendar.knows(day) and calendar.is_workday(day) != second.is_working_day(day)
    ] == []


def test_no_schedule_has_reached_further_back_than_the_engine_allows_for():
    """`schedule_year` gives 28 to 31 December to the next year: none of the days before may belong to a New Year's
    holiday.
    """
    december = [day for day in (*chinese_calendar.holidays, *chinese_calendar.workdays) if day.month == 12]
    assert min(day.day for day in december) >= 29


def test_a_new_year_is_joined_with_the_days_it_takes_from_december():
    table = joined(OWN + NEXT)
    calendar = Calendar.of(table)
    assert table["last"] == 2027
    assert calendar.is_rest(date(2026, 12, 31)) and calendar.is_workday(date(2027, 1, 3))
    assert calendar.knows(date(2027, 12, 27)) and not calendar.knows(date(2027, 12, 28))
