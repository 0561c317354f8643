"""`<tree-walk>` in a real browser: layer 2 over a kettle page, and the front of layer 3 over the real engine behind a stand-in for python.js."""

import json
import re
import threading
from contextlib import contextmanager
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect, sync_playwright

from build_tools.engine.bridge import Session

KETTLE = Path(__file__).parent / "kettle"
ASSETS = Path(__file__).parents[2] / "docs" / "assets" / "minglu"
SCRIPTS = ("fragment.js", "outcome.js", "reckoning.js", "walk.js")
CALENDAR = {"first": 2026, "last": 2026, "holidays": [], "workdays": []}
VERSION = "00c0ffee"
NOW = "2026-11-16T10:00:00+08:00"
ANSWERED = {"what": "broken", "soaked": "no", "received": "y1", "repairs": "r1"}


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    """A site of one tree, written as any generator would lay it out."""
    folder = tmp_path_factory.mktemp("site")
    put(folder / "assets" / "minglu")
    (folder / "trees").mkdir()
    page = (KETTLE / "page.html").read_text("utf-8").replace("BLOCK", (KETTLE / "kettle.html").read_text("utf-8"))
    (folder / "trees" / "kettle.html").write_text(page, "utf-8")
    (folder / "trees" / "other.html").write_text("<!doctype html><meta charset=utf-8><title>没收到货</title>", "utf-8")
    (folder / "index.html").write_text("<!doctype html><meta charset=utf-8><title>明路</title><a href='trees/kettle.html'>水壶</a>", "utf-8")
    return folder


def put(assets: Path) -> None:
    (assets / "trees").mkdir(parents=True)
    for name in (*SCRIPTS, "walk.css"):
        (assets / name).write_bytes((ASSETS / name).read_bytes())
    (assets / "trees" / "kettle.json").write_bytes((KETTLE / "kettle.json").read_bytes())
    (assets / "calendar.json").write_text(json.dumps(CALENDAR), "utf-8")


@contextmanager
def served(folder: Path):
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="session")
def site(folder):
    with served(folder) as address:
        yield address


class Reader:
    """One phone. Whatever goes wrong in the page is kept in `errors`."""

    def __init__(self, browser: Browser, **options):
        self.context = browser.new_context(viewport={"width": 375, "height": 700}, locale="zh-CN", **{"timezone_id": "Asia/Shanghai"} | options)
        self.errors: list[str] = []
        self.page: Page = None

    def open(self, address: str, now: str = NOW, **fake) -> Page:
        session = Session()
        page = self.page = self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" and "404" not in message.text else None)
        page.expose_function("engineAnswer", session.answer)
        page.clock.install(time=now)
        page.add_init_script(f"window.FAKE = {json.dumps(fake)};" + (KETTLE / "python.js").read_text("utf-8"))
        page.goto(address)
        return page


@pytest.fixture
def reader(browser):
    reader = Reader(browser)
    yield reader
    reader.context.close()
    assert reader.errors == []


@pytest.fixture
def kettle(reader, site):
    """Opens the kettle's page; `mode` is what Python does."""

    def open(fragment: str = "", mode: str = "slow", **more) -> Page:
        return reader.open(f"{site}/trees/kettle.html{fragment}", mode=mode, **more)

    return open


def link(answers: dict[str, str], version: str = VERSION) -> str:
    return "#" + "&".join([f"a=1&v={version}", *(f"{question}={answer}" for question, answer in answers.items())])


def here(page: Page) -> str:
    """The one section that is shown."""
    shown = page.locator("tree-walk .state:visible")
    expect(shown).to_have_count(1)
    return shown.get_attribute("id") or "ends"


def stands(page: Page, state: str) -> None:
    expect(page.locator(f"[id='{state}']")).to_be_visible()
    assert here(page) == state


def answer(page: Page, *answers: str) -> None:
    for one in answers:
        page.locator(f".state:visible a[data-answer='{one}']").click()


def fragment(page: Page) -> str:
    return page.evaluate("location.hash")


def road(page: Page) -> list[str]:
    return page.locator(".road li span").all_inner_texts()


