"""A walk → what another answer would have led to, everything else equal."""

from datetime import date

from .dates import Calendar
from .walk import Walk, walk


def what_if(tree: dict, here: Walk, today: date, calendar: Calendar) -> list[dict]:
    """For each question on the path, each other answer whose end differs: `{question, answer, leads_to}`."""
    answers = {step.question: step.answer for step in here.path}
    found = []
    for step in here.path:
        for other in others(tree, step):
            there = walk(tree, answers | {step.question: other}, today, calendar)
            if there.problem is None and set(there.at) != set(here.at):
                found.append({"question": step.question, "answer": other, "leads_to": end(tree, there)})
    return found


def others(tree: dict, step) -> list[str]:
    """The other options; of bands, those that lead elsewhere in some state, adjacent ones made one."""
    ids = [answer["id"] for answer in tree["questions"][step.question]["answers"]]
    if tree["questions"][step.question]["kind"] == "choice":
        return [id for id in ids if id not in step.stands_for]
    states = [tree["states"][state] for state in step.asked_at]
    groups: list[list[str]] = []
    for id in ids:
        if id in step.stands_for:
            groups.append([])
        elif groups and groups[-1] and all(state["to"][groups[-1][-1]] == state["to"][id] for state in states):
            groups[-1].append(id)
        else:
            groups.append([id])
    return [group[0] if len(group) == 1 else f"{group[0]}..{group[-1]}" for group in groups if group]


def end(tree: dict, there: Walk) -> dict:
    if there.asking:
        return {"kind": "question", "id": there.asking, "title": tree["questions"][there.asking]["ask"]}
    nodes = list(
        dict.fromkeys(
            tree["states"][state]["node"] if state in tree["states"] else state.partition("#")[0] for state in there.at
        )
    )
    if len(nodes) > 1:
        return {"kind": "several", "id": None, "title": f"{len(nodes)} 种可能的结果"}
    if nodes[0].startswith("tree/"):
        return {"kind": "tree", "id": nodes[0].removeprefix("tree/"), "title": "另一棵树"}
    outcome = tree["outcomes"][nodes[0]]
    return {"kind": "outcome", "id": nodes[0], "title": outcome["title"], "standing": outcome["standing"]}
