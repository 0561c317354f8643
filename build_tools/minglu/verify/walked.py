"""Every outcome has a worked walk, and every walk arrives."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from minglu.diagnostics import Diagnostic, Words, nearest
from minglu.engine.ahead import possible_ends
from minglu.engine.contract import CompiledAmount, CompiledDeadline, CompiledStatement, CompiledTree
from minglu.engine.dates import Calendar
from minglu.engine.labels import UNSURE, answer_label
from minglu.engine.outcome import met_verdicts, reckon_deadlines, shown_by_ticks
from minglu.engine.report import At
from minglu.engine.sums import Known, reckon_amounts
from minglu.engine.walk import Given, Walk, walk
from minglu.engine.walk_report import where_at
from minglu.resolve.model import Question, WorkedWalk
from minglu.verify.periods import gist_line, gists
from minglu.verify.subject import Subject

PROVES = "每种结论至少有一个例子，每个例子都走到了该到的地方、算出了该有的日子"


@dataclass(frozen=True)
class WalkEnd:
    """Where a worked walk ends, as far as it may be held against that: all data, no words.

    `deadlines` are those shown, with their kind, their last day, None where it cannot be known, and the verdict on
    the reader's own day, if any; `amounts` those shown, with their sum; `cites` are citations in words.
    """

    here: Walk
    at: At
    standing: str = ""
    deadlines: Mapping[str, tuple[str, date | None, str | None]] = field(default_factory=dict)
    amounts: Mapping[str, Decimal | None] = field(default_factory=dict)
    cites: tuple[str, ...] = ()


def check(subject: Subject) -> Iterator[Diagnostic]:
    tree, worked_walks = subject.one.tree, subject.one.tree.walks
    reached = {worked.arrives for worked in worked_walks}  # one that does not get where it says is reported by itself
    for worked in worked_walks:
        end = walk_end(subject.contract, worked.answers, date.fromisoformat(worked.today), subject.compiled.days)
        reached.add(end.at.id or "")
        if end.here.problem:
            yield unfit_answer(worked, end.here, tree.questions)
        else:
            yield from wrong_claims(worked, end, subject.contract, gists_of_deadlines(subject, end))
    for id, outcome in tree.outcomes.items():
        if id not in reached:
            yield Diagnostic(
                "walked",
                outcome.at,
                Words(f"没有一个走例走到结论 `{id}`", f"no worked walk arrives at the outcome `{id}`"),
                Words("在 walks.yml 里加一个", "add one to walks.yml"),
            )


def walk_end(tree: CompiledTree, answers: dict[str, str], today: date, calendar: Calendar) -> WalkEnd:
    here = walk(tree, answers, today, calendar)
    at = where_at(tree, here)
    if at.kind != "outcome":
        return WalkEnd(here, at)
    outcome, state = tree.outcomes[at.id or ""], tree.states[at.state or ""]
    shown = [item for items in shown_by_ticks(outcome, state, here).values() for item in items]
    deadlines = tuple(item for item in shown if isinstance(item, CompiledDeadline))
    reckoned = reckon_deadlines(deadlines, here, calendar)
    verdicts = met_verdicts(deadlines, Given(tree, here.path, today, calendar), reckoned)
    days = {
        one.id: (
            one.kind,
            reckoned[one.id].date if one.id in reckoned else None,
            verdicts[one.id].says if one.id in verdicts else None,
        )
        for one in deadlines
    }
    amounts = tuple(item for item in shown if isinstance(item, CompiledAmount))
    known = Known(here, {id: one.date for id, one in reckoned.items()}, today)
    sums = {id: one.total if one else None for id, one in reckon_amounts(amounts, known).items()}
    cites = dict.fromkeys(cite for item in shown if isinstance(item, CompiledStatement) for cite in item.cite)
    return WalkEnd(here, at, outcome.standing, days, sums, tuple(cites))


def unfit_answer(worked: WorkedWalk, here: Walk, questions: dict[str, Question]) -> Diagnostic:
    """An answer that its question does not take."""
    question, given = questions[here.asking or ""], worked.answers[here.asking or ""]
    why = (here.problem or "").partition("，请")[0].rstrip("。")
    ids = (*question.answer_ids(), UNSURE)
    if question.kind == "several":
        offered = [tick.id for tick in question.ticks]
        help = Words(
            f"写列表，如 `[{offered[0]}]`；可以写：{'、'.join(offered)}，一个都没勾写 `none`",
            f"write a list such as `[{offered[0]}]` of: {', '.join(offered)}; or `none`",
        )
    elif question.kind == "choice":
        near = nearest(given, ids) or next((answer.id for answer in question.answers if given in answer.label), None)
        help = (
            Words(f"写 `{near}`", f"write `{near}`")
            if near
            else Words(f"写选项的名字：{'、'.join(ids)}", f"write the name of an option: {', '.join(ids)}")
        )
    elif question.kind == "date":
        help = Words(
            f"日期写成 2026-11-10 或 2026-11 这样，不晚于 `today`（{worked.today}）；"
            f"记不清的写分段的名字：{'、'.join(ids)}",
            f"write a day such as 2026-11-10, or a month, not after `today` ({worked.today}), "
            f"or the name of a band: {', '.join(ids)}",
        )
    elif question.kind == "money":
        help = Words(
            f"写金额，如 `4999.00`，或分段的名字：{'、'.join(ids)}",
            f"write a sum such as `4999.00`, or the name of a band: {', '.join(ids)}",
        )
    else:
        help = Words(
            f"写整数，或分段的名字：{'、'.join(ids)}", f"write a whole number, or the name of a band: {', '.join(ids)}"
        )
    at = worked.places.get(("answers", question.id), worked.at)
    return Diagnostic(
        "walked",
        at,
        Words(
            f"走例“{worked.name}”停在 `{question.id}`：{why}",
            f"the walk “{worked.name}” stops at `{question.id}`, which does not take `{given}`",
        ),
        help,
    )


def gists_of_deadlines(subject: Subject, end: WalkEnd) -> dict[str, str]:
    """What the articles say that the deadlines of an end rest on, by the deadline's id."""
    outcome = subject.one.tree.outcomes.get(end.at.id or "")
    by_id: dict[str, dict[str, str]] = {}
    for one in outcome.deadlines if outcome and end.at.kind == "outcome" else ():
        by_id.setdefault(one.id, {}).update(gists(one, subject.project.library))
    return {id: gist_line(own) for id, own in by_id.items()}


