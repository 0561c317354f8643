"""Builds both sites at once, which other measures read. These first builds also fill caches, so nobody times them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from bench.rows import Row
from bench.sides import Sides, built_site


def run(sides: Sides) -> Iterator[Row]:
    with ThreadPoolExecutor() as builds:
        list(builds.map(built_site, sides.in_order))
    yield from ()
