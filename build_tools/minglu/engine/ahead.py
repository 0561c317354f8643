"""Where a reader stands → what lies ahead: the outcomes still possible and the questions left."""

from .walk import onward, pending

MOST_SETS = 2_000  # sets of states looked at before `questions_left` gives up on the most


def possible(tree: dict, at: tuple[str, ...]) -> list[str]:
    """Outcome ids (and `tree/<id>`) that can still be reached, in the tree's own order."""
    seen, todo, ends = set(at), list(at), set()
    while todo:
        state = todo.pop()
        here = tree["states"].get(state)
        if here is None:
            ends.add(state.partition("#")[0])
        elif "to" not in here:
            ends.add(here["node"])
        else:
            new = set(here["to"].values()) - seen
            seen |= new
            todo += new
    return [id for id in tree["outcomes"] if id in ends] + sorted(end for end in ends if end.startswith("tree/"))


def questions_left(tree: dict, at: tuple[str, ...]) -> tuple[int, int | None]:
    """Least and most questions still to answer; the most is None where it would take too long to count.

    One state's numbers are compiled; several states share questions, so their numbers are counted over sets of states.
    """
    if len(at) == 1:
        here = tree["states"].get(at[0])
        return tuple(here["left"]) if here else (0, 0)
    return counted(tree, at, {})


def counted(tree: dict, at: tuple[str, ...], done: dict) -> tuple[int, int | None]:
    key = frozenset(at)
    if key in done:
        return done[key]
    asking = pending(tree, at)
    if asking is None:
        return 0, 0
    if len(done) > MOST_SETS:
        return 1, None
    done[key] = (1, None)
    ahead = [
        counted(tree, onward(tree, at, asking, (answer["id"],)), done)
        for answer in tree["questions"][asking]["answers"]
    ]
    mosts = [most for _, most in ahead]
    done[key] = 1 + min(least for least, _ in ahead), None if None in mosts else 1 + max(mosts)
    return done[key]
