"""Each script and style that a tree's page names, missing, cut in half or of another version: every link still works
and no answer is lost. And what the script keeps in the document.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from test_site import FIRST, PHONE, TREE, TREES

WIDGET = "assets/minglu/walks.js"
"""The script of the walks."""

OF_EVERY_PAGE = "assets/minglu/minglu.js"
FILES = (
    "assets/stylesheets/main.min.css",
    "assets/stylesheets/palette.min.css",
    "assets/minglu/old-browsers.js",
    "assets/minglu/pages.js",
    "assets/minglu/walk.css",
    "assets/minglu/look.css",
    "assets/minglu/minglu.css",
    "assets/minglu/cases.css",
    "assets/minglu/search.js",
    "assets/javascripts/bundle.min.js",
    OF_EVERY_PAGE,
    WIDGET,
)
"""By their plain names."""

MOST = 600
"""Elements in the document of a browser with scripts."""


def named_files(site: Path) -> dict[str, str]:
    """What the built page loads: where it stands, by its plain name."""
    page = (site / TREE).read_text("utf-8")
    found = re.findall(
        r'<script src="\.\./([^"]+)"|<link rel="stylesheet" href="\.\./([^"]+)"'
        r'|<tree-walk [^>]*><link [^>]*href="\.\./([^"]+)"',
        page,
    )
    paths = ["".join(one) for one in found]
    return {re.sub(r"\.[0-9a-f]{8}(?=\.)", "", path): path for path in paths}


def test_these_are_all_the_files_that_the_page_names(site: Path) -> None:
    assert tuple(sorted(named_files(site))) == tuple(sorted(FILES))


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


def of_another_version(path: str, body: str) -> str:
    """A style with other classes; the widget for a page with other data; another script that stops at once."""
    if path.endswith(".css"):
        return body.replace(".state", ".place").replace(".here", ".now").replace("tree-walk", "walk-tree")
    return body.replace(".states", ".places") if "/walks." in path else 'throw new Error("another version");'


def spoil(page: Page, site: Path, path: str, how: str) -> None:
    body = (site / path).read_text("utf-8")
    other = body[: len(body) // 2] if how == "cut" else of_another_version(path, body)
    kind = "text/css" if path.endswith(".css") else "text/javascript"

    def answer(route: Route) -> None:
        if how == "missing":
            route.fulfill(status=404)
        else:
            route.fulfill(body=other, content_type=kind)

    page.route(f"**/{path}", answer)


def tap(page: Page, question: str, answer: str) -> None:
    """As a finger does: after what scrolling moves has moved. Without the theme's style its header jumps then."""
    link = page.locator(f".state:visible a[data-question='{question}'][data-answer='{answer}']:visible").first
    link.scroll_into_view_if_needed()
    link.evaluate("() => new Promise((done) => setTimeout(done, 200))")
    link.click()


def walks_by_links(page: Page) -> None:
    """A few answers, then the first range that is offered: each is in the address, or leads to the state that follows
    from all before it.
    """
    for question, answer in FIRST:
        tap(page, question, answer)
    page.locator(".state[data-node=reported]:visible a[data-question=reported]:not(.unsure)").first.click()
    page.locator(".state[data-node=received]:visible").wait_for()
    if "#a=1" in page.url:
        assert all(f"{question}={answer}" in page.url for question, answer in FIRST)
        expect(page.locator(".road li")).to_have_count(len(FIRST) + 1)
    else:
        state = unquote(page.url.partition("#")[2])
        shown = page.locator(".state[data-node=received]:visible")
        assert shown.get_attribute("id") == state
        expect(shown.locator(".known")).to_contain_text("手机")


@pytest.mark.parametrize("how", ["missing", "cut", "other"])
@pytest.mark.parametrize("plain", [one for one in FILES if one != "assets/minglu/cases.css"])
def test_with_a_file_spoiled_every_link_works_and_no_answer_is_lost(
    reader: Page, site: Path, serve, plain: str, how: str
) -> None:
    spoil(reader, site, named_files(site)[plain], how)
    reader.goto(serve(site).url + TREE, wait_until="load")
    walks_by_links(reader)
    if plain == WIDGET and how != "other":
        assert "#a=1" not in reader.url, "the widget was there"
    elif plain not in (WIDGET, "assets/minglu/old-browsers.js"):
        assert "#a=1" in reader.url, "the walk needs this file"


