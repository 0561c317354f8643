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

    def outcomes(self) -> Iterable[tuple[Place, Outcome]]:
        """Every outcome that can be reached, with its first state, tree by tree."""
        for id, one in sorted(self.unfolded.items()):
            firsts: dict[str, str] = {}
            for state in one.states.values():
                firsts.setdefault(state.node, state.id)
            for node, state in firsts.items():
                if outcome := one.tree.outcomes.get(node):
                    yield Place(f"trees/{id}.html", state, outcome.title, outcome.standing), outcome

    @cached_property
    def relied_on(self) -> dict[Article, list[Place]]:
        """Article → the outcomes, channels, evidence and mistakes that cite it."""
        found: dict[Article, list[Place]] = {}
        for place, statements in self.citing():
            for article in dict.fromkeys((cite.statute, cite.article) for one in statements for cite in one.cites):
                found.setdefault(article, []).append(place)
        return found

    def citing(self) -> Iterable[tuple[Place, list[Statement]]]:
        for place, outcome in self.outcomes():
            yield place, [item for items in outcome.groups().values() for item in items if isinstance(item, Statement)]
        library = self.project.library
        for channel in library.channels.values():
            parts = (channel.can, channel.cannot, channel.conditions, channel.time, channel.cost, channel.where, channel.if_fails)
            yield Place("channels.html", channel.id, channel.title), [one for part in parts for one in part]
        for evidence in library.evidence.values():
            yield Place("evidence.html", evidence.id, evidence.title), list(evidence.grounds)
        for mistake in library.mistakes.values():
            yield Place("mistakes.html", mistake.id, mistake.title), list(mistake.right)

    def users(self, group: str, id: str) -> list[Place]:
        """The outcomes whose list `group` (evidence, channels or mistakes) points to `id`."""
        return self.pointed_to.get((group, id), [])

    @cached_property
    def pointed_to(self) -> dict[tuple[str, str], list[Place]]:
        found: dict[tuple[str, str], list[Place]] = {}
        for place, outcome in self.outcomes():
            for group, items in outcome.groups().items():
                for name in dict.fromkeys(item.use for item in items if isinstance(item, Use)):
                    found.setdefault((group, name), []).append(place)
        return found
