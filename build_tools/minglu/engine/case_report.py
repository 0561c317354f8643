"""What the engine answers about a case (`{"do": "case"}`): the types of its JSON (docs/contribute/engine.md)."""

from dataclasses import dataclass

from .contract import CompiledChannel, CompiledLetter, CompiledReach, CompiledUse
from .report import AmountReport, CalendarFile, DeadlineReport, OutcomeReport


@dataclass(frozen=True)
class ToldElse:
    """Another answer to the same question: `trees` hold it, or the log does, where there are none."""

    carried: str
    shown: str
    trees: tuple[str, ...]


@dataclass(frozen=True)
class FactTold:
    """One thing that the reader told, once. `trees` are those on whose path it stands; `answer` is as it was given,
    `carried` as other trees are told it, `shown` in words. `by_log`: it is the day of an entry of the log. `others` is
    what was said elsewhere instead: the reader said two things.
    """

    question: str
    ask: str
    answer: str
    carried: str
    shown: str
    shared: bool
    by_log: bool
    trees: tuple[str, ...]
    others: tuple[ToldElse, ...]


@dataclass(frozen=True)
class CaseEnd:
    """Where the walk through one tree stands: `kind` as in `At`. `outcome` is its report where that is an outcome;
    `standing` and `shown` are then its strength and that in words. `title` is the outcome's or the question's.
    `answers` are those of the walk and of the log, as the address has them that leads here. `version` is the tree's
    now, `changed` a sentence where the walk was made for another, `problem` one where an answer cannot be taken.
    """

    tree: str
    tree_title: str
    version: str
    kind: str
    id: str | None
    state: str | None
    title: str
    standing: str | None
    shown: str
    answers: dict[str, str]
    changed: str | None
    problem: str | None
    outcome: OutcomeReport | None


@dataclass(frozen=True)
class TimelineItem:
    """A day of the case. `kind` is told (a day that the reader answered), log, due or ripens; `day` None where it is
    not known to the day, of what ripens the first day on which the right has arisen; `shown` is it in words. `title` is
    what it is, `says` how it stands, or what was said. Of a deadline there are `verdict`, `about` (its own words),
    `how` it is reckoned, `cite`, and `source`, the articles and their basis in words. `ends` are the outcomes
    (`tree/outcome`) or channels that it is of. `entry` is the place of an entry in the log as it was sent, `calendar`
    the file of this day alone, for what still runs.
    """

    day: str | None
    shown: str
    kind: str
    title: str
    says: str
    ends: tuple[str, ...]
    verdict: str | None = None
    about: str = ""
    how: str = ""
    cite: tuple[str, ...] = ()
    source: str = ""
    entry: int | None = None
    calendar: CalendarFile | None = None


@dataclass(frozen=True)
class CaseEvidence:
    """`at_hand`: ticked. `proves` is what it proves, `how` how to secure it today; `ends` the outcomes that want it."""

    id: str
    title: str
    proves: str
    how: str
    at_hand: bool
    ends: tuple[str, ...]


@dataclass(frozen=True)
class CaseLetter:
    """`key` is `tree/outcome/letter`; `copied` and `sent` are ISO days, or "". `to` is the channel that the outcome
    sends it to, or "".
    """

    key: str
    tree: str
    outcome: str
    letter: CompiledLetter
    to: str
    copied: str
    sent: str


@dataclass(frozen=True)
class RungReport:
    """A channel as a step of this reader's road, in the order of the ladder. `state`: `before` (passed over),
    `promised` (it said that it will do what was asked), `waiting` (something was done there), `refused` (it said no,
    ended the matter, or let its time pass), `open` (the next step, from today on), `later`. `says` is that in words,
    `day` since when (or from when on it is the next step), `clocks` what runs there.
    """

    id: str
    title: str
    detail: str
    reach: tuple[CompiledReach, ...]
    state: str
    says: str
    day: str | None
    clocks: tuple[DeadlineReport, ...]
    ends: tuple[str, ...]


@dataclass(frozen=True)
class NextDay:
    """The next day on which something may or must be done: `shown` in words, `left` how far it is, `says` what. `near`:
    it comes before what may be done at any time.
    """

    day: str
    shown: str
    left: str
    says: str
    near: bool


@dataclass(frozen=True)
class LogAnswer:
    """An entry of this `kind` at the channel `who` may answer a shared question whose day is still open."""

    who: str
    kind: str
    question: str
    ask: str


@dataclass(frozen=True)
class CaseReport:
    """`facts` in the order in which they were told, `timeline` by day (what has no day comes last), `road` in the order
    of the ladder, `stands` being the channel where the reader is, "" where nothing was done yet. `amounts` are those of
    all outcomes, each label and value once. `calendar` is one file of all days that still run, None where there is
    none. `mistakes` and `channels` are those of all outcomes, each once. A walk that led on into another tree of the
    case is told by its facts alone, not among the `ends`.
    """

    today: str
    facts: tuple[FactTold, ...]
    ends: tuple[CaseEnd, ...]
    timeline: tuple[TimelineItem, ...]
    evidence: tuple[CaseEvidence, ...]
    letters: tuple[CaseLetter, ...]
    road: tuple[RungReport, ...]
    stands: str
    next: NextDay | None
    log_answers: tuple[LogAnswer, ...]
    amounts: tuple[AmountReport, ...]
    channels: tuple[CompiledChannel, ...]
    mistakes: tuple[CompiledUse, ...]
    calendar: CalendarFile | None
