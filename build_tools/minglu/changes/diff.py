"""Two projects that are fit to publish → which readers now get something else, and what else was changed."""

from collections import Counter
from dataclasses import dataclass

from minglu.changes.ends import Change, Ends, Version
from minglu.changes.fingerprint import fingerprint
from minglu.changes.library import Relied, library_changes
from minglu.changes.pairing import Same, pair
from minglu.changes.texts import TextEdit, text_edits
from minglu.changes.together import Met, Missing, Step, together
from minglu.compile import Compiled
from minglu.compile.counts import count_tree
from minglu.engine.labels import STANDINGS
from minglu.resolve.library import names_of
from minglu.unfold.model import Unfolded

KINDS = (
    "outcome",
    "weaker",
    "stronger",
    "deadline-lost",
    "deadline-gained",
    "deadline-changed",
    "article",
    "next",
    "other",
)
"""What may differ for a reader. `other` is the rest of what an outcome shows: remedies, evidence, letters, …"""


@dataclass(frozen=True)
class Group:
    """Readers for whom the same things changed. `old` and `new` are outcome ids or `tree/<id>`; "" where that tree has no such answer, which `cause` names."""

    old: str
    new: str
    cause: tuple[Change, ...]
    readers: int
    story: tuple[Step, ...]


@dataclass(frozen=True)
class TreeDiff:
    """`readers` walk both versions, `changed` of them get something else, `counts` says what. `gone` walk the old one only, `come` the new one only."""

    id: str
    title: str
    readers: int
    changed: int
    gone: int
    come: int
    counts: dict[str, int]
    groups: tuple[Group, ...]
    asked: tuple[Change, ...]


@dataclass(frozen=True)
class Diff:
    """`trees` are those of both that differ in more than words; `added` and `removed` are (id, title, readers); `unchanged` counts the readers of all other trees.

    `identical` trees are so to the last guard and the order of everything, worked walks and places in files apart.
    """

    trees: tuple[TreeDiff, ...]
    added: tuple[tuple[str, str, int], ...]
    removed: tuple[tuple[str, str, int], ...]
    unchanged: int
    library: tuple[Relied, ...]
    texts: tuple[TextEdit, ...]
    identical: bool

    @property
    def nothing(self) -> bool:
        return not (self.trees or self.added or self.removed or self.library or self.texts)


def diff(old: Compiled, new: Compiled) -> Diff:
    calendar = new.days
    both = [id for id in new.unfolded if id in old.unfolded]
    sames = {id: pair(old.unfolded[id].tree, new.unfolded[id].tree, calendar) for id in both}
    versions = tuple(Version(one.unfolded, names_of(one.project.library.statutes)) for one in (old, new))
    done = [tree_diff(id, *versions, sames) for id in both]
    different = tuple(one for one in done if one.groups or one.asked)
    return Diff(
        different,
        tuple((id, tree.title, count_tree(tree).sequences) for id, tree in new.trees.items() if id not in old.unfolded),
        tuple((id, tree.title, count_tree(tree).sequences) for id, tree in old.trees.items() if id not in new.unfolded),
        sum(one.readers for one in done if one not in different),
        library_changes(old.project, new.project),
        text_edits(old.project, new.project, sames),
        old.unfolded.keys() == new.unfolded.keys()
        and all(fingerprint(one) == fingerprint(old.unfolded[id]) for id, one in new.unfolded.items()),
    )


def tree_diff(id: str, old: Version, new: Version, sames: dict[str, Same]) -> TreeDiff:
    ends, met = Ends(id, old, new, sames), together(old.unfolded[id], new.unfolded[id], sames[id])
    groups: dict[tuple, Group] = {}
    counts: Counter[str] = Counter()
    for one in met:
        changes = ends.changes(one.old, one.new)
        counts.update(dict.fromkeys(kinds(changes), one.readers))
        if changes or isinstance(one.old, Missing) or isinstance(one.new, Missing):
            group = grouped(one, changes, old.unfolded[id], new.unfolded[id])
            key = group.old, group.new, group.cause
            groups[key] = added(groups[key], group) if key in groups else group
    readers = {
        side: sum(
            one.readers
            for one in met
            if isinstance(one.old, Missing) == (side == "come") and isinstance(one.new, Missing) == (side == "gone")
        )
        for side in ("both", "gone", "come")
    }
    changed = sum(group.readers for group in groups.values() if group.old and group.new)
    return TreeDiff(
        id,
        new.unfolded[id].tree.title,
        readers["both"],
        changed,
        readers["gone"],
        readers["come"],
        {kind: counts[kind] for kind in KINDS},
        tuple(sorted(groups.values(), key=lambda group: -group.readers)),
        asked(sames[id]),
    )


