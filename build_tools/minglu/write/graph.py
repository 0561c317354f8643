"""Unfolded tree → its nodes and what leads from one to another, states of one node made one: what a picture of it shows."""

from dataclasses import dataclass

from minglu.engine.labels import STANDINGS
from minglu.unfold.model import Edge, Handover, Unfolded
from minglu.write.answers import label
from minglu.write.site import Site


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
        return {"question": "问题", "outcome": STANDINGS.get(self.standing, ""), "tree": "接着走"}[self.kind]


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


def graph(one: Unfolded, site: Site) -> Graph:
    nodes: dict[str, Node] = {}
    leads: dict[str, dict[str, set[str]]] = {}
    for state in one.states.values():
        nodes.setdefault(state.node, node_of(state.node, state.id, one))
        for edge in state.edges:
            if isinstance(edge.to, Handover):
                nodes.setdefault(
                    f"tree/{edge.to.tree}",
                    Node(
                        f"tree/{edge.to.tree}",
                        "tree",
                        site.project.trees[edge.to.tree].title,
                        f"trees/{edge.to.tree}.html",
                        edge.to.state,
                    ),
                )
            leads.setdefault(state.node, {}).setdefault(node_after(edge, one), set()).update(edge.answers)
    links = [link_of(id, target, leads, one) for id in nodes if id in leads for target in leads[id]]
    order = {id: one.tree.questions[id].answer_ids() for id in leads}
    return Graph(
        nodes,
        tuple(
            sorted(links, key=lambda link: (list(nodes).index(link.source), order[link.source].index(link.answers[0])))
        ),
    )


def node_of(id: str, state: str, one: Unfolded) -> Node:
    page = f"trees/{one.tree.id}.html"
    if id in one.tree.questions:
        return Node(id, "question", one.tree.questions[id].ask, page, state)
    return Node(id, "outcome", one.tree.outcomes[id].title, page, state, one.tree.outcomes[id].standing)


def node_after(edge: Edge, one: Unfolded) -> str:
    return f"tree/{edge.to.tree}" if isinstance(edge.to, Handover) else one.states[edge.to].node


def link_of(source: str, target: str, leads: dict[str, dict[str, set[str]]], one: Unfolded) -> Link:
    answers = tuple(id for id in one.tree.questions[source].answer_ids() if id in leads[source][target])
    elsewhere = set().union(*(ids for other, ids in leads[source].items() if other != target))
    return Link(source, target, answers, bool(elsewhere & {*answers}))


def words(link: Link, one: Unfolded) -> str:
    """The answers in words; adjacent ranges are told as the range they make."""
    question = one.tree.questions[link.source]
    if question.kind == "choice":
        return "、".join(label(question, id) for id in link.answers)
    ids = question.answer_ids()
    runs: list[list[str]] = []
    for id in link.answers:
        if runs and ids.index(id) == ids.index(runs[-1][-1]) + 1:
            runs[-1].append(id)
        else:
            runs.append([id])
    return "、".join(label(question, run[0] if len(run) == 1 else f"{run[0]}..{run[-1]}") for run in runs)
