"""A state → the shortest reader's story that ends there, in the words of the page."""

from minglu.diagnostics import Words
from minglu.engine.labels import answer_label
from minglu.resolve.model import Question
from minglu.unfold.model import Edge, Unfolded


def path_to(one: Unfolded, state: str) -> list[tuple[str, Edge]]:
    """The shortest way from the start: (state, edge taken) pairs."""
    came: dict[str, tuple[str, Edge] | None] = {one.start: None}
    for here in (queue := [one.start]):
        if here == state:
            break
        for edge in one.states[here].edges:
            if isinstance(edge.to, str) and edge.to not in came:
                came[edge.to] = (here, edge)
                queue.append(edge.to)
    steps, step = [], came.get(state)
    while step:
        steps.append(step)
        step = came[step[0]]
    return steps[::-1]


def nearest_first(one: Unfolded) -> list[str]:
    """Every state that is reached, by how few answers lead to it: the first that fails has the shortest story."""
    order = dict.fromkeys([one.start])
    for here in (queue := [one.start]):
        new = [edge.to for edge in one.states[here].edges if isinstance(edge.to, str) and edge.to not in order]
        order |= dict.fromkeys(new)
        queue += dict.fromkeys(new)
    return list(order)


def story(one: Unfolded, state: str, last: str | None = None) -> Words:
    """“一位读者：手机 → 8–15 天 → 没有发票”. `last` is the answer given at `state`."""
    labels = [edge_label(one.tree.questions[one.states[here].node], edge.id) for here, edge in path_to(one, state)]
    if last is not None:
        labels.append(edge_label(one.tree.questions[one.states[state].node], last))
    way = " → ".join(labels)
    if not way:
        return Words("一位刚走进来的读者", "a reader who has just come in")
    return Words(f"一位读者：{way}", f"a reader: {way}")


def edge_label(question: Question, answer: str) -> str:
    return answer_label(question, answer) or answer
