"""A reckoned deadline → its arithmetic in words, and days as people write them."""

from .dates import ONE_DAY, Calendar, Day, Period, Reckoned, schedule_year
from .words import engine_words


def reckoning_words(reckoned: Reckoned, calendar: Calendar, event: str = "", *, kind: str = "due") -> str:
    """One sentence without its full stop: where counting begins, where it ends, and why the end of a deadline of this
    `kind` moved or may still move.

    `event` is what happened on the first day: `签收` gives 「11月10日签收，次日（11月11日）起算…」.
    """
    year = engine_words("year", year=reckoned.start.year) if reckoned.date.year != reckoned.start.year else ""
    return (
        year + counted_words(reckoned, calendar, event) + extra_words(reckoned) + move_words(reckoned, calendar, kind)
    )


def counted_words(reckoned: Reckoned, calendar: Calendar, event: str) -> str:
    start, end, period = reckoned.start, reckoned.counted, reckoned.period
    opening = engine_words(
        "reckoning.opening", day=day_words(start, start), event=event or engine_words("reckoning.not-counted")
    )
    last = {"end": day_words(end, start), "weekday": weekday_words(end)}
    if period.unit == "working-days":
        first = day_words(first_working_day(start, calendar), start)
        return (
            opening
            + engine_words("reckoning.working-days", first=first, count=period.count, **last)
            + unknown_words(reckoned, calendar)
        )
    opening += engine_words("reckoning.next-day", day=day_words(start + ONE_DAY, start))
    if period.counted_in == "days":
        return opening + engine_words("reckoning.days", count=period.count, **last)
    corresponds = "reckoning.corresponding" if end.day == start.day else "reckoning.month-end"  # 民法典第202条
    return opening + engine_words(corresponds, period=period_words(period), day=start.day, **last)


def unknown_words(reckoned: Reckoned, calendar: Calendar) -> str:
    if reckoned.unknown is None:
        return ""
    day = day_words(reckoned.unknown, reckoned.start)
    return engine_words("reckoning.counted-unknown", schedule=schedule_words(reckoned.unknown, calendar), day=day)


def extra_words(reckoned: Reckoned) -> str:
    if not reckoned.extra_days:
        return ""
    end = reckoned.unshifted
    return engine_words(
        "reckoning.extra", count=reckoned.extra_days, end=day_words(end, reckoned.start), weekday=weekday_words(end)
    )


def move_words(reckoned: Reckoned, calendar: Calendar, kind: str) -> str:
    """民法典第203条, which is plain for public holidays, and for a deadline to act by alone. Nothing for periods whose
    end stays where it falls.
    """
    end, day, period = reckoned.unshifted, reckoned.date, reckoned.period
    if not calendar.moves or period.stays or (period.unit == "working-days" and not reckoned.extra_days):
        return ""
    moved = ""
    if day != end:
        why = engine_words("reckoning.holiday") if end in calendar.holidays else weekday_words(end)
        moved = engine_words(
            "reckoning.moved", end=day_words(end, end), why=why, day=day_words(day, end), weekday=weekday_words(day)
        )
        if kind == "ripens":
            moved += engine_words("reckoning.ripens-inferred")
        elif reckoned.plain == day:
            moved += engine_words("reckoning.holiday-plain")
        else:
            moved += engine_words("reckoning.weekend-inferred")
    elif end in calendar.workdays:
        moved = engine_words("reckoning.worked-weekend")
    if not calendar.knows(day):
        moved += engine_words("reckoning.may-move", schedule=schedule_words(day, calendar), day=day_words(day, end))
    return moved


def first_working_day(start: Day, calendar: Calendar) -> Day:
    day = start + ONE_DAY
    while calendar.knows(day) and calendar.is_rest(day):
        day += ONE_DAY
    return day


def schedule_words(day: Day, calendar: Calendar) -> str:
    """What is known of the schedule that settles a day which the calendar does not know."""
    year = schedule_year(day)
    return engine_words("schedule.unpublished" if year > calendar.last else "schedule.missing", year=year)


def day_words(day: Day, since: Day) -> str:
    """`11月10日`, with the year where it is not that of `since`."""
    year = engine_words("year", year=day.year) if day.year != since.year else ""
    return year + engine_words("day.short", month=day.month, day=day.day)


def weekday_words(day: Day) -> str:
    return engine_words("weekday", name=engine_words("weekdays")[day.weekday()])


def period_words(period: Period) -> str:
    """`7天`, `15个工作日`, `2个月`, `1年`."""
    return f"{period.count}{engine_words(f'unit.{period.counted_in}')}"
