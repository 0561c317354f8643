"""Faults in the middle of a walk: what the reader sees, and that no answer is lost."""

import pytest
from kettle_site import (  # noqa: F401 fixtures: pytest finds them by name
    answer,
    folder,
    kettle,
    link,
    phone,
    reader,
    road,
    site,
    stands,
)
from playwright.sync_api import expect

# ---- the widget itself throws

THROWS = {
    "history": "history.pushState = () => { throw new DOMException('100 times per 30 seconds', 'SecurityError') }",
    "classes": "DOMTokenList.prototype.add = () => { throw new TypeError('broken') }",
    "scrolling": "Element.prototype.getBoundingClientRect = () => { throw new TypeError('broken') }",
    "address": "window.URLSearchParams = class { constructor() { throw new TypeError('broken') } }",
    "reading": "const { closest } = Element.prototype; Element.prototype.closest = function (what) {"
    " if (what === '.state') throw new TypeError('broken'); return closest.call(this, what) }",
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
    page = kettle(link({"what": "broken", "soaked": "no"}), wrong={"left": None})
    stands(page, "received.broken")
    page.evaluate("FAKE.arrive()")
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
    """Today's script, from a cache, in a page whose data it cannot read."""
    reader.context.route(
        "**/kettle.html",
        lambda route: route.fulfill(
            body=route.fetch().text().replace('"states":', '"places":'), content_type="text/html"
        ),
    )
    page = kettle()
    page.get_by_role("link", name="坏了").first.click()
    stands(page, "soaked")
    answer(page, "no")
    stands(page, "received.broken")
    reader.errors.clear()


# ---- what failed comes back


EXACT = {"what": "broken", "soaked": "no", "received": "2026-11-06", "repairs": "r1"}
"""Ten days ago: near the seventh, so that only the engine can tell."""


def test_retrying_goes_on_to_where_the_link_says(kettle):
    page = kettle(link(EXACT), mode="failed")
    expect(page.locator(".failure")).to_contain_text("下载中断")
    stands(page, "received.broken")
    page.evaluate("FAKE.mode = 'ready'")
    page.get_by_role("button", name="重试").click()
    stands(page, "repair")
    assert len(road(page)) == 4


def test_retrying_does_not_move_a_reader_who_went_on_by_links(kettle):
    page = kettle(link(EXACT), mode="failed")
    expect(page.locator(".failure")).to_contain_text("下载中断")
    answer(page, "y1")
    stands(page, "repair")
    page.evaluate("FAKE.mode = 'ready'")
    page.get_by_role("button", name="重试").click()
    expect(page.locator(".progress")).to_be_hidden()
    stands(page, "repair")
    assert road(page)[2] == "你哪天签收的？ 超过 7 天，1 年以内"


def test_retrying_brings_the_data_that_did_not_come(kettle, reader):
    reader.context.route("**/calendar.*.json", lambda route: route.fulfill(status=404))
    page = kettle(link(EXACT), mode="ready")
    expect(page.locator(".failure")).to_contain_text("下载中断：没有取到节假日表；下面的链接照常可用。")
    stands(page, "received.broken")
    reader.context.unroute_all()
    page.get_by_role("button", name="重试").click()
    stands(page, "repair")
    expect(page.locator(".progress")).to_be_hidden()


# ---- a double click


def twice(page, locator, *, pause: int, presses: int = 2) -> None:
    """As a hand does it: in one place, whatever has come to stand there in the meantime."""
    locator.scroll_into_view_if_needed()
    box = locator.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for press in range(presses):
        page.mouse.down(click_count=press + 1)
        page.mouse.up(click_count=press + 1)
        page.wait_for_timeout(pause)


@pytest.mark.parametrize("pause", [0, 40, 150])
@pytest.mark.parametrize(
    "answers",
    [{}, {"what": "broken"}, {"what": "broken", "soaked": "no"}, {"what": "broken", "soaked": "no", "received": "y1"}],
)
def test_a_double_click_answers_one_question(kettle, answers, pause):
    page = kettle(link(answers), mode="ready")
    options = page.locator(".state:visible a[data-answer]:not([data-handover])")
    for option in range(options.count()):
        page.evaluate("hash => (location.hash = hash)", link(answers))
        expect(page.locator(".road li")).to_have_count(len(answers))
        twice(page, options.nth(option), pause=pause, presses=3)
        expect(page.locator(".road li")).to_have_count(len(answers) + 1)


def test_a_double_tap_answers_one_question(phone, site):
    page = phone(has_touch=True, is_mobile=True).open(f"{site}trees/kettle.html", mode="slow")
    box = page.locator("#what a[data-answer='broken']").bounding_box()
    for _ in range(2):
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(100)
    stands(page, "soaked")
    assert len(road(page)) == 1


def test_a_double_click_on_a_button_of_the_walk_does_nothing_else(kettle):
    page = kettle(link({"what": "broken", "soaked": "no", "received": "y1"}))
    page.wait_for_timeout(150)  # until the page has scrolled to where it was going
    page.evaluate("scrollTo(0, 0)")  # from under the header
    twice(page, page.locator(".road a").nth(2), pause=40)
    stands(page, "received.broken")


def test_answers_given_in_quick_succession_all_count(kettle):
    page = kettle()
    for one in ("broken", "no", "y1", "r1"):
        page.locator(f".state:visible a[data-answer='{one}']").click(delay=0)
    stands(page, "repair")
    assert len(road(page)) == 4


# ---- what is kept on the device

KEPT = {"what": "broken", "soaked": "no"}


def remembered(page) -> str:
    return page.evaluate("JSON.parse(localStorage.getItem('minglu-walks')).kettle")


@pytest.fixture
def kept(kettle):
    """A page without answers, on a device that keeps some."""
    page = kettle(link(KEPT))
    page.get_by_role("button", name="在这台设备上记住").click()
    page.goto(page.url.split("#")[0] + "?later")
    expect(page.locator(".notice")).to_contain_text("上次的回答还存在这台设备上")
    return page


def test_a_tap_beside_a_kept_walk_leaves_it_alone_and_offers_both(kept):
    answer(kept, "unwanted")
    assert remembered(kept) == link(KEPT)
    expect(kept.locator(".notice")).to_contain_text("上次的回答还在，没有改动")
    answer(kept, "d7")
    assert remembered(kept) == link(KEPT)
    kept.locator(".tools").get_by_role("button", name="改记现在的回答").click()
    assert remembered(kept) == link({"what": "unwanted", "received": "d7"})


def test_from_beside_a_kept_walk_the_reader_can_go_back_to_it(kept):
    answer(kept, "unwanted")
    kept.get_by_role("link", name="接着上次的回答").click()
    stands(kept, "received.broken")
    answer(kept, "y1")
    assert remembered(kept) == link(KEPT | {"received": "y1"})


def test_the_notice_itself_can_replace_what_is_kept(kept):
    answer(kept, "unwanted")
    kept.locator(".notice").get_by_role("button", name="改记现在的回答").click()
    assert remembered(kept) == link({"what": "unwanted"})
    answer(kept, "d7")
    assert remembered(kept) == link({"what": "unwanted", "received": "d7"})


def test_starting_over_leaves_a_kept_walk_alone(kettle):
    page = kettle(link(KEPT))
    page.get_by_role("button", name="在这台设备上记住").click()
    page.get_by_role("button", name="从头开始").click()
    assert remembered(page) == link(KEPT)
    expect(page.locator(".notice")).to_contain_text("没有改动")
    expect(page.get_by_role("button", name="已记在这台设备上")).to_be_hidden()
    answer(page, "unwanted")
    assert remembered(page) == link(KEPT)


def test_a_tap_after_someone_elses_link_leaves_a_kept_walk_alone(kept):
    kept.goto(kept.url.split("?")[0] + "?shared" + link({"what": "broken", "soaked": "no", "received": "y1"}))
    answer(kept, "r1")
    assert remembered(kept) == link(KEPT)


def test_another_tab_does_not_put_back_what_this_one_has_changed(kettle, reader):
    page = kettle(link(KEPT))
    page.get_by_role("button", name="在这台设备上记住").click()
    other = reader.context.new_page()
    other.goto(page.url)
    answer(page, "y1", "r1")
    other.locator(".state:visible a[data-answer='over']").click()
    assert remembered(page) == link(KEPT | {"received": "y1", "repairs": "r1"})


# ---- what a button did


def test_that_it_is_kept_stands_beside_the_button(kettle):
    page = kettle(link(KEPT))
    page.add_style_tag(content=".state { min-height: 6000px }")
    button = page.locator("[data-do=keep]")
    button.click()
    said = page.get_by_text("之后的回答也会一起记")
    expect(said).to_be_in_viewport()
    assert abs(said.bounding_box()["y"] - button.bounding_box()["y"]) < 150
    answer(page, "y1")
    expect(said).to_have_count(0)


def test_what_another_tab_forgot_is_no_longer_offered_here(kettle, reader):
    page = kettle(link(KEPT))
    page.get_by_role("button", name="在这台设备上记住").click()
    other = reader.context.new_page()
    other.goto(page.url)
    other.get_by_role("button", name="全部忘记").click()
    expect(page.locator(".notice")).to_contain_text("刚才在另一个页面里清除了")
    expect(page.get_by_role("button", name="在这台设备上记住")).to_be_visible()
    answer(page, "y1")
    assert page.evaluate("localStorage.length") == 0


# ---- days as people type them

RECEIVED = {"what": "unwanted"}


def type_day(page, text: str) -> None:
    form = page.locator(".state:visible .exact")
    expect(form.locator("input")).to_be_enabled()
    if form.locator("input").get_attribute("type") == "date":
        form.locator("summary").click()
    expect(form.locator("input")).to_have_attribute("type", "text")
    form.locator("input").fill(text)
    form.locator("button").click()


@pytest.mark.parametrize(
    "text",
    [
        *("2026-11-10", " 2026-11-10 ", "2026/11/10", "2026.11.10", "2026年11月10日", "2026年11月10号", "20261110"),
        *("2026 年 11 月 10 日", "2026 11 10", "２０２６／１１／１０", "２０２６年１１月１０日", "2026。11。10"),
        *("11月10日", "11月10", "11-10", "11/10", "11.10", "１１月１０日", "2026年11月10日（周二）"),
    ],
)
def test_a_day_is_read_as_people_type_it(kettle, text):
    page = kettle(link(RECEIVED), mode="ready")
    type_day(page, text)
    stands(page, "return-it")
    assert road(page)[-1] == "你哪天签收的？ 2026年11月10日"


@pytest.mark.parametrize(
    ("text", "day"), [("11月16日", "2026年11月16日"), ("11月17日", "2025年11月17日"), ("1/2", "2026年1月2日")]
)
def test_a_day_without_a_year_is_the_last_one_that_has_come(kettle, text, day):
    page = kettle(link({"what": "broken", "soaked": "no"}), mode="ready")
    type_day(page, text)
    expect(page.locator(".road li")).to_have_count(3)
    assert road(page)[-1] == f"你哪天签收的？ {day}"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("上周二", "写成 2026-11-10 或 11月10日 这样"),
        ("2026-02-30", "不是一个日期"),
        ("13月1日", "不是一个日期"),
        ("", "请选一个日期"),
    ],
)
def test_a_day_that_cannot_be_read_stays_and_an_example_is_given(kettle, text, says):
    page = kettle(link(RECEIVED), mode="ready")
    type_day(page, text)
    expect(page.locator(".state:visible .problem")).to_contain_text(says)
    assert page.locator(".exact input").input_value() == text
    type_day(page, "11月10日")
    stands(page, "return-it")


def test_a_day_pasted_into_the_picker_is_taken(kettle):
    page = kettle(link(RECEIVED), mode="ready")
    field = page.locator(".exact input")
    expect(field).to_be_enabled()
    field.evaluate(
        "(field) => { const clipboardData = new DataTransfer(); clipboardData.setData('text/plain', '2026年11月10日');"
        " field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })) }"
    )
    assert field.get_attribute("type") == "date" and field.input_value() == "2026-11-10"


def test_where_the_device_is_behind_its_date_is_named(phone, site):
    page = phone().open(f"{site}trees/kettle.html{link(RECEIVED)}", now="2026-10-16T10:00:00+08:00", mode="ready")
    type_day(page, "2026-11-10")
    expect(page.locator(".state:visible .problem")).to_have_text(
        "这一天还没有到，请检查日期；日期没填错的话，请看这台设备的日期对不对，它说今天是2026年10月16日。"
    )
