"""Answers → where a reader stands: always replayed from the start, answers off the path left behind.

An answer is an option id, an ISO date, a month, a number, a sum of money, a band id, adjacent bands `first..last`, a
range as another tree carries it, ticks joined by full stops, or `unsure`; what it leaves open makes the walk stand in
several states at once. Ticks never do: they say which items an outcome shows (ticks.py).
"""

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from .contract import CompiledQuestion, CompiledTree
from .dates import Calendar, Period, band_of, day_before_which, month_days, parse_date
from .labels import UNSURE, answer_label, band_stretch, day_label, ticks_of
from .money import MOST_MONEY, parse_money
from .words import engine_words

MOST_NUMBER = 100_000
EARLIEST_YEAR = 1990  # of a day that can be given


class Unfit(Exception):
    """An answer that cannot be taken; its text is one sentence for the reader."""


@dataclass(frozen=True)
class Step:
    """One answered question. `stands_for` are the answer ids that `answer` may mean, `exact` the day, number or sum
    where one was given, `days` the first and last day that it may be where a month was given.

    `asked_at` are the states that asked. `ticked` are the ticks set, None where the reader left open what applies.
    """

    question: str
    answer: str
    stands_for: tuple[str, ...]
    exact: date | int | Decimal | None = None
    asked_at: tuple[str, ...] = ()
    ticked: frozenset[str] | None = None
    days: tuple[date, date] | None = None


@dataclass(frozen=True)
class Walk:
    """`at` holds the states where the reader may be; `asking` is the question that is next, None at the end."""

    path: tuple[Step, ...]
    at: tuple[str, ...]
    asking: str | None
    problem: str | None = None

    def exact(self, question: str) -> date | int | Decimal | None:
        """The day, number or sum that the reader gave, where they gave one."""
        return next((step.exact for step in self.path if step.question == question), None)

    def ticked(self, question: str) -> frozenset[str] | None:
        """What the reader ticked: nothing where it was not asked, None where they left it open."""
        return next((step.ticked for step in self.path if step.question == question), frozenset())


@dataclass(frozen=True)
class Given:
    """What a question is answered under: the tree, the steps before it, the day in China, and the calendar."""

    tree: CompiledTree
    path: tuple[Step, ...]
    today: date
    calendar: Calendar

    def step(self, question: str | None) -> Step | None:
        return next((step for step in self.path if step.question == question), None)


def walk(
    tree: CompiledTree, answers: dict[str, str], today: date, calendar: Calendar, behind: Walk | None = None
) -> Walk:
    """Replay `answers`, on `today` (a day in China), from the start or from where what is `behind` ended. A problem
    stops the walk at the question whose answer is unfit.
    """
    here = behind or Walk((), (tree.start,), None)
    while (asking := pending(tree, here.at)) is not None and asking in answers:
        try:
            step = take_answer(Given(tree, here.path, today, calendar), tree.questions[asking], answers[asking])
        except Unfit as unfit:
            return replace(here, asking=asking, problem=str(unfit))
        here = after(tree, here, replace(step, asked_at=asking_states(tree, here.at, asking)))
    return replace(here, asking=asking)


def after(tree: CompiledTree, behind: Walk, step: Step) -> Walk:
    """A walk, and one step more."""
    return Walk((*behind.path, step), onward(tree, behind.at, step.question, step.stands_for), None)


def pending(tree: CompiledTree, at: tuple[str, ...]) -> str | None:
    """The first question, in the tree's order, that is asked at one of these states."""
    nodes = {here.node for state in at if (here := tree.states.get(state))}
    return next((question for question in tree.questions if question in nodes), None)


def asking_states(tree: CompiledTree, at: tuple[str, ...], question: str) -> tuple[str, ...]:
    return tuple(state for state in at if (here := tree.states.get(state)) and here.node == question)


def onward(tree: CompiledTree, at: tuple[str, ...], asking: str, answers: tuple[str, ...]) -> tuple[str, ...]:
    """Where these answers lead from these states; states that do not ask the question are kept."""
    to: dict[str, None] = {}
    for state in at:
        here = tree.states.get(state)
        if here and here.node == asking:
            to.update(dict.fromkeys(here.to[answer] for answer in answers))
        else:
            to[state] = None
    return tuple(to)


def take_answer(given: Given, question: CompiledQuestion, answer: str) -> Step:
    """The step that `answer` makes; the states that asked are left open. Raises Unfit."""
    ids = question.answer_ids()
    if answer == UNSURE:
        return Step(question.id, answer, ids)
    if question.kind == "choice" and answer not in ids:
        raise Unfit(engine_words("unfit.option", answer=short_answer(answer)))
    if question.kind == "several" and answer not in ids:
        return Step(question.id, answer, ids, ticked=parse_ticks(question, answer))
    if stretch := band_stretch(ids, own_answer(question, answer)):
        first, last = stretch
        return Step(question.id, answer, ids[first : last + 1])
    if question.kind == "number":
        number = parse_number(answer)
        return Step(question.id, answer, (ids[number_band(question, number)],), number)
    if question.kind == "money":
        value = parse_sum(answer)
        return Step(question.id, answer, (ids[number_band(question, value)],), value)
    if month := month_days(answer):
        return month_step(given, question, answer, month)
    day = parse_day(answer, given.today)
    first_band, last_band = date_bands(given, question, day)
    return Step(question.id, answer, ids[first_band : last_band + 1], day)