def wrong_claims(worked: WorkedWalk, end: WalkEnd, tree: CompiledTree, law: Mapping[str, str]) -> Iterator[Diagnostic]:
    """What the walk says that does not hold of the end that its answers lead to; `law` is what each of its deadlines
    rests on.
    """

    def wrong(place: tuple[str, str], zh: str, en: str, help: Words | None = None) -> Diagnostic:
        at = worked.places.get(place, worked.at)
        return Diagnostic("walked", at, Words(f"走例“{worked.name}”{zh}", f"the walk “{worked.name}” {en}"), help)

    if end.at.kind == "question":
        yield wrong(
            ("arrives", ""),
            f"没有回答 `{end.at.id}`，还没走完",
            f"does not answer `{end.at.id}` and has not arrived",
            Words(f"在 `answers` 里加上 `{end.at.id}`", f"add `{end.at.id}` to its `answers`"),
        )
        return
    if worked.arrives != end_name(end.at):
        ends = possible_ends(tree, end.here.at) if end.at.kind == "several" else [end_name(end.at)]
        way = " → ".join(answer_label(tree.questions[step.question], step.answer) for step in end.here.path)
        yield wrong(
            ("arrives", ""),
            f"走到了 `{'`、`'.join(ends)}`，不是 `{worked.arrives}`",
            f"arrives at `{'`, `'.join(ends)}`, not at `{worked.arrives}`",
            Words(f"它的走法：{way}；改回答，或改 `arrives`", f"its way: {way}; change its answers or its `arrives`"),
        )
        return
    used = {step.question for step in end.here.path}
    for id in worked.answers:
        if id not in used:
            yield wrong(
                ("answers", id),
                f"回答了没有被问到的 `{id}`",
                f"answers `{id}`, which is not asked on its way",
                Words("删掉这个回答", "remove this answer"),
            )
    if worked.standing not in ("", end.standing):
        yield wrong(
            ("standing", ""),
            f"走到的结论是 `{end.standing}`，不是 `{worked.standing}`",
            f"arrives at an outcome that is `{end.standing}`, not `{worked.standing}`",
            Words(f"说对了就写 `standing: {end.standing}`", f"if that is right, write `standing: {end.standing}`"),
        )
    for id, day in worked.deadlines.items():
        if id not in end.deadlines and day != "absent":
            shown = list(end.deadlines)
            yield wrong(
                ("deadlines", id),
                f"提到期限 `{id}`，结论里没有",
                f"names the deadline `{id}`, which the outcome does not show",
                Words(f"可以写：{'、'.join(shown)}", f"it may be: {', '.join(shown)}")
                if shown
                else Words("从 `deadlines` 里删掉它", "remove it from `deadlines`"),
            )
        elif id in end.deadlines and day not in (ways := written_days(*end.deadlines[id])):
            right = ways[-1 if " " in day else 0]
            yield wrong(
                ("deadlines", id),
                f"的期限 `{id}` 算出来是 {right}，不是 {day}",
                f"has its deadline `{id}` on {right}, not {day}",
                Words(
                    f"先读条文：{law.get(id, '')}。条文这样说，才写 `{id}: {right}`；不是，就改这个期限",
                    f"read the article first: {law.get(id, '')}. Only if it says so, write `{id}: {right}`; "
                    "else mend the deadline",
                ),
            )
    for id, sum in worked.amounts.items():
        if id not in end.amounts and sum != "absent":
            known = list(end.amounts)
            yield wrong(
                ("amounts", id),
                f"提到金额 `{id}`，结论里没有",
                f"names the amount `{id}`, which the outcome does not show",
                Words(f"可以写：{'、'.join(known)}", f"it may be: {', '.join(known)}")
                if known
                else Words("从 `amounts` 里删掉它", "remove it from `amounts`"),
            )
        elif id in end.amounts and sum != (right := written_sum(end.amounts[id])):
            yield wrong(
                ("amounts", id),
                f"的金额 `{id}` 算出来是 {right}，不是 {sum}",
                f"has its amount `{id}` at {right}, not {sum}",
                Words(f"算对了就写 `{id}: {right}`", f"if that is right, write `{id}: {right}`"),
            )
    for article in worked.cites:
        if not is_cited(article, end.cites):
            yield wrong(
                ("cites", article),
                f"说结论引了{article}，结论里没有",
                f"says that {article} is cited, which the outcome does not show",
                Words(f"结论引的是：{'、'.join(end.cites)}", f"the outcome cites: {', '.join(end.cites)}")
                if end.cites
                else Words("从 `cites` 里删掉它", "remove it from `cites`"),
            )
    for article in worked.not_cites:
        if is_cited(article, end.cites):
            yield wrong(
                ("not_cites", article),
                f"说结论不引{article}，结论里有",
                f"says that {article} is not cited, but the outcome cites it",
                Words("引得对就从 `not_cites` 里删掉它", "if that is right, remove it from `not_cites`"),
            )


def end_name(at: At) -> str:
    """How a walk writes where it arrives; "" for several ends."""
    return f"tree/{at.id}" if at.kind == "tree" else at.id or ""


def written_days(kind: str, day: date | None, verdict: str | None) -> tuple[str, ...]:
    """How a walk may write the day of a deadline that is shown: `2026-11-18`, `due 2026-11-18`, and `kept 2026-11-18`
    where the reader acted; without a day `none`, or the verdict alone.
    """
    if day is None:
        return tuple(filter(None, ("none", verdict)))
    return (day.isoformat(), f"{kind} {day}", *([f"{verdict} {day}"] if verdict else []))


def written_sum(sum: Decimal | None) -> str:
    return "none" if sum is None else str(sum)


def is_cited(article: str, cites: tuple[str, ...]) -> bool:
    """Whether one of the citations is of the article, or of a paragraph or item of it."""
    return any(cite == article or cite.startswith(f"{article}第") for cite in cites)
