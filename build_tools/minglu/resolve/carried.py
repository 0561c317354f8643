"""What hand-overs say of the trees that they lead to (`with:`), held against the questions there."""

from collections.abc import Iterator, Mapping

from minglu.diagnostics import Diagnostic, Words, nearest
from minglu.engine.labels import NONE_TICKED, ticks_of
from minglu.parse import syntax
from minglu.resolve.model import Carried, Question, Tree
from minglu.resolve.scope import is_known


def written_carries(written: Mapping[syntax.Id, syntax.Text]) -> tuple[Carried, ...]:
    """By the names of the questions, so that the order in the file says nothing."""
    return tuple(
        Carried(str(question), str(answer), question.at, answer.at) for question, answer in sorted(written.items())
    )


def is_other_tree(to: syntax.Text, trees: frozenset[str], found: list[Diagnostic]) -> bool:
    """Whether an `also` leads to a tree that there is."""
    if to.startswith("tree/"):
        return is_known(to, {f"tree/{id}" for id in trees}, Words("树", "tree"), found)
    found.append(
        Diagnostic(
            "values",
            to.at,
            Words(f"`also` 只能去别的树，`{to}` 不是", f"an `also` leads to another tree, which `{to}` is not"),
            Words("写 `to: tree/那棵树`", "write `to: tree/` and the name of a tree"),
        )
    )
    return False


def carried_by(tree: Tree) -> Iterator[tuple[str, tuple[Carried, ...]]]:
    """Each target of this tree's ways and `also`s, with what is said there."""
    for question in tree.questions.values():
        for answer in question.answers:
            yield from ((way.to, way.carries) for way in answer.ways)
    for outcome in tree.outcomes.values():
        yield from ((item.to, item.carries) for item in outcome.also)


def check_carried(trees: Mapping[str, Tree]) -> Iterator[Diagnostic]:
    """Once all trees are bound: that the other tree has the question, and the question the answer."""
    for tree in trees.values():
        for to, carries in carried_by(tree):
            other = trees.get(to.removeprefix("tree/")) if to.startswith("tree/") else None
            for carried in carries:
                if not to.startswith("tree/"):
                    yield carried_nowhere(carried, to)
                elif other is not None:
                    yield from wrongly_carried(carried, other)


def carried_nowhere(carried: Carried, to: str) -> Diagnostic:
    return Diagnostic(
        "values",
        carried.at,
        Words(
            f"只有去别的树才能带答案，`{to}` 在这棵树里",
            f"only a way to another tree takes `with`, and `{to}` is in this one",
        ),
        Words("删掉 `with`，或写 `to: tree/别的树`", "remove the `with`, or write `to: tree/` and another tree"),
    )


def wrongly_carried(carried: Carried, other: Tree) -> Iterator[Diagnostic]:
    question = other.questions.get(carried.question)
    if question is None:
        near = nearest(carried.question, other.questions)
        yield Diagnostic(
            "names",
            carried.at,
            Words(
                f"树 `{other.id}` 没有叫 `{carried.question}` 的问题",
                f"the tree `{other.id}` has no question called `{carried.question}`",
            ),
            listed_or_near(near, [*other.questions]),
            ((other.at, Words("那棵树在这里", "the tree is here")),),
        )
    elif not can_be_said(question, carried.answer):
        ids = [one.id for one in question.ticks] if question.kind == "several" else question.answer_ids()
        yield Diagnostic(
            "names",
            carried.answer_at,
            Words(
                f"树 `{other.id}` 的问题 `{question.id}` 没有叫 `{carried.answer}` 的答案",
                f"the question `{question.id}` of the tree `{other.id}` has no answer called `{carried.answer}`",
            ),
            listed_or_near(nearest(carried.answer, ids), list(ids)),
            ((question.at, Words("问题在这里", "the question is here")),),
        )


def can_be_said(question: Question, answer: str) -> bool:
    """Whether a hand-over may say this of a question: the name of one of its answers, or its ticks."""
    if question.kind == "several":
        return answer == NONE_TICKED or {*ticks_of(answer)} <= {tick.id for tick in question.ticks}
    return answer in question.answer_ids()


def listed_or_near(near: str | None, known: list[str]) -> Words:
    if near:
        return Words(f"写 `{near}`", f"write `{near}`")
    return Words(f"可以写：{'、'.join(known)}", f"it may be: {', '.join(known)}")
