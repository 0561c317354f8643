"""What the settings of a site say of its hand-written pages, for whoever looks at them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class DocsSettings:
    """`folder` is that of the hand-written pages, from where the settings stand. `extensions` and `configs` are
    Markdown's. `without` are the kinds of generated pages that are left out, `moved_to` is the folder of the site that
    the others stand in: "" or `help/`.

    `links` is whether a link to a page that is not there is wrong: not where other plugins bring pages along, nor
    where the settings say that nobody is to be warned. `anchors` is the same of a place on a page.
    """

    folder: str = "docs"
    extensions: tuple[Any, ...] = ("toc", "tables", "fenced_code", "attr_list")
    configs: Mapping[str, Any] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    moved_to: str = ""
    directory_urls: bool = True
    links: bool = True
    anchors: bool = True


@dataclass(frozen=True, kw_only=True)
class Docs:
    """Every file below the folder of the hand-written pages, by its path from where the settings stand; of those that
    are no Markdown the bytes may be left out.
    """

    files: Mapping[str, bytes]
    settings: DocsSettings = DocsSettings()
