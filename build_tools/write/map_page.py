"""One tree, unfolded → its page of proof: the picture of the whole, the same in words, and the certificate."""

from build_tools.unfold.model import Unfolded
from build_tools.write.certificate import in_words
from build_tools.write.graph import graph
from build_tools.write.html import UNSEARCHED, Html, element
from build_tools.write.links import Pen
from build_tools.write.outline import outline
from build_tools.write.picture import FIRST, picture
from build_tools.write.source import front_matter

LEGEND = "从上往下读，点一个框就去那里。虚线：走不走这条，还要看前面的回答。"


def map_page(one: Unfolded, certificate: dict, pen: Pen) -> str:
    """A Markdown source whose body is one block of HTML, as a tree's page is."""
    tree, nodes = one.tree, graph(one, pen.site)
    back = element("p", element("a", f"走一走“{pen.bare(tree.title)}”", href=f"{pen.up}trees/{tree.id}.html"), cls="back")
    jumps = element("p", "这一页：" + " · ".join(element("a", words, href=f"#{anchor}") for words, anchor in (("图", FIRST), ("文字版", "words"), ("证明", "proof"))), cls="back")
    drawing = element("div", picture(nodes, one, pen), cls="map", tabindex="0", role="region", aria_label=f"全图：{tree.title}")
    content = (
        element("h1", f"全图：{pen.bare(tree.title)}")
        + back
        + jumps
        + element("p", LEGEND, cls="soft", id="legend")
        + drawing
        + part("文字版", "words", outline(nodes, one, pen))
        + part("证明", "proof", in_words(certificate, pen))
    )
    body = element("div", element("tree-map", content, tree=tree.id, version=certificate["version"]), cls="minglu", **UNSEARCHED)
    return front_matter(f"全图：{tree.title}", f"{tree.title}：所有问题、回答和结论在一张图上，以及查过什么", hide=("navigation", "toc"), found=0.3) + body + "\n"


def part(title: str, anchor: str, content: Html) -> Html:
    return element("section", element("h2", title, id=anchor, **UNSEARCHED) + content, **UNSEARCHED)
