"""A tree as a finite set of states, with every guard decided."""

from dataclasses import dataclass, field

from minglu.diagnostics import Span
from minglu.resolve.model import Tree, Way


@dataclass(frozen=True)
class Handover:
    """The walk goes on in another tree: at its state `state`, the answers both know being carried. `carries` is what
    the hand-over itself says of questions there.
    """

    tree: str
    state: str
    carries: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Stuck:
    """No way holds for this answer, or several do: an error that `verify/decided.py` reports."""

    answer: str
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Edge:
    """`answers` is one option, or the adjacent bands that go the same way; `to` is a state id unless the walk ends
    here.
    """

    answers: tuple[str, ...]
    to: str | Handover | Stuck

    @property
    def id(self) -> str:
        """`d7`, or `d7..d15` where bands were merged: how this answer is written in a walk."""
        return self.answers[0] if len(self.answers) == 1 else f"{self.answers[0]}..{self.answers[-1]}"


@dataclass(frozen=True)
class State:
    """A node plus the earlier answers that still matter there.

    `known` maps a question to the answer ids it may stand for here. `edges` is () for an outcome;
    `items` maps an outcome's list (`remedies`, …) to the indexes shown in this state. `left` is the least
    and most number of questions still to be answered, this one included. `onward` maps what an outcome leads on with
    (`also.0`, `channels.2`) to where that arrives.
    """

    id: str
    node: str
    known: tuple[tuple[str, tuple[str, ...]], ...]
    edges: tuple[Edge, ...]
    items: dict[str, tuple[int, ...]]
    left: tuple[int, int]
    onward: dict[str, Handover] = field(default_factory=dict)


@dataclass(frozen=True)
class Unfolded:
    """`states` are in topological order, the start first; `order` is the tree's questions in topological order.

    `whens` is what each `when` comes out as, by its place, over all readers who get to it. `crowded` names the node
    with the most states where a tree has more than anyone could read (`states.MOST`): it is not unfolded then.
    """

    tree: Tree
    start: str
    states: dict[str, State]
    order: tuple[str, ...]
    whens: dict[Span, frozenset[bool]]
    crowded: str = ""
