"""A tree → the same tree with one slip that an author may make, again and again: every place, a few slips each.

Left out are slips that no worked walk can notice: in wording; in the `when` of evidence, channels, letters, mistakes
and sentences that cite nothing; and in articles that every reader of the outcome is shown elsewhere in it too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from minglu.diagnostics import Span, Words
from minglu.engine.citations import Citation, label
from minglu.engine.dates import day_before_which
from minglu.engine.labels import STANDINGS, amount_and_unit
from minglu.engine.money import CENT
from minglu.engine.names import Names
from minglu.resolve.model import (
    ALWAYS,
    Amount,
    Answer,
    Deadline,
    Guard,
    Item,
    Library,
    Outcome,
    Question,
    Share,
    Start,
    Statement,
    Test,
    Tree,
    Way,
)
from minglu.resolve.questions import beyond
from minglu.unfold.model import Unfolded
from minglu.verify.dated import asked_before


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """`node` is the question or outcome with the slip; `tree` is the whole tree with it.

    `kind` is target | limit | option | swap | guard | when | deadline | amount | article | standing | with; what a
    hand-over says (`with`) only a case can notice, as it shows in the other tree. `moved` is for a reader at a limit:
    the band before the slip and the band now.
    """

    kind: str
    at: Span
    says: Words
    node: str
    tree: Tree
    moved: tuple[str, str] | None = None


def mutants(one: Unfolded, library: Library, names: Names) -> Iterator[Mutant]:
    """In the order of the file."""
    for question in one.tree.questions.values():
        yield from question_mutants(question, one)
    asked = asked_before(one)
    for outcome in one.tree.outcomes.values():
        always = [asked[state.id] for state in one.states.values() if state.node == outcome.id]
        yield from outcome_mutants(
            outcome, one, library, names, frozenset.intersection(*always) if always else frozenset()
        )


def question_mutants(question: Question, one: Unfolded) -> Iterator[Mutant]:
    def slip(
        kind: str, at: Span, says: Words, answers: tuple[Answer, ...], moved: tuple[str, str] | None = None
    ) -> Mutant:
        tree = with_question(one.tree, replace(question, answers=answers))
        return Mutant(kind=kind, at=at, says=says, node=question.id, tree=tree, moved=moved)

    answers = question.answers
    for index, answer in enumerate(answers):
        for place, way in enumerate(answer.ways):
            to = other_target(way, answer, question, one)
            if to:
                yield slip(
                    "target",
                    way.at,
                    Words(
                        f"`{answer.id}` 改走 `{to}`，不走 `{way.to}`",
                        f"`{answer.id}` leads to `{to}`, not to `{way.to}`",
                    ),
                    with_item(answers, index, with_way(answer, place, replace(way, to=to))),
                )
            for place_said, said in enumerate(way.carries):
                dropped = (*way.carries[:place_said], *way.carries[place_said + 1 :])
                yield slip(
                    "with",
                    said.at,
                    Words(
                        f"`{answer.id}` 去 `{way.to}` 没有带上 `{said.question}`",
                        f"`{answer.id}` to `{way.to}` does not say `{said.question}`",
                    ),
                    with_item(answers, index, with_way(answer, place, replace(way, carries=dropped))),
                )
            for guard, zh, en in guard_slips(way.guard, one.tree):
                yield slip(
                    "guard",
                    way.at,
                    Words(
                        f"`{answer.id}` 去 `{way.to}` 的条件：{zh}",
                        f"the condition for `{answer.id}` to `{way.to}`: {en}",
                    ),
                    with_item(answers, index, with_way(answer, place, replace(way, guard=guard))),
                )
        after = answers[index + 1] if index + 1 < len(answers) else None
        if answer.limit and after:
            for limit, moved in (
                (lesser_limit(answer.limit, kind=question.kind), (answer.id, after.id)),
                (greater_limit(answer.limit, kind=question.kind), (after.id, answer.id)),
            ):
                changed = with_item(answers, index, replace(answer, limit=limit))
                if limit and limits_rise(changed, question.kind):
                    yield slip(
                        "limit",
                        answer.at,
                        Words(
                            f"范围 `{answer.id}` 的 {answer.limit} 改成 {limit}",
                            f"the limit of `{answer.id}` is {limit}, not {answer.limit}",
                        ),
                        changed,
                        moved,
                    )
        if len(answers) > 1 and (question.kind == "choice" or after):
            yield slip(
                "option",
                answer.at,
                Words(f"`{answer.id}` 删掉了", f"`{answer.id}` is left out"),
                (*answers[:index], *answers[index + 1 :]),
                (answer.id, after.id) if question.kind != "choice" and after else None,
            )
        if after and leads_of(answer) != leads_of(after):
            swapped = with_item(
                with_item(answers, index, replace(answer, ways=after.ways)), index + 1, replace(after, ways=answer.ways)
            )
            yield slip(
                "swap",
                answer.at,
                Words(
                    f"`{answer.id}` 和 `{after.id}` 的去向对调了",
                    f"`{answer.id}` and `{after.id}` lead where the other should",
                ),
                swapped,
            )


def outcome_mutants(
    outcome: Outcome, one: Unfolded, library: Library, names: Names, asked: frozenset[str]
) -> Iterator[Mutant]:
    def slip(kind: str, at: Span, says: Words, changed: Outcome) -> Mutant:
        tree = replace(one.tree, outcomes=one.tree.outcomes | {outcome.id: changed})
        return Mutant(kind=kind, at=at, says=says, node=outcome.id, tree=tree)

    def with_list(group: str, index: int, item: Item) -> Outcome:
        changed: Any = {group: with_item(outcome.groups()[group], index, item)}
        return replace(outcome, **changed)

    standing = neighbouring_standing(outcome.standing)
    yield slip(
        "standing",
        outcome.at,
        Words(
            f"结论 `{outcome.id}` 的 {outcome.standing} 改成 {standing}",
            f"the outcome `{outcome.id}` is {standing}, not {outcome.standing}",
        ),
        replace(outcome, standing=standing),
    )
    ever = frozenset(
        article for items in outcome.groups().values() for item in items for article in articles_cited(item)
    )
    for group, items in outcome.groups().items():
        for index, item in enumerate(items):
            if not isinstance(item, Statement) or not item.cites:
                continue
            short = item.label if isinstance(item, Deadline) else item.says[:20]
            others = always_cited(outcome, item)
            for changed, zh, en in (
                when_slips(item, one.tree) if isinstance(item, Deadline) or not articles_cited(item) <= others else ()
            ):
                yield slip(
                    "when",
                    item.guard.at or item.at,
                    Words(f"“{short}”{zh}", f"“{short}”: {en}"),
                    with_list(group, index, changed),
                )
            for place, cite in enumerate(item.cites):
                other = neighbouring_article(cite, library, one.tree.as_of)
                if (
                    other
                    and other not in item.cites
                    and ((cite.statute, cite.article) not in others or (other.statute, other.article) in ever - others)
                ):
                    yield slip(
                        "article",
                        item.at,
                        Words(
                            f"“{short}”引的{label(cite, names)}改成{label(other, names)}",
                            f"“{short}” cites {label(other, names)}, not {label(cite, names)}",
                        ),
                        with_list(group, index, replace(item, cites=with_item(item.cites, place, other))),
                    )
    for index, deadline in enumerate(outcome.deadlines):
        for changed, zh, en in deadline_slips(deadline, one, asked):
            yield slip(
                "deadline",
                deadline.at,
                Words(f"期限 `{deadline.id}` {zh}", f"the deadline `{deadline.id}`: {en}"),
                with_list("deadlines", index, changed),
            )
    for index, amount in enumerate(outcome.amounts):
        for altered, zh, en in amount_slips(amount):
            yield slip(
                "amount",
                amount.at,
                Words(f"金额 `{amount.id}` {zh}", f"the amount `{amount.id}`: {en}"),
                with_list("amounts", index, altered),
            )


def neighbouring_standing(standing: str) -> str:
    """The next weaker one; of the weakest, the one before."""
    following = STANDINGS.index(standing) + 1
    return STANDINGS[following] if following < len(STANDINGS) else STANDINGS[following - 2]


def always_cited(outcome: Outcome, but: Item | None = None) -> frozenset[tuple[str, str]]:
    """The articles that every reader of the outcome is shown, those of one item left aside."""
    items = (item for items in outcome.groups().values() for item in items if item is not but and item.guard == ALWAYS)
    return frozenset(article for item in items for article in articles_cited(item))


def articles_cited(item: Item) -> frozenset[tuple[str, str]]:
    return (
        frozenset((cite.statute, cite.article) for cite in item.cites) if isinstance(item, Statement) else frozenset()
    )


def other_target(way: Way, answer: Answer, question: Question, one: Unfolded) -> str | None:
    """Where a slip would most likely lead: to where the next way or option leads, else to the next node further on."""
    near = [other.to for other in answer.ways] + [other.to for after in question.answers for other in after.ways]
    own = [*one.order, *one.tree.outcomes]
    further = own[own.index(question.id) + 1 :] if question.id in own else []
    turned = near[near.index(way.to) + 1 :] + near
    return next((to for to in (*turned, *further) if to != way.to), None)


def guard_slips(guard: Guard, tree: Tree) -> Iterator[tuple[Guard, str, str]]:
    """Each test with one answer too few, or, of a single answer, with the next one too; each of several alternatives
    left out; and ticks with what is set and what is not exchanged.
    """
    for place, test in enumerate(guard.tests):
        question = tree.questions[test.question]
        ids = tuple(tick.id for tick in question.ticks) or question.answer_ids()
        own = [id for id in ids if id in test.values]
        if len(own) > 1:
            values, zh, en = (
                test.values - {own[-1]},
                f"`{test.question}` 少了 `{own[-1]}`",
                f"`{test.question}` lacks `{own[-1]}`",
            )
        elif own and len(ids) > 1:
            more = ids[(ids.index(own[0]) + 1) % len(ids)]
            values, zh, en = (
                test.values | {more},
                f"`{test.question}` 多了 `{more}`",
                f"`{test.question}` also takes `{more}`",
            )
        else:
            continue
        yield replace(guard, tests=with_item(guard.tests, place, Test(test.question, values))), zh, en
    for place, inner in enumerate(guard.nots):
        for changed, zh, en in guard_slips(inner, tree):
            yield replace(guard, nots=with_item(guard.nots, place, changed)), f"`not` 里 {zh}", f"within `not`, {en}"
    for place, alternatives in enumerate(guard.anys):
        for number, inner in enumerate(alternatives):
            fewer = (*alternatives[:number], *alternatives[number + 1 :])
            yield (
                replace(guard, anys=with_item(guard.anys, place, fewer)),
                f"`any` 少了第 {number + 1} 种",
                f"`any` lacks its alternative {number + 1}",
            )
            for changed, zh, en in guard_slips(inner, tree):
                others = with_item(alternatives, number, changed)
                yield replace(guard, anys=with_item(guard.anys, place, others)), f"`any` 里 {zh}", f"within `any`, {en}"
    if guard.ticks:
        turned = Guard(nots=(guard.ticks,))
        yield replace(guard, ticks=turned), "勾选的条件反了", "its ticks are turned round"
        for changed, zh, en in guard_slips(guard.ticks, tree):
            yield replace(guard, ticks=changed), zh, en


def when_slips(item: Item, tree: Tree) -> Iterator[tuple[Item, str, str]]:
    if item.guard != ALWAYS:
        yield replace(item, guard=ALWAYS), "的 `when` 删掉了", "its `when` is left out"
    for guard, zh, en in guard_slips(item.guard, tree):
        yield replace(item, guard=guard), f"的 `when`：{zh}", f"its `when`: {en}"


def deadline_slips(deadline: Deadline, one: Unfolded, asked: frozenset[str]) -> Iterator[tuple[Deadline, str, str]]:
    """`asked` are the questions that every reader of the outcome was asked: with another start `dated` would find the
    slip.
    """
    for within in filter(
        None, (lesser_limit(deadline.within, kind="date"), greater_limit(deadline.within, kind="date"))
    ):
        yield (
            replace(deadline, within=within),
            f"的 {deadline.within} 改成 {within}",
            f"{within}, not {deadline.within}",
        )
    kind = {"due": "ripens", "ripens": "due"}[deadline.kind]
    if deadline.met_by:
        yield replace(deadline, met_by=None), "的 `met_by` 删掉了", "its `met_by` is left out"
        if other := other_date(one, asked, deadline.met_by):
            yield (
                replace(deadline, met_by=other),
                f"的 `met_by` 写成 `{other}`，不是 `{deadline.met_by}`",
                f"`met_by` is `{other}`, not `{deadline.met_by}`",
            )
    yield replace(deadline, kind=kind, met_by=None), f"的 {deadline.kind} 改成 {kind}", f"{kind}, not {deadline.kind}"
    for place, (name, plus) in enumerate(deadline.start.dates):
        if other := other_date(one, asked, name):
            yield (
                replace(
                    deadline, start=Start(deadline.start.of, with_item(deadline.start.dates, place, (other, plus)))
                ),
                f"改从 `{other}` 起算，不从 `{name}`",
                f"from `{other}`, not from `{name}`",
            )


def other_date(one: Unfolded, asked: frozenset[str], name: str) -> str | None:
    """Another day that every reader was asked for."""
    return next((id for id in one.order if one.tree.questions[id].kind == "date" and id in asked and id != name), None)


def amount_slips(amount: Amount) -> Iterator[tuple[Amount, str, str]]:
    """A part of a sum forgotten, or what is taken away; a factor or a limit that is one more, or twice as much; a share
    the wrong way round.
    """
    for place, part in enumerate(amount.sum if len(amount.sum) > 1 else ()):
        parts = (*amount.sum[:place], *amount.sum[place + 1 :])
        yield replace(amount, sum=parts), f"少加了 `{part}`", f"`{part}` is not added"
    if amount.times:
        yield replace(amount, times=None), "的 `times` 删掉了", "its `times` is left out"
        times = str(Decimal(amount.times) + 1)
        yield replace(amount, times=times), f"的 {amount.times} 倍改成 {times} 倍", f"{times} times, not {amount.times}"
    if amount.share:
        turned = Share(amount.share.whole, amount.share.part)
        yield replace(amount, share=turned), "的 `part` 和 `whole` 对调了", "`part` and `whole` are swapped"
    if amount.less:
        yield replace(amount, less=None), f"没有减 `{amount.less}`", f"`{amount.less}` is not taken away"
    if amount.at_least:
        least = str(2 * Decimal(amount.at_least))
        yield replace(amount, at_least=least), f"的 `at_least` 改成 {least}", f"at least {least}, not {amount.at_least}"
    if amount.most:
        most = str(Decimal(amount.most) / 2)
        yield replace(amount, most=most), f"的 `most` 改成 {most}", f"at most {most}, not {amount.most}"


def neighbouring_article(cite: Citation, library: Library, as_of: str) -> Citation | None:
    """The next article of the same statute that the library holds, else the one before."""
    statute = library.statutes[cite.statute]
    numbers = [
        number
        for number, article in statute.articles.items()
        if not article.until or as_of < article.until or number == cite.article
    ]
    at = numbers.index(cite.article)
    other = next(iter((*numbers[at + 1 :], *numbers[:at][::-1])), None)
    return Citation(cite.statute, other) if other else None


def lesser_limit(limit: str, *, kind: str) -> str | None:
    """A day, a working day or a number less; a month taken for 30 days, a year for 364."""
    if kind == "number":
        return str(int(limit) - 1) if int(limit) else None
    if kind == "money":
        return str(Decimal(limit) - CENT) if Decimal(limit) > CENT else None
    if fixed := day_before_which(limit):
        return (fixed - timedelta(1)).isoformat()
    number, unit = amount_and_unit(limit)
    match unit:
        case "month" if number <= 30:
            return f"{30 * number} days"
        case "year" if number <= 2:
            return f"{365 * number - 1} days"
        case "year":
            return f"{12 * number - 1} months"
    return f"{number - 1} {unit}s" if number > 1 else None


def greater_limit(limit: str, *, kind: str) -> str | None:
    """A day, a working day or a number more; a month taken for 31 days, a year for 366."""
    if kind == "number":
        return str(int(limit) + 1)
    if kind == "money":
        return str(Decimal(limit) + CENT)
    if fixed := day_before_which(limit):
        return (fixed + timedelta(1)).isoformat()
    number, unit = amount_and_unit(limit)
    match unit:
        case "month" if number <= 30:
            return f"{31 * number} days"
        case "year" if number <= 2:
            return f"{366 * number} days"
        case "year":
            return f"{12 * number + 1} months"
    return f"{number + 1} {unit}s" if number < 999 else None


def limits_rise(answers: tuple[Answer, ...], kind: str) -> bool:
    """What the parser requires of bands: otherwise the slip would be found at once."""
    return all(
        beyond(before.limit, after.limit, kind) for before, after in pairwise(answers) if before.limit and after.limit
    )


def leads_of(answer: Answer) -> tuple[tuple[Guard, str], ...]:
    return tuple((way.guard, way.to) for way in answer.ways)


def with_way(answer: Answer, place: int, way: Way) -> Answer:
    return replace(answer, ways=with_item(answer.ways, place, way))


def with_question(tree: Tree, question: Question) -> Tree:
    return replace(tree, questions=tree.questions | {question.id: question})


def with_item[Part](items: tuple[Part, ...], index: int, item: Part) -> tuple[Part, ...]:
    return (*items[:index], item, *items[index + 1 :])
