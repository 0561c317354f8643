"""Who is handed over to another tree gets on there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minglu.diagnostics import Diagnostic, Words
from minglu.resolve.model import Tree, Way
from minglu.unfold.model import Edge, Handover, Unfolded
from minglu.unfold.shared import same_question
from minglu.verify.story import edge_label
from minglu.verify.subject import Subject

PROVES = "转到别的情形的读者，在那里也走得到结论，不会只被转回来"

TreeState = tuple[str, str]
"""A tree and its state."""

SharedAnswers = dict[str, frozenset[str]]
"""Shared question → the answers of which a reader's is one, in whatever tree they may be offered."""


@dataclass(frozen=True)
class TakenEdge:
    """An edge taken at a state of a tree."""

    tree: str
    state: str
    edge: Edge


def check(subject: Subject) -> Iterator[Diagnostic]:
    yield from circles(subject.compiled.unfolded)
    yield from missing_options(subject.compiled.unfolded)


def circles(unfolded: dict[str, Unfolded]) -> Iterator[Diagnostic]:
    """A circle that shares a hand-over with one that was reported is not reported as well."""
    reported: set[Way] = set()
    for steps in shortest_rounds(unfolded):
        ways = [way_of(unfolded, step) for step in steps if isinstance(step.edge.to, Handover)]
        if not reported.isdisjoint(ways):
            continue
        reported |= {*ways}
        home, *others = [way.to.removeprefix("tree/") for way in (ways[-1], *ways[:-1])]
        reader = handover_story(unfolded, steps, home)
        yield Diagnostic(
            "across",
            ways[-1].at,
            Words(
                f"从这里转回 `{home}`，这样的读者怎么答也走不到结论",
                f"this leads back to the tree `{home}`, and such readers come to no outcome whatever they answer",
            ),
            Words(f"{reader.zh}；让其中一处走向结论", f"{reader.en}; let one of these ways lead to an outcome"),
            tuple(
                (way.at, Words(f"先从这里转到 `{other}`", f"before, this leads to the tree `{other}`"))
                for way, other in zip(ways[:-1], others, strict=True)
            ),
        )


def shortest_rounds(unfolded: dict[str, Unfolded]) -> list[tuple[TakenEdge, ...]]:
    """From each tree to each other the shortest ways round, back to the first, of readers who never come to an
    outcome; the shortest first.
    """
    found = []
    sure = {id: surely_ends(one) for id, one in unfolded.items()}
    for home, one in unfolded.items():
        for other in handed_to(one):
            for given in trapped(unfolded, sure, home=home, start=other):
                there = shortest_way(unfolded, given, start=home, goal=other, within=[home])
                back: tuple[TakenEdge, ...] | None = ()
                if other != home:
                    back = shortest_way(unfolded, given, start=other, goal=home, within=[*unfolded])
                if there is not None and back is not None:
                    found.append((*there, *back))
    return sorted(found, key=len)


def missing_options(unfolded: dict[str, Unfolded]) -> Iterator[Diagnostic]:
    """One finding an option of one tree that another does not offer to a reader who chose it and is asked again."""
    for home, one in unfolded.items():
        for other in handed_to(one):
            for id, asked in unfolded[other].tree.questions.items():
                own = one.tree.questions.get(id)
                if other == home or own is None or not (own.shared and asked.shared and own.kind == "choice"):
                    continue
                for answer in own.answers:
                    if answer.id not in asked.answer_ids() and (
                        steps := asked_again(unfolded, home=home, other=other, question=id, answer=answer.id)
                    ):
                        reader = handover_story(unfolded, steps, other)
                        way = next(way_of(unfolded, step) for step in steps if isinstance(step.edge.to, Handover))
                        yield Diagnostic(
                            "across",
                            asked.at,
                            Words(
                                f"从 `{home}` 转来的读者，在 `{id}` 里找不到原来选的 `{answer.id}`",
                                f"readers handed over from `{home}` do not find the `{answer.id}` "
                                f"that they chose in `{id}`",
                            ),
                            Words(
                                f"{reader.zh}；加上这个选项，或者不让他转来",
                                f"{reader.en}; add the option, or do not hand them over",
                            ),
                            (
                                (answer.at, Words("原来在这里选的", "they chose it here")),
                                (way.at, Words("从这里转来", "this hands them over")),
                            ),
                        )