@pytest.mark.parametrize("how", ["missing", "cut", "other"])
def test_without_the_style_of_the_cases_every_section_is_read_one_after_the_other(
    reader: Page, site: Path, serve, how: str
) -> None:
    """Neither it nor the widget: the links lead down the page, which is a thousand screens long and slow to draw."""
    for plain in ("assets/minglu/cases.css", WIDGET):
        spoil(reader, site, named_files(site)[plain], how if plain != WIDGET else "missing")
    reader.goto(serve(site).url + TREE)
    reader.locator(".rest .state").nth(100).wait_for(state="attached")
    ids = reader.eval_on_selector_all(  # Material may have made full addresses of them
        ".state a[href*='#']",
        """all => all.filter((one) => one.pathname === location.pathname)
          .map((one) => decodeURIComponent(one.hash.slice(1)))""",
    )
    assert len(ids) > 300
    assert reader.evaluate("ids => ids.filter((id) => !document.getElementById(id))", ids) == []
    reader.locator(".state a[data-question=danger][data-answer=none]").first.click()
    expect(reader.locator(f"[id='{reader.url.partition('#')[2]}']")).to_be_in_viewport(timeout=60_000)


@pytest.mark.parametrize("how", ["missing", "cut", "other"])
def test_with_the_widget_the_style_of_the_cases_is_not_needed_for_a_walk(reader, site, serve, how) -> None:
    spoil(reader, site, named_files(site)["assets/minglu/cases.css"], how)
    reader.goto(serve(site).url + TREE)
    walks_by_links(reader)


# ---- the widget's own script


def test_where_the_widget_is_missing_all_sections_stand_at_once(reader: Page, site: Path, serve) -> None:
    spoil(reader, site, named_files(site)[WIDGET], "missing")
    reader.goto(serve(site).url + TREE, wait_until="load")
    expect(reader.locator("tree-walk > .notice")).to_contain_text("没有加载成功")
    assert reader.locator(".rest .state").count() > 50


def test_a_place_named_by_the_address_is_shown_where_the_widget_is_missing(reader: Page, site: Path, serve) -> None:
    spoil(reader, site, named_files(site)[WIDGET], "missing")
    page = (site / TREE).read_text("utf-8")
    (place,) = re.findall(r'<section class="state question" id="([^"]+)"[^>]*data-node="source"', page)[:1]
    reader.goto(f"{serve(site).url}{TREE}#{place}")
    expect(reader.locator(f"[id='{place}']")).to_be_visible()
    assert reader.locator(".state:visible").count() == 1


