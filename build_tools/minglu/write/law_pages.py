"""The library of law → an index, and a page a statute where every article has an address."""

import re

from minglu.resolve.model import Article, Statute
from minglu.write.html import Html, element, listed
from minglu.write.links import Pen, article_anchor
from minglu.write.source import block, front_matter, heading

RANKS = {"law": "法律", "regulation": "行政法规", "rule": "部门规章", "interpretation": "司法解释"}
FIDELITY = {
    "verbatim": "全文由机器从公布文本的副本抽取，逐条核对过",
    "transcribed": "全文由公布文本逐字转录而来，没有逐字节比对",
    "unsegmented": "抓取的全文丢了条内的分段，第几款、第几项请以公布文本为准",
}
OURS = "这里每一条写的是本站的简述，不是条文原文；「」里的才是条文的原话。写进投诉书、起诉状以前，请查公布的全文。"


def law_index(pen: Pen) -> str:
    statutes = sorted(pen.site.library.statutes.values(), key=lambda one: (bool(one.until), one.title))
    parts = [heading(1, "法条"), "本站引用的每一条都在这里：它说什么，哪些结论靠它。" + OURS]
    for rank, word in RANKS.items():
        if rows := [index_row(one, pen) for one in statutes if one.rank == rank]:
            parts += [heading(2, word, rank), block(listed(rows, cls="list laws"))]
    return front_matter("法条", "本站引用的法律、法规、规章和司法解释，逐条的要点") + "\n\n".join(parts) + "\n"


def index_row(one: Statute, pen: Pen) -> Html:
    link = element("a", element("b", pen.bare(one.short)), href=f"{one.slug}.html")
    full = f"{pen.bare(one.title)}，" if one.title != one.short else ""
    return element("div", link + state_chip(one), cls="row") + element(
        "p", f"{full}共 {one.articles_total} 条，这里有 {len(one.articles)} 条", cls="soft"
    )


def law_page(one: Statute, pen: Pen) -> str:
    parts = [heading(1, one.title), block(about(one, pen))]
    for number in sorted(one.articles, key=article_order):
        article = one.articles[number]
        parts += [
            heading(2, f"{article_name(number)} {article.topic}", article_anchor(number)),
            block(article_body(one, article, pen)),
        ]
    description = f"{one.title}：本站引用的 {len(one.articles)} 条说什么，哪些结论靠它"
    return front_matter(one.short, description, hide=("navigation",), found=0.5) + "\n\n".join(parts) + "\n"


def about(one: Statute, pen: Pen) -> Html:
    rows = [
        ("状态", state_words(one, pen)),
        ("也叫", "、".join(pen.bare(name) for name in dict.fromkeys((one.short, *one.also)) if name != one.title)),
        ("制定", f"{pen.bare(one.issuer)}（{RANKS[one.rank]}）"),
        ("文号", pen.bare(one.document)),
        ("公布", one.promulgated),
        ("施行", one.in_force),
        ("文本", f"{FIDELITY[one.fidelity]}。{one.checked} 核对。"),
        ("来源", pen.line(one.source)),
    ]
    facts = "".join(element("div", element("dt", name) + element("dd", value)) for name, value in rows if value)
    back = element("p", element("a", "全部法条", href="index.html"), cls="back")
    return back + element("dl", facts, cls="facts") + element("p", OURS, cls="why")


def state_chip(one: Statute) -> Html:
    return element("span", "已失效", cls="tag gone") if one.until else element("span", "现行", cls="tag text")


def state_words(one: Statute, pen: Pen) -> Html:
    if not one.until:
        return state_chip(one)
    successor = pen.site.library.statutes.get(one.replaced_by)
    link = (
        "，由" + element("a", f"《{pen.bare(successor.title)}》", href=f"{successor.slug}.html") + "取代"
        if successor
        else ""
    )
    return f"{state_chip(one)} 自 {one.until} 起不再适用{link}。留在这里，是为了看懂旧的引用。"


def article_body(one: Statute, article: Article, pen: Pen) -> Html:
    places = pen.site.relying.places_of(one.slug, article.number)
    return gone(one, article, pen) + told_apart(pen.text(article.gist)) + before(article, pen) + pen.used_by(places)


def gone(one: Statute, article: Article, pen: Pen) -> Html:
    """Since when it does not apply, and what has replaced it; of a whole statute, the top of its page tells."""
    now = "，现在看 " + " ".join(pen.cite(citation) for citation in article.replaced_by) if article.replaced_by else ""
    until = article.until or (one.until if now else "")
    return element("p", f"这一条自 {until} 起不再适用{now}。", cls="gone") if until else ""


def before(article: Article, pen: Pen) -> Html:
    """What applied before; not in force, so it is told apart."""
    return element("p", element("b", "以前：") + pen.line(article.was), cls="was") if article.was else ""


def told_apart(gist: Html) -> Html:
    """A gist that says 第1款…。第2款… gets a line each."""
    return re.sub(r"(?<=[。；])(?=第\d+款[：:])", "<br>", gist)


def article_name(number: str) -> str:
    article, _, inserted = number.partition("之")
    return f"第{article}条" + (f"之{inserted}" if inserted else "")


def article_order(number: str) -> tuple[int, str]:
    article, _, inserted = number.partition("之")
    return int(article), inserted
