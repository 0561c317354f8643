"""Answers, ranges, rules and counts → the words a reader sees, the same on the page, in the terminal and in the
widget.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol

from .contract import CompiledDeadline, CompiledOutcome, CompiledStart, CompiledTree
from .dates import day_before_which, month_days
from .money import money_label, parse_money
from .words import engine_words

STANDINGS = ("clear", "arguable", "weak", "none")
"""From the strongest to none."""

UNSURE = "unsure"
NONE_TICKED = "none"
"""Of what a question offers to be ticked, nothing applies."""
DONE = "done"
"""The one way on from a question with ticks; as an answer, that it is left open what applies."""


class AnswerLike(Protocol):
    """An answer of a question, compiled or as its author wrote it."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def limit(self) -> str | None: ...


class TickLike(Protocol):
    """What may be ticked, compiled or as its author wrote it."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...


class QuestionLike(Protocol):
    """A question whose answers can be put into words."""

    @property
    def kind(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def answers(self) -> Sequence[AnswerLike]: ...
    @property
    def ticks(self) -> Sequence[TickLike]: ...
    def answer_ids(self) -> tuple[str, ...]: ...


def standing_label(standing: str) -> str:
    return engine_words(f"standing.{standing}")


def basis_label(basis: str) -> str:
    return engine_words(f"basis.{basis}")


def band_stretch(ids: Sequence[str], answer: str) -> tuple[int, int] | None:
    """First and last index in `ids` of an option, a band, or merged bands `first..last`; None for anything else."""
    first, dots, last = answer.partition("..")
    if first not in ids or (dots and last not in ids):
        return None
    begin, end = ids.index(first), ids.index(last if dots else first)
    return (begin, end) if begin <= end else None


def answer_label(question: QuestionLike, answer: str) -> str:
    """`answer` is an option or band id, merged bands `first..last`, an ISO date, a month, a number, a sum of money,
    ticks joined by full stops, `none` of them, or `unsure`.

    What cannot be read is given back as it is.
    """
    if answer == UNSURE:
        return engine_words("answer.unsure")
    if stretch := band_stretch(question.answer_ids(), answer):
        return range_label(question, *stretch)
    if question.kind == "several":
        return ticks_label(question, ticks_of(answer))
    if question.kind == "money":
        return given_money_label(answer)
    if question.kind == "date":
        return day_label(answer)
    return f"{answer}{spaced_unit(question.unit)}" if question.kind == "number" else answer


def answers_label(question: QuestionLike, answers: Sequence[str]) -> str:
    """Several answers, in the question's order: adjacent bands as the range that they make, else one or the other."""
    ids = question.answer_ids()
    places = [ids.index(answer) for answer in answers]
    if question.kind != "choice" and places[-1] - places[0] == len(places) - 1:
        return range_label(question, places[0], places[-1])
    return engine_words("answer.or").join(answer_label(question, answer) for answer in answers)


def range_label(question: QuestionLike, first: int, last: int) -> str:
    """The answers from index `first` to `last`: an own label, or words made from the limits around them."""
    answers = question.answers
    if first == last and answers[first].label:
        return answers[first].label
    if question.kind == "several":
        return engine_words("answer.done")
    if question.kind == "choice":
        return engine_words("answer.or").join(one.label for one in answers[first : last + 1])
    after, upto = answers[first - 1].limit if first else None, answers[last].limit
    if question.kind == "number":
        return number_range(after, upto, spaced_unit(question.unit))
    return money_range(after, upto) if question.kind == "money" else date_range(after, upto)


def ticks_of(answer: str) -> tuple[str, ...]:
    """The ticks that an answer to a `several` question sets: `activated.late` → activated, late."""
    return () if answer == NONE_TICKED else tuple(answer.split("."))


def ticks_label(question: QuestionLike, ticks: Sequence[str]) -> str:
    """In the question's order; what it does not offer is given as it is."""
    labels = [tick.label for tick in question.ticks if tick.id in ticks]
    strange = [tick for tick in ticks if tick not in {one.id for one in question.ticks}]
    return engine_words("answer.listed").join((*labels, *strange)) or engine_words("answer.none-ticked")


def given_money_label(answer: str) -> str:
    try:
        return money_label(parse_money(answer))
    except ValueError:
        return answer


