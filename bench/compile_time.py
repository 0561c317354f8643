"""Time of checking and writing the trees against the time of the whole MkDocs build of the same run."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from minglu import pipeline
from minglu.write import write

ROOT = Path(__file__).parent.parent


def run(repeats: int = 5) -> list[tuple[str, float, float]]:
    ours = statistics.median(timed(compile_once) for _ in range(repeats))
    whole = statistics.median(timed(build_site) for _ in range(3))
    return [
        (f"check and compile / whole MkDocs build ({ours * 1000:.0f} ms / {whole * 1000:.0f} ms)", ours / whole, 0.10)
    ]


def timed(job) -> float:
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def compile_once() -> None:
    done, found = pipeline.check(pipeline.read_files(ROOT / "trees"))
    assert done, found
    write(done)


def build_site() -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", folder],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
