"""What an author did wrong, where, and what to write instead; `terminal.py` and `formats.py` render it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """A place in a source file. `line` and `column` count from 1; `length` is in characters, on that line."""

    file: str
    line: int
    column: int
    length: int = 1


NOWHERE = Span("", 0, 0, 0)


@dataclass(frozen=True)
class Words:
    """One sentence in both languages of the project."""

    zh: str
    en: str


@dataclass(frozen=True)
class Diagnostic:
    """One finding. `rule` is the check's name; `also` shows second places that disagree with the first.

    Where it does not stop, every name is bound all the same, and the passes that follow can look for more. What is only
    `unfinished` may not be published, but can be looked at: a preview shows it.
    """

    rule: str
    at: Span
    says: Words
    help: Words | None = None
    also: tuple[tuple[Span, Words], ...] = ()
    stops: bool = field(default=True, compare=False)
    unfinished: bool = field(default=False, compare=False)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name closest to `word`, if one is so close that it may have been meant."""
    from difflib import get_close_matches  # slow to load, and only of use where something is wrong

    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else None
