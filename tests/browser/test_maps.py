"""The picture of a tree and its certificate, in the built site."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

ONE = "quality-defect"
TREES = sorted(path.parent.name for path in (Path(__file__).parents[2] / "trees").glob("*/tree.yml"))
PHONE, DESK = {"width": 375, "height": 812}, {"width": 1280, "height": 900}
WAY = (
    "danger=none&device=phone&source=new&reported=2026-11-16&received=2026-11-12"
    "&bought=platform&cause=none&invoiced=2026-11-12&price=unsure"
)
NODES = [*re.findall(r"([a-z]+)=", WAY), "choose"]


@pytest.fixture
def page(browser: Browser):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    yield page
    assert page.errors == []
    context.close()


WORDS_OUTSIDE = """(all) => all.filter((one) => {
  const [box, text] = ["rect", "text"].map((tag) => one.querySelector(tag).getBBox());
  const across = text.x < box.x || text.x + text.width > box.x + box.width;
  return across || text.y < box.y || text.y + text.height > box.y + box.height;
}).map((one) => one.textContent)"""
"""The words of the nodes whose text does not fit."""


def lit(page: Page) -> list[str]:
    return page.eval_on_selector_all("svg .node.on", "all => all.map((one) => one.dataset.node)")


def lit_edges(page: Page) -> set[tuple[str, str]]:
    return {
        tuple(pair)
        for pair in page.eval_on_selector_all(
            "svg .edge.on", "all => all.map((one) => [one.dataset.from, one.dataset.to])"
        )
    }


def test_the_picture_of_the_largest_tree_is_small_enough(site: Path) -> None:
    for id in TREES:
        (svg,) = re.findall(r"<svg viewBox=.*?</svg>", (site / f"maps/{id}.html").read_text(), re.DOTALL)
        assert len(svg.encode()) < 150_000, id


def test_the_style_of_the_picture_comes_with_its_page_alone(page: Page, site: Path, serve) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{serve(site).url}trees/{ONE}.html")
    expect(page.locator("tree-walk[ready]")).to_be_attached()
    assert not [url for url in asked if "/maps." in url]
    page.evaluate("window.kept = true")
    page.get_by_role("link", name="全图与证明").first.click()
    expect(page.locator(".map")).to_have_css("overflow", "auto")
    assert page.evaluate("window.kept") and [url for url in asked if "/maps." in url and url.endswith(".css")]


@pytest.mark.parametrize("id", TREES)
def test_every_link_of_a_picture_leads_to_a_section(site: Path, id: str) -> None:
    links = re.findall(r'xlink:href="\.\./(trees/[a-z-]+\.html)#([^"]+)"', (site / f"maps/{id}.html").read_text())
    assert (
        links and [(path, anchor) for path, anchor in links if f'id="{anchor}"' not in (site / path).read_text()] == []
    )


@pytest.mark.parametrize("id", TREES)
def test_the_words_stand_inside_their_boxes(page: Page, site: Path, serve, id: str) -> None:
    page.goto(f"{serve(site).url}maps/{id}.html")
    outside = page.eval_on_selector_all("svg .node", WORDS_OUTSIDE)
    assert outside == []


def test_the_way_walked_is_lit_up_and_leads_back_into_the_walk(page: Page, site: Path, serve) -> None:
    """By taps, in one document: Python is not loaded anew."""
    page.goto(f"{serve(site).url}trees/{ONE}.html")
    page.evaluate("() => { window.sameDocument = true; }")
    for answer in ("none", "phone", "new"):
        page.click(f".state.here a[data-answer={answer}]")
    page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    page.click("a[data-map]")
    page.wait_for_selector("svg .node.on")
    assert page.evaluate("() => scrollY") == 0, "the picture is seen at once, wherever the page before was scrolled to"
    assert lit(page) == ["danger", "device", "source", "reported"]
    assert lit_edges(page) == {("danger", "device"), ("device", "source"), ("source", "reported")}
    assert page.get_attribute("svg .node[aria-current]", "data-node") == "reported"
    assert page.eval_on_selector_all(".outline .node.on", "all => all.length") == 4
    page.click("svg .node[data-node=source]")
    page.wait_for_selector(".state.here")
    assert page.get_attribute(".state.here", "data-node") == "source"
    assert page.locator(".road li").count() == 2
    page.click(".state.here a[data-answer=new]")
    assert page.get_attribute(".state.here", "data-node") == "reported"
    assert page.evaluate("() => window.sameDocument")


def test_exact_days_are_lit_up_as_well(page: Page, site: Path, serve) -> None:
    page.goto(f"{serve(site).url}trees/{ONE}.html#a=1&{WAY}")
    page.wait_for_selector(".state.here[data-node=choose]", timeout=60_000)
    page.click("a[data-map]")
    page.wait_for_selector("svg .node.on")
    assert sorted(lit(page)) == sorted(NODES)
    assert lit_edges(page) == {*pairwise(NODES)}
    box, here = page.locator(".map").bounding_box(), page.locator("svg .node[data-node=choose]").bounding_box()
    assert box["x"] <= here["x"] and here["x"] + here["width"] <= box["x"] + box["width"]
    assert box["y"] <= here["y"] and here["y"] + here["height"] <= box["y"] + box["height"]


def test_a_link_from_another_version_lights_up_what_there_is(page: Page, site: Path, serve) -> None:
    page.goto(f"{serve(site).url}maps/{ONE}.html#a=1&v=00000000&danger=none&gone=x&device=phone&AT=nowhere")
    assert lit(page) == ["danger", "device"]
    page.goto(f"{serve(site).url}maps/{ONE}.html#words")
    assert lit(page) == []


def test_on_a_phone_the_picture_scrolls_in_its_own_box_and_begins_at_the_first_question(
    page: Page, site: Path, serve
) -> None:
    page.goto(f"{serve(site).url}maps/{ONE}.html")
    box, start = page.locator(".map").bounding_box(), page.locator("#first-question").bounding_box()
    assert box["x"] <= start["x"] and start["x"] + start["width"] <= box["x"] + box["width"]
    assert page.evaluate("() => document.documentElement.scrollWidth") == 375
    assert page.eval_on_selector(".map", "box => box.scrollWidth > box.clientWidth")


def test_without_scripts_the_picture_is_there_and_its_links_work(browser: Browser, site: Path, serve) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{serve(site).url}maps/{ONE}.html")
    page.click("a[href='#first-question']")
    box, start = page.locator(".map").bounding_box(), page.locator("#first-question").bounding_box()
    assert box["x"] <= start["x"] and start["x"] + start["width"] <= box["x"] + box["width"]
    page.click("#first-question")
    page.wait_for_url(f"**/trees/{ONE}.html#danger")
    context.close()


def test_by_keyboard_the_nodes_come_in_reading_order_and_open(page: Page, site: Path, serve) -> None:
    page.set_viewport_size(DESK)
    page.goto(f"{serve(site).url}maps/{ONE}.html")
    page.focus(".map")
    names = []
    for _ in range(4):
        page.keyboard.press("Tab")
        names.append(page.evaluate("() => document.activeElement.getAttribute('aria-label')"))
    assert names[0].startswith("第一个问题：") and names == page.eval_on_selector_all(
        "svg .node", "all => all.slice(0, 4).map((one) => one.getAttribute('aria-label'))"
    )
    assert page.eval_on_selector_all("svg .edge.near", "all => all.length") > 1
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/trees/{ONE}.html#*")


@pytest.mark.parametrize("way", ["", f"#a=1&{WAY}&AT=choose"], ids=["plain", "walked"])
def test_the_node_in_focus_is_told_from_all_others(page: Page, site: Path, serve, way: str) -> None:
    page.goto(f"{serve(site).url}maps/{ONE}.html{way}")
    drawn = "all => all.map((one) => ['stroke', 'strokeWidth'].map((name) => getComputedStyle(one)[name]).join())"
    others = page.eval_on_selector_all("svg .node rect", drawn)
    page.focus(".map")
    page.keyboard.press("Tab")
    assert page.eval_on_selector_all("svg .node:focus-visible rect", drawn)[0] not in others


def test_on_paper_the_whole_picture_stands_on_one_sheet(page: Page, site: Path, serve) -> None:
    page.goto(f"{serve(site).url}maps/{ONE}.html")
    page.set_viewport_size({"width": 703, "height": 1032})  # A4 without its margins
    page.emulate_media(media="print")
    cut, height = page.eval_on_selector(".map", "box => [box.scrollWidth - box.clientWidth, box.offsetHeight]")
    assert cut == 0 and height <= 1032


def test_the_certificate_stands_on_the_page_and_beside_it(page: Page, site: Path, serve) -> None:
    page.goto(f"{serve(site).url}maps/{ONE}.html")
    told = json.loads((site / f"assets/minglu/certificates/{ONE}.json").read_text())
    assert told["version"] in page.inner_text("#proof ~ .facts")
    with page.expect_response("**/certificates/*.json") as response:
        page.click("a[href$='.json']")
    assert response.value.status == 200


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("way", ["", f"#a=1&{WAY}&AT=choose"], ids=["plain", "walked"])
def test_axe_finds_nothing(browser: Browser, site: Path, serve, scheme: str, way: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_context(viewport=PHONE, color_scheme=scheme).new_page()
    page.goto(f"{serve(site).url}maps/{ONE}.html{way}")
    page.wait_for_timeout(300)
    found = Axe().run(page, context=".md-content", options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]})
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found.response["violations"]] == []
    page.context.close()
