"""A case → its chronology, a document that a mediator or a judge can read: who, what happened on which day, what there
is to show for it, and which days count. It says what the reader told and nothing else; days that have passed unused are
left out, as it goes to the other side, too.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from .case import Case, CaseLibrary
from .case_report import CaseReport, TimelineItem
from .document import Block, Cell, Document, Line, Row, Run
from .labels import day_label
from .words import engine_words

COUNTS = ("kept", "running", "last-day", "not-yet", "ripe")
"""The verdicts of days that are told."""

DAYS_WIDTHS = (23, 21, 38, 18)
LIMITS_WIDTHS = (23, 27, 18, 32)


def chronology(case: Case, report: CaseReport, library: CaseLibrary, today: date) -> Document:
    title = engine_words("chronology.title")
    said = [item for item in report.timeline if item.kind in ("told", "log")]
    limits = [item for item in report.timeline if item.verdict in COUNTS and item.day]
    at_hand = [one for one in report.evidence if one.at_hand]
    blocks = [
        Block("title", (text_line(title, align="center"),)),
        Block("table", rows=tuple(party_rows(case.fields)), widths=(24, 76)),
        *section("chronology.days", table_of("chronology.day-heads", day_rows(said, case, library), DAYS_WIDTHS)),
        *(section("chronology.at-hand", evidence_lines([one.title for one in at_hand])) if at_hand else ()),
        *(
            section("chronology.limits", table_of("chronology.limit-heads", limit_rows(limits), LIMITS_WIDTHS))
            if limits
            else ()
        ),
        Block("note", (text_line(engine_words("chronology.note" if limits else "chronology.own-note")),)),
        Block("line", (closing_line(case.fields, today),)),
    ]
    return Document(f"{title} {today.isoformat()}", title, tuple(blocks))


def section(key: str, block: Block) -> tuple[Block, Block]:
    return Block("heading", (text_line(engine_words(key)),)), block


def party_rows(fields: Mapping[str, str]) -> Iterator[Row]:
    """Gaps of letters by their names: some in any case, which stay open to be filled in by hand, some where filled."""
    always, filled = (engine_words(key).split("|") for key in ("chronology.named", "chronology.where-filled"))
    for name in (*always, *(name for name in filled if fields.get(name))):
        value = fields.get(name, "").strip()
        lines = text_lines(value) if value else (Line((Run(name, gap=True),)),)
        yield Row((Cell((text_line(name),), head=True), Cell(lines)))


def table_of(heads: str, rows: Iterator[Row], widths: tuple[int, ...]) -> Block:
    head = Row(tuple(Cell((text_line(name),), head=True) for name in engine_words(heads).split("|")))
    return Block("table", rows=(head, *rows), widths=widths)


def day_rows(items: Sequence[TimelineItem], case: Case, library: CaseLibrary) -> Iterator[Row]:
    channels = {rung.id: rung.title for rung in library.channels}
    kept = {one.id: one.title for one in library.evidence}
    for item in items:
        who = shown = ""
        happened: tuple[Line, ...] = (text_line(item.title),)
        if item.entry is not None:
            entry = case.log[item.entry]
            who, what = channels.get(entry.who, ""), engine_words(f"log.{entry.kind}")
            happened = text_lines(
                engine_words("chronology.entry", what=what, says=entry.says) if entry.says.strip() else what
            )
            shown = engine_words("rule.listed").join(kept[id] for id in entry.evidence if id in kept)
        yield text_row(day_label(item.day or ""), who, happened, shown)


def limit_rows(items: Sequence[TimelineItem]) -> Iterator[Row]:
    for item in items:
        yield text_row(day_label(item.day or ""), item.title, (text_line(item.says),), cited(item.cite))


def cited(cites: Sequence[str]) -> str:
    """Where several articles of a statute stand one behind the other, its name stands once: the column is narrow."""
    parts: list[str] = []
    before = ""
    for cite in cites:
        statute, _, article = cite.partition(" ")
        parts.append(article if statute == before else cite)
        before = statute
    return engine_words("rule.listed").join(parts)


def text_row(first: str, second: str, third: tuple[Line, ...], fourth: str) -> Row:
    return Row((Cell((text_line(first),)), Cell((text_line(second),)), Cell(third), Cell((text_line(fourth),))))


def evidence_lines(titles: Sequence[str]) -> Block:
    return Block("line", tuple(text_line(f"{number}. {title}") for number, title in enumerate(titles, 1)))


def closing_line(fields: Mapping[str, str], today: date) -> Line:
    name = engine_words("chronology.by-name")
    value = fields.get(name, "").strip()
    by = Run(value) if value else Run(name, gap=True)
    return Line(
        (Run(engine_words("chronology.by")), by, Run(engine_words("chronology.on", day=day_label(today.isoformat())))),
        "right",
    )


def text_line(text: str, align: str = "left") -> Line:
    return Line((Run(text),) if text else (), "center" if align == "center" else "left")


def text_lines(text: str) -> tuple[Line, ...]:
    return tuple(text_line(line) for line in text.strip().splitlines())
