"""A tree's page is complete without a script."""

import pytest
from pages import Element, body


@pytest.fixture(scope="module")
def page(written, tree) -> Element:
    return body(written[f"trees/{tree}.md"])


@pytest.fixture(scope="module")
def kettle(written) -> Element:
    return body(written["trees/kettle.md"])


def state(page: Element, id: str) -> Element:
    """The section in which a state stands."""
    at = page.one(id=id)
    while not at.has("data-state", True):
        at = at.parent
    return at


def test_every_state_has_an_address_in_a_section_of_its_node(page, tree, toy) -> None:
    for one in toy.unfolded[tree].states.values():
        assert state(page, one.id).attributes["data-node"] == one.node


def test_ids_are_unique(page) -> None:
    assert len(page.ids) == len(set(page.ids))


def test_every_link_within_the_page_leads_somewhere(page) -> None:
    links = [one.attributes["href"][1:] for one in page.all("a", href=True) if one.attributes["href"].startswith("#")]
    assert links and set(links) <= set(page.ids)


def test_every_link_to_another_page_leads_to_something_that_was_written(page, written) -> None:
    known = {path.removesuffix(".md") + ".html" for path in written if path.endswith(".md")} | {"index.html"}
    for link in page.all("a", href=True):
        path, _, anchor = link.attributes["href"].partition("#")
        if path.startswith(("tel:", "https:")):
            continue
        target = path.removeprefix("../") if path.startswith("../") else f"trees/{path}"
        assert not path or target in known
        if path and anchor:
            source = written[target.removesuffix(".html") + ".md"].decode()
            assert f'id="{anchor}"' in source or f"{{#{anchor}}}" in source, link.attributes


def test_each_question_links_every_answer_and_unsure(page, tree, toy) -> None:
    for one in toy.unfolded[tree].states.values():
        if one.edges:
            links = state(page, one.id).all("a", cls="choice")
            assert [link.attributes["data-answer"] for link in links] == [*(edge.id for edge in one.edges), "unsure"]
            assert {link.attributes["data-question"] for link in links} == {one.node}


def test_only_the_start_is_marked_as_such(page, tree, toy) -> None:
    assert page.one(data_start=True).attributes["id"] == toy.unfolded[tree].start


def test_unsure_tells_what_is_possible_and_what_decides(kettle) -> None:
    link = next(
        one for one in state(kettle, "repairs").all("a", cls="choice") if one.attributes["data-answer"] == "unsure"
    )
    section = state(kettle, link.attributes["href"][1:])
    assert section.has("cls", "several")
    assert [one.text for one in section.all("h3")] == ["可以争取", "比较弱", "没有依据"]
    shared, *ends = section.all("a", cls="choice")
    assert {one.text for one in ends} == {"退、换、修由你选", "可以修", "没有依据了"}
    assert "修过几次？" in section.one("p", cls="why").text
    assert shared.text == "先记住最早的期限"
    assert "收到水壶”那天的次日起算，7 天以内" in kettle.one("section", id=shared.attributes["href"][1:]).text


def test_what_the_unsure_share_stands_once_on_the_page(page) -> None:
    shared = [one for one in page.all("section", cls="state") if one.has("cls", "shared")]
    links = [
        one.attributes["href"][1:] for one in page.all("a", cls="choice") if one.attributes["href"][:8] == "#shared-"
    ]
    assert {one.attributes["id"] for one in shared} == {*links}
    assert len({one.text for one in shared}) == len(shared)


def test_ranges_are_told_in_words_and_merged_ones_as_one(kettle) -> None:
    received = state(kettle, "received.unwanted")
    assert [one.one("b").text for one in received.all("a", cls="choice")] == ["7 天以内", "超过 7 天", "不确定"]


def test_a_question_says_how_many_are_left(kettle) -> None:
    assert state(kettle, "what").one("p", cls="left").text == "还有 2 到 3 个问题"


def test_every_text_of_an_outcome_stands_on_its_page(kettle, toy) -> None:
    for outcome in toy.trees["kettle"].outcomes.values():
        shown = kettle.one("section", data_node=outcome.id).text
        for name, text in vars(outcome).items():
            if isinstance(text, str) and name not in ("id", "standing"):
                assert text in shown, f"write/outcome_section.py does not show `{name}` of the outcome {outcome.id}"


def test_an_outcome_says_all_that_its_author_said(kettle, toy) -> None:
    outcome = toy.project.trees["kettle"].outcomes["refund"]
    text = kettle.one("section", data_node="refund").text
    for wanted in (
        outcome.title,
        outcome.says,
        "退壶",
        "换壶",
        "赔茶叶",
        "店家证明壶是好的",
        "商家要证明",
        "“你自己摔的”",
        "请拿出证据",
        "找店家",
        "“烧过水就不能退”",
        "可以主张",
        "条文写明",
        "水壶法 第12条",
    ):
        assert wanted in text


def test_what_an_article_says_stands_once_and_outcomes_lead_to_it(kettle) -> None:
    (link,) = [
        one for one in kettle.one("section", data_node="refund").all("a", data_gist=True) if "第12条" in one.text
    ]
    entry = kettle.one("li", id=link.attributes["href"][1:])
    assert "一年内坏了应当修。" in entry.text and entry.parent.parent.attributes["id"] == "articles"


def test_the_rule_of_a_deadline_stands_in_words(kettle) -> None:
    rules = [
        one.one("p", cls="rule").text for one in kettle.one("section", data_node="refund").all(data_deadline="stall")
    ]
    assert rules == ["从“提出”期满那天再过 3 天的次日起算，满 2 个工作日以后"]


def test_the_script_finds_its_slots(kettle) -> None:
    outcome = kettle.one("section", data_node="return-it")
    assert outcome.one(data_deadline="claim").one(data_slot=True)
    assert outcome.one(data_slot="what-if").has("hidden", True)


def test_a_standing_is_told_in_words(kettle) -> None:
    for section in kettle.all("section", cls="outcome"):
        assert section.all("p", cls="standing")[0].text in ("依据明确", "可以争取", "比较弱", "没有依据")


def test_an_outcome_says_on_what_day_the_law_stood_and_that_it_is_no_advice(kettle) -> None:
    foot = kettle.one("p", cls="foot").text
    assert "2026-11-21" in foot and "仅供参考，不是法律意见" in foot


def test_a_handover_leads_to_the_state_of_the_other_tree(written, toy) -> None:
    for id in toy.unfolded:
        for link in body(written[f"trees/{id}.md"]).all("a", data_handover=True):
            other, _, anchor = link.attributes["href"].partition(".html#")
            assert other == link.attributes["data-handover"] and anchor in toy.unfolded[other].states
