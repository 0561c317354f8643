"""Letters to fill: from an outcome to a letter that is ready to send, on a phone."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from unicodedata import normalize

import docx
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pypdf import PdfReader

PHONE = {"width": 375, "height": 740}
NOW = "2026-11-16T10:00:00+08:00"
CHOOSE = (
    "trees/quality-defect.html#a=1&danger=none&device=phone&source=new&reported=2026-11-16&received=2026-11-11"
    "&bought=platform&cause=none&invoiced=2026-11-11&price=4999.00"
)
"""An outcome with one letter, which has a form for a chat."""

COMPLAIN = "trees/escalation.html#a=1&step=refused&bought=store&asked=2026-10-20&knew=2026-10-20&claim=clear"
"""An outcome with a complaint, a report and another letter."""

SUE = "trees/escalation.html#a=1&step=association&bought=store&knew=2026-06-01&claim=clear&price=3599.00"
"""An outcome with the longest of all letters."""

NONE = "trees/parallel-import.html#a=1&way=abroad&abroad-trouble=warranty&clause=no"
"""An outcome without any standing, with a letter that asks."""

ROUGH = CHOOSE.replace("received=2026-11-11", "received=d7")

CHAT = "手机2026年11月11日收到，7天内出现开不了机。我选换货，请2026年11月23日前书面答复，别先拆机。"
"""Its form for a chat, filled in."""

BLOCKED_ERROR = "no store here"
EVIL = "】<img src=x onerror=alert(1)>【姓名】{today}${alert(1)}</mark><script>alert(1)</script>&lt;b&gt;"


@pytest.fixture
def url(site: Path, serve) -> str:
    return serve(site).url


@pytest.fixture
def phone(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes phones. Whatever goes wrong in their pages fails the test."""
    phones, wrong = [], []

    def make(**options) -> BrowserContext:
        about = {"viewport": PHONE, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", "has_touch": True}
        context = browser.new_context(**about | options)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        phones.append(context)
        return context

    yield make
    for context in phones:
        context.close()
    assert [one for one in wrong if BLOCKED_ERROR not in one] == []  # Material asks for the store, too


def visit(context: BrowserContext, address: str, *, python: bool = True) -> Page:
    """At an outcome, whose letters stand as they are without this script."""
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    if not python:
        page.route("**/worker.*.js*", lambda route: route.abort())
    page.goto(address)
    page.wait_for_selector(".state.here .letter > summary:visible", timeout=60_000)
    if python:
        page.wait_for_selector(".state.here .copy", state="attached", timeout=60_000)
    return page


def opened(page: Page, title: str = "") -> Locator:
    """The letter with this in its title, or the first one, opened by a tap."""
    letter = page.locator(".state.here .letter:visible", has_text=title).first
    letter.locator("> summary").tap()
    expect(letter.locator(".fill")).to_be_visible()
    return letter


def turn(letter: Locator) -> None:
    letter.get_by_role("tab", name="完整的信").tap()


def field(letter: Locator, name: str) -> Locator:
    return letter.get_by_label(name, exact=True)


def count(letter: Locator) -> str:
    return letter.locator(".fill-count").inner_text()


def clipboard(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


def notes(page: Page) -> dict:
    return page.evaluate("MingluCase.notes")


def press(letter: Locator, name: str) -> None:
    letter.get_by_role("button", name=name, exact=True).tap()


# ---- from the outcome to a letter that is ready


def test_three_taps_beside_typing_and_the_clipboard_holds_the_letter(phone, url) -> None:
    page = visit(phone(), url + CHOOSE)
    taps = 0

    def tap(what: Locator) -> None:
        nonlocal taps
        taps += 1
        what.tap()

    letter = page.locator(".state.here .letter:visible")
    tap(letter.locator("> summary"))
    for name, typed in {"出了什么问题": "开不了机", "退货、换货还是修理": "换货", "哪天前答复": "11月23日"}.items():
        field(letter, name).fill(typed)
    tap(letter.get_by_role("button", name="复制这段话"))
    expect(letter.get_by_role("status")).to_have_text("已复制。可以去粘贴了。")
    assert taps <= 3
    assert clipboard(page) == letter.locator(".fill-text").text_content() == CHAT
    assert count(letter) == "都填好了"


def test_nothing_of_it_is_loaded_before_it_is_asked_for(phone, site, serve) -> None:
    served = serve(site)
    page = visit(phone(), served.url + CHOOSE)

    def loaded() -> set[str]:
        return {
            name for path in served.asked if (name := path.split("/")[-1].split(".")[0]) in ("act", "docx", "qrcode")
        }

    assert loaded() == set()
    letter = opened(page)
    assert {path.split(".")[-1] for path in served.asked if "/act." in path} == {"js", "css"}
    turn(letter)
    assert loaded() == {"act"}
    with page.expect_download():
        press(letter, "Word 文件")
    assert loaded() == {"act", "docx"}


def test_the_short_form_for_a_chat_comes_first(phone, url) -> None:
    letter = opened(visit(phone(), url + CHOOSE))
    tabs = letter.get_by_role("tab").all_inner_texts()
    assert tabs == ["聊天里发", "完整的信"]
    assert len(letter.locator(".fill-text").inner_text()) < 100
    turn(letter)
    assert "《消费者权益保护法》第24条第2款" in letter.locator(".fill-text").inner_text()
    names = letter.locator(".fill-row label").all_inner_texts()
    assert names[:2] == ["商家名称", "订单号"], "not in the order of the text"


def test_what_is_open_is_marked_and_counted_and_a_tap_leads_to_its_field(phone, url) -> None:
    letter = opened(visit(phone(), url + CHOOSE))
    assert count(letter) == "还有 3 处没填" and letter.locator("mark").count() == 3
    letter.locator("mark [role=button]", has_text="哪天前答复").tap()
    expect(field(letter, "哪天前答复")).to_be_focused()
    field(letter, "出了什么问题").fill("开不了机")
    assert count(letter) == "还有 2 处没填" and letter.locator("mark").count() == 2
    letter.locator(".fill-count").tap()
    expect(field(letter, "退货、换货还是修理")).to_be_focused()
    field(letter, "出了什么问题").fill("")
    assert count(letter) == "还有 3 处没填"


def test_a_field_is_filled_in_once_for_all_letters_on_all_pages(phone, url) -> None:
    page = visit(phone(), url + COMPLAIN)
    first = opened(page, "投诉书")
    field(first, "姓名").fill("王小明")
    second = opened(page, "举报信")
    assert field(second, "姓名").input_value() == "王小明"
    field(second, "出了什么问题").fill("开不了机")
    assert "知道开不了机。" in first.locator(".fill-text").inner_text()
    page.evaluate("() => { window.sameDocument = true; document.querySelector('.md-header a.md-logo').click(); }")
    page.locator("a.choice[href*='trees/quality-defect.html']").click()
    page.wait_for_selector(".state.here")
    page.evaluate("(hash) => { location.hash = hash; }", CHOOSE.partition("#")[2])
    page.wait_for_selector(".state.here .copy", state="attached", timeout=60_000)
    third = opened(page)
    assert page.evaluate("window.sameDocument")
    assert field(third, "出了什么问题").input_value() == "开不了机"
    turn(third)
    assert third.locator(".fill-text").inner_text().strip().endswith("王小明　【电话】")


def test_a_reply_that_is_ticked_comes_in_while_what_was_typed_stays(phone, url) -> None:
    page = visit(phone(), url + CHOOSE)
    letter = opened(page)
    turn(letter)
    field(letter, "姓名").fill("王小明")
    before = letter.locator(".fill-text").inner_text()
    reply = page.locator(".state.here details[data-reply]:visible:has(.in-letter)").first
    sentence = reply.locator(".in-letter").text_content().split("：", 1)[1]
    assert sentence not in before
    reply.locator("> summary").tap()
    expect(letter.locator(".fill-text")).to_contain_text(sentence)
    assert "王小明" in letter.locator(".fill-text").inner_text()
    reply.locator("> summary").tap()
    expect(letter.locator(".fill-text")).to_have_text(before, use_inner_text=True)


def test_what_the_walk_knows_is_offered_by_a_tap_and_never_put_in_by_itself(phone, url) -> None:
    page = visit(phone(), url + CHOOSE)
    letter = opened(page)
    assert field(letter, "哪天前答复").input_value() == ""
    press(letter, "2026年11月23日（7 天后）")
    assert field(letter, "哪天前答复").input_value() == "2026年11月23日"
    press(letter, "换货")
    assert field(letter, "退货、换货还是修理").input_value() == "换货"
    assert letter.get_by_role("button", name="换货", exact=True).get_attribute("aria-pressed") == "true"
    press(letter, "换货")
    assert field(letter, "退货、换货还是修理").input_value() == ""
    press(letter, "在这台设备上记住")
    page.goto(url + COMPLAIN)
    complaint = opened(page, "投诉书")
    press(complaint, "4,999.00（你答过）")
    assert "付了4,999.00元。" in complaint.locator(".fill-text").inner_text()


def test_what_the_reader_could_not_say_to_the_day_is_a_field(phone, url) -> None:
    letter = opened(visit(phone(), url + ROUGH))
    assert "手机【哪天收到这件东西】收到" in letter.locator(".fill-text").inner_text()
    field(letter, "哪天收到这件东西").fill("11月中")
    assert "手机11月中收到" in letter.locator(".fill-text").inner_text()


def test_without_python_the_letter_is_filled_in_all_the_same(phone, url) -> None:
    page = visit(phone(), url + COMPLAIN.replace("2026-10-20", "over", 1).replace("2026-10-20", "y3"), python=False)
    letter = opened(page, "投诉书")
    text = letter.locator(".fill-text").inner_text()
    assert "2026年11月16日\n投诉人：【姓名】" in text and "他们说过什么" not in text
    field(letter, "哪天知道出了问题、该找谁").fill("10月20日")
    assert "10月20日知道【出了什么问题】" in letter.locator(".fill-text").inner_text()


# ---- what kind of letter it is


def test_a_complaint_and_a_report_are_told_apart(phone, url) -> None:
    page = visit(phone(), url + COMPLAIN)
    expect(opened(page, "投诉书").locator(".fill-kind")).to_contain_text("这是投诉")
    expect(opened(page, "举报信").locator(".fill-kind")).to_contain_text("这是举报")


def test_without_standing_the_letter_says_that_it_asks(phone, url) -> None:
    page = visit(phone(), url + NONE)
    expect(opened(page).locator(".fill-kind")).to_contain_text("没有能要求对方照办的依据")
    page.goto(url + CHOOSE)
    assert opened(page).locator(".fill-kind").is_hidden()


# ---- noted as copied and sent


def test_a_letter_is_noted_as_sent_and_that_can_be_taken_back(phone, url) -> None:
    page = visit(phone(), url + COMPLAIN)
    letter = opened(page, "投诉书")
    assert letter.get_by_role("button", name="记下今天").count() == 0
    press(letter, "复制这封信")
    key = "escalation/complain/complaint"
    expect(letter.get_by_role("status")).to_contain_text("处【】没填")
    assert notes(page)["letters"][key] == {"copied": "2026-11-16", "sent": ""}
    press(letter, "记下今天")
    assert notes(page)["letters"][key]["sent"] == "2026-11-16"
    [entry] = notes(page)["log"]
    assert {
        "day": "2026-11-16",
        "kind": "sent",
        "who": "complaint-12315",
        "says": "12315 投诉书",
    }.items() <= entry.items()
    expect(letter.locator(".fill-sent")).to_contain_text("记下了：2026年11月16日发出")
    press(letter, "撤销")
    assert notes(page)["log"] == [] and notes(page)["letters"][key] == {"copied": "2026-11-16", "sent": ""}


# ---- nothing is lost without a word


def test_a_reload_asks_before_it_loses_what_is_kept_nowhere(phone, url) -> None:
    page = visit(phone(), url + CHOOSE)
    letter = opened(page)
    expect(letter.locator(".fill-keep")).to_contain_text("写的只在这一页里，刷新或关掉就没有了")
    asked = []
    field(letter, "出了什么问题").fill("开不了机")
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"] and not page.is_closed()
    assert field(letter, "出了什么问题").input_value() == "开不了机"


def test_what_is_kept_comes_back_after_a_reload(phone, url) -> None:
    page = visit(phone(), url + CHOOSE)
    letter = opened(page)
    field(letter, "出了什么问题").fill("开不了机")
    press(letter, "在这台设备上记住")
    expect(letter.locator(".fill-keep")).to_contain_text("已记在这台设备上")
    expect(page.locator(".tools")).to_contain_text("已记在这台设备上")
    field(letter, "退货、换货还是修理").fill("换货")
    page.reload()
    page.wait_for_selector(".state.here .copy", state="attached", timeout=60_000)
    letter = opened(page)
    assert "出现开不了机。我选换货" in letter.locator(".fill-text").inner_text()
    expect(letter.locator(".fill-keep")).to_contain_text("已记在这台设备上")


def test_back_and_forward_lose_nothing(phone, url) -> None:
    page = visit(phone(), url + CHOOSE)
    field(opened(page), "出了什么问题").fill("开不了机")
    page.get_by_role("button", name="上一步").tap()
    expect(page.locator(".state.here.question")).to_be_visible()
    page.go_back()
    page.wait_for_selector(".state.here .letter:visible")
    letter = page.locator(".state.here .letter:visible").first
    if letter.get_attribute("open") is None:
        letter.locator("> summary").tap()
    expect(field(letter, "出了什么问题")).to_have_value("开不了机")


def test_two_tabs_lose_nothing_of_each_other(phone, url) -> None:
    context = phone()
    one, other = visit(context, url + CHOOSE), visit(context, url + CHOOSE)
    here, there = opened(one), opened(other)
    press(here, "在这台设备上记住")
    field(here, "出了什么问题").fill("开不了机")
    expect(field(there, "出了什么问题")).to_have_value("开不了机")
    field(there, "退货、换货还是修理").fill("换货")
    expect(field(here, "退货、换货还是修理")).to_have_value("换货")
    assert notes(one)["fields"] == notes(other)["fields"] == {"出了什么问题": "开不了机", "退货、换货还是修理": "换货"}


def test_what_is_kept_by_another_tab_takes_in_what_was_typed_here(phone, url) -> None:
    context = phone()
    one, other = visit(context, url + CHOOSE), visit(context, url + CHOOSE)
    here, there = opened(one), opened(other)
    field(there, "出了什么问题").fill("开不了机")
    field(here, "退货、换货还是修理").fill("换货")
    press(here, "在这台设备上记住")
    expect(there.get_by_role("alert")).to_contain_text("并进去")
    expect(field(here, "出了什么问题")).to_have_value("开不了机")
    expect(field(there, "退货、换货还是修理")).to_have_value("换货")


def test_what_another_tab_clears_stays_here_with_a_word(phone, url) -> None:
    context = phone()
    one, other = visit(context, url + CHOOSE), visit(context, url + CHOOSE)
    here, there = opened(one), opened(other)
    press(here, "在这台设备上记住")
    field(here, "出了什么问题").fill("开不了机")
    expect(field(there, "出了什么问题")).to_have_value("开不了机")
    one.get_by_role("button", name="全部忘记").tap()
    expect(there.get_by_role("alert")).to_contain_text("清除")
    assert field(there, "出了什么问题").input_value() == "开不了机"
    letter = opened(visit(context, url + CHOOSE))
    assert field(letter, "出了什么问题").input_value() == ""


def kept_letter(page: Page) -> Locator:
    letter = opened(page)
    field(letter, "出了什么问题").fill("开不了机")
    press(letter, "在这台设备上记住")
    expect(letter.locator(".fill-keep")).to_contain_text("已记在这台设备上")
    return letter


def leaving_asks(page: Page) -> bool:
    return page.evaluate("!dispatchEvent(new Event('beforeunload', { cancelable: true }))")


def test_a_store_cleared_by_hand_is_told_at_the_next_word_and_not_filled_again(phone, url) -> None:
    page = visit(phone(), url + CHOOSE)
    letter = kept_letter(page)
    page.evaluate("localStorage.clear()")
    field(letter, "退货、换货还是修理").fill("换货")
    expect(letter.get_by_role("alert")).to_contain_text("刚才被清除了")
    expect(letter.locator(".fill-keep")).to_contain_text("只在这一页里")
    assert "出现开不了机。我选换货" in letter.locator(".fill-text").inner_text()
    assert page.evaluate("localStorage.getItem('minglu-case')") is None and leaving_asks(page)


def test_a_store_that_gets_full_is_told_and_leaving_asks(phone, url) -> None:
    page = visit(phone(), url + CHOOSE)
    letter = kept_letter(page)
    assert not leaving_asks(page)
    page.evaluate(f"() => {{ {FULL} }}")
    field(letter, "退货、换货还是修理").fill("换货")
    expect(letter.get_by_role("alert")).to_contain_text("没存上")
    assert "出现开不了机。我选换货" in letter.locator(".fill-text").inner_text() and leaving_asks(page)


def test_what_an_older_site_kept_stands_in_the_letter_and_nothing_of_it_is_lost(phone, url) -> None:
    """A gap that no letter has any more, a letter that is gone, a walk of another version."""
    was = {
        "format": 1,
        "fields": {"出了什么问题": "开不了机", "从前的一格": "写过的"},
        "boxes": [],
        "letters": {"quality-defect/gone/gone": {"copied": "2026-11-01", "sent": ""}},
        "log": [],
    }
    walks = {"quality-defect": "#" + CHOOSE.partition("#")[2].replace("a=1", "a=1&v=00000000")}
    context = phone()
    page = context.new_page()
    page.goto(url + "404.html")
    for key, value in {"minglu-case": was, "minglu-walks": walks}.items():
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, json.dumps(value)])
    page = visit(context, url + "trees/quality-defect.html" + walks["quality-defect"])
    expect(page.locator(".notice")).to_contain_text("更新")
    letter = opened(page)
    assert "出现开不了机。" in letter.locator(".fill-text").inner_text()
    field(letter, "退货、换货还是修理").fill("换货")
    kept = json.loads(page.evaluate("localStorage.getItem('minglu-case')"))
    assert kept["fields"] == {**was["fields"], "退货、换货还是修理": "换货"} and kept["letters"] == was["letters"]


