"""Trees → every state a reader can be in, guards decided, bands merged.

A state is a node plus the earlier answers that still matter there, so the number of states is bounded by what the
guards ahead can distinguish and never by the number of answer combinations.
"""

from dataclasses import replace
from functools import partial

from minglu.diagnostics import Diagnostic, Words
from minglu.memo import Memo
from minglu.resolve.model import Project, Tree
from minglu.unfold.handover import link_handovers
from minglu.unfold.liveness import hand_overs, live_answers
from minglu.unfold.model import Unfolded
from minglu.unfold.naming import name_states
from minglu.unfold.states import MOST, Crowded, RawContent, RawState, explore, merge_states
from minglu.unfold.whens import whens


def unfold(project: Project, memo: Memo | None = None) -> tuple[dict[str, Unfolded], list[Diagnostic]]:
    """Every tree's states. Broken trees unfold too: what is stuck or runs in circles is marked, for `verify` to
    report.
    """
    memo = memo or Memo()
    over = {id: hand_overs(tree) for id, tree in project.trees.items()}
    alone = {
        id: memo.made(
            ("unfold", id),
            (tree, *(project.trees[other] for other in over[id])),
            partial(unfold_alone, tree, project),
        )
        for id, tree in project.trees.items()
    }
    unfolded = {
        id: memo.made(("linked", id), (one, *(alone[other] for other in over[id])), partial(link_handovers, one, alone))
        for id, one in alone.items()
    }
    return unfolded, [crowded(one) for one in unfolded.values() if one.crowded]


def unfold_alone(tree: Tree, project: Project) -> Unfolded:
    """With its hand-overs not followed yet."""
    try:
        start, found = explore(tree, live_answers(tree, project))
    except Crowded as crowded:
        return replace(name_states(tree, *start_alone(tree), {}), crowded=str(crowded))
    decided = whens(tree, found)  # before states are merged
    return name_states(tree, *merge_states(start, found), decided)


def start_alone(tree: Tree) -> tuple[RawState, dict[RawState, RawContent]]:
    """The start alone, from where nothing leads on."""
    start = RawState(tree.start, ())
    return start, {start: RawContent({}, {})}


def crowded(one: Unfolded) -> Diagnostic:
    """Too many states to unfold, let alone to read: nothing else can be reported of the tree."""
    node = one.tree.questions.get(one.crowded) or one.tree.outcomes[one.crowded]
    return Diagnostic(
        "crowded",
        node.at,
        Words(
            f"到 `{one.crowded}` 时要分开记的情况超过 {MOST} 种",
            f"more than {MOST} situations are told apart on the way to `{one.crowded}`",
        ),
        Words(
            "让这里和后面的 `when` 少用几个问题，或把这个节点分成几个",
            "let the `when`s here and further on use fewer questions, or split this node",
        ),
    )
