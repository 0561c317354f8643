"""What was made last time, for as long as it is made from the very same things: an edit costs the one tree that it touches.

Passes are pure and their values are never changed, so a value made from the same objects is the same value.
"""

from collections.abc import Callable, Hashable
from typing import TypeVar

Made = TypeVar("Made")


class Kept:
    """`made(name, of, make)` is `make()`, or what it gave for this name last time if all in `of` is still the same: objects by identity, bytes by value."""

    def __init__(self) -> None:
        self.last: dict[Hashable, tuple[tuple, object]] = {}

    def made(self, name: Hashable, of: tuple, make: Callable[[], Made]) -> Made:
        kept = self.last.get(name)
        if (
            kept is None
            or len(kept[0]) != len(of)
            or any(
                before is not now and not (isinstance(now, bytes) and before == now) for before, now in zip(kept[0], of)
            )
        ):
            kept = self.last[name] = of, make()
        return kept[1]
