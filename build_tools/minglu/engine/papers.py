"""Papers for offices and one reader's case → which are offered and why, and each one filled in as a document.

A box is ticked by the reader, or by a rule of the paper over what was told; a demand only by the reader, and only where
a remedy or an amount of an outcome carries it. Decision 0027 says why.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from .case import Case, CaseLibrary
from .case_report import CaseEnd, CaseEvidence, CaseReport, FactTold
from .contract import CompiledRemedy, TickCondition
from .document import Block, Cell, Document, Line, Row, Run
from .money import money_label
from .paper import (
    MOST_AGAIN,
    NO_PAPERS,
    CompiledPaper,
    PaperBox,
    PaperFilled,
    PaperGap,
    PaperLibrary,
    PaperOffer,
    PaperPart,
    PaperPiece,
    PaperRule,
    PaperStatement,
    PaperWant,
    WantShown,
)
from .paper_facts import exact_day, paper_facts
from .paper_text import PAPER_MARK, Facts, Filling, filled_lines, filled_text, plain_label
from .words import engine_words

NO_CASE = Case(1, {}, (), {}, (), {}, ())
NO_REPORT = CaseReport("", (), (), (), (), (), (), "", None, (), (), (), (), None)
BLANK_ROWS = 5
"""Of a list of evidence that is printed before anything was told."""


# ---- which are offered


def paper_offers(papers: PaperLibrary, case: Case, report: CaseReport) -> tuple[PaperOffer, ...]:
    """All papers, in their order."""
    return tuple(offer_of(paper, case, report) for paper in papers.papers)


def offer_of(paper: CompiledPaper, case: Case, report: CaseReport) -> PaperOffer:
    ends = ends_for(paper, report)
    finished = [end for end in report.ends if end.outcome]
    weak = [end for end in finished if end.standing == "none"]
    instead = ""
    if ends:
        why = engine_words("paper.offered", title=ends[0].title, channel=channel_of(ends[0], paper))
    elif not finished:
        why = engine_words("paper.no-end")
    elif len(weak) == len(finished):
        why, instead = engine_words("paper.no-standing"), "".join(map(instead_words, weak))
    else:
        why = engine_words("paper.elsewhere")
    done = case.letters.get(f"paper/{paper.id}")
    return PaperOffer(
        id=paper.id,
        title=paper.title,
        short=paper.short,
        office=paper.office,
        office_title=paper.office_title,
        offered=bool(ends),
        why=why,
        instead=instead,
        copied=done.copied if done else "",
        sent=done.sent if done else "",
    )


def ends_for(paper: CompiledPaper, report: CaseReport) -> list[CaseEnd]:
    """The outcomes reached that lead on to its office and stand on something, where its condition holds."""
    wanted = paper.offered
    told = answers_told(report.facts)
    if wanted.when and not told_holds(wanted.when, told):
        return []
    return [
        end
        for end in report.ends
        if end.outcome and end.standing != "none" and (not wanted.trees or end.tree in wanted.trees)
        if not wanted.ends or f"{end.tree}/{end.id}" in wanted.ends
        if any(channel.id in wanted.channels for channel in end.outcome.channels)
    ]


def channel_of(end: CaseEnd, paper: CompiledPaper) -> str:
    channels = end.outcome.channels if end.outcome else ()
    return next(channel.title for channel in channels if channel.id in paper.offered.channels)


def instead_words(end: CaseEnd) -> str:
    """The first steps of an outcome that rests on nothing, and its letter."""
    if end.outcome is None:
        return ""
    steps = engine_words("paper.one-line").join(step.says.rstrip("。") for step in end.outcome.now)
    letters = (engine_words("paper.instead-letter", title=one.title) for one in end.outcome.letters[:1])
    return "".join((engine_words("paper.instead", steps=steps), *letters)) if steps else ""


def answers_told(facts: Sequence[FactTold]) -> dict[str, str]:
    """Of shared questions, where only one thing was said."""
    return {fact.question: fact.answer for fact in facts if fact.shared and not fact.others}


def told_holds(condition: TickCondition, told: Mapping[str, str]) -> bool:
    """What was not told does not hold, and a `not` of it does not either: nothing rests on silence."""
    return (
        all(told.get(test.question) in test.ticks for test in condition.tests)
        and all(told_fails(inner, told) for inner in condition.nots)
        and all(any(told_holds(one, told) for one in alternatives) for alternatives in condition.anys)
    )


def told_fails(condition: TickCondition, told: Mapping[str, str]) -> bool:
    """Known not to hold."""
    return (
        any(test.question in told and told[test.question] not in test.ticks for test in condition.tests)
        or any(told_holds(inner, told) for inner in condition.nots)
        or any(all(told_fails(one, told) for one in alternatives) for alternatives in condition.anys)
    )


# ---- one paper


def fill_paper(
    paper: CompiledPaper,
    case: Case,
    report: CaseReport,
    *,
    papers: PaperLibrary,
    ladder: CaseLibrary,
    today: date,
) -> PaperFilled:
    """Also one that is not offered: then no demand is carried."""
    ends = ends_for(paper, report)
    facts = paper_facts(case, report, papers=papers, ladder=ladder, today=today)
    return filled_paper(paper, case, report, facts, ends=ends, papers=papers, today=today)


def blank_paper(paper: CompiledPaper) -> PaperFilled:
    """To be printed and filled in by hand: every gap open, no box ticked."""
    return filled_paper(paper, NO_CASE, NO_REPORT, {}, ends=[], papers=NO_PAPERS, today=date.min)


def filled_paper(
    paper: CompiledPaper,
    case: Case,
    report: CaseReport,
    facts: Facts,
    *,
    ends: Sequence[CaseEnd],
    papers: PaperLibrary,
    today: date,
) -> PaperFilled:
    wants = carried_wants(paper, ends)
    mine = {box.removeprefix(f"{paper.id}.") for box in case.boxes if box.startswith(f"{paper.id}.")}
    taken = {box.removeprefix(f"none.{paper.id}.") for box in case.boxes if box.startswith(f"none.{paper.id}.")}
    demanded = {one.id for one in paper.wants if one.id in wants and one.id in mine}
    by_rule = {rule.box for rule in paper.rules if rule_holds(rule, case, report, demanded, mine, today)}
    never = {one.id for one in paper.wants} - demanded
    filling = Filling(facts, case.fields, ((mine | by_rule) - (by_rule & taken) - never) | demanded)
    asked = [(one.id, (one.asks, sum_in(one, wants[one.id]))) for one in paper.wants if one.id in demanded]
    boxed = boxes_in(paper)
    filling.lists = {
        "demands": [text for _, text in asked],
        "other-demands": [text for id, text in asked if id not in boxed],
    }
    filling.facts = {**facts, "articles": articles_of(paper, wants, demanded, papers.statutes)}
    blocks = tuple(blocks_of(paper, filling, report.evidence, papers.groups))
    pieces = tuple(
        PaperPiece(one.label, text, len(text)) for one in paper.pieces for text in (filled_text(one.text, filling),)
    )
    counts = {part.again for part in paper.parts}
    return PaperFilled(
        id=paper.id,
        title=paper.title,
        short=paper.short,
        office=paper.office,
        office_title=paper.office_title,
        source=paper.source,
        cite=paper.cite,
        basis=paper.basis,
        document=Document(paper.title, paper.title, blocks),
        wants=tuple(
            WantShown(
                id=one.id,
                label=one.label,
                says=filled_text(one.asks, Filling(sum_in(one, wants[one.id]), case.fields, frozenset())),
                ticked=one.id in demanded,
                key=f"{paper.id}.{one.id}",
                ends=tuple(f"{end.tree}/{end.id}" for end, _ in wants[one.id]),
            )
            for one in paper.wants
            if one.id in wants
        ),
        boxes=tuple(
            PaperBox(id, label, place, id in filling.ticked, id in by_rule, box_key(paper.id, id, id in by_rule))
            for id, (label, place) in filling.boxes.items()
            if id not in {one.id for one in paper.wants}
        ),
        gaps=tuple(PaperGap(name, value, name in counts) for name, value in filling.gaps.items()),
        pieces=pieces,
        notes=(*weak_notes(ends), *paper.notes),
    )


def box_key(paper: str, box: str, by_rule: bool) -> str:
    return f"none.{paper}.{box}" if by_rule else f"{paper}.{box}"


def weak_notes(ends: Sequence[CaseEnd]) -> Iterator[PaperStatement]:
    """Where nothing stronger was reached."""
    if ends and all(end.standing == "weak" for end in ends):
        yield PaperStatement(engine_words("paper.weak", title=ends[0].title), (), "")


def rule_holds(
    rule: PaperRule, case: Case, report: CaseReport, demanded: set[str], mine: set[str], today: date
) -> bool:
    days = {fact.question: exact_day(fact) for fact in report.facts if fact.shared and not fact.others}
    told = answers_told(report.facts)
    return (
        mine.isdisjoint(rule.unless)
        and (rule.when is None or told_holds(rule.when, told))
        and all(question in told for question in rule.answered)
        and all((day := days.get(question)) is not None and day < today for question in rule.told)
        and (not rule.wants or not demanded.isdisjoint(rule.wants))
        and (
            not rule.log
            or any(entry.kind in rule.log and entry.who in (rule.who or (entry.who,)) for entry in case.log)
        )
        and all(case.fields.get(name, "").strip() for name in rule.filled)
    )


# ---- demands

Carried = dict[str, list[tuple[CaseEnd, tuple[CompiledRemedy, ...]]]]
"""By demand: the outcomes that carry it, with the remedies that do."""


def carried_wants(paper: CompiledPaper, ends: Sequence[CaseEnd]) -> Carried:
    """A demand is carried by an outcome that names it: in a remedy, or in the label of an amount."""
    found: Carried = {}
    for want in paper.wants:
        for end in ends:
            if end.outcome is None:
                continue
            remedies = tuple(one for one in end.outcome.remedies if names(one.says, want))
            if remedies or any(names(one.label, want) for one in end.outcome.amounts):
                found.setdefault(want.id, []).append((end, remedies))
    return found


def names(text: str, want: PaperWant) -> bool:
    return any(word in text for word in want.found)


def sum_in(
    want: PaperWant, carried: Sequence[tuple[CaseEnd, tuple[CompiledRemedy, ...]]]
) -> dict[str, tuple[str, ...]]:
    """The `{sum}` of a demand: nothing where outcomes reckon different sums, or none."""
    for id in want.sums:
        known = {
            one.value
            for end, _ in carried
            for one in (end.outcome.amounts if end.outcome else ())
            if one.id == id and one.ticks is None and one.value is not None
        }
        if known:
            return {"sum": (money_label(known.pop()),)} if len(known) == 1 else {}
    return {}


def articles_of(
    paper: CompiledPaper, carried: Carried, demanded: set[str], statutes: Mapping[str, str]
) -> tuple[str, ...]:
    """Those of the remedies that carry what is demanded, of each outcome the first, as later ones are for less common
    readers; each statute by its full name, its articles by number. What is known at second hand only is not said to an
    office.
    """
    first = (some[:1] for want in paper.wants if want.id in demanded for _, some in carried[want.id])
    cites = dict.fromkeys(cite for some in first for one in some if one.basis != "secondary" for cite in one.cite)
    order = [*dict.fromkeys(map(statute_of, cites))]
    parts: list[str] = []
    before = ""
    for cite in sorted(cites, key=lambda cite: (order.index(statute_of(cite)), numbers_of(cite))):
        name, article = statute_of(cite), cite.partition(" ")[2]
        parts.append(article if name == before else statutes.get(name, name) + article)
        before = name
    return (engine_words("paper.listed").join(parts),) if parts else ()


def statute_of(cite: str) -> str:
    """`民法典 第621条` → `民法典`, the name that it has here."""
    return cite.partition(" ")[0]


def numbers_of(cite: str) -> list[int]:
    """`民法典 第565条第1款` → 565, 1."""
    return [int(number) for number in re.findall(r"\d+", cite.partition(" ")[2])]


def boxes_in(paper: CompiledPaper) -> set[str]:
    return {
        mark
        for part in paper.parts
        for text in (part.text, *part.head, *(cell for row in part.rows for cell in row))
        for mark in box_ids(text)
    }


def box_ids(text: str) -> Iterator[str]:
    yield from (mark["box"] for mark in PAPER_MARK.finditer(text) if mark["box"] is not None)


# ---- the document


def blocks_of(
    paper: CompiledPaper, filling: Filling, evidence: Sequence[CaseEvidence], groups: Mapping[str, str]
) -> Iterator[Block]:
    heading = ""
    for part in paper.parts:
        if part.unless and part.unless in filling.ticked:
            continue
        if part.kind == "heading":
            heading = plain_label(part.text)
        times = how_often(part, filling)
        for number in range(times):
            filling.behind, filling.again, filling.place = again_words(number), f"-{number + 1}" * (number > 0), heading
            yield block_of(part, filling, evidence, groups)
        filling.behind, filling.again = "", ""


def how_often(part: PaperPart, filling: Filling) -> int:
    """As often as the reader says, and once where they do not say it in a digit."""
    if not part.again:
        return 1
    said = filling.fields.get(part.again, "").strip()
    filling.gaps.setdefault(part.again, said)
    return int(said) if said in map(str, range(1, MOST_AGAIN + 1)) else 1


def again_words(number: int) -> str:
    """Nothing for the first."""
    counted = engine_words("paper.counted")
    return engine_words("paper.again", number=counted[number]) if number else ""


def block_of(part: PaperPart, filling: Filling, evidence: Sequence[CaseEvidence], groups: Mapping[str, str]) -> Block:
    if part.kind == "table":
        head = (Row(tuple(Cell(filled_lines(text, filling), head=True) for text in part.head)),) if part.head else ()
        rows = evidence_rows(part, filling, evidence, groups) if part.each else plain_rows(part, filling)
        return Block("table", rows=(*head, *rows), widths=part.widths)
    lines = filled_lines(part.text, filling)
    if part.kind == "title":
        return Block("title", tuple(replace(line, align="center") for line in lines))
    if part.kind == "sign":
        return Block("line", tuple(replace(line, align="right") for line in lines))
    return Block("heading" if part.kind == "heading" else "note" if part.kind == "note" else "line", lines)


def plain_rows(part: PaperPart, filling: Filling) -> Iterator[Row]:
    """What names a row stands first in it; one cell alone takes the whole row."""
    above = filling.place
    for row in part.rows:
        filling.place = plain_label(row[0]) + filling.behind if len(row) > 1 else above
        first = not part.head and len(row) > 1
        yield Row(
            tuple(
                Cell(
                    filled_lines(text, filling),
                    head=first and not number,
                    span=len(part.widths) if len(row) == 1 else 1,
                )
                for number, text in enumerate(row)
            )
        )
    filling.place = above


def evidence_rows(
    part: PaperPart, filling: Filling, evidence: Sequence[CaseEvidence], groups: Mapping[str, str]
) -> Iterator[Row]:
    """Group by group, those first of which something is at hand; within a group what is at hand first, then what is
    lacking, with nothing to fill in.
    """
    if not evidence:
        yield from (row for _ in range(BLANK_ROWS) for row in plain_rows(part, filling))
        return
    for number, (group, members) in enumerate(by_group(evidence, groups), 1):
        title = engine_words("paper.numbered", number=number, says=group or engine_words("paper.other-evidence"))
        yield Row((Cell((Line((Run(title),)),), span=len(part.widths)),))
        for place, one in enumerate(members, 1):
            name = one.title if one.at_hand else engine_words("paper.lacking", title=one.title)
            facts = {"number": (f"{number}-{place}",), "name": (name,), "proves": (in_own_words(one.proves),)}
            behind = engine_words("paper.of", name=one.title)
            own = replace(filling, facts={**filling.facts, **facts}, behind=behind, closed=not one.at_hand)
            yield Row(tuple(Cell(filled_lines(text, own)) for text in part.rows[0]))


def in_own_words(text: str) -> str:
    """What is said to the reader, as the reader says it."""
    return text.replace(engine_words("paper.you"), engine_words("paper.self"))


def by_group(evidence: Sequence[CaseEvidence], groups: Mapping[str, str]) -> list[tuple[str, list[CaseEvidence]]]:
    found: dict[str, list[CaseEvidence]] = {}
    for one in sorted(evidence, key=lambda one: not one.at_hand):
        found.setdefault(groups.get(one.id, ""), []).append(one)
    return [*found.items()]
