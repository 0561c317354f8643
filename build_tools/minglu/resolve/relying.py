"""A tree, or the library → all that relies on articles of law, each thing once with its citations."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from minglu.diagnostics import Span
from minglu.engine.citations import Citation
from minglu.resolve.model import (
    Channel,
    Evidence,
    Item,
    Library,
    Mention,
    Mistake,
    Outcome,
    Paper,
    Statement,
    Statute,
    Tree,
)

LibraryEntry = Channel | Evidence | Mistake


@dataclass(frozen=True, kw_only=True)
class Relying:
    """One thing that relies on articles, at `at`. Its `mentions` are all of them, those of its items included.

    `kind` is tree | question | letter | outcome | deadline | channel | evidence | mistake | paper | article; `tree` is
    "" for what the trees share. `id` is `outcome/deadline` for a deadline, and its outcome, `part_of`, has its mentions
    too.
    `statements` are those of an outcome or of an entry of the library, `pointed_by` is the key of an outcome that
    points to such an entry, and `article` is the article itself where its gist is what relies on others.
    """

    kind: str
    tree: str
    id: str
    title: str
    at: Span
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...] = ()
    part_of: str = ""
    pointed_by: str = ""
    article: Citation | None = None


def relying_in_tree(tree: Tree) -> Iterator[Relying]:
    """Its introduction with its worked walks, questions, letters, outcomes and deadlines."""
    introduced = (*tree.mentions, *(mention for walk in tree.walks for mention in walk.mentions))
    yield Relying(kind="tree", tree=tree.id, id=tree.id, title=tree.title, at=tree.at, mentions=introduced)
    for question in tree.questions.values():
        yield Relying(
            kind="question",
            tree=tree.id,
            id=question.id,
            title=question.ask,
            at=question.at,
            mentions=question.mentions,
        )
    for id, letter in tree.letters.items():
        yield Relying(kind="letter", tree=tree.id, id=id, title=letter.title, at=letter.at, mentions=letter.mentions)
    for outcome in tree.outcomes.values():
        yield relying_outcome(outcome, tree.id)
        for deadline in outcome.deadlines:
            yield Relying(
                kind="deadline",
                tree=tree.id,
                id=f"{outcome.id}/{deadline.id}",
                title=deadline.label,
                at=deadline.at,
                mentions=deadline.relied(),
                part_of=outcome.id,
            )


def relying_outcome(outcome: Outcome, tree: str) -> Relying:
    statements = statements_among(item for items in outcome.groups().values() for item in items)
    return Relying(
        kind="outcome",
        tree=tree,
        id=outcome.id,
        title=outcome.title,
        at=outcome.at,
        mentions=(*outcome.mentions, *mentions_in(statements)),
        statements=statements,
    )


def relying_in_library(library: Library) -> Iterator[Relying]:
    """The entries that outcomes point to, and the articles whose gist names others."""
    for group, entries in entries_by_group(library).items():
        yield from (relying_entry(entry, group) for entry in entries.values())
    for statute in library.statutes.values():
        yield from relying_articles(statute)


def entries_by_group(library: Library) -> dict[str, Mapping[str, LibraryEntry]]:
    """What outcomes of all trees point to, by the key of an outcome that does so."""
    return {"channels": library.channels, "evidence": library.evidence, "mistakes": library.mistakes}


def relying_entry(entry: LibraryEntry, group: str) -> Relying:
    statements = entry.statements()
    return Relying(
        kind=group.removesuffix("s"),
        tree="",
        id=entry.id,
        title=entry.title,
        at=entry.at,
        mentions=(*entry.mentions, *mentions_in(statements)),
        statements=statements,
        pointed_by=group,
    )


def relying_paper(paper: Paper) -> Relying:
    one = paper.compiled
    return Relying(kind="paper", tree="", id=one.id, title=one.title, at=paper.at, mentions=paper.relied())


def relying_articles(statute: Statute) -> Iterator[Relying]:
    for article in statute.articles.values():
        if article.mentions:
            yield Relying(
                kind="article",
                tree="",
                id=f"{statute.short}第{article.number}条",
                title=article.topic,
                at=article.at,
                mentions=article.mentions,
                article=Citation(statute.slug, article.number),
            )


def statements_among(items: Iterable[Item]) -> tuple[Statement, ...]:
    return tuple(item for item in items if isinstance(item, Statement))


def mentions_in(statements: Iterable[Statement]) -> Iterator[Mention]:
    return (mention for statement in statements for mention in statement.relied())
