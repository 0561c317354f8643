"""Trees and the library with every name bound: what `unfold`, `verify` and `write` work on."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from minglu.diagnostics import NOWHERE, Span
from minglu.engine.citations import Citation
from minglu.engine.contract import OUTCOME_LISTS
from minglu.engine.divisions import Divisions
from minglu.engine.names import Names
from minglu.engine.paper import CompiledPaper, Telling


@dataclass(frozen=True)
class Mention:
    """An article that a text relies on, and where: the text, or the item that says in `cite` what carries it."""

    citation: Citation
    at: Span


@dataclass(frozen=True)
class Test:
    """`question` was answered with one of `values`; false where it was not asked."""

    question: str
    values: frozenset[str]


@dataclass(frozen=True)
class Guard:
    """All `tests` hold, none of `nots` does, and of each of `anys` one does at least; facts are already written out.

    `ticks` must hold too: a guard over ticks alone, None where there is none. States say nothing of it.
    """

    tests: tuple[Test, ...] = ()
    nots: tuple["Guard", ...] = ()
    at: Span = field(default=NOWHERE, compare=False)
    anys: tuple[tuple["Guard", ...], ...] = ()
    ticks: "Guard | None" = None

    @property
    def plain(self) -> "Guard":
        """Without its ticks: what states decide."""
        return replace(self, ticks=None) if self.ticks else self

    def inner(self) -> Iterator["Guard"]:
        """The guards within its `not` and `any`."""
        yield from self.nots
        for alternatives in self.anys:
            yield from alternatives

    def questions(self) -> frozenset[str]:
        """Those that it asks about, ticks left aside."""
        own = frozenset(test.question for test in self.tests)
        return own.union(*(guard.questions() for guard in self.inner()))


ALWAYS = Guard()


@dataclass(frozen=True)
class Carried:
    """What a hand-over says of a question of the other tree, in the name of the reader who takes it."""

    question: str
    answer: str
    at: Span = field(default=NOWHERE, compare=False)
    answer_at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Way:
    """Where an answer leads when `guard` holds. `to` is a node id, or `tree/<id>` for a hand-over, which says what
    `carries` says.
    """

    guard: Guard
    to: str
    at: Span
    carries: tuple[Carried, ...] = ()


@dataclass(frozen=True)
class Answer:
    """An option of a choice, or a band of a date, number or money question; of a `several` question the one way on.

    `limit` is None for options and for the open last band; else `"7 days"` for dates, or `"2024-07-01"` where the band
    lies before that day; `"2"` for numbers, `"99.90"` for money.
    """

    id: str
    label: str
    hint: str
    limit: str | None
    ways: tuple[Way, ...]
    at: Span
    warn: str = ""  # a line that stands on every further screen


@dataclass(frozen=True)
class Tick:
    """One option of a `several` question."""

    id: str
    label: str
    hint: str
    at: Span


@dataclass(frozen=True)
class Question:
    id: str
    kind: str  # choice | date | number | money | several; "" where its answers are not of its kind, which is reported
    ask: str
    why: str
    find: str
    unit: str
    until: str | None
    plus: str | None
    shared: bool
    answers: tuple[Answer, ...]
    at: Span
    mentions: tuple[Mention, ...]  # in what it asks and in its answers
    ticks: tuple[Tick, ...] = ()

    def answer_ids(self) -> tuple[str, ...]:
        return tuple(answer.id for answer in self.answers)


@dataclass(frozen=True)
class Item:
    """Anything an outcome may say; every kind can be guarded."""

    guard: Guard
    at: Span


@dataclass(frozen=True)
class Statement(Item):
    """A sentence and what carries it: `basis` is text | inferred | secondary, or "" for a tip that states no law.

    `mentions` are in its texts.
    """

    says: str
    cites: tuple[Citation, ...] = ()
    basis: str = ""
    mentions: tuple[Mention, ...] = ()

    def relied(self) -> tuple[Mention, ...]:
        return (*(Mention(citation, self.at) for citation in self.cites), *self.mentions)


@dataclass(frozen=True)
class Remedy(Statement):
    how: str = ""


@dataclass(frozen=True)
class Burden(Statement):
    on: str = ""  # seller | buyer


@dataclass(frozen=True)
class Now(Statement):
    """A step: `says` is what to do. `letter`, `by` (a deadline) and `to` (a channel or `tree/<id>`) are of the same
    outcome, "" where none is named.
    """

    letter: str = ""
    by: str = ""
    to: str = ""


@dataclass(frozen=True)
class Reply(Statement):
    """`says` is what they will say, `answer` is what to answer, `letter` the sentence for letters."""

    id: str = ""
    answer: str = ""
    letter: str = ""


@dataclass(frozen=True)
class Start:
    """Where a deadline is counted from. `of` is one | earliest | latest.

    `dates` are (date question or earlier deadline, days added).
    """

    of: str
    dates: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Deadline(Statement):
    id: str = ""
    kind: str = "due"  # due | ripens
    label: str = ""
    start: Start = Start("one", ())
    within: str = ""
    met_by: str | None = None  # a date question: the day the reader acted


@dataclass(frozen=True)
class Count:
    """A number question, or a whole number, or the days from one day to another; each "" where it is not that. A day
    is a date question, a deadline or `today`.
    """

    question: str = ""
    number: str = ""
    from_day: str = ""
    to_day: str = ""

    def names(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.question, self.from_day, self.to_day)))


@dataclass(frozen=True)
class Share:
    part: Count
    whole: Count


@dataclass(frozen=True)
class Bracket:
    """A row of a table of charges, cumulative; yuan and per cent as decimal text, one of the two. The last is open."""

    up_to: str | None
    fixed: str | None
    percent: str | None


@dataclass(frozen=True)
class Amount(Statement):
    """Either `of` one thing, or the `sum` of earlier amounts. Yuan and factors are decimal text."""

    id: str = ""
    label: str = ""
    of: str | None = None  # a number or money question, or an earlier amount
    sum: tuple[str, ...] = ()
    times: str | None = None
    share: Share | None = None
    steps: tuple[Bracket, ...] = ()
    less: str | None = None
    at_least: str | None = None
    most: str | None = None

    def names(self) -> tuple[str, ...]:
        """The questions, amounts and days that must be known for it; those of `sum` apart."""
        shares = (*self.share.part.names(), *self.share.whole.names()) if self.share else ()
        return tuple(dict.fromkeys(name for name in (self.of, *shares, self.less) if name and name != "today"))


@dataclass(frozen=True)
class Use(Item):
    """A pointer to a piece of evidence, a channel, a mistake, a letter, or `tree/<id>`."""

    use: str


@dataclass(frozen=True)
class Also(Item):
    """What is often true at the same time; `to` is `tree/<id>`."""

    says: str
    to: str
    carries: tuple[Carried, ...] = ()


@dataclass(frozen=True)
class Outcome:
    id: str
    title: str
    standing: str  # clear | arguable | weak | none
    says: str
    now: tuple[Now, ...]
    remedies: tuple[Remedy, ...]
    grounds: tuple[Statement, ...]
    deadlines: tuple[Deadline, ...]
    burden: tuple[Burden, ...]
    amounts: tuple[Amount, ...]
    evidence: tuple[Use, ...]
    replies: tuple[Reply, ...]
    letters: tuple[Use, ...]
    channels: tuple[Use, ...]
    also: tuple[Also, ...]
    mistakes: tuple[Use, ...]
    at: Span
    mentions: tuple[Mention, ...]  # in its title and what it says

    def groups(self) -> dict[str, tuple[Item, ...]]:
        """Every list of guarded items, by its key in the YAML."""
        return {name: getattr(self, name) for name in OUTCOME_LISTS}


@dataclass(frozen=True)
class WorkedWalk:
    """`arrives` is an outcome or `tree/<id>`. Of what is shown there a walk names as much as its author wants checked.

    A deadline is `2026-11-18`, `due 2026-11-18`, `ripens 2026-11-18`, `kept 2026-11-18` or another verdict on the
    reader's own day, `none` (no day can be computed) or `absent` (not shown); an amount is `4999.00`, `none` or
    `absent`. `places` are of ("arrives", ""), ("standing", ""), ("answers", question), ("deadlines", id), ("amounts",
    id), ("cites", article) and ("not_cites", article).
    `standing` may be ""; `cites` and `not_cites` are articles as the engine writes them: `消费者权益保护法 第24条`.
    """

    name: str
    today: str
    answers: dict[str, str]
    arrives: str
    standing: str
    deadlines: dict[str, str]
    amounts: dict[str, str]
    cites: tuple[str, ...]
    not_cites: tuple[str, ...]
    story: str
    at: Span
    places: dict[tuple[str, str], Span]
    mentions: tuple[Mention, ...] = ()  # in its `cites`


@dataclass(frozen=True)
class Door:
    """A tree by which the reader of a case begins, with what is asked on that way only."""

    tree: str
    answers: dict[str, str] = field(hash=False)
    at: Span


@dataclass(frozen=True)
class Case:
    """One situation: whichever of its `doors` is taken, it ends at one outcome, of which `claims` says more (as a
    worked walk does).
    """

    name: str
    story: str
    today: str
    answers: dict[str, str]
    doors: tuple[Door, ...]
    tree: str
    claims: WorkedWalk
    at: Span

    @property
    def outcome(self) -> str:
        return self.claims.arrives


@dataclass(frozen=True)
class Letter:
    """A text to send; its fields in braces are the engine's to fill in, its `gaps` 【…】 the reader's. `chat` is the
    short form for a chat window.
    """

    title: str
    text: str
    chat: str
    gaps: tuple[str, ...]
    at: Span
    mentions: tuple[Mention, ...]


@dataclass(frozen=True)
class Tree:
    id: str
    title: str
    summary: str
    plain: str
    lead: str
    bring: tuple[str, ...]
    search: tuple[str, ...]
    as_of: str
    reviewed: str
    start: str
    questions: dict[str, Question]
    outcomes: dict[str, Outcome]
    walks: tuple[WorkedWalk, ...]
    letters: dict[str, Letter]
    at: Span
    mentions: tuple[Mention, ...]  # in its summary and the like, and in the stories of its walks

    def guards(self) -> Iterator[Guard]:
        """Every guard of its ways and items."""
        yield from (
            way.guard for question in self.questions.values() for answer in question.answers for way in answer.ways
        )
        yield from (
            item.guard for outcome in self.outcomes.values() for items in outcome.groups().values() for item in items
        )


@dataclass(frozen=True)
class Article:
    number: str  # "24", "24之一"
    topic: str
    paragraphs: int  # 0 where the file does not say
    items: tuple[int, ...]  # of each paragraph; without paragraphs, of the whole article
    gist: str
    was: str  # what applied before, and until when
    until: str
    replaced_by: tuple[Citation, ...]
    at: Span
    mentions: tuple[Mention, ...]  # in its gist

    @property
    def divisions(self) -> Divisions:
        return Divisions(self.paragraphs, self.items)


@dataclass(frozen=True)
class Statute:
    slug: str
    title: str
    short: str
    also: tuple[str, ...]
    issuer: str
    rank: str  # law | regulation | rule | interpretation
    document: str
    promulgated: str
    in_force: str
    until: str
    replaced_by: str
    replaces: tuple[str, ...]  # names of what ended when it came into force, and is not held
    articles_total: int
    fidelity: str  # verbatim | transcribed | unsegmented
    source: str
    checked: str
    articles: dict[str, Article]
    at: Span


@dataclass(frozen=True)
class Reach:
    """How to get to a channel. `kind` is tel | url | place | note; `says` what it is for, or ""."""

    kind: str
    value: str
    says: str


@dataclass(frozen=True)
class Clock(Statement):
    """What begins to run at a channel on the day of an entry of the log, of one of the kinds `on`."""

    id: str = ""
    on: tuple[str, ...] = ()
    kind: str = "due"  # due | ripens
    label: str = ""
    within: str = ""


@dataclass(frozen=True)
class Channel:
    id: str
    title: str
    short: str
    reach: tuple[Reach, ...]
    who: str
    can: tuple[Statement, ...]
    cannot: tuple[Statement, ...]
    conditions: tuple[Statement, ...]
    time: tuple[Statement, ...]
    clocks: tuple[Clock, ...]
    cost: tuple[Statement, ...]
    where: tuple[Statement, ...]
    if_fails: tuple[Statement, ...]
    log: dict[str, tuple[str, ...]]
    """Shared date questions by the kind of the entry whose day they ask for."""
    search: tuple[str, ...]
    group: str
    """What the channels from here on are called together, "" for one that goes with those before."""
    at: Span
    mentions: tuple[Mention, ...]

    def statements(self) -> tuple[Statement, ...]:
        first = (*self.can, *self.cannot, *self.conditions, *self.time, *self.clocks)
        return (*first, *self.cost, *self.where, *self.if_fails)


@dataclass(frozen=True)
class Evidence:
    id: str
    title: str
    proves: str
    how: str
    grounds: tuple[Statement, ...]
    group: str
    at: Span
    mentions: tuple[Mention, ...]

    def statements(self) -> tuple[Statement, ...]:
        return self.grounds


@dataclass(frozen=True)
class Sign:
    """By what the citation check recognises a mistake (engine/library_data.py)."""

    cites: tuple[Citation, ...]
    words: tuple[str, ...]
    unless: tuple[str, ...]
    means: Citation | None


@dataclass(frozen=True)
class Mistake:
    id: str
    title: str
    said: str
    right: tuple[Statement, ...]
    instead: str
    signs: tuple[Sign, ...]
    group: str
    at: Span
    mentions: tuple[Mention, ...]  # not in the belief itself, which may be about what no longer applies

    def statements(self) -> tuple[Statement, ...]:
        return self.right


@dataclass(frozen=True)
class Year:
    """A year of trees/calendar.yml: its days as ISO text, each with its place."""

    holidays: dict[str, Span]
    workdays: dict[str, Span]
    at: Span


def names_of(statutes: dict[str, Statute]) -> Names:
    return Names.of(
        [
            {
                "slug": one.slug,
                "title": one.title,
                "short": one.short,
                "also": list(one.also),
                "in_force": one.in_force,
                "replaced_by": one.replaced_by,
                "replaces": list(one.replaces),
            }
            for one in statutes.values()
        ]
    )


@dataclass(frozen=True)
class Paper:
    """A paper that an office takes: `compiled` is what readers are given, `cites` and `notes` the same with their
    citations bound; `mentions` are the articles of all of it but the notes.
    """

    compiled: CompiledPaper
    cites: tuple[Citation, ...]
    notes: tuple[Statement, ...]
    at: Span
    mentions: tuple[Mention, ...]

    def relied(self) -> tuple[Mention, ...]:
        return (*self.mentions, *(one for note in self.notes for one in note.relied()))


@dataclass(frozen=True)
class Library:
    statutes: dict[str, Statute]
    channels: dict[str, Channel]
    evidence: dict[str, Evidence]
    mistakes: dict[str, Mistake]
    questions: dict[str, Span]  # where the shared questions stand
    calendar: dict[int, Year]  # the extra years of trees/calendar.yml
    warnings: dict[str, dict[str, str]] = field(default_factory=dict)  # `warn` of shared questions, by their answers

    @cached_property
    def names(self) -> Names:
        return names_of(self.statutes)


@dataclass(frozen=True)
class SiteLink:
    """A link in an author's text to an address of the site, as it is written."""

    address: str
    at: Span


@dataclass(frozen=True)
class Project:
    """`unsure` are the trees for readers who do not know where to begin, `onward` for those on their way already.
    `links` are those of all texts, `tellings` how answers are told in papers.
    """

    trees: dict[str, Tree]
    library: Library
    unsure: tuple[str, ...] = ()
    onward: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    links: tuple[SiteLink, ...] = ()
    papers: dict[str, Paper] = field(default_factory=dict)
    tellings: tuple[Telling, ...] = ()
