"""The passes in order. Nothing is written while any error stands.

trees/*.yml ─ parse ─▶ syntax ─ resolve ─▶ project ─ unfold ─▶ states ─ compile ─▶ compiled trees
                                                                                         │
                          site ◀─ write ─ fit to publish ◀─ verify ──────────────────────┤
                                                                                         │
                                                 engine: the same code in the browser ◀──┘
"""

import gc
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from minglu.compile import Compiled, compile
from minglu.compile.calendar import CHINA
from minglu.diagnostics import Diagnostic
from minglu.memo import Memo
from minglu.parse import parse
from minglu.resolve import resolve
from minglu.unfold import unfold
from minglu.verify import verify
from minglu.write import write
from minglu.write.docs import check_docs
from minglu.write.docs_settings import Docs
from minglu.write.npm_scripts import npm_scripts
from minglu.write.runtime import bundle
from minglu.write.widget import widget


def read_files(folder: Path) -> dict[str, bytes]:
    """Every source below `folder` (the project's trees/), by a path that begins with `trees/`.

    Raises OSError, also for a folder in it that cannot be looked into.
    """
    paths = sorted(parent / name for parent, _, names in folder.walk(on_error=throw) for name in names)
    sources = (path for path in paths if path.suffix in (".yml", ".yaml", ".md") and path.is_file())
    return {f"trees/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in sources}


def throw(error: OSError) -> None:
    raise error


def check(
    files: dict[str, bytes], memo: Memo | None = None, *, calendar: str = CHINA, docs: Docs | None = None
) -> tuple[Compiled | None, list[Diagnostic]]:
    """All passes but `write`, and what it will say of the hand-written pages of `docs` once the trees are right.

    The list is in the order of the files. The result is None where anything was found but what is only unfinished:
    then it may be looked at, but not published.

    With the `memo` of the last time, only what an edit touches is made anew. `calendar` is one of CALENDARS.
    """
    compiled, found = compile_anyway(files, memo, calendar=calendar)
    if docs is not None and compiled is not None and fit_to_show(found):
        found = ordered([*found, *check_docs(docs, compiled)])
    return compiled if fit_to_show(found) else None, found


def fit_to_show(found: list[Diagnostic]) -> bool:
    return all(one.unfinished for one in found)


def compile_anyway(
    files: dict[str, bytes], memo: Memo | None = None, *, calendar: str = CHINA
) -> tuple[Compiled | None, list[Diagnostic]]:
    """The same, with a result wherever every reader of every tree ends somewhere, though more may have been found:
    enough to compare versions.
    """
    with without_collecting():
        return run_passes(files, memo or Memo(), calendar)


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


def run_passes(files: dict[str, bytes], memo: Memo, calendar: str) -> tuple[Compiled | None, list[Diagnostic]]:
    """What follows from an earlier pass's finding is not reported as well."""
    sources, found = parse(files, memo)
    if found:
        return None, ordered(found)
    project, found = resolve(sources, memo)
    if any(one.stops for one in found):
        return None, ordered(found)
    unfolded, crowded = unfold(project, memo)
    compiled, odd_days = compile(project, unfolded, memo, calendar=calendar)
    if odd_days:
        return None, ordered(found or odd_days)
    compiled, unfit = verify(compiled, memo)
    whole = len(compiled.trees) == len(unfolded)
    if not fit_to_show(found):
        return compiled if whole else None, ordered(found)
    return compiled if whole else None, ordered([*found, *crowded, *unfit])


def ordered(found: list[Diagnostic]) -> list[Diagnostic]:
    """By file and place, each once: one slip that several passes or states meet is one finding."""
    return sorted(dict.fromkeys(found), key=lambda one: (one.at.file, one.at.line, one.at.column, one.rule))


def site_sources(
    compiled: Compiled, *, pyodide: Path, cache: Path, without: Collection[str] = (), python: bool = True
) -> tuple[dict[str, bytes], list[str]]:
    """All that the site is built from beside docs/: pages, data, widget, the scripts of npm packages, and, unless not
    `python`, the browser's Python; and notes for the builder.

    `pyodide` is the folder of the npm package, beside which the others stand; `cache` may be emptied at any time;
    `without` are kinds of pages to leave out.
    """
    runtime, notes = bundle(pyodide, engine_sources(), cache) if python else ({}, [])
    scripts, missing = npm_scripts(pyodide.parent)
    return write(compiled, without=without) | widget() | scripts | runtime, [*notes, *missing]


def engine_version() -> str:
    """Eight characters that change when anything in the engine does, which a receipt names (engine/receipt.py)."""
    parts = (part for path, data in engine_sources().items() for part in (path.encode(), data))
    return sha256(b"\0".join(parts)).hexdigest()[:8]


def engine_sources() -> dict[str, bytes]:
    """The engine's modules as they are imported in the browser: `engine/walk.py` and so on."""
    folder = Path(__file__).parent / "engine"
    return {f"engine/{path.name}": path.read_bytes() for path in sorted(folder.glob("*.py"))}
