"""Citations in a reader's own text, held against the library."""

import json

import pytest

from minglu.compile.library import library_data
from minglu.engine.bridge import Session
from minglu.engine.codec import json_bytes


@pytest.fixture
def session(toy) -> Session:
    session = Session()
    library = json.loads(json_bytes(library_data(toy.project.library)))
    assert json.loads(session.answer(json.dumps({"do": "load", "library": library}))) == {"ok": True}
    return session


@pytest.fixture
def report(session):
    return lambda text: json.loads(session.answer(json.dumps({"do": "cite", "text": text})))


@pytest.fixture
def check(report):
    return lambda text: report(text)["found"]


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
            "now": [],
        }
    ]


def test_a_range_tells_each_article_and_names_the_ones_it_does_not_hold(check) -> None:
    (found,) = check("水壶法第12至14条")
    assert [one["label"] for one in found["articles"]] == ["水壶法 第12条", "水壶法 第13条"]
    assert found["problem"] == "站内没有收水壶法 第14条，没法核对。"


def test_a_superseded_statute_says_since_when_and_by_what(check) -> None:
    (found,) = check("旧水壶法第3条")
    assert found["articles"][0]["until"] == "2020-01-01"
    assert found["articles"][0]["now"] == [{"label": "《水壶法》", "href": "law/kettle-law-2020.html"}]


def test_of_a_superseded_article_the_new_one_is_named_where_the_library_names_it(toy_files) -> None:
    from minglu import pipeline

    law = toy_files["trees/law/kettle-law-2010.yml"].decode()
    law = law.replace("三日内可以退壶。 }", "三日内可以退壶。, replaced_by: 水壶法第11条 }")
    done, found = pipeline.check(toy_files | {"trees/law/kettle-law-2010.yml": law.encode()})
    assert done and not found
    session = Session()
    session.answer(json.dumps({"do": "load", "library": json.loads(json_bytes(library_data(done.project.library)))}))
    (one,) = json.loads(session.answer(json.dumps({"do": "cite", "text": "旧水壶法第3条"})))["found"]
    assert one["articles"][0]["now"] == [{"label": "水壶法 第11条", "href": "law/kettle-law-2020.html#a11"}]


def test_an_unknown_statute_is_a_problem_not_silence(check) -> None:
    (found,) = check("《茶叶法》第1条")
    assert found["problem"] and not found["articles"]


@pytest.mark.parametrize("text", ["《茶壶条例》第5条", "依据茶壶条例第5条", "违反了中华人民共和国茶壶条例第5条"])
def test_of_what_a_statute_put_out_of_force_it_is_said_what_applies_now(check, text: str) -> None:
    (found,) = check(text)
    assert found["problem"].endswith("自 2020-01-01 起不再适用，现在看《水壶法》；条号不一样，要另外找")


def test_a_paragraph_or_an_item_that_is_not_there_is_a_problem(check) -> None:
    problems = [one["problem"] for one in check("水壶法第11条第1款、水壶法第11条第5款、水壶法第11条第1款第4项")]
    assert problems == [None, "第11条只有 2 款，没有第5款", "第11条第1款只有 3 项，没有第4项"]


def test_an_article_without_a_name_is_read_as_of_the_statute_cited_before_it_and_says_so(check) -> None:
    named, bare = check("依据《水壶法》第11条“退壶”和第12条“修壶”，请处理。")
    assert named["assumed"] == "" and bare["assumed"] == "没有写是哪部法，按前面的水壶法看"
    assert bare["articles"][0]["label"] == "水壶法 第12条"


@pytest.mark.parametrize(
    "text",
    [
        "第12条",
        "第一条 退壶\n第二条 修壶",
        "依据水壶法第11条。\n第12条 我的要求",
        "水壶法第11条写明，而我们的合同第12条另有约定",
        "水壶法第11条写明，《店规》却说不行，见第12条",
        "《茶叶法》第1条，又据第12条",
        "水壶法第11条写明，“买卖合同”第12条另有约定",
        "水壶法第11条写明，以下第12条另说",
        "水壶法第11条写明，又据第19条",
    ],
)
def test_an_article_without_a_name_is_nobodys_where_it_is_not_certain(check, text: str) -> None:
    assert not [one for one in check(text) if one["assumed"]]


def test_a_mistake_is_told_beside_the_citation_that_makes_it(check) -> None:
    (found,) = check("依据水壶法第13条，收到的壶可以退。")
    assert found["mistakes"] == [
        {
            "id": "once-boiled",
            "title": "“烧过水就不能退”",
            "right": [{"says": "七日内可以退", "source": "水壶法 第11条（条文写明）"}],
            "href": "mistakes.html#once-boiled",
        }
    ]


@pytest.mark.parametrize(
    "text",
    [
        "可以退壶（水壶法第13条）。",
        "我说可以退，水壶法第13条写着。",
        "依据水壶法第13条的规定，这把壶在收到以后是可以退的。",
        "水壶法第11条，水壶法第13条：可以退。",
    ],
)
def test_words_before_a_citation_and_after_it_belong_to_it(check, text: str) -> None:
    made = [one["mistakes"] != [] for one in check(text)]
    assert made[-1] is ("第11条" not in text)