BLOCKED = f"Object.defineProperty(window, 'localStorage', {{ get() {{ throw new Error('{BLOCKED_ERROR}'); }} }})"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"


@pytest.mark.parametrize("broken", [BLOCKED, FULL], ids=["blocked", "full"])
def test_where_nothing_can_be_stored_that_is_said_and_the_letter_goes_on(phone, url, broken: str) -> None:
    context = phone()
    context.add_init_script(broken)
    page = visit(context, url + CHOOSE)
    letter = opened(page)
    field(letter, "出了什么问题").fill("开不了机")
    press(letter, "在这台设备上记住")
    expect(letter.get_by_role("alert")).to_contain_text("没存上")
    expect(letter.locator(".fill-keep")).to_contain_text("只在这一页里")
    field(letter, "退货、换货还是修理").fill("换货")
    assert "出现开不了机。我选换货" in letter.locator(".fill-text").inner_text()
    press(letter, "复制这段话")
    expect(letter.get_by_role("status")).to_contain_text("已复制")


def test_where_the_script_does_not_come_the_letter_stands_and_a_tap_tries_again(phone, site, serve) -> None:
    served = serve(site)
    [script] = [path.relative_to(site).as_posix() for path in site.glob("assets/minglu/act.*.js")]
    served.missing.add(script)
    page = visit(phone(), served.url + CHOOSE)
    letter = page.locator(".state.here .letter:visible")
    letter.locator("> summary").tap()
    expect(letter.locator(".notice")).to_contain_text("没有取到")
    letter.get_by_role("button", name="复制这段话").tap()
    assert "手机2026年11月11日收到" in clipboard(page)
    served.missing.clear()
    press(letter, "重试")
    expect(letter.locator(".fill")).to_be_visible()
    expect(letter.locator(".notice")).to_be_hidden()


