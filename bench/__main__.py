"""`python -m bench [NAME …] [--base COMMIT] [--list]`: one table, this commit against the base."""

import argparse
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from bench.runner import MEASURES, named, run_all
from bench.sides import ROOT, checkout, two_sides


def main() -> int:
    names = [measure.name for measure in MEASURES]
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument("names", nargs="*", metavar="NAME", help=f"these only: {', '.join(names)}")
    options.add_argument("--base", default=os.environ.get("BASE") or "800abe4", help="the older commit (or BASE=…)")
    options.add_argument("--list", action="store_true", help="what is measured, and within how many seconds")
    given = options.parse_args()
    if unknown := [name for name in given.names if name not in names]:
        options.error(f"no measure is called {', '.join(unknown)}; there are {', '.join(names)}")
    if given.list:
        for measure in MEASURES:
            print(f"{measure.name:16} {measure.limit:4.0f} s  {measure.about}")
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started ends with this
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        base, note = checkout(given.base, Path(folder))
        print(note)
        crashed = run_all(named(given.names), two_sides(Path(folder), this=ROOT, base=base))
    print(f"all of it in {time.monotonic() - began:.0f} s")
    return 1 if crashed else 0


if __name__ == "__main__":
    sys.exit(main())
