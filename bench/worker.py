"""Checks and writes one project with the package of one side, and prints the seconds as JSON.

Run by its path, with that side's PYTHONPATH. Arguments: the package, and the root of its checkout. Standard input: a
pickle of the files (None for the trees of the checkout) and of the same after an edit (or None).
"""

import importlib
import json
import pickle
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

MEMO = {"build_tools": ("kept", "Kept"), "minglu": ("memo", "Memo")}
"""Package → module and class of what a check keeps for the next one."""


def main(package: str, root: str) -> None:
    files, edited = pickle.load(sys.stdin.buffer)
    pipeline = importlib.import_module(f"{package}.pipeline")
    write = importlib.import_module(f"{package}.write").write
    if not Path(pipeline.__file__ or "").is_relative_to(root):
        raise RuntimeError(f"{pipeline.__file__} is not in {root}")
    module, name = MEMO[package]
    memos = importlib.import_module(f"{package}.{module}")
    memo = getattr(memos, name, None) or memos.Kept  # its name until it was renamed
    kept = memo()
    sources = files or pipeline.read_files(Path(root, "trees"))
    (compiled, found), checked = timed(lambda: pipeline.check(sources, kept))
    if found:
        print(json.dumps({"refused": f"{found[0]}"}))
        return
    _, written = timed(lambda: write(compiled))
    times: dict[str, object] = {"check": checked, "write": written}
    if edited:
        (_, found), times["again"] = timed(lambda: pipeline.check(edited, kept))
        if found:
            raise RuntimeError(f"the edited trees are refused: {found[0]}")
    times["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(times))


def timed[Made](job: Callable[[], Made]) -> tuple[Made, list[float]]:
    """What the job gives; seconds of the processor and of the clock."""
    cpu, wall = time.process_time(), time.perf_counter()
    made = job()
    return made, [time.process_time() - cpu, time.perf_counter() - wall]


if __name__ == "__main__":
    main(*sys.argv[1:])
