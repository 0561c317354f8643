"""Channels, evidence and mistakes → one page each, every entry with an address and with what uses it."""

from collections.abc import Callable, Iterable

from minglu.resolve.model import Channel, Evidence, Mistake
from minglu.write.html import Html, element
from minglu.write.links import Pen
from minglu.write.source import block, front_matter, heading
from minglu.write.statement_html import statement_list

PARTS = {
    "can": "能办到什么",
    "cannot": "办不到什么",
    "conditions": "要满足什么、带什么",
    "time": "要多久",
    "cost": "要多少钱",
    "where": "去哪里",
    "if_fails": "不成怎么办",
}


def channels_page(pen: Pen) -> str:
    description = "协商、平台、消协、12315、仲裁、法院：各能办到什么，要多久，要多少钱"
    intro = "从上往下是一般的先后，不是法律规定的顺序。"
    return page(
        "找谁",
        description,
        intro,
        pen.site.library.channels.values(),
        channel,
        pen,
        ("消协", "12315", "多少钱", "起诉", "小额诉讼", "支付令"),
    )


def evidence_page(pen: Pen) -> str:
    description = "订单、签收、故障视频、聊天记录：各能证明什么，怎么取得，怎么保存"
    return page(
        "留证据",
        description,
        "每一样能证明什么，怎么取得，怎么保存。",
        pen.site.library.evidence.values(),
        evidence,
        pen,
    )


def mistakes_page(pen: Pen) -> str:
    description = "买家和商家都常说错的话，条文到底怎么说，换成怎么说"
    return page("常见的错", description, description + "。", pen.site.library.mistakes.values(), mistake, pen)


def page(
    title: str, description: str, intro: str, entries: Iterable, body: Callable, pen: Pen, words: tuple[str, ...] = ()
) -> str:
    parts = [heading(1, title), intro]
    for entry in entries:
        parts += [heading(2, entry.title, entry.id), block(body(entry, pen))]
    return front_matter(title, description, words=words) + "\n\n".join(parts) + "\n"


def channel(one: Channel, pen: Pen) -> Html:
    short = element("p", pen.line(one.short), cls="lead")
    parts = [folded(title, getattr(one, name), pen, open=name == "can") for name, title in PARTS.items()]
    return short + pen.text(one.who) + "".join(parts) + pen.used_by(pen.site.pointing.places_of("channels", one.id))


def folded(title: str, said, pen: Pen, *, open: bool) -> Html:
    return (
        element("details", element("summary", title) + statement_list(said, pen), cls="part", open=open) if said else ""
    )


def evidence(one: Evidence, pen: Pen) -> Html:
    proves = element("p", f"<b>证明：</b>{pen.line(one.proves)}", cls="lead")
    return (
        proves
        + pen.text(one.how)
        + statement_list(one.grounds, pen)
        + pen.used_by(pen.site.pointing.places_of("evidence", one.id))
    )


def mistake(one: Mistake, pen: Pen) -> Html:
    said = element("p", pen.line(one.said), cls="lead")
    instead = element("p", f"<b>换成这样：</b>{pen.line(one.instead)}", cls="why")
    return (
        said + statement_list(one.right, pen) + instead + pen.used_by(pen.site.pointing.places_of("mistakes", one.id))
    )
