"""A reckoned deadline on a day → what the reader is shown of it, and the file that puts it into their calendar.

Decided here once, for page, terminal, letter and calendar file: where rest days move an end, the day before the move
stands large while it lasts. That an ordinary weekend moves an end is inferred, so who acts by that day is in time in
any case.
"""

from datetime import date, timedelta

from .contract import CompiledOutcome, CompiledTree
from .dates import Reckoned
from .reckoning_words import day_words, weekday_words
from .report import CalendarFile, DeadlineReport, DeadlineShown
from .words import engine_words

OCTETS = 75  # of a line of a calendar file (RFC 5545, section 3.1)


def deadline_shown(report: DeadlineReport, reckoned: Reckoned, today: date) -> DeadlineShown:
    """`report` says how the deadline stands by its moved day; where the safe day stands large, its own state and days
    count.
    """
    ripens = report.kind == "ripens"
    moved = not ripens and reckoned.unshifted != reckoned.date
    safe = moved and reckoned.unshifted >= today
    day = reckoned.unshifted if safe else reckoned.date
    left = (day - today).days
    state = ("open" if left else "today") if safe else report.state
    return DeadlineShown(
        day=day.isoformat(),
        state=state,
        headline=engine_words("deadline.after" if ripens else "deadline.by", **day_values(day, today)),
        inclusive="" if ripens else engine_words("deadline.inclusive"),
        left=left_words(state, left),
        safe=safe_words(reckoned, today, safe=safe) if moved else "",
        arithmetic=arithmetic_words(report),
    )


def left_words(state: str | None, left: int) -> str:
    if state is None:
        return engine_words("deadline.undecided")
    if state == "not-yet" and left <= 0:
        return engine_words("deadline.not-yet-today")
    return engine_words(f"deadline.{state}", left=left, past=-left)


def safe_words(reckoned: Reckoned, today: date, *, safe: bool) -> str:
    """What the move off rest days means: do not wait for it, or, once the day before it is over, that all hangs on
    it.
    """
    if safe:
        return engine_words("deadline.safe", **day_values(reckoned.date, today))
    return engine_words("deadline.safe-passed", **day_values(reckoned.unshifted, today))


def day_values(day: date, today: date) -> dict[str, str]:
    return {"day": day_words(day, today), "weekday": weekday_words(day)}


def arithmetic_words(report: DeadlineReport) -> str:
    return engine_words("deadline.arithmetic", how=report.how, cite=engine_words("rule.listed").join(report.cite))


def calendar_file(
    tree: CompiledTree, outcome: CompiledOutcome, report: DeadlineReport, shown: DeadlineShown, today: date
) -> CalendarFile | None:
    """An all-day event with a reminder at nine the day before; None for what ripens and for what is over.

    The stamp is the day of the walk: the engine has no clock.
    """
    day = date.fromisoformat(shown.day)
    if report.kind == "ripens" or day < today:
        return None
    title = engine_words("ics.last-day", label=report.label)
    if shown.day != report.date:
        title = engine_words("ics.safe-day", label=report.label, date=report.date)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Minglu//tree-walk//ZH",
        "BEGIN:VEVENT",
        f"UID:{tree.tree}-{outcome.id}-{report.id}-{shown.day}@minglu",
        f"DTSTAMP:{compact(today)}T000000Z",
        f"DTSTART;VALUE=DATE:{compact(day)}",
        f"DTEND;VALUE=DATE:{compact(day + timedelta(days=1))}",
        f"SUMMARY:{escape_text(title)}",
        f"DESCRIPTION:{escape_text(engine_words('ics.about', arithmetic=shown.arithmetic))}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{escape_text(engine_words('ics.reminder', title=title))}",
        "TRIGGER:-PT15H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return CalendarFile(f"{report.id}-{shown.day}.ics", "\r\n".join(map(folded_line, lines)))


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