def test_without_a_clipboard_the_text_is_there_to_be_copied_by_hand(phone, url) -> None:
    context = phone()
    context.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined }); document.execCommand = () => false;"
    )
    letter = opened(visit(context, url + CHOOSE))
    press(letter, "复制这段话")
    area = letter.get_by_label("要复制的文字")
    expect(area).to_be_focused()
    assert area.input_value() == letter.locator(".fill-text").text_content()
    assert area.evaluate("(one) => one.selectionEnd - one.selectionStart === one.value.length")


# ---- whatever is typed


def test_what_is_typed_is_text_wherever_it_goes(phone, url) -> None:
    page = visit(phone(), url + CHOOSE)
    letter = opened(page)
    turn(letter)
    field(letter, "姓名").fill(EVIL)
    field(letter, "出了什么问题").fill("第一行\n第二行\u202e\u0007")
    text = letter.locator(".fill-text").text_content()
    assert EVIL in text
    tags = letter.locator(".fill-text *").evaluate_all("(all) => all.map((one) => one.tagName)")
    assert {*tags} == {"MARK", "SPAN"}
    assert field(letter, "姓名").input_value() == EVIL
    press(letter, "复制这封信")
    expect(letter.get_by_role("status")).to_contain_text("已复制")
    assert clipboard(page) == text and "出现第一行\n第二行，" in text
    told = word_text(page, letter)
    assert EVIL in told and "出现第一行\n第二行，" in told


