"""Outcomes as written → outcomes whose citations, guards and pointers are bound."""

from minglu.diagnostics import Diagnostic, Words
from minglu.parse import syntax
from minglu.resolve import model
from minglu.resolve.amounts import bind_amounts
from minglu.resolve.citation_binder import bind_mentions
from minglu.resolve.scope import TreeScope, is_known
from minglu.resolve.statement_binder import bind_statements, bind_uses, statement_fields


def add_to(file: str) -> Words:
    return Words(
        f"写 trees/{file} 里有的名字，或在那里加上它", f"write a name that trees/{file} holds, or add it there"
    )


EVIDENCE = Words("证据", "evidence"), add_to("evidence.yml")
CHANNELS = Words("途径", "channel"), add_to("channels.yml")
MISTAKES = Words("误区", "mistake"), add_to("mistakes.yml")
LETTERS = (
    Words("函件", "letter"),
    Words(
        "在这棵树的 letters 文件夹里写上它，文件名以 .md 结尾",
        "write it into the folder letters of this tree, with a name that ends in .md",
    ),
)
"""What each kind of pointer points to, and what to do about a name that nothing is near."""


def bind_outcome(
    id: syntax.Id, outcome: syntax.Outcome, letters: dict[str, model.Letter], scope: TreeScope, found: list[Diagnostic]
) -> model.Outcome:
    library = scope.library
    return model.Outcome(
        id=str(id),
        title=str(outcome.title),
        standing=str(outcome.standing),
        says=str(outcome.says),
        remedies=tuple(
            model.Remedy(*statement_fields(item, item.do, scope, found, item.do, item.how), how=str(item.how or ""))
            for item in outcome.remedies
        ),
        grounds=bind_statements(outcome.grounds, scope, found),
        deadlines=bind_deadlines(outcome, scope, found),
        burden=tuple(
            model.Burden(*statement_fields(item, item.says, scope, found, item.says), on=str(item.on))
            for item in outcome.burden
        ),
        amounts=bind_amounts(outcome, scope, found),
        evidence=bind_uses(outcome.evidence, library.evidence, EVIDENCE, scope=scope, found=found),
        replies=tuple(bind_reply(item, scope, found) for item in outcome.replies),
        letters=bind_uses(outcome.letter, letters, LETTERS, scope=scope, found=found),
        channels=bind_uses(outcome.channels, scope.channels, CHANNELS, scope=scope, found=found),
        mistakes=bind_uses(outcome.mistakes, library.mistakes, MISTAKES, scope=scope, found=found),
        at=id.at,
        mentions=bind_mentions(scope, found, outcome.title, outcome.says),
    )


def bind_reply(item: syntax.Reply, scope: TreeScope, found: list[Diagnostic]) -> model.Reply:
    """What the other side says may be about an article that no longer applies, but the library must hold it."""
    bind_mentions(scope, found, item.they_say)
    return model.Reply(*statement_fields(item, item.they_say, scope, found, item.answer), answer=str(item.answer))


def bind_deadlines(outcome: syntax.Outcome, scope: TreeScope, found: list[Diagnostic]) -> tuple[model.Deadline, ...]:
    bound: list[model.Deadline] = []
    for item in outcome.deadlines:
        earlier = {deadline.id for deadline in bound}
        if item.id in scope.kinds:
            found.append(
                Diagnostic(
                    "names",
                    item.id.at,
                    Words(f"`{item.id}` 既是期限又是问题", f"`{item.id}` is both a deadline and a question"),
                    Words("给期限换一个名字", "choose another name for the deadline"),
                )
            )
        if item.id in earlier:
            found.append(
                Diagnostic(
                    "names",
                    item.id.at,
                    Words(
                        f"这个结论已有叫 `{item.id}` 的期限", f"this outcome has a deadline called `{item.id}` already"
                    ),
                    Words("换一个名字", "choose another name"),
                )
            )
        start = bind_start(item.from_, earlier, scope, found)
        if item.met_by:
            bind_met_by(item, item.met_by, scope, found)
        bound.append(
            model.Deadline(
                *statement_fields(item, item.says, scope, found, item.label, item.says),
                id=str(item.id),
                kind=str(item.kind),
                label=str(item.label),
                start=start,
                within=str(item.within),
                met_by=str(item.met_by) if item.met_by else None,
            )
        )
    return tuple(bound)


def bind_met_by(item: syntax.Deadline, met_by: syntax.Id, scope: TreeScope, found: list[Diagnostic]) -> None:
    """The day on which the reader acted, which only a deadline to act by can have."""
    if item.kind != "due":
        found.append(
            Diagnostic(
                "values",
                met_by.at,
                Words(
                    f"`{item.kind}` 的期限没有 `met_by`：它不是读者要做的事",
                    f"a deadline that `{item.kind}` has no `met_by`: there is nothing for the reader to do by it",
                ),
                Words("删掉 `met_by`，或写 `kind: due`", "remove `met_by`, or write `kind: due`"),
            )
        )
    if scope.kinds.get(met_by) not in ("date", ""):
        is_known(
            met_by,
            {id for id, kind in scope.kinds.items() if kind == "date"},
            Words("日期问题", "date question"),
            found,
            home=Words("先加一个 `kind: date` 的问题", "add a question of `kind: date` first"),
        )


def bind_start(start: syntax.Start, earlier: set[str], scope: TreeScope, found: list[Diagnostic]) -> model.Start:
    """`received`, `claim + 90 days`, or the earliest or latest of several of these."""
    ways = {"one": (start.day,) if start.day else (), "earliest": start.earliest, "latest": start.latest}
    of, terms = next(((of, terms) for of, terms in ways.items() if terms), ("one", ()))
    if sum(map(bool, ways.values())) != 1:
        found.append(
            Diagnostic(
                "values",
                start.at,
                Words(
                    "`from` 要写一个日子，或者 `earliest`、`latest` 其中一个",
                    "`from` must be one day, or either `earliest` or `latest`",
                ),
                Words("写 `from: 日期问题的名字`", "write `from:` and the name of a date question"),
            )
        )
    dates = []
    for term in terms:
        name, _, constant = term.partition(" + ")
        if name not in earlier and (scope.kinds.get(name) not in ("date", "")):
            known = {*earlier, *(id for id, kind in scope.kinds.items() if kind == "date")}
            is_known(
                syntax.Text(name, term.at),
                known,
                Words("日期问题或更早的期限", "date question or earlier deadline"),
                found,
                home=Words("先加一个 `kind: date` 的问题", "add a question of `kind: date` first"),
            )
        dates.append((name, int(constant.split()[0]) if constant else 0))
    return model.Start(of, tuple(dates))
