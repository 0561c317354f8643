"""A letter is filled with what is known exactly, and never with a guess."""

from dataclasses import replace
from datetime import date

import pytest

from minglu.engine.contract import CompiledLetter, CompiledTree
from minglu.engine.letter import BLANK, asked_gap, blank_letter, fill_letter
from minglu.engine.walk import Step, Walk
from minglu.engine.walk_report import walk_report

TODAY = date(2026, 11, 16)


@pytest.fixture
def letters(toy):
    def letters(tree: CompiledTree = toy.trees["kettle"], **answers: str) -> tuple[CompiledLetter, ...]:
        return walk_report(tree, answers, today=TODAY, calendar=toy.days).outcome.letters

    return letters


def test_answers_and_deadlines_are_filled_in(letters) -> None:
    told = letters(what="broken", repairs="0", received="2026-11-11")[0]
    assert told.title == "请店家退壶的函"
    assert (
        "我在2026年11月11日收到水壶，坏了。依据水壶法第11条，请在2026年11月18日前退壶。\n\n2026年11月16日" in told.text
    )


def test_what_is_known_only_roughly_is_a_gap_with_the_words_of_its_question(letters) -> None:
    told = letters(what="broken", repairs="0", received="d7")[0].text
    assert "我在【哪天收到水壶】收到水壶，坏了。依据水壶法第11条，请在＿＿＿＿前退壶。" in told


@pytest.mark.parametrize(
    ("ask", "gap"),
    [
        ("你哪天收到水壶？", "【哪天收到水壶】"),
        ("发票开在哪天？没开发票，填付款那天", "【发票开在哪天】"),
        ("为什么还想再谈？（可以勾几样）", "【为什么还想再谈】"),
        ("【】？", BLANK),
        ("两\n行", BLANK),
        ("？", BLANK),
    ],
)
def test_a_gap_takes_the_first_words_of_a_question(ask: str, gap: str) -> None:
    assert asked_gap(ask) == gap


def test_what_only_the_reader_knows_stays(letters) -> None:
    assert "【店家】" in letters(what="broken", repairs="0", received="d7")[0].text


def test_an_outcome_without_a_letter_has_none(letters) -> None:
    assert letters(what="unwanted", received="2026-11-11") == ()


def test_each_of_several_letters_is_filled_in(toy, letters) -> None:
    tree = toy.trees["kettle"]
    outcomes = {id: replace(one, letters=one.letters * 2) for id, one in tree.outcomes.items()}
    states = {
        id: replace(state, items=state.items | {"letters": (0, 1)}) if state.items else state
        for id, state in tree.states.items()
    }
    two = replace(tree, outcomes=outcomes, states=states)
    told = letters(two, what="broken", repairs="0", received="2026-11-11")
    assert len(told) == 2 and all("2026年11月11日收到" in one.text for one in told)


def test_a_number_stands_in_a_letter_as_one_writes_it(toy) -> None:
    """退款3次, not 退款3 次."""
    tree = toy.trees["kettle"]
    step = Step("repairs", "3", ("many",), 3)
    assert fill_letter("修了{repairs}。", tree, Walk((step,), (), None), days={}, sums={}) == "修了3次。"


def test_an_amount_stands_in_a_letter_and_stays_blank_where_it_is_not_known(toy) -> None:
    tree = toy.trees["kettle"]
    filled = fill_letter("退{tea}，赔{wear}。", tree, Walk((), (), None), days={}, sums={"tea": "9.00 元"})
    assert filled == "退9.00 元，赔＿＿＿＿ 元。"


def test_a_blank_has_the_unit_of_what_belongs_there(toy) -> None:
    """Who writes by hand, or reads without a script, would leave it out."""
    assert blank_letter("修了{repairs}，赔{wear}，{received}收到。\n{today}", toy.trees["kettle"]) == (
        "修了【修过几次】次，赔＿＿＿＿ 元，【哪天收到水壶】收到。\n【今天的日期】"
    )
