"""Every outcome has a worked walk, and every walk arrives.

A worked walk is replayed by the engine that ships to the browser: it must end at `arrives`, use every answer it gives, and
what it says of that end must hold: its `standing`, the day of each deadline it names, the articles that are cited there
(`cites`: `消法第24条` also stands for its paragraphs) and those that are not (`not_cites`).

中文：每个结论都有走例，每个走例都走得到。走例由浏览器里用的同一套程序重走一遍：必须走到 `arrives`，用上它给的每个回答，走例说到的也都要对：`standing`，期限落在哪一天，引了哪些条文（`cites`；写 `消法第24条`，引到它的款也算）、没引哪些（`not_cites`）。

Accepted:
```yaml
walks:
  - { walk: 两天就坏, today: 2026-11-16, answers: { broken: yes, received: 2026-11-14 }, arrives: refund }
```
Reported:
```yaml
walks:
  - { walk: 两天就坏, today: 2026-11-16, answers: { broken: yes, received: 2026-11-14 }, arrives: repair }
```
"""

from collections.abc import Iterator
from datetime import date

from minglu.diagnostics import Diagnostic, Words, nearest
from minglu.engine.bridge import report
from minglu.engine.dates import Calendar
from minglu.resolve.model import Project, Question, WorkedWalk
from minglu.unfold.model import Unfolded

PROVES = "每种结论至少有一个例子，每个例子都走到了该到的地方、算出了该有的日子"


def check(one: Unfolded, project: Project, compiled: dict, calendar: Calendar) -> Iterator[Diagnostic]:
    reached = {walk.arrives for walk in one.tree.walks}  # a walk that does not get where it says is told of by itself
    for walk in one.tree.walks:
        told = report(compiled, walk.answers, date.fromisoformat(walk.today), calendar, others=False)
        reached.add(told["at"]["id"])
        if told["problem"]:
            yield unfit(walk, told["problem"], one.tree.questions)
        else:
            yield from findings(walk, told)
    for id, outcome in one.tree.outcomes.items():
        if id not in reached:
            yield Diagnostic(
                "walked",
                outcome.at,
                Words(f"没有一个走例走到结论 `{id}`", f"no worked walk arrives at the outcome `{id}`"),
                Words("在 walks.yml 里加一个", "add one to walks.yml"),
            )


def unfit(walk: WorkedWalk, problem: dict, questions: dict[str, Question]) -> Diagnostic:
    """An answer that its question does not take."""
    question, given = questions[problem["question"]], walk.answers[problem["question"]]
    why = problem["says"].partition("，请")[0].rstrip("。")
    ids = (*question.answer_ids(), "unsure")
    if question.kind == "choice":
        near = nearest(given, ids) or next((answer.id for answer in question.answers if given in answer.label), None)
        help = (
            Words(f"写 `{near}`", f"write `{near}`")
            if near
            else Words(f"写选项的名字：{'、'.join(ids)}", f"write the name of an option: {', '.join(ids)}")
        )
    elif question.kind == "date":
        help = Words(
            f"日期写成 2026-11-10 这样，不晚于 `today`（{walk.today}）；记不清的写分段的名字：{'、'.join(ids)}",
            f"write a day such as 2026-11-10, not after `today` ({walk.today}), or the name of a band: {', '.join(ids)}",
        )
    else:
        help = Words(
            f"写整数，或分段的名字：{'、'.join(ids)}", f"write a whole number, or the name of a band: {', '.join(ids)}"
        )
    at = walk.places.get(("answers", question.id), walk.at)
    return Diagnostic(
        "walked",
        at,
        Words(
            f"走例“{walk.name}”停在 `{question.id}`：{why}",
            f"the walk “{walk.name}” stops at `{question.id}`, which does not take `{given}`",
        ),
        help,
    )


