"""An outcome → its section: what can be demanded, until when, on which articles, and what next."""

from collections.abc import Callable
from html import escape

from minglu.engine.citations import Citation
from minglu.engine.contract import (
    CompiledAmount,
    CompiledBurden,
    CompiledDeadline,
    CompiledItem,
    CompiledLetter,
    CompiledOutcome,
    CompiledRemedy,
    CompiledRisk,
    CompiledStatement,
    CompiledTree,
    CompiledUse,
)
from minglu.engine.labels import amount_rule, deadline_rule
from minglu.engine.letter import blank_letter
from minglu.write.cases import Cases, only_when
from minglu.write.example_pages import similar_examples
from minglu.write.html import UNSEARCHED, Html, element
from minglu.write.links import Pen
from minglu.write.question_section import again, known_line, question_heading
from minglu.write.statement_html import gist_html, ground_html, sources, standing_line, statement_html

BURDEN = {"seller": "商家要证明", "buyer": "你要证明"}


Piece = tuple[Html, frozenset[int]]
"""What one item shows, and in which cases."""


def outcome_section(cases: Cases, tree: CompiledTree, pen: Pen) -> Html:
    outcome = tree.outcomes[cases.states[0].node]

    def pieces(group: str, show: Callable) -> list[Piece]:
        items = outcome.lists()[group]
        return [
            (show(item) + only_in(item, cases.cases_with(group, index)), cases.cases_with(group, index))
            for index, item in enumerate(items)
            if cases.cases_with(group, index)
        ]

    def only_in(item: CompiledItem, stands: frozenset[int]) -> Html:
        return "" if stands == cases.all else only_when(item)

    def part(title: str, *groups: list[Piece], cls: str = "list", **attributes: str) -> Html:
        shown = [piece for group in groups for piece in group]
        rows = "".join(element("li", html, **cases.mark(stands)) for html, stands in shown)
        whole = cases.mark(frozenset().union(*(stands for _, stands in shown)))
        return element("h3", title, **whole) + element("ul", rows, cls=cls, **whole, **attributes) if shown else ""

    first, later = first_and_later(
        outcome,
        cases,
        lambda item, stands: deadline_html(
            item,
            outcome,
            tree,
            pen,
            only_in(item, cases.cases_with("deadlines", outcome.deadlines.index(item))),
            cases.mark(stands),
        ),
    )
    whole = cases.mark(frozenset().union(*(stands for _, stands in later)))
    return element(
        "section",
        cases.anchors()
        + "".join(
            known_line(state, tree, pen, **cases.mark(frozenset({case}))) for case, state in enumerate(cases.states, 1)
        )
        + standing_line(outcome.standing)
        + question_heading(pen.bare(outcome.title), cases.section_id(), True)
        + pen.text(outcome.says)
        + "".join(html for html, _ in first)
        + "".join(
            element("div", html, **cases.mark(stands))
            for html, stands in pieces("letters", lambda item: letter_html(item))
        )
        + part(
            "能要求什么",
            pieces("remedies", lambda item: remedy_html(item, pen)),
            pieces("amounts", lambda item: amount_html(item, tree, pen)),
        )
        + (element("h3", "还有这些期限", **whole) + "".join(html for html, _ in later) if later else "")
        + part("凭什么", pieces("grounds", lambda item: ground_html(item, pen)))
        + article_gists(outcome, cases, pen)
        + part("谁来证明", pieces("burden", lambda item: burden_html(item, pen)))
        + part(
            "先把证据留好", pieces("evidence", lambda item: evidence_html(item, pen)), cls="list checks", **UNSEARCHED
        )
        + part("他们可能会说", pieces("risks", lambda item: risk_html(item, pen)))
        + ladder(pieces("channels", lambda item: channel_step(item, tree, pen)), outcome, cases)
        + part("常见的错", pieces("mistakes", lambda item: mistake_html(item, pen)), cls="list links", **UNSEARCHED)
        + similar_examples(outcome, tree, pen)
        + element("div", cls="what-if", data_slot="what-if", hidden=True)
        + again(tree),
        cls="state outcome",
        id=cases.section_id(),
        data_state=True,
        data_node=outcome.id,
        data_standing=outcome.standing,
    )