def notice(page: Page) -> str:
    return page.locator(".notice").inner_text()


# ---- layer 2


def test_a_plain_visit_shows_the_first_question_and_leaves_focus_and_address_alone(kettle):
    page = kettle()
    stands(page, "what")
    assert fragment(page) == "" and notice(page) == "" and page.evaluate("document.activeElement === document.body")
    expect(page.locator(".road, .walk-bar, .tools, .progress")).to_have_count(4)
    for part in (".road", ".walk-bar", ".tools", ".progress"):
        expect(page.locator(part)).to_be_hidden()


def test_each_answer_leads_on_at_once_and_is_kept_in_the_address(kettle):
    page = kettle()
    answer(page, "broken", "no", "y1")
    stands(page, "repairs")
    assert fragment(page) == link({"what": "broken", "soaked": "no", "received": "y1"})
    assert road(page) == ["水壶出了什么问题？ 坏了", "水壶泡过水吗？ 没有", "你哪天签收的？ 超过 7 天，1 年以内"]


def test_the_new_heading_has_the_focus_and_stands_below_the_header(kettle):
    page = kettle()
    answer(page, "broken", "no")
    heading = page.locator("[id='received.broken'] h2")
    expect(heading).to_be_focused()
    assert heading.evaluate("heading => heading.tabIndex") == -1
    assert 48 <= heading.bounding_box()["y"] < 350


def test_browser_back_and_forward_go_stop_by_stop(kettle):
    page = kettle()
    answer(page, "broken", "no", "d7")
    for state in ("received.broken", "soaked", "what"):
        page.go_back()
        stands(page, state)
    assert road(page) == []
    for state in ("soaked", "received.broken", "refund"):
        page.go_forward()
        stands(page, state)
    expect(page.locator("#refund h2")).to_be_focused()


def test_a_reload_and_a_shared_link_give_the_same_place(kettle, browser, site):
    page = kettle()
    answer(page, *ANSWERED.values())
    page.reload()
    stands(page, "repair")
    other = Reader(browser)
    page = other.open(f"{site}/trees/kettle.html{link(ANSWERED)}", mode="slow")
    stands(page, "repair")
    expect(page.locator("#repair h2")).to_be_focused()
    assert len(road(page)) == 4 and other.errors == [] and notice(page) == ""
    other.context.close()


def test_a_changed_answer_keeps_the_later_ones_that_still_fit(kettle):
    page = kettle(link({"what": "broken", "soaked": "no", "received": "d7"}))
    page.get_by_role("link", name="改：水壶出了什么问题？").click()
    stands(page, "what")
    assert road(page) == []
    expect(page.locator("#what a[aria-current=true]")).to_have_text("坏了")
    answer(page, "unwanted")
    stands(page, "return-it")
    assert fragment(page) == link({"what": "unwanted", "received": "d7"})
    page.go_back()
    page.go_back()
    stands(page, "refund")


def test_a_band_still_fits_where_it_opens_a_wider_one(kettle):
    page = kettle(link({"soaked": "no", "received": "y1"}))
    answer(page, "unwanted")
    stands(page, "too-late")


def test_a_later_answer_that_does_not_fit_is_asked_again(kettle):
    page = kettle(link({"what": "unwanted", "received": "y1..over"}))
    page.get_by_role("link", name="改：水壶出了什么问题？").click()
    answer(page, "broken", "no")
    stands(page, "received.broken")
    answer(page, "over")
    assert fragment(page) == link({"what": "broken", "soaked": "no", "received": "over"})


def test_one_step_back_keeps_what_was_answered(kettle):
    page = kettle(link(ANSWERED))
    page.get_by_role("button", name="上一步").click()
    stands(page, "repairs")
    expect(page.locator("#repairs a[aria-current=true]")).to_have_text("0 到 1 次")
    page.get_by_role("button", name="上一步").click()
    stands(page, "received.broken")
    answer(page, "y1")
    stands(page, "repairs")