def money_range(after: str | None, upto: str | None) -> str:
    """More than `after` and no more than `upto`, sums as a contract writes them."""
    if after is None and upto is None:
        return engine_words("range.any-number")
    if after is None:
        return engine_words("range.money-within", high=money_label(upto or ""))
    if upto is None:
        return engine_words("range.beyond", limit=money_label(after))
    return engine_words("range.money-between", low=money_label(after), high=money_label(upto))


def fixed_days_range(after: date | None, before: date | None) -> str:
    """From the day `after` to the last day before the other."""
    last = day_label((before - timedelta(days=1)).isoformat()) if before else ""
    if after is None:
        return engine_words("range.day-before", last=last)
    first = day_label(after.isoformat())
    return engine_words("range.day-between" if before else "range.day-from", first=first, last=last)


def date_range(after: str | None, upto: str | None) -> str:
    """The limits are `7 days`. 「超过」 leaves the limit itself out and 「以内」 takes it in, as in 民法典第1259条."""
    if after is None and upto is None:
        return engine_words("range.any-day")
    fixed, until_fixed = (limit and day_before_which(limit) for limit in (after, upto))
    if fixed or until_fixed:
        return fixed_days_range(fixed or None, until_fixed or None)
    if after is None:
        return engine_words("range.within", limit=period_label(upto or ""))
    if upto is None:
        return engine_words("range.beyond", limit=period_label(after))
    (low, low_unit), (high, high_unit) = amount_and_unit(after), amount_and_unit(upto)
    if low_unit != high_unit or low_unit not in ("day", "calendar-day", "working-day"):
        return engine_words("range.between", low=period_label(after), high=period_label(upto))
    unit = engine_words(f"spaced.{low_unit}")
    if low + 1 == high:
        return engine_words("range.one", day=high, unit=unit)
    return engine_words("range.days", first=low + 1, last=high, unit=unit)


def number_range(after: str | None, upto: str | None, unit: str) -> str:
    """From one more than `after` to `upto`; `unit` with the space before it."""
    if upto is None and after is None:
        return engine_words("range.any-number")
    low = 0 if after is None else int(after) + 1
    if upto is None:
        return engine_words("range.from", low=low, unit=unit)
    key = "range.number" if low == int(upto) else "range.numbers"
    return engine_words(key, low=low, high=int(upto), unit=unit)


def period_label(period: str) -> str:
    """`7 days` → 7 天."""
    number, unit = amount_and_unit(period)
    return f"{number}{engine_words(f'spaced.{unit}')}"


def amount_and_unit(period: str) -> tuple[int, str]:
    """`7 days` → 7 and `day`."""
    number, unit = period.split()
    return int(number), unit.removesuffix("s")


def day_label(day: str) -> str:
    """`2026-11-10` → 2026年11月10日, `2026-11` → 2026年11月. What is neither is given back as it is."""
    if whole := month_days(day):
        return engine_words("month", year=whole[0].year, month=whole[0].month)
    parts = day.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return day
    year, month, number = map(int, parts)
    return engine_words("day", year=year, month=month, day=number)


def left_label(least: int, most: int | None) -> str:
    """How many questions are left, the one that is being asked included; `most` is None where it is not known."""
    if most is None:
        return engine_words("left.at-least", least=least)
    if (least, most) == (1, 1):
        return engine_words("left.last")
    return engine_words("left.exactly" if least == most else "left.between", least=least, most=most)


def spaced_unit(unit: str) -> str:
    return f" {unit}" if unit else ""


def deadline_rule(deadline: CompiledDeadline, outcome: CompiledOutcome, tree: CompiledTree) -> str:
    """民法典第201条: the first day does not count, so counting starts on the next."""
    begins, period = start_label(deadline.start, outcome, tree), period_label(deadline.within)
    return engine_words(f"rule.{deadline.kind}", begins=begins, period=period)


def start_label(start: CompiledStart, outcome: CompiledOutcome, tree: CompiledTree) -> str:
    days = [start_day_label(name, plus, outcome, tree) for name, plus in start.dates]
    if len(days) == 1:
        return days[0]
    return engine_words(f"rule.{start.of}", days=engine_words("rule.listed").join(days))


def start_day_label(name: str, plus: int, outcome: CompiledOutcome, tree: CompiledTree) -> str:
    """The day that a question asks for, or the last day of an earlier deadline."""
    if name in tree.questions:
        day = engine_words("rule.asked-day", ask=tree.questions[name].ask.rstrip("？?"))
    else:
        label = next(one.label for one in outcome.deadlines if one.id == name)
        day = engine_words("rule.expiry", label=label)
    return engine_words("rule.days-later", day=day, plus=plus) if plus else day
