"""An outcome → its section: what can be demanded, until when, on which articles, and what next."""

from collections.abc import Callable
from html import escape

from minglu.compile.rules import amount_rule, deadline_rule
from minglu.engine.citations import Citation
from minglu.engine.letter import blank
from minglu.resolve.model import Amount, Burden, Deadline, Item, Outcome, Remedy, Risk, Statement, Tree, Use
from minglu.unfold.model import Unfolded
from minglu.write.cases import Cases, only
from minglu.write.example_pages import alike
from minglu.write.html import UNSEARCHED, Html, element
from minglu.write.links import Pen
from minglu.write.question import again, heading, known
from minglu.write.statements import gist, said, sourced, sources, standing

BURDEN = {"seller": "商家要证明", "buyer": "你要证明"}


Piece = tuple[Html, frozenset[int]]
"""What one item shows, and in which cases."""


def outcome_section(cases: Cases, one: Unfolded, pen: Pen) -> Html:
    outcome, tree = one.tree.outcomes[cases.states[0].node], one.tree

    def pieces(group: str, show: Callable) -> list[Piece]:
        items = outcome.groups()[group]
        return [
            (show(item) + only_in(item, cases.of(group, index)), cases.of(group, index))
            for index, item in enumerate(items)
            if cases.of(group, index)
        ]

    def only_in(item: Item, stands: frozenset[int]) -> Html:
        return "" if stands == cases.all else only(item.guard, tree)

    def part(title: str, *groups: list[Piece], cls: str = "list", **attributes: str) -> Html:
        shown = [piece for group in groups for piece in group]
        rows = "".join(element("li", html, **cases.mark(stands)) for html, stands in shown)
        whole = cases.mark(frozenset().union(*(stands for _, stands in shown)))
        return element("h3", title, **whole) + element("ul", rows, cls=cls, **whole, **attributes) if shown else ""

    first, later = deadlines(
        outcome,
        cases,
        lambda item, stands: deadline(
            item,
            outcome,
            tree,
            pen,
            only_in(item, cases.of("deadlines", outcome.deadlines.index(item))),
            cases.mark(stands),
        ),
    )
    whole = cases.mark(frozenset().union(*(stands for _, stands in later)))
    return element(
        "section",
        cases.anchors()
        + "".join(known(state, one, pen, **cases.mark(frozenset({case}))) for case, state in enumerate(cases.states, 1))
        + standing(outcome.standing)
        + heading(pen.bare(outcome.title), cases.section_id(), True)
        + pen.text(outcome.says)
        + "".join(html for html, _ in first)
        + "".join(
            element("div", html, **cases.mark(stands))
            for html, stands in pieces("letters", lambda item: letter(item, one))
        )
        + part(
            "能要求什么",
            pieces("remedies", lambda item: remedy(item, pen)),
            pieces("amounts", lambda item: amount(item, tree, pen)),
        )
        + (element("h3", "还有这些期限", **whole) + "".join(html for html, _ in later) if later else "")
        + part("凭什么", pieces("grounds", lambda item: sourced(item, pen)))
        + gists(outcome, cases, pen)
        + part("谁来证明", pieces("burden", lambda item: burden(item, pen)))
        + part("先把证据留好", pieces("evidence", lambda item: evidence(item, pen)), cls="list checks", **UNSEARCHED)
        + part("他们可能会说", pieces("risks", lambda item: risk(item, pen)))
        + ladder(pieces("channels", lambda item: step(item, pen)), outcome, cases)
        + part("常见的错", pieces("mistakes", lambda item: mistake(item, pen)), cls="list links", **UNSEARCHED)
        + alike(outcome, tree)
        + element("div", cls="what-if", data_slot="what-if", hidden=True)
        + again(one),
        cls="state outcome",
        id=cases.section_id(),
        data_state=True,
        data_node=outcome.id,
        data_standing=outcome.standing,
    )


def gists(outcome: Outcome, cases: Cases, pen: Pen) -> Html:
    """Every article that the outcome cites, once, with what it says, in the cases where something cites it."""
    stands: dict[Citation, frozenset[int]] = {}
    for group, items in outcome.groups().items():
        for index, item in enumerate(items):
            for cite in item.cites if isinstance(item, Statement) else ():
                article = Citation(cite.statute, cite.article)
                stands[article] = stands.get(article, frozenset()) | cases.of(group, index)
    rows = "".join(element("li", gist(article, pen), **cases.mark(here)) for article, here in stands.items() if here)
    return (
        element(
            "details",
            element("summary", "这里引的条文怎么说") + element("ul", rows, cls="list"),
            cls="gists",
            **UNSEARCHED,
        )
        if rows
        else ""
    )