def test_more_than_a_field_takes_is_said(phone, url) -> None:
    page = visit(phone(), url + CHOOSE)
    letter = opened(page)
    field(letter, "出了什么问题").fill("长" * 5_000)
    field(letter, "出了什么问题").press("End")
    field(letter, "出了什么问题").type("了")
    expect(letter.get_by_role("status")).to_contain_text("最多 4000 个字")


# ---- taken away


def word_text(page: Page, letter: Locator, name: str = "Word 文件") -> str:
    return "\n".join(one.text for one in word_file(page, letter, name).paragraphs)


def word_file(page: Page, letter: Locator, name: str = "Word 文件"):
    with page.expect_download() as download:
        press(letter, name)
    assert download.value.suggested_filename.endswith(".docx")
    return docx.Document(io.BytesIO(Path(download.value.path()).read_bytes()))


def printed(page: Page, letter: Locator, name: str) -> list[str]:
    """The text of each page of what is printed."""
    page.evaluate("window.print = () => {}")
    press(letter, name)
    pages = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert {(round(one.mediabox.width), round(one.mediabox.height)) for one in pages} == {(595, 842)}
    return [normalize("NFKC", one.extract_text()) for one in pages]


def test_a_word_file_says_what_the_letter_says(phone, url) -> None:
    page = visit(phone(), url + CHOOSE)
    letter = opened(page)
    turn(letter)
    field(letter, "姓名").fill("王小明")
    told = word_file(page, letter)
    assert told.paragraphs[0].text == "请商家按我的选择退、换、修的函"
    lines = [line for line in letter.locator(".fill-text").text_content().split("\n") if line]
    assert [one.text for one in told.paragraphs[1:]] == lines
    marked = {run.text for one in told.paragraphs for run in one.runs if run.font.highlight_color}
    assert "【电话】" in marked and not any("王小明" in text for text in marked)
    assert notes(page)["letters"]["quality-defect/choose/choose"]["copied"] == "2026-11-16"


