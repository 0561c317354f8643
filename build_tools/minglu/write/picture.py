"""The nodes of a tree → an SVG for a page: each node a link, colours from the page's own CSS, for light and dark."""

import re
import unicodedata
from dataclasses import dataclass

from minglu.engine.contract import CompiledTree
from minglu.write.graph import Graph, GraphNode, Link, link_words
from minglu.write.html import NOTHING, Html, element, joined, plain_text
from minglu.write.layout import Box, Layout, Line, Rect, layout
from minglu.write.links import Pen
from minglu.write.words import page_words

COLUMN = 7  # pixels; a Chinese character takes two columns
WORDS_HEIGHT, LABEL_HEIGHT, LABEL_COLUMN = 20, 16, 6
ACROSS, DOWN = 14, 8  # free space inside a box
BOX_COLUMNS, LABEL_COLUMNS, LABEL_LINES = 20, 16, 3
LINK = "xlink:href"
"""The old name: the theme's script takes whatever has an `href` for HTML, and stops there."""

FIRST_QUESTION = "first-question"
TOKEN = re.compile(r"[（《「“‘『【]*(?:[!-~]+|[^!-~])[）》」”’』】，。、；：？！…·]*")
"""What stays on one line: a word or number, or a character, with the marks that may not begin or end a line."""


@dataclass(frozen=True)
class DrawnNode:
    """A node with its text, plain, and the lines that stand in its box."""

    node: GraphNode
    says: str
    lines: list[str]


@dataclass(frozen=True)
class DrawnLink:
    """A link with all its answers, plain, and the lines of its label."""

    link: Link
    answers: str
    label: list[str]


def tree_picture(graph: Graph, tree: CompiledTree, pen: Pen) -> Html:
    """Screen readers skip the lines: they have the nodes as links, and the outline."""
    nodes = {id: drawn_node(node, pen) for id, node in graph.nodes.items()}
    links = [drawn_link(link, tree, pen) for link in graph.links]
    placed = layout([box_of(node) for node in nodes.values()], [line_of_link(link) for link in links])
    edges = joined(edge_html(link, placed, index) for index, link in enumerate(links))
    order = sorted(graph.nodes, key=lambda id: (placed.boxes[id].y, placed.boxes[id].x))
    boxes = joined(box_html(nodes[id], placed.boxes[id], pen, first=id == order[0]) for id in order)
    title = page_words("picture.title", title=unmarked(tree.title, pen))
    about = page_words("picture.about", count=len(order))
    return element(
        "svg",
        element("title", title, id="picture-title")
        + element("desc", about, id="picture-about")
        + element("g", edges, aria_hidden="true")
        + boxes,
        viewBox=f"0 0 {placed.width} {placed.height}",
        width=str(placed.width),
        height=str(placed.height),
        role="group",
        aria_labelledby="picture-title",
        aria_describedby="picture-about",
    )


def drawn_node(node: GraphNode, pen: Pen) -> DrawnNode:
    """In the box of an end its kind comes first, in a line of its own."""
    says = unmarked(node.says, pen)
    lines = wrapped(says, BOX_COLUMNS)
    return DrawnNode(node, says, lines if node.kind == "question" else [node.word, *lines])


def drawn_link(link: Link, tree: CompiledTree, pen: Pen) -> DrawnLink:
    answers = unmarked(link_words(link, tree), pen)
    return DrawnLink(link, answers, label_lines(link, answers, tree))


def box_of(drawn: DrawnNode) -> Box:
    width = ACROSS * 2 + COLUMN * max(columns(line) for line in drawn.lines)
    return Box(drawn.node.id, width, DOWN * 2 + WORDS_HEIGHT * len(drawn.lines))


def line_of_link(drawn: DrawnLink) -> Line:
    width = 8 + LABEL_COLUMN * max(columns(line) for line in drawn.label)
    return Line(drawn.link.source, drawn.link.target, width, LABEL_HEIGHT * len(drawn.label))


