"""Every answer leads on, and only one way."""

from collections.abc import Iterator

from minglu.diagnostics import Diagnostic, Words
from minglu.unfold.model import Stuck
from minglu.verify.story import nearest_first, story
from minglu.verify.subject import Subject

PROVES = "每个回答都接得下去，而且只有一条路"


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding an answer, told by the shortest story of all the states in which it fails the same way."""
    one = subject.one
    told: set[tuple] = set()
    for state in (one.states[id] for id in nearest_first(one)):
        for edge in state.edges:
            if not isinstance(edge.to, Stuck) or (key := (state.node, edge.to.answer, edge.to.ways)) in told:
                continue
            told.add(key)
            answer = next(answer for answer in one.tree.questions[state.node].answers if answer.id == edge.to.answer)
            reader = story(one, state.id, edge.id)
            if edge.to.ways:
                first, second = edge.to.ways[:2]
                yield Diagnostic(
                    "decided",
                    second.at,
                    Words(
                        f"`{answer.id}` 有两条路同时成立，不知道走哪一条", f"two ways hold at once for `{answer.id}`"
                    ),
                    Words(
                        f"{reader.zh}；改其中一条的 `when`，让它们不重叠",
                        f"{reader.en}; change one `when` so that they do not overlap",
                    ),
                    ((first.at, Words("另一条在这里", "the other one is here")),),
                )
            else:
                yield Diagnostic(
                    "decided",
                    answer.at,
                    Words(f"`{answer.id}` 在有的情况下没有路可走", f"for some readers `{answer.id}` leads nowhere"),
                    Words(f"{reader.zh}；给这样的读者加一条路", f"{reader.en}; add a way for such readers"),
                )
