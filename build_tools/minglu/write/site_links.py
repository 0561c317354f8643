"""Links within the site, on hand-written pages and in the trees' texts → those that lead nowhere."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath, splitext
from urllib.parse import unquote

from minglu.diagnostics import Diagnostic, Span, Words, nearest

NOT_OURS = ("assets/", "search/", "sitemap.xml", "404.html")
"""Of the built site what the theme and the tools bring along."""

ANCHORS = re.compile(r"""(?<![\w-])(?:id|name)\s*=\s*["']?([^"'\s>]+)|\{\s*#([^\s}]+)[^}]*\}""")
"""What can be linked to on a page, in HTML and at the end of a Markdown heading."""

MADE_BY_SCRIPTS = re.compile(r"__|:~:|.*=")
"""Anchors that stand on no page: of the theme, of browsers, and a reader's answers."""

LEAVE = Words("改成有的网址，或删掉这个链接", "link to what is there, or remove the link")


@dataclass(frozen=True, kw_only=True)
class Ends:
    """Where a link may end. `pages` give what stands on each, as Markdown or HTML, by the names that links have for
    them; `built` are those names by the address of the built page, `files` the addresses of all else.
    """

    pages: Mapping[str, Callable[[], str]]
    built: Mapping[str, str]
    files: frozenset[str]
    anchors: bool
    read: dict[str, frozenset[str]] = field(default_factory=dict)
    """The anchors of pages that were asked for."""

    def names(self) -> list[str]:
        return [*self.pages, *self.files]

    def anchors_on(self, page: str) -> frozenset[str]:
        if page not in self.read:
            found = ANCHORS.findall(self.pages[page]())
            self.read[page] = frozenset(one for pair in found for one in pair if one)
        return self.read[page]

    def end_of(self, path: str, folders: tuple[str, ...]) -> str | None:
        """The page or file that `path` leads to, seen from one of the folders."""
        for folder in folders:
            at = normpath(join(folder, path))
            if at in self.pages or at in self.files or at.startswith(NOT_OURS):
                return at
            for one in (at, normpath(join(at, "index.html"))):
                if one in self.built:
                    return self.built[one]
        return None


def dead_link(address: str, at: Span, ends: Ends, *, page: str, folders: tuple[str, ...]) -> Diagnostic | None:
    """If a link to `address`, which has no scheme, leads nowhere. It stands on `page`, "" where it may be on several,
    and is read from the `folders`.
    """
    path, _, anchor = address.partition("#")
    path, anchor = unquote(path.partition("?")[0]), unquote(anchor)
    if path.startswith("/"):
        return None  # where the site's root is, only its host knows
    end = ends.end_of(path, folders) if path else page
    if end is None:
        near = near_name(path, ends.names(), folders[-1])
        return dead(at, Words(f"没有 `{path}` 这一页", f"there is no page `{path}`"), near)
    if not ends.anchors or not anchor or end not in ends.pages or MADE_BY_SCRIPTS.match(anchor):
        return None
    there = ends.anchors_on(end)
    if anchor in there:
        return None
    says = Words(f"`{end}` 上没有 `#{anchor}` 这一处", f"`{end}` has no place `#{anchor}`")
    near = nearest(anchor, there)
    return dead(at, says, f"#{near}" if near else None)


def dead(at: Span, says: Words, near: str | None) -> Diagnostic:
    return Diagnostic("links", at, says, Words(f"写 `{near}`", f"write `{near}`") if near else LEAVE)


def near_name(path: str, names: list[str], folder: str) -> str | None:
    """A page of a name like that, as it is written from the folder."""
    known = [relative(one, folder) for one in names]
    return nearest(splitext(path)[0] + ".md", known) or nearest(path, known)


def relative(name: str, folder: str) -> str:
    ups = ""
    while folder and not name.startswith(f"{folder}/"):
        ups, folder = f"../{ups}", dirname(folder)
    return ups + (name.removeprefix(f"{folder}/") if folder else name)


def built_address(source: str, directory_urls: bool) -> str:
    """Where the page of a source goes: `a/README.md` → `a/index.html`, `b.md` → `b/index.html` or `b.html`."""
    stem = splitext(source)[0]
    folder, _, name = stem.rpartition("/")
    if name in ("index", "README"):
        return join(folder, "index.html")
    return f"{stem}/index.html" if directory_urls else f"{stem}.html"
