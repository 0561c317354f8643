"""Trees and the library with every name bound: what `unfold`, `verify` and `write` work on."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from minglu.diagnostics import NOWHERE, Span
from minglu.engine.citations import Citation
from minglu.engine.contract import OUTCOME_LISTS


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
    """All `tests` hold and none of `nots` does; facts are already written out."""

    tests: tuple[Test, ...] = ()
    nots: tuple["Guard", ...] = ()
    at: Span = field(default=NOWHERE, compare=False)

    def questions(self) -> frozenset[str]:
        own = frozenset(test.question for test in self.tests)
        return own.union(*(guard.questions() for guard in self.nots))


ALWAYS = Guard()


@dataclass(frozen=True)
class Way:
    """Where an answer leads when `guard` holds. `to` is a node id, or `tree/<id>` for a hand-over."""

    guard: Guard
    to: str
    at: Span


@dataclass(frozen=True)
class Answer:
    """An option of a choice, or a band of a date or number question.

    `limit` is None for options and for the open last band; else `"7 days"` for dates, `"2"` for numbers.
    """

    id: str
    label: str
    hint: str
    limit: str | None
    ways: tuple[Way, ...]
    at: Span
    warn: str = ""  # a line that stands on every further screen


@dataclass(frozen=True)
class Question:
    id: str
    kind: str  # choice | date | number; "" where its answers are not of its kind, which is reported
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


@dataclass(frozen=True)
class Amount(Statement):
    id: str = ""
    label: str = ""
    sum: str = ""  # a number question
    times: int = 1
    at_least: int = 0


@dataclass(frozen=True)
class Use(Item):
    """A pointer to a piece of evidence, a channel, a mistake, a letter, or `tree/<id>`."""

    use: str


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
    mistakes: tuple[Use, ...]
    at: Span
    mentions: tuple[Mention, ...]  # in its title and what it says

    def groups(self) -> dict[str, tuple[Item, ...]]:
        """Every list of guarded items, by its key in the YAML."""
        return {name: getattr(self, name) for name in OUTCOME_LISTS}


@dataclass(frozen=True)
class WorkedWalk:
    """`arrives` is an outcome or `tree/<id>`. Of what is shown there a walk names as much as its author wants checked.

    A deadline is `2026-11-18`, `due 2026-11-18`, `ripens 2026-11-18`, `none` (no day can be computed) or `absent` (not
    shown). `places` are of ("arrives", ""), ("standing", ""), ("answers", question), ("deadlines", id), ("cites",
    article) and ("not_cites", article).
    `standing` may be ""; `cites` and `not_cites` are articles as the engine writes them: `消费者权益保护法 第24条`.
    """

    name: str
    today: str
    answers: dict[str, str]
    arrives: str
    standing: str
    deadlines: dict[str, str]
    cites: tuple[str, ...]
    not_cites: tuple[str, ...]
    story: str
    at: Span
    places: dict[tuple[str, str], Span]
    mentions: tuple[Mention, ...] = ()  # in its `cites`


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
    gist: str
    was: str  # what applied before, and until when
    until: str
    replaced_by: tuple[Citation, ...]
    at: Span
    mentions: tuple[Mention, ...]  # in its gist


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
    cost: tuple[Statement, ...]
    where: tuple[Statement, ...]
    if_fails: tuple[Statement, ...]
    at: Span
    mentions: tuple[Mention, ...]

    def statements(self) -> tuple[Statement, ...]:
        return (*self.can, *self.cannot, *self.conditions, *self.time, *self.cost, *self.where, *self.if_fails)


@dataclass(frozen=True)
class Evidence:
    id: str
    title: str
    proves: str
    how: str
    grounds: tuple[Statement, ...]
    at: Span
    mentions: tuple[Mention, ...]

    def statements(self) -> tuple[Statement, ...]:
        return self.grounds


@dataclass(frozen=True)
class Mistake:
    id: str
    title: str
    said: str
    right: tuple[Statement, ...]
    instead: str
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


@dataclass(frozen=True)
class Library:
    statutes: dict[str, Statute]
    channels: dict[str, Channel]
    evidence: dict[str, Evidence]
    mistakes: dict[str, Mistake]
    questions: dict[str, Span]  # where the shared questions stand
    calendar: dict[int, Year]  # the extra years of trees/calendar.yml
    warnings: dict[str, dict[str, str]] = field(default_factory=dict)  # `warn` of shared questions, by their answers


@dataclass(frozen=True)
class Project:
    """`unsure` are the trees for readers who do not know where to begin, `onward` for those on their way already."""

    trees: dict[str, Tree]
    library: Library
    unsure: tuple[str, ...] = ()
    onward: tuple[str, ...] = ()
