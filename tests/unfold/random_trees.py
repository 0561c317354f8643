"""Small random projects, as an author could have written them: two trees that share questions, the first handing over
to the second, or three that hand over to any.
"""

import json

from hypothesis import strategies as st

from minglu.compile import Compiled, is_whole
from minglu.compile.trees import compile_tree
from minglu.engine.dates import Calendar
from minglu.parse import parse
from minglu.resolve import resolve
from minglu.resolve.model import Project
from minglu.unfold import unfold

TABLE = {"first": 2004, "last": 2026, "holidays": [], "workdays": []}
"""A calendar that knows weekends only."""
CALENDAR = Calendar.of(TABLE)
ENDS = ("e0", "e1", "e2")
KINDS, DATED = ("choice", "choice", "date", "number"), ("choice", "date", "date", "number")
PERIODS = {
    "days": ("2 days", "7 days", "15 days", "40 days"),
    "mixed": ("3 working-days", "15 days", "2 months", "1 year"),
}

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
    draw: st.DrawFn, *, whole: bool = False, circles: bool = False, rounds: bool = False, full: bool = False
) -> dict[str, bytes]:
    """Files of a project. `whole` leaves no reader stuck; with `circles` a `goto` may lead back, with `rounds` from
    tree to tree; outcomes that are `full` also have deadlines, amounts, articles, a letter and other trees as
    channels, and shared questions are more often the same.
    """
    shared = {id: {"ask": f"{id}?", "kind": draw(st.sampled_from(("choice", "date", "number")))} for id in ("q0", "q1")}
    for question in shared.values():
        if question["kind"] == "choice":
            question["options"] = {f"a{index}": f"A{index}" for index in range(4)}
    files = {
        "trees/questions.yml": shared,
        "trees/channels.yml": {"shop": {"title": "shop", "short": "shop", "who": "shop"}},
    }
    ids = ("one", "two", "three")
    for tree, others in dict.fromkeys(ids, ids).items() if rounds else (("one", ("two",)), ("two", ())):
        ends = (*(ENDS[:1] if rounds else ENDS), *(f"tree/{other}" for other in others))
        files[f"trees/{tree}/tree.yml"] = draw(trees(tree, ends, shared, whole, circles, full))
        if full:
            files |= draw(furnished(files[f"trees/{tree}/tree.yml"], others, shared))
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
    for name in ("f0", "f1")[: draw(st.integers(0, 2))]:
        facts[name] = draw(guards(answers, ids, list(facts)))
    questions = {}
    for index, q in enumerate(start):
        ahead = [*start[index + 1 :], *ends, *(start if circles and draw(st.booleans()) else [])]
        behind = start[: index + 1]
        questions[q] = draw(one_question(q, kinds, answers[q], behind, ahead, answers, list(facts), q in shared, whole))
    outcomes = {}
    for end in ENDS:
        items = [
            {"do": f"{end}-{n}"} | ({"when": draw(guards(answers, ids, list(facts)))} if draw(st.booleans()) else {})
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
        if draw(st.integers(0, 2)) == 0:
            return draw(ways)
        guard = draw(guards(all_answers, behind, facts))
        pair = [{"when": guard, "to": draw(ways)}, {"when": {"not": guard}, "to": draw(ways)}]
        slip = "none" if whole else draw(st.sampled_from(("none", "none", "none", "open", "overlap")))
        if slip == "overlap":
            pair.append({"when": draw(guards(all_answers, behind, facts)), "to": draw(ways)})
        return pair[:1] if slip == "open" else pair

    kind = kinds[q]
    question: dict = {"use": q} if is_shared else {"ask": f"{q}?", "kind": kind}
    if kind == "choice":
        return question | {"options": {a: {"goto": goto()} | ({} if is_shared else {"label": a}) for a in answers}}
    limits = draw(st.sampled_from(tuple(PERIODS.values()))) if kind == "date" else ("0", "2", "5", "9")
    key = "within" if kind == "date" else "up_to"
    if kind == "date":
        for role, wanted in (("until", "date"), ("plus", "number")):
            earlier = [other for other in behind if other != q and kinds[other] == wanted]
            if earlier and draw(st.booleans()):
                question[role] = draw(st.sampled_from(earlier))
    limited = zip(answers[:-1], limits, strict=False)  # there may be more limits than the question has bands for
    bands = {a: {key: limit, "goto": goto()} for a, limit in limited}
    return question | {"bands": bands | {answers[-1]: {"goto": goto()}}}


@st.composite
def furnished(draw: st.DrawFn, tree: dict, others: tuple[str, ...], shared: dict) -> dict:
    """The tree's outcomes get what may be counted from, summed, cited, filled in and gone on to; the files for it are
    returned.
    """
    kinds = {id: question.get("kind") or shared[id]["kind"] for id, question in tree["questions"].items()}
    answers = {id: list(question.get("bands") or question["options"]) for id, question in tree["questions"].items()}
    law = {"cite": "壶法第1条", "basis": "text"}

    def maybe_when() -> dict:
        return {"when": draw(guards(answers, list(kinds), list(tree.get("facts", ()))))} if draw(st.booleans()) else {}

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
                starts = [*starts, id]
        if numbers := [id for id, kind in kinds.items() if kind == "number"]:
            outcome["amounts"] = [
                {"id": "sum", "label": "sum", "sum": draw(st.sampled_from(numbers))} | maybe_when()
            ] * draw(st.integers(0, 1))
        outcome["letter"] = [{"use": "note"} | maybe_when()] * draw(st.integers(0, 1))
        outcome["now"] = [
            {"do": f"step {number}"} | draw(named_in(outcome)) | (law if draw(st.booleans()) else {}) | maybe_when()
            for number in range(draw(st.integers(0, 3)))
        ]
        outcome["replies"] = [
            {"id": f"said-{number}", "they_say": f"no {number}", "answer": "yes"} | maybe_when()
            for number in range(draw(st.integers(0, 2)))
        ]
        outcome["channels"] = [
            "shop",
            *(
                [{"use": f"tree/{draw(st.sampled_from(others))}"} | maybe_when()]
                if others and draw(st.booleans())
                else []
            ),
        ]
        for key in ("deadlines", "amounts", "letter", "now", "replies"):
            if not outcome.get(key):
                outcome.pop(key, None)
    note = f"# note\n\n{{{draw(st.sampled_from(list(kinds)))}}}"
    return {f"trees/{tree['tree']}/letters/note.md": note.encode(), "trees/law/kettle.yml": KETTLE_LAW}


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
    return guard or {questions[0]: answers[questions[0]][0]}


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
