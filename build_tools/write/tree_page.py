"""One tree, unfolded → its page: every state a section, readable and complete without a script."""

from build_tools.unfold.model import Handover, Unfolded
from build_tools.write.html import Html, element
from build_tools.write.links import Pen
from build_tools.write.outcome import outcome_section
from build_tools.write.question import question_section
from build_tools.write.several import ends_ahead, several_section
from build_tools.write.source import front_matter


def tree_page(one: Unfolded, version: str, pen: Pen) -> str:
    """A Markdown source whose body is one block of HTML: a block-level element around all, as Markdown keeps those untouched."""
    tree = one.tree
    head = element("h1", pen.bare(tree.title)) + element("p", f"法律截至 {tree.as_of}")
    walk = element("tree-walk", "\n".join(sections(one, pen)), tree=tree.id, version=version, title=tree.title)
    foot = element("p", f"已证明：{ways_through(one)} 种走法都有结论，且只有一个。法律截至 {tree.as_of}，仅供参考，不是法律意见。", cls="foot")
    body = element("div", element("header", head, cls="tree-head") + walk + foot, cls="minglu tree")
    return front_matter(tree.title, tree.summary, hide=("navigation", "toc")) + body + "\n"


def sections(one: Unfolded, pen: Pen) -> list[Html]:
    ahead, seen, written = ends_ahead(one), set(), []
    for state in one.states.values():
        first = state.node not in seen
        seen.add(state.node)
        if state.node in one.tree.outcomes:
            written.append(outcome_section(state, one, pen, found_by_search=first))
        else:
            written.append(question_section(state, one, pen, found_by_search=first))
            written.append(several_section(state, ahead, one, pen))
    return written


def ways_through(one: Unfolded) -> int:
    """How many different walks there are from the first question to an end, by dynamic programming."""
    ways: dict[str, int] = {}
    for state in reversed(one.states.values()):
        ways[state.id] = sum(1 if isinstance(edge.to, Handover) else ways[edge.to] for edge in state.edges) if state.edges else 1
    return ways[one.start]

