"""Syntax → a project: trees and library with every name bound."""

from build_tools.diagnostics import Diagnostic, Words, nearest
from build_tools.parse import Sources
from build_tools.parse.syntax import Id, Order
from build_tools.resolve.library import bind_library
from build_tools.resolve.model import Project, Tree
from build_tools.resolve.statements import Binder
from build_tools.resolve.trees import bind_tree


def resolve(sources: Sources) -> tuple[Project, list[Diagnostic]]:
    """Bind every name of every file; what cannot be bound is left out and reported."""
    found: list[Diagnostic] = []
    library, names = bind_library(sources, found)
    known_trees = {str(file.tree) for file in sources.trees.values()}
    trees = {}
    for folder in sorted(sources.trees):
        binder = Binder(library, names, known_trees, found)
        tree = bind_tree(folder, sources, binder)
        trees[tree.id] = tree
    order = sources.shared.get("order.yml") or Order()
    placed: dict[str, Id] = {}
    begin, unsure, onward = (place(part, trees, placed, found) for part in (order.begin, order.unsure, order.onward))
    rest = tuple(id for id in trees if id not in placed)
    return Project({id: trees[id] for id in (*begin, *rest, *unsure, *onward)}, library, unsure, onward), found


def place(ids: tuple[Id, ...], trees: dict[str, Tree], placed: dict[str, Id], found: list[Diagnostic]) -> tuple[str, ...]:
    """Each tree has one place in trees/order.yml."""
    here = []
    for id in ids:
        if id in placed:
            found.append(Diagnostic("names", id.at, Words(f"`{id}` 已经排过了", f"`{id}` has its place already"), Words("删掉其中一处", "remove one of the two"), ((placed[id].at, Words("在这里", "here")),)))
        elif id not in trees:
            near = nearest(id, trees)
            found.append(Diagnostic("names", id.at, Words(f"没有叫 `{id}` 的树", f"no tree is called `{id}`"), Words(f"写 `{near}`", f"write `{near}`") if near else None))
        else:
            placed[str(id)] = id
            here.append(str(id))
    return tuple(here)