def handed_to(one: Unfolded) -> list[str]:
    return list(
        dict.fromkeys(
            edge.to.tree for state in one.states.values() for edge in state.edges if isinstance(edge.to, Handover)
        )
    )


def trapped(
    unfolded: dict[str, Unfolded], sure: dict[str, set[str]], *, home: str, start: str
) -> Iterator[SharedAnswers]:
    """The answers with which nobody who is handed over to `start` comes to an outcome without coming to `home` again.

    Answers are distinguished only where they lead to different states, and only until an outcome is met.
    """
    todo = [any_answer(unfolded)]
    while todo:
        given = todo.pop()
        parts = deciding_question(unfolded, sure, given, home=home, start=start)
        if parts == {}:
            yield given
        for key, answers in (parts or {}).items():
            todo += [given | {key: part} for part in answers]


def any_answer(unfolded: dict[str, Unfolded]) -> SharedAnswers:
    """The shared questions to which one reader gives one answer in all trees: not those of days and numbers that are
    divided or counted in two ways.
    """
    asked: dict[str, list[Tree]] = {}
    for one in unfolded.values():
        for id in (id for id, question in one.tree.questions.items() if question.shared):
            asked.setdefault(id, []).append(one.tree)
    alike = {
        id: all(tree.questions[id].kind == "choice" or same_question(trees[0], tree, id) for tree in trees)
        for id, trees in asked.items()
    }
    return {
        id: frozenset(answer for tree in trees for answer in tree.questions[id].answer_ids())
        for id, trees in asked.items()
        if alike[id]
    }


def deciding_question(
    unfolded: dict[str, Unfolded], sure: dict[str, set[str]], given: SharedAnswers, *, home: str, start: str
) -> dict[str, list[frozenset[str]]] | None:
    """None where an outcome is met; else a shared question whose answer decides, with its answers in parts, or {}
    where none does.
    """
    seen = {} if start == home else {(start, unfolded[start].start): None}
    decides: dict[str, list[frozenset[str]]] = {}
    for tree, id in (todo := [*seen]):
        if id in sure[tree]:
            return None
        one = unfolded[tree]
        parts = leads(one, id, given)
        edges = [edge for _, same in parts for edge in same]
        if len(parts) > 1 and len({edge.to for edge in edges}) > 1:
            decides = decides or {one.states[id].node: [answers for answers, _ in parts]}
            continue
        new = [place for edge in edges if (place := state_after(unfolded, tree, edge)) not in seen and place[0] != home]
        seen |= dict.fromkeys(new)
        todo += dict.fromkeys(new)
    return decides


def surely_ends(one: Unfolded) -> set[str]:
    """The states from where an outcome of this tree is reached whatever a reader's shared answers are; states come in
    topological order.
    """
    sure: set[str] = set()
    for state in reversed(one.states.values()):
        ends = [isinstance(edge.to, str) and edge.to in sure for edge in state.edges]
        if not ends or (all(ends) if one.tree.questions[state.node].shared else any(ends)):
            sure.add(state.id)
    return sure


def leads(one: Unfolded, id: str, given: SharedAnswers) -> list[tuple[frozenset[str], list[Edge]]]:
    """The edges that a reader may take at a question, by the answers with which they take them. A reader whose answer
    is not offered here may take any edge.
    """
    question, edges = one.tree.questions.get(one.states[id].node), [*one.states[id].edges]
    if question is None:
        return []
    offered = frozenset(question.answer_ids())
    if not question.shared or question.id not in given:
        return [(offered, edges)]
    open_to = given[question.id]
    parts: dict[object, list[Edge]] = {}
    for edge in edges:
        if open_to & {*edge.answers}:
            parts.setdefault(edge.to, []).append(edge)
    found = [(open_to & {answer for edge in same for answer in edge.answers}, same) for same in parts.values()]
    return found + [(open_to - offered, edges)] * bool(open_to - offered)


def state_after(unfolded: dict[str, Unfolded], tree: str, edge: Edge) -> TreeState:
    """After a hand-over the reader begins at the other tree's start: what they answered already they answer the same
    way again.
    """
    if isinstance(edge.to, Handover):
        return edge.to.tree, unfolded[edge.to.tree].start
    return tree, state_of(edge)


