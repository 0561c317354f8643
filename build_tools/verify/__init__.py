"""States → is it fit to publish? One property a file; the list below is their order."""

from datetime import date

from build_tools.diagnostics import Diagnostic
from build_tools.engine.dates import Calendar
from build_tools.resolve.model import Project
from build_tools.unfold.model import Unfolded
from build_tools.verify import cited, dated, decided, finite, reachable, walked

CHECKS = (finite, decided, reachable, cited, dated, walked)


def verify(project: Project, unfolded: dict[str, Unfolded], compiled: dict[str, dict], calendar: Calendar) -> list[Diagnostic]:
    """Run every check on every tree. A tree that runs in circles or gets stuck is not asked what only whole trees can answer."""
    found: list[Diagnostic] = []
    for id, one in unfolded.items():
        broken = False
        for check in CHECKS:
            if broken and check in (dated, walked):
                continue
            own = list(check.check(one, project, compiled.get(id), calendar))
            broken = broken or (bool(own) and check in (finite, decided))
            found += own
    return found