def test_a_letter_is_printed_alone_on_one_sheet(phone, url) -> None:
    page = visit(phone(), url + CHOOSE)
    letter = opened(page)
    turn(letter)
    field(letter, "姓名").fill("王小明")
    [sheet] = printed(page, letter, "打印")
    assert "请商家按我的选择退、换、修的函" in sheet and "王小明" in sheet
    assert "复制" not in sheet and "聊天里发" not in sheet and "现在做" not in sheet


def test_the_longest_letter_fits_on_its_sheet_filled_in(phone, url) -> None:
    page = visit(phone(), url + SUE)
    letter = opened(page, "起诉状")
    for one in letter.locator(".fill-row input").all():
        one.fill("某市某区某路 128 号")
    for one in letter.locator(".fill-row textarea").all():
        one.fill("开机后屏幕全黑，充电也没有反应，客服让等十天")
    assert count(letter) == "都填好了"
    assert len(printed(page, letter, "打印")) == 1


def test_all_letters_of_an_outcome_come_as_one_packet_with_the_evidence(phone, url) -> None:
    page = visit(phone(), f"{url}{COMPLAIN}&E=chat-records")
    letter = opened(page, "举报信")
    field(letter, "姓名").fill("王小明")
    letter.locator(".fill-packet > summary").tap()
    expect(letter.locator(".fill-packet")).to_contain_text("3 封信，6 样证据；还有")
    sheets = printed(page, letter, "打印全部")
    titles = ["12315 投诉书", "举报信（拖延不办）", "请消费者协会调解的申请（和 12315 二选一）", "证据清单"]
    assert [sheet.strip().split("\n")[0] for sheet in sheets] == [normalize("NFKC", title) for title in titles]
    told = word_file(page, letter, "全部存成 Word 文件")
    [table] = told.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["编号", "页码", "证据名称", "证据来源", "拟证明事项"]
    assert rows[1][:3] == ["1", "", "聊天和短信记录"] and rows[2][2].endswith("（还没有）")
    assert "投诉人：王小明" in [one.text for one in told.paragraphs]
    assert "pageBreakBefore" in told.element.xml


