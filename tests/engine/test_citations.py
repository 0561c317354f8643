"""Citations as people write them. The names are those of real instruments because names are what is parsed; nothing
here states law.
"""

import re

import pytest
from hypothesis import given
from hypothesis.strategies import builds, integers, lists, none, sampled_from

from minglu.engine.citations import Citation, Names, find, label, read
from minglu.engine.numerals import to_chinese

ROWS = [
    {
        "slug": "cpl",
        "title": "消费者权益保护法",
        "short": "消费者权益保护法",
        "also": ["中华人民共和国消费者权益保护法", "消法", "消保法"],
    },
    {"slug": "rules", "title": "消费者权益保护法实施条例", "short": "消法实施条例", "also": ["消保法实施条例"]},
    {"slug": "pql", "title": "产品质量法", "short": "产品质量法", "also": ["产质法"]},
    {"slug": "code", "title": "民法典", "short": "民法典", "also": ["中华人民共和国民法典"]},
    {"slug": "ecl", "title": "电子商务法", "short": "电子商务法", "also": ["电商法"]},
    {"slug": "phone", "title": "移动电话机商品修理更换退货责任规定", "short": "手机三包规定", "also": ["手机三包"]},
    {"slug": "pc", "title": "微型计算机商品修理更换退货责任规定", "short": "微机三包规定", "also": ["微机三包"]},
    {
        "slug": "seven",
        "title": "网络购买商品七日无理由退货暂行办法",
        "short": "七日无理由退货办法",
        "also": ["七日办法"],
    },
    {"slug": "complaints", "title": "市场监督管理投诉举报处理办法", "short": "投诉举报办法", "also": []},
    {"slug": "penalties", "title": "侵害消费者权益行为处罚办法", "short": "处罚办法", "also": []},
    {"slug": "cpr", "title": "民事诉讼法", "short": "民事诉讼法", "also": ["民诉法"]},
    {
        "slug": "cpr-spc",
        "title": "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释",
        "short": "民诉法解释",
        "also": [],
    },
    {
        "slug": "tort-spc",
        "title": "最高人民法院关于适用《中华人民共和国民法典》侵权责任编的解释（一）",
        "short": "侵权责任编解释（一）",
        "also": ["侵权解释"],
    },
    {
        "slug": "online-spc",
        "title": "最高人民法院关于审理网络消费纠纷案件适用法律若干问题的规定（一）",
        "short": "网络消费规定（一）",
        "also": [],
    },
    {"slug": "arb", "title": "仲裁法", "short": "仲裁法", "also": ["新仲裁法"]},
    {
        "slug": "arb-2017",
        "title": "仲裁法（2017年修正）",
        "short": "仲裁法（2017）",
        "also": ["旧仲裁法", "2017年仲裁法"],
    },
]
NAMES = Names.of(ROWS)


def short(citation: Citation) -> str:
    """`cpl 24.1.4`, with 0 for what is not told above an item."""
    parts = [citation.article, citation.paragraph, citation.item]
    while parts[-1] is None:
        parts.pop()
    return f"{citation.statute} {'.'.join(str(part or 0) for part in parts)}"


def cited(text: str) -> str:
    found = find(text, NAMES)
    assert [each.problem for each in found if each.problem] == []
    for each in found:
        assert text[each.start : each.end] == each.text
    return ", ".join(short(citation) for each in found for citation in each.citations)


