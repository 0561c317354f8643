"""One unfolded tree → the compiled tree: the contract of `engine/contract.py`."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from minglu.compile.guard_words import guard_words
from minglu.engine.citations import Citation, label
from minglu.engine.codec import json_bytes
from minglu.engine.contract import (
    CompiledAlso,
    CompiledAmount,
    CompiledAnswer,
    CompiledArticle,
    CompiledBracket,
    CompiledBurden,
    CompiledChannel,
    CompiledCount,
    CompiledDeadline,
    CompiledLetter,
    CompiledNow,
    CompiledOutcome,
    CompiledQuestion,
    CompiledReach,
    CompiledRemedy,
    CompiledReply,
    CompiledShare,
    CompiledStart,
    CompiledState,
    CompiledStatement,
    CompiledTick,
    CompiledTree,
    CompiledUse,
    OtherTree,
    TickCondition,
    TickTest,
    target_at,
)
from minglu.engine.names import Names
from minglu.resolve.model import (
    Amount,
    Count,
    Guard,
    Item,
    Letter,
    Library,
    Outcome,
    Project,
    Question,
    Statement,
    Tree,
    Use,
)
from minglu.unfold.carrying import carries_as, taken_from
from minglu.unfold.liveness import onward_items
from minglu.unfold.model import Handover, State, Unfolded


def compile_tree(one: Unfolded, project: Project, starts: Mapping[str, str]) -> CompiledTree:
    """`starts` are the first states of all trees. `one` must have no stuck edge."""
    tree, names = one.tree, project.library.names
    context = OutcomeContext(tree.questions, tree.letters, project.trees, project.library, names)
    citations = citations_of(tree.outcomes.values(), names)
    articles = articles_of(citations.values(), project.library)
    compiled = CompiledTree(
        tree=tree.id,
        version="",
        title=tree.title,
        summary=tree.summary,
        plain=tree.plain,
        lead=tree.lead,
        bring=tree.bring,
        search=tree.search,
        as_of=tree.as_of,
        reviewed=tree.reviewed,
        start=one.start,
        questions={id: compile_question(tree.questions[id], tree, project.trees) for id in one.order},
        states={state.id: compile_state(state, one) for state in one.states.values()},
        outcomes={id: compile_outcome(outcome, context) for id, outcome in tree.outcomes.items()},
        citations=citations,
        articles=articles,
        law=law_of(articles),
        others={id: other_tree(id, project, starts) for id in other_trees(one)},
        disputed={id: disputed_questions(outcome) for id, outcome in tree.outcomes.items()},
        warnings=project.library.warnings,
    )
    return replace(compiled, version=version_of(compiled))


def version_of(tree: CompiledTree) -> str:
    """Eight characters that change when anything changes that a reader could see or reach; `reviewed` is the editor's
    own, and what the articles say has a hash of its own, `law`.
    """
    return short_hash(replace(tree, version="", reviewed="", articles=(), law=""))


def law_of(articles: tuple[CompiledArticle, ...]) -> str:
    """Eight characters that change when other articles are cited, or one of them says something else or lapses."""
    return short_hash(sorted(articles, key=lambda one: (one.statute, one.article)))


def short_hash(value: object) -> str:
    return hashlib.sha256(json_bytes(value)).hexdigest()[:8]


def compile_question(question: Question, tree: Tree, trees: Mapping[str, Tree]) -> CompiledQuestion:
    return CompiledQuestion(
        id=question.id,
        kind=question.kind,
        ask=question.ask,
        why=question.why,
        find=question.find,
        unit=question.unit,
        until=question.until,
        plus=question.plus,
        shared=question.shared,
        answers=tuple(CompiledAnswer(one.id, one.label, one.hint, one.limit, one.warn) for one in question.answers),
        ticks=tuple(CompiledTick(one.id, one.label, one.hint) for one in question.ticks),
        carries=carries_as(question, tree),
        takes=taken_from(question, tree, trees),
    )


def compile_state(state: State, one: Unfolded) -> CompiledState:
    known = dict(state.known)
    return CompiledState(
        id=state.id,
        node=state.node,
        known={id: known[id] for id in one.order if id in known},
        to={answer: target_of(edge.to) for edge in state.edges for answer in edge.answers},
        items={} if state.edges else state.items,
        left=state.left if state.edges else (0, 0),
        onward={item: target_of(to) for item, to in state.onward.items()},
    )


def target_of(to: object) -> str:
    """How a compiled state writes where an answer leads."""
    return target_at(to.tree, to.state, to.carries) if isinstance(to, Handover) else str(to)


@dataclass(frozen=True)
class OutcomeContext:
    """What the outcomes of one tree speak of: its questions and letters, the other trees, and what all trees share."""

    questions: Mapping[str, Question]
    letters: Mapping[str, Letter]
    trees: Mapping[str, Tree]
    library: Library
    names: Names


def compile_outcome(outcome: Outcome, context: OutcomeContext) -> CompiledOutcome:
    library = context.library

    def guarded(item: Item) -> dict[str, Any]:
        when, ticks = guard_words(item.guard.plain, context.questions), item.guard.ticks
        return {"when": when, "ticks": compile_ticks(ticks, context.questions) if ticks else None}

    def stated(item: Statement) -> dict[str, Any]:
        cite = tuple(label(citation, context.names) for citation in item.cites)
        return {**guarded(item), "says": item.says, "cite": cite, "basis": item.basis}

    def uses(items: Iterable[Use], known: Mapping[str, Any], detail: str = "") -> tuple[CompiledUse, ...]:
        return tuple(
            CompiledUse(
                **guarded(item),
                id=item.use,
                title=known[item.use].title if item.use in known else "",
                detail=getattr(known[item.use], detail) if detail and item.use in known else "",
            )
            for item in items
        )

    def title_of(target: str) -> str:
        return context.trees[target.removeprefix("tree/")].title

    return CompiledOutcome(
        id=outcome.id,
        title=outcome.title,
        standing=outcome.standing,
        says=outcome.says,
        now=tuple(CompiledNow(**stated(item), letter=item.letter, by=item.by, to=item.to) for item in outcome.now),
        remedies=tuple(CompiledRemedy(**stated(item), how=item.how) for item in outcome.remedies),
        grounds=tuple(CompiledStatement(**stated(item)) for item in outcome.grounds),
        deadlines=tuple(
            CompiledDeadline(
                **stated(item),
                id=item.id,
                kind=item.kind,
                label=item.label,
                start=CompiledStart(item.start.of, tuple((str(name), plus) for name, plus in item.start.dates)),
                within=item.within,
                met_by=item.met_by,
            )
            for item in outcome.deadlines
        ),
        burden=tuple(CompiledBurden(**stated(item), on=item.on) for item in outcome.burden),
        amounts=tuple(compile_amount(item, stated(item)) for item in outcome.amounts),
        evidence=uses(outcome.evidence, library.evidence, "proves"),
        replies=tuple(
            CompiledReply(**stated(item), id=item.id, answer=item.answer, letter=item.letter)
            for item in outcome.replies
        ),
        letters=tuple(
            CompiledLetter(
                **guarded(item),
                id=item.use,
                title=context.letters[item.use].title,
                text=context.letters[item.use].text,
                chat=context.letters[item.use].chat,
                gaps=context.letters[item.use].gaps,
            )
            for item in outcome.letters
        ),
        channels=tuple(
            CompiledChannel(
                **guarded(item),
                id=item.use,
                title=library.channels[item.use].title if item.use in library.channels else "",
                detail=library.channels[item.use].short if item.use in library.channels else "",
                reach=reach_of(item.use, library),
            )
            for item in outcome.channels
        ),
        also=tuple(
            CompiledAlso(**guarded(item), id=item.to, title=title_of(item.to), says=item.says) for item in outcome.also
        ),
        mistakes=uses(outcome.mistakes, library.mistakes),
    )


def compile_amount(item: Amount, stated: dict[str, Any]) -> CompiledAmount:
    """`stated` are the fields of every statement."""
    share = item.share
    return CompiledAmount(
        **stated,
        id=item.id,
        label=item.label,
        of=item.of,
        sum=item.sum,
        times=item.times,
        share=CompiledShare(compile_count(share.part), compile_count(share.whole)) if share else None,
        steps=tuple(CompiledBracket(one.up_to, one.fixed, one.percent) for one in item.steps),
        less=item.less,
        at_least=item.at_least,
        most=item.most,
    )


def compile_count(count: Count) -> CompiledCount:
    return CompiledCount(count.question, count.number, count.from_day, count.to_day)


def compile_ticks(guard: Guard, questions: Mapping[str, Question]) -> TickCondition:
    """A guard over ticks alone, its ticks in the order of their question."""
    return TickCondition(
        tuple(
            TickTest(test.question, tuple(one.id for one in questions[test.question].ticks if one.id in test.values))
            for test in guard.tests
        ),
        tuple(compile_ticks(inner, questions) for inner in guard.nots),
        tuple(tuple(compile_ticks(one, questions) for one in alternatives) for alternatives in guard.anys),
    )


def reach_of(channel: str, library: Library) -> tuple[CompiledReach, ...]:
    if channel not in library.channels:
        return ()
    return tuple(CompiledReach(one.kind, one.value, one.says) for one in library.channels[channel].reach)


def disputed_questions(outcome: Outcome) -> tuple[str, ...]:
    """What the replies and burdens of an outcome depend on: the other side disputes it, or somebody must prove it."""
    guards = (item.guard for item in (*outcome.replies, *outcome.burden))
    return tuple(dict.fromkeys(question for guard in guards for question in sorted(guard.questions())))


def citations_of(outcomes: Iterable[Outcome], names: Names) -> dict[str, Citation]:
    """Each citation of these outcomes by its words."""
    items = (item for outcome in outcomes for items in outcome.groups().values() for item in items)
    cited = (citation for item in items if isinstance(item, Statement) for citation in item.cites)
    return {label(citation, names): citation for citation in cited}


def articles_of(citations: Iterable[Citation], library: Library) -> tuple[CompiledArticle, ...]:
    """The whole articles that these are of, each once; what the library does not hold is for `verify` to report."""
    whole = dict.fromkeys(Citation(one.statute, one.article) for one in citations)
    return tuple(
        compile_article(one, library) for one in whole if one.article in library.statutes[one.statute].articles
    )


def compile_article(one: Citation, library: Library) -> CompiledArticle:
    statute = library.statutes[one.statute]
    article = statute.articles[one.article]
    return CompiledArticle(
        statute=one.statute,
        article=one.article,
        label=label(one, library.names),
        gist=article.gist,
        until=article.until or statute.until,
    )


def other_trees(one: Unfolded) -> list[str]:
    """The other trees that a walk may go on in, by a way, a channel or an `also`."""
    edges = (edge.to for state in one.states.values() for edge in state.edges)
    items = (to for outcome in one.tree.outcomes.values() for _, to, _ in onward_items(outcome))
    return sorted({to.tree for to in edges if isinstance(to, Handover)} | {to.removeprefix("tree/") for to in items})


def other_tree(id: str, project: Project, starts: Mapping[str, str]) -> OtherTree:
    tree = project.trees[id]
    own = (question.id for question in tree.questions.values() if not question.shared)
    return OtherTree(tree.title, tree.summary, starts[id], tuple(id for id in own if id in project.library.questions))
