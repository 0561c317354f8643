"""Milliseconds until a shared link with exact days shows its outcome while there is no Python, on a phone's processor.

Once Python's worker is refused, once it never comes. Where the outcome is not shown, the time is NEVER.
"""

import datetime
import functools
import math
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import yaml
from playwright.sync_api import Browser

from bench.browsing import Loopback, chromium, loopback, painted_after, phone
from bench.rows import NEVER, Row, at_most
from bench.sides import Side, Sides, built_site, in_turns, largest_tree, medians, tree_page

CPU = 4
OUTCOME = "tree-walk[ready] .state.here.outcome h2"
ROUNDS, SECONDS = 5, 20  # for each of the two ways to be without Python
LATE = 5000  # milliseconds; what is not shown by then is never shown
WITHOUT = {"missing": "refused", "late": "on its way"}
DAYS = {
    "day": 1,
    "calendar-day": 1,
    "working-day": 1.4,
    "month": 30.4,
    "year": 365.25,
    "calendar-month": 30.4,
    "calendar-year": 365.25,
}

type Walk = dict[str, Any]
type Tree = dict[str, Any]


@dataclass
class Link:
    """One side's server, and the path of the link on it."""

    served: Loopback
    path: str
    seen: bool = True  # at the last visit


def run(sides: Sides) -> Iterator[Row]:
    with ExitStack() as stack:
        browser = stack.enter_context(chromium())
        links = {
            side.name: Link(stack.enter_context(loopback(built_site(side))), tree_page(sides.this) + fragment(side))
            for side in sides.in_order
        }
        for side, link in links.items():  # also so that all is compressed
            if visit(browser, link, worker="there", cpu=1, late=40_000) == NEVER:
                raise RuntimeError(f"{side}: no outcome even with Python: {link.path}")
        for worker, says in WITHOUT.items():
            for link in links.values():
                link.seen = True
            job = functools.partial(visit_side, browser, links, worker)
            found = in_turns(sides.in_order, job, rounds=ROUNDS, seconds=SECONDS)
            this, base = medians(found)
            what = f"a shared link with exact days until its outcome is shown, Python {says}, {CPU}× slower CPU"
            yield at_most(f"{what}, median of {len(found['this'])}", this=this, base=base, unit="ms", aim=1500)


def visit_side(browser: Browser, links: dict[str, Link], worker: str, side: Side) -> float:
    return visit(browser, links[side.name], worker=worker, cpu=CPU, late=LATE)


def visit(browser: Browser, link: Link, *, worker: str, cpu: float, late: float) -> float:
    """A side that once has not shown the outcome is not asked again."""
    if not link.seen:
        return NEVER
    link.served.worker = worker
    with phone(browser, cpu=cpu) as page:
        took = painted_after(page, link.served.address + link.path, OUTCOME, late=late)
    link.seen = took < NEVER
    return took


def fragment(side: Side) -> str:
    """What the widget would share after the worked walk whose days are farthest from any limit, moved to today."""
    folder = side.root / "trees" / largest_tree(side)
    tree, walks = (yaml.safe_load((folder / name).read_text()) for name in ("tree.yml", "walks.yml"))
    ended = [walk for walk in walks if not walk["arrives"].startswith("tree/")]
    return shared(max(ended, key=lambda walk: days_to_spare(tree, walk)), today=datetime.date.today())


def shared(walk: Walk, *, today: datetime.date) -> str:
    later = today - walk["today"]
    answers = {
        question: answer + later if isinstance(answer, datetime.date) else ticked(answer)
        for question, answer in walk["answers"].items()
    }
    return "#" + urlencode({"a": "1", **answers})


def ticked(answer: Any) -> Any:
    """Ticks as they stand in an address."""
    return ".".join(answer) if isinstance(answer, list) else answer


def days_to_spare(tree: Tree, walk: Walk) -> float:
    """About how many days lie between the walk's exact days and the nearest limit; below zero where it has none."""
    exact = {asked: day for asked, day in walk["answers"].items() if isinstance(day, datetime.date)}
    return min((days_from_limit(tree["questions"][asked], walk, day) for asked, day in exact.items()), default=-1)


def days_from_limit(question: dict[str, Any], walk: Walk, day: datetime.date) -> float:
    until = walk["answers"].get(question.get("until"), walk["today"])
    if not isinstance(until, datetime.date):  # a stretch of time: no day to count to
        return -1
    limits = [in_days(band["within"]) for band in question.get("bands", {}).values() if "within" in band]
    return min((abs((until - day).days - limit) for limit in limits), default=math.inf)


def in_days(limit: str) -> float:
    """`6 months` is about 182 days."""
    count, unit = limit.split()
    return int(count) * DAYS[unit.removesuffix("s")]
