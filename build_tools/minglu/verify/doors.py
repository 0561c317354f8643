"""The same facts end in the same outcome, by whatever door."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from minglu.compile import Compiled
from minglu.diagnostics import Diagnostic, Words
from minglu.engine.follow import Leg, follow
from minglu.engine.labels import answer_label
from minglu.engine.walk_report import where_at
from minglu.resolve.model import Case, Door
from minglu.verify.subject import Subject
from minglu.verify.walked import WalkEnd, gists_of_deadlines, unfit_answer, walk_end, wrong_claims

PROVES = "写下的每件事，从哪个门进来都到同一个结论"


def check(subject: Subject) -> Iterator[Diagnostic]:
    for case in subject.project.cases:
        legs = {door: follow_door(case, door, subject.compiled) for door in case.doors}
        ends = {door.tree: end_words(own[-1], subject.compiled) for door, own in legs.items()}
        for door, own in legs.items():
            yield from wrong_door(case, door, own, ends, subject.compiled)
        yield from unused_answers(case, legs)


def follow_door(case: Case, door: Door, compiled: Compiled) -> list[Leg]:
    answers = case.answers | door.answers
    return follow(compiled.trees, door.tree, answers, today=date.fromisoformat(case.today), calendar=compiled.days)


def wrong_door(
    case: Case, door: Door, legs: list[Leg], ends: dict[str, str], compiled: Compiled
) -> Iterator[Diagnostic]:
    """A door that ends elsewhere, or where the outcome is not as the case says. `ends` are those of the other doors."""
    last = legs[-1]
    claims = replace(case.claims, name=case.name, answers=case.answers | door.answers, at=door.at)
    if last.here.problem:
        yield unfit_answer(claims, last.here, compiled.project.trees[last.tree].questions)
    elif end_words(last, compiled) != f"{case.tree}/{case.outcome}":
        yield elsewhere(case, door, legs, ends, compiled)
    else:
        answers = {step.question: step.answer for step in last.here.path}
        end = case_end(case, door, compiled)
        law = gists_of_deadlines(Subject(compiled=compiled, tree=last.tree), end)
        yield from (
            replace(one, rule="doors")
            for one in wrong_claims(replace(claims, answers=answers), end, compiled.trees[last.tree], law)
        )


def case_end(case: Case, door: Door, compiled: Compiled) -> WalkEnd:
    """What the reader of a case who comes by this door is shown in the end."""
    last = follow_door(case, door, compiled)[-1]
    return walk_end(compiled.trees[last.tree], last.answers, date.fromisoformat(case.today), compiled.days)


def elsewhere(case: Case, door: Door, legs: list[Leg], ends: dict[str, str], compiled: Compiled) -> Diagnostic:
    last = legs[-1]
    at = where_at(compiled.trees[last.tree], last.here)
    end = end_words(last, compiled)
    stops = Words(f"走到了 `{end}`", f"comes to `{end}`")
    if at.kind == "question":
        stops = Words(f"停在 `{last.tree}` 的问题 `{at.id}`", f"stops at the question `{at.id}` of `{last.tree}`")
    elif at.kind == "several":
        stops = Words(f"在 `{last.tree}` 里定不下来", f"comes to no single end in `{last.tree}`")
    others = {tree: end for tree, end in ends.items() if tree != door.tree}
    zh = "；".join(f"从 `{tree}` 进来到 `{there}`" for tree, there in others.items())
    en = "; ".join(f"by `{tree}` it comes to `{there}`" for tree, there in others.items())
    way = way_words(legs, compiled)
    return Diagnostic(
        "doors",
        door.at,
        Words(
            f"“{case.name}”从 `{door.tree}` 进来{stops.zh}，不是 `{case.tree}/{case.outcome}`",
            f"“{case.name}” by the door `{door.tree}` {stops.en}, not to `{case.tree}/{case.outcome}`",
        ),
        Words(
            f"走法：{way}" + (f"；{zh}" if zh else "") + "。改树，或者改回答",
            f"its way: {way}" + (f"; {en}" if en else "") + "; mend the trees, or the answers",
        ),
        ((case.claims.places["arrives", ""], Words("应当走到这里", "it should end here")),),
    )


def end_words(leg: Leg, compiled: Compiled) -> str:
    """`kettle/refund` for an outcome, else the tree and what it stands at."""
    at = where_at(compiled.trees[leg.tree], leg.here)
    return f"{leg.tree}/{at.id}" if at.kind in ("outcome", "question") else f"{leg.tree}（{at.kind}）"


def way_words(legs: list[Leg], compiled: Compiled) -> str:
    parts = []
    for leg in legs:
        tree = compiled.trees[leg.tree]
        labels = [
            answer_label(
                tree.questions[step.question], tree.questions[step.question].takes.get(step.answer, step.answer)
            )
            for step in leg.here.path
        ]
        parts.append(tree.title + (f"（{' → '.join(labels)}）" if labels else ""))
    return " → ".join(parts)


def unused_answers(case: Case, legs: dict[Door, list[Leg]]) -> Iterator[Diagnostic]:
    """An answer that no door asks for, or an answer of one door that is not asked there, says nothing."""
    asked = {door: {step.question for leg in own for step in leg.here.path} for door, own in legs.items()}
    for id in case.answers:
        if not any(id in own for own in asked.values()):
            yield not_asked(case, id, Words("没有一个门会问到", "is not asked by any door"))
    for door, own in asked.items():
        for id in door.answers:
            if id not in own:
                says = Words(f"从 `{door.tree}` 进来不会问到", f"is not asked by the door `{door.tree}`")
                yield not_asked(case, id, says)


def not_asked(case: Case, id: str, says: Words) -> Diagnostic:
    return Diagnostic(
        "doors",
        case.claims.places["answers", id],
        Words(f"“{case.name}”的回答 `{id}` {says.zh}", f"the answer `{id}` of “{case.name}” {says.en}"),
        Words("删掉这个回答", "remove this answer"),
    )
