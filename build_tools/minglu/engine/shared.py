"""Several ends that remain → what all of them share: what is right to do before anybody knows which it is.

Shared is only what each of them shows for certain, whatever the reader may have ticked. Steps are shared from the first
on, as far as they are the same: a later one may rest on those before it. Of what another tree would say nothing is
known here: where a reader may also be handed over, only evidence is told, which does no harm to keep, and it is said of
which ends it holds. The earliest deadline need not be shared: who keeps it is early for all the others.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile
from typing import Any

from .contract import (
    CompiledDeadline,
    CompiledItem,
    CompiledLetter,
    CompiledOutcome,
    CompiledState,
    CompiledStatement,
    CompiledTree,
)
from .dates import Calendar, Period, Reckoned, certain_days
from .deadline_shown import REMINDED
from .labels import STANDINGS, UNSURE, basis_label, deadline_rule, standing_label
from .letter import fill_letter
from .outcome import deadline_report, reckon_deadlines, ruled_deadline, shown_by_ticks
from .report import DeadlineReport, Shared, SharedDue, SharedStep
from .verdict import verdict_of
from .walk import Given, Walk
from .words import engine_words

MOST_NAMED = 2  # outcomes that are named by their titles in one sentence


@dataclass(frozen=True)
class Told:
    """What a reader answered, the day in China, and the calendar. A page without a script knows none of it."""

    here: Walk
    today: date
    calendar: Calendar


@dataclass(frozen=True)
class End:
    """An outcome that remains. `shown` are the items of each of its lists that it shows whatever was ticked, `reckoned`
    its deadlines whose start is known to the day, by id. `dues` are those to act by, each with what it is known by:
    what counts the same length from the same day to the same end, under the same name, is one deadline.
    """

    outcome: CompiledOutcome
    shown: dict[str, tuple[Any, ...]]
    reckoned: dict[str, Reckoned]
    dues: tuple[tuple[Hashable, CompiledDeadline], ...]


@dataclass(frozen=True)
class Due:
    """One deadline to act by, the ends that have it, and the ids that it has there."""

    item: CompiledDeadline
    of: tuple[End, ...]
    ids: frozenset[str]

    def is_dated(self) -> bool:
        return self.item.id in self.of[0].reckoned


Reported = tuple[Due, DeadlineReport]


def shared_by(tree: CompiledTree, ends: Sequence[End], told: Told | None, *, elsewhere: bool) -> Shared:
    """`ends` are all outcomes that remain; `elsewhere`: other trees remain too."""
    alike = [] if elsewhere else ends
    standings = [one for one in STANDINGS if any(end.outcome.standing == one for end in ends)]
    dues = dues_of(ends)
    running = running_dues(tree, dues, told)
    now = first_steps(alike)
    evidence = in_all(ends, "evidence", lambda one: one.id)
    due = [*earliest(running), *shortest(tree, dues, told)]
    letter = shared_letter(tree, alike, told, running)
    return Shared(
        title=title_words(bool(now or evidence or letter), bool(due), elsewhere=elsewhere),
        standings=tuple(standings),
        standing=standing_words(standings, elsewhere=elsewhere),
        now=tuple(SharedStep(one.says, one.cite, one.basis, source_words(one)) for one in now),
        evidence=tuple(replace(one, when="") for one in evidence),
        due=tuple(
            shared_due(due, report, everywhere=len(due.of) == len(ends) and not elsewhere, named=told is not None)
            for due, report in due
        ),
        letter=letter,
        elsewhere=elsewhere,
    )


def end_at(tree: CompiledTree, state: CompiledState, told: Told | None) -> End:
    outcome = tree.outcomes[state.node]
    shown = shown_by_ticks(outcome, state, told.here) if told else shown_anyhow(outcome, state)
    sure: dict[str, tuple[Any, ...]] = {
        name: tuple(item for item in items if item.ticks is None) for name, items in shown.items()
    }
    sure["now"] = tuple(takewhile(lambda step: step.ticks is None, shown["now"]))
    reckoned = reckon_deadlines(sure["deadlines"], told.here, told.calendar) if told else {}
    dues = (item for item in sure["deadlines"] if item.kind == "due")
    return End(outcome, sure, reckoned, tuple((due_key(item, outcome, tree, reckoned), item) for item in dues))


def due_key(
    item: CompiledDeadline, outcome: CompiledOutcome, tree: CompiledTree, reckoned: dict[str, Reckoned]
) -> Hashable:
    rule = deadline_rule(item, outcome, tree)
    return item.label, item.says, item.cite, item.basis, item.met_by, rule, reckoned.get(item.id)


def shown_anyhow(outcome: CompiledOutcome, state: CompiledState) -> dict[str, tuple[CompiledItem, ...]]:
    return {name: tuple(items[index] for index in state.items[name]) for name, items in outcome.lists().items()}


def first_steps(ends: Sequence[End]) -> list[CompiledStatement]:
    """As far as every end has the same, from the first on."""
    in_step = zip(*(end.shown["now"] for end in ends), strict=False)
    return [steps[0] for steps in takewhile(lambda steps: len(set(map(stated_alike, steps))) == 1, in_step)]


def stated_alike(item: CompiledStatement) -> Hashable:
    return item.says, item.cite, item.basis


def in_all(ends: Sequence[End], name: str, key: Callable[[Any], Hashable]) -> list[Any]:
    """The items of a list of the first end that every other end shows too, each once."""
    if not ends:
        return []
    common = set.intersection(*({key(item) for item in end.shown[name]} for end in ends))
    return list({key(item): item for item in reversed(ends[0].shown[name]) if key(item) in common}.values())[::-1]


def title_words(any_shared: bool, any_due: bool, *, elsewhere: bool) -> str:
    """Of a deadline alone it cannot be said that it is for all of them; "" where there is nothing to do."""
    if any_shared:
        return engine_words("shared.title-here" if elsewhere else "shared.title")
    return engine_words("shared.title-due") if any_due else ""


def standing_words(standings: Sequence[str], *, elsewhere: bool) -> str:
    """From the strongest that may be to the weakest; "" where no outcome remains."""
    if not standings:
        return ""
    if len(standings) == 1:
        key = "shared.standing-here" if elsewhere else "shared.standing"
        return engine_words(key, standing=standing_label(standings[0]))
    first, last = standing_label(standings[0]), standing_label(standings[-1])
    return engine_words("shared.standings", strongest=first, weakest=last)


def source_words(item: CompiledStatement) -> str:
    cites = engine_words("rule.listed").join(item.cite)
    return engine_words("shared.source", cites=cites, basis=basis_label(item.basis)) if cites else ""


def shared_letter(
    tree: CompiledTree, ends: Sequence[End], told: Told | None, running: Sequence[Reported]
) -> CompiledLetter | None:
    """The first letter of all ends. Filled in is what is known and the same at each of them; the rest stays blank."""
    letters: list[CompiledLetter] = in_all(ends, "letters", lambda one: one.id)
    if not letters:
        return None
    letter = replace(letters[0], when="")
    if told is None:
        return letter
    everywhere = [(due, report) for due, report in running if len(due.of) == len(ends) and len(due.ids) == 1]
    days = {report.id: report.limit for _, report in everywhere if report.limit} | {"today": told.today.isoformat()}
    return replace(
        letter,
        text=fill_letter(letter.text, tree, told.here, days=days, sums={}),
        chat=fill_letter(letter.chat, tree, told.here, days=days, sums={}),
    )


def dues_of(ends: Iterable[End]) -> list[Due]:
    dues: dict[Hashable, list[tuple[CompiledDeadline, End]]] = {}
    for end in ends:
        for key, item in end.dues:
            dues.setdefault(key, []).append((item, end))
    return [
        Due(of[0][0], tuple({id(end): end for _, end in of}.values()), frozenset(item.id for item, _ in of))
        for of in dues.values()
    ]


def running_dues(tree: CompiledTree, dues: Sequence[Due], told: Told | None) -> list[Reported]:
    """Those whose day is known and is still to come."""
    reports = ((due, due_report(tree, due, told)) for due in dues if due.is_dated())
    return [(due, report) for due, report in reports if report and report.limit and report.verdict in REMINDED]


def earliest(running: Sequence[Reported]) -> list[Reported]:
    """The one with the earliest day; of several, the one that most ends have."""
    return sorted(running, key=lambda one: (one[1].limit, -len(one[0].of)))[:1]


def shortest(tree: CompiledTree, dues: Sequence[Due], told: Told | None) -> list[Reported]:
    """Of those whose day is not known, not met and not over: the shortest, one for each day that it is counted from.

    To tell what is met or over takes long where much is left open, so nothing longer is asked.
    """
    found: dict[str, Reported] = {}
    least = None
    for due in sorted((due for due in dues if not due.is_dated()), key=lambda due: (due_length(due), -len(due.of))):
        if found and due_length(due) != least:
            break
        rule = deadline_rule(due.item, due.of[0].outcome, tree)
        if rule not in found and (report := due_report(tree, due, told)):
            least = due_length(due)
            found[rule] = due, report
    return list(found.values())


def shared_due(due: Due, report: DeadlineReport, *, everywhere: bool, named: bool) -> SharedDue:
    """The calendar file is left to the outcome."""
    ends = tuple(dict.fromkeys(end.outcome.id for end in due.of))
    return SharedDue(
        replace(report, calendar=None), ends, everywhere, due_words(due, everywhere=everywhere, named=named)
    )


def due_length(due: Due) -> int:
    """Days of its period, at most."""
    return certain_days(Period.parse(due.item.within))[1]


def due_report(tree: CompiledTree, due: Due, told: Told | None) -> DeadlineReport | None:
    """None where the reader has acted, or it is over. Who cannot say when they acted may not have."""
    end = due.of[0]
    if told is None:
        return ruled_deadline(due.item, end.outcome, tree)
    given = Given(tree, told.here.path, told.today, told.calendar)
    acted = given.step(due.item.met_by)
    item = replace(due.item, met_by=None) if acted and acted.answer == UNSURE else due.item
    verdict = verdict_of(item, given, end.reckoned)
    if verdict.acted or verdict.says == "over":
        return None
    return deadline_report(item, given, end.outcome, end.reckoned)


def due_words(due: Due, *, everywhere: bool, named: bool) -> str:
    """For which ends it is, `named` by their titles; a page has hundreds of these, where titles would weigh."""
    if everywhere:
        return engine_words("shared.due-everywhere")
    if not named:
        return engine_words("shared.due-unnamed")
    titles = list(dict.fromkeys(end.outcome.title for end in due.of))
    if len(titles) > MOST_NAMED:
        return engine_words("shared.due-of-some", count=len(titles))
    quoted = (engine_words("shared.quoted", title=title) for title in titles)
    return engine_words("shared.due-of", titles="".join(quoted))