@pytest.fixture
def late(reader: Page, site: Path, serve) -> Callable[[], None]:
    """The page is on its way, and its widget comes when this is called."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    reader.route(f"**/{named_files(site)[WIDGET]}", hold)
    reader.goto(serve(site).url + TREE, wait_until="commit")
    reader.wait_for_selector("tree-walk > template", state="attached")

    def come() -> None:
        (route,) = held
        route.continue_()
        reader.wait_for_selector("tree-walk[ready] .state.here")

    return come


def stands(page: Page, place: str, *answers: tuple[str, str]) -> None:
    """The widget shows the place, with these answers on the road and in the address, in their order."""
    expect(page.locator(".state.here")).to_have_attribute("id", place)
    road = page.eval_on_selector_all(".road [data-change]", "all => all.map((one) => one.dataset.change)")
    assert road == [question for question, _ in answers]
    assert "&".join("=".join(answer) for answer in answers) in page.url


def test_a_widget_that_does_not_answer_is_not_waited_for_and_takes_over_when_it_comes(reader: Page, late) -> None:
    expect(reader.locator(".rest .state").first).to_be_attached(timeout=8_000)
    for question, answer in FIRST:
        tap(reader, question, answer)
    place = unquote(reader.url.partition("#")[2])
    expect(reader.locator(f"[id='{place}']")).to_be_visible()
    late()
    stands(reader, place, *FIRST)
    assert reader.locator(".rest, tree-walk > .notice").count() == 0
    assert elements(reader) <= MOST


def test_what_was_tapped_before_the_widget_came_is_answered(reader: Page, late) -> None:
    """Back, another answer, and Back again: what leads to where the reader stands."""
    for question, answer in FIRST:
        tap(reader, question, answer)
    reader.go_back(wait_until="commit")
    reader.go_back(wait_until="commit")
    tap(reader, "device", "computer")
    tap(reader, "source", "new")
    reader.go_back(wait_until="commit")
    place = unquote(reader.url.partition("#")[2])
    late()
    stands(reader, place, ("danger", "none"), ("device", "computer"))
    tap(reader, "source", "new")
    stands(reader, "reported.computer.new", ("danger", "none"), ("device", "computer"), ("source", "new"))


def test_where_the_widget_comes_late_what_all_ends_share_is_unfolded_all_the_same(
    reader: Page, site: Path, serve
) -> None:
    """The sections are back in the page when Material starts, which makes full addresses of their links."""
    held: dict[str, Route] = {}

    def hold(route: Route) -> None:
        held["walks" if WIDGET[:-3] in route.request.url else "theme"] = route

    for plain in (WIDGET, "assets/javascripts/bundle.min.js"):
        reader.route(f"**/{named_files(site)[plain]}", hold)
    reader.goto(serve(site).url + TREE + "#danger-unsure", wait_until="commit")
    reader.wait_for_selector(".rest [id=danger-unsure]")
    held["theme"].continue_()
    reader.wait_for_selector(f".rest a[href$='/{TREE}#shared-1']", state="attached")
    held["walks"].continue_()
    reader.wait_for_selector("tree-walk[ready] .state.here")
    expect(reader.locator(".state.here#danger-unsure h3").first).to_be_visible()
    expect(reader.locator(".state.here a[href*='#shared-']")).to_have_count(0)


def test_a_place_that_no_tap_led_to_is_shown_without_answers(reader: Page, late) -> None:
    """By a link of another section: nothing is made up."""
    tap(reader, "danger", "none")
    reader.evaluate("() => { location.hash = 'source.phone'; }")
    late()
    expect(reader.locator(".state.here")).to_have_attribute("id", "source.phone")
    expect(reader.locator(".road li")).to_have_count(0)


# ---- the same where in-site navigation brings the page


@pytest.fixture
def from_home(reader: Page, site: Path, serve) -> Callable[[], None]:
    """Taps the link to the tree on the home page, which has no walk and has not loaded its script."""
    reader.goto(serve(site).url)
    reader.evaluate("window.sameDocument = true")
    reader.wait_for_load_state("networkidle")

    def follow() -> None:
        reader.click(f"a.choice[href*='{TREE}']")
        reader.wait_for_url(f"**/{TREE}")

    return follow


def test_a_page_that_in_site_navigation_brings_works_by_its_links_where_the_widget_is_missing(
    reader: Page, site: Path, from_home
) -> None:
    spoil(reader, site, named_files(site)[WIDGET], "missing")
    from_home()
    expect(reader.locator("tree-walk > .notice")).to_contain_text("没有加载成功")
    walks_by_links(reader)
    assert reader.evaluate("window.sameDocument") and "#a=1" not in reader.url


def test_a_widget_that_comes_late_takes_over_the_page_that_in_site_navigation_brought(
    reader: Page, site: Path, from_home
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    reader.route(f"**/{named_files(site)[WIDGET]}", hold)
    from_home()
    for question, answer in FIRST:
        tap(reader, question, answer)
    place = unquote(reader.url.partition("#")[2])
    for route in held:
        route.continue_()
    reader.wait_for_selector("tree-walk[ready] .state.here")
    stands(reader, place, *FIRST)
    assert reader.evaluate("window.sameDocument")


def test_the_script_of_the_walks_is_fetched_once_and_never_by_the_home_page(
    reader: Page, site: Path, from_home
) -> None:
    fetched: list[str] = []
    reader.on("request", lambda request: fetched.append(request.url))
    from_home()
    reader.wait_for_selector("tree-walk[ready]")
    reader.wait_for_load_state("networkidle")
    assert sum(named_files(site)[WIDGET] in url for url in fetched) == 1
    loaded = "performance.getEntriesByType('resource').map((one) => one.name)"
    reader.goto(reader.url.partition("trees/")[0])
    reader.wait_for_load_state("networkidle")
    assert not any(WIDGET[:-3] in url for url in reader.evaluate(loaded))


# ---- what stands in the document


def elements(page: Page) -> int:
    return page.evaluate("document.querySelectorAll('*').length")


@pytest.fixture(scope="session")
def largest(site: Path) -> str:
    return max(TREES, key=lambda id: (site / f"trees/{id}.html").stat().st_size)


def test_the_largest_page_has_few_elements_on_arrival(reader: Page, site: Path, serve, largest: str) -> None:
    reader.goto(f"{serve(site).url}trees/{largest}.html")
    reader.wait_for_selector("tree-walk[ready]")
    reader.wait_for_load_state("networkidle")
    assert elements(reader) <= MOST


def test_the_largest_page_has_few_elements_when_in_site_navigation_brings_it(
    reader: Page, site: Path, serve, largest: str
) -> None:
    reader.goto(serve(site).url)
    reader.evaluate("window.sameDocument = true")
    reader.wait_for_load_state("networkidle")
    reader.click(f"a.choice[href*='trees/{largest}.html']")
    reader.wait_for_selector("tree-walk[ready] .state.here")
    reader.wait_for_load_state("networkidle")
    assert reader.evaluate("window.sameDocument")
    assert elements(reader) <= MOST


def test_the_route_stands_in_the_page_with_the_files_that_belong_to_it(site: Path) -> None:
    page = (site / TREE).read_text("utf-8")
    (route,) = re.findall(r"<template[^>]*>(.*?)</template>", page, re.DOTALL)
    parts = json.loads(route)["parts"]
    for name in parts.values():
        assert (site / "assets/minglu" / name).is_file(), name
