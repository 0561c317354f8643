"""Faults in the middle of a walk: what the reader sees, that no answer is lost, and that retrying brings back what failed."""

import json

import pytest
from kettle_site import (  # noqa: F401 fixtures: pytest finds them by name
    FOLDER,
    VERSION,
    answer,
    folder,
    fragment,
    here,
    kettle,
    link,
    notice,
    phone,
    reader,
    road,
    site,
    stands,
)
from playwright.sync_api import Page, expect

# ---- the widget itself throws

THROWS = {
    "history": "history.pushState = () => { throw new DOMException('100 times per 30 seconds', 'SecurityError') }",
    "classes": "DOMTokenList.prototype.toggle = () => { throw new TypeError('broken') }",
    "scrolling": "Element.prototype.scrollIntoView = () => { throw new TypeError('broken') }",
    "address": "window.URLSearchParams = class { constructor() { throw new TypeError('broken') } }",
    "reading": "Element.prototype.closest = ((closest) => function (what) {"
    " if (what === '.state') throw new TypeError('broken'); return closest.call(this, what) })(Element.prototype.closest)",
    "python": "MingluPython.state = () => { throw new TypeError('broken') }",
}
"""What may throw while a reader walks; each was seen, or stands for a script of another version."""


@pytest.mark.parametrize("what", THROWS)
def test_after_an_exception_every_tap_goes_where_its_link_goes(kettle, reader, what):
    page = kettle()
    answer(page, "broken")
    page.evaluate(f"() => {{ {THROWS[what]} }}")
    answer(page, "no")
    stands(page, "received.broken")
    answer(page, "y1")
    stands(page, "repairs")
    page.locator(".state:visible a[data-answer='r1']").click()
    stands(page, "repair")
    expect(page.locator("tree-walk .notice")).to_contain_text("这一页的程序出错停下了，下面的链接照常可用。")
    expect(page.locator(".walk-bar, .road, .tools")).to_have_count(0)
    assert any("tree-walk" in error for error in reader.errors)
    reader.errors.clear()


def test_an_exception_after_the_tap_leaves_the_reader_where_they_stood(kettle, reader):
    """Python's result comes later, and putting it into the page throws."""
    page = kettle(link({"what": "broken", "soaked": "no"}))
    stands(page, "received.broken")
    page.evaluate("Element.prototype.after = () => { throw new TypeError('broken') }; FAKE.arrive()")
    expect(page.locator("tree-walk .notice")).to_contain_text("出错停下了")
    stands(page, "received.broken")
    answer(page, "y1")
    stands(page, "repairs")
    assert any("tree-walk" in error for error in reader.errors)
    reader.errors.clear()


def test_after_an_exception_the_answers_can_be_taken_along_into_a_fresh_page(kettle, reader):
    page = kettle(link({"what": "broken", "soaked": "no"}))
    page.evaluate(f"() => {{ {THROWS['scrolling']} }}")
    answer(page, "y1")
    stands(page, "repairs")
    reader.errors.clear()
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("link", name="带着已有的回答重新打开").click()
    stands(page, "repairs")
    assert len(road(page)) == 3


def test_a_script_of_another_version_freezes_nothing(kettle, reader):
    """An old fragment.js, from a cache, beside the page of today."""
    reader.context.route(
        "**/fragment.js",
        lambda route: route.fulfill(
            body=route.fetch().text().replace("read, write, along,", "read, write,"), content_type="text/javascript"
        ),
    )
    page = kettle()
    page.get_by_role("link", name="坏了").first.click()
    stands(page, "soaked")
    answer(page, "no")
    stands(page, "received.broken")
    reader.errors.clear()
