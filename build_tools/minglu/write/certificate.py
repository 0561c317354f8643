"""A tree that is fit to publish → its certificate: what was checked of which version, and how far its examples go."""

from dataclasses import dataclass

from minglu.compile import Compiled
from minglu.compile.counts import Counts, count_tree
from minglu.engine.citations import Citation, label
from minglu.engine.contract import CompiledStatement, shown_items
from minglu.resolve.library import names_of
from minglu.resolve.model import Statute
from minglu.verify import PROVED
from minglu.verify.coverage import Coverage, coverage
from minglu.write.html import Html, element, listed
from minglu.write.law_pages import article_order
from minglu.write.links import Pen, article_anchor

SIDES = {"last": "正好还在界内", "after": "刚刚过界"}


@dataclass(frozen=True)
class PassedCheck:
    """`says` is what the check has shown of the tree, a clause for readers."""

    check: str
    says: str
    passed: bool = True


@dataclass(frozen=True)
class Share:
    """How many of all the worked walks go through."""

    walked: int
    all: int


@dataclass(frozen=True)
class LimitShares:
    """Of `all` limits that change the way of some reader, those with a walk on the last day within, and on the first beyond."""

    all: int
    last: int
    after: int


@dataclass(frozen=True)
class WalkShares:
    worked: int
    states: Share
    edges: Share
    limits: LimitShares


@dataclass(frozen=True)
class ReliedArticle:
    """`in_force` is since when, `checked` when our statement of it was last held against the text."""

    label: str
    topic: str
    statute: str
    in_force: str
    checked: str
    href: str


@dataclass(frozen=True)
class Certificate:
    """The JSON of docs/contribute/engine.md."""

    tree: str
    title: str
    version: str
    as_of: str
    reviewed: str
    counts: Counts
    checks: tuple[PassedCheck, ...]
    walks: WalkShares
    articles: tuple[ReliedArticle, ...]


def certificate(id: str, compiled: Compiled) -> Certificate:
    """Only a tree in which no check found anything gets this far."""
    tree, worked = compiled.trees[id], compiled.project.trees[id].walks
    covered, size = coverage(tree, worked, compiled.days), count_tree(tree)
    return Certificate(
        tree=id,
        title=tree.title,
        version=tree.version,
        as_of=tree.as_of,
        reviewed=tree.reviewed,
        counts=size,
        checks=tuple(PassedCheck(name, says) for name, says in PROVED.items()),
        walks=WalkShares(
            worked=len(worked),
            states=Share(len(covered.states), size.states),
            edges=Share(len(covered.edges), size.edges),
            limits=limit_shares(covered),
        ),
        articles=tuple(relied_articles(id, compiled)),
    )


def limit_shares(covered: Coverage) -> LimitShares:
    last, after = (sum(stood == side for *_, stood in covered.sides) for side in SIDES)
    return LimitShares(len(covered.limits), last, after)


def relied_articles(id: str, compiled: Compiled) -> list[ReliedArticle]:
    """Every article that the tree's outcomes cite, once: statutes in the library's order, articles by number."""
    tree, statutes = compiled.trees[id], compiled.project.library.statutes
    names = names_of(statutes)
    shown = (
        item
        for state in tree.states.values()
        if not state.to
        for _, item in shown_items(tree.outcomes[state.node], state)
    )
    words = {words for item in shown if isinstance(item, CompiledStatement) for words in item.cite}
    cited = {(tree.citations[one].statute, tree.citations[one].article) for one in words}
    rows = sorted(cited, key=lambda row: (list(statutes).index(row[0]), article_order(row[1])))
    return [relied_article(statutes[slug], number, label(Citation(slug, number), names)) for slug, number in rows]


def relied_article(statute: Statute, number: str, name: str) -> ReliedArticle:
    return ReliedArticle(
        label=name,
        topic=statute.articles[number].topic,
        statute=statute.short,
        in_force=statute.in_force,
        checked=statute.checked,
        href=f"law/{statute.slug}.html#{article_anchor(number)}",
    )


# ---- for readers


def certificate_html(one: Certificate, pen: Pen) -> Html:
    size, walks = one.counts, one.walks
    rows = [
        ("版本", f"{one.version}，内容一改就变"),
        ("法律截至", one.as_of),
        ("最近核对", one.reviewed),
        (
            "大小",
            f"{size.questions} 个问题，{size.outcomes} 种结论"
            + (f"，可以转到另外 {size.handovers} 个主题" if size.handovers else ""),
        ),
        ("情况", f"{size.states:,} 种，之间 {size.edges:,} 步（同一个问题或结论，前面的回答还有影响的，分开数）"),
        (
            "走法",
            f"{size.paths:,} 种"
            + (f"；走向相同的范围也分开数，是 {size.sequences:,} 种" if size.sequences != size.paths else ""),
        ),
        ("回答的组合", f"{size.combinations:,} 种，不管问不问得到"),
        ("例子", f"{walks.worked} 个，经过 {share_words(walks.states)}种情况、{share_words(walks.edges)}步"),
        ("界限的两边", limits_words(walks.limits)),
    ]
    facts = "".join(element("div", element("dt", name) + element("dd", value)) for name, value in rows)
    checks = listed([f"{element('b', '通过')} {pen.bare(check.says)}" for check in one.checks], cls="checked")
    json = element(
        "p",
        element("a", "同样的内容，给程序读（JSON）", href=f"{pen.up}assets/minglu/certificates/{one.tree}.json"),
        cls="back",
    )
    return (
        element("dl", facts, cls="facts")
        + element("h3", "查过什么")
        + checks
        + element("h3", f"凭哪些条文（{len(one.articles)}）")
        + relied_statutes(one.articles, pen)
        + json
    )


def share_words(share: Share) -> str:
    return f"{share.all:,} 里的 {share.walked:,} "


def limits_words(limits: LimitShares) -> str:
    if not limits.all:
        return "没有哪一条界限会改变结果"
    shares = (("last", limits.last), ("after", limits.after))
    words = "，".join(f"有例子{SIDES[side]}的 {count} 条" for side, count in shares)
    return f"{limits.all} 条界限会改变结果；{words}"


def relied_statutes(rows: tuple[ReliedArticle, ...], pen: Pen) -> Html:
    """By statute, with its dates once."""
    by_statute: dict[str, list[ReliedArticle]] = {}
    for row in rows:
        by_statute.setdefault(row.statute, []).append(row)
    items = []
    for statute, articles in by_statute.items():
        links = " ".join(article_link(row, pen) for row in articles)
        dates = f" {articles[0].in_force} 起施行，{articles[0].checked} 核对"
        items.append(element("b", pen.bare(statute)) + element("small", dates) + element("div", links, cls="cites"))
    return listed(items, cls="list relied")


def article_link(row: ReliedArticle, pen: Pen) -> Html:
    name = pen.bare(row.label.removeprefix(row.statute).strip())
    return element("a", name, href=pen.up + row.href, title=row.topic, cls="cite")