ONE = {
    # names
    "《消费者权益保护法》第二十四条": "cpl 24",
    "《中华人民共和国消费者权益保护法》第二十四条": "cpl 24",
    "中华人民共和国消费者权益保护法第24条": "cpl 24",
    "消费者权益保护法第24条": "cpl 24",
    "〈消法〉第24条": "cpl 24",
    "消法第24条": "cpl 24",
    "消法 第 24 条 第 1 款": "cpl 24.1",
    "《消法》　第24条": "cpl 24",
    "《 消法 》第24条": "cpl 24",
    "《消法》\n第24条": "cpl 24",
    "消法的第24条": "cpl 24",
    "《消法》中的第24条": "cpl 24",
    "消法里第24条": "cpl 24",
    "消费者权益保护法实施条例第18条": "rules 18",
    "消法实施条例第18条": "rules 18",
    "《消费者权益保护法》实施条例第18条": "rules 18",
    "《消费者权益保护法》（以下简称消法）第24条": "cpl 24",
    "《移动电话机商品修理更换退货责任规定》第十一条": "phone 11",
    "手机三包第11条": "phone 11",
    "手机三包规定第11条": "phone 11",
    "七日办法第10条": "seven 10",
    "《市场监督管理投诉举报处理办法》第四十五条": "complaints 45",
    "民诉法解释第九十条": "cpr-spc 90",
    "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第九十六条第一款": "cpr-spc 96.1",
    "《最高人民法院关于适用《民事诉讼法》的解释》第90条": "cpr-spc 90",
    "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释第90条": "cpr-spc 90",
    "侵权责任编解释（一）第19条": "tort-spc 19",
    "侵权责任编解释(一)第19条": "tort-spc 19",
    "《网络消费规定（一）》第3条": "online-spc 3",
    "仲裁法（2017）第58条": "arb-2017 58",
    "旧仲裁法第58条": "arb-2017 58",
    "2017年仲裁法第58条": "arb-2017 58",
    "新仲裁法第4条": "arb 4",
    # the books of the civil code
    "民法典第577条": "code 577",
    "《民法典》第五百七十七条": "code 577",
    "民法典合同编第577条": "code 577",
    "《民法典》合同编第五百七十七条": "code 577",
    "《中华人民共和国民法典》侵权责任编第一千二百零三条": "code 1203",
    "《民法典·侵权责任编》第1203条": "code 1203",
    "《民法典合同编》第577条": "code 577",
    "民法典 总则编 第201条": "code 201",
    "民法典总则第201条": "code 201",
    "《民法典》第三编 合同 第577条": "code 577",
    "侵权责任编第1165条": "code 1165",
    # numbers
    "消法第２４条": "cpl 24",
    "消法第二四条": "cpl 24",
    "消法24条": "cpl 24",
    "《消法》24条": "cpl 24",
    "消法二十四条": "cpl 24",
    "消法第24条第1款": "cpl 24.1",
    "消法第二十四条第一款": "cpl 24.1",
    "消法第24条一款": "cpl 24.1",
    "消法第24条2款": "cpl 24.2",
    "消法第八条第一款第（四）项": "cpl 8.1.4",
    "消法第8条第1款第4项": "cpl 8.1.4",
    "消法第48条一款(四)": "cpl 48.1.4",
    "消法第48条第一款（四）项": "cpl 48.1.4",
    "消法第48条第1款四项": "cpl 48.1.4",
    "消法第十六条第（二）项": "cpl 16.0.2",
    "消法第16条（二）": "cpl 16.0.2",
    "消法第16条第2项": "cpl 16.0.2",
    "消法第24条之一": "cpl 24之一",
    "消法第24之一条": "cpl 24之一",
    "消法第二十四条之二第1款": "cpl 24之二.1",
    # ranges
    "消法第11至13条": "cpl 11, cpl 12, cpl 13",
    "消法第十一至十三条": "cpl 11, cpl 12, cpl 13",
    "消法第14—17条": "cpl 14, cpl 15, cpl 16, cpl 17",
    "消法第14-16条": "cpl 14, cpl 15, cpl 16",
    "消法第14——16条": "cpl 14, cpl 15, cpl 16",
    "消法第14～16条": "cpl 14, cpl 15, cpl 16",
    "消法第14到16条": "cpl 14, cpl 15, cpl 16",
    "消法第11条至第13条": "cpl 11, cpl 12, cpl 13",
    "消法第11条至13条": "cpl 11, cpl 12, cpl 13",
    "消法11至12条": "cpl 11, cpl 12",
    "消法第8条第一款至第三款": "cpl 8.1, cpl 8.2, cpl 8.3",
    "消法第8条第1至3款": "cpl 8.1, cpl 8.2, cpl 8.3",
    "消法第8条第（一）至（三）项": "cpl 8.0.1, cpl 8.0.2, cpl 8.0.3",
    "消法第5条第一项至第三项": "cpl 5.0.1, cpl 5.0.2, cpl 5.0.3",
    # lists
    "消法第11、12条": "cpl 11, cpl 12",
    "消法第11,12条": "cpl 11, cpl 12",
    "消法第11、12和14条": "cpl 11, cpl 12, cpl 14",
    "消法第11、第12条": "cpl 11, cpl 12",
    "消法第11条、第12条": "cpl 11, cpl 12",
    "消法第11条、12条": "cpl 11, cpl 12",
    "消法第11条和第12条第2款": "cpl 11, cpl 12.2",
    "消法第11条以及第12条": "cpl 11, cpl 12",
    "消法第11条第12条": "cpl 11, cpl 12",
    "消法第11/12条": "cpl 11, cpl 12",
    "消法第11至13、15条": "cpl 11, cpl 12, cpl 13, cpl 15",
    "消法第11条至第12条、第15条": "cpl 11, cpl 12, cpl 15",
    "消法第二十四、二十五条": "cpl 24, cpl 25",
    "手机三包11、12条": "phone 11, phone 12",
    "消法第24条第1款、第2款": "cpl 24.1, cpl 24.2",
    "消法第24条第1、2款": "cpl 24.1, cpl 24.2",
    "消法第24条第一、二款": "cpl 24.1, cpl 24.2",
    "消法第24条第1款和第25条": "cpl 24.1, cpl 25",
    "消法第8条第1款第2项、第3项、第2款": "cpl 8.1.2, cpl 8.1.3, cpl 8.2",
    "消法第8条第1款第（二）、（三）项": "cpl 8.1.2, cpl 8.1.3",
    "消法第8条第1款（二）（三）": "cpl 8.1.2, cpl 8.1.3",
    "消法第8条第1款第1项、第9条第2项": "cpl 8.1.1, cpl 9.0.2",
    # several instruments
    "消法第24条、产品质量法第40条": "cpl 24, pql 40",
    "消法第24条和电商法第49条": "cpl 24, ecl 49",
    "消法第24条电商法第49条": "cpl 24, ecl 49",
    "手机三包第8条/微机三包第8条": "phone 8, pc 8",
}


