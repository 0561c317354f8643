"""A case: everything one reader has told over all trees, what came of it, and what they did since.

The page keeps it (web/case.js) and one JSON file carries it from device to device; nothing else holds it. `read_case`
refuses what does not fit in one sentence, so that a file that was cut or tampered with never becomes half a case.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from .codec import Malformed, from_json
from .contract import CompiledReach
from .dates import parse_date
from .words import engine_words

FORMAT = 1
"""Of the JSON. A file of a later one is refused: what it says may mean something else."""

LONGEST = 10_000  # characters of a text
MOST = 2_000  # entries of a list or an object
ID = re.compile(r"[a-z0-9-]{1,80}")
LOG_KINDS = ("called", "sent", "answered", "refused", "promised", "accepted", "ended")
"""What an entry of the log tells: the reader called or wrote; the other side answered, refused, promised; an office
accepted the matter, or ended it. Words for them are `log.<kind>` of the catalogue.
"""


@dataclass(frozen=True)
class CaseWalk:
    """One tree as walked: `version` is the tree's then, `replies` are those ticked, None where none was touched."""

    version: str
    answers: dict[str, str]
    replies: tuple[str, ...] | None


@dataclass(frozen=True)
class LogEntry:
    """What happened on the ISO `day`. `who` is a channel's id, or "" for anybody else; `says` is in the reader's words.
    `answers` are shared date questions that this entry answers, by the same day.
    """

    day: str
    kind: str
    who: str
    says: str
    answers: dict[str, str]


@dataclass(frozen=True)
class LetterDone:
    """The ISO days on which a letter was copied (or saved, or printed), and sent; "" where it was not."""

    copied: str
    sent: str


@dataclass(frozen=True)
class Case:
    """`walks` by tree; `evidence` are the ids of what is at hand; `fields` what stands in the gaps of letters and
    papers, by the gap's name; `boxes` the boxes ticked in papers, as `paper.box`, with the word `none` in front
    (`none.paper.box`) where the reader took a tick away; `letters` by `tree/outcome/letter` or `paper/id`.
    """

    format: int
    walks: dict[str, CaseWalk]
    evidence: tuple[str, ...]
    fields: dict[str, str]
    boxes: tuple[str, ...]
    letters: dict[str, LetterDone]
    log: tuple[LogEntry, ...]


@dataclass(frozen=True)
class Clock:
    """What begins to run when something happened at a channel: the period `within` from the day of the entry of the
    kind `on`, which does not count itself (民法典201). `kind` is due (the reader has until then) or ripens (once it has
    passed, the reader may go on). `cite` are citations in words.
    """

    id: str
    on: str
    kind: str
    label: str
    within: str
    says: str
    cite: tuple[str, ...]
    basis: str


@dataclass(frozen=True)
class Rung:
    """A channel as a step of the ladder: `detail` is its line there, `clocks` what runs once something happened.

    `answers` are, by the kind of an entry of the log, the shared date questions that ask for the day of the first such
    entry.
    """

    id: str
    title: str
    detail: str
    reach: tuple[CompiledReach, ...]
    clocks: tuple[Clock, ...]
    answers: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Kept:
    """A piece of evidence: what it proves, and how to secure it."""

    id: str
    title: str
    proves: str
    how: str


@dataclass(frozen=True)
class CaseLibrary:
    """What the engine needs of the library for a case: `case.json` of the site."""

    channels: tuple[Rung, ...]
    evidence: tuple[Kept, ...]


EMPTY_LIBRARY = CaseLibrary((), ())


class BadCase(ValueError):
    """A case that cannot be read; its text is one sentence for the reader."""


def read_case(data: Any) -> Case:
    """Raises BadCase, for whatever is missing, mistyped, too long or not to be read."""
    if isinstance(data, dict) and isinstance(number := data.get("format"), int) and number > FORMAT:
        raise BadCase(engine_words("case.later"))
    try:
        case = from_json(Case, data)
    except Malformed as malformed:
        raise BadCase(engine_words("case.malformed", place=str(malformed)[:80] or "{}")) from None
    for place, fine in _checks(case):
        if not fine:
            raise BadCase(engine_words("case.malformed", place=place))
    return case


def _checks(case: Case) -> list[tuple[str, bool]]:
    """Every part of a case that is of the right type, and whether it is fit."""
    answers = [walk.answers for walk in case.walks.values()] + [entry.answers for entry in case.log]
    ids = [*case.walks, *case.evidence, *(name for one in answers for name in one)]
    texts = [*case.fields, *case.fields.values(), *(entry.says for entry in case.log), *case.boxes, *case.letters]
    values = [value for one in answers for value in one.values()]
    days = [day for one in case.letters.values() for day in (one.copied, one.sent) if day]
    sizes = [case.walks, case.evidence, case.fields, case.boxes, case.letters, case.log, *answers]
    return [
        ("format", case.format == FORMAT),
        ("walks", all(map(ID.fullmatch, ids))),
        ("answers", all(len(value) <= 4000 for value in values)),
        ("fields", all(len(text) <= LONGEST for text in texts)),
        ("letters", all(map(is_day, days))),
        ("log.day", all(is_day(entry.day) for entry in case.log)),
        ("log.kind", all(entry.kind in LOG_KINDS for entry in case.log)),
        ("log.who", all(not entry.who or ID.fullmatch(entry.who) for entry in case.log)),
        ("{}", all(len(one) <= MOST for one in sizes)),
    ]


def is_day(text: str) -> bool:
    try:
        return len(text) == len("2026-11-30") and bool(parse_date(text))
    except ValueError:
        return False


def log_in_order(case: Case) -> list[LogEntry]:
    """By day; those of one day as they were entered."""
    return sorted(case.log, key=lambda entry: entry.day)


def day_of(entry: LogEntry) -> date:
    return date.fromisoformat(entry.day)
