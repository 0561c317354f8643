"""An outcome → its section: what can be demanded, until when, on which articles, and what next."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from minglu.engine.amount_words import amount_rule
from minglu.engine.codec import json_bytes, to_json
from minglu.engine.contract import (
    CompiledAmount,
    CompiledBurden,
    CompiledDeadline,
    CompiledItem,
    CompiledLetter,
    CompiledOutcome,
    CompiledRemedy,
    CompiledReply,
    CompiledTree,
    CompiledUse,
)
from minglu.engine.labels import deadline_rule
from minglu.engine.letter import blank_letter
from minglu.engine.ticks import ticks_words
from minglu.write.article_gists import article_gists
from minglu.write.cases import Cases, only_when
from minglu.write.example_pages import similar_examples
from minglu.write.html import NOTHING, UNSEARCHED, Html, bold, element, joined, page_html, void_element
from minglu.write.links import Pen
from minglu.write.question_section import known_line, question_heading, start_again
from minglu.write.statement_html import ground_html, source_line, standing_line, statement_html
from minglu.write.words import page_words


@dataclass(frozen=True)
class Piece:
    """What one item shows, and in which cases."""

    html: Html
    stands: frozenset[int]


def outcome_section(cases: Cases, tree: CompiledTree, pen: Pen) -> Html:
    outcome = tree.outcomes[cases.states[0].node]
    pieces = partial(pieces_of, outcome, cases, tree)
    part = partial(titled_list, cases)
    first, later = first_and_later(outcome, tree, cases, pen)
    return element(
        "section",
        cases.anchors()
        + known_lines(cases, tree, pen)
        + standing_line(outcome.standing)
        + question_heading(pen.bare(outcome.title), state=cases.section_id(), found_by_search=True)
        + pen.text(outcome.says)
        + joined(first)
        + joined(element("div", one.html, **cases.mark(one.stands)) for one in pieces("letters", letter_html))
        + part(
            page_words("outcome.demands"),
            pieces("remedies", lambda item: remedy_html(item, pen))
            + pieces("amounts", lambda item: amount_html(item, outcome, tree, pen)),
        )
        + later
        + part(page_words("outcome.grounds"), pieces("grounds", lambda item: ground_html(item, pen)))
        + article_gists(outcome, cases, pen)
        + part(page_words("outcome.burden"), pieces("burden", lambda item: burden_html(item, pen)))
        + part(
            page_words("outcome.evidence"),
            pieces("evidence", lambda item: evidence_html(item, pen)),
            cls="list checks",
            **UNSEARCHED,
        )
        + part(page_words("outcome.replies"), pieces("replies", lambda item: reply_html(item, pen)))
        + channel_ladder(pieces("channels", lambda item: channel_step(item, tree, pen)), outcome, cases)
        + part(
            page_words("outcome.mistakes"),
            pieces("mistakes", lambda item: mistake_html(item, pen)),
            cls="list links",
            **UNSEARCHED,
        )
        + similar_examples(outcome, tree, pen)
        + element("div", cls="what-if", data_slot="what-if", hidden=True)
        + start_again(tree),
        cls="state outcome",
        id=cases.section_id(),
        data_state=True,
        data_node=outcome.id,
        data_standing=outcome.standing,
    )


def pieces_of(
    outcome: CompiledOutcome, cases: Cases, tree: CompiledTree, group: str, show: Callable[[Any], Html]
) -> list[Piece]:
    """The items of a list that stand in some case, each with the words for when it applies."""
    pieces = []
    for index, item in enumerate(outcome.lists()[group]):
        if stands := cases.cases_with(group, index):
            pieces.append(Piece(show(item) + guard_note(item, stands, cases, tree), stands))
    return pieces


def guard_note(item: CompiledItem, stands: frozenset[int], cases: Cases, tree: CompiledTree) -> Html:
    """In words when it applies. It stands directly in the element of its item: the script hides that by the ticks."""
    return (NOTHING if stands == cases.all else only_when(item)) + only_ticked(item, tree)


def only_ticked(item: CompiledItem, tree: CompiledTree) -> Html:
    if item.ticks is None:
        return NOTHING
    words = page_words("outcome.only-ticked", condition=ticks_words(item.ticks, tree.questions))
    condition = json_bytes(to_json(item.ticks)).decode()
    return element("small", words, cls="only-ticked", data_ticks=condition, **UNSEARCHED)


def titled_list(cases: Cases, title: str, pieces: list[Piece], cls: str = "list", **attributes: str) -> Html:
    """Nothing without pieces."""
    if not pieces:
        return NOTHING
    rows = joined(element("li", one.html, **cases.mark(one.stands)) for one in pieces)
    whole = mark_of_all(pieces, cases)
    return element("h3", title, **whole) + element("ul", rows, cls=cls, **whole, **attributes)


def mark_of_all(pieces: Iterable[Piece], cases: Cases) -> dict[str, str]:
    """For what stands where any of the pieces stands."""
    return cases.mark(frozenset().union(*(one.stands for one in pieces)))


def known_lines(cases: Cases, tree: CompiledTree, pen: Pen) -> Html:
    return joined(
        known_line(state, tree, pen, **cases.mark(frozenset({case}))) for case, state in enumerate(cases.states, 1)
    )


def first_and_later(outcome: CompiledOutcome, tree: CompiledTree, cases: Cases, pen: Pen) -> tuple[list[Html], Html]:
    """In each case the first deadline that the author lists stands above all else; the others follow further down."""
    firsts: dict[int, int] = {}
    for case, state in enumerate(cases.states, 1):
        for index in state.items["deadlines"]:
            firsts.setdefault(case, index)
    first: list[Html] = []
    later: list[Piece] = []
    for index, item in enumerate(outcome.deadlines):
        stands = cases.cases_with("deadlines", index)
        content = deadline_html(item, outcome, tree, pen) + guard_note(item, stands, cases, tree)
        above = frozenset(case for case in stands if firsts.get(case) == index)
        if above:
            first.append(deadline_block(item, content, cases.mark(above)))
        if below := stands - above:
            later.append(Piece(deadline_block(item, content, cases.mark(below)), below))
    if not later:
        return first, NOTHING
    title = element("h3", page_words("outcome.deadlines"), **mark_of_all(later, cases))
    return first, title + joined(one.html for one in later)


def deadline_html(item: CompiledDeadline, outcome: CompiledOutcome, tree: CompiledTree, pen: Pen) -> Html:
    return (
        element("p", bold(pen.bare(item.label)), cls="label")
        + element("div", data_slot=True)
        + element("p", pen.bare(deadline_rule(item, outcome, tree)), cls="rule")
        + pen.text(item.says)
        + source_line(item, pen)
    )


def deadline_block(item: CompiledDeadline, content: Html, mark: dict[str, str]) -> Html:
    return element("div", content, cls="deadline", data_deadline=item.id, data_kind=item.kind, **mark)


def remedy_html(item: CompiledRemedy, pen: Pen) -> Html:
    return element("p", bold(pen.bare(item.says)), cls="do") + pen.text(item.how) + source_line(item, pen)


def amount_html(item: CompiledAmount, outcome: CompiledOutcome, tree: CompiledTree, pen: Pen) -> Html:
    """The sum and its formula take the rule's place where the widget knows them."""
    content = (
        element("p", bold(pen.bare(item.label)), cls="do")
        + element("div", data_slot=True)
        + element("p", pen.bare(amount_rule(item, outcome, tree)), cls="rule")
        + statement_html(item, pen)
    )
    return element("div", content, cls="amount", data_amount=item.id)


