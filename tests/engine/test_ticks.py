"""What the other side said: ticked replies stand in the letter, and what they dispute comes first in what-if."""

import json
from datetime import date

import pytest

from minglu.engine.bridge import Session
from minglu.engine.codec import to_json
from minglu.engine.letter import blank_letter, with_replies
from minglu.engine.walk_report import walk_report

TODAY = date(2026, 11, 16)
BROKEN = {"what": "broken", "repairs": "0", "received": "2026-11-11"}


@pytest.fixture
def report(toy):
    def report(answers: dict[str, str] = BROKEN, replies: list[str] | None = None):
        return walk_report(toy.trees["kettle"], answers, today=TODAY, calendar=toy.days, replies=replies)

    return report


def test_a_ticked_reply_stands_in_the_letter_and_in_its_form_for_a_chat(report) -> None:
    letter = report(replies=["dropped"]).outcome.letters[0]
    assert "前退壶。\n\n说我摔了壶，请拿出证据。\n\n2026年" in letter.text
    assert letter.chat == "请在2026年11月18日前退壶。说我摔了壶，请拿出证据。"


def test_without_a_tick_its_line_goes(report) -> None:
    letter = report().outcome.letters[0]
    assert "前退壶。\n\n2026年" in letter.text
    assert letter.chat == "请在2026年11月18日前退壶。"


def test_a_reply_without_a_sentence_adds_nothing(report) -> None:
    assert report(replies=["r2"]).outcome.letters == report().outcome.letters
    assert [one.ticked for one in report(replies=["r2"]).outcome.replies] == [False, True]


def test_what_is_no_reply_here_is_left_aside(report) -> None:
    assert not any(one.ticked for one in report(replies=["late"]).outcome.replies)


def test_a_sentence_with_braces_is_no_field() -> None:
    assert with_replies("甲{replies}乙", "说 {x}") == "甲说 {x}乙"


def test_the_page_without_a_script_says_what_belongs_there(toy) -> None:
    assert blank_letter("{claim}前。{replies}", toy.trees["kettle"]) == (
        "＿＿＿＿前。（他们说过什么，就把“他们说过哪句”里那一句的回答写在这里）"
    )


def test_the_gaps_of_a_letter_are_named_once(report) -> None:
    assert report().outcome.letters[0].gaps == ("店家",)


@pytest.mark.parametrize("replies", ["dropped", [1], {"dropped": True}])
def test_replies_are_a_list_of_names(toy, replies) -> None:
    session = Session()
    session.answer(json.dumps({"do": "load", "tree": to_json(toy.trees["kettle"])}))
    request = {"do": "walk", "tree": "kettle", "answers": {}, "today": "2026-11-16", "replies": replies}
    assert "勾" in json.loads(session.answer(json.dumps(request)))["problem"]["says"]


def test_what_if_goes_from_the_last_question_back_where_nothing_is_disputed(report) -> None:
    asked = [one.question for one in report().what_if]
    assert asked == sorted(asked, key=["received", "repairs", "what"].index)


def test_what_if_can_be_left_out_of_a_walk_and_asked_for_by_itself(toy) -> None:
    session = Session()
    session.answer(json.dumps({"do": "load", "tree": to_json(toy.trees["kettle"])}))

    def ask(do: str, **more: object) -> dict:
        request = {"do": do, "tree": "kettle", "answers": BROKEN, "today": TODAY.isoformat(), **more}
        return json.loads(session.answer(json.dumps(request)))

    whole, without, alone = ask("walk"), ask("walk", what_if=False), ask("what-if")
    assert whole["what_if"] and without == {**whole, "what_if": []}
    assert alone == {"what_if": whole["what_if"]}
    assert ask("what-if", answers={}) == {"what_if": []}
    assert "problem" in ask("what-if", tree="none")


def test_what_the_other_side_disputes_comes_first(toy) -> None:
    from dataclasses import replace

    tree = replace(toy.trees["kettle"], disputed={"refund": ("what",)})
    rows = walk_report(tree, BROKEN, today=TODAY, calendar=toy.days).what_if
    assert rows[0].question == "what"
    assert [one.disputed for one in rows] == [one.question == "what" for one in rows]


def test_a_line_for_every_screen_follows_the_answer_wherever_it_was_given(toy, report) -> None:
    assert report({"what": "broken"}).warnings == ("别再插电。",)
    assert report({"what": "unwanted"}).warnings == ()
    tea = walk_report(toy.trees["tea"], {"what": "broken"}, today=TODAY, calendar=toy.days)
    assert tea.warnings == ("别再插电。",)
