"""What worked walks go through, by hand on the kettle."""

import pytest

from minglu import pipeline
from minglu.verify.coverage import Coverage, coverage

WALKS = "trees/kettle/walks.yml"


@pytest.fixture
def covered(toy_files):
    """The kettle's coverage with these walks added."""

    def covered(*walks: str) -> Coverage:
        added = "".join(f"- {{ walk: 加{index}, today: 2026-11-18, {walk} }}\n" for index, walk in enumerate(walks))
        done, found = pipeline.check(toy_files | {WALKS: toy_files[WALKS] + added.encode()})
        assert found == []
        return coverage(done.trees["kettle"], done.project.trees["kettle"].walks, done.days)

    return covered


def test_the_limits_are_those_that_make_a_difference(covered) -> None:
    """After 15 days it matters only whether it was repaired often; a year is a limit for all that is broken."""
    assert covered().limits == {("received", "d7"), ("received", "d15"), ("received", "y1"), ("repairs", "few")}


@pytest.mark.parametrize(
    ("answers", "arrives", "side"),
    [
        ("what: unwanted, received: 2026-11-11", "return-it", ("received", "d7", "last")),
        ("what: unwanted, received: 2026-11-10", "too-late", ("received", "d7", "after")),
        ("what: broken, repairs: 1, received: 2026-11-12", "refund", ("repairs", "few", "last")),
        ("what: broken, repairs: 2, received: 2026-11-12", "refund", ("repairs", "few", "after")),
    ],
)
def test_a_walk_stands_on_one_side_of_a_limit(covered, answers: str, arrives: str, side: tuple) -> None:
    assert covered(f"answers: {{ {answers} }}, arrives: {arrives}").sides - covered().sides == {side}


def test_the_other_sides_are_missing(covered) -> None:
    missing = covered("answers: { what: unwanted, received: 2026-11-11 }, arrives: return-it").missing()
    assert ("received", "d7", "last") not in missing and ("received", "d7", "after") in missing and len(missing) == 7


def test_a_walk_goes_through_its_states_and_edges(covered) -> None:
    before, after = covered(), covered("answers: { what: broken, repairs: many, received: d7 }, arrives: refund")
    assert after.states - before.states == {"refund.d7.many"}
    assert after.edges - before.edges == {("received.many.broken", "d7")}


def test_a_reader_who_is_unsure_shows_nothing_of_one_edge(covered) -> None:
    before, after = covered(), covered("answers: { what: broken, repairs: unsure, received: y1 }, arrives: repair")
    assert (after.states, after.edges) == (before.states, before.edges)
