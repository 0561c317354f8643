"""A period and the day that it is counted from → what a reader is told of it, as of a deadline of an outcome."""

from datetime import date

from .contract import CompiledDeadline
from .dates import Calendar, Period, deadline
from .deadline_shown import deadline_shown
from .reckoning_words import reckoning_words
from .report import DeadlineReport
from .verdict import ripening, running


def report_from_day(
    item: CompiledDeadline, start: date, *, today: date, calendar: Calendar, event: str = "", before: str = ""
) -> DeadlineReport:
    """`event` is what happened on the day, in words; `before` stands before its arithmetic."""
    known = deadline(start, Period.parse(item.within), calendar)
    verdict = ripening(known, today) if item.kind == "ripens" else running(known, today)
    how = before + reckoning_words(known, calendar, event, kind=item.kind)
    return DeadlineReport(
        id=item.id,
        kind=item.kind,
        label=item.label,
        says=item.says,
        cite=item.cite,
        basis=item.basis,
        ticks=None,
        date=known.date.isoformat(),
        unshifted=known.unshifted.isoformat(),
        moved=known.move_basis(item.kind),
        sure=known.sure,
        verdict=verdict.says,
        limit=verdict.limit.isoformat() if verdict.limit else None,
        own=None,
        days=verdict.days,
        how=how,
        shown=deadline_shown(item, verdict, known, how=how, today=today),
        calendar=None,
    )
