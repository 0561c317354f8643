"""A letter is filled with what is known exactly, and never with a guess."""

from datetime import date

import pytest

from build_tools.engine.bridge import report
from build_tools.engine.dates import Calendar


@pytest.fixture
def letter(toy):
    calendar = Calendar.of(toy.calendar)
    return lambda **answers: report(toy.trees["kettle"], answers, date(2026, 11, 16), calendar)["outcome"]["letter"]


def test_answers_and_deadlines_are_filled_in(letter) -> None:
    told = letter(what="broken", repairs="0", received="2026-11-11")
    assert told["title"] == "请店家退壶的函"
    assert "我在2026年11月11日收到水壶，坏了。依据水壶法第11条，请在2026年11月18日前退壶。\n\n2026年11月16日" in told["text"]


def test_what_is_known_only_roughly_stays_blank(letter) -> None:
    assert "我在＿＿＿＿收到水壶，坏了。" in letter(what="broken", repairs="0", received="d7")["text"]


def test_what_only_the_reader_knows_stays(letter) -> None:
    assert "【店家】" in letter(what="broken", repairs="0", received="d7")["text"]


def test_an_outcome_without_a_letter_has_none(letter) -> None:
    assert letter(what="unwanted", received="2026-11-11") is None