def article_gists(outcome: CompiledOutcome, cases: Cases, pen: Pen) -> Html:
    """Every article that the outcome cites, once, with what it says, in the cases where something cites it."""
    stands: dict[Citation, frozenset[int]] = {}
    for group, items in outcome.lists().items():
        for index, item in enumerate(items):
            for cite in pen.site.citations_of(item) if isinstance(item, CompiledStatement) else ():
                article = Citation(cite.statute, cite.article)
                stands[article] = stands.get(article, frozenset()) | cases.cases_with(group, index)
    rows = "".join(
        element("li", gist_html(article, pen), **cases.mark(here)) for article, here in stands.items() if here
    )
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


def first_and_later(outcome: CompiledOutcome, cases: Cases, show: Callable) -> tuple[list[Piece], list[Piece]]:
    """The first that the author lists stands above all else, in each case its own; the others follow further down."""
    firsts: dict[int, int] = {}
    for case in sorted(cases.all):
        for index in cases.states[case - 1].items["deadlines"]:
            firsts.setdefault(case, index)
    first, later = [], []
    for index, item in enumerate(outcome.deadlines):
        stands = cases.cases_with("deadlines", index)
        above = frozenset(case for case in stands if firsts.get(case) == index)
        for where, here in ((first, above), (later, stands - above)):
            if here:
                where.append((show(item, here), here))
    return first, later


def deadline_html(
    item: CompiledDeadline, outcome: CompiledOutcome, tree: CompiledTree, pen: Pen, note: Html, mark: dict[str, str]
) -> Html:
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


def remedy_html(item: CompiledRemedy, pen: Pen) -> Html:
    return element("p", f"<b>{pen.bare(item.says)}</b>", cls="do") + pen.text(item.how) + sources(item, pen)


def amount_html(item: CompiledAmount, tree: CompiledTree, pen: Pen) -> Html:
    rule = element("p", f"<b>{pen.bare(item.label)}：</b>{pen.bare(amount_rule(item, tree))}", cls="do")
    return element(
        "div", rule + element("div", data_slot=True) + statement_html(item, pen), cls="amount", data_amount=item.id
    )


def burden_html(item: CompiledBurden, pen: Pen) -> Html:
    return element("p", element("b", BURDEN[item.on]), cls="on") + statement_html(item, pen)


def evidence_html(item: CompiledUse, pen: Pen) -> Html:
    title, proves = pen.bare(item.title), pen.bare(item.detail)
    box = element("label", f'<input type="checkbox"><span><b>{title}</b><small>{proves}</small></span>')
    return box + element("a", f'怎么留<span class="unseen">：{title}</span>', href=f"{pen.up}evidence.html#{item.id}")


def risk_html(item: CompiledRisk, pen: Pen) -> Html:
    return element("p", f"<b>{pen.bare(item.says)}</b>", cls="they") + pen.text(item.answer) + sources(item, pen)


def letter_html(item: CompiledLetter) -> Html:
    """With blanks where the widget fills in what the reader answered."""
    return element(
        "details",
        element("summary", escape(item.title)) + element("pre", escape(blank_letter(item.text))),
        cls="letter",
        data_letter=item.id,
        **UNSEARCHED,
    )


def ladder(steps: list[Piece], outcome: CompiledOutcome, cases: Cases) -> Html:
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


def channel_step(item: CompiledUse, tree: CompiledTree, pen: Pen) -> Html:
    if item.id.startswith("tree/"):
        id = item.id.removeprefix("tree/")
        other = tree.others[id]
        link = element(
            "a",
            element("b", pen.bare(other.title)),
            href=f"{id}.html#{other.start}",
            data_handover=id,
            data_title=other.title,
        )
        return link + " " + element("span", pen.bare(other.summary))
    return (
        element("a", element("b", pen.bare(item.title)), href=f"{pen.up}channels.html#{item.id}")
        + " "
        + element("span", pen.bare(item.detail))
    )


def mistake_html(item: CompiledUse, pen: Pen) -> Html:
    return element("a", pen.bare(item.title), href=f"{pen.up}mistakes.html#{item.id}")
