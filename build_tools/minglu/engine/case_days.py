"""The days of a case: what runs since an entry of the log, one timeline, the next day, and one calendar file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from .case import Case, CaseLibrary, Clock, LogEntry, Rung
from .case_report import CaseEnd, NextDay, TimelineItem
from .contract import CompiledDeadline, CompiledStart
from .dates import Calendar
from .deadline_shown import CALENDAR_END, calendar_begin, event_lines
from .from_day import report_from_day
from .labels import basis_label
from .reckoning_words import day_words, weekday_words
from .report import CalendarFile, DeadlineReport
from .words import engine_words

RUNS = ("running", "last-day", "not-yet")
"""The verdicts of a day that is still to come."""

NEAR = 30
"""Days."""

Clocks = Mapping[str, tuple[DeadlineReport, ...]]
"""What runs, by the channel."""

ToldDay = tuple[str, str, str, str]
"""The tree, the question, what it asks, and the day."""


# ---- what the log starts


def clocks_of(rung: Rung, log: Sequence[LogEntry], today: date, calendar: Calendar) -> tuple[DeadlineReport, ...]:
    """What runs at a channel, each clock from the entry that started it. `log` is in the order of its days."""
    here = [entry for entry in log if entry.who == rung.id]
    started = ((clock, started_by(clock, here)) for clock in rung.clocks)
    return tuple(clock_report(clock, entry, today, calendar) for clock, entry in started if entry)


def started_by(clock: Clock, here: Sequence[LogEntry]) -> LogEntry | None:
    """Waiting for the other side ends when it has answered in any way, and a reminder does not begin it anew; what the
    reader must do by a day runs on, from the last time that it began.
    """
    since: LogEntry | None = None
    for entry in here:
        if entry.kind in clock.on:
            since = since if since and clock.kind == "ripens" else entry
        elif clock.kind == "ripens" and entry.kind not in ("called", "sent"):
            since = None
    return since


def clock_report(clock: Clock, entry: LogEntry, today: date, calendar: Calendar) -> DeadlineReport:
    event, day = engine_words(f"log.{entry.kind}"), date.fromisoformat(entry.day)
    return report_from_day(clock_deadline(clock), day, today=today, calendar=calendar, event=event)


def clock_deadline(clock: Clock) -> CompiledDeadline:
    return CompiledDeadline(
        when="",
        ticks=None,
        says=clock.says,
        cite=clock.cite,
        basis=clock.basis,
        id=clock.id,
        kind=clock.kind,
        label=clock.label,
        start=CompiledStart("one", ()),
        within=clock.within,
        met_by=None,
    )


# ---- the timeline


def timeline_of(
    told: Iterable[ToldDay],
    case: Case,
    ends: Sequence[CaseEnd],
    library: CaseLibrary,
    clocks: Clocks,
    today: date,
) -> Iterator[TimelineItem]:
    """By day; on one day what was told, then the log, then what ends. What has no day comes last."""
    items = [
        *told_items(told, library, today),
        *log_items(case.log, library, today),
        *day_items(ends, library, clocks, today),
    ]
    order = {"told": 0, "log": 1, "due": 2, "ripens": 2}
    yield from sorted(items, key=lambda item: (item.day is None, item.day or "", order[item.kind]))


def told_items(told: Iterable[ToldDay], library: CaseLibrary, today: date) -> Iterator[TimelineItem]:
    for tree, question, ask, day in told:
        title = library.events.get(f"{tree}/{question}") or library.events.get(question) or ask.rstrip("？?")
        yield TimelineItem(day, shown_day(day, today), "told", title, "", (tree,))


def log_items(log: Sequence[LogEntry], library: CaseLibrary, today: date) -> Iterator[TimelineItem]:
    titles = {rung.id: rung.title for rung in library.channels}
    for place, entry in enumerate(log):
        who, what = titles.get(entry.who, ""), engine_words(f"log.{entry.kind}")
        title = engine_words("log.at", who=who, what=what) if who else what
        ends = (entry.who,) if entry.who else ()
        yield TimelineItem(entry.day, shown_day(entry.day, today), "log", title, entry.says, ends, entry=place)


def shown_day(text: str, today: date) -> str:
    return day_words(date.fromisoformat(text), today)


def shown_weekday(text: str, today: date) -> str:
    day = date.fromisoformat(text)
    return engine_words("case.on-day", day=day_words(day, today), weekday=weekday_words(day))


def day_items(ends: Sequence[CaseEnd], library: CaseLibrary, clocks: Clocks, today: date) -> Iterator[TimelineItem]:
    """The same day by the same rule is one item, whatever outcomes have it."""
    found: dict[tuple[object, ...], TimelineItem] = {}
    for home, one in deadlines_of(ends, library, clocks):
        day = opens_on(one) if one.limit else one.date
        key = (one.kind, one.label, day, one.verdict, one.cite)
        if key in found:
            found[key] = replace(found[key], ends=(*found[key].ends, home))
            continue
        file = calendar_of([(home, day, one)], f"{one.id}-{day}.ics", today) if day and one.verdict in RUNS else None
        cites = engine_words("rule.listed").join(one.cite)
        found[key] = TimelineItem(
            day=day,
            shown=shown_weekday(day, today) if day else "",
            kind=one.kind,
            title=one.label,
            says=state_words(one),
            ends=(home,),
            verdict=one.verdict,
            about=one.says,
            how=one.how,
            cite=one.cite,
            source=engine_words("shared.source", cites=cites, basis=basis_label(one.basis)),
            calendar=file,
        )
    yield from found.values()


def state_words(report: DeadlineReport) -> str:
    """How it stands, without the day that stands beside it; but where the reader acted, with theirs."""
    if not report.shown or not report.limit:
        return ""
    if not report.own:
        return report.shown.left
    return engine_words("case.day", headline=report.shown.headline, left=report.shown.left)


def deadlines_of(ends: Sequence[CaseEnd], library: CaseLibrary, clocks: Clocks) -> Iterator[tuple[str, DeadlineReport]]:
    """Those of the outcomes, then those of the channels; each with the outcome or channel that it is of."""
    for end in ends:
        for one in end.outcome.deadlines if end.outcome else ():
            yield f"{end.tree}/{end.id}", one
    for rung in library.channels:
        for one in clocks.get(rung.id, ()):
            yield rung.id, one


def opens_on(report: DeadlineReport) -> str:
    """The day to mark: the last one to act on, or the first on which a right has arisen."""
    day = date.fromisoformat(report.limit or "")
    return (day + timedelta(days=1) if report.kind == "ripens" else day).isoformat()


# ---- what is to come


def coming_days(ends: Sequence[CaseEnd], library: CaseLibrary, clocks: Clocks) -> list[tuple[str, str, DeadlineReport]]:
    """What still runs, by the day to mark; the same rule and day once."""
    found: dict[tuple[object, ...], tuple[str, str, DeadlineReport]] = {}
    for home, one in deadlines_of(ends, library, clocks):
        if one.verdict in RUNS and one.limit and one.shown:
            day = opens_on(one)
            found.setdefault((one.label, day, one.cite), (home, day, one))
    return sorted(found.values(), key=lambda coming: coming[1])


def next_day(coming: Sequence[tuple[str, str, DeadlineReport]], today: date) -> NextDay | None:
    """The nearest day by which something must be done, or from which something may be."""
    if not coming:
        return None
    _, text, one = coming[0]
    days = (date.fromisoformat(text) - today).days
    left = engine_words("deadline.running", days=days) if days else engine_words("case.next-today")
    says = engine_words(f"case.next-{one.kind}", label=one.label)
    return NextDay(text, shown_weekday(text, today), left, says, days <= NEAR)


def case_calendar(coming: Sequence[tuple[str, str, DeadlineReport]], today: date) -> CalendarFile | None:
    """One file of all days still to come: the last ones to act on, and the first ones on which a right has arisen."""
    return calendar_of(coming, f"minglu-{today.isoformat()}.ics", today) if coming else None


def calendar_of(coming: Sequence[tuple[str, str, DeadlineReport]], name: str, today: date) -> CalendarFile:
    events = [
        line
        for home, day, one in coming
        for line in event_lines(one, f"{home.replace('/', '-')}-{one.id}", date.fromisoformat(day), today)
    ]
    return CalendarFile(name, "\r\n".join((*calendar_begin(), *events, *CALENDAR_END)))
