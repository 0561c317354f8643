"""A state that asks → its section: the question, its answers as links, and why it is asked."""

from minglu.engine.contract import Arrival, CompiledEdge, CompiledQuestion, CompiledState, CompiledTree, edges_of
from minglu.engine.labels import answer_label, left_label
from minglu.write.answers import known_labels
from minglu.write.html import UNSEARCHED, Html, element
from minglu.write.links import Pen

EXACT = {"date": "选日期", "number": "填数字"}


def question_section(state: CompiledState, tree: CompiledTree, pen: Pen, *, unsure: str, found_by_search: bool) -> Html:
    """`unsure` is the id of the section that those who are unsure go to."""
    question = tree.questions[state.node]
    start = state.id == tree.start
    return element(
        "section",
        known_line(state, tree, pen)
        + question_heading(pen.bare(question.ask), state.id, found_by_search)
        + (element("p", f"<b>在哪里找：</b>{pen.line(question.find)}", cls="find") if question.find else "")
        + (element("p", range_words(question, tree), cls="range") if question.kind == "date" else "")
        + choices(state, tree, unsure, pen)
        + (element("p", f"<b>为什么问：</b>{pen.line(question.why)}", cls="why") if question.why else "")
        + (
            element("p", f"<b>手边准备：</b>{pen.bare('、'.join(tree.bring))}", cls="find", **UNSEARCHED)
            if start and tree.bring
            else ""
        )
        + element("p", left_label(*state.left), cls="left", **UNSEARCHED)
        + ("" if start else again(tree)),
        cls="state question",
        id=state.id,
        data_state=True,
        data_node=state.node,
        data_kind=question.kind,
        data_start=start,
        data_exact_label=EXACT.get(question.kind),
        data_unit=question.unit or None,
        data_shared=question.shared,
        **({} if found_by_search else UNSEARCHED),
    )


def known_line(state: CompiledState, tree: CompiledTree, pen: Pen, **attributes: str) -> Html:
    """What has been answered on the way here, for readers without the script, who see no road."""
    labels = known_labels(state, tree)
    stops = " · ".join(element("b", pen.bare(text)) for text in labels)
    return element("p", f"这一页说的情况：{stops}", cls="known", **attributes, **UNSEARCHED) if labels else ""


def question_heading(content: Html, state: str, found_by_search: bool) -> Html:
    """The search lists sections by headings with an id; of the states of one node, the first stands for all."""
    return element("h2", content, id=f"{state}:" if found_by_search else None)


def range_words(question: CompiledQuestion, tree: CompiledTree) -> str:
    """What the ranges of a date question count: from that day to today, or to another answer."""
    to = f"“{tree.questions[question.until].ask}”那天" if question.until else "今天"
    less = f"，减去“{tree.questions[question.plus].ask}”的天数" if question.plus else ""
    return f"选一个范围，从那天数到{to}{less}："


def choices(state: CompiledState, tree: CompiledTree, unsure: str, pen: Pen) -> Html:
    question = tree.questions[state.node]
    items = "".join(element("li", choice(edge, tree, question, pen)) for edge in edges_of(tree, state))
    words = element("b", "不确定") + element("span", "看看可能的结果")
    link = element("a", words, cls="choice unsure", href=f"#{unsure}", data_question=question.id, data_answer="unsure")
    return element("ul", items + element("li", link, **UNSEARCHED), cls="choices", role="list")


def choice(edge: CompiledEdge, tree: CompiledTree, question: CompiledQuestion, pen: Pen) -> Html:
    hints = {answer.id: answer.hint for answer in question.answers}
    hint = hints[edge.answers[0]] if len(edge.answers) == 1 else ""
    over = edge.to if isinstance(edge.to, Arrival) else None
    return element(
        "a",
        element("b", pen.bare(answer_label(question, edge.id))) + (element("span", pen.bare(hint)) if hint else ""),
        cls="choice",
        href=f"{over.tree}.html#{over.state}" if over else f"#{edge.to}",
        data_question=question.id,
        data_answer=edge.id,
        data_handover=over.tree if over else None,
        data_title=tree.others[over.tree].title if over else None,
    )


def again(tree: CompiledTree) -> Html:
    return element("p", element("a", "从头开始", href=f"#{tree.start}"), cls="again", **UNSEARCHED)
