"""States → is it fit to publish? One property a file; the list below is their order.

A check's docstring is its documentation, and after `中文：` the editors' (write/manual_pages.py makes a page of it). Its two examples are questions, outcomes and walks that take the place of those of
the same name in a small kettle tree (tests/verify/test_docstrings.py): with the first nothing is found, with the second that check finds something.
"""

from build_tools.diagnostics import Diagnostic, Words
from build_tools.engine.dates import Calendar
from build_tools.resolve.model import Project
from build_tools.unfold.model import Unfolded
from build_tools.unfold.states import MOST
from build_tools.verify import cited, dated, decided, finite, guards, matters, reachable, used, walked

CHECKS = (finite, decided, reachable, cited, dated, walked, guards, matters)
RIGHT = {finite, decided, reachable, cited, dated, walked}
NEEDS = {decided: {finite}, reachable: {finite, decided}, dated: {finite, decided}, walked: {finite, decided, reachable, dated}, guards: RIGHT, matters: RIGHT | {guards}}
"""What a check takes for granted: one slip is told once, not also by what follows from it. What is idle is told of what is right."""
ALL = (*CHECKS, used)
MANUAL = {check.__name__.rpartition(".")[2]: check.__doc__ for check in ALL}
PROVED = {check.__name__.rpartition(".")[2]: check.PROVES for check in ALL}
"""What holds of every tree in which nothing is found, by check: one clause for readers."""


def verify(project: Project, unfolded: dict[str, Unfolded], compiled: dict[str, dict], calendar: Calendar) -> list[Diagnostic]:
    """Run every check on every tree, but no check that takes for granted what another found wanting; `used` looks at all trees together."""
    found: list[Diagnostic] = []
    for id, one in unfolded.items():
        if one.crowded:
            found.append(crowded(one))
            continue
        failed = set()
        for check in CHECKS:
            if failed & NEEDS.get(check, set()):
                continue
            own = list(check.check(one, project, compiled.get(id), calendar))
            failed |= {check} if own else set()
            found += own
    return found or list(used.check(project))


def crowded(one: Unfolded) -> Diagnostic:
    """Too many states to unfold, let alone to read: nothing else can be said of the tree."""
    node = one.tree.questions.get(one.crowded) or one.tree.outcomes[one.crowded]
    return Diagnostic(
        "crowded", node.at, Words(f"到 `{one.crowded}` 时要分开记的情况超过 {MOST} 种", f"more than {MOST} situations are told apart on the way to `{one.crowded}`"),
        Words("让这里和后面的 `when` 少用几个问题，或把这个节点分成几个", "let the `when`s here and further on use fewer questions, or split this node"),
    )  # fmt: skip
