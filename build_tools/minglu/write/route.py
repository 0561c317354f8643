"""A compiled tree → what a reader's steps through it take: the contract's part that the script follows at once.

It stands in the tree's page as JSON (web/route.js has its type), so that no step waits for a file or for Python.
"""

from decimal import Decimal
from typing import Any

from minglu.engine.contract import (
    Arrival,
    CompiledAnswer,
    CompiledQuestion,
    CompiledState,
    CompiledTree,
    edges_of,
    target_at,
)
from minglu.engine.dates import Period, certain_days, day_before_which
from minglu.engine.labels import answer_label
from minglu.engine.money import CENT
from minglu.engine.words import ENGINE_WORDS
from minglu.write.cases import outcome_states
from minglu.write.html import plain_text
from minglu.write.links import Pen
from minglu.write.words import page_words

Json = dict[str, Any]


def tree_route(tree: CompiledTree, unsure: dict[str, str], pen: Pen) -> Json:
    """`unsure` maps each state that asks to the section for those who are unsure there. Ticks have none: who is unsure
    goes on.
    """
    cases = {
        state.id: 0 if len(states) == 1 else case
        for states in outcome_states(tree).values()
        for case, state in enumerate(states, 1)
    }
    return {
        "warnings": {
            question: {answer: plain_text(pen.bare(line)) for answer, line in lines.items()}
            for question, lines in tree.warnings.items()
        },
        "tree": tree.tree,
        "version": tree.version,
        "title": plain_text(pen.bare(tree.title)),
        "start": tree.start,
        "day": ENGINE_WORDS["day"],
        "month": ENGINE_WORDS["month"],
        "questions": {one.id: question_route(one, tree, pen) for one in tree.questions.values()},
        "states": {
            one.id: asking_route(one, tree, unsure.get(one.id, ""))
            if one.to
            else {"node": one.node, "case": cases[one.id]}
            for one in sorted(tree.states.values(), key=lambda state: (state.node, state.id))  # gzip sees 32 kB at once
        },
        "outcomes": {one.id: plain_text(pen.bare(one.title)) for one in tree.outcomes.values()},
        "others": {
            id: {"title": plain_text(pen.bare(other.title)), "start": other.start, "own": list(other.own)}
            for id, other in tree.others.items()
        },
        "shared": list(pen.site.library.questions),
    }


def question_route(question: CompiledQuestion, tree: CompiledTree, pen: Pen) -> Json:
    """`labels` are those of every answer that some state's link gives, merged bands included, and of every range that
    another tree may carry here.
    """
    edges = [edge.id for state in tree.states.values() if state.node == question.id for edge in edges_of(tree, state)]
    exact = page_words(f"question.exact-{question.kind}") if question.kind in EXACT else ""
    shown = {edge: edge for edge in dict.fromkeys(edges)} | question.takes
    return {
        "kind": question.kind,
        "ask": plain_text(pen.bare(question.ask)),
        "find": plain_text(pen.line(question.find)),
        "exact": exact,
        "unit": question.unit,
        "until": question.until,
        "plus": question.plus,
        "shared": question.shared,
        "labels": {answer: plain_text(pen.bare(answer_label(question, own))) for answer, own in shown.items()},
        "carries": question.carries,
        "takes": question.takes,
        "bands": [[one.id, *certain_limits(question, one)] for one in question.answers] if exact else [],
        "ticks": [[one.id, plain_text(pen.bare(one.label))] for one in question.ticks],
    }


EXACT = ("date", "number", "money")
"""The kinds of questions that take a value of the reader's own."""

Limits = tuple[int, int] | tuple[str, str] | tuple[None, None]


def certain_limits(question: CompiledQuestion, band: CompiledAnswer) -> Limits:
    """The greatest number (of days, of cents) that is certainly in the band or one before it, and the greatest that may
    be; of a band before a fixed day, that day twice.
    """
    if band.limit is None:
        return None, None
    if question.kind == "money":
        cents = int(Decimal(band.limit) / CENT)
        return cents, cents
    if question.kind == "number":
        return int(band.limit), int(band.limit)
    return (band.limit, band.limit) if day_before_which(band.limit) else certain_days(Period.parse(band.limit))


def asking_route(state: CompiledState, tree: CompiledTree, unsure: str) -> Json:
    to = {
        edge.id: target_at(edge.to.tree, edge.to.state, edge.to.carries) if isinstance(edge.to, Arrival) else edge.to
        for edge in edges_of(tree, state)
    }
    return {"node": state.node, "to": to, "unsure": unsure or next(iter(to.values()))}
