"""Pieces of a Markdown source: front matter, headings that MkDocs can list, and blocks of HTML that Markdown keeps untouched."""

import json
import re
from html import escape

from minglu.write.html import Html, element

SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!])")
"""What Markdown takes for markup, and a backslash before it for itself."""


def front_matter(
    title: str, description: str, hide: tuple[str, ...] = (), found: float = 1, words: tuple[str, ...] = ()
) -> str:
    """JSON strings are YAML strings. `found` is how readily the search finds the page, `words` are those it is searched by."""
    lines = [
        f"title: {json.dumps(title, ensure_ascii=False)}",
        f"description: {json.dumps(description, ensure_ascii=False)}",
    ]
    if hide:
        lines.append(f"hide: [{', '.join(hide)}]")
    if found != 1:
        lines += ["search:", f"  boost: {found}"]
    if words:
        lines.append(f"tags: {json.dumps(words, ensure_ascii=False)}")
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def heading(level: int, text: str, anchor: str = "") -> str:
    """Nothing in `text` is markup, and no attribute list can begin in it."""
    return f"{'#' * level} {SPECIAL.sub(r'\\\1', escape(' '.join(text.split()), quote=False))}" + (
        f" {{#{anchor}}}" if anchor else ""
    )


def block(content: Html) -> str:
    """Inside a block-level element, and without blank lines where Markdown could begin again."""
    return element("div", re.sub(r"\n\s*\n", "\n", content), cls="minglu")
