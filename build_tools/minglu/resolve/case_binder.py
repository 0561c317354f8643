"""trees/cases.yml → cases whose trees, questions and ends exist."""

from collections.abc import Iterable, Mapping

from minglu.diagnostics import Diagnostic, Span, Words
from minglu.engine.citations import label
from minglu.parse import syntax
from minglu.resolve.citation_binder import bind_citation
from minglu.resolve.model import Case, Door, Mention, Tree, WorkedWalk
from minglu.resolve.scope import Scope, is_known

TREE, QUESTION, OUTCOME = Words("树", "tree"), Words("问题", "question"), Words("结论", "outcome")


def bind_cases(
    written: Iterable[syntax.Case], trees: Mapping[str, Tree], scope: Scope, found: list[Diagnostic]
) -> tuple[Case, ...]:
    """A case whose end or doors are not there is left out."""
    cases = []
    for case in written:
        before = len(found)
        tree, _, outcome = case.ends.partition("/")
        if is_known(syntax.Text(tree, case.ends.at), trees, TREE, found):
            is_known(syntax.Text(outcome, case.ends.at), trees[tree].outcomes, OUTCOME, found)
        for door in case.doors:
            is_known(door.tree, trees, TREE, found)
        asked = {id for one in trees.values() for id in one.questions}
        for answers in (case.answers, *(door.answers for door in case.doors)):
            for id in answers:
                is_known(id, asked, QUESTION, found)
        bound = bind_case(case, tree=tree, outcome=outcome, scope=scope, found=found)
        if len(found) == before:
            cases.append(bound)
    return tuple(cases)


def bind_case(case: syntax.Case, *, tree: str, outcome: str, scope: Scope, found: list[Diagnostic]) -> Case:
    mentions, absent = (
        tuple(Mention(citation, text.at) for text in texts for citation in bind_citation(text, scope, found))
        for texts in (case.cites, case.not_cites)
    )
    cites, not_cites = ({label(one.citation, scope.names): one.at for one in cited} for cited in (mentions, absent))
    places: dict[tuple[str, str], Span] = {
        ("arrives", ""): case.ends.at,
        ("standing", ""): case.standing.at if case.standing else case.case.at,
    }
    places |= {("answers", str(id)): id.at for door in case.doors for id in door.answers}
    places |= {("answers", str(id)): id.at for id in case.answers}
    places |= {("deadlines", str(id)): id.at for id in case.deadlines}
    places |= {("amounts", str(id)): id.at for id in case.amounts}
    places |= {("cites", article): at for article, at in cites.items()}
    places |= {("not_cites", article): at for article, at in not_cites.items()}
    answers = answers_of(case.answers)
    claims = WorkedWalk(
        str(case.case),
        str(case.today),
        answers,
        outcome,
        str(case.standing or ""),
        texts_of(case.deadlines),
        texts_of(case.amounts),
        tuple(cites),
        tuple(not_cites),
        str(case.story or ""),
        case.case.at,
        places,
        mentions,
    )
    return Case(
        str(case.case),
        str(case.story or ""),
        str(case.today),
        answers,
        tuple(Door(str(door.tree), answers_of(door.answers), door.tree.at) for door in case.doors),
        tree,
        claims,
        case.case.at,
    )


def texts_of(written: Mapping[syntax.Id, syntax.Text]) -> dict[str, str]:
    return {str(id): str(value) for id, value in written.items()}


def answers_of(written: Mapping[syntax.Id, syntax.Texts]) -> dict[str, str]:
    """Ticks joined, as an answer is written."""
    return {str(id): ".".join(values) for id, values in written.items()}
