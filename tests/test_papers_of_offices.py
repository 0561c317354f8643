"""The site's own papers: the court's form item by item, cases filled in, and no box that no answer supports.

`pytest --accept` rewrites tests/papers/*.txt; read the diff.
"""

import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from minglu import pipeline
from minglu.compile import Compiled
from minglu.engine.case import Case, CaseWalk, LogEntry, read_case
from minglu.engine.case_report import CaseReport
from minglu.engine.case_view import case_report
from minglu.engine.codec import to_json
from minglu.engine.document import Document
from minglu.engine.follow import follow
from minglu.engine.paper import CompiledPaper, PaperFilled, PaperLibrary, PaperRule
from minglu.engine.paper_text import PAPER_MARK
from minglu.engine.papers import blank_paper, fill_paper, paper_offers
from minglu.write.case_library import case_library
from minglu.write.cross_references import Site
from minglu.write.links import Pen
from minglu.write.paper_library import paper_library

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "papers"
EMPTY = Case(1, {}, (), {}, (), {}, ())


@cache
def site() -> Compiled:
    done, found = pipeline.check(pipeline.read_files(ROOT / "trees"))
    assert done and not found
    return done


@cache
def library() -> PaperLibrary:
    return paper_library(Pen(Site(site()), ""))


@cache
def ladder():
    return case_library(Pen(Site(site()), ""))


def paper_of(id: str) -> CompiledPaper:
    return next(one for one in library().papers if one.id == id)


def case_named(name: str) -> tuple[Case, date]:
    """A case of trees/cases.yml by its first door, or a worked walk `tree: name`."""
    tree, colon, walk = name.partition(": ")
    if colon:
        one = next(one for one in site().project.trees[tree].walks if one.name == walk)
        door, answers = tree, one.answers
    else:
        one = next(one for one in site().project.cases if one.name == name)
        door, answers = one.doors[0].tree, {**one.answers, **one.doors[0].answers}
    today = date.fromisoformat(one.today)
    legs = follow(site().trees, door, answers, today=today, calendar=site().days)
    return replace(EMPTY, walks={leg.tree: CaseWalk("", dict(leg.answers), None) for leg in legs}), today


def report_of(case: Case, today: date) -> CaseReport:
    return case_report(case, site().trees, ladder(), today=today, calendar=site().days)


def fill(id: str, case: Case, today: date) -> PaperFilled:
    report = report_of(case, today)
    return fill_paper(paper_of(id), case, report, papers=library(), ladder=ladder(), today=today)


def offered(case: Case, today: date) -> list[str]:
    return [one.id for one in paper_offers(library(), case, report_of(case, today)) if one.offered]


def ticked(filled: PaperFilled) -> set[str]:
    return {box.id for box in filled.boxes if box.ticked}


def text_of(document: Document) -> str:
    """As a reader sees it: gaps as 【name】, the cells of a row after bars, lines of a cell after slashes."""
    lines = []
    for block in document.blocks:
        mark = {"title": "# ", "heading": "## ", "note": "> "}.get(block.kind, "")
        lines += [mark + line_text(line) for line in block.lines]
        lines += [" | ".join(" / ".join(map(line_text, cell.lines)) for cell in row.cells) for row in block.rows]
    return "\n".join(lines) + "\n"


def line_text(line) -> str:
    return "".join(f"【{run.text}】" if run.gap else run.text for run in line.runs)


# ---- the court's form

