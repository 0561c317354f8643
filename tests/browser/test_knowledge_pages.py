"""Channels, evidence and mistakes on a phone: lists to survey, one tap to what is looked for, numbers that dial."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from test_site import PHONE

LISTS = ("channels", "evidence", "mistakes")
CHECKED = {"110", "119", "120", "12315", "12345", "12368"}
"""Seen in rules in force or on official pages, and the emergency numbers. Another needs as much before it is here."""

ROW = 130
"""How many pixels a folded entry may take: its title on two lines, and a line below."""


@pytest.fixture
def phone(browser: Browser, site: Path, serve):
    context = browser.new_context(viewport=PHONE, locale="zh-CN")
    page = context.new_page()
    page.home = serve(site).url
    yield page
    context.close()


def go(page: Page, place: str) -> None:
    page.goto(page.home + place)
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("name", ["evidence", "mistakes"])
def test_a_list_can_be_surveyed(phone: Page, name: str) -> None:
    """It was 57,000 pixels long, without a list of contents."""
    go(phone, f"{name}.html")
    heights = phone.eval_on_selector_all(".entries > li", "all => all.map((one) => one.offsetHeight)")
    assert len(heights) > 20 and max(heights) <= ROW
    contents = phone.locator(".contents a")
    assert contents.last.bounding_box()["y"] < 1.2 * PHONE["height"]


@pytest.mark.parametrize("name", LISTS)
def test_the_list_of_contents_leads_to_its_groups(phone: Page, name: str) -> None:
    go(phone, f"{name}.html")
    counts = [int(text.split()[-1]) for text in phone.locator(".contents a").all_text_contents()]
    assert sum(counts) == phone.locator(".entries > li").count()
    phone.locator(".contents a").nth(1).click()
    heading = phone.locator("#group-2")
    expect(heading).to_be_in_viewport()
    assert heading.text_content().startswith(phone.locator(".contents a").nth(1).text_content().rsplit(" ", 1)[0])


def first_id(page: Page) -> str:
    return page.locator(".entries > li h3").nth(5).get_attribute("id")


@pytest.mark.parametrize("name", ["evidence", "mistakes"])
def test_a_link_to_an_entry_opens_it(phone: Page, name: str) -> None:
    go(phone, f"{name}.html")
    id = first_id(phone)
    phone.goto("about:blank")
    go(phone, f"{name}.html#{id}")
    entry = phone.locator(f"details:has(#{id})")
    expect(entry).to_have_attribute("open", "")
    expect(phone.locator(f"#{id}")).to_be_in_viewport()
    assert phone.locator("details.entry[open]").count() == 1


def test_how_to_keep_it_leads_from_an_outcome_to_the_open_entry_and_back(phone: Page) -> None:
    go(phone, "trees/escalation.html#complain")
    link = phone.locator(".state.here .checks a").first
    link.click()
    expect(phone.locator("details.entry[open]")).to_have_count(1)
    expect(phone.locator("details.entry[open] h3")).to_be_in_viewport()
    phone.go_back()
    expect(phone.locator(".state.here#complain")).to_be_visible()


def test_a_channel_begins_with_where_to_go_and_its_parts_open(phone: Page, site: Path) -> None:
    for path in sorted((site / "channels").glob("*.html")):
        go(phone, f"channels/{path.name}")
        expect(phone.locator("#where")).to_be_in_viewport()
        expect(phone.locator(".reach li").first).to_be_in_viewport()
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    go(phone, "channels/court.html")
    phone.locator("summary:has(#cost)").click()
    expect(phone.locator("details:has(#cost) .list").first).to_be_visible()


def test_without_a_script_everything_can_be_opened(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "mistakes.html").as_uri())
    entry = page.locator("details.entry").first
    entry.locator("summary").first.click()
    expect(entry.locator(".list").first).to_be_visible()
    context.close()


def test_every_number_that_can_be_tapped_is_one_that_was_checked(site: Path) -> None:
    dialled = {
        number: path.relative_to(site).as_posix()
        for path in site.rglob("*.html")
        for number in re.findall(r'href="tel:([^"]*)"', path.read_text("utf-8"))
    }
    assert {number: dialled[number] for number in dialled.keys() - CHECKED} == {}
    assert dialled.keys() >= CHECKED


def test_12345_says_that_it_differs_from_place_to_place(site: Path) -> None:
    for path in site.glob("channels/*.html"):
        for says in re.findall(r'href="tel:12345">12345</a>\s*<small>([^<]*)</small>', path.read_text("utf-8")):
            assert "各地" in says


def test_what_nobody_has_checked_says_so(site: Path) -> None:
    """Addresses of the authorities, and 12348 and 12378, known from what others wrote."""
    for path in (site / "channels").glob("*.html"):
        for line in re.findall(r"<li>(?:(?!<li>).)*?</li>", path.read_text("utf-8"), re.DOTALL):
            if re.search(r'href="https://[^"]*\.(?:cn|gov)\b|\b123(?:48|78|00|05)\b', line):
                assert re.search("核[对到]", line), line
