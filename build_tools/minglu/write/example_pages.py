"""Worked walks with a story → a page of examples for each tree: what happened, what was answered, where it led, which day it gave."""

import re
from datetime import date
from html import escape

from minglu.engine.bridge import report
from minglu.engine.dates import Calendar
from minglu.resolve.model import Outcome, Tree, WorkedWalk
from minglu.unfold.model import Unfolded
from minglu.write.html import UNSEARCHED, Html, element, listed
from minglu.write.links import FEW, Pen
from minglu.write.site import Place
from minglu.write.source import block, front_matter, heading

INTRO = "情节是编的，日期和结论是用同一套规则算出来的。选一个和你最像的，看它怎么走。"


def examples(tree: Tree) -> dict[str, WorkedWalk]:
    """The walks that have a story, by the anchor that each has on the page."""
    anchors: dict[str, WorkedWalk] = {}
    for walk in tree.walks:
        if walk.story:
            anchor = re.sub(r"\W+", "-", walk.name).strip("-")
            anchors[anchor if anchor not in anchors else f"{anchor}-{len(anchors)}"] = walk
    return anchors


def examples_page(one: Unfolded, compiled: dict, calendar: Calendar, pen: Pen) -> str:
    tree = one.tree
    parts = [
        heading(1, f"例子：{tree.title}"),
        INTRO,
        block(
            element(
                "p", element("a", f"走一走“{pen.bare(tree.title)}”", href=f"{pen.up}trees/{tree.id}.html"), cls="back"
            )
        ),
    ]
    for anchor, walk in examples(tree).items():
        reached = report(compiled, walk.answers, date.fromisoformat(walk.today), calendar, others=False)
        parts += [heading(2, walk.name, anchor), block(example(walk, reached, one, pen))]
    return (
        front_matter(f"例子：{tree.title}", f"{tree.title}：{tree.summary}。几个例子，从头走到尾", found=0.3)
        + "\n\n".join(parts)
        + "\n"
    )


def example(walk: WorkedWalk, reached: dict, one: Unfolded, pen: Pen) -> Html:
    outcome = one.tree.outcomes[walk.arrives]
    end = Place(f"trees/{one.tree.id}.html", reached["at"]["state"], outcome.title, outcome.id, outcome.standing)
    days = {item["id"]: item for item in reached["outcome"]["deadlines"]}
    named = [
        element("p", f"<b>{pen.bare(days[id]['label'])}</b>", cls="do") + pen.text(days[id]["how"])
        for id in walk.deadlines
        if id in days
    ]
    answers = [f"{pen.bare(step['label'])} <b>{pen.bare(step['shown'])}</b>" for step in reached["path"]]
    return (
        pen.text(walk.story)
        + element("p", f"<b>结论：</b>{pen.place(end)}", cls="end")
        + pen.text(outcome.says)
        + listed(named, cls="list", **UNSEARCHED)
        + element(
            "details",
            element("summary", f"{said(walk.today)}这天是这样回答的") + listed(answers, cls="places"),
            **UNSEARCHED,
        )
    )


def alike(outcome: Outcome, tree: Tree) -> Html:
    """What stands at the end of an outcome: links to the examples that end there."""
    links = [
        element("a", escape(walk.name), href=f"../examples/{tree.id}.html#{anchor}")
        for anchor, walk in examples(tree).items()
        if walk.arrives == outcome.id
    ]
    return element("div", "例子：" + listed(links[:FEW], cls="places"), cls="uses", **UNSEARCHED) if links else ""


def said(day: str) -> str:
    year, month, number = map(int, day.split("-"))
    return f"{year}年{month}月{number}日"
