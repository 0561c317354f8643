"""One tree's files → a tree whose every name is bound."""

from collections.abc import Iterator
from typing import NamedTuple

from minglu.diagnostics import Diagnostic, Words
from minglu.engine.citations import label
from minglu.parse import syntax
from minglu.resolve import model
from minglu.resolve.citation_binder import Citing, bind_citation, bind_mentions
from minglu.resolve.contradictions import contradictions
from minglu.resolve.guard_binder import bind_facts, fact_names, unused_facts
from minglu.resolve.letters import bind_letters
from minglu.resolve.outcomes import bind_outcome, check_reply_letters
from minglu.resolve.questions import (
    NODE,
    Bases,
    Shared,
    bind_bases,
    bind_questions,
    misplaced_answers,
    written_kinds,
)
from minglu.resolve.scope import Scope, TreeScope, is_known, is_known_target


class TreeSources(NamedTuple):
    """What the authors wrote for one tree."""

    folder: str
    file: syntax.TreeFile
    walks: tuple[syntax.Walk, ...]
    letters: dict[str, str]


def bind_tree(
    sources: TreeSources, shared: Shared, library: Scope, trees: frozenset[str]
) -> tuple[model.Tree, list[Diagnostic]]:
    """`trees` are the names of all. What is unused or contradicts itself is looked for only where nothing else was
    found: it may follow from that.
    """
    file = sources.file
    found = [*misnamed(sources), *nodes_named_alike(file)]
    places = {str(id): id.at for id in (*file.questions, *file.outcomes)}
    bases = bind_bases(file, shared, found)
    scope = tree_scope(file, bases, library, trees, found)
    questions = bind_questions(file, bases, places, scope, found)
    is_known(file.start, places, NODE, found, places=places)
    deadlines = {str(deadline.id) for outcome in file.outcomes.values() for deadline in outcome.deadlines}
    letters = bind_letters(sources.folder, sources.letters, deadlines, scope, found)
    stories = (walk.story for walk in sources.walks)
    tree = model.Tree(
        str(file.tree),
        str(file.title),
        str(file.summary),
        str(file.plain or file.title),
        str(file.lead or file.summary),
        tuple(map(str, file.bring)),
        tuple(map(str, file.search)),
        str(file.as_of),
        str(file.reviewed),
        str(file.start),
        questions,
        {str(id): bind_outcome(id, outcome, letters, scope, found) for id, outcome in file.outcomes.items()},
        tuple(bind_walk(walk, file.outcomes, scope, found) for walk in sources.walks),
        letters,
        file.tree.at,
        bind_mentions(scope, found, file.title, file.summary, file.plain, file.lead, *stories),
    )
    if not found:
        check_reply_letters(tree.outcomes, letters, found)
        found += (*unused_facts(file.facts, conditions(file)), *contradictions(tree, file.facts, scope.facts))
    return tree, found


def misnamed(sources: TreeSources) -> Iterator[Diagnostic]:
    id, folder = sources.file.tree, sources.folder
    if id != folder:
        yield Diagnostic(
            "names",
            id.at,
            Words(f"树叫 `{id}`，文件夹却叫 `{folder}`", f"the tree is called `{id}`, but its folder `{folder}`"),
            Words("让两个名字一样", "make the two names the same"),
        )


def nodes_named_alike(file: syntax.TreeFile) -> Iterator[Diagnostic]:
    questions = {id: id for id in file.questions}
    for id in file.outcomes:
        if id in questions:
            yield Diagnostic(
                "names",
                id.at,
                Words(f"`{id}` 既是问题又是结论", f"`{id}` is both a question and an outcome"),
                Words("改掉其中一个名字", "rename one of them"),
                ((questions[id].at, Words("问题在这里", "the question is here")),),
            )