@pytest.mark.parametrize(("text", "citations"), ONE.items())
def test_what_people_write_is_read_alone_and_in_a_sentence(text, citations):
    assert ", ".join(map(short, read(text, NAMES))) == citations
    assert cited(f"商家拒绝的，依据{text}，可以再谈第3条意见。") == citations
    assert cited(f"（{text}）") == citations


RUNNING = {
    "先看消法第24条第1款，再看第25条。": "cpl 24.1",  # 第25条 has no name
    "第24条写得很清楚。": "",
    "一条是消法第24条，第二条是消法实施条例第18条": "cpl 24, rules 18",
    "按《消费者权益保护法》第55条，同法第48条也能用": "cpl 55, cpl 48",
    "《消法》第55条说得清楚，该法第48条也是": "cpl 55, cpl 48",
    "《消费者权益保护法》管的是生活消费。该法第55条说的是": "cpl 55",
    "消法管的是生活消费。该法第55条": "cpl 55",
    "消法第24条、消法实施条例第18条；该条例第12条，该法第55条": "cpl 24, rules 18, rules 12, cpl 55",
    "《消法实施条例》第18条；该法第12条": "rules 18, rules 12",
    "投诉举报办法第15条，该办法第23条": "complaints 15, complaints 23",
    "《七日办法》第10条，以及同办法第11条": "seven 10, seven 11",
    "网络消费规定（一）第3条，该规定第4条": "online-spc 3, online-spc 4",
    "民诉法第67条和民诉法解释第90条，该法第69条，该解释第91条": "cpr 67, cpr-spc 90, cpr 69, cpr-spc 91",
    "民法典合同编第577条和侵权责任编第1203条": "code 577, code 1203",
    "消法第24条第7日": "cpl 24",
    "消法第24条、3天内办": "cpl 24",
    "消法第24条 7日内": "cpl 24",
    "消法第24条和第二天": "cpl 24",
    "消法第24条和两条规章": "cpl 24",
    "消法第24条两款都要看": "cpl 24",
    "消法第24条（2013年）": "cpl 24",
    "消法第24条第1项目": "cpl 24",
    "消法第24条以外的": "cpl 24",
    "消法第55条（三倍）": "cpl 55",
    "《消法第24条》": "cpl 24",
    "应当遵守消法第26条，不受民事诉讼法第152条的限制，构成民法典第151条": "cpl 26, cpr 152, code 151",
    "经营者有本法第十四条的行为，不履行本条例第二十一条": "",
    "消法一条一条看": "",
    "消法有63条": "",
    "消法三条都讲了": "",
    "消法，第24条": "",
    "消法\n\n第24条": "",
    "消法规定，第24条": "",
    "这是第3条意见，第二条办法": "",
    "换个方法第3条，此办法第2条，看法第1条，本法第2条，本条例第5条，公司规定第3条，说明书第8条": "",
    "本办法第9条，有关规定第3条，上述解释第1条": "",
    "规定第3条，办法第16条，条例第18条": "",
    "": "",
}


