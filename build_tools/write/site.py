"""The whole project as the pages see it: what every page can link to, and who relies on what."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from build_tools.engine.citations import Names
from build_tools.resolve.model import Outcome, Project, Statement, Use
from build_tools.unfold.model import Unfolded

Article = tuple[str, str]
"""A statute's slug and the number of one of its articles."""


@dataclass(frozen=True, order=True)
class Place:
    """Somewhere on the site that can be linked to. `page` is the built page, from the site's root."""

    page: str
    anchor: str
    title: str
    standing: str = ""  # of an outcome


@dataclass(frozen=True)
class Site:
    project: Project
    unfolded: dict[str, Unfolded]

    @cached_property
    def names(self) -> Names:
        statutes = self.project.library.statutes.values()
        return Names.of({"slug": one.slug, "title": one.title, "short": one.short, "also": list(one.also)} for one in statutes)

    def shown(self) -> Iterable[tuple[Place, Item]]:
        """Every item that some outcome state shows, with that state, tree by tree; a first state comes first."""
        for id, one in sorted(self.unfolded.items()):
            for state in one.states.values():
                if outcome := one.tree.outcomes.get(state.node):
                    place = Place(f"trees/{id}.html", state.id, outcome.title, outcome.standing, state.node)
                    for group, items in outcome.groups().items():
                        yield from ((place, items[index]) for index in state.items[group])

    @cached_property
    def relied_on(self) -> dict[Article, list[Place]]:
        """Article → the outcomes, channels, evidence and mistakes that cite it; of an outcome, a state where it does."""
        found: dict[Article, dict[tuple[str, str], Place]] = {}
        for place, statement in self.said():
            for cite in statement.cites:
                found.setdefault((cite.statute, cite.article), {}).setdefault((place.page, place.node), place)
        return {article: list(places.values()) for article, places in found.items()}

    def said(self) -> Iterable[tuple[Place, Statement]]:
        yield from ((place, item) for place, item in self.shown() if isinstance(item, Statement))
        library = self.project.library
        for channel in library.channels.values():
            place = Place("channels.html", channel.id, channel.title, node=channel.id)
            for part in (channel.can, channel.cannot, channel.conditions, channel.time, channel.cost, channel.where, channel.if_fails):
                yield from ((place, one) for one in part)
        for evidence in library.evidence.values():
            yield from ((Place("evidence.html", evidence.id, evidence.title, node=evidence.id), one) for one in evidence.grounds)
        for mistake in library.mistakes.values():
            yield from ((Place("mistakes.html", mistake.id, mistake.title, node=mistake.id), one) for one in mistake.right)

    @cached_property
    def pointed_to(self) -> dict[Item, list[Place]]:
        """A pointer's target (`evidence`, `channels` or `mistakes`, and the id) → the outcomes that point to it."""
        found: dict[tuple[str, str], dict[tuple[str, str], Place]] = {}
        return found
