"""The citation check's proving case: two texts from the net, a complaint about a wristband and a guide to after-sales
service, each with a list of what is wrong in it. All that they get wrong in a citation, or in what the law that they
name is said to say, is found.

The sentences here are our own: each makes one of their errors in other words.
"""

import json
from pathlib import Path

import pytest

from minglu import pipeline
from minglu.compile.library import library_data
from minglu.engine.bridge import Session
from minglu.engine.codec import json_bytes
from minglu.parse import parse
from minglu.resolve import resolve

CITED = {
    ("wristband", 1): ("art24-defect", "消法第24条规定的缺陷产品责任，商家必须承担。"),
    ("wristband", 2): ("art24-defect", "按照《消费者权益保护法》第24条，换来的那只性能不低于原来那只才行。"),
    ("wristband", 3): ("art8-choice", "逼我加钱，违反了消法第8条，我有自主选择商品的权利。"),
    ("wristband", 4): ("art10-same-batch", "同批次的别人免费拿新的，我却要付钱，这种区别对待违反消法第10条。"),
    ("wristband", 5): ("art41-free-repair", "产品质量法第41条说，东西有毛病，过了保修期厂家照样要免费维修。"),
    ("wristband", 8): ("report-opens-policy", "我要依消法第56条举报，让它公开内部方案，给大家一致的处理。"),
    ("wristband", 9): (
        "art8-choice",
        "不要折扣换新就把机器寄回来，侵害选择权（消法第8条）和公平交易权（消法第10条）。",
    ),
}
"""Errors in a citation: the article is said to be what it is not."""

NAMED = {
    ("guide", 1): ("seven-days-any-purchase", "根据《消费者权益保护法》，买了东西，七天内都能无理由退。"),
    ("guide", 2): ("return-activated", "《消费者权益保护法》的七天有例外，特殊商品，比如拆封的手机，退不了。"),
    ("guide", 13): ("policy-is-sanbao", "品牌自己的三包政策，细化了《消费者权益保护法》和《产品质量法》。"),
    ("wristband", 7): ("overdue-still-free", "过保只是没有了质保，并不能豁免厂家的法定责任。"),
    ("wristband", 6): ("any-model-will-do", "法律没有说一定要换同型号，只要不比以前差。"),
}
"""Errors in what the law is said to say, without an article."""

TOLD_TOO = {
    ("guide", 3): ("packaging-intact", "退货的时候，东西和包装完好才行。"),
    ("guide", 8): ("rudeness-is-reportable", "客服态度差，可以去消协或者市监局举报。"),
    ("guide", 19): ("postage-on-buyer", "退换货的，由买的人承担运费。"),
    ("wristband", 10): ("many-faults-is-defect", "大量用户反映触控失灵，这就是批次性缺陷。"),
    ("wristband", 12): ("other-case-as-law", "别的品牌过保也免费换新，这家也得换。"),
    ("wristband", 14): ("recall-means-newer", "要么全换上一代，要么全换新一代，只能二选一。"),
    ("wristband", 15): ("spoken-word-unfair-term", "维修点口头这样说，就是霸王条款。"),
}
"""Errors that name neither an article nor a law; the check knows them all the same."""

NOT_CITATIONS = {
    ("wristband", 11): "days and discounts that do not agree: a matter of fact",
    ("wristband", 13): "ways to go on that are not mentioned: an omission",
    ("guide", 4): "a refusal is reported, and not said to be wrong: an omission",
    ("guide", 5): "who must prove is told without the six months' exception: an omission",
    ("guide", 6): "free repair is right as far as it goes; the rest is left out",
    ("guide", 7): "what ends with the warranty is told too broadly, without any law",
    ("guide", 9): "complaint and report are mixed up over two sentences, without any law",
    ("guide", 10): "which office is competent is left out",
    ("guide", 11): "arbitration and all periods are left out",
    ("guide", 12): "a written reply can be asked for: true, though nobody owes it",
    ("guide", 14): "the better rule for goods unlike their description is left out; what is said of unpacking is right",
    ("guide", 15): "who must prove and who tests is left out",
    ("guide", 16): "it is older than the rules that apply now, and cites none of them",
    ("guide", 17): "too general to be held against an article",
    ("guide", 18): "traders and private sellers are not told apart: an omission",
    ("guide", 20): "danger is treated as a fault: a judgement of facts",
    ("guide", 21): "that sales may differ is vague, and no law is named",
}
"""What is on the lists, and no error of a citation."""


