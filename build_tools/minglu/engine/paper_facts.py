"""A case → what papers may say of it: days and sums as told, the whole told by day, the log.

What is not known to the day, or was told in two ways, is not there: then a gap stands in its place.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from .case import Case, CaseLibrary, LogEntry, log_in_order
from .case_report import CaseReport, FactTold
from .dates import month_days, parse_date
from .labels import day_label
from .money import money_label, parse_money
from .paper import PaperLibrary, Telling
from .words import engine_words

SELLER = "negotiate"
"""The channel of the other side itself: what the log has there was said to it, or by it."""
URGING = ("called", "sent")

COMPUTED = ("today", "facts", "told", "evidence", "demands", "other-demands", "articles", "urged-day", "urged-way")
"""The facts beside days and sums of shared questions, and `log/<channel>`."""
OF_EVIDENCE = ("number", "name", "proves")
"""What the row of a table may name that is repeated for each piece of evidence."""
OF_WANT = ("sum",)
"""What the sentence of a demand may name: the first of its amounts that is known."""


def paper_facts(
    case: Case, report: CaseReport, *, papers: PaperLibrary, ladder: CaseLibrary, today: date
) -> dict[str, tuple[str, ...]]:
    """All but what depends on the paper: its demands and their articles."""
    found: dict[str, tuple[str, ...]] = {
        fact.question: (said,) for fact in report.facts if fact.shared and (said := exactly(fact))
    }
    log = log_in_order(case)
    who = {rung.id: rung.title for rung in ladder.channels} | {SELLER: engine_words("paper.seller")}
    found |= {
        f"log/{channel}": numbered([logged(entry, who) for entry in log if entry.who == channel])
        for channel in {entry.who for entry in log if entry.who}
    }
    for entry in log:
        if entry.kind in URGING and entry.who == SELLER:
            found.setdefault("urged-day", (day_label(entry.day),))
            found.setdefault("urged-way", (engine_words(f"paper.urged-{entry.kind}"),))
    return found | {
        "today": (day_label(today.isoformat()),),
        "evidence": numbered([one.title for one in report.evidence if one.at_hand]),
        "facts": numbered([*told(report.facts, log, papers.tellings, who)]),
        "told": numbered([*told(report.facts, (), papers.tellings, who)]),
    }


def numbered(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(engine_words("paper.numbered", number=number, says=says) for number, says in enumerate(lines, 1))


def exactly(fact: FactTold) -> str | None:
    """A day or a sum in words; None for what is not known so well, or was told in two ways."""
    if fact.others:
        return None
    if exact_day(fact):
        return day_label(fact.answer)
    return exact_sum(fact)


def exact_day(fact: FactTold) -> date | None:
    try:
        day = parse_date(fact.answer)
    except ValueError:
        return None
    return day if fact.shown == day_label(fact.answer) else None


def exact_sum(fact: FactTold) -> str | None:
    """The name of a band may look like a sum: its words do not."""
    try:
        label = money_label(parse_money(fact.answer))
    except ValueError:
        return None
    return label if fact.shown == label else None


def told(
    facts: Sequence[FactTold], log: Sequence[LogEntry], tellings: Sequence[Telling], who: Mapping[str, str]
) -> Iterator[str]:
    """What has no day first, then day by day what was told, in the order of the tellings, and what was done since. A
    day that an entry of the log answers is told by that entry.
    """
    says = {(one.tree, one.question, one.answer): one.says for one in tellings}
    place = {(one.tree, one.question): number for number, one in enumerate(tellings)}
    logged_already = {question for entry in log for question in entry.answers}
    dated: list[tuple[str, int, str]] = []
    for fact in facts:
        home = "" if fact.shared else fact.trees[0]
        sentence = says.get((home, fact.question, "")) or says.get((home, fact.question, fact.answer))
        if not sentence or fact.others:
            continue
        if is_day_or_month(fact):
            if fact.question not in logged_already:
                dated.append(
                    (
                        fact.answer,
                        place[home, fact.question],
                        engine_words("paper.told-day", day=fact.shown, says=sentence),
                    )
                )
        elif (home, fact.question, "") not in says:
            yield engine_words("paper.told", says=sentence)
        elif exact_sum(fact):
            yield engine_words("paper.told-sum", says=sentence, sum=fact.shown)
    dated += [(entry.day, len(tellings), logged(entry, who)) for entry in log]
    yield from (sentence for _, _, sentence in sorted(dated, key=lambda one: one[:2]))


def is_day_or_month(fact: FactTold) -> bool:
    """A month is told as it was: it says no more than the reader did."""
    month = month_days(fact.answer) is not None and fact.shown == day_label(fact.answer)
    return month or exact_day(fact) is not None


def logged(entry: LogEntry, who: Mapping[str, str]) -> str:
    what = engine_words(f"log.{entry.kind}")
    if entry.who in who:
        what = engine_words("paper.logged-with", what=what, who=who[entry.who])
    says = " ".join(entry.says.split())
    if not says:
        return engine_words("paper.logged", day=day_label(entry.day), what=what)
    ends = engine_words("paper.sentence-ends")
    stop = "" if says[-1] in ends else ends[0]
    return engine_words("paper.logged-says", day=day_label(entry.day), what=what, says=says) + stop
