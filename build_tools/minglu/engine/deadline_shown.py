"""The verdict on a deadline → the words that a reader is shown, and the file that puts it into their calendar."""

from datetime import date, timedelta

from .contract import CompiledDeadline, CompiledOutcome, CompiledTree
from .dates import Reckoned
from .reckoning_words import day_words, weekday_words
from .report import CalendarFile, DeadlineReport, DeadlineShown
from .verdict import Verdict
from .words import engine_words

OCTETS = 75  # of a line of a calendar file (RFC 5545, section 3.1)
REMINDED = ("running", "last-day")
"""The verdicts that leave the reader something to do by the day."""


def deadline_shown(
    item: CompiledDeadline, verdict: Verdict, reckoned: Reckoned | None, *, how: str, today: date
) -> DeadlineShown | None:
    """`reckoned` and `how`, its arithmetic, are of the days where they are known, else None and the rule."""
    if reckoned is None and verdict.says is None and not verdict.acted:
        return None
    dated = reckoned is not None and verdict.limit is not None
    return DeadlineShown(
        headline=headline_words(item, verdict, reckoned, today) if reckoned else engine_words("deadline.by-range"),
        inclusive=engine_words("deadline.inclusive") if dated and item.kind == "due" and not verdict.acted else "",
        left=left_words(verdict),
        safe=safe_words(item, verdict, reckoned, today) if reckoned else "",
        arithmetic=engine_words("deadline.arithmetic", how=how, cite=engine_words("rule.listed").join(item.cite)),
    )


def headline_words(item: CompiledDeadline, verdict: Verdict, reckoned: Reckoned, today: date) -> str:
    limit = verdict.limit or reckoned.date
    if not verdict.acted:
        return engine_words("deadline.after" if item.kind == "ripens" else "deadline.by", **day_values(limit, today))
    key = "deadline.last"
    if limit == reckoned.counted and reckoned.period.counted_in in ("days", "working-days"):
        working = reckoned.period.unit == "working-days"
        key = "deadline.last-of-working-days" if working else "deadline.last-of-days"
    last = engine_words(key, count=reckoned.period.count, **day_values(limit, today))
    return engine_words("deadline.own", last=last, **day_values(verdict.own, today)) if verdict.own else last


def left_words(verdict: Verdict) -> str:
    """The verdict in words; without a number where it comes from rough answers."""
    if verdict.says is None:
        return engine_words("deadline.which-day" if verdict.acted and not verdict.own else "deadline.undecided")
    if verdict.says == "not-yet" and verdict.days == 0:
        return engine_words("deadline.not-yet-today")
    if verdict.days is None and verdict.says not in ("kept", "ripe"):
        return engine_words(f"deadline.range-{verdict.says}")
    return engine_words(f"deadline.{verdict.says}", days=verdict.days)


def safe_words(item: CompiledDeadline, verdict: Verdict, reckoned: Reckoned, today: date) -> str:
    """What moves off rest days mean for this reader: which are plain, and which not to rely on."""
    if item.kind == "ripens":
        waits = verdict.says == "not-yet" and reckoned.date != reckoned.unshifted
        return engine_words("deadline.safe-ripens", **day_values(reckoned.unshifted, today)) if waits else ""
    words = ""
    if reckoned.plain != reckoned.unshifted and (verdict.own is None or verdict.own > reckoned.unshifted):
        words = engine_words("deadline.holiday", **day_values(reckoned.unshifted, today))
    if reckoned.date == reckoned.plain or verdict.says in ("kept", "late"):
        return words
    if verdict.says == "arguable":
        moved = day_words(reckoned.date, today)
        return words + engine_words("deadline.safe-arguable", moved=moved, **day_values(reckoned.plain, today))
    if verdict.limit == reckoned.plain:
        return words + engine_words("deadline.safe", **day_values(reckoned.date, today))
    return words + engine_words("deadline.safe-passed", **day_values(reckoned.plain, today))


def day_values(day: date, today: date) -> dict[str, str]:
    return {"day": day_words(day, today), "weekday": weekday_words(day)}


def calendar_file(
    tree: CompiledTree, outcome: CompiledOutcome, report: DeadlineReport, today: date
) -> CalendarFile | None:
    """An all-day event with a reminder at nine the day before; None for what ripens, was met or is over."""
    return calendar_for(f"{tree.tree}-{outcome.id}-{report.id}", report, today)


def calendar_for(id: str, report: DeadlineReport, today: date) -> CalendarFile | None:
    """`id` is what the event is known by, together with its day."""
    if report.verdict not in REMINDED or report.limit is None or report.shown is None:
        return None
    event = event_lines(report, id, date.fromisoformat(report.limit), today)
    return CalendarFile(f"{report.id}-{report.limit}.ics", "\r\n".join((*calendar_begin(), *event, *CALENDAR_END)))


def calendar_begin() -> tuple[str, ...]:
    return ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Minglu//tree-walk//ZH")


CALENDAR_END = ("END:VCALENDAR", "")


def event_lines(report: DeadlineReport, id: str, day: date, today: date) -> list[str]:
    """The lines of one event on `day`, folded; what ripens is named by the first day on which the right has arisen.

    The stamp is the day of the walk: the engine has no clock.
    """
    key = "ics.safe-day" if report.limit != report.date else "ics.last-day"
    title = engine_words("ics.ripe" if report.kind == "ripens" else key, label=report.label, date=report.date)
    about = report.shown.arithmetic if report.shown else report.how
    lines = [
        "BEGIN:VEVENT",
        f"UID:{id}-{report.limit}@minglu",
        f"DTSTAMP:{compact(today)}T000000Z",
        f"DTSTART;VALUE=DATE:{compact(day)}",
        f"DTEND;VALUE=DATE:{compact(day + timedelta(days=1))}",
        f"SUMMARY:{escape_text(title)}",
        f"DESCRIPTION:{escape_text(engine_words('ics.about', arithmetic=about))}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{escape_text(engine_words('ics.reminder', title=title))}",
        "TRIGGER:-PT15H",
        "END:VALARM",
        "END:VEVENT",
    ]
    return list(map(folded_line, lines))


def compact(day: date) -> str:
    return day.strftime("%Y%m%d")


def escape_text(text: str) -> str:
    """As RFC 5545 wants it, section 3.3.11."""
    for char in "\\;,":
        text = text.replace(char, f"\\{char}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n")


def folded_line(line: str) -> str:
    """Lines of at most 75 octets; what goes on begins with a space (section 3.1)."""
    folded, size = "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > OCTETS:
            folded, size = f"{folded}\r\n ", 1
        folded, size = folded + char, size + octets
    return folded