def findings(walk: WorkedWalk, told: dict) -> Iterator[Diagnostic]:
    """What the walk says that does not hold of the end that its answers lead to."""

    def say(kind: str, id: str, zh: str, en: str, help: Words | None = None) -> Diagnostic:
        return Diagnostic(
            "walked",
            walk.places.get((kind, id), walk.at),
            Words(f"走例“{walk.name}”{zh}", f"the walk “{walk.name}” {en}"),
            help,
        )

    if told["at"]["kind"] == "question":
        yield say(
            "arrives",
            "",
            f"没有回答 `{told['at']['id']}`，还没走完",
            f"does not answer `{told['at']['id']}` and has not arrived",
            Words(f"在 `answers` 里加上 `{told['at']['id']}`", f"add `{told['at']['id']}` to its `answers`"),
        )
        return
    if walk.arrives != (f"tree/{told['at']['id']}" if told["at"]["kind"] == "tree" else told["at"]["id"]):
        at = {"several": told["possible"], "tree": [f"tree/{told['at']['id']}"]}.get(
            told["at"]["kind"], [told["at"]["id"]]
        )
        way = " → ".join(step["shown"] for step in told["path"])
        yield say(
            "arrives",
            "",
            f"走到了 `{'`、`'.join(at)}`，不是 `{walk.arrives}`",
            f"arrives at `{'`, `'.join(at)}`, not at `{walk.arrives}`",
            Words(f"它的走法：{way}；改回答，或改 `arrives`", f"its way: {way}; change its answers or its `arrives`"),
        )
        return
    for id in walk.answers:
        if id not in told["used"]:
            yield say(
                "answers",
                id,
                f"回答了没有被问到的 `{id}`",
                f"answers `{id}`, which is not asked on its way",
                Words("删掉这个回答", "remove this answer"),
            )
    outcome = told["outcome"] or {"standing": "", "deadlines": [], "cites": []}
    if walk.standing not in ("", outcome["standing"]):
        yield say(
            "standing",
            "",
            f"走到的结论是 `{outcome['standing']}`，不是 `{walk.standing}`",
            f"arrives at an outcome that is `{outcome['standing']}`, not `{walk.standing}`",
            Words(
                f"说对了就写 `standing: {outcome['standing']}`",
                f"if that is right, write `standing: {outcome['standing']}`",
            ),
        )
    shown = {deadline["id"]: deadline for deadline in outcome["deadlines"]}
    for id, day in walk.deadlines.items():
        if id not in shown and day != "absent":
            yield say(
                "deadlines",
                id,
                f"提到期限 `{id}`，结论里没有",
                f"names the deadline `{id}`, which the outcome does not show",
                Words(f"可以写：{'、'.join(shown)}", f"it may be: {', '.join(shown)}")
                if shown
                else Words("从 `deadlines` 里删掉它", "remove it from `deadlines`"),
            )
        elif id in shown and day not in days(shown[id]):
            right = days(shown[id])[-1 if " " in day else 0]
            yield say(
                "deadlines",
                id,
                f"的期限 `{id}` 算出来是 {right}，不是 {day}",
                f"has its deadline `{id}` on {right}, not {day}",
                Words(f"算对了就写 `{id}: {right}`", f"if that is right, write `{id}: {right}`"),
            )
    for article in walk.cites:
        if not cited(article, outcome):
            yield say(
                "cites",
                article,
                f"说结论引了{article}，结论里没有",
                f"says that {article} is cited, which the outcome does not show",
                Words(f"结论引的是：{'、'.join(outcome['cites'])}", f"the outcome cites: {', '.join(outcome['cites'])}")
                if outcome["cites"]
                else Words("从 `cites` 里删掉它", "remove it from `cites`"),
            )
    for article in walk.not_cites:
        if cited(article, outcome):
            yield say(
                "not_cites",
                article,
                f"说结论不引{article}，结论里有",
                f"says that {article} is not cited, but the outcome cites it",
                Words("引得对就从 `not_cites` 里删掉它", "if that is right, remove it from `not_cites`"),
            )


def days(deadline: dict) -> tuple[str, ...]:
    """How a walk may write the day of a deadline that is shown."""
    day = deadline["date"]
    return (day, f"{deadline['kind']} {day}") if day else ("none",)


def cited(article: str, outcome: dict) -> bool:
    """Whether the outcome cites the article, or a paragraph or item of it."""
    return any(cite == article or cite.startswith(f"{article}第") for cite in outcome["cites"])
