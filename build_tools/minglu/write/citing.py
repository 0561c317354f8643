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
from minglu.engine.citations import Citation, Found, Names
from minglu.resolve.model import Article, Statute

LEFT_ALONE = {"a", "code", "pre", "script", "style", "h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass
class Citations(Extension):
    """`href` gives the address of a citation, from the page that is being converted; `unknown` collects what could not be linked, `linked` what was."""

    names: Names
    statutes: dict[str, Statute]
    href: Callable[[Citation], str]
    unknown: list[Found] = field(default_factory=list)
    linked: list[Found] = field(default_factory=list)

    def extendMarkdown(self, md: Markdown) -> None:
        # after the inline patterns (20), before the table of contents (5) and MkDocs' own treatment of links (0)
        md.treeprocessors.register(Linking(md, self), "minglu_citations", 15)

    def article(self, found: Found) -> tuple[Citation, Article] | None:
        """The first article cited, if the library holds every one of them."""
        held = [self.statutes[one.statute].articles.get(one.article) for one in found.citations]
        return (found.citations[0], held[0]) if held and all(held) else None


class Linking(Treeprocessor):
    def __init__(self, md: Markdown, citing: Citations) -> None:
        super().__init__(md)
        self.citing = citing

    def run(self, root: Element) -> None:
        self.inside(root)

    def inside(self, element: Element) -> None:
        for child in list(element):
            if child.tag not in LEFT_ALONE:
                self.inside(child)
            self.linked(
                child.tail,
                lambda text, child=child: setattr(child, "tail", text),
                element,
                list(element).index(child) + 1,
            )
        self.linked(element.text, lambda text: setattr(element, "text", text), element, 0)

    def linked(self, text: str | None, put: Callable[[str], None], parent: Element, index: int) -> None:
        """Cut `text` at its citations; `put` keeps what stands before the first, links go into `parent` from `index` on."""
        if not text or isinstance(text, AtomicString):
            return
        done, last = 0, None
        for found in citations.find(text, self.citing.names):
            held = self.citing.article(found)
            if held is None:
                self.citing.unknown.append(found)
                continue
            self.citing.linked.append(found)
            before = text[done : found.start]
            put(before) if last is None else setattr(last, "tail", before)
            last = self.link(found, *held)
            parent.insert(index, last)
            index, done = index + 1, found.end
        if last is not None:
            last.tail = text[done:]

    def link(self, found: Found, citation: Citation, article: Article) -> Element:
        link = Element(
            "a", {"class": "cite", "href": self.citing.href(citation), "title": f"{article.topic}：{article.gist}"}
        )
        link.text = AtomicString(found.text)
        return link
