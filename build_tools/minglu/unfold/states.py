"""Tree → its states, found from the start; then states that differ in nothing ahead are merged."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from minglu.resolve.model import Also, Answer, Carried, Guard, Question, Tree
from minglu.unfold.liveness import LiveAnswers, onward_items
from minglu.unfold.model import Stuck

MOST = 5000
"""States of one tree; its page would be too heavy for any phone long before."""

Known = tuple[tuple[str, frozenset[str]], ...]
"""question → the answers it may stand for: those that no guard ahead distinguishes."""


class RawState(NamedTuple):
    """A node and the earlier answers that matter there: a state that has no name yet.

    `first_knew` is of merged states: what the first of them knew, as `known` may now be the same for two.
    """

    node: str
    known: Known
    first_knew: Known = ()


@dataclass(frozen=True)
class RawHandover:
    """Over to another tree, with these answers; `carries` is what the hand-over itself says there."""

    tree: str
    known: Known
    carries: tuple[tuple[str, str], ...] = ()


Target = RawState | RawHandover | Stuck


@dataclass(frozen=True)
class RawContent:
    """Where each answer at a state leads, or which items an outcome shows there and where those lead `onward`."""

    leads: dict[str, Target]
    items: dict[str, tuple[int, ...]]
    onward: dict[str, RawHandover] = field(default_factory=dict)


class Crowded(Exception):
    """There are more than `MOST` states; the message is the node that has the most of them."""


class AnswerClasses:
    """For each node and question, the answers that no guard at or after the node distinguishes; worked out
    where first asked for.
    """

    def __init__(self, tree: Tree, ahead: LiveAnswers) -> None:
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


def explore(tree: Tree, ahead: LiveAnswers) -> tuple[RawState, dict[RawState, RawContent]]:
    """Every state that can be reached, in the order in which a reader can first meet it. Raises Crowded."""
    start = RawState(tree.start, ())
    found: dict[RawState, RawContent] = {}
    todo, classes = [start], AnswerClasses(tree, ahead)
    for state in todo:
        if state in found:
            continue
        if len(found) == MOST:
            raise Crowded(Counter(state.node for state in todo).most_common(1)[0][0])
        if state.node in tree.outcomes:
            items = shown_indexes(tree, state)
            found[state] = RawContent({}, items, shown_onward(tree, state, items))
            continue
        question = tree.questions[state.node]
        leads = {answer.id: raw_lead(classes, state, answer) for answer in question.answers}
        found[state] = RawContent(leads, {})
        todo += [to for to in leads.values() if isinstance(to, RawState)]
    return start, found


def raw_lead(classes: AnswerClasses, state: RawState, answer: Answer) -> Target:
    """Where an answer to the question at a state leads."""
    known = dict(state.known)
    known[state.node] = frozenset({answer.id})
    open_ways = tuple(way for way in answer.ways if guard_holds(way.guard, known))
    if len(open_ways) != 1:
        return Stuck(answer.id, open_ways)
    to = open_ways[0].to
    there = projected(known, classes.at(to))
    if not to.startswith("tree/"):
        return RawState(to, there)
    return RawHandover(to.removeprefix("tree/"), there, said_there(open_ways[0].carries))


def said_there(carries: tuple[Carried, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((one.question, one.answer) for one in carries)


def guard_holds(guard: Guard, known: dict[str, frozenset[str]]) -> bool:
    """A test on a question that was not asked does not hold. Answers in one class agree on every test ahead. Ticks are
    not looked at.
    """
    for test in guard.tests:
        answers = known.get(test.question)
        if answers is None or not answers <= test.values:
            return False
    if any(guard_holds(inner, known) for inner in guard.nots):
        return False
    return all(any(guard_holds(one, known) for one in alternatives) for alternatives in guard.anys)


def projected(known: dict[str, frozenset[str]], wanted: dict[str, dict[str, frozenset[str]]]) -> Known:
    """Only what matters ahead, each answer widened to those that no test ahead distinguishes from it."""
    return tuple([(id, alike[next(iter(known[id]))]) for id, alike in wanted.items() if id in known])


def shown_indexes(tree: Tree, state: RawState) -> dict[str, tuple[int, ...]]:
    known = dict(state.known)
    groups = tree.outcomes[state.node].groups()
    return {
        name: tuple(index for index, item in enumerate(items) if guard_holds(item.guard, known))
        for name, items in groups.items()
    }


def shown_onward(tree: Tree, state: RawState, items: dict[str, tuple[int, ...]]) -> dict[str, RawHandover]:
    """What leads on to other trees from an outcome as it is shown here, by `also.0` or `channels.2`. Of what is known,
    only what the `also` speaks of keeps states apart.
    """
    onward = {}
    for id, to, item in onward_items(tree.outcomes[state.node]):
        name, _, index = id.partition(".")
        if int(index) in items[name]:
            carries = said_there(item.carries) if isinstance(item, Also) else ()
            asked = {question for question, _ in carries}
            known = tuple((question, answers) for question, answers in state.known if question in asked)
            onward[id] = RawHandover(to.removeprefix("tree/"), known, carries)
    return onward


def merge_states(start: RawState, found: dict[RawState, RawContent]) -> tuple[RawState, dict[RawState, RawContent]]:
    """Make states one that have the same node and lead to the same states, from the ends backwards.

    What is known at such a state is what all of them have in common. States on a circle stay as they are;
    `verify/finite.py` reports those.
    """
    first_alike: dict[RawState, RawState] = {}
    seen: dict[tuple[object, ...], RawState] = {}
    content: dict[RawState, RawContent] = dict(found)

    def merged(to: Target) -> Target:
        return first_alike.get(to, to) if isinstance(to, RawState) else to

    for state in ends_first(start, found):
        leads = {answer: merged(to) for answer, to in found[state].leads.items()}
        shown = found[state]
        look = (state.node, tuple(leads.items()), tuple(shown.items.items()), tuple(shown.onward.items()))
        first_alike[state] = seen.setdefault(look, state)
        content[state] = RawContent(leads, shown.items, shown.onward)
    groups: dict[RawState, list[RawState]] = {}
    for state in found:
        groups.setdefault(first_alike.get(state, state), []).append(state)
    renamed = {first: RawState(first.node, known_in_common(group), first.known) for first, group in groups.items()}

    def moved(to: Target) -> Target:
        return renamed[first_alike.get(to, to)] if isinstance(to, RawState) else to

    return renamed[first_alike.get(start, start)], {
        renamed[first]: RawContent(
            {answer: moved(to) for answer, to in content[first].leads.items()}, found[first].items, found[first].onward
        )
        for first in groups
    }


def known_in_common(states: list[RawState]) -> Known:
    """For each question that all of them know: whatever any of them may stand for."""
    first, *rest = [dict(state.known) for state in states]
    return tuple(
        (id, values.union(*(other[id] for other in rest)))
        for id, values in first.items()
        if all(id in other for other in rest)
    )


def ends_first(start: RawState, found: dict[RawState, RawContent]) -> list[RawState]:
    """Depth-first postorder without recursion: whatever is ahead of a state comes before it (circles apart)."""
    order, seen, stack = [], {start}, [(start, iter(found[start].leads.values()))]
    while stack:
        state, ahead = stack[-1]
        for to in ahead:
            if isinstance(to, RawState) and to not in seen:
                seen.add(to)
                stack.append((to, iter(found[to].leads.values())))
                break
        else:
            order.append(state)
            stack.pop()
    return order
