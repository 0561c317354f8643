"""What the engine reads of the library to check citations: the types of `library.json`."""

from collections.abc import Mapping
from dataclasses import dataclass

from .citations import Citation
from .divisions import Divisions


@dataclass(frozen=True)
class HeldArticle:
    """`until` is "" for what is in force; `replaced_by` what to cite instead, as far as the library says; `paragraphs`
    and `items` are how many it has (divisions.py).
    """

    topic: str
    gist: str
    until: str
    replaced_by: tuple[Citation, ...]
    paragraphs: int
    items: tuple[int, ...]

    @property
    def divisions(self) -> Divisions:
        return Divisions(self.paragraphs, self.items)


@dataclass(frozen=True)
class HeldStatute:
    """`replaced_by` is a slug or ""; `replaces` are the names of instruments, not held, that ended on the day
    `in_force`.
    """

    slug: str
    title: str
    short: str
    also: tuple[str, ...]
    in_force: str
    until: str
    replaced_by: str
    replaces: tuple[str, ...]
    articles: Mapping[str, HeldArticle]


@dataclass(frozen=True)
class Sign:
    """By what a mistake is recognised in a text: one of `cites` together with one of `words` in a sentence that has
    none of `unless`; without `cites`, the words alone. `…` in a text stands for anything. `means` is the article that
    the words are of, where that is certain.
    """

    cites: tuple[Citation, ...]
    words: tuple[str, ...]
    unless: tuple[str, ...]
    means: Citation | None


@dataclass(frozen=True)
class RightRule:
    """`cite` are citations in words."""

    says: str
    cite: tuple[str, ...]
    basis: str


@dataclass(frozen=True)
class KnownMistake:
    id: str
    title: str
    right: tuple[RightRule, ...]
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class LibraryData:
    """`mistakes` are those that have signs."""

    statutes: tuple[HeldStatute, ...]
    mistakes: tuple[KnownMistake, ...]
