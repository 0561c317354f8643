"""The ladder, the outcomes' channels and the log → the road of one reader: where they stand and what comes next."""

from collections.abc import Iterator, Sequence

from .case import CaseLibrary, LogEntry
from .case_days import Clocks, opens_on
from .case_report import CaseEnd, RungReport
from .labels import day_label
from .report import DeadlineReport
from .words import engine_words

MOVES_ON = ("refused", "ended")
"""Entries after which the next rung may be taken on the same day."""


def road_of(
    ends: Sequence[CaseEnd], library: CaseLibrary, log: Sequence[LogEntry], clocks: Clocks
) -> Iterator[RungReport]:
    """The channels of all ends, and those that the log names, in the order of the ladder. The next rung opens when the
    furthest one that was tried refused, ended the matter, or let its time pass; before anything was done the first one
    is open. `log` is in the order of its days.
    """
    named: dict[str, list[str]] = {}
    for end in ends:
        for channel in end.outcome.channels if end.outcome else ():
            named.setdefault(channel.id, []).append(f"{end.tree}/{end.id}")
    last = {entry.who: entry for entry in log}
    steps = [rung for rung in library.channels if rung.id in named or rung.id in last]
    furthest = max((place for place, rung in enumerate(steps) if rung.id in last), default=-1)
    for place, rung in enumerate(steps):
        day: str | None = None
        if entry := last.get(rung.id):
            state, says, day = tried(entry, clocks[rung.id])
        elif place < furthest:
            state, says = "before", engine_words("road.before")
        elif place > furthest + 1:
            state, says = "later", ""
        elif furthest < 0:
            state, says = "open", engine_words("road.first")
        else:
            before = steps[furthest]
            state, says, day = next_step(last[before.id], clocks[before.id])
        yield RungReport(
            rung.id,
            rung.title,
            rung.detail,
            rung.reach,
            state,
            says,
            day,
            clocks[rung.id],
            tuple(named.get(rung.id, ())),
        )


def tried(entry: LogEntry, clocks: Sequence[DeadlineReport]) -> tuple[str, str, str]:
    """Where something was done: the state, that in words, and since when."""
    says = engine_words("road.last", day=day_label(entry.day), what=engine_words(f"log.{entry.kind}"))
    if entry.kind in MOVES_ON:
        return "refused", says, entry.day
    if is_overdue(clocks):
        return "refused", says + engine_words("road.overdue"), entry.day
    return "promised" if entry.kind == "promised" else "waiting", says, entry.day


def next_step(entry: LogEntry, clocks: Sequence[DeadlineReport]) -> tuple[str, str, str | None]:
    """The rung behind the furthest one that was tried, of which `entry` is the last."""
    if entry.kind in MOVES_ON or is_overdue(clocks):
        return "open", engine_words("road.open"), None
    if entry.kind == "promised":
        return "later", engine_words("road.if-broken"), None
    waiting = [opens_on(one) for one in clocks if one.kind == "ripens" and one.verdict == "not-yet"]
    if not waiting:
        return "later", engine_words("road.free"), None
    day = min(waiting)
    return "later", engine_words("road.later-day", day=day_label(day)), day


def is_overdue(clocks: Sequence[DeadlineReport]) -> bool:
    return any(one.kind == "ripens" and one.verdict == "ripe" for one in clocks)
