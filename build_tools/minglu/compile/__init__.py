"""States → compiled trees, the contract that everything after reads, and the calendar that goes with them."""

from minglu.compile.calendar import CHINA, holiday_table
from minglu.compile.compiled import Compiled
from minglu.compile.trees import compile_tree, other_trees
from minglu.diagnostics import Diagnostic
from minglu.engine.contract import CompiledTree
from minglu.engine.dates import Calendar
from minglu.memo import Memo
from minglu.resolve.model import Project, Tree
from minglu.unfold.model import Stuck, Unfolded

__all__ = ["Compiled", "compile"]


def compile(
    project: Project, unfolded: dict[str, Unfolded], memo: Memo | None = None, *, calendar: str = CHINA
) -> tuple[Compiled, list[Diagnostic]]:
    """Compile every tree whose readers all come to an end; what is wrong with the others is for `verify` to report.

    `calendar` is one of CALENDARS: whose holidays move the end of a period.
    """
    memo = memo or Memo()
    table, found = memo.made(
        "calendar",
        (project.library, calendar),
        lambda: holiday_table(project.library.calendar, calendar),
    )
    trees = {id: compile_once(one, project, unfolded, memo) for id, one in unfolded.items() if is_whole(one)}
    days = memo.made("days", (table,), lambda: Calendar.of(table))
    return Compiled(project, unfolded, trees, table, days), found


def compile_once(one: Unfolded, project: Project, unfolded: dict[str, Unfolded], memo: Memo) -> CompiledTree:
    """The tree of last time, as long as it is made from the very same things."""
    others = {other: unfolded[other] for other in other_trees(one)}
    starts = {id: other.start for id, other in others.items()}
    sharing = (tree for tree in project.trees.values() if shares_ranges(one.tree, tree))
    made_from = (one, project.library, *others.values(), *sharing)
    return memo.made(("compile", one.tree.id), made_from, lambda: compile_tree(one, project, starts))


def shares_ranges(one: Tree, other: Tree) -> bool:
    """Whether answers in ranges may be carried from one to the other, by whatever trees."""
    return any(
        question.shared and question.kind != "choice" and id in other.questions
        for id, question in one.questions.items()
    )


def is_whole(one: Unfolded) -> bool:
    """It is unfolded, no reader gets stuck, and none is led back to a question that lies behind them; only such a tree
    can be compiled.
    """
    edges = [(state.node, edge.to) for state in one.states.values() for edge in state.edges]
    stuck = any(isinstance(to, Stuck) for _, to in edges)
    place = {question: number for number, question in enumerate(one.order)}
    onward = ((node, one.states[to].node) for node, to in edges if isinstance(to, str))
    return not one.crowded and not stuck and all(place.get(to, len(place)) > place[node] for node, to in onward)
