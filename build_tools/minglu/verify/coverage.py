"""Worked walks → what of a tree they go through: its states, its edges, and both sides of every limit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from minglu.engine.dates import Calendar, Period, within
from minglu.engine.walk import Walk, walk
from minglu.resolve.model import Question
from minglu.unfold.model import Edge, Handover, Unfolded

SIDES = ("last", "after")


@dataclass(frozen=True)
class Coverage:
    """`edges` are (state, the edge's id), `limits` all (question, last band before a limit), `sides` the (question, band, side) that some walk stands on."""

    states: frozenset[str]
    edges: frozenset[tuple[str, str]]
    limits: frozenset[tuple[str, str]]
    sides: frozenset[tuple[str, str, str]]

    def missing(self) -> list[tuple[str, str, str]]:
        """The sides of limits that no walk stands on."""
        return sorted((*limit, side) for limit in self.limits for side in SIDES if (*limit, side) not in self.sides)


def coverage(one: Unfolded, compiled: dict, calendar: Calendar) -> Coverage:
    states, edges, sides, all_limits = {one.start}, set(), set(), limits(one)
    for worked in one.tree.walks:
        today = date.fromisoformat(worked.today)
        here = walk(compiled, worked.answers, today, calendar)
        for state, edge in taken(one, here):
            edges.add((state, edge.id))
            states |= {edge.to} if isinstance(edge.to, str) else set()
        for id, band in all_limits:
            question = one.tree.questions[id]
            limit = next(answer.limit for answer in question.answers if answer.id == band)
            sides |= {(id, band, side) for side in sides_of(question, limit, here, today, calendar)}
    return Coverage(frozenset(states), frozenset(edges), frozenset(all_limits), frozenset(sides))


def taken(one: Unfolded, here: Walk) -> Iterator[tuple[str, Edge]]:
    """The edges of a walk, as far as it stands in one state: a reader who is unsure shows nothing of one edge."""
    at = one.start
    for step in here.path:
        edge = next((edge for edge in one.states[at].edges if {*step.stands_for} <= {*edge.answers}), None)
        if edge is None:
            return
        yield at, edge
        if isinstance(edge.to, Handover):
            return
        at = edge.to


def limits(one: Unfolded) -> set[tuple[str, str]]:
    """(question, the last band before a limit) where the limit makes a difference to some reader."""
    questions = one.tree.questions
    asking = (
        state for state in one.states.values() if state.node in questions and questions[state.node].kind != "choice"
    )
    return {(state.node, edge.answers[-1]) for state in asking for edge in state.edges[:-1]}


def sides_of(question: Question, limit: str, here: Walk, today: date, calendar: Calendar) -> Iterator[str]:
    """`last` where the walk's answer is the last within the limit, `after` where it is the first beyond it."""
    answer = here.exact(question.id)
    if answer is None:
        return
    if question.kind == "number":
        yield from ["last"] * (answer == int(limit)) + ["after"] * (answer == int(limit) + 1)
        return
    end = here.exact(question.until) if question.until else today
    extra = here.exact(question.plus) if question.plus else 0
    if end is None or extra is None:
        return

    def fits(day: date) -> bool:
        return within(answer, Period.parse(limit), day, calendar, extra)

    yield from ["last"] * (fits(end) and not fits(end + timedelta(1))) + ["after"] * (
        not fits(end) and end > answer and fits(end - timedelta(1))
    )
