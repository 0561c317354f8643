"""The diff agrees with brute force: every reader of both trees is listed, walked by the engine, and compared by what
the compiled trees show.
"""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st
from random_trees import CALENDAR, compiled_of, generated, one_question, project_of, projects

from minglu.changes.diff import diff, kinds_of_change
from minglu.changes.pairing import Pairing, pair_trees
from minglu.changes.product_walk import NoSuchAnswer, product_walk
from minglu.compile import Compiled
from minglu.engine.contract import CompiledTree, target_at
from minglu.engine.labels import STANDINGS
from minglu.engine.walk import walk
from minglu.parse import parse
from minglu.resolve import resolve
from minglu.unfold import unfold
from minglu.unfold.model import Handover, Unfolded

quick = generated(40)
TODAY = date(2026, 11, 16)
TOY = Path(__file__).parents[1] / "toy" / "trees"
LAW = {f"trees/law/{path.name}": path.read_bytes() for path in sorted((TOY / "law").iterdir())}
ARTICLES = ("水壶法第11条", "水壶法第12条", "水壶法第13条第1款")
MOVED = {
    "2 days": "3 days",
    "7 days": "8 days",
    "15 days": "14 days",
    "40 days": "45 days",
    "2 months": "60 days",
    "1 year": "12 months",
    "2": "3",
    "5": "4",
    "9": "11",
}


@st.composite
def versions(draw: st.DrawFn) -> tuple[dict, dict]:
    """Two versions of a project: two that have little in common, or one and what an editor made of it."""
    first = {path: json.loads(data) for path, data in draw(projects(whole=True)).items()}
    if draw(st.booleans()):
        second = {path: json.loads(data) for path, data in draw(projects(whole=True)).items()}
        furnish(draw, first)
        furnish(draw, second)
    else:
        furnish(draw, first)
        second = json.loads(json.dumps(first))
        for _ in range(draw(st.integers(0, 3))):
            edit(draw, second["trees/one/tree.yml"])
    return (first, second) if draw(st.booleans()) else (second, first)


def furnish(draw: st.DrawFn, files: dict) -> None:
    """What outcomes tell beside remedies: a standing, deadlines, channels, articles."""
    files["trees/channels.yml"] = {id: {"title": id, "short": id, "who": id} for id in ("shop", "court")}
    for path in ("trees/one/tree.yml", "trees/two/tree.yml"):
        tree = files[path]
        dates = [
            id
            for id, question in tree["questions"].items()
            if (question.get("kind") or files["trees/questions.yml"][id]["kind"]) == "date"
        ]
        for outcome in tree["outcomes"].values():
            outcome["standing"] = draw(st.sampled_from(STANDINGS))
            outcome["channels"] = draw(
                st.lists(st.sampled_from(("shop", "court")), min_size=1, max_size=2, unique=True)
            )
            for remedy in outcome.get("remedies", ()):
                if draw(st.booleans()):
                    remedy |= {"cite": draw(st.sampled_from(ARTICLES)), "basis": "text"}
            if dates and (ids := draw(st.lists(st.sampled_from(("claim", "sue")), max_size=2, unique=True))):
                outcome["deadlines"] = [deadline(draw, id, dates) for id in ids]


def deadline(draw: st.DrawFn, id: str, dates: list[str]) -> dict:
    law = {"cite": draw(st.sampled_from(ARTICLES)), "basis": draw(st.sampled_from(("text", "inferred")))}
    return {
        "id": id,
        "kind": draw(st.sampled_from(("due", "ripens"))),
        "label": id,
        "from": draw(st.sampled_from(dates)),
        "within": draw(st.sampled_from(("7 days", "1 year"))),
    } | law


