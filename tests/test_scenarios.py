"""The two tables of docs/contribute/scenarios.md that the trees are held to: what is easily answered wrong stands in a
worked walk or a case, and a reader who begins at the first question gets to the outcome that is promised.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from minglu import pipeline
from minglu.engine.walk_report import follow_report

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 29)
"""Said in the page as well."""
CASE = "case: "


class Leg(NamedTuple):
    """A part of a row: what is answered in one tree."""

    tree: str
    answers: dict[str, str]


class Way(NamedTuple):
    words: str
    legs: list[Leg]
    outcome: str


def rows(heading: str) -> list[list[str]]:
    """The cells of the table below the heading, without its first two lines."""
    source = (ROOT / "docs/contribute/scenarios.md").read_text()
    part = source.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    table = [line for line in part.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def coded(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def legs(cell: str) -> Iterator[Leg]:
    for part in cell.split("→"):
        pairs = [pair.split(": ") for pair in coded(part)]
        yield Leg(part.split("`")[0].strip(), dict(pairs))


SLIPS = rows("容易答错的情形")
WAYS = [Way(words, list(legs(way)), *coded(outcome)) for words, way, outcome in rows("从头走也找得到")]


@pytest.fixture(scope="module")
def done() -> pipeline.Compiled:
    done, found = pipeline.check(pipeline.read_files(ROOT / "trees"))
    assert found == []
    return done


@pytest.fixture(scope="module")
def worked(done) -> set[str]:
    """Every worked walk and every case, as the page names them."""
    project = done.project
    walks = {f"{id}/{walk.name}" for id, tree in project.trees.items() for walk in tree.walks}
    return walks | {CASE + case.name for case in project.cases}


@pytest.mark.parametrize(("words", "rule", "shown"), SLIPS, ids=[row[0] for row in SLIPS])
def test_what_is_easily_answered_wrong_is_worked_out(worked, words: str, rule: str, shown: str) -> None:
    assert words and rule and coded(shown)
    assert set(coded(shown)) <= worked


def test_no_situation_stands_twice() -> None:
    for told in ([row[0] for row in SLIPS], [way.words for way in WAYS]):
        assert len(told) == len({*told})


@pytest.mark.parametrize("way", WAYS, ids=[way.words for way in WAYS])
def test_the_outcome_is_reached_from_the_first_question(done, way: Way) -> None:
    """Leg by leg: two trees may ask each a question of its own under one name. What one leg told, the next carries."""
    tree, carried = "start", {}
    for leg in way.legs:
        assert leg.tree == tree
        told = follow_report(done.trees, done.trees[tree], {**carried, **leg.answers}, today=TODAY, calendar=done.days)
        assert leg.answers.items() <= {step.question: step.answer for step in told.path}.items()
        tree, carried = told.tree, told.carried
    assert told.end == way.outcome
