"""“Unsure” at a question → the outcomes still possible from there, and what decides between them."""

from minglu.engine.contract import Arrival, CompiledState, CompiledTree, edges_of
from minglu.engine.labels import STANDINGS, standing_label
from minglu.write.html import UNSEARCHED, Html, element, listed
from minglu.write.links import Pen
from minglu.write.question_section import again, known_line

EndsAhead = dict[str, dict[str | Arrival, None]]
"""state → the ends that can be reached from it: ids of outcome states, or hand-overs; in the tree's order."""


PossiblePlaces = tuple[tuple[str, str], ...]
"""What is still possible: (outcome, the address of its only possible state, or of the outcome as a whole), (`tree/<id>`, its state)."""


def several_section(id: str, states: list[CompiledState], ends: PossiblePlaces, tree: CompiledTree, pen: Pen) -> Html:
    """For all `states` of one question from which the same ends are possible."""
    question = tree.questions[states[0].node]
    ask, find = pen.bare(question.ask), pen.line(question.find)
    decides = f"<b>弄清这个，范围就会缩小：</b>{ask}" + (f"<br><b>在哪里找：</b>{find}" if find else "")
    back = (
        element("a", "回到这个问题", href=f"#{states[0].id}")
        if len(states) == 1
        else "要回到这个问题，按浏览器的返回。"
    )
    return element(
        "section",
        (known_line(states[0], tree, pen) if len(states) == 1 else "")
        + element("h2", "不确定：可能的结果")
        + element("p", decides, cls="why")
        + possible(ends, tree, pen)
        + element("p", back, cls="back")
        + ("" if states[0].id == tree.start else again(tree)),
        cls="state several",
        id=id,
        data_state=True,
        **UNSEARCHED,
    )


def still_possible(tree: CompiledTree, ahead: EndsAhead, state: CompiledState) -> PossiblePlaces:
    """Each outcome once, in the tree's order; where several of its states are possible, as a whole."""
    ends: dict[str, str] = {}
    for end in ahead[state.id]:
        if isinstance(end, Arrival):
            ends.setdefault(f"tree/{end.tree}", end.state)
        else:
            node = tree.states[end].node
            ends[node] = node if node in ends else end
    return tuple(
        sorted(
            ends.items(),
            key=lambda end: list(tree.outcomes).index(end[0]) if end[0] in tree.outcomes else len(tree.outcomes),
        )
    )


def ends_ahead(tree: CompiledTree) -> EndsAhead:
    """By one pass from the ends backwards: states are in topological order."""
    ahead: EndsAhead = {}
    for state in reversed(tree.states.values()):
        if not state.to:
            ahead[state.id] = {state.id: None}
            continue
        ahead[state.id] = {}
        for edge in edges_of(tree, state):
            ahead[state.id] |= {edge.to: None} if isinstance(edge.to, Arrival) else ahead[edge.to]
    return ahead


def possible(ends: PossiblePlaces, tree: CompiledTree, pen: Pen) -> Html:
    """By standing, the strongest first."""
    groups = (
        [element("p", "细节还要看其余的回答，先点开看个大概：", cls="range")]
        if any(is_whole_outcome(node, at, tree) for node, at in ends)
        else []
    )
    for standing in STANDINGS:
        links = [
            outcome_link(node, at, tree, pen)
            for node, at in ends
            if node in tree.outcomes and tree.outcomes[node].standing == standing
        ]
        if links:
            groups.append(
                element("h3", standing_label(standing), cls=f"standing {standing}")
                + listed(links, cls="choices", role="list")
            )
    if links := [tree_link(node.removeprefix("tree/"), at, tree, pen) for node, at in ends if node.startswith("tree/")]:
        groups.append(element("h3", "接着去") + listed(links, cls="choices", role="list"))
    return "".join(groups)


def outcome_link(node: str, at: str, tree: CompiledTree, pen: Pen) -> Html:
    return element("a", element("b", pen.bare(tree.outcomes[node].title)), cls="choice", href=f"#{at}")


def is_whole_outcome(node: str, at: str, tree: CompiledTree) -> bool:
    """Whether the link is to an outcome with all its cases."""
    return at == node and sum(state.node == node for state in tree.states.values()) > 1


def tree_link(id: str, state: str, tree: CompiledTree, pen: Pen) -> Html:
    title = tree.others[id].title
    return element(
        "a", element("b", pen.bare(title)), cls="choice", href=f"{id}.html#{state}", data_handover=id, data_title=title
    )
