"""Builds both sites, which other measures read. These first builds also fill caches, so nobody times them."""

from collections.abc import Iterator

from bench.rows import Row
from bench.sides import Sides, built_site


def run(sides: Sides) -> Iterator[Row]:
    for side in sides.in_order:
        built_site(side)
    yield from ()
