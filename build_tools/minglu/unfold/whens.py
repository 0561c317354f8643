"""Raw states → what each `when` comes out as, over all readers who get to it."""

from collections.abc import Iterator

from minglu.diagnostics import Span
from minglu.resolve.model import ALWAYS, Guard, Tree
from minglu.unfold.states import RawContent, RawState, guard_holds


def whens(tree: Tree, found: dict[RawState, RawContent]) -> dict[Span, frozenset[bool]]:
    """By the place of the `when`; a `when` that nobody gets to is left out.

    `found` is what `explore` finds, before states are merged: there, what is known decides every guard.
    """
    seen: dict[Span, set[bool]] = {}
    for state in found:
        for guard, known in guards_met(tree, state):
            seen.setdefault(guard.at, set()).add(guard_holds(guard, known))
    return {at: frozenset(values) for at, values in seen.items()}


def guards_met(tree: Tree, state: RawState) -> Iterator[tuple[Guard, dict[str, frozenset[str]]]]:
    """Every guard at this state that says something, and what is known when it is looked at: on a way, the answer
    just given too.
    """
    known = dict(state.known)
    if state.node in tree.outcomes:
        for items in tree.outcomes[state.node].groups().values():
            yield from ((item.guard, known) for item in items if item.guard.plain != ALWAYS)
        return
    for answer in tree.questions[state.node].answers:
        guards = [way.guard for way in answer.ways if way.guard != ALWAYS]
        if guards:
            given = known | {state.node: frozenset({answer.id})}
            yield from ((guard, given) for guard in guards)
