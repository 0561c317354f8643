"""Two trees → whether a question of both is one and the same, so that an answer to it can be carried."""

from minglu.resolve.model import Question, Tree


def same_question(one: Tree, other: Tree, id: str) -> bool:
    """Both trees know it, with the same answers: options, or bands with the same limits that count to the same day.
    `other` asks it.

    Two trees may use one name for questions of their own: a band that is counted by such a question is not the same.
    """
    own, theirs = one.questions.get(id), other.questions[id]
    return (
        own is not None
        and own.shared
        and theirs.shared
        and look(own) == look(theirs)
        and all(tree.questions[by].shared for tree in (one, other) for by in (own.until, own.plus) if by)
    )


def look(question: Question) -> tuple:
    answers = tuple((answer.id, answer.limit) for answer in question.answers)
    return question.kind, question.until, question.plus, answers, tuple(tick.id for tick in question.ticks)
