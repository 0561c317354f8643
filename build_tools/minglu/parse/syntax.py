"""The authoring format: what each file may say. `reader.py` reads it, the schema and the guide are written from it.

A field without a default is required. `Annotated[…, ONE_OR_MANY]` lets an author leave out the list's dash, and
`Annotated[Text, OneOf(…)]` limits a text to some words. `bare` names the field that a plain text stands for where a
mapping could stand.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar, Protocol

from minglu.diagnostics import NOWHERE, Span, Words
from minglu.engine.case import LOG_KINDS

ONE_OR_MANY = "one or many"


class OneOf(tuple[str, ...]):
    """The words that a text is limited to: `Annotated[Text, OneOf("due", "ripens")]`."""

    __slots__ = ()

    def __new__(cls, *words: str) -> "OneOf":
        return super().__new__(cls, words)


class Fits(Protocol):
    """True, or a match, of what a text of a kind may hold."""

    def __call__(self, value: str, /) -> object: ...


class Text(str):
    """Text as the author wrote it, with its place. Its subclasses say what a text may hold where they are required: the
    reader gives a plain `Text` that fits.
    """

    __slots__ = ("at",)
    pattern: ClassVar[re.Pattern[str] | None] = None
    fits: ClassVar[Fits] = re.compile(r"\S").search
    is_a: ClassVar[Words] = Words("文字", "a text")
    help: ClassVar[Words | None] = None
    at: Span

    def __new__(cls, value: str, at: Span = NOWHERE) -> "Text":
        text = super().__new__(cls, value)
        text.at = at
        return text


NAME = Words(
    "名字只用小写英文字母、数字和连字符，如 `no-reply`；读者看不到它",
    "a name has lower-case letters, digits and hyphens only, such as `no-reply`; readers do not see it",
)


class Id(Text):
    __slots__ = ()
    help = NAME
    pattern = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)
    fits = pattern.fullmatch
    is_a = Words("小写字母、数字和连字符组成的名字", "a name of lower-case letters, digits and hyphens")


class Target(Text):
    __slots__ = ()
    help = NAME
    pattern = re.compile(r"(tree/)?[a-z0-9][a-z0-9-]*", re.ASCII)
    fits = pattern.fullmatch
    is_a = Words(
        "节点的名字（别的树写成 `tree/` 加它的名字）", "the name of a node (of another tree, tree/ and its name)"
    )


class TreeOutcome(Text):
    __slots__ = ()
    help = NAME
    pattern = re.compile(r"[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*", re.ASCII)
    fits = pattern.fullmatch
    is_a = Words("像 `树/结论` 这样的名字", "a tree and its outcome, such as `kettle/refund`")


class Pointer(Target):
    __slots__ = ()
    is_a = Words("一个名字", "a name")


DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def is_day(value: str, /) -> bool:
    try:
        return bool(DAY.fullmatch(value) and date.fromisoformat(value))
    except ValueError:
        return False


class Day(Text):
    __slots__ = ()
    pattern = DAY
    fits = staticmethod(is_day)
    is_a = Words("像 2026-11-21 这样的日期", "a date such as 2026-11-21")


class Whole(Text):
    __slots__ = ()
    pattern = re.compile(r"\d{1,9}", re.ASCII)
    fits = pattern.fullmatch
    is_a = Words("整数", "a whole number")


class Yuan(Text):
    __slots__ = ()
    pattern = re.compile(r"\d{1,8}(\.\d{1,2})?", re.ASCII)
    fits = pattern.fullmatch
    is_a = Words("像 500 或 99.50 这样的元数", "yuan such as 500 or 99.50")


class Factor(Text):
    __slots__ = ()
    pattern = re.compile(r"\d{1,4}(\.\d{1,4})?", re.ASCII)
    fits = pattern.fullmatch
    is_a = Words("像 3 或 0.5 这样的数", "a number such as 3 or 0.5")


class Number(Text):
    """A limit of numbers, or of sums of money."""

    __slots__ = ()
    pattern = re.compile(r"\d{1,9}(\.\d{1,2})?", re.ASCII)
    fits = pattern.fullmatch
    is_a = Words("数，如 `2`；金额可以有两位小数，如 `99.90`", "a number such as `2`, or a sum such as `99.90`")


class Length(Text):
    __slots__ = ()
    pattern = re.compile(r"[1-9]\d{0,2} ((calendar-)?(day|month)|working-day)s?|[1-9]\d? (calendar-)?years?", re.ASCII)
    fits = pattern.fullmatch
    is_a = Words(
        "像 `7 days`、`7 working-days`、`2 months`、`1 year` 这样的期间",
        "a period such as `7 days`, `7 working-days`, `2 months` or `1 year`",
    )


class From(Text):
    __slots__ = ()
    pattern = re.compile(r"[a-z0-9][a-z0-9-]*( \+ [1-9]\d{0,3} days)?", re.ASCII)
    fits = pattern.fullmatch
    is_a = Words(
        "日期问题或期限的名字，可加 ` + 90 days`",
        "the name of a date question or deadline, with ` + 90 days` if need be",
    )


class Telephone(Text):
    __slots__ = ()
    pattern = re.compile(r"[0-9]+(-[0-9]+)*", re.ASCII)
    fits = pattern.fullmatch
    is_a = Words("电话号码，只用数字和连字符", "a telephone number of digits and hyphens")


class SecureAddress(Text):
    __slots__ = ()
    pattern = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]+)?(/[\w./?=&%~+-]*)?", re.ASCII)
    fits = pattern.fullmatch
    is_a = Words("以 https:// 开头的网址", "an address that begins with https://")


class ArticleNumber(Text):
    __slots__ = ()
    pattern = re.compile(r"[1-9]\d*(之[一二])?", re.ASCII)
    fits = pattern.fullmatch
    is_a = Words("条号，如 24", "the number of an article, such as 24")


Basis = Annotated[Text, OneOf("text", "inferred", "secondary")]
Standing = Annotated[Text, OneOf("clear", "arguable", "weak", "none")]
QuestionKind = Annotated[Text, OneOf("choice", "date", "number", "money", "several")]
LogKind = Annotated[Text, OneOf(*LOG_KINDS)]
Texts = Annotated[tuple[Text, ...], ONE_OR_MANY]
Ids = Annotated[tuple[Id, ...], ONE_OR_MANY]


@dataclass(frozen=True, kw_only=True)
class Record:
    """What every mapping of the format has: its place."""

    at: Span = NOWHERE
    bare: ClassVar[str | None] = None


@dataclass(frozen=True, kw_only=True)
class Guard:
    """`{ question: answer or [answers], not: {…}, any: [{…}, {…}], fact: name }`; read by hand: its keys are names."""

    tests: tuple[tuple[Id, tuple[Id, ...]], ...] = ()
    nots: tuple["Guard", ...] = ()
    alternatives: tuple["Guard", ...] = ()
    facts: tuple[Id, ...] = ()
    at: Span = NOWHERE


@dataclass(frozen=True, kw_only=True)
class Way(Record):
    """`with` are answers to questions of the other tree that the way leads to."""

    bare = "to"
    when: Guard | None = None
    to: Target
    with_: dict[Id, Text] = field(default_factory=dict)


Goto = Annotated[tuple[Way, ...], ONE_OR_MANY]


@dataclass(frozen=True, kw_only=True)
class Option(Record):
    """Of a choice, which leads on; or of a `several` question, which has the one `goto` of all."""

    bare = "label"
    label: Text | None = None
    hint: Text | None = None
    goto: Goto = ()


@dataclass(frozen=True, kw_only=True)
class Band(Record):
    within: Length | None = None
    before: Day | None = None
    up_to: Number | None = None
    label: Text | None = None
    hint: Text | None = None
    goto: Goto


@dataclass(frozen=True, kw_only=True)
class Question(Record):
    use: Id | None = None
    ask: Text | None = None
    why: Text | None = None
    find: Text | None = None
    kind: QuestionKind | None = None
    unit: Text | None = None
    until: Id | None = None
    plus: Id | None = None
    tells: Text | None = None
    options: dict[Id, Option] = field(default_factory=dict)
    bands: dict[Id, Band] = field(default_factory=dict)
    goto: Goto = ()


@dataclass(frozen=True, kw_only=True)
class SharedOption(Record):
    bare = "label"
    label: Text
    hint: Text | None = None
    warn: Text | None = None
    tells: Text | None = None


@dataclass(frozen=True, kw_only=True)
class SharedQuestion(Record):
    """A question of trees/questions.yml, taken up by `use:`; where its answers lead is each tree's own."""

    ask: Text
    why: Text | None = None
    find: Text | None = None
    kind: QuestionKind | None = None
    unit: Text | None = None
    tells: Text | None = None
    options: dict[Id, SharedOption] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Statement(Record):
    says: Text
    cite: Texts = ()
    basis: Basis | None = None
    when: Guard | None = None


