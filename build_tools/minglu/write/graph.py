"""A compiled tree → its nodes and what leads from one to another, the states of a node made one, for its picture."""

from dataclasses import dataclass

from minglu.engine.contract import Arrival, CompiledEdge, CompiledTree, edges_of
from minglu.engine.labels import answer_label, answers_label, standing_label
from minglu.write.words import page_words


@dataclass(frozen=True, kw_only=True)
class GraphNode:
    """`id` is a question, an outcome or `tree/<id>`; `says` is plain text; `page` and `state` are where a reader finds
    it; `standing` is an outcome's.
    """

    id: str
    kind: str  # question | outcome | tree
    says: str
    page: str
    state: str
    standing: str = ""

    @property
    def word(self) -> str:
        """What it is, in a word."""
        return standing_label(self.standing) if self.kind == "outcome" else page_words(f"graph.{self.kind}")


@dataclass(frozen=True)
class Link:
    """All answers of `source` that lead to `target`. `depends`: some of them lead elsewhere for other readers."""

    source: str
    target: str
    answers: tuple[str, ...]
    depends: bool


@dataclass(frozen=True)
class Graph:
    """`nodes` in the order in which a reader can first meet them; `links` in the order of nodes and answers."""

    nodes: dict[str, GraphNode]
    links: tuple[Link, ...]

    def leaving(self, id: str) -> list[Link]:
        return [link for link in self.links if link.source == id]


Leads = dict[str, dict[str, set[str]]]
"""Question → target → the answers that lead there."""


def tree_graph(tree: CompiledTree) -> Graph:
    nodes: dict[str, GraphNode] = {}
    leads: Leads = {}
    for state in tree.states.values():
        nodes.setdefault(state.node, node_of(state.node, tree, state=state.id))
        for edge in edges_of(tree, state):
            target = node_after(edge, tree)
            if isinstance(edge.to, Arrival):
                nodes.setdefault(target, other_tree_node(edge.to, tree))
            leads.setdefault(state.node, {}).setdefault(target, set()).update(edge.answers)
    links = [link_of(leads, tree, source=id, target=target) for id in nodes if id in leads for target in leads[id]]
    places = {id: number for number, id in enumerate(nodes)}
    order = {id: tree.questions[id].answer_ids() for id in leads}
    links.sort(key=lambda link: (places[link.source], order[link.source].index(link.answers[0])))
    return Graph(nodes, tuple(links))


def node_of(id: str, tree: CompiledTree, *, state: str) -> GraphNode:
    page = f"trees/{tree.tree}.html"
    if id in tree.questions:
        return GraphNode(id=id, kind="question", says=tree.questions[id].ask, page=page, state=state)
    outcome = tree.outcomes[id]
    return GraphNode(id=id, kind="outcome", says=outcome.title, page=page, state=state, standing=outcome.standing)


def other_tree_node(to: Arrival, tree: CompiledTree) -> GraphNode:
    title = tree.others[to.tree].title
    return GraphNode(id=f"tree/{to.tree}", kind="tree", says=title, page=f"trees/{to.tree}.html", state=to.state)


def node_after(edge: CompiledEdge, tree: CompiledTree) -> str:
    return f"tree/{edge.to.tree}" if isinstance(edge.to, Arrival) else tree.states[edge.to].node


def link_of(leads: Leads, tree: CompiledTree, *, source: str, target: str) -> Link:
    answers = tuple(id for id in tree.questions[source].answer_ids() if id in leads[source][target])
    elsewhere = {id for other, ids in leads[source].items() if other != target for id in ids}
    return Link(source, target, answers, depends=bool(elsewhere & {*answers}))


def link_words(link: Link, tree: CompiledTree) -> str:
    """The answers in words, adjacent ranges as the one range that they make."""
    question = tree.questions[link.source]
    listed = page_words("page.listed")
    if question.kind == "choice":
        return listed.join(answer_label(question, id) for id in link.answers)
    ids = question.answer_ids()
    runs: list[list[str]] = []
    for id in link.answers:
        if runs and ids.index(id) == ids.index(runs[-1][-1]) + 1:
            runs[-1].append(id)
        else:
            runs.append([id])
    return listed.join(answers_label(question, run) for run in runs)
