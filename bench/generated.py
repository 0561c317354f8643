"""Projects made up for measuring: N trees of 100 nodes over the toy's law, and one tree with 2 ** 100 answers."""

from collections.abc import Iterator
from pathlib import Path

LIBRARY = Path(__file__).parent.parent / "tests" / "toy" / "trees"
QUESTIONS = 49  # choices, of which every answer leads on; with a date first and 50 outcomes, 100 nodes
SHARED = {
    "trees/channels.yml": "shop: { title: 找店家, short: 先跟店家说, who: 卖壶的店 }".encode(),
    "trees/evidence.yml": "order: { title: 订单, proves: 哪天买的, how: 截图 }".encode(),
}
DAY, TODAY = "2026-11-11", "2026-11-16"


def project(trees: int) -> dict[str, bytes]:
    """The files of a project of so many trees; each is a binary tree of questions after a date, with guards within."""
    law = {f"trees/law/{path.name}": path.read_bytes() for path in sorted((LIBRARY / "law").glob("*.yml"))}
    return law | SHARED | {path: data for number in range(trees) for path, data in tree(f"t{number}").items()}


def tree(id: str) -> dict[str, bytes]:
    lines = [
        f"tree: {id}",
        f"title: 树 {id}",
        "summary: 一棵量速度用的树",
        "as_of: 2026-11-21",
        "reviewed: 2026-11-21",
        "start: received",
        "questions:",
        "  received:",
        f"    ask: 树 {id}：哪天收到？",
        "    why: 从那天数起。",
        "    find: 订单页",
        "    kind: date",
        "    bands:",
        "      d7: { within: 7 days, goto: q0 }",
        "      y1: { within: 1 year, goto: q0 }",
        "      over: { goto: q0 }",
    ]
    walks = []
    for number in range(QUESTIONS):
        left, right = node(2 * number + 1), node(2 * number + 2)
        lines += [
            f"  q{number}:",
            f"    ask: 树 {id}：第 {number} 问？",
            "    why: 两边不同。",
            "    find: 看单子",
            "    options:",
            f"      yes: {{ label: 是, goto: {left} }}",
            f"      no: {{ label: 不是, goto: {right} }}",
            "      other:",
            "        label: 说不上",
            "        goto:",
            f"          - {{ when: {{ received: d7 }}, to: {left} }}",
            f"          - {{ when: {{ not: {{ received: d7 }} }}, to: {right} }}",
        ]
    lines.append("outcomes:")
    for number in range(QUESTIONS, 2 * QUESTIONS + 1):
        name, answers = node(number), way_to(number)
        lines += [
            f"  {name}:",
            f"    title: 结论 {number}",
            "    standing: clear",
            "    says: 可以要求退壶。",
            "    remedies:",
            "      - { do: 要求退壶, how: 写信给店家, cite: 水壶法第11条, basis: text }",
            "      - do: 要求修壶",
            "        how: 写信给店家",
            "        cite: 水壶法第12条",
            "        basis: text",
            "        when: { received: [y1, over] }",
            "    deadlines:",
            "      - id: claim",
            "        kind: due",
            "        label: 提出",
            "        from: received",
            "        within: 7 days",
            "        cite: 水壶法第11条",
            "        basis: text",
            "        when: { received: d7 }",
            "    evidence: [order]",
            "    channels: [shop]",
        ]
        walks.append(
            f"- {{ walk: 到 {number}, today: {TODAY}, answers: {{ received: {DAY}, {answers} }}, arrives: {name} }}"
        )
    return {f"trees/{id}/tree.yml": "\n".join(lines).encode(), f"trees/{id}/walks.yml": "\n".join(walks).encode()}


def node(number: int) -> str:
    return f"q{number}" if number < QUESTIONS else f"end{number}"


def way_to(number: int) -> str:
    steps = []
    while number:
        above = (number - 1) // 2
        steps.append(f"q{above}: {'yes' if number == 2 * above + 1 else 'no'}")
        number = above
    return ", ".join(reversed(steps))


def adversarial(questions: int = 100) -> dict[str, bytes]:
    """A chain of yes and no where each way depends on the two answers before: more than 10 ** 30 combinations."""
    files = project(0)
    files.pop("trees/evidence.yml")
    lines = [
        "tree: long",
        "title: 长",
        "summary: 很长的一棵树",
        "as_of: 2026-11-21",
        "reviewed: 2026-11-21",
        "start: q0",
        "questions:",
    ]
    for number in range(questions):
        last = number + 1 == questions
        both, onward = f"{{ q{number - 1}: no, q{number - 2}: no }}", f"q{number + 1}"
        ways = [f"{{ when: {both}, to: early }}"]
        if last:
            ways += [
                f"{{ when: {{ q{number - 1}: yes }}, to: late }}",
                f"{{ when: {{ q{number - 1}: no, q{number - 2}: yes }}, to: later }}",
            ]
        else:
            ways.append(f"{{ when: {{ not: {both} }}, to: {onward} }}")
        goto = onward if number < 2 else f"[ {', '.join(ways)} ]"
        lines += [
            f"  q{number}:",
            f"    ask: 第 {number} 问？",
            "    options:",
            f"      yes: {{ label: 是, goto: {'end' if last else onward} }}",
            f"      no: {{ label: 不是, goto: {goto} }}",
        ]
    lines.append("outcomes:")
    for name in ("end", "early", "late", "later"):
        lines += [
            f"  {name}:",
            f"    title: {name}",
            "    standing: none",
            "    says: 完。",
            "    remedies: [ { do: 退, cite: 水壶法第11条, basis: text } ]",
            "    channels: [shop]",
        ]
    return files | {
        "trees/long/tree.yml": "\n".join(lines).encode(),
        "trees/long/walks.yml": "".join(long_walks(questions)).encode(),
    }


def long_walks(questions: int) -> Iterator[str]:
    ends = {"end": ("yes", "yes", "yes"), "late": ("yes", "yes", "no"), "later": ("yes", "no", "no")}
    for end, last in ends.items():
        yield long_walk(end, ["yes"] * (questions - 3) + [*last], arrives=end)
    yield long_walk("三个不是", ["no", "no", "no"], arrives="early")


def long_walk(name: str, answers: list[str], *, arrives: str) -> str:
    given = ", ".join(f"q{number}: {answer}" for number, answer in enumerate(answers))
    return f"- {{ walk: {name}, today: {TODAY}, answers: {{ {given} }}, arrives: {arrives} }}\n"
