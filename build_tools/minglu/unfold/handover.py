"""Hand-overs to other trees → links to the state there that the carried answers lead to."""

from dataclasses import replace

from minglu.resolve.model import Tree
from minglu.unfold.model import Edge, Handover, Unfolded
from minglu.unfold.shared import same_question
from minglu.unfold.states import RawHandover


def link_handovers(one: Unfolded, unfolded: dict[str, Unfolded]) -> Unfolded:
    """Without a script the answers carried are those that the other tree asks first; with one, all that both know."""
    states = {}
    for id, state in one.states.items():
        edges = tuple(
            replace(edge, to=arrival(edge.to, one.tree, unfolded)) if isinstance(edge.to, RawHandover) else edge
            for edge in state.edges
        )
        states[id] = replace(state, edges=merge_same(edges, one.tree.questions[state.node].kind) if edges else ())
    return replace(one, states=states)


def arrival(across: RawHandover, tree: Tree, unfolded: dict[str, Unfolded]) -> Handover:
    """Follow the other tree from its start while the answers carried answer what it asks."""
    other = unfolded[across.tree]
    known = dict(across.known)
    at, passed = other.start, set()
    while at not in passed:  # the other tree may run in circles
        passed.add(at)
        question = other.tree.questions.get(other.states[at].node)
        if question is None or not same_question(tree, other.tree, question.id) or len(known.get(question.id, ())) != 1:
            break
        edge = next((edge for edge in other.states[at].edges if known[question.id] <= {*edge.answers}), None)
        if edge is None or not isinstance(edge.to, str):
            break
        at = edge.to
    return Handover(across.tree, at)


def merge_same(edges: tuple[Edge, ...], kind: str) -> tuple[Edge, ...]:
    """Bands that differed only in what a hand-over carries may be the same now."""
    done: list[Edge] = []
    for edge in edges:
        if done and kind != "choice" and isinstance(edge.to, Handover) and done[-1].to == edge.to:
            done[-1] = Edge((*done[-1].answers, *edge.answers), edge.to)
        else:
            done.append(edge)
    return tuple(done)
