"""How large a tree is: exact whole numbers, by dynamic programming from the ends."""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

from minglu.engine.contract import Arrival, CompiledEdge, CompiledTree, edges_of


@dataclass(frozen=True)
class Counts:
    """`handovers` are the other trees that a walk may go on in; of the last three see `count_tree`."""

    questions: int
    outcomes: int
    handovers: int
    states: int
    edges: int
    paths: int
    sequences: int
    combinations: int


def count_tree(tree: CompiledTree) -> Counts:
    """`paths` are the different walks from the first question to an end, ranges that go the same way being one
    answer; `sequences` the same with each authored answer for itself; `combinations` what a table with a column for
    every question would hold, asked or not: the product of the numbers of their answers.
    """
    edges = {state.id: edges_of(tree, state) for state in tree.states.values()}
    leaving = [edge for own in edges.values() for edge in own]
    return Counts(
        questions=len(tree.questions),
        outcomes=len({state.node for state in tree.states.values() if not state.to}),
        handovers=len({edge.to.tree for edge in leaving if isinstance(edge.to, Arrival)}),
        states=len(edges),
        edges=len(leaving),
        paths=ways_through(tree.start, edges, lambda edge: 1),
        sequences=ways_through(tree.start, edges, lambda edge: len(edge.answers)),
        combinations=prod(len(question.answers) for question in tree.questions.values()),
    )


def ways_through(start: str, edges: dict[str, tuple[CompiledEdge, ...]], times: Callable[[CompiledEdge], int]) -> int:
    """Walks from the first question to an end, where an edge can be taken in so many ways; states are in topological
    order.
    """
    ways: dict[str, int] = {}
    for id in reversed(edges):
        ahead = (times(edge) * (1 if isinstance(edge.to, Arrival) else ways[edge.to]) for edge in edges[id])
        ways[id] = sum(ahead) if edges[id] else 1
    return ways[start]
