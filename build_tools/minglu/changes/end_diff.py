"""Where a reader ends in the old tree and in the new one → what they get that is not the same."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from minglu.changes.pairing import ItemPairs, Pairing, pair_items
from minglu.changes.product_walk import NoSuchAnswer, Position
from minglu.engine.citations import Citation, label
from minglu.engine.contract import OUTCOME_LISTS
from minglu.engine.names import Names
from minglu.resolve.model import (
    Also,
    Amount,
    Bracket,
    Burden,
    Count,
    Deadline,
    Guard,
    Item,
    Now,
    Outcome,
    Statement,
    Use,
)
from minglu.unfold.model import Handover, Unfolded

REST = tuple(name for name in OUTCOME_LISTS if name not in ("deadlines", "channels"))
"""The lists of an outcome that matter less than its deadlines and channels."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that differs. `what` is a word of the format (`outcome`, `deadlines`, …), `name` which one, `part`
    which of its keys; `old` or `new` is "" where there is none.
    """

    what: str
    name: str = ""
    part: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class DiffSide:
    """The old or the new project: its trees as states, and the names of its statutes."""

    unfolded: Mapping[str, Unfolded]
    names: Names


@dataclass(frozen=True, kw_only=True)
class TreeVersions:
    """One tree in both versions; `pairings` has every tree that both have.

    `item_pairs` fills as ends are compared, by the ids of two outcomes: many ends show the same two.
    """

    tree: str
    old: DiffSide
    new: DiffSide
    pairings: Mapping[str, Pairing]
    item_pairs: dict[tuple[str, str], dict[str, ItemPairs]] = field(default_factory=dict)

    @property
    def pairing(self) -> Pairing:
        return self.pairings[self.tree]


@dataclass(frozen=True)
class ShownEnd:
    """What a state of an outcome shows: of each list, the indexes."""

    outcome: Outcome
    items: dict[str, tuple[int, ...]]


ReachedEnd = ShownEnd | Handover


def end_changes(both: TreeVersions, old: Position, new: Position) -> tuple[Change, ...]:
    """In the order of importance: outcome, standing, deadlines, articles, channels, and then the rest of what is
    shown.
    """
    if isinstance(old, NoSuchAnswer) or isinstance(new, NoSuchAnswer):
        return ()
    before, after = end_at(both.old.unfolded[both.tree], old), end_at(both.new.unfolded[both.tree], new)
    found: list[Change] = []
    moved = name_in_new(before, both.pairing) != end_name_of(after)
    if moved:
        found.append(Change(what="outcome", old=end_name_of(before), new=end_name_of(after)))
    elif isinstance(before, Handover) and isinstance(after, Handover):
        found += arrival_changes(both, before, after)
    if isinstance(before, ShownEnd) and isinstance(after, ShownEnd):
        found += value_change("standing", before.outcome.standing, after.outcome.standing)
    if isinstance(before, ShownEnd) or isinstance(after, ShownEnd):
        found += contents_changes(both, before, after, all_lists=not moved)
    return tuple(found)


def end_at(one: Unfolded, at: str | Handover) -> ReachedEnd:
    if isinstance(at, Handover):
        return at
    state = one.states[at]
    return ShownEnd(one.tree.outcomes[state.node], state.items)


def end_name_of(end: ReachedEnd) -> str:
    return f"tree/{end.tree}" if isinstance(end, Handover) else end.outcome.id


def name_in_new(end: ReachedEnd, pairing: Pairing) -> str:
    """What the new tree calls an end of the old one; a name of no end where it has none such."""
    if isinstance(end, Handover):
        return end_name_of(end)
    return pairing.outcomes.get(end.outcome.id, f"old:{end.outcome.id}")


def arrival_changes(both: TreeVersions, old: Handover, new: Handover) -> Iterator[Change]:
    """Where a hand-over arrives in the other tree, without a script."""
    node = both.old.unfolded[old.tree].states[old.state].node
    arrives = both.new.unfolded[new.tree].states[new.state].node
    other = both.pairings[old.tree]
    if (other.questions | other.outcomes).get(node) != arrives:
        yield Change(what="arrives", name=f"tree/{old.tree}", old=node, new=arrives)
    if old.carries != new.carries:
        yield Change(what="with", name=f"tree/{old.tree}", old=said_text(old.carries), new=said_text(new.carries))


def said_text(carries: Iterable[tuple[str, str]]) -> str:
    """What a hand-over says of the other tree's questions, as in the format."""
    return ", ".join(f"{question}: {answer}" for question, answer in carries) or "–"


