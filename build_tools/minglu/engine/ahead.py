"""Where a reader stands → what lies ahead: the outcomes still possible and the questions left."""

from .contract import CompiledTree
from .walk import onward, pending

MOST_SETS = 2_000  # sets of states looked at before `questions_left` gives up on the most

QuestionsLeft = tuple[int, int | None]
"""Least and most questions still to answer; the most is None where it would take too long to count."""


def possible_ends(tree: CompiledTree, at: tuple[str, ...]) -> list[str]:
    """Outcome ids (and `tree/<id>`) that can still be reached, in the tree's own order."""
    ends = frozenset[str]().union(*(ends_from(tree, state) for state in at))
    return [id for id in tree.outcomes if id in ends] + sorted(end for end in ends if end.startswith("tree/"))


def ends_from(tree: CompiledTree, state: str) -> frozenset[str]:
    """Kept with the tree: a reader's next step asks for a part of the same."""
    found = tree.ends_ahead.get(state)
    if found is None:
        here = tree.states.get(state)
        if here is None:
            found = frozenset({state.partition("#")[0]})
        elif not here.to:
            found = frozenset({here.node})
        else:
            found = frozenset[str]().union(*(ends_from(tree, to) for to in dict.fromkeys(here.to.values())))
        tree.ends_ahead[state] = found
    return found


def questions_left(tree: CompiledTree, at: tuple[str, ...]) -> QuestionsLeft:
    """One state's numbers are compiled; several states share questions, so their numbers are counted over sets of
    states.
    """
    if len(at) == 1:
        here = tree.states.get(at[0])
        return here.left if here else (0, 0)
    return count_over_sets(tree, at, {})


def count_over_sets(
    tree: CompiledTree, at: tuple[str, ...], done: dict[frozenset[str], QuestionsLeft]
) -> QuestionsLeft:
    """`done` are the sets counted so far."""
    key = frozenset(at)
    if key in done:
        return done[key]
    asking = pending(tree, at)
    if asking is None:
        return 0, 0
    if len(done) > MOST_SETS:
        return 1, None
    done[key] = (1, None)
    answers = tree.questions[asking].answer_ids()
    ahead = [count_over_sets(tree, onward(tree, at, asking, (answer,)), done) for answer in answers]
    mosts = [most for _, most in ahead if most is not None]
    done[key] = 1 + min(least for least, _ in ahead), 1 + max(mosts) if len(mosts) == len(ahead) else None
    return done[key]
