"""Questions → the compiled form that labels, widget and engine read."""

from build_tools.engine.labels import answer_label
from build_tools.resolve.model import Question, Tree
from build_tools.unfold.model import State


def question_data(question: Question) -> dict:
    answers = [{"id": answer.id, "label": answer.label, "limit": answer.limit} for answer in question.answers]
    return {"kind": question.kind, "unit": question.unit, "answers": answers}


def label(question: Question, answer: str) -> str:
    return answer_label(question_data(question), answer)


def known_labels(state: State, tree: Tree) -> list[str]:
    """The earlier answers that matter in this state, in words; those that may be nearly anything are left out."""
    said = []
    for id, values in state.known:
        question = tree.questions[id]
        ids = question.answer_ids()
        if len(values) == len(ids):
            continue
        if question.kind != "choice" and ids.index(values[-1]) - ids.index(values[0]) == len(values) - 1:
            said.append(label(question, values[0] if len(values) == 1 else f"{values[0]}..{values[-1]}"))
        elif len(values) <= 2:
            said.append("或".join(label(question, value) for value in values))
    return said
