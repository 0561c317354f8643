"""Bands of a date lie one beyond the other, whatever the day they are counted from."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from minglu.diagnostics import Diagnostic, Words
from minglu.engine.dates import Calendar, Period, deadline
from minglu.engine.reckoning_words import day_words
from minglu.resolve.model import Answer
from minglu.verify.subject import Subject

PROVES = "每个日期分成的几段，不管从哪天数起，都是一段比一段远"


def check(subject: Subject) -> Iterator[Diagnostic]:
    calendar = subject.compiled.days
    for question in subject.one.tree.questions.values():
        if question.kind == "date":
            for before, after in zip(question.answers, question.answers[1:]):
                if before.limit and after.limit and (wrong := apart(before.limit, after.limit, calendar)):
                    yield told(before, after, *wrong)


def told(before: Answer, after: Answer, start: date, end: date, later_end: date) -> Diagnostic:
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


@cache
def apart(before: str, after: str, calendar: Calendar) -> tuple[date, date, date] | None:
    """A day to count from, the latest there is, and the ends of both limits: where `after` ends first, or where it
    never reaches further. None where all is well.
    """
    one, other = Period.parse(before), Period.parse(after)
    if one.unit == other.unit:
        return None
    start, further = date(calendar.last, 12, 1), False
    latest = start, deadline(start, one, calendar).date, deadline(start, other, calendar).date
    while start.year >= calendar.first:
        end, later_end = deadline(start, one, calendar).date, deadline(start, other, calendar).date
        if later_end < end:
            return start, end, later_end
        further |= later_end > end
        start -= timedelta(1)
    return None if further else latest
