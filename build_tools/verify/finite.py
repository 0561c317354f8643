"""Every path ends.

A reader must never come back to a question that is answered already.

Accepted: `a → b → end`. Reported: `a → b → a`.
"""

from collections.abc import Iterator

from build_tools.diagnostics import Diagnostic, Words
from build_tools.unfold.model import Unfolded
from build_tools.verify.story import story


def check(one: Unfolded, *_) -> Iterator[Diagnostic]:
    seen: set[tuple[str, str]] = set()
    for state, edge in closing_edges(one):
        node, to = one.states[state].node, one.states[edge.to].node
        if (node, to) in seen:
            continue
        seen.add((node, to))
        way = next(way for answer in one.tree.questions[node].answers if answer.id in edge.answers for way in answer.ways if way.to == to)
        told = story(one, state, edge.id)
        yield Diagnostic(
            "finite", way.at, Words(f"从这里又回到了 `{to}`，永远走不完", f"from here the walk comes back to `{to}` and never ends"),
            Words(f"{told.zh}，又回到同一个问题", f"{told.en}, and back to the same question"), ((one.tree.questions[to].at, Words("回到这里", "back to here")),),
        )  # fmt: skip


def closing_edges(one: Unfolded):
    """Edges to a state on the way that led here (depth-first, without recursion)."""
    done, on_path = set(), [one.start]
    open_set, stack = {one.start}, [iter(one.states[one.start].edges)]
    while stack:
        for edge in stack[-1]:
            if not isinstance(edge.to, str):
                continue
            if edge.to in open_set:
                yield on_path[-1], edge
            elif edge.to not in done:
                on_path.append(edge.to)
                open_set.add(edge.to)
                stack.append(iter(one.states[edge.to].edges))
                break
        else:
            stack.pop()
            state = on_path.pop()
            open_set.discard(state)
            done.add(state)
