"""What the conditions of one tree may ask about."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Askable:
    """What a condition may ask about: each question with the answers it may have, or the ticks it offers where it is
    one of `several`.
    """

    answers: Mapping[str, tuple[str, ...]]
    several: frozenset[str] = frozenset()
