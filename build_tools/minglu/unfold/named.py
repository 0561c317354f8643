"""Places → states with names that a link can hold, in topological order, with the exact number of questions left."""

from minglu.diagnostics import Span
from minglu.resolve.model import Question, Tree
from minglu.unfold.model import Edge, State, Stuck, Unfolded
from minglu.unfold.states import Found, Place, backwards


def named(tree: Tree, start: Place, found: dict[Place, Found], whens: dict[Span, frozenset[bool]]) -> Unfolded:
    """Same tree, same names: a name is the node, and the answers that tell its states apart where there are several."""
    order = list(reversed(backwards(start, found)))
    names = state_names(tree, order)
    left = questions_left(order, found)
    states = {}
    for place in order:
        known = tuple((id, in_order(tree.questions[id], values)) for id, values in place.known)
        edges = edges_of(tree.questions[place.node], found[place], names) if found[place].leads else ()
        states[names[place]] = State(names[place], place.node, known, edges, found[place].items, left[place])
    return Unfolded(tree, names[start], states, question_order(tree, start, found), whens)


def question_order(tree: Tree, start: Place, found: dict[Place, Found]) -> tuple[str, ...]:
    """Each question after all that lead to it, in any state (`verify/finite.py` tells of circles): depth-first
    postorder, reversed.
    """
    ahead: dict[str, dict[str, None]] = {}
    for place, at in found.items():
        ahead.setdefault(place.node, {}).update(
            dict.fromkeys(to.node for to in at.leads.values() if isinstance(to, Place))
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


def in_order(question: Question, values: frozenset[str]) -> tuple[str, ...]:
    return tuple(id for id in question.answer_ids() if id in values)


def state_names(tree: Tree, order: list[Place]) -> dict[Place, str]:
    by_node: dict[str, list[Place]] = {}
    for place in order:
        by_node.setdefault(place.node, []).append(place)
    names: dict[Place, str] = {}
    taken: set[str] = set()
    for node, places in by_node.items():
        telling = told_apart_by(places)
        for place in places:
            name = ".".join((node, *(answer_name(tree, id, values) for id, values in place.known if id in telling)))
            number = 2
            unique = (
                name if name != node or len(places) == 1 else f"{node}.rest"
            )  # the bare node is the outcome as a whole
            while unique in taken:
                unique, number = f"{name}.{number}", number + 1
            taken.add(unique)
            names[place] = unique
    return names


def told_apart_by(places: list[Place]) -> set[str]:
    """The questions whose known answers are not the same in all these states of one node."""
    known = [dict(place.known) for place in places]
    return {id for id in set().union(*known) if len({one.get(id) for one in known}) > 1}


def answer_name(tree: Tree, id: str, values: frozenset[str]) -> str:
    ids = in_order(tree.questions[id], values)
    return ids[0] if len(ids) == 1 else f"{ids[0]}_{ids[-1]}"


def edges_of(question: Question, found: Found, names: dict[Place, str]) -> tuple[Edge, ...]:
    """One edge an option; adjacent bands that go the same way are one edge."""
    edges: list[Edge] = []
    for answer in question.answers:
        to = found.leads[answer.id]
        target = names[to] if isinstance(to, Place) else to
        if edges and question.kind != "choice" and edges[-1].to == target and not isinstance(target, Stuck):
            edges[-1] = Edge((*edges[-1].answers, answer.id), target)
        else:
            edges.append(Edge((answer.id,), target))
    return tuple(edges)


def questions_left(order: list[Place], found: dict[Place, Found]) -> dict[Place, tuple[int, int]]:
    """Least and most questions still to answer, by dynamic programming from the ends; a circle counts as an end."""
    left: dict[Place, tuple[int, int]] = {}
    for place in reversed(order):
        ahead = [left.get(to, (0, 0)) if isinstance(to, Place) else (0, 0) for to in found[place].leads.values()]
        left[place] = (1 + min(least for least, _ in ahead), 1 + max(most for _, most in ahead)) if ahead else (0, 0)
    return left
