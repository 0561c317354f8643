"""Milliseconds from the start of a visit to a tree's page until its first question can be answered, on a slow phone."""

from collections.abc import Iterator
from contextlib import ExitStack

from playwright.sync_api import Browser

from bench.browsing import USABLE, Line, answered, chromium, loopback, phone, seen_after
from bench.rows import NEVER, Row, at_most
from bench.sides import Sides, built_site, in_turns, medians, tree_page

CPU, LINE = 4, Line(latency=150, down=1.6e6, up=750e3)
ROUNDS, SECONDS = 5, 40
LATE = 20_000  # milliseconds


def run(sides: Sides) -> Iterator[Row]:
    name = tree_page(sides.this)
    with ExitStack() as stack:
        browser = stack.enter_context(chromium())
        at = {side.name: stack.enter_context(loopback(built_site(side))).address + name for side in sides.in_order}
        for address in at.values():
            usable_after(browser, address, slow=False)  # so that all is compressed
        found = in_turns(
            sides.in_order, lambda side: usable_after(browser, at[side.name], slow=True), rounds=ROUNDS, seconds=SECONDS
        )
    this, base = medians(found)
    what = f"first question of the largest tree usable, {CPU}× slower CPU, {LINE.down / 1e6:g} Mbit/s"
    yield at_most(f"{what}, median of {len(found['this'])}", this=this, base=base, unit="ms", aim=2500)


def usable_after(browser: Browser, address: str, *, slow: bool) -> float:
    with phone(browser, cpu=CPU if slow else 1, line=LINE if slow else None) as page:
        took = seen_after(page, address, USABLE, late=LATE)
        if took < NEVER and not answered(page, late=LATE):  # what looks usable is usable
            raise RuntimeError("there is no answer to give")
        return took
