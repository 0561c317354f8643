"""Worked walks with a story → a page of examples for each tree: what happened, what was answered, where it led, which day it gave."""

import re
from collections.abc import Iterable
from datetime import date
from html import escape

from minglu.engine.bridge import walk_report
from minglu.engine.contract import CompiledOutcome, CompiledTree
from minglu.engine.labels import day_label
from minglu.engine.report import WalkReport
from minglu.resolve.model import WorkedWalk
from minglu.write.html import UNSEARCHED, Html, element, listed
from minglu.write.links import FEW, Pen
from minglu.write.site import SitePlace
from minglu.write.source import block, front_matter, heading

INTRO = "情节是编的，日期和结论是用同一套规则算出来的。选一个和你最像的，看它怎么走。"


def told_walks(walks: Iterable[WorkedWalk]) -> dict[str, WorkedWalk]:
    """The walks that have a story, by the anchor that each has on the page."""
    anchors: dict[str, WorkedWalk] = {}
    for walk in walks:
        if walk.story:
            anchor = re.sub(r"\W+", "-", walk.name).strip("-")
            anchors[anchor if anchor not in anchors else f"{anchor}-{len(anchors)}"] = walk
    return anchors


def examples_page(tree: CompiledTree, pen: Pen) -> str:
    compiled = pen.site.compiled
    parts = [
        heading(1, f"例子：{tree.title}"),
        INTRO,
        block(
            element(
                "p", element("a", f"走一走“{pen.bare(tree.title)}”", href=f"{pen.up}trees/{tree.tree}.html"), cls="back"
            )
        ),
    ]
    for anchor, walk in told_walks(compiled.project.trees[tree.tree].walks).items():
        today = date.fromisoformat(walk.today)
        reached = walk_report(tree, walk.answers, today=today, calendar=compiled.days, others=False)
        parts += [heading(2, walk.name, anchor), block(example_html(walk, reached, tree, pen))]
    return (
        front_matter(f"例子：{tree.title}", f"{tree.title}：{tree.summary}。几个例子，从头走到尾", found=0.3)
        + "\n\n".join(parts)
        + "\n"
    )


def example_html(walk: WorkedWalk, reached: WalkReport, tree: CompiledTree, pen: Pen) -> Html:
    outcome = tree.outcomes[walk.arrives]
    end = SitePlace(f"trees/{tree.tree}.html", reached.at.state or "", outcome.title, outcome.id, outcome.standing)
    days = {item.id: item for item in reached.outcome.deadlines} if reached.outcome else {}
    named = [
        element("p", f"<b>{pen.bare(days[id].label)}</b>", cls="do") + pen.text(days[id].how)
        for id in walk.deadlines
        if id in days
    ]
    answers = [f"{pen.bare(step.label)} <b>{pen.bare(step.shown)}</b>" for step in reached.path]
    return (
        pen.text(walk.story)
        + element("p", f"<b>结论：</b>{pen.place(end)}", cls="end")
        + pen.text(outcome.says)
        + listed(named, cls="list", **UNSEARCHED)
        + element(
            "details",
            element("summary", f"{day_label(walk.today)}这天是这样回答的") + listed(answers, cls="places"),
            **UNSEARCHED,
        )
    )


def similar_examples(outcome: CompiledOutcome, tree: CompiledTree, pen: Pen) -> Html:
    """What stands at the end of an outcome: links to the examples that end there."""
    if "examples" in pen.without:
        return ""
    links = [
        element("a", escape(walk.name), href=f"../examples/{tree.tree}.html#{anchor}")
        for anchor, walk in told_walks(pen.site.compiled.project.trees[tree.tree].walks).items()
        if walk.arrives == outcome.id
    ]
    return element("div", "例子：" + listed(links[:FEW], cls="places"), cls="uses", **UNSEARCHED) if links else ""
