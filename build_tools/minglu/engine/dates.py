"""A day and a period → the last day of the period, reckoned as the law reckons it. The arithmetic in words is
`reckoning_words.py`.

Two laws meet here. Civil periods: the first day does not count (民法典第201条); months and years end on the
corresponding day, else on the month's last (第202条); an end on a rest day moves to the first day after the rest
(第203条). Periods of the market regulators (市场监督管理投诉举报处理办法第45条): the same, and what is counted in
working days begins on the next working day. That an ordinary weekend is a 法定休假日 in the sense of 第203条 is
inferred, not written.

All days are `datetime.date`. A calendar that does not know a day never guesses: the result is then the earliest day
that the law can mean.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .words import engine_words

Day = datetime.date
ONE_DAY = datetime.timedelta(days=1)
PERIOD_UNITS = ("days", "working-days", "months", "years", "calendar-days", "calendar-months", "calendar-years")


@dataclass(frozen=True)
class Period:
    """A length of time: `count` (1 to 999) of `unit`, one of PERIOD_UNITS.

    The end of `calendar-` units stays where it falls, on a rest day too: they are no period of the law (「今天、
    昨天」), or one that has no rule of its own on rest days.
    """

    count: int
    unit: str

    @property
    def stays(self) -> bool:
        return self.unit.startswith("calendar-")

    @property
    def counted_in(self) -> str:
        """`days`, `working-days`, `months` or `years`."""
        return self.unit.removeprefix("calendar-")

    @classmethod
    def parse(cls, text: str) -> "Period":
        """`7 days`, `15 working-days`, `2 months`, `1 year`. Raises ValueError for anything else."""
        match = re.fullmatch(r"([1-9][0-9]{0,2}) +((?:calendar-)?(?:day|month|year)|working-day)s?", text.strip())
        if not match:
            raise ValueError(engine_words("period.unreadable", text=text))
        return cls(int(match[1]), match[2] + "s")


@dataclass(frozen=True)
class Calendar:
    """Which days are rest days. `first` and `last` are the years whose schedules are known.

    `holidays` are the days off of the published schedules, weekends within them included; `workdays` the weekend days
    worked in exchange. Without `moves` no end ever moves off a rest day, as in a place whose law knows no such rule.
    """

    first: int
    last: int
    holidays: frozenset[Day]
    workdays: frozenset[Day]
    moves: bool = True

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> "Calendar":
        """From `{"first": 2004, "last": 2026, "holidays": ["2026-10-01", …], "workdays": ["2026-10-10", …]}`;
        `"moves"` may be there too.
        """
        holidays, workdays = (frozenset(map(Day.fromisoformat, table[kind])) for kind in ("holidays", "workdays"))
        return cls(int(table["first"]), int(table["last"]), holidays, workdays, bool(table.get("moves", True)))

    def knows(self, day: Day) -> bool:
        """Whether the schedule that `day` belongs to (see `schedule_year`) is in the table."""
        return self.first <= schedule_year(day) <= self.last

    def is_rest(self, day: Day) -> bool:
        """A public holiday, or a weekend day that is not worked. Raises ValueError for a day that the table does not
        know.
        """
        if not self.knows(day):
            raise ValueError(f"{day} is not in the calendar's table")
        return day in self.holidays or (day.weekday() >= 5 and day not in self.workdays)

    def is_workday(self, day: Day) -> bool:
        """Not a rest day. Raises ValueError for a day that the table does not know."""
        return not self.is_rest(day)


@dataclass(frozen=True)
class Reckoned:
    """The last day of `period` from `start`, and what it came about by.

    `counted` is the end of the period itself, `unshifted` the day `extra_days` later, `plain` the day after the public
    holidays it falls in, as 民法典第203条 says in so many words, and `date` the day after any move off rest days:
    that an ordinary weekend moves an end too is inferred. `unknown` is the first day that counted as a working day
    because its schedule is not in the table.
    `sure` is False where such a schedule may still move `date` later, never earlier.

    For a deadline that is `due`, the reader may act up to and on `date`; it is safe to act by `plain`. For one that
    `ripens`, the right arises on the day after `date`: the same reckoning, with the same moves, so that where `sure`
    is False the right may arise later than `date` says. That such a day moves at all is inferred.
    """

    start: Day
    period: Period
    extra_days: int
    counted: Day
    unshifted: Day
    plain: Day
    date: Day
    unknown: Day | None
    sure: bool

    def move_basis(self, kind: str) -> str:
        """What carries the move off rest days: text, inferred, or "" where the end stays where it falls."""
        if self.date == self.unshifted:
            return ""
        return "text" if kind == "due" and self.plain == self.date else "inferred"


def parse_date(text: str) -> Day:
    """`2026-11-10` and nothing looser. Raises ValueError with words for the reader."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(engine_words("date.unreadable", text=text))
    try:
        day = Day.fromisoformat(text)
    except ValueError:
        raise ValueError(engine_words("date.none", text=text)) from None
    if not 1949 <= day.year <= 2099:
        raise ValueError(engine_words("date.year", text=text))
    return day


MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


def month_days(text: str) -> tuple[Day, Day] | None:
    """`2026-05` → its first and last day; None for anything else."""
    if not MONTH.fullmatch(text) or not 1 <= int(text[5:]) <= 12 or not 1949 <= int(text[:4]) <= 2099:
        return None
    first = Day(int(text[:4]), int(text[5:]), 1)
    return first, months_later(first, 1) - ONE_DAY


