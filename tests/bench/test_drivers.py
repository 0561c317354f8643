"""What drives a page takes either kind: with all sections in the document, or with the shown one only. No timing."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from bench.browsing import USABLE, answered, comes_true, loopback, painted_after, phone, seen_after
from bench.page_weight import elements
from bench.rows import NEVER
from bench.step_time import WALK

pytestmark = pytest.mark.browser

TREE = "trees/kettle.html"
POLICY = "<meta http-equiv=Content-Security-Policy content=\"script-src 'self'\">"
HOME = f'<!doctype html>{POLICY}<div class="md-content"><a href="{TREE}">kettle</a></div>'
PAGE = f'<!doctype html>{POLICY}<tree-walk></tree-walk><script src="walk.js"></script>'

SECTIONS = """
const walk = document.querySelector("tree-walk");
const section = (kind, ...links) => `<section class="state ${kind}">${links.join("")}</section>`;
const link = (to, more = "") => `<a href="#${to}" data-answer="x" data-question="q" ${more}>x</a>`;
const sections = [
  section("question", link(0, "data-handover"), link(1)),
  section("question", link(0, "class=unsure"), link(2)),
  section("outcome", "<p>done</p>"),
];
walk.innerHTML = '<p class="road"><a href="#0" data-change="q" hidden>change</a></p>';
walk.setAttribute("ready", "");
"""
ALL_STAY = """
walk.insertAdjacentHTML("beforeend", sections.join(""));
const show = (number) => walk.querySelectorAll(".state").forEach((one, at) => {
  one.hidden = at !== number;
  one.classList.toggle("here", at === number);
});
"""
ONE_STAYS = """
const show = async (number) => {
  walk.querySelector(".state")?.remove();
  await null;
  walk.insertAdjacentHTML("beforeend", sections[number].replace("state", "state here"));
};
"""
TAPS = """
walk.addEventListener("click", (event) => {
  event.preventDefault();
  show(Number(event.target.hash.slice(1)));
});
show(location.hash ? Number(location.hash.slice(1)) : 0);
"""


@pytest.fixture(params=[ALL_STAY, ONE_STAYS], ids=["all sections stay", "one section stays"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    (tmp_path / "trees").mkdir()
    (tmp_path / "index.html").write_text(HOME)
    (tmp_path / TREE).write_text(PAGE)
    (tmp_path / "trees" / "walk.js").write_text(SECTIONS + request.param + TAPS)
    return tmp_path


def test_answers_are_tapped_until_the_end(browser: Browser, site: Path) -> None:
    with loopback(site) as served, phone(browser, cpu=2) as page:
        assert 0 < seen_after(page, served.address + TREE, USABLE, late=10_000) < NEVER
        assert answered(page, late=10_000)
        assert not shows(page, "outcome")
        assert answered(page, late=10_000)
        assert shows(page, "outcome")
        assert not answered(page, late=10_000)


def test_what_is_never_shown_is_not_waited_for(browser: Browser, site: Path) -> None:
    with loopback(site) as served, phone(browser) as page:
        assert seen_after(page, served.address + TREE, ".state.here.outcome", late=50) == NEVER
    with loopback(site) as served, phone(browser) as page:
        assert seen_after(page, served.address + TREE + "#2", ".state.here.outcome", late=10_000) < NEVER


def test_what_is_painted_is_told_by_the_browser(browser: Browser, site: Path) -> None:
    outcome = ".state.here.outcome p"
    with loopback(site) as served, phone(browser) as page:
        assert painted_after(page, served.address + TREE, outcome, late=50) == NEVER
    with loopback(site) as served, phone(browser) as page:
        assert 0 < painted_after(page, served.address + TREE + "#2", outcome, late=10_000) < NEVER


def test_a_walk_goes_on_after_its_end(browser: Browser, site: Path) -> None:
    with loopback(site) as served, phone(browser) as page:
        page.goto(served.address + TREE)
        found = page.evaluate(WALK, {"steps": 5, "limit": 10_000, "python": False})
        assert (len(found["shown"]), found["missed"]) == (5, 0)


def test_elements_are_counted_on_arrival_on_a_walk_and_after_a_tap_on_the_home_page(
    browser: Browser, site: Path
) -> None:
    found = elements(browser, site, TREE)
    assert found.navigated == found.arrived > 8
    assert found.walking >= found.arrived
    assert not found.kept


def test_waiting_says_whether_it_came_true(browser: Browser) -> None:
    with phone(browser) as page:
        assert comes_true(page, "1 + 1 === 2", late=10_000)
        assert not comes_true(page, "1 + 1 === 3", late=30)


def shows(page: Page, kind: str) -> bool:
    return page.locator(f".state.here.{kind}").count() == 1
