"""`tells` of questions and their options → how their answers are told in papers for offices."""

from collections.abc import Iterator

from minglu.diagnostics import Diagnostic, Words
from minglu.engine.paper import Telling
from minglu.parse import Sources, syntax

WITH_DAY_OR_SUM = ("date", "money")


def bind_tellings(sources: Sources, found: list[Diagnostic]) -> tuple[Telling, ...]:
    """Those of shared questions and of each tree's own."""
    shared: syntax.SharedQuestions = sources.shared.get("questions.yml", {})
    homes: list[tuple[str, dict[syntax.Id, syntax.SharedQuestion] | dict[syntax.Id, syntax.Question]]] = [("", shared)]
    homes += [(str(file.tree), file.questions) for file in sources.trees.values()]
    tellings: list[Telling] = []
    for tree, questions in homes:
        for id, question in questions.items():
            tellings += tellings_of(tree, id, question)
            if question.tells and not may_tell(question):
                found.append(nothing_to_tell(question.tells))
    return tuple(tellings)


def tellings_of(tree: str, id: str, question: syntax.Question | syntax.SharedQuestion) -> Iterator[Telling]:
    if question.tells:
        yield Telling(tree, str(id), "", str(question.tells))
    if isinstance(question, syntax.SharedQuestion):
        for answer, option in question.options.items():
            if option.tells:
                yield Telling(tree, str(id), str(answer), str(option.tells))


def may_tell(question: syntax.Question | syntax.SharedQuestion) -> bool:
    """The answer is a day or a sum; what a shared question says stands with it, not where a tree takes it up."""
    taken_up = isinstance(question, syntax.Question) and question.use
    return question.kind in WITH_DAY_OR_SUM and not taken_up


def nothing_to_tell(tells: syntax.Text) -> Diagnostic:
    return Diagnostic(
        "kinds",
        tells.at,
        Words(
            "`tells` 只写在问日期、问金额的问题里，共用的写在 trees/questions.yml",
            "only a question for a day or a sum has a `tells`, and a shared one has it in trees/questions.yml",
        ),
        Words("选择题的写在选项里；别的删掉", "write it with an option of a shared question, or remove it"),
    )
