"""A tree → the slips in it that no check and no worked walk would notice, and the walks that would.

A slip is noticed where `verify` finds something, or where a worked walk no longer arrives as it says. Two kinds are
left out of the score: slips that no walk could ever notice, as they change nothing that a walk can speak of for any
reader; and slips that do, for some, but for which no walk was found that shows it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice

from minglu.changes.lazy_states import LazyStates, LazyTree, lazy_tree
from minglu.changes.mutants import Mutant, always_cited, mutants
from minglu.changes.witness_search import (
    MOST_WAYS,
    WitnessWay,
    differing_ways,
    find_witness,
    walk_holds,
    with_all_claims,
)
from minglu.compile import Compiled
from minglu.compile.trees import OutcomeContext, citations_of, compile_outcome, compile_question
from minglu.diagnostics import Diagnostic
from minglu.engine.contract import CompiledOutcome
from minglu.engine.names import Names
from minglu.resolve.model import Guard, Outcome, Project, Question, WorkedWalk
from minglu.unfold.handover import link_handovers
from minglu.unfold.liveness import LiveAnswers, joined, live_answers, targets
from minglu.unfold.model import Unfolded
from minglu.unfold.naming import name_states
from minglu.unfold.states import explore, merge_states
from minglu.verify import bands, cited, dated, decided, reachable
from minglu.verify.doors import follow_door, wrong_door
from minglu.verify.subject import Subject
from minglu.verify.walked import WalkEnd, walk_end

STATES_STAY = ("article", "standing", "deadline", "amount")
"""Kinds of slips that change neither the states of a tree nor what they show."""


@dataclass(frozen=True, kw_only=True)
class Score:
    """How many slips were tried that a walk can notice, and how many of them are noticed."""

    total: int
    noticed: int


@dataclass(frozen=True)
class UnnoticedSlip:
    """`witness` is a walk that would notice it."""

    mutant: Mutant
    witness: WorkedWalk


@dataclass(frozen=True)
class WalkToWrite:
    """`before` is the walk that stands in walks.yml and that `worked` takes the place of, if any."""

    worked: WorkedWalk
    before: WorkedWalk | None


@dataclass(frozen=True, kw_only=True)
class Mutation:
    """The `walks` together notice all that is `unnoticed`. `unnoticeable` and `given_up` count the slips outside the
    score.
    """

    score: Score
    unnoticed: tuple[UnnoticedSlip, ...]
    walks: tuple[WalkToWrite, ...]
    unnoticeable: int
    given_up: int


def score(compiled: Compiled, tree: str, every: int = 1) -> Score:
    """The score of the tree called `tree`, of a project that is fit to publish; of a sample where only the first of
    `every` so many slips is tried.
    """
    return mutate(compiled, tree, every).score


def mutate(compiled: Compiled, tree: str, every: int = 1) -> Mutation:
    """Try the slips in the tree called `tree`, of a project that is fit to publish: all, or the first of `every` so
    many.
    """
    bench = MutationBench(compiled, tree, compiled.project.library.names)
    unnoticed: list[tuple[MutantTrial, WorkedWalk]] = []
    noticed, unnoticeable, given_up = 0, 0, 0
    for mutant in islice(mutants(bench.one, compiled.project.library, bench.names), 0, None, every):
        trial = MutantTrial(bench, mutant)
        if trial.noticed() or trial.found() or trial.noticed_by_case():
            noticed += 1
        elif witness := trial.witness():
            unnoticed.append((trial, witness))
        elif trial.ways:
            given_up += 1
        else:
            unnoticeable += 1
    return Mutation(
        score=Score(total=noticed + len(unnoticed), noticed=noticed),
        unnoticed=tuple(UnnoticedSlip(trial.mutant, witness) for trial, witness in unnoticed),
        walks=tuple(walks_to_write(unnoticed, bench)),
        unnoticeable=unnoticeable,
        given_up=given_up,
    )


@dataclass(frozen=True, kw_only=True)
class WalkDraft:
    """A walk as it is to be written; `before` is the one that stands in walks.yml, `fullest` claims all that can be
    claimed, `nodes` are those that it passes.
    """

    worked: WorkedWalk
    before: WorkedWalk | None
    fullest: WorkedWalk
    nodes: frozenset[str]


@dataclass(frozen=True)
class MutationBench:
    """One tree, prepared once, to be tried with one slip after the other."""

    compiled: Compiled
    id: str
    names: Names

    @property
    def one(self) -> Unfolded:
        return self.compiled.unfolded[self.id]

    @property
    def project(self) -> Project:
        return self.compiled.project

    @cached_property
    def ahead(self) -> LiveAnswers:
        return live_answers(self.one.tree, self.project)

    @cached_property
    def right(self) -> LazyTree:
        """The tree without a slip; all questions are there, also those that nobody is asked."""
        tree, compiled = self.one.tree, self.compiled.trees[self.id]
        questions = {
            id: compile_question(question, tree, self.project.trees) for id, question in tree.questions.items()
        }
        compiled = replace(compiled, questions={**compiled.questions, **questions})
        return lazy_tree(compiled, LazyStates(tree, self.ahead, self.compiled.unfolded))

    def compile_outcome(self, outcome: Outcome) -> CompiledOutcome:
        tree = self.one.tree
        context = OutcomeContext(tree.questions, tree.letters, self.project.trees, self.project.library, self.names)
        return compile_outcome(outcome, context)

    @cached_property
    def drafts(self) -> list[WalkDraft]:
        """The worked walks, those first that are no published example."""
        walks = sorted(self.one.tree.walks, key=lambda worked: bool(worked.story))
        return [self.draft(worked, before=worked) for worked in walks]

    def draft(self, worked: WorkedWalk, *, before: WorkedWalk | None = None) -> WalkDraft:
        end = self.end(worked, self.right)
        nodes = frozenset({*(step.question for step in end.here.path), end.at.id or ""})
        return WalkDraft(worked=worked, before=before, fullest=with_all_claims(worked, end, self.right), nodes=nodes)

    def end(self, worked: WorkedWalk, tree: LazyTree) -> WalkEnd:
        return walk_end(tree.compiled, worked.answers, date.fromisoformat(worked.today), self.compiled.days)

    def before(self, node: str) -> frozenset[str]:
        """The node and all questions that may lead to it."""
        found, todo = {node}, [node]
        while todo:
            to = todo.pop()
            new = [
                id for id, question in self.one.tree.questions.items() if id not in found and to in targets(question)
            ]
            found |= {*new}
            todo += new
        return frozenset(found)


@dataclass(frozen=True)
class MutantTrial:
    """One slip on the bench."""

    bench: MutationBench
    mutant: Mutant

    @cached_property
    def ahead(self) -> LiveAnswers:
        """What matters in either tree, so that states of both can be compared."""
        own = live_answers(self.mutant.tree, self.bench.project)
        both = {
            node: {id: frozenset(sets) for id, sets in joined(known, own.get(node, {})).items()}
            for node, known in self.bench.ahead.items()
        }
        return self.bench.ahead if both == self.bench.ahead else both

    @cached_property
    def right(self) -> LazyTree:
        """The tree without the slip."""
        if self.mutant.kind in STATES_STAY or self.ahead is self.bench.ahead:
            return self.bench.right
        return lazy_tree(
            self.bench.right.compiled, LazyStates(self.bench.one.tree, self.ahead, self.bench.compiled.unfolded)
        )

    @cached_property
    def wrong(self) -> LazyTree:
        """The tree with the slip."""
        tree, node, right = self.mutant.tree, self.mutant.node, self.bench.right
        if node in tree.outcomes:
            outcome = self.bench.compile_outcome(tree.outcomes[node])
            compiled = replace(
                right.compiled,
                outcomes={**right.compiled.outcomes, node: outcome},
                citations=right.compiled.citations | citations_of([tree.outcomes[node]], self.bench.names),
            )
        else:
            question = compile_question(tree.questions[node], tree, self.bench.project.trees)
            compiled = replace(right.compiled, questions={**right.compiled.questions, node: question})
        if self.mutant.kind in STATES_STAY:
            return LazyTree(compiled, right.states)
        return lazy_tree(
            compiled, LazyStates(tree, self.ahead, self.bench.compiled.unfolded, like=self.right.states, node=node)
        )

    def noticed(self) -> bool:
        """Whether a worked walk that passes the slip no longer arrives as it says."""
        passing = (draft.worked for draft in self.bench.drafts if self.mutant.node in draft.nodes)
        return any(not self.holds(worked) for worked in passing)

    def noticed_by_case(self) -> bool:
        """Whether a case that passes this tree no longer ends as it says, by one of its doors."""
        bench = self.bench
        trees = bench.compiled.trees | {bench.id: self.wrong.compiled}
        with_slip = replace(bench.compiled, trees=trees)
        return any(
            bench.id in {leg.tree for leg in follow_door(case, door, bench.compiled)}
            and next(wrong_door(case, door, follow_door(case, door, with_slip), {}, with_slip), None) is not None
            for case in bench.project.cases
            for door in case.doors
        )

    def holds(self, worked: WorkedWalk) -> bool:
        """Whether a walk arrives as it says in the tree with the slip."""
        return walk_holds(worked, self.bench.end(worked, self.wrong), self.wrong)

    def found(self) -> bool:
        """Whether a check finds the slip, or a guard names an answer that is no longer there."""
        bench, tree, node = self.bench, self.mutant.tree, self.mutant.node
        if self.mutant.kind == "option" and any(names_lost_answer(one, tree.questions[node]) for one in tree.guards()):
            return True
        if node in tree.outcomes and checks_unaffected(bench.one.tree.outcomes[node], tree.outcomes[node]):
            return False
        if self.mutant.kind in STATES_STAY:
            one = replace(bench.one, tree=tree)
            return finds(dated.check, self.subject(one))
        one = link_handovers(name_states(tree, *merge_states(*explore(tree, self.ahead)), {}), bench.compiled.unfolded)
        subject = self.subject(one)
        if self.mutant.kind == "limit" and finds(bands.check, subject):
            return True
        if any(finds(check, subject) for check in (decided.check, reachable.check, dated.check)):
            return True
        return next(cited.uncited(one), None) is not None

    def subject(self, one: Unfolded) -> Subject:
        """The tree with the slip, as checks look at it."""
        compiled = self.bench.compiled
        return Subject(
            compiled=replace(compiled, unfolded=compiled.unfolded | {self.bench.id: one}), tree=self.bench.id
        )

    @cached_property
    def ways(self) -> list[WitnessWay]:
        """To ends that differ; none where no walk can notice the slip."""
        near = self.bench.before(self.mutant.node)
        return list(islice(differing_ways(self.right, self.wrong, self.mutant, near=near), MOST_WAYS))

    def witness(self) -> WorkedWalk | None:
        """A walk that would notice it, if one is found."""
        return find_witness(self.right, self.wrong, self.ways, self.bench.compiled.days)


def names_lost_answer(guard: Guard, question: Question) -> bool:
    return any(
        test.question == question.id and not test.values <= {*question.answer_ids()} for test in guard.tests
    ) or any(names_lost_answer(inner, question) for inner in guard.inner())


def checks_unaffected(was: Outcome, now: Outcome) -> bool:
    """Whether no check depends on what differs between the two: deadlines and amounts stay, and some citation is always
    shown.
    """
    return now.deadlines is was.deadlines and now.amounts is was.amounts and bool(always_cited(now))


def finds(check: Callable[[Subject], Iterator[Diagnostic]], subject: Subject) -> bool:
    return next(check(subject), None) is not None


def walks_to_write(unnoticed: list[tuple[MutantTrial, WorkedWalk]], bench: MutationBench) -> Iterator[WalkToWrite]:
    """Walks that stand already claim more where that is enough; where it is not, a new one."""
    drafts = list(bench.drafts)
    for trial, witness in unnoticed:
        passing = [(at, draft) for at, draft in enumerate(drafts) if trial.mutant.node in draft.nodes]
        if any(not trial.holds(draft.worked) for _, draft in passing):
            continue
        at, draft = next(
            (one for one in passing if not trial.holds(one[1].fullest)),
            (len(drafts), new_draft(witness, drafts, bench)),
        )
        drafts[at : at + 1] = [replace(draft, worked=next(one for one in fuller_walks(draft) if not trial.holds(one)))]
    yield from (WalkToWrite(draft.worked, draft.before) for draft in drafts if draft.worked != draft.before)


def new_draft(witness: WorkedWalk, drafts: list[WalkDraft], bench: MutationBench) -> WalkDraft:
    name = unused_name(witness.name, drafts)
    return bench.draft(replace(witness, name=name, standing="", deadlines={}, amounts={}, cites=(), not_cites=()))


def unused_name(name: str, drafts: list[WalkDraft]) -> str:
    taken = {draft.worked.name for draft in drafts}
    return next(
        one for one in (name, *(f"{name}（{number}）" for number in range(2, len(drafts) + 3))) if one not in taken
    )


def fuller_walks(draft: WalkDraft) -> Iterator[WorkedWalk]:
    """The walk, and the walk with one more claim about its end."""
    worked, fullest = draft.worked, draft.fullest
    yield worked
    yield replace(worked, standing=fullest.standing)
    for id, day in fullest.deadlines.items():
        yield replace(worked, deadlines=worked.deadlines | {id: day.split()[-1]})
        yield replace(worked, deadlines=worked.deadlines | {id: day})
    for id, sum in fullest.amounts.items():
        yield replace(worked, amounts=worked.amounts | {id: sum})
    for article in fullest.cites:
        yield replace(worked, cites=tuple(dict.fromkeys((*worked.cites, article))))
    for article in fullest.not_cites:
        yield replace(worked, not_cites=tuple(dict.fromkeys((*worked.not_cites, article))))
