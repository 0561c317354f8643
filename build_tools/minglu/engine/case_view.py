"""A case on a day → what the reader sees of it: each fact once, the ends reached, one timeline, one list of evidence,
the letters, and the road with where they stand on it. Events of the log move it, not time alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from .case import Case, CaseLibrary, CaseWalk, LogEntry, log_in_order
from .case_days import case_calendar, clocks_of, coming_days, next_day, timeline_of
from .case_report import (
    CaseEnd,
    CaseEvidence,
    CaseLetter,
    CaseReport,
    FactTold,
    LogAnswer,
    ToldElse,
)
from .case_road import road_of
from .contract import CompiledChannel, CompiledTree, CompiledUse
from .dates import Calendar, parse_date
from .labels import day_label, standing_label
from .outcome import outcome_report
from .report import AmountReport
from .walk import Walk, walk
from .walk_report import changed_words, end_title, path_steps, where_at
from .words import engine_words


@dataclass(frozen=True)
class Walked:
    """A tree, the reader's walk there with what the log answers (`by_log`), and where that stands."""

    tree: CompiledTree
    kept: CaseWalk
    by_log: dict[str, str]
    here: Walk
    problem: str | None

    @property
    def answers(self) -> dict[str, str]:
        return self.kept.answers | self.by_log


def case_report(
    case: Case, trees: Mapping[str, CompiledTree], library: CaseLibrary, *, today: date, calendar: Calendar
) -> CaseReport:
    """Walks through trees that are not among `trees` are left out: the page loads those that the case names."""
    log = log_in_order(case)
    walked = [walk_with_log(trees[id], one, log, today, calendar) for id, one in case.walks.items() if id in trees]
    ends = tuple(ends_of(walked, today, calendar))
    clocks = {rung.id: clocks_of(rung, log, today, calendar) for rung in library.channels}
    days = coming_days(ends, library, clocks)
    return CaseReport(
        today=today.isoformat(),
        facts=tuple(facts_told(walked, log)),
        ends=ends,
        timeline=tuple(timeline_of(told_days(walked, log), case, ends, library, clocks, today)),
        evidence=tuple(evidence_of(case, ends, library)),
        letters=tuple(letters_of(case, ends)),
        road=tuple(road_of(ends, library, log, clocks)),
        stands=next((entry.who for entry in reversed(log) if entry.who), ""),
        next=next_day(days, today),
        log_answers=tuple(log_answers(walked, library)),
        amounts=tuple(amounts_of(ends)),
        channels=tuple(once(end.outcome.channels for end in ends if end.outcome)),
        mistakes=tuple(once(end.outcome.mistakes for end in ends if end.outcome)),
        calendar=case_calendar(days, today),
    )


# ---- what was told


def walk_with_log(
    tree: CompiledTree, kept: CaseWalk, log: Sequence[LogEntry], today: date, calendar: Calendar
) -> Walked:
    """The log's days are left aside where they do not fit what was told: an entry takes no walk away."""
    by_log = answered_by_log(kept.answers, log, tree)
    here = walk(tree, kept.answers | by_log, today, calendar)
    if here.problem and by_log:
        return Walked(tree, kept, {}, walk(tree, kept.answers, today, calendar), log_misfits(tree, here))
    return Walked(tree, kept, by_log, here, here.problem)


def log_misfits(tree: CompiledTree, here: Walk) -> str:
    ask = tree.questions[here.asking].ask if here.asking else ""
    return engine_words("case.log-misfits", ask=ask.rstrip("？?"), why=here.problem)


def answered_by_log(answers: Mapping[str, str], log: Sequence[LogEntry], tree: CompiledTree) -> dict[str, str]:
    """The days of the log that stand where the walk has no day of its own; of two entries the earlier one counts, as
    such a question asks for the first time.
    """
    told: dict[str, str] = {}
    for entry in log:
        for question, answer in entry.answers.items():
            asked = tree.questions.get(question)
            if asked and asked.shared and not is_exact(answers.get(question)):
                told.setdefault(question, answer)
    return told


def is_exact(answer: str | None) -> bool:
    try:
        return bool(answer and parse_date(answer))
    except ValueError:
        return False