def value_change(what: str, old: str, new: str) -> list[Change]:
    return [Change(what=what, old=old, new=new)] if old != new else []


def contents_changes(both: TreeVersions, before: ReachedEnd, after: ReachedEnd, *, all_lists: bool) -> Iterator[Change]:
    pairs = item_pairs(both, outcome_at(before), outcome_at(after))
    cites, other_cites = cites_shown(before, both.old.names), cites_shown(after, both.new.names)
    lists = ListComparison(both=both, before=before, after=after, but_cites=cites != other_cites)
    asked = both.pairing.questions
    yield from list_changes(lists, "deadlines", pairs["deadlines"], asked | deadline_ids(before, after, pairs))
    yield from (Change(what="article", old=cite) for cite in cites if cite not in other_cites)
    yield from (Change(what="article", new=cite) for cite in other_cites if cite not in cites)
    yield from value_change("channels", channels_shown(before), channels_shown(after))
    for name in REST if all_lists else ():
        yield from list_changes(lists, name, pairs[name], asked)


def outcome_at(end: ReachedEnd) -> Outcome | None:
    return end.outcome if isinstance(end, ShownEnd) else None


def item_pairs(both: TreeVersions, old: Outcome | None, new: Outcome | None) -> dict[str, ItemPairs]:
    key = old.id if old else "", new.id if new else ""
    if key not in both.item_pairs:
        before, after = (outcome.groups() if outcome else {} for outcome in (old, new))
        both.item_pairs[key] = {
            name: pair_items(before.get(name, ()), after.get(name, ()), both.pairing.questions)
            for name in ("deadlines", *REST)
        }
    return both.item_pairs[key]


def cites_shown(end: ReachedEnd, names: Names) -> dict[str, None]:
    items = (item for name in OUTCOME_LISTS for item in items_shown(end, name).values())
    return {label(cite, names): None for item in items if isinstance(item, Statement) for cite in item.cites}


def channels_shown(end: ReachedEnd) -> str:
    return ", ".join(use.use for use in items_shown(end, "channels").values() if isinstance(use, Use))


def items_shown(end: ReachedEnd, name: str) -> dict[int, Item]:
    """By their index; none where another tree goes on."""
    if isinstance(end, Handover):
        return {}
    items = end.outcome.groups()[name]
    return {index: items[index] for index in end.items[name]}


def deadline_ids(before: ReachedEnd, after: ReachedEnd, pairs: dict[str, ItemPairs]) -> dict[str, str]:
    """The ids of deadlines that both outcomes have, shown or not: old to new."""
    old, new = outcome_at(before), outcome_at(after)
    return {
        old.deadlines[one].id: new.deadlines[other].id
        for one, other in pairs["deadlines"]
        if old and new and one is not None and other is not None
    }


@dataclass(frozen=True, kw_only=True)
class ListComparison:
    """Two ends whose lists are compared; `but_cites` where their articles differ, which is reported once for all."""

    both: TreeVersions
    before: ReachedEnd
    after: ReachedEnd
    but_cites: bool


