"""Statements → what they say, how sure it is, and the articles that carry it."""

from collections.abc import Iterable

from minglu.engine.citations import Citation
from minglu.engine.contract import CompiledStatement
from minglu.engine.labels import basis_label, standing_label
from minglu.resolve.model import Statement
from minglu.write.html import NOTHING, UNSEARCHED, Html, element, html_list, joined
from minglu.write.links import Pen


def standing_line(standing: str) -> Html:
    return element("p", standing_label(standing), cls=f"standing {standing}", **UNSEARCHED)


def basis_tag(basis: str) -> Html:
    """How a sentence follows from its article; nothing for a tip that states no law."""
    return element("span", basis_label(basis), cls=f"tag {basis}") if basis else NOTHING


def source_line(statement: Statement | CompiledStatement, pen: Pen) -> Html:
    """The articles and the tag on one line."""
    citations = pen.site.citations_of(statement)
    if not citations:
        return NOTHING
    return element("p", cite_links(citations, pen) + basis_tag(statement.basis), cls="by")


def cite_links(citations: Iterable[Citation], pen: Pen) -> Html:
    return element("span", joined((pen.cite(one) for one in citations), " "), cls="cites")


def statement_html(statement: Statement | CompiledStatement, pen: Pen) -> Html:
    """The sentence first, then its source."""
    return pen.text(statement.says) + source_line(statement, pen)


def ground_html(statement: Statement | CompiledStatement, pen: Pen) -> Html:
    """The source first, as its heading, then the sentence."""
    return source_line(statement, pen) + pen.text(statement.says)


def statement_list(statements: Iterable[Statement], pen: Pen) -> Html:
    return html_list([statement_html(one, pen) for one in statements], cls="list")


def gist_html(article: Citation, pen: Pen) -> Html:
    """The article as a whole, and what it says."""
    return element("p", pen.cite(article), cls="by") + pen.text(pen.cited_article(article).gist)
