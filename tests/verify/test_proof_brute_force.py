"""What the checks tell is what a direct reading of the trees finds, over every combination of answers: no more, and
no less.
"""

from collections.abc import Iterator
from itertools import combinations, pairwise, product

from direct_reading import arrival, everyone, holds, read, readers, said_to, shown, ticks_allow
from hypothesis import given
from random_trees import compiled_of, generated, project_of, projects

from minglu.engine.letter import LETTER_FIELD
from minglu.resolve.model import ALWAYS, Amount, Guard, Project, Statement, Tree
from minglu.unfold.model import Unfolded
from minglu.verify import across, cited, dated, finite, guards, matters, reachable
from minglu.verify.story import nearest_first, path_to
from minglu.verify.subject import Subject

quick = generated(30)
longer = generated(120)  # where few trees show a slip


def subjects(files: dict[str, bytes]) -> Iterator[tuple[Unfolded, Subject]]:
    """Each tree, and as checks take it."""
    compiled = compiled_of(project_of(files))
    yield from ((one, Subject(compiled=compiled, tree=id)) for id, one in compiled.unfolded.items())


def named(found, *which: int) -> set[tuple[str, ...]]:
    """What stands in backticks in each finding, as many of them as asked for."""
    return {tuple(one.says.en.split("`")[1::2][index] for index in which) for one in found}


@quick
@given(projects(circles=True))
def test_a_tree_is_finite_where_no_two_questions_lead_to_each_other(files) -> None:
    for one, subject in subjects(files):
        steps: dict[str, set[str]] = {}
        for history, end in readers(one.tree).items():
            asked = [question for question, _ in history]
            for before, after in pairwise([*asked, *([end[1]] if end[0] == "circle" else [])]):
                steps.setdefault(before, set()).add(after)
        while ends := {node for after in steps.values() for node in after} - {*steps} | {
            node for node, after in steps.items() if not after
        }:
            steps = {node: after - ends for node, after in steps.items() if node not in ends}
        assert bool([*finite.check(subject)]) == bool(steps)


@quick
@given(projects())
def test_what_no_reader_comes_to_is_told_or_only_comes_after_what_is(files) -> None:
    for one, subject in subjects(files):
        tree = one.tree
        met = {question for history in readers(tree) for question, _ in history} | {
            end[1] for end in readers(tree).values() if end[0] == "outcome"
        }
        dead = {*tree.questions, *tree.outcomes} - met
        told = {node for (node,) in named(reachable.check(subject), 0)}
        after = {
            way.to for id in dead & {*tree.questions} for answer in tree.questions[id].answers for way in answer.ways
        }
        assert told == dead - after


@quick
@given(projects())
def test_the_way_to_a_state_is_the_shortest_of_all_readers(files) -> None:
    for one, _ in subjects(files):
        least: dict[str, int] = {}
        for answers in everyone(one.tree):
            at, asked = one.start, 0
            while isinstance(at, str):
                least[at] = min(asked, least.get(at, asked))
                node = one.states[at].node
                at = next((edge.to for edge in one.states[at].edges if answers[node] in edge.answers), None)
                asked += 1
        assert {id: len(path_to(one, id)) for id in one.states} == least
        assert [least[id] for id in nearest_first(one)] == sorted(least.values())


@quick
@given(projects(whole=True, full=True))
def test_who_sees_no_article_is_told(files) -> None:
    for one, _ in subjects(files):
        bare = set()
        for history, end in readers(one.tree).items():
            if end[0] == "outcome" and not any(
                isinstance(item, Statement) and item.cites
                for items in shown(one.tree, end[1], dict(history)).values()
                for item in items
            ):
                bare.add(end[1])
        assert {node for (node,) in named(cited.uncited(one), 0)} == bare


