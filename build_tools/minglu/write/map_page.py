"""A compiled tree → its page of proof: the picture of the whole, the same in words, and the certificate."""

from minglu.engine.contract import CompiledTree
from minglu.write.certificate import Certificate, certificate_html
from minglu.write.graph import tree_graph
from minglu.write.graph_outline import graph_outline
from minglu.write.html import UNSEARCHED, Html, element, joined, page_html, void_element, without_fences
from minglu.write.links import Pen
from minglu.write.markdown_source import front_matter
from minglu.write.picture import FIRST_QUESTION, tree_picture
from minglu.write.widget import FOLDER
from minglu.write.words import page_words


def map_page(tree: CompiledTree, certificate: Certificate, pen: Pen, *, style: str) -> str:
    """A Markdown source whose body is one block of HTML, as a tree's page is. `style` names the file of MAP_STYLE."""
    graph = tree_graph(tree)
    jumps = {
        "map.walk": f"{pen.up}trees/{tree.tree}.html",
        "map.picture": f"#{FIRST_QUESTION}",
        "map.outline": "#words",
        "map.proof": "#proof",
    }
    links = joined((element("a", page_words(key), href=href) for key, href in jumps.items()), " · ")
    dashes = page_words("map.legend-dashes") if any(link.depends for link in graph.links) else ""
    title = page_words("map.title", title=tree.title)
    drawing = element("div", tree_picture(graph, tree, pen), cls="map", tabindex="0", role="region", aria_label=title)
    content = (
        void_element("link", rel="stylesheet", href=f"{pen.up}{FOLDER}{style}")
        + element("h1", page_html("map.title", title=pen.bare(tree.title)))
        + element("p", links, cls="back")
        + element("p", page_words("map.legend", dashes=dashes), cls="soft", id="legend")
        + drawing
        + map_section(page_words("map.outline"), graph_outline(graph, tree, pen), anchor="words")
        + map_section(page_words("map.proof"), certificate_html(certificate, pen), anchor="proof")
    )
    page = element("tree-map", content, tree=tree.tree, version=certificate.version)
    about = page_words("map.about", title=tree.title)
    matter = front_matter(title=title, description=about, hide=("navigation", "toc"), boost=0.3)
    return f"{matter}{without_fences(element('div', page, cls='minglu', **UNSEARCHED))}\n"


def map_section(title: str, content: Html, *, anchor: str) -> Html:
    return element("section", element("h2", title, id=anchor, **UNSEARCHED) + content, **UNSEARCHED)
