"""Two unfolded trees → how many readers end where in both, counted exactly and never listed.

A reader is what somebody answers to all that either tree asks them. Both trees are walked at once: a place is a state of each,
and what one tree was told that the other may still ask. The numbers of answers that lead to a place are added up from the start.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from minglu.changes.pairing import Same
from minglu.changes.ranges import Cell
from minglu.unfold.model import Handover, Unfolded


@dataclass(frozen=True)
class Missing:
    """The tree has no such answer: who would give it cannot walk there."""

    question: str
    answer: str


At = str | Handover | Missing
Told = tuple[tuple[str, str | Missing], ...]
"""question → what its other asker will hear."""


@dataclass(frozen=True)
class Step:
    """An answer in words; `only` is "old" or "new" for a question that the other tree does not have."""

    label: str
    only: str = ""


@dataclass(frozen=True)
class Met:
    """All readers who end at `old` in the old tree and at `new` in the new one, and one of those with the fewest answers."""

    old: At
    new: At
    readers: int
    story: tuple[Step, ...]


@dataclass(frozen=True)
class Place:
    old: At
    new: At
    told: Told = ()


class Side:
    """One of the two trees, its questions by the names that both share."""

    def __init__(self, one: Unfolded, keys: dict[str, str]) -> None:
        self.one = one
        self.asking = {state.id: keys[state.node] for state in one.states.values() if state.edges}
        self.to = {
            state.id: {answer: edge.to for edge in state.edges for answer in edge.answers}
            for state in one.states.values()
        }
        self.rank = {id: number for number, id in enumerate(one.states)}
        self.ahead: dict[str, frozenset[str]] = {}
        for id in reversed(one.states):
            own = frozenset({self.asking[id]} if id in self.asking else ())
            self.ahead[id] = own.union(*(self.ahead[to] for to in self.to[id].values() if isinstance(to, str)))
        self.first_alike = first_alike(one, keys)

    def asks(self, at: At) -> str | None:
        return self.asking.get(at) if isinstance(at, str) else None

    def may_ask(self, at: At) -> frozenset[str]:
        return self.ahead[at] if isinstance(at, str) else frozenset()

    def go(self, at: str, answer: str | Missing) -> At:
        return answer if isinstance(answer, Missing) else self.to[at][answer]

    def order(self, at: At) -> int:
        return self.rank[at] if isinstance(at, str) else len(self.rank)

    def alike(self, key: str, answer: str | Missing) -> str | Missing:
        return answer if isinstance(answer, Missing) else self.first_alike[key, answer]


def first_alike(one: Unfolded, keys: dict[str, str]) -> dict[tuple[str, str], str]:
    """(question, answer) → the first answer to it that leads the same way everywhere: no need to remember which of them it was."""
    leads: dict[str, dict[str, list]] = {}
    for state in one.states.values():
        for edge in state.edges:
            for answer in edge.answers:
                leads.setdefault(state.node, {}).setdefault(answer, []).append(edge.to)
    found = {}
    for node, by_answer in leads.items():
        first: dict[tuple, str] = {}
        for answer, to in by_answer.items():
            found[keys[node], answer] = first.setdefault(tuple(to), answer)
    return found


def together(old: Unfolded, new: Unfolded, same: Same) -> list[Met]:
    """Every pair of ends that some reader comes to, those with the shortest stories first."""
    sides = Side(old, same.old_keys), Side(new, same.new_keys)
    start = Place(old.start, new.start)
    came: dict[Place, tuple[Place, Step] | None] = {start: None}
    leads: dict[Place, list[Place]] = {}
    for here in (queue := [start]):
        leads[here] = []
        for step, to in onward(here, sides, same):
            leads[here].append(to)
            if to not in came:
                came[to] = here, step
                queue.append(to)
    readers = Counter({start: 1})
    for here in sorted(
        queue, key=lambda place: sides[0].order(place.old) + sides[1].order(place.new)
    ):  # each step leads further down
        for to in leads[here]:
            readers[to] += readers[here]
    return [
        Met(here.old, here.new, readers[here], story(here, came))
        for here in queue
        if next_question(here, sides) is None
    ]


def onward(here: Place, sides: tuple[Side, Side], same: Same) -> Iterator[tuple[Step, Place]]:
    key = next_question(here, sides)
    for cell in same.cells[key] if key else ():
        to = after(here, key, cell, sides, same)
        if not (
            isinstance(to.old, Missing) and isinstance(to.new, Missing)
        ):  # an answer that neither tree has is nobody's
            yield Step(cell.label, key.partition(":")[0] if ":" in key else ""), to


def next_question(here: Place, sides: tuple[Side, Side]) -> str | None:
    """What is asked next. Where the trees ask different questions, first one that only one of them asks: so little has to be remembered."""
    old, new = sides[0].asks(here.old), sides[1].asks(here.new)
    if old and (new is None or old not in sides[1].may_ask(here.new)):
        return old
    if new and (old is None or new not in sides[0].may_ask(here.old)):
        return new
    return old


def after(here: Place, key: str, cell: Cell, sides: tuple[Side, Side], same: Same) -> Place:
    """Both trees with this answer: who asks goes on; who will ask is told, and hears at once what it was told before."""
    told, ends = dict(here.told), []
    for side, at, answer in zip(sides, (here.old, here.new), (cell.old, cell.new)):
        given = Missing(key, cell.label) if answer is None else answer
        if side.asks(at) == key:
            at = side.go(at, given)
        elif key in side.may_ask(at):
            told[key] = side.alike(key, given)
        while (asked := side.asks(at)) in told:
            at = side.go(at, told.pop(asked))
        ends.append(at)
    wanted = sides[0].may_ask(ends[0]) | sides[1].may_ask(ends[1])
    return Place(*ends, tuple(sorted((item for item in told.items() if item[0] in wanted), key=lambda item: item[0])))


def story(at: Place, came: dict) -> tuple[Step, ...]:
    steps = []
    while came[at]:
        at, step = came[at]
        steps.append(step)
    return tuple(reversed(steps))
