"""A tree → what the engine reads, each state unfolded when a walk first comes by: a few walks need few of them."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace

from minglu.engine.contract import CompiledState, CompiledTree, target_at
from minglu.resolve.model import Tree
from minglu.unfold.handover import arrival
from minglu.unfold.liveness import LiveAnswers
from minglu.unfold.model import Stuck, Unfolded
from minglu.unfold.states import AnswerClasses, RawContent, RawHandover, RawState, Target, raw_lead, shown_indexes

STUCK = "stuck"


class LazyStates(Mapping[str, CompiledState]):
    """The `states` of a compiled tree, by names of its own, those that walks came by so far. Numbers of questions left
    are not counted, and what an outcome leads on to is not followed.

    `unfolded` are all trees, one of which a hand-over arrives in. `like` are the states of a tree that differs at
    `node` only, with the same `ahead`: what was found there is not looked for again.
    """

    def __init__(
        self,
        tree: Tree,
        ahead: LiveAnswers,
        unfolded: dict[str, Unfolded],
        *,
        like: "LazyStates | None" = None,
        node: str = "",
    ) -> None:
        self.tree, self.node, self.classes, self.unfolded = tree, node, AnswerClasses(tree, ahead), unfolded
        self.contents: dict[RawState, RawContent] = like.contents if like else {}
        self.contents_at_node: dict[RawState, RawContent] = {}
        self.raw: dict[str, RawState] = {}
        self.names: dict[Hashable, str] = {}
        self.compiled: dict[str, CompiledState] = {}
        self.start = self.name(RawState(tree.start, ()))

    def __contains__(self, state: object) -> bool:
        return state in self.raw

    def __iter__(self) -> Iterator[str]:
        return iter(self.raw)

    def __len__(self) -> int:
        return len(self.raw)

    def __getitem__(self, state: str) -> CompiledState:
        if state not in self.compiled:
            raw = self.raw[state]
            content = self.content(raw)
            to = {answer: self.name(target) for answer, target in content.leads.items()}
            self.compiled[state] = CompiledState(
                state, raw.node, known={}, to=to, items=content.items, left=(0, 0), onward={}
            )
        return self.compiled[state]

    def content(self, raw: RawState) -> RawContent:
        contents = self.contents_at_node if raw.node == self.node else self.contents
        if raw not in contents:
            if raw.node in self.tree.outcomes:
                contents[raw] = RawContent({}, shown_indexes(self.tree, raw))
            else:
                answers = self.tree.questions[raw.node].answers
                contents[raw] = RawContent({answer.id: raw_lead(self.classes, raw, answer) for answer in answers}, {})
        return contents[raw]

    def name(self, to: Target) -> str:
        """States of an outcome that show the same items are one, as `unfold` makes them one: a reader who is unsure
        stands at one.
        """
        if isinstance(to, Stuck):
            return STUCK
        if isinstance(to, RawHandover):
            if to not in self.names:
                there = arrival(to, dict(to.known), self.tree, self.unfolded)
                self.names[to] = target_at(there.tree, there.state, there.carries)
            return self.names[to]
        if to not in self.names:
            look = (to.node, tuple(self.content(to).items.items())) if to.node in self.tree.outcomes else to
            self.names[to] = self.names.setdefault(look, f"{to.node}.{len(self.names)}")
            self.raw.setdefault(self.names[to], to)
        return self.names[to]


@dataclass(frozen=True)
class LazyTree:
    """A tree as the engine reads it, whose `states` are those of `compiled`."""

    compiled: CompiledTree
    states: LazyStates


def lazy_tree(compiled: CompiledTree, states: LazyStates) -> LazyTree:
    return LazyTree(replace(compiled, states=states, start=states.start), states)