@longer
@given(projects(whole=True, full=True))
def test_what_is_counted_by_but_was_not_asked_is_told(files) -> None:
    for one, subject in subjects(files):
        unasked, unseen = set(), set()
        for history, end in readers(one.tree).items():
            for at, node in enumerate((*(question for question, _ in history), end[1])):
                asked = {question for question, _ in history[:at]}
                unasked |= {
                    (node, id, place)
                    for id, place in counted_by(one.tree, node, dict(history))
                    if id in one.tree.questions and id not in asked
                }
            if end[0] == "outcome":
                deadlines, amounts = (shown(one.tree, end[1], dict(history))[name] for name in ("deadlines", "amounts"))
                seen = {item.id for item in (*deadlines, *amounts)}
                unseen |= {
                    (end[1], item.at, id)
                    for item in amounts
                    for id in reckoned_from(item)
                    if id not in one.tree.questions and id not in seen
                }
                unseen |= {
                    (end[1], item.at, item.sum[0]) for item in amounts if item.sum and not seen.intersection(item.sum)
                }
                unseen |= {
                    (end[1], item.at, id)
                    for item in deadlines
                    for id, _ in item.start.dates
                    if id not in one.tree.questions and id not in {item.id for item in deadlines}
                }
                every = one.tree.outcomes[end[1]]
                ticked = {item.id: item.guard.ticks for item in (*every.deadlines, *every.amounts) if item.guard.ticks}
                needed = [(item, id) for item in amounts for id in reckoned_from(item)]
                needed += [(item, id) for item in deadlines for id, _ in item.start.dates]
                unseen |= {
                    (end[1], item.at, id) for item, id in needed if id in ticked and ticked[id] != item.guard.ticks
                }
        found = [*dated.check(subject)]
        by = [diagnostic for diagnostic in found if "which some readers of" in diagnostic.says.en]
        told = {
            (node, id, place)
            for diagnostic in by
            for *_, id, node in [diagnostic.says.en.split("`")[1::2]]
            for place in (diagnostic.at, *(there for there, _ in diagnostic.also))
        }
        assert told == unasked
        assert {(diagnostic.says.en.split("`")[3], diagnostic.at) for diagnostic in found if diagnostic not in by} == {
            (id, at) for _, at, id in unseen
        }


def counted_by(tree: Tree, node: str, history: dict[str, str]) -> Iterator[tuple[str, object]]:
    """The questions and deadlines that a node counts by for this reader, and what counts by them."""
    if node in tree.questions:
        question = tree.questions[node]
        yield from ((id, question.at) for id in (question.until, question.plus) if id)
    if node in tree.outcomes:
        items = shown(tree, node, history)
        yield from ((id, item.at) for item in items["deadlines"] for id, _ in item.start.dates)
        yield from ((item.met_by, item.at) for item in items["deadlines"] if item.met_by)
        yield from ((id, item.at) for item in items["amounts"] for id in reckoned_from(item))


def reckoned_from(item: Amount) -> Iterator[str]:
    """The questions, amounts and days that an amount needs, without those it adds up; `today` is no name."""
    counts = (item.share.part, item.share.whole) if item.share else ()
    named = (item.of, item.less, *(name for one in counts for name in (one.question, one.from_day, one.to_day)))
    yield from (name for name in named if name and name != "today")


@quick
@given(projects(whole=True, full=True))
def test_a_when_that_tells_nobody_apart_is_told(files) -> None:
    for one, subject in subjects(files):
        seen: dict[object, set[bool]] = {}
        for history, end in readers(one.tree).items():
            for asked, (id, given_answer) in enumerate(history, 1):
                answer = next(answer for answer in one.tree.questions[id].answers if answer.id == given_answer)
                for way in answer.ways:
                    seen.setdefault(way.guard.at, set()).add(holds(way.guard, dict(history[:asked])))
            if end[0] == "outcome":
                for items in one.tree.outcomes[end[1]].groups().values():
                    for item in items:
                        seen.setdefault(item.guard.at, set()).add(holds(item.guard, dict(history)))
        expected = set()
        for answer in (answer for question in one.tree.questions.values() for answer in question.answers):
            outs = {way.guard.at: seen.get(way.guard.at) for way in answer.ways if way.guard != ALWAYS}
            dead = {at for at, out in outs.items() if out == {False}}
            expected |= dead or {at for at, out in outs.items() if out == {True}}
        for outcome, item in (
            (id, item) for id, end in one.tree.outcomes.items() for items in end.groups().values() for item in items
        ):
            alone = item.guard.plain != ALWAYS and len(seen.get(item.guard.at, ())) == 1
            expected |= {item.guard.at} if alone or ticks_tell_nothing(one.tree, outcome, item.guard) else set()
        assert {diagnostic.at for diagnostic in guards.check(subject)} == expected