def test_starting_over_asks_nothing_and_browser_back_undoes_it(kettle):
    page = kettle()
    answer(page, "broken", "yes")
    page.get_by_role("button", name="从头开始").click()
    stands(page, "what")
    expect(page.locator("#what h2")).to_be_focused()
    page.go_back()
    stands(page, "own-fault")


def test_unsure_without_python_shows_what_is_possible_and_the_way_back(kettle):
    page = kettle(mode="failed")
    answer(page, "broken", "no", "unsure")
    stands(page, "received.broken-unsure")
    page.locator(".state:visible .back a").click()
    stands(page, "received.broken")
    assert road(page) == ["水壶出了什么问题？ 坏了", "水壶泡过水吗？ 没有"]


def test_a_possible_outcome_can_be_read_and_left_again(kettle):
    page = kettle(mode="failed")
    answer(page, "broken", "no", "unsure")
    page.locator(".state:visible a[href='#too-late']").click()
    stands(page, "too-late")
    assert road(page) == [] and "没有用到你的回答" in notice(page)
    page.get_by_role("link", name="回到我的回答").click()
    stands(page, "received.broken-unsure")
    page.go_back()
    stands(page, "too-late")


def test_a_state_linked_from_a_law_page_is_read_by_its_links(kettle):
    page = kettle("#received.broken")
    stands(page, "received.broken")
    assert road(page) == [] and "从第一个问题开始" in notice(page)
    answer(page, "y1")
    stands(page, "repairs")
    assert fragment(page) == "#repairs"
    page.go_back()
    stands(page, "received.broken")
    page.get_by_role("link", name="从第一个问题开始").click()
    stands(page, "what")
    assert notice(page) == ""


def test_a_heading_found_by_search_shows_its_section(kettle):
    stands(kettle("#repair:"), "repair")


def test_the_first_question_linked_by_its_id_starts_a_walk(kettle):
    page = kettle("#what")
    assert notice(page) == ""
    answer(page, "broken")
    assert fragment(page) == link({"what": "broken"})


def test_a_place_outside_the_walk_changes_nothing(kettle):
    page = kettle(link({"what": "broken"}))
    page.evaluate("location.hash = '#foot'")
    stands(page, "soaked")
    assert notice(page) == ""


MALFORMED = {
    "#nowhere": "what",
    "#constructor": "what",
    "#%E0%A4%A": "what",
    "#a": "what",
    "#a=": "what",
    "#a=2&v=00c0ffee&what=broken": "what",
    "#a=1&a=1&what=broken": "what",
    "#v=00c0ffee&what=broken": "what",
    "#=&=": "what",
    "#a=1&v=00c0ffee&what=" + "x" * 5000: "what",
    "#a=1&v=00c0ffee&what=\"]<img src=x onerror=alert(1)>": "what",
    "#a=1&v=00c0ffee&__proto__=x&constructor=y": "what",
    "#a=1&v=00c0ffee&what=toString": "what",
    "#a=1&v=00c0ffee&what=boiling": "what",
    "#a=1&v=zzz&what=broken": "soaked",
    "#a=1&v=00c0ffee&what=broken&colour=red": "soaked",
    "#a=1&v=00c0ffee&what=broken&what=unwanted": "soaked",
    "#a=1&v=00c0ffee&what=broken&soaked=2026-11-10": "soaked",
    "#a=1&v=00c0ffee&what=broken&soaked=no&received=2026-11": "received.broken",
    "#a=1&v=00c0ffee&what=lost": "what",
}


@pytest.mark.parametrize("bad", MALFORMED)
def test_a_malformed_fragment_gets_one_sentence_and_never_an_empty_page(kettle, bad):
    page = kettle(bad)
    assert here(page) == MALFORMED[bad]
    assert "v=zzz" in bad or re.fullmatch(r"[^。]{5,60}。([^。]{5,20}。)?", notice(page))
    answer(page, page.locator(".state:visible a[data-answer]:not([data-handover])").first.get_attribute("data-answer"))
    assert here(page) != MALFORMED[bad]


TOLERATED = [
    link(ANSWERED).replace("&", "&amp;"),
    "#" + link(ANSWERED)[1:].replace("=", "%3D").replace("&", "%26"),
    link(ANSWERED) + "#wechat_redirect",
    link(ANSWERED).replace(f"&v={VERSION}", ""),
]


