"""Syntax → a project: trees and library with every name bound."""

from minglu.diagnostics import Diagnostic, Words, nearest
from minglu.engine.citations import Names
from minglu.memo import Kept
from minglu.parse import Sources
from minglu.parse.syntax import Id, Order
from minglu.resolve.library import bind_library
from minglu.resolve.model import Library, Project, Tree
from minglu.resolve.statements import Binder
from minglu.resolve.trees import bind_tree


def resolve(sources: Sources, kept: Kept | None = None) -> tuple[Project, list[Diagnostic]]:
    """Bind every name of every file; what cannot be bound is left out and reported."""
    kept = kept or Kept()
    shared = {name: file for name, file in sources.shared.items() if name != "order.yml"}
    library, names, own = kept.made(
        "library", (*sources.statutes.values(), *shared.values()), lambda: bound_library(sources)
    )
    found, trees = list(own), {}
    known_trees = frozenset(str(file.tree) for file in sources.trees.values())
    for folder, file in sorted(sources.trees.items()):
        letters = sources.letters.get(folder, {})
        name = ("resolve", folder, known_trees, *letters)
        tree, own = kept.made(
            name,
            (file, sources.walks.get(folder), library, *letters.values()),
            lambda: bound_tree(folder, sources, library, names, known_trees),
        )
        found += own
        trees[tree.id] = tree
    order = sources.shared.get("order.yml") or Order()
    placed: dict[str, Id] = {}
    begin, unsure, onward = (place(part, trees, placed, found) for part in (order.begin, order.unsure, order.onward))
    rest = tuple(id for id in trees if id not in placed)
    return Project({id: trees[id] for id in (*begin, *rest, *unsure, *onward)}, library, unsure, onward), found


def bound_library(sources: Sources) -> tuple[Library, Names, list[Diagnostic]]:
    found: list[Diagnostic] = []
    return *bind_library(sources, found), found


def bound_tree(
    folder: str, sources: Sources, library: Library, names: Names, known_trees: frozenset[str]
) -> tuple[Tree, list[Diagnostic]]:
    found: list[Diagnostic] = []
    return bind_tree(folder, sources, Binder(library, names, set(known_trees), found)), found


def place(
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
