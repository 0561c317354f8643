"""Every outcome has a worked walk, and every walk arrives.

A worked walk is replayed by the engine that ships to the browser: it must end at `arrives`, use every answer it gives, and
each deadline it names must fall on the day it says.

Accepted: a walk whose answers lead to the outcome it names. Reported: an outcome without a walk; a walk that ends
elsewhere, has an answer that is not asked, or names another day.
"""

from collections.abc import Iterator
from datetime import date

from build_tools.diagnostics import Diagnostic, Words
from build_tools.engine.bridge import report
from build_tools.engine.dates import Calendar
from build_tools.resolve.model import Project, Tree, WorkedWalk
from build_tools.unfold.model import Unfolded


def check(one: Unfolded, project: Project, compiled: dict, calendar: Calendar) -> Iterator[Diagnostic]:
    arrived = set()
    for walk in one.tree.walks:
        told = report(compiled, walk.answers, date.fromisoformat(walk.today), calendar)
        arrived |= {told["at"]["id"]} if told["at"]["kind"] == "outcome" else set()
        yield from findings(walk, told, one.tree)
    for id, outcome in one.tree.outcomes.items():
        if id not in arrived:
            yield Diagnostic("walked", outcome.at, Words(f"没有一个走例走到结论 `{id}`", f"no worked walk arrives at the outcome `{id}`"), Words("在 walks.yml 里加一个", "add one to walks.yml"))


def findings(walk: WorkedWalk, told: dict, tree: Tree) -> Iterator[Diagnostic]:
    def say(zh: str, en: str, help: Words | None = None) -> Diagnostic:
        return Diagnostic("walked", walk.at, Words(f"走例“{walk.name}”{zh}", f"the walk “{walk.name}” {en}"), help)

    if told["problem"]:
        yield say(f"在 `{told['problem']['question']}` 停下：{told['problem']['says']}", f"stops at `{told['problem']['question']}`: {told['problem']['says']}")
        return
    if told["at"]["id"] != walk.arrives:
        at = told["at"]["id"] or "、".join(told["possible"])
        way = " → ".join(step["shown"] for step in told["path"])
        yield say(f"走到了 `{at}`，不是 `{walk.arrives}`", f"arrives at `{at}`, not at `{walk.arrives}`", Words(f"走法：{way}", f"its way: {way}"))
        return
    for id in walk.answers:
        if id not in told["used"]:
            yield say(f"回答了没有被问到的 `{id}`", f"answers `{id}`, which is not asked on its way", Words("删掉这个回答", "remove this answer"))
    dates = {deadline["id"]: deadline["date"] for deadline in (told["outcome"] or {}).get("deadlines", ())}
    for id, day in walk.deadlines.items():
        if id not in dates:
            yield say(f"提到期限 `{id}`，结论里没有", f"names the deadline `{id}`, which the outcome does not show")
        elif day != (dates[id] or "none"):
            yield say(f"的期限 `{id}` 是 {dates[id] or '没有日期'}，不是 {day}", f"has the deadline `{id}` on {dates[id] or 'no date'}, not {day}")
