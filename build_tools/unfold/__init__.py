"""Trees → every state a reader can be in, guards decided, bands merged.

A state is a node plus the earlier answers that still matter there, so the number of states is bounded by what the guards
ahead can tell apart and never by the number of answer combinations.
"""

from build_tools.resolve.model import Project
from build_tools.unfold.handover import linked
from build_tools.unfold.matters import matters
from build_tools.unfold.model import Unfolded
from build_tools.unfold.named import named
from build_tools.unfold.states import explore, merged
from build_tools.unfold.whens import whens


def unfold(project: Project) -> dict[str, Unfolded]:
    """Every tree's states. Broken trees unfold too: what is stuck or runs in circles is marked, for `verify` to tell."""
    unfolded = {}
    for tree in project.trees.values():
        start, found = explore(tree, matters(tree, project))
        decided = whens(tree, found)
        unfolded[tree.id] = named(tree, *merged(start, found), decided)
    return {id: linked(one, unfolded) for id, one in unfolded.items()}
