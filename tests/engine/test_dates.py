"""Dates against worked examples, each with the article that decides it, and against what must hold for all dates."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis.strategies import builds, dates, integers, just, lists, sampled_from

from minglu.engine.dates import Calendar, Period, band_of, days_between, deadline, parse_date, within
from minglu.engine.reckoning_words import period_words, reckoning_words

ONE = timedelta(days=1)


def days(month: int, first: int, last: int) -> list[str]:
    return [f"2026-{month:02}-{day:02}" for day in range(first, last + 1)]


TABLE = {
    "first": 2026,
    "last": 2026,
    "holidays": [
        *days(1, 1, 3),
        *days(2, 15, 23),
        *days(4, 4, 6),
        *days(5, 1, 5),
        *days(6, 19, 21),
        *days(9, 25, 27),
        *days(10, 1, 7),
    ],
    "workdays": ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
}
YEAR = Calendar.of(TABLE)


def day(text: str) -> date:
    return date.fromisoformat(text if text.startswith("20") else f"2026-{text}")


CERTAIN = [
    # start, period, extra days, last day before the move, last day; the article
    ("11-10", "7 days", 0, "11-17", "11-17"),  # 民法典201: the 10th does not count
    ("11-11", "7 days", 0, "11-18", "11-18"),
    ("11-10", "15 days", 0, "11-25", "11-25"),
    ("11-10", "1 day", 0, "11-11", "11-11"),
    ("11-07", "7 days", 0, "11-14", "11-16"),  # 203, a Saturday (inferred)
    ("11-08", "7 days", 0, "11-15", "11-16"),  # 203, a Sunday (inferred)
    ("09-26", "7 days", 0, "10-03", "10-08"),  # 203, National Day
    ("09-24", "7 days", 0, "10-01", "10-08"),  # 203, the first day off
    ("10-01", "7 days", 0, "10-08", "10-08"),  # the day after the last one off
    ("10-03", "7 days", 0, "10-10", "10-10"),  # a Saturday that is worked does not move
    ("09-13", "7 days", 0, "09-20", "09-20"),  # a Sunday that is worked does not move
    ("02-08", "7 days", 0, "02-15", "02-24"),  # 203, the whole Spring Festival
    ("02-07", "7 days", 0, "02-14", "02-14"),  # worked Saturday just before it
    ("01-31", "1 month", 0, "02-28", "02-28"),  # 202, no 31st; the 28th is a worked Saturday
    ("01-30", "1 month", 0, "02-28", "02-28"),  # 202
    ("01-28", "1 month", 0, "02-28", "02-28"),  # 202, corresponding day
    ("03-31", "1 month", 0, "04-30", "04-30"),  # 202
    ("03-31", "3 months", 0, "06-30", "06-30"),  # 202
    ("05-31", "2 months", 0, "07-31", "07-31"),  # 202
    ("04-01", "1 month", 0, "05-01", "05-06"),  # 202 and 203, Labour Day
    ("2025-08-31", "6 months", 0, "02-28", "02-28"),  # 202, across the year
    ("2024-02-29", "2 years", 0, "02-28", "02-28"),  # 202, leap day
    ("2025-11-10", "1 year", 0, "11-10", "11-10"),  # 202
    ("2025-11-10", "1 year", 5, "11-15", "11-16"),  # five days in repair do not count, then 203
    ("2025-11-10", "1 year", 30, "12-10", "12-10"),
    ("11-10", "7 working-days", 0, "11-19", "11-19"),  # 投诉举报办法45 with 15
    ("11-13", "1 working-day", 0, "11-16", "11-16"),  # from the next working day: Monday
    ("09-30", "7 working-days", 0, "10-15", "10-15"),  # National Day is not counted, the worked Saturday is
    ("09-30", "3 working-days", 0, "10-10", "10-10"),  # ends on the worked Saturday
    ("02-13", "1 working-day", 0, "02-14", "02-14"),
    ("02-14", "1 working-day", 0, "02-24", "02-24"),
    ("10-03", "1 working-day", 0, "10-08", "10-08"),  # starts on a holiday
    ("11-10", "7 working-days", 2, "11-21", "11-23"),
    ("11-20", "1 calendar-day", 0, "11-21", "11-21"),  # yesterday is yesterday on a Sunday too
    ("09-30", "1 calendar-day", 0, "10-01", "10-01"),
    ("04-01", "1 calendar-month", 0, "05-01", "05-01"),  # Labour Day, and a rule that knows no move
    ("2025-11-22", "1 calendar-year", 0, "11-22", "11-22"),  # a Sunday
    ("2025-08-31", "6 calendar-months", 0, "02-28", "02-28"),  # 202, a Saturday
    ("07-23", "60 days", 0, "09-21", "09-21"),  # sixty natural days (办法23)
    ("07-22", "60 days", 0, "09-20", "09-20"),
]


@pytest.mark.parametrize(("start", "period", "extra", "unshifted", "last"), CERTAIN)
def test_the_last_day_is_the_one_the_articles_give(start, period, extra, unshifted, last):
    reckoned = deadline(day(start), Period.parse(period), YEAR, extra_days=extra)
    assert (reckoned.unshifted, reckoned.date, reckoned.sure) == (day(unshifted), day(last), True)


UNCERTAIN = [
    # start, period, last day before the move, earliest last day
    ("12-28", "7 days", "2027-01-04", "2027-01-04"),
    ("12-26", "7 days", "2027-01-02", "2027-01-02"),  # a Saturday of a year whose worked weekends nobody knows
    ("12-19", "7 days", "12-26", "12-28"),  # off the known weekend, up to the days that the notice for 2027 may touch
    ("12-24", "7 days", "12-31", "12-31"),  # 2018-12-31 was off by the notice for 2019
    ("12-01", "1 month", "2027-01-01", "2027-01-01"),
    ("11-10", "1 year", "2027-11-10", "2027-11-10"),
    ("2024-02-29", "3 years", "2027-02-28", "2027-02-28"),
    ("12-24", "7 working-days", "2027-01-02", "2027-01-02"),
    ("2020-03-01", "7 days", "2020-03-08", "2020-03-08"),  # before the table
]


@pytest.mark.parametrize(("start", "period", "unshifted", "last"), UNCERTAIN)
def test_past_the_published_schedules_nothing_is_guessed(start, period, unshifted, last):
    reckoned = deadline(day(start), Period.parse(period), YEAR)
    assert (reckoned.unshifted, reckoned.date, reckoned.sure) == (day(unshifted), day(last), False)


WORDS = [
    ("11-10", "7 days", 0, "签收", "11月10日签收，次日（11月11日）起算第7天是11月17日（周二）"),
    ("11-10", "7 days", 0, "", "11月10日当天不算，次日（11月11日）起算第7天是11月17日（周二）"),
    (
        "09-26",
        "7 days",
        0,
        "签收",
        "9月26日签收，次日（9月27日）起算第7天是10月3日（周六）；到期日10月3日是法定休假日，顺延到10月8日（周四），照民法典第203条",
    ),
    (
        "11-07",
        "7 days",
        0,
        "签收",
        "11月7日签收，次日（11月8日）起算第7天是11月14日（周六）；到期日11月14日是周六，顺延到11月16日（周一），普通周末算不算法定休假日条文没有写明，这里按算",
    ),
    ("10-03", "7 days", 0, "签收", "10月3日签收，次日（10月4日）起算第7天是10月10日（周六）；这个周末调休上班，不顺延"),
    ("03-31", "1 month", 0, "签收", "3月31日签收，次日（4月1日）起算1个月，到期月没有31日，月末是4月30日（周四）"),
    (
        "2025-11-10",
        "1 year",
        30,
        "交付",
        "2025年11月10日交付，次日（11月11日）起算1年，到期月的对应日是2026年11月10日（周二），加上不计入的30天是2026年12月10日（周四）",
    ),
    ("09-30", "7 working-days", 0, "收到", "9月30日收到，下一个工作日（10月8日）起算第7个工作日是10月15日（周四）"),
    (
        "12-28",
        "7 days",
        0,
        "签收",
        "2026年12月28日签收，次日（12月29日）起算第7天是2027年1月4日（周一）；2027年的放假安排还没有公布，1月4日若是休假日还会往后顺延",
    ),
    (
        "12-24",
        "7 working-days",
        0,
        "收到",
        "2026年12月24日收到，下一个工作日（12月25日）起算第7个工作日是2027年1月2日（周六）；2027年的放假安排还没有公布，从12月28日起先都当工作日数，所以这是最早的一天",
    ),
    (
        "2020-03-01",
        "7 days",
        0,
        "签收",
        "3月1日签收，次日（3月2日）起算第7天是3月8日（周日）；2020年的放假安排不在表里，3月8日若是休假日还会往后顺延",
    ),
]


@pytest.mark.parametrize(("start", "period", "extra", "event", "words"), WORDS)
def test_the_arithmetic_is_told_in_words(start, period, extra, event, words):
    reckoned = deadline(day(start), Period.parse(period), YEAR, extra_days=extra)
    assert reckoning_words(reckoned, YEAR, event) == words


def test_a_right_ripens_only_after_the_day_that_is_reckoned():
    """侵害消费者权益行为处罚办法第8条: 超过15日. On the fifteenth day the limit still holds; the day after is the
    first beyond it.
    """
    last = deadline(day("11-10"), Period.parse("15 days"), YEAR).date
    assert within(day("11-10"), Period.parse("15 days"), last, YEAR)
    assert not within(day("11-10"), Period.parse("15 days"), last + ONE, YEAR)


def test_a_band_holds_on_the_shifted_day_and_not_after():
    limits = [Period.parse("7 days"), Period.parse("15 days"), None]
    bands = [band_of(day("09-26"), day(f"10-{at:02}"), limits, YEAR) for at in (3, 8, 9, 12, 13)]
    assert bands == [0, 0, 1, 1, 2]


def test_repair_days_lengthen_a_band():
    limits = [Period.parse("1 year"), None]
    assert band_of(day("2025-03-02"), day("03-12"), limits, YEAR) == 1
    assert band_of(day("2025-03-02"), day("03-12"), limits, YEAR, extra_days=10) == 0


def test_an_end_in_no_band_is_told():
    with pytest.raises(ValueError, match="2026-11-20 is in no band"):
        band_of(day("11-01"), day("11-20"), [Period.parse("7 days")], YEAR)


def test_the_first_day_is_day_nought():
    assert days_between(day("11-10"), day("11-10")) == 0
    assert days_between(day("11-10"), day("11-17")) == 7


@pytest.mark.parametrize(
    ("text", "period", "words"),
    [
        ("7 days", Period(7, "days"), "7天"),
        ("1 day", Period(1, "days"), "1天"),
        ("1 calendar-day", Period(1, "calendar-days"), "1天"),
        ("15 working-days", Period(15, "working-days"), "15个工作日"),
        ("2 months", Period(2, "months"), "2个月"),
        (" 1 year ", Period(1, "years"), "1年"),
        ("5 calendar-months", Period(5, "calendar-months"), "5个月"),
        ("2 calendar-years", Period(2, "calendar-years"), "2年"),
    ],
)
def test_a_period_is_read_and_said(text, period, words):
    assert Period.parse(text) == period
    assert period_words(period) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7",
        "days",
        "0 days",
        "-1 days",
        "1.5 years",
        "7天",
        "7 weeks",
        "7 Days",
        "1000 days",
        "７ days",
        "7 days ago",
        "7\ndays",
    ],
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match="不是期间"):
        Period.parse(text)


def test_a_date_is_read_strictly():
    assert parse_date("2026-11-10") == date(2026, 11, 10)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2026-02-30", "2026-02-30 不是一个日期"),
        ("2026-13-01", "不是一个日期"),
        ("0000-01-01", "不是一个日期"),
        ("9999-12-31", "年份不对"),
        ("2026-2-3", "看不懂"),
        ("20261110", "看不懂"),
        ("2026-W46-2", "看不懂"),
        ("2026-11-10\n", "看不懂"),
        ("２０２６-11-10", "看不懂"),
        ("昨天", "看不懂"),
    ],
)
def test_what_is_no_date_is_told_to_the_reader(text, says):
    with pytest.raises(ValueError, match=says):
        parse_date(text)


def test_days_that_do_not_count_are_not_negative():
    with pytest.raises(ValueError, match="extra_days must not be negative"):
        deadline(day("11-10"), Period.parse("7 days"), YEAR, extra_days=-1)


def test_the_calendar_knows_rest_days_and_refuses_what_it_does_not_know():
    assert [YEAR.is_rest(day(text)) for text in ("10-01", "10-10", "11-14", "11-16", "09-25", "02-23", "02-24")] == [
        True,
        False,
        True,
        False,
        True,
        True,
        False,
    ]
    assert YEAR.is_workday(day("10-10"))
    assert YEAR.knows(day("12-27")) and not YEAR.knows(day("12-28")) and not YEAR.knows(day("2025-12-27"))
    assert YEAR.knows(day("2025-12-28"))
    with pytest.raises(ValueError, match="2027-01-01 is not in the calendar's table"):
        YEAR.is_rest(day("2027-01-01"))


# What holds for all dates. The days reach beyond the table on both sides.

starts = dates(date(2025, 6, 1), date(2027, 6, 1))
periods = builds(Period, integers(1, 60), sampled_from(["days", "working-days", "months"])) | builds(
    Period, integers(1, 3), just("years")
)
inside = dates(date(2026, 1, 1), date(2026, 10, 1))
extras = integers(0, 40)


@given(starts, integers(0, 40), periods, extras)
def test_a_later_start_never_ends_earlier(start, later, period, extra):
    assert (
        deadline(start, period, YEAR, extra_days=extra).date
        <= deadline(start + ONE * later, period, YEAR, extra_days=extra).date
    )


@given(starts, periods, integers(0, 20), extras, integers(0, 20))
def test_a_longer_period_never_ends_earlier(start, period, longer, extra, more):
    far = deadline(start, Period(period.count + longer, period.unit), YEAR, extra_days=extra + more)
    assert deadline(start, period, YEAR, extra_days=extra).date <= far.date


@given(starts, periods, extras)
def test_a_deadline_moves_later_or_not_at_all_and_off_rest_days(start, period, extra):
    reckoned = deadline(start, period, YEAR, extra_days=extra)
    assert start < reckoned.unshifted <= reckoned.date
    assert not (YEAR.knows(reckoned.date) and YEAR.is_rest(reckoned.date))
    passed = [reckoned.unshifted + ONE * step for step in range((reckoned.date - reckoned.unshifted).days)]
    assert all(YEAR.is_rest(each) for each in passed)
    if reckoned.sure:
        assert YEAR.is_workday(reckoned.date)


@given(inside, integers(1, 40))
def test_working_days_are_those_that_brute_force_counts(start, count):
    last = deadline(start, Period(count, "working-days"), YEAR)
    assume(last.sure)
    between = [start + ONE * step for step in range(1, (last.date - start).days + 1)]
    assert sum(map(YEAR.is_workday, between)) == count
    assert YEAR.is_workday(last.date)


@given(starts, periods, extras)
def test_unsure_means_that_any_schedule_still_to_come_moves_it_later_only(start, period, extra):
    """Take every unknown weekend as a weekend: one of the schedules that may be published."""
    longer = Calendar(2000, 2100, YEAR.holidays, YEAR.workdays)
    told, known = deadline(start, period, YEAR, extra_days=extra), deadline(start, period, longer, extra_days=extra)
    assert told.date <= known.date
    if told.sure:
        assert (told.date, told.unshifted) == (known.date, known.unshifted)


@given(starts, periods, extras, integers(-40, 1200))
def test_within_is_up_to_the_deadline_and_bands_agree(start, period, extra, step):
    end = start + ONE * step
    inside = within(start, period, end, YEAR, extra)
    assert inside == (end <= deadline(start, period, YEAR, extra_days=extra).date)
    assert band_of(start, end, [period, None], YEAR, extra) == (0 if inside else 1)


@given(starts, lists(periods, min_size=1, max_size=4), extras, integers(0, 1200))
def test_a_band_is_the_first_limit_that_holds(start, limits, extra, step):
    end = start + ONE * step
    band = band_of(start, end, [*limits, None], YEAR, extra)
    assert [within(start, limit, end, YEAR, extra) for limit in limits[: band + 1]] == [*[False] * band, True][
        : len(limits)
    ]


@given(dates(date(1990, 1, 1), date(2090, 1, 1)), integers(1, 60))
def test_months_end_on_the_corresponding_day_or_the_last(start, count):
    end = deadline(start, Period(count, "months"), YEAR).unshifted
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == count
    assert end.day == start.day or ((end + ONE).day == 1 and end.day < start.day)


@given(dates(date(1990, 1, 1), date(2090, 1, 1)), integers(1, 20))
def test_a_year_is_twelve_months(start, count):
    assert (
        deadline(start, Period(count, "years"), YEAR).unshifted
        == deadline(start, Period(12 * count, "months"), YEAR).unshifted
    )
