"""A walk that has come to an outcome → the sheet to take along: what matters of it, in words, for two pages."""

import re
from collections.abc import Collection, Iterator, Mapping

from .contract import CompiledChannel, CompiledNow, CompiledReach, CompiledTree
from .labels import basis_label, day_label, standing_label
from .letter import LETTER_GAP
from .report import AmountReport, DeadlineReport, OutcomeReport, Sheet, SheetPart, SheetRow, WalkReport
from .words import engine_words

DEMAND = re.compile("[^。\\n]*(?:请|要求)[^。\\n]*。")
CORE = 160  # characters of the demands of a letter that has no short form
REACHED_BY = 3  # ways to reach the next channel


def sheet(
    tree: CompiledTree,
    report: WalkReport,
    outcome: OutcomeReport,
    *,
    at_hand: Collection[str],
    fields: Mapping[str, str],
) -> Sheet:
    """`outcome` is that of the `report`; `at_hand` are ids of evidence, `fields` what stands in the gaps of letters."""
    parts = {
        "told": [SheetRow(step.label, step.shown) for step in report.path],
        "now": [now_row(step, outcome) for step in outcome.now],
        "days": [day_row(one) for one in outcome.deadlines],
        "amounts": [amount_row(one) for one in outcome.amounts],
        "letter": list(letter_rows(outcome, fields)),
        "evidence": [SheetRow(one.title, one.detail, one.id in at_hand) for one in outcome.evidence],
        "channel": list(channel_rows(outcome.channels, tree)),
        "articles": list(article_rows(outcome, tree)),
    }
    titles = {id: engine_words(f"sheet.{id}") for id in parts}
    if outcome.standing == "none":
        titles["channel"] = engine_words("sheet.channel-without-basis")
    return Sheet(
        title=outcome.title,
        tree_title=tree.title,
        standing=standing_label(outcome.standing),
        says=outcome.says,
        warnings=report.warnings,
        parts=tuple(SheetPart(id, titles[id], tuple(rows)) for id, rows in parts.items() if rows),
        receipt=report.receipt,
        foot=(report.receipt.says, engine_words("sheet.no-advice")),
    )


def now_row(step: CompiledNow, outcome: OutcomeReport) -> SheetRow:
    """The step; until when, whom to turn to, and on what it rests."""
    facts = []
    if due := next((one for one in outcome.deadlines if one.id == step.by), None):
        facts.append(engine_words("sheet.by", label=due.label, day=day_words_of(due)))
    if to := next((one.title for one in outcome.channels if one.id == step.to and one.title), ""):
        facts.append(engine_words("sheet.to", channel=to))
    if step.cite:
        facts.append(source_words(step.cite, step.basis))
    return SheetRow(step.says, engine_words("sheet.and").join(facts))


def day_row(one: DeadlineReport) -> SheetRow:
    """The day with its arithmetic, or the rule."""
    if one.shown is None:
        return SheetRow(one.label, engine_words("sheet.rule", how=one.how, source=source_words(one.cite, one.basis)))
    words = [day_words_of(one), one.shown.safe, one.shown.arithmetic if one.limit else ""]
    return SheetRow(one.label, engine_words("sheet.and").join(word.rstrip("。") for word in words if word))


def day_words_of(one: DeadlineReport) -> str:
    if one.shown is None:
        return one.how
    return engine_words("sheet.day", headline=one.shown.headline + one.shown.inclusive, left=one.shown.left)


def amount_row(one: AmountReport) -> SheetRow:
    if not one.value:
        return SheetRow(one.label, one.formula)
    return SheetRow(
        one.label,
        engine_words("sheet.sum", sum=one.shown, formula=one.formula) if one.formula != one.shown else one.shown,
    )


def letter_rows(outcome: OutcomeReport, fields: Mapping[str, str]) -> Iterator[SheetRow]:
    """The core of the letter that the steps of now name first, else of the first: what the reader demands in it."""
    named = next((step.letter for step in outcome.now if step.letter), "")
    letters = sorted(outcome.letters, key=lambda one: one.id != named)
    for one in letters[:1]:
        core = one.chat or demands_of(one.text)
        yield SheetRow(one.title, LETTER_GAP.sub(lambda gap: fields.get(gap[1], "").strip() or gap[0], core))


def demands_of(text: str) -> str:
    core = ""
    for sentence in DEMAND.findall(text):
        if core and len(core) + len(sentence) > CORE:
            break
        core += sentence.strip()
    return core


def channel_rows(channels: tuple[CompiledChannel, ...], tree: CompiledTree) -> Iterator[SheetRow]:
    """The next one with how to reach it; the names of those after it."""
    titles = [channel_title(one, tree) for one in channels]
    for one, title in zip(channels[:1], titles, strict=False):
        reach = engine_words("sheet.and").join(reach_words(way) for way in one.reach[:REACHED_BY])
        yield SheetRow(title, reach or one.detail)
    if titles[1:]:
        yield SheetRow(engine_words("sheet.later"), engine_words("rule.listed").join(titles[1:]))


def channel_title(one: CompiledChannel, tree: CompiledTree) -> str:
    return one.title or tree.others[one.id.removeprefix("tree/")].title


def reach_words(way: CompiledReach) -> str:
    value = way.value.removeprefix("https://").rstrip("/") if way.kind == "url" else way.value
    return engine_words("sheet.reach", value=value, says=way.says) if way.says and way.kind == "tel" else value


def article_rows(outcome: OutcomeReport, tree: CompiledTree) -> Iterator[SheetRow]:
    """Every article that the outcome cites, once, with what it says."""
    cited = (tree.article_of[cite] for cite in outcome.cites if cite in tree.article_of)
    for one in dict.fromkeys(cited):
        until = engine_words("sheet.until", day=day_label(one.until)) if one.until else ""
        yield SheetRow(one.label, one.gist + until)


def source_words(cites: tuple[str, ...], basis: str) -> str:
    listed = engine_words("rule.listed").join(cites)
    return engine_words("sheet.source", cites=listed, basis=basis_label(basis)) if basis else listed
