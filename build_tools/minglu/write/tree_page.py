"""One tree, unfolded → its page: every state a section, readable and complete without a script."""

from minglu.compile.counts import count_tree
from minglu.engine.contract import CompiledState, CompiledTree
from minglu.write.cases import Cases, outcome_states
from minglu.write.html import UNSEARCHED, Html, element
from minglu.write.links import Pen
from minglu.write.outcome import outcome_section
from minglu.write.question import question_section
from minglu.write.several import ends_ahead, several_section, still_possible
from minglu.write.source import front_matter


def tree_page(tree: CompiledTree, pen: Pen) -> str:
    """A Markdown source whose body is one block of HTML: a block-level element around all, as Markdown keeps those untouched."""
    head = element("h1", pen.bare(tree.title)) + element("p", f"法律截至 {tree.as_of}")
    walk = element("tree-walk", "\n".join(sections(tree, pen)), tree=tree.tree, version=tree.version, title=tree.title)
    home = element("p", element("a", "换一种情况", href=f"{pen.up}index.html"), cls="back", **UNSEARCHED)
    link = element("a", "全图与证明", href=f"{pen.up}maps/{tree.tree}.html", data_map=True)
    proof = "" if "maps" in pen.without else f" · {link}"
    foot = element(
        "p",
        f"已证明：{count_tree(tree).paths} 种走法都有结论，且只有一个{proof}。法律截至 {tree.as_of}，仅供参考，不是法律意见。",
        cls="foot",
        **UNSEARCHED,
    )
    body = element("div", element("header", head, cls="tree-head") + walk + home + foot, cls="minglu tree")
    return front_matter(tree.title, tree.summary, hide=("navigation", "toc"), found=2, words=tree.search) + body + "\n"


def sections(tree: CompiledTree, pen: Pen) -> list[Html]:
    """Every question state and what follows where a reader is unsure there, then every outcome."""
    ahead = ends_ahead(tree)
    asking = [state for state in tree.states.values() if state.to]
    unsure: dict[tuple, list[CompiledState]] = {}
    for state in asking:
        unsure.setdefault((state.node, still_possible(tree, ahead, state)), []).append(state)
    to = {state.id: f"{states[0].id}-unsure" for states in unsure.values() for state in states}
    written, seen = [], set()
    for state in asking:
        written.append(question_section(state, tree, pen, unsure=to[state.id], found_by_search=state.node not in seen))
        seen.add(state.node)
    written += [several_section(to[states[0].id], states, ends, tree, pen) for (_, ends), states in unsure.items()]
    return written + [outcome_section(Cases(states), tree, pen) for states in outcome_states(tree).values()]
