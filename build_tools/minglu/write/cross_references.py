"""The whole project as the pages see it: its names and citations, and which outcomes and entries rely on what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from minglu.compile.compiled import Compiled
from minglu.engine.citations import Citation
from minglu.engine.contract import CompiledItem, CompiledStatement, CompiledUse, shown_items
from minglu.resolve.model import Evidence, Library, Mistake, Statement


@dataclass(frozen=True, kw_only=True)
class SitePlace:
    """Somewhere on the site that can be linked to. `page` is the built page, from the site's root; `anchor` is "" for
    the page as a whole.

    `node` is what stands there, of whatever may stand in several places: an outcome's id; `standing` is an outcome's.
    """

    page: str
    anchor: str
    title: str
    node: str
    standing: str = ""


ReliedKey = tuple[str, str]
"""What is relied on: (statute, article), or (a list of an outcome such as `evidence`, id)."""


@dataclass(frozen=True)
class Site:
    compiled: Compiled

    @property
    def library(self) -> Library:
        return self.compiled.project.library

    @cached_property
    def citations(self) -> dict[str, Citation]:
        """Each citation of the trees by its words."""
        return {words: citation for tree in self.compiled.trees.values() for words, citation in tree.citations.items()}

    def citations_of(self, statement: Statement | CompiledStatement) -> tuple[Citation, ...]:
        if isinstance(statement, Statement):
            return statement.cites
        return tuple(self.citations[words] for words in statement.cite)

    @cached_property
    def citing_places(self) -> dict[ReliedKey, list[SitePlace]]:
        """(statute, article) → what cites it: outcomes, each at its first such state, channels, evidence, mistakes."""
        statements: list[tuple[SitePlace, Statement | CompiledStatement]] = [
            (place, item) for place, _, item in self.shown_in_outcomes() if isinstance(item, CompiledStatement)
        ]
        statements += self.library_statements()
        return places_by_key(
            ((cite.statute, cite.article), place)
            for place, statement in statements
            for cite in self.citations_of(statement)
        )

    @cached_property
    def using_places(self) -> dict[ReliedKey, list[SitePlace]]:
        """(`evidence`, `channels` or `mistakes`, id) → the outcomes that point to it."""
        return places_by_key(
            ((group, item.id), place)
            for place, group, item in self.shown_in_outcomes()
            if isinstance(item, CompiledUse)
        )

    def times_cited(self) -> dict[str, dict[str, int]]:
        """How many places rely on an article: by the source of its statute's page, then by its number."""
        counts: dict[str, dict[str, int]] = {}
        for (statute, article), places in self.citing_places.items():
            counts.setdefault(f"law/{statute}.md", {})[article] = len(places)
        return counts

    def shown_in_outcomes(self) -> Iterator[tuple[SitePlace, str, CompiledItem]]:
        """Every item of every outcome state, with its list, tree by tree and state by state."""
        for id, tree in self.compiled.trees.items():
            for state in tree.states.values():
                if outcome := tree.outcomes.get(state.node):
                    place = SitePlace(
                        page=f"trees/{id}.html",
                        anchor=state.id,
                        title=outcome.title,
                        node=state.node,
                        standing=outcome.standing,
                    )
                    yield from ((place, group, item) for group, item in shown_items(outcome, state))

    def library_statements(self) -> Iterator[tuple[SitePlace, Statement]]:
        library = self.library
        lists: dict[str, Iterable[Evidence | Mistake]] = {
            "evidence.html": library.evidence.values(),
            "mistakes.html": library.mistakes.values(),
        }
        for channel in library.channels.values():
            place = SitePlace(page=f"channels/{channel.id}.html", anchor="", title=channel.title, node=channel.id)
            yield from ((place, statement) for statement in channel.statements())
        for page, listed in lists.items():
            for entry in listed:
                place = SitePlace(page=page, anchor=entry.id, title=entry.title, node=entry.id)
                yield from ((place, statement) for statement in entry.statements())


def places_by_key(relying: Iterable[tuple[ReliedKey, SitePlace]]) -> dict[ReliedKey, list[SitePlace]]:
    """The places of each key; of the places of one node, the first."""
    places: dict[ReliedKey, dict[tuple[str, str], SitePlace]] = {}
    for key, place in relying:
        places.setdefault(key, {}).setdefault((place.page, place.node), place)
    return {key: list(own.values()) for key, own in places.items()}
