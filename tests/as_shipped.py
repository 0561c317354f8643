"""Files of a built site by their plain names: what a page runs with goes out under a name that carries a hash."""

import re
from pathlib import Path, PurePosixPath

RUNTIME_FILES = (
    "engine.zip",
    "pyodide-lock.json",
    "pyodide.asm.js",
    "pyodide.asm.wasm",
    "pyodide.js",
    "python_stdlib.zip",
    "runtime.json",
    "started.bin",
)
"""All that the browser's Python is made of, by their plain names; `runtime.json` is the list of the others."""


def as_shipped(root: Path, plain: str) -> str:
    """`assets/minglu/calendar.json` → `assets/minglu/calendar.3fa29c1b.json`, which must be there, and once."""
    path = PurePosixPath(plain)
    name = re.compile(rf"{re.escape(path.stem)}\.[0-9a-f]{{8}}{re.escape(path.suffix)}")
    (found,) = [one.name for one in (root / path.parent).iterdir() if name.fullmatch(one.name)]
    return str(path.with_name(found))
