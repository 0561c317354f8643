"""A guard → the words that tell for whom it holds."""

from collections.abc import Mapping

from minglu.compile.words import compile_words
from minglu.engine.labels import QuestionLike, answers_label
from minglu.resolve.model import Guard

Questions = Mapping[str, QuestionLike]


def guard_words(guard: Guard, questions: Questions) -> str:
    """Tests in a row, then what must not hold, then the alternatives; "" for a guard that always holds. Ticks are left
    to the engine.
    """
    parts = [
        answers_label(questions[test.question], in_order(questions[test.question], test.values)) for test in guard.tests
    ]
    nots = (guard_words(inner, questions) for inner in guard.nots)
    parts += [compile_words("guard.not", condition=words) for words in nots if words]
    parts += [any_words(alternatives, questions) for alternatives in guard.anys]
    return compile_words("guard.and").join(dict.fromkeys(parts))


def any_words(alternatives: tuple[Guard, ...], questions: Questions) -> str:
    return compile_words("guard.or").join(
        compile_words("guard.alternative", condition=guard_words(one, questions)) for one in alternatives
    )


def in_order(question: QuestionLike, values: frozenset[str]) -> list[str]:
    return [id for id in question.answer_ids() if id in values]