@pytest.mark.parametrize("mangled", TOLERATED)
def test_links_mangled_on_their_way_still_lead_there(kettle, mangled):
    page = kettle(mangled)
    stands(page, "repair")
    assert notice(page) == ""


def test_an_old_link_is_replayed_and_what_no_longer_fits_is_named(kettle):
    page = kettle(link({"what": "broken", "soaked": "maybe", "gone": "x"}, "12345678"))
    stands(page, "soaked")
    assert notice(page) == "这个链接生成以后，内容更新过；不再适用的回答：“水壶泡过水吗？”。"
    answer(page, "yes")
    assert notice(page) == "" and VERSION in fragment(page)


def test_an_old_link_that_still_fits_says_only_that_it_was_replayed(kettle):
    page = kettle(link(ANSWERED, "12345678"))
    stands(page, "repair")
    assert notice(page) == "这个链接生成以后，内容更新过；已按新内容重新走了一遍。"


def test_the_element_comes_and_goes_without_doubling_or_leaking(kettle, reader):
    page = kettle(link({"what": "broken", "soaked": "no"}))
    page.evaluate("""() => {
        window.added = 0;
        for (const target of [window, document, document.body]) {
            const add = target.addEventListener;
            target.addEventListener = function (...all) { window.added++; return add.apply(this, all) };
        }
        const walk = document.querySelector("tree-walk"), parent = walk.parentElement;
        for (let time = 0; time < 20; time++) { walk.remove(); parent.append(walk) }
        const copy = walk.cloneNode(true);
        walk.replaceWith(copy);
    }""")
    stands(page, "received.broken")
    assert page.evaluate("window.added") == 0
    for part in (".road", ".notice", ".tools", ".walk-bar"):
        expect(page.locator(part)).to_have_count(1)
    assert page.evaluate("FAKE.listeners()") == 1
    answer(page, "d7")
    stands(page, "refund")
    page.go_back()
    stands(page, "received.broken")


def test_an_element_that_left_ignores_the_address(kettle):
    page = kettle(link({"what": "broken"}))
    page.evaluate("window.walk = document.querySelector('tree-walk'); walk.remove(); history.pushState(null, '', '#what'); history.back()")
    page.wait_for_timeout(50)
    page.evaluate("document.body.append(walk)")
    stands(page, "soaked")


def test_all_of_it_works_from_a_file(reader, folder):
    page = reader.open(f"file://{folder}/trees/kettle.html", mode="failed")
    answer(page, "broken", "no", "d7")
    stands(page, "refund")
    page.go_back()
    stands(page, "received.broken")
    page.reload()
    stands(page, "received.broken")
    page.goto(f"file://{folder}/trees/kettle.html#repairs")
    stands(page, "repairs")


def test_the_keyboard_alone_reaches_an_outcome_and_changes_an_answer(kettle):
    page = kettle()
    page.keyboard.press("Tab")  # the header's link
    for state in ("received.unwanted", "return-it"):
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        stands(page, state)
        assert page.evaluate("document.activeElement.tagName") == "H2"
    for _ in range(4):
        page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.ariaLabel") == "改：水壶出了什么问题？"
    page.keyboard.press("Enter")
    stands(page, "what")


def test_a_click_with_ctrl_or_on_other_links_is_left_to_the_browser(kettle):
    page = kettle(link(ANSWERED))
    with page.expect_navigation():
        page.locator("#repair a[href*='law/']").click()
    assert "law/kettle-law.html" in page.url
    page = kettle()
    page.locator("#what a[data-answer=broken]").click(modifiers=["ControlOrMeta"])
    stands(page, "what")


def test_shared_answers_are_carried_to_another_tree(kettle):
    page = kettle(link({"received": "d7"}))
    answer(page, "unwanted")
    page.evaluate("document.querySelector('#return-it').insertAdjacentHTML('beforeend', '<a data-handover=other href=other.html#first>换</a>')")
    with page.expect_navigation():
        page.get_by_role("link", name="换").click()
    assert page.url.endswith("other.html#a=1&what=unwanted&received=d7")


