"""Hand-overs to other trees → links to the state there that the carried answers lead to."""

from collections.abc import Mapping
from dataclasses import replace

from minglu.resolve.model import Tree
from minglu.unfold.carrying import meanings, stands_for
from minglu.unfold.model import Edge, Handover, State, Unfolded
from minglu.unfold.states import RawHandover


def link_handovers(one: Unfolded, unfolded: Mapping[str, Unfolded]) -> Unfolded:
    """Without a script the answers carried are those that the other tree asks first, as far as a state here knows them;
    with one, all that were given, in whatever tree.
    """
    return replace(one, states={id: linked_state(state, one.tree, unfolded) for id, state in one.states.items()})


def linked_state(state: State, tree: Tree, unfolded: Mapping[str, Unfolded]) -> State:
    edges = tuple(
        replace(edge, to=arrival(edge.to, dict(edge.to.known), tree, unfolded))
        if isinstance(edge.to, RawHandover)
        else edge
        for edge in state.edges
    )
    known = {id: frozenset(answers) for id, answers in state.known}
    onward = {
        item: arrival(to, known, tree, unfolded) if isinstance(to, RawHandover) else to
        for item, to in state.onward.items()
    }
    return replace(state, edges=merge_same(edges, tree.questions[state.node].kind) if edges else (), onward=onward)


def arrival(
    across: RawHandover, known: Mapping[str, frozenset[str]], tree: Tree, unfolded: Mapping[str, Unfolded]
) -> Handover:
    """Follow the other tree from its start while the answers carried, or what the hand-over says, answer what it asks.

    `known` may hold several answers to a question: then all of them must lead the same way.
    """
    other = unfolded[across.tree]
    at, passed = other.start, set[str]()
    while at not in passed:  # the other tree may run in circles
        passed.add(at)
        answers = carried_answers(across, known, tree, other, question=other.states[at].node)
        edge = next((edge for edge in other.states[at].edges if answers and answers <= {*edge.answers}), None)
        if edge is None or not isinstance(edge.to, str):
            break
        at = edge.to
    return Handover(across.tree, at, across.carries)


def carried_answers(
    across: RawHandover, known: Mapping[str, frozenset[str]], tree: Tree, other: Unfolded, *, question: str
) -> frozenset[str]:
    """The answers to a question of the other tree of which the reader's is one; none where that is not known.

    What the reader has told comes first; what the hand-over says stands in where they were not asked.
    """
    if question not in other.tree.questions:
        return frozenset()
    asked = tree.questions.get(question)
    if asked and asked.shared and other.tree.questions[question].shared and question in known:
        taken_as = meanings(tree, other.tree, question)
        taken = [taken_as.get(answer, frozenset()) for answer in known[question]]
        return frozenset().union(*taken) if all(taken) else frozenset()
    said = dict(across.carries).get(question)
    return frozenset() if said is None else frozenset({stands_for(other.tree.questions[question], said)})


def merge_same(edges: tuple[Edge, ...], kind: str) -> tuple[Edge, ...]:
    """Bands that differed only in what a hand-over carries may be the same now."""
    done: list[Edge] = []
    for edge in edges:
        if done and kind != "choice" and isinstance(edge.to, Handover) and done[-1].to == edge.to:
            done[-1] = Edge((*done[-1].answers, *edge.answers), edge.to)
        else:
            done.append(edge)
    return tuple(done)
