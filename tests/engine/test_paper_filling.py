"""A paper of the toy filled in for one reader: facts, boxes, demands, gaps, and texts that stay text."""

import json
from dataclasses import replace
from datetime import date

import pytest

from minglu.engine.bridge import Session
from minglu.engine.case import Case, CaseLibrary, CaseWalk, Kept, LogEntry, Rung
from minglu.engine.case_view import case_report
from minglu.engine.codec import from_json, to_json
from minglu.engine.contract import TickCondition, TickTest
from minglu.engine.document import Document
from minglu.engine.paper import PaperFilled, PaperLibrary
from minglu.engine.paper_text import Filling, filled_text
from minglu.engine.papers import blank_paper, fill_paper, paper_offers, told_holds
from minglu.write.cross_references import Site
from minglu.write.links import Pen
from minglu.write.paper_library import paper_library

TODAY = date(2026, 11, 16)
LADDER = CaseLibrary(
    (Rung("shop", "找店家", "", (), (), {}), Rung("court", "壶法庭", "", (), (), {})),
    (Kept("order", "订单", "哪天买的", ""), Kept("video", "视频", "壶坏了", "")),
    {},
)
BROKEN = CaseWalk("", {"what": "broken", "repairs": "0", "received": "2026-11-11"}, None)
CASE = Case(1, {"kettle": BROKEN}, (), {}, (), {}, ())
CALLED = LogEntry("2026-11-13", "called", "shop", "说了壶坏了", {}, ())


@pytest.fixture(scope="module")
def papers(toy) -> PaperLibrary:
    return paper_library(Pen(Site(toy), ""))


@pytest.fixture
def fill(toy, papers):
    def fill(case: Case) -> PaperFilled:
        report = case_report(case, toy.trees, LADDER, today=TODAY, calendar=toy.days)
        return fill_paper(papers.papers[0], case, report, papers=papers, ladder=LADDER, today=TODAY)

    return fill


@pytest.fixture
def offer(toy, papers):
    def offer(case: Case):
        report = case_report(case, toy.trees, LADDER, today=TODAY, calendar=toy.days)
        return paper_offers(papers, case, report)[0]

    return offer


def printed(document: Document) -> list[str]:
    """Every line, cells apart; gaps as 【name】."""
    cells = [cell.lines for block in document.blocks for row in block.rows for cell in row.cells]
    lines = [line for block in document.blocks for line in block.lines] + [line for some in cells for line in some]
    return ["".join(f"【{run.text}】" if run.gap else run.text for run in line.runs) for line in lines]


def ticked(filled: PaperFilled) -> set[str]:
    return {box.id for box in filled.boxes if box.ticked} | {want.id for want in filled.wants if want.ticked}


def walked(**answers: str) -> Case:
    return replace(CASE, walks={"kettle": CaseWalk("", answers, None)})


# ---- offered or not


def test_a_paper_is_offered_where_an_outcome_of_standing_leads_to_its_office(offer) -> None:
    here = offer(CASE)
    assert here.offered and here.instead == ""
    assert "退、换、修由你选" in here.why and "壶法庭" in here.why


def test_without_standing_it_is_not_offered(offer) -> None:
    """What to do instead is told in tests/test_papers_of_offices.py: an outcome of the toy has no steps."""
    late = offer(walked(what="broken", repairs="0", received="2020-11-11"))
    assert not late.offered and "没有依据" in late.why


@pytest.mark.parametrize(
    "answers",
    [
        {"what": "unwanted", "received": "2026-11-11"},  # the outcome leads to the shop alone, and nothing is broken
        {"what": "broken"},  # a question still
        {},
    ],
)
def test_elsewhere_it_is_not_offered_and_says_why(offer, answers: dict[str, str]) -> None:
    here = offer(walked(**answers))
    assert not here.offered and here.why and not here.instead


