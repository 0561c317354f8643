"""Pieces of a Markdown source: front matter, headings that MkDocs can list, and HTML that Markdown keeps untouched."""

import json
import re
from html import escape

from minglu.write.html import Html, element, escaped, without_blank_lines, without_fences

MARKDOWN_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!])")
"""What Markdown takes for markup, and a backslash before it for itself."""


def front_matter(
    *, title: str, description: str, hide: tuple[str, ...] = (), boost: float = 1, tags: tuple[str, ...] = ()
) -> str:
    """YAML, in which JSON strings are strings too. `boost` is the rank in searches, `tags` are found as well.

    Themes print title and description into their templates as they are, and so does the search what it finds: here they
    are HTML already.
    """
    lines = [f"title: {as_yaml(escaped(title))}", f"description: {as_yaml(escaped(description))}"]
    if hide:
        lines.append(f"hide: [{', '.join(hide)}]")
    if boost != 1:
        lines += ["search:", f"  boost: {boost}"]
    if tags:
        lines.append(f"tags: {as_yaml([escaped(tag) for tag in tags])}")
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def as_yaml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def markdown_page(matter: str, parts: list[str]) -> str:
    """Front matter, then the parts as paragraphs of Markdown; empty parts are left out."""
    return matter + "\n\n".join(filter(None, parts)) + "\n"


def markdown_heading(level: int, text: str, anchor: str = "") -> str:
    """Nothing in `text` is markup, and no attribute list can begin in it."""
    written = MARKDOWN_MARKS.sub(r"\\\1", escape(" ".join(text.split()), quote=False))
    return f"{'#' * level} {written}" + (f" {{#{anchor}}}" if anchor else "")


def html_block(content: Html) -> Html:
    """Inside a block-level element, and without blank lines where Markdown could begin again."""
    return without_fences(element("div", without_blank_lines(content), cls="minglu"))
