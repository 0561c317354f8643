"""Published holiday schedules → the one table that the engine's `Calendar` reads."""

from collections.abc import Iterator
from typing import Any

from minglu.diagnostics import Diagnostic, Words
from minglu.engine.dates import schedule_year
from minglu.resolve.model import Year

CHINA, NONE = "china", "none"
CALENDARS = (CHINA, NONE)
"""Whose rest days move the end of a period: those of China's schedules, or nobody's."""

KINDS = {"holidays": Words("放假", "off"), "workdays": Words("调休上班", "a make-up workday")}


def holiday_table(extra: dict[int, Year], calendar: str = CHINA) -> tuple[dict[str, Any], list[Diagnostic]]:
    """The table of `calendar`, one of CALENDARS, as plain JSON. `extra` is trees/calendar.yml, for China alone."""
    if calendar == NONE:
        return dict(NEVER_MOVES), [not_china(own) for own in list(extra.values())[:1]]
    return china_table(extra)


NEVER_MOVES: dict[str, Any] = {"first": 1949, "last": 2099, "holidays": [], "workdays": [], "moves": False}
"""All years that a reader can give (`engine.dates.parse_date`); a working day is then a day from Monday to Friday."""


def not_china(own: Year) -> Diagnostic:
    return Diagnostic(
        "calendar",
        own.at,
        Words(
            "mkdocs.yml 里写了 `calendar: none`，这个文件里的放假安排用不上",
            "mkdocs.yml has `calendar: none`, so that the schedules of this file are not used",
        ),
        Words("删掉这个文件，或写 `calendar: china`", "remove this file, or write `calendar: china`"),
    )


def china_table(extra: dict[int, Year]) -> tuple[dict[str, Any], list[Diagnostic]]:
    """`{"first", "last", "holidays", "workdays"}`: the schedules of chinesecalendar, then those of `extra`.

    `extra` adds the years that the package does not have yet, one after another, and cross-checks the others.
    A day belongs to the year whose notice settles it, so that a New Year's holiday may begin in the December before.
    """
    schedules = packaged()
    found: list[Diagnostic] = []
    known = {*schedules}
    for year, own in sorted(extra.items()):
        if year in known:
            found += calendar_differences(year, schedules[year], own)
        elif year != (last := max(schedules)) + 1:
            found.append(
                Diagnostic(
                    "calendar",
                    own.at,
                    Words(
                        f"{year} 年接不上：现在只知道 {last} 年为止的放假安排",
                        f"{year} does not follow {last}, the last year whose schedule is known",
                    ),
                    Words(
                        f"先写 {last + 1} 年的，它的放假通知出来以前不要往后写",
                        f"write {last + 1} first, and nothing further before its notice is out",
                    ),
                )
            )
            break
        else:
            schedules[year] = {"holidays": {*own.holidays}, "workdays": {*own.workdays}}
    table: dict[str, Any] = {"first": min(schedules), "last": max(schedules)}
    for kind in KINDS:
        table[kind] = sorted(day for schedule in schedules.values() for day in schedule[kind])
    return table, found


def packaged() -> dict[int, dict[str, set[str]]]:
    """The package's days by the year whose notice settles them. A year counts as known when its own first of January
    is there.
    """
    import chinese_calendar  # only where China's holidays count: it takes a while to load

    days = {"holidays": set(chinese_calendar.holidays), "workdays": set(chinese_calendar.workdays)}
    years = {day.year for day in days["holidays"] if (day.month, day.day) == (1, 1)}
    return {
        year: {kind: {str(day) for day in days[kind] if schedule_year(day) == year} for kind in KINDS}
        for year in sorted(years)
    }


def calendar_differences(year: int, package: dict[str, set[str]], own: Year) -> Iterator[Diagnostic]:
    """Where calendar.yml and the package disagree: each day too many at its place, what is missing at the year."""
    for kind, words in KINDS.items():
        written = getattr(own, kind)
        for day in sorted({*written} - package[kind]):
            yield Diagnostic(
                "calendar",
                written[day],
                Words(
                    f"这里写 {day} {words.zh}，日历程序库（chinesecalendar）里不是",
                    f"{day} is {words.en} here, but not in chinesecalendar",
                ),
                Words(
                    "照放假通知核对这一天；程序库错了的，先升级它",
                    "check the day against the notice; if the package is wrong, update it first",
                ),
            )
        if missing := sorted(package[kind] - {*own.holidays, *own.workdays}):
            yield Diagnostic(
                "calendar",
                own.at,
                Words(
                    f"{year} 年缺少{words.zh}的 {'、'.join(missing)}，日历程序库（chinesecalendar）里有",
                    f"{year} lacks {', '.join(missing)}, which chinesecalendar has as {words.en}",
                ),
                Words(f"照放假通知补进 `{kind}`", f"add to `{kind}` what the notice has"),
            )
