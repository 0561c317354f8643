"""Two projects → the words that differ where nothing else does, each by its place."""

from collections.abc import Iterator
from dataclasses import dataclass

from minglu.changes.pairing import Same, pair_items
from minglu.resolve.model import Library, Project, Statement

QUESTION = ("ask", "why", "find", "unit")
STATEMENT = {"says": "says", "how": "how", "answer": "answer", "label": "label"}
LIBRARY = {
    "channels": ("title", "short", "who"),
    "evidence": ("title", "proves", "how"),
    "mistakes": ("title", "said", "instead"),
}
PARTS = {
    "channels": ("can", "cannot", "conditions", "time", "cost", "where", "if_fails"),
    "evidence": ("grounds",),
    "mistakes": ("right",),
}


@dataclass(frozen=True)
class TextEdit:
    """`at` is where the text stands in the new trees, as its keys in the file say; `old` or `new` is "" where there is none.

    `trees` are those whose file holds it, several where they take it from trees/questions.yml.
    """

    trees: tuple[str, ...]
    at: str
    old: str
    new: str


def text_edits(old: Project, new: Project, sames: dict[str, Same]) -> tuple[TextEdit, ...]:
    found: dict[tuple[str, str, str], list[str]] = {}
    for id, same in sames.items():
        for at, before, after in tree_texts(same):
            if before != after:
                shared = at.startswith("questions.")
                found.setdefault((at if shared else f"{id}/{at}", before, after), []).append(id)
    own = [
        TextEdit(tuple(trees), at if at.startswith("questions.") else at.partition("/")[2], before, after)
        for (at, before, after), trees in found.items()
    ]
    return (
        *own,
        *(
            TextEdit((), at, before, after)
            for at, before, after in library_texts(old.library, new.library)
            if before != after
        ),
    )


def tree_texts(same: Same) -> Iterator[tuple[str, str, str]]:
    old, new = same.old, same.new
    yield from ((name, getattr(old, name), getattr(new, name)) for name in ("title", "summary", "as_of"))
    yield "plain", old.plain if old.plain != old.title else "", new.plain if new.plain != new.title else ""
    yield "lead", old.lead if old.lead != old.summary else "", new.lead if new.lead != new.summary else ""
    yield from ((name, "、".join(getattr(old, name)), "、".join(getattr(new, name))) for name in ("bring", "search"))
    for id, other in same.questions.items():
        before, after = old.questions[id], new.questions[other]
        yield from ((f"questions.{other}.{name}", getattr(before, name), getattr(after, name)) for name in QUESTION)
        answers = {answer.id: answer for answer in before.answers}, {answer.id: answer for answer in after.answers}
        partners = (
            {(cell.old, cell.new) for cell in same.cells[other] if cell.old and cell.new}
            if before.kind == "choice"
            else {(one, one) for one in answers[0] if one in answers[1]}
        )
        for one, two in sorted(partners, key=lambda pair: [*answers[1]].index(pair[1])):
            yield from (
                (f"questions.{other}.{two}.{name}", getattr(answers[0][one], name), getattr(answers[1][two], name))
                for name in ("label", "hint")
            )
    for id, other in same.outcomes.items():
        before, after = old.outcomes[id], new.outcomes[other]
        yield from (
            (f"outcomes.{other}.{name}", getattr(before, name), getattr(after, name)) for name in ("title", "says")
        )
        for name, items in after.groups().items():
            yield from statement_texts(f"outcomes.{other}.{name}", before.groups()[name], items, same.questions)
    for id in new.letters:
        if id in old.letters:
            yield from (
                (f"letters/{id}.md {name}", getattr(old.letters[id], name), getattr(new.letters[id], name))
                for name in ("title", "text")
            )
    stories = [{walk.name: walk.story for walk in tree.walks if walk.story} for tree in (old, new)]
    yield from (
        (f"walks.yml “{name}”", stories[0].get(name, ""), stories[1].get(name, ""))
        for name in {**stories[1], **stories[0]}
    )


def statement_texts(
    at: str, old: tuple, new: tuple, questions: dict[str, str], *, alone: bool = False
) -> Iterator[tuple[str, str, str]]:
    """Words of the items that both have; with `alone` also those of items that only one has."""
    pairs = pair_items(old, new, questions)
    for one, other in pairs:
        item = new[other] if other is not None else old[one]
        if not isinstance(item, Statement):
            continue
        place = f"{at}.{other + 1}" if other is not None else at
        for name in STATEMENT:
            if hasattr(item, name) and (one is not None and other is not None or alone):
                written = "do" if name == "says" and at.endswith(".remedies") else name
                yield (
                    f"{place}.{written}",
                    getattr(old[one], name) if one is not None else "",
                    getattr(new[other], name) if other is not None else "",
                )


def library_texts(old: Library, new: Library) -> Iterator[tuple[str, str, str]]:
    for kind, names in LIBRARY.items():
        for id, after in getattr(new, kind).items():
            if before := getattr(old, kind).get(id):
                yield from ((f"{kind}.yml {id}.{name}", getattr(before, name), getattr(after, name)) for name in names)
                for part in PARTS[kind]:
                    yield from statement_texts(
                        f"{kind}.yml {id}.{part}", getattr(before, part), getattr(after, part), {}, alone=True
                    )
