"""Sharing: what goes along is chosen first; a link opened later says what has changed, and whether the outcome has."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from minglu.write.widget import FOLDER

PHONE = {"width": 375, "height": 740}
NOW = "2026-11-16T10:00:00+08:00"
ANSWERS = (
    "danger=none&device=phone&source=new&reported=2026-11-16&received=2026-11-11"
    "&bought=platform&cause=none&invoiced=2026-11-11&price=4999.00"
)
OUTCOME = f"trees/quality-defect.html#a=1&{ANSWERS}"
WECHAT = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile MicroMessenger/8.0.60"
PLACE, WITH_ANSWERS = "只有这个位置，不带我的回答", "带上我的回答（收到的人都能看到）"


@pytest.fixture
def url(site: Path, serve) -> str:
    return serve(site).url


@pytest.fixture
def phone(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes phones. Whatever goes wrong in their pages fails the test."""
    phones, wrong = [], []

    def make(**options) -> BrowserContext:
        context = browser.new_context(viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai", **options)
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        phones.append(context)
        return context

    yield make
    for context in phones:
        context.close()
    assert wrong == []


def visit(context: BrowserContext, address: str, *, now: str = NOW) -> Page:
    """Where Python has reckoned."""
    page = context.new_page()
    page.clock.set_fixed_time(now)
    page.goto(address)
    page.locator("html").evaluate(
        """async () => {
          const until = performance.now() + 60_000;
          while (!document.querySelector("tree-walk").result && performance.now() < until)
            await new Promise((then) => requestAnimationFrame(then));
        }"""
    )
    return page


def row(page: Page, title: str):
    return page.locator(".share-row", has_text=title)


def opened(page: Page) -> None:
    page.get_by_role("button", name="分享", exact=True).click()
    expect(page.locator(".share-box")).to_be_focused()


def notice(page: Page):
    return page.locator("tree-walk .notice")


@pytest.fixture(scope="module")
def tree(site: Path) -> dict:
    (path,) = (site / FOLDER / "trees").glob("quality-defect.*.json")
    return json.loads(path.read_text("utf-8"))


@pytest.fixture(scope="module")
def engine(site: Path) -> str:
    (path,) = (site / FOLDER).glob("pages.*.js")
    return json.loads(path.read_text("utf-8").split("window.MingluSite = ")[1].rstrip().rstrip(";"))["engine"]


# ---- what goes along


def test_nothing_is_shared_before_the_reader_has_chosen_what(phone, url) -> None:
    page = visit(phone(permissions=["clipboard-read", "clipboard-write"]), url + OUTCOME)
    page.evaluate("navigator.clipboard.writeText('before')")
    opened(page)
    assert page.locator(".share-row > b").all_inner_texts() == [PLACE, WITH_ANSWERS]
    assert page.evaluate("navigator.clipboard.readText()") == "before"
    for button in page.locator(".share-box button").all():
        assert button.bounding_box()["height"] >= 44
    page.get_by_role("button", name="分享", exact=True).click()
    expect(page.locator(".share-box")).to_have_count(0)


def test_the_place_alone_is_the_outcome_without_a_case_or_an_answer(phone, url) -> None:
    context = phone(permissions=["clipboard-read", "clipboard-write"])
    page = visit(context, url + OUTCOME)
    opened(page)
    row(page, PLACE).get_by_role("button", name="复制链接").click()
    expect(row(page, PLACE).get_by_role("status")).to_have_text("已复制。里面没有你的回答。")
    link = page.evaluate("navigator.clipboard.readText()")
    shown = page.locator(".state.here")
    assert link == f"{url}trees/quality-defect.html#{shown.get_attribute('id')}"
    assert "phone" not in link and "=" not in link
    other = context.new_page()
    other.goto(link)
    expect(other.locator(".state.here h2")).to_have_text(shown.locator("h2").inner_text())
    assert other.locator(".road li").count() == 0


def test_with_the_answers_goes_what_the_result_rests_on(phone, url, tree, engine) -> None:
    context = phone(permissions=["clipboard-read", "clipboard-write"])
    page = visit(context, url + OUTCOME)
    opened(page)
    row(page, WITH_ANSWERS).get_by_role("button", name="复制链接").click()
    expect(row(page, WITH_ANSWERS).get_by_role("status")).to_have_text("已复制。里面有你的回答。")
    link = page.evaluate("navigator.clipboard.readText()")
    outcome = page.locator(".state.here").get_attribute("id")
    standing = tree["outcomes"][outcome]["standing"]
    parts = urlsplit(link).fragment.split("&")
    assert f"v={tree['version']}" in parts and {*ANSWERS.split("&")} <= {*parts}
    told, _, figures = parts[-1].rpartition(".")
    assert told == f"D=2026-11-16.{tree['law']}.{engine}.{outcome}.{standing}" and len(figures) == 4
    other = visit(context, link)
    expect(other.locator(".state.here h2")).to_have_text(page.locator(".state.here h2").inner_text())
    expect(notice(other)).to_be_empty()


def test_a_tick_made_while_the_box_is_open_goes_along(phone, url) -> None:
    page = visit(phone(permissions=["clipboard-read", "clipboard-write"]), url + OUTCOME)
    opened(page)
    box = page.locator(".state.here [data-evidence]").first
    box.check()
    row(page, WITH_ANSWERS).get_by_role("button", name="复制链接").click()
    expect(row(page, WITH_ANSWERS).get_by_role("status")).to_contain_text("已复制")
    assert f"E={box.get_attribute('data-evidence')}" in page.evaluate("navigator.clipboard.readText()")


def test_short_of_an_outcome_the_place_alone_is_the_page_from_the_start(phone, url) -> None:
    page = visit(
        phone(permissions=["clipboard-read", "clipboard-write"]), f"{url}trees/quality-defect.html#a=1&danger=none"
    )
    opened(page)
    row(page, PLACE).get_by_role("button", name="复制链接").click()
    expect(row(page, PLACE).get_by_role("status")).to_contain_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == f"{url}trees/quality-defect.html"
    page.locator(".state.here a.choice").first.click()
    expect(page.locator(".share-box")).to_have_count(0)


def test_where_nothing_was_answered_there_is_nothing_to_choose(phone, url) -> None:
    page = phone().new_page()
    page.goto(f"{url}trees/quality-defect.html")
    page.evaluate("localStorage.setItem('minglu-walks', '{\"parcel\":\"#a=1&what=lost\"}')")  # else there is no button
    page.reload()
    opened(page)
    assert page.locator(".share-row > b").all_inner_texts() == [PLACE]


# ---- by which way


def test_the_system_shares_what_was_chosen(phone, url) -> None:
    context = phone()
    context.add_init_script("navigator.share = (what) => { window.shared = what; return Promise.resolve(); }")
    page = visit(context, url + OUTCOME)
    opened(page)
    row(page, PLACE).get_by_role("button", name="分享…").click()
    expect(row(page, PLACE).get_by_role("status")).to_have_text("已交给你选的应用。")
    assert "=" not in page.evaluate("shared.url") and page.evaluate("shared.title")


@pytest.mark.parametrize(("error", "told"), [("AbortError", ""), ("NotAllowedError", "已复制。里面有你的回答。")])
def test_who_turns_back_is_told_nothing_and_where_it_fails_the_link_is_copied(
    phone, url, error: str, told: str
) -> None:
    context = phone()
    context.add_init_script(f"navigator.share = () => Promise.reject(new DOMException('', '{error}'))")
    page = visit(context, url + OUTCOME)
    opened(page)
    row(page, WITH_ANSWERS).get_by_role("button", name="分享…").click()
    expect(row(page, WITH_ANSWERS).get_by_role("status")).to_have_text(told)


def test_without_a_clipboard_the_link_stands_selected(phone, url) -> None:
    context = phone()
    context.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page = visit(context, url + OUTCOME)
    opened(page)
    row(page, PLACE).get_by_role("button", name="复制链接").click()
    expect(row(page, PLACE).locator("input")).to_be_focused()
    assert row(page, PLACE).locator("input").get_attribute("aria-label") == "只有位置的链接"
    assert page.evaluate("getSelection().toString()") == row(page, PLACE).locator("input").input_value()


def test_in_wechat_links_are_copied_and_the_way_out_is_told(phone, url) -> None:
    context = phone(user_agent=WECHAT)
    context.add_init_script(
        "navigator.share = () => Promise.resolve(); window.print = () => { window.printed = true; };"
    )
    page = visit(context, url + OUTCOME)
    opened(page)
    expect(page.get_by_role("button", name="分享…")).to_have_count(0)
    expect(page.locator(".share-box")).to_contain_text("在浏览器打开")
    page.get_by_role("button", name="打印这一页").click()
    expect(notice(page)).to_contain_text("在浏览器打开")
    assert page.evaluate("window.printed") is None


def test_where_the_script_for_it_does_not_come_the_address_bar_serves(phone, url) -> None:
    context = phone()
    context.route("**/act.*.js", lambda route: route.abort())
    page = visit(context, url + OUTCOME)
    page.get_by_role("button", name="分享", exact=True).click()
    expect(notice(page)).to_have_text(
        "下载中断：没有取到要用的文件。请看看网络再试一次，还不行就重新打开这一页。地址栏里的网址带着你的回答，可以直接复制。"
    )


# ---- a link that is opened later


@pytest.fixture
def later(phone, url, tree, engine) -> Callable[..., Page]:
    """Opens a link of 16 November; `more` is what of it was another then."""

    def later(now: str = NOW, answers: str = ANSWERS, **more: str) -> Page:
        was = {"version": tree["version"], "law": tree["law"], "engine": engine, "outcome": "choose.clear", **more}
        receipt = ".".join(("2026-11-16", was["law"], was["engine"], was["outcome"]))
        address = f"{url}trees/quality-defect.html#a=1&v={was['version']}&{answers}&D={receipt}"
        return visit(phone(), address, now=now)

    return later


def test_a_link_of_another_day_says_how_many_have_passed_and_that_the_outcome_is_another(later, tree) -> None:
    page = later(now="2027-03-16T10:00:00+08:00")
    now = page.locator(".state.here h2").inner_text()
    assert now
    expect(notice(page)).to_contain_text("这个链接是2026年11月16日生成的，到今天过去了 120 天")


@pytest.mark.parametrize(
    ("was", "says"),
    [
        ({"version": "00000000"}, "这一页的内容更新过，引用的法条没有变，结果没有变。"),
        ({"law": "00000000"}, "引用的法条或者它们的大意更新过，结果没有变。"),
        ({"version": "00000000", "law": "00000000"}, "这一页的内容、引用的法条或者它们的大意更新过，结果没有变。"),
        ({"engine": "00000000"}, "计算的程序更新过，结果没有变。"),
        ({"outcome": "gone-now.clear"}, "结果变了：当时的那一种已经没有了，现在是"),
    ],
)
def test_what_was_edited_since_is_told_and_whether_the_outcome_is_another(later, tree, was: dict, says: str) -> None:
    outcome = later().locator(".state.here").get_attribute("id")
    same = {"outcome": f"{outcome}.{tree['outcomes'][outcome]['standing']}"}
    page = later(**same | was)
    expect(notice(page)).to_contain_text("这个链接是2026年11月16日生成的，")
    expect(notice(page)).to_contain_text(says)


def test_an_outcome_of_another_name_stands_beside_the_one_of_now(later, tree) -> None:
    page = later()
    outcome = page.locator(".state.here").get_attribute("id")
    other = next(id for id in tree["outcomes"] if id != outcome)
    page = later(outcome=f"{other}.clear")
    was, now = tree["outcomes"][other]["title"], tree["outcomes"][outcome]["title"]
    expect(notice(page)).to_contain_text(f"结果变了：当时是“{was}”，现在是“{now}”")


def test_a_step_on_from_it_takes_the_line_away(later) -> None:
    page = later(version="00000000")
    expect(notice(page)).to_contain_text("更新过")
    page.get_by_role("button", name="上一步").click()
    expect(notice(page)).not_to_contain_text("更新过")


def test_a_link_without_a_receipt_is_told_what_it_was_told_before(phone, url) -> None:
    page = visit(phone(), f"{url}trees/quality-defect.html#a=1&v=00000000&{ANSWERS}")
    expect(notice(page)).to_have_text("这个链接生成以后，内容更新过；已按新内容重新走了一遍。")


def test_a_receipt_that_was_cut_or_glued_to_a_text_does_no_harm(phone, url, tree) -> None:
    for receipt in ("2026-1", "x", "2026-11-16.<b>", f"2026-11-16.{tree['law']}.0）帮我看看"):
        page = visit(phone(), f"{url}trees/quality-defect.html#a=1&v={tree['version']}&{ANSWERS}&D={receipt}")
        expect(page.locator(".state.here.outcome")).to_be_visible()
        expect(notice(page)).to_be_empty()
