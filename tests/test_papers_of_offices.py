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
    "原告（自然人）",
    "原告（法人、非法人组织）",
    "委托诉讼代理人",
    "被告（自然人）",
    "被告（法人、非法人组织）",
    "第三人（自然人）",
    "第三人（法人、非法人组织）",
]
PERSON = (
    "姓名：____/性别：男□　女□/出生日期：____　民族：____/工作单位：____　职务：____　联系电话：____/"
    "住所地（户籍所在地）：____/经常居住地：____/证件类型：____/证件号码：____"
)
COMPANY = (
    "名称：____/住所地（主要办事机构所在地）：____/注册地 / 登记地：____/"
    "法定代表人 / 负责人：____　职务：____　联系电话：____/统一社会信用代码：____/"
    "类型：有限责任公司□　股份有限公司□　上市公司□　其他企业法人□　事业单位□　社会团体□　基金会□　社会服务机构□　"
    "机关法人□　农村集体经济组织法人□　城镇农村的合作经济组织法人□　基层群众性自治组织法人□　个人独资企业□　合伙企业□　"
    "不具有法人资格的专业服务机构□/所有制性质：国有□（控股□　参股□）　民营□　其他____"
)
PARTIES = {
    "委托诉讼代理人": "有□/姓名：____/单位：____　职务：____　联系电话：____/代理权限：一般授权□　特别授权□/无□",
    **{name: PERSON for name in FORM if name.endswith("（自然人）")},
    **{name: COMPANY for name in FORM if name.endswith("组织）")},
}
DEMANDS = [
    ("1. 给付价款（元）", "____元（人民币，下同；如外币需特别注明）"),
    (
        "2. 迟延给付价款的利息（违约金）",
        "截至____止，迟延给付价款的利息____元、违约金____元，自____之后的逾期利息、违约金，以____元为基数按照____标准计算；/"
        "计算方式：____/是否请求支付至实际清偿之日止：是□　否□",
    ),
    (
        "3. 赔偿因卖方违约所受的损失",
        "支付赔偿金____元/违约类型：迟延履行□　不履行□　其他□/具体情形：____/损失计算依据：____",
    ),
    (
        "4. 是否对标的物的瑕疵承担责任",
        "是□　修理□　重作□　更换□　退货□　减少价款或者报酬□　其他□：____/否□",
    ),
    (
        "5. 要求继续履行或者解除合同",
        "继续履行□　____日内履行完毕付款□　供货□　义务/判令解除合同□/确认买卖合同已于____解除□",
    ),
    ("6. 是否主张担保权利", "是□　内容：____/否□"),
    ("7. 是否主张实现债权的费用", "是□　费用明细：____/否□"),
    ("8. 是否主张诉讼费用", "是□/否□"),
    ("9. 其他请求", BLANK),
    ("10. 标的总额", BLANK),
]
BEFORE = [
    ("1. 有无仲裁、法院管辖约定", "有□　合同条款及内容：____/无□"),
    (
        "2. 是否已经诉前保全",
        "是□　保全法院：____　保全时间：____/保全案号：____/否□/（如申请诉讼保全，请另行提交诉讼保全申请及相关材料）",
    ),
]
FACTS = [
    ("1. 合同的签订情况（名称、编号、签订时间、地点等；如无书面合同，请注明“无书面合同”）", None),
    ("2. 合同主体", "出卖人（卖方）：____/买受人（买方）：____"),
    ("3. 买卖标的物情况（标的物名称、规格、质量、数量等）", None),
    (
        "4. 合同约定的价格及支付方式",
        "单价____元；总价____元；/以现金□　转账□　票据□（写明票据类型）　其他□　方式　一次性□　分期□　支付/分期方式：____",
    ),
    ("5. 合同约定的交货时间、地点、方式、风险承担、安装、调试、验收", BLANK),
    ("6. 合同约定的质量标准及检验方式、质量异议期限", BLANK),
    (
        "7. 合同约定的违约金（定金）",
        "违约金□____元（合同条款：第____条）/定金□____元（合同条款：第____条）/"
        "迟延履行违约金□____%/日（合同条款：第____条）",
    ),
    (
        "8. 价款支付及标的物交付情况",
        "按期支付价款____元，逾期付款____元，逾期未付款____元/按期交付标的物____件，逾期交付____件，逾期未交付____件",
    ),
    ("9. 是否存在迟延履行", "是□　迟延时间：____　逾期付款□　逾期交货□/否□"),
    ("10. 是否催促过履行", "是□　催促情况：____通过____方式进行了催促/否□"),
    ("11. 买卖合同标的物有无质量争议", "有□　具体情况：____/无□"),
    ("12. 标的物质量规格或履行方式是否存在不符合约定的情况", "是□　具体情况：____/否□"),
    ("13. 是否曾就标的物质量问题进行协商", "是□　具体情况：____/否□"),
    ("14. 是否通知解除合同", "是□　具体情况：____/否□"),
    (
        "15. 被告应当支付的利息、违约金、赔偿金",
        "利息□____元/违约金□____元/赔偿金□____元/共计____元　计算方式：____",
    ),
    ("16. 是否签订物的担保（抵押、质押）合同", "是□　签订时间：____/否□"),
    ("17. 担保人、担保物", "担保人：____/担保物：____"),
    ("18. 是否最高额担保（抵押、质押）", "是□　担保债权的确定时间：____/担保额度：____/否□"),
    ("19. 是否办理抵押、质押登记", "是□　正式登记□/预告登记□/否□"),
    ("20. 是否签订保证合同", "是□　签订时间：____　保证人：____　主要内容：____/否□"),
    ("21. 保证方式", "一般保证□/连带责任保证□"),
    ("22. 其他担保方式", "是□　形式：____/否□"),
    ("23. 请求承担责任的依据", "合同约定：____/法律规定：____"),
    ("24. 其他需要说明的内容（可另附页）", BLANK),
    ("25. 证据清单（可另附页）", BLANK),
]
KNOWN = "了解□　不了解□"
MEDIATION = [
    ("是否了解调解作为非诉讼纠纷解决方式，能及时、高效、低成本、不伤和气地解决纠纷", KNOWN),
    (
        "是否了解先行调解解决纠纷的好处",
        f"1. 立案后选择先行调解的，可以很快启动调解程序。如不同意调解，法院将依程序开庭审理案件，但可能需要经过较长一段时间的排期等待，且审理、执行周期相对较长。　{KNOWN}/"
        f"2. 选择先行调解，调解成功且自动履行的免交诉讼费用，申请司法确认的不交纳诉讼费用，要求出具调解书的减半交纳诉讼费用。　{KNOWN}/"
        f"3. 首次调解不成功，但仍有继续调解意愿的，可以选择更换调解组织和调解员再进行调解。调解无法达成一致意见的，法院将依程序排期开庭。　{KNOWN}/"
        f"4. 依照法律规定，调解具有保密性要求，调解过程不公开，调解协议未经当事人同意不得公开。　{KNOWN}/"
        f"5. 调解达成的协议具有法律效力，可以依照法律规定申请司法确认，具有强制执行效力。　{KNOWN}",
    ),
    ("是否考虑先行调解", "是□/否□/暂不确定，想要了解更多内容□"),
]


