"""Every question matters to whoever is asked it."""

from collections.abc import Iterator

from minglu.diagnostics import Diagnostic, Words
from minglu.engine.letter import LETTER_FIELD
from minglu.resolve.model import Guard, Project, Question, Test, Tick, Tree
from minglu.unfold.liveness import hand_overs, onward_items
from minglu.unfold.model import Handover, State, Unfolded
from minglu.verify.story import nearest_first, story
from minglu.verify.subject import Subject

PROVES = "每个问题都不白问：答得不同，结果会不同，或者后面用得上"


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding a question, with the shortest story of a reader whose answer changes nothing; and one for each option
    of a question with ticks at which nothing ahead looks.
    """
    one = subject.one
    used, reported = used_ahead(one, subject.project), set()
    yield from idle_ticks(one, used)
    for state in (one.states[id] for id in nearest_first(one)):
        question = one.tree.questions.get(state.node)
        if (
            question
            and question.id not in reported
            and len({edge.to for edge in state.edges}) == 1
            and question.id not in used[state.id]
            and not ticks_among(used[state.id], question.id)
        ):
            reported.add(question.id)
            reader = story(one, state.id)
            yield Diagnostic(
                "matters",
                question.at,
                Words(
                    f"有的读者怎么回答 `{question.id}` 都走到同一处，也没有哪里要用到答案",
                    f"for some readers every answer to `{question.id}` leads to the same place, "
                    "and nothing uses the answer",
                ),
                Words(
                    f"{reader.zh}；让他跳过这个问题，或删掉它", f"{reader.en}; let them skip the question, or remove it"
                ),
            )


def idle_ticks(one: Unfolded, used: dict[str, set[str]]) -> Iterator[Diagnostic]:
    """Of the tree's own questions: what a shared one offers may be another tree's to look at (`used`)."""
    for question in one.tree.questions.values():
        ahead = set[str]().union(*(used[state.id] for state in one.states.values() if state.node == question.id))
        looked_at = ticks_among(ahead, question.id)
        if question.shared or question.id in ahead or not looked_at:  # none at all: the question is reported
            continue
        for tick in question.ticks:
            if tick.id not in looked_at:
                yield idle_tick(question.id, tick)


def ticks_among(used: set[str], question: str) -> set[str]:
    return {name.partition("/")[2] for name in used if name.startswith(f"{question}/")}


def idle_tick(question: str, tick: Tick) -> Diagnostic:
    return Diagnostic(
        "matters",
        tick.at,
        Words(
            f"勾了 `{question}` 的 `{tick.id}`，什么也不变",
            f"nothing changes where `{tick.id}` of `{question}` is ticked",
        ),
        Words(
            f"让结论里的某一项写 `when: {{ {question}: {tick.id} }}`，或删掉它",
            f"let an item of an outcome say `when: {{ {question}: {tick.id} }}`, or remove it",
        ),
    )


def used_ahead(one: Unfolded, project: Project) -> dict[str, set[str]]:
    """For each state, the questions whose answers something at or after it uses as they are, and the ticks that it
    looks at, as `question/tick`; states come in topological order.
    """
    ahead: dict[str, set[str]] = {}
    leads = {id: hand_overs(tree) for id, tree in project.trees.items()}
    for state in reversed(one.states.values()):
        ahead[state.id] = used_at(one.tree, state) | carried_answers(one, state, project, leads)
        for edge in state.edges:
            ahead[state.id] |= ahead[edge.to] if isinstance(edge.to, str) else set()
    return ahead


def used_at(tree: Tree, state: State) -> set[str]:
    if state.node in tree.questions:
        question = tree.questions[state.node]
        return {*filter(None, (question.until, question.plus))}
    outcome, shown = tree.outcomes[state.node], state.items
    starts = {id for index in shown["deadlines"] for id, _ in outcome.deadlines[index].start.dates}
    met = {id for index in shown["deadlines"] if (id := outcome.deadlines[index].met_by)}
    sums = {id for index in shown["amounts"] for id in outcome.amounts[index].names()}
    fields = {
        field
        for index in shown["letters"]
        for field in LETTER_FIELD.findall(tree.letters[outcome.letters[index].use].text)
    }
    items = (items[index] for name, items in outcome.groups().items() for index in shown[name])
    ticks = {
        f"{test.question}/{tick}" for item in items for test in tick_tests(item.guard.ticks) for tick in test.values
    }
    return starts | met | sums | fields | ticks


def tick_tests(ticks: Guard | None) -> Iterator[Test]:
    if ticks:
        yield from ticks.tests
        for inner in ticks.inner():
            yield from tick_tests(inner)


def carried_answers(one: Unfolded, state: State, project: Project, leads: dict[str, list[str]]) -> set[str]:
    """The answers that some tree further on asks for too: a hand-over carries them all, and the next one again."""
    onward = {edge.to.tree for edge in state.edges if isinstance(edge.to, Handover)}
    if not state.edges:
        items = onward_items(one.tree.outcomes[state.node])
        onward = {to.removeprefix("tree/") for key, to, _ in items if is_shown(key, state)}
    asked = [project.trees[other].questions for other in reached_from(onward, leads)]
    return {
        id
        for id, question in one.tree.questions.items()
        if question.shared and any(id in there and is_asked_again(question, there[id]) for there in asked)
    }


def is_shown(key: str, state: State) -> bool:
    """Whether an item, `also.0` or `channels.2`, stands in this state of an outcome."""
    group, _, index = key.partition(".")
    return int(index) in state.items[group]


def is_asked_again(question: Question, other: Question) -> bool:
    return other.shared and other.kind == question.kind


def reached_from(trees: set[str], leads: dict[str, list[str]]) -> set[str]:
    """These trees, and all that they lead to; `leads` says where each leads at once."""
    reached, todo = set(trees), list(trees)
    while todo:
        new = {*leads[todo.pop()]} - reached
        reached |= new
        todo += new
    return reached
