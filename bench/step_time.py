"""Time of a reader's step in the widget of the built site, from the tap to the frame that shows it, both in turns.

With the page's processor as it is and as slow as a phone's.

A link that hands over to another tree leaves the page, so it is never tapped. A step that is not answered within its
limit is counted, and the walk goes on.
"""

import contextlib
import statistics
from collections.abc import Iterator
from typing import TypedDict

from playwright.sync_api import Browser, Page

from bench.browsing import STAYS, WORKER, chromium, comes_true, loopback, phone_context, slow_down
from bench.rows import Row, at_most, compared
from bench.sides import Side, Sides, built_site, in_turns, tree_page

FRAME = 16.0  # milliseconds
ROUNDS, STEPS = 12, {"this": 20, "base": 8}  # in turns, so many steps at a time
SECONDS = 20  # for all rounds of a condition
STEP_LIMIT = 3000  # milliseconds
READY = 40_000  # milliseconds until Python is there
PYTHON_ANSWERED = "MingluPython.state() === 'ready' && document.querySelector('tree-walk').result"

CONDITIONS = (  # with Python?, how many times slower, milliseconds for p95
    (False, 4, 60),
    (False, 6, 100),
    (True, 4, 100),
    (True, 1, None),
)

WATCH = """() => {
  const walk = document.querySelector("tree-walk");
  let kept = walk.result;
  window.answered = () => {};
  Object.defineProperty(walk, "result", { // the widget sets it just before it shows what Python found
    get: () => kept,
    set: (result) => { kept = result; if (result) window.answered(); },
  });
}"""

WALK = """async ({ steps, limit, python }) => {
  const late = () => new Promise((_, failed) => setTimeout(() => failed(new Error("late")), limit));
  const frame = () => Promise.race([new Promise((then) => requestAnimationFrame(() => setTimeout(then))), late()]);
  const replaced = async (link) => {
    const shown = () => walk().querySelector(".state.here") && !(link.isConnected && link.closest(".state.here"));
    for (const until = performance.now() + limit; !shown(); await frame()) if (performance.now() > until) await late();
  };
  const walk = () => document.querySelector("tree-walk");
  const found = { shown: [], answered: [], missed: 0 };
  while (found.shown.length + found.missed < steps && found.missed < 3) {
    const links = [...walk().querySelectorAll(".state.here a[data-answer]:not(.unsure):not([data-handover])")];
    const change = walk().querySelector(".road a[data-change]");
    window.turn = ((window.turn || 7) * 48271) % 2147483647;
    try {
      if (links.length) {
        const answer = new Promise((then) => (window.answered = () => then(performance.now())));
        const began = performance.now();
        const link = links[window.turn % links.length];
        link.click();
        const at = python ? await Promise.race([answer, late()]) : performance.now();
        await replaced(link);
        await frame();
        found.shown.push(performance.now() - began);
        found.answered.push(at - began);
      } else if (change) change.click(); // an end, or every answer hands over: the first answer is taken back
      else throw new Error("no way on");
      await frame();
    } catch (error) {
      found.missed++;
    }
  }
  return found;
}"""


class Steps(TypedDict):
    """Milliseconds of each step until it is on the screen and until Python's answer is there; how many were lost."""

    shown: list[float]
    answered: list[float]
    missed: int


def run(sides: Sides) -> Iterator[Row]:
    name = tree_page(sides.this)
    with contextlib.ExitStack() as stack:
        browser = stack.enter_context(chromium())
        addresses = {
            side.name: stack.enter_context(loopback(built_site(side))).address + name for side in sides.in_order
        }
        for python, slower, aim in CONDITIONS:
            pages = {
                side: opened(browser, address, python=python, slower=slower) for side, address in addresses.items()
            }
            found = in_turns(sides.in_order, Walker(pages, python=python), rounds=ROUNDS, seconds=SECONDS)
            joined = {side: together(steps) for side, steps in found.items()}
            for page in pages.values():
                page.context.close()
            yield from rows(joined, python=python, slower=slower, aim=aim)


class Walker:
    """So many steps on one side's page."""

    def __init__(self, pages: dict[str, Page], *, python: bool) -> None:
        self.pages, self.python = pages, python

    def __call__(self, side: Side) -> Steps:
        page = self.pages[side.name]
        page.bring_to_front()
        found: Steps = page.evaluate(WALK, {"steps": STEPS[side.name], "limit": STEP_LIMIT, "python": self.python})
        return found


def opened(browser: Browser, address: str, *, python: bool, slower: float) -> Page:
    """A phone's page after its first answer, with Python ready or with none to be had; slow from then on."""
    page = phone_context(browser).new_page()
    if not python:
        page.route(f"**/{WORKER}", lambda route: route.abort())
    page.goto(address)
    page.tap(STAYS)
    if python:
        if not comes_true(page, PYTHON_ANSWERED, late=READY):
            raise RuntimeError(f"{address}: no answer of Python's")
        page.evaluate(WATCH)
    slow_down(page, cpu=slower)
    return page


def together(found: list[Steps]) -> Steps:
    return {
        "shown": [time for steps in found for time in steps["shown"]],
        "answered": [time for steps in found for time in steps["answered"]],
        "missed": sum(steps["missed"] for steps in found),
    }


def rows(found: dict[str, Steps], *, python: bool, slower: float, aim: float | None) -> Iterator[Row]:
    for side, steps in found.items():
        if len(steps["shown"]) < STEPS[side]:
            raise RuntimeError(f"{side}: {len(steps['shown'])} steps were answered, {steps['missed']} were not")
        if steps["missed"]:
            yield Row(f"{side}: {steps['missed']} steps were not answered within {STEP_LIMIT} ms")
    kind = f"with{'' if python else 'out'} Python until it is shown{f', {slower}× slower CPU' if slower > 1 else ''}"
    count = len(found["this"]["shown"])
    times = {side: percentile(steps["shown"], 95) for side, steps in found.items()}
    this, base = times["this"], times.get("base")
    if aim:
        yield at_most(f"a step {kind}, p95 of {count}", this=this, base=base, unit="ms", aim=aim)
        return
    yield compared(f"a step {kind}, p95 of {count}", this=this, base=base, unit="ms", aim=1.1, digits=0)
    late = percentile(found["this"]["answered"], 99)
    yield Row(f"Python's answer to a step, p99 / one frame ({late:.1f} ms)", late / FRAME, 1.0)


def percentile(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1]
