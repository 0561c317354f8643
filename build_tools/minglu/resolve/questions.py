"""Questions as written, with what they share with other trees → questions whose answers lead to nodes that exist."""

import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import pairwise

from minglu.diagnostics import Diagnostic, Span, Words, nearest
from minglu.engine.dates import day_before_which
from minglu.engine.labels import DONE, NONE_TICKED, UNSURE, amount_and_unit
from minglu.parse import syntax
from minglu.resolve.carried import written_carries
from minglu.resolve.citation_binder import bind_mentions
from minglu.resolve.model import Answer, Question, Tick, Way
from minglu.resolve.scope import TreeScope, is_known, is_known_target
from minglu.resolve.statement_binder import bind_when

NODE = Words("节点", "node")
RANGED = ("date", "number", "money")  # the kinds whose answers are bands
ANY_VALUE = "any"
"""The open band of a question that is not divided: it has a `goto` of its own."""
IN_CONDITIONS = Words("条件里它有别的意思", "which means something else in a condition")
IN_ADDRESSES = Words("网址里它有别的意思", "which means something else in an address")
RESERVED = {
    "not": IN_CONDITIONS,
    "fact": IN_CONDITIONS,
    "any": IN_CONDITIONS,
    "a": IN_ADDRESSES,
    "v": IN_ADDRESSES,
    "today": Words("信里它有别的意思", "which means something else in a letter"),
}
"""Names that no question can have, each with why; with a capital letter no name is written at all."""
Shared = Mapping[syntax.Id, syntax.SharedQuestion]
Bases = dict[syntax.Id, syntax.SharedQuestion | None]
"""For each question of a tree the shared one that it takes up, if it does."""


def bind_bases(file: syntax.TreeFile, shared: Shared, found: list[Diagnostic]) -> Bases:
    return {id: bind_base(id, question, shared, found) for id, question in file.questions.items()}


def bind_base(
    id: syntax.Id, question: syntax.Question, shared: Shared, found: list[Diagnostic]
) -> syntax.SharedQuestion | None:
    if question.use is None:
        return None
    what = Words("共用问题", "shared question")
    home = Words(
        "写 trees/questions.yml 里有的名字，或在那里加上它",
        "write a name that trees/questions.yml holds, or add it there",
    )
    if not is_known(question.use, shared, what, found, home=home):
        return None
    if question.use != id:
        found.append(
            Diagnostic(
                "names",
                question.use.at,
                Words(
                    f"问题叫 `{id}`，却使用共用问题 `{question.use}`",
                    f"the question is called `{id}` but uses the shared `{question.use}`",
                ),
                Words("让两个名字一样，答案才能带到别的树", "make the names the same, so that answers carry over"),
            )
        )
    return shared[question.use]


def written_kinds(file: syntax.TreeFile, bases: Bases) -> dict[str, str]:
    return {
        str(id): str(question.kind or ((base := bases[id]) and base.kind) or "choice")
        for id, question in file.questions.items()
    }


def misplaced_answers(question: syntax.Question, kind: str) -> Mapping[syntax.Id, syntax.Option | syntax.Band]:
    """Bands where there must be options, or options where there must be bands."""
    return question.options if kind in RANGED else question.bands


def askable_answers(question: syntax.Question, base: syntax.SharedQuestion | None) -> Iterable[str]:
    """What a condition may name of a question: its options or bands, or what it offers to be ticked."""
    if question.options or question.bands:
        return (*question.options, *question.bands)
    if base and base.kind == "several":
        return base.options
    return (ANY_VALUE,) if question.goto else ()


def bind_questions(
    file: syntax.TreeFile, bases: Bases, places: dict[str, Span], scope: TreeScope, found: list[Diagnostic]
) -> dict[str, Question]:
    kinds = written_kinds(file, bases)
    return {
        str(id): bind_question(id, question, bases[id], kinds, places, scope=scope, found=found)
        for id, question in file.questions.items()
    }