def test_without_shared_answers_the_link_to_another_tree_is_plain(kettle):
    page = kettle()
    with page.expect_navigation():
        answer(page, "lost")
    assert page.url.endswith("other.html#first")


# ---- what is kept


def test_nothing_is_stored_unless_asked_and_everything_is_forgotten_at_once(kettle):
    page = kettle()
    answer(page, "broken")
    assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
    page.get_by_role("button", name="在这台设备上记住").click()
    answer(page, "no")
    page.goto(page.url.split("#")[0] + "?again")
    stands(page, "what")
    page.get_by_role("link", name="接着上次的回答").click()
    stands(page, "received.broken")
    page.get_by_role("button", name="全部忘记").click()
    stands(page, "what")
    assert page.evaluate("localStorage.length") == 0 and fragment(page) == ""
    page.reload()
    assert notice(page) == "" and here(page) == "what"


def test_someone_elses_link_does_not_replace_what_is_kept(kettle):
    page = kettle()
    answer(page, "broken")
    page.get_by_role("button", name="在这台设备上记住").click()
    page.goto(page.url.split("#")[0] + "?shared" + link(ANSWERED))
    stands(page, "repair")
    assert "repairs" not in page.evaluate("localStorage.getItem('minglu-walks')")


def test_a_browser_that_stores_nothing_says_so(kettle, reader):
    reader.context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })")
    page = kettle()
    answer(page, "broken")
    page.get_by_role("button", name="在这台设备上记住").click()
    assert "不允许保存" in notice(page)
    page.get_by_role("button", name="全部忘记").click()
    stands(page, "what")


def test_sharing_copies_the_link_and_says_what_is_in_it(kettle, reader):
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = kettle()
    answer(page, "broken")
    expect(page.locator(".tools")).to_contain_text("分享的链接里有你的回答")
    page.get_by_role("button", name="分享").click()
    expect(page.locator(".notice")).to_contain_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_sharing_falls_back_to_a_field_to_copy_from(kettle, reader):
    reader.context.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page = kettle()
    answer(page, "broken")
    page.get_by_role("button", name="分享").click()
    expect(page.locator(".notice input")).to_have_value(page.url)


def test_the_phones_own_sharing_is_used_where_there_is_one(kettle, reader):
    reader.context.add_init_script("navigator.share = (what) => { window.what = what; return Promise.reject(new DOMException('', 'AbortError')) }")
    page = kettle()
    answer(page, "broken")
    page.get_by_role("button", name="分享").click()
    assert page.evaluate("what") == {"title": "水壶退货", "url": page.url}


def test_the_page_can_be_printed_alone(kettle, reader):
    reader.context.add_init_script("window.print = () => (window.printed = true)")
    page = kettle(link(ANSWERED))
    page.get_by_role("button", name="打印这一页").click()
    assert page.evaluate("printed")
    page.emulate_media(media="print")
    assert here(page) == "repair"
    expect(page.locator(".tools")).to_be_hidden()
    expect(page.locator(".road")).to_be_visible()


# ---- layer 3


def test_python_starts_with_the_first_answer_and_not_before(kettle):
    page = kettle(mode="ready")
    assert page.evaluate("FAKE.starts") == 0
    answer(page, "broken")
    assert page.evaluate("FAKE.starts") == 1


def test_on_data_saver_python_waits_for_a_button(kettle):
    page = kettle(mode="ready", saveData=True)
    answer(page, "unwanted")
    assert page.evaluate("FAKE.starts") == 0
    page.get_by_role("button", name="加载精确到天的计算").click()
    expect(page.locator(".exact input")).to_be_enabled()
    assert page.evaluate("FAKE.starts") == 1
    expect(page.locator(".progress")).to_be_hidden()


