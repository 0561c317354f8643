"""Channels, evidence and mistakes → their pages: lists that can be surveyed on a phone, and a page for each channel.

Every entry has an address and what uses it. What is long is folded under its title; a link to it opens it.
"""

from collections.abc import Iterable, Sequence
from itertools import chain

from minglu.engine.labels import period_label
from minglu.resolve.model import Channel, Clock, Evidence, Mistake, Statement
from minglu.write.html import NOTHING, UNSEARCHED, Html, bold, element, html_list, joined, page_html
from minglu.write.links import Pen
from minglu.write.markdown_source import front_matter, html_block, markdown_heading, markdown_page
from minglu.write.reach import reach_html
from minglu.write.statement_html import statement_html, statement_list
from minglu.write.words import page_words

PARTS = ("can", "cannot", "conditions", "time", "cost", "if_fails")
"""Of a channel, as its page has them after where to go."""


def channels_page(pen: Pen) -> str:
    """All channels, each with what it does and how to reach it. The search finds their own pages instead."""
    return listing(
        [
            (group, [channel_row(one, pen) for one in some])
            for group, some in grouped(pen.site.library.channels.values())
        ],
        title=page_words("channels.title"),
        about=page_words("channels.about"),
        intro=page_words("channels.intro"),
    )


def channel_row(one: Channel, pen: Pen) -> Html:
    link = element("a", pen.bare(one.title), href=f"{pen.up}channels/{one.id}.html")
    title = element("h3", link, id=one.id, **UNSEARCHED)
    return title + element("p", pen.bare(one.short), cls="soft") + reach_html(one.reach, pen)


def channel_page(one: Channel, pen: Pen) -> str:
    """Where to go and how to get there first; the rest folded by what a reader asks."""
    back = element("a", page_words("channels.all"), href=f"{pen.up}channels.html")
    where = [element("h2", page_words("channels.where"), id="where"), reach_html(one.reach, pen), pen.text(one.who)]
    parts = ((key, part_items(one, key, pen)) for key in PARTS)
    content = [
        element("p", back, cls="back"),
        element("p", pen.line(one.short), cls="lead"),
        *where,
        statement_list(one.where, pen) if one.where else NOTHING,
        papers_taken(one, pen),
        *(channel_part(key, items) for key, items in parts if items),
        pen.used_by(pen.site.using_places.get(("channels", one.id), [])),
    ]
    matter = front_matter(title=one.title, description=one.short, hide=("navigation", "toc"), tags=one.search)
    return markdown_page(matter, [markdown_heading(1, one.title), html_block(joined(content))])


def papers_taken(one: Channel, pen: Pen) -> Html:
    """The papers that this channel takes, each with its page."""
    if "papers" in pen.without:
        return NOTHING
    taken = [paper for paper in pen.site.compiled.project.papers.values() if paper.compiled.office == one.id]
    links = [
        element("a", pen.bare(paper.compiled.title), href=f"{pen.up}papers/{paper.compiled.id}.html") for paper in taken
    ]
    return (
        element("p", bold(page_words("channels.papers")) + joined(links, page_words("page.listed")))
        if links
        else NOTHING
    )


def part_items(one: Channel, key: str, pen: Pen) -> list[Html]:
    """How long it takes begins with what the log starts."""
    statements: tuple[Statement, ...] = getattr(one, key)
    clocks = [clock_html(clock, pen) for clock in one.clocks] if key == "time" else []
    return [*clocks, *(statement_html(statement, pen) for statement in statements)]


def clock_html(clock: Clock, pen: Pen) -> Html:
    """What it says tells from which day it is counted."""
    title = page_html("channels.clock", label=bold(pen.line(clock.label)), period=period_label(clock.within))
    return element("p", title) + statement_html(clock, pen)


def channel_part(key: str, items: list[Html]) -> Html:
    title = element("h2", page_words(f"channels.{key}"), id=key)
    return element("details", element("summary", title) + html_list(items, cls="list"), cls="entry")


def evidence_page(pen: Pen) -> str:
    groups = grouped(pen.site.library.evidence.values())
    return listing(
        [(group, [evidence_entry(one, pen) for one in some]) for group, some in groups],
        title=page_words("evidence.title"),
        about=page_words("evidence.about"),
        intro=page_words("evidence.intro"),
    )


def evidence_entry(one: Evidence, pen: Pen) -> Html:
    proves = element("span", page_words("evidence.proves") + pen.bare(one.proves))
    content = pen.text(one.how) + statement_list(one.grounds, pen)
    return entry("evidence", one, content, pen, under_title=proves)


def mistakes_page(pen: Pen) -> str:
    groups = grouped(pen.site.library.mistakes.values())
    return listing(
        [(group, [mistake_entry(one, pen) for one in some]) for group, some in groups],
        title=page_words("mistakes.title"),
        about=page_words("mistakes.about"),
        intro=page_words("mistakes.intro"),
    )


def mistake_entry(one: Mistake, pen: Pen) -> Html:
    said = element("p", pen.line(one.said), cls="lead")
    instead = element("p", bold(page_words("mistakes.instead")) + pen.line(one.instead), cls="why")
    return entry("mistakes", one, said + statement_list(one.right, pen) + instead, pen)


def entry(kind: str, one: Evidence | Mistake, content: Html, pen: Pen, *, under_title: Html = NOTHING) -> Html:
    """Folded under its title. `kind` is the list in which outcomes name such entries."""
    title = element("h3", pen.bare(one.title), id=one.id)
    used = pen.used_by(pen.site.using_places.get((kind, one.id), []))
    return element("details", element("summary", title + under_title) + content + used, cls="entry")


def grouped[Entry: (Channel, Evidence, Mistake)](entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """The entries by group: each goes with those before it unless it begins one. The first may have no name."""
    groups: list[tuple[str, list[Entry]]] = []
    for one in entries:
        if one.group or not groups:
            groups.append((one.group, []))
        groups[-1][1].append(one)
    return groups


def listing(groups: Sequence[tuple[str, list[Html]]], *, title: str, about: str, intro: str) -> str:
    """A page of entries; where they are grouped, with a list of contents on top."""
    named = [(f"group-{number}", name, rows) for number, (name, rows) in enumerate(groups, 1)]
    contents = [group_link(anchor, name, len(rows)) for anchor, name, rows in named if name]
    parts = [
        markdown_heading(1, title),
        intro,
        html_block(html_list(contents, cls="contents", **UNSEARCHED)) if contents else "",
        *chain.from_iterable(
            (markdown_heading(2, name, anchor) if name else "", html_block(html_list(rows, cls="entries")))
            for anchor, name, rows in named
        ),
    ]
    return markdown_page(front_matter(title=title, description=about), parts)


def group_link(anchor: str, name: str, count: int) -> Html:
    return element("a", name + element("span", page_words("page.count", count=count), cls="count"), href=f"#{anchor}")
