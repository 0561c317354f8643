"""What the engine answers about a walk: the types of its JSON, as docs/contribute/engine.md describes them."""

from dataclasses import dataclass, field

from .contract import (
    CompiledAlso,
    CompiledBurden,
    CompiledChannel,
    CompiledLetter,
    CompiledNow,
    CompiledRemedy,
    CompiledReply,
    CompiledStatement,
    CompiledUse,
    TickCondition,
)


@dataclass(frozen=True)
class Problem:
    """One sentence for the reader; `question` is the one whose answer is unfit, None where the request itself is
    wrong.
    """

    question: str | None
    says: str


@dataclass(frozen=True)
class PathStep:
    """`shown` is the answer in words, `label` the question, `state` where it was asked: None if in one of several."""

    question: str
    answer: str
    shown: str
    label: str
    state: str | None


@dataclass(frozen=True)
class Left:
    """Questions still to answer; `most` is None where it would take too long to count. `says` is both in words."""

    least: int
    most: int | None
    says: str


@dataclass(frozen=True)
class At:
    """`kind` is question, outcome, several, or tree (a hand-over, `id` and `state` being the other tree's). `carries`
    is what a hand-over says of questions there; it is empty for all else.
    """

    kind: str
    id: str | None
    state: str | None
    carries: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class End:
    """Where a reader may have ended. `id` is an outcome or `tree/<id>`; `standing` is None for a tree, `shown` is it in
    words.
    """

    id: str
    state: str
    title: str
    standing: str | None
    shown: str


@dataclass(frozen=True)
class PossibleEnd:
    """An outcome, or `tree/<id>`, that can still be reached."""

    id: str
    title: str


@dataclass(frozen=True)
class CalendarFile:
    """An .ics file (RFC 5545) that reminds of one deadline."""

    name: str
    text: str


@dataclass(frozen=True)
class DeadlineShown:
    """What stands at a deadline that can be judged, in words, from the largest to the smallest; `inclusive` and `safe`
    may be empty.
    """

    headline: str
    inclusive: str
    left: str
    safe: str
    arithmetic: str


@dataclass(frozen=True)
class DeadlineReport:
    """`date` is the last day after any move off rest days, None where the start is known only roughly; `unshifted`
    the day before it; `moved` what carries the move: text, inferred, or "" without one. `sure` is False where a holiday
    schedule that is not published yet may still move `date`.

    `verdict` is running, last-day or over, not-yet or ripe; where the reader acted (`met_by`) it is kept, arguable
    (in time only if an ordinary weekend moves the end) or late; None where that cannot be said. `limit` is the day that
    stands large, and that letter and calendar file name: as long as it lasts, the day by which acting is in time in any
    case, then `date`. `own` is the day on which the reader acted. `days` is how far `limit` lies from `own`, else from
    today, in either direction; None for a verdict from rough answers, or where a schedule may still move an end that
    has passed. `how` is the arithmetic in words, or the rule where there is no date. `shown` is None where there is no
    verdict and no date, `calendar` where there is nothing to remind of. `ticks` is what must be ticked, where the
    reader left that open.
    """

    id: str
    kind: str
    label: str
    says: str
    cite: tuple[str, ...]
    basis: str
    ticks: TickCondition | None
    date: str | None
    unshifted: str | None
    moved: str
    sure: bool
    verdict: str | None
    limit: str | None
    own: str | None
    days: int | None
    how: str
    shown: DeadlineShown | None
    calendar: CalendarFile | None


@dataclass(frozen=True)
class AmountReport:
    """`value` is yuan with two decimals, None where not all that it is reckoned from is known; `shown` is it in words,
    and `formula` how it comes about: with the sums where they are known, else as a rule. `ticks` as of a deadline.
    """

    id: str
    label: str
    says: str
    cite: tuple[str, ...]
    basis: str
    ticks: TickCondition | None
    value: str | None
    shown: str
    formula: str


@dataclass(frozen=True, kw_only=True)
class ReplyReport(CompiledReply):
    """`ticked`: the other side said it, so that its sentence stands in the letters."""

    ticked: bool


@dataclass(frozen=True)
class OutcomeReport:
    """The items that this reader is shown. `cites` are all citations of them, each once; letters have their fields
    filled in.
    """

    id: str
    title: str
    standing: str
    says: str
    now: tuple[CompiledNow, ...]
    remedies: tuple[CompiledRemedy, ...]
    grounds: tuple[CompiledStatement, ...]
    burden: tuple[CompiledBurden, ...]
    evidence: tuple[CompiledUse, ...]
    replies: tuple[ReplyReport, ...]
    channels: tuple[CompiledChannel, ...]
    also: tuple[CompiledAlso, ...]
    mistakes: tuple[CompiledUse, ...]
    cites: tuple[str, ...]
    deadlines: tuple[DeadlineReport, ...]
    amounts: tuple[AmountReport, ...]
    letters: tuple[CompiledLetter, ...]


@dataclass(frozen=True)
class OtherEnd:
    """Where another answer leads. `kind` is outcome, question, several or tree; `standing` only an outcome has."""

    kind: str
    id: str | None
    title: str
    standing: str | None = None


