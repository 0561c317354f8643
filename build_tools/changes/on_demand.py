"""A tree → what the engine reads, each state unfolded when a walk first comes by: enough for a few walks, and a thousand times cheaper than all states."""

from build_tools.resolve.model import Tree
from build_tools.unfold.matters import Ahead
from build_tools.unfold.states import Across, Place, Stuck, lead, shown

STUCK = "stuck"


class States:
    """The compiled `states` of docs/contribute/engine.md, by names of its own. Numbers of questions left are not counted."""

    def __init__(self, tree: Tree, ahead: Ahead) -> None:
        self.tree, self.ahead = tree, ahead
        self.places: dict[str, Place] = {}
        self.names: dict[tuple, str] = {}
        self.known: dict[Place, str] = {}
        self.done: dict[str, dict] = {}
        self.start = self.name(Place(tree.start, ()))

    def __contains__(self, state: str) -> bool:
        return state in self.places

    def __getitem__(self, state: str) -> dict:
        if state not in self.done:
            self.done[state] = self.compiled(self.places[state])
        return self.done[state]

    def get(self, state: str) -> dict | None:
        return self[state] if state in self.places else None

    def compiled(self, place: Place) -> dict:
        if place.node in self.tree.outcomes:
            return {"node": place.node, "items": {name: list(indexes) for name, indexes in shown(self.tree, place).items()}, "left": [0, 0]}
        question = self.tree.questions[place.node]
        return {"node": place.node, "to": {answer.id: self.name(lead(self.tree, self.ahead, place, question, answer.id, answer.ways)) for answer in question.answers}, "left": [0, 0]}

    def name(self, to: Place | Across | Stuck) -> str:
        """Places of an outcome that show the same items are one, as `unfold` makes them one: a reader who is unsure stands at one."""
        if isinstance(to, Stuck):
            return STUCK
        if isinstance(to, Across):
            return f"tree/{to.tree}#"
        if to not in self.known:
            key = (to.node, tuple(shown(self.tree, to).items())) if to.node in self.tree.outcomes else to
            self.known[to] = self.names.setdefault(key, f"{to.node}.{len(self.names)}")
            self.places.setdefault(self.known[to], to)
        return self.known[to]
