"""One tree's files → a tree whose every name is bound."""

from minglu.diagnostics import Diagnostic, Words
from minglu.engine.citations import label
from minglu.parse import Sources, syntax
from minglu.resolve import model
from minglu.resolve.contradictions import contradictions
from minglu.resolve.guards import Facts, bind_fact, unused
from minglu.resolve.letters import bind_letters
from minglu.resolve.outcomes import bind_outcome
from minglu.resolve.questions import bind_questions
from minglu.resolve.statements import Binder


def bind_tree(folder: str, sources: Sources, binder: Binder) -> model.Tree:
    """What follows from a slip is not told as well: facts and guards are held against each other where nothing else was found."""
    file, before = sources.trees[folder], len(binder.found)
    if file.tree != folder:
        binder.report(
            "names",
            file.tree.at,
            f"树叫 `{file.tree}`，文件夹却叫 `{folder}`",
            f"the tree is called `{file.tree}`, but its folder `{folder}`",
            "让两个名字一样",
            "make the two names the same",
        )
    twice(file, binder.found)
    binder.facts = Facts(file.facts)
    places = {str(id): id.at for id in (*file.questions, *file.outcomes)}
    binder.questions = bind_questions(file, sources.shared.get("questions.yml", {}), places, binder)
    for name in file.facts:  # a fact that nothing uses is still read
        bind_fact(name, binder.questions, binder.facts, binder.found, ())
    binder.named(file.start, places, Words("节点", "node"), places)
    deadlines = {str(deadline.id) for outcome in file.outcomes.values() for deadline in outcome.deadlines}
    letters = bind_letters(folder, sources.letters.get(folder, {}), deadlines, binder)
    outcomes = {str(id): bind_outcome(id, outcome, letters, binder) for id, outcome in file.outcomes.items()}
    walks = tuple(bind_walk(walk, file.outcomes, binder) for walk in sources.walks.get(folder, ()))
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
        binder.questions,
        outcomes,
        walks,
        letters,
        file.tree.at,
        binder.running(
            file.title, file.summary, file.plain, file.lead, *(walk.story for walk in sources.walks.get(folder, ()))
        ),
    )
    if len(binder.found) == before:
        binder.found += (*unused(binder.facts), *contradictions(tree, binder.facts))
    return tree


def twice(file: syntax.TreeFile, found: list[Diagnostic]) -> None:
    questions = {id: id for id in file.questions}
    for id in file.outcomes:
        if id in questions:
            found.append(
                Diagnostic(
                    "names",
                    id.at,
                    Words(f"`{id}` 既是问题又是结论", f"`{id}` is both a question and an outcome"),
                    Words("改掉其中一个名字", "rename one of them"),
                    ((questions[id].at, Words("问题在这里", "the question is here")),),
                )
            )


def bind_walk(walk: syntax.Walk, outcomes: dict[syntax.Id, syntax.Outcome], binder: Binder) -> model.WorkedWalk:
    for id in walk.answers:
        binder.named(id, binder.questions, Words("问题", "question"))
    binder.pointed(walk.arrives, {str(id): id.at for id in outcomes}, Words("结论", "outcome"))
    for key in ("story", "standing", "deadlines", "cites", "not_cites"):
        if walk.arrives.startswith("tree/") and getattr(walk, key):
            binder.report(
                "values",
                walk.arrives.at,
                f"走到别的树的走例不能有 `{key}`，那里的结论归那棵树",
                f"a walk to another tree cannot have `{key}`: the outcomes there are that tree's",
                f"删掉 `{key}`",
                f"remove the `{key}`",
            )
    for id, day in walk.deadlines.items():
        if (
            day == "absent" and walk.arrives in outcomes
        ):  # of a deadline that is not shown, a slip in its name would show nowhere else
            binder.named(
                id,
                {str(deadline.id): deadline.id.at for deadline in outcomes[walk.arrives].deadlines},
                Words("期限", "deadline"),
            )
    answers = {str(id): str(value) for id, value in walk.answers.items()}
    deadlines = {str(id): str(value) for id, value in walk.deadlines.items()}
    mentions, absent = (
        tuple(model.Mention(citation, text.at) for text in texts for citation in binder.articles(text))
        for texts in (walk.cites, walk.not_cites)
    )
    cites, not_cites = ({label(one.citation, binder.names): one.at for one in found} for found in (mentions, absent))
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
