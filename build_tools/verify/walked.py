"""Every outcome has a worked walk, and every walk arrives.

A worked walk is replayed by the engine that ships to the browser: it must end at `arrives`, use every answer it gives, and
each deadline it names must fall on the day it says.

中文：每个结论都有走例，每个走例都走得到。走例由浏览器里用的同一套程序重走一遍：必须走到 `arrives`，用上它给的每个回答，写了日期的期限正好落在那天。

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

from build_tools.diagnostics import Diagnostic, Words
from build_tools.engine.bridge import report
from build_tools.engine.dates import Calendar
from build_tools.resolve.model import Project, WorkedWalk
from build_tools.unfold.model import Unfolded


def check(one: Unfolded, project: Project, compiled: dict, calendar: Calendar) -> Iterator[Diagnostic]:
    arrived = set()
    for walk in one.tree.walks:
        told = report(compiled, walk.answers, date.fromisoformat(walk.today), calendar, others=False)
        arrived |= {told["at"]["id"]} if told["at"]["kind"] == "outcome" else set()
        yield from findings(walk, told)
    for id, outcome in one.tree.outcomes.items():
        if id not in arrived:
            yield Diagnostic("walked", outcome.at, Words(f"没有一个走例走到结论 `{id}`", f"no worked walk arrives at the outcome `{id}`"), Words("在 walks.yml 里加一个", "add one to walks.yml"))


def findings(walk: WorkedWalk, told: dict) -> Iterator[Diagnostic]:
    def say(kind: str, id: str, zh: str, en: str, help: Words | None = None) -> Diagnostic:
        return Diagnostic("walked", walk.places.get((kind, id), walk.at), Words(f"走例“{walk.name}”{zh}", f"the walk “{walk.name}” {en}"), help)

    if told["problem"]:
        at, why = told["problem"]["question"], told["problem"]["says"].rstrip("。")
        yield say("answers", at, f"停在 `{at}`：{why}", f"stops at `{at}`; its reader is told: {why}")
        return
    if told["at"]["kind"] == "question":
        yield say("arrives", "", f"没有回答 `{told['at']['id']}`，还没走完", f"does not answer `{told['at']['id']}` and has not arrived", Words(f"在 `answers` 里加上 `{told['at']['id']}`", f"add `{told['at']['id']}` to its `answers`"))
        return
    if told["at"]["id"] != walk.arrives:
        at = {"several": told["possible"], "tree": [f"tree/{told['at']['id']}"]}.get(told["at"]["kind"], [told["at"]["id"]])
        way = " → ".join(step["shown"] for step in told["path"])
        yield say("arrives", "", f"走到了 `{'`、`'.join(at)}`，不是 `{walk.arrives}`", f"arrives at `{'`, `'.join(at)}`, not at `{walk.arrives}`", Words(f"它的走法：{way}；改回答，或改 `arrives`", f"its way: {way}; change its answers or its `arrives`"))
        return
    for id in walk.answers:
        if id not in told["used"]:
            yield say("answers", id, f"回答了没有被问到的 `{id}`", f"answers `{id}`, which is not asked on its way", Words("删掉这个回答", "remove this answer"))
    dates = {deadline["id"]: deadline["date"] for deadline in (told["outcome"] or {}).get("deadlines", ())}
    for id, day in walk.deadlines.items():
        if id not in dates:
            yield say("deadlines", id, f"提到期限 `{id}`，结论里没有", f"names the deadline `{id}`, which the outcome does not show", Words(f"可以写：{'、'.join(dates)}", f"it may be: {', '.join(dates)}") if dates else None)
        elif day != (dates[id] or "none"):
            yield say("deadlines", id, f"的期限 `{id}` 算出来是 {dates[id] or 'none'}，不是 {day}", f"has its deadline `{id}` on {dates[id] or 'none'}, not {day}", Words(f"算对了就写 `{id}: {dates[id] or 'none'}`", f"if that is right, write `{id}: {dates[id] or 'none'}`"))
