"""Rules of the library reckoned for a day or a sum that a reader types, through the engine's door."""

import json

import pytest

from minglu.engine.bridge import Session
from minglu.engine.codec import json_bytes
from minglu.write.calculator_rules import Rule, calculators_data, collected_rules
from minglu.write.cross_references import Site

TODAY = "2026-11-20"


@pytest.fixture(scope="module")
def rules(toy) -> list[Rule]:
    return collected_rules(Site(toy))


@pytest.fixture(scope="module")
def session(toy, rules) -> Session:
    session = Session()
    data = json.loads(json_bytes(calculators_data(rules, Site(toy))))
    calendar = json.loads(json_bytes(toy.calendar))
    load = {"do": "load", "calculators": data, "calendar": calendar}
    assert json.loads(session.answer(json.dumps(load))) == {"ok": True}
    return session


@pytest.fixture
def calculate(session, rules):
    def calculate(label: str, /, today: str = TODAY, **given: str) -> dict:
        (id,) = [rule.id for rule in rules if rule.label == label]
        return json.loads(session.answer(json.dumps({"do": "calculate", "rule": id, "given": given, "today": today})))

    return calculate


@pytest.fixture
def count(session):
    def count(count: str, unit: str, day: str, today: str = TODAY) -> dict:
        request = {"do": "calculate", "count": count, "unit": unit, "given": {"day": day}, "today": today}
        return json.loads(session.answer(json.dumps(request)))

    return count


def test_a_period_has_its_last_day_its_arithmetic_and_its_article(calculate) -> None:
    answer = calculate("提出退壶", day="2026-11-16")
    deadline = answer["deadline"]
    assert (deadline["date"], deadline["limit"], deadline["verdict"], deadline["days"]) == (
        "2026-11-23",
        "2026-11-23",
        "running",
        3,
    )
    assert deadline["shown"]["headline"] == "11月23日（周一）前"
    assert deadline["how"] == "11月16日当天不算，次日（11月17日）起算第7天是11月23日（周一）"
    assert deadline["cite"] == ["水壶法 第11条"] and deadline["basis"] == "text"
    assert answer["sources"] == [{"label": "水壶法 第11条", "href": "law/kettle-law-2020.html#a11"}]
    assert answer["amounts"] == []


def test_a_period_that_is_over_says_by_how_much_and_has_no_calendar_file(calculate) -> None:
    deadline = calculate("提出退壶", day="2026-10-12")["deadline"]
    assert (deadline["verdict"], deadline["days"], deadline["calendar"]) == ("over", 32, None)
    assert "UID:calculator-rule-" in calculate("提出退壶", day="2026-11-16")["deadline"]["calendar"]["text"]


def test_an_end_in_a_public_holiday_moves_and_a_day_to_come_is_taken(calculate) -> None:
    deadline = calculate("提出退壶", day="2026-09-24", today="2026-09-20")["deadline"]
    assert (deadline["unshifted"], deadline["date"], deadline["moved"]) == ("2026-10-01", "2026-10-08", "text")


def test_what_is_counted_from_some_days_later_says_so(calculate) -> None:
    """The trees count it from the end of another deadline and three days."""
    deadline = calculate("店家拖延", day="2026-11-10")["deadline"]
    assert deadline["how"].startswith("2026年11月10日再过 3 天是2026年11月13日；11月13日当天不算，")
    assert deadline["kind"] == "ripens" and deadline["date"] == "2026-11-17"


def test_a_sum_comes_with_all_that_it_is_reckoned_from(calculate) -> None:
    answer = calculate("一共", repairs="2", received="2026-11-05")
    assert [(one["label"], one["value"]) for one in answer["amounts"]] == [
        ("赔茶叶", "6.00"),
        ("手续费", "2.00"),
        ("用旧了的", "3.00"),
        ("一共", "5.00"),
    ]
    assert answer["amounts"][-1]["formula"] == "赔茶叶 6.00 元 + 手续费 2.00 元 − 3.00 元 = 5.00 元"
    assert answer["deadline"] is None
    assert [one["label"] for one in answer["sources"]] == ["水壶法 第12条"]


