"""Addresses on the site and the links to them, as seen from one page."""

from dataclasses import dataclass
from functools import cached_property

from minglu.engine import citations
from minglu.engine.citations import Citation
from minglu.engine.labels import standing_label
from minglu.resolve.model import Article
from minglu.write.citing import Citations
from minglu.write.html import UNSEARCHED, Html, Prose, element, listed, unlinked
from minglu.write.site import Site, SitePlace

FEW = 3


@dataclass(frozen=True)
class Pen:
    """Writes for the pages of one folder; `up` leads from there to the site's root: "" or "../".

    `without` are the kinds of pages that the site leaves out.
    """

    site: Site
    up: str
    without: frozenset[str] = frozenset()

    @cached_property
    def prose(self) -> Prose:
        return Prose(Citations(self.site.names, self.site.library.statutes, self.law))

    def line(self, text: str) -> Html:
        return self.prose.line(text)

    def bare(self, text: str) -> Html:
        """A line for the inside of a link, a heading or a label."""
        return unlinked(self.prose.line(text))

    def text(self, text: str) -> Html:
        return self.prose.paragraphs(text)

    def law(self, citation: Citation) -> str:
        return f"{self.up}law/{citation.statute}.html#{article_anchor(citation.article)}"

    def article(self, citation: Citation) -> Article:
        return self.site.library.statutes[citation.statute].articles[citation.article]

    def cite(self, citation: Citation) -> Html:
        """A link to the article, the paragraph told; its topic is the tooltip."""
        return element(
            "a",
            self.bare(citations.label(citation, self.site.names)),
            cls="cite",
            href=self.law(citation),
            title=self.article(citation).topic,
        )

    def place(self, place: SitePlace, name: str = "") -> Html:
        mark = (
            element("span", standing_label(place.standing), cls=f"standing {place.standing}") if place.standing else ""
        )
        return element("a", self.bare(name or place.title), href=f"{self.up}{place.page}#{place.anchor}") + mark

    def used_by(self, places: list[SitePlace]) -> Html:
        """Which outcomes and entries rely on something; folded away where there are many."""
        if not places:
            return ""
        links = [self.place(one) for one in places]
        if len(links) <= FEW:
            return element("p", "用在：" + " ".join(links), cls="uses", **UNSEARCHED)
        return element(
            "details",
            element("summary", f"用在 {len(links)} 处") + listed(links, cls="places"),
            cls="uses",
            **UNSEARCHED,
        )


def article_anchor(number: str) -> str:
    return f"a{number}"
