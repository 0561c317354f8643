"""States and walks agree with a direct reading of the tree, over every combination of answers.

The reading of `direct_reading.py` knows no states.
"""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise, product
from pathlib import Path

import pytest
from direct_reading import arrival, everyone, holds, read, said_to, ticks_allow
from hypothesis import given
from hypothesis import strategies as st
from random_trees import CALENDAR, compiled_of, generated, project_of, projects

from minglu.compile.counts import count_tree
from minglu.diagnostics import NOWHERE
from minglu.engine import ahead
from minglu.engine.codec import from_json
from minglu.engine.contract import CompiledTree, target_at
from minglu.engine.dates import Period, deadline
from minglu.engine.outcome import shown_by_ticks
from minglu.engine.walk import walk
from minglu.engine.what_if import what_if
from minglu.resolve.contradictions import can_hold
from minglu.resolve.model import ALWAYS
from minglu.unfold import unfold
from minglu.unfold.model import Handover, Stuck, Unfolded
from minglu.verify import decided, finite
from minglu.verify.subject import Subject
from minglu.write.graph import tree_graph

quick = generated(30)
TODAY = date(2026, 11, 16)


# ---- the same through states


def follow(one: Unfolded, answers: dict[str, str]) -> tuple[list[str], tuple]:
    """The states passed, and how it ends."""
    passed = [one.start]
    while edges := one.states[passed[-1]].edges:
        state = one.states[passed[-1]]
        (edge,) = [edge for edge in edges if answers[state.node] in edge.answers]
        if isinstance(edge.to, Stuck):
            return passed, ("stuck", state.node, len(edge.to.ways))
        if isinstance(edge.to, Handover):
            return passed, ("tree", edge.to.tree)
        passed.append(edge.to)
    last = one.states[passed[-1]]
    return passed, ("outcome", last.node, last.items["remedies"])


@quick
@given(projects())
def test_every_reader_ends_where_the_guards_say_and_sees_what_they_say(files) -> None:
    project = project_of(files)
    for id, one in unfold(project)[0].items():
        for answers in everyone(project.trees[id]):
            history, end = read(project.trees[id], answers)
            passed, through_states = follow(one, answers)
            assert through_states == end
            assert [one.states[state].node for state in passed if one.states[state].edges] == list(history)


@quick
@given(projects())
def test_every_state_is_some_readers_and_knows_only_what_they_answered(files) -> None:
    project = project_of(files)
    for id, one in unfold(project)[0].items():
        met = set()
        for answers in everyone(project.trees[id]):
            history, _ = read(project.trees[id], answers)
            passed, _ = follow(one, answers)
            met |= {*passed}
            for state in passed:
                asked = list(history)[: passed.index(state)]
                assert all(
                    question in asked and history[question] in values for question, values in one.states[state].known
                )
        assert met == {*one.states}


@quick
@given(projects())
def test_the_questions_left_are_exact_and_states_that_go_on_alike_are_one(files) -> None:
    project = project_of(files)
    for id, one in unfold(project)[0].items():
        left: dict[str, set[int]] = {}
        for answers in everyone(project.trees[id]):
            passed, _ = follow(one, answers)
            asked = sum(bool(one.states[state].edges) for state in passed)
            for index, state in enumerate(passed):
                left.setdefault(state, set()).add(asked - index)
        assert {id: state.left for id, state in one.states.items()} == {
            id: (min(counts), max(counts)) for id, counts in left.items()
        }
        looks = [(state.node, state.edges, tuple(state.items.items())) for state in one.states.values()]
        if not any(
            isinstance(edge.to, Handover) for state in one.states.values() for edge in state.edges
        ):  # told apart by what they carry
            assert len(looks) == len(set(looks))


