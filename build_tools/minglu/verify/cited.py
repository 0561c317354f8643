"""Every outcome cites law that is in force on the tree's `as_of` day."""

from collections.abc import Iterable, Iterator

from minglu.diagnostics import Diagnostic, Span, Words
from minglu.engine.citations import Citation
from minglu.resolve.in_force import applies, stale
from minglu.resolve.model import Library, Mention, Statement, Tree
from minglu.unfold.model import Unfolded
from minglu.verify.story import story
from minglu.verify.subject import Subject
from minglu.verify.used import pointed_to

PROVES = "每种结论都引了条文，引的都是在那一天有效的"


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A statute that is not yet in force is told of once: where much relies on it, the day of `as_of` is wrong, not
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


def relied_on(tree: Tree, library: Library) -> Iterator[Mention]:
    """Every article that the tree relies on, in `cite` and in its texts, and what it points to; and the articles in
    force rely on.
    """
    yield from tree.mentions
    for walk in tree.walks:
        yield from walk.mentions
    for question in tree.questions.values():
        yield from question.mentions
    for letter in tree.letters.values():
        yield from letter.mentions
    for outcome in tree.outcomes.values():
        yield from outcome.mentions
        yield from relied(item for items in outcome.groups().values() for item in items if isinstance(item, Statement))
    for group, known in (
        ("channels", library.channels),
        ("evidence", library.evidence),
        ("mistakes", library.mistakes),
    ):
        pointed = pointed_to(tree, group)
        for held in (known[id] for id in known if id in pointed):
            yield from held.mentions
            yield from relied(held.statements())
    for slug, statute in library.statutes.items():
        for article in statute.articles.values():
            if article.mentions and applies(Citation(slug, article.number), library.statutes, tree.as_of):
                yield from article.mentions


def relied(statements: Iterable[Statement]) -> Iterator[Mention]:
    return (mention for statement in statements for mention in statement.relied())
