"""A state that asks → its section: the question, its answers as links, and why it is asked."""

from minglu.engine.contract import Arrival, CompiledEdge, CompiledQuestion, CompiledState, CompiledTree, edges_of
from minglu.engine.dates import day_before_which
from minglu.engine.labels import UNSURE, answer_label, answers_label, left_label
from minglu.write.html import NOTHING, UNSEARCHED, Html, bold, element, joined, page_html, within_unsearched
from minglu.write.links import Pen
from minglu.write.words import page_words


def question_section(state: CompiledState, tree: CompiledTree, pen: Pen, *, unsure: str, found_by_search: bool) -> Html:
    """`unsure` is the id of the section that those who are unsure go to."""
    question = tree.questions[state.node]
    start = state.id == tree.start
    content = (
        known_line(state, tree, pen)
        + joined(warning_line(line, pen) for line in warnings_known(state, tree))
        + element("p", left_label(*state.left), cls="left", **UNSEARCHED)
        + question_heading(pen.bare(question.ask), state=state.id, found_by_search=found_by_search)
        + labelled_line(page_words("page.find"), pen.line(question.find), cls="find")
        + (element("p", range_words(question, tree, pen), cls="range") if question.kind == "date" else NOTHING)
        + (tick_list(state, tree, pen) if question.kind == "several" else answer_links(state, tree, pen, unsure=unsure))
        + labelled_line(page_words("question.why"), pen.line(question.why), cls="why")
        + (bring_line(tree, pen) if start and tree.bring else NOTHING)
        + (NOTHING if start else start_again(tree))
    )
    return element(
        "section",
        content if found_by_search else within_unsearched(content),
        cls="state question",
        id=state.id,
        data_state=True,
        data_node=state.node,
        data_start=start,
        **({} if found_by_search else UNSEARCHED),
    )


def known_line(state: CompiledState, tree: CompiledTree, pen: Pen, **attributes: str) -> Html:
    """What has been answered on the way here, for readers without the script, who see no road."""
    answers = joined((bold(pen.bare(text)) for text in known_labels(state, tree)), " · ")
    if not answers:
        return NOTHING
    return element("p", page_html("question.known", answers=answers), cls="known", **attributes, **UNSEARCHED)


def warnings_known(state: CompiledState, tree: CompiledTree) -> list[str]:
    """The lines that stand on every screen after some answers, where this state is only for who gave one of those."""
    lines: dict[str, None] = {}
    for question, answers in state.known.items():
        warned = tree.warnings.get(question, {})
        if all(answer in warned for answer in answers):
            lines |= dict.fromkeys(warned[answer] for answer in answers)
    return list(lines)


def warning_line(line: str, pen: Pen, **attributes: str) -> Html:
    return element("p", pen.bare(line), cls="danger warn", **attributes, **UNSEARCHED)


def known_labels(state: CompiledState, tree: CompiledTree) -> list[str]:
    """The earlier answers that matter at `state`, in words, as asked; without those that may be nearly anything."""
    labels = []
    for id, answers in state.known.items():
        question = tree.questions[id]
        ids = question.answer_ids()
        if len(answers) == len(ids):
            continue
        in_a_row = ids.index(answers[-1]) - ids.index(answers[0]) == len(answers) - 1
        if (question.kind != "choice" and in_a_row) or len(answers) <= 2:
            labels.append(answers_label(question, answers))
    return labels


def question_heading(content: Html, *, state: str, found_by_search: bool) -> Html:
    """The search lists sections by headings with an id; of the states of one node, the first stands for all."""
    return element("h2", content, id=f"{state}:" if found_by_search else None)


def labelled_line(label: str, text: Html, *, cls: str) -> Html:
    """Nothing without a text."""
    return element("p", bold(label) + text, cls=cls) if text else NOTHING


def bring_line(tree: CompiledTree, pen: Pen) -> Html:
    papers = pen.bare(page_words("page.listed").join(tree.bring))
    return element("p", bold(page_words("question.bring")) + papers, cls="find", **UNSEARCHED)


def range_words(question: CompiledQuestion, tree: CompiledTree, pen: Pen) -> Html:
    """What the ranges of a date question count: from that day to today, or to another answer; nothing where they lie
    before fixed days, or where there is but one.
    """
    first = question.answers[0].limit
    if first is None or day_before_which(first):
        return page_html("question.range-days" if first else "question.range-any")
    less = NOTHING
    if question.plus:
        less = page_html("question.range-less", ask=pen.bare(tree.questions[question.plus].ask))
    if question.until:
        return page_html("question.range-to-day", ask=pen.bare(tree.questions[question.until].ask), less=less)
    return page_html("question.range-to-today", less=less)


def answer_links(state: CompiledState, tree: CompiledTree, pen: Pen, *, unsure: str) -> Html:
    question = tree.questions[state.node]
    items = joined(element("li", answer_link(edge, tree, question, pen)) for edge in edges_of(tree, state))
    words = bold(page_words("question.unsure")) + element("span", page_words("question.unsure-leads"))
    link = element("a", words, cls="choice unsure", href=f"#{unsure}", data_question=question.id, data_answer="unsure")
    return element("ul", items + element("li", link, **UNSEARCHED), cls="choices", role="list")


def tick_list(state: CompiledState, tree: CompiledTree, pen: Pen) -> Html:
    """What can be ticked, and the one way on. The script makes boxes of it (web/tick-form.js); without it the items of
    the outcome say for which tick they are.
    """
    question = tree.questions[state.node]
    (edge,) = edges_of(tree, state)
    items = joined(
        element(
            "li",
            bold(pen.bare(tick.label)) + (element("span", pen.bare(tick.hint)) if tick.hint else NOTHING),
            data_tick=tick.id,
        )
        for tick in question.ticks
    )
    over = edge.to if isinstance(edge.to, Arrival) else None
    link = element(
        "a",
        bold(page_words("question.ticks-on")) + element("span", page_words("question.ticks-left-open")),
        cls="choice",
        href=f"{over.tree}.html#{over.state}" if over else f"#{edge.to}",
        data_question=question.id,
        data_answer=UNSURE,
        data_handover=over.tree if over else None,
    )
    return element("ul", items, cls="ticks", role="list") + element(
        "ul", element("li", link), cls="choices", role="list"
    )


def answer_link(edge: CompiledEdge, tree: CompiledTree, question: CompiledQuestion, pen: Pen) -> Html:
    hints = {answer.id: answer.hint for answer in question.answers}
    hint = hints[edge.answers[0]] if len(edge.answers) == 1 else ""
    link = handover_link(edge.to) if isinstance(edge.to, Arrival) else {"href": f"#{edge.to}"}
    return element(
        "a",
        bold(pen.bare(answer_label(question, edge.id))) + (element("span", pen.bare(hint)) if hint else NOTHING),
        cls="choice",
        href=link.pop("href"),
        data_question=question.id,
        data_answer=edge.id,
        **link,
    )


def handover_link(to: Arrival) -> dict[str, str]:
    """The attributes of a link to another tree: without a script it arrives at the state that is known to be right,
    with one it carries every answer, and what the hand-over itself says.
    """
    said = {"data_with": "&".join(f"{question}={answer}" for question, answer in to.carries)} if to.carries else {}
    return {"href": f"{to.tree}.html#{to.state}", "data_handover": to.tree, **said}


def start_again(tree: CompiledTree) -> Html:
    link = element("a", page_words("question.again"), href=f"#{tree.start}")
    return element("p", link, cls="again", **UNSEARCHED)
