"""The page that says which situation leads where, and the trees: each outcome has its row, each row its outcomes, and
every outcome leads on to the ladder.

A project that has no such page has promised nothing of the kind: there these rules do not apply.
"""

import re
from collections.abc import Iterator

from minglu.compile.compiled import Compiled
from minglu.diagnostics import Diagnostic, Span, Words, nearest
from minglu.resolve.model import Outcome, Use

PAGE = "contribute/scenarios.md"
HEADING = re.compile("## 各种情形走到哪里")
ROW = re.compile(r"\|(?! *-)[^|]*\|[^|]*\|(?P<outcomes>[^|]*)\|")
OUTCOME = re.compile(r"`([^`]+)`")


def check_scenarios(documents: dict[str, str], folder: str, compiled: Compiled) -> list[Diagnostic]:
    path = f"{folder}/{PAGE}"
    if path not in documents:
        return []
    return [*check_rows(path, documents[path], compiled), *check_ladder(compiled)]


def check_rows(path: str, source: str, compiled: Compiled) -> Iterator[Diagnostic]:
    outcomes = {f"{id}/{one.id}": one for id, tree in compiled.project.trees.items() for one in tree.outcomes.values()}
    named: set[str] = set()
    for number, cells, start in rows(source):
        names = list(OUTCOME.finditer(cells))
        if not names:
            yield Diagnostic(
                "scenarios",
                Span(path, number, start + 1, max(1, len(cells.strip()))),
                Words("这种情形没有结论", "this situation has no outcome"),
                Words("写上它走到的 `树/结论`", "write the `tree/outcome` that it leads to"),
                unfinished=True,
            )
        for name in names:
            named.add(name[1])
            if name[1] not in outcomes:
                near = nearest(name[1], outcomes)
                yield Diagnostic(
                    "scenarios",
                    Span(path, number, start + name.start(1) + 1, len(name[1])),
                    Words(f"没有 `{name[1]}` 这个结论", f"there is no outcome `{name[1]}`"),
                    Words(f"写 `{near}`", f"write `{near}`") if near else Words("删掉它", "remove it"),
                    unfinished=True,
                )
    for id, outcome in outcomes.items():
        if id not in named:
            yield Diagnostic(
                "scenarios",
                outcome.at,
                Words(f"{path} 里没有一种情形走到 `{id}`", f"no situation of {path} leads to `{id}`"),
                Words(f"在那里的表里给它一行，或写进合适的一行：`{id}`", f"give it a row in the table there: `{id}`"),
                unfinished=True,
            )


def rows(source: str) -> Iterator[tuple[int, str, int]]:
    """Each row of the table below the heading: its line, the cell of its outcomes, and where that begins."""
    inside = header = False
    for number, line in enumerate(source.split("\n"), 1):
        if line.startswith("## "):
            inside = HEADING.match(line) is not None
        if not inside or not line.startswith("|"):
            continue
        if (row := ROW.match(line)) and header:
            yield number, row["outcomes"], row.start("outcomes")
        header = True


def check_ladder(compiled: Compiled) -> Iterator[Diagnostic]:
    """An outcome leads on to a tree for those on their way (`onward` of trees/order.yml), unless it stands in one, or
    in one for those who cannot tell which.
    """
    project = compiled.project
    onward = [f"tree/{id}" for id in project.onward]
    for id, tree in project.trees.items() if onward else ():
        if id in (*project.onward, *project.unsure):
            continue
        for outcome in tree.outcomes.values():
            if not leads_on(outcome, onward):
                yield Diagnostic(
                    "ladder",
                    outcome.at,
                    Words(
                        f"结论 `{outcome.id}` 的 `channels` 里没有 `{onward[0]}`，对方不给的读者走不下去",
                        f"the `channels` of the outcome `{outcome.id}` lack `{onward[0]}`, the way on for the refused",
                    ),
                    Words(f"加上 `{onward[0]}`", f"add `{onward[0]}`"),
                    unfinished=True,
                )


def leads_on(outcome: Outcome, onward: list[str]) -> bool:
    return any(isinstance(use, Use) and use.use in onward for use in outcome.channels)