@pytest.fixture(scope="module")
def check():
    sources, _ = parse(pipeline.read_files(Path(__file__).parents[1] / "trees"))
    project, _ = resolve(sources)
    session = Session()
    session.answer(json.dumps({"do": "load", "library": json.loads(json_bytes(library_data(project.library)))}))
    return lambda text: json.loads(session.answer(json.dumps({"do": "cite", "text": text})))


def test_every_error_of_both_lists_is_placed() -> None:
    placed = [*CITED, *NAMED, *TOLD_TOO, *NOT_CITATIONS]
    assert len(placed) == len({*placed})
    assert {*placed} == {("wristband", one) for one in range(1, 16)} | {("guide", one) for one in range(1, 22)}


@pytest.mark.parametrize(("mistake", "text"), CITED.values(), ids=map(str, CITED))
def test_a_wrong_citation_is_found_at_the_citation(check, mistake: str, text: str) -> None:
    assert mistake in [one["id"] for found in check(text)["found"] for one in found["mistakes"]]


@pytest.mark.parametrize(("mistake", "text"), [*NAMED.values(), *TOLD_TOO.values()], ids=map(str, [*NAMED, *TOLD_TOO]))
def test_what_is_said_without_an_article_is_found(check, mistake: str, text: str) -> None:
    assert mistake in [one["id"] for claim in check(text)["claims"] for one in claim["mistakes"]]


def test_the_whole_complaint_is_put_right_as_far_as_it_is_certain(check) -> None:
    text = "".join(text for _, text in CITED.values())
    answer = check(text)
    assert "违反了《消费者权益保护法》第9条，我有自主选择商品的权利" in answer["corrected"]
    assert "侵害选择权（《消费者权益保护法》第9条）和公平交易权（《消费者权益保护法》第10条）" in answer["corrected"]
    assert "产品质量法第41条[核对：这一条管赔偿：" in answer["corrected"]
    assert answer["corrected"].count("[核对：") == 5


RIGHT = [
    "依据消法第24条第1款，请换货；运费由你方承担（消法第24条第2款）。",
    "消法第8条是知情权，消法第9条才是自主选择权，消法第10条是公平交易权。",
    "产品质量法第41条：缺陷造成人身、缺陷产品以外的其他财产损害的，生产者应当赔偿。",
    "充电时起火，烧坏了桌子。依产品质量法第41条和第43条，请赔偿桌子的损失。",
    "网购的，签收次日起七日内可以无理由退货（消法第25条第1款、七日无理由退货办法第10条）。",
    "商家没有公开作出的承诺，我按消法实施条例第12条要求履行已经公开的那一份。",
    "向市场监督管理部门举报，依据消法第56条第1款第8项，请责令改正。",
]


@pytest.mark.parametrize("text", RIGHT, ids=range(len(RIGHT)))
def test_what_is_right_is_left_alone(check, text: str) -> None:
    answer = check(text)
    assert [one["mistakes"] for one in answer["found"] if one["mistakes"]] == [] and answer["claims"] == []
    assert [one["problem"] for one in answer["found"] if one["problem"]] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("消法第24条第5款", "第24条只有 2 款，没有第5款"),
        ("消法第56条第1款第11项", "第56条第1款只有 10 项，没有第11项"),
        ("投诉举报办法第16条第9项", "第16条只有 7 项，没有第9项"),
        ("《合同法》第107条", "《合同法》自 2021-01-01 起不再适用，现在看《民法典》；条号不一样，要另外找"),
        ("《工商行政管理部门处理消费者投诉办法》第5条", "现在看《市场监督管理投诉举报处理办法》"),
        ("劳动合同法第19条", "库里没有“劳动合同法”"),
    ],
)
def test_a_division_that_is_not_there_and_a_law_that_has_ended_are_told(check, text: str, said: str) -> None:
    (found,) = check(text)["found"]
    assert said in found["problem"]


def test_of_the_old_rules_on_complaints_the_new_article_is_named(check) -> None:
    (found,) = check("按投诉举报暂行办法第31条，五天内要告诉我立没立案")["found"]
    assert [one["label"] for one in found["articles"][0]["now"]] == ["投诉举报办法 第36条"]
