"""The site's own trees, held to what docs/contribute/ promises of them: short ways, both sides of every limit, every
situation covered.
"""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from minglu import pipeline
from minglu.changes.mutate import score
from minglu.engine.walk_report import walk_report
from minglu.site_settings import docs_beside
from minglu.unfold.model import Handover, Unfolded
from minglu.verify.coverage import coverage

ROOT = Path(__file__).parent.parent
TREES = sorted(path.parent.name for path in (ROOT / "trees").glob("*/tree.yml"))
SHORT = 8
"""Questions: most readers are to reach an outcome within so many."""


@pytest.fixture(scope="module")
def done() -> pipeline.Compiled:
    """As `make check` looks at it, the hand-written pages included."""
    done, found = pipeline.check(pipeline.read_files(ROOT / "trees"), docs=docs_beside(ROOT / "trees"))
    assert found == []
    return done


def ways_by_length(one: Unfolded) -> Counter[int]:
    """How many different walks have how many questions."""
    lengths: dict[str, Counter[int]] = {}
    for state in reversed(one.states.values()):
        lengths[state.id] = Counter() if state.edges else Counter({0: 1})
        for edge in state.edges:
            ahead = {0: 1} if isinstance(edge.to, Handover) else lengths[edge.to]
            lengths[state.id].update({length + 1: ways for length, ways in ahead.items()})
    return lengths[one.start]


@pytest.mark.parametrize("id", TREES)
def test_most_ways_are_short(done, id: str) -> None:
    lengths = ways_by_length(done.unfolded[id])
    assert sum(ways for length, ways in lengths.items() if length <= SHORT) / lengths.total() >= 0.75
    assert max(lengths) <= SHORT + 1


@pytest.mark.parametrize("id", TREES)
def test_every_question_says_why_and_where(done, id: str) -> None:
    assert [
        question.id for question in done.unfolded[id].tree.questions.values() if not (question.why and question.find)
    ] == []


@pytest.mark.parametrize("id", TREES)
def test_worked_walks_stand_on_both_sides_of_every_limit(done, id: str) -> None:
    assert coverage(done.trees[id], done.project.trees[id].walks, done.days).missing() == []


def test_some_walks_meet_the_odd_days_of_the_calendar(done) -> None:
    """A last day that moves off a public holiday, one on a make-up workday, a month's end without a like day, a leap
    day.
    """
    calendar = done.days
    told = [
        walk_report(
            done.trees[id],
            worked.answers,
            today=date.fromisoformat(worked.today),
            calendar=calendar,
            without=("what_if", "deciding"),
        )
        for id, one in done.unfolded.items()
        for worked in one.tree.walks
    ]
    deadlines = [one for here in told if here.outcome for one in here.outcome.deadlines if one.date]
    days = [(date.fromisoformat(one.unshifted), date.fromisoformat(one.date)) for one in deadlines]
    answers = [
        answer for one in done.unfolded.values() for worked in one.tree.walks for answer in worked.answers.values()
    ]
    assert any(counted in calendar.holidays and counted.weekday() < 5 and day > counted for counted, day in days), (
        "no last day on a public holiday"
    )
    assert any(calendar.knows(day) and day.weekday() >= 5 and not calendar.is_rest(day) for _, day in days), (
        "none on a make-up workday"
    )
    assert any(answer.endswith("-02-29") for answer in answers), "no leap day"
    assert any(answer[5:] in ("01-31", "03-31", "05-31", "08-31", "10-31", "12-31") for answer in answers), (
        "no month's end"
    )


def test_at_least_half_of_the_outcomes_are_told_in_an_example(done) -> None:
    for one in done.unfolded.values():
        told = {worked.arrives for worked in one.tree.walks if worked.story}
        assert 2 * len(told & {*one.tree.outcomes}) >= len(one.tree.outcomes), one.tree.id


def test_the_first_tree_leads_to_all_others(done) -> None:
    start = done.unfolded["start"]
    assert {
        edge.to.tree for state in start.states.values() for edge in state.edges if isinstance(edge.to, Handover)
    } == set(TREES) - {"start"}


def test_every_kind_of_situation_has_its_rows() -> None:
    """Which outcomes stand in them, `check` looks at."""
    source = (ROOT / "docs/contribute/scenarios.md").read_text()
    table = source.split("## 各种情形走到哪里")[1].split("\n## ")[0]
    assert set("ABCDEFGHIJKL") <= set(re.findall(r"(?m)^\| ([A-Z]) ", table))


def test_every_wrong_saying_of_the_two_sources_has_its_mistake(done) -> None:
    source = (ROOT / "docs/contribute/scenarios.md").read_text().split("## 常见误解从哪里来")[1]
    parts = source.split("### ")[1:]
    for part, count in zip(parts, (15, 21), strict=True):
        rows = [row for row in part.splitlines() if re.match(r"\| \d+ \|", row)]
        assert [int(row.split("|")[1]) for row in rows] == list(range(1, count + 1))
        assert all(
            set(re.findall(r"mistakes\.md#([a-z0-9-]+)", row))
            and set(re.findall(r"mistakes\.md#([a-z0-9-]+)", row)) <= set(done.project.library.mistakes)
            for row in rows
        )


@pytest.mark.parametrize("id", TREES)
def test_worked_walks_notice_nearly_every_slip(done, id: str) -> None:
    """A sample; all of them: `python -m minglu mutate`. The figures are published."""
    told = score(done, id, every=29)
    assert told.total and told.noticed >= 0.95 * told.total
    rows = [
        line.split("|")[2:5]
        for line in (ROOT / "docs/contribute/mutation.md").read_text().splitlines()
        if line.startswith(f"| `{id}`")
    ]
    assert len(rows) == 1 and int(rows[0][1]) >= 0.95 * int(rows[0][0])


@pytest.mark.parametrize("id", TREES)
def test_no_letter_says_a_unit_twice_or_asks_for_what_the_reader_would_owe(done, id: str) -> None:
    for worked in done.project.trees[id].walks:
        today = date.fromisoformat(worked.today)
        report = walk_report(
            done.trees[id], worked.answers, today=today, calendar=done.days, without=("what_if", "deciding")
        )
        for letter in report.outcome.letters if report.outcome else ():
            told = letter.text + letter.chat
            assert not re.search("元 ?元|个月 ?个月|天 ?天|倒过来", told), (worked.name, letter.id)
