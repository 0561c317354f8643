"""The passes in order: files → parse → resolve → unfold → verify → write. Nothing is written while any error stands."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from minglu.compile.calendar import holiday_table
from minglu.compile.data import compile_tree, library_data, packed
from minglu.diagnostics import Diagnostic
from minglu.engine.dates import Calendar
from minglu.memo import Memo
from minglu.parse import parse
from minglu.parse.schema import reference
from minglu.resolve import resolve
from minglu.resolve.model import Project
from minglu.unfold import unfold
from minglu.unfold.model import Stuck, Unfolded
from minglu.verify import MANUAL, PROVED, verify
from minglu.verify.coverage import Coverage, coverage
from minglu.write import write
from minglu.write.runtime import bundle
from minglu.write.widget import widget


@dataclass(frozen=True)
class Manual:
    """What the tools know of themselves. `checks` is check → its docstring, `proved` check → what it has shown of every tree, in a clause
    for readers; `keys` is what `parse.schema.reference` tells of the files.
    """

    checks: dict[str, str]
    proved: dict[str, str]
    keys: list[tuple[str, str, list[tuple[str, bool, str]]]]


@dataclass(frozen=True)
class Compiled:
    """A project whose readers all end somewhere; fit to publish where nothing was found."""

    project: Project
    unfolded: dict[str, Unfolded]
    trees: dict[str, dict]
    calendar: dict
    manual: Manual

    @cached_property
    def coverage(self) -> dict[str, Coverage]:
        """Tree → what its worked walks go through."""
        table = Calendar.of(self.calendar)
        return {id: coverage(one, self.trees[id], table) for id, one in self.unfolded.items()}


def read_files(folder: Path) -> dict[str, bytes]:
    """Every source below `folder` (the project's trees/), by a path that begins with `trees/`. Raises OSError, also for a folder in it that cannot be looked into."""
    paths = sorted(parent / name for parent, _, names in folder.walk(on_error=throw) for name in names)
    kept = (path for path in paths if path.suffix in (".yml", ".yaml", ".md") and path.is_file())
    return {f"trees/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in kept}


def throw(error: OSError) -> None:
    raise error


def check(files: dict[str, bytes], memo: Memo | None = None) -> tuple[Compiled | None, list[Diagnostic]]:
    """Parse, resolve, unfold and verify. The result is None when anything was found; the list is in the order of the files.

    With the `memo` of the last time, only what an edit touches is made anew.
    """
    done, found = understood(files, memo)
    return None if found else done, found


def understood(files: dict[str, bytes], memo: Memo | None = None) -> tuple[Compiled | None, list[Diagnostic]]:
    """The same, with a result wherever every reader of every tree ends somewhere, though more may have been found: enough to compare versions."""
    with without_collecting():
        return compiled(files, memo or Memo())


@contextmanager
def without_collecting() -> Iterator[None]:
    """Nearly all that a check makes stays: looking for garbage among it would take a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def compiled(files: dict[str, bytes], memo: Memo) -> tuple[Compiled | None, list[Diagnostic]]:
    sources, found = parse(files, memo)
    if found:
        return None, ordered(found)
    project, found = resolve(sources, memo)
    table, odd_days = memo.made("calendar", (project.library,), lambda: holiday_table(project.library.calendar))
    if odd_days or any(one.stops for one in found):
        return None, ordered(found or odd_days)
    unfolded = unfold(project, memo)
    whole = {id: one for id, one in unfolded.items() if is_whole(one)}
    trees = {
        id: memo.made(("compile", id), (one, project.library), lambda: compile_tree(one, project))
        for id, one in whole.items()
    }
    missing = verify(project, unfolded, trees, memo.made("days", (table,), lambda: Calendar.of(table)), memo)
    if len(whole) < len(unfolded) or any(one.rule == "finite" for one in missing):
        return None, ordered(found or missing)
    return Compiled(project, unfolded, trees, table, Manual(MANUAL, PROVED, reference())), ordered(found or missing)


def is_whole(one: Unfolded) -> bool:
    """It is unfolded and no reader gets stuck; only such a tree can be compiled."""
    return not one.crowded and not any(
        isinstance(edge.to, Stuck) for state in one.states.values() for edge in state.edges
    )


def ordered(found: list[Diagnostic]) -> list[Diagnostic]:
    """By file and place, each once: one slip that several passes or states meet is one finding."""
    return sorted(dict.fromkeys(found), key=lambda one: (one.at.file, one.at.line, one.at.column, one.rule))


def sources(done: Compiled, *, pyodide: Path, cache: Path) -> tuple[dict[str, bytes], list[str]]:
    """All that the site is built from beside docs/: pages, data, and the browser's Python; and notes for the builder.

    `pyodide` is the folder of the npm package; `cache` may be emptied at any time.
    """
    data = {"calendar.json": done.calendar, "library.json": library_data(done.project.library)}
    runtime, notes = bundle(pyodide, engine_sources(), cache)
    return write(done) | widget() | {
        f"assets/minglu/{path}": packed(one) for path, one in data.items()
    } | runtime, notes


def engine_sources() -> dict[str, bytes]:
    """The engine's modules as they are imported in the browser: `engine/walk.py` and so on."""
    folder = Path(__file__).parent / "engine"
    return {f"engine/{path.name}": path.read_bytes() for path in sorted(folder.glob("*.py"))}
