"""An outcome state and a walk → what the reader gets: items shown, deadlines with their days, amounts, letters."""

from collections.abc import Collection
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from .amount_words import amount_formula, amount_rule, total_words
from .contract import (
    CompiledAmount,
    CompiledDeadline,
    CompiledItem,
    CompiledOutcome,
    CompiledReply,
    CompiledStart,
    CompiledState,
    CompiledStatement,
    CompiledTree,
)
from .dates import Calendar, Period, Reckoned, deadline
from .deadline_shown import calendar_file, deadline_shown
from .labels import deadline_rule
from .letter import fill_letter
from .reckoning_words import reckoning_words
from .report import AmountReport, DeadlineReport, OutcomeReport, ReplyReport
from .sums import Known, reckon_amounts
from .ticks import is_ticked, ticks_hold
from .verdict import Verdict, verdict_of
from .walk import Given, Walk


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
    shown: dict[str, Any] = shown_by_ticks(outcome, at, here)
    items = [item for items in shown.values() for item in items if isinstance(item, CompiledStatement)]
    reckoned = reckon_deadlines(shown["deadlines"], here, calendar)
    given = Given(tree, here.path, today, calendar)
    deadlines = tuple(deadline_report(item, given, outcome, reckoned) for item in shown["deadlines"])
    known = Known(here, {id: one.date for id, one in reckoned.items()}, today)
    amounts = amount_reports(shown["amounts"], tree, outcome, known)
    days = {one.id: one.limit for one in deadlines if one.limit} | {"today": today.isoformat()}
    # What the reader would owe is no demand: in a letter it stays blank.
    sums = {one.id: one.shown for one in amounts if one.value and not one.value.startswith("-")}
    comes = {reply.id: reply for reply in (outcome.replies[index] for index in at.items["replies"])}
    replies = tuple(reply_report(one, is_ticked(comes[one.id], here, ticked)) for one in shown["replies"])
    answered = [one.letter for one in replies if one.ticked and one.letter]
    return OutcomeReport(
        id=outcome.id,
        title=outcome.title,
        standing=outcome.standing,
        says=outcome.says,
        **{
            name: shown[name]
            for name in ("now", "remedies", "grounds", "burden", "evidence", "channels", "also", "mistakes")
        },
        replies=replies,
        cites=tuple(dict.fromkeys(cite for item in items for cite in item.cite)),
        deadlines=deadlines,
        amounts=amounts,
        letters=tuple(
            replace(
                one,
                text=fill_letter(one.text, tree, here, days=days, sums=sums, replies=answered),
                chat=fill_letter(one.chat, tree, here, days=days, sums=sums, replies=answered),
            )
            for one in shown["letters"]
        ),
    )


def reply_report(item: CompiledReply, ticked: bool) -> ReplyReport:
    return ReplyReport(**{one.name: getattr(item, one.name) for one in fields(item)}, ticked=ticked)


def shown_by_ticks(outcome: CompiledOutcome, at: CompiledState, here: Walk) -> dict[str, tuple[CompiledItem, ...]]:
    """Of each list the items of this state that the reader's ticks do not rule out. Those that a tick decides either
    way keep their `ticks` only where the reader left open what applies.
    """
    shown = {}
    for name, items in outcome.lists().items():
        verdicts = [(items[index], ticks_hold(items[index].ticks, here)) for index in at.items[name]]
        shown[name] = tuple(
            replace(item, ticks=None) if item.ticks and holds else item
            for item, holds in verdicts
            if holds is not False
        )
    return shown


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


def deadline_report(
    item: CompiledDeadline, given: Given, outcome: CompiledOutcome, reckoned: dict[str, Reckoned]
) -> DeadlineReport:
    """With its days where its start is known to the day; else with its rule in words."""
    known, verdict, today = reckoned.get(item.id), verdict_of(item, given, reckoned), given.today
    how = reckoning_words(known, given.calendar, kind=item.kind) if known else deadline_rule(item, outcome, given.tree)
    report = DeadlineReport(
        **stated(item),
        kind=item.kind,
        date=known.date.isoformat() if known else None,
        unshifted=known.unshifted.isoformat() if known else None,
        moved=known.move_basis(item.kind) if known else "",
        sure=known.sure if known else False,
        verdict=verdict.says,
        limit=verdict.limit.isoformat() if verdict.limit else None,
        own=verdict.own.isoformat() if verdict.own else None,
        days=verdict.days,
        how=how,
        shown=deadline_shown(item, verdict, known, how=how, today=today),
        calendar=None,
    )
    return replace(report, calendar=calendar_file(given.tree, outcome, report, today))


def ruled_deadline(item: CompiledDeadline, outcome: CompiledOutcome, tree: CompiledTree) -> DeadlineReport:
    """Of which nothing is known but its rule."""
    return DeadlineReport(
        **stated(item),
        kind=item.kind,
        date=None,
        unshifted=None,
        moved="",
        sure=False,
        verdict=None,
        limit=None,
        own=None,
        days=None,
        how=deadline_rule(item, outcome, tree),
        shown=None,
        calendar=None,
    )


def met_verdicts(
    deadlines: tuple[CompiledDeadline, ...], given: Given, reckoned: dict[str, Reckoned]
) -> dict[str, Verdict]:
    """Of the deadlines that the reader acted on, by id."""
    return {item.id: verdict_of(item, given, reckoned) for item in deadlines if item.met_by}


def amount_reports(
    amounts: tuple[CompiledAmount, ...], tree: CompiledTree, outcome: CompiledOutcome, known: Known
) -> tuple[AmountReport, ...]:
    reckoned = reckon_amounts(amounts, known)
    return tuple(
        AmountReport(
            **stated(item),
            value=str(one.total) if one else None,
            shown=total_words(one.total) if one else "",
            formula=amount_formula(item, one, outcome.amounts, known.sums) if one else amount_rule(item, outcome, tree),
        )
        for item in amounts
        for one in (reckoned[item.id],)
    )


def stated(item: CompiledDeadline | CompiledAmount) -> dict[str, Any]:
    return {name: getattr(item, name) for name in ("id", "label", "says", "cite", "basis", "ticks")}
