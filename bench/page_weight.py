"""What a first visit to the home page and to the largest tree's page loads over gzip, and the elements of that page."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench.browsing import USABLE, answered, chromium, gzipped, loopback, phone
from bench.rows import Row, at_most
from bench.sides import Sides, built_site, tree_page

SEARCH_INDEX = "search/*.json"
LATE = 30_000  # milliseconds
ELEMENTS = 600


@dataclass(frozen=True)
class Weight:
    """kB over gzip of all that a first visit asks for but the index of the search, and of that."""

    page: float
    search: float


@dataclass(frozen=True)
class Elements:
    """How many stand in the document: on arrival, the most on a walk, after in-site navigation."""

    arrived: int
    walking: int
    navigated: int
    kept: bool
    """Whether in-site navigation kept the document."""


def run(sides: Sides) -> Iterator[Row]:
    with chromium() as browser:
        yield from weights(browser, sides)
        yield from counts(browser, sides)


def weights(browser: Browser, sides: Sides) -> Iterator[Row]:
    for what, path, aim in (("home page", "index.html", 100), ("largest tree's page", tree_page(sides.this), 200)):
        found = {side.name: weight(browser, built_site(side), path) for side in sides.in_order}
        this, base = found["this"], found.get("base")
        page = f"{what}, all that a first visit loads over gzip, without the search's index"
        yield at_most(page, this=this.page, base=base.page if base else None, unit="kB", aim=aim)
        index = f"{what}, the search's index over gzip, where it is loaded"
        yield at_most(index, this=this.search, base=base.search if base else None, unit="kB")


def counts(browser: Browser, sides: Sides) -> Iterator[Row]:
    tree = tree_page(sides.this)
    found = {side.name: elements(browser, built_site(side), tree) for side in sides.in_order}
    this, base = found["this"], found.get("base")
    what, unit = "in the document of the largest tree's page, with scripts", "elements"
    yield at_most(what, this=this.arrived, base=base.arrived if base else None, unit=unit, aim=ELEMENTS)
    tap = f"{what}, after a tap on the home page{'' if this.kept else ' (which loaded it anew)'}"
    yield at_most(tap, this=this.navigated, base=base.navigated if base else None, unit=unit, aim=ELEMENTS)
    walk = f"{what}, the most on a walk by the first answers"
    yield at_most(walk, this=this.walking, base=base.walking if base else None, unit=unit)


def weight(browser: Browser, site: Path, path: str) -> Weight:
    with loopback(site) as served, phone(browser) as page:
        page.goto(served.address + path, wait_until="networkidle")
        return weighed(site, served.asked)


def weighed(site: Path, asked: list[str]) -> Weight:
    """What was asked for twice was in the cache; what is not there weighs nothing."""
    sizes = {name: len(gzipped(site / name)) / 1000 for name in asked if (site / name).is_file()}
    search = sum(size for name, size in sizes.items() if fnmatch(name, SEARCH_INDEX))
    return Weight(sum(sizes.values()) - search, search)


def elements(browser: Browser, site: Path, tree: str) -> Elements:
    with loopback(site) as served, phone(browser) as page:
        served.worker = "missing"
        page.goto(served.address + tree)
        most = arrived = settled(page)
        while answered(page, late=LATE):
            most = max(most, settled(page))
        page.goto(served.address + "index.html", wait_until="networkidle")
        page.evaluate("window.before = true")
        page.click(f'.md-content a[href$="{tree}"]')
        page.wait_for_selector(USABLE, timeout=LATE)
        return Elements(arrived, most, settled(page), bool(page.evaluate("window.before")))


def settled(page: Page) -> int:
    """The number of elements when a section is shown and nothing more is loaded."""
    page.wait_for_selector("tree-walk[ready] .state.here", timeout=LATE)
    page.wait_for_load_state("networkidle")
    count: int = page.evaluate("document.querySelectorAll('*').length")
    return count
