"""A tree → the slips in it that no check and no worked walk would notice, and the walks that would.

A slip is noticed where `verify` finds something, or where a worked walk no longer arrives as it says. Two kinds are told apart
from the score: slips that no walk could ever tell, as they change nothing that a walk can speak of for any reader; and slips
that do, for some, but no walk was found that shows it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice

from minglu.changes.mutants import Mutant, always_cited, mutants
from minglu.changes.on_demand import States
from minglu.changes.telling import MOST_ENDS, Stop, all_said, different, holds, telling, told
from minglu.compile.data import outcome
from minglu.engine.citations import Names
from minglu.engine.dates import Calendar
from minglu.resolve.library import names_of
from minglu.resolve.model import Guard, Project, Question, Tree, WorkedWalk
from minglu.unfold.handover import linked
from minglu.unfold.matters import Ahead, joined, matters, targets
from minglu.unfold.model import Unfolded
from minglu.unfold.named import named
from minglu.unfold.states import explore, merged
from minglu.verify import bands, cited, dated, decided, reachable

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


def score(project: Project, unfolded: dict[str, Unfolded], calendar: Calendar, tree: str, every: int = 1) -> Score:
    """The score of the tree called `tree`, of a project that is fit to publish; of a sample where only `every` so many slips are tried."""
    return mutate(project, unfolded, calendar, tree, every).score


def mutate(project: Project, unfolded: dict[str, Unfolded], calendar: Calendar, tree: str, every: int = 1) -> Mutation:
    """Try the slips in the tree called `tree`, of a project that is fit to publish: all, or the first of `every` so many."""
    bench = Bench(project, unfolded, calendar, unfolded[tree], names_of(project.library.statutes))
    noticed, unnoticed, untellable, given_up = 0, [], 0, 0
    for mutant in islice(mutants(bench.one, project.library, bench.names), 0, None, every):
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

    project: Project
    unfolded: dict[str, Unfolded]
    calendar: Calendar
    one: Unfolded
    names: Names

    @cached_property
    def ahead(self) -> Ahead:
        return matters(self.one.tree, self.project)

    @cached_property
    def right(self) -> dict:
        """The tree as the engine reads it."""
        tree = self.one.tree
        outcomes = {id: outcome(self.one, id, self.project, self.names) for id in tree.outcomes}
        return {
            "questions": {id: tree.questions[id].plain() for id in dict.fromkeys((*self.one.order, *tree.questions))},
            "outcomes": outcomes,
        } | unfolding(tree, self.ahead)

    @cached_property
    def drafts(self) -> list[Draft]:
        """The worked walks, those first that are no published example."""
        return [
            self.draft(worked, worked) for worked in sorted(self.one.tree.walks, key=lambda worked: bool(worked.story))
        ]

    def draft(self, worked: WorkedWalk, before: WorkedWalk | None) -> Draft:
        end = self.end(worked, self.right)
        return Draft(worked, before, all_said(worked, end, self.right), frozenset({*end["used"], end["at"]["id"]}))

    def end(self, worked: WorkedWalk, tree: dict) -> dict:
        return told(tree, worked.answers, date.fromisoformat(worked.today), self.calendar)

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
    def right(self) -> dict:
        """The tree without the slip, as the engine reads it."""
        return (
            self.bench.right
            if self.mutant.kind in STATES_STAY or self.ahead is self.bench.ahead
            else self.bench.right | unfolding(self.bench.one.tree, self.ahead)
        )

    @cached_property
    def wrong(self) -> dict:
        tree, node, bench, right = self.mutant.tree, self.mutant.node, self.bench, self.bench.right
        if node in tree.outcomes:
            right = right | {
                "outcomes": right["outcomes"]
                | {node: outcome(replace(bench.one, tree=tree), node, bench.project, bench.names)}
            }
        else:
            right = right | {"questions": right["questions"] | {node: tree.questions[node].plain()}}
        return (
            right
            if self.mutant.kind in STATES_STAY
            else right | unfolding(tree, self.ahead, self.right["states"], node)
        )

    def noticed(self) -> bool:
        """Whether a worked walk that passes the slip no longer arrives as it says."""
        passing = (draft.worked for draft in self.bench.drafts if self.mutant.node in draft.nodes)
        return any(not holds(worked, self.bench.end(worked, self.wrong)) for worked in passing)

    def found(self) -> bool:
        """Whether a check finds the slip, or a guard speaks of an answer that is no longer there."""
        bench, tree = self.bench, self.mutant.tree
        if self.mutant.kind == "option" and any(
            lost(guard, tree.questions[self.mutant.node]) for guard in guards(tree)
        ):
            return True
        now, was = tree.outcomes.get(self.mutant.node), bench.one.tree.outcomes.get(self.mutant.node)
        if now and now.deadlines is was.deadlines and now.amounts is was.amounts and always_cited(now):
            return False
        if self.mutant.kind in STATES_STAY:
            one, checks = replace(bench.one, tree=tree), (dated.check,)
        else:
            one, checks = (
                linked(named(tree, *merged(*explore(tree, self.ahead)), {}), bench.unfolded),
                (decided.check, reachable.check, dated.check, cited.uncited),
            )
        if self.mutant.kind == "limit" and next(bands.check(one, bench.project, None, bench.calendar), None):
            return True
        return any(next(check(one), None) is not None for check in checks)

    @cached_property
    def ways(self) -> list[tuple[Stop, ...]]:
        """To ends that differ; none where no walk can tell the slip."""
        return list(
            islice(different(self.right, self.wrong, self.mutant, self.bench.before(self.mutant.node)), MOST_ENDS)
        )

    def telling(self) -> WorkedWalk | None:
        """A walk that would notice it, if one is found."""
        return telling(self.right, self.wrong, self.ways, self.bench.calendar)


def unfolding(tree: Tree, ahead: Ahead, like: States | None = None, node: str = "") -> dict:
    states = States(tree, ahead, like, node)
    return {"states": states, "start": states.start}


def lost(guard: Guard, question: Question) -> bool:
    return any(
        test.question == question.id and not test.values <= {*question.answer_ids()} for test in guard.tests
    ) or any(lost(inner, question) for inner in guard.nots)


def guards(tree: Tree) -> Iterator[Guard]:
    yield from (way.guard for question in tree.questions.values() for answer in question.answers for way in answer.ways)
    yield from (item.guard for whole in tree.outcomes.values() for items in whole.groups().values() for item in items)


def walks_for(
    unnoticed: list[tuple[Trial, WorkedWalk]], bench: Bench
) -> Iterator[tuple[WorkedWalk, WorkedWalk | None]]:
    """Walks that stand already say more where that is enough; where it is not, a new one."""
    drafts = list(bench.drafts)
    for trial, worked in unnoticed:
        ends = [(draft, bench.end(draft.worked, trial.wrong)) for draft in drafts if trial.mutant.node in draft.nodes]
        if any(not holds(draft.worked, end) for draft, end in ends):
            continue
        draft, end = next(((draft, end) for draft, end in ends if not holds(draft.all, end)), (None, None))
        if draft is None:
            draft = bench.draft(replace(worked, standing="", deadlines={}, cites=(), not_cites=()), None)
            draft.worked = replace(draft.worked, name=unique(worked.name, drafts))
            drafts.append(draft)
            end = bench.end(worked, trial.wrong)
        draft.worked = next(more for more in saying_more(draft) if not holds(more, end))
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