BLANK = "____"
FORM = [
    tuple(line.split(" | "))
    for line in (GOLDEN / "sale-form.list").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
"""Its items by name, with what is printed beside them, or * where the reader's own words are set out."""


def form_text(text: str) -> str:
    """As the blank form is printed: lines to write on in place of gaps, facts and dates, boxes empty."""
    text = PAPER_MARK.sub(lambda mark: "□" if mark["box"] is not None else BLANK, text.strip())
    text = re.sub("＿+年＿+月＿+日", BLANK, text)
    return re.sub("＿+", BLANK, text).replace("\n", "/")


def test_every_item_of_the_courts_form_stands_there_by_name_number_and_order() -> None:
    rows = [row for part in paper_of("sale-complaint").parts for row in part.rows if len(row) == 2]
    assert len(FORM) == 7 + 10 + 2 + 25 + 3
    assert [row[0] for row in rows] == [name for name, _ in FORM]
    for row, (name, beside) in zip(rows, FORM, strict=True):
        assert beside in ("*", form_text(row[1])), name


def test_the_courts_form_keeps_its_parts_its_notes_and_its_end() -> None:
    parts = paper_of("sale-complaint").parts
    assert parts[0].kind == "title" and parts[0].text.split() == ["民事起诉状", "（买卖合同纠纷）"]
    note = parts[1].text
    assert parts[1].kind == "note" and all(f"{number}. " in note for number in range(1, 5)) and "★特别提示★" in note
    assert [part.text for part in parts if part.kind == "heading"] == [
        "当事人信息",
        "诉讼请求",
        "约定管辖和诉前保全",
        "事实与理由",
        "对纠纷解决方式的意愿",
    ]
    heads = [row[0].strip() for part in parts for row in part.rows if len(row) == 1]
    assert heads == [
        (
            "（原告为卖方时，填写第 1 项、第 2 项；原告为买方时，填写第 3 项、第 4 项；第 5 项至第 10 项为共同项）\n"
            "（可完整表述诉讼请求；为方便、准确梳理要点，相关内容请在下方要素式表格中填写）"
        ),
        "（可完整表述纠纷涉及的事实与理由；为方便、准确梳理要点，相关内容请在下方要素式表格中填写）",
    ]
    assert parts[-1].text.startswith("具状人（签字、盖章）：") and "日期：" in parts[-1].text


def test_a_filled_form_keeps_every_item() -> None:
    case, today = case_named("新手机第 5 天开不了机")
    fields = {"原告有几位": "2", "被告公司有几家": "3"}
    filled = fill("sale-complaint", replace(case, fields=fields), today)
    rows = [row for block in filled.document.blocks for row in block.rows if len(row.cells) == 2]
    names = [line_text(row.cells[0].lines[0]) for row in rows]
    assert list(dict.fromkeys(names)) == [name for name, _ in FORM]
    assert names.count("原告（自然人）") == 2 and names.count("被告（法人、非法人组织）") == 3


def test_the_evidence_list_has_its_five_columns() -> None:
    (table,) = (part for part in paper_of("evidence-list").parts if part.kind == "table")
    assert table.head == ("编号", "页码", "证据名称", "证据来源", "拟证明事项") and table.each == "evidence"


def test_a_complaint_has_the_seven_requests_and_the_order_of_its_article() -> None:
    parts = paper_of("complaint-12315").parts
    headings = [part.text for part in parts if part.kind == "heading"]
    assert headings == ["一、投诉人", "二、被投诉人", "三、消费者权益争议事实依据", "四、投诉请求"]
    line = next(part.text for part in parts if "赔偿损失☐" in part.text)
    assert re.findall(r"([^　]+?)☐", line.split("\n")[0]) == [
        "修理",
        "重作",
        "更换",
        "退货",
        "补足商品数量",
        "退还货款和服务费用",
        "赔偿损失",
    ]


def test_a_report_asks_for_no_money_and_may_be_without_a_name() -> None:
    case, today = case_named("换来的手机又修过二十天")
    assert "report-12315" in offered(case, today)
    paper = paper_of("report-12315")
    assert not paper.wants and "退" not in text_of(blank_paper(paper).document)
    without = fill("report-12315", replace(case, boxes=("report-12315.anonymous",)), today)
    assert "【姓名】" not in text_of(without.document) and "【姓名】" in text_of(
        fill("report-12315", case, today).document
    )


# ---- all cases, all papers


def all_cases() -> list[str]:
    return re.findall(r"(?m)^- case: (.+)$", (ROOT / "trees/cases.yml").read_text(encoding="utf-8"))


CASES = all_cases()


def everything(case: Case, today: date) -> Case:
    """All that a reader can do: every demand ticked, an entry of every kind with every office, all gaps filled."""
    wants = tuple(f"{paper.id}.{want.id}" for paper in library().papers for want in paper.wants)
    offices = ("negotiate", "platform", "complaint-12315", "operator-complaint", "insurer-complaint")
    kinds = ("called", "sent", "answered", "refused", "promised", "accepted", "ended")
    log = tuple(LogEntry(today.isoformat(), kind, office, "说了", {}, ()) for office in offices for kind in kinds)
    gaps = {gap.name: "填了" for paper in library().papers for gap in blank_paper(paper).gaps if not gap.count}
    return replace(case, boxes=wants, log=log, fields=gaps)


@pytest.mark.parametrize("name", CASES)
def test_no_box_is_ticked_that_no_answer_supports(name: str) -> None:
    """Each box that a rule ticks goes, once for each thing that the rule rests on, when that alone is taken away."""
    case, today = case_named(name)
    full = everything(case, today)
    for paper in library().papers:
        assert not ticked(fill(paper.id, EMPTY, today)), "nothing was told, so nothing is ticked"
        here = ticked(fill(paper.id, full, today))
        assert here <= {rule.box for rule in paper.rules}
        for rule in paper.rules:
            others = [one for one in paper.rules if one.box == rule.box and one != rule]
            for less in without_support(rule, full):
                left = ticked(fill(paper.id, less, today))
                if not any(ticked_by(paper, other, less, today) for other in others):
                    assert rule.box not in left, (paper.id, rule)


def without_support(rule: PaperRule, case: Case):
    """The case without one of the things that the rule rests on."""
    asked = {*rule.answered, *rule.told, *(test.question for test in (rule.when.tests if rule.when else ()))}
    for question in asked:
        walks = {
            tree: replace(walk, answers={id: one for id, one in walk.answers.items() if id != question})
            for tree, walk in case.walks.items()
        }
        yield replace(case, walks=walks)
    if rule.wants:
        yield replace(case, boxes=tuple(box for box in case.boxes if box.partition(".")[2] not in rule.wants))
    if rule.log:
        kept = (one for one in case.log if not (one.kind in rule.log and (not rule.who or one.who in rule.who)))
        yield replace(case, log=tuple(kept))
    for gap in rule.filled:
        yield replace(case, fields={name: value for name, value in case.fields.items() if name != gap})


def ticked_by(paper: CompiledPaper, rule: PaperRule, case: Case, today: date) -> bool:
    alone = replace(paper, rules=(rule,))
    report = report_of(case, today)
    filled = fill_paper(alone, case, report, papers=library(), ladder=ladder(), today=today)
    return rule.box in ticked(filled)


def test_every_rule_ticks_its_box_in_some_case() -> None:
    """Else the test above would hold of nothing."""
    seen = {
        (paper.id, box)
        for name in CASES
        for case, today in [case_named(name)]
        for paper in library().papers
        for box in ticked(fill(paper.id, everything(case, today), today))
    }
    assert seen == {(paper.id, rule.box) for paper in library().papers for rule in paper.rules}


@pytest.mark.parametrize("name", CASES)
def test_only_what_is_offered_carries_demands_and_none_is_ticked_by_itself(name: str) -> None:
    case, today = case_named(name)
    here = offered(case, today)
    standings = {end.standing for end in report_of(case, today).ends if end.outcome}
    if standings == {"none"}:
        assert here == []
    for paper in library().papers:
        filled = fill(paper.id, case, today)
        assert not any(want.ticked for want in filled.wants)
        assert bool(filled.wants) <= (paper.id in here)
        assert all(want.ends for want in filled.wants)


@pytest.mark.parametrize("paper", [path.stem for path in sorted((ROOT / "trees/papers").glob("*.yml"))])
def test_identity_numbers_are_never_asked_for(paper: str) -> None:
    for name in CASES[:5]:
        case, today = case_named(name)
        filled = fill(paper, everything(case, today), today)
        asked = [*(gap.name for gap in filled.gaps), *(want.says for want in filled.wants)]
        assert not any(re.search("身份证|证件|护照", text) for text in asked)


def test_every_paper_says_where_it_comes_from_and_is_offered_in_some_case() -> None:
    assert all(len(one.source) > 20 for one in library().papers)
    shown = {id for name in (*CASES, "telecom: all", "insurance: all") for id in offered_if_there(name)}
    assert shown == {one.id for one in library().papers}


def offered_if_there(name: str) -> list[str]:
    if ": " in name:
        tree = name.partition(": ")[0]
        return [
            id
            for walk in site().project.trees[tree].walks
            for case, today in [case_named(f"{tree}: {walk.name}")]
            for id in offered(case, today)
        ]
    return offered(*case_named(name))


def test_without_standing_the_steps_of_the_outcome_are_told_instead() -> None:
    case, today = case_named("out-of-warranty: 过了保、没查到召回，结论里先叫他查")
    report = report_of(case, today)
    (end,) = (one for one in report.ends if one.outcome)
    assert end.standing == "none"
    offers = paper_offers(library(), case, report)
    assert not any(one.offered for one in offers)
    steps = [step.says.rstrip("。") for step in end.outcome.now]
    assert steps and all(step in one.instead for step in steps for one in offers)


# ---- cases as they come out

CALLED = LogEntry("2026-11-14", "called", "negotiate", "要求处理，对方说再等等", {}, ())
ME = {"姓名": "张三", "电话": "13800000000", "住址": "某市某区某路 1 号", "商家名称": "某某公司"}
WALKS = {
    "sale": (
        "sale-complaint",
        "新手机第 5 天开不了机",
        ("return", "refund", "costs"),
        ("order", "fault-video"),
        (CALLED,),
    ),
    "sale-triple": ("sale-complaint", "激活早三个月的“新”手机，退过五百", ("refund", "triple"), (), ()),
    "injury": ("general-complaint", "充电宝炸开，烫伤手", ("compensate",), ("medical",), ()),
    "wristband": (
        "complaint-12315",
        "out-of-warranty: 手环触控失灵，同款很多人坏",
        ("repair", "explain", "sampling"),
        ("order", "fault-video"),
        (
            LogEntry("2026-11-17", "called", "negotiate", "", {}, ()),
            LogEntry("2026-11-18", "answered", "negotiate", "过保不管，只能六折换购", {}, ()),
        ),
    ),
    "laptop-late": (
        "complaint-12315",
        "笔记本第 6 天报的毛病，三周没人办",
        ("return", "refund"),
        ("order",),
        (CALLED,),
    ),
    "report": ("report-12315", "换来的手机又修过二十天", (), ("repair-records",), ()),
    "insurer": ("insurer-complaint", "保险公司承保的碎屏险", ("settle",), ("policy",), ()),
    "review": ("insurer-review", "insurance: 分公司说不赔，第 30 天", (), (), ()),
    "telecom": ("telecom-appeal", "telecom: 话费里多出一项会员", ("refund", "triple"), (), ()),
    "evidence": ("evidence-list", "新手机第 5 天开不了机", (), ("order", "fault-video"), ()),
    "service": ("service-address", "新手机第 5 天开不了机", (), (), ()),
    "association": ("association-letter", "手机送到就是碎的", ("return", "refund"), ("order",), (CALLED,)),
    "hired": ("general-complaint", "租的笔记本不开机，没人修", ("repair", "refund", "reduce"), (), (CALLED,)),
}


@pytest.mark.parametrize("golden", WALKS)
def test_a_case_comes_out_as_it_was_read(golden: str, request: pytest.FixtureRequest) -> None:
    paper, name, wants, evidence, log = WALKS[golden]
    case, today = case_named(name)
    boxes = tuple(f"{paper}.{want}" for want in wants)
    case = replace(case, boxes=boxes, evidence=evidence, log=log, fields=ME)
    assert read_case(to_json(case)) == case
    assert paper in offered(case, today)
    filled = fill(paper, case, today)
    about = [
        f"offered wants: {', '.join(want.id + ('*' if want.ticked else '') for want in filled.wants)}",
        f"ticked: {', '.join(sorted(ticked(filled)))}",
        f"open: {'、'.join(gap.name for gap in filled.gaps if not gap.value)}",
        *(f"to type ({piece.length}) {piece.label}: {piece.text}" for piece in filled.pieces),
    ]
    text = text_of(filled.document) + "\n" + "\n".join(about) + "\n"
    path = GOLDEN / f"{golden}.txt"
    if request.config.getoption("--accept"):
        path.write_text(text)
    assert path.exists(), f"run with --accept, and read the {path.name} that it writes"
    assert text == path.read_text(), "if this is right, run with --accept and read the diff"


def test_the_wristbands_complaint_is_modest() -> None:
    """A weak outcome: said beside it, no refund or damages on offer, no word of a defect or of fraud."""
    paper, name, _, _, _ = WALKS["wristband"]
    case, today = case_named(name)
    filled = fill(paper, case, today)
    assert {want.id for want in filled.wants} == {"repair", "exchange", "explain", "sampling"}
    assert "把握比较弱" in filled.notes[0].says
    assert not re.search("缺陷|欺诈|违法|三包", text_of(filled.document))


@pytest.mark.parametrize("name", ["网店说拆封不退，第四天", "预付全款，过了说好的日子不发货"])
def test_where_nothing_is_broken_no_item_says_so(name: str) -> None:
    """Items 4, 11 and 13 of the court's form are about defects: who talked with the seller about a return or a delivery
    has talked about none.
    """
    case, today = case_named(name)
    contact = replace(CALLED, day="2026-11-13")
    filled = fill("sale-complaint", replace(case, boxes=("sale-complaint.return",), log=(contact,)), today)
    assert ticked(filled) == {"urged-yes"}
    assert "13. 是否曾就标的物质量问题进行协商 | 是□　具体情况：【协商的经过】" in text_of(filled.document)


def test_late_delivery_is_not_argued_from_a_deposit() -> None:
    case, today = case_named("预付全款，过了说好的日子不发货")
    boxes = ("sale-complaint.terminate", "sale-complaint.refund")
    text = text_of(fill("sale-complaint", replace(case, boxes=boxes), today).document)
    assert "法律规定：《中华人民共和国民法典》第563条第1款、第565条第1款、第566条第1款\n" in text


def test_a_private_seller_is_named_once() -> None:
    """In the items on the contract, too, and never among the companies."""
    case, today = case_named("个人卖家瞒了进水")
    text = text_of(fill("sale-complaint", replace(case, fields={"个人卖家姓名": "王某"}), today).document)
    assert "出卖人（卖方）：王某" in text and "向王某购买" in text and "名称：【商家名称】" in text
