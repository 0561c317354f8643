"""Hand-overs to other trees → links to the state there that the carried answers lead to."""

from dataclasses import replace

from build_tools.resolve.model import Question, Tree
from build_tools.unfold.model import Edge, Handover, Unfolded
from build_tools.unfold.states import Across


def linked(one: Unfolded, unfolded: dict[str, Unfolded]) -> Unfolded:
    """Without a script the answers carried are those that the other tree asks first; with one, all that both know."""
    states = {}
    for id, state in one.states.items():
        edges = tuple(replace(edge, to=arrival(edge.to, one, unfolded)) if isinstance(edge.to, Across) else edge for edge in state.edges)
        states[id] = replace(state, edges=merge_same(edges, one.tree.questions[state.node].kind) if edges else ())
    return replace(one, states=states)


def arrival(across: Across, one: Unfolded, unfolded: dict[str, Unfolded]) -> Handover:
    """Follow the other tree from its start while the answers carried answer what it asks."""
    other = unfolded[across.tree]
    known = dict(across.known)
    at, passed = other.start, set()
    while at not in passed:  # the other tree may run in circles
        passed.add(at)
        question = other.tree.questions.get(other.states[at].node)
        if question is None or not same_question(one.tree, other.tree, question.id) or len(known.get(question.id, ())) != 1:
            break
        edge = next((edge for edge in other.states[at].edges if known[question.id] <= {*edge.answers}), None)
        if edge is None or not isinstance(edge.to, str):
            break
        at = edge.to
    return Handover(across.tree, at)


def same_question(one: Tree, other: Tree, id: str) -> bool:
    """Both trees know it, with the same answers: options, or bands with the same limits that count to the same day. `other` asks it.

    What a tree has for itself, another may call by the same name: a band that is counted by it is not the same.
    """
    own, theirs = one.questions.get(id), other.questions[id]
    return own is not None and own.shared and theirs.shared and look(own) == look(theirs) and all(tree.questions[by].shared for tree in (one, other) for by in (own.until, own.plus) if by)


def look(question: Question) -> tuple:
    return question.kind, question.until, question.plus, tuple((answer.id, answer.limit) for answer in question.answers)


def merge_same(edges: tuple[Edge, ...], kind: str) -> tuple[Edge, ...]:
    """Bands that differed only in what a hand-over carries may be the same now."""
    done: list[Edge] = []
    for edge in edges:
        if done and kind != "choice" and isinstance(edge.to, Handover) and done[-1].to == edge.to:
            done[-1] = Edge((*done[-1].answers, *edge.answers), edge.to)
        else:
            done.append(edge)
    return tuple(done)
