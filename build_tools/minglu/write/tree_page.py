"""One tree, unfolded → its page: every state a section, readable and complete without a script."""

from minglu.compile.counts import count_tree
from minglu.engine.contract import CompiledState, CompiledTree
from minglu.write.cases import Cases, outcome_states
from minglu.write.html import NOTHING, UNSEARCHED, Html, element, joined, page_html, without_fences
from minglu.write.links import Pen
from minglu.write.markdown_source import front_matter
from minglu.write.outcome_section import outcome_section
from minglu.write.question_section import question_section
from minglu.write.unsure_section import PossiblePlaces, ends_ahead, possible_places, unsure_section
from minglu.write.words import page_words


def tree_page(tree: CompiledTree, pen: Pen) -> str:
    """A Markdown source whose body is one block of HTML, which Markdown keeps untouched."""
    head = element("h1", pen.bare(tree.title)) + element("p", page_words("tree.as-of", day=tree.as_of))
    sections = joined(tree_sections(tree, pen), "\n")
    walk = element("tree-walk", sections, tree=tree.tree, version=tree.version, title=tree.title)
    other = element("a", page_words("tree.other"), href=f"{pen.up}index.html")
    link = element("a", page_words("tree.proof"), href=f"{pen.up}maps/{tree.tree}.html", data_map=True)
    proof = NOTHING if "maps" in pen.without else page_html("tree.foot-proof", link=link)
    foot = page_html("tree.foot", paths=count_tree(tree).paths, proof=proof, day=tree.as_of)
    content = (
        element("header", head, cls="tree-head")
        + walk
        + element("p", other, cls="back", **UNSEARCHED)
        + element("p", foot, cls="foot", **UNSEARCHED)
    )
    matter = front_matter(
        title=tree.title, description=tree.summary, hide=("navigation", "toc"), boost=2, tags=tree.search
    )
    return f"{matter}{without_fences(element('div', content, cls='minglu tree'))}\n"


def tree_sections(tree: CompiledTree, pen: Pen) -> list[Html]:
    """Every question state and what follows where a reader is unsure there, then every outcome."""
    ahead = ends_ahead(tree)
    asking = [state for state in tree.states.values() if state.to]
    unsure: dict[tuple[str, PossiblePlaces], list[CompiledState]] = {}
    for state in asking:
        unsure.setdefault((state.node, possible_places(tree, ahead, state)), []).append(state)
    to = {state.id: f"{states[0].id}-unsure" for states in unsure.values() for state in states}
    written: list[Html] = []
    seen: set[str] = set()
    for state in asking:
        written.append(question_section(state, tree, pen, unsure=to[state.id], found_by_search=state.node not in seen))
        seen.add(state.node)
    written += [unsure_section(to[states[0].id], states, ends, tree, pen) for (_, ends), states in unsure.items()]
    return written + [outcome_section(Cases(states), tree, pen) for states in outcome_states(tree).values()]
