"""Places → what each `when` comes out as, over all readers who get to it."""

from collections.abc import Iterator

from minglu.diagnostics import Span
from minglu.resolve.model import ALWAYS, Guard, Tree
from minglu.unfold.states import Found, Place, holds


def whens(tree: Tree, found: dict[Place, Found]) -> dict[Span, frozenset[bool]]:
    """By the place of the `when`; a `when` that nobody gets to is left out.

    `found` is what `explore` finds, before places are made one: there, what is known decides every guard.
    """
    seen: dict[Span, set[bool]] = {}
    for place in found:
        for guard, known in guards_met(tree, place):
            seen.setdefault(guard.at, set()).add(holds(guard, known))
    return {at: frozenset(values) for at, values in seen.items()}


def guards_met(tree: Tree, place: Place) -> Iterator[tuple[Guard, dict[str, frozenset[str]]]]:
    """Every guard at this place that says something, and what is known when it is looked at: on a way, the answer
    just given too.
    """
    known = dict(place.known)
    if place.node in tree.outcomes:
        for items in tree.outcomes[place.node].groups().values():
            yield from ((item.guard, known) for item in items if item.guard != ALWAYS)
        return
    for answer in tree.questions[place.node].answers:
        guards = [way.guard for way in answer.ways if way.guard != ALWAYS]
        if guards:
            given = known | {place.node: frozenset({answer.id})}
            yield from ((guard, given) for guard in guards)
