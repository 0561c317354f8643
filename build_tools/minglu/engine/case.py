"""A case: everything one reader has told over all trees, what came of it, and what they did since.

The page keeps it (web/case.js) and one JSON file carries it from device to device; nothing else holds it. `read_case`
and `read_file` refuse what does not fit in one sentence, so that a file that was cut or tampered with never becomes
half a case.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .codec import Malformed, from_json
from .contract import CompiledReach
from .dates import parse_date
from .words import engine_words

FORMAT = 1
"""Of the JSON. A file of a later one is refused: what it says may mean something else."""

MARK = "case"
"""What a file says that it is, under the key `minglu`."""

LARGEST_FILE = 4_000_000  # characters
LONGEST = 10_000  # characters of a text
MOST = 2_000  # entries of a list or an object
ID = re.compile(r"[a-z0-9-]{1,80}")
ANSWER = re.compile(r"[a-z0-9-]{1,80}(\.{1,2}[a-z0-9-]{1,80})*")
"""As an address of the site has it (web/address.js): what is kept must fit into one."""

VERSION = re.compile(r"([0-9a-f]{8})?")
BOX = re.compile(r"[a-z0-9.-]{1,250}")
LETTER = re.compile(r"[a-z0-9-]{1,80}(/[a-z0-9-]{1,80}){1,2}")
GLUE = "\ufeff\u200b\u2060 \t\r\n"
"""What programs put around a text that is copied."""

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
    `answers` are shared date questions that this entry answers, by the same day; `evidence` are the ids of what shows
    that it happened.
    """

    day: str
    kind: str
    who: str
    says: str
    answers: dict[str, str]
    evidence: tuple[str, ...] = ()


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
class CaseFile(Case):
    """A case as a file has it: `minglu` is `case`, `saved` the ISO day on which it was written."""

    minglu: str
    saved: str


@dataclass(frozen=True)
class Clock:
    """What begins to run when something happened at a channel: the period `within` from the day of an entry of one of
    the kinds `on`, which does not count itself (民法典201). `kind` is due (the reader has until then) or ripens (once
    it has passed, the reader may go on). `cite` are citations in words.
    """

    id: str
    on: tuple[str, ...]
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
    """What the engine needs of the library for a case: `case.json` of the site. `events` are what happened on the day
    that a date question asks for, in a few words: by a shared question's id, by `tree/question` where it is a tree's.
    """

    channels: tuple[Rung, ...]
    evidence: tuple[Kept, ...]
    events: dict[str, str] = field(default_factory=dict)


EMPTY_LIBRARY = CaseLibrary((), ())


class BadCase(ValueError):
    """A case that cannot be read; its text is one sentence for the reader."""


def read_file(text: str) -> CaseFile:
    """The text of a file that the page wrote. Raises BadCase, also for what is cut or no such file."""
    try:
        data = json.loads(text.strip(GLUE)) if len(text) <= LARGEST_FILE else None
    except (ValueError, RecursionError):
        raise BadCase(engine_words("case.unreadable")) from None
    if not isinstance(data, dict) or data.get("minglu") != MARK:
        raise BadCase(engine_words("case.other-file"))
    return read(CaseFile, data)


def read_case(data: Any) -> Case:
    """Raises BadCase, for whatever is missing, mistyped, too long or not to be read."""
    return read(Case, data)


def read[Kind: Case](kind: type[Kind], data: Any) -> Kind:
    if isinstance(data, dict) and isinstance(number := data.get("format"), int) and number > FORMAT:
        raise BadCase(engine_words("case.later"))
    try:
        case = from_json(kind, data)
    except Malformed as malformed:
        raise BadCase(engine_words("case.malformed", place=plain_place(str(malformed)))) from None
    for place, fine in checks(case):
        if not fine:
            raise BadCase(engine_words("case.malformed", place=place))
    return case


def plain_place(place: str) -> str:
    """Where a file is wrong may be named by a key of the file itself."""
    return "".join(char if char.isprintable() else "?" for char in place)[:60] or "{}"


def checks(case: Case) -> Iterator[tuple[str, bool]]:
    """Every part of a case that is of the right type, and whether it is fit."""
    walks, log, letters = case.walks, case.log, case.letters
    yield "format", case.format == FORMAT
    yield "walks", are_ids(tuple(walks)) and all(VERSION.fullmatch(one.version) for one in walks.values())
    yield "walks.answers", all(are_answers(one.answers) for one in walks.values())
    yield "walks.replies", all(are_ids(one.replies or ()) for one in walks.values())
    yield "evidence", are_ids(case.evidence)
    yield "fields", len(case.fields) <= MOST and all(is_text(text) for pair in case.fields.items() for text in pair)
    yield "boxes", len(case.boxes) <= MOST and all(map(BOX.fullmatch, case.boxes))
    yield "letters", len(letters) <= MOST and all(map(LETTER.fullmatch, letters))
    yield "letters.day", all(is_day(day) for one in letters.values() for day in (one.copied, one.sent) if day)
    yield "log", len(log) <= MOST and all(is_text(entry.says) and entry.kind in LOG_KINDS for entry in log)
    yield "log.day", all(is_day(entry.day) for entry in log)
    yield "log.who", are_ids([entry.who for entry in log if entry.who])
    yield "log.answers", all(are_answers(entry.answers) and all(map(is_day, entry.answers.values())) for entry in log)
    yield "log.evidence", all(are_ids(entry.evidence) for entry in log)
    if isinstance(case, CaseFile):
        yield "saved", is_day(case.saved)


def are_ids(names: Sequence[str]) -> bool:
    return len(names) <= MOST and all(map(ID.fullmatch, names))


def are_answers(answers: dict[str, str]) -> bool:
    return are_ids(tuple(answers)) and all(len(one) <= LONGEST and ANSWER.fullmatch(one) for one in answers.values())


def is_text(text: str) -> bool:
    """Not half a character either, which no file can hold."""
    return len(text) <= LONGEST and not any("\ud800" <= char <= "\udfff" for char in text)


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
