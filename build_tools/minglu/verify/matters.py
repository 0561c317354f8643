"""Every question matters to whoever is asked it."""

from collections.abc import Iterator

from minglu.diagnostics import Diagnostic, Words
from minglu.engine.letter import LETTER_FIELD
from minglu.resolve.model import Project, Tree
from minglu.unfold.model import Handover, State, Unfolded
from minglu.unfold.shared import same_question
from minglu.verify.story import nearest_first, story
from minglu.verify.subject import Subject

MANUAL = """Every question matters to whoever is asked it.

Where all answers lead to one and the same state, asking changes nothing for that reader. A question may still be asked for its
exact value alone: where a deadline starts from it, an amount or a letter uses it, another question counts by it (`until`, `plus`),
or another tree that the walk may go on in asks it too.

中文：每个问题对被问到的人都有用。怎么答都走到同一处，问了也白问。只为要一个准确的日子或数字也可以问：期限从它起算，金额、函件、`until`、`plus` 用到它，或者接下去的另一棵树也问它。

Accepted:
```yaml
questions:
  broken:
    ask: 水壶坏了吗？
    options: { yes: { label: 烧不热, goto: received }, leaks: { label: 漏水, goto: received }, no: { label: 没坏, goto: bought } }
  bought:
    ask: 你哪天买的？
    kind: date
    bands: { any: { goto: keep } }
outcomes:
  keep:
    title: 留着用
    standing: none
    says: 没坏。
    deadlines: { id: check, kind: due, label: 请店家查一次, from: bought, within: 1 year, cite: 水壶法第12条, basis: inferred }
    evidence: [order]
    channels: [shop]
walks:
  - { walk: 没坏, today: 2026-11-16, answers: { broken: no, bought: 2026-11-14 }, arrives: keep }
```
Reported:
```yaml
questions:
  broken:
    ask: 水壶坏了吗？
    options: { yes: { label: 烧不热, goto: received }, leaks: { label: 漏水, goto: received }, no: { label: 没坏, goto: colour } }
  colour:
    ask: 水壶是什么颜色？
    options: { red: { label: 红的, goto: keep }, blue: { label: 蓝的, goto: keep } }
walks:
  - { walk: 没坏, today: 2026-11-16, answers: { broken: no, colour: red }, arrives: keep }
```
"""
PROVES = "每个问题都不白问：答得不同，结果会不同，或者后面用得上"


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding a question, told by the shortest story of a reader to whom it does not matter."""
    one = subject.one
    used, told = used_ahead(one, subject.project), set()
    for state in map(one.states.get, nearest_first(one)):
        question = one.tree.questions.get(state.node)
        if (
            question
            and question.id not in told
            and len({edge.to for edge in state.edges}) == 1
            and question.id not in used[state.id]
        ):
            told.add(question.id)
            reader = story(one, state.id)
            yield Diagnostic(
                "matters",
                question.at,
                Words(
                    f"有的读者怎么回答 `{question.id}` 都走到同一处，也没有哪里要用到答案",
                    f"for some readers every answer to `{question.id}` leads to the same place, and nothing uses the answer",
                ),
                Words(
                    f"{reader.zh}；让他跳过这个问题，或删掉它", f"{reader.en}; let them skip the question, or remove it"
                ),
            )


def used_ahead(one: Unfolded, project: Project) -> dict[str, set[str]]:
    """For each state, the questions whose answers something at or after it uses as they are; states come in topological order."""
    ahead: dict[str, set[str]] = {}
    for state in reversed(one.states.values()):
        ahead[state.id] = used_at(one.tree, state) | carried(one, state, project)
        for edge in state.edges:
            ahead[state.id] |= ahead[edge.to] if isinstance(edge.to, str) else set()
    return ahead


def used_at(tree: Tree, state: State) -> set[str]:
    if state.node in tree.questions:
        question = tree.questions[state.node]
        return {*filter(None, (question.until, question.plus))}
    outcome, shown = tree.outcomes[state.node], state.items
    starts = {id for index in shown["deadlines"] for id, _ in outcome.deadlines[index].start.dates}
    sums = {outcome.amounts[index].sum for index in shown["amounts"]}
    fields = {
        field
        for index in shown["letters"]
        for field in LETTER_FIELD.findall(tree.letters[outcome.letters[index].use].text)
    }
    return starts | sums | fields


def carried(one: Unfolded, state: State, project: Project) -> set[str]:
    """The answers that go along to another tree."""
    onward = {edge.to.tree for edge in state.edges if isinstance(edge.to, Handover)}
    if not state.edges:
        outcome = one.tree.outcomes[state.node]
        channels = (outcome.channels[index].use for index in state.items["channels"])
        onward |= {use.removeprefix("tree/") for use in channels if use.startswith("tree/")}
    return {
        id
        for other in onward
        for id in project.trees[other].questions
        if same_question(one.tree, project.trees[other], id)
    }