@quick
@given(projects())
def test_bands_are_merged_only_where_nothing_ahead_tells_them_apart(files) -> None:
    project = project_of(files)
    for id, one in unfold(project)[0].items():
        for answers in everyone(project.trees[id]):
            for state in follow(one, answers)[0]:
                for edge in one.states[state].edges:
                    if answers.get(one.states[state].node) in edge.answers:
                        ends = [
                            read(project.trees[id], answers | {one.states[state].node: answer})
                            for answer in edge.answers
                        ]
                        assert all((list(history), end) == (list(ends[0][0]), ends[0][1]) for history, end in ends)


@quick
@given(projects())
def test_a_hand_over_arrives_where_the_answers_carried_lead(files) -> None:
    project = project_of(files)
    unfolded, _ = unfold(project)
    one, other = unfolded["one"], unfolded["two"]
    for answers in everyone(one.tree):
        passed, end = follow(one, answers)
        if end[0] == "tree":
            history, _ = read(one.tree, answers)
            (edge,) = [
                edge for edge in one.states[passed[-1]].edges if answers[one.states[passed[-1]].node] in edge.answers
            ]
            assert edge.to.state == arrival(one.tree, history, other, said_to(one.tree, history))


@quick
@given(projects())
def test_who_is_stuck_is_told(files) -> None:
    project = project_of(files)
    compiled = compiled_of(project)
    for id in compiled.unfolded:
        stuck = {
            (end[1], history[end[1]])
            for history, end in (read(project.trees[id], answers) for answers in everyone(project.trees[id]))
            if end[0] == "stuck"
        }
        told = {diagnostic.says.en.split("`")[1] for diagnostic in decided.check(Subject(compiled=compiled, tree=id))}
        assert told == {answer for _, answer in stuck}


@quick
@given(projects())
def test_each_when_comes_out_as_the_readers_who_get_to_it_find_it(files) -> None:
    project = project_of(files)
    for one in unfold(project)[0].values():
        seen: dict = {}
        for answers in everyone(one.tree):
            history, end = read(one.tree, answers)
            so_far: dict[str, str] = {}
            for question, given_answer in history.items():
                so_far[question] = given_answer
                (answer,) = [answer for answer in one.tree.questions[question].answers if answer.id == given_answer]
                for way in answer.ways:
                    seen.setdefault(way.guard.at, set()).add(holds(way.guard, so_far))
            for item in one.tree.outcomes[end[1]].remedies if end[0] == "outcome" else ():
                if item.guard.plain != ALWAYS:  # else there is nothing but ticks, which states do not decide
                    seen.setdefault(item.guard.at, set()).add(holds(item.guard, history))
        seen.pop(NOWHERE, None)  # without a `when`
        assert one.whens == seen


@quick
@given(projects())
def test_a_guard_contradicts_itself_where_no_answers_make_it_hold(files) -> None:
    project = project_of(files)
    for tree in project.trees.values():
        any_answer = {id: frozenset({*question.answer_ids(), None}) for id, question in tree.questions.items()}
        histories = [dict(zip(any_answer, answers, strict=True)) for answers in product(*any_answer.values())]
        for guard in tree.guards():
            assert can_hold(((guard, True),), any_answer) == any(holds(guard, history) for history in histories)
            assert can_hold(((guard, False),), any_answer) == any(not holds(guard, history) for history in histories)


@quick
@given(projects(circles=True))
def test_circles_end_and_are_told(files) -> None:
    compiled = compiled_of(project_of(files))
    for id, one in compiled.unfolded.items():
        steps: dict[str, set[str]] = {}
        for state in one.states.values():
            steps.setdefault(state.node, set()).update(
                one.states[edge.to].node for edge in state.edges if isinstance(edge.to, str)
            )
        assert bool(list(finite.check(Subject(compiled=compiled, tree=id)))) == runs_in_circles(steps)


def runs_in_circles(steps: dict[str, set[str]]) -> bool:
    """What has nothing ahead is taken away until nothing changes; what remains runs in circles."""
    while ends := {node for node, after in steps.items() if not after}:
        steps = {node: after - ends for node, after in steps.items() if node not in ends}
    return bool(steps)


