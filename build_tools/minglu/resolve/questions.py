"""Questions as written, with what they share with other trees → questions whose answers lead to nodes that exist."""

from dataclasses import replace

from minglu.diagnostics import Span, Words, nearest
from minglu.engine.labels import amount_and_unit
from minglu.parse import syntax
from minglu.resolve.model import ALWAYS, Answer, Question, Way
from minglu.resolve.statements import Binder

NODE = Words("节点", "node")
RESERVED = ("not", "fact")  # keys of a guard


def bind_questions(
    file: syntax.TreeFile, shared: dict[str, syntax.SharedQuestion], places: dict[str, Span], binder: Binder
) -> dict[str, Question]:
    """Two steps, as guards speak of questions: first every question with its answers, then where the answers lead."""
    merged = {id: (question, common(id, question, shared, binder)) for id, question in file.questions.items()}
    kinds = {id: str(question.kind or (base and base.kind) or "choice") for id, (question, base) in merged.items()}
    questions = {str(id): outline(id, question, base, kinds, binder) for id, (question, base) in merged.items()}
    binder.questions = questions
    return {str(id): with_ways(questions[id], question, places, binder) for id, (question, _) in merged.items()}


def common(id: syntax.Id, question: syntax.Question, shared: dict, binder: Binder) -> syntax.SharedQuestion | None:
    if question.use is None:
        return None
    if not binder.named(
        question.use,
        shared,
        Words("共用问题", "shared question"),
        home=Words(
            "写 trees/questions.yml 里有的名字，或在那里加上它",
            "write a name that trees/questions.yml holds, or add it there",
        ),
    ):
        return None
    if question.use != id:
        binder.report(
            "names",
            question.use.at,
            f"问题叫 `{id}`，却使用共用问题 `{question.use}`",
            f"the question is called `{id}` but uses the shared `{question.use}`",
            "让两个名字一样，答案才能带到别的树",
            "make the names the same, so that answers carry over",
        )
    return shared[question.use]


def outline(
    id: syntax.Id, question: syntax.Question, base: syntax.SharedQuestion | None, kinds: dict[str, str], binder: Binder
) -> Question:
    at, kind = question.at, kinds[id]
    if id in RESERVED:
        binder.report(
            "names",
            id.at,
            f"问题不能叫 `{id}`，条件里它有别的意思",
            f"a question cannot be called `{id}`, which means something else in a condition",
            "换一个名字",
            "choose another name",
        )
    if base and question.kind and question.kind != (base.kind or "choice"):
        binder.report(
            "kinds",
            question.kind.at,
            f"共用问题 `{id}` 是 `{base.kind or 'choice'}`，不是 `{kind}`",
            f"the shared question `{id}` is a `{base.kind or 'choice'}`, not a `{kind}`",
            "删掉这里的 `kind`",
            "remove the `kind` here",
        )
    ask = question.ask or (base and base.ask)
    if not ask and (base or not question.use):
        binder.report(
            "missing",
            at,
            f"问题 `{id}` 缺少 `ask`",
            f"the question `{id}` has no `ask`",
            "加一行 `ask: …？`",
            "add a line `ask: …?`",
        )
    if misplaced := question.bands if kind == "choice" else question.options:
        report_misplaced(next(iter(misplaced)).at, kind, binder)
        answers = tuple(
            Answer(str(answer), "", "", None, (), answer.at) for answer in question.options | question.bands
        )
        kind = ""  # nobody can say, and nothing more is told of it
    else:
        answers = options(question, base, binder) if kind == "choice" else bands(id, kind, question, binder)
    unlike_answers(answers, kinds[id], binder)
    counting(question, kinds[id], kinds, binder)
    why, find, unit = (
        getattr(question, name) or (base and getattr(base, name)) or "" for name in ("why", "find", "unit")
    )
    written = (
        text
        for answer in (question.options | question.bands | (base.options if base else {})).values()
        for text in (answer.label, answer.hint)
    )
    return Question(
        str(id),
        kind,
        str(ask or ""),
        str(why),
        str(find),
        str(unit),
        str(question.until) if question.until else None,
        str(question.plus) if question.plus else None,
        question.use is not None,
        answers,
        at,
        binder.running(ask, why, find, *written),
    )


def counting(question: syntax.Question, kind: str, kinds: dict[str, str], binder: Binder) -> None:
    """`until` names a date question and `plus` a number question; only a date question counts by them."""
    for name, wanted, what in (
        (question.until, "date", Words("日期问题", "date question")),
        (question.plus, "number", Words("数字问题", "number question")),
    ):
        known = [other for other in kinds if kinds[other] == wanted]
        if name in kinds and name not in known:
            binder.report(
                "kinds",
                name.at,
                f"`{name}` 不是{what.zh}",
                f"`{name}` is not a {what.en}",
                f"可以写：{'、'.join(known) or '（还没有）'}",
                f"it may be: {', '.join(known) or '(none yet)'}",
            )
        elif name is not None:
            binder.named(name, known, what)
    if (question.until or question.plus) and kind != "date":
        binder.report(
            "kinds",
            (question.until or question.plus).at,
            "只有日期问题能用 `until` 和 `plus`",
            "only a date question takes `until` and `plus`",
            "删掉它，或写 `kind: date`",
            "remove it, or write `kind: date`",
        )


def report_misplaced(at: Span, kind: str, binder: Binder) -> None:
    if kind == "choice":
        binder.report(
            "kinds",
            at,
            "选择题用 `options`，不用 `bands`",
            "a choice has `options`, not `bands`",
            "写 `kind: date` 或 `kind: number`，或改成 `options`",
            "write `kind: date` or `kind: number`, or use `options`",
        )
    else:
        binder.report(
            "kinds",
            at,
            "日期和数字问题用 `bands`，不用 `options`",
            "a date or number question has `bands`, not `options`",
            "删掉 `kind`，或改成 `bands`",
            "remove the `kind`, or use `bands`",
        )


