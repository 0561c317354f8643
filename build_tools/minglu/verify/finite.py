"""Every path ends."""

from collections.abc import Iterator

from minglu.diagnostics import Diagnostic, Words
from minglu.unfold.model import Edge, State
from minglu.verify.story import story
from minglu.verify.subject import Subject

PROVES = "每条路都走得完，不会绕回前面的问题"


def check(subject: Subject) -> Iterator[Diagnostic]:
    one = subject.one
    steps: dict[str, dict[str, tuple[State, Edge]]] = {state.node: {} for state in one.states.values()}
    for state in one.states.values():
        for edge in state.edges:
            if isinstance(edge.to, str):
                steps[state.node].setdefault(one.states[edge.to].node, (state, edge))
    for node, to in closing(steps, one.states[one.start].node):
        state, edge = steps[node][to]
        way = next(
            way
            for answer in one.tree.questions[node].answers
            if answer.id in edge.answers
            for way in answer.ways
            if way.to == to
        )
        reader = story(one, state.id, edge.id)
        yield Diagnostic(
            "finite",
            way.at,
            Words(f"从这里走回了前面的问题 `{to}`", f"this leads back to the question `{to}`, which comes earlier"),
            Words(f"{reader.zh}；让这条路走向后面的节点", f"{reader.en}; let this way lead to a node further on"),
            ((one.tree.questions[to].at, Words("回到这里", "back to here")),),
        )


def closing(steps: dict[str, dict], start: str) -> Iterator[tuple[str, str]]:
    """Steps to a node on the way that led here (depth-first, without recursion)."""
    done, on_path, stack = set(), [start], [iter(steps[start])]
    while stack:
        for to in stack[-1]:
            if to in on_path:
                yield on_path[-1], to
            elif to not in done:
                on_path.append(to)
                stack.append(iter(steps[to]))
                break
        else:
            stack.pop()
            done.add(on_path.pop())
