"""The outcomes of a tree's built page, apart from its questions."""

import json

import pytest

from minglu.write.outcomes_apart import parted_page, put_outcomes_apart

PAGE = "".join(
    (
        "<html><head><title>水壶</title></head><body><header><h1>水壶</h1></header>",
        '<tree-walk tree="kettle"><section class="state question" id="what">',
        '<a data-answer="a" href="#refund.y1">坏了</a></section>',
        '<noscript><section class="state question" id="when"><a href="#what">回去</a>',
        '<a href="#refund.y2">早</a></section>',
        '\n<section class="state outcome" id="refund" data-node="refund">',
        '<i class="at" id="refund.y1"></i><i class="at" id="refund.y2"></i>',
        '<p class="standing clear">依据明确</p><h2 id="refund:">退</h2>',
        '<p>里面 <a href="#what">重来</a> <a href="#gist-1">条</a></p></section>',
        '\n<section class="state articles" id="articles"><ul><li id="gist-1">第一条</li></ul></section></noscript>',
        '<template>{"a": "<"}</template></tree-walk><footer></footer></body></html>',
    )
)


@pytest.fixture
def parted():
    made = parted_page(PAGE, "kettle.html")
    assert made
    return made


def test_the_page_keeps_of_an_outcome_its_anchors_its_standing_and_its_heading(parted) -> None:
    assert '<section class="state apart" id="refund"' in parted.page
    assert all(text in parted.page for text in ('id="refund.y2"', "依据明确", ">退</h2>"))
    assert '<a href="kettle.outcomes.html#refund">' in parted.page
    assert "里面" not in parted.page and "第一条" not in parted.page


def test_answers_lead_to_the_page_of_the_outcomes_and_other_links_stay(parted) -> None:
    assert '<a data-answer="a" href="kettle.outcomes.html#refund.y1">' in parted.page
    assert '<a href="kettle.outcomes.html#refund.y2">早</a>' in parted.page
    assert '<a href="#what">回去</a>' in parted.page


def test_the_page_of_the_outcomes_has_them_whole_and_leads_back(parted) -> None:
    assert parted.other_name == "kettle.outcomes.html"
    assert "<title>全部结论：水壶</title>" in parted.other and "<h1>水壶</h1>" in parted.other
    assert '里面 <a href="kettle.html#what">重来</a> <a href="#gist-1">条</a>' in parted.other
    assert '<a href="#refund">退</a>' in parted.other and "data-answer" not in parted.other


def test_the_script_holds_the_very_sections(parted) -> None:
    begin, _, text = parted.script.partition("] = ")
    assert json.loads(begin.rpartition("[")[2]) == parted.script_name
    assert json.loads(text.rstrip().removesuffix(";")) in PAGE
    assert parted_page(PAGE.replace("里面", "别的"), "kettle.html").script_name != parted.script_name


def test_in_a_folder_of_its_own_the_page_leads_back_to_the_folder() -> None:
    made = parted_page(PAGE, "index.html")
    assert made and made.other_name == "outcomes.html" and '<a href="./#what">重来</a>' in made.other
    assert 'href="outcomes.html#refund.y1"' in made.page


@pytest.mark.parametrize(
    "page",
    [
        PAGE.replace("<noscript>", "<noscript x>"),
        PAGE.replace("state outcome", "x").replace("state articles", "x"),
        PAGE.replace('<h2 id="refund:">退</h2>', ""),
        "<p>",
    ],
)
def test_a_page_that_is_not_as_we_make_it_stays_whole(page: str, tmp_path) -> None:
    assert parted_page(page, "kettle.html") is None
    (tmp_path / "kettle.html").write_text(page, "utf-8")
    put_outcomes_apart(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["kettle.html"]
    assert (tmp_path / "kettle.html").read_text("utf-8") == page
