"""The sheet to take along: what of an outcome stands on it, in which words."""

import json
from dataclasses import replace

import pytest

from minglu.engine.bridge import Session
from minglu.engine.codec import to_json
from minglu.engine.contract import CompiledTree
from minglu.engine.sheet import demands_of

BROKEN = {"what": "broken", "repairs": "3", "received": "2026-11-12"}


@pytest.fixture
def ask(toy):
    """The engine's answer about a sheet on 16 November 2026."""

    def ask(tree: CompiledTree | None = None, answers: dict | None = None, **more: object) -> dict:
        session = Session()
        session.answer(
            json.dumps({"do": "load", "tree": to_json(tree or toy.trees["kettle"]), "calendar": toy.calendar})
        )
        request = {"do": "sheet", "tree": "kettle", "answers": answers or BROKEN, "today": "2026-11-16", **more}
        return json.loads(session.answer(json.dumps(request)))

    return ask


def rows(sheet: dict, part: str) -> list[tuple[str, str]]:
    return [(row["says"], row["more"]) for one in sheet["parts"] if one["id"] == part for row in one["rows"]]


def test_a_sheet_begins_with_the_outcome_its_standing_and_what_the_reader_told(ask) -> None:
    sheet = ask()
    assert (sheet["tree_title"], sheet["title"], sheet["standing"]) == ("水壶退货", "退、换、修由你选", "可以争取")
    assert sheet["says"] == "坏了，三样任选。" and sheet["warnings"] == ["别再插电。"]
    assert rows(sheet, "told")[1:] == [("修过几次？", "3 次"), ("你哪天收到水壶？", "2026年11月12日")]


def test_a_step_of_now_says_until_when_whom_to_turn_to_and_what_it_rests_on(ask) -> None:
    assert rows(ask(), "now") == [
        ("写信给店家", "提出：11月19日（周四）前（含当天），还有 3 天；找谁：找店家；水壶法 第11条，条文写明"),
        ("留着壶", ""),
    ]


def test_a_day_stands_with_its_arithmetic_and_one_that_is_not_known_with_its_rule(ask) -> None:
    (claim, *_) = rows(ask(), "days")
    assert claim[0] == "提出" and claim[1].startswith("11月19日（周四）前（含当天），还有 3 天；11月12日当天不算")
    (claim, *_) = rows(ask(answers=BROKEN | {"received": "d7"}), "days")
    assert claim == ("提出", "从“你哪天收到水壶”那天的次日起算，7 天以内（水壶法 第11条，条文写明）")


def test_a_sum_stands_with_how_it_comes_about(ask) -> None:
    assert rows(ask(), "amounts")[0] == ("赔茶叶", "9.00 元（3.00 元 × 3 = 9.00 元）")


def test_every_article_that_the_outcome_cites_stands_once_with_what_it_says(ask, toy) -> None:
    found = rows(ask(), "articles")
    assert found[0] == ("水壶法 第11条", "收到七日内可以退壶。")
    assert [label for label, _ in found] == ["水壶法 第11条", "水壶法 第12条", "水壶法 第13条"]
    first, *rest = toy.trees["kettle"].articles
    lapses = replace(toy.trees["kettle"], articles=(replace(first, until="2027-01-01"), *rest))
    assert rows(ask(lapses), "articles")[0][1] == "收到七日内可以退壶。（有效到2027年1月1日为止）"


def test_evidence_at_hand_is_marked(ask) -> None:
    (part,) = [one for one in ask(evidence=["video"])["parts"] if one["id"] == "evidence"]
    assert [row["at_hand"] for row in part["rows"]] == [False, True]


def test_the_next_channel_comes_first_then_the_names_of_the_later_ones(ask) -> None:
    sheet = ask()
    (first, later) = rows(sheet, "channel")
    assert first[0] == "找店家" and later == ("再往后", "壶法庭")
    (part,) = [one for one in ask(answers={"what": "unwanted", "received": "over"})["parts"] if one["id"] == "channel"]
    assert part["title"] == "还可以找谁"  # where there is nothing to demand


def test_the_core_of_the_letter_is_its_short_form_with_what_the_reader_filled_in(ask, toy) -> None:
    tree = toy.trees["kettle"]
    letter = replace(tree.outcomes["refund"].letters[0], text="【店家】：壶坏了。", chat="壶坏了，请退【多少】。")
    told = replace(tree, outcomes={**tree.outcomes, "refund": replace(tree.outcomes["refund"], letters=(letter,))})
    assert rows(ask(told), "letter") == [(letter.title, "壶坏了，请退【多少】。")]
    assert rows(ask(told, fields={"多少": "99 元"}), "letter") == [(letter.title, "壶坏了，请退99 元。")]


def test_a_letter_without_a_short_form_gives_its_demands() -> None:
    text = "店家：\n\n壶坏了。我要求退壶。请三日内答复。\n\n姓名"
    assert demands_of(text) == "我要求退壶。请三日内答复。"
    assert demands_of("请" + "壶" * 100 + "。" + "请" + "茶" * 100 + "。") == "请" + "壶" * 100 + "。"
    assert demands_of("壶坏了。") == ""


def test_below_stand_the_receipt_and_that_it_is_no_legal_advice(ask) -> None:
    sheet = ask(engine="0f1e2d3c")
    assert sheet["foot"][0] == sheet["receipt"]["says"] and "0f1e2d3c" in sheet["foot"][0]
    assert "不是法律意见" in sheet["foot"][1]


def test_a_part_without_rows_is_left_out(ask) -> None:
    parts = [one["id"] for one in ask(answers={"what": "unwanted", "received": "over"})["parts"]]
    assert parts == ["told", "channel", "articles"]


@pytest.mark.parametrize(
    "more",
    [{"answers": {"what": "broken"}}, {"evidence": "order"}, {"evidence": [1]}, {"fields": []}, {"fields": {"x": 1}}],
)
def test_what_cannot_be_put_on_a_sheet_gets_one_sentence(ask, more: dict) -> None:
    assert ask(**more)["problem"]["says"]
