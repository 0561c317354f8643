"""“Unsure” at a question → what all outcomes still possible from there share, what decides between them, and which they
are.
"""

from minglu.engine.contract import Arrival, CompiledState, CompiledTree, edges_of
from minglu.engine.labels import STANDINGS, standing_label
from minglu.engine.report import Shared, SharedDue, SharedStep
from minglu.engine.shared import End, shared_by
from minglu.write.html import (
    LINE_BREAK,
    NOTHING,
    UNSEARCHED,
    Html,
    bold,
    element,
    html_list,
    joined,
    page_html,
    within_unsearched,
)
from minglu.write.links import Pen
from minglu.write.question_section import known_line, start_again, warning_line, warnings_known
from minglu.write.words import page_words

EndsAhead = dict[str, dict[str | Arrival, None]]
"""State → the ends that can be reached from it: ids of outcome states, or hand-overs; in the tree's order."""

PossiblePlaces = tuple[tuple[str, str], ...]
"""What is still possible: an outcome with the address of its only possible state, or of the outcome as a whole where
several are; or `tree/<id>` with its state.
"""


def unsure_section(
    id: str, states: list[CompiledState], ends: PossiblePlaces, shared: Html, tree: CompiledTree, pen: Pen
) -> Html:
    """For all `states` of one question from which the same ends are possible; `shared` leads to what those share."""
    question, first = tree.questions[states[0].node], states[0]
    decides = bold(page_words("unsure.decides")) + pen.bare(question.ask)
    if question.find:
        decides += LINE_BREAK + bold(page_words("page.find")) + pen.line(question.find)
    if len(states) == 1:
        known = known_line(first, tree, pen)
        back = element("a", page_words("unsure.back"), href=f"#{first.id}")
    else:
        known, back = NOTHING, page_html("unsure.back-in-browser")
    content = (
        known
        + joined(warning_line(line, pen) for line in warnings_of_all(states, tree))
        + element("h2", page_words("unsure.title"))
        + shared
        + element("p", decides, cls="why")
        + possible_html(ends, tree, pen)
        + element("p", back, cls="back")
        + (NOTHING if first.id == tree.start else start_again(tree))
    )
    return element("section", within_unsearched(content), cls="state several", id=id, data_state=True, **UNSEARCHED)


def warnings_of_all(states: list[CompiledState], tree: CompiledTree) -> list[str]:
    """The lines that all these states know of."""
    lines, *others = (warnings_known(state, tree) for state in states)
    return [line for line in lines if all(line in other for other in others)]


def possible_places(tree: CompiledTree, ahead: EndsAhead, state: CompiledState) -> PossiblePlaces:
    """Each outcome once, in the tree's order, as a whole where several of its states are possible; then other trees."""
    ends: dict[str, str] = {}
    for end in ahead[state.id]:
        if isinstance(end, Arrival):
            id = f"tree/{end.tree}"
            # What decides where it arrives is not known where it may arrive at several places.
            ends[id] = end.state if ends.get(id, end.state) == end.state else tree.others[end.tree].start
        else:
            node = tree.states[end].node
            ends[node] = node if node in ends else end
    order = {id: number for number, id in enumerate(tree.outcomes)}
    return tuple(sorted(ends.items(), key=lambda end: order.get(end[0], len(order))))


def ends_ahead(tree: CompiledTree) -> EndsAhead:
    """By one pass from the ends backwards: states are in topological order."""
    ahead: EndsAhead = {}
    for state in reversed(list(tree.states.values())):
        ahead[state.id] = {} if state.to else {state.id: None}
        for edge in edges_of(tree, state):
            ahead[state.id] |= {edge.to: None} if isinstance(edge.to, Arrival) else ahead[edge.to]
    return ahead


def shared_ahead(tree: CompiledTree, states: list[CompiledState], ahead: EndsAhead, ends: dict[str, End]) -> Shared:
    """What everything shares that is possible from these states. `ends` are all outcome states, by id."""
    places = {place: None for state in states for place in ahead[state.id]}
    outcomes = [ends[place] for place in places if isinstance(place, str)]
    return shared_by(tree, outcomes, None, elsewhere=len(outcomes) < len(places))


def shared_link(id: str, shared: Shared) -> Html:
    """Where the script is, it puts what stands there in its place."""
    return element("a", bold(shared.title), cls="choice", href=f"#{id}")


def shared_section(id: str, content: Html) -> Html:
    """Once on a page, however many sections for the unsure it is for: in each of them it would be a tenth of the page's
    weight.
    """
    back = element("p", page_words("unsure.shared-back"), cls="back")
    return element("section", content + back, cls="state shared", id=id, **UNSEARCHED)


def shared_html(shared: Shared, pen: Pen) -> Html:
    """Nothing where there is nothing to do. The possible outcomes stand by their standing: no range is told here."""
    evidence = joined((evidence_link(one.id, one.title, pen) for one in shared.evidence), page_words("page.listed"))
    lines = [shared_step(one, pen) for one in shared.now]
    lines += [bold(page_words("unsure.evidence")) + evidence] if evidence else []
    lines += [bold(page_words("unsure.letter")) + pen.bare(shared.letter.title)] if shared.letter else []
    lines += [due_line(one, pen) for one in shared.due]
    return element("h2", shared.title) + html_list(lines, cls="list") if lines else NOTHING


def shared_step(step: SharedStep, pen: Pen) -> Html:
    source = element("small", step.source) if step.source else NOTHING
    return pen.bare(step.says) + source


def evidence_link(id: str, title: str, pen: Pen) -> Html:
    return element("a", pen.bare(title), href=f"{pen.up}evidence.html#{id}")


def due_line(due: SharedDue, pen: Pen) -> Html:
    rule = page_words("unsure.due-rule", label=due.deadline.label, rule=due.deadline.how)
    return bold(page_words("unsure.due")) + pen.bare(rule) + element("small", due.says)


def possible_html(ends: PossiblePlaces, tree: CompiledTree, pen: Pen) -> Html:
    """By standing, the strongest first."""
    parts = []
    if any(is_whole_outcome(node, tree, at=at) for node, at in ends):
        parts.append(element("p", page_words("unsure.rough"), cls="range"))
    for standing in STANDINGS:
        links = [
            outcome_link(node, tree, pen, at=at)
            for node, at in ends
            if node in tree.outcomes and tree.outcomes[node].standing == standing
        ]
        if links:
            title = element("h3", standing_label(standing), cls=f"standing {standing}")
            parts.append(title + html_list(links, cls="choices", role="list"))
    if links := [
        tree_link(node.removeprefix("tree/"), tree, pen, state=at) for node, at in ends if node.startswith("tree/")
    ]:
        parts.append(element("h3", page_words("unsure.onward")) + html_list(links, cls="choices", role="list"))
    return joined(parts)


def outcome_link(node: str, tree: CompiledTree, pen: Pen, *, at: str) -> Html:
    return element("a", bold(pen.bare(tree.outcomes[node].title)), cls="choice", href=f"#{at}")


def is_whole_outcome(node: str, tree: CompiledTree, *, at: str) -> bool:
    """Whether the link is to an outcome with all its cases."""
    return at == node and sum(state.node == node for state in tree.states.values()) > 1


def tree_link(id: str, tree: CompiledTree, pen: Pen, *, state: str) -> Html:
    title = tree.others[id].title
    href = f"{id}.html#{state}"
    return element("a", bold(pen.bare(title)), cls="choice", href=href, data_handover=id)