def test_unfolding_is_the_same_in_every_process(toy) -> None:
    import subprocess
    import sys

    folder = Path(__file__).parent.parent / "toy" / "trees"
    program = (
        "from pathlib import Path; from minglu import pipeline; print([tree.version for tree in "
        f"pipeline.check(pipeline.read_files(Path({str(folder)!r})))[0].trees.values()])"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in "123"
    }
    assert told == {f"{[tree.version for tree in toy.trees.values()]}\n"}


# ---- the engine's walk over the compiled states


@st.composite
def walks(draw: st.DrawFn):
    """A whole project's tree, compiled; and for each question what a reader answers, with the answer ids that it may
    stand for.
    """
    compiled = compiled_of(project_of(draw(projects(whole=True))))
    id = draw(st.sampled_from(("one", "two")))
    one, tree = compiled.unfolded[id], compiled.trees[id]
    answers, stands_for = {}, {}
    for id, question in one.tree.questions.items():
        ids = question.answer_ids()
        first = draw(st.integers(0, len(ids) - 1))
        last = draw(st.integers(first, len(ids) - 1)) if question.kind != "choice" else first
        unsure = draw(st.booleans())
        answers[id] = "unsure" if unsure else ids[first] if first == last else f"{ids[first]}..{ids[last]}"
        stands_for[id] = ids if unsure else ids[first : last + 1]
    return one, tree, answers, stands_for


def ends_of(one: Unfolded, stands_for: dict[str, tuple[str, ...]]) -> set[str]:
    """The states, or hand-overs, where those end who answer one of these."""
    return {end_of(one, dict(zip(stands_for, single, strict=True))) for single in product(*stands_for.values())}


def end_of(one: Unfolded, answers: dict[str, str]) -> str:
    passed, end = follow(one, answers)
    if end[0] != "tree":
        return passed[-1]
    (edge,) = [edge for edge in one.states[passed[-1]].edges if answers[one.states[passed[-1]].node] in edge.answers]
    return target_at(edge.to.tree, edge.to.state, edge.to.carries)


def go(tree: CompiledTree, answers: dict[str, str]):
    here = walk(tree, answers, TODAY, CALENDAR)
    assert here.problem is None
    return here


@quick
@given(walks())
def test_a_walk_of_single_answers_ends_where_the_reader_ends(drawn) -> None:
    one, tree, _, _ = drawn
    for answers in everyone(one.tree)[:300]:
        here = go(tree, answers)
        assert here.at == (end_of(one, answers),)
        assert [step.question for step in here.path] == list(read(one.tree, answers)[0])


@quick
@given(walks())
def test_the_unsure_end_where_any_who_agree_with_them_end(drawn) -> None:
    one, tree, answers, stands_for = drawn
    here = go(tree, answers)
    assert {*here.at} == ends_of(one, stands_for)
    asked = [step.question for step in here.path]
    assert len(asked) == len(set(asked))


@quick
@given(walks(), st.data())
def test_what_lies_ahead_of_an_unfinished_walk_is_exact(drawn, data) -> None:
    one, tree, answers, _ = drawn
    kept = {id: answer for id, answer in answers.items() if data.draw(st.booleans())}
    here = go(tree, kept)
    used = {step.question: step.stands_for for step in here.path}
    free = {id: used.get(id, question.answer_ids()) for id, question in one.tree.questions.items()}
    ends = ends_of(one, free)
    assert {*ahead.possible_ends(tree, here.at)} == {
        one.states[end].node if end in one.states else end.partition("#")[0] for end in ends
    }
    rest = [id for id in one.tree.questions if id not in used]
    counts = {
        len(go(tree, {step.question: step.answer for step in here.path} | dict(zip(rest, single, strict=True))).path)
        - len(here.path)
        for single in product(*(one.tree.questions[id].answer_ids() for id in rest))
    }
    assert ahead.questions_left(tree, here.at) == (min(counts), max(counts))


