"""What `compile` makes of a project."""

from dataclasses import dataclass
from typing import Any

from minglu.engine.contract import CompiledTree
from minglu.engine.dates import Calendar
from minglu.resolve.model import Project
from minglu.unfold.model import Unfolded


@dataclass(frozen=True)
class Compiled:
    """A project whose trees can be walked. `trees` are those whose readers all end somewhere: all of them, where
    nothing was found.

    `calendar` is the table that ships to the browser and `days` what the engine makes of it. `project` and `unfolded`
    say where in the sources things stand.
    """

    project: Project
    unfolded: dict[str, Unfolded]
    trees: dict[str, CompiledTree]
    calendar: dict[str, Any]
    days: Calendar