@pytest.mark.parametrize(("text", "citations"), RUNNING.items())
def test_in_running_text_only_what_is_named_is_found(text, citations):
    assert cited(text) == citations


UNTOLD = {
    "《食品安全法》第148条": "库里没有《食品安全法》",
    "根据食品安全法第148条": "库里没有“食品安全法”",
    "依照电信条例第5条": "库里没有“电信条例”",
    "刑法第266条": "库里没有“刑法”",
    "合同法第94条": "库里没有“合同法”",
    "企业法人符合企业破产法第2条": "库里没有“企业破产法”",
    "家电维修服务业管理办法第9条": "库里没有“家电维修服务业管理办法”",
    "投诉举报处理暂行办法第31条": "库里没有“投诉举报处理暂行办法”",
    "三包规定第11条": "库里没有“三包规定”",
    "民法典合同编解释第10条": "库里没有“民法典合同编解释”",
    "《民法典》物权编的解释第10条": "库里没有《民法典》物权编的解释",
    "劳动争议调解仲裁法第27条": "库里没有“劳动争议调解仲裁法”，要引《仲裁法》就给法名加上书名号",
    "治安管理处罚办法第3条": "库里没有“治安管理处罚办法”，要引《处罚办法》就给法名加上书名号",
    "旧消法第49条": "库里没有“旧消法”",
    "修订前的消法第49条": "库里没有“修订前的消法”",
    "原《消法》第49条": "库里没有原《消法》",
    "仲裁法（2012年修正）第3条": "库里没有“仲裁法（2012年修正）”",
    "网络消费规定（二）第3条": "库里没有“网络消费规定（二）”",
    "网络消费规定第3条": "库里没有“网络消费规定”",
    "该法第24条": "看不出“该法”指的是哪一部",
    "消法第24条，该办法第3条": "看不出“该办法”指的是哪一部",
    "《食品安全法》第148条，该法第3条": "看不出“该法”指的是哪一部",
    "民诉法解释第90条，该法第67条": "看不出“该法”指的是哪一部",
    "消法第11、12条第1款": "后面的款说不清属于哪一条，请逐个写全",
    "消法第11至13条第1款": "后面的款说不清属于哪一条，请逐个写全",
    "消法第8条第1、2款第3项": "后面的项说不清属于哪一款，请逐个写全",
    "消法第8条、第2款": "“第2款”说不清是哪一条的，请写全",
    "消法第17至14条": "“第17至14条”前后颠倒了",
    "消法第24条之一至第26条": "带“之一”的条文不能写成范围，请逐条列出",
    "消法第十十条": "“十十”不是一个数",
    "消法第0条": "没有第0条",
    "民法典合同编第1203条": "民法典第1203条不在合同编",
    "《民法典·侵权责任编》第577条": "民法典第577条不在侵权责任编",
}


@pytest.mark.parametrize(("text", "problem"), UNTOLD.items())
def test_what_cannot_be_told_is_a_problem_and_never_silence(text, problem):
    assert [each.problem for each in find(f"（{text}）", NAMES) if each.problem][-1] == problem
    with pytest.raises(ValueError, match=r"库里没有|看不出|说不清|颠倒|逐条|不是一个数|没有第0|不在|看不懂"):
        read(text, NAMES)


UNREADABLE = {
    "": "没有写引的是哪一条",
    "  ": "没有写引的是哪一条",
    "消法": "“消法”看不懂",
    "第24条": "“第24条”前面没有写是哪部法",
    "请看消法第24条": "“请看”看不懂",
    "消法第24条后段": "“后段”看不懂",
    "消法第24条、": "“、”看不懂",
    "消法第24条，食安规则第5条": "库里没有“食安规则”",
    "消法第24条（修理）产品质量法第40条": "“（修理）”看不懂",
    "手机三包、微机三包第8条": "“手机三包、”看不懂",
    "消法第24条《食品安全法》第148条": "库里没有《食品安全法》",
}


