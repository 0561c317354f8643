"""What was made last time, while it is made from the very same things: an edit costs only the tree that it touches.

Passes are pure and their values are never changed, so a value made from the same objects is the same value.
"""

from collections.abc import Callable, Hashable
from typing import Any

BY_VALUE = (bytes, str, frozenset)
"""What is compared by value; all else is by identity."""


class Memo:
    """The last value of each name. Names are few: what a value depends on goes into `of`, not into its name."""

    def __init__(self) -> None:
        self.last: dict[Hashable, tuple[tuple[object, ...], Any]] = {}

    def made[Made](self, name: Hashable, of: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """`make()`, or what it gave for this name last time if all in `of` is still the same."""
        last = self.last.get(name)
        if last is None or len(last[0]) != len(of) or not all(map(is_same, last[0], of)):
            last = self.last[name] = of, make()
        made: Made = last[1]
        return made


def is_same(before: object, now: object) -> bool:
    return before is now or (isinstance(now, BY_VALUE) and before == now)