def options(question: syntax.Question, base: syntax.SharedQuestion | None, binder: Binder) -> tuple[Answer, ...]:
    if not question.options:
        binder.report(
            "missing",
            question.at,
            "选择题没有 `options`",
            "the choice has no `options`",
            "加上 `options:`，每个选项一行",
            "add `options:` with one line an option",
        )
    shared = base.options if base else {}
    answers = []
    for id, option in question.options.items():
        label = option.label or (shared[id].label if id in shared else None)
        if not label and base:
            left = [other for other in shared if other not in question.options]
            near = nearest(id, left) or "、".join(left)
            binder.report(
                "missing",
                id.at,
                f"共用问题没有选项 `{id}`，这里也没有写 `label`",
                f"the shared question has no option `{id}`, and there is no `label` here",
                f"写 `{near}`，或加上 `label: …`" if near else "加上 `label: …`",
                f"write `{near}`, or add `label: …`" if near else "add `label: …`",
            )
        elif not label and not question.use:
            binder.report(
                "missing",
                id.at,
                f"选项 `{id}` 缺少 `label`",
                f"the option `{id}` has no `label`",
                "加上 `label: …`",
                "add `label: …`",
            )
        hint = option.hint or (shared[id].hint if id in shared else None)
        answers.append(Answer(str(id), str(label or ""), str(hint or ""), None, (), id.at))
    return tuple(answers)


def bands(id: str, kind: str, question: syntax.Question, binder: Binder) -> tuple[Answer, ...]:
    if not question.bands:
        binder.report(
            "missing",
            question.at,
            f"问题 `{id}` 没有 `bands`",
            f"the question `{id}` has no `bands`",
            "加上 `bands:`；不分段就写一个 `any: { goto: … }`",
            "add `bands:`; if nothing is told apart, one `any: { goto: … }`",
        )
    key, other, example = ("within", "up_to", "7 days") if kind == "date" else ("up_to", "within", "2")
    answers, last = [], len(question.bands) - 1
    for index, (name, band) in enumerate(question.bands.items()):
        limit, wrong = (band.within, band.up_to) if kind == "date" else (band.up_to, band.within)
        if wrong is not None:
            binder.report(
                "bands",
                wrong.at,
                f"这里的范围用 `{key}`，不用 `{other}`",
                f"bands here have `{key}`, not `{other}`",
                f"写 `{key}: {example}`",
                f"write `{key}: {example}`",
            )
        elif limit is None and index < last:
            binder.report(
                "bands",
                name.at,
                f"范围 `{name}` 缺少 `{key}`，只有最后一个可以不写",
                f"the band `{name}` has no `{key}`; only the last is open",
                f"加上 `{key}: …`，或移到最后",
                f"add `{key}: …`, or move it to the end",
            )
        elif limit is not None and index == last:
            binder.report(
                "bands",
                name.at,
                f"最后一个范围 `{name}` 必须是敞开的",
                f"the last band `{name}` must be open",
                f"删掉 `{key}`，或在后面加一个没有 `{key}` 的范围",
                f"remove its `{key}`, or add a band without one",
            )
        answers.append(
            Answer(str(name), str(band.label or ""), str(band.hint or ""), str(limit) if limit else None, (), name.at)
        )
    rising(answers, kind, binder)
    return tuple(answers)


def unlike_answers(answers: tuple[Answer, ...], kind: str, binder: Binder) -> None:
    """A name must not read like an answer that a reader may give: `unsure`, a number, a day."""
    for answer in answers:
        if answer.id == "unsure" or (kind != "choice" and answer.id.replace("-", "").isdigit()):
            binder.report(
                "names",
                answer.at,
                f"`{answer.id}` 不能用作名字，读者的回答也会这样写",
                f"`{answer.id}` cannot be a name here, as a reader's answer may be written so",
                "换一个名字，如 `few`、`d7`",
                "choose another name, such as `few` or `d7`",
            )


def rising(answers: list[Answer], kind: str, binder: Binder) -> None:
    """Each limit lies beyond the one before."""
    for before, after in zip(answers, answers[1:]):
        if before.limit and after.limit and not beyond(before.limit, after.limit, kind):
            binder.report(
                "bands",
                after.at,
                f"范围 `{after.id}` 的 `{after.limit}` 没有超出前一个 `{before.id}` 的 `{before.limit}`",
                f"`{after.limit}` of the band `{after.id}` does not lie beyond `{before.limit}` of `{before.id}`",
                "从近到远排列",
                "order them from near to far",
            )


def beyond(before: str, after: str, kind: str) -> bool:
    """Whether the second limit is larger; of limits in different units that is reckoned later (`verify/bands.py`)."""
    if kind == "number":
        return int(after) > int(before)
    (less, unit), (more, other) = amount_and_unit(before), amount_and_unit(after)
    return more > less or unit != other


def with_ways(outlined: Question, question: syntax.Question, places: dict[str, Span], binder: Binder) -> Question:
    written = question.options | question.bands
    answers = tuple(replace(answer, ways=ways(written[answer.id].goto, places, binder)) for answer in outlined.answers)
    return replace(outlined, answers=answers)


def ways(goto: tuple[syntax.Way, ...], places: dict[str, Span], binder: Binder) -> tuple[Way, ...]:
    bound = []
    for way in goto:
        if binder.pointed(way.to, places, NODE):
            bound.append(Way(binder.guard(way.when) if way.when else ALWAYS, str(way.to), way.to.at))
    return tuple(bound)
