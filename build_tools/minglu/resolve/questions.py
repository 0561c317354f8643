"""Questions as written, with what they share with other trees → questions whose answers lead to nodes that exist."""

from collections.abc import Mapping
from itertools import pairwise

from minglu.diagnostics import Diagnostic, Span, Words, nearest
from minglu.engine.labels import amount_and_unit
from minglu.parse import syntax
from minglu.resolve.citation_binder import bind_mentions
from minglu.resolve.model import Answer, Question, Way
from minglu.resolve.scope import TreeScope, is_known, is_known_target
from minglu.resolve.statement_binder import bind_when

NODE = Words("节点", "node")
RESERVED = ("not", "fact")  # keys of a guard
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
    """Bands of a choice, or options of another question."""
    return question.bands if kind == "choice" else question.options


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
                    f"问题不能叫 `{id}`，条件里它有别的意思",
                    f"a question cannot be called `{id}`, which means something else in a condition",
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
    if misplaced := misplaced_answers(question, kind):
        report_misplaced(next(iter(misplaced)).at, kind, found)
        answers = tuple(Answer(str(answer), "", "", None, ways[answer], answer.at) for answer in written)
    elif kind == "choice":
        answers = bind_options(question, base, ways, found)
    else:
        answers = bind_bands(id, kind, question, ways, found)
    check_answer_names(answers, kind, found)
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
    )


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
    if kind == "choice":
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
        found.append(
            Diagnostic(
                "missing",
                question.at,
                Words("选择题没有 `options`", "the choice has no `options`"),
                Words("加上 `options:`，每个选项一行", "add `options:` with one line an option"),
            )
        )
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
            found.append(
                Diagnostic(
                    "missing",
                    id.at,
                    Words(f"选项 `{id}` 缺少 `label`", f"the option `{id}` has no `label`"),
                    Words("加上 `label: …`", "add `label: …`"),
                )
            )
        hint = option.hint or (shared[id].hint if id in shared else None)
        warn = shared[id].warn if id in shared else None
        answers.append(Answer(str(id), str(label or ""), str(hint or ""), None, ways[id], id.at, str(warn or "")))
    return tuple(answers)


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
                    "加上 `bands:`；不分段就写一个 `any: { goto: … }`",
                    "add `bands:`; if nothing is told apart, one `any: { goto: … }`",
                ),
            )
        )
    key, other, example = ("within", "up_to", "7 days") if kind == "date" else ("up_to", "within", "2")
    answers, last = [], len(question.bands) - 1
    for index, (name, band) in enumerate(question.bands.items()):
        limit, wrong = (band.within, band.up_to) if kind == "date" else (band.up_to, band.within)
        if wrong is not None:
            found.append(
                Diagnostic(
                    "bands",
                    wrong.at,
                    Words(f"这里的范围用 `{key}`，不用 `{other}`", f"bands here have `{key}`, not `{other}`"),
                    Words(f"写 `{key}: {example}`", f"write `{key}: {example}`"),
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
                str(limit) if limit else None,
                ways[name],
                name.at,
            )
        )
    check_rising(answers, kind, found)
    return tuple(answers)


def check_answer_names(answers: tuple[Answer, ...], kind: str, found: list[Diagnostic]) -> None:
    """A name must not read like an answer that a reader may give: `unsure`, a number, a day."""
    for answer in answers:
        if answer.id == "unsure" or (kind != "choice" and answer.id.replace("-", "").isdigit()):
            found.append(
                Diagnostic(
                    "names",
                    answer.at,
                    Words(
                        f"`{answer.id}` 不能用作名字，读者的回答也会这样写",
                        f"`{answer.id}` cannot be a name here, as a reader's answer may be written so",
                    ),
                    Words("换一个名字，如 `few`、`d7`", "choose another name, such as `few` or `d7`"),
                )
            )


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
                    Words("从近到远排列", "order them from near to far"),
                )
            )


def beyond(before: str, after: str, kind: str) -> bool:
    """Whether the second limit is larger; of limits in different units that is checked later (`verify/bands.py`)."""
    if kind == "number":
        return int(after) > int(before)
    (less, unit), (more, other) = amount_and_unit(before), amount_and_unit(after)
    return more > less or unit != other


def bind_ways(
    goto: tuple[syntax.Way, ...], places: dict[str, Span], scope: TreeScope, found: list[Diagnostic]
) -> tuple[Way, ...]:
    return tuple(
        Way(bind_when(way.when, scope, found), str(way.to), way.to.at)
        for way in goto
        if is_known_target(way.to, places, NODE, scope.trees, found)
    )
