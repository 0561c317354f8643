"""States → is it fit to publish? One property a file; the list below is their order.

A check's docstring is its documentation, and after `中文：` the editors' (write/manual_pages.py makes a page of it). Its two examples are questions, outcomes and walks that take the place of those of
the same name in a small kettle tree (tests/verify/test_docstrings.py): with the first nothing is found, with the second that check finds something.
"""

from build_tools.diagnostics import Diagnostic
from build_tools.engine.dates import Calendar
from build_tools.resolve.model import Project
from build_tools.unfold.model import Unfolded
from build_tools.verify import cited, dated, decided, finite, reachable, walked

CHECKS = (finite, decided, reachable, cited, dated, walked)
NEEDS = {decided: {finite}, reachable: {finite, decided}, dated: {finite, decided}, walked: {finite, decided, reachable}}
"""What a check takes for granted: one slip is told once, not also by what follows from it."""


def verify(project: Project, unfolded: dict[str, Unfolded], compiled: dict[str, dict], calendar: Calendar) -> list[Diagnostic]:
    """Run every check on every tree, but no check that takes for granted what another found wanting."""
    found: list[Diagnostic] = []
    for id, one in unfolded.items():
        failed = set()
        for check in CHECKS:
            if failed & NEEDS.get(check, set()):
                continue
            own = list(check.check(one, project, compiled.get(id), calendar))
            failed |= {check} if own else set()
            found += own
    return found
