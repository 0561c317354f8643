"""A tree → the slips in it that no check and no worked walk would notice, and the walks that would.

A slip is noticed where `verify` finds something, or where a worked walk no longer arrives as it says. A slip that no walk
could ever tell, as it changes nothing that a walk can speak of for any reader, is not counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from build_tools.changes.mutants import Mutant, mutants
from build_tools.changes.on_demand import States
from build_tools.changes.telling import all_said, holds, telling, told
from build_tools.engine.citations import Names
from build_tools.engine.dates import Calendar
from build_tools.resolve.model import Guard, Project, Tree, WorkedWalk
from build_tools.unfold.handover import linked
from build_tools.unfold.matters import Ahead, joined, matters, targets
from build_tools.unfold.model import Unfolded
from build_tools.unfold.named import named
from build_tools.unfold.states import explore, merged
from build_tools.verify import cited, dated, decided, reachable
from build_tools.write.data import names_of, outcome

STATES_STAY = ("article", "standing", "deadline")


@dataclass(frozen=True)
class Score:
    """How many slips were tried that a walk can tell, and how many of them are noticed."""

    total: int
    noticed: int


@dataclass(frozen=True)
class Mutation:
    """`unnoticed` are slips, each with a walk that tells it. `walks` tell them all: each with the walk that it takes the place of, if any."""

    score: Score
    unnoticed: tuple[tuple[Mutant, WorkedWalk], ...]
    walks: tuple[tuple[WorkedWalk, WorkedWalk | None], ...]
    untellable: int


def score(project: Project, unfolded: dict[str, Unfolded], calendar: Calendar, tree: str) -> Score:
    """The score of the tree called `tree`, of a project that is fit to publish."""
    return mutate(project, unfolded, calendar, tree).score


def mutate(project: Project, unfolded: dict[str, Unfolded], calendar: Calendar, tree: str) -> Mutation:
    """Try every slip in the tree called `tree`, of a project that is fit to publish."""
    bench = Bench(project, unfolded, calendar, unfolded[tree], names_of(project.library))
    noticed, unnoticed, untellable = 0, [], 0
    for mutant in mutants(bench.one, project.library, bench.names):
        if bench.noticed(mutant):
            noticed += 1
        elif worked := bench.telling(mutant):
            unnoticed.append((mutant, worked))
        else:
            untellable += 1
    return Mutation(Score(noticed + len(unnoticed), noticed), tuple(unnoticed), tuple(walks_for(unnoticed, bench)), untellable)


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
        tree = self.one.tree
        states = States(tree, self.ahead)
        return {"questions": {id: tree.questions[id].plain() for id in self.one.order}, "states": states, "start": states.start, "outcomes": {id: outcome(self.one, id, self.project, self.names) for id in tree.outcomes}}

    @cached_property
    def drafts(self) -> list[Draft]:
        """The worked walks, those first that are no published example."""
        return [self.draft(worked, worked) for worked in sorted(self.one.tree.walks, key=lambda worked: bool(worked.story))]

    def draft(self, worked: WorkedWalk, before: WorkedWalk | None) -> Draft:
        end = self.end(worked, self.right)
        return Draft(worked, before, all_said(worked, end, self.right), frozenset({*end["used"], end["at"]["id"]}))

    def end(self, worked: WorkedWalk, tree: dict) -> dict:
        return told(tree, worked.answers, date.fromisoformat(worked.today), self.calendar)

    def wrong(self, mutant: Mutant, ahead: Ahead | None = None) -> dict:
        """The tree with the slip, as the engine reads it."""
        tree, node, right = mutant.tree, mutant.node, self.right
        if node in tree.outcomes:
            right = right | {"outcomes": right["outcomes"] | {node: outcome(replace(self.one, tree=tree), node, self.project, self.names)}}
        else:
            right = right | {"questions": right["questions"] | {node: tree.questions[node].plain()}}
        if mutant.kind in STATES_STAY:
            return right
        states = States(tree, ahead or matters(tree, self.project))
        return right | {"states": states, "start": states.start}

    def noticed(self, mutant: Mutant) -> bool:
        wrong = self.wrong(mutant)
        passing = (draft.worked for draft in self.drafts if mutant.node in draft.nodes)
        return any(not holds(worked, self.end(worked, wrong)) for worked in passing) or self.found(mutant)

    def found(self, mutant: Mutant) -> bool:
        """Whether a check finds the slip, or a guard speaks of an answer that is no longer there."""
        if mutant.kind == "option" and any(self.lost(guard, mutant) for guard in guards(mutant.tree)):
            return True
        if mutant.kind in STATES_STAY:
            one, checks = replace(self.one, tree=mutant.tree), (cited, dated)
        else:
            one = linked(named(mutant.tree, *merged(*explore(mutant.tree, matters(mutant.tree, self.project)))), self.unfolded)
            checks = (decided, reachable, cited, dated)
        return any(next(iter(check.check(one, self.project)), None) is not None for check in checks)

    def lost(self, guard: Guard, mutant: Mutant) -> bool:
        ids = mutant.tree.questions[mutant.node].answer_ids()
        return any(test.question == mutant.node and not test.values <= {*ids} for test in guard.tests) or any(self.lost(inner, mutant) for inner in guard.nots)

    def telling(self, mutant: Mutant) -> WorkedWalk | None:
        if mutant.kind in STATES_STAY:
            return telling(self.right, self.wrong(mutant), mutant, self.before(mutant.node), self.calendar)
        both = {node: {id: frozenset(sets) for id, sets in joined(known, matters(mutant.tree, self.project)[node]).items()} for node, known in self.ahead.items()}
        right = self.right
        if both != self.ahead:
            states = States(self.one.tree, both)
            right = right | {"states": states, "start": states.start}
        return telling(right, self.wrong(mutant, both), mutant, self.before(mutant.node), self.calendar)

    def before(self, node: str) -> frozenset[str]:
        """The node and all questions that may lead to it."""
        found, todo = {node}, [node]
        while todo:
            to = todo.pop()
            new = [id for id, question in self.one.tree.questions.items() if id not in found and to in targets(question)]
            found |= {*new}
            todo += new
        return frozenset(found)


def guards(tree: Tree) -> Iterator[Guard]:
    yield from (way.guard for question in tree.questions.values() for answer in question.answers for way in answer.ways)
    yield from (item.guard for whole in tree.outcomes.values() for items in whole.groups().values() for item in items)


def walks_for(unnoticed: list[tuple[Mutant, WorkedWalk]], bench: Bench) -> Iterator[tuple[WorkedWalk, WorkedWalk | None]]:
    """Walks that stand already say more where that is enough; where it is not, a new one."""
    drafts = list(bench.drafts)
    for mutant, worked in unnoticed:
        wrong = bench.wrong(mutant)
        ends = [(draft, bench.end(draft.worked, wrong)) for draft in drafts if mutant.node in draft.nodes]
        if any(not holds(draft.worked, end) for draft, end in ends):
            continue
        draft, end = next(((draft, end) for draft, end in ends if not holds(draft.all, end)), (None, None))
        if draft is None:
            draft = bench.draft(replace(worked, standing="", deadlines={}, cites=(), not_cites=()), None)
            draft.worked = replace(draft.worked, name=unique(worked.name, drafts))
            drafts.append(draft)
            end = bench.end(worked, wrong)
        draft.worked = next(more for more in saying_more(draft) if not holds(more, end))
    yield from ((draft.worked, draft.before) for draft in drafts if draft.worked != draft.before)


def unique(name: str, drafts: list[Draft]) -> str:
    taken = {draft.worked.name for draft in drafts}
    return next(one for one in (name, *(f"{name}（{number}）" for number in range(2, len(drafts) + 3))) if one not in taken)


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
