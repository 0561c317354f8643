"""Seconds of the processor for the whole MkDocs build, and the share that checking and writing the trees has in it."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.rows import Row, compared
from bench.sides import Side, Sides, Times, build_site, in_turns, medians, work_on


def run(sides: Sides) -> Iterator[Row]:
    found = in_turns(sides.in_order, build_aside, rounds=3, seconds=75)
    this, base = medians({name: [one.cpu for one in ones] for name, ones in found.items()})
    runs = len(found["this"])
    yield compared(f"whole MkDocs build, CPU, median of {runs}", this=this, base=base, unit="s", aim=1.1, digits=1)
    part = work_on(sides.this, None)
    ours = part.check.cpu + part.write.cpu
    yield Row(f"check and write / whole MkDocs build, CPU ({ours:.2f}/{this:.1f} s)", ours / this, 0.10)


def build_aside(side: Side) -> Times:
    with tempfile.TemporaryDirectory() as folder:
        return build_site(side, Path(folder, "site"))
