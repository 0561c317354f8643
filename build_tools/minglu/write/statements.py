"""Statements → what is said, how sure it is, and the articles that carry it."""

from collections.abc import Iterable

from minglu.engine.citations import Citation
from minglu.engine.labels import BASES, STANDINGS
from minglu.resolve.model import Statement
from minglu.write.html import UNSEARCHED, Html, element, listed
from minglu.write.links import Pen


def standing(of: str) -> Html:
    return element("p", STANDINGS[of], cls=f"standing {of}", **UNSEARCHED)


def tag(basis: str) -> Html:
    """How a sentence follows from its article; nothing for a tip that states no law."""
    return element("span", BASES[basis], cls=f"tag {basis}") if basis else ""


def sources(statement: Statement, pen: Pen) -> Html:
    """The articles and the tag on one line."""
    if not statement.cites:
        return ""
    return element("p", cites(statement.cites, pen) + tag(statement.basis), cls="by")


def cites(citations: Iterable[Citation], pen: Pen) -> Html:
    return element("span", " ".join(pen.cite(one) for one in citations), cls="cites")


def said(statement: Statement, pen: Pen) -> Html:
    """The sentence first, then its source."""
    return pen.text(statement.says) + sources(statement, pen)


def sourced(statement: Statement, pen: Pen) -> Html:
    """The source first, as its heading, then the sentence."""
    return sources(statement, pen) + pen.text(statement.says)


def statements(all: Iterable[Statement], pen: Pen) -> Html:
    return listed([said(one, pen) for one in all], cls="list")


def gist(article: Citation, pen: Pen) -> Html:
    """The article as a whole, and what it says."""
    return element("p", pen.cite(article), cls="by") + pen.text(pen.article(article).gist)
