"""What a result rests on, as a link and a printed sheet carry it; and what has changed when it is opened later.

The engine writes the receipt and reads it: `2026-11-30.7c51b2aa.90d3f01e.refund.clear.5e1c` is the day, the law, the
engine, the outcome with its standing, and what days and sums it told. The tree's version and the answers stand in the
link beside it.
"""

import re
from datetime import date

from .contract import CompiledTree
from .dates import parse_date
from .labels import STANDINGS, day_label, standing_label
from .report import At, Changed, OutcomeReport, Receipt
from .words import engine_words

RECEIPT = re.compile(
    r"(\d{4}-\d\d-\d\d)\.([0-9a-f]{8})\.([0-9a-f]{8}|0)(?:\.([a-z0-9-]{1,80})\.([a-z]{1,20})(?:\.([0-9a-f]{4}))?)?"
)
UNKNOWN = "0"
"""In the place of an engine whose hash nobody told."""
LARGEST = 65521
"""The largest prime of four hexadecimal digits: with one other sign it is always another number."""


def receipt_of(tree: CompiledTree, outcome: OutcomeReport | None, *, today: date, engine: str) -> Receipt:
    """`engine` is the hash of its sources, "" where it is not known. Only at an outcome there is one in it."""
    parts = [today.isoformat(), tree.law, engine or UNKNOWN]
    if outcome:
        parts += [outcome.id, outcome.standing, figures_of(outcome)]
    says = engine_words(
        "receipt.says",
        version=tree.version,
        law=tree.law,
        engine=engine_words("receipt.engine", engine=engine) if engine else "",
        as_of=day_label(tree.as_of),
        day=day_label(today.isoformat()),
    )
    return Receipt(
        day=today.isoformat(),
        as_of=tree.as_of,
        version=tree.version,
        law=tree.law,
        engine=engine,
        outcome=outcome.id if outcome else "",
        standing=outcome.standing if outcome else "",
        figures=figures_of(outcome) if outcome else "",
        link=".".join(parts),
        says=says,
    )


def figures_of(outcome: OutcomeReport) -> str:
    """Four characters for the days and sums that were told exactly: whether they are others is all that is asked."""
    told = [(one.id, one.date) for one in outcome.deadlines] + [(one.id, one.value) for one in outcome.amounts]
    value = 0
    for sign in " ".join(f"{id}:{said}" for id, said in told if said):
        value = (value * 257 + ord(sign)) % LARGEST
    return f"{value:04x}"


def read_receipt(text: str, version: str) -> Receipt | None:
    """What a link carried, with the version beside it; None where it cannot be read: then nothing is said of it."""
    parts = RECEIPT.fullmatch(text)
    if not parts:
        return None
    day, law, engine, outcome, standing, figures = (part or "" for part in parts.groups())
    try:
        parse_date(day)
    except ValueError:
        return None
    if standing and standing not in STANDINGS:
        return None
    return Receipt(
        day=day,
        as_of="",
        version=version,
        law=law,
        engine="" if engine == UNKNOWN else engine,
        outcome=outcome,
        standing=standing,
        figures=figures,
        link=text,
        says="",
    )


def changed_since(
    tree: CompiledTree, now: Receipt, *, version: str | None, then: Receipt | None, at: At, lost: bool
) -> Changed | None:
    """`version` is that of the tree for which the reader's link was made (None without one), `then` the receipt in it.
    `lost`: an answer in it does not apply any more. None where nothing has changed and no day has passed.
    """
    if version is None:
        return None
    edited = version != tree.version
    if then is None:
        says = engine_words("walk.changed-lost" if lost else "walk.changed")
        return (
            Changed("", None, tree=True, law=False, engine=False, lost=lost, outcome="", figures=False, says=says)
            if edited
            else None
        )
    days = (date.fromisoformat(now.day) - date.fromisoformat(then.day)).days
    law, engine = then.law != now.law, bool(then.engine and now.engine and then.engine != now.engine)
    outcome = outcome_since(then, now, at)
    figures = outcome in ("same", "standing") and bool(then.figures) and then.figures != now.figures
    if days <= 0 and outcome in ("same", "") and not (edited or law or engine or figures):
        return None
    parts = [since_words(then.day, days), edits_words(edited, law, engine), outcome_words(tree, then, now, outcome)]
    if figures:
        parts.append(engine_words("receipt.figures"))
    if lost:
        parts.append(engine_words("receipt.lost"))
    return Changed(
        since=then.day,
        days=days,
        tree=edited,
        law=law,
        engine=engine,
        lost=lost,
        outcome=outcome,
        figures=figures,
        says=engine_words("receipt.changed", parts=engine_words("receipt.and").join(filter(None, parts))),
    )


def outcome_since(then: Receipt, now: Receipt, at: At) -> str:
    """`same`, `standing` (the same with another one), `other`; where it is no outcome now, `question`, `several` or
    `tree`; "" where the receipt tells none.
    """
    if not then.outcome:
        return ""
    if not now.outcome:
        return at.kind
    if then.outcome != now.outcome:
        return "other"
    return "same" if then.standing == now.standing else "standing"


def since_words(day: str, days: int) -> str:
    key = "receipt.since-days" if days > 0 else "receipt.since"
    return engine_words(key, day=day_label(day), days=days)


def edits_words(edited: bool, law: bool, engine: bool) -> str:
    """What was edited since."""
    key = "both" if edited and law else "tree" if edited else "law" if law else "" if engine else "none"
    parts = [engine_words(f"receipt.edited-{key}")] if key else []
    return engine_words("receipt.and").join([*parts, *([engine_words("receipt.edited-engine")] if engine else [])])


def outcome_words(tree: CompiledTree, then: Receipt, now: Receipt, outcome: str) -> str:
    """Whether this reader's outcome has changed. An outcome that the tree has no longer has no name."""
    if not outcome:
        return ""
    before = tree.outcomes[then.outcome].title if then.outcome in tree.outcomes else ""
    if outcome == "standing":
        shown = [standing_label(one.standing) for one in (then, now)]
        return engine_words("receipt.outcome-standing", before=shown[0], now=shown[1])
    gone = "" if before or outcome == "same" else "-gone"
    title = tree.outcomes[now.outcome].title if now.outcome else ""
    return engine_words(f"receipt.outcome-{outcome}{gone}", before=before, now=title)
