"""The nodes of a tree → an SVG to stand in a page: each node a link, colours from the page's own CSS, for light and dark."""

import re
import unicodedata
from html import escape, unescape

from minglu.engine.contract import CompiledTree
from minglu.write.graph import Graph, Link, Node, link_words
from minglu.write.html import Html, element, plain
from minglu.write.layout import Box, Layout, Line, Rect, layout
from minglu.write.links import Pen

COLUMN = 7  # pixels; a Chinese character takes two columns
WORDS_HEIGHT, LABEL_HEIGHT, LABEL_COLUMN = 20, 16, 6
ACROSS, DOWN = 14, 8  # free space inside a box
BOX_COLUMNS, LABEL_COLUMNS, LABEL_LINES = 20, 16, 3
LINK = "xlink:href"
"""The old name: the theme's script takes whatever has an `href` for HTML, and stops there."""

FIRST = "first-question"
TOKEN = re.compile(r"[（《「“‘『【]*(?:[!-~]+|[^!-~])[）》」”’』】，。、；：？！…·]*")
"""What stays on one line: a word or number, or a character, with the marks that may not begin or end a line."""


def picture(graph: Graph, tree: CompiledTree, pen: Pen) -> Html:
    """Lines are hidden from those who listen: they have the nodes as links, and the outline."""
    said = {node.id: bare(node.says, pen) for node in graph.nodes.values()}
    lines = {node.id: box_lines(node, said[node.id]) for node in graph.nodes.values()}
    answers = [bare(link_words(link, tree), pen) for link in graph.links]
    labels = [label_lines(link, text, tree) for link, text in zip(graph.links, answers)]
    boxes = [Box(id, box_width(own), DOWN * 2 + WORDS_HEIGHT * len(own)) for id, own in lines.items()]
    placed = layout(
        boxes,
        [
            Line(link.source, link.target, label_width(label), LABEL_HEIGHT * len(label))
            for link, label in zip(graph.links, labels)
        ],
    )
    edges = "".join(
        edge(link, text, label, placed, index)
        for index, (link, text, label) in enumerate(zip(graph.links, answers, labels))
    )
    order = sorted(graph.nodes, key=lambda id: (placed.boxes[id].y, placed.boxes[id].x))
    nodes = "".join(box(graph.nodes[id], said[id], lines[id], placed.boxes[id], id == order[0], pen) for id in order)
    title = element("title", f"{escape(bare(tree.title, pen))}：全图", id="picture-title")
    about = element(
        "desc", f"{len(order)} 个框，从上往下读；每个框是一个链接。同样的内容在下面有文字版。", id="picture-about"
    )
    return element(
        "svg",
        title + about + element("g", edges, aria_hidden="true") + nodes,
        viewBox=f"0 0 {placed.width} {placed.height}",
        width=str(placed.width),
        height=str(placed.height),
        role="group",
        aria_labelledby="picture-title",
        aria_describedby="picture-about",
    )


def box(node: Node, said: str, lines: list[str], at: Rect, first: bool, pen: Pen) -> Html:
    shape = element("rect", x=str(at.x), y=str(at.y), width=str(at.width), height=str(at.height), rx="10")
    spans = "".join(
        element(
            "tspan",
            escape(line, quote=False),
            x=str(at.middle),
            dy=str(WORDS_HEIGHT) if number else None,
            cls="word" if node.kind != "question" and not number else None,
        )
        for number, line in enumerate(lines)
    )
    text = element("text", spans, x=str(at.middle), y=str(at.y + DOWN + 15))
    kind = "第一个问题" if first else node.word
    return element(
        "a",
        shape + text,
        id=FIRST if first else None,
        **{LINK: f"{pen.up}{node.page}#{node.state}"},
        cls=f"node {node.kind} {node.standing}".rstrip(),
        data_node=node.id,
        aria_label=f"{kind}：{said}",
    )


def edge(link: Link, answers: str, label: list[str], placed: Layout, index: int) -> Html:
    """Where the label tells the answers in short, they are its tooltip."""
    at, route = placed.labels[index], placed.routes[index]
    shape = element("path", d=curve(route))
    spans = "".join(
        element("tspan", escape(line, quote=False), x=str(at.middle), dy=str(LABEL_HEIGHT) if number else None)
        for number, line in enumerate(label)
    )
    back = element("rect", x=str(at.x), y=str(at.y), width=str(at.width), height=str(at.height), rx="4")
    text = element("text", spans, x=str(at.middle), y=str(at.y + 12))
    tip = (
        element("title", escape(answers, quote=False))
        if "".join(label).replace(" ", "") != answers.replace(" ", "")
        else ""
    )
    return element(
        "g",
        tip + shape + back + text,
        cls="edge depends" if link.depends else "edge",
        data_from=link.source,
        data_to=link.target,
    )


def curve(route: tuple[tuple[int, int, int], ...]) -> str:
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


def bare(text: str, pen: Pen) -> str:
    """Without the marks of Markdown."""
    return unescape(plain(pen.bare(text)))


def box_lines(node: Node, said: str) -> list[str]:
    """A question's words; of an end its kind first, in a line of its own."""
    lines = wrapped(said, BOX_COLUMNS)
    return lines if node.kind == "question" else [node.word, *lines]


def box_width(lines: list[str]) -> int:
    return ACROSS * 2 + COLUMN * max(columns(line) for line in lines)


def label_lines(link: Link, answers: str, tree: CompiledTree) -> list[str]:
    """All answers, where they fit; else how many there are, or the beginning of the only one."""
    whole = wrapped(answers, LABEL_COLUMNS)
    if len(whole) <= LABEL_LINES:
        return whole
    if len(link.answers) == len(tree.questions[link.source].answers) and not link.depends:
        return ["怎么答都一样"]
    if len(link.answers) > 1:
        return [f"{len(link.answers)} 种回答"]
    *before, last = filled(answers, LABEL_COLUMNS)[:LABEL_LINES]
    while columns(last) > LABEL_COLUMNS - 2:
        last = last[:-1]
    return [*before, last.rstrip("，、；：") + "…"]


def label_width(lines: list[str]) -> int:
    return 8 + LABEL_COLUMN * max(columns(line) for line in lines)


def columns(text: str) -> int:
    """Two for a wide character, and for those marks (“…”) that Chinese fonts make wide."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def wrapped(text: str, most: int) -> list[str]:
    """The fewest lines, and then as even as can be."""
    lines = filled(text, most)
    even = -(-columns(text) // len(lines))
    return next((narrow for width in range(even, most) if len(narrow := filled(text, width)) == len(lines)), lines)


def filled(text: str, most: int) -> list[str]:
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
