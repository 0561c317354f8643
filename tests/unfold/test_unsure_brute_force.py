"""What several ends are said to share is shown to everyone who may end in one of them, and what decides most is found
by counting where everybody ends.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from typing import Any

from direct_reading import read, shown
from hypothesis import given
from hypothesis import strategies as st
from random_trees import CALENDAR, TICKS, compiled_of, generated, project_of, projects

from minglu.engine.contract import CompiledTree
from minglu.engine.dates import Period, certain_days
from minglu.engine.outcome import outcome_report
from minglu.engine.report import OutcomeReport, WalkReport
from minglu.engine.walk import Walk, walk
from minglu.engine.walk_report import walk_report
from minglu.resolve.model import Tree

quick = generated(40)
TODAY = date(2026, 11, 16)


Drawn = tuple[Tree, CompiledTree, Walk, WalkReport]


@st.composite
def unsure_walks(draw: st.DrawFn) -> list[Drawn]:
    """A project's trees, as authored and compiled, each with a walk that ended in several ends, and its report."""
    compiled = compiled_of(project_of(draw(projects(whole=True, full=True))))
    drawn = []
    for id, tree in compiled.trees.items():
        own = compiled.unfolded[id].tree
        unsure = st.just("unsure")
        answers = {question: draw(st.one_of(unsure, unsure, any_answer(own, question))) for question in own.questions}
        if own.questions.keys() != tree.questions.keys():
            continue  # what nobody is asked has no words in a rule
        report = walk_report(tree, answers, today=TODAY, calendar=CALENDAR)
        if report.at.kind == "several":
            drawn.append((own, tree, walk(tree, answers, TODAY, CALENDAR), report))
    return drawn


def any_answer(tree: Tree, id: str) -> st.SearchStrategy[str]:
    question = tree.questions[id]
    if question.kind == "several":
        return st.sampled_from((*TICKS, "none"))
    if question.kind == "date":
        days = st.integers(0, 60).map(lambda back: (TODAY - timedelta(days=back)).isoformat())
        return st.one_of(days, st.sampled_from(question.answer_ids()))
    return st.sampled_from(question.answer_ids())


def everyone_meant(own: Tree, here: Walk) -> list[dict[str, str]]:
    """One answer a question, for each reader whom the walk may stand for."""
    told = {step.question: step.stands_for for step in here.path}
    each = [told.get(id, question.answer_ids()[:1]) for id, question in own.questions.items()]
    return [dict(zip(own.questions, answers, strict=True)) for answers in product(*each)]


def everyones_reports(own: Tree, tree: CompiledTree, here: Walk) -> list[OutcomeReport | None]:
    """Of each reader whom the walk may stand for, whatever they would tick where it is left open; None for another
    tree.
    """
    reports = []
    open_ticks = [step.question for step in here.path if own.questions[step.question].kind == "several"]
    open_ticks = [question for question in open_ticks if here.ticked(question) is None]
    for answers in everyone_meant(own, here):
        for ticks in product(("none", *TICKS, ".".join(TICKS)), repeat=len(open_ticks)):
            given_ = {
                step.question: step.answer if len(step.stands_for) == 1 else answers[step.question]
                for step in here.path
            } | dict(zip(open_ticks, ticks, strict=True))
            there = walk(tree, given_, TODAY, CALENDAR)
            if there.problem or len(there.at) > 1:  # an exact day that does not fit, or fits several of these answers
                continue
            state = there.at[0]
            reports.append(
                outcome_report(tree, state, there, today=TODAY, calendar=CALENDAR) if state in tree.states else None
            )
    return reports


@quick
@given(unsure_walks())
def test_what_is_shared_is_shown_to_everyone_whom_the_walk_may_stand_for(drawn) -> None:
    for own, tree, here, report in drawn:
        shared = report.shared
        for one in everyones_reports(own, tree, here):
            if one is None:
                assert shared.elsewhere and not shared.now and not shared.letter
                assert not any(due.everywhere for due in shared.due)
                continue
            assert stated(shared.now) == stated(one.now)[: len(shared.now)]
            assert {kept.id for kept in shared.evidence} <= {kept.id for kept in one.evidence}
            assert shared.letter is None or shared.letter.id in {letter.id for letter in one.letters}
            assert one.standing in shared.standings
            for due in shared.due:
                has = {(item.label, item.cite) for item in one.deadlines}
                assert not due.everywhere or (due.deadline.label, due.deadline.cite) in has


