"""The whole project as the pages see it: what every page can link to, and who relies on what."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from minglu.engine.citations import Names
from minglu.resolve.library import names_of
from minglu.resolve.model import Item, Project, Statement, Use
from minglu.unfold.model import Unfolded


@dataclass(frozen=True)
class Place:
    """Somewhere on the site that can be linked to. `page` is the built page, from the site's root."""

    page: str
    anchor: str
    title: str
    node: str  # what it is, of whatever may stand in several places: an outcome's id
    standing: str = ""  # of an outcome


class Places(dict):
    """Key → the places that rely on it, each node once: where it is met first."""

    def note(self, key: tuple[str, str], place: Place) -> None:
        self.setdefault(key, {}).setdefault((place.page, place.node), place)

    def of(self, *key: str) -> list[Place]:
        return list(self.get(key, {}).values())


@dataclass(frozen=True)
class Site:
    project: Project
    unfolded: dict[str, Unfolded]

    @cached_property
    def names(self) -> Names:
        return names_of(self.project.library.statutes)

    @cached_property
    def relying(self) -> Places:
        """(statute, article) → the outcomes, channels, evidence and mistakes that cite it; of an outcome, a state where it does."""
        places = Places()
        for place, statement in (*self.said_in_outcomes(), *self.said_elsewhere()):
            for cite in statement.cites:
                places.note((cite.statute, cite.article), place)
        return places

    @cached_property
    def pointing(self) -> Places:
        """(`evidence`, `channels` or `mistakes`, id) → the outcomes that point to it."""
        places = Places()
        for place, group, item in self.shown():
            if isinstance(item, Use):
                places.note((group, item.use), place)
        return places

    def shown(self) -> Iterable[tuple[Place, str, Item]]:
        """Every item of every outcome state, with its list, tree by tree and state by state."""
        for id, one in self.unfolded.items():
            for state in one.states.values():
                if outcome := one.tree.outcomes.get(state.node):
                    place = Place(f"trees/{id}.html", state.id, outcome.title, state.node, outcome.standing)
                    for group, items in outcome.groups().items():
                        yield from ((place, group, items[index]) for index in state.items[group])

    def said_in_outcomes(self) -> Iterable[tuple[Place, Statement]]:
        return ((place, item) for place, _, item in self.shown() if isinstance(item, Statement))

    def said_elsewhere(self) -> Iterable[tuple[Place, Statement]]:
        library = self.project.library
        for channel in library.channels.values():
            place = Place("channels.html", channel.id, channel.title, channel.id)
            for part in (
                channel.can,
                channel.cannot,
                channel.conditions,
                channel.time,
                channel.cost,
                channel.where,
                channel.if_fails,
            ):
                yield from ((place, one) for one in part)
        for evidence in library.evidence.values():
            yield from (
                (Place("evidence.html", evidence.id, evidence.title, evidence.id), one) for one in evidence.grounds
            )
        for mistake in library.mistakes.values():
            yield from ((Place("mistakes.html", mistake.id, mistake.title, mistake.id), one) for one in mistake.right)