def test_what_was_not_told_holds_neither_way() -> None:
    broken = TickCondition((TickTest("what", ("broken",)),), (), ())
    whole = TickCondition((), (broken,), ())
    either = TickCondition((), (), ((broken, whole),))
    assert told_holds(broken, {"what": "broken"}) and not told_holds(whole, {"what": "broken"})
    assert told_holds(whole, {"what": "unwanted"}) and not told_holds(broken, {"what": "unwanted"})
    assert told_holds(either, {"what": "unwanted"})
    assert not any(told_holds(one, {}) for one in (broken, whole, either))
    assert not told_holds(TickCondition((), (either,), ()), {}) and told_holds(TickCondition((), (), ()), {})


# ---- demands


def test_only_what_an_outcome_carries_may_be_demanded_and_nothing_is_by_itself(fill) -> None:
    """换壶 is a remedy, 赔茶叶 an amount of the outcome; the one with repairs says neither."""
    filled = fill(CASE)
    assert {(want.id, want.ticked, want.ends) for want in filled.wants} == {
        ("swap", False, ("kettle/refund",)),
        ("tea", False, ("kettle/refund",)),
    }
    assert fill(walked(what="broken", repairs="0", received="2026-03-01")).wants == ()


def test_a_demand_that_is_ticked_is_printed_with_its_sum_and_its_articles(fill) -> None:
    lines = printed(fill(replace(CASE, boxes=("plea.swap", "plea.tea"))).document)
    assert "1. 请换壶。" in lines and "2. 请赔茶叶5.00元。" in lines
    assert "还有：1. 请赔茶叶5.00元。" in lines, "what has a box of its own is no other demand"
    assert "凭：《水壶法》第11条、第12条" in lines
    assert any(line.startswith("换☑") for line in lines)


def test_a_demand_goes_when_no_outcome_carries_it_any_more(fill) -> None:
    later = replace(walked(what="broken", repairs="0", received="2026-03-01"), boxes=("plea.swap", "plea.tea"))
    lines = printed(fill(later).document)
    assert ticked(fill(later)) == {"broken"}
    assert "【我的要求】" in lines and "凭：【哪一条】" in lines and any(line.startswith("换□") for line in lines)


# ---- boxes


def test_a_rule_ticks_a_box_and_the_reader_may_take_it_away(fill) -> None:
    case = replace(CASE, log=(CALLED,))
    assert ticked(fill(case)) == {"broken", "urged"}
    box = next(box for box in fill(case).boxes if box.id == "urged")
    assert (box.key, box.rule, box.label) == ("none.plea.urged", True, "催过")
    without = fill(replace(case, boxes=(box.key,)))
    assert ticked(without) == {"broken"} and next(one for one in without.boxes if one.id == "urged").rule


def test_a_box_that_no_rule_ticks_is_the_readers(fill) -> None:
    box = next(box for box in fill(CASE).boxes if box.id == "not-urged")
    assert (box.key, box.rule, box.ticked) == ("plea.not-urged", False, False)
    assert "not-urged" in ticked(fill(replace(CASE, boxes=(box.key,))))


def test_a_rule_yields_to_the_readers_own_tick(fill) -> None:
    assert ticked(fill(replace(CASE, log=(CALLED,), boxes=("plea.not-urged",)))) == {"broken", "not-urged"}


def test_each_support_that_goes_takes_its_box_along(fill) -> None:
    assert "urged" not in ticked(fill(replace(CASE, log=(replace(CALLED, kind="answered"),))))
    assert "urged" not in ticked(fill(replace(CASE, log=(replace(CALLED, who="court"),))))
    assert "named" in ticked(fill(replace(CASE, fields={"姓名": "张三"})))
    assert "named" not in ticked(fill(replace(CASE, fields={"姓名": " "})))
    assert "broken" not in ticked(fill(walked(what="unwanted", received="2026-11-11")))