@pytest.mark.parametrize(("text", "says"), UNREADABLE.items())
def test_a_text_of_citations_holds_nothing_else(text, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        read(text, NAMES)


def test_a_comma_goes_on_in_a_text_of_citations_only():
    assert [short(each) for each in read("消法第24条，第55条第1款；消法实施条例第18条", NAMES)] == [
        "cpl 24",
        "cpl 55.1",
        "rules 18",
    ]


def test_each_member_of_a_list_has_its_own_place():
    found = find("依据《消法》第11、12条和第14至15条。", NAMES)
    assert [each.text for each in found] == ["《消法》第11", "12条", "第14至15条"]
    assert [len(each.citations) for each in found] == [1, 1, 2]
    assert found[2].citation == Citation("cpl", "14")


def test_one_bad_member_leaves_the_others():
    found = find("消法第24条、第0条、第55条", NAMES)
    assert [(each.text, each.problem is None) for each in found] == [
        ("消法第24条", True),
        ("第0条", False),
        ("第55条", True),
    ]


def test_the_longest_name_wins():
    assert cited("消法实施条例第18条") == "rules 18"
    assert cited("微机三包规定第8条") == "pc 8"


def test_a_spelling_that_two_claim_names_neither():
    names = Names.of(
        [{"slug": "a", "title": "甲壶规定", "short": "壶规"}, {"slug": "b", "title": "乙壶规定", "short": "壶规"}]
    )
    assert names.slug("甲壶规定") == "a"
    assert names.slug("壶规") is None


def test_a_long_text_takes_no_long_time():
    """Guards against patterns that go back over the whole text at every number."""
    text = "签收后第3天、第10条意见、2026年11月21日，" * 2000 + "消法第24条"
    assert cited(text) == "cpl 24"


def test_labels():
    assert label(Citation("cpl", "24", 1), NAMES) == "消费者权益保护法 第24条第1款"
    assert label(Citation("phone", "8"), NAMES) == "手机三包规定 第8条"
    assert label(Citation("cpl", "24之一", 1, 4), NAMES) == "消费者权益保护法 第24条之一第1款第4项"


citations = builds(
    lambda slug, number, inserted, paragraph, item: Citation(slug, f"{number}{inserted}", paragraph, item),
    sampled_from([row["slug"] for row in ROWS]),
    integers(1, 9999),
    sampled_from(["", "", "之一", "之十"]),
    none() | integers(1, 99),
    none() | integers(1, 99),
)


@given(citations)
def test_a_label_reads_back(citation):
    assert read(label(citation, NAMES), NAMES) == [citation]
    assert [each.citation for each in find(f"我想引用{label(citation, NAMES)}，可以吗", NAMES)] == [citation]


@given(lists(citations, min_size=1, max_size=4))
def test_labels_in_a_row_read_back(several):
    assert read("、".join(label(each, NAMES) for each in several), NAMES) == several


@given(citations)
def test_numerals_and_digits_mean_the_same(citation):
    text = re.sub(r"(?<=第)\d+", lambda match: to_chinese(int(match[0])), label(citation, NAMES))
    assert read(text, NAMES) == [citation]


@given(integers(1, 9000), integers(1, 30))
def test_a_range_is_all_its_articles(first, more):
    expected = [Citation("code", str(number)) for number in range(first, first + more + 1)]
    assert (
        read(f"民法典第{first}至{first + more}条", NAMES)
        == read(f"《民法典》第{to_chinese(first)}条至第{to_chinese(first + more)}条", NAMES)
        == expected
    )


@given(
    lists(
        sampled_from(
            [
                *"第条款项之一二十24（）()《》、，至和的该同法 \n",
                "消法",
                "仲裁法",
                "民法典",
                "合同编",
                "实施条例",
                "旧",
                "办法",
            ]
        ),
        max_size=25,
    ).map("".join)
)
def test_any_text_is_survived_and_places_are_in_order(text):
    found, done = find(text, NAMES), 0
    for each in found:
        assert done <= each.start < each.end <= len(text)
        assert text[each.start : each.end] == each.text
        assert bool(each.citations) == (each.problem is None)
        done = each.end
    citations, problem = (), ""
    try:
        citations = read(text, NAMES)
    except ValueError as error:
        problem = str(error)
    assert citations or problem.splitlines() == [problem]
