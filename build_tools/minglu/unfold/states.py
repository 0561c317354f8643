"""Tree → its states, found from the start; then states that differ in nothing ahead are made one."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from minglu.resolve.model import Answer, Guard, Question, Tree
from minglu.unfold.matters import Ahead
from minglu.unfold.model import Stuck

MOST = 5000
"""States of one tree; its page would be too heavy for any phone long before."""

Known = tuple[tuple[str, frozenset[str]], ...]
"""question → the answers it may stand for: those that no guard ahead tells apart."""


class Place(NamedTuple):
    """A node and the earlier answers that matter there."""

    node: str
    known: Known
    told_apart: Known = ()  # of places made one: what the first of them knew, as `known` may now be the same for two


@dataclass(frozen=True)
class Across:
    """Over to another tree, with these answers."""

    tree: str
    known: Known


@dataclass
class Found:
    """What is at a place: where each answer leads, or which items an outcome shows."""

    leads: dict[str, "Place | Across | Stuck"]
    items: dict[str, tuple[int, ...]]


class Crowded(Exception):
    """There are more than `MOST` places; the message is the node that has the most of them."""


class AnswerClasses:
    """For each node and question, the answers that no guard at or after the node tells from one another; worked out
    where first asked for.
    """

    def __init__(self, tree: Tree, ahead: Ahead) -> None:
        self.tree, self.ahead = tree, ahead
        self.at_nodes: dict[str, dict[str, dict[str, frozenset[str]]]] = {}

    def at(self, node: str) -> dict[str, dict[str, frozenset[str]]]:
        """Question → answer → its class; questions in alphabetical order. `node` may be `tree/<id>`."""
        if node not in self.at_nodes:
            wanted = self.ahead[node]
            self.at_nodes[node] = {id: answer_classes(self.tree.questions[id], wanted[id]) for id in sorted(wanted)}
        return self.at_nodes[node]


def answer_classes(question: Question, tests: frozenset[frozenset[str]]) -> dict[str, frozenset[str]]:
    ids, ordered = question.answer_ids(), tuple(tests)
    alike: dict[tuple[bool, ...], list[str]] = {}
    for id in ids:
        alike.setdefault(tuple(id in test for test in ordered), []).append(id)
    return {id: same for members in alike.values() for same in [frozenset(members)] for id in members}


def explore(tree: Tree, ahead: Ahead) -> tuple[Place, dict[Place, Found]]:
    """Every place that can be reached, in the order in which a reader can first meet it. Raises Crowded."""
    start = Place(tree.start, ())
    found: dict[Place, Found] = {}
    todo, classes = [start], AnswerClasses(tree, ahead)
    for place in todo:
        if place in found:
            continue
        if len(found) == MOST:
            raise Crowded(Counter(place.node for place in todo).most_common(1)[0][0])
        if place.node in tree.outcomes:
            found[place] = Found({}, shown(tree, place))
            continue
        question = tree.questions[place.node]
        leads = {answer.id: lead(classes, place, answer) for answer in question.answers}
        found[place] = Found(leads, {})
        todo += [to for to in leads.values() if isinstance(to, Place)]
    return start, found


def lead(classes: AnswerClasses, place: Place, answer: Answer) -> Place | Across | Stuck:
    """Where an answer to the question at `place` leads."""
    known = dict(place.known)
    known[place.node] = frozenset({answer.id})
    open_ways = tuple(way for way in answer.ways if holds(way.guard, known))
    if len(open_ways) != 1:
        return Stuck(answer.id, open_ways)
    to = open_ways[0].to
    there = projected(known, classes.at(to))
    return Across(to.removeprefix("tree/"), there) if to.startswith("tree/") else Place(to, there)


def holds(guard: Guard, known: dict[str, frozenset[str]]) -> bool:
    """A test on a question that was not asked does not hold. Answers in one class agree on every test ahead."""
    for test in guard.tests:
        answers = known.get(test.question)
        if answers is None or not answers <= test.values:
            return False
    for inner in guard.nots:
        if holds(inner, known):
            return False
    return True


def projected(known: dict[str, frozenset[str]], wanted: dict[str, dict[str, frozenset[str]]]) -> Known:
    """Only what matters ahead, each answer widened to those that no test ahead tells from it."""
    return tuple([(id, alike[next(iter(known[id]))]) for id, alike in wanted.items() if id in known])


def shown(tree: Tree, place: Place) -> dict[str, tuple[int, ...]]:
    known = dict(place.known)
    groups = tree.outcomes[place.node].groups()
    return {
        name: tuple(index for index, item in enumerate(items) if holds(item.guard, known))
        for name, items in groups.items()
    }


def merged(start: Place, found: dict[Place, Found]) -> tuple[Place, dict[Place, Found]]:
    """Make places one that have the same node and lead to the same places, from the ends backwards.

    What is known at such a place is what all of them have in common. Places on a circle stay as they are;
    `verify/finite.py` tells of those.
    """
    same: dict[Place, Place] = {}
    seen: dict[tuple, Place] = {}
    for place in backwards(start, found):
        leads = {answer: same.get(to, to) for answer, to in found[place].leads.items()}
        look = (place.node, tuple(leads.items()), tuple(found[place].items.items()))
        same[place] = seen.setdefault(look, place)
        found[place].leads = leads
    together: dict[Place, list[Place]] = {}
    for place in found:
        together.setdefault(same.get(place, place), []).append(place)
    shared = {place: Place(place.node, common(places), place.known) for place, places in together.items()}

    def moved(to: Place | Across | Stuck) -> Place | Across | Stuck:
        return shared[same.get(to, to)] if isinstance(to, Place) else to

    return moved(start), {
        shared[place]: Found({answer: moved(to) for answer, to in found[place].leads.items()}, found[place].items)
        for place in together
    }


def common(places: list[Place]) -> Known:
    """For each question that all of them know: whatever any of them may stand for."""
    first, *rest = [dict(place.known) for place in places]
    return tuple(
        (id, values.union(*(other[id] for other in rest)))
        for id, values in first.items()
        if all(id in other for other in rest)
    )


def backwards(start: Place, found: dict[Place, Found]) -> list[Place]:
    """Depth-first postorder without recursion: whatever is ahead of a place comes before it (circles apart)."""
    order, seen, stack = [], {start}, [(start, iter(found[start].leads.values()))]
    while stack:
        place, ahead = stack[-1]
        for to in ahead:
            if isinstance(to, Place) and to not in seen:
                seen.add(to)
                stack.append((to, iter(found[to].leads.values())))
                break
        else:
            order.append(place)
            stack.pop()
    return order