def test_two_answers_to_one_question_support_nothing(fill) -> None:
    other = CaseWalk("", {"taste": "cold", "kettle-too": "keep", "what": "unwanted"}, None)
    assert "broken" in ticked(fill(CASE))
    assert "broken" not in ticked(fill(replace(CASE, walks={"kettle": BROKEN, "tea": other})))


def test_a_part_is_left_out_where_its_box_is_ticked(fill) -> None:
    assert "【姓名】" in printed(fill(CASE).document)
    assert "【姓名】" not in printed(fill(replace(CASE, boxes=("plea.nameless",))).document)


# ---- gaps, lists


def test_what_the_reader_typed_stands_in_every_gap_of_its_name(fill) -> None:
    filled = fill(replace(CASE, fields={"姓名": "张三"}))
    assert "张三" in printed(filled.document) and filled.pieces[0].text == "张三：【我的要求】"
    assert filled.pieces[0].length == len(filled.pieces[0].text)
    assert [(gap.name, gap.value, gap.count) for gap in filled.gaps][:2] == [
        ("几个人", "", True),
        ("姓名", "张三", False),
    ]


def test_a_part_stands_there_as_often_as_the_reader_says(fill) -> None:
    lines = printed(fill(replace(CASE, fields={"几个人": "3", "姓名（二）": "李四"})).document)
    assert [line for line in lines if line in ("【姓名】", "李四", "【姓名（三）】")] == [
        "【姓名】",
        "李四",
        "【姓名（三）】",
    ]
    for said in ("", "0", "10", "许多", "-1", "１"):
        assert printed(fill(replace(CASE, fields={"几个人": said})).document).count("【姓名】") == 1


def test_evidence_at_hand_stands_first_and_what_lacks_has_nothing_to_fill_in(fill) -> None:
    rows = fill(replace(CASE, evidence=("video",))).document.blocks
    table = next(block for block in rows if len(block.widths) == 4)
    text = [["".join(run.text for line in cell.lines for run in line.runs) for cell in row.cells] for row in table.rows]
    assert text == [
        ["编号", "页码", "名称", "证明什么"],
        ["1. 其他证据"],
        ["1-1", "＿＿", "视频（来源（视频））", "壶坏了"],
        ["1-2", "＿＿", "（还没有）订单（＿＿＿＿）", "哪天买的"],
    ]


def test_the_log_and_the_answers_are_told_in_order(fill) -> None:
    lines = printed(fill(replace(CASE, log=(CALLED,))).document)
    at = lines.index("1. 壶坏了。")
    assert lines[at + 1] == "2. 2026年11月13日，打了电话（找店家）：说了壶坏了。"
    assert "1. 2026年11月13日，打了电话（找店家）：说了壶坏了。" in lines


def test_a_blank_paper_has_every_gap_open_and_no_box_ticked(papers) -> None:
    filled = blank_paper(papers.papers[0])
    assert not ticked(filled) and not any("☑" in line for line in printed(filled.document))
    assert all(gap.value == "" for gap in filled.gaps) and "【经过】" in printed(filled.document)
    assert filled.wants == ()


# ---- texts that stay text

ODD = [
    "<b>粗</b><script>alert(1)</script>",
    "{facts} {price|x} {}",
    "【姓名】【】",
    "是☐[broken] ☐[",
    "\u05d0\u05d1\u05d2 مرحبا",
    "长" * 10_000,
    "%s {0} \\n &lt; ' \"",
]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_what_a_reader_types_is_never_read_for_marks(fill, odd: str) -> None:
    plain = fill(replace(CASE, fields={"姓名": "张三"}, log=(CALLED,)))
    filled = fill(replace(CASE, fields={"姓名": odd}, log=(replace(CALLED, says=odd),)))
    assert odd in printed(filled.document)
    assert any(odd in line and line.startswith("1. 2026年11月13日") for line in printed(filled.document))
    assert [gap.name for gap in filled.gaps] == [gap.name for gap in plain.gaps]
    assert [box.id for box in filled.boxes] == [box.id for box in plain.boxes] and ticked(filled) == ticked(plain)
    assert len(printed(filled.document)) == len(printed(plain.document))


