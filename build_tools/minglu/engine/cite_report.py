"""What the engine answers about a text that cites: the types of its JSON (docs/contribute/engine.md)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Successor:
    """An article, or a statute as a whole, that applies in place of one that has ended."""

    label: str
    href: str


@dataclass(frozen=True)
class CitedArticle:
    """`until` is "" for what is in force, else `now` is what applies instead, as far as the library says."""

    label: str
    topic: str
    gist: str
    href: str
    until: str
    now: tuple[Successor, ...]


@dataclass(frozen=True)
class ToldRule:
    """What is right, and its articles and basis in words."""

    says: str
    source: str


@dataclass(frozen=True)
class ToldMistake:
    """A mistake of the library that the text seems to make."""

    id: str
    title: str
    right: tuple[ToldRule, ...]
    href: str


@dataclass(frozen=True)
class FoundCitation:
    """`start` and `end` are its place, in characters. `problem` is one clause, None where there is none; `assumed` says
    which instrument was taken where none is named, "" where one is.
    """

    text: str
    start: int
    end: int
    articles: tuple[CitedArticle, ...]
    problem: str | None
    assumed: str
    mistakes: tuple[ToldMistake, ...]


@dataclass(frozen=True)
class FoundClaim:
    """A sentence, or a part of it, that cites no article for the mistake it seems to make."""

    text: str
    start: int
    end: int
    mistakes: tuple[ToldMistake, ...]


@dataclass(frozen=True)
class TextChange:
    """What stood from `start` to `end` of the reader's text, what stands there now, and why."""

    start: int
    end: int
    was: str
    now: str
    why: str


@dataclass(frozen=True)
class CiteReport:
    """`corrected` is the reader's text with all `changes` made, "" where there are none."""

    found: tuple[FoundCitation, ...]
    claims: tuple[FoundClaim, ...]
    corrected: str
    changes: tuple[TextChange, ...]
