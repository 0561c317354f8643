"""A citation as a reader wrote it → its name or its number put right, in the same manner of writing."""

import re

from . import numerals
from .names import GAP, STATE, Names, squeezed

INNER_BRACKETS = str.maketrans("《》", "〈〉")
"""A title that stands in 《》 has 〈〉 inside."""


INTRODUCED = re.compile(r"(?:简称|下称)[为：:]?\s*[“”\"《「『'‘]*([^“”\"《》「」『』'’‘，,。；;（）()\s]{1,30})")


def names_introduced(text: str) -> frozenset[str]:
    """The names that a text gives itself: 以下简称“消法”."""
    return frozenset(squeezed(match[1]) for match in INTRODUCED.finditer(text))


def written_out(name: str, *, slug: str, names: Names) -> str:
    """The title of the instrument `slug`, where `name` is a shorter one; "" where the name stays as it is written."""
    written, title = bare_name(name), names.titles[slug]
    if written.replace(STATE, "") == squeezed(title) or names.slugs.get(written) != slug:
        return ""
    return title.translate(INNER_BRACKETS)


def bare_name(name: str) -> str:
    """What stands before an article, without brackets, spaces and 的: `《消法》中的` → 消法."""
    return squeezed(re.sub(rf"{GAP}(?:(?:里面?|中)的?|的)?{GAP}\Z", "", name)).strip("《》")


def number_like(article: str, written: str) -> str:
    """The number of an article, written as the one that stood there: 第八条 → 第九条, 第8条 → 第9条."""
    number, mark, inserted = article.partition("之")
    shown = number if re.search(r"[0-9０-９]", written) else numerals.to_chinese(int(number))
    before, after = ("第" if "第" in written else ""), ("条" if "条" in written else "")
    return f"{before}{shown}{after}{mark}{inserted}"
