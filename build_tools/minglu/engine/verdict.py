"""A deadline and what a reader answered → whether it runs, is over, or was kept, and which of its days stands large.

Decided here once, for page, terminal, letter and calendar file. Where public holidays move an end, the day after them
stands large, as 民法典第203条 says so; that an ordinary weekend moves it too is inferred, so that the day before that
move stands large as long as it lasts.
"""

from dataclasses import dataclass
from datetime import date

from .contract import CompiledDeadline, CompiledQuestion, CompiledStart
from .dates import Period, Reckoned, certain_days, deadline, no_longer
from .day_range import DayRange, day_range, earliest_range, exactly, later_by, latest_range
from .walk import Given, has_fixed_days


@dataclass(frozen=True)
class Verdict:
    """As in `DeadlineReport`; `acted` where the reader acted, on whatever day."""

    says: str | None
    limit: date | None = None
    own: date | None = None
    days: int | None = None
    acted: bool = False


def verdict_of(item: CompiledDeadline, given: Given, reckoned: dict[str, Reckoned]) -> Verdict:
    """`reckoned` are the outcome's deadlines whose days are known."""
    own = acted_on(item, given)
    known = reckoned.get(item.id)
    if known and own and own.is_one_day():
        return met_verdict(known, own.first)
    if own:
        start = start_range(item.start, given, reckoned)
        says = met_by_ranges(item, given, start, own) or met_by_band(item, given)
        return Verdict(says, known.plain if known else None, acted=True)
    if known:
        return ripening(known, given.today) if item.kind == "ripens" else running(known, given.today)
    return by_range(item, given, start_range(item.start, given, reckoned))


def acted_on(item: CompiledDeadline, given: Given) -> DayRange | None:
    """When the reader acted; None where that is not asked for, or was not asked of this reader."""
    return day_range(given, item.met_by) if item.met_by and item.kind == "due" else None


def met_verdict(reckoned: Reckoned, own: date) -> Verdict:
    """Of a reader who acted on the day `own`."""
    if own <= reckoned.plain:
        return Verdict("kept", reckoned.plain, own, (reckoned.plain - own).days, acted=True)
    if own <= reckoned.date:
        return Verdict("arguable", reckoned.date, own, (reckoned.date - own).days, acted=True)
    return Verdict("late" if is_late(reckoned, own) else None, reckoned.date, own, days_over(reckoned, own), acted=True)


def is_late(reckoned: Reckoned, day: date) -> bool:
    """Whether `day` is beyond the end, whatever schedule is still to be published."""
    most = certain_days(reckoned.period)[1] + reckoned.extra_days
    return day > reckoned.date and (reckoned.sure or (day - reckoned.start).days > most)


def days_over(reckoned: Reckoned, day: date) -> int | None:
    """How far `day` is beyond the end; None where a schedule that is not published may still move the end."""
    return (day - reckoned.date).days if reckoned.sure else None


def running(reckoned: Reckoned, today: date) -> Verdict:
    """Of a deadline to act by, which nobody has met yet."""
    limit = reckoned.plain if today <= reckoned.plain else reckoned.date
    days = (limit - today).days
    if days < 0:
        return Verdict("over" if is_late(reckoned, today) else None, limit, None, days_over(reckoned, today))
    return Verdict("running" if days else "last-day", limit, None, days)


def ripening(reckoned: Reckoned, today: date) -> Verdict:
    """The right arises once the day has passed (民法典第201条), so that on the day itself it is not yet ripe."""
    days = (reckoned.date - today).days
    if days >= 0:
        return Verdict("not-yet", reckoned.date, None, days)
    return Verdict("ripe" if is_late(reckoned, today) else None, reckoned.date, None, days_over(reckoned, today))


def start_range(start: CompiledStart, given: Given, reckoned: dict[str, Reckoned]) -> DayRange | None:
    """The first and the last day from which a deadline may be counted."""
    ranges = []
    for name, plus in start.dates:
        days = exactly(reckoned[name].date) if name in reckoned else day_range(given, name)
        if days is None:
            return None
        ranges.append(later_by(days, plus))
    return earliest_range(ranges) if start.of == "earliest" else latest_range(ranges)


def met_by_ranges(item: CompiledDeadline, given: Given, start: DayRange | None, own: DayRange) -> str | None:
    """`kept` or `late` where all days that the answers may stand for agree."""
    if start is None:
        return None
    period = Period.parse(item.within)
    if own.last <= deadline(start.first, period, given.calendar).plain:
        return "kept"
    return "late" if is_late(deadline(start.last, period, given.calendar), own.first) else None


def met_by_band(item: CompiledDeadline, given: Given) -> str | None:
    """`kept` or `late` where the band of the first day says by itself how long after it the reader acted: it counts to
    that day, or to today, which is no sooner.
    """
    (name, plus), *others = item.start.dates
    asked, step = given.tree.questions.get(name), given.step(name)
    if asked is None or step is None or others or plus or asked.until not in (item.met_by, None):
        return None
    if has_fixed_days(asked):  # its bands count to no day
        return None
    least, most = band_limits(asked, step.stands_for)
    period = Period.parse(item.within)
    if most and not asked.plus and no_longer(most, period):
        return "kept"
    return "late" if least and asked.until and no_longer(period, least) else None


def band_limits(asked: CompiledQuestion, bands: tuple[str, ...]) -> tuple[Period | None, Period | None]:
    """What the first of these bands lies beyond, and what the last lies within; None where it is open."""
    ids = asked.answer_ids()
    first, last = ids.index(bands[0]), ids.index(bands[-1])
    before, upto = asked.answers[first - 1].limit if first else None, asked.answers[last].limit
    return Period.parse(before) if before else None, Period.parse(upto) if upto else None


def by_range(item: CompiledDeadline, given: Given, start: DayRange | None) -> Verdict:
    """Of a deadline whose first day is known roughly, and which nobody has met."""
    if start is None:
        return Verdict(None)
    period, ripens = Period.parse(item.within), item.kind == "ripens"
    soonest, latest = (deadline(day, period, given.calendar) for day in (start.first, start.last))
    if is_late(latest, given.today):
        return Verdict("ripe" if ripens else "over")
    if given.today <= (soonest.unshifted if ripens else soonest.plain):
        return Verdict("not-yet" if ripens else "running")
    return Verdict(None)
