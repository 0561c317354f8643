"""A tree that is fit to publish → its certificate: what was checked of which version, and how far its examples go."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from minglu.engine.citations import Citation, label
from minglu.resolve.library import names_of
from minglu.resolve.model import Statement, Statute
from minglu.unfold.model import Unfolded
from minglu.write.counts import counts
from minglu.write.html import Html, element, listed
from minglu.write.law_pages import article_order
from minglu.write.links import Pen, article_anchor

if TYPE_CHECKING:
    from minglu.pipeline import Compiled

SIDES = {"last": "正好还在界内", "after": "刚刚过界"}


def certificate(id: str, done: "Compiled") -> dict:
    """The JSON of docs/contribute/engine.md. Only a tree in which no check found anything gets this far."""
    one, covered = done.unfolded[id], done.coverage[id]
    tree, size = one.tree, counts(one)
    return {
        "tree": id,
        "title": tree.title,
        "version": done.trees[id]["version"],
        "as_of": tree.as_of,
        "reviewed": tree.reviewed,
        "counts": asdict(size),
        "checks": [{"check": name, "says": says, "passed": True} for name, says in done.manual.proved.items()],
        "walks": {
            "worked": len(tree.walks),
            "states": {"walked": len(covered.states), "all": size.states},
            "edges": {"walked": len(covered.edges), "all": size.edges},
            "limits": {"all": len(covered.limits)}
            | {side: sum(stood == side for *_, stood in covered.sides) for side in SIDES},
        },
        "articles": articles(one, done),
    }


def articles(one: Unfolded, done: "Compiled") -> list[dict]:
    """Every article that the tree's outcomes cite, once: statutes in the library's order, articles by number."""
    statutes, names = done.project.library.statutes, names_of(done.project.library.statutes)
    cited = {
        (cite.statute, cite.article)
        for state in one.states.values()
        if state.node in one.tree.outcomes
        for cite in cites(one, state.node, state.items)
    }
    rows = sorted(cited, key=lambda row: (list(statutes).index(row[0]), article_order(row[1])))
    return [article(statutes[slug], number, label(Citation(slug, number), names)) for slug, number in rows]


def cites(one: Unfolded, node: str, items: dict[str, tuple[int, ...]]) -> list[Citation]:
    groups = one.tree.outcomes[node].groups()
    shown = [groups[name][index] for name, indexes in items.items() for index in indexes]
    return [cite for item in shown if isinstance(item, Statement) for cite in item.cites]


def article(statute: Statute, number: str, name: str) -> dict:
    """`in_force` is since when, `checked` when our statement of it was last held against the text."""
    return {
        "label": name,
        "topic": statute.articles[number].topic,
        "statute": statute.short,
        "in_force": statute.in_force,
        "checked": statute.checked,
        "href": f"law/{statute.slug}.html#{article_anchor(number)}",
    }


# ---- for readers


def in_words(told: dict, pen: Pen) -> Html:
    size, walks = told["counts"], told["walks"]
    rows = [
        ("版本", f"{told['version']}，内容一改就变"),
        ("法律截至", told["as_of"]),
        ("最近核对", told["reviewed"]),
        (
            "大小",
            f"{size['questions']} 个问题，{size['outcomes']} 种结论"
            + (f"，可以转到另外 {size['handovers']} 个主题" if size["handovers"] else ""),
        ),
        ("情况", f"{size['states']:,} 种，之间 {size['edges']:,} 步（同一个问题或结论，前面的回答还有影响的，分开数）"),
        (
            "走法",
            f"{size['paths']:,} 种"
            + (f"；走向相同的范围也分开数，是 {size['sequences']:,} 种" if size["sequences"] != size["paths"] else ""),
        ),
        ("回答的组合", f"{size['combinations']:,} 种，不管问不问得到"),
        ("例子", f"{walks['worked']} 个，经过 {part(walks['states'])}种情况、{part(walks['edges'])}步"),
        ("界限的两边", limits_words(walks["limits"])),
    ]
    facts = "".join(element("div", element("dt", name) + element("dd", value)) for name, value in rows)
    checks = listed([f"{element('b', '通过')} {pen.bare(one['says'])}" for one in told["checks"]], cls="checked")
    json = element(
        "p",
        element("a", "同样的内容，给程序读（JSON）", href=f"{pen.up}assets/minglu/certificates/{told['tree']}.json"),
        cls="back",
    )
    return (
        element("dl", facts, cls="facts")
        + element("h3", "查过什么")
        + checks
        + element("h3", f"凭哪些条文（{len(told['articles'])}）")
        + laws(told["articles"], pen)
        + json
    )


def part(of: dict) -> str:
    return f"{of['all']:,} 里的 {of['walked']:,} "


def limits_words(limits: dict) -> str:
    if not limits["all"]:
        return "没有哪一条界限会改变结果"
    return f"{limits['all']} 条界限会改变结果；" + "，".join(
        f"有例子{word}的 {limits[side]} 条" for side, word in SIDES.items()
    )


def laws(rows: list[dict], pen: Pen) -> Html:
    """By statute, with its dates once."""
    by_statute: dict[str, list[dict]] = {}
    for row in rows:
        by_statute.setdefault(row["statute"], []).append(row)
    items = []
    for statute, held in by_statute.items():
        links = " ".join(
            element(
                "a",
                pen.bare(row["label"].removeprefix(statute).strip()),
                href=pen.up + row["href"],
                title=row["topic"],
                cls="cite",
            )
            for row in held
        )
        items.append(
            element("b", pen.bare(statute))
            + element("small", f" {held[0]['in_force']} 起施行，{held[0]['checked']} 核对")
            + element("div", links, cls="cites")
        )
    return listed(items, cls="list relied")