@quick
@given(walks())
def test_what_if_tells_each_other_end_and_no_more(drawn) -> None:
    _, tree, answers, _ = drawn
    here = go(tree, answers)
    given_ = {step.question: step.answer for step in here.path}
    told = what_if(tree, here, TODAY, CALENDAR)
    for one in told:
        there = go(tree, given_ | {one.question: one.answer})
        assert {*there.at} != {*here.at}
        nodes = {tree.states[state].node if state in tree.states else state.partition("#")[0] for state in there.at}
        match one.leads_to.kind:
            case "question":
                assert one.leads_to.id == there.asking
            case "several":
                assert len(nodes) > 1
            case "tree":
                assert nodes == {f"tree/{one.leads_to.id}"}
            case "outcome":
                assert nodes == {one.leads_to.id}
    for step in here.path:
        covered = {
            id for one in told if one.question == step.question for id in span_of(tree, step.question, one.answer)
        }
        assert covered.isdisjoint(step.stands_for)
        for answer in tree.questions[step.question].answer_ids():
            if answer not in step.stands_for:
                there = go(tree, given_ | {step.question: answer})
                assert (answer in covered) == ({*there.at} != {*here.at})


def span_of(tree: CompiledTree, question: str, answer: str) -> tuple[str, ...]:
    ids = tree.questions[question].answer_ids()
    first, _, last = answer.partition("..")
    return ids[ids.index(first) : ids.index(last or first) + 1]


# ---- days and numbers


def band(tree: CompiledTree, question: str, value: date | int | Decimal, until: date, plus: int) -> int:
    """The first band that holds the value, as the format says it."""
    for index, answer in enumerate(tree.questions[question].answers):
        if answer.limit is None:
            return index
        if isinstance(value, int | Decimal):
            if value <= Decimal(answer.limit):
                return index
            continue
        if answer.limit[4] == "-":
            if str(value) < answer.limit:
                return index
            continue
        if (
            isinstance(value, date)
            and until <= deadline(value, Period.parse(answer.limit), CALENDAR, extra_days=plus).date
        ):
            return index
    raise AssertionError


@quick
@given(walks(), st.data())
def test_an_exact_day_or_number_leads_where_its_band_leads(drawn, data) -> None:
    _, tree, answers, _ = drawn
    exact, bands = {}, {}
    for id, question in tree.questions.items():
        if question.kind in ("choice", "several"):
            exact[id] = bands[id] = answers[id]
            continue
        ids = question.answer_ids()
        if question.kind == "number":
            value: date | int | Decimal = data.draw(st.integers(0, 12))
            bands[id] = ids[band(tree, id, value, TODAY, 0)]
        elif question.kind == "money":
            value = Decimal(data.draw(st.integers(1, 1200))) / 100
            bands[id] = ids[band(tree, id, value, TODAY, 0)]
        else:
            until = date.fromisoformat(exact.get(question.until, str(TODAY)))
            plus = int(exact.get(question.plus, 0))
            value = until - timedelta(days=data.draw(st.integers(0, 500)))
            bands[id] = ids[band(tree, id, value, until, plus)]
        exact[id] = str(value)
    asked = {step.question for step in go(tree, bands).path}
    if all({question.until, question.plus} - {None} <= asked for id, question in tree.questions.items() if id in asked):
        here = go(tree, exact)
        assert {*here.at} == {*go(tree, bands).at}
        assert {step.question: step.stands_for for step in here.path} == {
            step.question: step.stands_for for step in go(tree, bands).path
        }


