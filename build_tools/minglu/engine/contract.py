"""The contract: a tree as `compile` leaves it and as everything after it reads it, in Python and, as JSON, in the
browser.

Every key is always there, in JSON too (`engine/codec.py`). What a reader is shown in words is in the words of the
authors; rules, days and ranges are data, put into words by the engine.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import get_origin

from .citations import Citation


@dataclass(frozen=True)
class CompiledAnswer:
    """An option of a choice, or a band of a date, number or money question; the label of a band may be empty. The one
    answer of a question with ticks is called `done`.

    `limit` is None for options and for the open last band; else a period such as `7 days` for dates, or the ISO day
    before which the band lies; digits for numbers, yuan with two decimals for money. `warn` is a line that stands on
    every screen after this answer, or "".
    """

    id: str
    label: str
    hint: str
    limit: str | None
    warn: str = ""


@dataclass(frozen=True)
class CompiledTick:
    """One option of a `several` question."""

    id: str
    label: str
    hint: str


@dataclass(frozen=True)
class CompiledQuestion:
    """`kind` is choice, date, number, money or several; `ticks` are what a `several` question offers. `until` and
    `plus` name the questions that a date question counts by. `shared` ones are asked by several trees: `carries` maps
    each range, and each row of adjacent ones, to how it is carried to the next tree, `takes` whatever another tree may
    carry here to the range that it is.
    """

    id: str
    kind: str
    ask: str
    why: str
    find: str
    unit: str
    until: str | None
    plus: str | None
    shared: bool
    answers: tuple[CompiledAnswer, ...]
    ticks: tuple[CompiledTick, ...]
    carries: dict[str, str]
    takes: dict[str, str]

    def answer_ids(self) -> tuple[str, ...]:
        return tuple(answer.id for answer in self.answers)


@dataclass(frozen=True)
class CompiledState:
    """A node plus the earlier answers that still matter there.

    `known` maps a question to the answer ids it may stand for here. `to` maps each answer of a question to a state,
    or to `tree/<id>#<state>` in another tree, with `?question=answer&…` behind it for what the hand-over says there; it
    is empty for an outcome. `items` maps each list of an outcome to the indexes shown here; it is empty for a question.
    `left` is the least and the most number of questions still to be answered, this one included. `onward` maps what an
    outcome leads on to another tree with (`also.0`, `channels.2`) to where that arrives.
    """

    id: str
    node: str
    known: dict[str, tuple[str, ...]]
    to: dict[str, str]
    items: dict[str, tuple[int, ...]]
    left: tuple[int, int]
    onward: dict[str, str]


@dataclass(frozen=True)
class TickTest:
    """One of these ticks of a `several` question is set; false where it was not asked."""

    question: str
    ticks: tuple[str, ...]


@dataclass(frozen=True)
class TickCondition:
    """All `tests` hold, none of `nots` does, and of each of `anys` one does at least."""

    tests: tuple[TickTest, ...]
    nots: tuple["TickCondition", ...]
    anys: tuple[tuple["TickCondition", ...], ...]


@dataclass(frozen=True, kw_only=True)
class CompiledItem:
    """Anything in a list of an outcome; `when` says in words whom it is for, "" where it is for every reader of the
    outcome. `ticks` is what must be ticked besides: states say nothing of it.
    """

    when: str
    ticks: TickCondition | None


@dataclass(frozen=True, kw_only=True)
class CompiledStatement(CompiledItem):
    """`cite` are citations in words, keys of the tree's `citations`; `basis` is text, inferred, secondary, or ""
    without a citation.
    """

    says: str
    cite: tuple[str, ...]
    basis: str


@dataclass(frozen=True, kw_only=True)
class CompiledRemedy(CompiledStatement):
    """`says` is what to demand, `how` the way to do it."""

    how: str


@dataclass(frozen=True, kw_only=True)
class CompiledBurden(CompiledStatement):
    """`on` is seller or buyer."""

    on: str


@dataclass(frozen=True, kw_only=True)
class CompiledNow(CompiledStatement):
    """`says` is what to do now. `letter`, `by` and `to` are ids of a letter, a deadline and a channel (or `tree/<id>`)
    of the same outcome, shown wherever this is; "" where there is none.
    """

    letter: str
    by: str
    to: str


@dataclass(frozen=True, kw_only=True)
class CompiledReply(CompiledStatement):
    """`says` is what the other side will say, `letter` the sentence for letters where it is ticked, or ""."""

    id: str
    answer: str
    letter: str


@dataclass(frozen=True)
class CompiledStart:
    """Where a deadline is counted from: `of` is one, earliest or latest of `dates`, each a date question or an
    earlier deadline with the days added to it.
    """

    of: str
    dates: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class CompiledDeadline(CompiledStatement):
    """`kind` is due or ripens; `within` is a period such as `7 days`; `met_by` the date question that asks for the day
    on which the reader acted.
    """

    id: str
    kind: str
    label: str
    start: CompiledStart
    within: str
    met_by: str | None


@dataclass(frozen=True)
class CompiledCount:
    """A number question, or a whole number, or the days from one day to another; each "" where it is not that. A day
    is a date question, a deadline or `today`.
    """

    question: str
    number: str
    from_day: str
    to_day: str


@dataclass(frozen=True)
class CompiledShare:
    """`part` out of `whole`."""

    part: CompiledCount
    whole: CompiledCount


@dataclass(frozen=True)
class CompiledBracket:
    """A row of a cumulative table of charges: of what lies above the row before and within `up_to` yuan, a `fixed` sum
    or so many `percent`. The last row has no `up_to`.
    """

    up_to: str | None
    fixed: str | None
    percent: str | None


@dataclass(frozen=True, kw_only=True)
class CompiledAmount(CompiledStatement):
    """`of` a number or money question or an earlier amount, or the `sum` of earlier amounts; then, in this order,
    `times`, `share`, `steps`, `less` (like `of`), `at_least`, `most`. Yuan and factors are decimal text.
    """

    id: str
    label: str
    of: str | None
    sum: tuple[str, ...]
    times: str | None
    share: CompiledShare | None
    steps: tuple[CompiledBracket, ...]
    less: str | None
    at_least: str | None
    most: str | None


@dataclass(frozen=True, kw_only=True)
class CompiledUse(CompiledItem):
    """A piece of evidence (`detail` is what it proves), a mistake, or a channel (`detail` is its line on the ladder);
    `id` may be `tree/<id>`.
    """

    id: str
    title: str
    detail: str


@dataclass(frozen=True)
class CompiledReach:
    """How to get to a channel. `kind` is tel, url, place or note; `says` what it is for, or ""."""

    kind: str
    value: str
    says: str


@dataclass(frozen=True, kw_only=True)
class CompiledChannel(CompiledUse):
    """`reach` is empty for another tree."""

    reach: tuple[CompiledReach, ...]


@dataclass(frozen=True, kw_only=True)
class CompiledAlso(CompiledItem):
    """What is often true at the same time; `id` is `tree/<id>`, whose title is `title`."""

    id: str
    title: str
    says: str


@dataclass(frozen=True, kw_only=True)
class CompiledLetter(CompiledItem):
    """`text` with its fields in braces, as its author wrote it; `chat` its short form for a chat window, or "". `gaps`
    are the names of what only the reader knows, each once: the same name is the same in all letters.
    """

    id: str
    title: str
    text: str
    chat: str
    gaps: tuple[str, ...]


@dataclass(frozen=True)
class CompiledOutcome:
    """`standing` is clear, arguable, weak or none. Of each list a state shows the items that its `items` name."""

    id: str
    title: str
    standing: str
    says: str
    now: tuple[CompiledNow, ...]
    remedies: tuple[CompiledRemedy, ...]
    grounds: tuple[CompiledStatement, ...]
    deadlines: tuple[CompiledDeadline, ...]
    burden: tuple[CompiledBurden, ...]
    amounts: tuple[CompiledAmount, ...]
    evidence: tuple[CompiledUse, ...]
    replies: tuple[CompiledReply, ...]
    letters: tuple[CompiledLetter, ...]
    channels: tuple[CompiledChannel, ...]
    also: tuple[CompiledAlso, ...]
    mistakes: tuple[CompiledUse, ...]

    def lists(self) -> dict[str, tuple[CompiledItem, ...]]:
        """Every list of items, by its key."""
        return {name: getattr(self, name) for name in OUTCOME_LISTS}


OUTCOME_LISTS = tuple(field.name for field in fields(CompiledOutcome) if get_origin(field.type) is tuple)


@dataclass(frozen=True)
class OtherTree:
    """A tree that a walk may go on in, by a hand-over, a channel or an `also`. `start` is its first state. `own` are
    its questions that are called like a shared one and are not it: nothing is carried to them.
    """

    title: str
    summary: str
    start: str
    own: tuple[str, ...]


@dataclass(frozen=True)
class CompiledArticle:
    """A whole article: its `label`, what it says, and the ISO day until which it is in force, "" for as long as it
    stands.
    """

    statute: str
    article: str
    label: str
    gist: str
    until: str


@dataclass(frozen=True)
class CompiledTree:
    """`articles` are those that it cites, in the order of `citations`, and `law` is a hash of them. `version` is a hash
    of all the rest but `reviewed`. `questions` and `states` are in topological order,
    `outcomes` in the author's. `citations` maps each citation in words to the article; `others` are the trees that a
    walk may go on in. `disputed` maps an outcome to the questions that the other side disputes there: those named in
    the conditions of its replies and burdens, in that order. `warnings` has every `warn` of the shared questions of
    all trees, by question and answer: a reader may bring the answer from another tree.
    """

    tree: str
    version: str
    title: str
    summary: str
    plain: str
    lead: str
    bring: tuple[str, ...]
    search: tuple[str, ...]
    as_of: str
    reviewed: str
    start: str
    questions: Mapping[str, CompiledQuestion]
    states: Mapping[str, CompiledState]
    outcomes: Mapping[str, CompiledOutcome]
    citations: dict[str, Citation]
    articles: tuple[CompiledArticle, ...]
    law: str
    others: dict[str, OtherTree]
    disputed: dict[str, tuple[str, ...]]
    warnings: dict[str, dict[str, str]]

    @cached_property
    def article_of(self) -> dict[str, CompiledArticle]:
        """Citation in words → the whole article, as far as the library holds it."""
        held = {(one.statute, one.article): one for one in self.articles}
        keys = {words: (cite.statute, cite.article) for words, cite in self.citations.items()}
        return {words: held[key] for words, key in keys.items() if key in held}

    @cached_property
    def ends_ahead(self) -> dict[str, frozenset[str]]:
        """State → what it can end in, as far as anybody has asked (ahead.py)."""
        return {}


@dataclass(frozen=True)
class Arrival:
    """A state of another tree, at which a hand-over arrives; `carries` is what it says of questions there."""

    tree: str
    state: str
    carries: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class CompiledEdge:
    """`answers` is one option, or the adjacent bands that go the same way."""

    answers: tuple[str, ...]
    to: str | Arrival

    @property
    def id(self) -> str:
        """`d7`, or `d7..d15` where bands were merged: how this answer is written in a walk."""
        return self.answers[0] if len(self.answers) == 1 else f"{self.answers[0]}..{self.answers[-1]}"


def arrival_of(target: str) -> Arrival | None:
    """`tree/kettle#what?step=agency` → the state of the other tree; None for a state of this one."""
    if not target.startswith("tree/"):
        return None
    tree, _, place = target.removeprefix("tree/").partition("#")
    state, _, said = place.partition("?")
    pairs = (one.partition("=") for one in said.split("&") if one)
    return Arrival(tree, state, tuple((question, answer) for question, _, answer in pairs))


def target_at(tree: str, state: str, carries: tuple[tuple[str, str], ...]) -> str:
    """How a compiled state writes where a hand-over arrives."""
    said = "&".join(f"{question}={answer}" for question, answer in carries)
    return f"tree/{tree}#{state}" + (f"?{said}" if said else "")


def edges_of(tree: CompiledTree, state: CompiledState) -> tuple[CompiledEdge, ...]:
    """One edge an option; adjacent bands that go the same way are one edge. None for an outcome."""
    edges: list[CompiledEdge] = []
    merges = bool(state.to) and tree.questions[state.node].kind != "choice"
    for answer, target in state.to.items():
        to = arrival_of(target) or target
        if merges and edges and edges[-1].to == to:
            edges[-1] = CompiledEdge((*edges[-1].answers, answer), to)
        else:
            edges.append(CompiledEdge((answer,), to))
    return tuple(edges)


def shown_items(outcome: CompiledOutcome, state: CompiledState) -> Iterator[tuple[str, CompiledItem]]:
    """Every item that this state of the outcome shows, with the key of its list."""
    for name, items in outcome.lists().items():
        yield from ((name, items[index]) for index in state.items[name])
