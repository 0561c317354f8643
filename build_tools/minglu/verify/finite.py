"""Every path ends."""

from collections.abc import Iterator

from minglu.diagnostics import Diagnostic, Words
from minglu.unfold.model import Edge, State
from minglu.verify.story import story
from minglu.verify.subject import Subject

MANUAL = """Every path ends.

A walk must never come back to a question that lies behind it. As a reader who is unsure walks several paths at once, that
holds of all paths together: of two questions, the same one comes first on every path that has both.

中文：每条路都有尽头。走着走着，不能回到已经问过的问题。读者答“不确定”时几条路一起走，所以对所有的路合起来也成立：两个问题在每条同时有它们的路上，先后都一样。

Accepted:
```yaml
questions:
  received:
    ask: 你哪天收到水壶？
    kind: date
    bands: { d7: { within: 7 days, goto: refund }, over: { goto: repair } }
```
Reported:
```yaml
questions:
  received:
    ask: 你哪天收到水壶？
    kind: date
    bands: { d7: { within: 7 days, goto: refund }, over: { goto: broken } }
```
"""
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