@quick
@given(projects(whole=True), st.data())
def test_an_item_is_shown_where_its_ticks_and_its_other_conditions_hold(files, data) -> None:
    compiled = compiled_of(project_of(files))
    for id, tree in compiled.trees.items():
        own = compiled.unfolded[id].tree
        for answers in everyone(own)[:20]:
            history, end = read(own, answers)
            several = [one for one in history if own.questions[one].kind == "several"]
            ticked = {one: data.draw(st.sets(st.sampled_from(("a0", "a1", "a2")))) for one in several}
            written = {one: ".".join(sorted(ticks)) or "none" for one, ticks in ticked.items()}
            here = go(tree, answers | written)
            if end[0] != "outcome":
                continue
            shown = shown_by_ticks(tree.outcomes[end[1]], tree.states[here.at[0]], here)
            remedies = own.outcomes[end[1]].remedies
            assert [one.says for one in shown["remedies"]] == [
                one.says for one in remedies if holds(one.guard, history) and ticks_allow(one.guard, ticked)
            ]
            left_open = go(tree, answers | dict.fromkeys(several, "unsure"))
            open_items = shown_by_ticks(tree.outcomes[end[1]], tree.states[here.at[0]], left_open)["remedies"]
            assert {one.says for one in shown["remedies"]} <= {one.says for one in open_items}


def question(id: str, kind: str, until: str | None = None, plus: str | None = None, **limits: str | None) -> dict:
    answers = [{"id": answer, "label": "", "hint": "", "limit": limit, "warn": ""} for answer, limit in limits.items()]
    counted = {"until": until, "plus": plus, "shared": False, "carries": {}, "takes": {}}
    asked = {"id": id, "kind": kind, "ask": id, "why": "", "find": "", "unit": ""}
    return asked | counted | {"answers": answers, "ticks": []}


def state(id: str, to: str, *answers: str) -> dict:
    return {
        "id": id,
        "node": id,
        "known": {},
        "to": dict.fromkeys(answers, to),
        "items": {},
        "left": [1, 3],
        "onward": {},
    }


KETTLE = from_json(
    CompiledTree,
    dict.fromkeys(("tree", "version", "title", "summary", "plain", "lead", "as_of", "reviewed"), "kettle")
    | {
        "bring": [],
        "search": [],
        "start": "mended",
        "outcomes": {},
        "citations": {},
        "articles": [],
        "law": "",
        "others": {},
        "disputed": {},
        "warnings": {},
    }
    | {
        "questions": {
            "mended": question("mended", "number", few="3", some="10", many=None),
            "told": question("told", "date", now="1 day", d15="15 days", over=None),
            "bought": question(
                "bought", "date", "told", "mended", d7="7 days", w9="9 working-days", m2="2 months", over=None
            ),
        },
        "states": {
            "mended": state("mended", "told", "few", "some", "many"),
            "told": state("told", "bought", "now", "d15", "over"),
            "bought": state("bought", "end", "d7", "w9", "m2", "over"),
        },
    },
)


@pytest.mark.parametrize("mended", ["0", "5", "few", "some", "many", "few..some", "unsure"])
@pytest.mark.parametrize("told", ["2026-11-10", "2026-10", "2026-11", "now", "d15", "over", "now..d15", "unsure"])
def test_a_day_counted_by_inexact_answers_may_fall_in_each_band_that_they_allow(mended: str, told: str) -> None:
    for back in (0, 2, 8, 16, 20, 75):
        bought = TODAY - timedelta(days=back)
        numbers = (
            [int(mended)] if mended.isdigit() else [n for n in (*range(15), 80, 99_999) if fits(mended, "mended", n)]
        )
        days = days_of(told, back)
        wanted = {band(KETTLE, "bought", bought, until, plus) for until in days if until >= bought for plus in numbers}
        here = walk(KETTLE, {"mended": mended, "told": told, "bought": str(bought)}, TODAY, CALENDAR)
        if not wanted:
            assert "晚于" in here.problem
        else:
            assert here.path[-1].stands_for == tuple(
                answer
                for index, answer in enumerate(KETTLE.questions["bought"].answer_ids())
                if min(wanted) <= index <= max(wanted)
            )