@pytest.mark.parametrize("mark", ["\x00", "\x1b", "\x85", "\u202e", "\u2066", "\ufeff", "\u2028"])
def test_what_no_word_processor_takes_or_what_turns_the_text_is_left_out(fill, mark: str) -> None:
    filled = fill(replace(CASE, fields={"姓名": f"张{mark}三"}, log=(replace(CALLED, says=f"坏{mark}了"),)))
    assert "张三" in printed(filled.document) and not any(mark in line for line in printed(filled.document))


def test_a_line_break_that_a_reader_types_ends_a_line(fill) -> None:
    lines = printed(fill(replace(CASE, fields={"姓名": "张三\r\n李四"})).document)
    assert "张三" in lines and "李四" in lines


# ---- the seam


def test_the_bridge_answers_about_papers(toy, papers) -> None:
    session = Session()
    for load in ({"tree": to_json(toy.trees["kettle"])}, {"calendar": toy.calendar}, {"papers": to_json(papers)}):
        assert json.loads(session.answer(json.dumps({"do": "load", **load}))) == {"ok": True}
    about = {"case": to_json(CASE), "today": TODAY.isoformat()}
    listed = json.loads(session.answer(json.dumps({"do": "papers", **about})))
    assert [(one["id"], one["offered"]) for one in listed["papers"]] == [("plea", True)]
    filled = json.loads(session.answer(json.dumps({"do": "paper", "id": "plea", **about})))
    assert from_json(PaperFilled, filled).title == "请求书"


@pytest.mark.parametrize(
    "request_",
    [
        {"do": "paper", "id": "none", "case": to_json(CASE), "today": "2026-11-16"},
        {"do": "paper", "id": [], "case": to_json(CASE), "today": "2026-11-16"},
        {"do": "papers", "case": {}, "today": "2026-11-16"},
        {"do": "papers", "case": to_json(CASE), "today": "morgen"},
        {"do": "load", "papers": {"papers": [1]}},
    ],
    ids=range(5),
)
def test_a_request_that_is_wrong_gets_one_sentence(request_) -> None:
    answer = json.loads(Session().answer(json.dumps(request_)))
    assert set(answer) == {"problem"} and answer["problem"]["says"]


# ---- one line


def test_sentences_in_one_line_are_parts_of_one() -> None:
    filling = Filling({"log/shop": ("1. 打了电话。", "2. 店家拒绝。")}, {}, frozenset())
    assert filled_text("经过：{log/shop|经过}", filling) == "经过：1. 打了电话；2. 店家拒绝。"


def test_what_the_case_says_behind_a_box_stands_there_where_the_box_is_ticked() -> None:
    text = "是☐[talked]　{log/shop|经过}\n否☐[not-talked]"
    said = {"log/shop": ("打了电话。",)}
    assert filled_text(text, Filling(said, {}, frozenset({"talked"}))) == "是☑　打了电话。\n否□"
    assert filled_text(text, Filling(said, {}, frozenset())) == "是□　【经过】\n否□"
    assert filled_text(text, Filling(said, {"经过": "谈过"}, frozenset())) == "是□　谈过\n否□"


def test_of_several_gaps_the_first_that_is_filled_in_stands_there() -> None:
    def seller(fields: dict[str, str]) -> tuple[str, dict[str, str]]:
        filling = Filling({}, fields, frozenset())
        return filled_text("卖家：【店名|卖家姓名】", filling), filling.gaps

    assert seller({}) == ("卖家：【店名】", {"店名": ""})
    assert seller({"卖家姓名": "王某"}) == ("卖家：王某", {"店名": ""}), "in the field of the shop no person's name"
    assert seller({"店名": "壶店", "卖家姓名": "王某"}) == ("卖家：壶店", {"店名": "壶店"})