def bind_question(
    id: syntax.Id,
    question: syntax.Question,
    base: syntax.SharedQuestion | None,
    kinds: dict[str, str],
    places: dict[str, Span],
    *,
    scope: TreeScope,
    found: list[Diagnostic],
) -> Question:
    at, kind = question.at, kinds[id]
    if id in RESERVED:
        found.append(
            Diagnostic(
                "names",
                id.at,
                Words(
                    f"问题不能叫 `{id}`，{RESERVED[id].zh}",
                    f"a question cannot be called `{id}`, {RESERVED[id].en}",
                ),
                Words("换一个名字", "choose another name"),
            )
        )
    if base and question.kind and question.kind != (base.kind or "choice"):
        found.append(
            Diagnostic(
                "kinds",
                question.kind.at,
                Words(
                    f"共用问题 `{id}` 是 `{base.kind or 'choice'}`，不是 `{kind}`",
                    f"the shared question `{id}` is a `{base.kind or 'choice'}`, not a `{kind}`",
                ),
                Words("删掉这里的 `kind`", "remove the `kind` here"),
            )
        )
    ask = question.ask or (base.ask if base else None)
    if not ask and (base or not question.use):
        found.append(
            Diagnostic(
                "missing",
                at,
                Words(f"问题 `{id}` 缺少 `ask`", f"the question `{id}` has no `ask`"),
                Words("加一行 `ask: …？`", "add a line `ask: …?`"),
            )
        )
    written = question.options | question.bands
    ways = {answer: bind_ways(one.goto, places, scope, found) for answer, one in written.items()}
    onward = bind_ways(question.goto, places, scope, found)
    check_onward(question, kind, found)
    ticks: tuple[Tick, ...] = ()
    if misplaced := misplaced_answers(question, kind):
        report_misplaced(next(iter(misplaced)).at, kind, found)
        answers = tuple(Answer(str(answer), "", "", None, ways[answer], answer.at) for answer in written)
    elif kind == "choice":
        answers = bind_options(question, base, ways, found)
    elif kind == "several":
        answers, ticks = (Answer(DONE, "", "", None, onward, at),), bind_ticks(question, base, found)
    elif question.goto and not question.bands:
        answers = (Answer(ANY_VALUE, "", "", None, onward, at),)
    else:
        answers = bind_bands(id, kind, question, ways, found)
    check_answer_names(answers, kind, found)
    check_labels(answers, found)
    check_counting(question, kind, kinds, found)
    why = question.why or (base.why if base else None)
    find = question.find or (base.find if base else None)
    unit = question.unit or (base.unit if base else None)
    labelled = (*written.values(), *(base.options.values() if base else ()))
    return Question(
        str(id),
        scope.kinds[id],
        str(ask or ""),
        str(why or ""),
        str(find or ""),
        str(unit or ""),
        str(question.until) if question.until else None,
        str(question.plus) if question.plus else None,
        question.use is not None,
        answers,
        at,
        bind_mentions(
            scope,
            found,
            ask,
            why,
            find,
            *(text for one in labelled for text in (one.label, one.hint, getattr(one, "warn", None))),
        ),
        ticks,
    )


def check_onward(question: syntax.Question, kind: str, found: list[Diagnostic]) -> None:
    """Who has a `goto` of their own: questions with ticks, and those that are not divided into bands."""
    inside = next((way for one in question.options.values() for way in one.goto), None)
    if kind == "several" and not question.goto:
        found.append(
            Diagnostic(
                "missing",
                question.at,
                Words("可以勾几个的问题没有 `goto`", "the question with ticks has no `goto`"),
                Words(
                    "在 `options` 下面加一行 `goto: …`：勾什么都走同一条路",
                    "add `goto: …` below its `options`, one for all",
                ),
            )
        )
    if kind == "several" and inside:
        found.append(
            Diagnostic(
                "kinds",
                inside.at,
                Words("勾选不能决定去哪里", "a tick cannot decide where to go"),
                Words(
                    "删掉选项里的 `goto`，写在问题下面；要分开走的，另问一个选择题",
                    "move the `goto` to the question; where ways part, ask a choice",
                ),
            )
        )
    if question.goto and (kind == "choice" or question.bands):
        found.append(
            Diagnostic(
                "kinds",
                question.goto[0].at,
                Words("各个选项或分段已经有自己的去处", "the options or bands have ways of their own"),
                Words("把 `goto` 写进每个选项或分段里", "write a `goto` in each option or band instead"),
            )
        )


