"""States → is it fit to publish? One property a file; the list below is their order.

A check's docstring is its documentation, and after `中文：` the editors' (write/manual_pages.py makes a page of it). Its two
examples are questions, outcomes and walks that take the place of those of the same name in a small kettle tree, with `shared`
questions and other `trees` beside it (tests/verify/test_docstrings.py): with the first nothing is found, with the second that check
finds something.
"""

from minglu.diagnostics import Diagnostic, Words
from minglu.engine.dates import Calendar
from minglu.memo import Memo
from minglu.resolve.model import Project, Tree
from minglu.unfold.matters import hand_overs
from minglu.unfold.model import Unfolded
from minglu.unfold.states import MOST
from minglu.verify import across, bands, cited, dated, decided, finite, guards, matters, reachable, used, walked

CHECKS = (bands, finite, decided, reachable, cited, dated, walked, guards, matters)
RIGHT = {bands, finite, decided, reachable, cited, dated, walked}
NEEDS = {
    decided: {finite},
    reachable: {finite, decided},
    dated: {finite, decided},
    walked: {bands, finite, decided, reachable, dated},
    guards: RIGHT,
    matters: RIGHT | {guards},
}
"""What a check takes for granted: one slip is told once, not also by what follows from it. What is idle is told of what is right."""
ALL = (*CHECKS, across, used)
MANUAL = {check.__name__.rpartition(".")[2]: check.__doc__ for check in ALL}
PROVED = {check.__name__.rpartition(".")[2]: check.PROVES for check in ALL}
"""What holds of every tree in which nothing is found, by check: one clause for readers."""


def verify(
    project: Project,
    unfolded: dict[str, Unfolded],
    compiled: dict[str, dict],
    calendar: Calendar,
    memo: Memo | None = None,
) -> list[Diagnostic]:
    """Run every check on every tree; `across` and `used` look at all trees together."""
    memo, found = memo or Memo(), []
    for id, one in unfolded.items():
        of = one, project.library, compiled.get(id), calendar, *(project.trees[other] for other in onward(one.tree))
        found += memo.made(("verify", id), of, lambda: of_tree(one, project, compiled.get(id), calendar))
    return found or [*across.check(unfolded), *used.check(project)]


def of_tree(one: Unfolded, project: Project, compiled: dict | None, calendar: Calendar) -> list[Diagnostic]:
    """Run no check that takes for granted what another found wanting. `compiled` is None where a reader gets stuck."""
    if one.crowded:
        return [crowded(one)]
    found: list[Diagnostic] = []
    failed = set()
    for check in CHECKS:
        if not failed & NEEDS.get(check, set()):
            own = list(check.check(one, project, compiled, calendar))
            failed |= {check} if own else set()
            found += own
    return found


def onward(tree: Tree) -> list[str]:
    """The other trees that a walk may go on in, by a way or by a channel."""
    uses = (channel.use for outcome in tree.outcomes.values() for channel in outcome.channels)
    return sorted({*hand_overs(tree), *(use.removeprefix("tree/") for use in uses if use.startswith("tree/"))})


def crowded(one: Unfolded) -> Diagnostic:
    """Too many states to unfold, let alone to read: nothing else can be said of the tree."""
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