def edit(draw: st.DrawFn, tree: dict) -> None:
    questions, outcomes = list(tree["questions"].values()), list(tree["outcomes"].values())
    question, outcome = draw(st.sampled_from(questions)), draw(st.sampled_from(outcomes))
    answers = {"done": question} if "goto" in question else question.get("bands") or question["options"]
    answer = draw(st.sampled_from(list(answers)))
    match draw(st.sampled_from(("goto", "limit", "standing", "deadline", "remedy", "channels", "rename", "option"))):
        case "goto":
            answers[answer]["goto"] = draw(st.sampled_from(("e0", "e1", "e2", "tree/two")))
        case "limit":
            for key in ("within", "up_to"):
                if limit := answers[answer].get(key):
                    answers[answer][key] = MOVED.get(limit, limit)
        case "standing":
            outcome["standing"] = draw(st.sampled_from(STANDINGS))
        case "deadline":
            for one in outcome.get("deadlines", [])[:1]:
                one |= {"within": draw(st.sampled_from(("7 days", "5 days", "1 year")))}
        case "remedy":
            if len(outcome.get("remedies", ())) > 1:
                del outcome["remedies"][0]
        case "channels":
            outcome["channels"] = outcome["channels"][::-1]
        case "rename":
            text = json.dumps(tree).replace('"q2"', '"q9"')
            tree.clear()
            tree |= json.loads(text)
        case "option":
            for question in questions:
                if "use" not in question and "options" in question and "goto" not in question:
                    question["options"]["a9"] = {"label": "a9", "goto": draw(st.sampled_from(("e0", "e1", "e2")))}


@st.composite
def reordered(draw: st.DrawFn) -> tuple[dict, dict]:
    """The same choices asked in another order, some options only in one: what one tree was answered must be kept for
    the other.
    """
    ids = ["q2", "q3", "q4", "q5"][: draw(st.integers(2, 4))]
    base = {path: json.loads(data) for path, data in draw(projects(whole=True)).items()}
    made = []
    for _ in range(2):
        order = draw(st.permutations(ids))
        answers = {
            id: draw(st.lists(st.sampled_from(("a0", "a1", "a2")), min_size=2, max_size=3, unique=True)) for id in ids
        }
        questions = {}
        for index, id in enumerate(order):
            ahead = [*order[index + 1 : index + 3], draw(st.sampled_from(("e0", "e1", "tree/two")))]
            questions[id] = draw(
                one_question(
                    id, dict.fromkeys(ids, "choice"), answers[id], order[: index + 1], ahead, answers, [], False, True
                )
            )
        outcomes = {
            end: {"title": end, "standing": "clear", "says": end, "channels": ["shop"]} for end in ("e0", "e1", "e2")
        }
        tree = base["trees/one/tree.yml"] | {"start": order[0], "questions": questions, "outcomes": outcomes}
        tree.pop("facts", None)
        made.append(json.loads(json.dumps(base | {"trees/one/tree.yml": tree})))
        furnish(draw, made[-1])
    return made[0], made[1]


def compiled(files: dict) -> Compiled:
    """Without `verify`: a random tree has outcomes that nobody comes to. What cannot be bound or unfolded is left
    out.
    """
    sources, found = parse({path: json.dumps(data).encode() for path, data in files.items()} | LAW)
    assume(found == [])
    project, found = resolve(sources)
    assume(found == [])
    done = compiled_of(project)
    assume(done.trees.keys() == done.unfolded.keys())
    return done


Reader = dict[str, object]
"""question (by the name that both trees share) → the cell that holds their answer."""


def everyone(old: CompiledTree, new: CompiledTree, pairing: Pairing) -> Iterator[tuple[Reader, object, object]]:
    """Every reader, and where the engine sees them end in both trees; None where a tree has no such answer."""
    todo: list[Reader] = [{}]
    while todo:
        reader = todo.pop()
        ends = []
        for tree, keys, side in ((old, pairing.old_keys, "old"), (new, pairing.new_keys, "new")):
            answers = {
                id: answer
                for id, key in keys.items()
                if key in reader and (answer := getattr(reader[key], side)) is not None
            }
            here = walk(tree, answers, TODAY, CALENDAR)
            assert here.problem is None
            if here.asking and keys[here.asking] not in reader:
                todo += [reader | {keys[here.asking]: cell} for cell in pairing.cells[keys[here.asking]]]
                break
            ends.append(None if here.asking else here.at[0])
        else:
            if ends != [None, None]:
                yield reader, *ends


