"""What the engine answers about a case (`{"do": "case"}`): the types of its JSON (docs/contribute/engine.md)."""

from dataclasses import dataclass

from .contract import CompiledChannel, CompiledLetter, CompiledReach, CompiledUse
from .report import AmountReport, CalendarFile, DeadlineReport, OutcomeReport


@dataclass(frozen=True)
class FactTold:
    """One thing that the reader told, once. `trees` are those on whose path it stands; `answer` is as it was given,
    `shown` in words. `others` are the answers in words that other trees hold instead: the reader said two things.
    """

    question: str
    ask: str
    answer: str
    shown: str
    shared: bool
    trees: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class CaseEnd:
    """Where the walk through one tree stands: `kind` as in `At`. `outcome` is its report where that is an outcome;
    `standing` and `shown` are then its strength and that in words. `title` is the outcome's or the question's.
    `version` is the tree's now, `changed` a sentence where the walk was made for another.
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
    changed: str | None
    outcome: OutcomeReport | None


@dataclass(frozen=True)
class TimelineItem:
    """A day of the case. `kind` is told (a day that the reader answered), log, due or ripens; `day` None where it is
    not known to the day. `title` is what it is, `says` the rest; `verdict` as of a deadline. `ends` are the outcomes
    (`tree/outcome`) or channels that a deadline is of; `cite` its articles and `how` its arithmetic or its rule.
    """

    day: str | None
    kind: str
    title: str
    says: str
    verdict: str | None
    how: str
    cite: tuple[str, ...]
    basis: str
    ends: tuple[str, ...]


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
    """`key` is `tree/outcome/letter`; `copied` and `sent` are ISO days, or ""."""

    key: str
    tree: str
    outcome: str
    letter: CompiledLetter
    copied: str
    sent: str


@dataclass(frozen=True)
class RungReport:
    """A channel as a step of this reader's road, in the order of the ladder. `state`: `before` (passed over), `done`
    (it gave what was asked), `waiting` (something was sent), `refused` (it said no, or ended the matter), `open` (may
    be taken today), `later`. `says` is that in words, `day` since when (or from when on it may be taken), `clocks` what
    runs there.
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
    """The next day on which something may or must be done, and what."""

    day: str
    says: str


@dataclass(frozen=True)
class CaseReport:
    """`facts` in the order in which they were told, `timeline` by day (what has no day comes last), `road` in the order
    of the ladder, `stands` being the channel where the reader is, "" where nothing was done yet. `amounts` are those of
    all outcomes, each label and value once. `calendar` is one file of all days that still run, None where there is
    none. `mistakes` and `channels` are those of all outcomes, each once.
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
    amounts: tuple[AmountReport, ...]
    channels: tuple[CompiledChannel, ...]
    mistakes: tuple[CompiledUse, ...]
    calendar: CalendarFile | None
