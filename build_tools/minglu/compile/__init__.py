"""States → compiled trees, the contract that everything after reads, and the calendar that goes with them."""

from minglu.compile.calendar import CHINA, holiday_table
from minglu.compile.compiled import Compiled
from minglu.compile.trees import compile_tree, other_trees
from minglu.diagnostics import Diagnostic
from minglu.engine.contract import CompiledTree
from minglu.engine.dates import Calendar
from minglu.memo import Kept
from minglu.resolve.model import Project
from minglu.unfold.model import Stuck, Unfolded

__all__ = ["Compiled", "compile"]


def compile(
    project: Project, unfolded: dict[str, Unfolded], memo: Kept | None = None, *, calendar: str = CHINA
) -> tuple[Compiled, list[Diagnostic]]:
    """Compile every tree in which no reader gets stuck; what is wrong with the others is for `verify` to report.

    `calendar` is one of CALENDARS: whose holidays move the end of a period.
    """
    memo = memo or Kept()
    table, found = memo.made(
        "calendar",
        (project.library, calendar.encode()),
        lambda: holiday_table(project.library.calendar, calendar),
    )
    trees = {id: compile_once(one, project, unfolded, memo) for id, one in unfolded.items() if is_whole(one)}
    days = memo.made("days", (table,), lambda: Calendar.of(table))
    return Compiled(project, unfolded, trees, table, days), found


def compile_once(one: Unfolded, project: Project, unfolded: dict[str, Unfolded], memo: Kept) -> CompiledTree:
    """The tree of last time, as long as it is made from the very same things."""
    others = {other: unfolded[other] for other in other_trees(one)}
    starts = {id: other.start for id, other in others.items()}
    made_from = (one, project.library, *others.values())
    return memo.made(("compile", one.tree.id), made_from, lambda: compile_tree(one, project, starts))


def is_whole(one: Unfolded) -> bool:
    """It is unfolded and no reader gets stuck; only such a tree can be compiled."""
    return not one.crowded and not any(
        isinstance(edge.to, Stuck) for state in one.states.values() for edge in state.edges
    )
