"""Nobody is asked twice for what they have told, in whatever trees; and one question has one home."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from minglu.diagnostics import Diagnostic, Words
from minglu.parse.beginnings import PHRASES
from minglu.resolve.model import Question
from minglu.unfold.carrying import meanings, stands_for
from minglu.unfold.model import Edge, Handover, Unfolded
from minglu.verify.story import edge_label
from minglu.verify.subject import Subject

PROVES = "说过的不会再问：转到别的情形，回答都带着走"

MOST_PLACES = 50_000  # looked at before other answers than the one in question are no longer held against one another

Trees = Mapping[str, Unfolded]
Answers = frozenset[str]
"""Answers of which a reader's is one, by the names that the tree gives them where they were told."""


@dataclass(frozen=True)
class Told:
    """A shared question that was answered in a tree, or that a hand-over to it has answered."""

    tree: str
    answers: Answers


Known = tuple[tuple[str, Told], ...]
"""By question, in the order of their names."""


@dataclass(frozen=True)
class Place:
    """A state of a tree, with what the reader has told before that may still be asked for; `said` is what the hand-over
    that led to this tree says of its questions.
    """

    tree: str
    state: str
    told: Known = ()
    said: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Step:
    """One answer (`label` in words), or a hand-over from an outcome (""), in a tree."""

    tree: str
    label: str


@dataclass(frozen=True)
class AskedTwice:
    """The shared question `question`, told in `first` with one of `answers`, is asked again in `again`."""

    question: str
    first: str
    again: str
    answers: Answers
    steps: tuple[Step, ...]


def check(subject: Subject) -> Iterator[Diagnostic]:
    yield from same_words(subject.compiled.unfolded)
    for one in asked_twice(subject.compiled.unfolded):
        yield told_again(one, subject.compiled.unfolded)


def same_words(trees: Trees) -> Iterator[Diagnostic]:
    """Questions of different trees that ask the same and are not one shared question."""
    first: dict[str, tuple[str, Question]] = {}
    for id, one in trees.items():
        for question in one.tree.questions.values():
            if question.ask in PHRASES:  # still as `new` wrote it, which is told as such
                continue
            tree, other = first.setdefault(question.ask.strip(), (id, question))
            alike = question.shared and other.shared and question.id == other.id
            if tree == id or alike:
                continue
            yield Diagnostic(
                "asked-twice",
                question.at,
                Words(
                    f"`{id}` 的 `{question.id}` 和 `{tree}` 的 `{other.id}` 问的是同一句话，却不是同一个共用问题",
                    f"`{question.id}` of `{id}` asks the same as `{other.id}` of `{tree}` and is not the same shared "
                    "question",
                ),
                Words(
                    f"把它写进 trees/questions.yml，两棵树都写 `use: {other.id}`；问的不是一件事，就换个问法",
                    f"put it into trees/questions.yml and write `use: {other.id}` in both; ask in other words where it "
                    "is about something else",
                ),
                ((other.at, Words("那一个在这里", "the other is here")),),
            )


def told_again(one: AskedTwice, trees: Trees) -> Diagnostic:
    question, own = trees[one.again].tree.questions[one.question], trees[one.first].tree.questions[one.question]
    answers = "、".join(edge_label(own, answer) for answer in own.answer_ids() if answer in one.answers)
    way = story_words(one, trees)
    return Diagnostic(
        "asked-twice",
        question.at,
        Words(
            f"`{one.question}` 在 `{one.first}` 里答过（{answers}），到 `{one.again}` 又问一遍",
            f"`{one.question}` is answered in `{one.first}` ({answers}) and asked again in `{one.again}`",
        ),
        Words(
            f"一位读者：{way}；让两棵树的选项一样，日期都数到同一个共用问题",
            f"a reader: {way}; let both trees have the same options, and count to the same shared question",
        ),
        ((own.at, Words("先在这里问", "it is asked here before")),),
    )


def story_words(one: AskedTwice, trees: Trees) -> str:
    """“茶（凉了 → 不要）→ 水壶”."""
    parts: list[tuple[str, list[str]]] = []
    for step in one.steps:
        if not parts or parts[-1][0] != step.tree:
            parts.append((step.tree, []))
        parts[-1][1].append(step.label)
    told = [(tree, " → ".join(filter(None, labels))) for tree, labels in parts]
    titles = [trees[tree].tree.title + (f"（{labels}）" if labels else "") for tree, labels in told]
    return " → ".join([*titles, trees[one.again].tree.title])


def asked_twice(trees: Trees) -> Iterator[AskedTwice]:
    """Each shared question with the tree where it was told and the one where it is asked again, each once, with the
    fewest answers. Who is asked again may have begun where they told it: nobody before them knows less.
    """
    ahead = {id: trees_ahead(trees, id) for id in trees}
    for first in trees:
        lost = {(question, again) for again in ahead[first] for question in lost_on_the_way(trees, first, again)}
        if lost:
            yield from search(trees, first, lost, ahead)


def lost_on_the_way(trees: Trees, first: str, again: str) -> Iterator[str]:
    """The shared questions of both of which the one does not take every answer of the other."""
    one, other = trees[first].tree, trees[again].tree
    for id, question in one.questions.items():
        both = question.shared and id in other.questions and other.questions[id].shared
        if both and meanings(one, other, id).keys() < {*question.answer_ids()}:
            yield id


