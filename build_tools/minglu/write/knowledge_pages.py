"""Channels, evidence and mistakes → one page each, every entry with an address and with what uses it."""

from collections.abc import Callable, Iterable

from minglu.resolve.model import Channel, Evidence, Mistake, Statement
from minglu.write.html import Html, bold, element
from minglu.write.links import Pen
from minglu.write.markdown_source import front_matter, html_block, markdown_heading, markdown_page
from minglu.write.statement_html import statement_list
from minglu.write.words import page_words


def channels_page(pen: Pen) -> str:
    tags = tuple(page_words("channels.search").split())
    return knowledge_page("channels", pen.site.library.channels.values(), channel_entry, pen, tags)


def evidence_page(pen: Pen) -> str:
    return knowledge_page("evidence", pen.site.library.evidence.values(), evidence_entry, pen)


def mistakes_page(pen: Pen) -> str:
    return knowledge_page("mistakes", pen.site.library.mistakes.values(), mistake_entry, pen)


def knowledge_page[Entry: (Channel, Evidence, Mistake)](
    name: str, entries: Iterable[Entry], body: Callable[[Entry, Pen], Html], pen: Pen, tags: tuple[str, ...] = ()
) -> str:
    """`name` is that of the page, and in the catalogue."""
    title = page_words(f"{name}.title")
    parts = [markdown_heading(1, title), page_words(f"{name}.intro")]
    for entry in entries:
        used = pen.used_by(pen.site.using_places.get((name, entry.id), []))
        parts += [markdown_heading(2, entry.title, entry.id), html_block(body(entry, pen) + used)]
    return markdown_page(front_matter(title=title, description=page_words(f"{name}.about"), tags=tags), parts)


def channel_entry(one: Channel, pen: Pen) -> Html:
    parts = {
        "can": one.can,
        "cannot": one.cannot,
        "conditions": one.conditions,
        "time": one.time,
        "cost": one.cost,
        "where": one.where,
        "if_fails": one.if_fails,
    }
    folded = [channel_part(name, says, pen) for name, says in parts.items() if says]
    return element("p", pen.line(one.short), cls="lead") + pen.text(one.who) + "".join(folded)


def channel_part(name: str, says: tuple[Statement, ...], pen: Pen) -> Html:
    title = element("summary", page_words(f"channels.{name}"))
    return element("details", title + statement_list(says, pen), cls="part", open=name == "can")


def evidence_entry(one: Evidence, pen: Pen) -> Html:
    proves = element("p", bold(page_words("evidence.proves")) + pen.line(one.proves), cls="lead")
    return proves + pen.text(one.how) + statement_list(one.grounds, pen)


def mistake_entry(one: Mistake, pen: Pen) -> Html:
    said = element("p", pen.line(one.said), cls="lead")
    instead = element("p", bold(page_words("mistakes.instead")) + pen.line(one.instead), cls="why")
    return said + statement_list(one.right, pen) + instead