def ticks_tell_nothing(tree: Tree, outcome: str, guard: Guard) -> bool:
    """Whether the part over ticks comes out the same whatever the readers of the outcome tick."""
    histories = [dict(history) for history, end in readers(tree).items() if end[:2] == ("outcome", outcome)]
    asked = sorted({id for one in histories for id in one if tree.questions[id].kind == "several"})
    if guard.ticks is None or not histories:
        return False
    ticks = [[tick.id for tick in tree.questions[id].ticks] for id in asked]
    subsets = [[set(some) for n in range(len(ids) + 1) for some in combinations(ids, n)] for ids in ticks]
    return len({ticks_allow(guard, dict(zip(asked, some, strict=True))) for some in product(*subsets)}) == 1


@longer
@given(projects(whole=True, full=True))
def test_a_question_that_makes_no_difference_to_a_reader_is_told(files) -> None:
    for one, subject in subjects(files):
        project, unfolded = subject.project, subject.compiled.unfolded
        told, ticks_told = set(), set()
        for finding in matters.check(subject):
            of_a_tick = len(finding.says.en.split("`")) > 3
            ticks_told |= named([finding], 1, 0) if of_a_tick else set()
            told |= set() if of_a_tick else {id for (id,) in named([finding], 0)}
        idle, everybody = set(), readers(one.tree)
        for id in one.tree.questions:
            for before in {
                history[: [question for question, _ in history].index(id)]
                for history in everybody
                if id in dict(history)
            }:
                after: dict[str, set] = {}
                for history, end in everybody.items():
                    if history[: len(before)] == before and history[len(before)][0] == id:
                        after.setdefault(history[len(before)][1], set()).add(
                            (history[len(before) + 1 :], seen_at(project, unfolded, one.tree, dict(history), end))
                        )
                used = any(
                    uses(project, one.tree, id, history, end)
                    for history, end in everybody.items()
                    if history[: len(before)] == before and history[len(before)][0] == id
                )
                if not used and len({frozenset(ends) for ends in after.values()}) == 1:
                    idle.add(id)
        assert told == idle
        assert ticks_told == idle_ticks(project, one.tree, everybody)


def idle_ticks(project: Project, tree: Tree, everybody: dict[tuple, tuple]) -> set[tuple[str, str]]:
    """Of the tree's own questions with ticks at whose ticks something looks, the ticks at which nothing does."""
    idle: set[tuple[str, str]] = set()
    for id, question in tree.questions.items():
        asked = {history: end for history, end in everybody.items() if id in dict(history)}
        looked_at = {
            tick
            for history, end in asked.items()
            if end[0] == "outcome"
            for items in shown(tree, end[1], dict(history)).values()
            for item in items
            for tick in ticks_named(item.guard.ticks, id)
        }
        as_it_is = any(uses(project, tree, id, *reader, ticks=False) for reader in asked.items())
        if looked_at and not as_it_is and not question.shared:
            idle |= {(id, tick.id) for tick in question.ticks if tick.id not in looked_at}
    return idle


def ticks_named(guard: Guard | None, question: str) -> set[str]:
    if guard is None:
        return set()
    own = {tick for test in guard.tests if test.question == question for tick in test.values}
    return own.union(*(ticks_named(inner, question) for inner in guard.inner()))


