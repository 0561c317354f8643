"""A compiled tree → its nodes and what leads from one to another, states of one node made one: what a picture of it shows."""

from dataclasses import dataclass

from minglu.engine.contract import Arrival, CompiledEdge, CompiledTree, edges_of
from minglu.engine.labels import answer_label, answers_label, standing_label


@dataclass(frozen=True)
class Node:
    """`id` is a question, an outcome or `tree/<id>`; `says` is plain text; `page` and `state` are where it is read; `standing` is an outcome's."""

    id: str
    kind: str  # question | outcome | tree
    says: str
    page: str
    state: str
    standing: str = ""

    @property
    def word(self) -> str:
        """What it is, in a word."""
        return {
            "question": "问题",
            "outcome": standing_label(self.standing) if self.standing else "",
            "tree": "接着走",
        }[self.kind]


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

    nodes: dict[str, Node]
    links: tuple[Link, ...]

    def leaving(self, id: str) -> list[Link]:
        return [link for link in self.links if link.source == id]


def tree_graph(tree: CompiledTree) -> Graph:
    nodes: dict[str, Node] = {}
    leads: dict[str, dict[str, set[str]]] = {}
    for state in tree.states.values():
        nodes.setdefault(state.node, node_of(state.node, state.id, tree))
        for edge in edges_of(tree, state):
            if isinstance(edge.to, Arrival):
                nodes.setdefault(
                    f"tree/{edge.to.tree}",
                    Node(
                        f"tree/{edge.to.tree}",
                        "tree",
                        tree.others[edge.to.tree].title,
                        f"trees/{edge.to.tree}.html",
                        edge.to.state,
                    ),
                )
            leads.setdefault(state.node, {}).setdefault(node_after(edge, tree), set()).update(edge.answers)
    links = [link_of(id, target, leads, tree) for id in nodes if id in leads for target in leads[id]]
    order = {id: tree.questions[id].answer_ids() for id in leads}
    return Graph(
        nodes,
        tuple(
            sorted(links, key=lambda link: (list(nodes).index(link.source), order[link.source].index(link.answers[0])))
        ),
    )


def node_of(id: str, state: str, tree: CompiledTree) -> Node:
    page = f"trees/{tree.tree}.html"
    if id in tree.questions:
        return Node(id, "question", tree.questions[id].ask, page, state)
    return Node(id, "outcome", tree.outcomes[id].title, page, state, tree.outcomes[id].standing)


def node_after(edge: CompiledEdge, tree: CompiledTree) -> str:
    return f"tree/{edge.to.tree}" if isinstance(edge.to, Arrival) else tree.states[edge.to].node


def link_of(source: str, target: str, leads: dict[str, dict[str, set[str]]], tree: CompiledTree) -> Link:
    answers = tuple(id for id in tree.questions[source].answer_ids() if id in leads[source][target])
    elsewhere = set().union(*(ids for other, ids in leads[source].items() if other != target))
    return Link(source, target, answers, bool(elsewhere & {*answers}))


def link_words(link: Link, tree: CompiledTree) -> str:
    """The answers in words; adjacent ranges are told as the range they make."""
    question = tree.questions[link.source]
    if question.kind == "choice":
        return "、".join(answer_label(question, id) for id in link.answers)
    ids = question.answer_ids()
    runs: list[list[str]] = []
    for id in link.answers:
        if runs and ids.index(id) == ids.index(runs[-1][-1]) + 1:
            runs[-1].append(id)
        else:
            runs.append([id])
    return "、".join(answers_label(question, run) for run in runs)