def bind_ticks(
    question: syntax.Question, base: syntax.SharedQuestion | None, found: list[Diagnostic]
) -> tuple[Tick, ...]:
    """A shared question offers the same everywhere: what was ticked in one tree is not asked again in another."""
    if base and question.options:
        found.append(
            Diagnostic(
                "kinds",
                next(iter(question.options)).at,
                Words(
                    "共用的勾选题，选项只写在 trees/questions.yml 里",
                    "the options of a shared question with ticks stand in trees/questions.yml",
                ),
                Words("删掉这里的 `options`", "remove the `options` here"),
            )
        )
    written = base.options if base else question.options
    if not written and not question.use:
        found.append(no_options(question.at))
    ticks = []
    for id, option in written.items():
        if not option.label:
            found.append(no_label(id))
        ticks.append(Tick(str(id), str(option.label or ""), str(option.hint or ""), id.at))
        if id in (UNSURE, NONE_TICKED, DONE):
            found.append(taken_name(str(id), id.at))
    return tuple(ticks)


def check_counting(question: syntax.Question, kind: str, kinds: dict[str, str], found: list[Diagnostic]) -> None:
    """`until` names a date question and `plus` a number question; only a date question counts by them."""
    for name, wanted, what in (
        (question.until, "date", Words("日期问题", "date question")),
        (question.plus, "number", Words("数字问题", "number question")),
    ):
        known = [other for other in kinds if kinds[other] == wanted]
        if name in kinds and name not in known:
            found.append(
                Diagnostic(
                    "kinds",
                    name.at,
                    Words(f"`{name}` 不是{what.zh}", f"`{name}` is not a {what.en}"),
                    Words(
                        f"可以写：{'、'.join(known) or '（还没有）'}", f"it may be: {', '.join(known) or '(none yet)'}"
                    ),
                )
            )
        elif name is not None:
            is_known(name, known, what, found)
    if kind != "date" and (first := question.until or question.plus):
        found.append(
            Diagnostic(
                "kinds",
                first.at,
                Words("只有日期问题能用 `until` 和 `plus`", "only a date question takes `until` and `plus`"),
                Words("删掉它，或写 `kind: date`", "remove it, or write `kind: date`"),
            )
        )


def report_misplaced(at: Span, kind: str, found: list[Diagnostic]) -> None:
    if kind not in RANGED:
        found.append(
            Diagnostic(
                "kinds",
                at,
                Words("选择题用 `options`，不用 `bands`", "a choice has `options`, not `bands`"),
                Words(
                    "写 `kind: date` 或 `kind: number`，或改成 `options`",
                    "write `kind: date` or `kind: number`, or use `options`",
                ),
            )
        )
    else:
        found.append(
            Diagnostic(
                "kinds",
                at,
                Words(
                    "日期和数字问题用 `bands`，不用 `options`", "a date or number question has `bands`, not `options`"
                ),
                Words("删掉 `kind`，或改成 `bands`", "remove the `kind`, or use `bands`"),
            )
        )


Ways = dict[syntax.Id, tuple[Way, ...]]


def bind_options(
    question: syntax.Question, base: syntax.SharedQuestion | None, ways: Ways, found: list[Diagnostic]
) -> tuple[Answer, ...]:
    if not question.options:
        found.append(no_options(question.at))
    shared = base.options if base else {}
    answers = []
    for id, option in question.options.items():
        label = option.label or (shared[id].label if id in shared else None)
        if not label and base:
            left = [other for other in shared if other not in question.options]
            near = nearest(id, left) or "、".join(left)
            found.append(
                Diagnostic(
                    "missing",
                    id.at,
                    Words(
                        f"共用问题没有选项 `{id}`，这里也没有写 `label`",
                        f"the shared question has no option `{id}`, and there is no `label` here",
                    ),
                    Words(
                        f"写 `{near}`，或加上 `label: …`" if near else "加上 `label: …`",
                        f"write `{near}`, or add `label: …`" if near else "add `label: …`",
                    ),
                )
            )
        elif not label and not question.use:
            found.append(no_label(id))
        if not option.goto:
            found.append(
                Diagnostic(
                    "missing",
                    id.at,
                    Words(f"`{id}` 缺少 `goto`", f"`{id}` has no `goto`"),
                    Words("加上 `goto: …`", "add `goto: …`"),
                )
            )
        hint = option.hint or (shared[id].hint if id in shared else None)
        warn = shared[id].warn if id in shared else None
        answers.append(Answer(str(id), str(label or ""), str(hint or ""), None, ways[id], id.at, str(warn or "")))
    return tuple(answers)


