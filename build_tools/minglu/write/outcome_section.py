"""An outcome → its section: what can be demanded, until when, on which articles, and what next."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from minglu.engine.amount_words import amount_rule
from minglu.engine.codec import json_bytes, to_json
from minglu.engine.contract import (
    Arrival,
    CompiledAmount,
    CompiledBurden,
    CompiledChannel,
    CompiledDeadline,
    CompiledItem,
    CompiledLetter,
    CompiledNow,
    CompiledOutcome,
    CompiledRemedy,
    CompiledReply,
    CompiledTree,
    CompiledUse,
    arrival_of,
)
from minglu.engine.labels import deadline_rule
from minglu.engine.letter import blank_letter
from minglu.engine.ticks import ticks_words
from minglu.write.article_gists import article_gists, outcome_number
from minglu.write.cases import Cases, counts_by_case, only_when
from minglu.write.example_pages import similar_examples
from minglu.write.html import NOTHING, UNSEARCHED, Html, bold, element, joined, page_html, void_element
from minglu.write.links import Pen
from minglu.write.question_section import (
    handover_link,
    known_line,
    question_heading,
    start_again,
    warning_line,
    warnings_known,
)
from minglu.write.reach import reach_html
from minglu.write.statement_html import ground_html, source_line, standing_line, statement_html
from minglu.write.words import page_words


@dataclass(frozen=True)
class Piece:
    """What one item shows, and in which cases."""

    html: Html
    stands: frozenset[int]


def outcome_section(cases: Cases, tree: CompiledTree, pen: Pen) -> Html:
    """In the order in which a reader needs it: what to do now and until when, what the other side said, what is at
    hand, whom to turn to. The rest is folded, with counts.
    """
    outcome = tree.outcomes[cases.states[0].node]
    pieces = partial(pieces_of, outcome, cases, tree)
    part, fold = partial(titled_list, cases), partial(folded_list, cases)
    begin, demands, letters = first_block(outcome, tree, cases, pen)
    return element(
        "section",
        cases.anchors()
        + known_lines(cases, tree, pen)
        + warnings_by_case(cases, tree, pen)
        + standing_line(outcome.standing)
        + question_heading(pen.bare(outcome.title), state=cases.section_id(), found_by_search=True)
        + pen.text(outcome.says)
        + begin
        + joined(letters)
        + deadlines_part(outcome, tree, cases, pen)
        + part(
            page_words("outcome.amounts"),
            pieces("amounts", lambda item: amount_html(item, outcome, tree, pen)),
            cls="list sums",
        )
        + replies_part(pieces("replies", lambda item: reply_html(item, pen)), cases)
        + evidence_part(pieces("evidence", lambda item: evidence_html(item, pen)), cases)
        + folded_list(
            cases,
            page_words("outcome.also"),
            also_pieces(outcome, cases, tree, pen),
            cls="choices also",
            fold="further",
            role="list",
        )
        + channel_ladder(partial(channel_pieces, outcome, cases, tree, pen), outcome, cases)
        + element(
            "div",
            fold(page_words("outcome.demands"), demands)
            + fold(page_words("outcome.grounds"), pieces("grounds", lambda item: ground_html(item, pen)))
            + fold(page_words("outcome.burden"), pieces("burden", lambda item: burden_html(item, pen)))
            + article_gists(outcome, cases, pen)
            + fold(
                page_words("outcome.mistakes"),
                pieces("mistakes", lambda item: mistake_html(item, pen)),
                cls="list links",
                **UNSEARCHED,
            )
            + similar_examples(outcome, tree, pen)
            + element("details", cls="what-if", data_slot="what-if", hidden=True),
            cls="folds",
        )
        + start_again(tree),
        cls="state outcome",
        id=cases.section_id(),
        data_state=True,
        data_node=outcome.id,
        data_outcome=outcome_number(outcome, tree),
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


def folded_list(
    cases: Cases, title: str, pieces: list[Piece], cls: str = "list", fold: str = "fold", **attributes: str
) -> Html:
    """Nothing without pieces; how many there are stands beside the title."""
    rows = joined(element("li", one.html, **cases.mark(one.stands)) for one in pieces)
    return folded(title, pieces, element("ul", rows, cls=cls, **attributes), cases, fold)


def folded(title: str, pieces: list[Piece], content: Html, cases: Cases, cls: str = "further") -> Html:
    if not pieces:
        return NOTHING
    summary = element("summary", title + counts_by_case([one.stands for one in pieces], cases))
    return element("details", summary + content, cls=cls, **mark_of_all(pieces, cases))


def begun_list(cases: Cases, pieces: list[Piece], open_rows: int, later: str, cls: str, **attributes: str) -> Html:
    """The first `open_rows` pieces of each case; the others folded below, under the title `later`."""
    begin, others = opened(pieces, open_rows)
    rows = joined(element("li", one.html, **cases.mark(one.stands)) for one in begin)
    shown = element("ul", rows, cls=cls, **mark_of_all(begin, cases), **attributes)
    return shown + folded_list(cases, page_words(later), others, cls, "further", **attributes)


OPEN_REPLIES, OPEN_EVIDENCE = 3, 2
"""How many rows stand open."""


def opened(pieces: list[Piece], open_rows: int) -> tuple[list[Piece], list[Piece]]:
    """The pieces that are among the first `open_rows` in every case in which they stand, and all others."""
    count: Counter[int] = Counter()
    begin, others = [], []
    for one in pieces:
        if all(count[case] < open_rows for case in one.stands):
            begin.append(one)
            count.update(one.stands)
        else:
            others.append(one)
    return begin, others


def mark_of_all(pieces: Iterable[Piece], cases: Cases) -> dict[str, str]:
    """For what stands where any of the pieces stands."""
    return cases.mark(frozenset().union(*(one.stands for one in pieces)))


def known_lines(cases: Cases, tree: CompiledTree, pen: Pen) -> Html:
    return joined(
        known_line(state, tree, pen, **cases.mark(frozenset({case}))) for case, state in enumerate(cases.states, 1)
    )


def warnings_by_case(cases: Cases, tree: CompiledTree, pen: Pen) -> Html:
    """What stands on every screen after some answers, in the cases whose state knows of them."""
    stands: dict[str, set[int]] = {}
    for case, state in enumerate(cases.states, 1):
        for line in warnings_known(state, tree):
            stands.setdefault(line, set()).add(case)
    return joined(warning_line(line, pen, **cases.mark(frozenset(those))) for line, those in stands.items())


def first_block(
    outcome: CompiledOutcome, tree: CompiledTree, cases: Cases, pen: Pen
) -> tuple[Html, list[Piece], list[Html]]:
    """What to do now, with its letters; then the demands and the letters that do not stand in it.

    As long as an outcome does not say what to do now, in each case its first demand stands here.
    """
    letters = {one.id: cases.cases_with("letters", index) for index, one in enumerate(outcome.letters)}
    texts = {one.id: letter_html(one, tree) for one in outcome.letters}
    whens = {one.id: one for one in outcome.letters}
    demands = pieces_of(outcome, cases, tree, "remedies", lambda item: remedy_html(item, pen))
    if outcome.now:
        steps = []
        for index, step in enumerate(outcome.now):
            stands = cases.cases_with("now", index)
            own = NOTHING
            if step.letter in letters and stands and stands <= letters[step.letter]:
                own, letters[step.letter] = texts[step.letter], letters[step.letter] - stands
            if stands:
                steps.append(
                    Piece(now_html(step, own, outcome, tree, pen) + guard_note(step, stands, cases, tree), stands)
                )
        rows = joined(element("li", one.html, **cases.mark(one.stands)) for one in steps)
        title = element("h3", page_words("outcome.now"), cls="first")
        begin = title + element("ol", rows, cls="now-steps")
    else:
        first, demands = first_pieces(demands)
        begin = joined(element("div", one.html, cls="first-demand", **cases.mark(one.stands)) for one in first)
    left = [
        element("div", texts[id] + guard_note(whens[id], stands, cases, tree), **cases.mark(stands))
        for id, stands in letters.items()
        if stands
    ]
    return begin, demands, left


def first_pieces(pieces: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """In each case the first that stands there; then all the others."""
    first, later, taken = [], [], frozenset[int]()
    for one in pieces:
        if above := one.stands - taken:
            first.append(Piece(one.html, above))
        if below := one.stands & taken:
            later.append(Piece(one.html, below))
        taken |= one.stands
    return first, later


def now_html(item: CompiledNow, letter: Html, outcome: CompiledOutcome, tree: CompiledTree, pen: Pen) -> Html:
    """The step, its day (its rule, until the widget knows the day) and whom to turn to; then its letter."""
    facts = NOTHING
    if item.by:
        due = next(one for one in outcome.deadlines if one.id == item.by)
        day = element("span", data_by=item.by) + element(
            "span", pen.bare(deadline_rule(due, outcome, tree)), cls="rule"
        )
        facts += element("span", bold(page_words("outcome.by")) + pen.bare(due.label) + day)
    if item.to and not item.to.startswith("tree/"):
        title = pen.bare(next(one.title for one in outcome.channels if one.id == item.to))
        link = element("a", title, href=f"{pen.up}channels/{item.to}.html")
        facts += element("span", bold(page_words("outcome.to")) + link)
    do = element("p", bold(pen.bare(item.says)), cls="do")
    return do + (element("p", facts, cls="step") if facts else NOTHING) + source_line(item, pen) + letter


def deadlines_part(outcome: CompiledOutcome, tree: CompiledTree, cases: Cases, pen: Pen) -> Html:
    """A day that a step of now names is told there. Of the others those that a reader may have kept stand open, and in
    each case one at least is told or open; the rest is folded, and the script brings out what is near or past
    (web/outcome.js).
    """
    texts = pieces_of(outcome, cases, tree, "deadlines", lambda item: deadline_html(item, outcome, tree, pen))
    items = [item for index, item in enumerate(outcome.deadlines) if cases.cases_with("deadlines", index)]
    told = named_by_steps(outcome, cases)
    served = frozenset[int]().union(*told.values())
    near, far = [], []
    for item, one in zip(items, texts, strict=True):
        named = told.get(item.id, frozenset())
        open_in = one.stands - (named if item.met_by else served)
        served |= open_in
        near += [(item, Piece(one.html, open_in))] if open_in else []
        far += [(item, Piece(one.html, one.stands - open_in))] if one.stands - open_in else []
    return deadline_blocks(near, cases) + folded_deadlines(far, cases, told)


def folded_deadlines(
    blocks: list[tuple[CompiledDeadline, Piece]], cases: Cases, told: Mapping[str, frozenset[int]]
) -> Html:
    """Without a count: the script brings out what is near or past, unless a step tells it."""
    if not blocks:
        return NOTHING
    summary = element("summary", page_words("outcome.deadlines-folded"))
    rows = joined(
        deadline_block(item, one.html, cases.mark(one.stands) | comes_out(one, told.get(item.id, frozenset())))
        for item, one in blocks
    )
    return element(
        "details", summary + rows, cls="further days-ahead", **mark_of_all([one for _, one in blocks], cases)
    )


def comes_out(piece: Piece, told: frozenset[int]) -> dict[str, str]:
    return {} if piece.stands <= told else {"data_comes_out": ""}


def named_by_steps(outcome: CompiledOutcome, cases: Cases) -> dict[str, frozenset[int]]:
    """The cases in which a step of now names each deadline."""
    named: dict[str, frozenset[int]] = {}
    for index, step in enumerate(outcome.now):
        if step.by:
            named[step.by] = named.get(step.by, frozenset()) | cases.cases_with("now", index)
    return named


def deadline_blocks(blocks: list[tuple[CompiledDeadline, Piece]], cases: Cases) -> Html:
    return joined(deadline_block(item, one.html, cases.mark(one.stands)) for item, one in blocks)


def deadline_html(item: CompiledDeadline, outcome: CompiledOutcome, tree: CompiledTree, pen: Pen) -> Html:
    return (
        element("p", bold(pen.bare(item.label)), cls="label")
        + element("div", data_slot=True)
        + element("p", pen.bare(deadline_rule(item, outcome, tree)), cls="rule")
        + folded_basis(item, pen)
    )


def folded_basis(item: CompiledDeadline, pen: Pen) -> Html:
    """A row shows the day; what there is to say about it, and its articles, are one tap away."""
    if not item.says and not item.cite:
        return NOTHING
    summary = element("summary", page_words("outcome.basis"))
    return element("details", summary + pen.text(item.says) + source_line(item, pen), cls="basis")


def deadline_block(item: CompiledDeadline, content: Html, mark: dict[str, str]) -> Html:
    return element("div", content, cls="deadline", data_deadline=item.id, data_kind=item.kind, **mark)


def remedy_html(item: CompiledRemedy, pen: Pen) -> Html:
    return element("p", bold(pen.bare(item.says)), cls="do") + pen.text(item.how) + source_line(item, pen)


def amount_html(item: CompiledAmount, outcome: CompiledOutcome, tree: CompiledTree, pen: Pen) -> Html:
    """A row with the sum; how it comes about is one tap away. Where the widget knows the sum, its formula takes the
    rule's place.
    """
    label = element("span", pen.bare(item.label), cls="do") + element("span", cls="sum", data_slot="sum")
    how = (
        element("p", pen.bare(amount_rule(item, outcome, tree)), cls="rule")
        + element("p", cls="formula", data_slot="formula")
        + pen.text(item.says)
        + source_line(item, pen)
    )
    return element("details", element("summary", label) + how, cls="amount", data_amount=item.id)


def burden_html(item: CompiledBurden, pen: Pen) -> Html:
    return element("p", bold(page_words(f"outcome.burden-{item.on}")), cls="on") + statement_html(item, pen)


def evidence_html(item: CompiledUse, pen: Pen) -> Html:
    """What it proves is said where it says how to keep it."""
    title = pen.bare(item.title)
    box = element("label", void_element("input", type="checkbox", data_evidence=item.id) + element("span", title))
    of = element("span", page_html("outcome.evidence-of", title=title), cls="unseen")
    how = page_html("outcome.evidence-how") + of
    return box + element("a", how, href=f"{pen.up}evidence.html#{item.id}")


def evidence_part(pieces: list[Piece], cases: Cases) -> Html:
    if not pieces:
        return NOTHING
    title = element("h3", page_words("outcome.evidence"), **mark_of_all(pieces, cases))
    return title + begun_list(cases, pieces, OPEN_EVIDENCE, "outcome.evidence-later", "list checks", **UNSEARCHED)


def replies_part(pieces: list[Piece], cases: Cases) -> Html:
    if not pieces:
        return NOTHING
    title = element("h3", page_words("outcome.replies"), **mark_of_all(pieces, cases))
    return title + begun_list(cases, pieces, OPEN_REPLIES, "outcome.replies-later", "list replies")


def reply_html(item: CompiledReply, pen: Pen) -> Html:
    """Opened, it is ticked: the other side said so."""
    letter = NOTHING
    if item.letter:
        letter = element("p", bold(page_words("outcome.reply-letter")) + pen.line(item.letter), cls="in-letter")
    content = element("summary", pen.bare(item.says)) + pen.text(item.answer) + letter + source_line(item, pen)
    return element("details", content, cls="reply", data_reply=item.id)


def letter_html(item: CompiledLetter, tree: CompiledTree) -> Html:
    """With blanks where the widget fills in what the reader answered."""
    content = element("summary", item.title) + element("pre", blank_letter(item.text, tree))
    if item.chat:
        content += element("p", page_words("outcome.chat"), cls="label") + element(
            "pre", blank_letter(item.chat, tree), cls="chat"
        )
    return element("details", content, cls="letter", data_letter=item.id, **UNSEARCHED)


NEXT_REACH = 2
"""How many ways to reach the next channel stand open; all are on the page of the channels."""


def channel_ladder(steps: Callable[..., list[Piece]], outcome: CompiledOutcome, cases: Cases) -> Html:
    """In each case the first step is where the reader goes next, and how to reach it; the later ones are folded."""
    first, later = first_pieces(steps(comes_next=True))[0], first_pieces(steps(comes_next=False))[1]
    if not first:
        return NOTHING
    title = page_words("outcome.channels-without-basis" if outcome.standing == "none" else "outcome.channels")
    shown = ladder(first, cases, cls="now")
    return (
        element("h3", title) + shown + folded(page_words("outcome.channels-later"), later, ladder(later, cases), cases)
    )


def ladder(steps: list[Piece], cases: Cases, cls: str | None = None) -> Html:
    rows = joined(element("li", one.html, cls=cls, **cases.mark(one.stands)) for one in steps)
    return element("ol", rows, cls="ladder", **UNSEARCHED)


def also_pieces(outcome: CompiledOutcome, cases: Cases, tree: CompiledTree, pen: Pen) -> list[Piece]:
    """What is often true at the same time, as links to other trees; where a link arrives may depend on the case."""
    pieces = []
    for index, item in enumerate(outcome.also):
        for to, stands in arrivals(f"also.{index}", cases):
            words = bold(pen.bare(item.says)) + element("span", pen.bare(item.title))
            link = element("a", words, cls="choice", **handover_link(to))
            pieces.append(Piece(link + guard_note(item, cases.cases_with("also", index), cases, tree), stands))
    return pieces


def channel_pieces(
    outcome: CompiledOutcome, cases: Cases, tree: CompiledTree, pen: Pen, *, comes_next: bool
) -> list[Piece]:
    """The channels that stand in some case; where one is another tree, its link may depend on the case."""
    pieces = []
    for index, item in enumerate(outcome.channels):
        if not (stands := cases.cases_with("channels", index)):
            continue
        note = guard_note(item, stands, cases, tree)
        places: list[tuple[Arrival | None, frozenset[int]]] = [*arrivals(f"channels.{index}", cases)] or [
            (None, stands)
        ]
        pieces += [Piece(channel_step(item, to, tree, pen, comes_next=comes_next) + note, some) for to, some in places]
    return pieces


def arrivals(item: str, cases: Cases) -> list[tuple[Arrival, frozenset[int]]]:
    """Where an item leads on to another tree, with the cases in which it arrives there."""
    found: dict[str, list[int]] = {}
    for case, state in enumerate(cases.states, 1):
        if item in state.onward:
            found.setdefault(state.onward[item], []).append(case)
    return [(to, frozenset(stands)) for target, stands in found.items() if (to := arrival_of(target))]


def channel_step(item: CompiledChannel, to: Arrival | None, tree: CompiledTree, pen: Pen, *, comes_next: bool) -> Html:
    """A channel, or another tree as one; of what `comes_next` how to reach it, of the others what they are for."""
    if to:
        other = tree.others[to.tree]
        name, says = bold(pen.bare(other.title)), other.summary
        link = element("a", name, **handover_link(to))
    else:
        name, says = bold(pen.bare(item.title)), item.detail
        link = element("a", name, href=f"{pen.up}channels/{item.id}.html")
    if comes_next and item.reach:
        return link + reach_html(item.reach[:NEXT_REACH], pen, brief=True)
    return link + " " + element("span", pen.bare(says)) + reach_html(item.reach, pen)


def mistake_html(item: CompiledUse, pen: Pen) -> Html:
    return element("a", pen.bare(item.title), href=f"{pen.up}mistakes.html#{item.id}")
