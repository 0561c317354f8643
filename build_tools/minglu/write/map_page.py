"""A compiled tree → its page of proof: the picture of the whole, the same in words, and the certificate."""

from minglu.engine.contract import CompiledTree
from minglu.write.certificate import Certificate, certificate_html
from minglu.write.graph import tree_graph
from minglu.write.graph_outline import outline
from minglu.write.html import UNSEARCHED, Html, element
from minglu.write.links import Pen
from minglu.write.picture import FIRST, picture
from minglu.write.source import front_matter

LEGEND = "从上往下读，点一个框就去那里。{dashes}写不下的回答，文字版里有。"
DASHES = "虚线：走不走这条，要看前面的回答。"


def map_page(tree: CompiledTree, certificate: Certificate, pen: Pen) -> str:
    """A Markdown source whose body is one block of HTML, as a tree's page is."""
    nodes = tree_graph(tree)
    ways = (
        ("一步步走", f"{pen.up}trees/{tree.tree}.html"),
        ("图", f"#{FIRST}"),
        ("文字版", "#words"),
        ("证明", "#proof"),
    )
    jumps = element("p", " · ".join(element("a", words, href=href) for words, href in ways), cls="back")
    legend = LEGEND.format(dashes=DASHES if any(link.depends for link in nodes.links) else "")
    drawing = element(
        "div", picture(nodes, tree, pen), cls="map", tabindex="0", role="region", aria_label=f"全图：{tree.title}"
    )
    content = (
        element("h1", f"全图：{pen.bare(tree.title)}")
        + jumps
        + element("p", legend, cls="soft", id="legend")
        + drawing
        + part("文字版", "words", outline(nodes, tree, pen))
        + part("证明", "proof", certificate_html(certificate, pen))
    )
    body = element(
        "div", element("tree-map", content, tree=tree.tree, version=certificate.version), cls="minglu", **UNSEARCHED
    )
    return (
        front_matter(
            f"全图：{tree.title}",
            f"{tree.title}：所有问题、回答和结论在一张图上，以及查过什么",
            hide=("navigation", "toc"),
            found=0.3,
        )
        + body
        + "\n"
    )


def part(title: str, anchor: str, content: Html) -> Html:
    return element("section", element("h2", title, id=anchor, **UNSEARCHED) + content, **UNSEARCHED)
