"""One tree, unfolded → its page: every state a section, readable and complete without a script.

To a browser with scripts all sections but the first are text that nothing is made of: on the largest page there are
hundreds, and a reader sees one at a time. A browser without scripts finds them in `<noscript>` as part of the document.
"""

from dataclasses import dataclass

from minglu.compile.counts import count_tree
from minglu.engine.contract import CompiledState, CompiledTree
from minglu.engine.report import Shared
from minglu.engine.shared import end_at
from minglu.write.article_gists import articles_section
from minglu.write.cases import Cases, outcome_states
from minglu.write.html import (
    NOTHING,
    UNSEARCHED,
    Html,
    element,
    inline_script,
    joined,
    json_block,
    page_html,
    void_element,
    without_fences,
)
from minglu.write.links import Pen
from minglu.write.markdown_source import front_matter
from minglu.write.outcome_section import outcome_section
from minglu.write.question_section import question_section
from minglu.write.route import tree_route
from minglu.write.unsure_section import (
    PossiblePlaces,
    ends_ahead,
    possible_places,
    shared_ahead,
    shared_html,
    shared_link,
    shared_section,
    unsure_section,
)
from minglu.write.widget import EARLY, FOLDER, RESCUE, inline_source
from minglu.write.words import page_words


def tree_page(tree: CompiledTree, pen: Pen, parts: dict[str, str]) -> str:
    """A Markdown source whose body is one block of HTML, which Markdown keeps untouched. `parts` are the names of the
    files that the page runs with (`page_parts`).
    """
    title = element("h1", pen.bare(tree.title)) + element("p", page_words("tree.as-of", day=tree.as_of))
    home = element("a", page_words("tree.home"), cls="home", href=f"{pen.up}index.html")
    head = home + element("div", title, cls="tree-head")
    other = element("a", page_words("tree.other"), href=f"{pen.up}index.html")
    link = element("a", page_words("tree.proof"), href=f"{pen.up}maps/{tree.tree}.html", data_map=True)
    proof = NOTHING if "maps" in pen.without else page_html("tree.foot-proof", link=link)
    foot = page_html("tree.foot", paths=count_tree(tree).paths, proof=proof, day=tree.as_of)
    content = (
        element("header", head, **UNSEARCHED)
        + tree_walk(tree, pen, parts)
        + element("p", other, cls="back", **UNSEARCHED)
        + element("p", foot, cls="foot", **UNSEARCHED)
    )
    matter = front_matter(
        title=tree.title, description=tree.summary, hide=("navigation", "toc"), boost=2, tags=tree.search
    )
    return f"{matter}{without_fences(element('div', content, cls='minglu tree'))}\n"


def tree_walk(tree: CompiledTree, pen: Pen, parts: dict[str, str]) -> Html:
    """The custom element: what has its scripts on their way at once, the first question, the other sections as
    text, the route, and what loads the script and puts the text back where it does not come.
    """
    unsure = unsure_sections(tree)
    first, *others = tree_sections(tree, unsure, pen)
    to = {state.id: section for section, one in unsure.items() for state in one.states}
    return element(
        "tree-walk",
        void_element("link", rel="preload", **{"as": "script"}, href=f"{pen.up}{FOLDER}{parts['script']}")
        + inline_script(inline_source(EARLY))
        + first
        + element("noscript", joined(others, "\n"))
        + json_block(tree_route(tree, to, pen) | {"parts": parts})
        + inline_script(inline_source(RESCUE)),
        tree=tree.tree,
    )


@dataclass(frozen=True)
class Unsure:
    """A section for those who are unsure at `states` of a question: what is still possible, and what that shares."""

    states: list[CompiledState]
    ends: PossiblePlaces
    shared: Shared


UnsureSections = dict[str, Unsure]
"""By the id of the section."""


def unsure_sections(tree: CompiledTree) -> UnsureSections:
    ahead = ends_ahead(tree)
    grouped: dict[tuple[str, PossiblePlaces], list[CompiledState]] = {}
    for state in asking_states(tree):
        if tree.questions[state.node].kind == "several":
            continue  # all go on the same way
        grouped.setdefault((state.node, possible_places(tree, ahead, state)), []).append(state)
    outcomes = {state.id: end_at(tree, state, None) for state in tree.states.values() if not state.to}
    return {
        f"{states[0].id}-unsure": Unsure(states, ends, shared_ahead(tree, states, ahead, outcomes))
        for (_, ends), states in grouped.items()
    }


def asking_states(tree: CompiledTree) -> list[CompiledState]:
    """Those of one question stand together: they are almost the same text, which gzip sees within 32 kB only."""
    order = {question: number for number, question in enumerate(tree.questions)}
    asking = (state for state in tree.states.values() if state.to)
    return sorted(asking, key=lambda state: (order[state.node], state.id))


def tree_sections(tree: CompiledTree, unsure: UnsureSections, pen: Pen) -> list[Html]:
    """The start, every other question state and what follows where a reader is unsure there, then every outcome, and
    what the articles say.
    """
    to = {state.id: section for section, one in unsure.items() for state in one.states}
    written: list[Html] = []
    seen: set[str] = set()
    for state in sorted(asking_states(tree), key=lambda state: state.id != tree.start):
        written.append(
            question_section(state, tree, pen, unsure=to.get(state.id, ""), found_by_search=state.node not in seen)
        )
        seen.add(state.node)
    shared = {id: shared_html(one.shared, pen) if len(one.ends) > 1 else NOTHING for id, one in unsure.items()}
    names = {html: f"shared-{number}" for number, html in enumerate(filter(None, dict.fromkeys(shared.values())), 1)}
    for id, one in unsure.items():
        link = shared_link(names[shared[id]], one.shared) if shared[id] else NOTHING
        written.append(unsure_section(id, one.states, one.ends, link, tree, pen))
    written += [shared_section(id, html) for html, id in names.items()]
    written += [outcome_section(Cases(states), tree, pen) for states in outcome_states(tree).values()]
    return [*written, *articles_section(tree, pen)]
