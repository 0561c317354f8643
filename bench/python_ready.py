"""Milliseconds until Python is ready, in a first visit to a tree's page, on a phone with a quarter of a processor.

Counted from when it begins to load, which the first answer makes it do at the latest, and from the start of the visit.
"""

import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from bench.browsing import USABLE, Line, answered, chromium, comes_true, loopback, phone
from bench.held import held, used_by
from bench.rows import Row, at_most
from bench.sides import Side, Sides, built_site, in_turns, tree_page

SHARE, LINE = 0.25, Line(latency=60, down=9e6, up=3e6)
ROUNDS, SECONDS = 3, 75
AIM = 8000  # milliseconds
LATE = 40_000  # milliseconds
ONE_RENDERER = "--renderer-process-limit=1"  # else a visit may begin another process

WATCH = """
window.pythonWatched = {};
setInterval(() => {
  const state = window.MingluPython && MingluPython.state();
  if (state && state !== "idle") pythonWatched.began ??= performance.now();
  if (state === "ready" || state === "failed") pythonWatched[state] ??= performance.now();
}, 20);
"""

BUSY = """() => new Promise((then) => {
  const done = () => then();
  const script = `
    for (let i = 0, sum = 0; i < 3e8; i++) sum += i;
    postMessage("done");`;
  const worker = new Worker(URL.createObjectURL(new Blob([script])));
  worker.onmessage = done;
})"""


@dataclass(frozen=True)
class Boot:
    """Milliseconds since the visit began."""

    began: float
    ready: float


def run(sides: Sides) -> Iterator[Row]:
    name = tree_page(sides.this)
    with ExitStack() as stack:
        browser = stack.enter_context(chromium(ONE_RENDERER))
        served = {side.name: stack.enter_context(loopback(built_site(side))).address for side in sides.in_order}
        yield holds(browser, served["this"])
        for address in served.values():
            boot(browser, address, name, share=1)  # so that all is compressed

        def job(side: Side) -> Boot:
            return boot(browser, served[side.name], name, share=SHARE)

        found = in_turns(sides.in_order, job, rounds=ROUNDS, seconds=SECONDS)
    after = f"{SHARE:g} of a processor, {LINE.down / 1e6:g} Mbit/s, median of {len(found['this'])}"
    loads = {side: statistics.median(one.ready - one.began for one in boots) for side, boots in found.items()}
    yield at_most(
        f"Python ready after it began to load, {after}", this=loads["this"], base=loads.get("base"), unit="ms", aim=AIM
    )
    visits = {side: statistics.median(one.ready for one in boots) for side, boots in found.items()}
    yield at_most(
        f"Python ready after the visit began, {after}", this=visits["this"], base=visits.get("base"), unit="ms", aim=AIM
    )


def holds(browser: Browser, address: str) -> Row:
    """A row on what the holding leaves to a busy worker; an error where it does not hold."""
    with phone(browser) as page:
        page.goto(address + "robots.txt")
        free = got(page, renderers(browser))
        with held(renderers(browser), SHARE):
            left = got(page, renderers(browser))
    if left > 1.3 * SHARE:
        raise RuntimeError(f"the renderer cannot be held: a busy worker got {left:.2f} of a processor")
    return Row(f"a busy worker gets {left:.2f} of a processor when held to {SHARE:g}, and {free:.2f} when free")


def got(page: Page, pids: list[int]) -> float:
    """The share of a processor that a busy worker gets."""
    used, began = used_by(pids), time.monotonic()
    page.evaluate(BUSY)
    return (used_by(pids) - used) / (time.monotonic() - began)


def boot(browser: Browser, address: str, name: str, *, share: float) -> Boot:
    with phone(browser, line=LINE if share < 1 else None) as page, ExitStack() as stack:
        page.add_init_script(WATCH)
        page.goto(address + "robots.txt")
        if share < 1:
            stack.enter_context(held(renderers(browser), share))
        page.goto(address + name, wait_until="commit", timeout=LATE)
        page.wait_for_selector(USABLE, timeout=LATE)
        answered(page, late=LATE)
        comes_true(page, "pythonWatched.ready || pythonWatched.failed", late=LATE)
        found = page.evaluate("pythonWatched")
    if "ready" not in found:
        raise RuntimeError(f"{address}: Python {'failed' if 'failed' in found else 'is late'}")
    return Boot(found["began"], found["ready"])


def renderers(browser: Browser) -> list[int]:
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    return [process["id"] for process in processes if process["type"] == "renderer"]
