"""Two projects → the words that differ where nothing else does, each by its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from minglu.changes.pairing import Pairing, pair_items
from minglu.resolve.model import Also, Clock, Item, Library, Project, Question, Statement
from minglu.resolve.relying import LibraryEntry, entries_by_group

QUESTION_TEXTS = ("ask", "why", "find", "unit")
STATEMENT_TEXTS = ("says", "how", "answer", "label")

PlacedTexts = Iterator[tuple[str, str, str]]
"""A place, as its keys in the file say, with its words in the old and in the new trees; "" where there are none."""


@dataclass(frozen=True)
class TextEdit:
    """`at` is where the text stands in the new trees, as its keys in the file say; `old` or `new` is "" where there is
    none.

    `trees` are those whose file holds it, several where they take it from trees/questions.yml.
    """

    trees: tuple[str, ...]
    at: str
    old: str
    new: str


def text_edits(old: Project, new: Project, pairings: Mapping[str, Pairing]) -> tuple[TextEdit, ...]:
    in_trees: dict[tuple[str, str, str], list[str]] = {}
    for id, pairing in pairings.items():
        for at, before, after in tree_texts(pairing):
            if before != after:
                shared = at.startswith("questions.")
                in_trees.setdefault((at if shared else f"{id}/{at}", before, after), []).append(id)
    return (
        *(
            TextEdit(tuple(trees), at if at.startswith("questions.") else at.partition("/")[2], before, after)
            for (at, before, after), trees in in_trees.items()
        ),
        *(
            TextEdit((), at, before, after)
            for at, before, after in library_texts(old.library, new.library)
            if before != after
        ),
    )


def tree_texts(pairing: Pairing) -> PlacedTexts:
    old, new = pairing.old, pairing.new
    yield from ((name, getattr(old, name), getattr(new, name)) for name in ("title", "summary", "as_of"))
    yield "plain", old.plain if old.plain != old.title else "", new.plain if new.plain != new.title else ""
    yield "lead", old.lead if old.lead != old.summary else "", new.lead if new.lead != new.summary else ""
    yield from ((name, "、".join(getattr(old, name)), "、".join(getattr(new, name))) for name in ("bring", "search"))
    for id, other in pairing.questions.items():
        yield from question_texts(id, other, pairing)
    for id, other in pairing.outcomes.items():
        before, after = old.outcomes[id], new.outcomes[other]
        yield from (
            (f"outcomes.{other}.{name}", getattr(before, name), getattr(after, name)) for name in ("title", "says")
        )
        for name, items in after.groups().items():
            yield from statement_texts(f"outcomes.{other}.{name}", before.groups()[name], items, pairing.questions)
    for id, letter in new.letters.items():
        if id in old.letters:
            yield f"letters/{id}.md title", old.letters[id].title, letter.title
            yield f"letters/{id}.md text", old.letters[id].text, letter.text
    stories, other_stories = ({walk.name: walk.story for walk in tree.walks if walk.story} for tree in (old, new))
    yield from (
        (f"walks.yml “{name}”", stories.get(name, ""), other_stories.get(name, ""))
        for name in {**other_stories, **stories}
    )


def question_texts(id: str, other: str, pairing: Pairing) -> PlacedTexts:
    """Of the old tree's question `id`, which the new one calls `other`, and of the answers that both have."""
    before, after = pairing.old.questions[id], pairing.new.questions[other]
    yield from ((f"questions.{other}.{name}", getattr(before, name), getattr(after, name)) for name in QUESTION_TEXTS)
    yield from tick_texts(f"questions.{other}", before, after)
    answers, other_answers = ({answer.id: answer for answer in question.answers} for question in (before, after))
    partners = (
        {cell.new: cell.old for cell in pairing.cells[other] if cell.old and cell.new}
        if before.kind == "choice"
        else {one: one for one in answers}
    )
    for one, answer in other_answers.items():
        if one in partners:
            was = answers[partners[one]]
            yield f"questions.{other}.{one}.label", was.label, answer.label
            yield f"questions.{other}.{one}.hint", was.hint, answer.hint


def tick_texts(at: str, before: Question, after: Question) -> PlacedTexts:
    """Of what both offer to be ticked."""
    was = {tick.id: tick for tick in before.ticks}
    for tick in after.ticks:
        if tick.id in was:
            yield f"{at}.{tick.id}.label", was[tick.id].label, tick.label
            yield f"{at}.{tick.id}.hint", was[tick.id].hint, tick.hint


def statement_texts(
    at: str, old: Sequence[Item], new: Sequence[Item], questions: Mapping[str, str], *, alone: bool = False
) -> PlacedTexts:
    """Words of the items that both have; with `alone` also those of items that only one has."""
    for one, other in pair_items(old, new, questions):
        was, now = (None if one is None else old[one]), (None if other is None else new[other])
        item = now or was
        if not isinstance(item, Statement | Also) or not (alone or (was and now)):
            continue
        place = at if other is None else f"{at}.{other + 1}"
        for name in STATEMENT_TEXTS:
            if hasattr(item, name):
                written = "do" if name == "says" and at.endswith(".remedies") else name
                yield f"{place}.{written}", getattr(was, name) if was else "", getattr(now, name) if now else ""


def library_texts(old: Library, new: Library) -> PlacedTexts:
    """Of the entries that both have."""
    for group, entries in entries_by_group(new).items():
        others = entries_by_group(old)[group]
        for id, after in entries.items():
            if not (before := others.get(id)):
                continue
            for name in fields_of_type(after, str):
                if name != "id":
                    yield f"{group}.yml {id}.{name}", getattr(before, name), getattr(after, name)
            for name in fields_of_type(after, tuple[str, ...]):
                yield f"{group}.yml {id}.{name}", "、".join(getattr(before, name)), "、".join(getattr(after, name))
            for name in (*fields_of_type(after, tuple[Statement, ...]), *fields_of_type(after, tuple[Clock, ...])):
                at = f"{group}.yml {id}.{name}"
                yield from statement_texts(at, getattr(before, name), getattr(after, name), {}, alone=True)


def fields_of_type(entry: LibraryEntry, wanted: object) -> list[str]:
    return [each.name for each in fields(entry) if each.type == wanted]