@dataclass(frozen=True)
class WhatIf:
    """Another answer to a question on the path, `shown` in words, and where it leads, all else equal. `disputed`: the
    other side disputes the reader's own answer here.
    """

    question: str
    answer: str
    shown: str
    leads_to: OtherEnd
    disputed: bool


@dataclass(frozen=True)
class SharedStep:
    """What to do now; `source` are its articles and its basis in words, or ""."""

    says: str
    cite: tuple[str, ...]
    basis: str
    source: str


@dataclass(frozen=True)
class SharedDue:
    """A deadline to act by. `ends` are the outcomes that may have it; `everywhere`: all that remains has it. `says` is
    that in words.
    """

    deadline: DeadlineReport
    ends: tuple[str, ...]
    everywhere: bool
    says: str


@dataclass(frozen=True)
class Shared:
    """What holds at every end that remains: steps, evidence, the first letter (None without one). `standings` are those
    of the outcomes that remain, the strongest first, `standing` is that range in words. `due` are the earliest
    deadlines of any of them: those with the earliest day, then those whose period is the shortest among the days not
    known. `elsewhere`: another tree remains too; then there are no steps and no letter, and the evidence is what all
    outcomes here share. `title` says which, "" where there is nothing to do.
    """

    title: str
    standings: tuple[str, ...]
    standing: str
    now: tuple[SharedStep, ...]
    evidence: tuple[CompiledUse, ...]
    due: tuple[SharedDue, ...]
    letter: CompiledLetter | None
    elsewhere: bool


@dataclass(frozen=True)
class Deciding:
    """A question that the reader left open, `label` being the question as asked. Of `ends` different ends that remain,
    its answer would leave `least` to `most`, and `mean` in the mean of its answers, to two decimals. `says` is how much
    that decides, in words.
    """

    question: str
    label: str
    why: str
    find: str
    ends: int
    least: int
    most: int
    mean: float
    says: str


@dataclass(frozen=True)
class Receipt:
    """What a result rests on: the `day` it is of, the tree's `version` and `as_of`, the hash of the articles that it
    cites (`law`), that of the engine ("" where it is not known), and the outcome with its standing and what stands for
    its days and sums (`figures`); these are "" elsewhere, and `figures` in links that were made without. `link` is what
    a link carries of it (receipt.py), `says` the line on a printed sheet.
    """

    day: str
    as_of: str
    version: str
    law: str
    engine: str
    outcome: str
    standing: str
    figures: str
    link: str
    says: str


@dataclass(frozen=True)
class Changed:
    """What has changed since a link was made. `since` is its day and `days` how many have passed ("" and None for a
    link without a receipt). `tree`, `law`, `engine`: each is another one now. `lost`: an answer does not apply any
    more. `outcome` is same, standing (the same with another one), other, or, where it is no outcome now, question,
    several or tree; "" where the link names none. `figures`: the outcome is the same, its days or sums are not. `says`
    is all that in one line.
    """

    since: str
    days: int | None
    tree: bool
    law: bool
    engine: bool
    lost: bool
    outcome: str
    figures: bool
    says: str


@dataclass(frozen=True)
class WalkReport:
    """The answer to a walk. `states` are more than one after `unsure` or a rough answer. Only where `at` is `several`
    are there `ends`, what they have in common (`shared`), and what would decide between them, what decides most first
    (`deciding`).

    `warnings` are lines that stand on every screen after some answers, wherever they were given.
    `receipt` is what the result rests on; `changed` what is another now than when the reader's link was made.
    """

    tree: str
    version: str
    today: str
    path: tuple[PathStep, ...]
    used: dict[str, str]
    left: Left
    at: At
    states: tuple[str, ...]
    possible: tuple[PossibleEnd, ...]
    ends: tuple[End, ...]
    shared: Shared | None
    deciding: tuple[Deciding, ...]
    outcome: OutcomeReport | None
    what_if: tuple[WhatIf, ...]
    warnings: tuple[str, ...]
    receipt: Receipt
    changed: Changed | None
    problem: Problem | None


@dataclass(frozen=True)
class SheetRow:
    """`at_hand`: of a piece of evidence, whether the reader has it; None for all else."""

    says: str
    more: str
    at_hand: bool | None = None


@dataclass(frozen=True)
class SheetPart:
    """`id` is told, now, days, amounts, letter, evidence, channel or articles."""

    id: str
    title: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True)
class Sheet:
    """An outcome as it is printed: all in words, `standing` too. A part without rows is left out."""

    title: str
    tree_title: str
    standing: str
    says: str
    warnings: tuple[str, ...]
    parts: tuple[SheetPart, ...]
    receipt: Receipt
    foot: tuple[str, ...]


@dataclass(frozen=True)
class FollowedStep:
    """A `PathStep` of a walk over several trees."""

    tree: str
    question: str
    answer: str
    shown: str
    label: str
    state: str | None


@dataclass(frozen=True)
class FollowReport:
    """The answer to a walk over several trees. `tree` is the one that it reached and `end` the outcome there
    (`tree/outcome`, None where it has not come to one); `path` goes over all trees, `carried` are the answers that the
    last one was told, `walk` is the report of the walk in it.
    """

    tree: str
    end: str | None
    path: tuple[FollowedStep, ...]
    carried: dict[str, str]
    walk: WalkReport