def seen_at(project: Project, unfolded: dict[str, Unfolded], tree: Tree, history: dict[str, str], end: tuple) -> tuple:
    """What tells one end from another to this reader."""
    if end[0] == "tree":
        return end[1], arrival(tree, history, unfolded[end[1]], said_to(tree, history))
    return end[1], tuple(item.at for items in shown(tree, end[1], history).values() for item in items)


def uses(project: Project, tree: Tree, id: str, history: tuple, end: tuple, *, ticks: bool = True) -> bool:
    """Whether something that this reader meets after the question uses the answer as it is, or (`ticks`) looks at what
    was ticked.
    """
    asked = [question for question, _ in history]
    counted = {
        other
        for question in asked[asked.index(id) :]
        for other in (tree.questions[question].until, tree.questions[question].plus)
    }
    onward = {end[1]} if end[0] == "tree" else set()
    if end[0] == "outcome":
        items = shown(tree, end[1], dict(history))
        counted |= {one for item in items["deadlines"] for one, _ in item.start.dates} | {
            id for item in items["amounts"] for id in reckoned_from(item)
        }
        counted |= {item.met_by for item in items["deadlines"]}
        if ticks:
            counted |= {
                id for own in items.values() for item in own if item.guard.ticks for id in item.guard.ticks.questions()
            }
        counted |= {field for item in items["letters"] for field in LETTER_FIELD.findall(tree.letters[item.use].text)}
        onward = {item.use.removeprefix("tree/") for item in items["channels"] if item.use.startswith("tree/")}
        onward |= {item.to.removeprefix("tree/") for item in items["also"]}
    return id in counted or any(asks_too(project.trees[other], tree, id) for other in led_to(project, onward))


def led_to(project: Project, trees: set[str]) -> set[str]:
    """These trees and all those that one comes to from them by ways, channels or `also`."""
    while True:
        further = set(trees)
        for one in (project.trees[id] for id in trees):
            further |= {way.to for question in one.questions.values() for a in question.answers for way in a.ways}
            for outcome in one.outcomes.values():
                further |= {item.use for item in outcome.channels} | {item.to for item in outcome.also}
        further = {to.removeprefix("tree/") for to in further if to in trees or to.startswith("tree/")}
        if further == trees:
            return trees
        trees = further


def asks_too(other: Tree, tree: Tree, id: str) -> bool:
    own, theirs = tree.questions[id], other.questions.get(id)
    return theirs is not None and own.shared and theirs.shared and own.kind == theirs.kind


def same(one: Tree, other: Tree, id: str) -> bool:
    """Two trees ask one and the same question, with the same answers, counted by questions that are the same too."""

    def look(tree: Tree) -> tuple:
        question = tree.questions[id]
        by = [tree.questions[other].shared for other in (question.until, question.plus) if other]
        answers = [(answer.id, answer.limit) for answer in question.answers]
        ticks = [tick.id for tick in question.ticks]
        return question.shared and all(by), question.kind, question.until, question.plus, answers, ticks

    return id in one.questions and look(one)[0] and look(one) == look(other)


# ---- across trees


Known = dict[str, str]
"""Shared question → one reader's answer, wherever it is asked."""


def answers_known(project: Project) -> dict[str, dict[str, None]]:
    """The shared questions that mean the same in all trees, with every answer that some tree offers."""
    asked: dict[str, list[Tree]] = {}
    for tree in project.trees.values():
        for id, question in tree.questions.items():
            if question.shared:
                asked.setdefault(id, []).append(tree)
    alike = {
        id: trees
        for id, trees in asked.items()
        if trees[0].questions[id].kind == "choice" or all(same(trees[0], tree, id) for tree in trees)
    }
    return {
        id: {answer: None for tree in trees for answer in tree.questions[id].answer_ids()}
        for id, trees in alike.items()
    }


