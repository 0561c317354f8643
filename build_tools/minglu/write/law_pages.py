"""The library of law → an index, and a page for each statute where every article has an address."""

import re

from minglu.resolve.model import Article, Statute
from minglu.write.html import NOTHING, Html, bold, element, html_list, joined, page_html, with_line_breaks
from minglu.write.links import Pen, article_anchor
from minglu.write.markdown_source import front_matter, html_block, markdown_heading, markdown_page
from minglu.write.words import page_words

RANKS = ("law", "regulation", "rule", "interpretation")
"""From the highest down."""

PARAGRAPH_NAMED = re.compile(r"(?<=[。；])(?=第\d+款[：:])")
"""A gist that says 第1款…。第2款… gets a line for each."""


def law_index(pen: Pen) -> str:
    statutes = sorted(pen.site.library.statutes.values(), key=lambda one: (bool(one.until), one.title))
    title = page_words("law.title")
    parts = [markdown_heading(1, title), page_words("law.intro", ours=page_words("law.ours"))]
    for rank in RANKS:
        if rows := [statute_row(one, pen) for one in statutes if one.rank == rank]:
            name = page_words(f"law.rank-{rank}")
            parts += [markdown_heading(2, name, rank), html_block(html_list(rows, cls="list laws"))]
    return markdown_page(front_matter(title=title, description=page_words("law.about")), parts)


def statute_row(one: Statute, pen: Pen) -> Html:
    link = element("a", bold(pen.bare(one.short)), href=f"{one.slug}.html")
    full = page_html("law.full-title", title=pen.bare(one.title)) if one.title != one.short else NOTHING
    size = page_words("law.size", total=one.articles_total, held=len(one.articles))
    return element("div", link + statute_chip(one), cls="row") + element("p", full + size, cls="soft")


def law_page(one: Statute, pen: Pen) -> str:
    parts = [markdown_heading(1, one.title), html_block(statute_facts(one, pen))]
    for number in sorted(one.articles, key=article_order):
        article = one.articles[number]
        parts += [
            markdown_heading(2, f"{article_name(number)} {article.topic}", article_anchor(number)),
            html_block(article_html(one, article, pen)),
        ]
    about = page_words("law.statute-about", title=one.title, count=len(one.articles))
    names = tuple(dict.fromkeys((one.short, *one.also)))  # the search reads citations by them
    matter = front_matter(title=one.short, description=about, hide=("navigation",), boost=0.5, tags=names)
    return markdown_page(matter, parts)


def statute_facts(one: Statute, pen: Pen) -> Html:
    also = [pen.bare(name) for name in dict.fromkeys((one.short, *one.also)) if name != one.title]
    rank, fidelity = page_words(f"law.rank-{one.rank}"), page_words(f"law.fidelity-{one.fidelity}")
    facts: dict[str, str] = {
        "law.state": statute_state(one, pen),
        "law.also": joined(also, page_words("page.listed")),
        "law.made-by": page_html("law.issuer", issuer=pen.bare(one.issuer), rank=rank),
        "law.document": pen.bare(one.document),
        "law.promulgated": one.promulgated,
        "law.applies-from": one.in_force,
        "law.text": page_words("law.text-checked", fidelity=fidelity, checked=one.checked),
        "law.source": pen.line(one.source),
    }
    rows = (
        element("div", element("dt", page_words(key)) + element("dd", value)) for key, value in facts.items() if value
    )
    back = element("p", element("a", page_words("law.all"), href="index.html"), cls="back")
    return back + element("dl", joined(rows), cls="facts") + element("p", page_words("law.ours"), cls="why")


def statute_chip(one: Statute) -> Html:
    if one.until:
        return element("span", page_words("law.gone"), cls="tag gone")
    return element("span", page_words("law.in-force"), cls="tag text")


def statute_state(one: Statute, pen: Pen) -> Html:
    if not one.until:
        return statute_chip(one)
    new, successor = pen.site.library.statutes.get(one.replaced_by), NOTHING
    if new:
        link = element("a", page_html("law.full-name", title=pen.bare(new.title)), href=f"{new.slug}.html")
        successor = page_html("law.replaced-by", successor=link)
    return statute_chip(one) + page_html("law.gone-since", until=one.until, successor=successor)


def article_html(one: Statute, article: Article, pen: Pen) -> Html:
    gist = with_line_breaks(pen.text(article.gist), PARAGRAPH_NAMED)
    places = pen.site.citing_places.get((one.slug, article.number), [])
    return article_gone(one, article, pen) + gist + former_rule(article, pen) + pen.used_by(places)


def article_gone(one: Statute, article: Article, pen: Pen) -> Html:
    """Since when it does not apply, and what has replaced it. Of a whole statute, the top of its page says so."""
    now = NOTHING
    if article.replaced_by:
        now = page_html("law.article-now", articles=joined((pen.cite(one) for one in article.replaced_by), " "))
    until = article.until or (one.until if now else "")
    return element("p", page_html("law.article-gone", until=until, now=now), cls="gone") if until else NOTHING


def former_rule(article: Article, pen: Pen) -> Html:
    """What applied before. It is not in force, so it looks different."""
    return element("p", bold(page_words("law.was")) + pen.line(article.was), cls="was") if article.was else NOTHING


def article_name(number: str) -> str:
    article, _, inserted = number.partition("之")
    if inserted:
        return page_words("law.article-inserted", number=article, inserted=inserted)
    return page_words("law.article", number=article)


def article_order(number: str) -> tuple[int, str]:
    article, _, inserted = number.partition("之")
    return int(article), inserted