@pytest.mark.parametrize(
    ("unit", "count_", "last"),
    [
        ("days", "7", "2026-11-17"),
        ("months", "3", "2027-02-10"),
        ("years", "1", "2027-11-10"),
        ("working-days", "7", "2026-11-19"),
        ("days", "007", "2026-11-17"),
    ],
)
def test_any_length_is_counted_from_any_day(count, unit: str, count_: str, last: str) -> None:
    assert count(count_, unit, "2026-11-10")["deadline"]["date"] == last


def test_the_end_of_a_month_that_has_no_such_day_is_its_last(count) -> None:
    assert count("6", "months", "2025-08-31")["deadline"]["unshifted"] == "2026-02-28"


def test_beyond_the_published_schedules_the_day_is_not_sure(count) -> None:
    deadline = count("999", "years", "2099-12-31")["deadline"]
    assert deadline["unshifted"] == "3098-12-31" and deadline["sure"] is False


@pytest.mark.parametrize(
    "text", ["", "0", "-1", "1.5", "1000", "9" * 10_000, "七", "<b>7</b>", "7 days", "７", "1e3", "\u202e7"], ids=ascii
)
def test_a_length_that_is_none_is_refused_with_one_sentence(count, text: str) -> None:
    assert count(text, "days", "2026-11-10") == {
        "problem": {"question": "count", "says": "期间是 1 到 999 的整数，请重新填。"}
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "请先填日期，写到哪一天。"),
        ("  ", "请先填日期，写到哪一天。"),
        ("2026-02-30", "2026-02-30 不是一个日期，请重新选。"),
        ("9999-12-31", "9999-12-31 的年份不对，请重新选。"),
        ("0000-00-00", "0000-00-00 不是一个日期，请重新选。"),
        ("2026-05", "“2026-05”看不懂，日期写成 2026-11-10 这样，请重新选。"),
        ("<img src=x>", "“<img src=x>”看不懂，日期写成 2026-11-10 这样，请重新选。"),
    ],
)
def test_a_day_that_is_none_is_refused_with_one_sentence(calculate, text: str, says: str) -> None:
    assert calculate("提出退壶", day=text) == {"problem": {"question": "day", "says": says}}


@pytest.mark.parametrize("text", ["\u202e2026-11-10", "２０２６-11-10", "2026-11-10\x00", "0" * 10_000], ids=ascii)
def test_whatever_else_is_typed_for_a_day_gets_a_short_sentence(calculate, text: str) -> None:
    problem = calculate("提出退壶", day=text)["problem"]
    assert problem["question"] == "day" and len(problem["says"]) < 100


@pytest.mark.parametrize("text", ["", "-1", "1.5", "很多", "9" * 10_000, "<b>1</b>", "\u0661", "1e9"], ids=ascii)
def test_a_number_that_is_none_is_refused_at_its_field(calculate, text: str) -> None:
    problem = calculate("赔茶叶", repairs=text)["problem"]
    assert problem["question"] == "repairs" and len(problem["says"]) < 100


def test_the_other_fields_do_not_matter_until_it_is_their_turn(calculate) -> None:
    assert calculate("一共", repairs="2")["problem"] == {"question": "received", "says": "请先填日期，写到哪一天。"}


@pytest.mark.parametrize(
    ("request_", "says"),
    [
        ({"rule": "rule-00000000", "given": {}}, "没有这条规则，请刷新页面再试。"),
        ({"count": "7", "unit": "fortnights", "given": {"day": "2026-11-10"}}, "没有这条规则，请刷新页面再试。"),
        ({"rule": ["x"], "given": {}}, "没有这条规则，请刷新页面再试。"),
        ({"rule": "rule-00000000"}, '填的要写成 {"名字": "填的内容"} 的形式。'),
        ({"rule": "rule-00000000", "given": {"day": 7}}, '填的要写成 {"名字": "填的内容"} 的形式。'),
    ],
)
def test_a_request_that_cannot_be_answered_says_why(session, request_: dict, says: str) -> None:
    answer = json.loads(session.answer(json.dumps({"do": "calculate", "today": TODAY} | request_)))
    assert answer == {"problem": {"question": None, "says": says}}


def test_rules_that_are_not_whole_are_refused() -> None:
    answer = json.loads(Session().answer(json.dumps({"do": "load", "calculators": {"periods": []}})))
    assert answer["problem"]["says"] == "计算规则的数据不完整，请刷新页面。"
