"""What a first visit to the home page and to the largest page of a tree loads over gzip, and the number of elements."""

import functools
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from bench.browsing import chromium, largest_tree_page, loopback
from bench.rows import Row, compared
from bench.sides import Sides, built_site

SEARCH = "search/"
"""What the search fetches: its index, and a stub where that comes later."""


@dataclass(frozen=True)
class Weight:
    """Bytes over gzip of all that was asked for, of the search index among it, and the number of elements."""

    loaded: int
    search: int
    elements: int


def run(sides: Sides) -> Iterator[Row]:
    largest = largest_tree_page(built_site(sides.this))
    with chromium() as browser:
        for what, path in (("home page", "index.html"), (f"largest tree page, {Path(largest).stem}", largest)):
            this = weight(browser, built_site(sides.this), path)
            base = weight(browser, built_site(sides.base), path) if sides.base else None
            yield compared(
                f"{what}, all that a first visit loads over gzip, {this.search / 1000:.0f} kB of it the search index",
                this=this.loaded / 1000,
                base=base.loaded / 1000 if base else None,
                unit="kB",
                aim=1.1,
                digits=0,
            )
            yield compared(
                f"{what}, elements in the document",
                this=this.elements,
                base=base.elements if base else None,
                unit="elements",
                aim=1.1,
                digits=0,
            )


def weight(browser: Browser, site: Path, path: str) -> Weight:
    with loopback(site) as served:
        page = browser.new_context(viewport={"width": 375, "height": 812}).new_page()
        page.goto(served.address + path, wait_until="networkidle")
        elements: int = page.evaluate("document.querySelectorAll('*').length")
        page.context.close()
    files = {name for name in served.asked if (site / name).is_file()}
    search = sum(gzipped(site / name) for name in files if name.startswith(SEARCH))
    return Weight(sum(gzipped(site / name) for name in files), search, elements)


@functools.cache
def gzipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), compresslevel=6))
