"""What people type (tests/search/queries.txt), in the built site: each must bring its page among the first three."""

import functools
import http.server
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from waiting import until

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Query:
    typed: str
    page: str


def queries() -> Iterator[Query]:
    page = ""
    for line in (ROOT / "tests/search/queries.txt").read_text("utf-8").splitlines():
        if line.startswith(" "):
            yield Query(line.strip(), page)
        elif line and not line.startswith("#"):
            page = line


ALL = list(queries())


@pytest.fixture(scope="module")
def reader(browser: Browser, site: Path) -> Iterator[Page]:
    """A reader with the search open."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/index.html")
    page.click(".md-search__input")
    yield page
    page.close()
    server.shutdown()
    server.server_close()


def pages_found(page: Page, query: str) -> list[str]:
    """The pages of the results, best first; of an article, its place. Material searches when a key goes up."""
    page.fill(".md-search__input", "")
    page.press(".md-search__input", "End")
    until(page, "() => !document.querySelector('.md-search-result__item')")
    page.fill(".md-search__input", query)
    page.press(".md-search__input", "End")
    until(
        page,
        "() => document.querySelector('.md-search-result__item')"
        " || /没有找到|。$/.test(document.querySelector('.md-search-result__meta').textContent)",  # nothing is found
    )
    return page.eval_on_selector_all(
        ".md-search-result__item > a:first-child",
        "links => links.map((one) => one.pathname.slice(1).replace('.html', '') + decodeURIComponent(one.hash))",
    )


def says(page: Page, sentence: str) -> None:
    """Over the results, which may come a moment earlier."""
    expect(page.locator(".md-search-result__meta")).to_have_text(sentence)


def test_there_are_queries_enough_and_none_twice() -> None:
    assert len(ALL) >= 300 and len(set(ALL)) == len(ALL)


def test_every_tree_is_asked_for() -> None:
    asked = {one.page.removeprefix("trees/") for one in ALL if one.page.startswith("trees/")}
    assert asked == {path.parent.name for path in (ROOT / "trees").glob("*/tree.yml")}


@pytest.mark.parametrize("query", ALL, ids=lambda query: f"{query.typed} → {query.page}")
def test_a_query_brings_its_page_among_the_first_three(reader: Page, query: Query) -> None:
    found = list(dict.fromkeys(pages_found(reader, query.typed)))
    assert query.page in found[: 1 if "#" in query.page else 3]


def test_without_a_law_s_name_the_articles_of_that_number_the_most_cited_first(reader: Page) -> None:
    assert pages_found(reader, "55条")[:3] == [
        "law/consumer-protection-law-2013#a55",
        "law/civil-procedure-law-2023#a55",
        "law/advertising-law-2021#a55",
    ]


def test_a_name_that_several_laws_share_brings_the_article_of_each(reader: Page) -> None:
    assert set(pages_found(reader, "三包21")[:2]) == {
        "law/mobile-phone-three-guarantees-2001#a21",
        "law/microcomputer-three-guarantees-2002#a21",
    }


def test_a_result_shows_only_the_tags_that_were_asked_for(reader: Page) -> None:
    pages_found(reader, "冰箱")
    assert reader.locator(".md-search-result__item .md-tag").all_text_contents() == ["冰箱"]


def test_an_article_is_shown_with_its_law_and_what_it_says(reader: Page) -> None:
    pages_found(reader, "消法第24条")
    first = reader.locator(".md-search-result__item").first
    expect(first.locator("h1")).to_contain_text("消费者权益保护法 第24条")
    expect(first.locator("h2 + p, .md-search-result__teaser, article p").last).to_contain_text("退")
    assert len(set(first.locator("a").evaluate_all("all => all.map((one) => one.hash)"))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("ＡＰＰ", "app"), ("１２３１５", "12315"), ("7天无理由", "七天无理由"), ("消法第２４条", "消法第24条")],
)
def test_the_same_in_another_writing_finds_the_same(reader: Page, one: str, other: str) -> None:
    assert pages_found(reader, one) == pages_found(reader, other) != []


def test_a_word_behind_an_unknown_one_is_still_looked_for(reader: Page) -> None:
    """Material alone stops at the first word that its index does not have, and leaves out the last character."""
    alone = pages_found(reader, "小额诉讼")
    assert pages_found(reader, "魑魅魍魉小额诉讼") == alone != []
    says(reader, "没有“魑魅魍魉”这个词，下面找的是其余的字：")


def test_an_unknown_word_is_said_to_be_one_with_a_few_that_are_written_like_it(reader: Page) -> None:
    assert 0 < len(pages_found(reader, "屏闪")) <= 3
    says(reader, "没有“屏闪”这个词，也许你要找：")
    assert pages_found(reader, "魑魅魍魉") == ["trees/start", "index"]
    says(reader, "没有“魑魅魍魉”这个词，也许你要找：")
    pages_found(reader, "黑屏")
    expect(reader.locator(".md-search-result__meta")).to_contain_text("符合条件的结果")


def test_a_law_that_is_not_held_is_said_so(reader: Page) -> None:
    pages_found(reader, "食品安全法第148条")
    says(reader, "站内没有收“食品安全法第148条”。")
