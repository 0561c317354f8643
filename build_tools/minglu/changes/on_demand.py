"""A tree → what the engine reads, each state unfolded when a walk first comes by: a few walks need few of them."""

from collections.abc import Iterator, Mapping

from minglu.engine.contract import CompiledState
from minglu.resolve.model import Tree
from minglu.unfold.matters import Ahead
from minglu.unfold.states import AnswerClasses, RawHandover, RawState, Stuck, raw_lead, shown_indexes

STUCK = "stuck"

Found = dict[str, RawState | RawHandover | Stuck] | dict[str, tuple[int, ...]]
"""Where each answer at a place leads, or which items are shown_indexes there."""


class States(Mapping[str, CompiledState]):
    """The `states` of a compiled tree, by names of its own, those that were met so far. Numbers of questions left are not counted.

    `like` are the states of a tree that differs at `node` only, with the same `ahead`: what was found there is not looked for again.
    """

    def __init__(self, tree: Tree, ahead: Ahead, like: "States | None" = None, node: str = "") -> None:
        self.tree, self.node, self.classes = tree, node, AnswerClasses(tree, ahead)
        self.found: dict[RawState, Found] = like.found if like else {}
        self.found_here: dict[RawState, Found] = {}
        self.places: dict[str, RawState] = {}
        self.names: dict[RawState | tuple, str] = {}
        self.done: dict[str, CompiledState] = {}
        self.start = self.name(RawState(tree.start, ()))

    def __contains__(self, state: object) -> bool:
        return state in self.places

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, state: str) -> CompiledState:
        if state not in self.done:
            place = self.places[state]
            at = self.at(place)
            if place.node in self.tree.outcomes:
                done = CompiledState(state, place.node, known={}, to={}, items=at, left=(0, 0))
            else:
                to = {answer: self.name(target) for answer, target in at.items()}
                done = CompiledState(state, place.node, known={}, to=to, items={}, left=(0, 0))
            self.done[state] = done
        return self.done[state]

    def at(self, place: RawState) -> Found:
        found = self.found_here if place.node == self.node else self.found
        if place not in found:
            if place.node in self.tree.outcomes:
                found[place] = shown_indexes(self.tree, place)
            else:
                question = self.tree.questions[place.node]
                found[place] = {answer.id: raw_lead(self.classes, place, answer) for answer in question.answers}
        return found[place]

    def name(self, to: RawState | RawHandover | Stuck) -> str:
        """Places of an outcome that show the same items are one, as `unfold` makes them one: a reader who is unsure stands at one."""
        if isinstance(to, Stuck):
            return STUCK
        if isinstance(to, RawHandover):
            return f"tree/{to.tree}#"
        if to not in self.names:
            look = (to.node, tuple(self.at(to).items())) if to.node in self.tree.outcomes else to
            self.names[to] = self.names.setdefault(look, f"{to.node}.{len(self.names)}")
            self.places.setdefault(self.names[to], to)
        return self.names[to]