def test_while_python_loads_the_ranges_work_and_the_line_counts_bytes(kettle):
    page = kettle(mode="slow")
    answer(page, "unwanted")
    page.evaluate("FAKE.progress(453, 1000)")
    expect(page.locator(".percent")).to_have_text("正在加载精确到天的计算 45%")
    expect(page.locator(".exact input")).to_be_disabled()
    expect(page.locator(".exact")).to_contain_text("现在就可以选下面的范围")
    answer(page, "d7")
    stands(page, "return-it")
    page.evaluate("FAKE.arrive()")
    expect(page.locator("#return-it .what-if")).to_be_visible()
    stands(page, "return-it")


def test_when_python_fails_one_line_says_so_and_the_links_go_on(kettle):
    page = kettle(mode="failed")
    answer(page, "unwanted")
    expect(page.locator(".failure")).to_have_text("精确到天的计算没有加载成功：下载中断：没有取到 engine.zip；下面的链接照常可用。")
    expect(page.locator(".exact")).to_be_hidden()
    answer(page, "d7")
    stands(page, "return-it")
    expect(page.locator(".failure")).to_be_visible()
    page.evaluate("FAKE.mode = 'ready'")
    page.get_by_role("button", name="重试").click()
    expect(page.locator("#return-it .what-if")).to_be_visible()
    expect(page.locator("#return-it h2")).to_be_focused()


@pytest.mark.parametrize(("mode", "says"), [("absent", "没有带上计算程序"), ("slow", "不允许运行")])
def test_a_failure_that_cannot_be_mended_offers_no_retry(kettle, mode, says):
    page = kettle(mode=mode)
    answer(page, "unwanted")
    if mode == "slow":
        page.evaluate("FAKE.fail('这个浏览器不允许运行 WebAssembly。')")
    expect(page.locator(".failure")).to_contain_text(says)
    expect(page.get_by_role("button", name="重试")).to_be_hidden()


def test_data_that_does_not_come_is_told_in_one_line(kettle, reader):
    reader.context.route("**/kettle.json*", lambda route: route.fulfill(status=404))
    page = kettle(mode="ready")
    answer(page, "broken")
    expect(page.locator(".notice")).to_contain_text("没有取到")
    answer(page, "no")
    stands(page, "received.broken")


def exactly(page: Page, value: str) -> None:
    field = page.locator(".state:visible .exact input")
    expect(field).to_be_enabled()
    field.fill(value)
    page.locator(".state:visible .exact button").click()


def test_an_exact_day_decides_where_it_leads_and_gives_dates(kettle):
    page = kettle(mode="ready")
    answer(page, "unwanted")
    exactly(page, "2026-11-10")
    stands(page, "return-it")
    assert fragment(page) == link({"what": "unwanted", "received": "2026-11-10"})
    claim, silence = page.locator("[data-deadline=claim] [data-slot]"), page.locator("[data-deadline=silence] [data-slot]")
    visible = page.locator("#return-it")
    expect(visible.locator(claim)).to_contain_text("11月17日（周二）前（含当天） 还有 1 天")
    expect(visible.locator(silence)).to_contain_text("11月25日（周三）过后 期限还没满，还有 9 天")
    visible.locator(claim).locator("summary").click()
    expect(visible.locator(claim)).to_contain_text("次日（11月11日）起算第7天是11月17日（周二）。依据：水壶法 第11条。")
    assert road(page)[1] == "你哪天签收的？ 2026年11月10日"
    page.go_back()
    stands(page, "received.unwanted")
    page.go_forward()
    stands(page, "return-it")
    page.reload()
    stands(page, "return-it")


@pytest.mark.parametrize(("day", "words"), [("2026-11-09", "今天是最后一天"), ("2026-11-10", "还有 1 天")])
def test_days_left_are_said(kettle, day, words):
    page = kettle(link({"what": "unwanted", "received": day}), mode="ready")
    expect(page.locator("#return-it [data-deadline=claim] .days")).to_have_text(words)


def test_a_deadline_that_passed_offers_no_calendar(kettle):
    page = kettle(link({"what": "broken", "soaked": "no", "received": "2025-12-01", "repairs": "3"}), mode="ready")
    expect(page.locator("#refund .days")).to_contain_text("已经过了")
    expect(page.get_by_role("button", name="加入日历")).to_have_count(0)
    expect(page.locator("#refund .day")).to_contain_text("2025年12月8日")


