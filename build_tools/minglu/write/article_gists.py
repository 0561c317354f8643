"""The articles that a tree cites, each with what it says, once on the tree's page; outcomes only name theirs.

In every outcome they would be a third of a page's weight. Where the script is, it puts what they say in their place.
"""

from minglu.engine.citations import Citation
from minglu.engine.contract import CompiledItem, CompiledOutcome, CompiledStatement, CompiledTree
from minglu.write.cases import Cases, counts_by_case
from minglu.write.html import NOTHING, UNSEARCHED, Html, element, joined
from minglu.write.links import Pen, article_anchor
from minglu.write.statement_html import gist_html
from minglu.write.words import page_words


def articles_section(tree: CompiledTree, pen: Pen) -> list[Html]:
    """One section, or none where nothing is cited. Each entry says which outcomes cite it: printed without the script,
    an outcome has those of its own behind it (cases.py).
    """
    cited: dict[Citation, dict[str, None]] = {}
    for outcome in tree.outcomes.values():
        for item in (item for items in outcome.lists().values() for item in items):
            for article in articles_of(item, pen):
                cited.setdefault(article, {})[outcome_number(outcome, tree)] = None
    if not cited:
        return []
    rows = joined(
        element("li", gist_html(one, pen), id=gist_id(one), data_of=" ".join(numbers)) for one, numbers in cited.items()
    )
    content = (
        element("h2", page_words("outcome.gists"))
        + element("ul", rows, cls="list")
        + element("p", page_words("outcome.gists-back"), cls="back")
    )
    return [element("section", content, cls="state articles", id="articles", **UNSEARCHED)]


def outcome_number(outcome: CompiledOutcome, tree: CompiledTree) -> str:
    """Its place in the tree, from 1."""
    return str([*tree.outcomes].index(outcome.id) + 1)


def articles_of(item: CompiledItem, pen: Pen) -> list[Citation]:
    """What it cites, as whole articles."""
    if not isinstance(item, CompiledStatement):
        return []
    return [Citation(cite.statute, cite.article) for cite in pen.site.citations_of(item)]


def gist_id(article: Citation) -> str:
    return f"gist-{article.statute}-{article_anchor(article.article)}"


def article_gists(outcome: CompiledOutcome, cases: Cases, pen: Pen) -> Html:
    """Every article that the outcome cites, once, in the cases where something cites it: links to what it says."""
    stands: dict[Citation, frozenset[int]] = {}
    for group, items in outcome.lists().items():
        for index, item in enumerate(items):
            for article in articles_of(item, pen):
                stands[article] = stands.get(article, frozenset()) | cases.cases_with(group, index)
    rows = joined(
        element("li", gist_link(article, pen), **cases.mark(here)) for article, here in stands.items() if here
    )
    if not rows:
        return NOTHING
    counts = counts_by_case(stands.values(), cases)
    title = element("summary", page_words("outcome.gists") + counts)
    return element("details", title + element("ul", rows, cls="list"), cls="gists fold", **UNSEARCHED)


def gist_link(article: Citation, pen: Pen) -> Html:
    return element("a", pen.bare(pen.article_name(article)), href=f"#{gist_id(article)}", data_gist=True)
