"""Bands of a date lie one beyond the other, whatever the day they are counted from."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from minglu.diagnostics import Diagnostic, Words
from minglu.engine.dates import Calendar, Period, deadline
from minglu.engine.reckoning_words import day_words
from minglu.resolve.model import Answer
from minglu.verify.subject import Subject

MANUAL = """Bands of a date lie one beyond the other, whatever the day they are counted from.

In one unit that shows (it is told at once, under the same name). `5 working-days` and `7 days`, or `1 month` and `30 days`, are
reckoned for every first day of every year whose holidays are known: a later band must never end before an earlier one, and on some
day it must reach further. Where days are added (`plus`), both ends move by as many; that is not reckoned again.

中文：日期的各段一段比一段远，不管从哪天数起。单位一样的，一看就知道；单位不同的，比如 `5 working-days` 和 `7 days`、`1 month` 和 `30 days`，程序把放假安排已知的每一天都数一遍：后一段不能比前一段先到期，也总要有一天比它远。

Accepted:
```yaml
questions:
  received:
    ask: 你哪天收到水壶？
    kind: date
    bands: { d7: { within: 7 days, goto: refund }, m1: { within: 1 month, goto: repair }, over: { goto: repair } }
```
Reported:
```yaml
questions:
  received:
    ask: 你哪天收到水壶？
    kind: date
    bands: { w5: { within: 5 working-days, goto: refund }, d7: { within: 7 days, goto: repair }, over: { goto: repair } }
```
"""
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
                f"whatever the day, `{after.limit}` of the band `{after.id}` does not reach further than `{before.limit}` of `{before.id}`",
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
            f"counted from {start}, `{before.limit}` of the band `{before.id}` ends on {end}, but `{after.limit}` of `{after.id}` already on {later_end}",
        ),
        help,
        also,
    )


@cache
def apart(before: str, after: str, calendar: Calendar) -> tuple[date, date, date] | None:
    """A day to count from, the latest there is, and the ends of both limits: where `after` ends first, or where it never reaches further. None where all is well."""
    one, other = Period.parse(before), Period.parse(after)
    if one.unit == other.unit:
        return None
    start, further = date(calendar.last, 12, 1), False
    latest = start, deadline(start, one, calendar).date, deadline(start, other, calendar).date
    # Without holidays the years repeat themselves after 28.
    earliest = calendar.first if calendar.holidays else max(calendar.first, calendar.last - 28)
    while start.year >= earliest:
        end, later_end = deadline(start, one, calendar).date, deadline(start, other, calendar).date
        if later_end < end:
            return start, end, later_end
        further |= later_end > end
        start -= timedelta(1)
    return None if further else latest