def day_before_which(limit: str) -> Day | None:
    """Of the limit of a band, the fixed day before which it lies (`2024-07-01`); None for a period (`7 days`)."""
    return Day.fromisoformat(limit) if limit[4:5] == "-" else None


def schedule_year(day: Day) -> int:
    """The year whose holiday notice settles `day`.

    A New Year's holiday reaches back: the notice for 2019 made 2018-12-29 a working day and gave the 30th and 31st
    off. Since 2004 none reached further than the 29th; the 28th is counted in to be safe.
    """
    return day.year + (day.month == 12 and day.day >= 28)


def days_between(start: Day, end: Day) -> int:
    """Days from `start` to `end` as the law counts them: the day itself is 0, the next is 1 (民法典第201条第1款)."""
    return (end - start).days


def deadline(start: Day, period: Period, calendar: Calendar, *, extra_days: int = 0) -> Reckoned:
    """The last day of `period` from `start`.

    `extra_days`: days that do not count (repair), added to the end before it is moved off a rest day.
    Raises ValueError for negative `extra_days`.
    """
    if extra_days < 0:
        raise ValueError("extra_days must not be negative")
    counted, unknown = period_end(start, period, calendar)
    unshifted = counted + ONE_DAY * extra_days if extra_days else counted
    plain, date, known = unshifted, unshifted, True
    # The last of the working days counted is none to move off.
    if calendar.moves and not period.stays and (extra_days or period.unit != "working-days"):
        plain = off_holidays(unshifted, calendar)
        date, known = off_rest_days(unshifted, calendar)
    return Reckoned(start, period, extra_days, counted, unshifted, plain, date, unknown, known and unknown is None)


def within(start: Day, period: Period, end: Day, calendar: Calendar, extra_days: int = 0) -> bool:
    """Whether `end` is no later than the `deadline` from `start`: on the last day, also a moved one, it still is.

    Where the calendar does not know, that is the earliest day the law can mean; ask `deadline` whether it is `sure`.
    """
    return end <= deadline(start, period, calendar, extra_days=extra_days).date


def band_of(start: Day, end: Day, limits: Sequence[Period | None], calendar: Calendar, extra_days: int = 0) -> int:
    """Index of the first of `limits` that `end` is still `within`; None is open and always holds. Raises ValueError
    if none does.
    """
    for index, limit in enumerate(limits):
        if limit is None or within(start, limit, end, calendar, extra_days):
            return index
    raise ValueError(f"{end} is in no band")


LONGEST_REST = 12
"""No run of rest days of any published schedule is longer, so that no end moves further (a test holds it)."""


def certain_days(period: Period) -> tuple[int, int]:
    """Days from any start that are `within` the period whatever the calendar, and those that, if exceeded, never are.

    Between the two only `deadline` tells.
    """
    count, moved = period.count, 0 if period.stays else LONGEST_REST
    if period.unit == "working-days":
        return count, 2 * count + 2 * LONGEST_REST
    if period.counted_in == "days":
        return count, count + moved
    months = count * (12 if period.counted_in == "years" else 1)
    return months * 3043 // 100 - 3, months * 3044 // 100 + 4 + moved


def no_longer(one: Period, other: Period) -> bool:
    """Whether `one` ends no later than `other` from any day, whatever the calendar."""
    if one.unit == other.unit:
        return one.count <= other.count
    months = [period.count * {"months": 1, "years": 12}.get(period.unit, 0) for period in (one, other)]
    return months[0] <= months[1] if all(months) else certain_days(one)[1] <= certain_days(other)[0]


def period_end(start: Day, period: Period, calendar: Calendar) -> tuple[Day, Day | None]:
    """The end before any move, and the first day that counted though the calendar does not know it."""
    if period.unit == "working-days":
        return last_working_day(start, period.count, calendar)
    if period.counted_in == "days":
        return start + ONE_DAY * period.count, None
    return months_later(start, period.count * (12 if period.counted_in == "years" else 1)), None


def last_working_day(start: Day, count: int, calendar: Calendar) -> tuple[Day, Day | None]:
    """Counted from the next working day (投诉举报处理办法第45条). A day that the calendar does not know counts, so
    that the end is the earliest.
    """
    unknown, end = None, start
    while count:
        end += ONE_DAY
        if not calendar.knows(end):
            unknown = unknown or end
            count -= 1
        elif calendar.is_workday(end):
            count -= 1
    return end, unknown


def off_holidays(end: Day, calendar: Calendar) -> Day:
    """`end`, or the day after the public holidays it falls in (民法典第203条第1款)."""
    day = end
    while day in calendar.holidays:
        day += ONE_DAY
    return day


def off_rest_days(end: Day, calendar: Calendar) -> tuple[Day, bool]:
    """`end`, or the first day after the rest days it falls in (民法典第203条第1款); whether the calendar knows that
    day.
    """
    day = end
    while calendar.knows(day) and calendar.is_rest(day):
        day += ONE_DAY
    return day, calendar.knows(day)


def months_later(day: Day, months: int) -> Day:
    """The corresponding day, or the month's last where there is none (民法典第202条)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = Day(year + (month == 11), (month + 1) % 12 + 1, 1) - ONE_DAY
    return last.replace(day=min(day.day, last.day))