def test_an_app_that_saves_no_file_is_told_of(phone, url) -> None:
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.40"
    page = visit(phone(user_agent=agent), url + CHOOSE)
    letter = opened(page)
    turn(letter)
    for name in ("打印", "Word 文件"):
        press(letter, name)
        expect(letter.get_by_role("status")).to_contain_text("在浏览器打开")
    press(letter, "复制这封信")
    expect(letter.get_by_role("status")).to_contain_text("已复制")


# ---- open to everyone


def test_the_keyboard_alone_fills_in_and_copies(phone, url) -> None:
    page = visit(phone(), url + CHOOSE)
    page.locator(".state.here .letter:visible > summary").focus()
    page.keyboard.press("Enter")
    letter = page.locator(".state.here .letter[open]")
    expect(letter.locator(".fill")).to_be_visible()
    page.keyboard.press("Tab")
    expect(letter.get_by_role("tab", name="聊天里发")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(letter.get_by_role("tab", name="完整的信")).to_be_focused()
    assert letter.get_by_role("tab", name="完整的信").get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowLeft")
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(letter.locator(".fill-count")).to_be_focused()
    page.keyboard.press("Enter")
    expect(field(letter, "出了什么问题")).to_be_focused()
    page.keyboard.type("开不了机")
    page.keyboard.press("Tab")
    page.keyboard.type("换货")
    page.keyboard.press("Enter")
    expect(field(letter, "哪天前答复")).to_be_focused()
    page.keyboard.type("11月23日")
    page.keyboard.press("Tab")
    assert count(letter) == "都填好了"
    assert "请2026年11月23日前" in letter.locator(".fill-text").inner_text()


COPYING_IS_ON_TOP = """() => {
  const { left, right, top, bottom } = document.querySelector(".letter[open] .fill-do").getBoundingClientRect();
  const met = [left + 2, (left + right) / 2, right - 2].map((x) => document.elementFromPoint(x, (top + bottom) / 2));
  return met.every((one) => one?.matches(".fill-do"));
}"""


def test_nothing_of_the_page_lies_on_the_bar_that_stays_in_view(phone, url) -> None:
    """Material offers the way up as soon as a reader scrolls back."""
    page = visit(phone(), url + COMPLAIN)
    opened(page, "投诉书")
    page.mouse.move(180, 400)
    for way in (1500, -200):
        page.mouse.wheel(0, way)
        page.wait_for_timeout(500)
    assert page.evaluate(COPYING_IS_ON_TOP)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_an_open_letter(phone, url, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = visit(phone(color_scheme=scheme, bypass_csp=True), url + COMPLAIN)
    letter = opened(page, "投诉书")
    field(letter, "姓名").fill("王小明")
    press(letter, "复制这封信")
    letter.locator(".fill-packet > summary").tap()
    page.wait_for_timeout(300)
    found = Axe().run(page, context=".fill")
    assert found.violations_count == 0, found.generate_report()


def test_targets_are_as_large_as_a_finger_and_nothing_is_cut_off(phone, url) -> None:
    page = visit(phone(), url + CHOOSE)
    letter = opened(page)
    press(letter, "复制这段话")
    small = """(all) => all.filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
      .map((one) => one.textContent || one.id)"""
    parts = ".fill :is(button, input, textarea, summary)"
    assert page.eval_on_selector_all(parts, small) == []
    fonts = "(all) => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    assert min(page.eval_on_selector_all(".fill :is(input, textarea)", fonts)) >= 16
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
