"""Every deadline's start is asked on every path to it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from minglu.diagnostics import Diagnostic, Span, Words
from minglu.resolve.model import Amount, Deadline, Guard
from minglu.unfold.model import State, Unfolded
from minglu.verify.story import story
from minglu.verify.subject import Subject

PROVES = "每个期限从哪天起算，走到那里以前都问过"


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each question that some readers of a node were not asked, at the first place that needs its
    answer; the other places that need it are shown with it.
    """
    one = subject.one
    asked = asked_before(one)
    lacking: dict[tuple[str, str], tuple[State, dict[Span, Words]]] = {}
    reported: set[tuple] = set()
    for state in one.states.values():
        for id, at, what in wanted(one, state):
            if id not in asked[state.id]:
                lacking.setdefault((state.node, id), (state, {}))[1].setdefault(at, what)
    for (node, id), (state, places) in lacking.items():
        (at, what), *others = places.items()
        reader = story(without(one, id), state.id)
        also = tuple((there, Words(f"{more.zh}也要用", f"{more.en} needs it too")) for there, more in others)
        yield Diagnostic(
            "dated",
            at,
            Words(
                f"{what.zh}要用 `{id}` 的回答，但有的读者走到 `{node}` 时没有被问到",
                f"{what.en} needs the answer to `{id}`, which some readers of `{node}` were not asked",
            ),
            Words(
                f"{reader.zh}；在这条路上也问它，或加上 `when`，只给问过的人看",
                f"{reader.en}; ask it on that path too, or show it with a `when` to those who were asked",
            ),
            also,
        )
    for state in one.states.values():
        for item, earlier in unshown(one, state):
            if (key := (state.node, item.id, earlier)) not in reported:
                reported.add(key)
                reader = story(one, state.id)
                yield Diagnostic(
                    "dated",
                    item.at,
                    needs_unshown(item, earlier),
                    Words(f"{reader.zh}；让两个的 `when` 一样", f"{reader.en}; give both the same `when`"),
                )


def needs_unshown(item: Deadline | Amount, earlier: str) -> Words:
    if isinstance(item, Deadline):
        return Words(
            f"期限 `{item.id}` 从 `{earlier}` 起算，但有的读者看不到 `{earlier}`",
            f"the deadline `{item.id}` is counted from `{earlier}`, which some readers do not see",
        )
    return Words(
        f"金额 `{item.id}` 要用 `{earlier}`，但有的读者看不到 `{earlier}`",
        f"the amount `{item.id}` is reckoned from `{earlier}`, which some readers do not see",
    )


def wanted(one: Unfolded, state: State) -> Iterator[tuple[str, Span, Words]]:
    """The questions whose answers this state counts with, and where the author says so."""
    tree = one.tree
    if state.node in tree.questions:
        question = tree.questions[state.node]
        for id in filter(None, (question.until, question.plus)):
            yield id, question.at, Words("这个日期问题", "this date question")
        return
    outcome = tree.outcomes[state.node]
    for index in state.items["deadlines"]:
        deadline = outcome.deadlines[index]
        for id, _ in deadline.start.dates:
            if id in tree.questions:
                yield id, deadline.at, Words(f"期限 `{deadline.id}` ", f"the deadline `{deadline.id}`")
        if deadline.met_by:
            yield (
                deadline.met_by,
                deadline.at,
                Words(f"期限 `{deadline.id}` 的 `met_by` ", f"`met_by` of the deadline `{deadline.id}`"),
            )
    for index in state.items["amounts"]:
        amount = outcome.amounts[index]
        for id in amount.names():
            if id in tree.questions:
                yield id, amount.at, Words(f"金额 `{amount.id}` ", f"the amount `{amount.id}`")


def unshown(one: Unfolded, state: State) -> Iterator[tuple[Deadline | Amount, str]]:
    """Deadlines and amounts shown in this state that are reckoned from one that is not, or whose ticks are others. A
    sum is of what is shown, and is reported only where nothing of it is.
    """
    if state.node not in one.tree.outcomes:
        return
    outcome = one.tree.outcomes[state.node]
    deadlines = [outcome.deadlines[index] for index in state.items["deadlines"]]
    amounts = [outcome.amounts[index] for index in state.items["amounts"]]
    hidden = {item.id for item in outcome.deadlines} - {item.id for item in deadlines}
    hidden |= {item.id for item in outcome.amounts} - {item.id for item in amounts}
    reckoned: tuple[Deadline | Amount, ...] = (*outcome.deadlines, *outcome.amounts)
    ticked = {item.id: item.guard.ticks for item in reckoned if item.guard.ticks}
    for deadline in deadlines:
        starts = (id for id, _ in deadline.start.dates)
        yield from ((deadline, id) for id in starts if id in hidden or needs_other_ticks(deadline, id, ticked))
    for amount in amounts:
        names = amount.names()
        yield from ((amount, id) for id in names if id in hidden or needs_other_ticks(amount, id, ticked))
        if amount.sum and hidden.issuperset(amount.sum):
            yield amount, amount.sum[0]


def needs_other_ticks(item: Deadline | Amount, id: str, ticked: Mapping[str, Guard]) -> bool:
    return id in ticked and ticked[id] != item.guard.ticks


def asked_before(one: Unfolded) -> dict[str, frozenset[str]]:
    """The questions asked on every path to a state; states come in topological order."""
    asked: dict[str, frozenset[str]] = {one.start: frozenset()}
    for state in one.states.values():
        after = asked[state.id] | {state.node}
        for edge in state.edges:
            if isinstance(edge.to, str):
                asked[edge.to] = asked[edge.to] & after if edge.to in asked else after
    return asked


def without(one: Unfolded, question: str) -> Unfolded:
    """The same states with every way through `question` closed: what is still reached is reached without it."""
    return replace(
        one,
        states={id: replace(state, edges=()) if state.node == question else state for id, state in one.states.items()},
    )
