"""A case over several trees: what was told, the days, and how the log moves the road. Files: test_case_files.py."""

from dataclasses import replace
from datetime import date

import icalendar
import pytest

from minglu.engine.case import Case, CaseLibrary, CaseWalk, Clock, Kept, LetterDone, LogEntry, Rung
from minglu.engine.case_report import CaseReport, ToldElse
from minglu.engine.case_view import answered_by_log, case_report

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


def test_each_day_has_a_calendar_file_of_its_own_too(see) -> None:
    told = see(refund(log=(entry("2026-11-12", "sent"),)))
    alone = {item.title: item.calendar for item in told.timeline if item.calendar}
    assert set(alone) == {item.title for item in told.timeline if item.verdict in ("running", "last-day", "not-yet")}
    (event,) = icalendar.Calendar.from_ical(alone["店家答复"].text).walk("VEVENT")
    assert event["DTSTART"].dt.isoformat() == "2026-11-20"
    assert "第11条" in event["DESCRIPTION"]


# ---- what was told in two ways, and what the log does not fit


@pytest.fixture
def shared(toy) -> dict:
    """The kettle's tree with a shared question for the day."""
    tree = toy.trees["kettle"]
    asked = replace(tree.questions["received"], shared=True)
    return {**toy.trees, "kettle": replace(tree, questions={**tree.questions, "received": asked})}


def told_on(toy, trees: dict, case: Case, ladder: CaseLibrary = LADDER) -> CaseReport:
    return case_report(case, trees, ladder, today=TODAY, calendar=toy.days)


def test_the_day_of_an_entry_leads_to_the_end(toy, shared) -> None:
    case = replace(refund(), walks={"kettle": CaseWalk("", {"what": "broken", "repairs": "0"}, None)})
    assert told_on(toy, shared, case).ends[0].kind == "question"
    told = told_on(toy, shared, replace(case, log=(entry("2026-11-12", "called", received="2026-11-12"),)))
    assert (told.ends[0].id, told.ends[0].answers["received"]) == ("refund", "2026-11-12")
    assert [(fact.by_log, fact.shown) for fact in told.facts if fact.question == "received"] == [
        (True, "2026年11月12日")
    ]
    assert [item.kind for item in told.timeline if item.day == "2026-11-12"] == ["log"], "it stands there once"


def test_a_day_of_the_log_that_is_another_than_the_walks_is_told_beside_it(toy, shared) -> None:
    told = told_on(toy, shared, refund(log=(entry("2026-11-12", "called", received="2026-11-12"),)))
    (fact,) = [fact for fact in told.facts if fact.question == "received"]
    assert (fact.answer, fact.others) == ("2026-11-11", (ToldElse("2026-11-12", "2026年11月12日", ()),))


def test_a_day_of_the_log_that_does_not_fit_takes_no_walk_away(toy, shared) -> None:
    """A day that has not come: nobody can have received it then."""
    walk = CaseWalk("", {"what": "broken", "repairs": "0", "received": "d7"}, None)
    case = replace(refund(), walks={"kettle": walk}, log=(entry("2026-12-24", "called", received="2026-12-24"),))
    (end,) = told_on(toy, shared, case).ends
    assert (end.kind, end.id, end.answers["received"]) == ("outcome", "refund", "d7")
    assert "没有用它" in end.problem and "这一天还没有到" in end.problem


def test_an_entry_is_offered_what_no_walk_knows_to_the_day(toy, shared) -> None:
    shop, court = LADDER.channels
    ladder = replace(LADDER, channels=(replace(shop, answers={"called": ("received",)}), court))
    walks = {"known": "2026-11-11", "rough": "d7", "unsure": "unsure"}
    offered = {}
    for name, received in walks.items():
        walk = CaseWalk("", {"what": "broken", "repairs": "0", "received": received}, None)
        told = told_on(toy, shared, replace(EMPTY, walks={"kettle": walk}), ladder)
        offered[name] = [(one.who, one.kind, one.question) for one in told.log_answers]
    assert offered == {
        "known": [],
        "rough": [("shop", "called", "received")],
        "unsure": [("shop", "called", "received")],
    }


def test_a_walk_that_went_on_into_another_tree_is_told_by_its_facts_alone(see) -> None:
    on = CaseWalk("", {"taste": "cold", "kettle-too": "drop"}, None)
    assert [end.id for end in see(replace(EMPTY, walks={"tea": on})).ends] == ["kettle"], "it leads there"
    told = see(replace(EMPTY, walks={"tea": on, "kettle": REFUND}))
    assert [(end.tree, end.id) for end in told.ends] == [("kettle", "refund")]
    assert {fact.question for fact in told.facts} >= {"taste", "kettle-too", "what"}


def test_a_walk_of_an_older_version_says_so(see) -> None:
    (end,) = see(replace(EMPTY, walks={"kettle": replace(REFUND, version="00000000")})).ends
    assert "内容更新过" in end.changed


def test_a_tree_that_the_site_no_longer_has_is_left_out(see) -> None:
    assert see(replace(EMPTY, walks={"gone": REFUND, "kettle": REFUND})).ends[0].tree == "kettle"


# ---- the road, and what comes next


def test_a_promise_is_no_refusal(see) -> None:
    shop, court = see(refund(log=(entry("2026-11-14", "promised"),))).road
    assert (shop.state, court.state, court.says) == ("promised", "later", "答应了不做，就走这一步")


def test_a_rung_that_was_passed_over_is_told_as_such(see) -> None:
    shop, court = see(refund(log=(entry("2026-11-14", "sent", "court"),))).road
    assert (shop.state, court.state) == ("before", "waiting")


def test_somebody_else_moves_no_rung(see) -> None:
    told = see(refund(log=(entry("2026-11-14", "refused", ""),)))
    assert [rung.state for rung in told.road] == ["open", "later"]
    assert told.stands == ""


def test_the_next_day_is_the_nearest_and_says_what(see) -> None:
    told = see(refund(log=(entry("2026-11-12", "sent"),)))
    assert (told.next.day, told.next.shown, told.next.left) == ("2026-11-18", "11月18日（周三）", "还有 2 天")
    assert told.next.says == "最后一天：提出" and told.next.near
    assert see(refund(), date(2026, 11, 18)).next.left == "就是今天"


def test_days_stand_by_day_with_their_arithmetic_and_article(see) -> None:
    told = see(refund(log=(entry("2026-11-12", "sent", says="寄出"),)))
    days = [item.day for item in told.timeline]
    assert days == sorted(days)
    claim = next(item for item in told.timeline if item.title == "提出")
    assert (claim.day, claim.kind, claim.verdict, claim.says) == ("2026-11-18", "due", "running", "还有 2 天")
    assert "次日（11月12日）起算第7天是11月18日" in claim.how and claim.source.endswith("第11条（条文写明）")
    answer = next(item for item in told.timeline if item.title == "店家答复")
    assert (answer.day, answer.about) == ("2026-11-20", "过了就去壶法庭。"), "the first day on which it may be done"


def test_a_day_that_has_passed_is_told_as_passed(see) -> None:
    walk = CaseWalk("", {"what": "broken", "repairs": "2", "received": "2026-11-11"}, None)
    told = see(replace(EMPTY, walks={"kettle": walk}), date(2026, 11, 25))
    claim = next(item for item in told.timeline if item.title == "提出")
    assert (claim.verdict, claim.says) == ("over", "已经过了 7 天")
    assert claim.calendar is None


def test_what_happened_is_told_in_the_words_of_the_library(see) -> None:
    assert see(refund()).timeline[0].title == "收到壶"