def plain_end(end) -> object:
    """As a compiled tree names it."""
    if isinstance(end, Handover):
        return target_at(end.tree, end.state, end.carries)
    return None if isinstance(end, NoSuchAnswer) else end


@quick
@given(versions() | reordered())
def test_every_pair_of_ends_has_as_many_readers_and_as_short_a_story_as_can_be_listed(drawn) -> None:
    old, new = map(compiled, drawn)
    for id in ("one", "two"):
        pairing = pair_trees(old.unfolded[id].tree, new.unfolded[id].tree, CALENDAR)
        listed, shortest = Counter(), {}
        for reader, *ends in everyone(old.trees[id], new.trees[id], pairing):
            listed[tuple(ends)] += 1
            shortest[tuple(ends)] = min(len(reader), shortest.get(tuple(ends), 99))
        counted, told = Counter(), {}
        for both in product_walk(old.unfolded[id], new.unfolded[id], pairing):
            ends = plain_end(both.old), plain_end(both.new)
            counted[ends] += both.readers
            told[ends] = min(len(both.story), told.get(ends, 99))
        assert counted == listed
        assert told == shortest


def test_a_reader_whose_answers_neither_tree_has_ends_nowhere() -> None:
    """Readers who choose the third option of both: the old tree lacks the one, the new tree the other, and it asks
    something in between.
    """
    end = {"title": "e0", "standing": "clear", "says": "e0", "channels": ["shop"]}

    def version(*order: tuple[str, int]) -> Unfolded:
        goto = [id for id, _ in order[1:]] + ["e0"]
        questions = {
            id: {"ask": id, "options": {f"a{index}": {"label": f"a{index}", "goto": to} for index in range(count)}}
            for (id, count), to in zip(order, goto, strict=True)
        }
        tree = {
            "tree": "one",
            "title": "one",
            "summary": "one",
            "as_of": "2026-11-21",
            "reviewed": "2026-11-21",
            "start": order[0][0],
            "questions": questions,
            "outcomes": {"e0": end},
        }
        files = {
            "trees/channels.yml": {"shop": {"title": "shop", "short": "shop", "who": "shop"}},
            "trees/one/tree.yml": tree,
        }
        return unfold(project_of({path: json.dumps(data).encode() for path, data in files.items()}))[0]["one"]

    old, new = version(("q2", 3), ("q3", 2), ("q4", 2)), version(("q3", 3), ("q4", 2), ("q2", 2))
    assert {
        (plain_end(both.old), plain_end(both.new)): both.readers
        for both in product_walk(old, new, pair_trees(old.tree, new.tree, CALENDAR))
    } == {("e0", "e0"): 8, ("e0", None): 4, (None, "e0"): 4}


def view(tree: CompiledTree, at: str) -> dict:
    """What is shown at an end, read off the compiled tree."""
    if at not in tree.states:
        return {
            "id": at.partition("#")[0],
            "standing": None,
            "deadlines": {},
            "cites": set(),
            "channels": None,
            "remedies": {},
        }
    state = tree.states[at]
    outcome = tree.outcomes[state.node]
    remedies = [outcome.remedies[index] for index in state.items["remedies"]]
    deadlines = [outcome.deadlines[index] for index in state.items["deadlines"]]
    return {
        "id": state.node,
        "standing": outcome.standing,
        "channels": [outcome.channels[index].id for index in state.items["channels"]],
        "deadlines": {one.id: (one.kind, one.within, one.start) for one in deadlines},
        "cited": {one.id: one.cite for one in deadlines} | {one.says: one.cite for one in remedies},
        "basis": {one.id: one.basis for one in deadlines},
        "cites": {cite for one in (*remedies, *deadlines) for cite in one.cite},
        "remedies": {one.says: one.basis for one in remedies},
    }


