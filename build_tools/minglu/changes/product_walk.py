"""Two unfolded trees → how many readers end where in both, counted exactly and never listed.

A reader is what somebody answers to all that either tree asks. Both trees are walked at once: a state of the product is
a state of each, and the answers that one tree has had and the other may still ask for. The numbers of answers that lead
to a state of the product are added up from the start.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from minglu.changes.pairing import Pairing
from minglu.changes.ranges import Cell
from minglu.unfold.model import Handover, Stuck, Unfolded


@dataclass(frozen=True)
class NoSuchAnswer:
    """The tree has no such answer: a reader who would give it cannot walk there."""

    question: str
    answer: str


Position = str | Handover | NoSuchAnswer
"""Where a reader stands in one of the trees: in one of its states, or beyond it."""


@dataclass(frozen=True)
class StoryStep:
    """An answer in words; `only` is "old" or "new" for a question that the other tree does not have."""

    label: str
    only: str = ""


@dataclass(frozen=True, kw_only=True)
class SharedEnd:
    """All readers who end at `old` in the old tree and at `new` in the new one, with the answers of one who gives as
    few as any.
    """

    old: Position
    new: Position
    readers: int
    story: tuple[StoryStep, ...]


@dataclass(frozen=True)
class ProductState:
    """`pending` are the answers that one tree has had and the other may still ask for, by question."""

    old: Position
    new: Position
    pending: tuple[tuple[str, str | NoSuchAnswer], ...] = ()


Arrivals = dict[ProductState, tuple[ProductState, StoryStep] | None]
"""For each state of the product, the step by which it was reached first; None for the start."""


class ProductSide:
    """One of the two trees, its questions by the names that both share. No edge of it is stuck."""

    def __init__(self, one: Unfolded, keys: dict[str, str]) -> None:
        self.asking: dict[Position, str] = {state.id: keys[state.node] for state in one.states.values() if state.edges}
        self.leads: dict[Position, dict[str, str | Handover]] = {
            state.id: {
                answer: edge.to for edge in state.edges for answer in edge.answers if not isinstance(edge.to, Stuck)
            }
            for state in one.states.values()
        }
        self.rank: dict[Position, int] = {id: number for number, id in enumerate(one.states)}
        self.ahead: dict[Position, frozenset[str]] = {}
        for id in reversed(one.states):
            own = frozenset({self.asking[id]} if id in self.asking else ())
            self.ahead[id] = own.union(*(self.ahead[to] for to in self.leads[id].values() if isinstance(to, str)))
        self.first_alike = first_alike(one, keys)

    def asks(self, at: Position) -> str | None:
        return self.asking.get(at)

    def may_ask(self, at: Position) -> frozenset[str]:
        return self.ahead.get(at, frozenset())

    def go(self, at: Position, answer: str | NoSuchAnswer) -> Position:
        return answer if isinstance(answer, NoSuchAnswer) else self.leads[at][answer]

    def order(self, at: Position) -> int:
        return self.rank.get(at, len(self.rank))

    def as_remembered(self, key: str, answer: str | NoSuchAnswer) -> str | NoSuchAnswer:
        return answer if isinstance(answer, NoSuchAnswer) else self.first_alike[key, answer]


def first_alike(one: Unfolded, keys: dict[str, str]) -> dict[tuple[str, str], str]:
    """(question, answer) → the first answer to it that leads the same way everywhere: keeps the product small, as these
    need not be distinguished later.
    """
    leads: dict[str, dict[str, list[str | Handover | Stuck]]] = {}
    for state in one.states.values():
        for edge in state.edges:
            for answer in edge.answers:
                leads.setdefault(state.node, {}).setdefault(answer, []).append(edge.to)
    found = {}
    for node, by_answer in leads.items():
        first: dict[tuple[str | Handover | Stuck, ...], str] = {}
        for answer, to in by_answer.items():
            found[keys[node], answer] = first.setdefault(tuple(to), answer)
    return found


def product_walk(old: Unfolded, new: Unfolded, pairing: Pairing) -> list[SharedEnd]:
    """Every pair of ends that some reader comes to, those with the shortest stories first."""
    sides = ProductSide(old, pairing.old_keys), ProductSide(new, pairing.new_keys)
    start = ProductState(old.start, new.start)
    came: Arrivals = {start: None}
    leads: dict[ProductState, list[ProductState]] = {}
    for here in (queue := [start]):
        leads[here] = []
        for step, to in steps_from(here, sides, pairing):
            leads[here].append(to)
            if to not in came:
                came[to] = here, step
                queue.append(to)
    readers = Counter({start: 1})
    # each step leads further down in one of the trees at least
    for here in sorted(queue, key=lambda one: sides[0].order(one.old) + sides[1].order(one.new)):
        for to in leads[here]:
            readers[to] += readers[here]
    return [
        SharedEnd(old=here.old, new=here.new, readers=readers[here], story=story_to(here, came))
        for here in queue
        if next_question(here, sides) is None
    ]


def steps_from(
    here: ProductState, sides: tuple[ProductSide, ProductSide], pairing: Pairing
) -> Iterator[tuple[StoryStep, ProductState]]:
    key = next_question(here, sides)
    if key is None:
        return
    side, colon, _ = key.partition(":")
    for cell in pairing.cells[key]:
        to = product_state_after(here, key, cell, sides)
        if not (isinstance(to.old, NoSuchAnswer) and isinstance(to.new, NoSuchAnswer)):  # nobody gives such an answer
            yield StoryStep(cell.label, side if colon else ""), to


def next_question(here: ProductState, sides: tuple[ProductSide, ProductSide]) -> str | None:
    """What is asked next. Where the trees ask different questions, first one that only one of them asks: its answer
    need not be kept.
    """
    old, new = sides[0].asks(here.old), sides[1].asks(here.new)
    if old and (new is None or old not in sides[1].may_ask(here.new)):
        return old
    if new and (old is None or new not in sides[0].may_ask(here.old)):
        return new
    return old


def product_state_after(
    here: ProductState, key: str, cell: Cell, sides: tuple[ProductSide, ProductSide]
) -> ProductState:
    """Both trees with this answer: a tree that asks for it goes on, for one that may ask later it is kept; and a tree
    that now asks for an answer that was kept goes on with that.
    """
    pending = dict(here.pending)

    def moved(side: ProductSide, at: Position, answer: str | None) -> Position:
        given = NoSuchAnswer(key, cell.label) if answer is None else answer
        if side.asks(at) == key:
            at = side.go(at, given)
        elif key in side.may_ask(at):
            pending[key] = side.as_remembered(key, given)
        while (asked := side.asks(at)) is not None and asked in pending:
            at = side.go(at, pending.pop(asked))
        return at

    old, new = moved(sides[0], here.old, cell.old), moved(sides[1], here.new, cell.new)
    wanted = sides[0].may_ask(old) | sides[1].may_ask(new)
    kept = sorted((one for one in pending.items() if one[0] in wanted), key=lambda one: one[0])
    return ProductState(old, new, tuple(kept))


def story_to(at: ProductState, came: Arrivals) -> tuple[StoryStep, ...]:
    steps = []
    while arrival := came[at]:
        at, step = arrival
        steps.append(step)
    return tuple(reversed(steps))
