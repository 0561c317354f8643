"""What a compiled state knows → the earlier answers that matter there, in words."""

from minglu.engine.contract import CompiledState, CompiledTree
from minglu.engine.labels import answers_label


def known_labels(state: CompiledState, tree: CompiledTree) -> list[str]:
    """In words and as asked; answers that may be nearly anything are left out."""
    labels = []
    for id, answers in state.known.items():
        question = tree.questions[id]
        ids = question.answer_ids()
        if len(answers) == len(ids):
            continue
        in_a_row = ids.index(answers[-1]) - ids.index(answers[0]) == len(answers) - 1
        if (question.kind != "choice" and in_a_row) or len(answers) <= 2:
            labels.append(answers_label(question, answers))
    return labels