def differs(old: dict, new: dict) -> set[str]:
    """The kinds of difference between two views, by the words of docs and nothing else."""
    found = {"outcome"} if old["id"] != new["id"] else set()
    if old["standing"] and new["standing"] and old["standing"] != new["standing"]:
        found.add("stronger" if STANDINGS.index(new["standing"]) < STANDINGS.index(old["standing"]) else "weaker")
    before, after = old["deadlines"], new["deadlines"]
    found |= {"deadline-lost"} if before.keys() - after else set()
    found |= {"deadline-gained"} if after.keys() - before else set()
    both = before.keys() & after
    found |= (
        {"deadline-changed"}
        if any(before[id] != after[id] or old["basis"][id] != new["basis"][id] for id in both)
        else set()
    )
    found |= {"article"} if old["cites"] != new["cites"] else set()
    if old["id"] == new["id"] and old["standing"]:
        found |= {"other"} if old["remedies"] != new["remedies"] else set()
    moved_cites = (
        [
            id
            for id in both | (old["remedies"].keys() & new["remedies"] if old["id"] == new["id"] else set())
            if old["cited"][id] != new["cited"][id]
        ]
        if old["standing"] and new["standing"]
        else []
    )
    found |= {"article"} if moved_cites else set()
    return found | ({"next"} if old["channels"] != new["channels"] else set())


@quick
@given(versions() | reordered())
def test_the_numbers_reported_are_those_of_readers_listed_one_by_one(drawn) -> None:
    old, new = map(compiled, drawn)
    told = {tree.id: tree for tree in diff(old, new).trees}
    for id in ("one", "two"):
        pairing = pair_trees(old.unfolded[id].tree, new.unfolded[id].tree, CALENDAR)
        assume(
            pairing.outcomes == {end: end for end in ("e0", "e1", "e2")}
            and all(before == after for before, after in pairing.questions.items())
        )
        assume(no_deadline_changes_its_name(old, new, id))
        numbers, groups, sides = Counter(), Counter(), Counter()
        for _, before, after in everyone(old.trees[id], new.trees[id], pairing):
            if before is None or after is None:
                sides["come" if before is None else "gone"] += 1
                continue
            sides["both"] += 1
            one, other = view(old.trees[id], before), view(new.trees[id], after)
            found = differs(one, other)
            if found:
                arrives = (
                    {"outcome", "weaker", "stronger", "deadline-lost", "deadline-gained", "deadline-changed"}
                    if "outcome" in found
                    else found
                )
                groups[one["id"], other["id"], frozenset(found & arrives)] += 1
            numbers.update(found)
        one = told.get(id)
        if one is None:
            assert not numbers and not sides["gone"] and not sides["come"]
            continue
        arrivals = sum(group.readers for group in one.groups if [change.what for change in group.cause] == ["arrives"])
        assert {"gone": one.gone, "come": one.come, "both": one.readers} == {
            side: sides[side] for side in ("gone", "come", "both")
        }
        assert {kind: count for kind, count in one.counts.items() if count and kind != "next"} == {
            kind: count for kind, count in numbers.items() if kind != "next"
        }
        assert one.counts["next"] == numbers["next"] + arrivals
        assert one.changed == sum(groups.values()) + arrivals
        summed = Counter()
        for group in one.groups:
            if group.old and group.new and [change.what for change in group.cause] != ["arrives"]:
                summed[
                    group.old,
                    group.new,
                    frozenset(kinds_of_change(group.cause) - ({"article"} if group.old != group.new else set())),
                ] += group.readers
        assert summed == groups


def no_deadline_changes_its_name(old: Compiled, new: Compiled, id: str) -> bool:
    """The diff also sees that `claim` became `sue`; here they are distinguished by name alone."""
    rules = [
        {
            (end, one.id): (one.kind, one.within, one.start)
            for end, outcome in side.project.trees[id].outcomes.items()
            for one in outcome.deadlines
        }
        for side in (old, new)
    ]
    return all(
        rule != other or name == other_name
        for (_, name), rule in rules[0].items()
        for (_, other_name), other in rules[1].items()
    )