def test_a_band_gives_no_date_and_the_rule_stands_in_words(kettle):
    page = kettle(mode="ready")
    answer(page, "unwanted", "d7")
    expect(page.locator("#return-it .what-if")).to_be_visible()
    expect(page.locator("#return-it .day")).to_have_count(0)


def test_an_exact_number_decides_too(kettle):
    page = kettle(link({"what": "broken", "soaked": "no", "received": "y1"}), mode="ready")
    expect(page.locator("#repairs .exact")).to_contain_text("填数字 次")
    exactly(page, "4")
    stands(page, "refund")
    assert road(page)[-1] == "修过几次？ 4 次"


@pytest.mark.parametrize(("value", "says"), [("2026-11-17", "还没有到"), ("1980-01-01", "太早"), ("", "请先填好")])
def test_a_day_that_cannot_be_is_refused_at_its_question_and_kept(kettle, value, says):
    page = kettle(link({"what": "unwanted"}), mode="ready")
    exactly(page, value)
    expect(page.locator("[id='received.unwanted'] .problem")).to_contain_text(says)
    stands(page, "received.unwanted")
    assert page.locator(".exact input").input_value() == value and fragment(page) == link({"what": "unwanted"})
    exactly(page, "2026-11-16")
    stands(page, "return-it")


@pytest.mark.parametrize("day", ["2026-02-30", "2027-01-01"])
def test_a_day_in_a_link_that_cannot_be_is_refused_at_its_question(kettle, day):
    page = kettle(link({"what": "unwanted", "received": day}), mode="ready")
    expect(page.locator("[id='received.unwanted'] .problem")).not_to_be_empty()
    stands(page, "received.unwanted")
    assert notice(page) == ""
    answer(page, "d7")
    stands(page, "return-it")


def test_the_day_is_the_day_in_china_whatever_the_device_says(browser, site):
    reader = Reader(browser, timezone_id="America/New_York")
    page = reader.open(f"{site}/trees/kettle.html{link({'what': 'unwanted'})}", now="2026-11-16T11:30:00-05:00", mode="ready")
    expect(page.locator(".exact input")).to_have_attribute("max", "2026-11-17")
    exactly(page, "2026-11-10")
    expect(page.locator("#return-it [data-deadline=claim] .days")).to_have_text("今天是最后一天")
    reader.context.close()
    assert reader.errors == []


EXACT = {"what": "broken", "soaked": "no", "received": "2026-10-10", "repairs": "r1"}


def test_a_link_with_an_exact_day_waits_at_its_question_and_then_goes_on(kettle):
    page = kettle(link(EXACT))
    stands(page, "received.broken")
    assert notice(page) == "正在按日期计算…"
    assert page.locator(".exact input").input_value() == "2026-10-10"
    page.evaluate("FAKE.arrive()")
    stands(page, "repair")
    assert notice(page) == "" and len(road(page)) == 4
    expect(page.locator("#repair h2")).to_be_focused()


def test_a_link_with_an_exact_day_keeps_its_later_answers_when_python_fails(kettle):
    page = kettle(link(EXACT))
    page.evaluate("FAKE.fail('等待超时：Python 一直没有启动。')")
    stands(page, "received.broken")
    assert notice(page) == ""
    answer(page, "y1")
    stands(page, "repair")
    assert fragment(page) == link(EXACT | {"received": "y1"})


def test_an_old_link_with_an_exact_day_says_in_the_end_what_became_of_it(kettle):
    page = kettle(link(EXACT, "12345678"))
    page.evaluate("FAKE.arrive()")
    stands(page, "repair")
    assert notice(page) == "这个链接生成以后，内容更新过；已按新内容重新走了一遍。"