def tree_scope(
    file: syntax.TreeFile, bases: Bases, library: Scope, trees: frozenset[str], found: list[Diagnostic]
) -> TreeScope:
    kinds = written_kinds(file, bases)
    answers = {str(id): (*map(str, one.options), *map(str, one.bands)) for id, one in file.questions.items()}
    return TreeScope(
        library.library,
        library.names,
        library.read,
        trees,
        frozenset((*library.library.channels, *(f"tree/{tree}" for tree in trees))),
        {str(id): "" if misplaced_answers(one, kinds[id]) else kinds[id] for id, one in file.questions.items()},
        answers,
        bind_facts(file.facts, (name for when in way_conditions(file) for name in fact_names(when)), answers, found),
    )


def way_conditions(file: syntax.TreeFile) -> Iterator[syntax.Guard]:
    for question in file.questions.values():
        for answer in (question.options | question.bands).values():
            yield from (way.when for way in answer.goto if way.when)


def conditions(file: syntax.TreeFile) -> Iterator[syntax.Guard]:
    """Every condition that the tree's ways and items name."""
    yield from way_conditions(file)
    for one in file.outcomes.values():
        statements: tuple[Citing, ...] = (
            *one.now,
            *one.remedies,
            *one.grounds,
            *one.deadlines,
            *one.burden,
            *one.amounts,
            *one.replies,
        )
        uses = (*one.evidence, *one.letter, *one.channels, *one.mistakes)
        yield from (item.when for item in statements if item.when)
        yield from (use.when for use in uses if use.when)


QUESTION, OUTCOME, DEADLINE = Words("问题", "question"), Words("结论", "outcome"), Words("期限", "deadline")


def bind_walk(
    walk: syntax.Walk, outcomes: dict[syntax.Id, syntax.Outcome], scope: TreeScope, found: list[Diagnostic]
) -> model.WorkedWalk:
    for id in walk.answers:
        is_known(id, scope.kinds, QUESTION, found)
    outcome = outcomes.get(syntax.Id(walk.arrives))
    if outcome is None:
        is_known_target(walk.arrives, {str(id): id.at for id in outcomes}, OUTCOME, scope.trees, found)
    for key in ("story", "standing", "deadlines", "cites", "not_cites") if walk.arrives.startswith("tree/") else ():
        if getattr(walk, key):
            found.append(
                Diagnostic(
                    "values",
                    walk.arrives.at,
                    Words(
                        f"走到别的树的走例不能有 `{key}`，那里的结论归那棵树",
                        f"a walk to another tree cannot have `{key}`: the outcomes there are that tree's",
                    ),
                    Words(f"删掉 `{key}`", f"remove the `{key}`"),
                )
            )
    if outcome:  # a typo in the name of a deadline that is not shown would show nowhere else
        known = [deadline.id for deadline in outcome.deadlines]
        for id, day in walk.deadlines.items():
            if day == "absent":
                is_known(id, known, DEADLINE, found)
    answers = {str(id): str(value) for id, value in walk.answers.items()}
    deadlines = {str(id): str(value) for id, value in walk.deadlines.items()}
    mentions, absent = (
        tuple(model.Mention(citation, text.at) for text in texts for citation in bind_citation(text, scope, found))
        for texts in (walk.cites, walk.not_cites)
    )
    cites, not_cites = ({label(one.citation, scope.names): one.at for one in cited} for cited in (mentions, absent))
    places = {("arrives", ""): walk.arrives.at, ("standing", ""): walk.standing.at if walk.standing else walk.walk.at}
    places |= {
        (kind, str(id)): id.at for kind, ids in (("answers", walk.answers), ("deadlines", walk.deadlines)) for id in ids
    }
    places |= {
        (kind, article): at
        for kind, articles in (("cites", cites), ("not_cites", not_cites))
        for article, at in articles.items()
    }
    return model.WorkedWalk(
        str(walk.walk),
        str(walk.today),
        answers,
        str(walk.arrives),
        str(walk.standing or ""),
        deadlines,
        tuple(cites),
        tuple(not_cites),
        str(walk.story or ""),
        walk.walk.at,
        places,
        mentions,
    )
