"""What is told in one tree is not asked in the next: ranges against every day, walks over chains of trees against a
reading of the trees that knows no states, and the check `asked-twice` against all readers.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from math import prod

import pytest
from direct_reading import holds, told_as
from hypothesis import given
from hypothesis import strategies as st
from random_trees import CALENDAR, compiled_of, generated, project_of, projects

from minglu.compile import Compiled
from minglu.engine.contract import arrival_of
from minglu.engine.dates import Period, band_of
from minglu.engine.follow import carried_over, taken_answers
from minglu.engine.walk import walk
from minglu.resolve.model import Also, Answer, Project, Question, Tree
from minglu.unfold.carrying import as_counted_by, ranges_met
from minglu.verify.asked_twice import asked_twice

quick = generated(30)
TODAY = date(2026, 11, 16)
MOST_READERS = 300
LIMITS = (
    "2 days",
    "7 days",
    "7 working-days",
    "15 days",
    "2 calendar-days",
    "1 month",
    "2 months",
    "12 months",
    "1 year",
)


def divided(*limits: str) -> Question:
    answers = tuple(
        Answer(f"a{at}", "", "", limit, (), at=None)
        for at, limit in enumerate((*limits, None))  # type: ignore[arg-type]
    )
    return Question("q", "date", "", "", "", "", None, None, True, answers, None, ())  # type: ignore[arg-type]


@pytest.mark.parametrize("own", LIMITS)
@pytest.mark.parametrize("theirs", LIMITS)
def test_a_range_is_taken_as_every_range_that_a_day_in_it_may_fall_into(own: str, theirs: str) -> None:
    one, other = divided(own), divided(theirs)
    limits = [[Period.parse(answer.limit) if answer.limit else None for answer in q.answers] for q in (one, other)]
    met: dict[int, set[int]] = {0: set(), 1: set()}
    for today in (TODAY, date(2026, 10, 9), date(2026, 3, 2)):
        for ago in range(420):
            day = today - timedelta(days=ago)
            mine, there = (band_of(day, today, each, CALENDAR) for each in limits)
            met[mine].add(there)
    assert met[0] <= span(ranges_met(other, (None, own)))
    assert met[1] <= span(ranges_met(other, (own, None)))
    if own == theirs:
        assert span(ranges_met(other, (None, own))) == {0} and span(ranges_met(other, (own, None))) == {1}


@pytest.mark.parametrize("own", LIMITS)
@pytest.mark.parametrize("theirs", LIMITS)
def test_a_range_counted_to_another_day_is_taken_as_far_as_it_tells(own: str, theirs: str) -> None:
    """To the day of the report by the one tree, to today by the other, and the other way round."""
    to_report, to_today = replace(divided(own), until="reported"), divided(theirs)
    limits = [
        [Period.parse(answer.limit) if answer.limit else None for answer in q.answers] for q in (to_report, to_today)
    ]
    by_report: dict[int, set[int]] = {0: set(), 1: set()}
    by_today: dict[int, set[int]] = {0: set(), 1: set()}
    for ago in range(0, 420, 3):
        day = TODAY - timedelta(days=ago)
        there = band_of(day, TODAY, limits[1], CALENDAR)
        for reported in {day, day + timedelta(days=ago // 3), TODAY}:
            mine = band_of(day, reported, limits[0], CALENDAR)
            by_report[mine].add(there)
            by_today[there].add(mine)
    for band, interval in ((0, (None, own)), (1, (own, None))):
        assert by_report[band] <= span(ranges_met(to_today, as_counted_by(to_today, to_report, interval)))
    for band, interval in ((0, (None, theirs)), (1, (theirs, None))):
        assert by_today[band] <= span(ranges_met(to_report, as_counted_by(to_report, to_today, interval)))
    assert as_counted_by(to_today, to_report, ("7 days", "15 days")) == ("7 days", None)
    assert as_counted_by(to_report, to_today, ("7 days", "15 days")) == (None, "15 days")


def span(ends: tuple[int, int]) -> set[int]:
    return {*range(ends[0], ends[1] + 1)}


# ---- readers over several trees, read directly


Told = dict[str, tuple[Tree, str]]
"""Shared question → where it was told, and how."""


def everywhere(
    project: Project, start: str, answers: dict[tuple[str, str], str], *, items: bool = True
) -> Iterator[tuple]:
    """One reader from the beginning of a tree: what they are asked (tree, question, and where it was told before), then
    the end. Who told a range that is several ranges elsewhere stands behind any of these: every way is gone.
    """
    todo: list[tuple[str, Told, dict[str, str], tuple]] = [(start, {}, {}, ())]
    seen = set()
    while todo:
        id, told, said, asked = todo.pop()
        here = (id, tuple(sorted((q, tree.id, answer) for q, (tree, answer) in told.items())), tuple(said.items()))
        if here in seen:  # trees may lead to each other for ever, with nothing new told
            continue
        seen.add(here)
        yield from one_tree(project, id, told, said, asked, answers, todo, items)


def one_tree(project, id, told, said, asked, answers, todo, items) -> Iterator[tuple]:
    tree = project.trees[id]
    walks: list[tuple[str, dict[str, str], Told, tuple]] = [(tree.start, {}, told, asked)]
    while walks:
        node, history, told, asked = walks.pop()
        if node in tree.outcomes:
            yield asked, f"{id}/{node}"
            for item in (*tree.outcomes[node].also, *tree.outcomes[node].channels) if items else ():
                to = item.to if isinstance(item, Also) else item.use
                if to.startswith("tree/") and holds(item.guard, history):
                    carries = item.carries if isinstance(item, Also) else ()
                    todo.append(handed(project, to, tree, told, said, carries, asked))
            continue
        question = tree.questions[node]
        known = told.get(node) if question.shared else None
        given: set[str] = {*told_as(known[0], tree, node, known[1])} if known else set()
        if known and not given:
            asked = (*asked, (id, node, known[0].id))
        elif not known and node in said:
            given = {"done"} if question.kind == "several" else {said[node]}
        if not given:
            given = {answers[id, node]}
            asked = asked if known else (*asked, (id, node, ""))
            known = None
        for answer in given:
            then = history | {node: answer}
            now = told | ({node: known or (tree, answer)} if question.shared else {})
            (way,) = [way for one in question.answers if one.id == answer for way in one.ways if holds(way.guard, then)]
            if way.to.startswith("tree/"):
                todo.append(handed(project, way.to, tree, now, said, way.carries, asked))
            else:
                walks.append((way.to, then, now, asked))


def handed(project, to, tree, told, said, carries, asked) -> tuple:
    """What goes on: all that was told, also by the hand-over before, and what this one says of what was not."""
    other = project.trees[to.removeprefix("tree/")]
    for question, answer in said.items():
        if question in tree.questions and tree.questions[question].shared:
            several = tree.questions[question].kind == "several"
            told = {question: (tree, "done" if several else answer)} | told
    told = {id: one for id, one in told.items() if id not in other.questions or other.questions[id].shared}
    return other.id, told, {one.question: one.answer for one in carries if one.question not in told}, asked


def readers(project: Project) -> Iterator[dict[tuple[str, str], str]]:
    """Every combination of one answer a question; none where there are too many to read."""
    asked = {(id, q.id): q.answer_ids() for id, tree in project.trees.items() for q in tree.questions.values()}
    if prod(map(len, asked.values())) <= MOST_READERS:
        yield from (dict(zip(asked, answers, strict=True)) for answers in product(*asked.values()))


@quick
@given(projects(whole=True, chain=True))
def test_who_is_asked_again_is_found_and_nobody_else(files) -> None:
    project = project_of(files)
    compiled = compiled_of(project)
    again = set()
    for answers in readers(project):
        for start in project.trees:
            for asked, _ in everywhere(project, start, answers):
                again |= {(question, before, tree) for tree, question, before in asked if before}
    found = {(one.question, one.first, one.again) for one in asked_twice(compiled.unfolded)}
    asked_for = [one for tree in project.trees.values() for one in tree.questions.values()]
    if prod(len(one.answers) for one in asked_for) <= MOST_READERS:
        assert found == again


@quick
@given(projects(whole=True, chain=True), st.data())
def test_the_engine_asks_over_a_chain_of_trees_what_the_reading_of_them_asks(files, data) -> None:
    """Of readers who always stand in one place."""
    project = project_of(files)
    compiled = compiled_of(project)
    asked_for = [(id, question) for id, tree in project.trees.items() for question in tree.questions.values()]
    for _ in range(20):
        answers = {(id, one.id): data.draw(st.sampled_from(one.answer_ids())) for id, one in asked_for}
        for start in project.trees:
            read = list(everywhere(project, start, answers, items=False))
            if len(read) == 1:
                asked, end = read[0]
                assert through_engine(compiled, start, answers) == ([step[:2] for step in asked], end)


def through_engine(compiled: Compiled, start: str, answers: dict[tuple[str, str], str]) -> tuple[list, str]:
    """What is asked, in which tree, of a reader who answers so; and the end. What is carried is not asked."""
    id, carried, asked = start, dict[str, str](), []
    while True:
        tree = compiled.trees[id]
        case = taken_answers(tree, carried)
        while (here := walk(tree, case, TODAY, CALENDAR)).asking:
            assert here.problem is None
            asked.append((id, here.asking))
            case[here.asking] = answers[id, here.asking]
        (at,) = here.at
        over = arrival_of(at)
        if over is None:
            return asked, f"{id}/{tree.states[at].node}"
        id, carried = over.tree, carried_over(tree, here, over, before=carried)


# ---- one story each


def asked_again(**changes: dict) -> list[tuple[str, str, str]]:
    """Three trees in a row that all ask `made`; the middle one does not, unless changed."""
    end = {"title": "e", "standing": "none", "says": "e", "channels": ["shop"]}
    head = {"title": "t", "summary": "t", "as_of": "2026-11-21", "reviewed": "2026-11-21", "outcomes": {"e": end}}
    told = {"use": "told", "bands": {"any": {"goto": "made"}}}
    made = {"use": "made", "bands": {"d7": {"within": "7 days", "goto": "on"}, "over": {"goto": "on"}}}
    on = {"ask": "on?", "options": {"yes": {"label": "y", "goto": "e"}, "no": {"label": "n", "goto": "tree/two"}}}
    trees = {
        "one": {"start": "told", "questions": {"told": told, "made": made, "on": on}},
        "two": {
            "start": "pick",
            "questions": {
                "pick": {
                    "ask": "p?",
                    "options": {"a": {"label": "a", "goto": "e"}, "b": {"label": "b", "goto": "tree/three"}},
                }
            },
        },
        "three": {
            "start": "made",
            "questions": {
                "made": {"use": "made", "bands": {"d2": {"within": "2 days", "goto": "e"}, "over": {"goto": "e"}}}
            },
        },
    }
    for tree, question in changes.items():
        trees[tree]["questions"]["made"] |= question
    shared = {"told": {"ask": "told?", "kind": "date"}, "made": {"ask": "made?", "kind": "date"}}
    files = {
        "trees/questions.yml": shared,
        "trees/channels.yml": {"shop": {"title": "s", "short": "s", "who": "s"}},
        **{f"trees/{id}/tree.yml": head | {"tree": id} | tree for id, tree in trees.items()},
    }
    project = project_of({path: json.dumps(data).encode() for path, data in files.items()})
    return [(one.question, one.first, one.again) for one in asked_twice(compiled_of(project).unfolded)]


def test_a_range_told_two_trees_before_is_not_asked_again_though_it_is_divided_otherwise() -> None:
    assert asked_again() == []


def test_a_range_that_is_counted_to_another_day_is_carried_as_far_as_it_says_something() -> None:
    assert asked_again(one={"until": "told"}) == []
