"""One rule of the library, and the day or the sums that a reader typed → the day it comes to, or the sum.

The rules are those that the trees and channels state (write/calculator_rules.py collects them), and the plain counting
of 民法典第201至203条 for any length. What the result looks like is decided where that of an outcome is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from .amount_words import amount_formula, total_words
from .citations import Citation
from .cite_check import article_href
from .cite_report import Successor
from .contract import CompiledAmount, CompiledDeadline, CompiledStart
from .dates import Calendar, Period, parse_date
from .deadline_shown import calendar_for
from .from_day import report_from_day
from .labels import day_label
from .report import AmountReport, DeadlineReport
from .sums import Known, reckon_amounts
from .walk import Step, Unfit, Walk, parse_number, parse_sum, short_answer
from .words import engine_words

DAY = "day"
"""What a period is counted from, among what the reader gave."""


@dataclass(frozen=True)
class RuleInput:
    """What a reader types: `kind` is day, money or number; `label` asks for it, in words."""

    name: str
    kind: str
    label: str
    unit: str


@dataclass(frozen=True)
class PeriodRule:
    """`rule` is a deadline whose start is the day that the reader types, and the days added to it."""

    id: str
    rule: CompiledDeadline


@dataclass(frozen=True)
class SumRule:
    """`amounts` are those that the last of them is reckoned from, in order, and that last one."""

    id: str
    amounts: tuple[CompiledAmount, ...]
    inputs: tuple[RuleInput, ...]


@dataclass(frozen=True)
class PlainCount:
    """What the counting of any number of a `unit` (of a period) rests on; no `cite` where the library holds none."""

    unit: str
    cite: tuple[str, ...]
    basis: str


@dataclass(frozen=True)
class Calculators:
    """`citations` maps each citation in words to the article."""

    periods: tuple[PeriodRule, ...]
    sums: tuple[SumRule, ...]
    plain: tuple[PlainCount, ...]
    citations: dict[str, Citation]


NONE_OF_THEM = Calculators((), (), (), {})


@dataclass(frozen=True)
class Calculated:
    """`deadline` for a period, else None; `amounts` for a sum, the one asked for last. `sources` are the articles."""

    deadline: DeadlineReport | None
    amounts: tuple[AmountReport, ...]
    sources: tuple[Successor, ...]


class NotGiven(Unfit):
    """Something typed cannot be taken, or is missing: `name` is which."""

    def __init__(self, name: str, says: str) -> None:
        super().__init__(says)
        self.name = name


def calculate_rule(
    rules: Calculators, id: str, given: Mapping[str, str], *, today: date, calendar: Calendar
) -> Calculated | None:
    """None where there is no such rule. Raises NotGiven."""
    for period in rules.periods:
        if period.id == id:
            return calculated_period(rules, period.rule, given, today=today, calendar=calendar)
    for one in rules.sums:
        if one.id == id:
            return calculated_sum(rules, one, given, today=today)
    return None


def calculate_plain(
    rules: Calculators, count: str, unit: str, given: Mapping[str, str], *, today: date, calendar: Calendar
) -> Calculated | None:
    """`count` of `unit`, `days`, `working-days`, `months` or `years`, from the day given. None where nobody counts in
    that unit. Raises NotGiven.
    """
    by_unit = {one.unit: one for one in rules.plain}
    if unit not in by_unit:
        return None
    try:
        within = f"{int(count)} {unit}" if count.isascii() and count.isdigit() and len(count) <= 9 else ""
        period = Period.parse(within)
    except ValueError:
        raise NotGiven("count", engine_words("calculate.count")) from None
    label = engine_words(f"calculate.plain-{unit}", count=period.count)
    item = CompiledDeadline(
        when="",
        ticks=None,
        says="",
        cite=by_unit[unit].cite,
        basis=by_unit[unit].basis,
        id=unit,
        kind="due",
        label=label,
        start=CompiledStart("one", ((DAY, 0),)),
        within=within,
        met_by=None,
    )
    return calculated_period(rules, item, given, today=today, calendar=calendar)


def calculated_period(
    rules: Calculators, item: CompiledDeadline, given: Mapping[str, str], *, today: date, calendar: Calendar
) -> Calculated:
    day = day_given(given, DAY)
    plus = item.start.dates[0][1]
    start = day + timedelta(days=plus)
    before = ""
    if plus:
        words = {"day": day_label(day.isoformat()), "start": day_label(start.isoformat())}
        before = engine_words("calculate.plus", plus=plus, **words)
    report = report_from_day(item, start, today=today, calendar=calendar, before=before)
    report = replace(report, calendar=calendar_for(f"calculator-{item.id}", report, today))
    return Calculated(report, (), sources_of(rules, item.cite))


def calculated_sum(rules: Calculators, rule: SumRule, given: Mapping[str, str], *, today: date) -> Calculated:
    path = tuple(Step(one.name, given.get(one.name, ""), (), exact_given(given, one)) for one in rule.inputs)
    known = Known(Walk(path, (), None), {}, today)
    reckoned = reckon_amounts(rule.amounts, known)
    reports = []
    for item in rule.amounts:
        one = reckoned[item.id]
        if one is None:  # the whole of a share is nothing
            raise NotGiven(rule.inputs[-1].name, engine_words("calculate.no-whole"))
        reports.append(
            AmountReport(
                id=item.id,
                label=item.label,
                says=item.says,
                cite=item.cite,
                basis=item.basis,
                ticks=None,
                value=str(one.total),
                shown=total_words(one.total),
                formula=amount_formula(item, one, rule.amounts, known.sums),
            )
        )
    cite = tuple(dict.fromkeys(cite for item in reversed(rule.amounts) for cite in item.cite))
    return Calculated(None, tuple(reports), sources_of(rules, cite))


def exact_given(given: Mapping[str, str], one: RuleInput) -> date | int | Decimal:
    text = given.get(one.name, "")
    if one.kind == DAY:
        return day_given(given, one.name)
    if not text.strip():
        raise NotGiven(one.name, engine_words("calculate.missing", ask=one.label))
    try:
        return parse_sum(text) if one.kind == "money" else parse_number(text)
    except Unfit as unfit:
        raise NotGiven(one.name, str(unfit)) from None


def day_given(given: Mapping[str, str], name: str) -> date:
    text = given.get(name, "")
    if not text.strip():
        raise NotGiven(name, engine_words("calculate.no-day"))
    try:
        return parse_date(short_answer(text))
    except ValueError as error:
        raise NotGiven(name, engine_words("unfit.date", why=error)) from None


def sources_of(rules: Calculators, cite: tuple[str, ...]) -> tuple[Successor, ...]:
    return tuple(Successor(one, article_href(rules.citations[one])) for one in cite if one in rules.citations)
