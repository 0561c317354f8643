"""Published holiday schedules → the one table that the engine's `Calendar` reads."""

from collections.abc import Mapping
from datetime import date

import chinese_calendar

from build_tools.engine.dates import schedule_year

KINDS = ("holidays", "workdays")


def holiday_table(extra: Mapping) -> dict:
    """`{"first", "last", "holidays", "workdays"}`, plain JSON: the schedules of chinesecalendar, then those of `extra`.

    `extra` is trees/calendar.yml as parsed: year → `{notice, issued, holidays, workdays}`, days as ISO text. It adds the years that the
    package does not have yet and cross-checks the others. A day belongs to the year whose notice settles it, so that a New Year's holiday
    may begin in the December before. Raises ValueError naming the days where the two disagree, and for years or days out of place.
    """
    schedules = packaged()
    last = max(schedules)
    for year, entry in sorted((int(str(year)), entry) for year, entry in extra.items()):
        schedule = read_year(year, entry)
        if year in schedules:
            agree(year, schedules[year], schedule)
        elif year != max(schedules) + 1:
            raise ValueError(f"calendar.yml: {year} does not follow {max(schedules)}, the last year known")
        schedules[year] = schedule
        last = max(last, year)
    table: dict = {"first": min(schedules), "last": last}
    for kind in KINDS:
        table[kind] = sorted(str(day) for schedule in schedules.values() for day in schedule[kind])
    return table


def packaged() -> dict[int, dict[str, set[date]]]:
    """The package's days by the year whose notice settles them. A year counts as known when its own first of January is there."""
    days = {"holidays": set(chinese_calendar.holidays), "workdays": set(chinese_calendar.workdays)}
    years = {day.year for day in days["holidays"] if (day.month, day.day) == (1, 1)}
    return {year: {kind: {day for day in days[kind] if schedule_year(day) == year} for kind in KINDS} for year in sorted(years)}


def read_year(year: int, entry: Mapping) -> dict[str, set[date]]:
    if not entry.get("notice") or not entry.get("issued"):
        raise ValueError(f"calendar.yml: {year} does not say which notice it comes from, and when that was issued")
    schedule = {kind: {date.fromisoformat(str(day)) for day in entry.get(kind, ())} for kind in KINDS}
    for day in sorted(schedule["holidays"] | schedule["workdays"]):
        if schedule_year(day) != year:
            raise ValueError(f"calendar.yml: {day} is not settled by the notice for {year}")
        if day in schedule["workdays"] and (day.weekday() < 5 or day in schedule["holidays"]):
            raise ValueError(f"calendar.yml: {day} cannot be a make-up workday")
    if date(year, 1, 1) not in schedule["holidays"]:
        raise ValueError(f"calendar.yml: {year} has no 1 January among its holidays")
    return schedule


def agree(year: int, package: Mapping[str, set[date]], own: Mapping[str, set[date]]) -> None:
    apart = [
        f"{day} is among the {kind} of {'calendar.yml' if day in own[kind] else 'chinesecalendar'} only"
        for kind in KINDS
        for day in sorted(package[kind] ^ own[kind])
    ]
    if apart:
        raise ValueError(f"calendar.yml and chinesecalendar disagree on {year}: {'; '.join(apart)}")
