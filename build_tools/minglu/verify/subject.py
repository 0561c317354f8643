"""What every check looks at."""

from dataclasses import dataclass

from minglu.compile import Compiled
from minglu.engine.contract import CompiledTree
from minglu.resolve.model import Project
from minglu.unfold.model import Unfolded


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One tree of a project: `one` to say where something stands in the sources, `contract` for what readers get.

    `tree` is "" for the checks that look at all trees together: they have `compiled` and `project` only.
    """

    compiled: Compiled
    tree: str = ""

    @property
    def project(self) -> Project:
        return self.compiled.project

    @property
    def one(self) -> Unfolded:
        """The tree as states, with the place of everything in the sources."""
        return self.compiled.unfolded[self.tree]

    @property
    def contract(self) -> CompiledTree:
        """The tree as the engine reads it. Raises KeyError where a reader gets stuck in it."""
        return self.compiled.trees[self.tree]
