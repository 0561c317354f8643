"""A day and a period → the last day of the period, reckoned as the law reckons it, with the arithmetic in words.

Two laws meet here. Civil periods: the first day does not count (民法典第201条); months and years end on the corresponding day,
else on the month's last (第202条); an end on a rest day moves to the first day after the rest (第203条). Periods of the market
regulators (市场监督管理投诉举报处理办法第45条): the same, and what is counted in working days begins on the next working day.
That an ordinary weekend is a 法定休假日 in the sense of 第203条 is inferred, not written; where it moved a deadline, `how` says so.

All days are `datetime.date`. A calendar that does not know a day never guesses: the result is then the earliest day that the law can mean.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

Day = datetime.date
ONE = datetime.timedelta(days=1)
UNITS = {"days": "天", "calendar-days": "天", "working-days": "个工作日", "months": "个月", "years": "年"}


@dataclass(frozen=True)
class Period:
    """A length of time: `count` (1 to 999) of `unit`, which is a key of UNITS.

    `calendar-days` are no period of the law (「今天、昨天」): their end stays where it falls, on a rest day too.
    """

    count: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> "Period":
        """`7 days`, `15 working-days`, `2 months`, `1 year`. Raises ValueError for anything else."""
        match = re.fullmatch(r"([1-9][0-9]{0,2}) +(day|calendar-day|working-day|month|year)s?", text.strip())
        if not match:
            raise ValueError(f"“{text}”不是期间，写成 7 days、15 working-days、2 months 或 1 year 这样")
        return cls(int(match[1]), match[2] + "s")

    @property
    def words(self) -> str:
        """`7天`, `15个工作日`, `2个月`, `1年`."""
        return f"{self.count}{UNITS[self.unit]}"


@dataclass(frozen=True)
class Calendar:
    """Which days are rest days. `first` and `last` are the years whose schedules are known.

    `holidays` are the days off of the published schedules, weekends within them included; `workdays` the weekend days worked in exchange.
    """

    first: int
    last: int
    holidays: frozenset[Day]
    workdays: frozenset[Day]

    @classmethod
    def of(cls, table: dict) -> "Calendar":
        """From `{"first": 2004, "last": 2026, "holidays": ["2026-10-01", …], "workdays": ["2026-10-10", …]}`."""
        holidays, workdays = (frozenset(map(Day.fromisoformat, table[kind])) for kind in ("holidays", "workdays"))
        return cls(int(table["first"]), int(table["last"]), holidays, workdays)

    def knows(self, day: Day) -> bool:
        """Whether the schedule that `day` belongs to (see `schedule_year`) is in the table."""
        return self.first <= schedule_year(day) <= self.last

    def is_rest(self, day: Day) -> bool:
        """A public holiday, or a weekend day that is not worked. Raises ValueError for a day that the table does not know."""
        if not self.knows(day):
            raise ValueError(f"{day} 的放假安排不在表里")
        return day in self.holidays or (day.weekday() >= 5 and day not in self.workdays)

    def is_workday(self, day: Day) -> bool:
        """Not a rest day. Raises ValueError for a day that the table does not know."""
        return not self.is_rest(day)


@dataclass(frozen=True)
class Reckoned:
    """The last day of a period.

    `date` is the day after any move off rest days, `unshifted` the day before it. `how` is the arithmetic in Chinese words.
    `sure` is False where a schedule that is not in the table may still move `date` later, never earlier.

    For a deadline that is `due`, the reader may act up to and on `date`; who can, acts by `unshifted`.
    For one that `ripens`, the right arises on the day after `date`: the same reckoning, with the same moves, so that where
    `sure` is False the right may arise later than `date` says.
    """

    date: Day
    unshifted: Day
    how: str
    sure: bool


def parse_date(text: str) -> Day:
    """`2026-11-10` and nothing looser. Raises ValueError with words for the reader."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(f"“{text}”看不懂，日期写成 2026-11-10 这样")
    try:
        day = Day.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} 不是一个日期") from None
    if not 1949 <= day.year <= 2099:
        raise ValueError(f"{text} 的年份不对")
    return day


def schedule_year(day: Day) -> int:
    """The year whose holiday notice settles `day`.

    A New Year's holiday reaches back: the notice for 2019 made 2018-12-29 a working day and gave the 30th and 31st off. Since 2004
    none reached further than the 29th; the 28th is counted in to be safe.
    """
    return day.year + (day.month == 12 and day.day >= 28)


def days_between(start: Day, end: Day) -> int:
    """Days from `start` to `end` as the law counts them: the day itself is 0, the next is 1 (民法典第201条第1款)."""
    return (end - start).days


