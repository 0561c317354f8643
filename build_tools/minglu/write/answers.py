"""Answers of authored questions → their words, by the one function that the widget and the terminal use too."""

from minglu.engine.labels import answer_label
from minglu.resolve.model import Question
from minglu.unfold.model import State, Unfolded


def label(question: Question, answer: str) -> str:
    return answer_label(question.plain(), answer)


def known_labels(state: State, one: Unfolded) -> list[str]:
    """The earlier answers that matter in this state, in words and as asked; those that may be nearly anything are left out."""
    said = []
    for id, values in sorted(state.known, key=lambda item: one.order.index(item[0])):
        question = one.tree.questions[id]
        ids = question.answer_ids()
        if len(values) == len(ids):
            continue
        if question.kind != "choice" and ids.index(values[-1]) - ids.index(values[0]) == len(values) - 1:
            said.append(label(question, values[0] if len(values) == 1 else f"{values[0]}..{values[-1]}"))
        elif len(values) <= 2:
            said.append("或".join(label(question, value) for value in values))
    return said