def no_options(at: Span) -> Diagnostic:
    return Diagnostic(
        "missing",
        at,
        Words("选择题没有 `options`", "the choice has no `options`"),
        Words("加上 `options:`，每个选项一行", "add `options:` with one line an option"),
    )


def no_label(id: syntax.Id) -> Diagnostic:
    return Diagnostic(
        "missing",
        id.at,
        Words(f"选项 `{id}` 缺少 `label`", f"the option `{id}` has no `label`"),
        Words("加上 `label: …`", "add `label: …`"),
    )


def bind_bands(
    id: str, kind: str, question: syntax.Question, ways: Ways, found: list[Diagnostic]
) -> tuple[Answer, ...]:
    if not question.bands:
        found.append(
            Diagnostic(
                "missing",
                question.at,
                Words(f"问题 `{id}` 没有 `bands`", f"the question `{id}` has no `bands`"),
                Words(
                    "加上 `bands:`；不分段就在问题下面写 `goto: …`",
                    "add `bands:`; if nothing is told apart, a `goto: …` of the question",
                ),
            )
        )
    key, example = band_key(question, kind)
    answers, last = [], len(question.bands) - 1
    for index, (name, band) in enumerate(question.bands.items()):
        limits = {"within": band.within, "before": band.before, "up_to": band.up_to}
        limit = limits.pop(key)
        if wrong := next(((other, value) for other, value in limits.items() if value is not None), None):
            other, value = wrong
            found.append(
                Diagnostic(
                    "bands",
                    value.at,
                    Words(f"这里的范围用 `{key}`，不用 `{other}`", f"bands here have `{key}`, not `{other}`"),
                    Words(f"写 `{key}: {example}`", f"write `{key}: {example}`"),
                )
            )
        elif limit is not None and kind == "number" and "." in limit:
            found.append(
                Diagnostic(
                    "bands",
                    limit.at,
                    Words("数字的范围只用整数", "bands of a number have whole limits"),
                    Words("写整数；问金额的写 `kind: money`", "write a whole number, or `kind: money` for a sum"),
                )
            )
        elif limit is None and index < last:
            found.append(
                Diagnostic(
                    "bands",
                    name.at,
                    Words(
                        f"范围 `{name}` 缺少 `{key}`，只有最后一个可以不写",
                        f"the band `{name}` has no `{key}`; only the last is open",
                    ),
                    Words(f"加上 `{key}: …`，或移到最后", f"add `{key}: …`, or move it to the end"),
                )
            )
        elif limit is not None and index == last:
            found.append(
                Diagnostic(
                    "bands",
                    name.at,
                    Words(f"最后一个范围 `{name}` 必须是敞开的", f"the last band `{name}` must be open"),
                    Words(
                        f"删掉 `{key}`，或在后面加一个没有 `{key}` 的范围",
                        f"remove its `{key}`, or add a band without one",
                    ),
                )
            )
        answers.append(
            Answer(
                str(name),
                str(band.label or ""),
                str(band.hint or ""),
                written_limit(limit, kind),
                ways[name],
                name.at,
            )
        )
    check_rising(answers, kind, found)
    if key == "before" and (counts := question.until or question.plus):
        found.append(
            Diagnostic(
                "bands",
                counts.at,
                Words(
                    "按固定日子分段的，不数天，用不上 `until` 和 `plus`",
                    "bands before a fixed day count no days: `until` and `plus` do nothing",
                ),
                Words("删掉它，或改用 `within`", "remove it, or use `within`"),
            )
        )
    return tuple(answers)


def band_key(question: syntax.Question, kind: str) -> tuple[str, str]:
    """What limits the bands of a question, with an example; those of a date all lie before a day, or all within a time,
    as the first of them says.
    """
    if kind != "date":
        return "up_to", "2" if kind == "number" else "99.90"
    first = next(iter(question.bands.values()), None)
    return ("before", "2024-07-01") if first and first.before and not first.within else ("within", "7 days")


