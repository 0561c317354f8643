"""How large a tree is: exact whole numbers, by dynamic programming from the ends."""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

from minglu.unfold.model import Edge, Handover, Unfolded


@dataclass(frozen=True)
class Counts:
    """`handovers` are the other trees that a walk may go on in; of the last three see `counts`."""

    questions: int
    outcomes: int
    handovers: int
    states: int
    edges: int
    paths: int
    sequences: int
    combinations: int


def counts(one: Unfolded) -> Counts:
    """`paths` are the different walks from the first question to an end, ranges that go the same way being one answer;
    `sequences` the same with each authored answer for itself; `combinations` what a table with a column for every question
    would hold, asked or not: the product of the numbers of their answers.
    """
    states = one.states.values()
    return Counts(
        questions=len(one.order),
        outcomes=len({state.node for state in states if not state.edges}),
        handovers=len({edge.to.tree for state in states for edge in state.edges if isinstance(edge.to, Handover)}),
        states=len(states),
        edges=sum(len(state.edges) for state in states),
        paths=ways_through(one, lambda edge: 1),
        sequences=ways_through(one, lambda edge: len(edge.answers)),
        combinations=prod(len(one.tree.questions[id].answers) for id in one.order),
    )


def ways_through(one: Unfolded, times: Callable[[Edge], int]) -> int:
    """Walks from the first question to an end, where an edge can be taken in so many ways; states are in topological order."""
    ways: dict[str, int] = {}
    for state in reversed(one.states.values()):
        ways[state.id] = (
            sum(times(edge) * (1 if isinstance(edge.to, Handover) else ways[edge.to]) for edge in state.edges)
            if state.edges
            else 1
        )
    return ways[one.start]
