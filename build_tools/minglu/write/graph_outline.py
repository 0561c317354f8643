"""The nodes of a tree → the same as its picture in words: a nested list of questions, answers and where they lead."""

from minglu.engine.contract import CompiledTree
from minglu.write.graph import Graph, Link, Node, link_words
from minglu.write.html import Html, element
from minglu.write.links import Pen


def outline(graph: Graph, tree: CompiledTree, pen: Pen) -> Html:
    """Each node is written out where it is met first; after that its name leads there."""
    written: set[str] = set()

    def node(id: str) -> Html:
        at = graph.nodes[id]
        if id in written:
            return element("a", pen.bare(at.says), href=f"#{anchor(at)}") + element("small", "（见上）")
        written.add(id)
        answers = "".join(element("li", answer(link)) for link in graph.leaving(id))
        link = element("a", pen.bare(at.says), href=f"{pen.up}{at.page}#{at.state}")
        return element("span", link + mark(at), id=anchor(at), cls="node", data_node=id) + (
            element("ul", answers) if answers else ""
        )

    def answer(link: Link) -> Html:
        depends = element("small", "（看前面的回答）") if link.depends else ""
        return element("span", f"{pen.bare(link_words(link, tree))}{depends} → ", cls="answer") + node(link.target)

    return element("ul", element("li", node(next(iter(graph.nodes)))), cls="outline")


def mark(node: Node) -> Html:
    """What an end is; a question is told by its question mark."""
    return (
        element("span", node.word, cls=f"standing {node.standing}" if node.standing else "tag")
        if node.kind != "question"
        else ""
    )


def anchor(node: Node) -> str:
    return "in-words-" + node.id.replace("/", "-")
