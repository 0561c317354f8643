"""An outcome state and a walk → what the reader gets: items shown, deadlines with their days, amounts, letters."""

from collections.abc import Collection
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from .contract import (
    CompiledAmount,
    CompiledDeadline,
    CompiledOutcome,
    CompiledReply,
    CompiledStart,
    CompiledStatement,
    CompiledTree,
)
from .dates import Calendar, Period, Reckoned, deadline
from .deadline_shown import calendar_file, deadline_shown
from .labels import deadline_rule
from .letter import fill_letter
from .reckoning_words import reckoning_words
from .report import AmountReport, DeadlineReport, OutcomeReport, ReplyReport
from .ticks import is_ticked
from .walk import Walk
from .words import engine_words


def outcome_report(
    tree: CompiledTree,
    state: str,
    here: Walk,
    *,
    today: date,
    calendar: Calendar,
    ticked: Collection[str] | None = None,
) -> OutcomeReport:
    """Items whose guard does not hold at `state` are left out. `ticked` are the replies that the reader ticked."""
    at = tree.states[state]
    outcome = tree.outcomes[at.node]
    shown: dict[str, Any] = {
        name: tuple(items[index] for index in at.items[name]) for name, items in outcome.lists().items()
    }
    items = [item for items in shown.values() for item in items if isinstance(item, CompiledStatement)]
    deadlines = tuple(deadline_reports(tree, outcome, shown["deadlines"], here, today=today, calendar=calendar))
    days = {one.id: one.shown.day for one in deadlines if one.shown} | {"today": today.isoformat()}
    replies = tuple(reply_report(one, is_ticked(one, here, ticked)) for one in shown["replies"])
    answered = [one.letter for one in replies if one.ticked and one.letter]
    return OutcomeReport(
        id=outcome.id,
        title=outcome.title,
        standing=outcome.standing,
        says=outcome.says,
        **{name: shown[name] for name in ("now", "remedies", "grounds", "burden", "evidence", "channels", "mistakes")},
        replies=replies,
        cites=tuple(dict.fromkeys(cite for item in items for cite in item.cite)),
        deadlines=deadlines,
        amounts=tuple(amount_report(item, here) for item in shown["amounts"]),
        letters=tuple(
            replace(
                one,
                text=fill_letter(one.text, tree, here, days, answered),
                chat=fill_letter(one.chat, tree, here, days, answered),
            )
            for one in shown["letters"]
        ),
    )


def reply_report(item: CompiledReply, ticked: bool) -> ReplyReport:
    return ReplyReport(**{one.name: getattr(item, one.name) for one in fields(item)}, ticked=ticked)


def deadline_reports(
    tree: CompiledTree,
    outcome: CompiledOutcome,
    deadlines: tuple[CompiledDeadline, ...],
    here: Walk,
    *,
    today: date,
    calendar: Calendar,
) -> list[DeadlineReport]:
    """Each deadline with its day where the start is known to the day; else with its rule in words."""
    reckoned = reckon_deadlines(deadlines, here, calendar)
    return [
        dated_report(tree, outcome, item, reckoned[item.id], today=today, calendar=calendar)
        if item.id in reckoned
        else undated_report(item, deadline_rule(item, outcome, tree))
        for item in deadlines
    ]


def reckon_deadlines(deadlines: tuple[CompiledDeadline, ...], here: Walk, calendar: Calendar) -> dict[str, Reckoned]:
    """The deadlines whose start is known to the day, by id."""
    reckoned: dict[str, Reckoned] = {}
    for item in deadlines:
        start = start_day(item.start, here, reckoned)
        if start is not None:
            reckoned[item.id] = deadline(start, Period.parse(item.within), calendar)
    return reckoned


def start_day(start: CompiledStart, here: Walk, reckoned: dict[str, Reckoned]) -> date | None:
    """The day that a deadline is counted from, if every date it needs is known."""
    known = []
    for name, plus in start.dates:
        day = reckoned[name].date if name in reckoned else here.exact(name)
        if not isinstance(day, date):
            return None
        known.append(day + timedelta(days=plus))
    return min(known) if start.of == "earliest" else max(known)


def undated_report(item: CompiledDeadline, rule: str) -> DeadlineReport:
    return DeadlineReport(
        **stated(item),
        kind=item.kind,
        date=None,
        unshifted=None,
        sure=False,
        state=None,
        days_left=None,
        how=rule,
        shown=None,
        calendar=None,
    )


def dated_report(
    tree: CompiledTree,
    outcome: CompiledOutcome,
    item: CompiledDeadline,
    reckoned: Reckoned,
    *,
    today: date,
    calendar: Calendar,
) -> DeadlineReport:
    left = (reckoned.date - today).days
    # Where the calendar does not know, an unpublished holiday may still move a day that is over.
    state = deadline_state(item.kind, left) if reckoned.sure or left >= 0 else None
    report = DeadlineReport(
        **stated(item),
        kind=item.kind,
        date=reckoned.date.isoformat(),
        unshifted=reckoned.unshifted.isoformat(),
        sure=reckoned.sure,
        state=state,
        days_left=left,
        how=reckoning_words(reckoned, calendar),
        shown=None,
        calendar=None,
    )
    shown = deadline_shown(report, reckoned, today)
    return replace(report, shown=shown, calendar=calendar_file(tree, outcome, report, shown, today))


def deadline_state(kind: str, left: int) -> str:
    """`due`: open, today, passed. `ripens`: the right arises once the day has passed (民法典第201条), so on that day
    it is not yet ripe.
    """
    if kind == "ripens":
        return "ripe" if left < 0 else "not-yet"
    return "open" if left > 0 else "today" if left == 0 else "passed"


def amount_report(item: CompiledAmount, here: Walk) -> AmountReport:
    """`times` the number answered, at least the floor."""
    number = here.exact(item.sum)
    value = max(number * item.times, item.at_least) if isinstance(number, int) else None
    shown = "" if value is None else engine_words("amount.yuan", value=value)
    return AmountReport(**stated(item), value=value, shown=shown)


def stated(item: CompiledDeadline | CompiledAmount) -> dict[str, Any]:
    return {"id": item.id, "label": item.label, "says": item.says, "cite": item.cite, "basis": item.basis}
