"""`<tree-walk>` inside Material for MkDocs with instant navigation, which swaps pages without loading them."""

import re

import pytest
from kettle_site import (  # noqa: F401 fixtures: pytest finds them by name
    VERSION,
    answer,
    fragment,
    kettle_body,
    kettle_names,
    link,
    notice,
    phone,
    put,
    road,
    stands,
)
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Page, expect

from minglu.write.widget import FOLDER, SCRIPT

MKDOCS = """
site_name: 明路
site_url: http://127.0.0.1:1/
use_directory_urls: false
theme: {{ name: material, language: zh, font: false, features: [navigation.instant] }}
nav: [index.md, trees/kettle.md, trees/other.md]
extra_css: [{styles}]
extra_javascript: [{scripts}]
"""


@pytest.fixture(scope="session")
def material(tmp_path_factory):
    folder = tmp_path_factory.mktemp("material")
    docs = folder / "docs"
    put(docs)
    (docs / "trees").mkdir()
    (docs / "index.md").write_text("# 明路\n\n[水壶](trees/kettle.md)\n\n[再修一次](trees/kettle.md#repair)\n", "utf-8")
    (docs / "trees" / "kettle.md").write_text(f"---\ntitle: 水壶退货\n---\n{kettle_body()}", "utf-8")
    (docs / "trees" / "other.md").write_text("# 没收到货\n\n[水壶](kettle.md)\n", "utf-8")
    scripts, styles = (
        ", ".join(FOLDER + kettle_names()[name] for name in names) for names in ((SCRIPT,), ("walk.css", "cases.css"))
    )
    (folder / "mkdocs.yml").write_text(MKDOCS.format(scripts=scripts, styles=styles), "utf-8")
    build(load_config(str(folder / "mkdocs.yml")))
    return folder / "site"


@pytest.fixture
def kettle(phone, material, serve):
    address = serve(material).url
    # Material swaps pages only where the sitemap's addresses are the site's own but for the host's name.
    sitemap = material / "sitemap.xml"
    sitemap.write_text(re.sub("http://127.0.0.1:[0-9]+/", address, sitemap.read_text("utf-8")), "utf-8")
    opened = []

    def open(fragment: str = "", mode: str = "slow", path: str = "trees/kettle.html", **more) -> Page:
        page = phone().open(f"{address}{path}{fragment}", mode=mode, **more)
        page.evaluate("window.sameVisit = true")
        page.wait_for_load_state("networkidle")
        opened.append(page)
        return page

    yield open
    assert all(page.evaluate("window.sameVisit") for page in opened), (
        "the page was loaded anew: this was no instant navigation"
    )


def leave(page, name: str) -> None:
    """By a link of the site, as its header and navigation have them."""
    page.evaluate(
        "name => [...document.querySelectorAll('.md-nav a, .md-header a, .md-content a')]"
        ".find(a => a.href.endsWith(name)).click()",
        name,
    )
    expect(page.locator("tree-walk")).to_have_count(1 if "kettle" in name else 0)
    assert page.url.split("#")[0].endswith(name) and ("kettle" in name or "#" not in page.url)


def test_a_step_fetches_nothing_and_stays_in_the_same_element(kettle):
    page = kettle()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("document.querySelector('tree-walk').first = true")
    answer(page, "broken", "no")
    page.wait_for_timeout(200)
    stands(page, "received.broken")
    assert not any(".html" in url for url in asked) and page.evaluate("document.querySelector('tree-walk').first")


def test_back_and_forward_give_the_same_place_though_the_page_is_swapped(kettle):
    page = kettle()
    answer(page, "broken", "no", "d7")
    for state in ("received.broken", "soaked", "what"):
        page.go_back()
        page.wait_for_timeout(300)
        stands(page, state)
    assert fragment(page) == f"#a=1&v={VERSION}" and road(page) == []
    for state in ("soaked", "received.broken", "refund"):
        page.go_forward()
        page.wait_for_timeout(300)
        stands(page, state)
        expect(page.locator(f"[id='{state}'] h2")).to_be_focused()
    expect(page.locator(".road")).to_have_count(1)