def deadline(start: Day, period: Period, calendar: Calendar, *, extra_days: int = 0, event: str = "") -> Reckoned:
    """The last day of `period` from `start`.

    `extra_days`: days that do not count (repair), added to the end before it is moved off a rest day.
    `event`: what happened on `start`, for the words: `签收` gives 「11月10日签收，次日（11月11日）起算…」.
    Raises ValueError for negative `extra_days`.
    """
    if extra_days < 0:
        raise ValueError("不计入的天数不能小于 0")
    end, how, counted_sure = counted(start, period, calendar, event)
    if extra_days:
        end += ONE * extra_days
        how += f"，加上不计入的{extra_days}天是{said(end, start)}（{weekday(end)}）"
    date, moved, moved_sure = end, "", True
    if period.unit != "calendar-days" and (
        extra_days or period.unit != "working-days"
    ):  # the last of the working days counted is none to move off
        date, moved, moved_sure = off_rest_days(end, calendar)
    return Reckoned(
        date, end, (f"{start.year}年" if date.year != start.year else "") + how + moved, counted_sure and moved_sure
    )


def within(start: Day, period: Period, end: Day, calendar: Calendar, extra_days: int = 0) -> bool:
    """Whether `end` is no later than the `deadline` from `start`: on the last day, also a moved one, it still is.

    Where the calendar does not know, that is the earliest day the law can mean; ask `deadline` whether it is `sure`.
    """
    return end <= deadline(start, period, calendar, extra_days=extra_days).date


def band_of(start: Day, end: Day, limits: Sequence[Period | None], calendar: Calendar, extra_days: int = 0) -> int:
    """Index of the first of `limits` that `end` is still `within`; None is open and always holds. Raises ValueError if none does."""
    for index, limit in enumerate(limits):
        if limit is None or within(start, limit, end, calendar, extra_days):
            return index
    raise ValueError(f"{end} 不在任何一个范围里")


def counted(start: Day, period: Period, calendar: Calendar, event: str) -> tuple[Day, str, bool]:
    """The end before any move, the words, and whether the calendar knew every day that had to be counted."""
    opening = said(start, start) + (event or "当天不算") + "，"
    if period.unit == "working-days":
        return working_days(start, period.count, calendar, opening)
    opening += f"次日（{said(start + ONE, start)}）起算"
    if period.unit in ("days", "calendar-days"):
        end = start + ONE * period.count
        return end, f"{opening}第{period.count}天是{said(end, start)}（{weekday(end)}）", True
    end = months_later(start, period.count * (12 if period.unit == "years" else 1))
    which = "到期月的对应日是" if end.day == start.day else f"到期月没有{start.day}日，月末是"  # 民法典第202条
    return end, f"{opening}{period.words}，{which}{said(end, start)}（{weekday(end)}）", True


def working_days(start: Day, count: int, calendar: Calendar, opening: str) -> tuple[Day, str, bool]:
    """Counted from the next working day (投诉举报处理办法第45条). A day that the calendar does not know counts, so that the end is the earliest."""
    days: list[Day] = []
    unknown = None
    end = start
    while len(days) < count:
        end += ONE
        if not calendar.knows(end):
            unknown = unknown or end
            days.append(end)
        elif calendar.is_workday(end):
            days.append(end)
    how = f"{opening}下一个工作日（{said(days[0], start)}）起算第{count}个工作日是{said(end, start)}（{weekday(end)}）"
    if unknown:
        how += f"；{unpublished(unknown, calendar)}，从{said(unknown, start)}起先都当工作日数，所以这是最早的一天"
    return end, how, unknown is None


def off_rest_days(end: Day, calendar: Calendar) -> tuple[Day, str, bool]:
    """`end`, or the first day after the rest days it falls in (民法典第203条第1款); the words; whether that is certain."""
    day, passed = end, []
    while calendar.knows(day) and calendar.is_rest(day):
        passed.append(day)
        day += ONE
    how = ""
    if passed:
        why = "休假日" if end in calendar.holidays else weekday(end)
        how = f"；到期日{said(end, end)}是{why}，顺延到{said(day, end)}（{weekday(day)}）"
        if not calendar.holidays.issuperset(passed):
            how += "，普通周末算不算法定休假日条文没有写明，这里按算"
    elif end in calendar.workdays:
        how = "；这个周末调休上班，不顺延"
    if not calendar.knows(day):
        how += f"；{unpublished(day, calendar)}，{said(day, end)}若是休假日还会往后顺延"
    return day, how, calendar.knows(day)


def months_later(day: Day, months: int) -> Day:
    """The corresponding day, or the month's last where there is none (民法典第202条)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = Day(year + (month == 11), (month + 1) % 12 + 1, 1) - ONE
    return last.replace(day=min(day.day, last.day))


def unpublished(day: Day, calendar: Calendar) -> str:
    year = schedule_year(day)
    return f"{year}年的放假安排" + ("还没有公布" if year > calendar.last else "不在表里")


def said(day: Day, since: Day) -> str:
    """`11月10日`, with the year where it is not that of `since`."""
    return (f"{day.year}年" if day.year != since.year else "") + f"{day.month}月{day.day}日"


def weekday(day: Day) -> str:
    return "周" + "一二三四五六日"[day.weekday()]