def test_unsure_goes_on_asking_and_ends_with_what_is_still_possible(kettle):
    page = kettle(link({"what": "broken"}), mode="ready")
    expect(page.locator(".possible summary")).to_have_text("可能的结果（4）")
    answer(page, "unsure")
    stands(page, "received.broken")
    assert road(page)[-1] == "水壶泡过水吗？ 不确定"
    answer(page, "d7")
    expect(page.locator("tree-walk > section.several.here h2")).to_have_text("还定不下来：可能的结果")
    shown = page.locator(".state.here")
    assert shown.locator("a.choice").all_inner_texts() == ["退、换、修由你选", "自己弄坏的"]
    expect(shown.locator(".why")).to_contain_text("水壶泡过水吗？")
    expect(shown.locator(".why")).to_contain_text("看底座")
    page.reload()
    expect(page.locator("tree-walk > section.several.here h2")).to_have_text("还定不下来：可能的结果")
    shown.get_by_role("link", name="去回答").click()
    stands(page, "soaked")
    answer(page, "no")
    stands(page, "refund")
    for state in ("soaked", "ends", "received.broken", "soaked"):
        page.go_back()
        page.wait_for_timeout(50)
        assert here(page) == state


def test_several_ends_may_include_another_tree(kettle):
    page = kettle(link({"what": "unsure", "soaked": "yes", "received": "d7"}), mode="ready")
    end = page.locator(".state.here a.choice").last
    expect(end).to_have_text("没收到货")
    assert end.get_attribute("href") == "other.html#first"


def test_unsure_before_python_is_there_is_not_moved_but_offered_more(kettle):
    page = kettle(link({"what": "broken"}))
    answer(page, "unsure")
    stands(page, "soaked-unsure")
    assert notice(page) == ""
    page.evaluate("FAKE.arrive()")
    expect(page.locator(".notice")).to_contain_text("接着往下问")
    stands(page, "soaked-unsure")
    page.get_by_role("link", name="接着往下问").click()
    stands(page, "received.broken")


def test_unsure_goes_on_by_links_when_python_fails_on_the_way(kettle):
    page = kettle(link({"what": "broken", "soaked": "unsure"}), mode="ready")
    stands(page, "received.broken")
    page.evaluate("FAKE.fail('等待超时：Python 一直没有回答。')")
    answer(page, "d7")
    stands(page, "refund")


def test_python_never_moves_a_reader_who_follows_links(kettle):
    page = kettle(mode="ready", wrong={"at": {"kind": "outcome", "id": "too-late", "state": "too-late"}, "states": ["too-late"]})
    answer(page, "unwanted", "d7")
    page.wait_for_function("FAKE.asked.length > 2")
    page.wait_for_timeout(50)
    stands(page, "return-it")
    expect(page.locator("#return-it .what-if")).to_be_hidden()


def test_what_if_rows_lead_to_the_other_answer(kettle):
    page = kettle(link({"what": "unwanted", "received": "2026-11-10"}), mode="ready")
    rows = page.locator("#return-it .what-if li")
    expect(rows).to_have_text(["水壶出了什么问题？ 坏了 水壶泡过水吗？", "水壶出了什么问题？ 没收到 没收到货", "你哪天签收的？ 超过 7 天 太晚了"])
    assert rows.nth(1).locator("a").get_attribute("href").endswith("other.html#first")
    rows.nth(2).locator("a").click()
    stands(page, "too-late")
    page.go_back()
    stands(page, "return-it")


def test_the_calendar_file_is_read_by_a_real_parser(kettle):
    page = kettle(link({"what": "unwanted", "received": "2026-11-10"}), mode="ready")
    with page.expect_download() as download:
        page.get_by_role("button", name="加入日历").click()
    data = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename == "claim-2026-11-17.ics"
    assert data.endswith(b"END:VCALENDAR\r\n") and data.count(b"\n") == data.count(b"\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert event["SUMMARY"] == "最后一天：向水壶店提出；要快，书面\\提"
    assert event["DTSTART"].dt == date(2026, 11, 17) and event["DTEND"].dt == date(2026, 11, 18)
    assert "起算第7天是11月17日（周二）" in event["DESCRIPTION"] and "水壶法 第11条" in event["DESCRIPTION"]
    assert "received" not in str(event) and event["UID"] and event["DTSTAMP"]
    (alarm,) = event.walk("VALARM")
    assert alarm["ACTION"] == "DISPLAY" and alarm["TRIGGER"].dt.total_seconds() == -15 * 3600
