"""Compiled trees → is it fit to publish? One property a file; CHECKS is their order.

The `MANUAL` of a check, verify/manual/NAME.md, is its documentation, and after `中文：` the editors'
(write/manual_pages.py makes a page of it). Its two examples are parts of a small kettle tree: each question, outcome or
walk is written whole and stands in place of the one of the same name, with `shared` questions and other `trees` beside
it. That tree is TREE in tests/verify/test_manuals.py. With the first example no check finds anything, with the second
this check does and no other.
"""

from functools import partial
from types import ModuleType

from minglu.compile import Compiled
from minglu.compile.trees import other_trees
from minglu.diagnostics import Diagnostic
from minglu.memo import Memo
from minglu.verify import (
    across,
    asked_twice,
    bands,
    cited,
    dated,
    decided,
    doors,
    finite,
    guards,
    matters,
    periods,
    reachable,
    steps,
    used,
    walked,
)
from minglu.verify.manual import check_manual
from minglu.verify.subject import Subject

CHECKS = (bands, finite, decided, reachable, cited, periods, dated, steps, walked, guards, matters)
RIGHT = {bands, finite, decided, reachable, cited, periods, dated, steps, walked}
NEEDS = {
    decided: {finite},
    reachable: {finite, decided},
    dated: {finite, decided},
    steps: {finite, decided},
    walked: {bands, finite, decided, reachable, periods, dated},
    guards: RIGHT,
    matters: RIGHT | {guards},
}
"""What a check takes for granted: it is not run on a tree in which one of these found anything, so that one slip is
reported once. A check that takes nothing for granted does not stand here. `guards` and `matters` look for what is
idle, and so for nothing as long as something is wrong (RIGHT).
"""
ALL_TREES = (across, asked_twice, doors, used)
"""The checks that look at all trees at once; they are run when CHECKS find nothing, each when those before it do."""
NOT_YET: tuple[ModuleType, ...] = ()
"""Checks that the site's own trees do not pass yet. They are written, documented and tested but not run, and no
certificate speaks of them. Once the trees are mended this is `()`; nothing else needs to change.
"""
ALL = (*CHECKS, *ALL_TREES)


def check_name(check: ModuleType) -> str:
    """As it stands in its findings and on the page of the checks: `asked-twice`."""
    return check.__name__.rpartition(".")[2].replace("_", "-")


MANUAL = {check_name(check): check_manual(check_name(check)) for check in ALL}
PROVED = {check_name(check): check.PROVES for check in ALL if check not in NOT_YET}
"""What holds of every tree in which nothing is found, by check: one clause for readers."""


def verify(compiled: Compiled, memo: Memo | None = None) -> tuple[Compiled, list[Diagnostic]]:
    """Run every check on every tree, and where nothing is found those that look at all trees together."""
    memo, found = memo or Memo(), []
    for id in compiled.unfolded:
        if compiled.unfolded[id].crowded:
            continue
        subject = Subject(compiled=compiled, tree=id)
        found += memo.made(("verify", id), looked_at(subject), partial(check_tree, subject))
    found += cited.check_papers(compiled.project) if compiled.project.papers else ()
    if len(compiled.trees) == len(compiled.unfolded):
        for check in ALL_TREES:
            if not found and check not in NOT_YET:
                found += check.check(Subject(compiled=compiled))
    return compiled, found


def looked_at(subject: Subject) -> tuple[object, ...]:
    """All that the checks of one tree look at."""
    compiled, others = subject.compiled, other_trees(subject.one)
    return (
        subject.one,
        compiled.project.library,
        compiled.trees.get(subject.tree),
        compiled.days,
        *(compiled.project.trees[other] for other in others),
    )


def check_tree(subject: Subject) -> list[Diagnostic]:
    """Run no check that takes for granted what another found wanting."""
    found: list[Diagnostic] = []
    failed: set[ModuleType] = set()
    for check in CHECKS:
        if not failed & NEEDS.get(check, set()):
            own = list(check.check(subject))
            failed |= {check} if own else set()
            found += own
    return found
