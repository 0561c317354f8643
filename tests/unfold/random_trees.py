"""Small random projects, as an author could have written them: two trees that share questions, the first handing over
to the second, or three that hand over to any.
"""

import json
import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from minglu.compile import Compiled, is_whole
from minglu.compile.trees import compile_tree
from minglu.engine.dates import Calendar
from minglu.parse import parse
from minglu.resolve import resolve
from minglu.resolve.model import Project
from minglu.unfold import unfold


def generated(examples: int) -> settings:
    """How a test of generated projects runs: always with the same `examples`; by hand with more, as EXAMPLES says."""
    more = int(os.environ.get("EXAMPLES", "0"))
    return settings(
        max_examples=max(examples, more),
        derandomize=not more,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


TABLE = {"first": 2004, "last": 2026, "holidays": [], "workdays": []}
"""A calendar that knows weekends only."""
CALENDAR = Calendar.of(TABLE)
ENDS = ("e0", "e1", "e2")
KINDS = ("choice", "choice", "choice", "date", "date", "number", "money", "several")
DATED = ("choice", "choice", "date", "date", "date", "number", "money", "several")
TICKS = ("a0", "a1", "a2")
KEPT = ("order", "video")
PERIODS = {
    "days": ("2 days", "7 days", "15 days", "40 days"),
    "mixed": ("3 working-days", "15 days", "2 months", "1 year"),
}
FIXED = ("2026-01-01", "2026-10-01", "2026-11-01", "2026-11-10")
LIMITS = {"number": ("0", "2", "5", "9"), "money": ("0.50", "2", "5.05", "9.99")}

KETTLE_LAW = {
    "title": "壶法",
    "short": "壶法",
    "issuer": "king",
    "rank": "law",
    "in_force": "2020-01-01",
    "articles_total": 1,
    "fidelity": "verbatim",
    "source": "test",
    "checked": "2026-11-21",
    "articles": {"1": {"topic": "pot", "gist": "pot"}},
}


@st.composite
def projects(
    draw: st.DrawFn,
    *,
    whole: bool = False,
    circles: bool = False,
    rounds: bool = False,
    full: bool = False,
    chain: bool = False,
) -> dict[str, bytes]:
    """Files of a project. `whole` leaves no reader stuck; with `circles` a `goto` may lead back, with `rounds` from
    tree to tree, with `chain` the second of three hands over to the third; outcomes that are `full` also have
    deadlines, amounts, articles, a letter and other trees as channels, and shared questions are more often the same.
    """
    kinds = ("choice", "choice", "date", "date", "number", "money", "several")
    shared = {id: {"ask": f"{id}?", "kind": draw(st.sampled_from(kinds))} for id in ("q0", "q1")}
    for question in shared.values():
        if question["kind"] == "several":
            question["options"] = {tick: tick.upper() for tick in TICKS}
        if question["kind"] == "choice":
            question["options"] = {f"a{index}": f"A{index}" for index in range(4)}
    files = {
        "trees/questions.yml": shared,
        "trees/channels.yml": {"shop": {"title": "shop", "short": "shop", "who": "shop"}},
    }
    ids = ("one", "two", "three")
    two = (("one", ("two",)), ("two", ()))
    three = (("one", ("two", "three")), ("two", ("three",)), ("three", ()))
    written: dict[str, dict] = {}
    for tree, others in dict.fromkeys(ids, ids).items() if rounds else three if chain else two:
        ends = (*(ENDS[:1] if rounds else ENDS), *(f"tree/{other}" for other in others))
        files[f"trees/{tree}/tree.yml"] = draw(trees(tree, ends, shared, whole, circles, full))
        written[tree] = files[f"trees/{tree}/tree.yml"]
        if full:
            files |= draw(furnished(files[f"trees/{tree}/tree.yml"], others, shared))
    for tree, file in written.items():
        draw(carrying(file, {id: other for id, other in written.items() if id != tree}))
    return {path: data if isinstance(data, bytes) else json.dumps(data).encode() for path, data in files.items()}


@st.composite
def trees(
    draw: st.DrawFn, id: str, ends: tuple[str, ...], shared: dict, whole: bool, circles: bool, full: bool
) -> dict:
    ids = [f"q{index}" for index in range(draw(st.integers(1, 4)))]
    start = draw(st.permutations(ids))
    kinds = {q: shared[q]["kind"] if q in shared else draw(st.sampled_from(DATED if full else KINDS)) for q in ids}
    answers = {
        q: [
            f"a{index}"
            for index in range(draw(st.integers(2, 2 if full and q in shared else 4 if kinds[q] != "choice" else 3)))
        ]
        for q in ids
    }
    facts: dict[str, dict] = {}
    plain = [q for q in ids if kinds[q] != "several"]
    for name in ("f0", "f1")[: draw(st.integers(0, 2 if plain else 0))]:
        facts[name] = draw(guards(answers, plain, list(facts)))
    questions = {}
    for index, q in enumerate(start):
        ahead = [*start[index + 1 :], *ends, *(start if circles and draw(st.booleans()) else [])]
        behind = start[: index + 1]
        questions[q] = draw(one_question(q, kinds, answers[q], behind, ahead, answers, list(facts), q in shared, whole))
    outcomes = {}
    for end in ENDS:
        items = [
            {"do": f"{end}-{n}"}
            | ({"when": draw(item_guards(kinds, answers, list(facts)))} if draw(st.booleans()) else {})
            for n in range(draw(st.integers(0, 2)))
        ]
        outcomes[end] = {"title": end, "standing": "clear", "says": end, "channels": ["shop"]} | (
            {"remedies": items} if items else {}
        )
    return {
        "tree": id,
        "title": id,
        "summary": id,
        "as_of": "2026-11-21",
        "reviewed": "2026-11-21",
        "start": start[0],
        "questions": questions,
        "outcomes": outcomes,
    } | ({"facts": facts} if facts else {})


@st.composite
def one_question(draw, q, kinds, answers, behind, ahead, all_answers, facts, is_shared, whole) -> dict:
    def goto():
        ways = st.sampled_from(ahead)
        asked = [other for other in behind if kinds[other] != "several"]
        if not asked or draw(st.integers(0, 2)) == 0:
            return draw(ways)
        guard = draw(guards(all_answers, asked, facts))
        pair = [{"when": guard, "to": draw(ways)}, {"when": {"not": guard}, "to": draw(ways)}]
        slip = "none" if whole else draw(st.sampled_from(("none", "none", "none", "open", "overlap")))
        if slip == "overlap":
            pair.append({"when": draw(guards(all_answers, asked, facts)), "to": draw(ways)})
        return pair[:1] if slip == "open" else pair

    kind = kinds[q]
    question: dict = {"use": q} if is_shared else {"ask": f"{q}?", "kind": kind}
    if kind == "choice":
        return question | {"options": {a: {"goto": goto()} | ({} if is_shared else {"label": a}) for a in answers}}
    if kind == "several":
        return question | ({} if is_shared else {"options": {tick: tick.upper() for tick in TICKS}}) | {"goto": goto()}
    limits, key = LIMITS.get(kind, ()), "up_to"
    if kind == "date":
        limits, key = draw(st.sampled_from((*((one, "within") for one in PERIODS.values()), (FIXED, "before"))))
    if key == "within":
        for role, wanted in (("until", "date"), ("plus", "number")):
            earlier = [other for other in behind if other != q and kinds[other] == wanted]
            if earlier and draw(st.booleans()):
                question[role] = draw(st.sampled_from(earlier))
    limited = zip(answers[:-1], limits, strict=False)  # there may be more limits than the question has bands for
    bands = {a: {key: limit, "goto": goto()} for a, limit in limited}
    return question | {"bands": bands | {answers[-1]: {"goto": goto()}}}


def answers_of(question: dict) -> list[str]:
    """What a hand-over may say of a question of another tree."""
    if "goto" in question:
        return [*TICKS, ".".join(TICKS), "none"]
    return list(question.get("bands") or question["options"])


@st.composite
def carrying(draw: st.DrawFn, tree: dict, others: dict[str, dict]) -> None:
    """Some of the tree's hand-overs say something of the other tree, and some outcomes have an `also`."""

    def said(other: str) -> dict[str, str]:
        asked = {id: answers_of(one) for id, one in others[other]["questions"].items()}
        ids = draw(st.lists(st.sampled_from(list(asked)), min_size=1, max_size=2, unique=True))
        return {id: draw(st.sampled_from(asked[id])) for id in ids}

    for question in tree["questions"].values():
        for leading in [question] if "goto" in question else (question.get("bands") or question["options"]).values():
            ways = leading["goto"] if isinstance(leading["goto"], list) else [{"to": leading["goto"]}]
            for way in ways:
                other = way["to"].removeprefix("tree/")
                if other in others and draw(st.integers(0, 2)) == 0:
                    way["with"] = said(other)
            if any("with" in way for way in ways):
                leading["goto"] = ways
    for outcome in tree["outcomes"].values():
        if others and draw(st.integers(0, 3)) == 0:
            other = draw(st.sampled_from(list(others)))
            item = {"says": "too", "to": f"tree/{other}"}
            outcome["also"] = [item | ({"with": said(other)} if draw(st.booleans()) else {})]


@st.composite
def furnished(draw: st.DrawFn, tree: dict, others: tuple[str, ...], shared: dict) -> dict:
    """The tree's outcomes get what may be counted from, summed, cited, filled in and gone on to; the files for it are
    returned.
    """
    kinds = {id: question.get("kind") or shared[id]["kind"] for id, question in tree["questions"].items()}
    answers = {
        id: list(question.get("bands") or question.get("options") or TICKS)
        for id, question in tree["questions"].items()
    }
    law = {"cite": "壶法第1条", "basis": "text"}

    def maybe_when() -> dict:
        return {"when": draw(item_guards(kinds, answers, list(tree.get("facts", ()))))} if draw(st.booleans()) else {}

    for outcome in tree["outcomes"].values():
        for remedy in outcome.get("remedies", ()):
            remedy |= law if draw(st.booleans()) else {}
        starts = [id for id, kind in kinds.items() if kind == "date"]
        if starts:
            outcome["deadlines"] = []
            for id in ("claim", "sue")[: draw(st.integers(0, 2))]:
                one = draw(st.sampled_from(starts))
                start = draw(
                    st.sampled_from((one, f"{one} + 3 days", {"latest": [one, draw(st.sampled_from(starts))]}))
                )
                outcome["deadlines"].append(
                    {"id": id, "kind": "due", "label": id, "from": start, "within": "7 days"} | law | maybe_when()
                )
                if draw(st.booleans()):
                    outcome["deadlines"][-1]["met_by"] = draw(st.sampled_from([one for one in starts if one in kinds]))
                starts = [*starts, id]
        if numbers := [id for id, kind in kinds.items() if kind == "number"]:
            outcome["amounts"] = draw(amounts(numbers, [id for id, kind in kinds.items() if kind == "date"]))
            for amount in outcome["amounts"]:
                amount |= maybe_when()
        outcome["letter"] = [{"use": "note"} | maybe_when()] * draw(st.integers(0, 1))
        outcome["now"] = [
            {"do": f"step {number}"} | draw(named_in(outcome)) | (law if draw(st.booleans()) else {}) | maybe_when()
            for number in range(draw(st.integers(0, 3)))
        ]
        outcome["replies"] = [
            {"id": f"said-{number}", "they_say": f"no {number}", "answer": "yes"} | maybe_when()
            for number in range(draw(st.integers(0, 2)))
        ]
        outcome["evidence"] = [
            {"use": id} | maybe_when() for id in draw(st.lists(st.sampled_from(KEPT), max_size=2, unique=True))
        ]
        outcome["channels"] = [
            "shop",
            *(
                [{"use": f"tree/{draw(st.sampled_from(others))}"} | maybe_when()]
                if others and draw(st.booleans())
                else []
            ),
        ]
        for key in ("deadlines", "amounts", "letter", "now", "replies", "evidence"):
            if not outcome.get(key):
                outcome.pop(key, None)
    note = f"# note\n\n{{{draw(st.sampled_from(list(kinds)))}}}"
    return {
        f"trees/{tree['tree']}/letters/note.md": note.encode(),
        "trees/law/kettle.yml": KETTLE_LAW,
        "trees/evidence.yml": {id: {"title": id, "proves": id, "how": id} for id in KEPT},
    }


@st.composite
def amounts(draw: st.DrawFn, numbers: list[str], dates: list[str]) -> list[dict]:
    """Up to three, each of a number or an earlier one, or a sum of earlier ones."""
    made: list[dict] = []
    for id in ("back", "extra", "total")[: draw(st.integers(0, 3))]:
        earlier = [one["id"] for one in made]
        one: dict = {"id": id, "label": id}
        if earlier and draw(st.booleans()):
            one["sum"] = draw(st.lists(st.sampled_from(earlier), min_size=1, unique=True))
        else:
            one["of"] = draw(st.sampled_from(numbers + earlier))
        if draw(st.booleans()):
            one["less"] = draw(st.sampled_from(numbers + earlier))
        if draw(st.booleans()):
            days = st.sampled_from((*dates, "today"))
            counts = st.one_of(st.sampled_from((*numbers, "12")), st.fixed_dictionaries({"from": days, "to": days}))
            one["share"] = {"part": draw(counts), "whole": draw(counts)}
        one |= draw(
            st.fixed_dictionaries(
                {}, optional={"times": st.just("3"), "at_least": st.just("500"), "most": st.just("900.5")}
            )
        )
        made.append(one)
    return made


@st.composite
def named_in(draw: st.DrawFn, outcome: dict) -> dict:
    """What a step may name, of what the outcome has."""
    known = {"letter": ["note"] if outcome.get("letter") else [], "to": ["shop"]}
    known["by"] = [one["id"] for one in outcome.get("deadlines", ())]
    return {key: draw(st.sampled_from(ids)) for key, ids in known.items() if ids and draw(st.booleans())}


@st.composite
def guards(draw, answers: dict[str, list[str]], questions: list[str], facts: list[str], deep: int = 2) -> dict:
    guard: dict = {}
    for q in draw(st.lists(st.sampled_from(questions), max_size=2, unique=True)):
        values = draw(st.lists(st.sampled_from(answers[q]), min_size=1, max_size=3, unique=True))
        guard[q] = values[0] if len(values) == 1 else values
    if facts and draw(st.integers(0, 3)) == 0:
        guard["fact"] = draw(st.sampled_from(facts))
    if deep and draw(st.integers(0, 3)) == 0:
        guard["not"] = draw(guards(answers, questions, facts, deep - 1))
    if deep and draw(st.integers(0, 4)) == 0:
        guard["any"] = [draw(guards(answers, questions, facts, deep - 1)) for _ in range(2)]
    return guard or {questions[0]: answers[questions[0]][0]}


@st.composite
def item_guards(draw, kinds: dict[str, str], answers: dict[str, list[str]], facts: list[str]) -> dict:
    """A part without ticks, a part over ticks only, or both."""
    plain = [q for q in answers if kinds[q] != "several"]
    several = [q for q in answers if kinds[q] == "several"]
    guard = draw(guards(answers, plain, facts)) if plain and (not several or draw(st.booleans())) else {}
    if not several or (guard and draw(st.booleans())):
        return guard
    one, other = draw(st.sampled_from(several)), draw(st.sampled_from(several))
    test = {one: draw(st.lists(st.sampled_from(TICKS), min_size=1, max_size=2, unique=True))}
    failing = {"not": {other: draw(st.sampled_from(TICKS))}}
    if "any" not in guard and draw(st.booleans()):
        return guard | {"any": [test, failing]}
    return guard | (failing if "not" not in guard and draw(st.booleans()) else test)


def project_of(files: dict[str, bytes]) -> Project:
    """Facts may stay unused here, and guards may contradict themselves: it is told, and they are read all the same."""
    sources, found = parse(files)
    assert found == []
    project, found = resolve(sources)
    assert {one.rule for one in found} <= {"facts", "guards"}
    return project


def compiled_of(project: Project) -> Compiled:
    """Without `verify`: a random tree has outcomes that nobody comes to. As in `compile`, trees with stuck readers
    are left out.
    """
    unfolded, _ = unfold(project)
    starts = {id: one.start for id, one in unfolded.items()}
    trees = {id: compile_tree(one, project, starts) for id, one in unfolded.items() if is_whole(one)}
    return Compiled(project, unfolded, trees, TABLE, CALENDAR)
