"""Compiled trees and the channels' clocks → every rule of a period or a sum that they state, each once.

Two are one rule where they have the same length, kind, label and citations; of sums, where they are reckoned alike,
too. What only gives back a number that the reader typed is no rule. So editors maintain nothing twice.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from minglu.engine import citations
from minglu.engine.amount_words import amount_rule
from minglu.engine.calculators import DAY, Calculators, PeriodRule, PlainCount, RuleInput, SumRule
from minglu.engine.citations import Citation
from minglu.engine.contract import (
    CompiledAmount,
    CompiledCount,
    CompiledDeadline,
    CompiledOutcome,
    CompiledStart,
    CompiledState,
    CompiledTree,
)
from minglu.engine.labels import period_label, start_day_label, start_label
from minglu.engine.words import engine_words
from minglu.resolve.model import Channel, Clock
from minglu.write.cross_references import Site, SitePlace
from minglu.write.words import page_words

BASES = ("text", "inferred", "secondary")
"""From the firmest on: what is stated differently in two places is no firmer than the less firm of them."""

CALCULATORS = "calculators.json"
"""Its name until it is shipped."""

PLAIN_UNITS = ("days", "working-days", "months", "years")


@dataclass(frozen=True)
class Stated:
    """One place that states a rule: `tree` is "" for a channel's clock, `begins` what a period is counted from."""

    tree: str
    place: SitePlace
    says: str
    basis: str
    begins: str = ""


@dataclass(frozen=True)
class Rule:
    """`words` is the rule as a sentence; `short` what stands beside its label; one of `period` and `sum` is there."""

    id: str
    label: str
    short: str
    words: str
    says: str
    basis: str
    cites: tuple[Citation, ...]
    places: tuple[SitePlace, ...]
    trees: tuple[str, ...]
    begins: tuple[str, ...] = ()
    period: PeriodRule | None = None
    sum: SumRule | None = None


@dataclass
class Gathered:
    """A rule while its places are being gathered."""

    item: CompiledDeadline | CompiledAmount
    words: str = ""
    amounts: tuple[CompiledAmount, ...] = ()
    inputs: tuple[RuleInput, ...] = ()
    stated: list[Stated] = field(default_factory=list)


Key = tuple[object, ...]


def collected_rules(site: Site) -> list[Rule]:
    """In the order of the trees, then of the channels."""
    found: dict[Key, Gathered] = {}
    for place, outcome, state, tree in outcome_states(site):
        gather_deadlines(found, place, outcome, state, tree)
        gather_amounts(found, place, outcome, state, tree)
    for channel in site.library.channels.values():
        gather_clocks(found, channel, site)
    return [rule_of(key, one, site) for key, one in found.items()]


def calculators_data(rules: Sequence[Rule], site: Site) -> Calculators:
    names, held = site.library.names, {**site.citations}
    plain = []
    for unit in PLAIN_UNITS:
        cites = plain_citations(unit, site)
        held |= {citations.label(one, names): one for one in cites}
        labels = tuple(citations.label(one, names) for one in cites)
        plain.append(PlainCount(unit, labels, "text" if labels else ""))
    used = {words for rule in rules for words in (citations.label(one, names) for one in rule.cites)}
    used |= {words for one in plain for words in one.cite}
    by_words = {citations.label(cite, names): cite for rule in rules for cite in rule.cites} | held
    return Calculators(
        periods=tuple(rule.period for rule in rules if rule.period),
        sums=tuple(rule.sum for rule in rules if rule.sum),
        plain=tuple(plain),
        citations={words: by_words[words] for words in sorted(used)},
    )


def plain_citations(unit: str, site: Site) -> tuple[Citation, ...]:
    """What plain counting rests on, where the library holds it."""
    library = site.library
    try:
        cited = citations.read(page_words(f"calculators.plain-{unit}"), library.names)
    except ValueError:
        return ()
    return tuple(cited) if all(one.article in library.statutes[one.statute].articles for one in cited) else ()


def outcome_states(site: Site) -> Iterator[tuple[SitePlace, CompiledOutcome, CompiledState, CompiledTree]]:
    for tree in site.compiled.trees.values():
        for state in tree.states.values():
            if outcome := tree.outcomes.get(state.node):
                page = f"trees/{tree.tree}.html"
                yield SitePlace(page=page, anchor=state.id, title=outcome.title, node=state.node), outcome, state, tree


# ---- periods


def gather_deadlines(
    found: dict[Key, Gathered], place: SitePlace, outcome: CompiledOutcome, state: CompiledState, tree: CompiledTree
) -> None:
    for index in state.items["deadlines"]:
        item = outcome.deadlines[index]
        start, plus = typed_start(item.start, outcome, tree)
        key = ("period", item.within, item.kind, item.label, item.cite, plus)
        one = found.setdefault(key, Gathered(with_typed_start(item, plus)))
        one.stated.append(Stated(tree.tree, place, item.says, item.basis, start))


def typed_start(start: CompiledStart, outcome: CompiledOutcome, tree: CompiledTree) -> tuple[str, int]:
    """What day the reader is to type, in words, and the days added to it; of several days they type the one that
    counts.
    """
    if len(start.dates) == 1:
        ((name, plus),) = start.dates
        return start_day_label(name, 0, outcome, tree), plus
    return start_label(start, outcome, tree), 0


def with_typed_start(item: CompiledDeadline, plus: int) -> CompiledDeadline:
    return replace(item, when="", ticks=None, start=CompiledStart("one", ((DAY, plus),)), met_by=None)


