"""Trees → every state a reader can be in, guards decided, bands merged.

A state is a node plus the earlier answers that still matter there, so the number of states is bounded by what the guards
ahead can tell apart and never by the number of answer combinations.
"""

from dataclasses import replace

from build_tools.resolve.model import Project, Tree
from build_tools.unfold.handover import linked
from build_tools.unfold.matters import matters
from build_tools.unfold.model import Unfolded
from build_tools.unfold.named import named
from build_tools.unfold.states import Crowded, Found, Place, explore, merged


def unfold(project: Project) -> dict[str, Unfolded]:
    """Every tree's states. Broken trees unfold too: what is stuck or runs in circles is marked, for `verify` to tell."""
    unfolded = {}
    for tree in project.trees.values():
        ahead = matters(tree, project)
        try:
            unfolded[tree.id] = named(tree, *merged(*explore(tree, ahead)))
        except Crowded as crowded:
            unfolded[tree.id] = replace(named(tree, *nothing(tree)), crowded=str(crowded))
    return {id: linked(one, unfolded) for id, one in unfolded.items()}


def nothing(tree: Tree) -> tuple[Place, dict[Place, Found]]:
    """The start alone, from where nothing leads on."""
    start = Place(tree.start, ())
    return start, {start: Found({}, {})}
