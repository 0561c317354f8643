"""Letters to the market regulator hold what it asks for (市场监督管理投诉举报处理办法第10条、第28条)."""

from functools import cache
from pathlib import Path

from minglu import pipeline
from minglu.compile import Compiled
from minglu.engine.contract import CompiledLetter

ROOT = Path(__file__).parents[1]

WHO = {"姓名", "电话", "住址"}
AGAINST = {"商家名称", "商家地址"}
WHAT = {"我的要求", "出了什么问题"}


@cache
def compiled() -> Compiled:
    done, found = pipeline.check(pipeline.read_files(ROOT / "trees"))
    assert done, found
    return done


def letters_to(channel: str) -> dict[str, CompiledLetter]:
    """Those that a step of `now` sends there, by tree and id."""
    return {
        f"{id}/{letter.id}": letter
        for id, tree in compiled().trees.items()
        for outcome in tree.outcomes.values()
        for letter in outcome.letters
        if any(step.letter == letter.id and step.to == channel for step in outcome.now)
    }


def test_a_complaint_names_both_sides_the_demand_and_the_facts() -> None:
    """第10条第1款；with what 第16条 would turn away: no consumer, dealt with before."""
    letters = letters_to("complaint-12315")
    assert set(letters) == {"escalation/complaint", "escalation/complaint-self"}
    missing = {id: (WHO | AGAINST | WHAT) - {*letter.gaps} for id, letter in letters.items()}
    assert missing == {id: set() for id in letters}
    for letter in letters.values():
        assert "以上内容属实" in letter.text and "自己使用" in letter.text and "同一争议没有经" in letter.text


def test_a_report_names_the_business_the_clue_and_the_provision_and_asks_for_no_money() -> None:
    """第28条第1款；第9条: what is asked for oneself is a complaint, dealt with apart."""
    letters = letters_to("report-12315")
    assert set(letters) == {"escalation/report", "unfair-terms/report"}
    for letter in letters.values():
        assert {*letter.gaps} >= AGAINST
        assert "条" in letter.text
        assert "以上内容属实" in letter.text and "请依法" in letter.text
        assert not any(word in letter.text for word in ("投诉请求", "退还", "赔偿"))
