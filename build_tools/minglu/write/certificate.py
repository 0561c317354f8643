"""A tree that is fit to publish → its certificate: what was checked of which version, and how far its examples go."""

from dataclasses import dataclass

from minglu.compile.compiled import Compiled
from minglu.compile.counts import Counts, count_tree
from minglu.engine.citations import Citation, label
from minglu.engine.contract import CompiledStatement, shown_items
from minglu.resolve.model import Statute, names_of
from minglu.verify import PROVED
from minglu.verify.coverage import LIMIT_SIDES, Coverage, coverage
from minglu.write.html import Html, bold, element, html_list, joined
from minglu.write.law_pages import article_order
from minglu.write.links import Pen, article_anchor
from minglu.write.words import page_words


@dataclass(frozen=True, kw_only=True)
class PassedCheck:
    """`says` is what the check has shown of the tree, a clause for readers."""

    check: str
    says: str
    passed: bool = True


@dataclass(frozen=True, kw_only=True)
class Share:
    """How many of all the worked walks go through."""

    walked: int
    all: int


@dataclass(frozen=True, kw_only=True)
class LimitShares:
    """Of `all` limits that change the way of some reader, how many have a walk on the `last` day within them, and
    how many have one on the first day `after`.
    """

    all: int
    last: int
    after: int


@dataclass(frozen=True, kw_only=True)
class WalkShares:
    worked: int
    states: Share
    edges: Share
    limits: LimitShares


@dataclass(frozen=True, kw_only=True)
class ReliedArticle:
    """`in_force` is since when, `checked` the day on which our statement was last compared with the text."""

    label: str
    topic: str
    statute: str
    in_force: str
    checked: str
    href: str


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """Written as JSON beside the pages; docs/contribute/engine.md describes it."""

    tree: str
    title: str
    version: str
    as_of: str
    reviewed: str
    counts: Counts
    checks: tuple[PassedCheck, ...]
    walks: WalkShares
    articles: tuple[ReliedArticle, ...]


def tree_certificate(id: str, compiled: Compiled) -> Certificate:
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
        checks=tuple(PassedCheck(check=name, says=says) for name, says in PROVED.items()),
        walks=WalkShares(
            worked=len(worked),
            states=Share(walked=len(covered.states), all=size.states),
            edges=Share(walked=len(covered.edges), all=size.edges),
            limits=limit_shares(covered),
        ),
        articles=tuple(relied_articles(id, compiled)),
    )


def limit_shares(covered: Coverage) -> LimitShares:
    last, after = (sum(stood == side for *_, stood in covered.sides) for side in LIMIT_SIDES)
    return LimitShares(all=len(covered.limits), last=last, after=after)


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
    return [relied_article(statutes[slug], number, name=label(Citation(slug, number), names)) for slug, number in rows]


def relied_article(statute: Statute, number: str, *, name: str) -> ReliedArticle:
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
    facts = joined(
        element("div", element("dt", page_words(key)) + element("dd", value))
        for key, value in certificate_facts(one).items()
    )
    passed = bold(page_words("certificate.passed"))
    checks = html_list([passed + " " + pen.bare(check.says) for check in one.checks], cls="checked")
    address = f"{pen.up}assets/minglu/certificates/{one.tree}.json"
    json_link = element("a", page_words("certificate.json"), href=address)
    return (
        element("dl", facts, cls="facts")
        + element("h3", page_words("certificate.checks"))
        + checks
        + element("h3", page_words("certificate.articles", count=len(one.articles)))
        + relied_statutes(one.articles, pen)
        + element("p", json_link, cls="back")
    )


def certificate_facts(one: Certificate) -> dict[str, str]:
    """What stands on top, by the key of its name in the catalogue."""
    counts, walks = vars(one.counts), one.walks
    size = page_words("certificate.size-counts", **counts)
    if one.counts.handovers:
        size += page_words("certificate.size-handovers", **counts)
    paths = page_words("certificate.paths-count", **counts)
    if one.counts.sequences != one.counts.paths:
        paths += page_words("certificate.paths-sequences", **counts)
    return {
        "certificate.version": page_words("certificate.version-changes", version=one.version),
        "certificate.as-of": one.as_of,
        "certificate.reviewed": one.reviewed,
        "certificate.size": size,
        "certificate.states": page_words("certificate.states-counts", **counts),
        "certificate.paths": paths,
        "certificate.combinations": page_words("certificate.combinations-count", **counts),
        "certificate.walks": page_words(
            "certificate.walks-share",
            worked=walks.worked,
            states=share_words(walks.states),
            edges=share_words(walks.edges),
        ),
        "certificate.limits": limits_words(walks.limits),
    }


def share_words(share: Share) -> str:
    return page_words("certificate.share", all=share.all, walked=share.walked)


def limits_words(limits: LimitShares) -> str:
    if not limits.all:
        return page_words("certificate.limits-none")
    return page_words("certificate.limits-share", all=limits.all, last=limits.last, after=limits.after)


def relied_statutes(rows: tuple[ReliedArticle, ...], pen: Pen) -> Html:
    """By statute, with its dates once."""
    by_statute: dict[str, list[ReliedArticle]] = {}
    for row in rows:
        by_statute.setdefault(row.statute, []).append(row)
    items = []
    for statute, articles in by_statute.items():
        links = joined((relied_article_link(row, pen) for row in articles), " ")
        first = articles[0]
        dates = page_words("certificate.statute-dates", in_force=first.in_force, checked=first.checked)
        items.append(bold(pen.bare(statute)) + element("small", dates) + element("div", links, cls="cites"))
    return html_list(items, cls="list relied")


def relied_article_link(row: ReliedArticle, pen: Pen) -> Html:
    name = pen.bare(row.label.removeprefix(row.statute).strip())
    return element("a", name, href=pen.up + row.href, title=row.topic, cls="cite")
