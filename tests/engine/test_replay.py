"""A walk is replayed from the start: what it takes, what it leaves behind, and where the unsure stand."""

import json
from dataclasses import replace
from datetime import date

import pytest

from minglu.engine.bridge import Session
from minglu.engine.codec import to_json
from minglu.engine.report import At, Changed, PossibleEnd, WalkReport
from minglu.engine.walk import Given, Unfit, take_answer
from minglu.engine.walk_report import walk_report

TODAY = date(2026, 11, 16)


@pytest.fixture(scope="session")
def go(toy):
    def go(tree="kettle", today=TODAY, **answers) -> WalkReport:
        given = {key.replace("_", "-"): value for key, value in answers.items()}
        return walk_report(toy.trees[tree], given, today=today, calendar=toy.days)

    return go


def test_a_walk_without_answers_stands_at_the_start(go) -> None:
    told = go()
    assert told.at == At("question", "what", "what")
    assert (told.left.least, told.left.most, told.left.says) == (2, 3, "还有 2 到 3 个问题")


def test_answers_lead_to_an_outcome_with_its_deadline(go) -> None:
    told = go(what="broken", repairs="0", received="2026-11-11")
    assert told.at.id == "refund"
    claim, stall = told.outcome.deadlines
    assert (claim.date, claim.verdict, claim.days) == ("2026-11-18", "running", 2)
    assert (stall.date, stall.verdict) == (
        "2026-11-24",
        "not-yet",
    )  # claim + 3 days is a Saturday; two working days on


def test_answers_off_the_path_are_left_behind(go) -> None:
    told = go(what="unwanted", repairs="5", received="2026-11-11")
    assert told.used == {"what": "unwanted", "received": "2026-11-11"}


@pytest.mark.parametrize(
    ("received", "arrives"),
    [("2026-11-09", "return-it"), ("2026-11-08", "return-it"), ("2026-11-06", "too-late"), ("2026-11-16", "return-it")],
)
def test_an_exact_date_finds_its_band_to_the_day(go, received: str, arrives: str) -> None:
    """The 7th day from 8 November is a Sunday, so that the 16th, a Monday, is still inside."""
    assert go(what="unwanted", received=received).at.id == arrives


def test_a_band_leaves_the_deadline_without_a_date_and_tells_the_rule(go) -> None:
    claim = go(what="unwanted", received="d7").outcome.deadlines[0]
    assert claim.date is None and claim.limit is None
    assert "收到水壶" in claim.how and "7" in claim.how


def test_merged_bands_are_an_answer(go) -> None:
    assert go(what="unwanted", received="d15..over").at.id == "too-late"


def test_merged_bands_that_part_again_stand_in_several_states(go) -> None:
    told = go(what="unwanted", received="d7..d15")
    assert told.at.kind == "several"
    assert [end.id for end in told.ends] == ["return-it", "too-late"]


def test_the_unsure_go_on_and_end_with_what_remains(go) -> None:
    told = go(what="unsure")
    assert told.at == At("question", "repairs", "repairs")
    told = go(what="unsure", repairs="many", received="2026-11-12")
    assert {end.id for end in told.ends} == {"return-it", "refund"}
    assert told.possible == (PossibleEnd("return-it", "可以退"), PossibleEnd("refund", "退、换、修由你选"))


def test_being_unsure_is_over_when_the_states_meet(go) -> None:
    assert go(what="broken", repairs="unsure", received="over").at.id == "too-late"


def test_what_if_tells_only_of_other_ends(go) -> None:
    told = go(what="unwanted", received="2026-11-11")
    assert [(one.question, one.answer, one.leads_to.id) for one in told.what_if] == [
        ("received", "d15..over", "too-late"),
        ("what", "broken", "repairs"),
    ]


@pytest.mark.parametrize(
    ("answers", "at", "words"),
    [
        ({"what": "stolen"}, "what", "不是这个问题的选项"),
        ({"what": "unwanted", "received": "2026-11-17"}, "received", "还没有到"),
        ({"what": "unwanted", "received": "2026-02-30"}, "received", "不是一个日期"),
        ({"what": "unwanted", "received": "soon"}, "received", "看不懂"),
        ({"what": "unwanted", "received": "d15..d7"}, "received", "看不懂"),
        ({"what": "broken", "repairs": "-1"}, "repairs", "整数"),
        ({"what": "broken", "repairs": "²"}, "repairs", "整数"),
        ({"what": "broken", "repairs": "9" * 5000}, "repairs", "整数"),
    ],
)
def test_an_unfit_answer_stops_the_walk_with_one_sentence(go, answers: dict, at: str, words: str) -> None:
    told = go(**answers)
    assert told.problem.question == at
    assert words in told.problem.says and told.problem.says.endswith("。")


@pytest.mark.parametrize(("told_on", "named"), [("2026-11-10", "2026年11月10日"), ("d15..over", "超过 7 天")])
def test_a_day_later_than_the_one_it_is_counted_to_names_that_one(toy, told_on: str, named: str) -> None:
    tree = toy.trees["kettle"]
    received = replace(tree.questions["received"], until="told")
    told = replace(tree.questions["received"], id="told", ask="你哪天跟店家说的？")
    tree = replace(tree, questions=tree.questions | {"received": received, "told": told})
    step = take_answer(Given(tree, (), TODAY, toy.days), told, told_on)
    with pytest.raises(Unfit) as unfit:
        take_answer(Given(tree, (step,), TODAY, toy.days), received, "2026-11-12")
    assert str(unfit.value) == f"这一天晚于“你哪天跟店家说的？”那天（{named}），请检查这两个日期。"


def test_a_step_names_where_the_reader_stood_unless_it_may_be_one_of_several(go) -> None:
    told = go(what="broken", repairs="0", received="2026-11-11")
    stood = [go(), go(what="broken"), go(what="broken", repairs="0")]
    assert [step.state for step in told.path] == [one.at.state for one in stood]
    unsure = go(what="unsure", repairs="0", received="2026-11-11")
    assert [(step.question, step.state) for step in unsure.path] == [
        ("what", "what"),
        ("repairs", None),
        ("received", None),
    ]


def test_a_hand_over_carries_what_both_know(go) -> None:
    told = go("tea", taste="cold", kettle_too="keep", what="broken")
    assert told.at == At("tree", "kettle", "repairs")
    assert go("tea", taste="cold", kettle_too="drop").at == At("tree", "kettle", "what")


@pytest.mark.parametrize(
    "request_",
    [
        "",
        "[]",
        "nonsense",
        "{}",
        '{"do":"walk"}',
        '{"do":"walk","tree":"kettle","answers":[],"today":"2026-11-16"}',
        '{"do":"walk","tree":"kettle","answers":{},"today":"x"}',
        '{"do":"walk","tree":"kettle","answers":{"what":[]},"today":"2026-11-16"}',
        '{"do":"load","tree":{}}',
        '{"do":"load","calendar":{}}',
        '{"do":"cite"}',
        "[" * 100_000,
    ],
)
def test_a_bad_request_gets_one_sentence(toy, request_: str) -> None:
    session = Session()
    session.answer(json.dumps({"do": "load", "tree": to_json(toy.trees["kettle"])}))
    assert json.loads(session.answer(request_))["problem"]["says"]


def test_an_old_link_is_replayed_and_the_reader_is_told(toy) -> None:
    def changed(version: str) -> Changed | None:
        return walk_report(
            toy.trees["kettle"], {"what": "unwanted"}, today=TODAY, calendar=toy.days, version=version
        ).changed

    told = changed("00000000")
    assert told and "内容更新过" in told.says
    assert changed(toy.trees["kettle"].version) is None
