"""The nodes of a tree → the same as its picture in words: a nested list of questions, answers and where they lead."""

from minglu.engine.contract import CompiledTree
from minglu.write.graph import Graph, GraphNode, Link, link_words
from minglu.write.html import NOTHING, Html, element, joined
from minglu.write.links import Pen
from minglu.write.words import page_words


def graph_outline(graph: Graph, tree: CompiledTree, pen: Pen) -> Html:
    """Each node is written out where it is met first; after that its name leads there."""
    written: set[str] = set()

    def node_html(id: str) -> Html:
        at = graph.nodes[id]
        if id in written:
            link = element("a", pen.bare(at.says), href=f"#{outline_anchor(at)}")
            return link + element("small", page_words("outline.see-above"))
        written.add(id)
        answers = joined(element("li", answer_html(link)) for link in graph.leaving(id))
        link = element("a", pen.bare(at.says), href=f"{pen.up}{at.page}#{at.state}")
        node = element("span", link + end_mark(at), id=outline_anchor(at), cls="node", data_node=id)
        return node + (element("ul", answers) if answers else NOTHING)

    def answer_html(link: Link) -> Html:
        depends = element("small", page_words("outline.depends")) if link.depends else NOTHING
        words = pen.bare(link_words(link, tree)) + depends + " → "
        return element("span", words, cls="answer") + node_html(link.target)

    return element("ul", element("li", node_html(next(iter(graph.nodes)))), cls="outline")


def end_mark(node: GraphNode) -> Html:
    """What an end is; a question is known by its question mark."""
    if node.kind == "question":
        return NOTHING
    return element("span", node.word, cls=f"standing {node.standing}" if node.standing else "tag")


def outline_anchor(node: GraphNode) -> str:
    return "in-words-" + node.id.replace("/", "-")
