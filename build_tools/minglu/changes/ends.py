"""Where a reader ends in the old tree and in the new one → what they get that is not the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minglu.changes.pairing import Pairs, Same, pair_items
from minglu.changes.together import At, Missing
from minglu.engine.citations import Citation, Names, label
from minglu.resolve.model import Amount, Burden, Deadline, Outcome, Statement
from minglu.unfold.model import Handover, Unfolded

ITEMS = ("remedies", "grounds", "burden", "amounts", "evidence", "risks", "letters", "mistakes")


@dataclass(frozen=True)
class Change:
    """One thing that differs. `what` is a word of the format (`outcome`, `deadlines`, …), `name` which one, `part` what of it;
    `old` or `new` is "" where there is none.
    """

    what: str
    name: str
    part: str
    old: str
    new: str


@dataclass(frozen=True)
class Version:
    """One side: its trees as states, and the names of its statutes."""

    unfolded: dict[str, Unfolded]
    names: Names


@dataclass(frozen=True)
class Shown:
    """What one end shows: of each list, the indexes."""

    outcome: Outcome
    items: dict[str, tuple[int, ...]]
    names: Names

    def of(self, name: str) -> list[int]:
        return list(self.items[name])

    def cites(self) -> dict[str, None]:
        statements = (
            item
            for name, shown in self.items.items()
            for index in shown
            if isinstance(item := self.outcome.groups()[name][index], Statement)
        )
        return dict.fromkeys(label(cite, self.names) for item in statements for cite in item.cites)


class Ends:
    """Compares ends of one tree in both versions; `sames` pairs every tree that both have."""

    def __init__(self, tree: str, old: Version, new: Version, sames: dict[str, Same]) -> None:
        self.tree, self.old, self.new, self.sames, self.same = tree, old, new, sames, sames[tree]
        self.pairs: dict[tuple[str, str], dict[str, Pairs]] = {}

    def changes(self, old: At, new: At) -> tuple[Change, ...]:
        """In the order of importance: outcome, standing, deadlines, articles, channels, and then the rest of what is shown."""
        if isinstance(old, Missing) or isinstance(new, Missing):
            return ()
        before, after = self.shown(self.old, old), self.shown(self.new, new)
        moved = self.named(old, self.old, before) != self.named(new, self.new, after)
        found = [Change("outcome", "", "", name_of(old, before), name_of(new, after))] if moved else []
        if isinstance(old, Handover) and isinstance(new, Handover) and not moved:
            found += self.arrivals(old, new)
        if before and after and before.outcome.standing != after.outcome.standing:
            found.append(Change("standing", "", "", before.outcome.standing, after.outcome.standing))
        pairs = self.paired(before.outcome if before else None, after.outcome if after else None)
        cites = tuple(one.cites() if one else {} for one in (before, after))
        if before or after:
            found += self.deadlines(before, after, pairs["deadlines"], told=cites[0] != cites[1])
            found += [Change("article", "", "", cite, "") for cite in cites[0] if cite not in cites[1]]
            found += [Change("article", "", "", "", cite) for cite in cites[1] if cite not in cites[0]]
            channels = tuple(
                ", ".join(one.outcome.channels[index].use for index in one.of("channels")) if one else ""
                for one in (before, after)
            )
            found += [Change("channels", "", "", *channels)] if channels[0] != channels[1] else []
        if before and after and not moved:
            for name in ITEMS:
                found += items(
                    name, before, after, pairs[name], {"sum": self.same.questions}, told=cites[0] != cites[1]
                )
        return tuple(found)

    def shown(self, version: Version, at: At) -> Shown | None:
        if isinstance(at, Handover):
            return None
        one = version.unfolded[self.tree]
        return Shown(one.tree.outcomes[one.states[at].node], one.states[at].items, version.names)

    def named(self, at: At, version: Version, shown: Shown | None) -> str:
        """The same for both versions of one outcome."""
        if shown is None:
            return f"tree/{at.tree}"
        return (
            self.same.outcomes.get(shown.outcome.id, f"old:{shown.outcome.id}")
            if version is self.old
            else shown.outcome.id
        )

    def arrivals(self, old: Handover, new: Handover) -> Iterator[Change]:
        """Where a hand-over arrives in the other tree, without a script."""
        node, arrives = (
            self.old.unfolded[old.tree].states[old.state].node,
            self.new.unfolded[new.tree].states[new.state].node,
        )
        other = self.sames[old.tree]
        if (other.questions | other.outcomes).get(node) != arrives:
            yield Change("arrives", f"tree/{old.tree}", "", node, arrives)

    def paired(self, old: Outcome | None, new: Outcome | None) -> dict[str, Pairs]:
        key = old.id if old else "", new.id if new else ""
        if key not in self.pairs:
            before, after = (outcome.groups() if outcome else {} for outcome in (old, new))
            self.pairs[key] = {
                name: pair_items(before.get(name, ()), after.get(name, ()), self.same.questions)
                for name in ("deadlines", *ITEMS)
            }
        return self.pairs[key]

    def deadlines(self, before: Shown | None, after: Shown | None, pairs: Pairs, *, told: bool) -> Iterator[Change]:
        ids = {
            before.outcome.deadlines[one].id: after.outcome.deadlines[other].id
            for one, other in pairs
            if one is not None and other is not None
        }
        return items("deadlines", before, after, pairs, {"from": self.same.questions | ids}, told=told)


def name_of(at: At, shown: Shown | None) -> str:
    return shown.outcome.id if shown else f"tree/{at.tree}"


def items(
    name: str,
    before: Shown | None,
    after: Shown | None,
    pairs: Pairs,
    renamed: dict[str, dict[str, str]],
    *,
    told: bool,
) -> Iterator[Change]:
    """What is gone, new, or counts otherwise; words are not compared. With `told` it is said elsewhere that the articles differ."""
    old_shown, new_shown = (one.of(name) if one else [] for one in (before, after))
    for one, other in pairs:
        old = getattr(before.outcome, name)[one] if one in old_shown else None
        new = getattr(after.outcome, name)[other] if other in new_shown else None
        if old and new:
            parts = parts_of(old, before.names, renamed), parts_of(new, after.names, {})
            yield from (
                Change(name, title(new), part, parts[0][part], parts[1][part])
                for part in parts[0]
                if parts[0][part] != parts[1][part] and not (told and part == "cite")
            )
        elif old:
            yield Change(name, title(old), "", summary(old, before.names), "")
        elif new:
            yield Change(name, title(new), "", "", summary(new, after.names))


def title(item) -> str:
    match item:
        case Deadline() | Amount():
            return f"{item.id}“{item.label}”"
        case Statement():
            return f"“{item.says}”"
    return item.use


def parts_of(item, names: Names, renamed: dict[str, dict[str, str]]) -> dict[str, str]:
    """What an item says beside words, by its keys in the format."""
    parts = {}
    if isinstance(item, Deadline):
        known = renamed.get("from", {})
        dates = ", ".join(known.get(day, day) + (f" + {plus} days" if plus else "") for day, plus in item.start.dates)
        parts = {
            "kind": item.kind,
            "from": dates if item.start.of == "one" else f"{item.start.of} [{dates}]",
            "within": item.within,
        }
    elif isinstance(item, Amount):
        parts = {
            "sum": renamed.get("sum", {}).get(item.sum, item.sum),
            "times": str(item.times),
            "at_least": str(item.at_least),
        }
    elif isinstance(item, Burden):
        parts = {"on": item.on}
    return parts | ({"cite": listed(item.cites, names), "basis": item.basis} if isinstance(item, Statement) else {})


def listed(cites: Iterable[Citation], names: Names) -> str:
    return "、".join(label(cite, names) for cite in cites)


def summary(item, names: Names) -> str:
    """An item that only one side shows."""
    parts = parts_of(item, names, {})
    said = f"{parts['kind']} {parts['within']} from {parts['from']}" if isinstance(item, Deadline) else ""
    return "; ".join(filter(None, (said, parts.get("cite")))) or "✓"
