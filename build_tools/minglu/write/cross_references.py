"""The whole project as the pages see it: what every page can link to, and who relies on what."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from minglu.compile import Compiled
from minglu.engine.citations import Citation, Names
from minglu.engine.contract import CompiledItem, CompiledStatement, CompiledUse, shown_items
from minglu.resolve.library import names_of
from minglu.resolve.model import Library, Statement


@dataclass(frozen=True)
class SitePlace:
    """Somewhere on the site that can be linked to. `page` is the built page, from the site's root.

    `node` is what stands there, of whatever may stand in several places: an outcome's id; `standing` is an outcome's.
    """

    page: str
    anchor: str
    title: str
    node: str
    standing: str = ""


class PlaceIndex:
    """Key → the places that rely on it, each node once: where it is met first."""

    def __init__(self) -> None:
        self.places: dict[tuple[str, str], dict[tuple[str, str], SitePlace]] = {}

    def note(self, key: tuple[str, str], place: SitePlace) -> None:
        self.places.setdefault(key, {}).setdefault((place.page, place.node), place)

    def places_of(self, *key: str) -> list[SitePlace]:
        return list(self.places.get((key[0], key[1]), {}).values())

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.places)


@dataclass(frozen=True)
class Site:
    compiled: Compiled

    @property
    def library(self) -> Library:
        return self.compiled.project.library

    @cached_property
    def names(self) -> Names:
        return names_of(self.library.statutes)

    @cached_property
    def citations(self) -> dict[str, Citation]:
        """Each citation of the trees by its words."""
        return {words: citation for tree in self.compiled.trees.values() for words, citation in tree.citations.items()}

    def citations_of(self, statement: Statement | CompiledStatement) -> tuple[Citation, ...]:
        if isinstance(statement, Statement):
            return statement.cites
        return tuple(self.citations[words] for words in statement.cite)

    @cached_property
    def relying(self) -> PlaceIndex:
        """(statute, article) → the outcomes, channels, evidence and mistakes that cite it; of an outcome, a state where it does."""
        index = PlaceIndex()
        in_outcomes = ((place, item) for place, _, item in self.shown() if isinstance(item, CompiledStatement))
        for place, statement in (*in_outcomes, *self.library_statements()):
            for cite in self.citations_of(statement):
                index.note((cite.statute, cite.article), place)
        return index

    @cached_property
    def pointing(self) -> PlaceIndex:
        """(`evidence`, `channels` or `mistakes`, id) → the outcomes that point to it."""
        index = PlaceIndex()
        for place, group, item in self.shown():
            if isinstance(item, CompiledUse):
                index.note((group, item.id), place)
        return index

    def shown(self) -> Iterator[tuple[SitePlace, str, CompiledItem]]:
        """Every item of every outcome state, with its list, tree by tree and state by state."""
        for id, tree in self.compiled.trees.items():
            for state in tree.states.values():
                if outcome := tree.outcomes.get(state.node):
                    place = SitePlace(f"trees/{id}.html", state.id, outcome.title, state.node, outcome.standing)
                    yield from ((place, group, item) for group, item in shown_items(outcome, state))

    def library_statements(self) -> Iterator[tuple[SitePlace, Statement]]:
        library = self.library
        for page, entries in (
            ("channels.html", library.channels),
            ("evidence.html", library.evidence),
            ("mistakes.html", library.mistakes),
        ):
            for entry in entries.values():
                place = SitePlace(page, entry.id, entry.title, entry.id)
                yield from ((place, statement) for statement in entry.statements())