def gather_clocks(found: dict[Key, Gathered], channel: Channel, site: Site) -> None:
    place = SitePlace(page=f"channels/{channel.id}.html", anchor="", title=channel.title, node=channel.id)
    for clock in channel.clocks:
        item = clock_item(clock, site)
        key = ("period", item.within, item.kind, item.label, item.cite, 0)
        one = found.setdefault(key, Gathered(item))
        what = engine_words("answer.or").join(engine_words(f"log.{kind}") for kind in clock.on)
        begins = page_words("calculators.clock-begins", who=channel.title, what=what)
        one.stated.append(Stated("", place, clock.says, clock.basis, begins))


def clock_item(clock: Clock, site: Site) -> CompiledDeadline:
    return CompiledDeadline(
        when="",
        ticks=None,
        says=clock.says,
        cite=tuple(citations.label(cite, site.library.names) for cite in clock.cites),
        basis=clock.basis,
        id=clock.id,
        kind=clock.kind,
        label=clock.label,
        start=CompiledStart("one", ((DAY, 0),)),
        within=clock.within,
        met_by=None,
    )


# ---- sums


def gather_amounts(
    found: dict[Key, Gathered], place: SitePlace, outcome: CompiledOutcome, state: CompiledState, tree: CompiledTree
) -> None:
    shown = {item.id: item for item in (outcome.amounts[index] for index in state.items["amounts"])}
    for item in shown.values():
        chain = chain_of(item, shown)
        if not is_reckoned(chain[-1]):
            continue
        words = tuple((one.label, amount_rule(one, outcome, tree)) for one in chain)
        one = found.setdefault(
            ("sum", item.label, item.cite, words),
            Gathered(chain[-1], words[-1][1], chain, tuple(inputs_of(chain, outcome, tree))),
        )
        one.stated.append(Stated(tree.tree, place, item.says, item.basis))


def chain_of(item: CompiledAmount, shown: dict[str, CompiledAmount]) -> tuple[CompiledAmount, ...]:
    """The amounts that it is reckoned from, as far as they are shown with it, in order, and itself."""
    own = replace(item, when="", ticks=None, sum=tuple(name for name in item.sum if name in shown))
    needed = [name for name in (own.of, *own.sum, own.less) if name in shown]
    chain: dict[str, CompiledAmount] = {}
    for name in needed:
        chain |= {one.id: one for one in chain_of(shown[name], shown)}
    return (*chain.values(), own)


def is_reckoned(item: CompiledAmount) -> bool:
    """Whether it is more than a number that the reader typed."""
    return bool(item.times or item.share or item.steps or item.less or item.at_least or item.most or len(item.sum) > 1)


def inputs_of(chain: tuple[CompiledAmount, ...], outcome: CompiledOutcome, tree: CompiledTree) -> Iterator[RuleInput]:
    """What must be typed for them, each once."""
    own, seen = {item.id for item in chain}, set[str]()
    for item in chain:
        counts = (item.share.part, item.share.whole) if item.share else ()
        for name in (item.of, *(name for count in counts for name in names_of_count(count)), item.less):
            if not name or name in own or name in seen or name == "today":
                continue
            seen.add(name)
            if name in tree.questions:
                asked = tree.questions[name]
                kind = DAY if asked.kind == "date" else asked.kind
                yield RuleInput(name, kind, asked.ask, asked.unit)
            else:
                yield RuleInput(name, DAY, start_day_label(name, 0, outcome, tree), "")


def names_of_count(count: CompiledCount) -> tuple[str, ...]:
    return (count.question, count.from_day, count.to_day)


# ---- what was gathered


def rule_of(key: Key, one: Gathered, site: Site) -> Rule:
    """With the caveat that most of its places have, and the basis of the least firm."""
    id = f"rule-{sha256(repr(key).encode()).hexdigest()[:8]}"
    told = Counter(stated.says for stated in one.stated if stated.says)
    says = told.most_common(1)[0][0] if told else ""
    beside: tuple[CompiledAmount | Stated, ...] = (*one.amounts[:-1], *one.stated)
    basis = max((stated.basis for stated in beside if stated.basis), key=BASES.index, default="")
    places = tuple({(place.page, place.node): place for place in (stated.place for stated in one.stated)}.values())
    item = replace(one.item, id=id, says=says, basis=basis)
    begins = tuple(dict.fromkeys(stated.begins for stated in one.stated if stated.begins))
    rule = Rule(
        id=id,
        label=item.label,
        short="",
        words=one.words,
        says=says,
        basis=basis,
        cites=tuple(cited(words, site) for words in all_cites(item, one.amounts)),
        places=places,
        trees=tuple(dict.fromkeys(stated.tree for stated in one.stated)),
        begins=begins,
    )
    if isinstance(item, CompiledDeadline):
        words = engine_words(f"rule.{item.kind}", begins=begins_words(item, begins), period=period_label(item.within))
        return replace(rule, short=period_label(item.within), words=words, period=PeriodRule(id, item))
    return replace(rule, sum=SumRule(id, (*one.amounts[:-1], replace(item, id=one.item.id)), one.inputs))


def all_cites(item: CompiledDeadline | CompiledAmount, amounts: tuple[CompiledAmount, ...]) -> tuple[str, ...]:
    """Those of what it is reckoned from, too."""
    return tuple(dict.fromkeys((*item.cite, *(cite for one in amounts for cite in one.cite))))


def begins_words(item: CompiledDeadline, begins: tuple[str, ...]) -> str:
    ((_, plus),) = item.start.dates
    days = begins[0] if len(begins) == 1 else engine_words("answer.or").join(begins)
    return engine_words("rule.days-later", day=days, plus=plus) if plus else days


def cited(words: str, site: Site) -> Citation:
    return site.citations.get(words) or citations.read(words, site.library.names)[0]
