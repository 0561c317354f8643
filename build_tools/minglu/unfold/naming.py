"""Raw states → states with names that a link can hold, in topological order."""

from typing import cast

from minglu.diagnostics import Span
from minglu.resolve.model import Question, Tree
from minglu.unfold.model import Edge, Handover, State, Stuck, Unfolded
from minglu.unfold.states import RawContent, RawState, ends_first


def name_states(
    tree: Tree, start: RawState, found: dict[RawState, RawContent], whens: dict[Span, frozenset[bool]]
) -> Unfolded:
    """Same tree, same names: a name is the node, and the answers that distinguish its states where it has several."""
    order = list(reversed(ends_first(start, found)))
    names = state_names(tree, order)
    left = least_and_most_left(order, found)
    states: dict[str, State] = {}
    for state in order:
        known = tuple((id, answers_in_order(tree.questions[id], values)) for id, values in state.known)
        edges = named_edges(tree.questions[state.node], found[state], names) if found[state].leads else ()
        onward = cast(dict[str, Handover], found[state].onward)  # raw ones, too, until they are followed
        states[names[state]] = State(names[state], state.node, known, edges, found[state].items, left[state], onward)
    return Unfolded(tree, names[start], states, question_order(tree, start, found), whens)


def question_order(tree: Tree, start: RawState, found: dict[RawState, RawContent]) -> tuple[str, ...]:
    """Each question after all that lead to it, in any state (`verify/finite.py` reports circles): depth-first
    postorder, reversed.
    """
    ahead: dict[str, dict[str, None]] = {}
    for state, at in found.items():
        ahead.setdefault(state.node, {}).update(
            dict.fromkeys(to.node for to in at.leads.values() if isinstance(to, RawState))
        )
    order, seen, stack = [], {start.node}, [(start.node, iter(ahead[start.node]))]
    while stack:
        node, rest = stack[-1]
        for to in rest:
            if to not in seen:
                seen.add(to)
                stack.append((to, iter(ahead[to])))
                break
        else:
            order.append(node)
            stack.pop()
    return tuple(node for node in reversed(order) if node in tree.questions)


def answers_in_order(question: Question, values: frozenset[str]) -> tuple[str, ...]:
    return tuple(id for id in question.answer_ids() if id in values)


def state_names(tree: Tree, order: list[RawState]) -> dict[RawState, str]:
    by_node: dict[str, list[RawState]] = {}
    for state in order:
        by_node.setdefault(state.node, []).append(state)
    names: dict[RawState, str] = {}
    taken: set[str] = set()
    for node, states_of_node in by_node.items():
        telling = told_apart_by(states_of_node)
        for state in states_of_node:
            name = ".".join((node, *(answer_name(tree, id, values) for id, values in state.known if id in telling)))
            number = 2
            # The bare node is the outcome as a whole.
            unique = name if name != node or len(states_of_node) == 1 else f"{node}.rest"
            while unique in taken:
                unique, number = f"{name}.{number}", number + 1
            taken.add(unique)
            names[state] = unique
    return names


def told_apart_by(states: list[RawState]) -> set[str]:
    """The questions whose known answers are not the same in all these states of one node."""
    known = [dict(state.known) for state in states]
    return {id for id in set().union(*known) if len({one.get(id) for one in known}) > 1}


def answer_name(tree: Tree, id: str, values: frozenset[str]) -> str:
    ids = answers_in_order(tree.questions[id], values)
    return ids[0] if len(ids) == 1 else f"{ids[0]}_{ids[-1]}"


def named_edges(question: Question, found: RawContent, names: dict[RawState, str]) -> tuple[Edge, ...]:
    """One edge an option; adjacent bands that go the same way are one edge."""
    edges: list[Edge] = []
    for answer in question.answers:
        to = found.leads[answer.id]
        # A hand-over is a raw one until `link_handovers` follows it.
        target = names[to] if isinstance(to, RawState) else cast(Handover | Stuck, to)
        if edges and question.kind != "choice" and edges[-1].to == target and not isinstance(target, Stuck):
            edges[-1] = Edge((*edges[-1].answers, answer.id), target)
        else:
            edges.append(Edge((answer.id,), target))
    return tuple(edges)


def least_and_most_left(order: list[RawState], found: dict[RawState, RawContent]) -> dict[RawState, tuple[int, int]]:
    """Least and most questions still to answer, by dynamic programming from the ends; a circle counts as an end."""
    left: dict[RawState, tuple[int, int]] = {}
    for state in reversed(order):
        ahead = [left.get(to, (0, 0)) if isinstance(to, RawState) else (0, 0) for to in found[state].leads.values()]
        left[state] = (1 + min(least for least, _ in ahead), 1 + max(most for _, most in ahead)) if ahead else (0, 0)
    return left