def form_text(text: str) -> str:
    """As the blank form is printed: lines to write on in place of gaps, facts and dates, boxes empty."""
    text = PAPER_MARK.sub(lambda mark: "□" if mark["box"] is not None else BLANK, text.strip())
    text = re.sub("＿+年＿+月＿+日", BLANK, text)
    return re.sub("＿+", BLANK, text).replace("\n", "/")


def test_every_item_of_the_courts_form_stands_there_by_name_number_and_order() -> None:
    rows = [row for part in paper_of("sale-complaint").parts for row in part.rows if len(row) == 2]
    items = [*PARTIES_IN_ORDER, *DEMANDS, *BEFORE, *FACTS, *MEDIATION]
    assert [row[0] for row in rows] == [name for name, _ in items]
    for row, (name, right) in zip(rows, items, strict=True):
        if right is not None:
            assert form_text(row[1]) == right, name


PARTIES_IN_ORDER = [(name, PARTIES[name]) for name in FORM]


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
        "（原告为卖方时，填写第 1 项、第 2 项；原告为买方时，填写第 3 项、第 4 项；第 5 项至第 10 项为共同项）\n"
        "（可完整表述诉讼请求；为方便、准确梳理要点，相关内容请在下方要素式表格中填写）",
        "（可完整表述纠纷涉及的事实与理由；为方便、准确梳理要点，相关内容请在下方要素式表格中填写）",
    ]
    assert parts[-1].text.startswith("具状人（签字、盖章）：") and "日期：" in parts[-1].text


def test_a_filled_form_keeps_every_item() -> None:
    case, today = case_named("新手机第 5 天开不了机")
    fields = {"原告有几位": "2", "被告公司有几家": "3"}
    filled = fill("sale-complaint", replace(case, fields=fields), today)
    names = [
        line_text(row.cells[0].lines[0])
        for block in filled.document.blocks
        for row in block.rows
        if len(row.cells) == 2
    ]
    once = list(dict.fromkeys(names))
    assert once == [name for name, _ in (*PARTIES_IN_ORDER, *DEMANDS, *BEFORE, *FACTS, *MEDIATION)]
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
    log = tuple(LogEntry(today.isoformat(), kind, office, "说了", {}) for office in offices for kind in kinds)
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
    asked = {*rule.told, *(test.question for test in (rule.when.tests if rule.when else ()))}
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
    shown = {id for name in (*CASES, "telecom: 套餐低价不让老用户办") for id in offered_if_there(name)}
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

CALLED = LogEntry("2026-11-14", "called", "negotiate", "要求处理，对方说再等等", {})
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
            LogEntry("2026-11-17", "called", "negotiate", "", {}),
            LogEntry("2026-11-18", "answered", "negotiate", "过保不管，只能六折换购", {}),
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
    "insurer": ("insurer-complaint", "保险公司承保的碎屏险", ("compensate",), ("policy",), ()),
    "review": ("insurer-review", "保险公司承保的碎屏险", (), (), ()),
    "telecom": ("telecom-appeal", "telecom: {first}", ("refund", "recover", "compensate", "perform"), (), ()),
    "evidence": ("evidence-list", "新手机第 5 天开不了机", (), ("order", "fault-video"), ()),
    "service": ("service-address", "新手机第 5 天开不了机", (), (), ()),
    "association": ("association-letter", "手机送到就是碎的", ("return", "refund"), ("order",), (CALLED,)),
    "hired": ("general-complaint", "租的笔记本不开机，没人修", ("repair", "refund", "reduce"), (), (CALLED,)),
}


@pytest.mark.parametrize("golden", WALKS)
def test_a_case_comes_out_as_it_was_read(golden: str, request: pytest.FixtureRequest) -> None:
    paper, name, wants, evidence, log = WALKS[golden]
    case, today = case_named(name.format(first=site().project.trees["telecom"].walks[0].name))
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
