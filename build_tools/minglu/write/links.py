"""Addresses on the site and the links to them, as seen from one page."""

from dataclasses import dataclass
from functools import cached_property

from minglu.engine import citations
from minglu.engine.citations import Citation
from minglu.engine.labels import standing_label
from minglu.resolve.model import Article
from minglu.write.citing import Citations
from minglu.write.cross_references import Site, SitePlace
from minglu.write.html import NOTHING, UNSEARCHED, Html, Prose, element, html_list, joined, page_html
from minglu.write.words import page_words

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
        return Prose(Citations(self.site.library.names, self.site.library.statutes, self.article_address))

    def line(self, text: str) -> Html:
        return self.prose.line(text)

    def bare(self, text: str) -> Html:
        """A line for the inside of a link, a heading or a label."""
        return self.prose.bare_line(text)

    def text(self, text: str) -> Html:
        return self.prose.paragraphs(text)

    def article_address(self, citation: Citation) -> str:
        return f"{self.up}law/{citation.statute}.html#{article_anchor(citation.article)}"

    def cited_article(self, citation: Citation) -> Article:
        return self.site.library.statutes[citation.statute].articles[citation.article]

    def article_name(self, citation: Citation) -> str:
        return citations.label(citation, self.site.library.names)

    def cite(self, citation: Citation) -> Html:
        """A link to the article, named with its paragraph; its topic is the tooltip."""
        return element(
            "a",
            self.bare(self.article_name(citation)),
            cls="cite",
            href=self.article_address(citation),
            title=self.cited_article(citation).topic,
        )

    def place_link(self, place: SitePlace) -> Html:
        anchor = f"#{place.anchor}" if place.anchor else ""
        link = element("a", self.bare(place.title), href=f"{self.up}{place.page}{anchor}")
        if not place.standing:
            return link
        return link + element("span", standing_label(place.standing), cls=f"standing {place.standing}")

    def used_by(self, places: list[SitePlace]) -> Html:
        """Which outcomes and entries rely on something; folded away where there are many."""
        if not places:
            return NOTHING
        links = [self.place_link(one) for one in places]
        if len(links) <= FEW:
            return element("p", page_html("page.uses") + joined(links, " "), cls="uses", **UNSEARCHED)
        count = element("summary", page_words("page.uses-many", count=len(links)))
        return element("details", count + html_list(links, cls="places"), cls="uses", **UNSEARCHED)


def article_anchor(number: str) -> str:
    return f"a{number}"
