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
        for guard, known in met(tree, place):
            if guard != ALWAYS:
                seen.setdefault(guard.at, set()).add(holds(guard, known))
    return {at: frozenset(values) for at, values in seen.items()}


def met(tree: Tree, place: Place) -> Iterator[tuple[Guard, dict[str, frozenset[str]]]]:
    """Every guard at this place, and what is known when it is looked at: on a way, the answer just given too."""
    known = dict(place.known)
    if place.node in tree.outcomes:
        yield from ((item.guard, known) for items in tree.outcomes[place.node].groups().values() for item in items)
        return
    for answer in tree.questions[place.node].answers:
        yield from ((way.guard, known | {place.node: frozenset({answer.id})}) for way in answer.ways)
