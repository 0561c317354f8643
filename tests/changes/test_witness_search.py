"""States found on demand are those of the whole tree, and a slip has a witness where some reader ends differently."""

from dataclasses import replace
from datetime import date
from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from random_trees import CALENDAR, compiled_of, generated, project_of, projects

from minglu.changes.lazy_states import LazyStates, LazyTree, lazy_tree
from minglu.changes.mutants import Mutant, mutants
from minglu.changes.mutate import MutantTrial, MutationBench
from minglu.changes.witness_search import walk_holds
from minglu.compile import Compiled
from minglu.compile.trees import compile_question
from minglu.engine.contract import CompiledTree
from minglu.engine.walk_report import walk_report
from minglu.unfold.liveness import live_answers
from minglu.unfold.model import Unfolded

quick = generated(20)
TODAY = date(2026, 11, 16)


def end(tree: CompiledTree, answers: dict[str, str]) -> tuple:
    """Where a reader ends and what is shown there, whatever the states are called."""
    reached = walk_report(tree, answers, today=TODAY, calendar=CALENDAR, without=("what_if", "deciding"))
    return reached.at.kind, reached.at.id, reached.outcome, reached.used


def bench_of(compiled: Compiled, id: str) -> MutationBench:
    return MutationBench(compiled, id, compiled.project.library.names)


def everyone(one: Unfolded, *, unsure: bool = False) -> list[dict[str, str]]:
    questions = one.tree.questions
    return [
        dict(zip(questions, answers, strict=True))
        for answers in product(
            *((*question.answer_ids(), *(["unsure"] if unsure else [])) for question in questions.values())
        )
    ]


@generated(120)  # hand-overs of somebody unsure are rare
@given(projects(whole=True))
def test_states_on_demand_are_those_of_the_whole_tree(files) -> None:
    compiled = compiled_of(project_of(files))
    for id, one in compiled.unfolded.items():
        whole, demand = compiled.trees[id], bench_of(compiled, id).right.compiled
        for answers in (readers := everyone(one, unsure=True))[:: 1 + len(readers) // 200]:
            assert end(demand, answers) == end(whole, answers)


@quick
@given(projects(whole=True), st.integers(0, 10))
def test_a_slip_has_a_witness_exactly_where_some_reader_ends_differently(files, first: int) -> None:
    compiled = compiled_of(project_of(files))
    for id, one in compiled.unfolded.items():
        bench = bench_of(compiled, id)
        whole = LazyTree(compiled.trees[id], bench.right.states)
        for mutant in list(mutants(one, compiled.project.library, bench.names))[first::7]:
            trial = MutantTrial(bench, mutant)
            worked = trial.witness()
            if worked:
                slipped = fresh(mutant, bench)
                assert walk_holds(worked, bench.end(worked, whole), whole)
                assert not walk_holds(worked, bench.end(worked, slipped), slipped)
            elif mutant.kind in ("target", "swap", "guard"):
                assert all(
                    end(bench.right.compiled, answers)[:2] == end(trial.wrong.compiled, answers)[:2]
                    for answers in everyone(one)
                )


def fresh(mutant: Mutant, bench: MutationBench) -> LazyTree:
    """The tree with the slip, compiled anew."""
    tree = mutant.tree
    whole = replace(
        bench.compiled.trees[bench.id],
        questions={
            id: compile_question(question, tree, bench.project.trees) for id, question in tree.questions.items()
        },
        outcomes={id: bench.compile_outcome(outcome) for id, outcome in tree.outcomes.items()},
    )
    return lazy_tree(whole, LazyStates(tree, live_answers(tree, bench.project), bench.compiled.unfolded))
