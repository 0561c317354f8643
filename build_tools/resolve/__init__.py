"""Syntax → a project: trees and library with every name bound."""

from build_tools.diagnostics import Diagnostic
from build_tools.parse import Sources
from build_tools.resolve.library import bind_library
from build_tools.resolve.model import Project
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
    return Project(trees, library), found
