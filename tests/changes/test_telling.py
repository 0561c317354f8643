"""States found on demand are those of the whole tree, and a slip is told exactly where some reader ends differently."""

import os
from datetime import date
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_trees import project_of, projects

from minglu.changes.mutants import Mutant, mutants
from minglu.changes.mutate import Bench, Trial, unfolding
from minglu.changes.telling import holds, told
from minglu.compile.data import compile_tree
from minglu.engine.dates import Calendar
from minglu.resolve.library import names_of
from minglu.resolve.model import Project
from minglu.unfold import unfold
from minglu.unfold.model import Unfolded

EXAMPLES = int(os.environ.get("EXAMPLES", "20"))
quick = settings(
    max_examples=EXAMPLES,
    derandomize=EXAMPLES < 100,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
TODAY = date(2026, 11, 16)
CALENDAR = Calendar(2004, 2026, frozenset(), frozenset())


def end(tree: dict, answers: dict[str, str]) -> tuple:
    """Where a reader ends and what is shown there, whatever the states are called."""
    reached = told(tree, answers, TODAY, CALENDAR)
    return reached["at"]["kind"], reached["at"]["id"], reached["outcome"], reached["used"]


def everyone(one: Unfolded, *, unsure: bool = False) -> list[dict[str, str]]:
    questions = one.tree.questions
    return [
        dict(zip(questions, answers))
        for answers in product(
            *((*question.answer_ids(), *(["unsure"] if unsure else [])) for question in questions.values())
        )
    ]


@quick
@given(projects(whole=True))
def test_states_on_demand_are_those_of_the_whole_tree(files) -> None:
    project = project_of(files)
    unfolded = unfold(project)
    for one in unfolded.values():
        bench = Bench(project, unfolded, CALENDAR, one, names_of(project.library.statutes))
        whole, demand = compile_tree(one, project), bench.right
        for answers in (readers := everyone(one, unsure=True))[:: 1 + len(readers) // 200]:
            assert end(demand, answers) == end(whole, answers)


@quick
@given(projects(whole=True), st.integers(0, 10))
def test_a_slip_is_told_exactly_where_some_reader_ends_differently(files, first: int) -> None:
    project = project_of(files)
    unfolded = unfold(project)
    for one in unfolded.values():
        bench = Bench(project, unfolded, CALENDAR, one, names_of(project.library.statutes))
        for mutant in list(mutants(one, project.library, bench.names))[first::7]:
            trial = Trial(bench, mutant)
            worked = trial.telling()
            if worked:
                assert holds(worked, bench.end(worked, compile_tree(one, project)))
                assert not holds(worked, bench.end(worked, fresh(mutant, project)))
            elif mutant.kind in ("target", "swap", "guard"):
                assert all(end(bench.right, answers)[:2] == end(trial.wrong, answers)[:2] for answers in everyone(one))


def fresh(mutant: Mutant, project: Project) -> dict:
    """The tree with the slip, taken up anew."""
    from minglu.unfold.matters import matters

    tree = mutant.tree
    return {
        "questions": {id: question.plain() for id, question in tree.questions.items()},
        "outcomes": compiled_outcomes(tree, project),
    } | unfolding(tree, matters(tree, project))


def compiled_outcomes(tree, project) -> dict:
    from minglu.compile.data import outcome

    return {
        id: outcome(Unfolded(tree, "", {}, (), {}), id, project, names_of(project.library.statutes))
        for id in tree.outcomes
    }