def stated(steps: Sequence[Any]) -> list[tuple]:
    return [(step.says, step.cite, step.basis) for step in steps]


def reports_of_ends(tree: CompiledTree, here: Walk) -> list[OutcomeReport]:
    """What each end shows to the reader who is unsure; what their ticks decide keeps its `ticks`."""
    states = (state for state in here.at if state in tree.states)
    return [outcome_report(tree, state, here, today=TODAY, calendar=CALENDAR) for state in states]


@quick
@given(unsure_walks())
def test_nothing_that_all_ends_show_is_left_out(drawn) -> None:
    for _, tree, here, report in drawn:
        ends, shared = reports_of_ends(tree, here), report.shared
        assert shared.elsewhere == any(state not in tree.states for state in here.at)
        assert {*shared.standings} == {end.standing for end in ends}
        kept = [{item.id for item in end.evidence if not item.ticks} for end in ends]
        assert {item.id for item in shared.evidence} == (set.intersection(*kept) if kept else set())
        if shared.elsewhere:
            continue
        further = [stated(end.now)[: len(shared.now) + 1] for end in ends]
        free = any(step.ticks for end in ends for step in end.now[len(shared.now) : len(shared.now) + 1])
        assert free or not all(one == further[0] and len(one) > len(shared.now) for one in further)
        letters = [{letter.id for letter in end.letters if not letter.ticks} for end in ends]
        assert bool(shared.letter) == bool(set.intersection(*letters))


@quick
@given(unsure_walks())
def test_no_day_to_act_by_comes_before_the_one_that_is_told(drawn) -> None:
    for _, tree, here, report in drawn:
        dues = [(end, due) for end in reports_of_ends(tree, here) for due in end.deadlines if not due.ticks]
        within = {(end.id, item.id): item for end in tree.outcomes.values() for item in end.deadlines}
        acted = {step.question for step in here.path if step.answer != "unsure"}
        dues = [(end, due) for end, due in dues if within[end.id, due.id].met_by not in acted]
        dated = [due.limit for _, due in dues if due.date and due.limit >= TODAY.isoformat()]
        assert [one.deadline.limit for one in report.shared.due if one.deadline.date] == sorted(dated)[:1]
        lengths = [length(within[end.id, due.id].within) for end, due in dues if not due.date and due.verdict != "over"]
        told = [one for one in report.shared.due if not one.deadline.date]
        assert bool(told) == bool(lengths)
        for one in told:
            assert {length(within[end, one.deadline.id].within) for end in one.ends} == {min(lengths)}


def length(within: str) -> int:
    return certain_days(Period.parse(within))[1]


@quick
@given(unsure_walks())
def test_the_questions_stand_by_how_many_ends_each_would_leave(drawn) -> None:
    for own, tree, here, report in drawn:
        everyone = [(answers, end_of(own, tree, answers)) for answers in everyone_meant(own, here)]
        now = len({end for _, end in everyone})
        counts = {
            step.question: [
                len({end for answers, end in everyone if answers[step.question] == answer})
                for answer in step.stands_for
            ]
            for step in here.path
            if len(step.stands_for) > 1
        }
        told = {one.question: one for one in report.deciding}
        for question, left in counts.items():
            if question not in told:
                assert left == [now] * len(left)  # it changes nothing
                continue
            one = told[question]
            assert (one.ends, one.least, one.most) == (now, min(left), max(left))
            assert one.mean == round(sum(left) / len(left), 2)
        means = [Fraction(sum(counts[one.question]), len(counts[one.question])) for one in report.deciding]
        assert means == sorted(means)
        assert {*told} <= {*counts}


def end_of(own: Tree, tree: CompiledTree, answers: dict[str, str]) -> tuple:
    """What a reader with these answers is shown in the end, or the place in another tree."""
    history, end = read(own, answers)
    if end[0] != "outcome":
        return walk(tree, answers, TODAY, CALENDAR).at
    lists = shown(own, end[1], history)
    return end[1], tuple((name, tuple(id(item) for item in items)) for name, items in lists.items())
