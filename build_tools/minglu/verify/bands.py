"""Bands of a date lie one beyond the other, whatever the day they are counted from."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from minglu.diagnostics import Diagnostic, Words
from minglu.engine.dates import Calendar, Period, day_before_which, deadline, period_end
from minglu.engine.reckoning_words import day_words
from minglu.resolve.model import Answer
from minglu.verify.subject import Subject

LAST_YEAR = 2027
NO_CALENDAR = Calendar(1, 9999, frozenset(), frozenset(), moves=False)
PROVES = "每个日期分成的几段，不管从哪天数起，都是一段比一段远"


def check(subject: Subject) -> Iterator[Diagnostic]:
    calendar = subject.compiled.days
    for question in subject.one.tree.questions.values():
        if question.kind == "date":
            for before, after in pairwise(question.answers):
                if not (before.limit and after.limit) or day_before_which(before.limit):
                    continue  # fixed days show their order
                if wrong := limits_out_of_order(before.limit, after.limit, calendar):
                    yield disorder(before, after, *wrong)


def disorder(before: Answer, after: Answer, start: date, end: date, later_end: date) -> Diagnostic:
    near, far = f"`{before.id}`（`{before.limit}`）", f"`{after.id}`（`{after.limit}`）"
    also = ((before.at, Words("前一段在这里", "the band before is here")),)
    help = Words("改界限，或把次序调过来", "change a limit, or their order")
    if later_end == end:
        return Diagnostic(
            "bands",
            after.at,
            Words(
                f"从哪天数起，{far}都不比前面的 {near}远",
                f"whatever the day, `{after.limit}` of the band `{after.id}` does not reach further than "
                f"`{before.limit}` of `{before.id}`",
            ),
            help,
            also,
        )
    zh = f"从 {start} 数起，前面的 {near}到{day_words(end, start)}才到期，{far}{day_words(later_end, start)}就到期了"
    return Diagnostic(
        "bands",
        after.at,
        Words(
            zh,
            f"counted from {start}, `{before.limit}` of the band `{before.id}` ends on {end}, "
            f"but `{after.limit}` of `{after.id}` already on {later_end}",
        ),
        help,
        also,
    )


def limits_out_of_order(before: str, after: str, calendar: Calendar) -> tuple[date, date, date] | None:
    """A day to count from, the latest there is, and the ends of both limits: where `after` ends first, or where it
    never reaches further. None where all is well.
    """
    near, far = Period.parse(before), Period.parse(after)
    if near.unit == far.unit:
        return None
    further, latest = False, None
    ordered = never_overtaken(near, far)
    for start in first_days(calendar):
        end, later_end = deadline(start, near, calendar).date, deadline(start, far, calendar).date
        latest = latest or (start, end, later_end)
        if later_end < end:
            return start, end, later_end
        further |= later_end > end
        if further and ordered:
            return None
    return None if further else latest


def first_days(calendar: Calendar) -> Iterator[date]:
    """The days to count from, the latest first: 28 years of them, as after that the weekdays of a year come again."""
    first, last = max(calendar.first, LAST_YEAR - 27), min(calendar.last, LAST_YEAR)
    start = date(last, 12, 1)
    while start.year >= first:
        yield start
        start -= timedelta(1)


def never_overtaken(near: Period, far: Period) -> bool:
    """True if the far limit never ends before the near one, whatever the calendar; False where that is not certain.

    A move off rest days keeps the order of two days, so it is enough to compare the ends before the move, from each day
    of four years. It is not certain of working days, nor of a far limit that stays where it is while the near one
    moves.
    """
    if "working-days" in (near.unit, far.unit) or (far.stays and not near.stays):
        return False
    if day_range(near)[1] <= day_range(far)[0]:
        return True
    starts = (date(2001, 1, 1) + timedelta(days) for days in range(4 * 365 + 1))
    return all(period_end(start, near, NO_CALENDAR)[0] <= period_end(start, far, NO_CALENDAR)[0] for start in starts)


def day_range(period: Period) -> tuple[int, int]:
    """The least and the most days that a period may have; for months a few more on either side, to be safe."""
    if period.counted_in == "years":
        return 365 * period.count, 366 * period.count
    if period.counted_in == "months":
        return 365 * period.count // 12 - 3, 366 * period.count // 12 + 3
    return period.count, period.count