def facts_told(walked: Sequence[Walked], log: Sequence[LogEntry]) -> Iterator[FactTold]:
    """A shared question is one fact, a tree's own question is that tree's."""
    found: dict[tuple[str, str], FactTold] = {}
    for one in walked:
        id = one.tree.tree
        for step in path_steps(one.tree, one.here):
            asked = one.tree.questions[step.question]
            key = ("" if asked.shared else id, step.question)
            carried = asked.carries.get(step.answer, step.answer)
            told = found.get(key)
            if told is None:
                by_log = step.question in one.by_log
                told = FactTold(
                    step.question, asked.ask, step.answer, carried, step.shown, asked.shared, by_log, (id,), ()
                )
            elif told.shown == step.shown:
                told = replace(told, trees=(*told.trees, id))
            else:
                told = replace(told, others=told_else(told.others, ToldElse(carried, step.shown, (id,))))
            found[key] = told
    for entry in log:
        for question, day in entry.answers.items():
            if (told := found.get(("", question))) and day != told.answer:
                other = ToldElse(day, day_label(day), ())
                found["", question] = replace(told, others=told_else(told.others, other))
    yield from found.values()


def told_else(others: tuple[ToldElse, ...], other: ToldElse) -> tuple[ToldElse, ...]:
    same = next((one for one in others if one.shown == other.shown), None)
    if same is None:
        return (*others, other)
    return tuple(replace(one, trees=(*one.trees, *other.trees)) if one is same else one for one in others)


def told_days(walked: Sequence[Walked], log: Sequence[LogEntry]) -> Iterator[tuple[str, str, str, str]]:
    """Each exact day that a walk was told, once: the tree, the question, what it asks, and the day. What the log tells,
    too, stands there as an entry.
    """
    found = {("", question, day) for entry in log for question, day in entry.answers.items()}
    for one in walked:
        for step in one.here.path:
            asked = one.tree.questions[step.question]
            key = ("" if asked.shared else one.tree.tree, step.question, step.answer)
            if asked.kind == "date" and is_exact(step.answer) and key not in found:
                found.add(key)
                yield one.tree.tree, step.question, asked.ask, step.answer


def log_answers(walked: Sequence[Walked], library: CaseLibrary) -> Iterator[LogAnswer]:
    """What an entry may answer: shared questions whose day is known to no walk, nor to an entry already."""
    open_ones: dict[str, str] = {}
    for one in walked:
        for id, asked in one.tree.questions.items():
            if asked.shared and not is_exact(one.answers.get(id)):
                open_ones[id] = asked.ask
    known = {id for one in walked for id in one.tree.questions if is_exact(one.answers.get(id))}
    for rung in library.channels:
        for kind, questions in rung.answers.items():
            for id in questions:
                if id in open_ones and id not in known:
                    yield LogAnswer(rung.id, kind, id, open_ones[id])


# ---- where the walks ended


def ends_of(walked: Sequence[Walked], today: date, calendar: Calendar) -> Iterator[CaseEnd]:
    trees = {one.tree.tree for one in walked}
    for one in walked:
        end = case_end(one, today=today, calendar=calendar)
        if not (end.kind == "tree" and end.id in trees):
            yield end


def case_end(one: Walked, *, today: date, calendar: Calendar) -> CaseEnd:
    tree, at = one.tree, where_at(one.tree, one.here)
    outcome = None
    if at.kind == "outcome" and at.state:
        outcome = outcome_report(tree, at.state, one.here, today=today, calendar=calendar, ticked=one.kept.replies)
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
        answers=one.answers,
        changed=changed_words(tree, one.here, one.kept.answers, one.kept.version or None),
        problem=one.problem,
        outcome=outcome,
    )


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
        if not end.outcome:
            continue
        goes = {step.letter: step.to for step in end.outcome.now if step.letter and not step.to.startswith("tree/")}
        for letter in end.outcome.letters:
            key = f"{end.tree}/{end.id}/{letter.id}"
            done = case.letters.get(key)
            copied, sent = (done.copied, done.sent) if done else ("", "")
            yield CaseLetter(key, end.tree, end.id or "", letter, goes.get(letter.id, ""), copied, sent)


def amounts_of(ends: Sequence[CaseEnd]) -> Iterator[AmountReport]:
    found: dict[tuple[str, str | None, str], AmountReport] = {}
    for end in ends:
        for one in end.outcome.amounts if end.outcome else ():
            found.setdefault((one.label, one.value, one.formula), one)
    yield from found.values()


def once[Use: (CompiledUse, CompiledChannel)](lists: Iterable[tuple[Use, ...]]) -> list[Use]:
    return list({use.id: use for uses in lists for use in uses}.values())
