"""Whether a deadline was kept, by the law's days: against an independent count, and for answers known roughly."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minglu.engine.contract import (
    CompiledAnswer,
    CompiledDeadline,
    CompiledQuestion,
    CompiledStart,
    CompiledState,
)
from minglu.engine.dates import Calendar, Period, deadline
from minglu.engine.report import DeadlineReport
from minglu.engine.verdict import met_verdict, running, verdict_of
from minglu.engine.walk import Given, Step
from minglu.engine.walk_report import walk_report

CHINA = Calendar.of(
    {
        "first": 2025,
        "last": 2026,
        "holidays": ["2026-09-25", "2026-09-26", "2026-09-27", *(f"2026-10-0{day}" for day in range(1, 8))],
        "workdays": ["2026-09-20", "2026-10-10"],
    }
)
BANDS = (("d7", "7 days"), ("d15", "15 days"), ("over", None))


def question(id: str, until: str | None = None) -> CompiledQuestion:
    answers = tuple(CompiledAnswer(id=band, label="", hint="", limit=limit) for band, limit in BANDS)
    return CompiledQuestion(id, "date", f"哪天{id}？", "", "", "", until, None, False, answers, (), {}, {})


def due(id: str = "seven", within: str = "7 days", start: str = "received", met_by: str | None = "reported", **more):
    fields = {"kind": "due", "when": "", "ticks": None, "says": "", "cite": ("壶法 第1条",), "basis": "text"} | more
    return CompiledDeadline(
        id=id, label="提出退货", start=CompiledStart("one", ((start, 0),)), within=within, met_by=met_by, **fields
    )


@pytest.fixture
def judge(toy):
    """The reports on deadlines of an outcome behind two questions: `reported`, then `received`."""

    def judge(*deadlines: CompiledDeadline, until: str | None = None, today: str = "2026-11-20", **answers: str):
        ids = ("reported", "received")
        ends = ("received", "end")
        states = {
            id: CompiledState(id, id, {}, {band: to for band, _ in BANDS}, {}, (1, 1), {})
            for id, to in zip(ids, ends, strict=True)
        }
        outcome = replace(
            toy.trees["kettle"].outcomes["repair"], id="end", deadlines=deadlines, remedies=(), channels=(), also=()
        )
        shown = {name: tuple(range(len(items))) for name, items in outcome.lists().items()}
        tree = replace(
            toy.trees["kettle"],
            start="reported",
            questions={id: question(id, until if id == "received" else None) for id in ids},
            states=states | {"end": CompiledState("end", "end", {}, {}, shown, (0, 0), {})},
            outcomes={"end": outcome},
        )
        report = walk_report(
            tree, answers, today=date.fromisoformat(today), calendar=CHINA, without=("what_if", "deciding")
        )
        assert report.outcome, report.problem
        return report.outcome.deadlines

    return judge


def told(one: DeadlineReport) -> str:
    return " ".join(filter(None, (one.shown.headline, one.shown.left, one.shown.safe)))


def test_who_acted_in_time_is_told_the_limit_their_own_day_and_that_it_was_in_time(judge) -> None:
    (one,) = judge(due(), received="2026-11-12", reported="2026-11-18")
    assert (one.verdict, one.limit, one.own, one.days) == ("kept", "2026-11-19", "2026-11-18", 1)
    assert told(one) == "第 7 天是11月19日（周四），你是11月18日（周三） 在期内"
    assert one.calendar is None and one.shown.inclusive == ""


def test_who_acted_too_late_is_told_by_how_many_days(judge) -> None:
    (one,) = judge(due(), received="2026-11-05", reported="2026-11-18")
    assert (one.verdict, one.limit, one.own, one.days) == ("late", "2026-11-12", "2026-11-18", 6)
    assert told(one) == "第 7 天是11月12日（周四），你是11月18日（周三） 过了 6 天"


@pytest.mark.parametrize(
    ("today", "verdict", "words"),
    [
        ("2024-01-03", None, "过没过，要看还没公布的放假安排"),
        ("2024-03-01", "over", "已经过了"),  # whatever the schedule was; by how many days it does not say
    ],
)
def test_days_past_an_end_that_a_schedule_may_still_move_are_not_counted(judge, today, verdict, words) -> None:
    """Of 2024 no schedule is at hand here."""
    (one,) = judge(due(within="1 year", met_by=None), today=today, received="2023-01-02", reported=today)
    assert (one.sure, one.verdict, one.shown.left) == (False, verdict, words)
    assert one.days is None
    (late,) = judge(due(within="1 year"), today=today, received="2023-01-02", reported=today)
    assert (late.verdict, late.days) == ("late" if verdict else None, None)


def test_an_ordinary_weekend_makes_it_arguable_and_is_called_no_holiday(judge) -> None:
    """7 November and seven days is a Saturday."""
    (one,) = judge(due(), received="2026-11-07", reported="2026-11-16")
    assert (one.verdict, one.limit, one.moved) == ("arguable", "2026-11-16", "inferred")
    assert "周末也顺延才到11月16日" in one.shown.safe and "节假日" not in told(one)


def test_a_public_holiday_moves_the_end_plainly(judge) -> None:
    """民法典第203条: 18 September and seven days is Mid-autumn Day; the holiday ends on Sunday the 27th."""
    (one,) = judge(due(), received="2026-09-18", reported="2026-09-28")
    assert (one.verdict, one.limit, one.moved) == ("kept", "2026-09-28", "text")
    assert one.shown.safe == "9月25日（周五）是法定休假日，照民法典第203条顺延。"
    (running,) = judge(due(met_by=None), today="2026-09-24", received="2026-09-18", reported="2026-09-24")
    assert (running.verdict, running.limit, running.days) == ("running", "2026-09-28", 4)
    assert running.calendar.name == "seven-2026-09-28.ics" and "别等" not in running.calendar.text


def test_what_ripens_moves_by_inference_alone_and_has_no_last_day(judge) -> None:
    one, *_ = judge(
        due(kind="ripens", within="7 days", met_by=None), today="2026-09-28", received="2026-09-18", reported="d7"
    )
    assert (one.verdict, one.limit, one.days, one.moved) == ("not-yet", "2026-09-28", 0, "inferred")
    assert "最后一天" not in told(one) and one.calendar is None
    assert "不推迟的话，9月25日（周五）过后就满了" in one.shown.safe and "条文没有写明" in one.how


@pytest.mark.parametrize(
    ("today", "verdict", "days", "words"),
    [
        ("2026-11-18", "running", 1, "还有 1 天"),
        ("2026-11-19", "last-day", 0, "今天是最后一天"),
        ("2026-11-22", "over", 3, "已经过了 3 天"),
    ],
)
def test_without_a_day_of_their_own_the_days_left_are_told(judge, today, verdict, days, words) -> None:
    (one,) = judge(due(met_by=None), today=today, received="2026-11-12", reported=today)
    assert (one.verdict, one.days, one.shown.left) == (verdict, days, words)
    assert bool(one.calendar) == (verdict != "over")


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ({"received": "2026-11-12", "reported": "d7"}, None),  # 13 to 20 November: either
        ({"received": "2026-11-14", "reported": "d7"}, "kept"),
        ({"received": "2026-10-20", "reported": "d7"}, "late"),
        ({"received": "2026-11-14", "reported": "unsure"}, "kept"),  # whatever the day, it is not after today
        ({"received": "d7", "reported": "2026-11-18"}, "kept"),
        ({"received": "over", "reported": "2026-11-18"}, "late"),
        ({"received": "d15", "reported": "2026-11-18"}, None),
        ({"received": "d7", "reported": "unsure"}, "kept"),
    ],
)
def test_rough_answers_tell_as_much_as_all_their_days_agree_on(judge, answers, verdict) -> None:
    (one,) = judge(due(), **answers)
    assert (one.verdict, one.own, one.days) == (verdict, None, None)
    assert one.calendar is None
    assert (
        one.shown.left == {"kept": "在期内", "late": "过了期", None: "在不在期内，要看你是哪一天"}[verdict] or one.own
    )


def test_a_band_before_a_fixed_day_says_nothing_of_how_long_it_took(toy) -> None:
    answers = tuple(
        CompiledAnswer(id, label="", hint="", limit=limit) for id, limit in (("d7", "2026-01-01"), ("new", None))
    )
    before = replace(question("received"), answers=answers)
    tree = replace(toy.trees["kettle"], questions={"received": before, "reported": question("reported")})
    steps = (Step("received", "d7", ("d7",)), Step("reported", "d7", ("d7",)))
    assert verdict_of(due(), Given(tree, steps, date(2026, 11, 20), CHINA), {}).says is None


@pytest.mark.parametrize(("band", "verdict"), [("d7", "kept"), ("d15", "late"), ("over", "late"), ("d7..d15", None)])
def test_a_band_that_counts_to_the_readers_day_says_it_by_itself(judge, band, verdict) -> None:
    (one,) = judge(due(), until="reported", received=band, reported="over")
    assert one.verdict == verdict and one.limit is None


@pytest.mark.parametrize(("kind", "verdicts"), [("due", ("running", "over")), ("ripens", ("not-yet", "ripe"))])
def test_a_rough_start_tells_whether_it_is_over_as_far_as_it_is_certain(judge, kind, verdicts) -> None:
    for band, verdict in zip(("d7", "over"), verdicts, strict=True):
        (one,) = judge(due(kind=kind, met_by=None, within="7 days"), received=band, reported="d7")
        assert (one.verdict, one.limit) == (verdict, None)
        assert one.shown.headline == "按你选的范围"


def test_periods_that_follow_one_another_are_each_judged(judge) -> None:
    """Sixty days from 3 August end on 2 October, a holiday until the 8th; then seven working days."""
    first, second = judge(
        due("mediation", "60 days"),
        due("told", "7 working-days", "mediation"),
        received="2026-08-03",
        reported="2026-10-08",
    )
    assert (first.verdict, first.date) == ("kept", "2026-10-08")
    assert (second.verdict, second.date) == ("kept", "2026-10-16")  # Saturday the 10th is worked


def test_a_schedule_that_is_not_published_leaves_it_open_unless_no_holiday_is_so_long(judge) -> None:
    near, far = (
        judge(due(), today="2027-03-01", received="2026-12-28", reported=day)[0] for day in ("2027-01-06", "2027-02-20")
    )
    assert (near.verdict, near.shown.left) == (None, "过没过，要看还没公布的放假安排")
    assert far.verdict == "late"


@given(
    start=st.dates(date(2026, 1, 1), date(2026, 11, 1)),
    later=st.integers(0, 40),
    count=st.integers(1, 30),
    ahead=st.integers(0, 20),
)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_the_verdict_is_that_of_an_independent_count(start, later, count, ahead) -> None:
    """Counted on the fingers: tick off the days, then step off holidays, then off weekends that are not worked."""
    own = start + timedelta(later)
    end = start
    for _ in range(count):
        end += timedelta(1)
    plain = end
    while str(plain) in {str(day) for day in CHINA.holidays}:
        plain += timedelta(1)
    moved = end
    while moved in CHINA.holidays or (moved.isoweekday() > 5 and moved not in CHINA.workdays):
        moved += timedelta(1)
    reckoned = deadline(start, Period(count, "days"), CHINA)
    verdict = met_verdict(reckoned, own)
    assert verdict.says == ("kept" if own <= plain else "arguable" if own <= moved else "late")
    assert verdict.limit == (plain if own <= plain else moved)
    today = own + timedelta(ahead)
    if moved.year == 2026 and today.year == 2026:
        without = running(reckoned, today)
        limit = plain if today <= plain else moved
        left = (limit - today).days
        assert (without.limit, without.days) == (limit, abs(left))
        assert without.says == ("running" if left > 0 else "last-day" if left == 0 else "over")
