"""Citations in a reader's own text, held against the library."""

import json

import pytest

from minglu.compile.library import library_data
from minglu.engine.bridge import Session


@pytest.fixture
def check(toy):
    session = Session()
    assert json.loads(session.answer(json.dumps({"do": "load", "library": library_data(toy.project.library)}))) == {
        "ok": True
    }
    return lambda text: json.loads(session.answer(json.dumps({"do": "cite", "text": text})))["found"]


def test_an_article_is_told_with_its_gist_and_link(check) -> None:
    (found,) = check("依据《水壶法》第十一条第二款，请退壶。")
    assert found["problem"] is None
    assert found["articles"] == [
        {
            "label": "水壶法 第11条第2款",
            "topic": "退壶",
            "gist": "收到七日内可以退壶。",
            "href": "law/kettle-law-2020.html#a11",
            "until": "",
        }
    ]


def test_a_range_tells_each_article_and_names_the_ones_it_does_not_hold(check) -> None:
    (found,) = check("水壶法第12至14条")
    assert [one["label"] for one in found["articles"]] == ["水壶法 第12条", "水壶法 第13条"]
    assert found["problem"] == "站内没有收水壶法 第14条，没法核对。"


def test_a_superseded_statute_says_since_when(check) -> None:
    (found,) = check("旧水壶法第3条")
    assert found["articles"][0]["until"] == "2020-01-01"


def test_an_unknown_statute_is_a_problem_not_silence(check) -> None:
    (found,) = check("《茶叶法》第1条")
    assert found["problem"] and not found["articles"]
