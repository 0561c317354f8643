"""A built site as files: what its pages link to, and which of those links lead nowhere."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

ORIGIN = "https://site.example/"


class Anchors(HTMLParser):
    """Every link of a page, what it loads, and every anchor that it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.anchors: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "xlink:href", "src") and value:
                self.links.add(value)
            elif name in ("id", "name") and value:
                self.anchors.add(value)


def pages_of(site: Path) -> dict[str, str]:
    """The site's pages by address; the one for what is not found stands at no address."""
    return {
        path.relative_to(site).as_posix(): path.read_text("utf-8")
        for path in sorted(site.rglob("*.html"))
        if path.name != "404.html"
    }


def dead_links(site: Path) -> list[str]:
    """`page → link` for every link within the site to a file or an anchor that is not there."""
    pages = {path: Anchors(html) for path, html in pages_of(site).items()}
    dead = []
    for path, page in pages.items():
        for link in sorted(page.links):
            address, anchor = urldefrag(urljoin(ORIGIN + path, link))
            if not address.startswith(ORIGIN):
                assert urlsplit(address).scheme in ("https", "http", "mailto", "tel"), link
                continue
            target = unquote(urlsplit(address).path).lstrip("/")
            file = site / target
            if target.endswith("/") or not target or file.is_dir():
                target = f"{target.rstrip('/')}/index.html".lstrip("/")
            if not (site / target).is_file() or (anchor and unquote(anchor) not in pages[target].anchors):
                dead.append(f"{path} → {link}")
    return dead


def article_of(html: str) -> str:
    """The content of a page, without what is around."""
    found = re.search(r"<article.*?</article>", html, re.DOTALL)
    assert found
    return found[0]