def trees_ahead(trees: Trees, first: str) -> set[str]:
    """The trees that hand-overs may lead to from one, itself only if they lead back."""
    found: set[str] = set()
    todo = [first]
    while todo:
        new = {over.tree for over in all_handovers(trees[todo.pop()])} - found
        found |= new
        todo += new
    return found


def all_handovers(one: Unfolded) -> Iterator[Handover]:
    for state in one.states.values():
        yield from (edge.to for edge in state.edges if isinstance(edge.to, Handover))
        yield from state.onward.values()


def search(trees: Trees, first: str, lost: set[tuple[str, str]], ahead: Mapping[str, set[str]]) -> Iterator[AskedTwice]:
    """Breadth first from the beginning of a tree, readers being told apart by their answers to shared questions that
    may be asked further on.
    """
    start = Place(first, trees[first].start)
    came: dict[Place, tuple[Place, Step] | None] = {start: None}
    found: set[tuple[str, str]] = set()
    wanted = {id: questions_ahead(trees, {id, *ahead[id]}) for id in trees}
    for place in (queue := [start]):
        if found == lost:
            return
        asked = trees[place.tree].states[place.state].node
        told = dict(place.told).get(asked)
        if told and told.tree == first and (asked, place.tree) in lost - found:
            answers = told.answers - meanings(trees[first].tree, trees[place.tree].tree, asked).keys()
            if answers:
                found.add((asked, place.tree))
                yield AskedTwice(asked, first, place.tree, answers, steps_to(place, came))
        for step, to in steps_from(trees, place, wanted):
            if len(came) > MOST_PLACES:
                to = Place(to.tree, to.state, tuple(one for one in to.told if (one[0], to.tree) in lost), to.said)
            if to not in came:
                came[to] = place, step
                queue.append(to)


def questions_ahead(trees: Trees, ids: set[str]) -> frozenset[str]:
    return frozenset(question.id for id in ids for question in trees[id].tree.questions.values() if question.shared)


def steps_to(place: Place, came: Mapping[Place, tuple[Place, Step] | None]) -> tuple[Step, ...]:
    steps = []
    while before := came[place]:
        place, step = before
        steps.append(step)
    return tuple(reversed(steps))


def steps_from(trees: Trees, place: Place, wanted: Mapping[str, frozenset[str]]) -> Iterator[tuple[Step, Place]]:
    """Where readers at a place may stand next: each edge with the answers by which it is taken."""
    one = trees[place.tree]
    state = one.states[place.state]
    if not state.edges:
        for over in state.onward.values():
            yield Step(place.tree, ""), entered(trees, place, over, dict(place.told), wanted)
        return
    question = one.tree.questions[state.node]
    for edge, told, asked in edges_taken(trees, place, question):
        known = dict(place.told)
        if told is not None:
            known[question.id] = told
        label = edge_label(question, edge.id) if asked else ""
        if isinstance(edge.to, Handover):
            yield Step(place.tree, label), entered(trees, place, edge.to, known, wanted)
        elif isinstance(edge.to, str):
            kept = in_order(known, wanted[place.tree])
            yield Step(place.tree, label), Place(place.tree, edge.to, kept, place.said)


def in_order(told: Mapping[str, Told], wanted: frozenset[str]) -> Known:
    return tuple((id, told[id]) for id in sorted(told) if id in wanted)


def edges_taken(trees: Trees, place: Place, question: Question) -> Iterator[tuple[Edge, Told | None, bool]]:
    """The edges that readers may take at a question, with what they have told of it then, and whether they were asked.

    Who told it in a range that spans several edges may stand behind any of them.
    """
    edges = trees[place.tree].states[place.state].edges
    told = dict(place.told).get(question.id) if question.shared else None
    taken_as = meanings(trees[told.tree].tree, trees[place.tree].tree, question.id) if told else {}
    said = dict(place.said).get(question.id)
    for edge in edges:
        if told:
            if taken := frozenset(one for one in told.answers if taken_as.get(one, frozenset()) & {*edge.answers}):
                yield edge, Told(told.tree, taken), False
        elif said and (answer := stands_for(question, said)) in edge.answers:
            yield edge, Told(place.tree, frozenset({answer})) if question.shared else None, False
        if (not told and said is None) or (told and told.answers - taken_as.keys()):
            yield edge, Told(place.tree, frozenset(edge.answers)) if question.shared else None, True


def entered(
    trees: Trees, place: Place, over: Handover, told: dict[str, Told], wanted: Mapping[str, frozenset[str]]
) -> Place:
    """The beginning of the other tree: what was told goes on, with what the hand-over before said of shared questions
    that were not asked.
    """
    own = trees[place.tree].tree.questions
    for question, answer in place.said:
        if question in own and own[question].shared:
            told = {question: Told(place.tree, frozenset({stands_for(own[question], answer)}))} | told
    theirs = trees[over.tree].tree.questions
    kept = in_order(told, wanted[over.tree])
    return Place(
        over.tree,
        trees[over.tree].start,
        tuple((id, one) for id, one in kept if id not in theirs or theirs[id].shared),
        tuple((question, answer) for question, answer in over.carries if question not in told),
    )
