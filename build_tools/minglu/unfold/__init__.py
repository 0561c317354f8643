"""Trees → every state a reader can be in, guards decided, bands merged.

A state is a node plus the earlier answers that still matter there, so the number of states is bounded by what the guards
ahead can tell apart and never by the number of answer combinations.
"""

from dataclasses import replace

from minglu.memo import Memo
from minglu.resolve.model import Project, Tree
from minglu.unfold.handover import linked
from minglu.unfold.matters import hand_overs, matters
from minglu.unfold.model import Unfolded
from minglu.unfold.named import named
from minglu.unfold.states import Crowded, Found, Place, explore, merged
from minglu.unfold.whens import whens


def unfold(project: Project, memo: Memo | None = None) -> dict[str, Unfolded]:
    """Every tree's states. Broken trees unfold too: what is stuck or runs in circles is marked, for `verify` to tell."""
    memo = memo or Memo()
    over = {id: hand_overs(tree) for id, tree in project.trees.items()}
    alone = {
        id: memo.made(
            ("unfold", id), (tree, *(project.trees[other] for other in over[id])), lambda: alone_unfolded(tree, project)
        )
        for id, tree in project.trees.items()
    }
    return {
        id: memo.made(("linked", id), (one, *(alone[other] for other in over[id])), lambda: linked(one, alone))
        for id, one in alone.items()
    }


def alone_unfolded(tree: Tree, project: Project) -> Unfolded:
    """With its hand-overs not followed yet."""
    try:
        start, found = explore(tree, matters(tree, project))
    except Crowded as crowded:
        return replace(named(tree, *nothing(tree), {}), crowded=str(crowded))
    decided = whens(tree, found)  # before places are made one
    return named(tree, *merged(start, found), decided)


def nothing(tree: Tree) -> tuple[Place, dict[Place, Found]]:
    """The start alone, from where nothing leads on."""
    start = Place(tree.start, ())
    return start, {start: Found({}, {})}