@pytest.mark.parametrize("told", ["2026-11-10", "2026-10", "2026-11", "now", "d15", "over", "now..d15", "unsure"])
@pytest.mark.parametrize("month", ["2026-11", "2026-10", "2026-09", "2025-02"])
@pytest.mark.parametrize("mended", ["0", "5", "unsure"])
def test_a_month_may_fall_in_each_band_that_some_day_of_it_may_fall_in(month: str, told: str, mended: str) -> None:
    days = [TODAY - timedelta(days=ago) for ago in range(700)]
    found: set[str] = set()
    for day in days:
        if str(day).startswith(month):
            here = walk(KETTLE, {"mended": mended, "told": told, "bought": str(day)}, TODAY, CALENDAR)
            found |= set() if here.problem else {*here.path[-1].stands_for}
    here = walk(KETTLE, {"mended": mended, "told": told, "bought": month}, TODAY, CALENDAR)
    if not found:
        assert "晚于" in here.problem
        return
    ids = KETTLE.questions["bought"].answer_ids()
    places = [ids.index(one) for one in found]
    assert here.path[-1].stands_for == ids[min(places) : max(places) + 1]
    assert here.exact("bought") is None


def test_a_month_that_has_not_come_is_refused() -> None:
    here = walk(KETTLE, {"mended": "0", "told": "2026-12"}, TODAY, CALENDAR)
    assert here.asking == "told" and "还没有到" in here.problem


def days_of(told: str, back: int) -> list[date]:
    """The days that an answer may mean, no further back than so many days."""
    days = [TODAY - timedelta(days=ago) for ago in range(back + 1)]
    if len(told) == 10:
        return [date.fromisoformat(told)]
    if told.startswith("2026"):
        return [day for day in days if str(day).startswith(told)]
    return [day for day in days if fits(told, "told", day)]


def fits(answer: str, question: str, value: date | int) -> bool:
    ids = KETTLE.questions[question].answer_ids()
    return answer == "unsure" or ids[band(KETTLE, question, value, TODAY, 0)] in span_of(KETTLE, question, answer)


# ---- what is counted and drawn


@quick
@given(projects(whole=True))
def test_counts_are_those_of_all_readers(files) -> None:
    compiled = compiled_of(project_of(files))
    for id, one in compiled.unfolded.items():
        size, readers = count_tree(compiled.trees[id]), everyone(one.tree)
        assert size.sequences == len({tuple(read(one.tree, answers)[0].items()) for answers in readers})
        assert size.paths == len(
            {
                tuple(
                    (state, edge.id)
                    for state in follow(one, answers)[0]
                    for edge in one.states[state].edges
                    if answers.get(one.states[state].node) in edge.answers
                )
                for answers in readers
            }
        )
        assert size.combinations == len({tuple(answers[question] for question in one.order) for answers in readers})
        assert size.states == len({state for answers in readers for state in follow(one, answers)[0]})


@quick
@given(projects(whole=True))
def test_a_picture_shows_what_some_reader_does_and_nothing_else(files) -> None:
    compiled = compiled_of(project_of(files))
    for id, one in compiled.unfolded.items():
        steps = set()
        for answers in everyone(one.tree):
            history, end = read(one.tree, answers)
            nodes = [*history, f"tree/{end[1]}" if end[0] == "tree" else end[1]]
            steps |= {(here, history[here], to) for here, to in pairwise(nodes)}
        drawn = tree_graph(compiled.trees[id])
        assert {(link.source, answer, link.target) for link in drawn.links for answer in link.answers} == steps
        for link in drawn.links:
            assert link.depends == any(
                (here, to) != (link.source, link.target) and here == link.source and answer in link.answers
                for here, answer, to in steps
            )
        assert {*drawn.nodes} == {one.tree.start} | {to for _, _, to in steps}
