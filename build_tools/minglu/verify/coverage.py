"""Worked walks → what of a tree they go through: its states, its edges, and both sides of every limit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from minglu.engine.contract import Arrival, CompiledEdge, CompiledQuestion, CompiledTree, edges_of
from minglu.engine.dates import Calendar, Period, day_before_which, within
from minglu.engine.money import CENT
from minglu.engine.walk import Walk, walk
from minglu.resolve.model import WorkedWalk

LIMIT_SIDES = ("last", "after")
"""The last day or number within a limit, and the first beyond it."""


@dataclass(frozen=True)
class Coverage:
    """What some walk goes through: `states`, `edges` as (state, the edge's id), and `sides` of limits as (question,
    band, side), a side being one of LIMIT_SIDES. `limits` are all there are, as (question, last band before the limit).
    """

    states: frozenset[str]
    edges: frozenset[tuple[str, str]]
    limits: frozenset[tuple[str, str]]
    sides: frozenset[tuple[str, str, str]]

    def missing(self) -> list[tuple[str, str, str]]:
        """The sides of limits that no walk stands on."""
        return sorted(
            (*limit, side) for limit in self.limits for side in LIMIT_SIDES if (*limit, side) not in self.sides
        )


def coverage(tree: CompiledTree, worked_walks: Iterable[WorkedWalk], calendar: Calendar) -> Coverage:
    states, edges, sides, limits = {tree.start}, set(), set(), telling_limits(tree)
    for worked in worked_walks:
        today = date.fromisoformat(worked.today)
        here = walk(tree, worked.answers, today, calendar)
        for state, edge in taken_edges(tree, here):
            edges.add((state, edge.id))
            states |= {edge.to} if isinstance(edge.to, str) else set()
        for id, band in limits:
            question = tree.questions[id]
            limit = next(answer.limit for answer in question.answers if answer.id == band)
            sides |= {(id, band, side) for side in sides_of_limit(question, limit or "", here, today, calendar)}
    return Coverage(frozenset(states), frozenset(edges), frozenset(limits), frozenset(sides))


def taken_edges(tree: CompiledTree, here: Walk) -> Iterator[tuple[str, CompiledEdge]]:
    """The edges of a walk, as far as it stands in one state: a reader who is unsure shows nothing of one edge."""
    at = tree.start
    for step in here.path:
        edges = edges_of(tree, tree.states[at])
        edge = next((edge for edge in edges if {*step.stands_for} <= {*edge.answers}), None)
        if edge is None:
            return
        yield at, edge
        if isinstance(edge.to, Arrival):
            return
        at = edge.to


def telling_limits(tree: CompiledTree) -> set[tuple[str, str]]:
    """(question, the last band before a limit) where the limit makes a difference to some reader."""
    asking = (state for state in tree.states.values() if state.to and tree.questions[state.node].kind != "choice")
    return {(state.node, edge.answers[-1]) for state in asking for edge in edges_of(tree, state)[:-1]}


def sides_of_limit(
    question: CompiledQuestion, limit: str, here: Walk, today: date, calendar: Calendar
) -> Iterator[str]:
    """`last` where the walk's answer is the last within the limit, `after` where it is the first beyond it."""
    answer = here.exact(question.id)
    if isinstance(answer, int | Decimal):
        step = CENT if question.kind == "money" else 1
        yield from ["last"] * (answer == Decimal(limit)) + ["after"] * (answer == Decimal(limit) + step)
        return
    if answer and (fixed := day_before_which(limit)):
        yield from ["last"] * (answer == fixed - timedelta(1)) + ["after"] * (answer == fixed)
        return
    end = here.exact(question.until) if question.until else today
    extra = here.exact(question.plus) if question.plus else 0
    if answer is None or not isinstance(end, date) or not isinstance(extra, int):
        return

    def fits(day: date) -> bool:
        return within(answer, Period.parse(limit), day, calendar, extra)

    yield from ["last"] * (fits(end) and not fits(end + timedelta(1)))
    yield from ["after"] * (not fits(end) and end > answer and fits(end - timedelta(1)))
