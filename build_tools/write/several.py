"""“Unsure” at a question → the outcomes still possible from there, and what decides between them."""

from build_tools.engine.labels import STANDINGS
from build_tools.unfold.model import Handover, State, Unfolded
from build_tools.write.html import Html, element, listed
from build_tools.write.links import Pen
from build_tools.write.question import again, known

Ahead = dict[str, dict[str | Handover, None]]
"""state → the ends that can be reached from it: ids of outcome states, or hand-overs; in the tree's order."""


def several_section(state: State, ahead: Ahead, one: Unfolded, pen: Pen) -> Html:
    question = one.tree.questions[state.node]
    ask, find = pen.bare(question.ask), pen.line(question.find)
    decides = f"<b>弄清这个，范围就会缩小：</b>{ask}" + (f"<br><b>在哪里找：</b>{find}" if find else "")
    return element(
        "section",
        known(state, one, pen)
        + element("h2", "不确定：可能的结果")
        + possible(ahead[state.id], one, pen)
        + element("p", decides, cls="why")
        + element("p", element("a", "回到这个问题", href=f"#{state.id}"), cls="back")
        + ("" if state.id == one.start else again(one)),
        cls="state several",
        id=f"{state.id}-unsure",
        data_state=True,
        data_of=state.id,
        data_search_exclude="true",
    )


def ends_ahead(one: Unfolded) -> Ahead:
    """By one pass from the ends backwards: states are in topological order."""
    ahead: Ahead = {}
    for state in reversed(one.states.values()):
        if not state.edges:
            ahead[state.id] = {state.id: None}
            continue
        ahead[state.id] = {}
        for edge in state.edges:
            ahead[state.id] |= {edge.to: None} if isinstance(edge.to, Handover) else ahead[edge.to]
    return ahead


def possible(ends: dict[str | Handover, None], one: Unfolded, pen: Pen) -> Html:
    """Each outcome once, by standing; a link to the first of its states that can be reached."""
    states: dict[str, list[str]] = {}
    trees: dict[str, str] = {}
    for end in ends:
        if isinstance(end, Handover):
            trees.setdefault(end.tree, end.state)
        else:
            states.setdefault(one.states[end].node, []).append(end)
    groups = []
    for standing, word in STANDINGS.items():
        links = [outcome_link(node, found, one, pen) for node, found in states.items() if one.tree.outcomes[node].standing == standing]
        if links:
            groups.append(element("h3", word, cls=f"standing {standing}") + listed(links, cls="choices", role="list"))
    if trees:
        links = [tree_link(tree, state, pen) for tree, state in trees.items()]
        groups.append(element("h3", "接着去") + listed(links, cls="choices", role="list"))
    return "".join(groups)


def outcome_link(node: str, states: list[str], one: Unfolded, pen: Pen) -> Html:
    note = element("span", "细节要看其余的回答") if len(states) > 1 else ""
    return element("a", element("b", pen.bare(one.tree.outcomes[node].title)) + note, cls="choice", href=f"#{states[0]}")


def tree_link(id: str, state: str, pen: Pen) -> Html:
    title = pen.site.project.trees[id].title
    return element("a", element("b", pen.bare(title)), cls="choice", href=f"{id}.html#{state}", data_handover=id, data_title=title)
