"""Every outcome cites law that is in force on the tree's `as_of` day."""

from collections.abc import Iterator

from minglu.diagnostics import Diagnostic, Span, Words
from minglu.resolve.in_force import applies, stale
from minglu.resolve.model import Library, Mention, Project, Statement, Tree
from minglu.resolve.relying import entries_by_group, relying_in_library, relying_in_tree
from minglu.unfold.model import Unfolded
from minglu.verify.story import story
from minglu.verify.subject import Subject
from minglu.verify.used import pointed_to

PROVES = "每种结论都引了条文，引的都是在那一天有效的"


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A statute that is not yet in force is reported once: where much relies on it, the day of `as_of` is wrong, not
    all of that.
    """
    yield from uncited(subject.one)
    library = subject.project.library
    tree, statutes, early = subject.one.tree, library.statutes, set()
    for mention in relied_on(tree, library):
        slug = mention.citation.statute
        if slug in early or not (finding := stale(mention.citation, statutes, tree.as_of)):
            continue
        also: tuple[tuple[Span, Words], ...] = ()
        if tree.as_of < statutes[slug].in_force:
            early.add(slug)
            also = ((tree.at, Words(f"这棵树的 `as_of` 是 {tree.as_of}", f"the `as_of` of this tree is {tree.as_of}")),)
        yield Diagnostic("cited", mention.at, *finding, also)


def uncited(one: Unfolded) -> Iterator[Diagnostic]:
    """Each outcome once that cites nothing in one of its states."""
    bare: set[str] = set()
    for state in one.states.values():
        if state.edges or state.node in bare or state.node not in one.tree.outcomes:
            continue
        groups = one.tree.outcomes[state.node].groups()
        shown = (groups[name][index] for name, indexes in state.items.items() for index in indexes)
        if not any(isinstance(item, Statement) and item.cites for item in shown):
            bare.add(state.node)
            reader = story(one, state.id)
            yield Diagnostic(
                "cited",
                one.tree.outcomes[state.node].at,
                Words(f"结论 `{state.node}` 没有引任何条文", f"the outcome `{state.node}` cites no article"),
                Words(
                    f"{reader.zh}；给他看到的一项要求或理由加上 `cite`",
                    f"{reader.en}; add a `cite` to a remedy or ground that they see",
                ),
            )


def check_papers(project: Project) -> Iterator[Diagnostic]:
    """Papers are for all trees: they cite what is in force on the latest day of any."""
    as_of = max(tree.as_of for tree in project.trees.values())
    for paper in project.papers.values():
        for mention in paper.relied():
            if finding := stale(mention.citation, project.library.statutes, as_of):
                yield Diagnostic("cited", mention.at, *finding)


def relied_on(tree: Tree, library: Library) -> Iterator[Mention]:
    """Every article that the tree relies on, or an entry that it points to, or the gist of an article in force."""
    for one in relying_in_tree(tree):
        if not one.part_of:
            yield from one.mentions
    pointed = {group: pointed_to(tree, group) for group in entries_by_group(library)}
    for one in relying_in_library(library):
        if applies(one.article, library.statutes, tree.as_of) if one.article else one.id in pointed[one.pointed_by]:
            yield from one.mentions
