"""Outcomes as written → outcomes whose citations, guards and pointers are bound."""

from minglu.diagnostics import Words
from minglu.parse import syntax
from minglu.resolve import model
from minglu.resolve.statements import Binder


def bind_outcome(id: str, outcome: syntax.Outcome, letters: dict[str, model.Letter], binder: Binder) -> model.Outcome:
    library = binder.library
    return model.Outcome(
        id=str(id),
        title=str(outcome.title),
        standing=str(outcome.standing),
        says=str(outcome.says),
        remedies=tuple(
            model.Remedy(*said(item, item.do, binder, item.do, item.how), how=str(item.how or ""))
            for item in outcome.remedies
        ),
        grounds=binder.statements(outcome.grounds),
        deadlines=bind_deadlines(outcome, binder),
        burden=tuple(
            model.Burden(*said(item, item.says, binder, item.says), on=str(item.on)) for item in outcome.burden
        ),
        amounts=tuple(bind_amount(item, binder) for item in outcome.amounts),
        evidence=binder.uses(outcome.evidence, library.evidence, Words("证据", "evidence"), written_in("evidence.yml")),
        risks=tuple(bind_risk(item, binder) for item in outcome.risks),
        letters=binder.uses(
            outcome.letter,
            letters,
            Words("函件", "letter"),
            Words(
                "在这棵树的 letters 文件夹里写上它，文件名以 .md 结尾",
                "write it into the folder letters of this tree, with a name that ends in .md",
            ),
        ),
        channels=binder.uses(
            outcome.channels,
            library.channels.keys() | {f"tree/{tree}" for tree in binder.trees},
            Words("途径", "channel"),
            written_in("channels.yml"),
        ),
        mistakes=binder.uses(outcome.mistakes, library.mistakes, Words("误区", "mistake"), written_in("mistakes.yml")),
        at=id.at,
        mentions=binder.running(outcome.title, outcome.says),
    )


def written_in(file: str) -> Words:
    return Words(
        f"写 trees/{file} 里有的名字，或在那里加上它", f"write a name that trees/{file} holds, or add it there"
    )


def said(item, says: str | None, binder: Binder, *texts: syntax.Text | None) -> tuple:
    """The six fields that every statement begins with; `texts` are those that may rely on an article."""
    return (
        binder.guard(item.when),
        item.at,
        str(says or ""),
        binder.cites(item),
        str(item.basis or ""),
        binder.running(*texts),
    )


def bind_risk(item: syntax.Risk, binder: Binder) -> model.Risk:
    """What the other side says may be about an article that no longer applies; it must be one that the library holds all the same."""
    binder.running(item.says)
    return model.Risk(*said(item, item.says, binder, item.answer), answer=str(item.answer))


def bind_deadlines(outcome: syntax.Outcome, binder: Binder) -> tuple[model.Deadline, ...]:
    bound: list[model.Deadline] = []
    for item in outcome.deadlines:
        earlier = {deadline.id for deadline in bound}
        if item.id in binder.questions:
            binder.report(
                "names",
                item.id.at,
                f"`{item.id}` 既是期限又是问题",
                f"`{item.id}` is both a deadline and a question",
                "给期限换一个名字",
                "choose another name for the deadline",
            )
        if item.id in earlier:
            binder.report(
                "names",
                item.id.at,
                f"这个结论已有叫 `{item.id}` 的期限",
                f"this outcome has a deadline called `{item.id}` already",
                "换一个名字",
                "choose another name",
            )
        start = bind_start(item.from_, earlier, binder)
        bound.append(
            model.Deadline(
                *said(item, item.says, binder, item.label, item.says),
                id=str(item.id),
                kind=str(item.kind),
                label=str(item.label),
                start=start,
                within=str(item.within),
            )
        )
    return tuple(bound)


def bind_start(start: syntax.Start, earlier: set[str], binder: Binder) -> model.Start:
    """`received`, `claim + 90 days`, or the earliest or latest of several of these."""
    ways = {"one": (start.day,) if start.day else (), "earliest": start.earliest, "latest": start.latest}
    of, terms = next(((of, terms) for of, terms in ways.items() if terms), ("one", ()))
    if sum(map(bool, ways.values())) != 1:
        binder.report(
            "values",
            start.at,
            "`from` 要写一个日子，或者 `earliest`、`latest` 其中一个",
            "`from` must be one day, or either `earliest` or `latest`",
            "写 `from: 日期问题的名字`",
            "write `from:` and the name of a date question",
        )
    dates = []
    for term in terms:
        name, _, constant = term.partition(" + ")
        if name not in earlier and (name not in binder.questions or binder.questions[name].kind not in ("date", "")):
            known = {*earlier, *(q.id for q in binder.questions.values() if q.kind == "date")}
            binder.named(
                syntax.Text(name, term.at),
                known,
                Words("日期问题或更早的期限", "date question or earlier deadline"),
                home=Words("先加一个 `kind: date` 的问题", "add a question of `kind: date` first"),
            )
        dates.append((name, int(constant.split()[0]) if constant else 0))
    return model.Start(of, tuple(dates))


def bind_amount(item: syntax.Amount, binder: Binder) -> model.Amount:
    if item.sum not in binder.questions or binder.questions[item.sum].kind not in ("number", ""):
        binder.named(
            item.sum,
            {q.id for q in binder.questions.values() if q.kind == "number"},
            Words("数字问题", "number question"),
            home=Words("先加一个 `kind: number` 的问题", "add a question of `kind: number` first"),
        )
    return model.Amount(
        *said(item, item.says, binder, item.label, item.says),
        id=str(item.id),
        label=str(item.label),
        sum=str(item.sum),
        times=int(item.times or 1),
        at_least=int(item.at_least or 0),
    )
