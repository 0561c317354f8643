"""How checking and writing grow with the number of trees, and a tree with more answers than anyone could list.

Each size runs in a process of its own, so that its peak of memory is its own.
"""

import json
import resource
import subprocess
import sys
import time

from bench import generated
from minglu import pipeline
from minglu.memo import Memo
from minglu.parse import parse
from minglu.write import write

SIZES = (10, 100, 1000)


def run() -> list[tuple[str, float, float]]:
    """The aim of linear growth: ten times the trees in at most twelve times the time."""
    told = {
        size: json.loads(
            subprocess.run(
                [sys.executable, "-m", "bench.scale", str(size)], check=True, capture_output=True, text=True
            ).stdout
        )
        for size in SIZES
    }
    for size, one in told.items():
        print(
            f"{'':17}{size:5} trees of 100 nodes: parse {one['parse']:.2f} s, all of check {one['check']:.2f} s, write {one['write']:.2f} s, peak {one['memory']} MB"
        )
    rows = [
        (f"check, {more} trees / {size} trees, per tree", told[more]["check"] / told[size]["check"] * size / more, 1.2)
        for size, more in zip(SIZES, SIZES[1:])
    ]
    rows.append((f"check of 100 trees / 3 s ({told[100]['check']:.2f} s)", told[100]["check"] / 3, 1.0))
    rows.append(
        (f"check again with one tree edited / 0.3 s ({told[100]['again']:.3f} s)", told[100]["again"] / 0.3, 1.0)
    )
    long = adversarial()
    rows.append((f"2 ** 100 answer combinations proved / 1 s ({long:.2f} s)", long, 1.0))
    return rows


def measured(size: int) -> dict[str, float]:
    files = generated.project(size)
    began = time.perf_counter()
    with pipeline.without_collecting():  # as in a check
        parse(files)
    parsed = time.perf_counter()
    memo = Memo()
    done, found = pipeline.check(files, memo)
    checked = time.perf_counter()
    assert done, found
    write(done)
    written = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    edited = files | {"trees/t0/tree.yml": files["trees/t0/tree.yml"].replace("说不上".encode(), "不好说".encode())}
    before = time.perf_counter()
    pipeline.check(edited, memo)
    return {
        "parse": parsed - began,
        "check": checked - parsed,
        "write": written - checked,
        "again": time.perf_counter() - before,
        "memory": memory,
    }


def adversarial() -> float:
    files = generated.adversarial()
    began = time.perf_counter()
    done, found = pipeline.check(files)
    assert done, found
    return time.perf_counter() - began


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]))))