def written_limit(limit: syntax.Text | None, kind: str) -> str | None:
    """As the contract has it: a sum with two decimals."""
    if limit is None:
        return None
    return f"{Decimal(limit):.2f}" if kind == "money" else str(limit)


def check_answer_names(answers: tuple[Answer, ...], kind: str, found: list[Diagnostic]) -> None:
    """A name must not read like an answer that a reader may give: `unsure`, a number, a day."""
    for answer in answers:
        if answer.id == UNSURE or (kind in RANGED and answer.id.replace("-", "").isdigit()):
            found.append(taken_name(answer.id, answer.at))


def taken_name(id: str, at: Span) -> Diagnostic:
    return Diagnostic(
        "names",
        at,
        Words(
            f"`{id}` 不能用作名字，读者的回答也会这样写",
            f"`{id}` cannot be a name here, as a reader's answer may be written so",
        ),
        Words("换一个名字，如 `few`、`d7`", "choose another name, such as `few` or `d7`"),
    )


def check_labels(answers: tuple[Answer, ...], found: list[Diagnostic]) -> None:
    """A reader must be able to tell the answers apart by what they say: width, spaces and punctuation tell nothing."""
    seen: dict[str, Answer] = {}
    for answer in answers:
        if not (plain := plain_label(answer.label)):
            continue
        if plain in seen:
            found.append(
                Diagnostic(
                    "labels",
                    answer.at,
                    Words(
                        f"“{answer.label}”和上面的“{seen[plain].label}”，读者分不出来",
                        f"readers cannot tell “{answer.label}” from “{seen[plain].label}”",
                    ),
                    Words("让两个 `label` 说出差别", "let the two labels say what is different"),
                    ((seen[plain].at, Words("另一个在这里", "the other one is here")),),
                    stops=False,
                )
            )
        seen.setdefault(plain, answer)


def plain_label(label: str) -> str:
    """In one width and case, without spaces, punctuation and what is not seen."""
    flat = unicodedata.normalize("NFKC", label).casefold()
    return "".join(char for char in flat if unicodedata.category(char)[0] not in "PZC")


def check_rising(answers: list[Answer], kind: str, found: list[Diagnostic]) -> None:
    """Each limit lies beyond the one before."""
    for before, after in pairwise(answers):
        if before.limit and after.limit and not beyond(before.limit, after.limit, kind):
            found.append(
                Diagnostic(
                    "bands",
                    after.at,
                    Words(
                        f"范围 `{after.id}` 的 `{after.limit}` 没有超出前一个 `{before.id}` 的 `{before.limit}`",
                        f"`{after.limit}` of the band `{after.id}` does not lie beyond"
                        f" `{before.limit}` of `{before.id}`",
                    ),
                    Words(
                        "从近到远排列（`before` 从早到晚）",
                        "order them from near to far (with `before`, from early to late)",
                    ),
                )
            )


def beyond(before: str, after: str, kind: str) -> bool:
    """Whether the second limit is larger; of limits in different units that is checked later (`verify/bands.py`)."""
    if kind in ("number", "money"):
        return Decimal(after) > Decimal(before)
    if day_before_which(before) or day_before_which(after):
        return after > before
    (less, unit), (more, other) = amount_and_unit(before), amount_and_unit(after)
    return more > less or unit != other


def bind_ways(
    goto: tuple[syntax.Way, ...], places: dict[str, Span], scope: TreeScope, found: list[Diagnostic]
) -> tuple[Way, ...]:
    ways = tuple(
        Way(bind_when(way.when, scope, found), str(way.to), way.to.at, written_carries(way.with_))
        for way in goto
        if is_known_target(way.to, places, NODE, scope.trees, found)
    )
    for way in ways:
        if way.guard.ticks:
            found.append(
                Diagnostic(
                    "ticks",
                    way.guard.at,
                    Words("去哪里不能看勾选", "where a way leads cannot depend on ticks"),
                    Words(
                        "勾选只能写在结论的各项里；要分开走的，另问一个选择题",
                        "ticks may stand with the items of an outcome; where ways part, ask a choice",
                    ),
                )
            )
    return ways
