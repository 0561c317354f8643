"""The page that checks the citations in a reader's own text, on the built site."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

PHONE = {"width": 375, "height": 812}
PLACE = "check-citations.html"
LATE = 60_000


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


def check(page: Page, text: str) -> None:
    page.fill("cite-check textarea", text)
    page.click("cite-check button.do")


def says(page: Page, text: str) -> None:
    expect(page.locator("cite-check form ~ [role=status]")).to_have_text(text, timeout=LATE)


def test_a_text_is_held_against_the_library(reader, site, serve) -> None:
    reader.goto(serve(site).url + PLACE)
    check(reader, "依据消法第24条，又据《食品安全法》第148条、投诉举报暂行办法第21条")
    says(reader, "找到 3 处引用，其中 2 处要看一下。")
    rows = reader.locator("cite-check .list > li")
    assert "库里没有《食品安全法》" in rows.nth(0).inner_text()
    assert "自 2026-04-15 起不再适用" in rows.nth(1).inner_text()
    assert rows.nth(1).locator("a", has_text="投诉举报办法 第23条").is_visible()
    reader.locator("summary", has_text="站内都有的 1 处").click()
    expect(rows.nth(2)).to_contain_text("运输等必要费用由经营者承担")
    assert not reader.locator("text=这里要用脚本").is_visible()


def test_a_mistake_is_told_with_the_right_rule_and_the_text_put_right_can_be_copied(reader, site, serve) -> None:
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.goto(serve(site).url + PLACE)
    check(
        reader, "违反了消法第8条，我有自主选择的权利。客服态度差，可以去消协举报。又据《消费者权益保护法》第24条第5款。"
    )
    says(reader, "找到 2 处引用，其中 2 处要看一下。另有 1 处说法要看一下。")
    first = reader.locator("cite-check .list > li").first
    expect(first.locator(".why")).to_contain_text("“消法第8条是自主选择权”")
    expect(first.locator(".why")).to_contain_text("自主选择写在消法第9条")
    expect(first.locator(".why a")).to_have_attribute(
        "href", f"{reader.url.partition(PLACE)[0]}mistakes.html#art8-choice"
    )
    text = reader.locator("cite-check pre")
    expect(text).to_contain_text("违反了《消费者权益保护法》第9条，我有自主选择的权利。")
    expect(text).to_contain_text("第24条第5款[核对：第24条只有 2 款，没有第5款]")
    reader.get_by_role("button", name="复制改好的文字").click()
    expect(reader.get_by_role("button", name="已复制")).to_be_visible()
    assert reader.evaluate("() => navigator.clipboard.readText()") == text.text_content()
    reader.locator("summary", has_text="改了哪里（2）").click()
    expect(reader.locator("cite-check")).to_contain_text("消法第8条 → 《消费者权益保护法》第9条")


def test_nothing_of_a_pasted_text_is_obeyed(reader, site, serve) -> None:
    reader.goto(serve(site).url + PLACE)
    check(
        reader,
        "<img src=x onerror=\"document.title='ran'\">消法第8条\u202e自主选择\u2066"
        "<script>document.title='ran'</script>\x01",
    )
    says(reader, "找到 1 处引用，其中 1 处要看一下。")
    assert reader.locator("cite-check :is(img, script)").count() == 0 and reader.title() != "ran"


def test_a_text_that_is_too_long_is_refused_and_stays(reader, site, serve) -> None:
    reader.goto(serve(site).url + PLACE)
    check(reader, "退" * 200_001)
    says(reader, "文字太长，一次最多核对 200,000 个字，请分几次。")
    assert len(reader.input_value("cite-check textarea")) == 200_001


def test_without_webassembly_it_says_so(reader, site, serve) -> None:
    policy = {"Content-Security-Policy": "script-src 'self' 'unsafe-inline'"}
    reader.goto(serve(site, headers=policy).url + PLACE)
    check(reader, "消法第24条")
    expect(reader.locator("cite-check form ~ [role=status]")).to_contain_text("没有核对成", timeout=LATE)
