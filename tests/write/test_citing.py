"""Citations in Markdown that people write."""

import pytest
from markdown import Markdown
from pages import read

from minglu.write import documents
from minglu.write.citing import Citations


@pytest.fixture
def citing(toy) -> Citations:
    library = toy.project.library
    return Citations(library.names, library.statutes, lambda one: f"law/{one.statute}.md#a{one.article}")


def html(source: str, citing: Citations):
    return read(Markdown(extensions=["tables", "fenced_code", "toc", citing]).convert(source))


def links(source: str, citing: Citations) -> list[tuple[str, str]]:
    return [(one.text, one.attributes["href"]) for one in html(source, citing).all("a")]


def test_a_citation_becomes_a_link_with_the_gist_as_its_tooltip(citing) -> None:
    page = html("七日内可以退（水壶法第11条），坏了另说。", citing)
    link = page.one("a")
    assert (link.text, link.attributes["href"]) == ("水壶法第11条", "law/kettle-law-2020.md#a11")
    assert "收到七日内可以退壶" in link.attributes["title"]
    assert page.text.strip() == "七日内可以退（水壶法第11条），坏了另说。"


def test_citations_of_a_list_are_links_of_their_own(citing) -> None:
    assert [href for _, href in links("见水壶法第11、12条。", citing)] == [
        "law/kettle-law-2020.md#a11",
        "law/kettle-law-2020.md#a12",
    ]


@pytest.mark.parametrize(
    "source",
    [
        "**水壶法第11条**",
        "- 水壶法第11条",
        "| a |\n|---|\n| 水壶法第11条 |",
        "*先* 水壶法第11条 **后**",
        "> 水壶法第11条",
    ],
)
def test_in_emphasis_lists_and_tables_too(source: str, citing) -> None:
    assert links(source, citing) == [("水壶法第11条", "law/kettle-law-2020.md#a11")]


@pytest.mark.parametrize(
    "source",
    [
        "`水壶法第99条`",
        "```\n水壶法第99条\n```",
        "    水壶法第99条",
        "[水壶法第99条](x.md)",
        "<!-- 水壶法第99条 -->",
        "<div>水壶法第99条</div>",
        "# 水壶法第99条",
    ],
)
def test_code_links_headings_and_html_stay_as_they_are(source: str, citing) -> None:
    assert all(href == "x.md" for _, href in links(source, citing))
    assert citing.unknown == []


def test_one_that_the_library_does_not_hold_is_noted_and_left_alone(citing) -> None:
    assert links("水壶法第99条、水壶法第11条", citing) == [("水壶法第11条", "law/kettle-law-2020.md#a11")]
    assert [one.text for one in citing.unknown] == ["水壶法第99条"]


def check(source: str, citing: Citations, files: dict[str, bytes] | None = None) -> list[tuple[str, int, int, str]]:
    found = documents.check_documents(
        {"docs/page.md": source}, files or {}, citing, as_of="2026-11-21", extensions=["fenced_code"], configs={}
    )
    return [(one.at.file, one.at.line, one.at.column, one.rule) for one in found]


def test_what_is_not_held_is_told_with_its_place(citing) -> None:
    source = (
        "---\ntitle: 水壶法第99条\n---\n\n# 页\n\n`水壶法第99条` 是代码。\n\n"
        "写了**水壶法第99条**，又写\n水壶法第99条。\n"
    )
    assert check(source, citing) == [("docs/page.md", 9, 5, "citations"), ("docs/page.md", 10, 1, "citations")]


def test_an_unknown_law_is_told_too(citing) -> None:
    assert check("依据《茶壶法》第3条。", citing) == [("docs/page.md", 1, 3, "citations")]


def test_one_that_no_longer_applies_is_told_with_what_replaced_it(citing) -> None:
    """Code and comments are no citations; what the article was before stands on its own page only."""
    source = "`旧水壶法第3条` 不算，水壶法第11条还在，<!-- 旧水壶法第3条 -->\n**旧水壶法第3条**不在了。"
    assert check(source, citing) == [("docs/page.md", 2, 3, "cited")]
    (one,) = documents.check_documents(
        {"docs/page.md": source}, {}, citing, as_of="2026-11-21", extensions=[], configs={}
    )
    assert (one.says.zh, one.help.zh) == ("旧水壶法第3条自 2020-01-01 起不再适用", "改引水壶法")
    assert not documents.check_documents(
        {"docs/page.md": "旧水壶法第3条"}, {}, citing, as_of="2019-12-31", extensions=[], configs={}
    )


def test_a_placeholder_that_nothing_fills_is_told(citing) -> None:
    assert check("一\n\n<!-- minglu:tres -->", citing, {"fragments/trees.html": b"<div></div>"}) == [
        ("docs/page.md", 3, 1, "placeholders")
    ]


def test_a_page_without_slips_is_silent(citing) -> None:
    assert check("水壶法第11条\n\n<!-- minglu:trees -->", citing, {"fragments/trees.html": b"<div></div>"}) == []
