"""A tree → the slips in it that no check and no worked walk would notice, and the walks that would.

A slip is noticed where `verify` finds something, or where a worked walk no longer arrives as it says. Two kinds are told apart
from the score: slips that no walk could ever tell, as they change nothing that a walk can speak of for any reader; and slips
that do, for some, but no walk was found that shows it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice

from minglu.changes.mutants import Mutant, always_cited, mutants
from minglu.changes.on_demand import States
from minglu.changes.telling import MOST_ENDS, Stop, all_said, different, holds, telling
from minglu.compile import Compiled
from minglu.compile.trees import OutcomeContext, citations_of, compile_outcome, compile_question
from minglu.diagnostics import Diagnostic
from minglu.engine.citations import Names
from minglu.engine.contract import CompiledOutcome, CompiledTree
from minglu.resolve.library import names_of
from minglu.resolve.model import Guard, Outcome, Project, Question, WorkedWalk
from minglu.unfold.handover import link_handovers
from minglu.unfold.matters import Ahead, joined, matters, targets
from minglu.unfold.model import Unfolded
from minglu.unfold.naming import name_states
from minglu.unfold.states import explore, merge_states
from minglu.verify import bands, cited, dated, decided, reachable
from minglu.verify.subject import Subject
from minglu.verify.walked import WalkEnd, walk_end

STATES_STAY = ("article", "standing", "deadline")


@dataclass(frozen=True)
class Score:
    """How many slips were tried that a walk can tell, and how many of them are noticed."""

    total: int
    noticed: int


@dataclass(frozen=True)
class Mutation:
    """`unnoticed` are slips, each with a walk that tells it. `walks` tell them all: each with the walk that it takes the place of, if any.

    `untellable` and `given_up` count the slips outside the score.
    """

    score: Score
    unnoticed: tuple[tuple[Mutant, WorkedWalk], ...]
    walks: tuple[tuple[WorkedWalk, WorkedWalk | None], ...]
    untellable: int
    given_up: int


def score(compiled: Compiled, tree: str, every: int = 1) -> Score:
    """The score of the tree called `tree`, of a project that is fit to publish; of a sample where only `every` so many slips are tried."""
    return mutate(compiled, tree, every).score


def mutate(compiled: Compiled, tree: str, every: int = 1) -> Mutation:
    """Try the slips in the tree called `tree`, of a project that is fit to publish: all, or the first of `every` so many."""
    bench = Bench(compiled, tree, names_of(compiled.project.library.statutes))
    noticed, unnoticed, untellable, given_up = 0, [], 0, 0
    for mutant in islice(mutants(bench.one, compiled.project.library, bench.names), 0, None, every):
        trial = Trial(bench, mutant)
        if trial.noticed() or trial.found():
            noticed += 1
        elif worked := trial.telling():
            unnoticed.append((trial, worked))
        elif trial.ways:
            given_up += 1
        else:
            untellable += 1
    told_by = tuple((trial.mutant, worked) for trial, worked in unnoticed)
    return Mutation(
        Score(noticed + len(unnoticed), noticed), told_by, tuple(walks_for(unnoticed, bench)), untellable, given_up
    )


@dataclass
class Draft:
    """A walk as it is to be written; `before` is the one that stands in walks.yml, `all` says all that can be said, `nodes` are those that it passes."""

    worked: WorkedWalk
    before: WorkedWalk | None
    all: WorkedWalk
    nodes: frozenset[str]


@dataclass
class Bench:
    """One tree, taken apart once, to be tried with one slip after the other."""

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
    def ahead(self) -> Ahead:
        return matters(self.one.tree, self.project)

    @cached_property
    def right(self) -> CompiledTree:
        """The tree as the engine reads it, its states unfolded on demand; all questions are there, also those that nobody is asked."""
        tree, compiled = self.one.tree, self.compiled.trees[self.id]
        questions = {id: compile_question(question) for id, question in tree.questions.items()}
        compiled = replace(compiled, questions={**compiled.questions, **questions})
        return with_states(compiled, States(tree, self.ahead))

    def compile_outcome(self, outcome: Outcome) -> CompiledOutcome:
        tree = self.one.tree
        return compile_outcome(outcome, OutcomeContext(tree.questions, tree.letters, self.project.library, self.names))

    @cached_property
    def drafts(self) -> list[Draft]:
        """The worked walks, those first that are no published example."""
        return [
            self.draft(worked, worked) for worked in sorted(self.one.tree.walks, key=lambda worked: bool(worked.story))
        ]

    def draft(self, worked: WorkedWalk, before: WorkedWalk | None) -> Draft:
        end = self.end(worked, self.right)
        return Draft(
            worked,
            before,
            all_said(worked, end, self.right),
            frozenset({*(step.question for step in end.here.path), end.at.id or ""}),
        )

    def end(self, worked: WorkedWalk, tree: CompiledTree) -> WalkEnd:
        return walk_end(tree, worked.answers, date.fromisoformat(worked.today), self.compiled.days)

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


@dataclass
class Trial:
    """One slip on the bench. `wrong` is the tree with it, as the engine reads it."""

    bench: Bench
    mutant: Mutant

    @cached_property
    def ahead(self) -> Ahead:
        """What matters in either tree, so that states of both can be held against each other."""
        own = matters(self.mutant.tree, self.bench.project)
        both = {
            node: {id: frozenset(sets) for id, sets in joined(known, own.get(node, {})).items()}
            for node, known in self.bench.ahead.items()
        }
        return self.bench.ahead if both == self.bench.ahead else both

    @cached_property
    def right(self) -> CompiledTree:
        """The tree without the slip, as the engine reads it."""
        if self.mutant.kind in STATES_STAY or self.ahead is self.bench.ahead:
            return self.bench.right
        return with_states(self.bench.right, States(self.bench.one.tree, self.ahead))

    @cached_property
    def wrong(self) -> CompiledTree:
        tree, node, right = self.mutant.tree, self.mutant.node, self.bench.right
        if node in tree.outcomes:
            outcome = self.bench.compile_outcome(tree.outcomes[node])
            wrong = replace(
                right,
                outcomes={**right.outcomes, node: outcome},
                citations=right.citations | citations_of([tree.outcomes[node]], self.bench.names),
            )
        else:
            wrong = replace(right, questions={**right.questions, node: compile_question(tree.questions[node])})
        if self.mutant.kind in STATES_STAY:
            return wrong
        return with_states(wrong, States(tree, self.ahead, self.right.states, node))

    def noticed(self) -> bool:
        """Whether a worked walk that passes the slip no longer arrives as it says."""
        passing = (draft.worked for draft in self.bench.drafts if self.mutant.node in draft.nodes)
        return any(not holds(worked, self.bench.end(worked, self.wrong), self.wrong) for worked in passing)

    def found(self) -> bool:
        """Whether a check finds the slip, or a guard speaks of an answer that is no longer there."""
        bench, tree = self.bench, self.mutant.tree
        if self.mutant.kind == "option" and any(
            lost(guard, tree.questions[self.mutant.node]) for guard in tree.guards()
        ):
            return True
        now, was = tree.outcomes.get(self.mutant.node), bench.one.tree.outcomes.get(self.mutant.node)
        if now and now.deadlines is was.deadlines and now.amounts is was.amounts and always_cited(now):
            return False
        if self.mutant.kind in STATES_STAY:
            one = replace(bench.one, tree=tree)
            return finds(dated.check, self.subject(one))
        one = link_handovers(name_states(tree, *merge_states(*explore(tree, self.ahead)), {}), bench.compiled.unfolded)
        subject = self.subject(one)
        if self.mutant.kind == "limit" and finds(bands.check, subject):
            return True
        return any(finds(check, subject) for check in (decided.check, reachable.check, dated.check, uncited))

    def subject(self, one: Unfolded) -> Subject:
        """The tree with the slip, as checks look at it."""
        compiled = self.bench.compiled
        return Subject(
            compiled=replace(compiled, unfolded=compiled.unfolded | {self.bench.id: one}), tree=self.bench.id
        )

    @cached_property
    def ways(self) -> list[tuple[Stop, ...]]:
        """To ends that differ; none where no walk can tell the slip."""
        return list(
            islice(different(self.right, self.wrong, self.mutant, self.bench.before(self.mutant.node)), MOST_ENDS)
        )

    def telling(self) -> WorkedWalk | None:
        """A walk that would notice it, if one is found."""
        return telling(self.right, self.wrong, self.ways, self.bench.compiled.days)


def with_states(tree: CompiledTree, states: States) -> CompiledTree:
    return replace(tree, states=states, start=states.start)


def finds(check: Callable[[Subject], Iterator[Diagnostic]], subject: Subject) -> bool:
    return next(check(subject), None) is not None


def uncited(subject: Subject) -> Iterator[Diagnostic]:
    return cited.uncited(subject.one)


def lost(guard: Guard, question: Question) -> bool:
    return any(
        test.question == question.id and not test.values <= {*question.answer_ids()} for test in guard.tests
    ) or any(lost(inner, question) for inner in guard.nots)


def walks_for(
    unnoticed: list[tuple[Trial, WorkedWalk]], bench: Bench
) -> Iterator[tuple[WorkedWalk, WorkedWalk | None]]:
    """Walks that stand already say more where that is enough; where it is not, a new one."""
    drafts = list(bench.drafts)
    for trial, worked in unnoticed:
        ends = [(draft, bench.end(draft.worked, trial.wrong)) for draft in drafts if trial.mutant.node in draft.nodes]
        if any(not holds(draft.worked, end, trial.wrong) for draft, end in ends):
            continue
        draft, end = next(((draft, end) for draft, end in ends if not holds(draft.all, end, trial.wrong)), (None, None))
        if draft is None:
            draft = bench.draft(replace(worked, standing="", deadlines={}, cites=(), not_cites=()), None)
            draft.worked = replace(draft.worked, name=unique(worked.name, drafts))
            drafts.append(draft)
            end = bench.end(worked, trial.wrong)
        draft.worked = next(more for more in saying_more(draft) if not holds(more, end, trial.wrong))
    yield from ((draft.worked, draft.before) for draft in drafts if draft.worked != draft.before)


def unique(name: str, drafts: list[Draft]) -> str:
    taken = {draft.worked.name for draft in drafts}
    return next(
        one for one in (name, *(f"{name}（{number}）" for number in range(2, len(drafts) + 3))) if one not in taken
    )


def saying_more(draft: Draft) -> Iterator[WorkedWalk]:
    """The walk, and the walk with one more thing said of its end."""
    worked, all = draft.worked, draft.all
    yield worked
    yield replace(worked, standing=all.standing)
    for id, day in all.deadlines.items():
        yield replace(worked, deadlines=worked.deadlines | {id: day.split()[-1]})
        yield replace(worked, deadlines=worked.deadlines | {id: day})
    for article in all.cites:
        yield replace(worked, cites=tuple(dict.fromkeys((*worked.cites, article))))
    for article in all.not_cites:
        yield replace(worked, not_cites=tuple(dict.fromkeys((*worked.not_cites, article))))