def list_changes(lists: ListComparison, name: str, pairs: ItemPairs, renamed: dict[str, str]) -> Iterator[Change]:
    """What is gone, new, or counts otherwise; words are not compared. `renamed` are the questions and deadlines that
    items count by: old to new.
    """
    before, after = items_shown(lists.before, name), items_shown(lists.after, name)
    old_names, new_names = lists.both.old.names, lists.both.new.names
    for one, other in pairs:
        old, new = (None if one is None else before.get(one)), (None if other is None else after.get(other))
        if old and new:
            parts, other_parts = item_parts(old, old_names, renamed), item_parts(new, new_names, {})
            yield from (
                Change(what=name, name=item_title(new), part=part, old=parts[part], new=other_parts[part])
                for part in parts
                if parts[part] != other_parts[part] and not (lists.but_cites and part == "cite")
            )
        elif old:
            yield Change(what=name, name=item_title(old), old=item_summary(old, old_names))
        elif new:
            yield Change(what=name, name=item_title(new), new=item_summary(new, new_names))


def item_title(item: Item) -> str:
    match item:
        case Deadline() | Amount():
            return f"{item.id}“{item.label}”"
        case Statement():
            return f"“{item.says}”"
        case Use():
            return item.use
        case Also():
            return f"“{item.says}”"
    raise TypeError(item)


def item_parts(item: Item, names: Names, renamed: dict[str, str]) -> dict[str, str]:
    """What an item says beside words, by its keys in the format."""
    parts: dict[str, str] = {}
    if isinstance(item, Deadline):
        dates = ", ".join(renamed.get(day, day) + (f" + {plus} days" if plus else "") for day, plus in item.start.dates)
        parts = {
            "kind": item.kind,
            "from": dates if item.start.of == "one" else f"{item.start.of} [{dates}]",
            "within": item.within,
            "met_by": renamed.get(item.met_by or "", item.met_by or ""),
        }
    elif isinstance(item, Amount):
        parts = amount_parts(item, renamed)
    elif isinstance(item, Also):
        parts = {"to": item.to, "with": said_text((one.question, one.answer) for one in item.carries)}
    elif isinstance(item, Burden):
        parts = {"on": item.on}
    elif isinstance(item, Now):
        parts = {"letter": item.letter, "by": renamed.get(item.by, item.by), "to": item.to}
    parts["ticks"] = ticks_text(item.guard.ticks, renamed) if item.guard.ticks else ""
    return parts | ({"cite": cites_text(item.cites, names), "basis": item.basis} if isinstance(item, Statement) else {})


def amount_parts(item: Amount, renamed: dict[str, str]) -> dict[str, str]:
    """How an amount is reckoned; "" for what it has not."""
    share = item.share
    return {
        "of": renamed.get(item.of or "", item.of or ""),
        "sum": ", ".join(item.sum),
        "times": item.times or "",
        "share": f"{count_text(share.part, renamed)} / {count_text(share.whole, renamed)}" if share else "",
        "steps": ", ".join(bracket_text(one) for one in item.steps),
        "less": renamed.get(item.less or "", item.less or ""),
        "at_least": item.at_least or "",
        "most": item.most or "",
    }


def count_text(count: Count, renamed: dict[str, str]) -> str:
    days = [renamed.get(day, day) for day in (count.from_day, count.to_day) if day]
    return " – ".join(days) or count.number or renamed.get(count.question, count.question)


def bracket_text(one: Bracket) -> str:
    charge = one.fixed or f"{one.percent}%"
    return f"{charge} up to {one.up_to}" if one.up_to else charge


def ticks_text(ticks: Guard, renamed: dict[str, str]) -> str:
    """As an author writes it."""
    parts = [f"{renamed.get(one.question, one.question)}: [{', '.join(sorted(one.values))}]" for one in ticks.tests]
    parts += [f"not: {ticks_text(inner, renamed)}" for inner in ticks.nots]
    parts += [f"any: [{', '.join(ticks_text(one, renamed) for one in ones)}]" for ones in ticks.anys]
    return f"{{ {', '.join(parts)} }}"


def cites_text(cites: Iterable[Citation], names: Names) -> str:
    return "、".join(label(cite, names) for cite in cites)


def item_summary(item: Item, names: Names) -> str:
    """An item that only one side shows."""
    parts = item_parts(item, names, {})
    counted = f"{parts['kind']} {parts['within']} from {parts['from']}" if isinstance(item, Deadline) else ""
    return "; ".join(filter(None, (counted, parts.get("cite")))) or "✓"
