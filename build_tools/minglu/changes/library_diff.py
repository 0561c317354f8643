"""Two libraries → what was added, removed or changed in them, and how many outcomes rely on it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

from minglu.changes.end_diff import Change, cites_text
from minglu.engine.citations import Citation
from minglu.engine.names import Names
from minglu.resolve.model import Article, Channel, Outcome, Project, Statute, Use, Year, names_of
from minglu.resolve.relying import (
    LibraryEntry,
    Relying,
    entries_by_group,
    relying_in_library,
    relying_outcome,
)

ArticleKey = tuple[str, str | None]
"""A statute and the number of one of its articles; None for any of them."""

UNTOLD = {"at", "mentions", "paragraphs", "items"}
"""Fields of an article that say nothing to a reader."""


@dataclass(frozen=True, kw_only=True)
class LibraryChange:
    """One entry of the library that changed, and the number of outcomes of all trees that cite it, or point to it or to
    what cites it.
    """

    what: str  # statute | article | channels | evidence | mistakes | papers | order | calendar
    name: str
    changes: tuple[Change, ...] = ()  # none for what was added or removed
    is_new: bool = False
    is_gone: bool = False
    outcomes: int = 0


def library_changes(old: Project, new: Project) -> tuple[LibraryChange, ...]:
    found = [*statute_changes(old, new)]
    for group in entries_by_group(new.library):
        found += entry_changes(group, old, new)
    return (*found, *paper_changes(old, new), *order_changes(old, new), *calendar_changes(old, new))


def statute_changes(old: Project, new: Project) -> Iterator[LibraryChange]:
    before, after = old.library.statutes, new.library.statutes
    counts = citing_outcomes(old), citing_outcomes(new)
    for slug in sorted({*before, *after}):
        one, other = before.get(slug), after.get(slug)
        if one and other:
            changes = field_changes("statute", one, other, left_out={"at", "articles"}, names=names_of(after))
            if changes:
                name = statute_name(other)
                yield LibraryChange(what="statute", name=name, changes=changes, outcomes=counts[1][slug, None])
            yield from article_changes(one, other, old, new, counts)
        elif other:
            name = statute_name(other)
            yield LibraryChange(what="statute", name=name, is_new=True, outcomes=counts[1][slug, None])
        elif one:
            name = statute_name(one)
            yield LibraryChange(what="statute", name=name, is_gone=True, outcomes=counts[0][slug, None])


def statute_name(statute: Statute) -> str:
    return f"{statute.short}（{statute.slug}）"


def article_changes(
    one: Statute,
    other: Statute,
    old: Project,
    new: Project,
    counts: tuple[Counter[ArticleKey], Counter[ArticleKey]],
) -> Iterator[LibraryChange]:
    old_names, new_names = old.library.names, new.library.names
    for number in sorted({*one.articles, *other.articles}, key=lambda number: (int(number.partition("之")[0]), number)):
        before, after = one.articles.get(number), other.articles.get(number)
        cite = Citation(other.slug, number)
        if before and after:
            changes = field_changes("article", before, after, left_out=UNTOLD, names=new_names)
            if not changes:
                continue
        else:
            changes = ()
        yield LibraryChange(
            what="article",
            name=cites_text([cite], new_names if after else old_names),
            changes=changes,
            is_new=before is None,
            is_gone=after is None,
            outcomes=counts[1 if after else 0][other.slug, number],
        )


def field_changes[Entry: (Statute, Article)](
    what: str, before: Entry, after: Entry, *, left_out: set[str], names: Names
) -> tuple[Change, ...]:
    """The fields that differ, each as text."""
    values = (
        (each.name, getattr(before, each.name), getattr(after, each.name))
        for each in fields(after)
        if each.name not in left_out
    )
    return tuple(
        Change(what=what, part=name, old=field_text(was, names), new=field_text(now, names))
        for name, was, now in values
        if was != now
    )


def field_text(value: object, names: Names) -> str:
    if isinstance(value, tuple):
        return "、".join(cites_text([one], names) if isinstance(one, Citation) else one for one in value)
    return str(value)


def entry_changes(group: str, old: Project, new: Project) -> Iterator[LibraryChange]:
    """What entries rest on, and what runs at channels; their words are compared with the texts."""
    before, after = entries_by_group(old.library)[group], entries_by_group(new.library)[group]
    old_names, new_names = old.library.names, new.library.names
    for id in {**after, **before}:
        one, other = before.get(id), after.get(id)
        entry, project = (other, new) if other else (before[id], old)
        changes = (
            part_changes(group, entry_parts(one, old_names), entry_parts(other, new_names)) if one and other else ()
        )
        if one and other and not changes:
            continue
        yield LibraryChange(
            what=group,
            name=f"{id}“{entry.title}”",
            changes=changes,
            is_new=one is None,
            is_gone=other is None,
            outcomes=sum((group, id) in pointers_of(outcome) for outcome in outcomes_of(project)),
        )


def part_changes(group: str, old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Change, ...]:
    return tuple(Change(what=group, part=part, old=old[part], new=now) for part, now in new.items() if old[part] != now)


def entry_parts(entry: LibraryEntry, names: Names) -> dict[str, str]:
    cited = (cites_text([cite], names) for item in entry.statements() for cite in item.cites)
    parts = {"cite": "、".join(dict.fromkeys(cited))}
    if isinstance(entry, Channel):
        parts["clocks"] = "; ".join(f"{one.id}: {one.kind} {one.within} on {', '.join(one.on)}" for one in entry.clocks)
        parts["log"] = "; ".join(f"{kind}: {', '.join(ids)}" for kind, ids in entry.log.items())
    return parts


def paper_changes(old: Project, new: Project) -> Iterator[LibraryChange]:
    """Whatever changed in a paper, its demands' words included."""
    before, after = ({id: one.compiled for id, one in project.papers.items()} for project in (old, new))
    for id in sorted({*before, *after}):
        if before.get(id) != after.get(id):
            yield LibraryChange(what="papers", name=id, is_new=id not in before, is_gone=id not in after)


