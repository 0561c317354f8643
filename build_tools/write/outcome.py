"""A state that is an end → its section: what can be demanded, until when, on which articles, and what next."""

from collections.abc import Sequence
from html import escape

from build_tools.resolve.model import Amount, Burden, Deadline, Outcome, Remedy, Risk, Tree, Use
from build_tools.unfold.model import State, Unfolded
from build_tools.write.html import Html, element, listed
from build_tools.write.links import Pen
from build_tools.write.question import again, heading, known
from build_tools.write.rules import amount_rule, deadline_rule
from build_tools.write.statements import gists, said, sourced, sources, standing

BURDEN = {"seller": "商家要证明", "buyer": "你要证明"}


def outcome_section(state: State, one: Unfolded, pen: Pen, *, found_by_search: bool) -> Html:
    outcome = one.tree.outcomes[state.node]
    items = {name: [all[index] for index in state.items[name]] for name, all in outcome.groups().items()}
    first = next((item for item in items["deadlines"] if item.kind == "due"), None)
    later = [item for item in items["deadlines"] if item is not first]
    told = [item for name in ("remedies", "grounds", "deadlines", "burden", "amounts", "risks") for item in items[name]]
    return element(
        "section",
        known(state, one, pen)
        + standing(outcome.standing)
        + heading(pen.bare(outcome.title), state.id, found_by_search)
        + pen.text(outcome.says)
        + (deadline(first, outcome, one.tree, pen) if first else "")
        + part("能要求什么", [remedy(item, pen) for item in items["remedies"]] + [amount(item, one.tree, pen) for item in items["amounts"]])
        + (element("h3", "还有这些期限") + "".join(deadline(item, outcome, one.tree, pen) for item in later) if later else "")
        + part("凭什么", [sourced(item, pen) for item in items["grounds"]])
        + gists(told, pen)
        + part("谁来证明", [burden(item, pen) for item in items["burden"]])
        + part("先把证据留好", [evidence(item, pen) for item in items["evidence"]], "list checks")
        + part("他们可能会说", [risk(item, pen) for item in items["risks"]])
        + "".join(letter(item, one) for item in items["letters"])
        + ladder(items["channels"], outcome, pen)
        + part("常见的错", [mistake(item, pen) for item in items["mistakes"]], "list links")
        + element("div", cls="what-if", data_slot="what-if", hidden=True)
        + again(one),
        cls="state outcome",
        id=state.id,
        data_state=True,
        data_node=state.node,
        data_standing=outcome.standing,
        data_search_exclude=None if found_by_search else "true",
    )


def part(title: str, items: Sequence[Html], cls: str = "list") -> Html:
    return element("h3", title) + listed(list(items), cls=cls) if items else ""


def deadline(item: Deadline, outcome: Outcome, tree: Tree, pen: Pen) -> Html:
    rule = pen.bare(deadline_rule(item, outcome, tree))
    return element(
        "div",
        element("div", data_slot=True)
        + element("p", f"<b>{pen.bare(item.label)}</b>", cls="label")
        + element("p", rule, cls="rule")
        + pen.text(item.says)
        + sources(item, pen),
        cls="deadline",
        data_deadline=item.id,
        data_kind=item.kind,
    )


def remedy(item: Remedy, pen: Pen) -> Html:
    return element("p", f"<b>{pen.bare(item.says)}</b>", cls="do") + pen.text(item.how) + sources(item, pen)


def amount(item: Amount, tree: Tree, pen: Pen) -> Html:
    rule = element("p", f"<b>{pen.bare(item.label)}：</b>{pen.bare(amount_rule(item, tree))}", cls="do")
    return element("div", element("div", data_slot=True) + rule + said(item, pen), cls="amount", data_amount=item.id)


def burden(item: Burden, pen: Pen) -> Html:
    return element("p", element("b", BURDEN[item.on]), cls="on") + said(item, pen)


def evidence(item: Use, pen: Pen) -> Html:
    held = pen.site.project.library.evidence[item.use]
    title, proves = pen.bare(held.title), pen.bare(held.proves)
    box = element("label", f'<input type="checkbox"><span><b>{title}</b><small>{proves}</small></span>')
    return box + element("a", f"怎么留<span class=\"unseen\">：{title}</span>", href=f"{pen.up}evidence.html#{held.id}")


def risk(item: Risk, pen: Pen) -> Html:
    return element("p", f"<b>{pen.bare(item.says)}</b>", cls="they") + pen.text(item.answer) + sources(item, pen)


def letter(item: Use, one: Unfolded) -> Html:
    """The letter as its author wrote it, blanks and all; the widget fills them in."""
    return element("details", element("summary", "写给对方的函（底稿）") + element("pre", escape(one.tree.letters[item.use])), cls="letter", data_letter=item.use)


def ladder(items: Sequence[Use], outcome: Outcome, pen: Pen) -> Html:
    steps = [step(item, pen) for item in items]
    if not steps:
        return ""
    first, *rest = steps
    title = "还可以找谁" if outcome.standing == "none" else "如果被拒绝"
    return element("h3", title) + element("ol", element("li", first, cls="now") + "".join(element("li", each) for each in rest), cls="ladder")


def step(item: Use, pen: Pen) -> Html:
    if item.use.startswith("tree/"):
        id = item.use.removeprefix("tree/")
        tree = pen.site.unfolded[id]
        link = element("a", element("b", pen.bare(tree.tree.title)), href=f"{id}.html#{tree.start}", data_handover=id, data_title=tree.tree.title)
        return link + " " + element("span", pen.bare(tree.tree.summary))
    channel = pen.site.project.library.channels[item.use]
    return element("a", element("b", pen.bare(channel.title)), href=f"{pen.up}channels.html#{channel.id}") + " " + element("span", pen.bare(channel.short))


def mistake(item: Use, pen: Pen) -> Html:
    held = pen.site.project.library.mistakes[item.use]
    return element("a", pen.bare(held.title), href=f"{pen.up}mistakes.html#{held.id}")