def box_html(drawn: DrawnNode, at: Rect, pen: Pen, *, first: bool) -> Html:
    node = drawn.node
    spans = joined(
        element(
            "tspan",
            line,
            x=str(at.middle),
            dy=str(WORDS_HEIGHT) if number else None,
            cls="word" if node.kind != "question" and not number else None,
        )
        for number, line in enumerate(drawn.lines)
    )
    kind = page_words("picture.first") if first else node.word
    return element(
        "a",
        rect_html(at, radius=10) + element("text", spans, x=str(at.middle), y=str(at.y + DOWN + 15)),
        id=FIRST_QUESTION if first else None,
        **{LINK: f"{pen.up}{node.page}#{node.state}"},
        cls=f"node {node.kind} {node.standing}".rstrip(),
        data_node=node.id,
        aria_label=page_words("picture.node", kind=kind, says=drawn.says),
    )


def edge_html(drawn: DrawnLink, placed: Layout, index: int) -> Html:
    """Where the label does not hold all answers, they are its tooltip."""
    link, at = drawn.link, placed.labels[index]
    spans = joined(
        element("tspan", line, x=str(at.middle), dy=str(LABEL_HEIGHT) if number else None)
        for number, line in enumerate(drawn.label)
    )
    whole = "".join(drawn.label).replace(" ", "") == drawn.answers.replace(" ", "")
    tooltip = NOTHING if whole else element("title", drawn.answers)
    return element(
        "g",
        tooltip
        + element("path", d=route_curve(placed.routes[index]))
        + rect_html(at, radius=4)
        + element("text", spans, x=str(at.middle), y=str(at.y + 12)),
        cls="edge depends" if link.depends else "edge",
        data_from=link.source,
        data_to=link.target,
    )


def rect_html(at: Rect, *, radius: int) -> Html:
    return element("rect", x=str(at.x), y=str(at.y), width=str(at.width), height=str(at.height), rx=str(radius))


def route_curve(route: tuple[tuple[int, int, int], ...]) -> str:
    """Straight down through each place, in one smooth bend from place to place."""
    (x, _, y), *rest = route
    path = f"M{x} {route[0][1]}" + (f"V{y}" if y != route[0][1] else "")
    for to, top, bottom in rest:
        half = (y + top) // 2
        path += f"C{x} {half} {to} {half} {to} {top}" if to != x else f"V{top}"
        path += f"V{bottom}" if bottom != top else ""
        x, y = to, bottom
    return re.sub(r"(?:V\d+)+(V\d+)", r"\1", path)


# ---- text


def unmarked(text: str, pen: Pen) -> str:
    """Without the marks of Markdown."""
    return plain_text(pen.bare(text))


def label_lines(link: Link, answers: str, tree: CompiledTree) -> list[str]:
    """All answers, where they fit; else how many there are, or the beginning of the only one."""
    whole = wrapped(answers, LABEL_COLUMNS)
    if len(whole) <= LABEL_LINES:
        return whole
    if len(link.answers) == len(tree.questions[link.source].answers) and not link.depends:
        return [page_words("picture.any-answer")]
    if len(link.answers) > 1:
        return [page_words("picture.answers", count=len(link.answers))]
    *before, last = filled_lines(answers, LABEL_COLUMNS)[:LABEL_LINES]
    while columns(last) > LABEL_COLUMNS - 2:
        last = last[:-1]
    return [*before, last.rstrip("，、；：") + "…"]


def columns(text: str) -> int:
    """Two for a wide character, and for those marks (“…”) that Chinese fonts make wide."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def wrapped(text: str, most: int) -> list[str]:
    """The fewest lines, and then as even as can be."""
    lines = filled_lines(text, most)
    even = -(-columns(text) // len(lines))
    return next(
        (narrow for width in range(even, most) if len(narrow := filled_lines(text, width)) == len(lines)), lines
    )


def filled_lines(text: str, most: int) -> list[str]:
    """Lines of at most so many columns; only a single word may be longer."""
    lines, wide = [""], 0
    for token in TOKEN.findall(" ".join(text.split())):
        own = columns(token)
        if lines[-1] and wide + own > most:
            lines.append("")
            wide = 0
        if lines[-1] or token != " ":
            lines[-1] += token
            wide += own
    return [line.rstrip() for line in lines]
