"""Seconds of the processor for checking and for writing the trees, each side with its own trees."""

from collections.abc import Iterator

from bench.rows import Row, compared
from bench.sides import Sides, in_turns, medians, work_on


def run(sides: Sides) -> Iterator[Row]:
    found = in_turns(sides.in_order, lambda side: work_on(side, None), rounds=7, seconds=42)
    runs = len(found["this"])
    this, base = medians({side: [one.check.cpu for one in ones] for side, ones in found.items()})
    yield compared(f"check the trees, CPU, median of {runs}", this=this, base=base, unit="s", aim=0.75)
    this, base = medians({side: [one.write.cpu for one in ones] for side, ones in found.items()})
    yield compared(f"write the trees, CPU, median of {runs}", this=this, base=base, unit="s", aim=1.1)
