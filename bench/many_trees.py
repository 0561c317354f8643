"""How checking grows with the number of trees, what an edit costs among many, and 2 ** 100 answers."""

import statistics
import time
from collections.abc import Iterator

from bench import generated
from bench.rows import Row, compared, within
from bench.sides import Refused, Side, Sides, Work, in_turns, medians, work_on

SECONDS = 130  # below the limit of this measure; what would probably take longer is left out
LINEAR = 1.2  # per tree


def run(sides: Sides) -> Iterator[Row]:
    until = time.monotonic() + SECONDS
    turns = sides.in_order
    try:
        hundred = in_turns(turns, check_hundred, rounds=3, seconds=65)
    except Refused as refused:
        if refused.side is sides.this:
            raise
        yield Row(f"{refused}; absolute numbers only")
        turns = [sides.this]
        hundred = in_turns(turns, check_hundred, rounds=3, seconds=45)
    what = "check of 100 generated trees, CPU"
    this, base = medians({side: [one.check.cpu for one in ones] for side, ones in hundred.items()})
    yield compared(what, this=this, base=base, unit="s", aim=0.6)
    yield within(what, seconds=this, aim=5)
    what = "check again with one of them edited, CPU"
    this, base = medians({side: [one.again.cpu for one in ones if one.again] for side, ones in hundred.items()})
    yield compared(what, this=this, base=base, unit="s", aim=1.1, digits=3)
    yield within(what, seconds=this, aim=0.3)
    this, base = medians({side: [one.write.cpu for one in ones] for side, ones in hundred.items()})
    yield compared("write 100 generated trees, CPU", this=this, base=base, unit="s", aim=1.1)

    long = generated.adversarial()
    proofs = in_turns(turns, lambda side: work_on(side, long), rounds=3, seconds=15)
    what = "2 ** 100 answer combinations proved, CPU"
    this, base = medians({side: [one.check.cpu for one in ones] for side, ones in proofs.items()})
    yield compared(what, this=this, base=base, unit="s", aim=1.1, digits=3)
    yield within(what, seconds=this, aim=1)
    yield from growth(sides.this, hundred=hundred["this"], until=until)


def check_hundred(side: Side) -> Work:
    files = generated.project(100)
    path = "trees/t0/tree.yml"
    edited = files | {path: files[path].replace("说不上".encode(), "不好说".encode())}
    return work_on(side, files, edited=edited)


def growth(side: Side, *, hundred: list[Work], until: float) -> Iterator[Row]:
    """Ten times the trees in ten times the time, or little more."""
    few = generated.project(10)
    ten = in_turns([side], lambda one: work_on(one, few), rounds=3, seconds=15)[side.name]
    of_ten, of_hundred = (statistics.median(one.check.cpu for one in found) for found in (ten, hundred))
    yield Row(
        f"check, 100 trees / 10 trees, CPU per tree ({of_hundred:.2f}/{of_ten:.2f} s)", of_hundred / of_ten / 10, LINEAR
    )
    wall = max(one.check.wall + one.write.wall for one in hundred)
    if time.monotonic() + 5 * wall > until:
        yield Row("check of 400 generated trees: left out, time is short")
        return
    most = work_on(side, generated.project(400))
    yield Row(
        f"check, 400 trees / 100 trees, CPU per tree ({most.check.cpu:.2f}/{of_hundred:.2f} s; peak {most.memory} MB)",
        most.check.cpu / of_hundred / 4,
        LINEAR,
    )
