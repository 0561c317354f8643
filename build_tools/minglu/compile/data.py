"""Unfolded trees and the library → the JSON that the engine reads, in the browser and in the terminal."""

import hashlib
import json

from minglu.compile.rules import deadline_rule
from minglu.engine.citations import Names, label
from minglu.resolve.library import names_of
from minglu.resolve.model import Deadline, Library, Outcome, Project, Statement
from minglu.unfold.model import Handover, State, Unfolded


def compile_tree(one: Unfolded, project: Project) -> dict:
    """The compiled tree of docs/contribute/engine.md. `version` is a hash of all the rest."""
    tree, names = one.tree, names_of(project.library.statutes)
    compiled = {
        "tree": tree.id,
        "title": tree.title,
        "as_of": tree.as_of,
        "start": one.start,
        "questions": {id: tree.questions[id].plain() for id in one.order},
        "states": {state.id: state_data(state) for state in one.states.values()},
        "outcomes": {id: outcome(one, id, project, names) for id in tree.outcomes},
    }
    version = hashlib.sha256(packed(compiled)).hexdigest()[:8]
    return {"version": version} | compiled


def packed(data: dict | list) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def library_data(library: Library) -> list[dict]:
    """What citing needs in the browser: names, and each article's topic and gist."""
    return [
        {
            "slug": s.slug,
            "title": s.title,
            "short": s.short,
            "also": list(s.also),
            "until": s.until,
            "articles": {a.number: {"topic": a.topic, "gist": a.gist, "until": a.until} for a in s.articles.values()},
        }
        for s in library.statutes.values()
    ]


def state_data(state: State) -> dict:
    if state.edges:
        return {
            "node": state.node,
            "to": {answer: target(edge.to) for edge in state.edges for answer in edge.answers},
            "left": list(state.left),
        }
    return {"node": state.node, "items": {name: list(shown) for name, shown in state.items.items()}, "left": [0, 0]}


def target(to: str | Handover) -> str:
    return f"tree/{to.tree}#{to.state}" if isinstance(to, Handover) else to


def outcome(one: Unfolded, id: str, project: Project, names: Names) -> dict:
    whole, library = one.tree.outcomes[id], project.library

    def said(item: Statement) -> dict:
        return {"says": item.says, "cite": [label(cite, names) for cite in item.cites], "basis": item.basis}

    def pointed(items, known, *wanted: str) -> list[dict]:
        return [
            {"id": item.use} | ({name: getattr(known[item.use], name) for name in wanted} if item.use in known else {})
            for item in items
        ]

    return {
        "title": whole.title,
        "standing": whole.standing,
        "says": whole.says,
        "remedies": [
            {"do": item.says, "how": item.how} | {k: v for k, v in said(item).items() if k != "says"}
            for item in whole.remedies
        ],
        "grounds": [said(item) for item in whole.grounds],
        "deadlines": [deadline(item, whole, one) | said(item) for item in whole.deadlines],
        "burden": [{"on": item.on} | said(item) for item in whole.burden],
        "amounts": [
            {"id": item.id, "label": item.label, "sum": item.sum, "times": item.times, "at_least": item.at_least}
            | said(item)
            for item in whole.amounts
        ],
        "evidence": pointed(whole.evidence, library.evidence, "title", "proves"),
        "risks": [{"answer": item.answer} | said(item) for item in whole.risks],
        "letters": [
            {"id": item.use, "title": one.tree.letters[item.use].title, "text": one.tree.letters[item.use].text}
            for item in whole.letters
        ],
        "channels": pointed(whole.channels, library.channels, "title", "short"),
        "mistakes": pointed(whole.mistakes, library.mistakes, "title"),
    }


def deadline(item: Deadline, whole: Outcome, one: Unfolded) -> dict:
    begins = {"of": item.start.of, "dates": [list(date) for date in item.start.dates]}
    return {
        "id": item.id,
        "kind": item.kind,
        "label": item.label,
        "from": begins,
        "within": item.within,
        "rule": deadline_rule(item, whole, one.tree),
    }
