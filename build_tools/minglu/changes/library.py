"""Two libraries → what was added, removed or changed in them, and how many outcomes rely on it."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from minglu.changes.ends import Change, listed
from minglu.engine.citations import Citation, Names
from minglu.resolve.library import names_of
from minglu.resolve.model import Article, Outcome, Project, Statement, Statute, Year

POINTED = ("channels", "evidence", "mistakes")


@dataclass(frozen=True)
class Relied:
    """One entry of the library that changed, and the number of outcomes of all trees that cite it, or point to it or to what cites it."""

    what: str  # statute | article | channels | evidence | mistakes | order | calendar
    name: str
    changes: tuple[Change, ...]  # none for what was added or removed
    is_new: bool
    is_gone: bool
    outcomes: int


def library_changes(old: Project, new: Project) -> tuple[Relied, ...]:
    found = [*statutes(old, new)]
    for kind in POINTED:
        found += entries(kind, old, new)
    order = (
        [", ".join(project.trees) for project in (old, new)],
        [", ".join(project.unsure) for project in (old, new)],
        [", ".join(project.onward) for project in (old, new)],
    )
    kept = [[id for id in project.trees if id in old.trees and id in new.trees] for project in (old, new)]
    moved = tuple(
        Change("order", "", part, *both)
        for part, both in zip(("begin", "unsure", "onward"), order)
        if both[0] != both[1] and (part != "begin" or kept[0] != kept[1])
    )
    if moved:
        found.append(Relied("order", "order.yml", moved, False, False, 0))
    years = sorted({*old.library.calendar, *new.library.calendar})
    changed = [
        str(year)
        for year in years
        if days_of(old.library.calendar.get(year)) != days_of(new.library.calendar.get(year))
    ]
    if changed:
        found.append(Relied("calendar", ", ".join(changed), (), False, False, 0))
    return tuple(found)


def days_of(year: Year | None) -> tuple[set[str], set[str]] | None:
    return ({*year.holidays}, {*year.workdays}) if year else None


def statutes(old: Project, new: Project) -> Iterator[Relied]:
    before, after = old.library.statutes, new.library.statutes
    for slug in sorted({*before, *after}):
        one, other = before.get(slug), after.get(slug)
        changes = (
            plain_changes("statute", one, other, {"articles"}, names_of(new.library.statutes)) if one and other else ()
        )
        if changes or not (one and other):
            project, statute = (new, other) if other else (old, one)
            yield Relied(
                "statute",
                f"{statute.short}（{slug}）",
                changes,
                one is None,
                other is None,
                reliant(project, slug, None),
            )
        if one and other:
            yield from articles(one, other, old, new)


def articles(one: Statute, other: Statute, old: Project, new: Project) -> Iterator[Relied]:
    for number in sorted({*one.articles, *other.articles}, key=lambda number: (int(number.partition("之")[0]), number)):
        before, after = one.articles.get(number), other.articles.get(number)
        changes = (
            plain_changes("article", before, after, {"mentions"}, names_of(new.library.statutes))
            if before and after
            else ()
        )
        if changes or not (before and after):
            project = new if after else old
            yield Relied(
                "article",
                listed([Citation(one.slug, number)], names_of(project.library.statutes)),
                changes,
                before is None,
                after is None,
                reliant(project, one.slug, number),
            )


def plain_changes(
    what: str, before: Statute | Article, after: Statute | Article, left_out: set[str], names: Names
) -> tuple[Change, ...]:
    def plain(value) -> str:
        return (
            "、".join(listed([one], names) if isinstance(one, Citation) else one for one in value)
            if isinstance(value, tuple)
            else str(value)
        )

    keys = [each.name for each in fields(before) if each.name not in left_out | {"at"}]
    return tuple(
        Change(what, "", name, plain(getattr(before, name)), plain(getattr(after, name)))
        for name in keys
        if getattr(before, name) != getattr(after, name)
    )


def entries(kind: str, old: Project, new: Project) -> Iterator[Relied]:
    """Their words are told with the texts; here what they rest on."""
    before, after = getattr(old.library, kind), getattr(new.library, kind)
    names = names_of(old.library.statutes), names_of(new.library.statutes)
    for id in {**after, **before}:
        cites = [
            "、".join(dict.fromkeys(listed([cite], name) for item in entry.statements() for cite in item.cites))
            if entry
            else ""
            for entry, name in ((before.get(id), names[0]), (after.get(id), names[1]))
        ]
        if id in before and id in after and cites[0] == cites[1]:
            continue
        changes = (Change(kind, "", "cite", *cites),) if id in before and id in after else ()
        project = new if id in after else old
        pointing = sum(any(use.use == id for use in getattr(outcome, kind)) for outcome in outcomes(project))
        yield Relied(
            kind, f"{id}“{(after.get(id) or before[id]).title}”", changes, id not in before, id not in after, pointing
        )


def outcomes(project: Project) -> Iterator[Outcome]:
    return (outcome for tree in project.trees.values() for outcome in tree.outcomes.values())


def reliant(project: Project, slug: str, number: str | None) -> int:
    """Outcomes that cite the article (any of the statute's where `number` is None), or point to what cites it."""

    def cites(statements) -> bool:
        return any(
            cite.statute == slug and number in (None, cite.article)
            for item in statements
            if isinstance(item, Statement)
            for cite in item.cites
        )

    entries_citing = {
        kind: {id for id, entry in getattr(project.library, kind).items() if cites(entry.statements())}
        for kind in POINTED
    }
    return sum(
        cites(item for items in outcome.groups().values() for item in items)
        or any(use.use in entries_citing[kind] for kind in POINTED for use in getattr(outcome, kind))
        for outcome in outcomes(project)
    )
