"""Worked walks with a story → a page of examples for each tree: what happened, the answers, the end, and its days."""

import re
from collections.abc import Iterable
from datetime import date

from minglu.engine.contract import CompiledOutcome, CompiledTree
from minglu.engine.labels import day_label
from minglu.engine.report import WalkReport
from minglu.engine.walk_report import walk_report
from minglu.resolve.model import WorkedWalk
from minglu.write.cross_references import SitePlace
from minglu.write.html import NOTHING, UNSEARCHED, Html, bold, element, html_list, page_html
from minglu.write.links import FEW, Pen
from minglu.write.markdown_source import front_matter, html_block, markdown_heading, markdown_page
from minglu.write.words import page_words


def walks_with_story(walks: Iterable[WorkedWalk]) -> dict[str, WorkedWalk]:
    """The walks that have a story, by the anchor that each has on the page."""
    anchors: dict[str, WorkedWalk] = {}
    for walk in walks:
        if walk.story:
            anchor = re.sub(r"\W+", "-", walk.name).strip("-")
            anchors[anchor if anchor not in anchors else f"{anchor}-{len(anchors)}"] = walk
    return anchors


def examples_page(tree: CompiledTree, pen: Pen) -> str:
    compiled = pen.site.compiled
    title = page_words("examples.title", title=tree.title)
    to_tree = element(
        "a", page_html("examples.walk", title=pen.bare(tree.title)), href=f"{pen.up}trees/{tree.tree}.html"
    )
    parts = [
        markdown_heading(1, title),
        page_words("examples.intro"),
        html_block(element("p", to_tree, cls="back")),
    ]
    for anchor, walk in walks_with_story(compiled.project.trees[tree.tree].walks).items():
        today = date.fromisoformat(walk.today)
        report = walk_report(tree, walk.answers, today=today, calendar=compiled.days, without=("what_if", "deciding"))
        parts += [markdown_heading(2, walk.name, anchor), html_block(example_html(walk, report, tree, pen))]
    about = page_words("examples.about", title=tree.title, summary=tree.summary)
    return markdown_page(front_matter(title=title, description=about, boost=0.3), parts)


def example_html(walk: WorkedWalk, report: WalkReport, tree: CompiledTree, pen: Pen) -> Html:
    outcome = tree.outcomes[walk.arrives]
    end = SitePlace(
        page=f"trees/{tree.tree}.html",
        anchor=report.at.state or "",
        title=outcome.title,
        node=outcome.id,
        standing=outcome.standing,
    )
    deadlines = {item.id: item for item in report.outcome.deadlines} if report.outcome else {}
    named = [
        element("p", bold(pen.bare(deadlines[id].label)), cls="do") + pen.text(deadlines[id].how)
        for id in walk.deadlines
        if id in deadlines
    ]
    answers = [pen.bare(step.label) + " " + bold(pen.bare(step.shown)) for step in report.path]
    answered_on = element("summary", page_words("examples.answers", day=day_label(walk.today)))
    return (
        pen.text(walk.story)
        + element("p", bold(page_words("examples.end")) + pen.place_link(end), cls="end")
        + pen.text(outcome.says)
        + html_list(named, cls="list", **UNSEARCHED)
        + element("details", answered_on + html_list(answers, cls="places"), **UNSEARCHED)
    )


def similar_examples(outcome: CompiledOutcome, tree: CompiledTree, pen: Pen) -> Html:
    """What stands at the end of an outcome: links to the examples that end there."""
    if "examples" in pen.without:
        return NOTHING
    links = [
        element("a", walk.name, href=f"../examples/{tree.tree}.html#{anchor}")
        for anchor, walk in walks_with_story(pen.site.compiled.project.trees[tree.tree].walks).items()
        if walk.arrives == outcome.id
    ]
    if not links:
        return NOTHING
    shown = links[:FEW]
    title = element(
        "summary",
        page_words("outcome.examples") + element("span", page_words("page.count", count=len(shown)), cls="count"),
    )
    return element("details", title + html_list(shown, cls="places"), cls="fold", **UNSEARCHED)