def test_what_an_article_of_a_list_is_said_to_be_belongs_to_it_alone(check) -> None:
    made = [[one["id"] for one in found["mistakes"]] for found in check("依据水壶法第13条“可以退”和第12条“修壶”。")]
    assert made == [["once-boiled"], []]


@pytest.mark.parametrize(
    "text",
    [
        "水壶法第13条说的是验壶。可以退壶的是另一条。",
        "验壶归水壶法第13条，可以退壶归水壶法第11条。",
        "依据水壶法第13条验壶，依据水壶法第12条可以退壶。",
        "卖壶的人要证明（水壶法第13条），可以退壶。",
        "可以退壶\n\n水壶法第13条",
        "水壶法第12条说可以退，水壶法第13条说验壶。",
    ],
)
def test_words_of_another_sentence_or_citation_do_not(check, text: str) -> None:
    assert all(one["mistakes"] == [] for one in check(text))


def test_what_is_said_without_a_citation_is_told_once_with_its_sentence(report) -> None:
    answer = report("你好。店家说烧过水的一律不退！我不同意。他又说烧过水就不退。")
    (claim,) = answer["claims"]
    assert claim["text"] == "店家说烧过水的一律不退！" and [one["id"] for one in claim["mistakes"]] == ["once-boiled"]
    assert answer["found"] == [] and answer["corrected"] == ""


def test_what_rules_a_sign_out_rules_it_out(report) -> None:
    assert report("店家说烧过水的 7 日以后不退。")["claims"] == []


def test_the_corrected_text_names_the_article_that_the_words_are_of(report) -> None:
    answer = report("依据《水壶法》第十三条第二款，收到的壶可以退。")
    assert answer["corrected"] == "依据《水壶法》第十一条，收到的壶可以退。"
    assert [(one["was"], one["now"]) for one in answer["changes"]] == [
        ("《水壶法》第十三条第二款", "《水壶法》第十一条")
    ]
    assert answer["changes"][0]["why"] == "这句话说的是水壶法 第11条"


def test_a_short_name_is_written_out_unless_the_text_introduces_it(report) -> None:
    assert report("壶法第12条")["corrected"] == "《水壶法》第12条"
    assert report("《水壶法》（以下简称“壶法”）第11条，壶法第12条")["corrected"] == ""
    assert report("中华人民共和国水壶法第12条")["corrected"] == ""


def test_what_is_not_certain_gets_a_remark_and_stays(report) -> None:
    assert (
        report("壶法第11条第9款、第12条")["corrected"]
        == "《水壶法》第11条第9款[核对：第11条只有 2 款，没有第9款]、第12条"
    )
    assert report("旧水壶法第3条。")["corrected"] == "旧水壶法第3条[核对：自 2020-01-01 起不再适用，现在看《水壶法》]。"
    assert report("水壶法第12条：烧过的壶不能退")["corrected"] == "水壶法第12条[核对：七日内可以退]：烧过的壶不能退"
    assert report("《茶叶法》第1条")["corrected"] == "《茶叶法》第1条[核对：库里没有《茶叶法》]"


def test_a_text_that_is_right_has_nothing_corrected(report) -> None:
    answer = report("依据《水壶法》第11条第1款第3项和第12条。")
    assert answer["corrected"] == "" and answer["changes"] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "第" * 10_000,
        "水壶法第1条" * 2_000,
        "烧过水" * 4_000,
        "（" * 5_000 + "水壶法第13条",
        "水壶法第13条" + "）" * 5_000 + "可以退",
        "<script>alert(1)</script>水壶法第13条<b>可以退</b>",
        "\u202e水壶法第13条\u202c可以退\u2067",
        "\x00\x07水壶法\x00第13条\ud83d\ude00可以退\ufeff",
        "水壶法第９９９９９９９９９９条、水壶法第99999999999999999999条第0款",
        "水壶法第１３条，可以退",
        "水壶法第" + "9" * 10_000 + "条",
        "\ud800水壶法第13条可以退",
    ],
    ids=lambda text: f"{len(text)} {text[:8]!r}",
)
def test_whatever_is_pasted_is_answered_and_stays_as_it_was(report, text: str) -> None:
    answer = report(text)
    for one in (*answer["found"], *answer["changes"]):
        assert text[one["start"] : one["end"]] == one.get("text", one.get("was"))
    done, pieces = 0, []
    for one in answer["changes"]:
        pieces += [text[done : one["start"]], one["was"]]
        done = one["end"]
    assert "".join([*pieces, text[done:]]) == text


def test_full_width_numbers_are_read_and_written_as_figures(report) -> None:
    assert report("水壶法第１３条，可以退")["corrected"] == "水壶法第11条，可以退"


def test_a_text_beyond_all_measure_is_refused_with_a_sentence(report) -> None:
    assert report("退" * 200_001)["problem"]["says"] == "文字太长，一次最多核对 200,000 个字，请分几次。"


@pytest.mark.parametrize("library", [{}, {"statutes": [], "mistakes": [{}]}, {"statutes": [{"slug": 1}]}])
def test_a_library_that_is_not_whole_is_refused(library: dict) -> None:
    answer = json.loads(Session().answer(json.dumps({"do": "load", "library": library})))
    assert answer["problem"]["says"] == "法规库的数据不完整，请刷新页面。"