def gives(tree: Tree, known: Known) -> dict[str, tuple[str, ...]]:
    """What a reader may answer in a tree: what they answer everywhere, where it is offered, and else anything."""
    options = {id: question.answer_ids() for id, question in tree.questions.items()}
    return {
        id: (known[id],) if tree.questions[id].shared and known.get(id) in answers else answers
        for id, answers in options.items()
    }


def ends(tree: Tree, known: Known) -> dict[str, int]:
    """Where a reader may end, a tree or "" for an outcome, and after how few answers."""
    found: dict[str, int] = {}
    for answers in product(*gives(tree, known).values()):
        history, end = read(tree, dict(zip(tree.questions, answers, strict=True)))
        to = end[1] if end[0] == "tree" else ""
        found[to] = min(len(history), found.get(to, 99))
    return found


def rounds(project: Project) -> dict[str, int]:
    """The trees that some reader cannot get away from who goes on in one way, whatever they answer elsewhere; and by
    how few answers they go round.
    """
    answers = answers_known(project)
    found: dict[str, int] = {}
    memo: dict = {}
    for single in product(*answers.values()):
        known = dict(zip(answers, single, strict=True))
        leads = {}
        for id, tree in project.trees.items():
            own = (id, *(known.get(question) for question in tree.questions))
            leads[id] = memo[own] = memo.get(own) or ends(tree, known)
        for home in project.trees:
            for other, there in leads[home].items():
                if other and (back := way_back(leads, other, home)) is not None:
                    found[home] = min(there + back, found.get(home, 999))
    return found


def way_back(leads: dict[str, dict[str, int]], start: str, home: str) -> int | None:
    """By how few answers one comes back; None where an outcome can be met before, or one never comes back."""
    far = {start: 0}
    for _ in leads:
        for tree in [tree for tree in far if tree not in ("", home)]:
            for to, more in leads[tree].items():
                far[to] = min(far[tree] + more, far.get(to, 999))
    return None if "" in far else far.get(home)


@quick
@given(projects(whole=True, rounds=True))
def test_who_is_led_round_whatever_they_answer_elsewhere_is_told_and_no_one_else(files) -> None:
    project = project_of(files)
    unfolded = compiled_of(project).unfolded
    found = across.shortest_rounds(unfolded)
    least: dict[str, int] = {}
    for steps in found:
        least.setdefault(steps[0].tree, len(steps))
    assert least == rounds(project)
    told = [*across.circles(unfolded)]
    assert bool(told) == bool(least)


@quick
@given(projects(whole=True, rounds=True))
def test_who_does_not_find_their_option_after_a_hand_over_is_told(files) -> None:
    project = project_of(files)
    lost = set()
    for home, one in project.trees.items():
        for other, two in project.trees.items():
            chosen = [
                (id, option)
                for id, question in one.questions.items()
                if question.shared and question.kind == "choice" and id in two.questions
                for option in question.answer_ids()
                if option not in two.questions[id].answer_ids()
            ]
            if not chosen or home == other:
                continue
            before = [dict(history) for history, end in readers(one).items() if end == ("tree", other)]
            for history in readers(two):
                for at, (asked, _) in enumerate(history):
                    lost |= {
                        (home, other, asked, option)
                        for answered in before
                        if (asked, option := answered.get(asked)) in chosen
                        and agree(project, home, answered, other, dict(history[:at]))
                    }
    told = {
        (*diagnostic.says.en.split("`")[1::2], diagnostic.at.file.split("/")[1])
        for diagnostic in across.missing_options(compiled_of(project).unfolded)
    }
    assert told == {(home, option, asked, other) for home, other, asked, option in lost}


def agree(project: Project, home: str, before: dict[str, str], other: str, after: dict[str, str]) -> bool:
    """One reader may have answered so in both trees."""
    one, two = project.trees[home].questions, project.trees[other].questions
    return all(
        after[id] == before[id]
        for id in answers_known(project)
        if id in before and id in after and one[id].shared and before[id] in two[id].answer_ids()
    )