def month_step(given: Given, question: CompiledQuestion, answer: str, month: tuple[date, date]) -> Step:
    """Any day of the month that has come and fits the answers before. Raises Unfit where none does."""
    first, last = parse_day(month[0].isoformat(), given.today), min(month[1], given.today)
    found = {first: date_bands(given, question, first)}
    for number in range(1, (last - first).days + 1):
        day = first + timedelta(days=number)
        try:
            found[day] = date_bands(given, question, day)
        except Unfit:  # it lies after the day that it is counted to, and so do those that follow
            break
    lowest, highest = min(low for low, _ in found.values()), max(high for _, high in found.values())
    return Step(question.id, answer, question.answer_ids()[lowest : highest + 1], days=(first, max(found)))


def own_answer(question: CompiledQuestion, answer: str) -> str:
    """A range that another tree carried here, as this one divides the question; any other answer as it is."""
    return question.takes.get(answer, answer)


def date_bands(given: Given, question: CompiledQuestion, day: date) -> tuple[int, int]:
    """The first and last band that `day` may fall in; one and the same unless an earlier answer is inexact. Raises
    Unfit.
    """
    if has_fixed_days(question):
        band = fixed_day_band(question, day)
        return band, band
    limits = [Period.parse(answer.limit) if answer.limit else None for answer in question.answers]
    soonest, latest = until_days(given, question, day)
    until = given.step(question.until)
    if until and latest < max(day, soonest):
        asked = given.tree.questions[until.question]
        raise Unfit(
            engine_words("unfit.order", ask=asked.ask, day=answer_label(asked, own_answer(asked, until.answer)))
        )
    least, most = extra_days(given, question)
    first = 0 if most is None else band_of(day, soonest, limits, given.calendar, extra_days=most)
    return first, band_of(day, latest, limits, given.calendar, extra_days=least)


def until_days(given: Given, question: CompiledQuestion, day: date) -> tuple[date, date]:
    """The soonest and latest day, no sooner than `day`, that the band is counted to. The later a day, the lower its
    band.
    """
    until = given.step(question.until)
    if until is None:
        return given.today, given.today
    if isinstance(until.exact, date):
        return until.exact, until.exact
    if until.days:
        return max(day, until.days[0]), until.days[1]
    asked = given.tree.questions[until.question]
    ids = asked.answer_ids()
    first, last = ids.index(until.stands_for[0]), ids.index(until.stands_for[-1])
    if has_fixed_days(asked):
        begins, ends = fixed_band_days(asked, first, last)
        return max(day, begins), min(given.today, ends)

    def bands(later: int) -> tuple[int, int]:
        try:
            return date_bands(given, asked, day + timedelta(days=later))
        except Unfit:  # later than the day that it is counted to itself
            return -1, -1

    later = range((given.today - day).days + 1)
    soonest = bisect_left(later, True, key=lambda days: bands(days)[0] <= last)
    beyond = bisect_left(later, True, key=lambda days: bands(days)[1] < first)
    return day + timedelta(days=soonest), day + timedelta(days=beyond - 1)


def extra_days(given: Given, question: CompiledQuestion) -> tuple[int, int | None]:
    """Days that do not count (a number question), least and most; None where there may be any number of them."""
    plus = given.step(question.plus)
    if plus is None:
        return 0, None if question.plus else 0
    if isinstance(plus.exact, int):
        return plus.exact, plus.exact
    asked = given.tree.questions[plus.question]
    ids = asked.answer_ids()
    first, most = ids.index(plus.stands_for[0]), asked.answers[ids.index(plus.stands_for[-1])].limit
    return int(asked.answers[first - 1].limit or 0) + 1 if first else 0, None if most is None else int(most)


def has_fixed_days(question: CompiledQuestion) -> bool:
    """Whether the bands of a date question lie before fixed days: then they go from early to late."""
    first = question.answers[0].limit
    return first is not None and day_before_which(first) is not None


def fixed_day_band(question: CompiledQuestion, day: date) -> int:
    limits = [day_before_which(answer.limit) if answer.limit else None for answer in question.answers]
    return next(index for index, limit in enumerate(limits) if limit is None or day < limit)


def fixed_band_days(question: CompiledQuestion, first: int, last: int) -> tuple[date, date]:
    """The first and last day in the bands from one index to another."""
    before, after = question.answers[first - 1].limit if first else None, question.answers[last].limit
    begins, ends = (day_before_which(limit) if limit else None for limit in (before, after))
    return begins or date.min, ends - timedelta(days=1) if ends else date.max


def number_band(question: CompiledQuestion, number: int | Decimal) -> int:
    limits = [answer.limit for answer in question.answers]
    return next(index for index, limit in enumerate(limits) if limit is None or number <= Decimal(limit))


def parse_ticks(question: CompiledQuestion, answer: str) -> frozenset[str]:
    ticks, offered = ticks_of(answer), {tick.id for tick in question.ticks}
    if strange := next((tick for tick in ticks if tick not in offered), None):
        raise Unfit(engine_words("unfit.tick", answer=short_answer(strange)))
    return frozenset(ticks)


def parse_sum(answer: str) -> Decimal:
    try:
        return parse_money(answer)
    except ValueError:
        raise Unfit(engine_words("unfit.money", answer=short_answer(answer), most=f"{MOST_MONEY:,}")) from None


def parse_number(answer: str) -> int:
    if not (answer.isascii() and answer.isdigit() and len(answer) <= 6 and int(answer) <= MOST_NUMBER):
        raise Unfit(engine_words("unfit.number", answer=short_answer(answer), most=MOST_NUMBER))
    return int(answer)


def parse_day(answer: str, today: date) -> date:
    try:
        day = parse_date(answer)
    except ValueError as error:
        raise Unfit(engine_words("unfit.date", why=error)) from None
    if day > today:
        raise Unfit(engine_words("unfit.future", today=day_label(today.isoformat())))
    if day.year < EARLIEST_YEAR:
        raise Unfit(engine_words("unfit.too-early"))
    return day


def short_answer(answer: str) -> str:
    return answer if len(answer) <= 20 else answer[:20] + "…"
