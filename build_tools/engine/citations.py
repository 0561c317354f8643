"""Text as people write it → the articles of law it cites: in YAML, in Markdown and in the browser alike.

A citation is an instrument's name directly before an article: 《消费者权益保护法》第二十四条第一款, 消法第24条, 手机三包第11、12条.
What names an instrument but cannot be told with certainty is a problem, never silence and never a guess; 第24条 with no name before it is nobody's.
Problems are one Chinese clause each, for readers and editors.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from build_tools.engine import numerals


@dataclass(frozen=True)
class Citation:
    """`statute` is a slug; `article` is `24` or `24之一`; paragraph (款) and item (项) count from 1, None where not told."""

    statute: str
    article: str
    paragraph: int | None = None
    item: int | None = None


@dataclass(frozen=True)
class Found:
    """`text` is what stands between `start` and `end` (characters). A range (第14至17条) is one Found with several citations.

    Of a list, each member is a Found of its own and the first carries the name. Where `problem` is told, `citations` is empty.
    """

    start: int
    end: int
    text: str
    citations: tuple[Citation, ...] = ()
    problem: str | None = None

    @property
    def citation(self) -> Citation | None:
        """The first of `citations`."""
        return self.citations[0] if self.citations else None


@dataclass(frozen=True)
class Names:
    """What instruments are called. `slugs` maps a spelling (as `flat` leaves it) to a slug, `titles` and `shorts` a slug to its names.

    A spelling that two instruments claim names neither.
    """

    slugs: dict[str, str]
    titles: dict[str, str]
    shorts: dict[str, str]
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, rows: Iterable[Mapping]) -> "Names":
        """From rows of `{"slug", "title", "short", "also": […]}`."""
        owners: dict[str, set[str]] = {}
        titles, shorts = {}, {}
        for row in rows:
            slug, titles[row["slug"]], shorts[row["slug"]] = row["slug"], row["title"], row["short"]
            for name in (row["title"], row["short"], *row.get("also", ())):
                for spelling in spellings(name):
                    owners.setdefault(spelling, set()).add(slug)
        slugs = {spelling: min(claimed) for spelling, claimed in owners.items() if len(claimed) == 1}
        return cls(slugs, titles, shorts, tuple(sorted({len(spelling) for spelling in slugs}, reverse=True)))

    def slug(self, name: str) -> str | None:
        """The instrument called `name`, with or without 中华人民共和国, whatever the brackets and spaces."""
        plain = re.sub(r"\s", "", flat(name))
        return self.slugs.get(plain) or self.slugs.get(plain.replace(STATE, ""))


def find(text: str, names: Names) -> list[Found]:
    """All citations in running text, in order; what surrounds them is left alone."""
    return scan(text, names, running=True)


def read(text: str, names: Names) -> list[Citation]:
    """The citations of a text that holds nothing else. Raises ValueError with one clause on the first thing that cannot be told."""
    found, done = scan(text, names, running=False), 0
    for each in found:
        only_joints(text[done : each.start], first=not done)
        if each.problem:
            raise ValueError(each.problem)
        done = each.end
    only_joints(text[done:].rstrip() + ("" if found else " "), first=not found)
    return [citation for each in found for citation in each.citations]


def label(citation: Citation, names: Names) -> str:
    """`消费者权益保护法 第24条第1款`. Raises KeyError for a slug that `names` does not hold."""
    article, _, inserted = citation.article.partition("之")
    parts = [names.shorts[citation.statute], f" 第{article}条", f"之{inserted}" if inserted else ""]
    parts += [f"第{number}{unit}" for number, unit in ((citation.paragraph, "款"), (citation.item, "项")) if number is not None]
    return "".join(parts)


# ---- what stands where ----

STATE = "中华人民共和国"
FLAT = str.maketrans("０１２３４５６７８９〇○（）〈〉，；／－–—―～~", "0123456789零零()《》,;/-------"[:28])
HAN = "\u4e00-\u9fff"
N = numerals.PATTERN
GAP = r"[^\S\n]*\n?[^\S\n]*"
