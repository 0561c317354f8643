"""Two projects that are fit to publish → which readers now get something else, and what else was changed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from minglu.changes.end_diff import Change, DiffSide, TreeVersions, end_changes
from minglu.changes.fingerprint import fingerprint
from minglu.changes.library_diff import LibraryChange, library_changes
from minglu.changes.pairing import Pairing, pair_trees
from minglu.changes.product_walk import NoSuchAnswer, Position, SharedEnd, StoryStep, product_walk
from minglu.changes.text_edits import TextEdit, text_edits
from minglu.compile import Compiled
from minglu.compile.counts import count_tree
from minglu.engine.labels import STANDINGS
from minglu.resolve.model import Question
from minglu.unfold.model import Handover, Unfolded

DIFF_KINDS = (
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


@dataclass(frozen=True, kw_only=True)
class Group:
    """Readers for whom the same things changed. `old` and `new` are outcome ids or `tree/<id>`; "" where that tree
    has no such answer, which `cause` names.
    """

    old: str
    new: str
    cause: tuple[Change, ...]
    readers: int
    story: tuple[StoryStep, ...]


@dataclass(frozen=True, kw_only=True)
class TreeDiff:
    """`readers` walk both versions, `changed` of them get something else, `counts` by kind of difference. `gone` walk
    the old version only, `come` the new one only. `asked` is what differs in the questions and where they lead.
    """

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
class WholeTree:
    """A tree that only one side has, with the number of its readers."""

    id: str
    title: str
    readers: int


@dataclass(frozen=True, kw_only=True)
class Diff:
    """`trees` are those of both that differ in more than words; `unchanged` counts the readers of all other trees.

    `identical` trees are so to the last guard and the order of everything, worked walks and places in files apart.
    """

    trees: tuple[TreeDiff, ...]
    added: tuple[WholeTree, ...]
    removed: tuple[WholeTree, ...]
    unchanged: int
    library: tuple[LibraryChange, ...]
    texts: tuple[TextEdit, ...]
    identical: bool

    @property
    def nothing(self) -> bool:
        return not (self.trees or self.added or self.removed or self.library or self.texts)


def diff(old: Compiled, new: Compiled) -> Diff:
    both = [id for id in new.unfolded if id in old.unfolded]
    pairings = {id: pair_trees(old.unfolded[id].tree, new.unfolded[id].tree, new.days) for id in both}
    before, after = diff_side(old), diff_side(new)
    done = [tree_diff(TreeVersions(tree=id, old=before, new=after, pairings=pairings)) for id in both]
    different = tuple(one for one in done if one.groups or one.asked)
    return Diff(
        trees=different,
        added=trees_of_one(new, old),
        removed=trees_of_one(old, new),
        unchanged=sum(one.readers for one in done if one not in different),
        library=library_changes(old.project, new.project),
        texts=text_edits(old.project, new.project, pairings),
        identical=old.unfolded.keys() == new.unfolded.keys()
        and all(fingerprint(one) == fingerprint(old.unfolded[id]) for id, one in new.unfolded.items()),
    )


def diff_side(compiled: Compiled) -> DiffSide:
    return DiffSide(compiled.unfolded, compiled.project.library.names)


def trees_of_one(one: Compiled, other: Compiled) -> tuple[WholeTree, ...]:
    return tuple(
        WholeTree(id, tree.title, count_tree(tree).sequences)
        for id, tree in one.trees.items()
        if id not in other.unfolded
    )


def tree_diff(both: TreeVersions) -> TreeDiff:
    old, new = both.old.unfolded[both.tree], both.new.unfolded[both.tree]
    groups: dict[tuple[str, str, tuple[Change, ...]], Group] = {}
    counts: Counter[str] = Counter()
    readers: Counter[str] = Counter()
    for one in product_walk(old, new, both.pairing):
        changes = end_changes(both, one.old, one.new)
        counts.update(dict.fromkeys(kinds_of_change(changes), one.readers))
        readers[walked_by(one)] += one.readers
        if changes or walked_by(one) != "both":
            group = group_of(one, changes, old, new)
            key = group.old, group.new, group.cause
            # ends come with the shortest stories first, so the first story stays
            groups[key] = replace(groups[key], readers=groups[key].readers + group.readers) if key in groups else group
    return TreeDiff(
        id=both.tree,
        title=new.tree.title,
        readers=readers["both"],
        changed=sum(group.readers for group in groups.values() if group.old and group.new),
        gone=readers["old"],
        come=readers["new"],
        counts={kind: counts[kind] for kind in DIFF_KINDS},
        groups=tuple(sorted(groups.values(), key=lambda group: -group.readers)),
        asked=asked_changes(both.pairing),
    )


def walked_by(end: SharedEnd) -> str:
    """In which of the trees these readers can walk: both, old or new."""
    if isinstance(end.new, NoSuchAnswer):
        return "old"
    return "new" if isinstance(end.old, NoSuchAnswer) else "both"


def kinds_of_change(changes: tuple[Change, ...]) -> set[str]:
    return {kind_of_change(one) for one in changes}


def kind_of_change(one: Change) -> str:
    if one.what == "standing":
        return "stronger" if STANDINGS.index(one.new) < STANDINGS.index(one.old) else "weaker"
    if one.part == "cite" or one.what == "article":
        return "article"
    if one.what == "deadlines":
        return "deadline-changed" if one.part else "deadline-lost" if one.old else "deadline-gained"
    return {"outcome": "outcome", "channels": "next", "arrives": "next", "with": "next", "also": "next"}.get(
        one.what, "other"
    )


def group_of(end: SharedEnd, changes: tuple[Change, ...], old: Unfolded, new: Unfolded) -> Group:
    """Readers who come to another outcome are grouped by that, its standing and deadlines: the rest follows from it."""
    if isinstance(end.old, NoSuchAnswer):
        return Group(old="", new="*", cause=answer_change(end.old, new="✓"), readers=end.readers, story=end.story)
    if isinstance(end.new, NoSuchAnswer):
        return Group(old="*", new="", cause=answer_change(end.new, old="✓"), readers=end.readers, story=end.story)
    moved = any(one.what == "outcome" for one in changes)
    return Group(
        old=arrives_at(end.old, old),
        new=arrives_at(end.new, new),
        cause=tuple(one for one in changes if not moved or one.what in ("outcome", "standing", "deadlines")),
        readers=end.readers,
        story=end.story,
    )


def answer_change(missing: NoSuchAnswer, *, old: str = "", new: str = "") -> tuple[Change, ...]:
    return (Change(what="option", name=f"{missing.question}“{missing.answer}”", old=old, new=new),)


def arrives_at(end: Position, one: Unfolded) -> str:
    """As a worked walk writes it."""
    match end:
        case str():
            return one.states[end].node
        case Handover():
            return f"tree/{end.tree}"
    raise TypeError(end)


def asked_changes(pairing: Pairing) -> tuple[Change, ...]:
    """What is asked, and where it may lead, that only one tree has or that changed its name or limits."""
    old, new = pairing.old, pairing.new
    asks = {id: one.ask for id, one in old.questions.items()}, {id: one.ask for id, one in new.questions.items()}
    titles = {id: one.title for id, one in old.outcomes.items()}, {id: one.title for id, one in new.outcomes.items()}
    found = [*node_changes("question", *asks, pairing.questions)]
    found += node_changes("outcome-named", *titles, pairing.outcomes)
    for id, one in old.questions.items():
        other = new.questions.get(pairing.questions.get(id, id))
        if other is None:
            continue
        found += [
            Change(
                what="question",
                name=other.id,
                part=part,
                old=getattr(one, part) or "–",
                new=getattr(other, part) or "–",
            )
            for part in ("kind", "until", "plus")
            if id not in pairing.questions and getattr(one, part) != getattr(other, part)
        ]
        if id in pairing.questions and one.kind == "choice":
            found += option_changes(other.id, pairing)
        elif id in pairing.questions and one.kind == "several":
            found += tick_changes(one, other)
        elif one.kind == other.kind and limits_text(one) != limits_text(other):
            found.append(
                Change(what="question", name=other.id, part="bands", old=limits_text(one), new=limits_text(other))
            )
    return tuple(found)


def node_changes(what: str, before: dict[str, str], after: dict[str, str], pairs: dict[str, str]) -> Iterator[Change]:
    """`before` and `after` are ids with their words."""
    for id, words in before.items():
        if id not in pairs and id not in after:
            yield Change(what=what, name=f"{id}“{words}”", old="✓")
    for id, words in after.items():
        if id not in pairs.values() and id not in before:
            yield Change(what=what, name=f"{id}“{words}”", new="✓")
    for id, other in pairs.items():
        if id != other:
            yield Change(what=what, part="id", old=id, new=other)


def option_changes(id: str, pairing: Pairing) -> Iterator[Change]:
    for cell in pairing.cells[id]:
        if cell.old != cell.new:
            yield Change(
                what="option",
                name=f"{id}.{cell.new or cell.old}“{cell.label}”",
                part="id" if cell.old and cell.new else "",
                old=cell.old or "",
                new=cell.new or "",
            )


def tick_changes(old: Question, new: Question) -> Iterator[Change]:
    """What only one of the two offers to be ticked."""
    for one, other, key in ((new, old, "new"), (old, new, "old")):
        known = {tick.id for tick in other.ticks}
        for tick in one.ticks:
            if tick.id not in known:
                mark = {key: "✓"}
                yield Change(what="option", name=f"{new.id}.{tick.id}“{tick.label}”", **mark)


def limits_text(question: Question) -> str:
    return ", ".join(answer.limit for answer in question.answers if answer.limit) or "–"
