"""Every node is reached by some reader.

A question or outcome that no answers lead to is dead text: nobody will ever read it, and nobody keeps it right.

Accepted: each node is named by some `goto` that can hold. Reported: an outcome that no `goto` names.
"""

from collections.abc import Iterator

from build_tools.diagnostics import Diagnostic, Words
from build_tools.unfold.model import Unfolded


def check(one: Unfolded, *_) -> Iterator[Diagnostic]:
    reached = {state.node for state in one.states.values()}
    for kind, nodes in ((Words("问题", "question"), one.tree.questions), (Words("结论", "outcome"), one.tree.outcomes)):
        for id, node in nodes.items():
            if id not in reached:
                yield Diagnostic("reachable", node.at, Words(f"没有任何读者会走到{kind.zh} `{id}`", f"no reader ever reaches the {kind.en} `{id}`"), Words("让某个 `goto` 指向它，或删掉它", "let some `goto` lead here, or remove it"))