def test_a_heading_is_not_hidden_by_the_header(kettle):
    page = kettle()
    answer(page, "broken", "no")
    page.wait_for_timeout(300)
    header = page.locator(".md-header").bounding_box()
    heading = page.locator("[id='received.broken'] h2").bounding_box()
    assert header["y"] + header["height"] <= heading["y"] < 350


@pytest.mark.parametrize("start", ["", link({"what": "broken", "soaked": "no"})])
def test_a_walk_is_kept_while_the_reader_looks_elsewhere(kettle, start):
    page = kettle(start)
    if not start:
        answer(page, "broken", "no")
    leave(page, "other.html")
    page.go_back()
    stands(page, "received.broken")
    page.wait_for_timeout(300)
    stands(page, "received.broken")
    leave(page, "index.html")
    leave(page, "kettle.html")
    stands(page, "received.broken")
    assert fragment(page) == link({"what": "broken", "soaked": "no"})
    answer(page, "d7")
    stands(page, "refund")


def test_back_from_elsewhere_to_the_untouched_start_is_the_start(kettle):
    page = kettle(path="index.html")
    leave(page, "kettle.html")
    answer(page, "broken")
    page.go_back()
    page.wait_for_timeout(300)
    stands(page, "what")
    page.go_back()
    expect(page.locator("tree-walk")).to_have_count(0)
    page.go_forward()
    stands(page, "what")
    page.go_forward()
    page.wait_for_timeout(300)
    stands(page, "soaked")


def test_the_untouched_start_stays_the_start_when_the_browser_jumps_there(kettle):
    page = kettle(path="index.html")
    leave(page, "kettle.html")
    answer(page, "broken")
    leave(page, "other.html")
    page.evaluate("history.go(-2)")
    stands(page, "what")


def test_starting_over_is_undone_by_back_here_too(kettle):
    page = kettle(link({"what": "broken", "soaked": "yes"}))
    page.get_by_role("button", name="从头开始").click()
    stands(page, "what")
    page.go_back()
    page.wait_for_timeout(300)
    stands(page, "own-fault")


def test_a_state_linked_from_another_page_is_shown_on_arrival(kettle):
    page = kettle(path="index.html")
    page.get_by_role("link", name="再修一次").click()
    stands(page, "repair")
    page.wait_for_timeout(300)
    stands(page, "repair")
    assert "没有用到你的回答" in notice(page)


def test_quick_leaving_and_returning_does_not_lose_the_walk(kettle):
    page = kettle(link({"what": "broken"}))
    page.route("**/other.html", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.evaluate("[...document.querySelectorAll('.md-nav a')].find(a => a.href.endsWith('other.html')).click()")
    page.evaluate("history.back()")
    page.wait_for_timeout(600)
    stands(page, "soaked")


def test_many_visits_leave_no_listeners_behind(kettle):
    page = kettle()
    answer(page, "broken")
    page.evaluate("""() => {
        window.ours = 0;
        for (const target of [window, document, document.body]) {
            const add = target.addEventListener;
            target.addEventListener = function (...all) {
                if (new Error().stack.includes("minglu")) window.ours++;
                return add.apply(this, all);
            };
        }
    }""")
    for _ in range(5):
        leave(page, "other.html")
        leave(page, "kettle.html")
        stands(page, "soaked")
    assert page.evaluate("window.ours") == 0 and page.evaluate("FAKE.listeners()") == 1
    expect(page.locator(".road")).to_have_count(1)


def test_python_outlives_the_swap_and_exact_walks_return_at_once(kettle):
    page = kettle(link({"what": "unwanted", "received": "2026-11-10"}), mode="ready")
    expect(page.locator("#return-it .day").first).to_be_visible()
    leave(page, "other.html")
    leave(page, "kettle.html")
    stands(page, "return-it")
    expect(page.locator("#return-it .day").first).to_be_visible()
    assert page.evaluate("FAKE.starts") == 1


def test_a_link_to_the_very_same_page_changes_nothing(kettle):
    page = kettle()
    answer(page, "broken")
    page.go_back()
    page.wait_for_timeout(300)
    answer(page, "broken", "no")
    for _ in range(2):
        leave(page, "kettle.html")
        page.wait_for_timeout(200)
        stands(page, "received.broken")
        assert fragment(page) == link({"what": "broken", "soaked": "no"})
