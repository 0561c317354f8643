"""A case on a day → what the reader sees of it: each fact once, the ends reached, one timeline, one list of evidence,
the letters, and the road with where they stand on it. Events of the log move it, not time alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from .case import Case, CaseLibrary, CaseWalk, Clock, LogEntry, Rung, day_of, log_in_order
from .case_report import (
    CaseEnd,
    CaseEvidence,
    CaseLetter,
    CaseReport,
    FactTold,
    NextDay,
    RungReport,
    TimelineItem,
)
from .contract import CompiledChannel, CompiledDeadline, CompiledStart, CompiledTree, CompiledUse
from .dates import Calendar, parse_date
from .deadline_shown import CALENDAR_END, calendar_begin, event_lines
from .from_day import report_from_day
from .labels import day_label, standing_label
from .outcome import outcome_report
from .report import AmountReport, CalendarFile, DeadlineReport
from .walk import Walk, walk
from .walk_report import changed_words, end_title, path_steps, where_at
from .words import engine_words

RUNS = ("running", "last-day", "not-yet")
"""The verdicts of a day that is still to come."""

MOVES_ON = ("refused", "ended")
"""Entries after which the next rung may be taken on the same day."""

Walked = tuple[CompiledTree, CaseWalk, Walk]


def case_report(
    case: Case, trees: Mapping[str, CompiledTree], library: CaseLibrary, *, today: date, calendar: Calendar
) -> CaseReport:
    """Walks through trees that are not among `trees` are left out: the page loads those that the case names."""
    log = log_in_order(case)
    walked = [
        (trees[id], one, walk(trees[id], answers_with_log(one.answers, log, trees[id]), today, calendar))
        for id, one in case.walks.items()
        if id in trees
    ]
    ends = tuple(case_end(tree, one, here, today=today, calendar=calendar) for tree, one, here in walked)
    clocks = {rung.id: clocks_of(rung, log, today, calendar) for rung in library.channels}
    road = tuple(road_of(ends, library, log, clocks))
    timeline = tuple(timeline_of(walked, ends, library, log, clocks))
    return CaseReport(
        today=today.isoformat(),
        facts=tuple(facts_told(walked)),
        ends=ends,
        timeline=timeline,
        evidence=tuple(evidence_of(case, ends, library)),
        letters=tuple(letters_of(case, ends)),
        road=road,
        stands=next((entry.who for entry in reversed(log) if entry.who), ""),
        next=next_day(ends, road, today),
        amounts=tuple(amounts_of(ends)),
        channels=tuple(once(end.outcome.channels for end in ends if end.outcome)),
        mistakes=tuple(once(end.outcome.mistakes for end in ends if end.outcome)),
        calendar=case_calendar(ends, library, clocks, today),
    )


# ---- what was told


def answers_with_log(answers: Mapping[str, str], log: Sequence[LogEntry], tree: CompiledTree) -> dict[str, str]:
    """What the log answers stands where the walk has no day of its own; of two entries the later one counts."""
    told = dict(answers)
    for entry in log:
        for question, answer in entry.answers.items():
            asked = tree.questions.get(question)
            if asked and asked.shared and not is_exact(answers.get(question)):
                told[question] = answer
    return told


def is_exact(answer: str | None) -> bool:
    try:
        return bool(answer and parse_date(answer))
    except ValueError:
        return False


def facts_told(walked: Sequence[Walked]) -> Iterator[FactTold]:
    """A shared question is one fact, a tree's own question is that tree's."""
    found: dict[tuple[str, str], FactTold] = {}
    for tree, _, here in walked:
        for step in path_steps(tree, here):
            asked = tree.questions[step.question]
            key = ("" if asked.shared else tree.tree, step.question)
            told = found.get(key)
            if told is None:
                found[key] = FactTold(step.question, asked.ask, step.answer, step.shown, asked.shared, (tree.tree,), ())
            elif told.shown == step.shown:
                found[key] = replace(told, trees=(*told.trees, tree.tree))
            else:
                found[key] = replace(told, others=tuple(dict.fromkeys((*told.others, step.shown))))
    yield from found.values()


def case_end(tree: CompiledTree, one: CaseWalk, here: Walk, *, today: date, calendar: Calendar) -> CaseEnd:
    at = where_at(tree, here)
    outcome = None
    if at.kind == "outcome" and at.state:
        outcome = outcome_report(tree, at.state, here, today=today, calendar=calendar, ticked=one.replies)
    titles = {
        "question": lambda: tree.questions[at.id or ""].ask,
        "outcome": lambda: tree.outcomes[at.id or ""].title,
        "tree": lambda: end_title(tree, f"tree/{at.id}"),
        "several": lambda: engine_words("case.several"),
    }
    standing = outcome.standing if outcome else None
    return CaseEnd(
        tree=tree.tree,
        tree_title=tree.title,
        version=tree.version,
        kind=at.kind,
        id=at.id,
        state=at.state,
        title=titles[at.kind](),
        standing=standing,
        shown=standing_label(standing) if standing else "",
        changed=changed_words(tree, here, one.answers, one.version or None),
        outcome=outcome,
    )


# ---- days


def clocks_of(rung: Rung, log: Sequence[LogEntry], today: date, calendar: Calendar) -> tuple[DeadlineReport, ...]:
    """What runs at a channel, each clock from the entry that started it."""
    here = [entry for entry in log if entry.who == rung.id]
    started = [(clock, started_by(clock, here)) for clock in rung.clocks]
    return tuple(clock_report(clock, entry, today, calendar) for clock, entry in started if entry)


def started_by(clock: Clock, entries: Iterable[LogEntry]) -> LogEntry | None:
    """Waiting for the other side ends when it has answered in any way, and a reminder does not begin it anew; what the
    reader must do by a day runs on, from the last time that it began.
    """
    since: LogEntry | None = None
    for entry in entries:
        if entry.kind in clock.on:
            since = since if since and clock.kind == "ripens" else entry
        elif clock.kind == "ripens" and entry.kind not in ("called", "sent"):
            since = None
    return since


def clock_report(clock: Clock, entry: LogEntry, today: date, calendar: Calendar) -> DeadlineReport:
    event = log_words(entry)
    return report_from_day(clock_deadline(clock), day_of(entry), today=today, calendar=calendar, event=event)


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


def timeline_of(
    walked: Sequence[Walked],
    ends: Sequence[CaseEnd],
    library: CaseLibrary,
    log: Sequence[LogEntry],
    clocks: Mapping[str, tuple[DeadlineReport, ...]],
) -> Iterator[TimelineItem]:
    """By day; on one day what was told, then the log, then what ends. What has no day comes last."""
    items = [*days_told(walked), *log_items(log, library), *deadline_items(ends, library, clocks)]
    order = {"told": 0, "log": 1, "due": 2, "ripens": 2}
    yield from sorted(items, key=lambda item: (item.day is None, item.day or "", order[item.kind]))


def days_told(walked: Sequence[Walked]) -> Iterator[TimelineItem]:
    found = set()
    for tree, _, here in walked:
        for step in here.path:
            asked = tree.questions[step.question]
            key = (step.question, step.answer)
            if asked.kind == "date" and is_exact(step.answer) and key not in found:
                found.add(key)
                yield TimelineItem(step.answer, "told", asked.ask, "", None, "", (), "", (tree.tree,))


def log_items(log: Sequence[LogEntry], library: CaseLibrary) -> Iterator[TimelineItem]:
    titles = {rung.id: rung.title for rung in library.channels}
    for entry in log:
        who = titles.get(entry.who, "")
        title = engine_words("log.at", who=who, what=log_words(entry)) if who else log_words(entry)
        yield TimelineItem(entry.day, "log", title, entry.says, None, "", (), "", (entry.who,) if entry.who else ())


def log_words(entry: LogEntry) -> str:
    return engine_words(f"log.{entry.kind}")


def deadline_items(
    ends: Sequence[CaseEnd], library: CaseLibrary, clocks: Mapping[str, tuple[DeadlineReport, ...]]
) -> Iterator[TimelineItem]:
    """The same day by the same rule is one item, whatever outcomes have it."""
    found: dict[tuple[object, ...], TimelineItem] = {}
    all = [(f"{end.tree}/{end.id}", one) for end in ends if end.outcome for one in end.outcome.deadlines]
    all += [(rung.id, one) for rung in library.channels for one in clocks.get(rung.id, ())]
    for end, one in all:
        day = one.limit or one.date
        key = (one.kind, one.label, day, one.cite)
        if key in found:
            found[key] = replace(found[key], ends=(*found[key].ends, end))
        else:
            says = " ".join(filter(None, (one.shown.headline, one.shown.left))) if one.shown else ""
            found[key] = TimelineItem(day, one.kind, one.label, says, one.verdict, one.how, one.cite, one.basis, (end,))
    yield from found.values()


def next_day(ends: Sequence[CaseEnd], road: Sequence[RungReport], today: date) -> NextDay | None:
    """The nearest day by which something must be done, or from which something may be."""
    reports = [one for end in ends if end.outcome for one in end.outcome.deadlines]
    reports += [one for rung in road for one in rung.clocks]
    days = [(opens_on(one), one) for one in reports if one.verdict in RUNS and one.limit]
    coming = [(day, one) for day, one in days if day >= today.isoformat()]
    if not coming:
        return None
    day, one = min(coming, key=lambda pair: pair[0])
    return NextDay(day, engine_words(f"case.next-{one.kind}", label=one.label))


def opens_on(report: DeadlineReport) -> str:
    """The day to mark: the last one to act on, or the first on which a right has arisen."""
    day = date.fromisoformat(report.limit or "")
    return (day + timedelta(days=1) if report.kind == "ripens" else day).isoformat()


# ---- the road


def road_of(
    ends: Sequence[CaseEnd],
    library: CaseLibrary,
    log: Sequence[LogEntry],
    clocks: Mapping[str, tuple[DeadlineReport, ...]],
) -> Iterator[RungReport]:
    """The channels of all ends, and those that the log names, in the order of the ladder. The next rung opens when one
    before it refused, ended the matter, or let its time pass; before anything was done the first one is open.
    """
    named: dict[str, list[str]] = {}
    for end in ends:
        for channel in end.outcome.channels if end.outcome else ():
            named.setdefault(channel.id, []).append(f"{end.tree}/{end.id}")
    steps = [rung for rung in library.channels if rung.id in named or any(entry.who == rung.id for entry in log)]
    last = {rung.id: [entry for entry in log if entry.who == rung.id] for rung in steps}
    touched = [place for place, rung in enumerate(steps) if last[rung.id]]
    furthest = touched[-1] if touched else -1
    opened = not touched or moves_on(last[steps[furthest].id][-1], clocks[steps[furthest].id])
    for place, rung in enumerate(steps):
        if entries := last[rung.id]:
            state, says = state_of(entries[-1], clocks[rung.id])
            day: str | None = entries[-1].day
        elif place < furthest:
            state, says, day = "before", engine_words("road.before"), None
        elif place == furthest + 1 and opened:
            state, says, day = "open", engine_words("road.open"), None
        elif place == furthest + 1:
            day = waits_until(clocks[steps[furthest].id])
            state, says = (
                "later",
                engine_words("road.later-day", day=day_label(day)) if day else engine_words("road.free"),
            )
        else:
            state, says, day = "later", "", None
        yield RungReport(
            rung.id,
            rung.title,
            rung.detail,
            rung.reach,
            state,
            says,
            day,
            clocks[rung.id],
            tuple(named.get(rung.id, ())),
        )


def moves_on(entry: LogEntry, clocks: Iterable[DeadlineReport]) -> bool:
    return entry.kind in MOVES_ON or any(one.kind == "ripens" and one.verdict == "ripe" for one in clocks)


def waits_until(clocks: Iterable[DeadlineReport]) -> str | None:
    """The first day on which the time that the other side has is over."""
    days = [opens_on(one) for one in clocks if one.kind == "ripens" and one.verdict == "not-yet"]
    return min(days, default=None)


def state_of(entry: LogEntry, clocks: Sequence[DeadlineReport]) -> tuple[str, str]:
    says = engine_words("road.last", day=day_label(entry.day), what=log_words(entry))
    if entry.kind in MOVES_ON:
        return "refused", says
    if any(one.kind == "ripens" and one.verdict == "ripe" for one in clocks):
        return "refused", says + engine_words("road.overdue")
    return "waiting", says


# ---- what to have


def evidence_of(case: Case, ends: Sequence[CaseEnd], library: CaseLibrary) -> Iterator[CaseEvidence]:
    """What any end wants, in the order of the ends; then what is at hand besides."""
    wanted: dict[str, list[str]] = {}
    said: dict[str, CompiledUse] = {}
    for end in ends:
        for use in end.outcome.evidence if end.outcome else ():
            wanted.setdefault(use.id, []).append(f"{end.tree}/{end.id}")
            said.setdefault(use.id, use)
    kept = {one.id: one for one in library.evidence}
    for id in dict.fromkeys((*wanted, *(one for one in case.evidence if one in kept))):
        needed, entry = said.get(id), kept.get(id)
        yield CaseEvidence(
            id,
            needed.title if needed else kept[id].title,
            needed.detail if needed else kept[id].proves,
            entry.how if entry else "",
            id in case.evidence,
            tuple(wanted.get(id, ())),
        )


def letters_of(case: Case, ends: Sequence[CaseEnd]) -> Iterator[CaseLetter]:
    for end in ends:
        for letter in end.outcome.letters if end.outcome else ():
            key = f"{end.tree}/{end.id}/{letter.id}"
            done = case.letters.get(key)
            yield CaseLetter(
                key, end.tree, end.id or "", letter, done.copied if done else "", done.sent if done else ""
            )


def amounts_of(ends: Sequence[CaseEnd]) -> Iterator[AmountReport]:
    found: dict[tuple[str, str | None, str], AmountReport] = {}
    for end in ends:
        for one in end.outcome.amounts if end.outcome else ():
            found.setdefault((one.label, one.value, one.formula), one)
    yield from found.values()


def once[Use: (CompiledUse, CompiledChannel)](lists: Iterable[tuple[Use, ...]]) -> list[Use]:
    return list({use.id: use for uses in lists for use in uses}.values())


# ---- the calendar


def case_calendar(
    ends: Sequence[CaseEnd],
    library: CaseLibrary,
    clocks: Mapping[str, tuple[DeadlineReport, ...]],
    today: date,
) -> CalendarFile | None:
    """One file of all days still to come: the last ones to act on, and the first ones on which a right has arisen. The
    same rule and day is one event.
    """
    reports = [(f"{end.tree}-{end.id}", one) for end in ends if end.outcome for one in end.outcome.deadlines]
    reports += [(rung.id, one) for rung in library.channels for one in clocks.get(rung.id, ())]
    coming: dict[tuple[str, str, tuple[str, ...]], tuple[str, DeadlineReport]] = {}
    for home, one in reports:
        if one.verdict in RUNS and one.limit and one.shown:
            coming.setdefault((one.label, opens_on(one), one.cite), (home, one))
    if not coming:
        return None
    events = [
        line
        for (_, day, _), (home, one) in sorted(coming.items(), key=lambda pair: pair[0][1])
        for line in event_lines(one, f"{home}-{one.id}", date.fromisoformat(day), today)
    ]
    lines = [*calendar_begin(), *events, *CALENDAR_END]
    return CalendarFile(f"minglu-{today.isoformat()}.ics", "\r\n".join(lines))