@dataclass(frozen=True, kw_only=True)
class Remedy(Record):
    do: Text
    how: Text | None = None
    cite: Texts = ()
    basis: Basis | None = None
    when: Guard | None = None


@dataclass(frozen=True, kw_only=True)
class Start(Record):
    """`from: received`, or the earliest or latest of several."""

    bare = "day"
    day: From | None = None
    earliest: tuple[From, ...] = ()
    latest: tuple[From, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Deadline(Record):
    id: Id
    kind: Annotated[Text, OneOf("due", "ripens")]
    label: Text
    from_: Start
    within: Length
    met_by: Id | None = None
    says: Text | None = None
    cite: Texts
    basis: Basis
    when: Guard | None = None


@dataclass(frozen=True, kw_only=True)
class Burden(Record):
    on: Annotated[Text, OneOf("seller", "buyer")]
    says: Text
    cite: Texts = ()
    basis: Basis | None = None
    when: Guard | None = None


@dataclass(frozen=True, kw_only=True)
class Count(Record):
    """`count: months-left`, `count: 24`, or the days `from` one day `to` another."""

    bare = "count"
    count: Id | None = None
    from_: Id | None = None
    to: Id | None = None


@dataclass(frozen=True, kw_only=True)
class Share(Record):
    part: Count
    whole: Count


@dataclass(frozen=True, kw_only=True)
class Bracket(Record):
    """One row of a table of charges: what lies within `up_to` costs a `fixed` sum or a `percent` of itself."""

    up_to: Yuan | None = None
    fixed: Yuan | None = None
    percent: Factor | None = None


@dataclass(frozen=True, kw_only=True)
class Amount(Record):
    id: Id
    label: Text
    of: Id | None = None
    sum: Ids = ()
    times: Factor | None = None
    share: Share | None = None
    steps: Annotated[tuple[Bracket, ...], ONE_OR_MANY] = ()
    less: Id | None = None
    at_least: Yuan | None = None
    most: Yuan | None = None
    says: Text | None = None
    cite: Texts = ()
    basis: Basis | None = None
    when: Guard | None = None


@dataclass(frozen=True, kw_only=True)
class Now(Record):
    """One step of what to do now: with which letter, until when, to whom."""

    do: Text
    letter: Id | None = None
    by: Id | None = None
    to: Pointer | None = None
    cite: Texts = ()
    basis: Basis | None = None
    when: Guard | None = None


@dataclass(frozen=True, kw_only=True)
class Reply(Record):
    id: Id | None = None
    they_say: Text
    answer: Text
    letter: Text | None = None
    cite: Texts = ()
    basis: Basis | None = None
    when: Guard | None = None


@dataclass(frozen=True, kw_only=True)
class Use(Record):
    bare = "use"
    use: Pointer
    when: Guard | None = None


@dataclass(frozen=True, kw_only=True)
class Also(Record):
    """What is often true at the same time, and the tree that goes on with it."""

    says: Text
    to: Target
    with_: dict[Id, Text] = field(default_factory=dict)
    when: Guard | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome(Record):
    title: Text
    standing: Standing
    says: Text
    now: Annotated[tuple[Now, ...], ONE_OR_MANY] = ()
    remedies: Annotated[tuple[Remedy, ...], ONE_OR_MANY] = ()
    grounds: Annotated[tuple[Statement, ...], ONE_OR_MANY] = ()
    deadlines: Annotated[tuple[Deadline, ...], ONE_OR_MANY] = ()
    burden: Annotated[tuple[Burden, ...], ONE_OR_MANY] = ()
    amounts: Annotated[tuple[Amount, ...], ONE_OR_MANY] = ()
    evidence: Annotated[tuple[Use, ...], ONE_OR_MANY] = ()
    replies: Annotated[tuple[Reply, ...], ONE_OR_MANY] = ()
    letter: Annotated[tuple[Use, ...], ONE_OR_MANY] = ()
    channels: Annotated[tuple[Use, ...], ONE_OR_MANY]
    also: Annotated[tuple[Also, ...], ONE_OR_MANY] = ()
    mistakes: Annotated[tuple[Use, ...], ONE_OR_MANY] = ()


@dataclass(frozen=True, kw_only=True)
class TreeFile(Record):
    tree: Id
    title: Text
    summary: Text
    plain: Text | None = None
    lead: Text | None = None
    bring: tuple[Text, ...] = ()
    search: tuple[Text, ...] = ()
    as_of: Day
    reviewed: Day
    start: Id
    facts: dict[Id, Guard] = field(default_factory=dict)
    questions: dict[Id, Question]
    outcomes: dict[Id, Outcome]


@dataclass(frozen=True, kw_only=True)
class Walk(Record):
    walk: Text
    today: Day
    answers: dict[Id, Texts]
    arrives: Target
    standing: Standing | None = None
    deadlines: dict[Id, Text] = field(default_factory=dict)
    amounts: dict[Id, Text] = field(default_factory=dict)
    cites: Texts = ()
    not_cites: Texts = ()
    story: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Door(Record):
    """A tree by which the reader of a case may begin, with what is asked on that way only."""

    bare = "tree"
    tree: Id
    answers: dict[Id, Texts] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Case(Record):
    """One situation, the doors by which its reader may come, and its one end."""

    case: Text
    story: Text | None = None
    today: Day
    answers: dict[Id, Texts]
    doors: tuple[Door, ...]
    ends: TreeOutcome
    standing: Standing | None = None
    deadlines: dict[Id, Text] = field(default_factory=dict)
    amounts: dict[Id, Text] = field(default_factory=dict)
    cites: Texts = ()
    not_cites: Texts = ()


@dataclass(frozen=True, kw_only=True)
class Article(Record):
    """`items` are those of each paragraph, as far as any has them; without `paragraphs` those of the whole article."""

    topic: Text
    paragraphs: Whole | None = None
    items: Annotated[tuple[Whole, ...], ONE_OR_MANY] = ()
    gist: Text
    was: Text | None = None
    until: Day | None = None
    replaced_by: Texts = ()


@dataclass(frozen=True, kw_only=True)
class StatuteFile(Record):
    title: Text
    short: Text
    also: tuple[Text, ...] = ()
    issuer: Text
    rank: Annotated[Text, OneOf("law", "regulation", "rule", "interpretation")]
    document: Text | None = None
    promulgated: Day | None = None
    in_force: Day
    until: Day | None = None
    replaced_by: Id | None = None
    replaces: tuple[Text, ...] = ()
    articles_total: Whole
    fidelity: Annotated[Text, OneOf("verbatim", "transcribed", "unsegmented")]
    source: Text
    checked: Day
    articles: dict[ArticleNumber, Article]


Statements = Annotated[tuple[Statement, ...], ONE_OR_MANY]


@dataclass(frozen=True, kw_only=True)
class Reach(Record):
    """How to get to a channel: one of `tel`, `url`, `place` and `note`, and what it is for."""

    tel: Telephone | None = None
    url: SecureAddress | None = None
    place: Text | None = None
    note: Text | None = None
    says: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Clock(Record):
    """What begins to run at a channel on the day of an entry of the reader's log, of one of the kinds `on`."""

    id: Id
    on: Annotated[tuple[Annotated[Text, OneOf(*LOG_KINDS)], ...], ONE_OR_MANY]
    kind: Annotated[Text, OneOf("due", "ripens")]
    label: Text
    within: Length
    says: Text
    cite: Texts
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class LogAnswers(Record):
    """The shared date questions that ask for the day of the first entry of a kind: one of LOG_KINDS each."""

    called: Ids = ()
    sent: Ids = ()
    answered: Ids = ()
    refused: Ids = ()
    promised: Ids = ()
    accepted: Ids = ()
    ended: Ids = ()


@dataclass(frozen=True, kw_only=True)
class Channel(Record):
    title: Text
    short: Text
    reach: Annotated[tuple[Reach, ...], ONE_OR_MANY] = ()
    who: Text
    can: Statements = ()
    cannot: Statements = ()
    conditions: Statements = ()
    time: Statements = ()
    clocks: Annotated[tuple[Clock, ...], ONE_OR_MANY] = ()
    cost: Statements = ()
    where: Statements = ()
    if_fails: Statements = ()
    log: LogAnswers | None = None
    search: tuple[Text, ...] = ()
    group: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Evidence(Record):
    title: Text
    proves: Text
    how: Text
    grounds: Statements = ()
    group: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Sign(Record):
    """By what the citation check recognises a mistake: an article, and words beside it; or words alone."""

    cite: Texts = ()
    words: Texts
    unless: Texts = ()
    means: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Mistake(Record):
    title: Text
    said: Text
    right: Statements
    instead: Text
    signs: Annotated[tuple[Sign, ...], ONE_OR_MANY] = ()
    group: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Year(Record):
    notice: Text
    issued: Day
    holidays: tuple[Day, ...]
    workdays: tuple[Day, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Order(Record):
    """The trees as the home page has them; those not named follow where readers begin."""

    begin: tuple[Id, ...] = ()
    unsure: tuple[Id, ...] = ()
    onward: tuple[Id, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Want(Record):
    """A demand that papers may hold; `found` are the words by which a remedy or an amount is known to carry it."""

    label: Text
    found: Texts


@dataclass(frozen=True, kw_only=True)
class PaperFor(Record):
    """Where a paper is offered."""

    channels: Ids
    trees: Ids = ()
    ends: Annotated[tuple[TreeOutcome, ...], ONE_OR_MANY] = ()
    when: Guard | None = None


@dataclass(frozen=True, kw_only=True)
class PaperWant(Record):
    """A demand of trees/wants.yml as this paper says it; `sums` are ids of amounts."""

    bare = "asks"
    asks: Text
    sums: Ids = ()


@dataclass(frozen=True, kw_only=True)
class PaperRule(Record):
    """What ticks a box; all that is written must hold."""

    when: Guard | None = None
    answered: Ids = ()
    told: Ids = ()
    wants: Ids = ()
    log: Annotated[tuple[LogKind, ...], ONE_OR_MANY] = ()
    who: Ids = ()
    filled: Texts = ()
    unless: Ids = ()


@dataclass(frozen=True, kw_only=True)
class PaperTable(Record):
    widths: tuple[Whole, ...]
    head: tuple[Text, ...] = ()
    rows: tuple[tuple[Text, ...], ...]
    each: Annotated[Text, OneOf("evidence")] | None = None


@dataclass(frozen=True, kw_only=True)
class PaperPart(Record):
    """One of `title`, `heading`, `line`, `sign`, `note` and `table`."""

    title: Text | None = None
    heading: Text | None = None
    line: Text | None = None
    sign: Text | None = None
    note: Text | None = None
    table: PaperTable | None = None
    again: Text | None = None
    unless: Id | None = None


@dataclass(frozen=True, kw_only=True)
class PaperPiece(Record):
    label: Text
    text: Text


@dataclass(frozen=True, kw_only=True)
class Paper(Record):
    """A paper that an office takes: trees/papers/<name>.yml."""

    title: Text
    short: Text
    office: Id
    source: Text
    cite: Texts = ()
    basis: Basis | None = None
    for_: PaperFor
    wants: dict[Id, PaperWant] = field(default_factory=dict)
    ticked: dict[Id, Annotated[tuple[PaperRule, ...], ONE_OR_MANY]] = field(default_factory=dict)
    notes: Statements = ()
    parts: tuple[PaperPart, ...]
    pieces: tuple[PaperPiece, ...] = ()


Channels = dict[Id, Channel]
Evidences = dict[Id, Evidence]
Mistakes = dict[Id, Mistake]
Calendar = dict[Whole, Year]
SharedQuestions = dict[Id, SharedQuestion]
Walks = tuple[Walk, ...]
CasesFile = tuple[Case, ...]
Wants = dict[Id, Want]