def state_of(edge: Edge) -> str:
    """The state that an edge within a tree leads to; no reader is stuck where this check looks."""
    assert isinstance(edge.to, str)
    return edge.to


def shortest_way(
    unfolded: dict[str, Unfolded], given: SharedAnswers, *, start: str, goal: str, within: Iterable[str]
) -> tuple[TakenEdge, ...] | None:
    """The fewest answers from the beginning of one tree to a hand-over to another, by trees of `within`."""
    first = (start, unfolded[start].start)
    came: dict[TreeState, tuple[TakenEdge, ...]] = {first: ()}
    for place in (queue := [first]):
        for edge in (edge for _, edges in leads(unfolded[place[0]], place[1], given) for edge in edges):
            steps = (*came[place], TakenEdge(*place, edge))
            if isinstance(edge.to, Handover) and edge.to.tree == goal:
                return steps
            to = state_after(unfolded, place[0], edge)
            if to not in came and to[0] in within:
                came[to] = steps
                queue.append(to)
    return None


def asked_again(
    unfolded: dict[str, Unfolded], *, home: str, other: str, question: str, answer: str
) -> tuple[TakenEdge, ...] | None:
    """The fewest answers by which a reader, who chose this one at `home`, is handed over and then asked the question
    once more.
    """
    both = {
        id: answers
        for id, answers in any_answer(unfolded).items()
        if id in unfolded[home].tree.questions and id in unfolded[other].tree.questions
    }
    queue: list[tuple[TreeState, bool, SharedAnswers, tuple[TakenEdge, ...]]] = [
        ((home, unfolded[home].start), False, both | {question: frozenset({answer})}, ())
    ]
    seen = set()
    for place, chosen, given, steps in queue:
        one = unfolded[place[0]]
        asked = one.tree.questions.get(one.states[place[1]].node)
        if asked is None or (here := (place, chosen, frozenset(given.items()))) in seen:
            continue
        seen.add(here)
        if place[0] == other and asked.id == question:
            return steps
        had = chosen or asked.id == question
        for answers, edges in leads(one, place[1], given):
            for edge in edges:
                crosses = isinstance(edge.to, Handover) and edge.to.tree == other and place[0] == home and had
                if isinstance(edge.to, str) or crosses:
                    known = (
                        given | {asked.id: answers & {*edge.answers} or answers}
                        if asked.shared and asked.id in both
                        else given
                    )
                    queue.append((state_after(unfolded, place[0], edge), had, known, (*steps, TakenEdge(*place, edge))))
    return None


def way_of(unfolded: dict[str, Unfolded], step: TakenEdge) -> Way:
    """The `goto` of an edge that is a hand-over."""
    one, to = unfolded[step.tree], step.edge.to
    target = f"tree/{to.tree}" if isinstance(to, Handover) else ""
    answers = one.tree.questions[one.states[step.state].node].answers
    ways = (way for answer in answers if answer.id in step.edge.answers for way in answer.ways)
    return next(way for way in ways if way.to == target)


def handover_story(unfolded: dict[str, Unfolded], steps: Iterable[TakenEdge], last: str) -> Words:
    """“一位读者：茶叶问题（凉了 → 不要）→ 水壶退货（坏了）→ 茶叶问题”, without what they answered before."""
    parts: list[tuple[str, list[str]]] = []
    answered: dict[str, Tree] = {}
    for step in steps:
        one = unfolded[step.tree]
        question = one.tree.questions[one.states[step.state].node]
        if not parts or step.state == one.start:
            parts.append((one.tree.title, []))
        if question.id not in answered or not same_question(answered[question.id], one.tree, question.id):
            parts[-1][1].append(edge_label(question, step.edge.id))
            answered[question.id] = one.tree
    parts.append((unfolded[last].tree.title, []))
    zh = " → ".join(title + (f"（{' → '.join(labels)}）" if labels else "") for title, labels in parts)
    en = " → ".join(title + (f" ({' → '.join(labels)})" if labels else "") for title, labels in parts)
    return Words(f"一位读者：{zh}", f"a reader: {en}")
