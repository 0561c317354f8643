"""Every node is reached by some reader."""

from collections.abc import Iterator

from minglu.diagnostics import Diagnostic, Words
from minglu.verify.subject import Subject

PROVES = "每个问题、每种结论都有读者走得到"


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding a node. A node behind another unreached one is left out: it is reached when that one is."""
    one = subject.one
    questions, outcomes = one.tree.questions, one.tree.outcomes
    reached = {state.node for state in one.states.values()}
    dead = [id for id in (*questions, *outcomes) if id not in reached]
    behind = {way.to for id in dead if id in questions for answer in questions[id].answers for way in answer.ways}
    for id in [id for id in dead if id not in behind] or dead:
        kind, node = (
            (Words("问题", "question"), questions[id]) if id in questions else (Words("结论", "outcome"), outcomes[id])
        )
        ways = [
            way
            for question in questions.values()
            if question.id in reached
            for answer in question.answers
            for way in answer.ways
            if way.to == id
        ]
        help = Words("让某个 `goto` 指向它，或删掉它", "let some `goto` lead here, or remove it")
        if ways:
            help = Words(
                "改指向它的那个 `when`，现在它从不成立", "change the `when` that leads here, which never holds"
            )
        also = tuple((way.at, Words("这里指向它", "this leads to it")) for way in ways[:1])
        yield Diagnostic(
            "reachable",
            node.at,
            Words(f"没有任何读者会走到{kind.zh} `{id}`", f"no reader ever reaches the {kind.en} `{id}`"),
            help,
            also,
        )
