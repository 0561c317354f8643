"""One tree's files → a tree whose every name is bound."""

from collections.abc import Iterator
from typing import NamedTuple

from minglu.diagnostics import Diagnostic, Words
from minglu.engine.citations import label
from minglu.parse import syntax
from minglu.resolve import model
from minglu.resolve.askable import Askable
from minglu.resolve.citation_binder import Guarded, bind_citation, bind_mentions
from minglu.resolve.contradictions import contradictions
from minglu.resolve.guard_binder import bind_facts, fact_names, unused_facts
from minglu.resolve.letters import bind_letters
from minglu.resolve.outcomes import bind_outcome, check_reply_letters
from minglu.resolve.questions import (
    NODE,
    Bases,
    Shared,
    askable_answers,
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
    found = [*misnamed(sources), *nodes_named_alike(file), *long_names(file)]
    places = {str(id): id.at for id in (*file.questions, *file.outcomes)}
    bases = bind_bases(file, shared, found)
    scope = tree_scope(file, bases, library, trees, found)
    questions = bind_questions(file, bases, places, scope, found)
    is_known(file.start, places, NODE, found, places=places)
    outcomes = file.outcomes.values()
    reckoned = {str(one.id) for outcome in outcomes for one in outcome.deadlines}
    reckoned |= {str(one.id) for outcome in outcomes for one in outcome.amounts}
    letters = bind_letters(sources.folder, sources.letters, reckoned, scope, found)
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


LONGEST_NAME = 80
"""Characters; the widget reads no longer one in an address (`ID` of web/address.js)."""


def long_names(file: syntax.TreeFile) -> Iterator[Diagnostic]:
    """Names that stand in addresses: of the tree, its nodes and the answers."""
    answers = (id for question in file.questions.values() for id in (*question.options, *question.bands))
    for id in (file.tree, *file.questions, *answers, *file.outcomes):
        if len(id) > LONGEST_NAME:
            yield Diagnostic(
                "names",
                id.at,
                Words(
                    f"这个名字有 {len(id)} 个字符，网址里放不下",
                    f"this name has {len(id)} characters, too many for an address",
                ),
                Words(f"最多 {LONGEST_NAME} 个", f"write at most {LONGEST_NAME}"),
            )


def tree_scope(
    file: syntax.TreeFile, bases: Bases, library: Scope, trees: frozenset[str], found: list[Diagnostic]
) -> TreeScope:
    kinds = written_kinds(file, bases)
    askable = Askable(
        {str(id): tuple(map(str, askable_answers(one, bases[id]))) for id, one in file.questions.items()},
        frozenset(id for id, kind in kinds.items() if kind == "several"),
    )
    return TreeScope(
        library.library,
        library.names,
        library.read,
        trees,
        frozenset((*library.library.channels, *(f"tree/{tree}" for tree in trees))),
        {str(id): "" if misplaced_answers(one, kinds[id]) else kinds[id] for id, one in file.questions.items()},
        askable,
        bind_facts(file.facts, (name for when in way_conditions(file) for name in fact_names(when)), askable, found),
    )


def way_conditions(file: syntax.TreeFile) -> Iterator[syntax.Guard]:
    for question in file.questions.values():
        yield from (way.when for way in question.goto if way.when)
        for answer in (question.options | question.bands).values():
            yield from (way.when for way in answer.goto if way.when)


def conditions(file: syntax.TreeFile) -> Iterator[syntax.Guard]:
    """Every condition that the tree's ways and items name."""
    yield from way_conditions(file)
    for one in file.outcomes.values():
        statements: tuple[Guarded, ...] = (
            *one.now,
            *one.remedies,
            *one.grounds,
            *one.deadlines,
            *one.burden,
            *one.amounts,
            *one.replies,
        )
        uses = (*one.evidence, *one.letter, *one.channels, *one.mistakes)
        yield from (item.when for item in (*statements, *one.also) if item.when)
        yield from (use.when for use in uses if use.when)


def one_answer_only(id: syntax.Id, second: syntax.Text) -> Diagnostic:
    return Diagnostic(
        "kinds",
        second.at,
        Words(f"`{id}` 只能有一个回答", f"`{id}` takes one answer only"),
        Words("只写一个；列表只用于 `kind: several` 的问题", "write one; a list is for questions of `kind: several`"),
    )


QUESTION, OUTCOME, DEADLINE = Words("问题", "question"), Words("结论", "outcome"), Words("期限", "deadline")
AMOUNT = Words("金额", "amount")


def bind_walk(
    walk: syntax.Walk, outcomes: dict[syntax.Id, syntax.Outcome], scope: TreeScope, found: list[Diagnostic]
) -> model.WorkedWalk:
    for id, given in walk.answers.items():
        if is_known(id, scope.kinds, QUESTION, found) and len(given) > 1 and scope.kinds[id] != "several":
            found.append(one_answer_only(id, given[1]))
    outcome = outcomes.get(syntax.Id(walk.arrives))
    if outcome is None:
        is_known_target(walk.arrives, {str(id): id.at for id in outcomes}, OUTCOME, scope.trees, found)
    for key in (
        ("story", "standing", "deadlines", "amounts", "cites", "not_cites") if walk.arrives.startswith("tree/") else ()
    ):
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
    if outcome:  # a typo in the name of what is not shown would show nowhere else
        for claims, items, what in (
            (walk.deadlines, outcome.deadlines, DEADLINE),
            (walk.amounts, outcome.amounts, AMOUNT),
        ):
            known = [item.id for item in items]
            for id, claim in claims.items():
                if claim == "absent":
                    is_known(id, known, what, found)
    answers = {str(id): ".".join(values) for id, values in walk.answers.items()}
    deadlines = {str(id): str(value) for id, value in walk.deadlines.items()}
    amounts = {str(id): str(value) for id, value in walk.amounts.items()}
    mentions, absent = (
        tuple(model.Mention(citation, text.at) for text in texts for citation in bind_citation(text, scope, found))
        for texts in (walk.cites, walk.not_cites)
    )
    cites, not_cites = ({label(one.citation, scope.names): one.at for one in cited} for cited in (mentions, absent))
    places = {("arrives", ""): walk.arrives.at, ("standing", ""): walk.standing.at if walk.standing else walk.walk.at}
    places |= {
        (kind, str(id)): id.at
        for kind, ids in (("answers", walk.answers), ("deadlines", walk.deadlines), ("amounts", walk.amounts))
        for id in ids
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
        amounts,
        tuple(cites),
        tuple(not_cites),
        str(walk.story or ""),
        walk.walk.at,
        places,
        mentions,
    )
