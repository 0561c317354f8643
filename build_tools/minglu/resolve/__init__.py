"""Syntax → a project: trees and library with every name bound."""

from functools import partial

from minglu.diagnostics import Diagnostic, Words, nearest
from minglu.memo import Memo
from minglu.parse import Sources
from minglu.parse.syntax import Id, Order
from minglu.resolve.carried import check_carried
from minglu.resolve.case_binder import bind_cases
from minglu.resolve.library import bind_library
from minglu.resolve.model import Project, Tree
from minglu.resolve.papers import bind_papers
from minglu.resolve.tellings import bind_tellings
from minglu.resolve.text_links import check_links
from minglu.resolve.text_marks import check_marks
from minglu.resolve.trees import TreeSources, bind_tree

NOT_OF_LIBRARY = ("order.yml", "cases.yml", "wants.yml")


def resolve(sources: Sources, memo: Memo | None = None) -> tuple[Project, list[Diagnostic]]:
    """Bind every name of every file; what cannot be bound is left out and reported."""
    memo = memo or Memo()
    shared = {name: file for name, file in sources.shared.items() if name not in NOT_OF_LIBRARY}
    scope, own = memo.made("library", (*sources.statutes.values(), *shared.values()), lambda: bind_library(sources))
    links, odd_links = check_links(sources, memo)
    found, trees = [*own, *odd_links, *check_marks(sources, memo)], {}
    names = frozenset(str(file.tree) for file in sources.trees.values())
    for folder, file in sorted(sources.trees.items()):
        written = TreeSources(folder, file, sources.walks.get(folder, ()), sources.letters.get(folder, {}))
        tree, own = memo.made(
            ("resolve", folder),
            (file, written.walks, scope, names, *written.letters, *written.letters.values()),
            partial(bind_tree, written, sources.shared.get("questions.yml", {}), scope, names),
        )
        found += own
        trees[tree.id] = tree
    found += check_carried(trees)
    cases = bind_cases(sources.shared.get("cases.yml", ()), trees, scope, found)
    papers = bind_papers(sources, trees, scope, found)
    order = sources.shared.get("order.yml") or Order()
    placed: dict[str, Id] = {}
    begin, unsure, onward = (
        known_once(part, trees, placed, found) for part in (order.begin, order.unsure, order.onward)
    )
    rest = tuple(id for id in trees if id not in placed)
    ordered = {id: trees[id] for id in (*begin, *rest, *unsure, *onward)}
    tellings = bind_tellings(sources, found)
    return Project(ordered, scope.library, unsure, onward, cases, links, papers, tellings), found


def known_once(
    ids: tuple[Id, ...], trees: dict[str, Tree], placed: dict[str, Id], found: list[Diagnostic]
) -> tuple[str, ...]:
    """Each tree has one place in trees/order.yml."""
    here = []
    for id in ids:
        if id in placed:
            found.append(
                Diagnostic(
                    "names",
                    id.at,
                    Words(f"`{id}` 已经排过了", f"`{id}` has its place already"),
                    Words("删掉其中一处", "remove one of the two"),
                    ((placed[id].at, Words("在这里", "here")),),
                )
            )
        elif id not in trees:
            near = nearest(id, trees)
            found.append(
                Diagnostic(
                    "names",
                    id.at,
                    Words(f"没有叫 `{id}` 的树", f"no tree is called `{id}`"),
                    Words(f"写 `{near}`", f"write `{near}`") if near else None,
                )
            )
        else:
            placed[str(id)] = id
            here.append(str(id))
    return tuple(here)