def burden_html(item: CompiledBurden, pen: Pen) -> Html:
    return element("p", bold(page_words(f"outcome.burden-{item.on}")), cls="on") + statement_html(item, pen)


def evidence_html(item: CompiledUse, pen: Pen) -> Html:
    title, proves = pen.bare(item.title), pen.bare(item.detail)
    words = element("span", bold(title) + element("small", proves))
    box = element("label", void_element("input", type="checkbox") + words)
    of = element("span", page_html("outcome.evidence-of", title=title), cls="unseen")
    how = page_html("outcome.evidence-how") + of
    return box + element("a", how, href=f"{pen.up}evidence.html#{item.id}")


def reply_html(item: CompiledReply, pen: Pen) -> Html:
    return element("p", bold(pen.bare(item.says)), cls="they") + pen.text(item.answer) + source_line(item, pen)


def letter_html(item: CompiledLetter) -> Html:
    """With blanks where the widget fills in what the reader answered."""
    content = element("summary", item.title) + element("pre", blank_letter(item.text))
    return element("details", content, cls="letter", data_letter=item.id, **UNSEARCHED)


def channel_ladder(steps: list[Piece], outcome: CompiledOutcome, cases: Cases) -> Html:
    """The first step that stands in a case is where the reader is now; CSS counts, so that hidden ones do not."""
    if not steps:
        return NOTHING
    rows: list[Html] = []
    taken: frozenset[int] = frozenset()
    for step in steps:
        first, stands = step.stands - taken, step.stands
        if first and first != stands:  # now in some cases, later in others
            rows.append(element("li", step.html, cls="now", **cases.mark(first)))
            rows.append(element("li", step.html, **cases.mark(stands - first)))
        else:
            rows.append(element("li", step.html, cls="now" if first else None, **cases.mark(stands)))
        taken |= stands
    title = page_words("outcome.channels-without-basis" if outcome.standing == "none" else "outcome.channels")
    return element("h3", title) + element("ol", joined(rows), cls="ladder", **UNSEARCHED)


def channel_step(item: CompiledUse, tree: CompiledTree, pen: Pen) -> Html:
    """A channel, or another tree as one."""
    if item.id.startswith("tree/"):
        id = item.id.removeprefix("tree/")
        other = tree.others[id]
        name, says = bold(pen.bare(other.title)), other.summary
        link = element("a", name, href=f"{id}.html#{other.start}", data_handover=id)
    else:
        name, says = bold(pen.bare(item.title)), item.detail
        link = element("a", name, href=f"{pen.up}channels.html#{item.id}")
    return link + " " + element("span", pen.bare(says))


def mistake_html(item: CompiledUse, pen: Pen) -> Html:
    return element("a", pen.bare(item.title), href=f"{pen.up}mistakes.html#{item.id}")
