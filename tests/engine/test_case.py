"""A case over several trees: what was told, the days, and how the log moves the road."""

import json
from dataclasses import replace
from datetime import date

import icalendar
import pytest

from minglu.engine.bridge import Session
from minglu.engine.case import BadCase, Case, CaseLibrary, CaseWalk, Clock, Kept, LetterDone, LogEntry, Rung, read_case
from minglu.engine.case_report import CaseReport, ToldElse
from minglu.engine.case_view import answered_by_log, case_report
from minglu.engine.codec import from_json, to_json

TODAY = date(2026, 11, 16)
ANSWER = Clock("answer", ("sent",), "ripens", "店家答复", "7 days", "过了就去壶法庭。", ("水壶法第11条",), "text")
APPEAL = Clock("appeal", ("ended",), "due", "上诉", "15 days", "", ("水壶法第11条",), "text")
LADDER = CaseLibrary(
    (
        Rung("shop", "找店家", "先跟店家说", (), (ANSWER,), {}),
        Rung("court", "壶法庭", "最后一步", (), (APPEAL,), {}),
    ),
    (Kept("order", "订单", "买过", "截图"), Kept("video", "视频", "坏了", "拍下来")),
    {"received": "收到壶"},
)
REFUND = CaseWalk("", {"what": "broken", "repairs": "0", "received": "2026-11-11"}, None)
EMPTY = Case(1, {}, (), {}, (), {}, ())


@pytest.fixture
def see(toy):
    def see(case: Case, today: date = TODAY) -> CaseReport:
        return case_report(case, toy.trees, LADDER, today=today, calendar=toy.days)

    return see


def entry(day: str, kind: str, who: str = "shop", says: str = "", **answers: str) -> LogEntry:
    return LogEntry(day, kind, who, says, answers, ())


def refund(**more) -> Case:
    return replace(EMPTY, walks={"kettle": REFUND}, **more)


# ---- what was told


def test_an_empty_case_has_nothing_to_show(see) -> None:
    told = see(EMPTY)
    assert (told.facts, told.ends, told.timeline, told.road, told.stands, told.next, told.calendar) == (
        *[()] * 4,
        "",
        None,
        None,
    )


def test_each_fact_is_told_once_and_the_end_with_its_standing(see) -> None:
    told = see(refund())
    shown = {fact.question: fact.shown for fact in told.facts}
    assert shown == {"what": "坏了", "repairs": "0 次", "received": "2026年11月11日"}
    (end,) = told.ends
    assert (end.kind, end.id, end.standing) == ("outcome", "refund", end.outcome.standing)


def test_two_trees_that_hold_different_answers_are_told_as_such(toy, see) -> None:
    """The toy trees share the question `what`."""
    tea = CaseWalk("", {"taste": "cold", "kettle-too": "keep", "what": "unwanted"}, None)
    (what,) = [fact for fact in see(replace(refund(), walks={"kettle": REFUND, "tea": tea})).facts if fact.shared]
    assert (what.shown, what.trees) == ("坏了", ("kettle",))
    assert what.others == (ToldElse("unwanted", "没坏，不想要了", ("tea",)),)
    same = replace(tea, answers=tea.answers | {"what": "broken"})
    (what,) = [fact for fact in see(replace(refund(), walks={"kettle": REFUND, "tea": same})).facts if fact.shared]
    assert (what.trees, what.others) == (("kettle", "tea"), ())


# ---- the log moves facts, days and the road


def test_before_anything_is_done_the_first_rung_is_open(see) -> None:
    assert [(rung.id, rung.state) for rung in see(refund()).road] == [("shop", "open"), ("court", "later")]


def test_what_was_sent_starts_the_clock_and_the_next_rung_waits_for_it(see) -> None:
    shop, court = see(refund(log=(entry("2026-11-12", "sent"),))).road
    assert (shop.state, court.state, court.day) == ("waiting", "later", "2026-11-20")
    (clock,) = shop.clocks
    assert (clock.limit, clock.verdict) == ("2026-11-19", "not-yet")


def test_a_refusal_opens_the_next_rung_today_and_stops_the_clock(see) -> None:
    shop, court = see(refund(log=(entry("2026-11-12", "sent"), entry("2026-11-14", "refused")))).road
    assert (shop.state, shop.clocks, court.state) == ("refused", (), "open")


def test_time_that_has_passed_opens_the_next_rung(see) -> None:
    case = refund(log=(entry("2026-11-12", "sent"),))
    states = {day: [rung.state for rung in see(case, date(2026, 11, day)).road] for day in (19, 20)}
    assert states == {19: ["waiting", "later"], 20: ["refused", "open"]}


def test_a_call_after_the_letter_does_not_stop_the_clock_and_an_answer_does(see) -> None:
    sent = entry("2026-11-12", "sent")
    assert see(refund(log=(sent, entry("2026-11-13", "called")))).road[0].clocks
    assert not see(refund(log=(sent, entry("2026-11-13", "answered")))).road[0].clocks


def test_a_reminder_does_not_begin_the_waiting_anew(see) -> None:
    reminded = refund(log=(entry("2026-11-12", "sent"), entry("2026-11-15", "sent")))
    assert [clock.limit for clock in see(reminded).road[0].clocks] == ["2026-11-19"]


def test_after_an_answer_the_waiting_begins_with_the_next_letter(see) -> None:
    log = (entry("2026-11-02", "sent"), entry("2026-11-04", "answered"), entry("2026-11-12", "sent"))
    assert [clock.limit for clock in see(refund(log=log)).road[0].clocks] == ["2026-11-19"]


