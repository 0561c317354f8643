"""The words for answers, on the page, in the terminal and in the widget alike."""

import pytest

from minglu.engine.contract import CompiledAnswer, CompiledQuestion
from minglu.engine.labels import answer_label, left_label, period_label


def question(kind: str, unit: str, *answers: CompiledAnswer) -> CompiledQuestion:
    return CompiledQuestion("q", kind, "q?", "", "", unit, None, None, False, answers, (), {}, {})


def bands(limits: tuple[str | None, ...], labels: dict[str, str]) -> list[CompiledAnswer]:
    return [CompiledAnswer(id := f"b{number}", labels.get(id, ""), "", limit) for number, limit in enumerate(limits)]


def date_question(*limits: str | None, labels: dict[str, str] | None = None) -> CompiledQuestion:
    return question("date", "", *bands(limits, labels or {}))


def number_question(*limits: str | None, unit: str = "次") -> CompiledQuestion:
    return question("number", unit, *bands(limits, {}))


RECEIVED = date_question("7 days", "15 days", "1 year", "2 years", None)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("b0", "7 天以内"),
        ("b1", "第 8 到 15 天"),
        ("b2", "超过 15 天，1 年以内"),
        ("b3", "超过 1 年，2 年以内"),
        ("b4", "超过 2 年"),
        ("b0..b1", "15 天以内"),
        ("b1..b2", "超过 7 天，1 年以内"),
        ("b2..b4", "超过 15 天"),
        ("b0..b4", "不论哪天"),
        ("2026-11-10", "2026年11月10日"),
        ("unsure", "不确定"),
        ("what is this", "what is this"),
    ],
)
def test_answers_to_a_date_question(answer: str, words: str) -> None:
    assert answer_label(RECEIVED, answer) == words


def test_a_limit_belongs_to_one_range_only() -> None:
    """民法典第1259条: 以内 takes the number in, 超过 leaves it out; 以上 would take day 15 in a second time."""
    assert "以上" not in "".join(answer_label(RECEIVED, f"b{number}") for number in range(5))


def test_a_range_of_one_day() -> None:
    assert answer_label(date_question("1 day", "2 days", None), "b1") == "第 2 天"


def test_working_days_are_not_days() -> None:
    asked = date_question("7 working-days", "15 working-days", "30 days", None)
    assert [answer_label(asked, f"b{number}") for number in range(4)] == [
        "7 个工作日以内",
        "第 8 到 15 个工作日",
        "超过 15 个工作日，30 天以内",
        "超过 30 天",
    ]


def test_months_are_not_counted_one_by_one() -> None:
    assert answer_label(date_question("6 months", "12 months", None), "b1") == "超过 6 个月，12 个月以内"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("b0", "0 到 1 次"),
        ("b1", "2 次"),
        ("b2", "3 到 5 次"),
        ("b3", "6 次及以上"),
        ("b0..b2", "0 到 5 次"),
        ("b0..b3", "不论多少"),
        ("4", "4 次"),
    ],
)
def test_answers_to_a_number_question(answer: str, words: str) -> None:
    assert answer_label(number_question("1", "2", "5", None), answer) == words


def test_none_at_all_is_a_range_too() -> None:
    assert answer_label(number_question("0", None), "b0") == "0 次"


def test_a_number_may_have_no_unit() -> None:
    assert answer_label(number_question("1", None, unit=""), "b1") == "2及以上"


def test_an_own_label_goes_before_the_limits_but_not_for_merged_ranges() -> None:
    asked = date_question("1 day", "15 days", None, labels={"b0": "今天、昨天，或者还没说"})
    assert answer_label(asked, "b0") == "今天、昨天，或者还没说"
    assert answer_label(asked, "b0..b1") == "15 天以内"


def test_an_option_has_its_label() -> None:
    assert answer_label(question("choice", "", CompiledAnswer("phone", "手机", "", None)), "phone") == "手机"


@pytest.mark.parametrize(
    ("left", "words"),
    [
        ((2, 4), "还有 2 到 4 个问题"),
        ((3, 3), "还有 3 个问题"),
        ((1, 2), "还有 1 到 2 个问题"),
        ((1, 1), "最后一个问题"),
        ((2, None), "至少还有 2 个问题"),
    ],
)
def test_how_many_questions_are_left(left: tuple[int, int | None], words: str) -> None:
    assert left_label(*left) == words


def test_a_period_in_words() -> None:
    assert [period_label(period) for period in ("1 day", "7 days", "2 working-days", "6 months", "1 year")] == [
        "1 天",
        "7 天",
        "2 个工作日",
        "6 个月",
        "1 年",
    ]
