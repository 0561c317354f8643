"""Channels, evidence and mistakes → one page each, every entry with an address and with what uses it."""

from collections.abc import Callable, Iterable

from minglu.resolve.model import Channel, Evidence, Mistake, Statement
from minglu.write.html import Html, bold, element, joined
from minglu.write.links import Pen
from minglu.write.markdown_source import front_matter, html_block, markdown_heading, markdown_page
from minglu.write.reach import reach_html
from minglu.write.statement_html import statement_list
from minglu.write.words import page_words


def channels_page(pen: Pen) -> str:
    return knowledge_page(
        "channels",
        pen.site.library.channels.values(),
        channel_entry,
        pen,
        title=page_words("channels.title"),
        about=page_words("channels.about"),
        intro=page_words("channels.intro"),
        tags=tuple(page_words("channels.search").split()),
    )


def evidence_page(pen: Pen) -> str:
    return knowledge_page(
        "evidence",
        pen.site.library.evidence.values(),
        evidence_entry,
        pen,
        title=page_words("evidence.title"),
        about=page_words("evidence.about"),
        intro=page_words("evidence.intro"),
    )


def mistakes_page(pen: Pen) -> str:
    return knowledge_page(
        "mistakes",
        pen.site.library.mistakes.values(),
        mistake_entry,
        pen,
        title=page_words("mistakes.title"),
        about=page_words("mistakes.about"),
        intro=page_words("mistakes.intro"),
    )


def knowledge_page[Entry: (Channel, Evidence, Mistake)](
    group: str,
    entries: Iterable[Entry],
    body: Callable[[Entry, Pen], Html],
    pen: Pen,
    *,
    title: str,
    about: str,
    intro: str,
    tags: tuple[str, ...] = (),
) -> str:
    """`group` is the list in which outcomes name these entries."""
    parts = [markdown_heading(1, title), intro]
    for entry in entries:
        used = pen.used_by(pen.site.using_places.get((group, entry.id), []))
        parts += [markdown_heading(2, entry.title, entry.id), html_block(body(entry, pen) + used)]
    return markdown_page(front_matter(title=title, description=about, tags=tags), parts)


def channel_entry(one: Channel, pen: Pen) -> Html:
    parts = {
        "channels.can": one.can,
        "channels.cannot": one.cannot,
        "channels.conditions": one.conditions,
        "channels.time": one.time,
        "channels.cost": one.cost,
        "channels.where": one.where,
        "channels.if_fails": one.if_fails,
    }
    folded = [
        channel_part(page_words(key), says, pen, open=key == "channels.can") for key, says in parts.items() if says
    ]
    return (
        reach_html(one.reach, pen) + element("p", pen.line(one.short), cls="lead") + pen.text(one.who) + joined(folded)
    )


def channel_part(title: str, says: tuple[Statement, ...], pen: Pen, *, open: bool) -> Html:
    return element("details", element("summary", title) + statement_list(says, pen), cls="part", open=open)


def evidence_entry(one: Evidence, pen: Pen) -> Html:
    proves = element("p", bold(page_words("evidence.proves")) + pen.line(one.proves), cls="lead")
    return proves + pen.text(one.how) + statement_list(one.grounds, pen)


def mistake_entry(one: Mistake, pen: Pen) -> Html:
    said = element("p", pen.line(one.said), cls="lead")
    instead = element("p", bold(page_words("mistakes.instead")) + pen.line(one.instead), cls="why")
    return said + statement_list(one.right, pen) + instead
