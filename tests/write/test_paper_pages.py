"""Pages of papers: what is printed and filled in by hand."""

import re

from minglu.engine.document import Line, Run
from minglu.write import write
from minglu.write.cross_references import Site
from minglu.write.links import Pen
from minglu.write.paper_pages import line_html, paper_page


def test_a_gap_is_a_line_with_its_name_behind_it_unless_that_stands_before_it() -> None:
    def shown(*runs: Run, row: str = "") -> str:
        return line_html(Line(runs), row)

    gap = Run("姓名", gap=True)
    assert shown(Run("姓名："), gap) == "姓名：＿＿＿＿＿＿＿＿"
    assert shown(gap, row="姓名") == "＿＿＿＿＿＿＿＿"
    assert shown(Run("买受人："), gap) == "买受人：＿＿＿＿＿＿＿＿"
    assert shown(Run("致："), gap) == "致：＿＿＿＿＿＿＿＿<small>（姓名）</small>"
    assert shown(Run("向"), gap, Run("购买")) == "向＿＿＿＿＿＿＿＿<small>（姓名）</small>购买"
    assert shown(gap, gap) == "＿＿＿＿＿＿＿＿<small>（姓名）</small>＿＿＿＿＿＿＿＿"
    assert shown(Run("<b>"), Run("<i>", gap=True)) == "&lt;b&gt;＿＿＿＿＿＿＿＿<small>（&lt;i&gt;）</small>"


def test_a_page_prints_the_paper_with_nothing_filled_in(toy) -> None:
    (paper,) = toy.project.papers.values()
    page = paper_page(paper, Pen(Site(toy), "../"), style="paper.css")
    assert "☑" not in page and "【" not in page and page.count("□") == 6
    assert "自己拟的，只供试验。" in page and 'href="../law/kettle-law-2020.html#a11"' in page
    assert re.search(r"<details class=\"entry\"><summary><h2 id=\"notes\">", page)


def test_the_list_leads_to_each_and_has_a_place_for_the_script(toy) -> None:
    page = write(toy)["papers.md"].decode()
    assert "<minglu-papers hidden>" in page and 'href="papers/plea.html"' in page