def kinds(changes: tuple[Change, ...]) -> set[str]:
    return {kind(one) for one in changes}


def kind(one: Change) -> str:
    if one.what == "standing":
        return "stronger" if STANDINGS.index(one.new) < STANDINGS.index(one.old) else "weaker"
    if one.part == "cite" or one.what == "article":
        return "article"
    if one.what == "deadlines":
        return "deadline-changed" if one.part else "deadline-lost" if one.old else "deadline-gained"
    return {"outcome": "outcome", "channels": "next", "arrives": "next"}.get(one.what, "other")


def grouped(met: Met, changes: tuple[Change, ...], old: Unfolded, new: Unfolded) -> Group:
    """Who comes to another outcome is told by that, its standing and deadlines: the rest follows from it."""
    missing = next((end for end in (met.old, met.new) if isinstance(end, Missing)), None)
    if missing:
        cause = (
            Change(
                "option",
                f"{missing.question}“{missing.answer}”",
                "",
                "" if met.old is missing else "✓",
                "✓" if met.old is missing else "",
            ),
        )
        return Group(
            "" if met.old is missing else "*", "" if met.new is missing else "*", cause, met.readers, met.story
        )
    moved = any(one.what == "outcome" for one in changes)
    cause = tuple(one for one in changes if one.what in ("outcome", "standing", "deadlines")) if moved else changes
    return Group(end_name(met.old, old), end_name(met.new, new), cause, met.readers, met.story)


def end_name(end, one: Unfolded) -> str:
    return one.states[end].node if isinstance(end, str) else f"tree/{end.tree}"


def added(group: Group, more: Group) -> Group:
    """Ends come with the shortest stories first, so the first story stays."""
    return Group(group.old, group.new, group.cause, group.readers + more.readers, group.story)


def asked(same: Same) -> tuple[Change, ...]:
    """What is asked, and where it may lead, that only one tree has or that changed its name or limits."""
    old, new = same.old, same.new
    found = []
    for kind_, before, after, pairs, words in (
        ("question", old.questions, new.questions, same.questions, "ask"),
        ("outcome-named", old.outcomes, new.outcomes, same.outcomes, "title"),
    ):
        found += [
            Change(kind_, f"{id}“{getattr(one, words)}”", "", "✓", "")
            for id, one in before.items()
            if id not in pairs and id not in after
        ]
        found += [
            Change(kind_, f"{id}“{getattr(one, words)}”", "", "", "✓")
            for id, one in after.items()
            if id not in pairs.values() and id not in before
        ]
        found += [Change(kind_, "", "id", id, other) for id, other in pairs.items() if id != other]
    for id, one in old.questions.items():
        other = new.questions.get(same.questions.get(id, id))
        if other is None:
            continue
        found += [
            Change("question", other.id, part, getattr(one, part) or "–", getattr(other, part) or "–")
            for part in ("kind", "until", "plus")
            if id not in same.questions and getattr(one, part) != getattr(other, part)
        ]
        if id in same.questions and one.kind == "choice":
            found += options(other.id, same)
        elif one.kind == other.kind and limits(one) != limits(other):
            found.append(Change("question", other.id, "bands", limits(one), limits(other)))
    return tuple(found)


def options(id: str, same: Same):
    for cell in same.cells[id]:
        if cell.old != cell.new:
            yield Change(
                "option",
                f"{id}.{cell.new or cell.old}“{cell.label}”",
                "id" if cell.old and cell.new else "",
                cell.old or "",
                cell.new or "",
            )


def limits(question) -> str:
    return ", ".join(answer.limit for answer in question.answers if answer.limit) or "–"
