"""The pages of channels, evidence and mistakes: what can be surveyed, where it can be tapped, and what opens."""

import re
from collections.abc import Callable

import pytest
from pages import Element, read

from minglu import pipeline
from minglu.resolve.model import Mistake
from minglu.write import write
from minglu.write.html import Prose
from minglu.write.knowledge_pages import grouped

Page = Callable[[str], Element]


@pytest.fixture
def page(written) -> Page:
    """The HTML of a page; its Markdown headings are left out."""
    return lambda path: html_of(written[path])


def html_of(source: bytes) -> Element:
    return read("".join(re.findall(r"^<div class=\"minglu\">.*?</div>$", source.decode(), re.MULTILINE | re.DOTALL)))


def test_every_entry_has_an_address(page: Page, toy) -> None:
    library = toy.project.library
    assert page("channels.md").ids == list(library.channels)
    assert page("evidence.md").ids == list(library.evidence)
    assert page("mistakes.md").ids == list(library.mistakes)


def test_an_entry_is_folded_under_its_title(page: Page) -> None:
    for path in ("evidence.md", "mistakes.md"):
        for entry in page(path).one("ul", cls="entries").all("details", cls="entry"):
            assert entry.one("summary").one("h3", id=True) and not entry.has("open", True)


def test_an_entry_says_which_outcomes_use_it(page: Page) -> None:
    assert (
        "trees/kettle.html#" in page("mistakes.md").one("details").one("p", cls="uses").all("a")[0].attributes["href"]
    )


def test_what_a_piece_of_evidence_proves_is_seen_without_opening_it(page: Page) -> None:
    assert [one.text for one in page("evidence.md").all("summary")] == ["订单证明哪天买的", "视频证明壶坏了"]


def test_each_channel_stands_in_the_list_with_how_to_reach_it(page: Page, toy) -> None:
    rows = page("channels.md").one("ul", cls="entries").children
    assert [row.one("h3").one("a").attributes["href"] for row in rows] == [
        f"channels/{id}.html" for id in toy.project.library.channels
    ]
    assert rows[0].one("ul", cls="reach").all("a")[0].attributes["href"] == "tel:010-12345"


def test_a_channel_s_page_begins_with_where_to_go(page: Page) -> None:
    shop = page("channels/shop.md")
    assert [one.attributes["id"] for one in shop.all("h2")] == ["where", "can"]
    ways = shop.one("ul", cls="reach").all("a")
    assert [one.attributes["href"] for one in ways] == ["tel:010-12345", "https://shop.example/kettles/"]
    assert page("channels/court.md").one("details").one("summary").text == "要多少钱"


def test_what_relies_on_an_article_leads_to_the_channel_s_page(written) -> None:
    section = written["law/kettle-law-2020.md"].decode().split("{#a11}")[1].split("## ")[0]
    assert 'href="../channels/shop.html"' in section


def test_an_outcome_leads_to_the_channel_s_page(written) -> None:
    assert 'href="../channels/court.html"' in written["trees/kettle.md"].decode()


def test_groups_have_headings_and_a_list_of_contents(toy_files) -> None:
    text = toy_files["trees/mistakes.yml"].decode().replace("  title:", "  group: 壶\n  title:", 1)
    done, found = pipeline.check(toy_files | {"trees/mistakes.yml": text.encode()})
    assert found == []
    page = write(done)["mistakes.md"]
    assert "\n## 壶 {#group-1}\n" in page.decode()
    (link,) = html_of(page).one("ul", cls="contents").all("a")
    assert (link.attributes["href"], link.text) == ("#group-1", "壶 1")


def test_an_entry_goes_with_the_group_before_it() -> None:
    def one(id: str, group: str) -> Mistake:
        return Mistake(id, id, "", (), "", (), group, None, ())  # type: ignore[arg-type]

    entries = [one("a", ""), one("b", "壶"), one("c", ""), one("d", "茶")]
    assert [(name, [each.id for each in some]) for name, some in grouped(entries)] == [
        ("", ["a"]),
        ("壶", ["b", "c"]),
        ("茶", ["d"]),
    ]


def test_without_groups_there_is_no_list_of_contents(page: Page) -> None:
    assert page("evidence.md").all("ul", cls="contents") == []


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("起火先打 119", ["119"]),
        ("报119、120。", ["119", "120"]),
        ("打 12345 或 12315，问归谁管", ["12345", "12315"]),
        ("**打 110**", ["110"]),
        ("[打 119](tel:119)", ["119"]),
        ("12315 投诉", []),
        ("打 1190", []),
        ("打 8 折", []),
        ("报 120 元", []),
    ],
)
def test_a_number_that_one_is_told_to_call_can_be_tapped(text: str, dialled: list[str]) -> None:
    links = read(Prose().paragraphs(text)).all("a")
    assert [one.attributes["href"] for one in links] == [f"tel:{number}" for number in dialled]
    assert [one.text.removeprefix("打 ") for one in links] == dialled