def order_changes(old: Project, new: Project) -> Iterator[LibraryChange]:
    """The home page: trees that were added or removed are no change of order."""
    both = old.trees.keys() & new.trees.keys()
    moved = [id for id in old.trees if id in both] != [id for id in new.trees if id in both]
    parts = (
        ("begin", old.trees, new.trees, moved),
        ("unsure", old.unsure, new.unsure, True),
        ("onward", old.onward, new.onward, True),
    )
    changes = tuple(
        Change(what="order", part=part, old=", ".join(before), new=", ".join(after))
        for part, before, after, counts in parts
        if counts and [*before] != [*after]
    )
    if changes:
        yield LibraryChange(what="order", name="order.yml", changes=changes)


def calendar_changes(old: Project, new: Project) -> Iterator[LibraryChange]:
    before, after = old.library.calendar, new.library.calendar
    changed = [str(year) for year in sorted({*before, *after}) if days_of(before.get(year)) != days_of(after.get(year))]
    if changed:
        yield LibraryChange(what="calendar", name=", ".join(changed))


def days_of(year: Year | None) -> tuple[set[str], set[str]] | None:
    return ({*year.holidays}, {*year.workdays}) if year else None


def citing_outcomes(project: Project) -> Counter[ArticleKey]:
    """For each article and each statute, the outcomes that cite it, or point to what cites it."""
    by_entry = {(one.pointed_by, one.id): keys_cited(one) for one in relying_in_library(project.library)}
    counts: Counter[ArticleKey] = Counter()
    for tree in project.trees.values():
        for outcome in tree.outcomes.values():
            pointed = (by_entry.get(pointer, set()) for pointer in pointers_of(outcome))
            counts.update(keys_cited(relying_outcome(outcome, tree.id)).union(*pointed))
    return counts


def keys_cited(one: Relying) -> set[ArticleKey]:
    """By `cite`; an article that a text only mentions carries nothing there."""
    cites = [cite for item in one.statements for cite in item.cites]
    return {key for cite in cites for key in ((cite.statute, cite.article), (cite.statute, None))}


def pointers_of(outcome: Outcome) -> set[tuple[str, str]]:
    """The entries that an outcome points to, each with the key by which it does."""
    return {(group, item.use) for group, items in outcome.groups().items() for item in items if isinstance(item, Use)}


def outcomes_of(project: Project) -> Iterable[Outcome]:
    return (outcome for tree in project.trees.values() for outcome in tree.outcomes.values())
