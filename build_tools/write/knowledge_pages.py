"""Channels, evidence and mistakes → one page each, every entry with an address and with what uses it."""

from collections.abc import Iterable

from build_tools.resolve.model import Channel, Evidence, Mistake, Statement
from build_tools.write.html import Html, element, listed
from build_tools.write.links import Pen
from build_tools.write.site import Place
from build_tools.write.statements import statements
from build_tools.write.tree_page import front_matter

PARTS = {"can": "能办到", "cannot": "办不到", "conditions": "要满足什么、带什么", "time": "多久", "cost": "多少钱", "where": "去哪里", "if_fails": "不成怎么办"}
MANY = 4


def channels_page(pen: Pen) -> str:
    intro = "从上往下是一般的先后，不是法律规定的顺序。每一条后面写着依据；点条文能看它说什么。"
    return page("找谁", "协商、平台、消协、12315、仲裁、法院：各能办到什么，多久，多少钱", intro, pen.site.project.library.channels.values(), channel_body, pen)


def evidence_page(pen: Pen) -> str:
    intro = "每一样能证明什么，怎么取得，怎么保存。"
    return page("留证据", "订单、签收、故障视频、聊天记录：各能证明什么，怎么取得，怎么保存", intro, pen.site.project.library.evidence.values(), evidence_body, pen)


def mistakes_page(pen: Pen) -> str:
    intro = "买家和商家都常说错的话，条文到底怎么说，换成怎么说。"
    return page("常见的错", "买家和商家都常说错的话，条文到底怎么说", intro, pen.site.project.library.mistakes.values(), mistake_body, pen)


def page(title: str, description: str, intro: str, entries: Iterable, body, pen: Pen) -> str:
    from build_tools.write.law_pages import block, marked

    parts = [f"# {title}", intro]
    for entry in entries:
        parts.append(f"## {marked(entry.title)} {{#{entry.id}}}")
        parts.append(block(body(entry, pen)))
    return front_matter(title, description, hide=("navigation",)) + "\n\n".join(parts) + "\n"
