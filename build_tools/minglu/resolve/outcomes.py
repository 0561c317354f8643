"""Outcomes as written → outcomes whose citations, guards and pointers are bound."""

from minglu.diagnostics import Diagnostic, Words
from minglu.engine.letter import REPLIES
from minglu.parse import syntax
from minglu.resolve import model
from minglu.resolve.amounts import bind_amounts
from minglu.resolve.carried import is_other_tree, written_carries
from minglu.resolve.citation_binder import bind_mentions
from minglu.resolve.letters import check_gaps
from minglu.resolve.scope import TreeScope, is_known
from minglu.resolve.statement_binder import bind_statements, bind_uses, bind_when, statement_fields


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
        now=bind_now(outcome, scope, found),
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
        replies=bind_replies(outcome.replies, scope, found),
        letters=bind_uses(outcome.letter, letters, LETTERS, scope=scope, found=found),
        channels=bind_uses(outcome.channels, scope.channels, CHANNELS, scope=scope, found=found),
        also=tuple(
            model.Also(
                bind_when(item.when, scope, found), item.at, str(item.says), str(item.to), written_carries(item.with_)
            )
            for item in outcome.also
            if is_other_tree(item.to, scope.trees, found)
        ),
        mistakes=bind_uses(outcome.mistakes, library.mistakes, MISTAKES, scope=scope, found=found),
        at=id.at,
        mentions=bind_mentions(scope, found, outcome.title, outcome.says, *(item.says for item in outcome.also)),
    )


def bind_now(outcome: syntax.Outcome, scope: TreeScope, found: list[Diagnostic]) -> tuple[model.Now, ...]:
    """What a step names is the outcome's own, so that it stands on the same page."""
    own = (
        ("letter", {str(one.use) for one in outcome.letter}, Words("函件", "letter"), "letter"),
        ("by", {str(one.id) for one in outcome.deadlines}, Words("期限", "deadline"), "deadlines"),
        ("to", {str(one.use) for one in outcome.channels}, Words("途径", "channel"), "channels"),
    )
    for item in outcome.now:
        for key, known, what, group in own:
            if (name := getattr(item, key)) is not None:
                home = Words(f"在这个结论的 `{group}` 里写上它", f"add it to the `{group}` of this outcome")
                is_known(name, known, Words(f"这个结论的{what.zh}", f"{what.en} of this outcome"), found, home=home)
    return tuple(
        model.Now(
            *statement_fields(item, item.do, scope, found, item.do),
            letter=str(item.letter or ""),
            by=str(item.by or ""),
            to=str(item.to or ""),
        )
        for item in outcome.now
    )


def bind_replies(items: tuple[syntax.Reply, ...], scope: TreeScope, found: list[Diagnostic]) -> tuple[model.Reply, ...]:
    """A reply without an id is called by its place: `r1`."""
    bound: list[model.Reply] = []
    for number, item in enumerate(items, 1):
        id = str(item.id or f"r{number}")
        if item.id == "none":
            found.append(
                Diagnostic(
                    "names",
                    item.id.at,
                    Words("`none` 是“一句也没勾”", "`none` stands for no reply at all"),
                    Words("换一个名字", "choose another name"),
                )
            )
        if any(one.id == id for one in bound):
            found.append(
                Diagnostic(
                    "names",
                    item.id.at if item.id else item.at,
                    Words(f"这个结论已有叫 `{id}` 的话", f"this outcome has a reply called `{id}` already"),
                    Words("换一个名字", "choose another name"),
                )
            )
        bound.append(bind_reply(item, id, scope, found))
    return tuple(bound)


def bind_reply(item: syntax.Reply, id: str, scope: TreeScope, found: list[Diagnostic]) -> model.Reply:
    """What the other side says may be about an article that no longer applies, but the library must hold it."""
    bind_mentions(scope, found, item.they_say)
    if item.letter:
        check_gaps(item.letter, item.letter.at, found)
    return model.Reply(
        *statement_fields(item, item.they_say, scope, found, item.answer, item.letter),
        id=id,
        answer=str(item.answer),
        letter=str(item.letter or ""),
    )


def check_reply_letters(
    outcomes: dict[str, model.Outcome], letters: dict[str, model.Letter], found: list[Diagnostic]
) -> None:
    """A reply's sentence goes into a letter of its outcome, and a letter that takes replies is given some. Letters that
    no outcome uses are for the check `used`.
    """
    field = f"{{{REPLIES}}}"
    taking = {id for id, one in letters.items() if field in one.text or field in one.chat}
    used: set[str] = set()
    given: set[str] = set()
    for outcome in outcomes.values():
        own = {one.use for one in outcome.letters} & taking
        sentences = [one for one in outcome.replies if one.letter]
        used |= own
        given |= own if sentences else set()
        if sentences and not own:
            found.append(
                Diagnostic(
                    "replies",
                    sentences[0].at,
                    Words(
                        f"这句 `letter` 写不进信：结论 `{outcome.id}` 的信里没有 `{field}`",
                        f"this `letter` goes nowhere: no letter of the outcome `{outcome.id}` has `{field}`",
                    ),
                    Words(f"在信里写上 `{field}`，或删掉这句", f"write `{field}` in a letter, or remove the sentence"),
                    stops=False,
                )
            )
    for id in sorted(used - given):
        found.append(
            Diagnostic(
                "replies",
                letters[id].at,
                Words(
                    f"信里有 `{field}`，用它的结论却没有哪句话带 `letter`",
                    f"the letter has `{field}`, but no reply of the outcomes that use it has a `letter`",
                ),
                Words(f"给 `replies` 加上 `letter`，或删掉 `{field}`", f"give a reply a `letter`, or remove `{field}`"),
                stops=False,
            )
        )


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