def test_what_the_reader_must_do_by_a_day_is_counted_from_the_last_time_that_it_began(see) -> None:
    case = refund(log=(entry("2026-11-02", "ended", "court"), entry("2026-11-10", "ended", "court")))
    assert [clock.limit for clock in see(case).road[1].clocks] == ["2026-11-25"]


def test_what_the_reader_must_do_by_a_day_runs_on(see) -> None:
    case = refund(log=(entry("2026-11-10", "ended", "court"), entry("2026-11-11", "called", "court")))
    (clock,) = see(case).road[1].clocks
    assert (clock.limit, clock.verdict) == ("2026-11-25", "running")


def test_entries_stand_by_day_however_they_were_entered(see) -> None:
    case = refund(log=(entry("2026-11-14", "refused", says="不退"), entry("2026-11-12", "sent", says="寄了")))
    log = [item for item in see(case).timeline if item.kind == "log"]
    assert [(item.day, item.says) for item in log] == [("2026-11-12", "寄了"), ("2026-11-14", "不退")]


def test_an_entry_answers_a_shared_question_where_the_walk_has_no_day(toy) -> None:
    asked = replace(toy.trees["kettle"].questions["received"], shared=True)
    tree = replace(toy.trees["kettle"], questions={**toy.trees["kettle"].questions, "received": asked})
    log = [entry(day, "called", received=day) for day in ("2026-11-12", "2026-11-13")]
    expected = {None: {"received": "2026-11-12"}, "unsure": {"received": "2026-11-12"}, "2026-11-01": {}}
    for given, answered in expected.items():
        assert answered_by_log({"received": given} if given else {}, log, tree) == answered


# ---- evidence, letters, calendar


def test_evidence_is_one_list_with_what_is_at_hand_ticked(see) -> None:
    told = see(refund(evidence=("order", "nobody-knows")))
    assert [(one.id, one.at_hand, one.how) for one in told.evidence] == [("order", True, "截图")]


def test_letters_come_with_their_state(see) -> None:
    (letter, *_) = see(refund()).letters
    done = see(refund(letters={letter.key: LetterDone("2026-11-15", "")})).letters[0]
    assert (letter.copied, done.copied, done.sent) == ("", "2026-11-15", "")


def test_one_calendar_file_holds_every_day_to_come_with_an_alarm(see) -> None:
    told = see(refund(log=(entry("2026-11-12", "sent"),)))
    read = icalendar.Calendar.from_ical(told.calendar.text)
    events = list(read.walk("VEVENT"))
    days = {str(event["SUMMARY"]): event["DTSTART"].dt.isoformat() for event in events}
    assert days["期限满了，可以走下一步：店家答复"] == "2026-11-20"
    assert all(len(event.walk("VALARM")) == 1 for event in events)
    assert len({str(event["UID"]) for event in events}) == len(events) == len(days)


# ---- what cannot be read


WHOLE = to_json(refund(log=(entry("2026-11-12", "sent"),), fields={"姓名": "=cmd|' /C calc'!A0"}, evidence=("order",)))


def test_what_is_written_is_read_again() -> None:
    assert to_json(read_case(json.loads(json.dumps(WHOLE)))) == WHOLE
    assert from_json(Case, WHOLE) == read_case(WHOLE)


@pytest.mark.parametrize("key", WHOLE)
def test_a_part_that_is_missing_or_of_another_type_is_refused(key: str) -> None:
    for broken in ({k: v for k, v in WHOLE.items() if k != key}, WHOLE | {key: "x"}, WHOLE | {key: None}):
        with pytest.raises(BadCase, match="没有换进来"):
            read_case(broken)


@pytest.mark.parametrize(
    "change",
    [
        {"format": 0},
        {"walks": {"../etc": to_json(REFUND)}},
        {"evidence": ["<script>"]},
        {"fields": {"姓名": "x" * 10_001}},
        {"letters": {"a/b/c": {"copied": "昨天", "sent": ""}}},
        {"log": [{"day": "2026-02-30", "kind": "sent", "who": "", "says": "", "answers": {}, "evidence": []}]},
        {"log": [{"day": "2026-02-03", "kind": "flown", "who": "", "says": "", "answers": {}, "evidence": []}]},
        {"log": [{"day": "2026-02-03", "kind": "sent", "who": "a b", "says": "", "answers": {}, "evidence": []}]},
        {"log": [{"day": "2026-02-03", "kind": "sent", "who": "", "says": "", "answers": {}, "evidence": []}] * 2001},
    ],
    ids=lambda change: f"{change}"[:30],
)
def test_a_part_that_is_out_of_bounds_is_refused(change: dict) -> None:
    with pytest.raises(BadCase):
        read_case(WHOLE | change)


def test_a_file_of_a_later_site_is_told_as_such() -> None:
    with pytest.raises(BadCase, match="更新的版本"):
        read_case(WHOLE | {"format": 2})


@pytest.mark.parametrize("data", [None, [], "{}", 1, {"format": True}])
def test_what_is_no_case_is_refused(data) -> None:
    with pytest.raises(BadCase):
        read_case(data)


def test_the_seam_answers_and_tells_what_is_wrong(toy) -> None:
    session = Session()
    session.trees = dict(toy.trees)
    assert session.reply(json.dumps({"do": "load", "ladder": to_json(LADDER)})) == {"ok": True}
    told = session.reply(json.dumps({"do": "case", "case": WHOLE, "today": "2026-11-16"}))
    assert [rung["id"] for rung in told["road"]] == ["shop", "court"]
    for request in ({"do": "case"}, {"do": "case", "case": WHOLE, "today": "morgen"}, {"do": "load", "ladder": {}}):
        assert "problem" in json.loads(session.answer(json.dumps(request)))
