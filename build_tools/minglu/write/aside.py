"""Sections that no search finds → put aside while Markdown and the search read a page, and put back when it is done.

They are HTML already, and four fifths of a tree's page: reading them takes as long as all the rest of the site.
"""

import re
from collections.abc import Sequence

from minglu.write.html import UNSEARCHED_WRITTEN

SECTION = re.compile(
    rf'<section class="state [^>]*{UNSEARCHED_WRITTEN}[^>]*>.*?</section>(?:\n<section class="state [^>]*'
    rf"{UNSEARCHED_WRITTEN}[^>]*>.*?</section>)*",
    re.DOTALL,
)
"""One or more, in a row. No section of a tree's page stands within another."""

ID = re.compile(r'<[^>]* id="([^"]+)"')


def put_aside(text: str) -> tuple[str, list[str]]:
    """The page with an empty element in the place of each row of sections, and these."""
    kept: list[str] = []

    def place(row: re.Match[str]) -> str:
        kept.append(row[0].replace(UNSEARCHED_WRITTEN, ""))
        return placeholder(len(kept))

    return SECTION.sub(place, text), kept


def put_back(page: str, kept: Sequence[str]) -> str:
    """Raises ValueError where another plugin has taken a placeholder away: nothing may be lost."""
    for number, row in enumerate(kept, 1):
        before, found, after = page.partition(placeholder(number))
        if not found:
            raise ValueError(f"the page has lost the place of section {number} that was put aside")
        page = before + row + after
    return page


def placeholder(number: int) -> str:
    return f'<section class="aside-{number}"></section>'


def ids_in(kept: Sequence[str]) -> set[str]:
    return {id for row in kept for id in ID.findall(row)}
