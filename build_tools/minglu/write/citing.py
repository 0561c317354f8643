"""Citations in running text → links to the article, with its gist as the tooltip. A Markdown extension.

It works on the parsed tree, so code, headings and what is a link already stay as they are.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from minglu.engine import citations
from minglu.engine.citations import Citation, Found
from minglu.engine.names import Names
from minglu.resolve.model import Article, Statute
from minglu.write.words import page_words

NEVER_LINKED = {"a", "code", "pre", "script", "style", "h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass
class Citations(Extension):
    """`href` gives the address of a citation, seen from the page that is being converted.

    `unknown` collects the citations that could not be linked, `linked` those that were.
    """

    names: Names
    statutes: dict[str, Statute]
    href: Callable[[Citation], str]
    unknown: list[Found] = field(default_factory=list)
    linked: list[Found] = field(default_factory=list)

    def extendMarkdown(self, md: Markdown) -> None:
        # after the inline patterns (20), before the table of contents (5) and MkDocs' own treatment of links (0)
        md.treeprocessors.register(CitationLinker(md, self), "minglu_citations", 15)

    def first_article(self, found: Found) -> tuple[Citation, Article] | None:
        """The first article cited, if the library holds every one of them, with the paragraph and item cited."""
        held = [self.statutes[one.statute].articles.get(one.article) for one in found.citations]
        first = held[0] if held else None
        whole = all(one and not one.divisions.lacks(cited) for one, cited in zip(held, found.citations, strict=True))
        return (found.citations[0], first) if first and whole else None

    def forget(self) -> None:
        """Start collecting anew, for another page."""
        self.unknown.clear()
        self.linked.clear()


class CitationLinker(Treeprocessor):
    def __init__(self, md: Markdown, citing: Citations) -> None:
        super().__init__(md)
        self.citing = citing

    def run(self, root: Element) -> None:
        self.link_inside(root)

    def link_inside(self, parent: Element) -> None:
        for child in list(parent):
            if child.tag not in NEVER_LINKED:
                self.link_inside(child)
            before, links = self.cut(child.tail)
            child.tail = before
            insert_all(parent, list(parent).index(child) + 1, links)
        parent.text, links = self.cut(parent.text)
        insert_all(parent, 0, links)

    def cut(self, text: str | None) -> tuple[str | None, list[Element]]:
        """What stands before the first citation, and a link for each citation, followed by what stands after it."""
        if not text or isinstance(text, AtomicString):
            return text, []
        before, links, done = text, list[Element](), 0
        for found in citations.find(text, self.citing.names):
            held = self.citing.first_article(found)
            if held is None:
                self.citing.unknown.append(found)
                continue
            self.citing.linked.append(found)
            if links:
                links[-1].tail = text[done : found.start]
            else:
                before = text[: found.start]
            links.append(self.link(found, *held))
            done = found.end
        if links:
            links[-1].tail = text[done:]
        return before, links

    def link(self, found: Found, citation: Citation, article: Article) -> Element:
        gist = page_words("page.title-and-text", title=article.topic, text=article.gist)
        link = Element("a", {"class": "cite", "href": self.citing.href(citation), "title": gist})
        link.text = AtomicString(found.text)
        return link


def insert_all(parent: Element, index: int, links: list[Element]) -> None:
    for number, link in enumerate(links):
        parent.insert(index + number, link)
