"""The papers that offices take, as data: `papers.json` of the site, written by `write`, and what the engine answers
about one (`{"do": "papers"}`, `{"do": "paper"}`). `papers.py` fills them in; docs/contribute/engine.md tells the JSON.

A text of a paper holds three kinds of marks (`paper_text.py`): 【name】 is a gap, which the reader fills in,
`{fact|name}` what the case says, or the gap of that name where it does not, and `label☐[id]` a box behind its label.
`＿＿＿＿` is a line to write on by hand.
"""

from dataclasses import dataclass

from .contract import TickCondition
from .document import Document


@dataclass(frozen=True)
class PaperStatement:
    """What is said beside a paper, and is not printed. `basis` is "" without a citation."""

    says: str
    cite: tuple[str, ...]
    basis: str


@dataclass(frozen=True)
class PaperFor:
    """Where a paper is offered: an outcome that was reached leads on to one of `channels`, in one of `trees` and among
    the `ends` (`tree/outcome`; of either none: whichever), and `when` holds over what was told (`question`, and as its
    `ticks` the answers; None: always).
    """

    channels: tuple[str, ...]
    trees: tuple[str, ...]
    ends: tuple[str, ...]
    when: TickCondition | None


@dataclass(frozen=True)
class PaperRule:
    """What ticks a box: `when` holds over what was told, all questions `answered` were answered, whatever was said, the
    days of all questions `told` are known and past, one of the `wants` is ticked, the log has an entry of one of the
    kinds `log` (with one of the channels `who`), all gaps `filled` are. What is left empty asks for nothing; of the
    rest all must hold. Where the reader ticked one of the boxes `unless`, it does not. Several rules may tick one box.
    """

    box: str
    when: TickCondition | None
    answered: tuple[str, ...]
    told: tuple[str, ...]
    wants: tuple[str, ...]
    log: tuple[str, ...]
    who: tuple[str, ...]
    filled: tuple[str, ...]
    unless: tuple[str, ...]


@dataclass(frozen=True)
class PaperWant:
    """A demand that a reader may tick. `asks` is its sentence in this paper; `sums` are ids of amounts, the first of
    which that is known is its `{sum}`. `label`, and `found`, the words by which a remedy or an amount of an outcome is
    known to carry it, are the same in all papers. Where the paper has a box of the same id, that box is the demand's.
    """

    id: str
    label: str
    found: tuple[str, ...]
    asks: str
    sums: tuple[str, ...]


@dataclass(frozen=True)
class PaperPart:
    """`kind` is that of a block of a document, or sign (lines to the right). Of a table `head` is the first row, and
    `each` what its one row is repeated for ("" or evidence). `again` is the gap whose number says how many times the
    part stands there, "" where it does once; where the box `unless` is ticked, it does not stand there.
    """

    kind: str
    text: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    each: str
    again: str
    unless: str


@dataclass(frozen=True)
class PaperText:
    """A short text to type somewhere, `label` being what it is."""

    label: str
    text: str


@dataclass(frozen=True)
class CompiledPaper:
    """`office` is the id of the channel that takes it; `source` says in plain words where the blank comes from and
    how far it can be trusted; `cite` are the articles that say what must be in it.
    """

    id: str
    title: str
    short: str
    office: str
    office_title: str
    source: str
    cite: tuple[str, ...]
    basis: str
    offered: PaperFor
    wants: tuple[PaperWant, ...]
    rules: tuple[PaperRule, ...]
    notes: tuple[PaperStatement, ...]
    parts: tuple[PaperPart, ...]
    pieces: tuple[PaperText, ...]


@dataclass(frozen=True)
class Telling:
    """How an answer is told to an office. `tree` is "" for a shared question; `answer` is the option, "" for a day or a
    sum, which stands before `says` or behind it.
    """

    tree: str
    question: str
    answer: str
    says: str


@dataclass(frozen=True)
class PaperLibrary:
    """`papers.json`. `groups` are what pieces of evidence are called together, by their ids; `statutes` the full names
    of statutes, in 《》, by the names that citations have here.
    """

    papers: tuple[CompiledPaper, ...]
    tellings: tuple[Telling, ...]
    groups: dict[str, str]
    statutes: dict[str, str]


MOST_AGAIN = 9

NO_PAPERS = PaperLibrary((), (), {}, {})


@dataclass(frozen=True)
class PaperOffer:
    """A paper as the list has it. `why` says why it is offered or not; `instead`, where the standing is none, what is
    to be said and done instead, "" else.
    """

    id: str
    title: str
    short: str
    office: str
    office_title: str
    offered: bool
    why: str
    instead: str
    copied: str
    sent: str


@dataclass(frozen=True)
class PaperBox:
    """A box: `label` what it says, `place` the item in which it stands, or "". `rule`: the case ticks it by itself.
    `key` is the entry of `Case.boxes` that turns it over: the reader's tick, or its taking away (`none.…`).
    """

    id: str
    label: str
    place: str
    ticked: bool
    rule: bool
    key: str


@dataclass(frozen=True)
class WantShown:
    """A demand that the reader may tick, as an outcome carries it: `ends` are these (`tree/outcome`). `key` is the
    entry of `Case.boxes` for it. No demand is ticked by itself.
    """

    id: str
    label: str
    says: str
    ticked: bool
    key: str
    ends: tuple[str, ...]


@dataclass(frozen=True)
class PaperGap:
    """What only the reader knows, `value` as they typed it, "" where they have not; in the order of the paper. `count`:
    it says how many times a part stands there (1 to MOST_AGAIN), and is not printed.
    """

    name: str
    value: str
    count: bool


@dataclass(frozen=True)
class PaperPiece:
    """A short text to type: filled in, what is still open as 【name】, with its length in characters."""

    label: str
    text: str
    length: int


@dataclass(frozen=True)
class PaperFilled:
    """One paper for one reader. `wants` and `boxes` are what may be ticked, `gaps` each name once."""

    id: str
    title: str
    short: str
    office: str
    office_title: str
    source: str
    cite: tuple[str, ...]
    basis: str
    document: Document
    wants: tuple[WantShown, ...]
    boxes: tuple[PaperBox, ...]
    gaps: tuple[PaperGap, ...]
    pieces: tuple[PaperPiece, ...]
    notes: tuple[PaperStatement, ...]