def deadlines(outcome: Outcome, cases: Cases, show: Callable) -> tuple[list[Piece], list[Piece]]:
    """The first that the author lists stands above all else, in each case its own; the others follow further down."""
    firsts: dict[int, int] = {}
    for case in sorted(cases.all):
        for index in cases.states[case - 1].items["deadlines"]:
            firsts.setdefault(case, index)
    first, later = [], []
    for index, item in enumerate(outcome.deadlines):
        stands = cases.of("deadlines", index)
        above = frozenset(case for case in stands if firsts.get(case) == index)
        for where, here in ((first, above), (later, stands - above)):
            if here:
                where.append((show(item, here), here))
    return first, later


def deadline(item: Deadline, outcome: Outcome, tree: Tree, pen: Pen, note: Html, mark: dict[str, str]) -> Html:
    rule = pen.bare(deadline_rule(item, outcome, tree))
    return element(
        "div",
        element("p", f"<b>{pen.bare(item.label)}</b>", cls="label")
        + element("div", data_slot=True)
        + element("p", rule, cls="rule")
        + pen.text(item.says)
        + sources(item, pen)
        + note,
        cls="deadline",
        data_deadline=item.id,
        data_kind=item.kind,
        **mark,
    )


def remedy(item: Remedy, pen: Pen) -> Html:
    return element("p", f"<b>{pen.bare(item.says)}</b>", cls="do") + pen.text(item.how) + sources(item, pen)


def amount(item: Amount, tree: Tree, pen: Pen) -> Html:
    rule = element("p", f"<b>{pen.bare(item.label)}：</b>{pen.bare(amount_rule(item, tree))}", cls="do")
    return element("div", rule + element("div", data_slot=True) + said(item, pen), cls="amount", data_amount=item.id)


def burden(item: Burden, pen: Pen) -> Html:
    return element("p", element("b", BURDEN[item.on]), cls="on") + said(item, pen)


def evidence(item: Use, pen: Pen) -> Html:
    held = pen.site.project.library.evidence[item.use]
    title, proves = pen.bare(held.title), pen.bare(held.proves)
    box = element("label", f'<input type="checkbox"><span><b>{title}</b><small>{proves}</small></span>')
    return box + element("a", f'怎么留<span class="unseen">：{title}</span>', href=f"{pen.up}evidence.html#{held.id}")


def risk(item: Risk, pen: Pen) -> Html:
    return element("p", f"<b>{pen.bare(item.says)}</b>", cls="they") + pen.text(item.answer) + sources(item, pen)


def letter(item: Use, one: Unfolded) -> Html:
    """With blanks where the widget fills in what the reader answered."""
    held = one.tree.letters[item.use]
    return element(
        "details",
        element("summary", escape(held.title)) + element("pre", escape(blank(held.text))),
        cls="letter",
        data_letter=item.use,
        **UNSEARCHED,
    )


def ladder(steps: list[Piece], outcome: Outcome, cases: Cases) -> Html:
    """The first step that stands in a case is where the reader is now; CSS counts, so that hidden ones do not."""
    if not steps:
        return ""
    title = "还可以找谁" if outcome.standing == "none" else "如果被拒绝"
    rows, taken = [], frozenset[int]()
    for html, stands in steps:
        first = stands - taken
        if first and first != stands:  # now in some cases, later in others
            rows += [
                element("li", html, cls="now", **cases.mark(first)),
                element("li", html, **cases.mark(stands - first)),
            ]
        else:
            rows.append(element("li", html, cls="now" if first else None, **cases.mark(stands)))
        taken |= stands
    return element("h3", title) + element("ol", "".join(rows), cls="ladder", **UNSEARCHED)


def step(item: Use, pen: Pen) -> Html:
    if item.use.startswith("tree/"):
        id = item.use.removeprefix("tree/")
        tree = pen.site.unfolded[id]
        link = element(
            "a",
            element("b", pen.bare(tree.tree.title)),
            href=f"{id}.html#{tree.start}",
            data_handover=id,
            data_title=tree.tree.title,
        )
        return link + " " + element("span", pen.bare(tree.tree.summary))
    channel = pen.site.project.library.channels[item.use]
    return (
        element("a", element("b", pen.bare(channel.title)), href=f"{pen.up}channels.html#{channel.id}")
        + " "
        + element("span", pen.bare(channel.short))
    )


def mistake(item: Use, pen: Pen) -> Html:
    held = pen.site.project.library.mistakes[item.use]
    return element("a", pen.bare(held.title), href=f"{pen.up}mistakes.html#{held.id}")
